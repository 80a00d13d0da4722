//! Beginning a session.

use chassis::{StoreError, Tx};
use directory::model::Role;
use kernel::Env;

use crate::{
    keys::{self, SigningKey},
    people::Profile,
    sessions::{domain::session::Session, store},
};

/// A session that gets tokens: what they are made of.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The session as stored.
    pub session: Session,
    /// Whose it is.
    pub profile: Profile,
    /// The key that signs now.
    pub key: SigningKey,
}

/// Begins a session in `role`, with a refresh token of this digest.
pub(crate) async fn run(
    tx: &mut Tx,
    env: &Env,
    profile: Profile,
    role: Role,
    refresh: &[u8; 32],
) -> Result<Opened, StoreError> {
    let session = Session::open(env.ids.next(), profile.person.id, role, env.now());
    store::session::insert(tx, &session).await?;
    store::session::add_token(tx, &session, refresh).await?;
    Ok(Opened { session, profile, key: keys::current(tx).await? })
}
