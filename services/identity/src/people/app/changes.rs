//! Staff records made and changed.

use chassis::{Failure, Tx, UseCase, mask::Mask};
use kernel::{Env, Invalid, PersonId};
use proto::identity::v1 as pb;

use crate::{
    accounts::{self, DisabledCause, StateName},
    audit::{AuditEntry, What},
    people::{
        app::{
            access::{self, Actor},
            announce,
        },
        domain::person::{NewPerson, Person},
        store, wire,
    },
    sessions::{self, EndCause},
};

/// Adds a staff record to an agency that the caller administers, or a part of.
#[derive(Clone, Debug)]
pub struct CreatePerson {
    pub actor: Actor,
    pub new: NewPerson,
}

impl UseCase for CreatePerson {
    type Context = Env;
    type Output = Person;
    type Error = Failure;

    /// `OUT_OF_SCOPE`; `UNKNOWN_PLACE` of an agency that configuration has not told of.
    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Person, Failure> {
        access::check_agency(&self.actor, self.new.agency)?;
        if self.actor.directory.agency(self.new.agency).is_none() {
            return Err(Invalid::field("person.agency_id", "UNKNOWN_PLACE").into());
        }
        let person = Person {
            id: env.ids.next(),
            agency: Some(self.new.agency),
            card: self.new.card.clone(),
            active: true,
            version: 0,
            updated_at: env.now(),
        };
        store::person::insert(tx, &person).await?;
        Ok(announce::changed(tx, env, person.id).await?.person)
    }
}

/// Changes a staff record. Archiving disables the account; restoring gives back the record, not the account (domain
/// §4.3). An update that changes nothing leaves the version as it is.
#[derive(Clone, Debug)]
pub struct UpdatePerson {
    pub actor: Actor,
    pub person: PersonId,
    /// The version that was read, if the caller insists on it.
    pub etag: Option<i64>,
    /// What is to be laid over the record, where the mask says so.
    pub message: pb::Person,
    pub mask: Mask,
}

impl UseCase for UpdatePerson {
    type Context = Env;
    type Output = Person;
    type Error = Failure;

    /// `NOT_FOUND`, `OUT_OF_SCOPE`, `STALE_ETAG`; every field that is wrong.
    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Person, Failure> {
        let before = access::administered(tx, &self.actor, self.person).await?;
        before.check_version(self.etag)?;
        let (card, active) = wire::person::merge(&before, &self.message, &self.mask)?;
        let after = Person { card, active, ..before.clone() };
        if after == before {
            return Ok(after);
        }
        store::person::update(tx, &after).await?;
        if before.active && !after.active {
            archive_account(tx, env, &self.actor, after.id).await?;
        }
        Ok(announce::changed(tx, env, after.id).await?.person)
    }
}

async fn archive_account(tx: &mut Tx, env: &Env, actor: &Actor, person: PersonId) -> Result<(), Failure> {
    let Some(account) = accounts::find(tx, person).await? else { return Ok(()) };
    if account.state.name() == StateName::Disabled {
        return Ok(());
    }
    let cause = DisabledCause::Archived;
    accounts::update(tx, &account.disable(cause, env.now())?).await?;
    sessions::end_all(tx, person, EndCause::Disabled, env.now()).await?;
    let entry = AuditEntry::of(What::AccountDisabled, person).by(actor.person).with(cause.code());
    Ok(announce::note(tx, env, entry).await?)
}
