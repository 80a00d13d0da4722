//! What other services fill their copies from.

use proto::{
    Event as _,
    configuration::{v1 as pb, v1::export_service_client::ExportServiceClient},
    event::v1::{Envelope, ExportRequest},
};

use crate::world::{World, mask};

impl World {
    async fn export(&self, types: &[&str]) -> Vec<Envelope> {
        let request = ExportRequest { types: types.iter().map(|&t| t.to_owned()).collect() };
        let caller = self.running.as_service("placement");
        let mut stream = ExportServiceClient::new(caller).export(request).await.expect("a stream").into_inner();
        let mut envelopes = Vec::new();
        while let Some(answer) = stream.message().await.expect("the stream does not break off") {
            envelopes.push(answer.envelope.expect("an envelope"));
        }
        envelopes
    }
}

#[tokio::test]
async fn the_export_is_the_present_state_of_everything() {
    let world = World::new().await;
    let (host, _, _, unit) = world.hospital().await;
    world.closed(&unit).await;
    let school = world.school("Cégep").await;
    world.course(&world.program(&school, "Soins").await, "180-A10").await;
    let lists = configuration::seed::AddStarterLists::new(&[2027]);
    world.running.host.db.write(&lists, &world.running.host.env).await.expect("a province");
    let retired = pb::Agency { active: false, ..host };
    let request = pb::UpdateAgencyRequest { agency: Some(retired), update_mask: mask(&["active"]) };
    let mut agencies = pb::agency_service_client::AgencyServiceClient::new(world.operator());
    let retired = agencies.update_agency(request).await.expect("it retires").into_inner().agency;

    let all = world.export(&[]).await;
    let count = |of: &str| all.iter().filter(|e| e.r#type == of).count();
    assert_eq!(
        [
            count(pb::AgencyChanged::TYPE),
            count(pb::SiteChanged::TYPE),
            count(pb::ServiceChanged::TYPE),
            count(pb::DestinationChanged::TYPE),
            count(pb::ClosureChanged::TYPE),
            count(pb::ProgramChanged::TYPE),
            count(pb::CourseChanged::TYPE),
            count(pb::TermChanged::TYPE),
            count(pb::PlacementTypeChanged::TYPE),
            count(pb::ReasonChanged::TYPE),
        ],
        [2, 1, 1, 1, 1, 1, 1, 3, 11, 23],
    );
    let envelope = all.iter().find(|e| retired.as_ref().is_some_and(|a| a.id == e.aggregate_id)).expect("the host");
    assert_eq!((envelope.aggregate_version, envelope.province.as_str()), (2, "qc"));
    let told: pb::AgencyChanged = prost::Message::decode(envelope.payload.as_slice()).expect("an agency");
    assert_eq!(told.agency, retired, "what has retired is exported too");

    let some = world.export(&[pb::DestinationChanged::TYPE]).await;
    let told: pb::DestinationChanged = prost::Message::decode(some[0].payload.as_slice()).expect("a unit");
    assert_eq!((some.len(), told.destination), (1, Some(unit)));
    assert_eq!(world.export(&["placement.v1.request_sent"]).await, []);
}

#[tokio::test]
async fn an_export_of_many_pages_holds_each_entry_once() {
    let world = World::new().await;
    let agency = world.host("CIUSSS").await;
    for number in 0..205 {
        // Few names, so that pages end among equal ones.
        world.site(&agency, &format!("Site {}", number % 3)).await;
    }
    let mut ids: Vec<_> = world.export(&[pb::SiteChanged::TYPE]).await.into_iter().map(|e| e.aggregate_id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 205);
}
