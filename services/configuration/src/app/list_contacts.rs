//! Whom one turns to about a place.

use chassis::{Principal, db::Tx};
use directory::model::Role;
use kernel::AgencyId;

use super::Refusal;
use crate::{
    domain::{Contact, ContactsOf},
    store::{contact, person},
};

/// The contacts of a place. Agents and monitors read those of their own agency alone (domain §4.4).
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`.
pub async fn run(tx: &mut Tx, who: &Principal, of: ContactsOf) -> Result<Vec<Contact>, Refusal> {
    let agency = contact::agency(tx, of).await?.ok_or(Refusal::NotFound)?;
    let own_alone = matches!(who.rights.role, Role::DestinationCoordinator | Role::DestinationMonitor);
    if own_alone && !works_for(tx, who, agency).await? {
        return Err(Refusal::OutOfScope);
    }
    Ok(contact::of(tx, of, who.locale).await?)
}

async fn works_for(tx: &mut Tx, who: &Principal, agency: AgencyId) -> Result<bool, Refusal> {
    Ok(person::find(tx, who.person).await?.is_some_and(|person| person.agency_id == agency))
}
