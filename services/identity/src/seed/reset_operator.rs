//! A way back for an operator, given by whoever has the machine that Tandem runs on.

use chassis::{Failure, Tx, UseCase};
use kernel::{Env, ErrorKind, Problem};

use crate::{
    accounts::{self, Credential, Login, Passwords, StateName, temporary_password},
    audit::{AuditEntry, What},
    grants,
    people::{self, PersonError},
    seed::FirstOperator,
    sessions::{self, EndCause},
};

/// Gives an operator a temporary password, whatever stood in the way: delays, a lock of a version before, a disabled account. The
/// sessions end.
#[derive(Clone)]
pub struct ResetOperator {
    /// Whose, as typed.
    pub login: String,
    /// Hashes the temporary password.
    pub passwords: Passwords,
}

/// No operator has the login.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no operator has this login; operators are: {}", known.join(", "))]
pub struct NoSuchOperator {
    /// The logins of those who are.
    known: Vec<String>,
}

impl Problem for NoSuchOperator {
    fn kind(&self) -> ErrorKind {
        ErrorKind::NotFound
    }

    fn reason(&self) -> &'static str {
        "NOT_FOUND"
    }
}

impl UseCase for ResetOperator {
    type Context = Env;
    type Output = FirstOperator;
    type Error = Failure;

    /// `NOT_FOUND` unless an operator has the login; `PERSON_ARCHIVED`.
    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<FirstOperator, Failure> {
        let now = env.now();
        let known = grants::operators_logins(tx).await?;
        let login = Login::parse(&self.login).filter(|login| known.iter().any(|known| known == login.as_str()));
        let Some(login) = login else { return Err(NoSuchOperator { known }.into()) };
        let person = accounts::owner(tx, &login).await?.ok_or(PersonError::NotFound)?;
        people::lock(tx, person).await?.ok_or(PersonError::NotFound)?.check_active()?;
        let account = accounts::find(tx, person).await?.ok_or(PersonError::NotFound)?;
        let account = if account.state.name() == StateName::Disabled { account.enable(now)? } else { account };
        let temporary_password = temporary_password();
        let temporary = Credential { hash: self.passwords.hash(&temporary_password).await?, set_at: now };
        accounts::update(tx, &account.reset(temporary, now)?).await?;
        sessions::end_all(tx, person, EndCause::Password, now).await?;
        sessions::end_delays(tx, &login).await?;
        people::note(tx, env, AuditEntry::of(What::PasswordReset, person).with("MACHINE")).await?;
        people::changed(tx, env, person).await?;
        Ok(FirstOperator { person, login, temporary_password })
    }
}
