//! The rights of a person.

use chassis::{Failure, Tx};
use directory::model::Level;
use kernel::PersonId;

use super::access::{self, Actor};
use crate::{domain::grant::Grant, store};

/// All grants of a person in an agency that the caller administers, the oldest first.
///
/// # Errors
/// `NOT_FOUND`.
pub async fn run(tx: &mut Tx, actor: &Actor, person: PersonId) -> Result<Vec<Grant>, Failure> {
    access::visible(tx, actor, Level::LocalAdministrator, person).await?;
    Ok(store::grant::of_person(tx, person).await?)
}
