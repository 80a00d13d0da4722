//! Whom to turn to about a request.

use chassis::Tx;
use kernel::{PersonId, PlacementRequestId};

use super::{Env, Error, get_request};
use crate::{
    domain::{Card, Contacts, Viewer},
    store,
};

/// The cards of the people whom the viewer sees on the request.
///
/// # Errors
/// `NOT_FOUND`.
pub async fn run(tx: &mut Tx, env: &Env, viewer: &Viewer, id: PlacementRequestId) -> Result<Contacts, Error> {
    let request = get_request::run(tx, env, viewer, id).await?.request;
    let agent = request.state.unit().and_then(|unit| unit.agent);
    let people = [request.placing_coordinator, request.receiving_coordinator, agent];
    let cards = store::cards::of(tx, &people.into_iter().flatten().collect::<Vec<_>>()).await?;
    let card = |person: Option<PersonId>| -> Option<Card> {
        let person = person?;
        cards.iter().find(|card| card.person == person).cloned()
    };
    Ok(Contacts {
        placing_coordinator: card(request.placing_coordinator),
        receiving_coordinator: card(request.receiving_coordinator),
        destination_coordinator: card(agent),
    })
}
