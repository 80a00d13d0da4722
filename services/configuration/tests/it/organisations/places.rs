//! Sites, services and destinations: what may stand below what (domain §5).

use proto::configuration::v1::{
    self as pb, agency_service_client::AgencyServiceClient, destination_service_client::DestinationServiceClient,
    service_service_client::ServiceServiceClient, site_service_client::SiteServiceClient,
};
use tonic::{Code, Status};

use crate::world::{World, faulty, mask, refused, unit};

impl World {
    async fn update_service(&self, service: pb::Service, paths: &[&str]) -> Result<pb::Service, Status> {
        let request = pb::UpdateServiceRequest { service: Some(service), update_mask: mask(paths) };
        let answer = ServiceServiceClient::new(self.operator()).update_service(request).await?;
        Ok(answer.into_inner().service.expect("as stored"))
    }

    async fn update_unit(&self, unit: pb::Destination, paths: &[&str]) -> Result<pb::Destination, Status> {
        let request = pb::UpdateDestinationRequest { destination: Some(unit), update_mask: mask(paths) };
        let answer = DestinationServiceClient::new(self.operator()).update_destination(request).await?;
        Ok(answer.into_inner().destination.expect("as stored"))
    }

    async fn create_unit(&self, unit: pb::Destination) -> Result<pb::Destination, Status> {
        let request = pb::CreateDestinationRequest { destination: Some(unit), request_id: String::new() };
        let answer = DestinationServiceClient::new(self.operator()).create_destination(request).await?;
        Ok(answer.into_inner().destination.expect("as stored"))
    }

    async fn create_site(&self, agency_id: &str) -> Result<pb::Site, Status> {
        let site =
            pb::Site { agency_id: agency_id.into(), name: "CLSC".into(), city: "Laval".into(), ..Default::default() };
        let request = pb::CreateSiteRequest { site: Some(site), request_id: String::new() };
        Ok(SiteServiceClient::new(self.operator()).create_site(request).await?.into_inner().site.expect("as stored"))
    }

    async fn retire_agency(&self, agency: &pb::Agency) {
        let retired = pb::Agency { active: false, ..agency.clone() };
        let request = pb::UpdateAgencyRequest { agency: Some(retired), update_mask: mask(&["active"]) };
        AgencyServiceClient::new(self.operator()).update_agency(request).await.expect("the operator may retire");
    }

    async fn close_site(&self, site: &pb::Site) {
        let closed = pb::Site { active: false, ..site.clone() };
        let request = pb::UpdateSiteRequest { site: Some(closed), update_mask: mask(&["active"]) };
        SiteServiceClient::new(self.operator()).update_site(request).await.expect("the operator may close");
    }
}

#[tokio::test]
async fn a_new_entry_is_active_at_version_one_and_published() {
    let world = World::new().await;
    let (agency, site, service, unit) = world.hospital().await;
    assert!(agency.active && site.active && service.active && unit.active);
    assert_eq!([&agency.etag, &site.etag, &service.etag, &unit.etag], ["1"; 4]);
    assert_eq!(world.running.published::<pb::AgencyChanged>().await, [pb::AgencyChanged { agency: Some(agency) }]);
    assert_eq!(world.running.published::<pb::SiteChanged>().await, [pb::SiteChanged { site: Some(site) }]);
    assert_eq!(world.running.published::<pb::ServiceChanged>().await, [pb::ServiceChanged { service: Some(service) }]);
    let told = world.running.published::<pb::DestinationChanged>().await;
    assert_eq!(told, [pb::DestinationChanged { destination: Some(unit) }]);
}

#[tokio::test]
async fn a_site_belongs_to_an_active_agency_that_receives() {
    let world = World::new().await;
    let school = world.school("Université Laval").await;
    faulty(world.create_site(&school.id).await, &[("site.agency_id", "AGENCY_NOT_RECEIVING")]);
    faulty(world.create_site(&world.id()).await, &[("site.agency_id", "UNKNOWN_AGENCY")]);
    let host = world.host("CISSS de Laval").await;
    world.retire_agency(&host).await;
    refused(world.create_site(&host.id).await, Code::FailedPrecondition, "AGENCY_RETIRED");
}

#[tokio::test]
async fn a_closed_site_is_not_reopened_below_a_retired_agency() {
    let world = World::new().await;
    let (agency, site, ..) = world.hospital().await;
    world.close_site(&site).await;
    world.retire_agency(&agency).await;
    let request = pb::UpdateSiteRequest { site: Some(site), update_mask: mask(&["active"]) };
    let answer = SiteServiceClient::new(world.operator()).update_site(request).await;
    let status = refused(answer, Code::Aborted, "STALE_ETAG");
    assert!(status.message().starts_with("Quelqu'un"), "in the caller's language: {}", status.message());
    let request = pb::GetSiteRequest {
        site_id: world.running.published::<pb::SiteChanged>().await[0].clone().site.expect("one").id,
    };
    let stored = SiteServiceClient::new(world.operator()).get_site(request).await.expect("it is there").into_inner();
    let reopened = pb::Site { active: true, ..stored.site.expect("as stored") };
    let request = pb::UpdateSiteRequest { site: Some(reopened), update_mask: mask(&["active"]) };
    let answer = SiteServiceClient::new(world.operator()).update_site(request).await;
    refused(answer, Code::FailedPrecondition, "AGENCY_RETIRED");
}

#[tokio::test]
async fn nothing_opens_in_a_closed_site() {
    let world = World::new().await;
    let (_, site, service, _) = world.hospital().await;
    let new = world.new_service(&site, "Chirurgie").await;
    world.close_site(&site).await;
    let request = pb::CreateServiceRequest { service: Some(new), request_id: String::new() };
    let answer = ServiceServiceClient::new(world.operator()).create_service(request).await;
    refused(answer, Code::FailedPrecondition, "SITE_CLOSED");
    refused(world.create_unit(unit(&service, "5 Est")).await, Code::FailedPrecondition, "SITE_CLOSED");
}

#[tokio::test]
async fn a_service_is_removed_only_while_no_active_destination_uses_it() {
    let world = World::new().await;
    let (.., service, unit) = world.hospital().await;
    let removed = pb::Service { active: false, ..service };
    let status =
        refused(world.update_service(removed.clone(), &["active"]).await, Code::FailedPrecondition, "SERVICE_IN_USE");
    assert!(status.message().ends_with("utilisent encore, 1."), "{}", status.message());
    world.update_unit(pb::Destination { active: false, ..unit }, &["active"]).await.expect("a unit closes");
    let stored = world.update_service(removed, &["active"]).await.expect("nobody uses it any more");
    assert!(!stored.active);
    let stored =
        world.update_service(pb::Service { active: true, ..stored }, &["active"]).await.expect("it comes back");
    assert!(stored.active);
}

#[tokio::test]
async fn a_destination_and_the_removal_of_its_service_do_not_cross() {
    let world = World::new().await;
    let agency = world.host("CIUSSS").await;
    let site = world.site(&agency, "Hôpital").await;
    for round in 0..8 {
        let service = world.service(&site, &format!("Service {round}")).await;
        let removed = pb::Service { active: false, ..service.clone() };
        let (created, retired) =
            tokio::join!(world.create_unit(unit(&service, "Unité")), world.update_service(removed, &["active"]));
        assert_ne!(created.is_ok(), retired.is_ok(), "one of the two came first: {created:?} {retired:?}");
    }
}

#[tokio::test]
async fn a_destination_serves_active_services_of_its_own_site() {
    let world = World::new().await;
    let (agency, site, service, _) = world.hospital().await;
    let elsewhere = world.service(&world.site(&agency, "Hôpital Jean-Talon").await, "Médecine").await;
    let gone = world.service(&site, "Pédiatrie").await;
    world.update_service(pb::Service { active: false, ..gone.clone() }, &["active"]).await.expect("nobody uses it");
    let mut new = unit(&service, "5 Est");
    let unknown = world.id();
    new.service_ids = vec![elsewhere.id, service.id.clone(), gone.id, unknown];
    faulty(
        world.create_unit(new.clone()).await,
        &[
            ("destination.service_ids[0]", "SERVICE_OF_OTHER_SITE"),
            ("destination.service_ids[2]", "SERVICE_REMOVED"),
            ("destination.service_ids[3]", "UNKNOWN_SERVICE"),
        ],
    );
    new.service_ids = Vec::new();
    faulty(world.create_unit(new.clone()).await, &[("destination.service_ids", "REQUIRED")]);
    new.service_ids = vec![service.id.clone(), service.id];
    faulty(world.create_unit(new).await, &[("destination.service_ids[1]", "DUPLICATE")]);
}

#[tokio::test]
async fn a_closed_destination_reopens_only_when_its_services_are_active() {
    let world = World::new().await;
    let (.., service, unit) = world.hospital().await;
    let closed = world.update_unit(pb::Destination { active: false, ..unit }, &["active"]).await.expect("it closes");
    world.update_service(pb::Service { active: false, ..service }, &["active"]).await.expect("nobody uses it");
    let answer = world.update_unit(pb::Destination { active: true, ..closed }, &["active"]).await;
    faulty(answer, &[("destination.service_ids[0]", "SERVICE_REMOVED")]);
}

#[tokio::test]
async fn services_of_a_destination_keep_their_order() {
    let world = World::new().await;
    let (_, site, medicine, unit) = world.hospital().await;
    let surgery = world.service(&site, "Chirurgie").await;
    for service_ids in [vec![surgery.id.clone(), medicine.id.clone()], vec![medicine.id, surgery.id]] {
        let changed = pb::Destination { service_ids: service_ids.clone(), etag: String::new(), ..unit.clone() };
        let stored = world.update_unit(changed, &["service_ids"]).await.expect("both are of the site");
        assert_eq!(stored.service_ids, service_ids);
    }
}

#[tokio::test]
async fn capacity_and_group_size_have_bounds() {
    let world = World::new().await;
    let (.., service, _) = world.hospital().await;
    for most in [0, 999] {
        let new = pb::Destination { capacity: most, maximum_group_size: most, ..unit(&service, "5 Est") };
        world.create_unit(new).await.expect("within bounds");
    }
    for wrong in [-1, 1000] {
        let new = pb::Destination { capacity: wrong, maximum_group_size: wrong, ..unit(&service, "5 Est") };
        faulty(
            world.create_unit(new).await,
            &[("destination.capacity", "OUT_OF_RANGE"), ("destination.maximum_group_size", "OUT_OF_RANGE")],
        );
    }
}

#[tokio::test]
async fn a_site_keeps_its_postal_code_in_one_form() {
    let world = World::new().await;
    let (_, site, ..) = world.hospital().await;
    let changed = pb::Site { postal_code: "h2x1y4".into(), latitude: 45.5, longitude: -73.5, ..site };
    let request =
        pb::UpdateSiteRequest { site: Some(changed), update_mask: mask(&["postal_code", "latitude", "longitude"]) };
    let answer = SiteServiceClient::new(world.operator()).update_site(request).await.expect("it is well formed");
    let stored = answer.into_inner().site.expect("as stored");
    assert_eq!((stored.postal_code.as_str(), stored.latitude, stored.longitude), ("H2X 1Y4", 45.5, -73.5));
}
