//! From the token's principal to who acts.

use chassis::{Host, Principal};

use crate::people::Actor;

/// Who calls, with the places as they are known now.
pub(crate) fn actor(host: &Host, who: &Principal) -> Actor {
    Actor { person: who.person, rights: who.rights.clone(), directory: host.directory.snapshot() }
}
