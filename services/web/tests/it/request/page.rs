use proto::{
    identity::v1::Role,
    notification::v1::{
        Delivery, DeliveryState, ListDeliveriesResponse, ResendDeliveryRequest, ResendDeliveryResponse,
    },
    placement::v1::{Action, MarkRequestSeenRequest, Names, State, SuggestDestinationsResponse, WaitingFor},
};
use tonic::Status;

use crate::{data, world::World};

#[tokio::test]
async fn the_page_shows_what_is_asked_whose_turn_it_is_and_what_was_done() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let page = world.browser.get("/requests/1?back=/requests%3Fstate%3Dsent").await;
    page.is(200).shows(&[
        "<h1>QC-7F3K-29</h1>",
        "class=\"badge s-sent\"",
        "href=\"/requests?state=sent\">← Retour",
        "À vous d’agir.",
        "11 janvier 2027 – 5 février 2027",
        "lun., mar.",
        "Préceptorat",
        "<blockquote>Deux stagiaires</blockquote>",
        "Rachel Roy",
        "<strong>Envoyée</strong>",
        "hx-trigger=\"tandem:changed from:body\"",
    ]);
}

#[tokio::test]
async fn it_is_noted_as_seen_when_a_person_opens_it_and_not_when_it_refreshes_itself() {
    const SEEN: &str = "PlacementRequestService/MarkRequestSeen";
    let world = World::with(Role::ReceivingCoordinator).await;
    world.browser.get_in_background("/requests/1").await.is(200);
    assert!(world.gateway.asked::<MarkRequestSeenRequest>(SEEN).is_empty());
    world.gateway.refuse(SEEN, Status::unavailable("away"));
    world.browser.get("/requests/1").await.is(200);
    assert_eq!(world.gateway.asked::<MarkRequestSeenRequest>(SEEN)[0].etag, "7");
}

#[tokio::test]
async fn the_page_is_worth_showing_without_contacts_and_mails() {
    let world = World::with(Role::ReceivingCoordinator).await;
    world.gateway.refuse("PlacementRequestService/GetRequestContacts", Status::unavailable("away"));
    world.gateway.refuse("DeliveryService/ListDeliveries", Status::unavailable("away"));
    world.gateway.refuse("PlacementTypeService/GetPlacementType", Status::unavailable("away"));
    let page = world.browser.get("/requests/1").await;
    page.is(200).shows(&["La liste des courriels n’est pas disponible", "PRECEPTORSHIP"]);
}

#[tokio::test]
async fn names_that_people_typed_cannot_become_markup() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let hostile = "<script>alert('x')</script>".to_owned();
    let mut request = data::request(State::Sent, &[Action::Redirect]);
    request.names = Some(Names { placing_agency: hostile.clone(), destination: hostile.clone(), ..Names::default() });
    request.comment = hostile.clone();
    request.tags = vec![hostile.clone()];
    data::show(&world.gateway, &request);
    let destinations = vec![data::fitting("\"><b>", &hostile)];
    world.gateway.answer("PlacementRequestService/SuggestDestinations", SuggestDestinationsResponse { destinations });
    let page = world.browser.get("/requests/1?action=redirect&q=%3Cscript%3E").await;
    page.is(200).hides(&["<script", "\"><b>"]);
    assert!(page.main().matches("&#60;script&#62;").count() >= 3);
}

#[tokio::test]
async fn a_school_is_offered_to_ask_elsewhere_for_what_was_declined() {
    let world = World::with(Role::PlacingCoordinator).await;
    data::show(&world.gateway, &data::request(State::Declined, &[]));
    let page = world.browser.get("/requests/1").await;
    page.is(200).shows(&["id=\"elsewhere\" href=\"/requests/new?program_id=program&#38;course_id=course"]);
    assert!(!page.main().contains("site_id=00000000-0000-7000-8000-0000000000b1"), "what said no is not asked again");
}

#[tokio::test]
async fn whoever_waits_for_another_is_told_for_whom() {
    let world = World::with(Role::PlacingCoordinator).await;
    let mut request = data::request(State::Redirected, &[]);
    request.waiting_for = WaitingFor::ReceivingAgency.into();
    data::show(&world.gateway, &request);
    world.browser.get("/requests/1").await.shows(&["Au tour de l’organisme receveur : Rachel Roy."]);
}

#[tokio::test]
async fn destinations_are_searched_for_without_scripts() {
    let world = World::with(Role::ReceivingCoordinator).await;
    data::show(&world.gateway, &data::request(State::Sent, &[Action::Redirect]));
    let destinations = (0..9).map(|n| data::fitting(&format!("u{n}"), &format!("Médecine {n}"))).collect();
    world.gateway.answer("PlacementRequestService/SuggestDestinations", SuggestDestinationsResponse { destinations });
    let page = world.browser.get("/requests/1").await;
    page.shows(&["name=\"q\"", "3 autres destinations"]);
    let found = world.browser.get("/requests/1?action=redirect&q=medecine+8&destination_id=u2").await;
    found.shows(
        &["value=\"u8\" required>", "value=\"q\""].map(|part| if part == "value=\"q\"" { "medecine 8" } else { part }),
    );
    found.hides(&["value=\"u7\""]);
}

#[tokio::test]
async fn a_coordinator_sees_the_mails_and_sends_one_again() {
    const RESEND: &str = "DeliveryService/ResendDelivery";
    let world = World::with(Role::ReceivingCoordinator).await;
    let mail = Delivery {
        id: "mail".into(),
        template: "REQUEST_SENT".into(),
        state: DeliveryState::Failed.into(),
        person_name: "Rachel Roy".into(),
        address: "rachel@example.org".into(),
        last_error: "no such mailbox".into(),
        ..Delivery::default()
    };
    world.gateway.answer("DeliveryService/ListDeliveries", ListDeliveriesResponse { deliveries: vec![mail.clone()] });
    world.browser.get("/requests/1").await.shows(&["Non remis", "no such mailbox", "rachel@example.org", "Renvoyer"]);
    let unknown = Delivery { last_error: "NO_ADDRESS".into(), ..mail.clone() };
    world.gateway.answer("DeliveryService/ListDeliveries", ListDeliveriesResponse { deliveries: vec![unknown] });
    world.browser.get("/requests/1").await.shows(&["aucune adresse"]).hides(&["NO_ADDRESS"]);
    world.gateway.answer(RESEND, ResendDeliveryResponse { delivery: Some(mail) });
    let page = world.browser.post("/requests/1/deliveries/mail/resend", &[("request_id", "once")]).await;
    page.leads_to("/requests/1");
    assert_eq!(world.gateway.asked::<ResendDeliveryRequest>(RESEND)[0].delivery_id, "mail");
    let school = World::with(Role::PlacingCoordinator).await;
    school.browser.get("/requests/1").await.is(200).hides(&["id=\"mails\""]);
}
