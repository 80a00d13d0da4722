//! The state of an account.

use chassis::{Failure, Tx};
use directory::model::Level;
use kernel::PersonId;

use super::access::{self, Actor};
use crate::{
    domain::account::{Account, AccountError},
    store,
};

/// The account of a person in an agency that the caller administers.
///
/// # Errors
/// `NOT_FOUND`; `NO_ACCOUNT` of a person without one.
pub async fn run(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Account, Failure> {
    access::visible(tx, actor, Level::LocalAdministrator, id).await?;
    Ok(store::account::find(tx, id).await?.ok_or(AccountError::None)?)
}
