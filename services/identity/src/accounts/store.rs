//! Accounts.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::PersonId;
use uuid::Uuid;

use crate::accounts::domain::{
    account::{Account, DORMANCY},
    login::Login,
    state::{Credential, DisabledCause, Password, State, StateName},
};

/// Columns of an account.
pub(crate) struct Row {
    pub(crate) person_id: Uuid,
    pub(crate) login: String,
    pub(crate) state: String,
    pub(crate) password_hash: Option<String>,
    pub(crate) password_set_at: Option<jiff_sqlx::Timestamp>,
    pub(crate) password_temporary: Option<bool>,
    pub(crate) locked_at: Option<jiff_sqlx::Timestamp>,
    pub(crate) disabled_at: Option<jiff_sqlx::Timestamp>,
    pub(crate) disabled_cause: Option<String>,
    pub(crate) alerts_accepted: bool,
    pub(crate) last_sign_in_at: Option<jiff_sqlx::Timestamp>,
    pub(crate) awake_since: jiff_sqlx::Timestamp,
}

impl TryFrom<Row> for Account {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let wrong_in = |column| StoreError::inconsistent("account", column, row.person_id);
        let credential = match (row.password_hash, row.password_set_at) {
            (Some(hash), Some(at)) => Some(Credential { hash, set_at: at.to_jiff() }),
            _ => None,
        };
        let state = match StateName::parse(&row.state).ok_or_else(|| wrong_in("state"))? {
            StateName::Invited => State::Invited { temporary: credential.ok_or_else(|| wrong_in("password_hash"))? },
            StateName::Active => State::Active { own: credential.ok_or_else(|| wrong_in("password_hash"))? },
            StateName::Locked => State::Locked { since: row.locked_at.ok_or_else(|| wrong_in("locked_at"))?.to_jiff() },
            StateName::Disabled => State::Disabled {
                since: row.disabled_at.ok_or_else(|| wrong_in("disabled_at"))?.to_jiff(),
                cause: row
                    .disabled_cause
                    .as_deref()
                    .and_then(DisabledCause::parse)
                    .ok_or_else(|| wrong_in("disabled_cause"))?,
                password: credential.map(|credential| match row.password_temporary {
                    Some(false) => Password::Own(credential),
                    _ => Password::Temporary(credential),
                }),
            },
        };
        Ok(Self {
            person: row.person_id.into(),
            login: Login::parse(&row.login).ok_or_else(|| wrong_in("login"))?,
            state,
            alerts_accepted: row.alerts_accepted,
            last_sign_in_at: row.last_sign_in_at.map(jiff_sqlx::Timestamp::to_jiff),
            awake_since: row.awake_since.to_jiff(),
        })
    }
}

/// The columns that a state fills.
struct Columns<'a> {
    credential: Option<(&'a Credential, bool)>,
    locked_at: Option<Timestamp>,
    disabled: Option<(Timestamp, DisabledCause)>,
}

impl<'a> From<&'a State> for Columns<'a> {
    fn from(state: &'a State) -> Self {
        let none = Self { credential: None, locked_at: None, disabled: None };
        match state {
            State::Invited { temporary } => Self { credential: Some((temporary, true)), ..none },
            State::Active { own } => Self { credential: Some((own, false)), ..none },
            State::Locked { since } => Self { locked_at: Some(*since), ..none },
            State::Disabled { since, cause, password } => {
                let credential = password.as_ref().map(|password| match password {
                    Password::Temporary(credential) => (credential, true),
                    Password::Own(credential) => (credential, false),
                });
                Self { credential, disabled: Some((*since, *cause)), ..none }
            }
        }
    }
}

/// Adds an account. Answers `false`, and does nothing, if the login is taken or the person has an account.
///
/// # Errors
/// [`StoreError`].
pub async fn insert(tx: &mut Tx, account: &Account) -> Result<bool, StoreError> {
    let columns = Columns::from(&account.state);
    let done = sqlx::query!(
        "INSERT INTO account (person_id, login, state, password_hash, password_set_at, password_temporary,
                              locked_at, disabled_at, disabled_cause, alerts_accepted, last_sign_in_at, awake_since)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT DO NOTHING",
        account.person.uuid(),
        account.login.as_str(),
        account.state.name().code(),
        columns.credential.map(|(credential, _)| credential.hash.as_str()),
        columns.credential.map(|(credential, _)| credential.set_at.to_sqlx()) as _,
        columns.credential.map(|(_, temporary)| temporary),
        columns.locked_at.map(|at| at.to_sqlx()) as _,
        columns.disabled.map(|(at, _)| at.to_sqlx()) as _,
        columns.disabled.map(|(_, cause)| cause.code()),
        account.alerts_accepted,
        account.last_sign_in_at.map(|at| at.to_sqlx()) as _,
        account.awake_since.to_sqlx() as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes an account; the login stays.
///
/// # Errors
/// [`StoreError`].
pub async fn update(tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    let columns = Columns::from(&account.state);
    sqlx::query!(
        "UPDATE account SET state = $2, password_hash = $3, password_set_at = $4, password_temporary = $5,
                            locked_at = $6, disabled_at = $7, disabled_cause = $8, alerts_accepted = $9,
                            last_sign_in_at = $10, awake_since = $11
         WHERE person_id = $1",
        account.person.uuid(),
        account.state.name().code(),
        columns.credential.map(|(credential, _)| credential.hash.as_str()),
        columns.credential.map(|(credential, _)| credential.set_at.to_sqlx()) as _,
        columns.credential.map(|(_, temporary)| temporary),
        columns.locked_at.map(|at| at.to_sqlx()) as _,
        columns.disabled.map(|(at, _)| at.to_sqlx()) as _,
        columns.disabled.map(|(_, cause)| cause.code()),
        account.alerts_accepted,
        account.last_sign_in_at.map(|at| at.to_sqlx()) as _,
        account.awake_since.to_sqlx() as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// A person's account. Whoever changes it holds the person's row.
///
/// # Errors
/// [`StoreError`].
pub async fn find(tx: &mut Tx, person: PersonId) -> Result<Option<Account>, StoreError> {
    Ok(of_people(tx, &[person.uuid()]).await?.pop())
}

/// The accounts of some people, in no promised order.
///
/// # Errors
/// [`StoreError`].
pub async fn of_people(tx: &mut Tx, people: &[Uuid]) -> Result<Vec<Account>, StoreError> {
    sqlx::query_as!(
        Row,
        r#"SELECT person_id, login, state, password_hash, password_set_at AS "password_set_at: _", password_temporary,
                  locked_at AS "locked_at: _", disabled_at AS "disabled_at: _", disabled_cause,
                  alerts_accepted, last_sign_in_at AS "last_sign_in_at: _", awake_since AS "awake_since: _"
           FROM account WHERE person_id = ANY($1)"#,
        people,
    )
    .fetch_all(&mut **tx)
    .await?
    .into_iter()
    .map(TryInto::try_into)
    .collect()
}

/// Who has a login.
///
/// # Errors
/// [`StoreError`].
pub async fn owner(tx: &mut Tx, login: &Login) -> Result<Option<PersonId>, StoreError> {
    let row = sqlx::query!("SELECT person_id FROM account WHERE login = $1", login.as_str())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.map(|row| row.person_id.into()))
}

/// The logins that begin like `stem`.
///
/// # Errors
/// [`StoreError`].
pub async fn logins_like(tx: &mut Tx, stem: &Login) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query!("SELECT login FROM account WHERE starts_with(login, $1)", stem.as_str())
        .fetch_all(&mut **tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.login).collect())
}

/// At most `limit` people whose accounts sleep for too long.
///
/// # Errors
/// [`StoreError`].
pub async fn dormant(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<PersonId>, StoreError> {
    let rows = sqlx::query!(
        "SELECT person_id FROM account WHERE state <> 'DISABLED' AND awake_since <= $1 ORDER BY awake_since LIMIT $2",
        (now - DORMANCY).to_sqlx() as _,
        limit,
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| row.person_id.into()).collect())
}
