//! Whatever people can write holds what would be a script on a page, a formula in a sheet or a part of a mail: each field is
//! read back as the text that was typed, on the pages, in the files and in the mails that show it.

mod fields;
mod files;
mod places;

use std::slice;

use platform::browser::{Tab, View};
use serde_json::{Value, json};

use self::fields::{Hostile, SHIFT, brief, mark};
use super::{audit, environment};
use crate::{
    pages::visitor::Visitor,
    shared,
    world::{Person, id, perform, text},
};

/// All that a page shows as text: what stands in it, and what its fields hold.
const SHOWN: &str = "
    const fields = [...document.querySelectorAll('input, textarea')].map(field => field.value);
    return [document.body.textContent, ...fields].join('\\n')";

/// Opens a page as somebody, and checks that it shows texts as they were typed and runs nothing.
async fn check_shows(tab: &Tab, path: &str, texts: &[String]) {
    tab.goto(&environment().await.page(path)).await;
    check_page(tab, path, texts).await;
}

async fn check_page(tab: &Tab, what: &str, texts: &[String]) {
    let shown = text(&tab.ask(SHOWN).await);
    for text in texts {
        assert!(shown.contains(text), "{what} does not show {text}:\n{shown}");
    }
    assert_eq!(tab.ask("return typeof hacked").await, "undefined", "{what} ran what a text holds");
    audit::check_is_ours(tab, what).await;
}

async fn enter(person: &Person) -> Tab {
    environment().await.enter(View::default(), "fr", person).await
}

#[test]
fn every_text_of_a_request_is_shown_as_it_was_typed() {
    shared::run(async {
        let hostile = Hostile::get().await;
        let world = &hostile.world;
        let words = |what: &str| json!({ "comment": mark(what) });
        let with = |what: &str, fields: Value| {
            let mut all = fields;
            all["comment"] = mark(what).into();
            all
        };
        let (school, agency, unit) = (&world.placing.rest, &world.receiving.rest, &world.agent.rest);
        let request = hostile.draft().await;
        let path = format!("/requests/{}", id(&request));
        let school_tab = enter(&world.placing).await;
        let written = [mark("comment"), SHIFT.to_owned()];
        check_shows(&school_tab, &format!("{path}/edit"), &written).await;
        perform(school, &request, "send", json!({})).await;
        perform(agency, &request, "redirect", words("redirect")).await;
        perform(school, &request, "comments", words("remark")).await;
        let answer = json!({ "answer": "ANSWER_DECLINE", "reasonCode": hostile.reason });
        perform(unit, &request, "answer-at-destination", with("unit", answer.clone())).await;
        check_shows(&enter(&world.agent).await, &path, &[mark("redirect"), mark("unit"), mark("remark")]).await;
        perform(agency, &request, "answer-for-agency", with("agency", answer)).await;
        perform(agency, &request, "answer-for-agency", with("after all", json!({ "answer": "ANSWER_ACCEPT" }))).await;
        perform(school, &request, "cancel", with("cancel", json!({ "reasonCode": "C9" }))).await;
        perform(school, &request, "reactivate", words("reactivate")).await;

        let both = ["comment", "remark", "agency", "after all", "cancel", "reactivate"].map(mark);
        let names = [mark("reason"), mark("program"), mark("site"), mark("service"), mark("unit-name"), mark("school")];
        check_shows(&school_tab, &path, &[&both[..], &names, &written].concat()).await;
        let coordinator = enter(&world.receiving).await;
        check_shows(
            &coordinator,
            &path,
            &[&both[..], &names, &[mark("redirect"), mark("unit"), brief("last-name")]].concat(),
        )
        .await;
        check_shows(&coordinator, "/requests?size=200", &[mark("school"), mark("program"), mark("site")]).await;
        check_shows(&coordinator, "/reports", &[mark("school"), mark("program"), mark("site")]).await;
    });
}

#[test]
fn what_an_answer_by_link_says_is_shown_as_it_was_typed() {
    shared::run(async {
        let hostile = Hostile::get().await;
        let (environment, world) = (environment().await, &hostile.world);
        let to = json!({ "destinationId": world.french.unit });
        let sent = perform(&world.placing.rest, &hostile.draft().await, "send", json!({})).await;
        let request = perform(&world.receiving.rest, &sent, "redirect", to).await;
        let mail = hostile.mail_to(&world.french.email, &request).await;
        let link = mail.text().split_whitespace().find(|word| word.contains("/a/")).unwrap().to_owned();
        let reader = environment.browser.open(View::phone()).await;
        reader.goto(&link).await;
        check_page(&reader, "the question", &[mark("comment"), mark("school"), mark("site"), mark("program")]).await;
        // Refused without a reason: what was typed is there again, as text.
        reader.fill("#comment", &mark("link")).await;
        reader.click("button[value=decline]").await;
        reader.find("[role=alert]").await;
        check_page(&reader, "the question, once more", &[mark("link")]).await;
        reader.click("button[value=accept]").await;
        reader.find("main h1").await;
        let coordinator = enter(&world.receiving).await;
        check_shows(&coordinator, &format!("/requests/{}", id(&request)), &[mark("link"), mark("comment")]).await;
    });
}

#[test]
fn what_an_address_or_a_cookie_holds_is_shown_as_text() {
    shared::run(async {
        let hostile = Hostile::get().await;
        let (environment, world) = (environment().await, &hostile.world);
        let query =
            |name: &str, value: &str| form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish();
        let words = mark("query");
        let tab = enter(&world.receiving).await;
        let sent = perform(&world.placing.rest, &hostile.draft().await, "send", json!({})).await;
        let request = format!("/requests/{}", id(&sent));
        for path in ["/requests", "/places", "/places/find", "/occupancy"] {
            check_shows(&tab, &format!("{path}?{}", query("query", &words)), slice::from_ref(&words)).await;
        }
        check_shows(&tab, &format!("{request}?action=redirect&{}", query("q", &words)), &[]).await;
        let names =
            ["site", "period", "from", "state", "order", "page", "trail", "back", "action", "kind", "weeks", "site_id"];
        let visitor = Visitor::signed_in(environment.platform, &world.receiving).await;
        for path in ["/requests", "/reports", "/places", "/occupancy", "/places/find", "/requests/new", &request] {
            let all: Vec<String> = names.iter().map(|name| query(name, &words)).collect();
            check_shows(&tab, &format!("{path}?{}", all.join("&")), &[]).await;
            // One by one, since a page that refuses one does not look at the others.
            for one in all {
                let page = visitor.get(&format!("{path}?{one}")).await;
                assert!(!page.body.contains("<script>hacked") && !page.body.contains("<img src=x"), "{path}?{one}");
            }
        }
        // Where one comes back to is an address of ours, and no script.
        tab.goto(&environment.page(&format!("{request}?{}", query("back", "javascript:hacked=1")))).await;
        let back = "return [...document.querySelectorAll('main a, main input[name=back]')].map(e => e.href || e.value).filter(a => a.includes('hacked'))";
        assert_eq!(tab.ask(back).await, json!([]));
        let nobody = environment.open(View::default(), "fr").await;
        nobody.goto(&environment.page("/sign-in")).await;
        super::sign_in(&nobody, &words, "Certainement pas, 2026!").await;
        nobody.find("[role=alert]").await;
        check_page(&nobody, "a refused login", slice::from_ref(&words)).await;

        // The sentence of what was just done names what the form named.
        tab.goto(&environment.page(&request)).await;
        super::forbidden::force(&tab, &format!("{request}/comments"), &json!({ "comment": "x", "reference": words }))
            .await;
        tab.find(".toast").await;
        check_page(&tab, "what was just done", &[words]).await;
    });
}

#[test]
fn a_link_that_would_run_a_script_is_not_taken() {
    shared::run(async {
        let world = &environment().await.world;
        for link in ["javascript:alert(1)", "data:text/html,x", "https:javascript:x", " javascript:x"] {
            let site = json!({ "agencyId": world.hospital, "name": brief("x"), "city": "Gaspé", "webLink": link });
            let answer =
                world.operator.post("/v1/sites", json!({ "site": site, "requestId": shared::fresh_id() })).await;
            assert_eq!(answer.status, 400, "{link}");
        }
    });
}
