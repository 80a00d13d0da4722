//! Who is calling.

use chassis::{Failure, Tx};

use crate::people::{
    app::access::Actor,
    domain::{person::PersonError, profile::Profile},
    store,
};

/// The caller with all grants, as they are now: the token may be some minutes behind.
///
/// # Errors
/// [`PersonError::NotFound`], if the person of the token is gone.
pub async fn run(tx: &mut Tx, actor: &Actor) -> Result<Profile, Failure> {
    Ok(store::profile::find(tx, actor.person).await?.ok_or(PersonError::NotFound)?)
}
