//! Who changed what on the profile of a service or a destination (domain §5.5 "History"), and who reads it.

use chassis::Scope;
use kernel::{DestinationId, Locale, PersonId, ServiceId};
use proto::{
    configuration::v1::{
        self as pb, ListDestinationHistoryRequest, ListServiceHistoryRequest,
        destination_service_client::DestinationServiceClient,
        profile_history_service_client::ProfileHistoryServiceClient, service_service_client::ServiceServiceClient,
    },
    identity::v1::{Level, PersonChanged, Role},
};
use testkit::service::{Caller, User};
use tonic::{Code, Status};

use crate::world::{World, mask, refused, text};

async fn of_unit(caller: Caller, unit: &pb::Destination) -> Result<Vec<pb::ProfileChange>, Status> {
    let request = ListDestinationHistoryRequest { destination_id: unit.id.clone(), ..Default::default() };
    let answer = ProfileHistoryServiceClient::new(caller).list_destination_history(request).await?;
    Ok(answer.into_inner().changes)
}

async fn of_service(caller: Caller, service: &pb::Service) -> Result<Vec<pb::ProfileChange>, Status> {
    let request = ListServiceHistoryRequest { service_id: service.id.clone(), ..Default::default() };
    let answer = ProfileHistoryServiceClient::new(caller).list_service_history(request).await?;
    Ok(answer.into_inner().changes)
}

async fn update_unit(caller: Caller, unit: pb::Destination, paths: &[&str]) -> Result<pb::Destination, Status> {
    let request = pb::UpdateDestinationRequest { destination: Some(unit), update_mask: mask(paths) };
    let answer = DestinationServiceClient::new(caller).update_destination(request).await?;
    Ok(answer.into_inner().destination.expect("as stored"))
}

fn told(change: &pb::ProfileChange) -> Vec<(&str, &str, &str)> {
    change.fields.iter().map(|f| (f.field.as_str(), f.old_value.as_str(), f.new_value.as_str())).collect()
}

impl World {
    /// Somebody on the staff of an agency, known by name.
    async fn named(&self, agency_id: &str, first_name: &str) -> PersonId {
        let person = PersonChanged {
            person_id: self.id(),
            agency_id: agency_id.into(),
            first_name: first_name.into(),
            last_name: "Roy".into(),
            active: true,
            ..PersonChanged::default()
        };
        self.running.deliver(&person, &person.person_id, 1).await.expect("the copy is kept");
        person.person_id.parse().expect("an id")
    }
}

#[tokio::test]
async fn a_change_says_who_did_it_when_and_what_it_was_before() {
    let world = World::new().await;
    let (agency, .., service, unit) = world.hospital().await;
    let agent = world.named(&agency.id, "Bea").await;
    let scope = Scope::Destination(unit.id.parse::<DestinationId>().expect("an id"));
    let user = User::new(agent, Role::DestinationCoordinator, [scope]).at(Level::Regular);
    let written = pb::Destination {
        capacity: 6,
        description: text("Médecine interne", ""),
        shifts: vec![pb::Shift::Day.into(), pb::Shift::Night.into()],
        ..unit.clone()
    };
    let stored = update_unit(world.running.as_user(&user), written, &[]).await.expect("the profile is theirs");
    let named = pb::Destination { agent_id: agent.to_string(), ..stored };
    let stored = update_unit(world.operator(), named, &["agent_id"]).await.expect("the operator names an agent");
    // What changes nothing is no change.
    update_unit(world.operator(), stored, &["agent_id"]).await.expect("the same again");

    let changes = of_unit(world.operator(), &unit).await.expect("the operator reads all");
    let [last, profile, first] = changes.as_slice() else { panic!("three changes: {changes:?}") };
    assert_eq!(told(last), [("agent_id", "", "Bea Roy")], "by name, not by id");
    assert_eq!(last.person_name, "", "the operator's staff is nobody of the agency");
    assert_eq!(
        told(profile),
        [("capacity", "4", "6"), ("description.fr", "", "Médecine interne"), ("shifts", "", "DAY,NIGHT")]
    );
    assert_eq!((profile.person_name.as_str(), profile.person_id.as_str()), ("Bea Roy", &*agent.to_string()));
    assert!(first.created && first.fields.is_empty() && !profile.created);
    assert!(changes.iter().all(|change| change.time.is_some()));

    let removed = pb::Service { automatic_redirect: true, ..service.clone() };
    let request = pb::UpdateServiceRequest { service: Some(removed), update_mask: mask(&["automatic_redirect"]) };
    ServiceServiceClient::new(world.operator()).update_service(request).await.expect("changed");
    let changes = of_service(world.operator(), &service).await.expect("read");
    assert_eq!(told(&changes[0]), [("automatic_redirect", "false", "true")]);
}

#[tokio::test]
async fn services_are_named_in_the_readers_language() {
    let world = World::new().await;
    let (_, site, service, unit) = world.hospital().await;
    let surgery = world.service(&site, "Chirurgie").await;
    let both = pb::Destination { service_ids: vec![surgery.id, service.id], ..unit.clone() };
    update_unit(world.operator(), both, &["service_ids"]).await.expect("changed");
    for (locale, old, new) in [
        (Locale::Fr, "Médecine", "Chirurgie, Médecine"),
        (Locale::En, "Médecine (en)", "Chirurgie (en), Médecine (en)"),
    ] {
        let changes = of_unit(world.operator_reading(locale), &unit).await.expect("read");
        assert_eq!(told(&changes[0]), [("service_ids", old, new)]);
    }
}

#[tokio::test]
async fn a_refused_change_leaves_nothing_behind() {
    let world = World::new().await;
    let (.., unit) = world.hospital().await;
    let stale = pb::Destination { capacity: 9, etag: "7".into(), ..unit.clone() };
    refused(update_unit(world.operator(), stale, &["capacity"]).await, Code::Aborted, "STALE_ETAG");
    assert_eq!(of_unit(world.operator(), &unit).await.expect("read").len(), 1);
    let rewritten = sqlx::query("delete from profile_history").execute(&world.running.db).await;
    assert!(rewritten.expect_err("append-only").to_string().contains("append-only"));
}

#[tokio::test]
async fn those_whose_grants_reach_the_place_read_it_and_nobody_else() {
    let world = World::new().await;
    let (agency, site, service, unit) = world.hospital().await;
    let elsewhere = world.host("CISSS voisin").await;
    let (rc, dc, monitor) = (Role::ReceivingCoordinator, Role::DestinationCoordinator, Role::DestinationMonitor);
    let of_agency = |agency: &pb::Agency| Scope::Agency(agency.id.parse().expect("an id"));
    let own_site = Scope::Site(site.id.parse().expect("an id"));
    let own_service = Scope::Service(service.id.parse::<ServiceId>().expect("an id"));
    let own_unit = Scope::Destination(unit.id.parse().expect("an id"));
    for (role, level, scope) in [
        (rc, Level::LocalAdministrator, of_agency(&agency)),
        (rc, Level::Viewer, own_site),
        (rc, Level::Regular, own_service),
        (dc, Level::Regular, own_unit),
        (monitor, Level::Viewer, own_unit),
    ] {
        let caller = world.user(role, level, [scope]);
        assert_eq!(of_unit(caller, &unit).await.expect("their own").len(), 1, "{role:?} {scope:?}");
    }
    for (role, scope) in [(rc, of_agency(&elsewhere)), (dc, of_agency(&elsewhere)), (monitor, of_agency(&elsewhere))] {
        let caller = || world.user(role, Level::LocalAdministrator, [scope]);
        refused(of_unit(caller(), &unit).await, Code::PermissionDenied, "OUT_OF_SCOPE");
        refused(of_service(caller(), &service).await, Code::PermissionDenied, "OUT_OF_SCOPE");
    }
    // An agent of one unit is not told of the whole service.
    let agent = world.user(dc, Level::Regular, [own_unit]);
    refused(of_service(agent, &service).await, Code::PermissionDenied, "OUT_OF_SCOPE");
    for role in [Role::PlacingCoordinator, Role::CourseLeader, Role::Student, Role::Supervisor, Role::ProvincialLead] {
        let caller = world.user(role, Level::LocalAdministrator, [of_agency(&agency)]);
        assert_eq!(of_unit(caller, &unit).await.expect_err("not theirs").code(), Code::PermissionDenied, "{role:?}");
    }
    let strange = pb::Destination { id: world.id(), ..unit };
    refused(of_unit(world.operator(), &strange).await, Code::NotFound, "NOT_FOUND");
}

#[tokio::test]
async fn the_past_comes_page_by_page() {
    let world = World::new().await;
    let (.., unit) = world.hospital().await;
    for capacity in 10..14 {
        let more = pb::Destination { capacity, etag: String::new(), ..unit.clone() };
        update_unit(world.operator(), more, &["capacity"]).await.expect("changed");
    }
    let mut request =
        ListDestinationHistoryRequest { destination_id: unit.id.clone(), page_size: 2, ..Default::default() };
    let mut seen = Vec::new();
    loop {
        let answer = ProfileHistoryServiceClient::new(world.operator()).list_destination_history(request.clone()).await;
        let page = answer.expect("a page").into_inner();
        seen.extend(page.changes.iter().map(|c| told(c).first().map_or("", |f| f.2).to_owned()).collect::<Vec<_>>());
        request.page_token = page.next_page_token;
        if request.page_token.is_empty() {
            break;
        }
    }
    assert_eq!(seen, ["13", "12", "11", "10", ""]);
    let wrong = ListDestinationHistoryRequest { page_token: "***".into(), ..request };
    let told = ProfileHistoryServiceClient::new(world.operator()).list_destination_history(wrong).await;
    assert_eq!(told.expect_err("not ours").code(), Code::InvalidArgument);
}
