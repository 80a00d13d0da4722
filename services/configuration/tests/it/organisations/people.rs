//! The copy of identity's people, and who may be named.

use eventing::HandlerError;
use proto::{
    configuration::v1::{self as pb, service_service_client::ServiceServiceClient},
    identity::v1::PersonChanged,
};
use tonic::Status;

use crate::world::{World, faulty, mask};

impl World {
    async fn tell(&self, person_id: &str, agency_id: &str, active: bool, version: i64) {
        let event =
            PersonChanged { person_id: person_id.into(), agency_id: agency_id.into(), active, ..Default::default() };
        self.running.deliver(&event, person_id, version).await.expect("the copy is kept");
    }

    async fn appoint(&self, service: &pb::Service, person: &str) -> Result<pb::Service, Status> {
        let service = pb::Service { receiving_coordinator_id: person.into(), etag: String::new(), ..service.clone() };
        let update_mask = mask(&["receiving_coordinator_id"]);
        let request = pb::UpdateServiceRequest { service: Some(service), update_mask };
        let answer = ServiceServiceClient::new(self.operator()).update_service(request).await?;
        Ok(answer.into_inner().service.expect("as stored"))
    }
}

const FIELD: &str = "service.receiving_coordinator_id";

#[tokio::test]
async fn who_is_named_is_known_active_and_of_the_sites_agency() {
    let world = World::new().await;
    let (agency, _, service, _) = world.hospital().await;
    let (person, stranger) = (world.id(), world.id());
    faulty(world.appoint(&service, &person).await, &[(FIELD, "UNKNOWN_PERSON")]);
    world.tell(&person, &agency.id, false, 1).await;
    faulty(world.appoint(&service, &person).await, &[(FIELD, "PERSON_ARCHIVED")]);
    world.tell(&person, &agency.id, true, 2).await;
    world.appoint(&service, &person).await.expect("the person may be named");
    world.tell(&stranger, &world.id(), true, 1).await;
    faulty(world.appoint(&service, &stranger).await, &[(FIELD, "PERSON_OF_OTHER_AGENCY")]);
}

#[tokio::test]
async fn an_older_or_repeated_event_changes_nothing() {
    let world = World::new().await;
    let (agency, _, service, _) = world.hospital().await;
    let person = world.id();
    world.tell(&person, &agency.id, true, 3).await;
    world.tell(&person, &agency.id, false, 2).await;
    world.tell(&person, &agency.id, false, 3).await;
    world.appoint(&service, &person).await.expect("version 3 was first and is active");
    world.tell(&person, &agency.id, false, 4).await;
    let other = world.person(&agency.id).await;
    world.appoint(&service, &other).await.expect("another may be named");
    faulty(world.appoint(&service, &person).await, &[(FIELD, "PERSON_ARCHIVED")]);
}

#[tokio::test]
async fn an_entry_outlives_the_archiving_of_its_coordinator() {
    let world = World::new().await;
    let (agency, _, service, _) = world.hospital().await;
    world.tell(&service.receiving_coordinator_id, &agency.id, false, 2).await;
    let changed = pb::Service { automatic_redirect: true, ..service };
    let request = pb::UpdateServiceRequest { service: Some(changed), update_mask: None };
    let answer = ServiceServiceClient::new(world.operator()).update_service(request).await.expect("no one is named");
    assert!(answer.into_inner().service.expect("as stored").automatic_redirect);
}

#[tokio::test]
async fn the_operators_own_staff_is_heard_of_and_never_named() {
    let world = World::new().await;
    let (_, _, service, _) = world.hospital().await;
    let person = world.id();
    world.tell(&person, "", true, 1).await;
    faulty(world.appoint(&service, &person).await, &[(FIELD, "UNKNOWN_PERSON")]);
}

#[tokio::test]
async fn an_event_that_can_never_be_read_is_rejected_at_once() {
    let world = World::new().await;
    let event = PersonChanged { person_id: "nobody".into(), ..Default::default() };
    let error = world.running.deliver(&event, "nobody", 1).await.expect_err("no id");
    assert!(matches!(error, HandlerError::Reject(_)), "{error}");
}
