//! A new request, or a draft that is changed.

use proto::{
    identity::v1::Role,
    placement::v1::{
        Action, CreateRequestRequest, CreateRequestResponse, FindPlacesRequest, FindPlacesResponse, Kind,
        SendRequestRequest, SendRequestResponse, State, UpdateRequestRequest, UpdateRequestResponse,
    },
};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, StatusExt as _};

use crate::{data, sign_in::refusal, world::World};

const CREATE: &str = "PlacementRequestService/CreateRequest";
const SEND: &str = "PlacementRequestService/SendRequest";
const UPDATE: &str = "PlacementRequestService/UpdateRequest";

const TYPED: [(&str, &str); 9] = [
    ("request_id", "once"),
    ("program_id", "program"),
    ("course_id", "course"),
    ("kind", "KIND_GROUP"),
    ("student_count", "many"),
    ("start_date", "2027-01-11"),
    ("end_date", "2027-02-05"),
    (
        "place",
        "00000000-0000-7000-8000-0000000000b1:00000000-0000-7000-8000-0000000000c1:00000000-0000-7000-8000-0000000000d1",
    ),
    ("comment", "Mots & <b>co</b>"),
];

fn faults(fields: &[(&str, &str)]) -> Status {
    let violations: Vec<_> =
        fields.iter().map(|(field, message)| FieldViolation::new(format!("request.{field}"), *message)).collect();
    Status::with_error_details(Code::InvalidArgument, "no", ErrorDetails::with_bad_request(violations))
}

#[tokio::test]
async fn who_cannot_ask_for_a_placement_is_shown_no_form() {
    let world = World::with(Role::DestinationCoordinator).await;
    world.browser.get("/requests/new").await.is(403).hides(&["id=\"request-form\"", "name=\"comment\""]);
}

#[tokio::test]
async fn the_form_offers_what_has_been_chosen_so_far_leads_to() {
    let world = World::with(Role::PlacingCoordinator).await;
    let page = world.browser.get("/requests/new").await;
    page.is(200).shows(&["<option value=\"program\">", "Soins infirmiers"]);
    page.hides(&["<option value=\"course\"", "value=\"00000000-0000-7000-8000-0000000000b1:00000000-0000-7000-8000-0000000000c1:00000000-0000-7000-8000-0000000000d1\""]);
    let looked = world.browser.post("/requests/new", &[&[("step", "look")], &TYPED[..]].concat()).await;
    looked.is(200).shows(&[
        "<option value=\"program\" selected>",
        "<option value=\"course\" selected>",
        "value=\"00000000-0000-7000-8000-0000000000b1:00000000-0000-7000-8000-0000000000c1:00000000-0000-7000-8000-0000000000d1\" checked>",
        "value=\"many\"",
        "Mots &#38; &#60;b&#62;co",
    ]);
    looked.hides(&["class=\"error\"", "<b>co"]);
    let asked = world.gateway.asked::<FindPlacesRequest>("PlacementRequestService/FindPlaces");
    assert_eq!((&*asked[0].start_date, &*asked[0].end_date), ("2027-01-11", "2027-02-05"));
    assert!(world.gateway.asked::<CreateRequestRequest>(CREATE).is_empty(), "looking saves nothing");
}

#[tokio::test]
async fn an_address_fills_the_form_in() {
    let world = World::with(Role::PlacingCoordinator).await;
    let page =
        world.browser.get("/requests/new?service_id=00000000-0000-7000-8000-0000000000c1&site_id=00000000-0000-7000-8000-0000000000b1&student_count=3&program_id=program").await;
    page.is(200).shows(&["value=\"3\"", "<option value=\"program\" selected>"]);
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_what_was_typed_stays() {
    let world = World::with(Role::PlacingCoordinator).await;
    world
        .gateway
        .refuse(CREATE, faults(&[("student_count", "Combien ?"), ("destination_id", "Pas là."), ("x", "Autre.")]));
    let page = world.browser.post("/requests/new", &[&[("step", "save")], &TYPED[..]].concat()).await;
    page.is(400).shows(&[
        "id=\"student_count-error\">Combien ?</p>",
        "aria-describedby=\"student_count-error\"",
        "Pas là.",
        "Autre.",
        "value=\"many\"",
        "Mots &#38; &#60;b&#62;co",
        "name=\"refused\" value=\"true\"",
    ]);
    let asked = world.gateway.asked::<CreateRequestRequest>(CREATE).remove(0);
    let request = asked.request.unwrap();
    assert_eq!((request.student_count, request.kind(), &*request.destination_id), (-1, Kind::Group, data::UNIT));
    assert_eq!(asked.request_id, "once");
    assert_ne!(page.field("request_id"), "once", "the next try is another one");
}

#[tokio::test]
async fn saving_keeps_a_draft_and_sending_sends_it() {
    let world = World::with(Role::PlacingCoordinator).await;
    let draft = data::request(State::Draft, &[Action::Send, Action::Update]);
    world.gateway.answer(CREATE, CreateRequestResponse { request: Some(draft.clone()) });
    data::show(&world.gateway, &draft);
    let page = world.browser.post("/requests/new", &[&[("step", "save")], &TYPED[..]].concat()).await;
    page.leads_to(&format!("/requests/{}", data::REQUEST));
    assert!(world.gateway.asked::<SendRequestRequest>(SEND).is_empty());
    world.gateway.answer(SEND, SendRequestResponse { request: Some(draft) });
    world.browser.post("/requests/new", &[&[("step", "send")], &TYPED[..]].concat()).await.is(303);
    let asked = world.gateway.asked::<SendRequestRequest>(SEND);
    assert_eq!((&*asked[0].id, &*asked[0].etag), (data::REQUEST, "7"));
    world.gateway.refuse(SEND, refusal(Code::FailedPrecondition, "X", "Le site est fermé."));
    let page = world.browser.post("/requests/new", &[&[("step", "send")], &TYPED[..]].concat()).await;
    page.is(400).shows(&["Le site est fermé.", &format!("action=\"/requests/{}/edit\"", data::REQUEST)]);
}

#[tokio::test]
async fn a_draft_is_shown_in_the_form_and_saved_over_its_version() {
    let world = World::with(Role::PlacingCoordinator).await;
    let edit = format!("/requests/{}/edit", data::REQUEST);
    let draft = data::request(State::Draft, &[Action::Update]);
    data::show(&world.gateway, &draft);
    let page = world.browser.get(&edit).await;
    page.is(200).shows(&[
        "QC-7F3K-29",
        "Deux stagiaires</textarea>",
        "value=\"2027-01-11\"",
        "name=\"etag\" value=\"7\"",
    ]);
    world.gateway.answer(UPDATE, UpdateRequestResponse { request: Some(draft) });
    world.browser.post(&edit, &[("step", "save"), ("etag", "7"), ("comment", "Autres mots")]).await.is(303);
    let asked = world.gateway.asked::<UpdateRequestRequest>(UPDATE).remove(0).request.unwrap();
    assert_eq!((&*asked.id, &*asked.etag, &*asked.comment), (data::REQUEST, "7", "Autres mots"));
    // Somebody else was faster: the form is compared with the newest from then on.
    world.gateway.refuse(UPDATE, refusal(Code::Aborted, "STALE_ETAG", "Quelqu’un a été plus rapide."));
    let page = world.browser.post(&edit, &[("step", "save"), ("etag", "6"), ("comment", "Autres mots")]).await;
    page.is(400).shows(&["Quelqu’un a été plus rapide.", ">Autres mots</textarea>", "name=\"etag\" value=\"7\""]);
}

#[tokio::test]
async fn what_is_no_draft_any_more_is_its_own_page() {
    let world = World::with(Role::PlacingCoordinator).await;
    let page = world.browser.get(&format!("/requests/{}/edit", data::REQUEST)).await;
    page.leads_to(&format!("/requests/{}", data::REQUEST));
}

#[tokio::test]
async fn a_receiving_coordinator_enters_for_schools_that_are_not_users() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let page = world.browser.get("/requests/new").await;
    page.is(200).shows(&["<option value=\"clinic\">", "Clinique hors Tandem"]);
    page.hides(&["<option value=\"00000000-0000-7000-8000-0000000000a2\""]);
    let draft = data::request(State::Accepted, &[]);
    world.gateway.answer(CREATE, CreateRequestResponse { request: Some(draft) });
    let typed = [&[("step", "send"), ("placing_agency_id", "clinic")], &TYPED[..]].concat();
    world.browser.post("/requests/new", &typed).await.is(303);
    assert!(world.gateway.asked::<SendRequestRequest>(SEND).is_empty(), "it counts as sent");
}

#[tokio::test]
async fn days_for_which_no_place_can_be_looked_for_are_explained() {
    let world = World::with(Role::PlacingCoordinator).await;
    const FIND: &str = "PlacementRequestService/FindPlaces";
    let details = ErrorDetails::with_bad_request_violation("end_date", "Avant le premier jour.");
    world.gateway.refuse(FIND, Status::with_error_details(Code::InvalidArgument, "no", details));
    let page = world.browser.post("/requests/new", &[&[("step", "look")], &TYPED[..]].concat()).await;
    // The place that is chosen goes along until it can be shown again.
    let kept = format!("type=\"hidden\" name=\"place\" value=\"{}:{}:{}\"", data::SITE, data::SERVICE, data::UNIT);
    page.is(200).shows(&["Avant le premier jour.", &kept, "Le milieu choisi est gardé"]);
    let without_days = [TYPED[7], ("step", "look")];
    world.browser.post("/requests/new", &without_days).await.is(200).shows(&[&kept]);
    world.gateway.answer(FIND, FindPlacesResponse::default());
    let page = world.browser.post("/requests/new", &[&[("step", "look")], &TYPED[..]].concat()).await;
    page.is(200).hides(&["value=\"00000000-0000-7000-8000-0000000000b1:00000000-0000-7000-8000-0000000000c1:00000000-0000-7000-8000-0000000000d1\""]);
}
