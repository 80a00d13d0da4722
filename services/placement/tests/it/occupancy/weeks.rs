//! How full destinations are.

use kernel::PersonId;
use proto::{
    identity::v1::Role,
    placement::v1::{GetOccupancyRequest, GetOccupancyResponse, ListOutboxRequest, PlacementRequest, State},
};
use testkit::service::User;
use uuid::Uuid;

use crate::{
    calls::Call,
    world::{OTHER_SITE, SERVICE, SITE, UNIT, World, agent, receiver, request, school},
};

async fn occupancy(world: &World, message: GetOccupancyRequest) -> GetOccupancyResponse {
    world.client(&school()).get_occupancy(message).await.expect("counts for everyone").into_inner()
}

fn unit(from: &str, weeks: i32) -> GetOccupancyRequest {
    GetOccupancyRequest { destination_id: UNIT.to_string(), from_date: from.into(), weeks, ..Default::default() }
}

fn cells(answer: &GetOccupancyResponse) -> Vec<(i32, i32)> {
    answer.destinations[0].cells.iter().map(|cell| (cell.accepted, cell.pending)).collect()
}

/// Sends a request for some students on some days, and has it accepted if wanted.
async fn asked(world: &World, count: i32, dates: (&str, &str), weekdays: &[i32], accepted: bool) {
    let ask = PlacementRequest {
        student_count: count,
        start_date: dates.0.into(),
        end_date: dates.1.into(),
        weekdays: weekdays.to_vec(),
        hours_per_student: 0,
        ..request()
    };
    let id = world.create(&school(), ask).await.expect("a draft").id;
    world.call(&school(), Call::Send, &id).await.expect("no. 2");
    if accepted {
        world.call(&receiver(), Call::AcceptForAgency, &id).await.expect("no. 11");
    }
}

#[tokio::test]
async fn a_week_counts_its_busiest_day_accepted_and_pending_apart() {
    let world = World::new().await;
    let (monday, tuesday) = (&[1][..], &[2][..]);
    asked(&world, 3, ("2027-01-11", "2027-01-24"), monday, true).await;
    asked(&world, 4, ("2027-01-11", "2027-01-17"), tuesday, true).await;
    asked(&world, 2, ("2027-01-11", "2027-01-17"), &[], false).await;
    asked(&world, 5, ("2027-01-20", "2027-01-20"), &[], false).await;
    let answer = occupancy(&world, unit("2027-01-13", 3)).await;
    assert_eq!(answer.weeks, ["2027-01-11", "2027-01-18", "2027-01-25"]);
    // Three on Mondays and four on Tuesdays are four, not seven; they do not meet.
    assert_eq!(cells(&answer), [(4, 2), (3, 5), (0, 0)]);
    assert_eq!((answer.destinations[0].name.as_str(), answer.destinations[0].capacity), ("4 Ouest", 8));
}

#[tokio::test]
async fn both_ends_of_a_placement_count_and_days_without_students_do_not() {
    let world = World::new().await;
    asked(&world, 6, ("2027-01-17", "2027-01-18"), &[], true).await;
    // A placement on Fridays only that begins on a Saturday has nobody there in its first days.
    asked(&world, 9, ("2027-01-23", "2027-01-29"), &[5], true).await;
    let answer = occupancy(&world, unit("2027-01-11", 4)).await;
    assert_eq!(cells(&answer), [(6, 0), (6, 0), (9, 0), (0, 0)]);
}

#[tokio::test]
async fn what_the_destination_alone_has_answered_is_pending() {
    let world = World::new().await;
    let week = || unit("2027-01-11", 1);
    let waiting = world.request_in(State::Redirected).await;
    assert_eq!(cells(&occupancy(&world, week()).await), [(0, 6)]);
    world.call(&agent(), Call::DeclineAtDestination, &waiting.id).await.expect("no. 8");
    assert_eq!(cells(&occupancy(&world, week()).await), [(0, 6)], "the school may not tell");
    world.call(&agent(), Call::AcceptAtDestination, &waiting.id).await.expect("no. 12");
    assert_eq!(cells(&occupancy(&world, week()).await), [(0, 6)]);
    world.call(&receiver(), Call::AcceptForAgency, &waiting.id).await.expect("no. 10");
    assert_eq!(cells(&occupancy(&world, week()).await), [(6, 0)]);
    world.call(&school(), Call::Confirm, &waiting.id).await.expect("no. 15");
    assert_eq!(cells(&occupancy(&world, week()).await), [(6, 0)]);
    world.call(&school(), Call::Cancel, &waiting.id).await.expect("no. 17");
    assert_eq!(cells(&occupancy(&world, week()).await), [(0, 0)]);
    world.draft().await;
    assert_eq!(cells(&occupancy(&world, week()).await), [(0, 0)], "nobody was asked yet");
}

#[tokio::test]
async fn without_a_destination_students_count_at_their_service() {
    let world = World::new().await;
    let ask = PlacementRequest { destination_id: String::new(), ..request() };
    let id = world.create(&school(), ask).await.expect("a draft").id;
    let of_site = || GetOccupancyRequest {
        site_id: SITE.to_string(),
        from_date: "2027-01-11".into(),
        weeks: 1,
        ..Default::default()
    };
    let unassigned = async || {
        let rows = occupancy(&world, of_site()).await.unassigned.into_iter();
        rows.map(|row| (row.service_id, row.cells[0].accepted, row.cells[0].pending)).collect::<Vec<_>>()
    };
    assert_eq!(unassigned().await, [], "nobody was asked yet");
    world.call(&school(), Call::Send, &id).await.expect("no. 2");
    assert_eq!(unassigned().await, [(SERVICE.to_string(), 0, 6)]);
    world.call(&receiver(), Call::AcceptForAgency, &id).await.expect("no. 11");
    world.call(&school(), Call::Confirm, &id).await.expect("no. 15");
    assert_eq!(unassigned().await, [(SERVICE.to_string(), 6, 0)]);
    let at_unit = occupancy(&world, unit("2027-01-11", 1)).await;
    assert_eq!((cells(&at_unit), at_unit.unassigned), (vec![(0, 0)], vec![]), "whoever asks for a unit gets no more");
    world.call(&receiver(), Call::ChangeDestination, &id).await.expect("no. 22");
    assert_eq!(unassigned().await, [], "they are somewhere now");
}

#[tokio::test]
async fn a_site_and_a_service_show_their_destinations_by_name() {
    let world = World::new().await;
    let of_site = GetOccupancyRequest { site_id: SITE.to_string(), ..Default::default() };
    let answer = occupancy(&world, of_site).await;
    assert_eq!(answer.weeks.len(), 16);
    assert_eq!(answer.weeks[0], "2026-11-23", "this week");
    let names: Vec<_> = answer.destinations.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["4 Ouest", "5 Est", "6 Nord"]);
    let both =
        GetOccupancyRequest { site_id: OTHER_SITE.to_string(), service_id: SERVICE.to_string(), ..Default::default() };
    assert!(occupancy(&world, both).await.destinations.is_empty());
}

#[tokio::test]
async fn counts_are_for_every_role_of_the_province() {
    let world = World::new().await;
    world.request_in(State::Redirected).await;
    let lead = User::new(PersonId::from(Uuid::from_u128(9)), Role::ProvincialLead, [chassis::Scope::Province]);
    let answer = world.client(&lead).get_occupancy(unit("2027-01-11", 1)).await.expect("counts").into_inner();
    assert_eq!(cells(&answer), [(0, 6)]);
    world.client(&lead).list_outbox(ListOutboxRequest::default()).await.expect_err("but no requests");
}
