//! Whom one turns to about a place.

use chassis::{Principal, db::Tx};
use directory::{Directory, model::Role};
use kernel::AgencyId;

use crate::{
    profiles::{
        domain::{
            card::Card,
            contact::{Contact, ContactsOf},
        },
        store,
    },
    resources::Refusal,
};

/// The contacts of a place who are on the staff. Agents and monitors read those of their own agency alone (domain §4.4).
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`.
pub async fn run(tx: &mut Tx, directory: &Directory, who: &Principal, of: ContactsOf) -> Result<Vec<Contact>, Refusal> {
    let agency = store::contact::agency(tx, of).await?.ok_or(Refusal::NotFound)?;
    let own_alone = matches!(who.rights.role, Role::DestinationCoordinator | Role::DestinationMonitor);
    if own_alone && !works_for(tx, directory, who, agency).await? {
        return Err(Refusal::OutOfScope);
    }
    let named = store::contact::of(tx, of, who.locale).await?;
    let ids: Vec<_> = named.iter().map(|(_, person)| *person).collect();
    let people = directory.people(&mut **tx, &ids).await?;
    let on_the_staff = named.into_iter().filter_map(|(answers_for, id)| {
        let person = people.get(&id).filter(|person| person.active)?;
        Some(Contact { answers_for, person: id, card: Card::from(person.as_ref()) })
    });
    Ok(on_the_staff.collect())
}

async fn works_for(tx: &mut Tx, directory: &Directory, who: &Principal, agency: AgencyId) -> Result<bool, Refusal> {
    let person = directory.person(&mut **tx, who.person).await?;
    Ok(person.is_some_and(|person| person.agency == Some(agency)))
}
