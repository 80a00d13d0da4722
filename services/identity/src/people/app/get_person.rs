//! One staff record.

use chassis::{Failure, Tx};
use directory::model::Level;
use kernel::PersonId;

use crate::people::{
    app::{self, access::Actor},
    domain::person::Person,
};

/// A staff record of an agency in which the caller has rights; the operator sees all.
///
/// # Errors
/// `NOT_FOUND`.
pub async fn run(tx: &mut Tx, actor: &Actor, id: PersonId) -> Result<Person, Failure> {
    app::access::visible(tx, actor, Level::Viewer, id).await
}
