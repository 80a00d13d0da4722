//! What the profiles of destinations and sites tell their readers (domain §5.2, §5.5).

use chassis::Scope;
use proto::{
    configuration::v1::{
        self as pb, destination_service_client::DestinationServiceClient, site_service_client::SiteServiceClient,
    },
    identity::v1::{Level, Role},
};
use testkit::service::Caller;
use tonic::Status;

use crate::world::{World, faulty, mask, text};

async fn update_unit(caller: Caller, unit: pb::Destination, paths: &[&str]) -> Result<pb::Destination, Status> {
    let request = pb::UpdateDestinationRequest { destination: Some(unit), update_mask: mask(paths) };
    let answer = DestinationServiceClient::new(caller).update_destination(request).await?;
    Ok(answer.into_inner().destination.expect("as stored"))
}

async fn update_site(world: &World, site: pb::Site) -> Result<pb::Site, Status> {
    let request = pb::UpdateSiteRequest { site: Some(site), update_mask: mask(&["time_zone", "web_link"]) };
    Ok(SiteServiceClient::new(world.operator()).update_site(request).await?.into_inner().site.expect("as stored"))
}

#[tokio::test]
async fn a_destination_coordinator_writes_the_profile_of_the_own_unit() {
    let world = World::new().await;
    let (.., unit) = world.hospital().await;
    assert_eq!(unit.description, text("", ""), "nobody has written anything yet");
    let scope = Scope::Destination(unit.id.parse().expect("an id"));
    let agent = world.user(Role::DestinationCoordinator, Level::Regular, [scope]);
    let written = pb::Destination {
        description: text("Médecine interne, 28 lits", "Internal medicine, 28 beds"),
        location: "4e étage, aile Ouest".into(),
        shifts: vec![pb::Shift::Night.into(), pb::Shift::Day.into(), pb::Shift::Night.into()],
        minimum_notice_weeks: 6,
        prerequisites: text("Masque ajusté", ""),
        ..unit
    };
    let stored = update_unit(agent, written.clone(), &[]).await.expect("the profile is theirs");
    let shifts = vec![pb::Shift::Day.into(), pb::Shift::Night.into()];
    assert_eq!(stored, pb::Destination { shifts, etag: "2".into(), ..written });
    let request = pb::GetDestinationRequest { destination_id: stored.id.clone() };
    let read = DestinationServiceClient::new(world.operator()).get_destination(request).await.expect("it is there");
    assert_eq!(read.into_inner().destination.as_ref(), Some(&stored));
    let told = world.running.published::<pb::DestinationChanged>().await;
    assert_eq!(told.last().and_then(|e| e.destination.as_ref()), Some(&stored));
}

#[tokio::test]
async fn a_profile_has_bounds() {
    let world = World::new().await;
    let (.., unit) = world.hospital().await;
    let wrong = pb::Destination {
        description: text(&"é".repeat(4001), ""),
        location: "x".repeat(201),
        shifts: vec![pb::Shift::Day.into(), 0, 9],
        minimum_notice_weeks: 53,
        prerequisites: text("", "a\0b"),
        ..unit
    };
    let paths = ["description", "location", "shifts", "minimum_notice_weeks", "prerequisites"];
    faulty(
        update_unit(world.operator(), wrong, &paths).await,
        &[
            ("destination.description.fr", "TOO_LONG"),
            ("destination.location", "TOO_LONG"),
            ("destination.shifts[1]", "UNKNOWN_VALUE"),
            ("destination.shifts[2]", "UNKNOWN_VALUE"),
            ("destination.minimum_notice_weeks", "OUT_OF_RANGE"),
            ("destination.prerequisites.en", "CONTROL_CHARACTER"),
        ],
    );
}

#[tokio::test]
async fn a_site_tells_its_time_zone_and_its_page() {
    let world = World::new().await;
    let (_, site, ..) = world.hospital().await;
    let told = pb::Site {
        time_zone: "America/Blanc-Sablon".into(),
        web_link: "https://www.santemontreal.qc.ca/hopital-fleury?langue=fr".into(),
        ..site
    };
    let stored = update_site(&world, told.clone()).await.expect("both are good");
    assert_eq!(stored, pb::Site { etag: "2".into(), ..told });
    for link in ["javascript:alert(1)", "ftp://exemple.ca", "exemple.ca", "https://", "https://a b.ca", "/sites"] {
        let wrong = pb::Site { web_link: link.into(), time_zone: "Europe/Paris".into(), ..stored.clone() };
        faulty(
            update_site(&world, wrong).await,
            &[("site.time_zone", "UNKNOWN_TIME_ZONE"), ("site.web_link", "MALFORMED_WEB_LINK")],
        );
    }
}
