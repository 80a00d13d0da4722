//! The rights of a person.

use chassis::{Failure, Tx};
use kernel::PersonId;

use super::access;
use crate::{
    domain::{actor::Actor, grant::Grant, role::Level},
    store,
};

/// All grants of a person in an agency that the caller administers, the oldest first.
///
/// # Errors
/// `NOT_FOUND`.
pub async fn run(tx: &mut Tx, actor: &Actor, person: PersonId) -> Result<Vec<Grant>, Failure> {
    access::visible(tx, actor, Level::LocalAdministrator, person).await?;
    Ok(store::grant::of_person(tx, person).await?)
}
