//! Whom one turns to about a place (domain §4.4, §5.5 "Contacts"): who reads whose business card.

use chassis::Scope;
use kernel::PersonId;
use proto::{
    configuration::v1::{
        self as pb, ListContactsRequest, contact_service_client::ContactServiceClient,
        destination_service_client::DestinationServiceClient, service_service_client::ServiceServiceClient,
    },
    identity::v1::{BusinessCard, Level, PersonChanged, Role},
};
use testkit::service::{Caller, User};
use tonic::{Code, Status};
use uuid::Uuid;

use crate::world::{World, faulty, mask, refused};

async fn list(caller: Caller, request: ListContactsRequest) -> Result<Vec<pb::Contact>, Status> {
    Ok(ContactServiceClient::new(caller).list_contacts(request).await?.into_inner().contacts)
}

fn of_unit(unit: &pb::Destination) -> ListContactsRequest {
    ListContactsRequest { destination_id: unit.id.clone(), ..ListContactsRequest::default() }
}

fn of_service(service: &pb::Service) -> ListContactsRequest {
    ListContactsRequest { service_id: service.id.clone(), ..ListContactsRequest::default() }
}

fn of_site(site: &pb::Site) -> ListContactsRequest {
    ListContactsRequest { site_id: site.id.clone(), ..ListContactsRequest::default() }
}

/// A staff record as identity tells of it.
fn record(id: &str, agency: &pb::Agency, first: &str) -> PersonChanged {
    PersonChanged {
        person_id: id.into(),
        agency_id: agency.id.clone(),
        first_name: first.into(),
        last_name: "Roy".into(),
        email: format!("{first}@example.org").to_lowercase(),
        title: "Infirmière-chef".into(),
        phone: "514 555-0100".into(),
        active: true,
        ..PersonChanged::default()
    }
}

fn card(id: &str, first: &str) -> Option<BusinessCard> {
    Some(BusinessCard {
        person_id: id.into(),
        name: format!("{first} Roy"),
        title: "Infirmière-chef".into(),
        email: format!("{first}@example.org").to_lowercase(),
        phone: "514 555-0100".into(),
    })
}

/// A hospital whose service is Ada's and whose unit is Bea's.
struct Hospital {
    agency: pb::Agency,
    site: pb::Site,
    service: pb::Service,
    unit: pb::Destination,
}

impl World {
    async fn hear(&self, version: i64, record: &PersonChanged) {
        self.running.deliver(record, &record.person_id, version).await.expect("the copy is kept");
    }

    async fn staffed_hospital(&self) -> Hospital {
        let (agency, site, service, unit) = self.hospital().await;
        self.hear(2, &record(&service.receiving_coordinator_id, &agency, "Ada")).await;
        let agent = self.id();
        self.hear(1, &record(&agent, &agency, "Bea")).await;
        let named = pb::Destination { agent_id: agent, ..unit };
        let request = pb::UpdateDestinationRequest { destination: Some(named), update_mask: mask(&["agent_id"]) };
        let answer = DestinationServiceClient::new(self.operator()).update_destination(request).await;
        let unit = answer.expect("Bea is named").into_inner().destination.expect("as stored");
        Hospital { agency, site, service, unit }
    }

    /// Somebody of an agency, in a role.
    async fn employee(&self, role: Role, agency: &pb::Agency) -> Caller {
        let id = self.person(&agency.id).await;
        let person: PersonId = id.parse().expect("an id");
        let scope = Scope::Agency(agency.id.parse().expect("an id"));
        self.running.as_user(&User::new(person, role, [scope]).at(Level::Viewer))
    }
}

#[tokio::test]
async fn a_school_reads_the_cards_of_those_whom_a_place_names() {
    let world = World::new().await;
    let Hospital { site, service, unit, .. } = world.staffed_hospital().await;
    let school = world.school("Cégep").await;
    let ada = pb::Contact {
        service_id: service.id.clone(),
        destination_id: String::new(),
        card: card(&service.receiving_coordinator_id, "Ada"),
    };
    let bea =
        pb::Contact { service_id: String::new(), destination_id: unit.id.clone(), card: card(&unit.agent_id, "Bea") };
    let (ada, bea) = (&ada, &bea);
    for role in [Role::PlacingCoordinator, Role::CourseLeader, Role::ReceivingCoordinator] {
        let reader = || world.employee(role, &school);
        assert_eq!(list(reader().await, of_site(&site)).await.expect("read").iter().collect::<Vec<_>>(), [ada]);
        assert_eq!(list(reader().await, of_service(&service)).await.expect("read").iter().collect::<Vec<_>>(), [ada]);
        assert_eq!(list(reader().await, of_unit(&unit)).await.expect("read").iter().collect::<Vec<_>>(), [bea, ada]);
    }
}

#[tokio::test]
async fn students_supervisors_and_whoever_only_counts_read_no_card() {
    let world = World::new().await;
    let Hospital { unit, agency, .. } = world.staffed_hospital().await;
    for role in [
        Role::Student,
        Role::Instructor,
        Role::Supervisor,
        Role::StudentAdministrator,
        Role::StaffAdministrator,
        Role::ProvincialLead,
    ] {
        let reader = world.employee(role, &agency).await;
        let told = list(reader, of_unit(&unit)).await.expect_err("no need to know");
        assert_eq!(told.code(), Code::PermissionDenied, "{role:?}");
    }
    let told = list(world.running.as_nobody(), of_unit(&unit)).await.expect_err("not signed in");
    assert_eq!(told.code(), Code::Unauthenticated);
}

#[tokio::test]
async fn agents_and_monitors_read_the_cards_of_their_own_agency() {
    let world = World::new().await;
    let Hospital { agency, unit, .. } = world.staffed_hospital().await;
    let elsewhere = world.host("CISSS voisin").await;
    for role in [Role::DestinationCoordinator, Role::DestinationMonitor] {
        let own = world.employee(role, &agency).await;
        assert_eq!(list(own, of_unit(&unit)).await.expect("their own").len(), 2);
        let neighbour = world.employee(role, &elsewhere).await;
        refused(list(neighbour, of_unit(&unit)).await, Code::PermissionDenied, "OUT_OF_SCOPE");
    }
}

#[tokio::test]
async fn who_has_left_and_what_is_retired_have_no_card() {
    let world = World::new().await;
    let Hospital { agency, service, unit, .. } = world.staffed_hospital().await;
    let gone = PersonChanged { active: false, ..record(&unit.agent_id, &agency, "Bea") };
    world.hear(3, &gone).await;
    // A straggler does not bring her back.
    world.hear(2, &record(&unit.agent_id, &agency, "Bea")).await;
    let left = list(world.operator(), of_unit(&unit)).await.expect("read");
    assert_eq!(left.iter().map(|c| c.service_id.as_str()).collect::<Vec<_>>(), [service.id.as_str()]);
    let kept: (String, String, String) =
        sqlx::query_as("select last_name, email, phone from directory_person where id = $1")
            .bind(unit.agent_id.parse::<Uuid>().expect("an id"))
            .fetch_one(&world.running.db)
            .await
            .expect("the copy");
    assert_eq!(kept, ("Roy".into(), String::new(), String::new()), "the past mentions names alone");

    let retired = pb::Destination { active: false, ..unit.clone() };
    let request = pb::UpdateDestinationRequest { destination: Some(retired), update_mask: mask(&["active"]) };
    DestinationServiceClient::new(world.operator()).update_destination(request).await.expect("retired");
    assert_eq!(list(world.operator(), of_unit(&unit)).await.expect("read"), []);
    let removed = pb::Service { active: false, ..service.clone() };
    let request = pb::UpdateServiceRequest { service: Some(removed), update_mask: mask(&["active"]) };
    ServiceServiceClient::new(world.operator()).update_service(request).await.expect("removed");
    assert_eq!(list(world.operator(), of_service(&service)).await.expect("read"), []);
}

#[tokio::test]
async fn one_place_is_named_and_known() {
    let world = World::new().await;
    let Hospital { site, unit, .. } = world.staffed_hospital().await;
    let none = ListContactsRequest::default();
    faulty(list(world.operator(), none).await, &[("destination_id", "REQUIRED")]);
    let both = ListContactsRequest { site_id: site.id.clone(), ..of_unit(&unit) };
    faulty(list(world.operator(), both).await, &[("destination_id", "MORE_THAN_ONE_PLACE")]);
    let wrong = ListContactsRequest { site_id: "nowhere".into(), ..ListContactsRequest::default() };
    faulty(list(world.operator(), wrong).await, &[("site_id", "MALFORMED_ID")]);
    let strange = ListContactsRequest { site_id: world.id(), ..ListContactsRequest::default() };
    refused(list(world.operator(), strange).await, Code::NotFound, "NOT_FOUND");
}
