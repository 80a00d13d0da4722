//! The stream that fills the copies of other services.

use std::collections::BTreeMap;

use prost::Message as _;
use proto::{
    Event as _,
    event::v1::{Envelope, ExportRequest},
    identity::v1::{PersonChanged, export_service_client::ExportServiceClient},
};
use uuid::Uuid;

use crate::world::{MARIE, SCHOOL, World};

async fn export(world: &World, types: &[&str]) -> Vec<Envelope> {
    let mut client = ExportServiceClient::new(world.running.as_service("placement"));
    let request = ExportRequest { types: types.iter().map(|&t| t.to_owned()).collect() };
    let mut stream = client.export(request).await.expect("a stream").into_inner();
    let mut envelopes = Vec::new();
    while let Some(answer) = stream.message().await.expect("to the end") {
        envelopes.push(answer.envelope.expect("an envelope"));
    }
    envelopes
}

#[tokio::test]
async fn the_export_tells_of_everybody_what_was_published_last() {
    let world = World::new().await;
    let exported = export(&world, &[]).await;
    let mut last = BTreeMap::new();
    for event in world.running.published::<PersonChanged>().await {
        last.insert(event.person_id.clone(), event);
    }
    let told: BTreeMap<_, _> = exported
        .iter()
        .map(|envelope| {
            assert_eq!((&*envelope.r#type, &*envelope.province), (PersonChanged::TYPE, "qc"));
            (envelope.aggregate_id.clone(), PersonChanged::decode(&*envelope.payload).expect("decoded"))
        })
        .collect();
    assert_eq!(exported.len(), 9);
    assert_eq!(told, last);
    let marie = exported.iter().find(|envelope| envelope.aggregate_id == MARIE.to_string()).expect("Marie");
    assert_eq!(marie.aggregate_version, 1);
}

#[tokio::test]
async fn more_people_than_fit_a_batch_are_each_told_once() {
    let world = World::new().await;
    for number in 0..412_u128 {
        world.seed(Uuid::from_u128(0x1_0000 + number), Some(SCHOOL), ("Ana", "Roy"), None, Vec::new()).await;
    }
    let mut ids: Vec<_> = export(&world, &[PersonChanged::TYPE]).await.into_iter().map(|e| e.aggregate_id).collect();
    ids.sort();
    let count = ids.len();
    ids.dedup();
    assert_eq!((ids.len(), count), (421, 421));
}

#[tokio::test]
async fn other_types_are_not_identitys_to_tell() {
    let world = World::new().await;
    assert!(export(&world, &["configuration.v1.agency_changed"]).await.is_empty());
    assert_eq!(export(&world, &["x", PersonChanged::TYPE]).await.len(), 9);
}
