//! What a province starts with (domain §3.1, §7.2, §8).

use configuration::seed::{AddStarterLists, Added};
use proto::configuration::{
    v1 as pb,
    v1::{
        placement_type_service_client::PlacementTypeServiceClient, reason_service_client::ReasonServiceClient,
        term_service_client::TermServiceClient,
    },
};

use crate::world::{World, mask, text};

impl World {
    async fn seed(&self, years: &[i16]) -> Added {
        self.running.host.db.write(&AddStarterLists::new(years), &self.running.host.env).await.expect("a province")
    }
}

#[tokio::test]
async fn the_starter_lists_are_added_once_and_told() {
    let world = World::new().await;
    assert_eq!(world.seed(&[2026, 2027]).await, Added { reasons: 23, placement_types: 11, terms: 6 });
    assert_eq!(world.seed(&[2026, 2027]).await, Added::default());
    assert_eq!(world.seed(&[2027, 2028]).await, Added { terms: 3, ..Added::default() });
    assert_eq!(world.running.published::<pb::ReasonChanged>().await.len(), 23);
    assert_eq!(world.running.published::<pb::PlacementTypeChanged>().await.len(), 11);
    assert_eq!(world.running.published::<pb::TermChanged>().await.len(), 9);
}

#[tokio::test]
async fn what_the_province_has_made_of_them_stays() {
    let world = World::new().await;
    world.seed(&[2027]).await;
    let mut reasons = ReasonServiceClient::new(world.operator());
    let request = pb::GetReasonRequest { code: "D2".into() };
    let d2 = reasons.get_reason(request.clone()).await.expect("a reason").into_inner().reason.expect("as stored");
    let changed = pb::Reason { name: text("Complet", "Full"), active: false, ..d2 };
    let update = pb::UpdateReasonRequest { reason: Some(changed), update_mask: mask(&["name", "active"]) };
    let changed = reasons.update_reason(update).await.expect("it changes").into_inner().reason;
    let terms = TermServiceClient::new(world.operator()).list_terms(pb::ListTermsRequest::default()).await;
    let term = terms.expect("a page").into_inner().terms.remove(0);
    let renamed = pb::Term { name: text("Hiver", "Winter"), active: false, ..term };
    let update = pb::UpdateTermRequest { term: Some(renamed), update_mask: mask(&["name", "active"]) };
    TermServiceClient::new(world.operator()).update_term(update).await.expect("it changes");
    assert_eq!(world.seed(&[2027]).await, Added::default());
    assert_eq!(reasons.get_reason(request).await.expect("a reason").into_inner().reason, changed);
}

#[tokio::test]
async fn reasons_types_and_terms_are_those_of_the_domain() {
    let world = World::new().await;
    world.seed(&[2026]).await;
    let uses = async |code: &str| {
        let request = pb::GetReasonRequest { code: code.into() };
        let answer = ReasonServiceClient::new(world.operator()).get_reason(request).await.expect("a reason");
        answer.into_inner().reason.expect("as stored").uses().collect::<Vec<_>>()
    };
    use pb::ReasonUse::{Accept, Cancel, Decline};
    assert_eq!(uses("A1").await, [Accept]);
    assert_eq!(uses("D5").await, [Decline, Cancel]);
    assert_eq!(uses("D11").await, [Decline]);
    assert_eq!(uses("C7").await, [Cancel]);
    assert_eq!(uses("C9").await, [Accept, Decline, Cancel]);

    let types = PlacementTypeServiceClient::new(world.operator());
    let types = { types }.list_placement_types(pb::ListPlacementTypesRequest::default()).await;
    let types = types.expect("a page").into_inner().placement_types;
    assert!(types.iter().all(|t| t.valid_from == "2025-01-01" && t.valid_to.is_empty()));
    assert!(types.iter().any(|t| t.code == "PRECEPTORSHIP"));

    let terms = TermServiceClient::new(world.operator()).list_terms(pb::ListTermsRequest::default()).await;
    let terms: Vec<_> = terms
        .expect("a page")
        .into_inner()
        .terms
        .into_iter()
        .map(|t| (t.name.expect("a name").fr, t.start_date, t.end_date))
        .collect();
    let term = |name: &str, start: &str, end: &str| (name.to_owned(), start.to_owned(), end.to_owned());
    assert_eq!(
        terms,
        [
            term("Hiver 2026", "2026-01-01", "2026-04-30"),
            term("Printemps-été 2026", "2026-05-01", "2026-08-31"),
            term("Automne 2026", "2026-09-01", "2026-12-31"),
        ]
    );
}
