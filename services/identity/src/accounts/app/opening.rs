//! A new account.

use chassis::{Failure, StoreError, Tx};
use kernel::{Env, PersonId};

use crate::{
    accounts::{
        domain::{
            account::{Account, AccountError, Credential},
            login::Login,
        },
        store,
    },
    audit::{AuditEntry, What},
    people::{self, Actor, Person},
};

/// Asks for an account.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// For whom.
    pub person: PersonId,
    /// `None`: made of the name.
    pub login: Option<Login>,
}

/// Opens an account with the temporary password of this hash.
///
/// # Errors
/// `NOT_FOUND`, `OUT_OF_SCOPE`, `PERSON_ARCHIVED`, `ACCOUNT_EXISTS`, `LOGIN_TAKEN`.
pub async fn run(
    tx: &mut Tx,
    env: &Env,
    actor: &Actor,
    ask: &NewAccount,
    temporary_hash: &str,
) -> Result<Account, Failure> {
    let person = people::administered(tx, actor, ask.person).await?;
    person.check_active()?;
    if store::find(tx, person.id).await?.is_some() {
        return Err(AccountError::Exists.into());
    }
    let temporary = Credential { hash: temporary_hash.to_owned(), set_at: env.now() };
    let open = |login| Account::open(person.id, login, temporary.clone(), env.now());
    let account = match &ask.login {
        Some(login) => {
            let account = open(login.clone());
            if !store::insert(tx, &account).await? {
                return Err(AccountError::LoginTaken.into());
            }
            account
        }
        None => insert_with_free_login(tx, &person, open).await?,
    };
    people::note(tx, env, AuditEntry::of(What::AccountCreated, person.id).by(actor.person)).await?;
    people::changed(tx, env, person.id).await?;
    Ok(account)
}

/// Whether a person's account holds the password of this hash, which has a salt of its own.
///
/// # Errors
/// [`StoreError`].
pub async fn holds(tx: &mut Tx, person: PersonId, hash: &str) -> Result<bool, StoreError> {
    Ok(store::find(tx, person).await?.is_some_and(|account| account.hash() == Some(hash)))
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
