//! Terms, placement types and reasons: the operator's lists.

use proto::configuration::v1::{
    self as pb, placement_type_service_client::PlacementTypeServiceClient, reason_service_client::ReasonServiceClient,
    term_service_client::TermServiceClient,
};
use tonic::{Code, Status};

use crate::world::{World, faulty, mask, refused, text};

impl World {
    async fn create_reason(&self, code: &str, uses: &[i32]) -> Result<pb::Reason, Status> {
        let reason =
            pb::Reason { code: code.into(), name: text("Motif", "Reason"), uses: uses.to_vec(), ..Default::default() };
        let request = pb::CreateReasonRequest { reason: Some(reason), request_id: String::new() };
        let answer = ReasonServiceClient::new(self.operator()).create_reason(request).await?;
        Ok(answer.into_inner().reason.expect("as stored"))
    }

    async fn create_term(&self, start: &str, end: &str, release: &str) -> Result<pb::Term, Status> {
        let term = pb::Term {
            name: text("Session", "Term"),
            start_date: start.into(),
            end_date: end.into(),
            release_date: release.into(),
            ..Default::default()
        };
        let request = pb::CreateTermRequest { term: Some(term), request_id: String::new() };
        let answer = TermServiceClient::new(self.operator()).create_term(request).await?;
        Ok(answer.into_inner().term.expect("as stored"))
    }

    async fn create_type(&self, code: &str, from: &str, to: &str) -> Result<pb::PlacementType, Status> {
        let kind = pb::PlacementType {
            code: code.into(),
            name: text("Type", "Type"),
            valid_from: from.into(),
            valid_to: to.into(),
            ..Default::default()
        };
        let request = pb::CreatePlacementTypeRequest { placement_type: Some(kind), request_id: String::new() };
        let answer = PlacementTypeServiceClient::new(self.operator()).create_placement_type(request).await?;
        Ok(answer.into_inner().placement_type.expect("as stored"))
    }
}

const ACCEPT: i32 = pb::ReasonUse::Accept as i32;
const DECLINE: i32 = pb::ReasonUse::Decline as i32;

#[tokio::test]
async fn a_reason_has_at_least_one_use_and_none_twice() {
    let world = World::new().await;
    faulty(world.create_reason("D1", &[]).await, &[("reason.uses", "REQUIRED")]);
    faulty(
        world.create_reason("D1", &[DECLINE, 0, 9]).await,
        &[("reason.uses[1]", "UNKNOWN_USE"), ("reason.uses[2]", "UNKNOWN_USE")],
    );
    let reason = world.create_reason("D1", &[DECLINE, ACCEPT, DECLINE]).await.expect("two uses");
    assert_eq!((reason.uses, reason.active), (vec![ACCEPT, DECLINE], true));
    refused(world.create_reason("D1", &[DECLINE]).await, Code::AlreadyExists, "CODE_TAKEN");
    assert_eq!(world.running.published::<pb::ReasonChanged>().await.len(), 1);
}

#[tokio::test]
async fn codes_are_of_capitals_digits_and_underscores() {
    let world = World::new().await;
    for wrong in ["d1", "1D", "D 1", "ÉCLOSION", "ELEVENCHARS"] {
        faulty(world.create_reason(wrong, &[DECLINE]).await, &[("reason.code", "MALFORMED_CODE")]);
    }
    faulty(world.create_reason("", &[DECLINE]).await, &[("reason.code", "REQUIRED")]);
    let request = pb::GetReasonRequest { code: "d1".into() };
    faulty(ReasonServiceClient::new(world.operator()).get_reason(request).await, &[("code", "MALFORMED_CODE")]);
    let request = pb::GetReasonRequest { code: "D1".into() };
    let answer = ReasonServiceClient::new(world.operator()).get_reason(request).await;
    refused(answer, Code::NotFound, "NOT_FOUND");
}

#[tokio::test]
async fn the_days_of_a_term_are_in_order() {
    let world = World::new().await;
    let term = world.create_term("2027-01-01", "2027-04-30", "2026-10-15").await.expect("in order");
    assert_eq!((term.start_date.as_str(), term.release_date.as_str()), ("2027-01-01", "2026-10-15"));
    faulty(world.create_term("2027-02-01", "2027-01-01", "").await, &[("term.end_date", "DATE_REVERSED")]);
    faulty(
        world.create_term("2027-01-01", "2027-04-30", "2027-05-01").await,
        &[("term.release_date", "RELEASE_AFTER_END")],
    );
    faulty(
        world.create_term("", "2027-02-30", "soon").await,
        &[
            ("term.start_date", "REQUIRED"),
            ("term.end_date", "MALFORMED_DATE"),
            ("term.release_date", "MALFORMED_DATE"),
        ],
    );
}

#[tokio::test]
async fn one_end_of_a_term_moves_against_the_stored_other() {
    let world = World::new().await;
    let term = world.create_term("2027-01-01", "2027-04-30", "").await.expect("in order");
    let moved = pb::Term { end_date: "2026-12-31".into(), ..term.clone() };
    let request = pb::UpdateTermRequest { term: Some(moved), update_mask: mask(&["end_date"]) };
    faulty(TermServiceClient::new(world.operator()).update_term(request).await, &[("term.end_date", "DATE_REVERSED")]);
    let moved = pb::Term { start_date: "ignored".into(), end_date: "2027-05-15".into(), ..term };
    let request = pb::UpdateTermRequest { term: Some(moved), update_mask: mask(&["end_date"]) };
    let answer = TermServiceClient::new(world.operator()).update_term(request).await.expect("in order");
    let stored = answer.into_inner().term.expect("as stored");
    assert_eq!((stored.start_date.as_str(), stored.end_date.as_str()), ("2027-01-01", "2027-05-15"));
}

#[tokio::test]
async fn a_placement_type_is_listed_until_its_last_day_is_over() {
    let world = World::new().await;
    faulty(
        world.create_type("WRONG", "2026-02-01", "2026-01-31").await,
        &[("placement_type.valid_to", "DATE_REVERSED")],
    );
    world.create_type("YESTERDAY", "2025-01-01", "2026-11-22").await.expect("it has ended");
    world.create_type("TODAY", "2025-01-01", "2026-11-23").await.expect("its last day");
    world.create_type("OPEN", "2027-01-01", "").await.expect("it begins later");
    let list = async |include_inactive| {
        let request = pb::ListPlacementTypesRequest { include_inactive, ..Default::default() };
        let answer = PlacementTypeServiceClient::new(world.operator()).list_placement_types(request).await;
        let types = answer.expect("a list").into_inner().placement_types;
        types.into_iter().map(|t| t.code).collect::<Vec<_>>()
    };
    assert_eq!(list(false).await, ["OPEN", "TODAY"]);
    assert_eq!(list(true).await, ["OPEN", "TODAY", "YESTERDAY"]);
}
