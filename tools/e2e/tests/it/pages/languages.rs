//! Whoever changes the language on a page with a form finds the form again in the other language, with all that was typed; and
//! nothing has been done. Over plain HTTP: no script is needed for it.

use serde_json::json;

use super::visitor::{Page, Visitor};
use crate::{
    browser::{Stage, stage},
    shared,
    world::{Person, World, act, first_day, id, text},
};

const WORDS: &str = "Saisi à moitié — &lt;non&gt;";

/// A form, how it is filled in, and a word of its page in English.
struct Filled<'a> {
    who: &'a Person,
    /// Where the form stands.
    page: String,
    /// Where it is sent.
    action: String,
    fields: Vec<(&'a str, &'a str)>,
    english: &'a str,
}

#[test]
fn another_language_shows_every_form_again_with_what_was_typed() {
    shared::run(async {
        let stage = stage().await;
        let world = &stage.world;
        let (sent, draft, redirected) = (world.sent().await, world.draft().await, world.redirected().await);
        for form in forms(world, [&id(&sent), &id(&draft), &id(&redirected)]) {
            shows_again(stage, &form).await;
        }
        let state = async |person: &Person, id: &str| {
            text(&person.rest.get(&format!("/v1/requests/{id}")).await.ok()["request"]["state"])
        };
        assert_eq!(state(&world.placing, &id(&sent)).await, "STATE_SENT", "nothing has been done");
        assert_eq!(state(&world.placing, &id(&draft)).await, "STATE_DRAFT", "nothing has been done");
        assert_eq!(state(&world.agent, &id(&redirected)).await, "STATE_REDIRECTED", "nothing has been done");
    });
}

fn forms<'a>(world: &'a World, [sent, draft, redirected]: [&'a str; 3]) -> Vec<Filled<'a>> {
    let own = |who: &'a Person, page: String, fields: &[(&'a str, &'a str)], english: &'a str| Filled {
        who,
        action: page.clone(),
        page,
        fields: fields.to_vec(),
        english,
    };
    let (school, hospital) = (&world.placing, &world.receiving);
    let name = [("name", WORDS), ("capacity", "many"), ("description_fr", WORDS)];
    let closure = [("note", WORDS), ("start_date", "2027-02-03"), ("destination_id", world.unit.as_str())];
    let service = [("name_fr", WORDS), ("name_en", "")];
    let mut all = vec![
        own(school, "/requests/new".into(), &[("comment", WORDS), ("student_count", "7")], "New placement request"),
        own(school, format!("/requests/{draft}/edit"), &[("comment", WORDS), ("etag", "1")], "Edit request"),
        own(hospital, format!("/places/destinations/{}/edit", world.unit), &name, "Edit the profile"),
        own(hospital, format!("/places/sites/{}/destinations/new", world.site), &name, "Add a destination"),
        own(hospital, format!("/places/services/{}/edit", world.service), &service, "Edit the service"),
        own(hospital, format!("/places/sites/{}/services/new", world.site), &service, "Add a service"),
        own(hospital, format!("/places/closures/new?destination_id={}", world.unit), &closure, "Close for a while"),
    ];
    all[6].action = "/places/closures/new".into();
    for verb in ["decline", "accept"] {
        all.push(Filled {
            who: hospital,
            page: format!("/requests/{sent}"),
            action: format!("/requests/{sent}/answer-for-agency"),
            fields: vec![("answer", verb), ("comment", WORDS), ("reason_code", "D1"), ("etag", "1")],
            english: "What you can do",
        });
    }
    all.push(Filled {
        who: school,
        page: format!("/requests/{sent}"),
        action: format!("/requests/{sent}/comments"),
        fields: vec![("comment", WORDS)],
        english: "Nobody has acted on it yet",
    });
    all.push(Filled {
        who: &world.agent,
        page: "/".into(),
        action: "/".into(),
        fields: vec![("card", redirected), ("declines", "true"), ("reason_code", "D2"), ("comment", WORDS)],
        english: "To answer",
    });
    all
}

async fn shows_again(stage: &Stage, form: &Filled<'_>) {
    let visitor = Visitor::signed_in(stage.platform, form.who).await;
    let token = visitor.get(&form.page).await.field("form_token");
    let fields = [&[("form_token", token.as_str()), ("language", "en")], form.fields.as_slice()].concat();
    let page = visitor.post(&form.action, &fields).await;
    assert_eq!(page.status, 200, "{}: {}", form.action, page.body);
    check_shown(&page, "en", &form.action);
    assert!(page.body.contains(form.english), "{} in English: {}", form.action, page.body);
    assert!(!page.body.contains("class=\"error\""), "{}: half filled in is not wrong", form.action);
    // The choice holds, and back again is as easy.
    let back =
        visitor.post(&form.action, &[&[("language", "fr")], &fields[..1], form.fields.as_slice()].concat()).await;
    check_shown(&back, "fr", &form.action);
    let dark = visitor.post(&form.action, &[&[("theme", "dark")], &fields[..1], form.fields.as_slice()].concat()).await;
    check_shown(&dark, "fr", &form.action);
    assert!(dark.body.contains("data-theme=\"dark\""), "{}", form.action);
}

fn check_shown(page: &Page, language: &str, action: &str) {
    assert!(page.body.contains(&format!("<html lang=\"{language}\"")), "{action} in {language}: {}", page.body);
    let words = WORDS.replace('&', "&#38;");
    assert!(page.body.contains(&words), "{action} has lost what was typed: {}", page.body);
}

#[test]
fn what_was_wrong_is_said_in_the_other_language_too() {
    shared::run(async {
        let stage = stage().await;
        let world = &stage.world;
        let sent = world.sent().await;
        let visitor = Visitor::signed_in(stage.platform, &world.placing).await;
        let token = visitor.get("/requests/new").await.field("form_token");
        let typed = [("form_token", token.as_str()), ("comment", WORDS), ("start_date", "bientôt"), ("step", "save")];
        let french = visitor.post("/requests/new", &typed).await;
        assert_eq!(french.status, 400);
        assert!(french.body.contains("name=\"refused\" value=\"true\""));
        let again = [("refused", "true"), ("language", "en")];
        let english = visitor.post("/requests/new", &[&again, typed.as_slice()].concat()).await;
        assert_eq!(english.status, 400, "{}", english.body);
        let faults = |page: &Page| page.body.matches("class=\"error\"").count();
        assert!(faults(&french) > 1);
        assert_eq!(faults(&english), faults(&french), "{}", english.body);
        assert!(english.body.contains("The request is not saved"), "{}", english.body);

        let path = format!("/requests/{}/change-dates", id(&sent));
        let (first, last) = (first_day().to_string(), "2020-01-01");
        let typed = [("form_token", token.as_str()), ("start_date", &first), ("end_date", last)];
        let once = shared::fresh_id();
        let refused = visitor.post(&path, &[&[("request_id", once.as_str())], typed.as_slice()].concat()).await;
        assert_eq!(refused.status, 400, "{}", refused.body);
        let english = visitor.post(&path, &[&again, typed.as_slice()].concat()).await;
        assert_eq!((english.status.as_u16(), faults(&english)), (400, faults(&refused)), "{}", english.body);
        assert!(english.body.contains(&format!("value=\"{last}\"")), "{}", english.body);
    });
}

#[test]
fn a_form_that_would_be_taken_is_not_taken_by_another_language() {
    shared::run(async {
        let stage = stage().await;
        let world = &stage.world;
        let sent = world.sent().await;
        let visitor = Visitor::signed_in(stage.platform, &world.receiving).await;
        let token = visitor.get(&format!("/requests/{}", id(&sent))).await.field("form_token");
        let (once, etag) = (shared::fresh_id(), text(&sent["etag"]));
        let all = [
            ("form_token", token.as_str()),
            ("refused", "true"),
            ("language", "fr"),
            ("etag", &etag),
            ("request_id", &once),
            ("comment", WORDS),
        ];
        for (verb, more) in [
            ("answer-for-agency", vec![("answer", "accept")]),
            ("answer-for-agency", vec![("answer", "decline"), ("reason_code", "D1")]),
            ("redirect", vec![("destination_id", world.unit.as_str())]),
            ("comments", vec![]),
            ("cancel", vec![("reason_code", "C9")]),
        ] {
            let page =
                visitor.post(&format!("/requests/{}/{verb}", id(&sent)), &[&all, more.as_slice()].concat()).await;
            assert_eq!(page.status, 200, "{verb}: {}", page.body);
        }
        let history = world.placing.rest.get(&format!("/v1/requests/{}/history", id(&sent))).await.ok();
        let acts: Vec<_> = history["entries"].as_array().unwrap().iter().map(|e| text(&e["action"])).collect();
        assert_eq!(acts.iter().filter(|a| *a != "DRAFTED" && *a != "SENT").count(), 0, "{acts:?}");
    });
}

#[test]
fn passwords_are_never_part_of_a_page() {
    shared::run(async {
        let stage = stage().await;
        let visitor = Visitor::new(stage.platform);
        for path in ["/sign-in", "/password"] {
            let token = visitor.get(path).await.field("form_token");
            let fields = [
                ("form_token", token.as_str()),
                ("language", "en"),
                ("login", "paule.roy"),
                ("password", "Très secret 1"),
                ("new_password", "Très secret 2"),
            ];
            let page = visitor.post(path, &fields).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(
                page.body.contains("<html lang=\"en\"") && page.body.contains("value=\"paule.roy\""),
                "{}",
                page.body
            );
            assert!(!page.body.contains("secret"), "{path}");
        }
    });
}

#[test]
fn the_page_of_a_mailed_link_keeps_what_was_typed_too() {
    shared::run(async {
        let stage = stage().await;
        let world = &stage.world;
        let to = json!({ "destinationId": world.french.unit });
        let request = act(&world.receiving.rest, &world.sent().await, "redirect", to).await;
        let (address, reference) = (&world.french.email, text(&request["reference"]));
        let mail =
            stage.platform.mails.wait_for(|m| m.to == [address.clone()] && m.subject().contains(&reference)).await;
        let words = mail.text();
        let link = words.split_whitespace().find(|word| word.contains("/a/")).unwrap();
        let path = &link[link.find("/a/").unwrap()..];
        let visitor = Visitor::new(stage.platform);
        let typed = [("lang", "fr"), ("comment", WORDS), ("reason_code", "")];
        let english = visitor.post(path, &[&[("language", "en")], typed.as_slice()].concat()).await;
        assert_eq!(english.status, 200, "{}", english.body);
        check_shown(&english, "en", path);
        let refused = visitor.post(path, &[&[("answer", "decline")], typed.as_slice()].concat()).await;
        assert_eq!(refused.status, 400, "{}", refused.body);
        assert!(refused.body.contains("name=\"refused\" value=\"decline\""), "{}", refused.body);
        let again = [("refused", "decline"), ("language", "en")];
        let english = visitor.post(path, &[&again, typed.as_slice()].concat()).await;
        assert_eq!(english.status, 400, "what was wrong is said again: {}", english.body);
        check_shown(&english, "en", path);
        let now = world.receiving.rest.get(&format!("/v1/requests/{}", id(&request))).await.ok();
        assert_eq!(now["request"]["state"], "STATE_REDIRECTED_OFFLINE", "nothing has been done");
    });
}
