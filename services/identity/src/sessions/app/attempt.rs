//! A try with a login and a password, in three steps: look the hash up, compare (outside of any transaction, since it takes tens of
//! milliseconds), judge.

use chassis::{StoreError, Tx, UseCase};
use jiff::SignedDuration;
use kernel::{Env, PersonId, Problem as _};

use crate::{
    accounts::{self, Account, Login, Verdict, WRONG_PASSWORDS},
    audit::{AuditEntry, What},
    people,
    sessions::{domain::sign_in::SignInError, store},
};

/// Whose login it is, and the hash to compare with.
#[derive(Clone, Debug)]
pub struct Candidate {
    person: PersonId,
    /// `None` while there is no password to compare with.
    pub hash: Option<String>,
}

/// A try whose password has been compared.
#[derive(Clone, Debug)]
pub struct Tried {
    /// SHA-256 of what was typed as login.
    pub login_digest: [u8; 32],
    /// Whose login it is, if anybody's.
    pub candidate: Option<Candidate>,
    /// Whether the password belongs to the candidate's hash.
    pub right: bool,
    /// How long a temporary password holds.
    pub temporary_life: SignedDuration,
}

/// Somebody who gave the right password of an enabled account. The account is to be stored by whoever lets them in.
pub(crate) struct Admitted {
    pub(crate) account: Account,
    pub(crate) must_change: bool,
}

/// Looks up whose login it is. A text that can't be a login is nobody's.
#[derive(Clone, Debug)]
pub struct FindCandidate {
    pub login: String,
}

impl UseCase for FindCandidate {
    type Context = Env;
    type Output = Option<Candidate>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<Option<Candidate>, StoreError> {
        let Some(login) = Login::parse(&self.login) else { return Ok(None) };
        let Some(person) = accounts::owner(tx, &login).await? else { return Ok(None) };
        let account = accounts::find(tx, person).await?;
        Ok(account.map(|account| Candidate { person, hash: account.hash().map(str::to_owned) }))
    }
}

/// Judges a try. A refusal is an answer, not an error, since what it counted must be committed.
pub(crate) async fn judge(tx: &mut Tx, env: &Env, tried: &Tried) -> Result<Result<Admitted, SignInError>, StoreError> {
    let Some(candidate) = &tried.candidate else { return Ok(Err(stray(tx, env, tried).await?)) };
    people::lock(tx, candidate.person).await?;
    let Some(before) = accounts::find(tx, candidate.person).await? else { return Ok(Err(SignInError::Refused)) };
    if before.hash().is_some() && before.hash() != candidate.hash.as_deref() {
        // The password was replaced while ours was compared with the old one: neither right nor counted as wrong.
        return Ok(Err(SignInError::Refused));
    }
    let (account, verdict) = before.clone().try_password(tried.right, env.now());
    let refusal = match verdict {
        Verdict::Right { .. } if before.invitation_has_expired(tried.temporary_life, env.now()) => {
            SignInError::TemporaryPasswordExpired
        }
        Verdict::Right { must_change } => return Ok(Ok(Admitted { account, must_change })),
        Verdict::Wrong => SignInError::Refused,
        Verdict::Locked => SignInError::Locked,
        Verdict::Disabled => SignInError::Disabled,
    };
    if account != before {
        accounts::update(tx, &account).await?;
    }
    let entry = |what| AuditEntry::of(what, account.person).with(refusal.reason());
    if account.state.name() == before.state.name() {
        people::note(tx, env, entry(What::Refused)).await?;
    } else {
        people::note(tx, env, entry(What::Locked)).await?;
        people::changed(tx, env, account.person).await?;
    }
    Ok(Err(refusal))
}

/// A login that nobody has answers like any other, up to its lock, so that answers tell nobody who has an account.
async fn stray(tx: &mut Tx, env: &Env, tried: &Tried) -> Result<SignInError, StoreError> {
    let attempts = store::stray_attempt::count(tx, &tried.login_digest, env.now()).await?;
    let refusal = if attempts >= i16::from(WRONG_PASSWORDS) { SignInError::Locked } else { SignInError::Refused };
    let entry = AuditEntry {
        what: What::Refused,
        person: None,
        actor: None,
        session: None,
        detail: refusal.reason().to_owned(),
    };
    people::note(tx, env, entry).await?;
    Ok(refusal)
}
