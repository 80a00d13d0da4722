//! New accounts.

use chassis::{Failure, StoreError, Tx, UseCase};
use kernel::{Env, PersonId};

use crate::{
    accounts::{
        domain::{
            account::{Account, AccountError},
            login::Login,
            state::Credential,
        },
        store,
    },
    audit::{AuditEntry, What},
    people::{self, Actor, Person},
};

/// Opens an account with a temporary password.
#[derive(Clone, Debug)]
pub struct CreateAccount {
    pub actor: Actor,
    pub person: PersonId,
    /// `None`: made of the name.
    pub login: Option<Login>,
    /// The hash of the temporary password.
    pub hash: String,
}

impl UseCase for CreateAccount {
    type Context = Env;
    type Output = Account;
    type Error = Failure;

    /// `NOT_FOUND`, `OUT_OF_SCOPE`, `PERSON_ARCHIVED`, `ACCOUNT_EXISTS`, `LOGIN_TAKEN`.
    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Account, Failure> {
        let person = people::administered(tx, &self.actor, self.person).await?;
        person.check_active()?;
        if store::find(tx, person.id).await?.is_some() {
            return Err(AccountError::Exists.into());
        }
        let temporary = Credential { hash: self.hash.clone(), set_at: env.now() };
        let open = |login| Account::open(person.id, login, temporary.clone(), env.now());
        let account = match &self.login {
            Some(login) => {
                let account = open(login.clone());
                if !store::insert(tx, &account).await? {
                    return Err(AccountError::LoginTaken.into());
                }
                account
            }
            None => insert_with_free_login(tx, &person, open).await?,
        };
        people::note(tx, env, AuditEntry::of(What::AccountCreated, person.id).by(self.actor.person)).await?;
        people::changed(tx, env, person.id).await?;
        Ok(account)
    }
}

/// Whether a person's account holds the password of this hash, which has a salt of its own.
#[derive(Clone, Debug)]
pub struct HoldsPassword {
    pub person: PersonId,
    pub hash: String,
}

impl UseCase for HoldsPassword {
    type Context = Env;
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<bool, StoreError> {
        let account = store::find(tx, self.person).await?;
        Ok(account.is_some_and(|account| account.hash() == Some(&*self.hash)))
    }
}

/// Adds the account with the first login of the person's name that is free; one that somebody else takes at the same
/// moment is passed over.
pub(crate) async fn insert_with_free_login(
    tx: &mut Tx,
    person: &Person,
    open: impl Fn(Login) -> Account,
) -> Result<Account, StoreError> {
    let stem = Login::of_name(&person.card.first_name, &person.card.last_name);
    loop {
        let taken = store::logins_like(tx, &stem).await?;
        let account = open(stem.first_free(&taken));
        if store::insert(tx, &account).await? {
            return Ok(account);
        }
    }
}
