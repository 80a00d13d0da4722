//! From the token's principal to who acts.

use chassis::{Failure, Host, Principal, auth};

use crate::people::Actor;

/// Who calls, and the message.
pub(crate) fn caller<M>(host: &Host, request: tonic::Request<M>) -> Result<(Principal, Actor, M), Failure> {
    let (who, message) = auth::caller(request)?;
    let actor = Actor { person: who.person, rights: who.rights.clone(), directory: host.directory.snapshot() };
    Ok((who, actor, message))
}
