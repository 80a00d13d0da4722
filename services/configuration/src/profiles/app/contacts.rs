//! Whom one turns to about a place.

use chassis::{Principal, UseCase, db::Tx};
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
    resources::{Context, Refusal},
};

/// The contacts of a place who are on the staff. Agents and monitors read those of their own agency alone (domain §4.4).
pub struct ListContacts {
    pub who: Principal,
    pub of: ContactsOf,
}

impl UseCase for ListContacts {
    type Context = Context;
    type Output = Vec<Contact>;
    type Error = Refusal;

    /// `NOT_FOUND`, `OUT_OF_SCOPE`.
    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Vec<Contact>, Refusal> {
        let Self { who, of } = self;
        let agency = store::contact::agency(tx, *of).await?.ok_or(Refusal::NotFound)?;
        let own_alone = matches!(who.rights.role, Role::DestinationCoordinator | Role::DestinationMonitor);
        if own_alone && !works_for(tx, &cx.directory, who, agency).await? {
            return Err(Refusal::OutOfScope);
        }
        let named = store::contact::of(tx, *of, who.locale).await?;
        let ids: Vec<_> = named.iter().map(|(_, person)| *person).collect();
        let people = cx.directory.people(&mut **tx, &ids).await?;
        let on_the_staff = named.into_iter().filter_map(|(answers_for, id)| {
            let person = people.get(&id).filter(|person| person.active)?;
            Some(Contact { answers_for, person: id, card: Card::from(person.as_ref()) })
        });
        Ok(on_the_staff.collect())
    }
}

async fn works_for(tx: &mut Tx, directory: &Directory, who: &Principal, agency: AgencyId) -> Result<bool, Refusal> {
    let person = directory.person(&mut **tx, who.person).await?;
    Ok(person.is_some_and(|person| person.agency == Some(agency)))
}
