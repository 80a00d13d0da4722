//! Copies of configuration and identity: duplicates, stragglers, and a service that starts empty.

use eventing::copy;
use proto::{
    configuration::v1::{AgencyChanged, AgencyKind},
    identity::v1::{AccountState, PersonChanged, ScopeKind},
    placement::v1::State,
};

use crate::{
    calls::Call,
    world::{AGENT, SCHOOL, UNIT, World, agency, agent_of, faults, person, province, receiver, request, school},
};

async fn school_name(world: &World, id: &str) -> String {
    let request = world.call(&school(), Call::Get, id).await.expect("their own");
    request.names.expect("names").placing_agency
}

#[tokio::test]
async fn an_older_event_changes_nothing_and_a_newer_one_everything() {
    let world = World::new().await;
    let id = world.draft().await.id;
    let named = |name: &str| agency(SCHOOL, AgencyKind::Placing, name, true);
    world.agency(3, named("Cégep Sainte-Foy")).await;
    assert_eq!(school_name(&world, &id).await, "Cégep Sainte-Foy");
    world.agency(2, named("Ancien nom")).await;
    world.agency(3, named("Cégep Sainte-Foy, bis")).await;
    assert_eq!(school_name(&world, &id).await, "Cégep Sainte-Foy");
}

#[tokio::test]
async fn an_older_account_does_not_come_back() {
    let world = World::new().await;
    let mut gone =
        person(AGENT, "Louis", "Hébert", AccountState::Disabled, vec![agent_of(ScopeKind::Destination, UNIT)]);
    world.person(5, &gone).await;
    gone.account_state = AccountState::Active.into();
    world.person(4, &gone).await;
    let request = world.request_in(State::Sent).await;
    let redirected = world.call(&receiver(), Call::Redirect, &request.id).await.expect("no. 6");
    assert_eq!(redirected.state(), State::RedirectedOffline);
}

#[tokio::test]
async fn an_event_that_breaks_its_promise_is_a_dead_letter_at_once() {
    let world = World::new().await;
    let broken = PersonChanged { person_id: "nobody".into(), ..Default::default() };
    let refused = world.running.deliver(&broken, "nobody", 1).await.expect_err("no id");
    assert!(matches!(refused, eventing::HandlerError::Reject(_)), "{refused}");
    let empty = world.running.deliver(&AgencyChanged::default(), SCHOOL, 9).await.expect_err("no agency");
    assert!(matches!(empty, eventing::HandlerError::Reject(_)), "{empty}");
}

#[tokio::test]
async fn a_service_that_starts_empty_catches_up_from_an_export_in_any_order() {
    let world = World::empty().await;
    let ignorant = world.create(&school(), request()).await.expect_err("it knows nobody");
    assert!(faults(&ignorant).contains("request.program_id=UNKNOWN_REFERENCE"), "{}", faults(&ignorant));
    // An event overtakes the export, which comes last things first.
    world.agency(2, agency(SCHOOL, AgencyKind::Placing, "Cégep renommé", true)).await;
    let mut export = province();
    export.reverse();
    world.refill(export).await;
    assert!(copy::is_filled(&world.running.db, "configuration").await.expect("the database"));
    let request = world.request_in(State::Confirmed).await;
    let names = request.names.expect("names");
    assert_eq!(
        (names.placing_agency.as_str(), names.site.as_str()),
        ("Cégep renommé", "Hôpital Saint-François d'Assise")
    );
    world.refill(province()).await;
    assert_eq!(school_name(&world, &request.id).await, "Cégep renommé");
}
