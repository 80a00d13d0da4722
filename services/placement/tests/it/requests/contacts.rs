//! Whom people turn to about a request (domain §7.1 "Contacts"): its people's business cards, for those who see it.

use proto::{
    identity::v1::{AccountState, BusinessCard, PersonChanged},
    placement::v1::{GetRequestContactsRequest, GetRequestContactsResponse, State},
};
use testkit::service::User;
use uuid::Uuid;

use crate::{
    calls::Call,
    world::{AGENT, COORDINATOR, RECEIVER, World, agent, monitor, person, receiver, school},
};

async fn contacts(world: &World, user: &User, id: &str) -> GetRequestContactsResponse {
    let message = GetRequestContactsRequest { id: id.into() };
    world.client(user).get_request_contacts(message).await.expect("they see the request").into_inner()
}

fn card(person: Uuid, name: &str) -> Option<BusinessCard> {
    Some(BusinessCard {
        person_id: person.to_string(),
        name: name.into(),
        title: "Infirmière".into(),
        email: "quelquun@example.org".into(),
        phone: "418 555-0100".into(),
    })
}

#[tokio::test]
async fn everybody_who_sees_a_request_reads_the_cards_of_its_people() {
    let world = World::new().await;
    let id = world.request_in(State::Redirected).await.id;
    let expected = GetRequestContactsResponse {
        placing_coordinator: card(COORDINATOR, "Jeanne Mance"),
        receiving_coordinator: card(RECEIVER, "Marie Rollet"),
        destination_coordinator: card(AGENT, "Louis Hébert"),
    };
    for user in [school(), receiver(), agent(), monitor()] {
        assert_eq!(contacts(&world, &user, &id).await, expected, "{:?}", user.role);
    }
}

#[tokio::test]
async fn a_school_reads_of_an_agent_once_the_unit_is_asked() {
    let world = World::new().await;
    let id = world.request_in(State::Sent).await.id;
    let before = contacts(&world, &school(), &id).await;
    assert_eq!(before.receiving_coordinator, card(RECEIVER, "Marie Rollet"));
    assert_eq!(before.destination_coordinator, None, "the unit is only a wish");
    world.call(&receiver(), Call::Redirect, &id).await.expect("no. 5");
    assert_eq!(contacts(&world, &school(), &id).await.destination_coordinator, card(AGENT, "Louis Hébert"));
}

#[tokio::test]
async fn a_card_says_what_it_says_now_and_ends_with_the_job() {
    let world = World::new().await;
    let id = world.request_in(State::Redirected).await.id;
    let moved = PersonChanged {
        phone: "418 555-0199".into(),
        ..person(AGENT, "Louis", "Hébert", AccountState::Active, Vec::new())
    };
    world.person(3, &moved).await;
    // A straggler and a duplicate change nothing.
    world.person(2, &person(AGENT, "Louis", "Hébert", AccountState::Active, Vec::new())).await;
    world.person(3, &PersonChanged { phone: "1".into(), ..moved.clone() }).await;
    let told = contacts(&world, &school(), &id).await.destination_coordinator.expect("a card");
    assert_eq!(told.phone, "418 555-0199");

    world.person(4, &PersonChanged { active: false, ..moved }).await;
    assert_eq!(contacts(&world, &school(), &id).await.destination_coordinator, None);
    let kept: (String, String) = sqlx::query_as("SELECT email, phone FROM directory_person WHERE id = $1")
        .bind(AGENT)
        .fetch_one(&world.running.db)
        .await
        .expect("the copy");
    assert_eq!(kept, (String::new(), String::new()));
}
