//! Whoever changes the language on a page with a form finds the form again in the other language, with all that was typed; and
//! nothing has been done. Over plain HTTP: no script is needed for it.

use serde_json::json;

use super::visitor::{Page, Visitor};
use crate::{
    browser::environment,
    shared,
    world::{first_day, id, perform, text},
};

const WORDS: &str = "Saisi à moitié — &lt;non&gt;";

fn check_shown(page: &Page, language: &str, action: &str) {
    assert!(page.body.contains(&format!("<html lang=\"{language}\"")), "{action} in {language}: {}", page.body);
    let words = WORDS.replace('&', "&#38;");
    assert!(page.body.contains(&words), "{action} has lost what was typed: {}", page.body);
}

#[test]
fn what_was_wrong_is_said_in_the_other_language_too() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let sent = world.sent().await;
        let visitor = Visitor::signed_in(environment.platform, &world.placing).await;
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
        let environment = environment().await;
        let world = &environment.world;
        let sent = world.sent().await;
        let visitor = Visitor::signed_in(environment.platform, &world.receiving).await;
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
        let actions: Vec<_> = history["entries"].as_array().unwrap().iter().map(|e| text(&e["action"])).collect();
        assert_eq!(actions.iter().filter(|a| *a != "DRAFTED" && *a != "SENT").count(), 0, "{actions:?}");
    });
}

#[test]
fn the_page_of_a_mailed_link_keeps_what_was_typed_too() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let to = json!({ "destinationId": world.french.unit });
        let request = perform(&world.receiving.rest, &world.sent().await, "redirect", to).await;
        let (address, reference) = (&world.french.email, text(&request["reference"]));
        let mail = environment
            .platform
            .mails
            .wait_for(|m| m.to == [address.clone()] && m.subject().contains(&reference))
            .await;
        let words = mail.text();
        let link = words.split_whitespace().find(|word| word.contains("/a/")).unwrap();
        let path = &link[link.find("/a/").unwrap()..];
        let visitor = Visitor::new(environment.platform);
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
