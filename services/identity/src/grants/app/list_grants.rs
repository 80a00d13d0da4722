//! The rights of a person.

use chassis::{Failure, Tx};
use directory::model::Level;
use kernel::PersonId;

use crate::{
    grants::{domain::Grant, store},
    people::{self, Actor},
};

/// All grants of a person in an agency that the caller administers, the oldest first.
///
/// # Errors
/// `NOT_FOUND`.
pub async fn run(tx: &mut Tx, actor: &Actor, person: PersonId) -> Result<Vec<Grant>, Failure> {
    people::visible(tx, actor, Level::LocalAdministrator, person).await?;
    Ok(store::of_person(tx, person).await?)
}
