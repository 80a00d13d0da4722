use proto::{
    identity::v1::Role,
    placement::v1::{
        Action, AnswerAtDestinationRequest, AnswerAtDestinationResponse, AnswerForAgencyRequest,
        AnswerForAgencyResponse, CancelRequestRequest, CancelRequestResponse, ConfirmRequestRequest,
        ConfirmRequestResponse, DeleteRequestRequest, DeleteRequestResponse, Misfit, RedirectRequestRequest,
        RedirectRequestResponse, SendRequestRequest, SendRequestResponse, State,
    },
};
use tonic::{Code, Status};

use crate::{browser::Page, data, sign_in::refusal, world::World};

/// Picks the one request, asks once more, does it; the page of the results.
async fn run(world: &World, action: &str, fields: &[(&str, &str)]) -> Page {
    let picked = [("action", action), ("id", data::REQUEST), ("back", "/requests?state=sent")];
    let page = world.browser.post("/requests/bulk", &picked).await;
    let row = page.is(200).field("row");
    let carried = [("action", action), ("row", row.as_str()), ("back", "/requests?state=sent")];
    let begun = world.browser.post("/requests/bulk/run", &[&carried, fields].concat()).await;
    let address = begun.is(303).header("location").to_owned();
    world.browser.get(&address).await
}

#[tokio::test]
async fn each_action_makes_the_calls_of_its_role() {
    let back = "id=\"back\"";
    macro_rules! check {
        ($role:ident, $state:ident, $offer:ident, $action:literal, $method:literal, $asked:ty, $response:ident, $becomes:ident) => {{
            let world = World::with(Role::$role).await;
            data::show(&world.gateway, &data::request(State::$state, &[Action::$offer]));
            let method = concat!("PlacementRequestService/", $method);
            world.gateway.answer(method, $response { request: Some(data::request(State::$becomes, &[])) });
            let page = run(&world, $action, &[("reason_code", "D1"), ("comment", "Mots")]).await;
            page.is(200).shows(&["class=\"mark good\">fait", back, "href=\"/requests?state=sent\""]);
            let asked = world.gateway.asked::<$asked>(method);
            assert_eq!((asked.len(), &*asked[0].id, &*asked[0].etag), (1, data::REQUEST, "7"), $action);
            assert!(!asked[0].request_id.is_empty(), "a call that can be made again");
            asked.into_iter().next().unwrap()
        }};
    }
    check!(PlacingCoordinator, Draft, Send, "send", "SendRequest", SendRequestRequest, SendRequestResponse, Sent);
    check!(
        PlacingCoordinator,
        Accepted,
        Confirm,
        "confirm",
        "ConfirmRequest",
        ConfirmRequestRequest,
        ConfirmRequestResponse,
        Confirmed
    );
    let cancelled = check!(
        PlacingCoordinator,
        Sent,
        Cancel,
        "cancel",
        "CancelRequest",
        CancelRequestRequest,
        CancelRequestResponse,
        Cancelled
    );
    assert_eq!((&*cancelled.reason_code, &*cancelled.comment), ("D1", "Mots"));
    let redirected = check!(
        ReceivingCoordinator,
        Sent,
        Redirect,
        "redirect",
        "RedirectRequest",
        RedirectRequestRequest,
        RedirectRequestResponse,
        Redirected
    );
    assert_eq!(redirected.destination_id, "", "each goes to the destination that it names");
    let accepted = check!(
        ReceivingCoordinator,
        Sent,
        AnswerForAgency,
        "accept",
        "AnswerForAgency",
        AnswerForAgencyRequest,
        AnswerForAgencyResponse,
        Accepted
    );
    assert_eq!(accepted.reason_code, "", "a yes takes no reason here");
    let declined = check!(
        DestinationCoordinator,
        Redirected,
        AnswerAtDestination,
        "decline",
        "AnswerAtDestination",
        AnswerAtDestinationRequest,
        AnswerAtDestinationResponse,
        DeclinedByDestination
    );
    assert_eq!(declined.reason_code, "D1");
}

#[tokio::test]
async fn what_was_deleted_has_no_page() {
    let world = World::with(Role::PlacingCoordinator).await;
    data::show(&world.gateway, &data::request(State::Draft, &[Action::Delete]));
    world.gateway.answer("PlacementRequestService/DeleteRequest", DeleteRequestResponse {});
    let page = run(&world, "delete", &[]).await;
    page.is(200).shows(&["Supprimée", "class=\"nowrap\">QC-7F3K-29</th>"]);
    assert_eq!(world.gateway.asked::<DeleteRequestRequest>("PlacementRequestService/DeleteRequest").len(), 1);
}

#[tokio::test]
async fn a_role_is_offered_its_actions_for_requests_that_take_them() {
    let world = World::with(Role::ReceivingCoordinator).await;
    data::show(&world.gateway, &data::request(State::Sent, &[Action::AnswerForAgency]));
    let page = world.browser.get("/requests").await;
    page.shows(&["id=\"bulk-accept\"", "id=\"bulk-decline\"", "id=\"pick-01a20d5d"]).hides(&["id=\"bulk-redirect\""]);
    data::show(&world.gateway, &data::request(State::AcceptedByDestination, &[Action::AnswerForAgency]));
    world.browser.get("/requests").await.shows(&["id=\"bulk-accept\""]).hides(&["id=\"bulk-decline\""]);
    data::show(&world.gateway, &data::request(State::Confirmed, &[]));
    world.browser.get("/requests").await.hides(&["id=\"bulk-", "id=\"pick-01a20d5d"]);
    world.browser.post("/requests/bulk", &[("action", "send"), ("id", data::REQUEST)]).await.is(404);
}

#[tokio::test]
async fn what_cannot_take_part_stays_and_says_why() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let mut request = data::request(State::Sent, &[Action::Redirect]);
    request.destination_id.clear();
    data::show(&world.gateway, &request);
    let page = world.browser.post("/requests/bulk", &[("action", "redirect"), ("id", data::REQUEST)]).await;
    page.is(200).shows(&["ne nomme aucune destination", "Aucune des demandes choisies"]).hides(&["id=\"go\""]);
    world.gateway.refuse("PlacementRequestService/GetRequest", Status::not_found("Inconnue ici."));
    let page = world.browser.post("/requests/bulk", &[("action", "redirect"), ("id", "9")]).await;
    page.is(200).shows(&["Inconnue ici."]);
    world.browser.post("/requests/bulk", &[("action", "redirect")]).await.shows(&["Aucune demande choisie"]);
}

#[tokio::test]
async fn what_does_not_fit_takes_part_where_it_is_ticked() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let mut request = data::request(State::Sent, &[Action::AnswerForAgency, Action::Redirect]);
    request.misfits = vec![Misfit::GroupSize.into()];
    data::show(&world.gateway, &request);
    let picked = [("action", "accept"), ("id", data::REQUEST)];
    let page = world.browser.post("/requests/bulk", &picked).await;
    page.is(200).shows(&[
        "1 demande ne convient pas",
        "Accepter malgré cela : groupe trop grand",
        "type=\"checkbox\" name=\"row\"",
    ]);
    // Nothing is ticked: it is asked once more.
    let page = world.browser.post("/requests/bulk/run", &picked).await;
    page.is(400).shows(&["Cochez au moins une demande", "groupe trop grand"]);
    let method = "PlacementRequestService/AnswerForAgency";
    world.gateway.answer(method, AnswerForAgencyResponse { request: Some(data::request(State::Accepted, &[])) });
    run(&world, "accept", &[("id", data::REQUEST)]).await.is(200).shows(&["class=\"mark good\">fait"]);
    let asked = world.gateway.asked::<AnswerForAgencyRequest>(method);
    assert_eq!(asked[0].despite_misfits, [i32::from(Misfit::GroupSize)]);
    let redirected = world.browser.post("/requests/bulk", &[("action", "redirect"), ("id", data::REQUEST)]).await;
    redirected.is(200).hides(&["malgré cela"]);
}

#[tokio::test]
async fn a_reason_that_is_missing_is_asked_for_and_nothing_is_done() {
    let world = World::with(Role::PlacingCoordinator).await;
    data::show(&world.gateway, &data::request(State::Sent, &[Action::Cancel]));
    let row = format!("{} 7 {} QC-7F3K-29", data::REQUEST, data::REQUEST);
    let page =
        world.browser.post("/requests/bulk/run", &[("action", "cancel"), ("row", &row), ("comment", "Mots")]).await;
    page.is(400).shows(&["id=\"reason_code-error\">Choisissez une raison.</p>", ">Mots</textarea>", "value=\"C1\""]);
    page.hides(&["value=\"D1\""]);
    assert!(world.gateway.asked::<CancelRequestRequest>("PlacementRequestService/CancelRequest").is_empty());
}

#[tokio::test]
async fn a_refusal_is_told_and_can_be_tried_again() {
    let world = World::with(Role::PlacingCoordinator).await;
    data::show(&world.gateway, &data::request(State::Draft, &[Action::Send]));
    let refused = refusal(Code::FailedPrecondition, "X", "Le site est <fermé>.");
    world.gateway.refuse("PlacementRequestService/SendRequest", refused);
    let page = run(&world, "send", &[]).await;
    page.is(200).shows(&["class=\"mark late\">refusé</span> Le site est &#60;fermé&#62;.", "id=\"again\""]);
    page.shows(&[&format!("name=\"id\" value=\"{}\"", data::REQUEST)]);
}

#[tokio::test]
async fn results_are_this_sessions_alone() {
    let world = World::with(Role::PlacingCoordinator).await;
    data::show(&world.gateway, &data::request(State::Draft, &[Action::Send]));
    let request = Some(data::request(State::Sent, &[]));
    world.gateway.answer("PlacementRequestService/SendRequest", SendRequestResponse { request });
    let picked = [("action", "send"), ("id", data::REQUEST)];
    let row = world.browser.post("/requests/bulk", &picked).await.field("row");
    let begun = world.browser.post("/requests/bulk/run", &[("action", "send"), ("row", &row)]).await;
    let address = begun.is(303).header("location").to_owned();
    world.browser.get(&address).await.is(200);
    world.sign_in(crate::world::me(Role::PlacingCoordinator), "/").await;
    world.browser.get(&address).await.is(404);
    world.browser.get("/requests/bulk").await.leads_to("/requests");
}
