//! The first operator, without whom nobody could make anybody else.

use chassis::{Failure, Tx, UseCase};
use directory::model::{Grant as Right, Level, Role, Scope};
use jiff::SignedDuration;
use kernel::{Env, PersonId};

use crate::{
    accounts::{Account, Credential, Login, Passwords, insert_with_free_login, temporary_password},
    advisory::{self, Alone},
    audit::{AuditEntry, What},
    grants::{self, Grant},
    people::{self, Card, Person},
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

/// Makes an operator with a temporary password, unless there is one who can sign in: then answers `None`. One who is disabled,
/// archived or locked by a version before, or whose temporary password has expired, does not count, since nobody could
/// help them. The all-in-one and the administrator's command line do this at each start; two at the same time make one.
#[derive(Clone)]
pub struct Bootstrap {
    /// Hashes the temporary password.
    pub passwords: Passwords,
    /// How long a temporary password holds.
    pub temporary_life: SignedDuration,
    /// What the operator's staff record says.
    pub card: Card,
}

impl UseCase for Bootstrap {
    type Context = Env;
    type Output = Option<FirstOperator>;
    type Error = Failure;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Option<FirstOperator>, Failure> {
        advisory::lock(tx, Alone::Operators).await?;
        let now = env.now();
        if !grants::usable_operators(tx, now - self.temporary_life).await?.is_empty() {
            return Ok(None);
        }
        let card = self.card.clone();
        let person = Person { id: env.ids.next(), agency: None, card, active: true, version: 0, updated_at: now };
        people::insert(tx, &person).await?;
        let temporary_password = temporary_password();
        let credential = Credential { hash: self.passwords.hash(&temporary_password).await?, set_at: now };
        let open = |login| Account::open(person.id, login, credential.clone(), now);
        let account = insert_with_free_login(tx, &person, open).await?;
        let right = Right { role: Role::Operator, level: Level::LocalAdministrator, scope: Scope::Province };
        grants::insert(tx, person.id, &Grant { id: env.ids.next(), right }, None, now).await?;
        people::note(tx, env, AuditEntry::of(What::AccountCreated, person.id).with("BOOTSTRAP")).await?;
        people::changed(tx, env, person.id).await?;
        Ok(Some(FirstOperator { person: person.id, login: account.login, temporary_password }))
    }
}
