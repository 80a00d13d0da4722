//! Versions, masks, and the same call twice.

use proto::configuration::v1::{self as pb, agency_service_client::AgencyServiceClient};
use tonic::{Code, Status};

use crate::world::{World, faulty, mask, refused};

impl World {
    async fn update_agency(
        &self,
        agency: pb::Agency,
        update_mask: Option<prost_types::FieldMask>,
    ) -> Result<pb::Agency, Status> {
        let request = pb::UpdateAgencyRequest { agency: Some(agency), update_mask };
        let answer = AgencyServiceClient::new(self.operator()).update_agency(request).await?;
        Ok(answer.into_inner().agency.expect("as stored"))
    }

    async fn create_agency(&self, name: &str, request_id: &str) -> Result<pb::Agency, Status> {
        let agency = pb::Agency { kind: pb::AgencyKind::Placing.into(), name: name.into(), ..Default::default() };
        let request = pb::CreateAgencyRequest { agency: Some(agency), request_id: request_id.into() };
        let answer = AgencyServiceClient::new(self.operator()).create_agency(request).await?;
        Ok(answer.into_inner().agency.expect("as stored"))
    }
}

#[tokio::test]
async fn a_stale_etag_is_a_conflict_and_none_is_always_fresh() {
    let world = World::new().await;
    let first = world.school("Alpha").await;
    let second = world.update_agency(pb::Agency { name: "Bêta".into(), ..first.clone() }, None).await.expect("fresh");
    assert_eq!(second.etag, "2");
    let stale = pb::Agency { name: "Gamma".into(), ..first.clone() };
    refused(world.update_agency(stale.clone(), None).await, Code::Aborted, "STALE_ETAG");
    let third =
        world.update_agency(pb::Agency { etag: String::new(), ..stale }, None).await.expect("whatever is stored");
    assert_eq!((third.etag.as_str(), third.name.as_str()), ("3", "Gamma"));
    faulty(
        world.update_agency(pb::Agency { etag: "three".into(), ..third }, None).await,
        &[("agency.etag", "MALFORMED_ETAG")],
    );
}

#[tokio::test]
async fn of_two_changes_of_one_version_one_is_a_conflict() {
    let world = World::new().await;
    let agency = world.school("Alpha").await;
    let (one, other) = tokio::join!(
        world.update_agency(pb::Agency { name: "Un".into(), ..agency.clone() }, None),
        world.update_agency(pb::Agency { name: "Deux".into(), ..agency.clone() }, None)
    );
    let (won, lost) = if one.is_ok() { (one, other) } else { (other, one) };
    assert_eq!(won.expect("one is first").etag, "2");
    refused(lost, Code::Aborted, "STALE_ETAG");
}

#[tokio::test]
async fn the_mask_decides_what_changes() {
    let world = World::new().await;
    let agency = world.school("Alpha").await;
    let changed = pb::Agency { name: "Bêta".into(), city: "Laval".into(), user: false, ..agency.clone() };
    let stored = world.update_agency(changed.clone(), mask(&["city"])).await.expect("one field");
    assert_eq!(stored, pb::Agency { city: "Laval".into(), etag: "2".into(), ..agency.clone() });
    let everything = pb::Agency { etag: String::new(), ..changed };
    let stored = world.update_agency(everything, None).await.expect("all fields");
    assert_eq!((stored.name.as_str(), stored.city.as_str(), stored.user), ("Bêta", "Laval", false));
    for path in ["kind", "id", "etag", "nothing"] {
        let field = format!("update_mask.{path}");
        faulty(world.update_agency(agency.clone(), mask(&[path])).await, &[(&field, "UNKNOWN_FIELD")]);
    }
}

#[tokio::test]
async fn a_field_outside_the_mask_is_not_even_read() {
    let world = World::new().await;
    let agency = world.school("Alpha").await;
    let changed = pb::Agency { name: String::new(), kind: 9, city: "Laval".into(), ..agency };
    let stored = world.update_agency(changed, mask(&["city"])).await.expect("the name is outside");
    assert_eq!((stored.name.as_str(), stored.city.as_str()), ("Alpha", "Laval"));
}

#[tokio::test]
async fn each_write_is_told_once_with_its_version_and_no_change_is_not_told() {
    let world = World::new().await;
    let agency = world.school("Alpha").await;
    let same = world.update_agency(agency.clone(), None).await.expect("nothing to do");
    assert_eq!(same, agency);
    let renamed = world.update_agency(pb::Agency { name: "Bêta".into(), ..agency.clone() }, None).await.expect("fresh");
    let told: Vec<_> = world.running.published::<pb::AgencyChanged>().await.into_iter().map(|e| e.agency).collect();
    assert_eq!(told, [Some(agency.clone()), Some(renamed)]);
    let versions: Vec<(String, i64)> =
        sqlx::query_as("select aggregate_id, aggregate_version from outbox order by position")
            .fetch_all(&world.running.db)
            .await
            .expect("the outbox");
    assert_eq!(versions, [(agency.id.clone(), 1), (agency.id, 2)]);
}

#[tokio::test]
async fn the_same_request_id_gives_the_same_answer_and_one_entry() {
    let world = World::new().await;
    let key = world.id();
    let first = world.create_agency("Alpha", &key).await.expect("an agency");
    let again = world.create_agency("Alpha", &key).await.expect("the same agency");
    assert_eq!(first, again);
    assert_eq!(world.running.published::<pb::AgencyChanged>().await.len(), 1);
    let status = world.create_agency("Bêta", &key).await.expect_err("another message");
    assert_eq!(status.code(), Code::InvalidArgument, "{status:?}");
    let other = world.create_agency("Alpha", "").await.expect("without a key each call counts");
    assert_ne!(first.id, other.id);
    faulty(world.create_agency("Alpha", "again").await, &[("request_id", "MALFORMED_ID")]);
}

#[tokio::test]
async fn a_client_decides_neither_id_nor_activity_of_a_new_entry() {
    let world = World::new().await;
    let mine = world.id();
    let agency = pb::Agency {
        id: mine.clone(),
        kind: pb::AgencyKind::Placing.into(),
        name: "Alpha".into(),
        etag: "77".into(),
        ..Default::default()
    };
    let request = pb::CreateAgencyRequest { agency: Some(agency), request_id: String::new() };
    let answer = AgencyServiceClient::new(world.operator()).create_agency(request).await.expect("an agency");
    let stored = answer.into_inner().agency.expect("as stored");
    assert_ne!(stored.id, mine);
    assert_eq!((stored.etag.as_str(), stored.active), ("1", true));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let world = World::new().await;
    let request = pb::GetAgencyRequest { agency_id: world.id() };
    let answer = AgencyServiceClient::new(world.operator()).get_agency(request).await;
    refused(answer, Code::NotFound, "NOT_FOUND");
    let nobody = pb::Agency { id: world.id(), ..Default::default() };
    refused(world.update_agency(nobody, mask(&["name"])).await, Code::NotFound, "NOT_FOUND");
}
