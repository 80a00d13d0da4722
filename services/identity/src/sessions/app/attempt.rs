//! A try with a login and a password, in three steps: look the hash up, compare (outside of any transaction, since it takes tens of
//! milliseconds), judge. A login that nobody has takes the same way as any other, statement by statement, so that neither
//! answers nor their time tell who has an account.

use chassis::{StoreError, Tx, UseCase};
use jiff::{SignedDuration, Timestamp};
use kernel::{Env, PersonId, Problem as _};
use uuid::Uuid;

use crate::{
    accounts::{self, Account, Login, Verdict},
    advisory,
    audit::{self, AuditEntry, What},
    people,
    sessions::{
        domain::{
            delays::{Counts, Policy},
            origin::Origin,
            sign_in::SignInError,
        },
        store::failure::{self, Place},
    },
};

/// What is tried, and from where.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// As typed.
    pub login: String,
    /// SHA-256 of what was typed as login, without case and spaces around it.
    pub digest: [u8; 32],
    /// From where.
    pub origin: Origin,
    /// How wrong passwords delay the next try.
    pub delays: Policy,
    /// How long a temporary password holds.
    pub temporary_life: SignedDuration,
}

/// Whose login it is, and the hash to compare with.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// `None` where nobody has the login.
    pub person: Option<PersonId>,
    /// `None` while there is no password to compare with.
    pub hash: Option<String>,
}

/// A try whose password has been compared.
#[derive(Clone, Debug)]
pub struct Tried {
    /// What was tried.
    pub attempt: Attempt,
    /// Whose login it is, if anybody's.
    pub candidate: Candidate,
    /// Whether the password belongs to the candidate's hash.
    pub right: bool,
}

/// Somebody who gave the right password of an enabled account. The account is to be stored by whoever lets them in.
pub(crate) struct Admitted {
    pub(crate) account: Account,
    pub(crate) must_change: bool,
}

/// Looks up whose login it is. A text that can't be a login is nobody's.
#[derive(Clone, Debug)]
pub struct FindCandidate(pub Attempt);

impl UseCase for FindCandidate {
    type Context = Env;
    /// [`SignInError::Delayed`] if the try has to wait: then no password is looked at.
    type Output = Result<Candidate, SignInError>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Self::Output, StoreError> {
        let (attempt, network) = (&self.0, self.0.origin.counted_as());
        let person = match Login::parse(&attempt.login) {
            Some(login) => accounts::owner(tx, &login).await?,
            None => None,
        };
        let place = Place { login: &attempt.digest, network: &network };
        let counts = failure::read(tx, place, env.now()).await?;
        if let Some(refusal) = delayed(tx, attempt, person, &counts, env.now()).await? {
            return Ok(Err(refusal));
        }
        let account = accounts::find(tx, held(person)).await?;
        Ok(Ok(Candidate { person, hash: account.and_then(|account| account.hash().map(str::to_owned)) }))
    }
}

/// Judges a try. A refusal is an answer, not an error, since what it counted must be committed.
pub(crate) async fn judge(tx: &mut Tx, env: &Env, tried: &Tried) -> Result<Result<Admitted, SignInError>, StoreError> {
    let (attempt, candidate, now) = (&tried.attempt, &tried.candidate, env.now());
    let network = attempt.origin.counted_as();
    let place = Place { login: &attempt.digest, network: &network };
    // Guesses at the same moment are judged one after the other, at a login that nobody has too.
    advisory::lock_login(tx, &attempt.digest).await?;
    people::lock(tx, held(candidate.person)).await?;
    let account = accounts::find(tx, held(candidate.person)).await?;
    let counts = failure::read(tx, place, now).await?;
    // Others may have guessed while ours was compared.
    if let Some(refusal) = delayed(tx, attempt, candidate.person, &counts, now).await? {
        return Ok(Err(refusal));
    }
    let is_replaced = |account: &Account| account.hash().is_some() && account.hash() != candidate.hash.as_deref();
    if account.as_ref().is_some_and(is_replaced) {
        // The password was replaced while ours was compared with the old one: neither right nor counted as wrong.
        return Ok(Err(SignInError::Refused));
    }
    let judged = account.map(|account| (account.try_password(tried.right, now), account));
    let Some((verdict, account)) = judged.filter(|(verdict, _)| *verdict != Verdict::Wrong) else {
        return Ok(Err(count(tx, env, tried, place).await?));
    };
    if counts.login.wrong > 0 || counts.pair.wrong > 0 {
        failure::forgive(tx, place, &counts).await?;
    }
    let refusal = match verdict {
        Verdict::Right { .. } if account.invitation_has_expired(attempt.temporary_life, now) => {
            SignInError::TemporaryPasswordExpired
        }
        Verdict::Right { must_change } => return Ok(Ok(Admitted { account, must_change })),
        Verdict::Disabled => SignInError::Disabled,
        Verdict::Wrong => SignInError::Refused,
    };
    let entry = AuditEntry::of(What::Refused, account.person).from(attempt.origin.address).with(refusal.reason());
    people::note(tx, env, entry).await?;
    Ok(Err(refusal))
}

/// Counts a wrong password, and says whether the next one has to wait.
async fn count(tx: &mut Tx, env: &Env, tried: &Tried, place: Place<'_>) -> Result<SignInError, StoreError> {
    let (attempt, person, now) = (&tried.attempt, tried.candidate.person, env.now());
    let counts = failure::add(tx, place, now).await?;
    let (what, refusal) = match delayed(tx, attempt, person, &counts, now).await? {
        Some(SignInError::Delayed { seconds }) => (What::Delayed, SignInError::DelayBegins { seconds }),
        _ => (What::Refused, SignInError::Refused),
    };
    let entry = AuditEntry { person, address: attempt.origin.address, ..AuditEntry::unknown(what) };
    people::note(tx, env, entry.with(refusal.reason())).await?;
    Ok(refusal)
}

/// The refusal of a try that has to wait.
async fn delayed(
    tx: &mut Tx,
    attempt: &Attempt,
    person: Option<PersonId>,
    counts: &Counts,
    now: Timestamp,
) -> Result<Option<SignInError>, StoreError> {
    if counts.delayed_until(&attempt.delays, false, now).is_none() {
        return Ok(None);
    }
    let policy = &attempt.delays;
    let known = audit::has_signed_in_from(tx, held(person), attempt.origin.network, now - policy.known).await?;
    Ok(counts
        .delayed_until(policy, known, now)
        .map(|until| SignInError::Delayed { seconds: seconds_until(until, now) }))
}

/// Rounded up, so that whoever waits as long as they are told is heard.
fn seconds_until(until: Timestamp, now: Timestamp) -> u64 {
    u64::try_from(until.duration_since(now).as_millis()).map_or(0, |millis| millis.div_ceil(1000))
}

/// Who is looked up: nobody is looked up, too.
fn held(person: Option<PersonId>) -> PersonId {
    person.unwrap_or_else(|| Uuid::nil().into())
}
