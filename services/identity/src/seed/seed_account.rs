//! People of the demonstration, who can sign in at once.

use chassis::{Failure, Tx, UseCase};
use directory::model::Grant as Right;
use kernel::{AgencyId, Env, PersonId};

use crate::{
    accounts::{self, Account, AccountError, Credential, Login},
    audit::{AuditEntry, What},
    grants::{self, Grant},
    people::{self, Card, Person},
};

/// Makes a person, with an account in use and rights. Answers `false`, and does nothing, if the person is there already.
#[derive(Clone, Debug)]
pub struct SeedAccount {
    /// Who; chosen by the caller, so that other data can name the person and a second run finds it.
    pub person: PersonId,
    /// The agency; taken on trust, since configuration's events may not have arrived yet.
    pub agency: Option<AgencyId>,
    /// The business card.
    pub card: Card,
    /// Login and hash of the password, for an active account ([`Passwords::hash`](accounts::Passwords::hash); one hash may serve
    /// many people); `None` for a staff record without account.
    pub account: Option<(Login, String)>,
    /// What the person may do; places are taken on trust.
    pub rights: Vec<Right>,
}

impl UseCase for SeedAccount {
    type Context = Env;
    type Output = bool;
    type Error = Failure;

    /// `LOGIN_TAKEN`; `INVALID_FIELDS` of a right whose role, level and kind of place don't go together.
    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<bool, Failure> {
        if people::find(tx, self.person).await?.is_some() {
            return Ok(false);
        }
        let now = env.now();
        let person = Person {
            id: self.person,
            agency: self.agency,
            card: self.card.clone(),
            active: true,
            version: 0,
            updated_at: now,
        };
        people::insert(tx, &person).await?;
        if let Some((login, hash)) = &self.account {
            let credential = Credential { hash: hash.clone(), set_at: now };
            let account =
                Account::open(person.id, login.clone(), credential.clone(), now).choose_password(credential)?;
            if !accounts::insert(tx, &account).await? {
                return Err(AccountError::LoginTaken.into());
            }
            people::note(tx, env, AuditEntry::of(What::AccountCreated, person.id).with("SEED")).await?;
        }
        for &right in &self.rights {
            grants::check_kind(right)?;
            grants::insert(tx, person.id, &Grant { id: env.ids.next(), right }, None, now).await?;
        }
        people::changed(tx, env, person.id).await?;
        Ok(true)
    }
}
