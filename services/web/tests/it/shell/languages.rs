//! Whoever changes the language on a page with a form finds the form again in the other language, with all that was typed; and
//! nothing has been done. No script is needed for it.

use proto::{
    configuration::v1::{CreateClosureRequest, UpdateServiceRequest},
    identity::v1::{Level, Role, ScopeKind},
    placement::v1::{Action, CreateRequestRequest, State, WorklistItem, WorklistKind},
};

use crate::{
    browser::Page,
    data,
    world::{World, me_with},
};

const WORDS: &str = "Saisi à moitié — &lt;non&gt;";

/// A local administrator of the hospital, who is offered every form.
async fn keeper() -> World {
    let me = me_with(
        Role::ReceivingCoordinator,
        Level::LocalAdministrator,
        (ScopeKind::Agency, data::HOSPITAL),
        data::HOSPITAL,
    );
    let world = World::with_me(me).await;
    let all = [Action::AnswerForAgency, Action::Comment, Action::Update];
    data::show(&world.gateway, &data::request(State::Sent, &all));
    world
}

#[tokio::test]
async fn another_language_shows_every_form_again_with_what_was_typed() {
    let world = keeper().await;
    let request = format!("/requests/{}", data::REQUEST);
    let destination = [("name", WORDS), ("capacity", "many"), ("description_fr", WORDS)];
    let service = [("name_fr", WORDS), ("name_en", "")];
    let closure = [("note", WORDS), ("start_date", "2027-02-03"), ("site_id", data::SITE)];
    let answer = [("answer", "decline"), ("comment", WORDS), ("reason_code", "D1"), ("etag", "1")];
    for (path, fields, english) in [
        ("/requests/new".to_owned(), &[("comment", WORDS)][..], "New placement request"),
        (format!("{request}/edit"), &[("comment", WORDS), ("etag", "1")], "Edit request"),
        (format!("{request}/answer-for-agency"), &answer, "What you can do"),
        (format!("{request}/comments"), &[("comment", WORDS)], "What you can do"),
        ("/places/destinations/00000000-0000-7000-8000-0000000000d1/edit".into(), &destination, "Edit the profile"),
        (
            "/places/sites/00000000-0000-7000-8000-0000000000b1/destinations/new".into(),
            &destination,
            "Add a destination",
        ),
        ("/places/services/00000000-0000-7000-8000-0000000000c1/edit".into(), &service, "Edit the service"),
        ("/places/sites/00000000-0000-7000-8000-0000000000b1/services/new".into(), &service, "Add a service"),
        ("/places/closures/new".into(), &closure, "Close for a while"),
        ("/places/closures/closure".into(), &closure, "Change the closure"),
    ] {
        let page = world.browser.post(&path, &[&[("language", "en")], fields].concat()).await;
        check_shown(&page, "en", &path);
        assert!(page.body.contains(english), "{path} in English: {}", page.body);
        assert!(!page.body.contains("class=\"error\""), "{path}: half filled in is not wrong");
        // The choice holds, and back again is as easy.
        check_shown(&world.browser.post(&path, &[&[("language", "fr")], fields].concat()).await, "fr", &path);
        let dark = world.browser.post(&path, &[&[("theme", "dark")], fields].concat()).await;
        check_shown(&dark, "fr", &path);
        assert!(dark.body.contains("data-theme=\"dark\""), "{path}");
    }
    assert!(world.gateway.asked::<CreateRequestRequest>("PlacementRequestService/CreateRequest").is_empty());
    assert!(world.gateway.asked::<UpdateServiceRequest>("ServiceService/UpdateService").is_empty());
    assert!(world.gateway.asked::<CreateClosureRequest>("ClosureService/CreateClosure").is_empty());
}

#[tokio::test]
async fn a_card_that_is_half_filled_in_is_there_in_the_other_language() {
    let world = World::with(Role::DestinationCoordinator).await;
    data::show(&world.gateway, &data::request(State::Redirected, &[Action::AnswerAtDestination]));
    let items = vec![WorklistItem { kind: WorklistKind::Pending.into(), count: 1, ..WorklistItem::default() }];
    world.gateway.answer("PlacementRequestService/GetWorklist", proto::placement::v1::GetWorklistResponse { items });
    let fields =
        [("language", "en"), ("card", data::REQUEST), ("declines", "true"), ("reason_code", "D1"), ("comment", WORDS)];
    let page = world.browser.post("/", &fields).await;
    check_shown(&page, "en", "/");
    page.shows(&["To answer", "<option value=\"D1\" selected>"]);
}

#[tokio::test]
async fn passwords_are_never_part_of_a_page() {
    let world = World::new().await;
    for path in ["/sign-in", "/password"] {
        let fields = [
            ("language", "en"),
            ("login", "paule.roy"),
            ("password", "Très secret 1"),
            ("new_password", "Très secret 2"),
        ];
        let page = world.browser.post(path, &fields).await;
        page.is(200).shows(&["value=\"paule.roy\""]).hides(&["secret"]);
        assert!(page.body.contains("<html lang=\"en\""), "{}", page.body);
    }
}

#[tokio::test]
async fn language_and_colours_are_kept_and_nonsense_is_not() {
    let world = World::new().await;
    world.browser.get("/language/en?back=/sign-in").await.leads_to("/sign-in");
    world.browser.get("/theme/dark?back=/sign-in").await.leads_to("/sign-in");
    let page = world.browser.get("/sign-in").await;
    assert!(page.body.contains("<html lang=\"en\" data-theme=\"dark\">"), "{}", page.body);
    world.browser.get("/language/xx").await.is(404);
    world.browser.get("/theme/pink").await.is(404);
}

#[tokio::test]
async fn the_browsers_language_counts_where_nobody_has_chosen_and_the_gateway_is_asked_in_it() {
    let world = World::with(Role::PlacingCoordinator).await;
    world.browser.get("/requests").await.shows(&["Boîte d’envoi"]);
    assert_eq!(world.gateway.header("PlacementRequestService/ListOutbox", "accept-language"), "fr");
    world.browser.get("/language/en?back=/").await.leads_to("/");
    world.browser.get("/requests").await.shows(&["Outbox"]);
    assert_eq!(world.gateway.header("PlacementRequestService/ListOutbox", "accept-language"), "en");
    assert_eq!(world.gateway.header("PlacementRequestService/ListOutbox", "authorization"), "Bearer access");
}

fn check_shown(page: &Page, language: &str, action: &str) {
    page.is(200);
    assert!(page.body.contains(&format!("<html lang=\"{language}\"")), "{action} in {language}: {}", page.body);
    let words = WORDS.replace('&', "&#38;");
    assert!(page.body.contains(&words), "{action} has lost what was typed: {}", page.body);
}
