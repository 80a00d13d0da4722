//! Projects one event of a request into its row.

use chassis::db::Tx;

use crate::{domain::request::RequestFact, store};

/// Keeps the facts and the milestone that was passed with them, each unless a newer one is kept: the same row comes of
/// the same events in whatever order, however often each arrives.
///
/// # Errors
/// If the database fails.
pub async fn run(tx: &mut Tx, fact: &RequestFact) -> Result<(), sqlx::Error> {
    store::request::keep_fact(tx, fact).await?;
    match fact.milestone() {
        Some(milestone) => store::request::keep_milestone(tx, fact, milestone).await,
        None => Ok(()),
    }
}
