//! An empty service is filled from an export, by the handlers that follow the events.

use eventing::{
    copy,
    outbox::{self, Fact},
};
use futures::stream;
use jiff::Timestamp;
use proto::{Event, event::v1::Envelope};
use testkit::service::PROVINCE;

use crate::world::{agency, agency_name, consumers, id, person, site, start};

fn exported<E: Event>(number: u128, event: &E) -> Result<Envelope, anyhow::Error> {
    let fact = Fact {
        id: id(number),
        aggregate_id: number.to_string(),
        aggregate_version: 1,
        occurred_at: Timestamp::UNIX_EPOCH,
    };
    Ok(outbox::envelope(&fact, PROVINCE, event))
}

#[tokio::test]
async fn an_export_fills_the_snapshot_and_yields_to_newer_events() {
    let running = start().await;
    running.deliver(&agency(1, "newer"), 1, 2).await.unwrap();
    let handlers = consumers(&running.host.directory);
    let places = (1..=450).map(|number| {
        if number == 1 { exported(number, &agency(number, "older")) } else { exported(number, &site(number, 1)) }
    });
    let applied = copy::refill(&running.db, "configuration", &handlers, stream::iter(places)).await.unwrap();
    let now = running.host.directory.snapshot();
    assert_eq!((applied, now.sites().count()), (450, 449));
    assert_eq!(agency_name(&running, 1).as_deref(), Some("newer"));
    let people = (1..=250).map(|number| exported(number, &person(number, "Roy")));
    copy::refill(&running.db, "identity", &handlers, stream::iter(people)).await.unwrap();
    let ids: Vec<_> = (1..=300).map(id).collect();
    let people = running.host.directory.people(&running.db, &ids).await.unwrap();
    assert_eq!(people.len(), 250);
}
