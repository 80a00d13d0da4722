//! The first operator, without whom nobody could make anybody else.

use chassis::{Failure, Tx};
use directory::model::{Level, Role, Scope};
use jiff::SignedDuration;
use kernel::{Env, PersonId};

use super::{announce, create_account::insert_with_free_login};
use crate::{
    domain::{
        account::{Account, Credential},
        audit::{AuditEntry, What},
        grant::{Grant, Right},
        login::Login,
        person::{Card, Person},
    },
    secrets::{Passwords, temporary_password},
    store::{
        self,
        advisory::{self, Alone},
    },
};

/// The operator that was made.
#[derive(Clone)]
pub struct FirstOperator {
    /// Who.
    pub person: PersonId,
    /// What is typed at sign-in.
    pub login: Login,
    /// Shown this once; must be changed at the first sign-in.
    pub temporary_password: String,
}

/// Makes an operator with a temporary password, unless there is one with an account: then answers `None`. One whose temporary
/// password has expired, after `temporary_life`, does not count, since nobody could issue another one to it. The all-in-one and
/// the administrator's command line call it at each start; two at the same time make one.
///
/// # Errors
/// Those of the store and of hashing.
pub async fn run(
    tx: &mut Tx,
    env: &Env,
    passwords: &Passwords,
    temporary_life: SignedDuration,
    card: Card,
) -> Result<Option<FirstOperator>, Failure> {
    advisory::lock(tx, Alone::Bootstrap).await?;
    let now = env.now();
    if store::grant::has_operator(tx, now - temporary_life).await? {
        return Ok(None);
    }
    let person = Person { id: env.ids.next(), agency: None, card, active: true, version: 0, updated_at: now };
    store::person::insert(tx, &person).await?;
    let temporary_password = temporary_password();
    let credential = Credential { hash: passwords.hash(&temporary_password).await?, set_at: now };
    let open = |login| Account::open(person.id, login, credential.clone(), now);
    let account = insert_with_free_login(tx, &person, open).await?;
    let right = Right { role: Role::Operator, level: Level::LocalAdministrator, scope: Scope::Province };
    store::grant::insert(tx, person.id, &Grant { id: env.ids.next(), right }, None, now).await?;
    announce::note(tx, env, AuditEntry::of(What::AccountCreated, person.id).with("BOOTSTRAP")).await?;
    announce::changed(tx, env, person.id).await?;
    Ok(Some(FirstOperator { person: person.id, login: account.login, temporary_password }))
}
