//! The state of an account.

use chassis::{Failure, Tx};
use directory::model::Level;
use kernel::PersonId;

use crate::{
    accounts::{
        domain::account::{Account, AccountError},
        store,
    },
    people::{self, Actor},
};

/// The account of a person in an agency that the caller administers.
///
/// # Errors
/// `NOT_FOUND`; `NO_ACCOUNT` of a person without one.
pub async fn run(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Account, Failure> {
    people::visible(tx, actor, Level::LocalAdministrator, id).await?;
    Ok(store::find(tx, id).await?.ok_or(AccountError::None)?)
}
