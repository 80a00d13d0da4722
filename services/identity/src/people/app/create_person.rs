//! A new staff record.

use chassis::{Failure, Tx};
use kernel::{Env, Invalid};

use crate::people::{
    app::{self, access::Actor},
    domain::person::{NewPerson, Person},
    store,
};

/// Adds a staff record to an agency that the caller administers, or a part of.
///
/// # Errors
/// `OUT_OF_SCOPE`; `UNKNOWN_PLACE` of an agency that configuration has not told of.
pub async fn run(tx: &mut Tx, env: &Env, actor: &Actor, new: &NewPerson) -> Result<Person, Failure> {
    app::access::check_agency(actor, new.agency)?;
    if actor.directory.agency(new.agency).is_none() {
        return Err(Invalid::field("person.agency_id", "UNKNOWN_PLACE").into());
    }
    let person = Person {
        id: env.ids.next(),
        agency: Some(new.agency),
        card: new.card.clone(),
        active: true,
        version: 0,
        updated_at: env.now(),
    };
    store::person::insert(tx, &person).await?;
    Ok(app::announce::changed(tx, env, person.id).await?.person)
}
