//! Pages of errors say what happened, whose turn it is, and a reference by which the support finds the trace.

use platform::{
    Platform,
    browser::{Tab, View},
};
use reqwest::StatusCode;
use serde_json::{Value, json};
use testkit::otlp::Span;

use super::{audit, environment, forbidden::force};
use crate::{
    shared,
    world::{id, perform},
};

/// What the page of an error says in French and in English.
pub(super) struct UserMessage {
    pub(super) status: StatusCode,
    pub(super) happened: [&'static str; 2],
    pub(super) turn: [&'static str; 2],
}

const YOURS: [&str; 2] = ["Vérifiez l’adresse ou ce que vous avez saisi", "Check the address or what you typed"];
const ADMINISTRATOR: [&str; 2] = ["votre administrateur local", "your local administrator"];
const AGAIN: [&str; 2] = ["Quelqu’un a agi entre-temps", "Somebody acted in the meantime"];

/// Goes to an address in a language.
async fn go(tab: &Tab, language: &str, path: &str) {
    let back = form_urlencoded::Serializer::new(String::new()).append_pair("back", path).finish();
    tab.goto(&environment().await.page(&format!("/language/{language}?{back}"))).await;
}

/// The references of error pages, each with its status.
#[derive(Default)]
pub(super) struct References(Vec<(String, StatusCode)>);

impl References {
    /// The one that was shown last.
    pub(super) fn last(&self) -> &str {
        self.0.last().map_or("", |(reference, _)| reference)
    }

    /// That each is the id of a trace that was exported, with a span of the page that tells of the same status.
    pub(super) async fn check(self, platform: &Platform) {
        for (reference, status) in self.0 {
            let is_page = |span: &Span| {
                span.attributes.get("http.response.status_code").is_some_and(|code| code == status.as_str())
            };
            platform.traces.wait_for_spans(&reference, |spans| spans.iter().any(is_page)).await;
        }
    }
}

/// Checks the page of an error that a tab shows, and keeps its reference.
pub(super) async fn check(tab: &Tab, told: &UserMessage, references: &mut References, what: &str) {
    let reference = tab.text("main code").await;
    let at = usize::from(tab.ask("return document.documentElement.lang").await == "en");
    let says = tab.text("main").await;
    assert!(says.contains(told.happened[at]), "{what}: {says}");
    assert!(says.contains(told.turn[at]), "{what}: {says}");
    let status = tab.ask("return performance.getEntriesByType('navigation')[0].responseStatus").await;
    assert_eq!(status, told.status.as_u16(), "{what}");
    audit::check_from_all_sides(tab, what).await;
    references.0.push((reference, told.status));
}

#[test]
fn an_address_that_leads_nowhere_says_so_to_everybody() {
    shared::run(async {
        let environment = environment().await;
        let tab = environment.enter(View::default(), "fr", &environment.world.agent).await;
        let nowhere = format!("/requests/{}", shared::fresh_id());
        let missing = ["Cette adresse ne mène nulle part.", "This address leads nowhere."];
        let unknown = ["n'existe pas", "does not exist"];
        let not_theirs = ["Chercher une place est l’affaire", "Finding a place is for those"];
        let unreadable = ["illisible", "cannot be read"];
        let told = |status, happened, turn| UserMessage { status, happened, turn };
        let cases = [
            ("/nowhere", told(StatusCode::NOT_FOUND, missing, YOURS)),
            (&nowhere, told(StatusCode::NOT_FOUND, unknown, YOURS)),
            ("/places/find", told(StatusCode::FORBIDDEN, not_theirs, ADMINISTRATOR)),
            ("/places?query=a&query=b", told(StatusCode::BAD_REQUEST, unreadable, YOURS)),
        ];
        let mut references = References::default();
        for (path, told) in &cases {
            for language in ["fr", "en"] {
                go(&tab, language, path).await;
                check(&tab, told, &mut references, path).await;
            }
        }
        references.check(environment.platform).await;
    });
}

#[test]
fn a_mailed_link_that_is_broken_says_so_to_everybody() {
    shared::run(async {
        let environment = environment().await;
        let told = UserMessage {
            status: StatusCode::BAD_REQUEST,
            happened: ["Ce lien n'est pas complet ou a été modifié.", "This link is incomplete or has been changed."],
            turn: YOURS,
        };
        let mut references = References::default();
        for language in ["fr-CA", "en-CA"] {
            let tab = environment.browser.open(View::phone().reading(language)).await;
            tab.goto(&environment.page("/a/nothing")).await;
            check(&tab, &told, &mut references, "a broken link").await;
        }
        references.check(environment.platform).await;
    });
}

#[test]
fn a_form_that_cannot_be_taken_says_so_to_everybody() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let redirected = world.redirected().await;
        let path = format!("/requests/{}", id(&redirected));
        let form = ["Ce formulaire n’est plus valide", "This form does not hold any more"];
        let again = ["À vous d’agir : rouvrez la page", "It is your turn: open the page again"];
        let told = |status, happened, turn| UserMessage { status, happened, turn };
        let cases: [(&str, &str, Value, UserMessage); 4] = [
            (
                "a form of another session",
                "cancel",
                json!({ "form_token": "AAAA" }),
                told(StatusCode::FORBIDDEN, form, again),
            ),
            (
                "not this role's",
                "answer-for-agency",
                json!({ "answer": "accept" }),
                told(StatusCode::FORBIDDEN, ["", ""], ADMINISTRATOR),
            ),
            ("not yet", "confirm", json!({}), told(StatusCode::CONFLICT, ["", ""], AGAIN)),
            (
                "too long",
                "comments",
                json!({ "comment": "a".repeat(300 * 1024) }),
                told(StatusCode::BAD_REQUEST, ["trop long", "too long"], YOURS),
            ),
        ];
        let tab = environment.enter(View::default(), "fr", &world.placing).await;
        let mut references = References::default();
        for (what, verb, fields, told) in &cases {
            for language in ["fr", "en"] {
                go(&tab, language, &path).await;
                tab.find("#request").await;
                force(&tab, &format!("{path}/{verb}"), fields).await;
                check(&tab, told, &mut references, what).await;
            }
        }
        references.check(environment.platform).await;
        perform(&world.placing.rest, &redirected, "cancel", json!({ "reasonCode": "C9" })).await;
    });
}
