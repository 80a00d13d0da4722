use proto::{
    configuration::v1::{
        Closure, CreateClosureRequest, CreateClosureResponse, GetClosureResponse, UpdateClosureRequest,
        UpdateClosureResponse,
    },
    identity::v1::{Level, Role, ScopeKind},
    placement::v1::{Action, ListInboxRequest, ListInboxResponse, PlacementRequestView, State},
};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::{
    data,
    sign_in::refusal,
    world::{World, me_with},
};

const CREATE: &str = "ClosureService/CreateClosure";
const UPDATE: &str = "ClosureService/UpdateClosure";

async fn keeper() -> World {
    let scope = (ScopeKind::Site, data::SITE);
    World::with_me(me_with(Role::ReceivingCoordinator, Level::LocalAdministrator, scope, data::HOSPITAL)).await
}

#[tokio::test]
async fn whoever_keeps_a_place_closes_it_and_sees_at_once_whom_that_touches() {
    let world = keeper().await;
    world
        .browser
        .get("/places/sites/00000000-0000-7000-8000-0000000000b1")
        .await
        .shows(&["href=\"/places/closures/new?site_id=00000000-0000-7000-8000-0000000000b1\""]);
    let page = world.browser.get("/places/closures/new?site_id=00000000-0000-7000-8000-0000000000b1").await;
    page.is(200).shows(&["Hôpital du Parc", "name=\"request_id\" value=\""]);
    world.gateway.answer(CREATE, CreateClosureResponse { closure: Some(data::closure()) });
    let typed = [
        ("site_id", "00000000-0000-7000-8000-0000000000b1"),
        ("request_id", "once"),
        ("start_date", "2027-02-01"),
        ("end_date", "2027-02-28"),
        ("reason", "1"),
        ("severity", "2"),
        ("note", " Travaux\r\ndu toit "),
    ];
    world.browser.post("/places/closures/new", &typed).await.leads_to("/places/closures/closure");
    let asked = world.gateway.asked::<CreateClosureRequest>(CREATE).remove(0);
    let closure = asked.closure.unwrap();
    assert_eq!((&*closure.site_id, &*closure.note, closure.severity), (data::SITE, "Travaux\ndu toit", 2));
    data::show(&world.gateway, &data::request(State::Sent, &[Action::Cancel]));
    world.browser.get("/places/closures/closure").await.shows(&["QC-7F3K-29", "href=\"/requests?closure=closure\""]);
    let asked = world.gateway.asked::<ListInboxRequest>("PlacementRequestService/ListInbox").pop().unwrap();
    assert_eq!((&*asked.closure_id, asked.view()), ("closure", PlacementRequestView::Basic));
}

#[tokio::test]
async fn what_is_refused_stands_beside_its_field_and_what_was_typed_stays() {
    let world = keeper().await;
    let details = ErrorDetails::with_bad_request_violation("closure.end_date", "Avant le premier jour.");
    world.gateway.refuse(CREATE, Status::with_error_details(Code::InvalidArgument, "no", details));
    let typed = [
        ("site_id", "00000000-0000-7000-8000-0000000000b1"),
        ("start_date", "2027-02-01"),
        ("end_date", "2027-01-01"),
        ("note", "<b>Note</b>"),
    ];
    let page = world.browser.post("/places/closures/new", &typed).await;
    page.is(400).shows(&[
        "id=\"end_date-error\">Avant le premier jour.</p>",
        "value=\"2027-01-01\"",
        "&#60;b&#62;Note",
    ]);
}

#[tokio::test]
async fn a_closure_is_changed_ended_or_taken_back_each_by_its_own_button() {
    let world = keeper().await;
    world.gateway.answer(UPDATE, UpdateClosureResponse { closure: Some(data::closure()) });
    let page = world.browser.get("/places/closures/closure").await;
    page.is(200).shows(&["value=\"2026-11-20\"", "Travaux</textarea>", "value=\"end\"", "value=\"withdraw\""]);
    let save = async |step: &str| {
        let typed =
            [("step", step), ("etag", "5"), ("start_date", "2027-05-01"), ("note", "Autre"), ("site_id", "other")];
        world
            .browser
            .post("/places/closures/closure", &typed)
            .await
            .leads_to("/places/sites/00000000-0000-7000-8000-0000000000b1");
        let asked = world.gateway.asked::<UpdateClosureRequest>(UPDATE).pop().unwrap();
        (asked.closure.unwrap(), asked.update_mask.unwrap().paths)
    };
    let (closure, paths) = save("save").await;
    assert_eq!((&*closure.start_date, &*closure.note, &*closure.site_id), ("2027-05-01", "Autre", data::SITE));
    assert_eq!(paths, ["start_date", "end_date", "reason", "severity", "note"]);
    let (closure, paths) = save("end").await;
    assert_eq!((&*closure.end_date, &*closure.start_date), ("2026-11-23", "2026-11-20"));
    assert_eq!(paths, ["end_date"]);
    let (Closure { active, .. }, paths) = save("withdraw").await;
    assert_eq!((active, paths), (false, vec!["active".to_owned()]));
}

#[tokio::test]
async fn somebody_elses_change_is_explained_and_saved_over_when_sent_again() {
    let world = keeper().await;
    world.gateway.refuse(UPDATE, refusal(Code::Aborted, "STALE_ETAG", "Trop tard."));
    let page =
        world.browser.post("/places/closures/closure", &[("step", "save"), ("etag", "4"), ("note", "Mots")]).await;
    page.is(409).shows(&["name=\"etag\" value=\"5\"", "Mots</textarea>", "role=\"alert\""]);
}

#[tokio::test]
async fn a_closure_that_was_withdrawn_says_so_and_offers_no_form() {
    let world = keeper().await;
    let withdrawn = Closure { active: false, ..data::closure() };
    world.gateway.answer("ClosureService/GetClosure", GetClosureResponse { closure: Some(withdrawn) });
    let page = world.browser.get("/places/closures/closure").await;
    page.is(200).shows(&["Cette fermeture a été retirée", "Travaux"]);
    page.hides(&["id=\"closure-form\"", "value=\"withdraw\""]);
}

#[tokio::test]
async fn what_is_not_counted_yet_is_not_said_to_be_nothing() {
    let world = keeper().await;
    world.gateway.answer("PlacementRequestService/ListInbox", ListInboxResponse::default());
    let page = world.browser.get("/places/closures/closure").await;
    page.is(200).shows(&["sont encore comptées", "every 1s", "Compter de nouveau"]);
    page.hides(&["Aucune demande n’est touchée"]);
    for (closure_etag, counted) in [("4", false), ("5", true), ("6", true)] {
        let closure_etag = closure_etag.to_owned();
        let answer = ListInboxResponse { closure_etag, ..ListInboxResponse::default() };
        world.gateway.answer("PlacementRequestService/ListInbox", answer);
        let page = world.browser.get("/places/closures/closure").await;
        assert_eq!(page.body.contains("Aucune demande n’est touchée"), counted, "{}", page.body);
    }
}

#[tokio::test]
async fn whoever_only_looks_is_shown_the_closure_and_no_form() {
    let world = World::with(Role::PlacingCoordinator).await;
    let page = world.browser.get("/places/closures/closure").await;
    page.is(200).shows(&["Hôpital du Parc", "Travaux"]).hides(&["id=\"closure-form\""]);
    let page = world.browser.get("/places/closures/new?site_id=00000000-0000-7000-8000-0000000000b1").await;
    page.is(403).shows(&["votre administrateur local"]);
}
