//! Names follow configuration, by event or by refill.

use chassis::Service as _;
use eventing::{
    copy,
    outbox::{Fact, envelope},
};
use futures::stream;
use kernel::EventId;
use proto::{
    configuration::v1::{Site, SiteChanged},
    event::v1::Envelope,
    placement::v1::State,
};
use reporting::{Reporting, config::Config};
use uuid::Uuid;

use crate::world::{HOST, Happens::*, SITE, World, school};

fn renamed(name: &str) -> SiteChanged {
    SiteChanged {
        site: Some(Site {
            id: SITE.to_string(),
            agency_id: HOST.to_string(),
            name: name.to_owned(),
            ..Default::default()
        }),
    }
}

fn exported(world: &World, name: &str, version: i64) -> Envelope {
    let fact = Fact {
        id: EventId::from(Uuid::from_u128(u128::from(version.unsigned_abs()))),
        aggregate_id: SITE.to_string(),
        aggregate_version: version,
        occurred_at: world.running.host.env.now(),
    };
    envelope(&fact, "qc", &renamed(name))
}

#[tokio::test]
async fn the_newest_name_wins_whenever_it_arrives() {
    let world = World::new().await;
    world.live(1, &[(To(State::Sent), "2026-11-02T15:00:00Z")]).await;
    for (name, version) in [("Deux", 2), ("Trois", 3), ("Un", 1), ("Trois", 3)] {
        world.running.deliver(&renamed(name), SITE, version).await.expect("taken");
    }
    assert_eq!(world.only(&school()).await.site, "Trois");
}

#[tokio::test]
async fn a_service_that_starts_empty_catches_up_without_undoing_newer_events() {
    let world = World::new().await;
    world.live(1, &[(To(State::Sent), "2026-11-02T15:00:00Z")]).await;
    let component = Reporting::build(&world.running.host, Config::default()).await.expect("it builds");
    let handlers = component.handlers().expect("it handles events");

    let export = [exported(&world, "De l'exportation", 4)].map(Ok::<_, anyhow::Error>);
    let applied = copy::refill(&world.running.db, "configuration", &handlers, stream::iter(export)).await;
    assert_eq!(applied.expect("the copy is filled"), 1);
    assert_eq!(world.only(&school()).await.site, "De l'exportation");
    assert!(copy::is_filled(&world.running.db, "configuration").await.expect("the database answers"));

    world.running.deliver(&renamed("D'un événement"), SITE, 6).await.expect("taken");
    let late = [exported(&world, "En retard", 5)].map(Ok::<_, anyhow::Error>);
    copy::refill(&world.running.db, "configuration", &handlers, stream::iter(late)).await.expect("filled again");
    assert_eq!(world.only(&school()).await.site, "D'un événement");
}

#[tokio::test]
async fn a_name_of_nothing_is_rejected() {
    let world = World::new().await;
    let refused = world.running.deliver(&SiteChanged { site: None }, SITE, 1).await.expect_err("no site");
    assert!(matches!(refused, eventing::HandlerError::Reject(_)));
}
