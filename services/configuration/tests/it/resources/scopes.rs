//! Who may write what, where (domain §4.4). The role was admitted; its places decide.

use chassis::Scope;
use kernel::{AgencyId, DestinationId, ProgramId, ServiceId, SiteId};
use proto::{
    configuration::v1::{
        self as pb, agency_service_client::AgencyServiceClient, course_service_client::CourseServiceClient,
        destination_service_client::DestinationServiceClient, program_service_client::ProgramServiceClient,
        service_service_client::ServiceServiceClient, site_service_client::SiteServiceClient,
    },
    identity::v1::{Level, Role},
};
use testkit::service::Caller;
use tonic::Code;

use crate::world::{World, mask, practicum, refused, text, unit};

const LA: Level = Level::LocalAdministrator;

fn agency(id: &str) -> Scope {
    Scope::Agency(id.parse::<AgencyId>().expect("an id"))
}

fn site(id: &str) -> Scope {
    Scope::Site(id.parse::<SiteId>().expect("an id"))
}

fn service(id: &str) -> Scope {
    Scope::Service(id.parse::<ServiceId>().expect("an id"))
}

fn destination(id: &str) -> Scope {
    Scope::Destination(id.parse::<DestinationId>().expect("an id"))
}

fn program(id: &str) -> Scope {
    Scope::Program(id.parse::<ProgramId>().expect("an id"))
}

async fn create_service(caller: Caller, service: pb::Service) -> Result<pb::Service, tonic::Status> {
    let request = pb::CreateServiceRequest { service: Some(service), request_id: String::new() };
    let answer = ServiceServiceClient::new(caller).create_service(request).await?;
    Ok(answer.into_inner().service.expect("as stored"))
}

async fn create_unit(caller: Caller, destination: pb::Destination) -> Result<pb::Destination, tonic::Status> {
    let request = pb::CreateDestinationRequest { destination: Some(destination), request_id: String::new() };
    let answer = DestinationServiceClient::new(caller).create_destination(request).await?;
    Ok(answer.into_inner().destination.expect("as stored"))
}

async fn update_unit(
    caller: Caller,
    destination: pb::Destination,
    paths: &[&str],
) -> Result<pb::Destination, tonic::Status> {
    let request = pb::UpdateDestinationRequest { destination: Some(destination), update_mask: mask(paths) };
    let answer = DestinationServiceClient::new(caller).update_destination(request).await?;
    Ok(answer.into_inner().destination.expect("as stored"))
}

#[tokio::test]
async fn the_operators_role_counts_for_the_province_alone() {
    let world = World::new().await;
    let (host, site, ..) = world.hospital().await;
    let local = || world.user(Role::Operator, LA, [agency(&host.id)]);
    let request = pb::UpdateAgencyRequest { agency: Some(host.clone()), update_mask: None };
    refused(AgencyServiceClient::new(local()).update_agency(request).await, Code::PermissionDenied, "OUT_OF_SCOPE");
    let request = pb::UpdateSiteRequest { site: Some(site), update_mask: None };
    refused(SiteServiceClient::new(local()).update_site(request).await, Code::PermissionDenied, "OUT_OF_SCOPE");
}

#[tokio::test]
async fn the_local_administrators_of_a_site_keep_its_services() {
    let world = World::new().await;
    let (host, own, ..) = world.hospital().await;
    let other = world.site(&world.host("CISSS de Laval").await, "Cité-de-la-Santé").await;
    for scope in [agency(&host.id), site(&own.id), Scope::Province] {
        let caller = world.user(Role::ReceivingCoordinator, LA, [scope]);
        create_service(caller, world.new_service(&own, "Chirurgie").await).await.expect("an administrator may");
    }
    let outside = [agency(&other.agency_id), site(&other.id)];
    for caller in
        [world.user(Role::ReceivingCoordinator, LA, outside), world.user(Role::ReceivingCoordinator, LA, Vec::new())]
    {
        let answer = create_service(caller, world.new_service(&own, "Chirurgie").await).await;
        // Without any grant of the level, authentication itself refuses.
        let status = answer.expect_err("outside the scope");
        assert_eq!(status.code(), Code::PermissionDenied, "{status:?}");
    }
}

#[tokio::test]
async fn a_grant_on_a_service_or_a_unit_does_not_keep_the_site() {
    let world = World::new().await;
    let (.., ward, unit) = world.hospital().await;
    for scope in [service(&ward.id), destination(&unit.id)] {
        let caller = world.user(Role::ReceivingCoordinator, LA, [scope]);
        let request = pb::UpdateServiceRequest { service: Some(ward.clone()), update_mask: mask(&["active"]) };
        let answer = ServiceServiceClient::new(caller).update_service(request).await;
        refused(answer, Code::PermissionDenied, "OUT_OF_SCOPE");
    }
}

#[tokio::test]
async fn a_regular_receiving_coordinator_keeps_no_destination() {
    let world = World::new().await;
    let (host, _, ward, unit_) = world.hospital().await;
    let regular = || world.user(Role::ReceivingCoordinator, Level::Regular, [agency(&host.id)]);
    refused(create_unit(regular(), unit(&ward, "5 Est")).await, Code::PermissionDenied, "OUT_OF_SCOPE");
    let answer = update_unit(regular(), pb::Destination { capacity: 9, ..unit_ }, &["capacity"]).await;
    refused(answer, Code::PermissionDenied, "OUT_OF_SCOPE");
}

#[tokio::test]
async fn a_destination_coordinator_creates_nothing() {
    let world = World::new().await;
    let (host, _, ward, _) = world.hospital().await;
    let caller = world.user(Role::DestinationCoordinator, LA, [agency(&host.id)]);
    refused(create_unit(caller, unit(&ward, "5 Est")).await, Code::PermissionDenied, "OUT_OF_SCOPE");
}

#[tokio::test]
async fn a_destination_coordinator_keeps_the_profile_of_the_own_units() {
    let world = World::new().await;
    let (host, place, ward, unit) = world.hospital().await;
    let scopes = [agency(&host.id), site(&place.id), service(&ward.id), destination(&unit.id)];
    for (capacity, scope) in (10..).zip(scopes) {
        let caller = world.user(Role::DestinationCoordinator, Level::Regular, [scope]);
        let changed = pb::Destination { capacity, short_name: "4O".into(), etag: String::new(), ..unit.clone() };
        let stored = update_unit(caller, changed, &["capacity", "short_name"]).await.expect("the profile is theirs");
        assert_eq!((stored.capacity, stored.short_name.as_str()), (capacity, "4O"));
    }
    let other = world.destination(&ward, "5 Est").await;
    let caller = world.user(Role::DestinationCoordinator, Level::Regular, [destination(&other.id)]);
    let answer = update_unit(caller, pb::Destination { capacity: 1, ..unit }, &["capacity"]).await;
    refused(answer, Code::PermissionDenied, "OUT_OF_SCOPE");
}

#[tokio::test]
async fn a_destination_coordinator_changes_neither_agent_nor_services_nor_activity() {
    let world = World::new().await;
    let (host, place, _, unit) = world.hospital().await;
    let surgery = world.service(&place, "Chirurgie").await;
    let caller = || world.user(Role::DestinationCoordinator, Level::Regular, [destination(&unit.id)]);
    let agent_id = world.person(&host.id).await;
    for (changed, path) in [
        (pb::Destination { agent_id, ..unit.clone() }, "agent_id"),
        (pb::Destination { service_ids: vec![surgery.id], ..unit.clone() }, "service_ids"),
        (pb::Destination { active: false, ..unit.clone() }, "active"),
    ] {
        refused(update_unit(caller(), changed, &[path]).await, Code::PermissionDenied, "PROFILE_ONLY");
    }
}

#[tokio::test]
async fn without_a_mask_a_destination_coordinator_changes_the_profile_alone() {
    let world = World::new().await;
    let (.., unit) = world.hospital().await;
    let caller = world.user(Role::DestinationCoordinator, Level::Regular, [destination(&unit.id)]);
    let changed = pb::Destination { name: "4 Ouest B".into(), service_ids: vec![], active: false, ..unit.clone() };
    let stored = update_unit(caller, changed, &[]).await.expect("the profile is theirs");
    assert_eq!((stored.name.as_str(), stored.active), ("4 Ouest B", true));
    assert_eq!(stored.service_ids, unit.service_ids);
}

#[tokio::test]
async fn the_local_administrators_of_a_school_keep_its_programs_and_courses() {
    let world = World::new().await;
    let school = world.school("Cégep de Maisonneuve").await;
    let other = world.school("Cégep de Jonquière").await;
    let nursing = world.program(&school, "Soins infirmiers").await;
    let create = |scope: Scope| {
        let caller = world.user(Role::PlacingCoordinator, LA, [scope]);
        let new = pb::Program {
            agency_id: school.id.clone(),
            name: text("Inhalothérapie", "Respiratory therapy"),
            discipline: "respiratory".into(),
            ..Default::default()
        };
        let request = pb::CreateProgramRequest { program: Some(new), request_id: String::new() };
        async move { ProgramServiceClient::new(caller).create_program(request).await }
    };
    create(agency(&school.id)).await.expect("an administrator may");
    refused(create(agency(&other.id)).await, Code::PermissionDenied, "OUT_OF_SCOPE");
    refused(create(program(&nursing.id)).await, Code::PermissionDenied, "OUT_OF_SCOPE");

    let add_course = |scope: Scope, code: &str| {
        let caller = world.user(Role::PlacingCoordinator, LA, [scope]);
        let course = Some(practicum(&nursing, code));
        let request = pb::CreateCourseRequest { course, request_id: String::new() };
        async move { CourseServiceClient::new(caller).create_course(request).await }
    };
    add_course(agency(&school.id), "180-A10").await.expect("an administrator may");
    add_course(program(&nursing.id), "180-B10").await.expect("the program's administrator may");
    refused(add_course(agency(&other.id), "180-C10").await, Code::PermissionDenied, "OUT_OF_SCOPE");

    let caller = world.user(Role::PlacingCoordinator, LA, [program(&nursing.id)]);
    let renamed = pb::Program { name: text("Soins", "Care"), ..nursing.clone() };
    let request = pb::UpdateProgramRequest { program: Some(renamed), update_mask: mask(&["name"]) };
    ProgramServiceClient::new(caller).update_program(request).await.expect("the program's administrator may");

    let caller = world.user(Role::PlacingCoordinator, LA, [agency(&other.id)]);
    let request = pb::UpdateProgramRequest { program: Some(nursing), update_mask: mask(&["active"]) };
    let answer = ProgramServiceClient::new(caller).update_program(request).await;
    refused(answer, Code::PermissionDenied, "OUT_OF_SCOPE");
}

#[tokio::test]
async fn everyone_who_is_signed_in_reads_the_directory() {
    let world = World::new().await;
    let (host, .., unit) = world.hospital().await;
    let student = || world.user(Role::Student, Level::Viewer, Vec::new());
    let request = pb::GetAgencyRequest { agency_id: host.id.clone() };
    let read = AgencyServiceClient::new(student()).get_agency(request).await.expect("the directory is open");
    assert_eq!(read.into_inner().agency, Some(host));
    let request = pb::ListDestinationsRequest::default();
    let read = DestinationServiceClient::new(student()).list_destinations(request).await;
    assert_eq!(read.expect("the directory is open").into_inner().destinations, [unit]);
}
