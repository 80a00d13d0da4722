//! What awaits each role.

use proto::{
    identity::v1::Role,
    placement::v1::{
        Action, GetWorklistResponse, ListInboxRequest, PlacementRequestView, State, WorklistItem, WorklistKind,
    },
};

use crate::{data, world::World};

const WORKLIST: &str = "PlacementRequestService/GetWorklist";

fn item(kind: WorklistKind, count: i32, state: State) -> WorklistItem {
    WorklistItem { kind: kind.into(), count, states: vec![state.into()], ..WorklistItem::default() }
}

#[tokio::test]
async fn a_coordinator_sees_counts_that_lead_to_what_they_count_and_the_first_that_wait() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let items =
        vec![item(WorklistKind::Pending, 3, State::Sent), item(WorklistKind::AtDestination, 2, State::Redirected)];
    world.gateway.answer(WORKLIST, GetWorklistResponse { items });
    let page = world.browser.get("/").await;
    page.is(200).shows(&[
        "id=\"tile-pending\" href=\"/requests?state=sent\"><b>3</b>",
        "id=\"tile-at-destination\" href=\"/requests?state=redirected\"><b>2</b>",
        "href=\"/requests/01a20d5d-d608-7b11-a501-000000000001?back=%2F\">QC-7F3K-29</a>",
        "Cégep de la Rive",
    ]);
    let asked = world.gateway.asked::<ListInboxRequest>("PlacementRequestService/ListInbox");
    assert!(asked.iter().any(|question| question.overdue) && asked.iter().any(|question| !question.overdue));
    assert!(asked.iter().all(|question| question.view() == PlacementRequestView::Basic), "rows, and no more");
}

#[tokio::test]
async fn where_nothing_waits_the_page_says_so() {
    let world = World::with(Role::PlacingCoordinator).await;
    let page = world.browser.get("/").await;
    page.is(200).shows(&["Rien ne vous attend", "href=\"/requests/new\"", "href=\"/requests\""]);
    page.hides(&["QC-7F3K-29"]);
}

#[tokio::test]
async fn a_card_has_a_button_for_each_decision_that_the_api_offers() {
    let world = World::with(Role::DestinationCoordinator).await;
    let items = vec![item(WorklistKind::Pending, 1, State::Redirected)];
    world.gateway.answer(WORKLIST, GetWorklistResponse { items });
    let mut request = data::request(State::Redirected, &[Action::AnswerAtDestination]);
    request.comment = "<img src=x onerror=alert(1)>".into();
    data::show(&world.gateway, &request);
    let page = world.browser.get("/").await;
    page.is(200).shows(&[
        &format!("id=\"accept-{}\"", data::REQUEST),
        &format!("id=\"decline-{}\"", data::REQUEST),
        "action=\"/requests/01a20d5d-d608-7b11-a501-000000000001/answer-at-destination\"",
        "<option value=\"D1\">Raison D1</option>",
        "6 acceptés et 1 demandés (avec cette demande) pour 8 places",
        "&#60;img src=x",
    ]);
    page.hides(&["<img", "value=\"C1\""]);
    request.actions.clear();
    data::show(&world.gateway, &request);
    world.browser.get("/").await.shows(&["QC-7F3K-29"]).hides(&["id=\"accept-", "id=\"decline-"]);
}

#[tokio::test]
async fn a_role_that_no_request_waits_for_is_shown_where_to_go() {
    let world = World::with(Role::ProvincialLead).await;
    let page = world.browser.get("/").await;
    page.is(200).shows(&["Aucune demande n’attend ce rôle.", "href=\"/occupancy\"", "href=\"/places\""]);
    page.hides(&["href=\"/reports\"", "href=\"/requests\""]);
}
