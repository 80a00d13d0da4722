//! Creating and changing an entry, alike for the ten resources.

use chassis::{Principal, UseCase, db::Tx, mask::Mask};
use eventing::outbox::{self, Fact};
use kernel::Env;

use crate::{
    profiles::{self, FieldChange, ProfileChange},
    resources::{
        app::{context::Context, reads::get, refusal::Refusal, resource::Resource},
        domain::stored::Stored,
    },
};

/// Creates an entry.
pub struct Create<R> {
    pub who: Principal,
    pub value: R,
}

impl<R: Resource> UseCase for Create<R> {
    type Context = Context;
    type Output = Stored<R>;
    type Error = Refusal;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Stored<R>, Refusal> {
        R::permit(tx, &self.who, None, &self.value).await?;
        R::check(tx, cx, None, &self.value).await?;
        let stored = add(tx, &cx.env, &self.value).await?;
        remember(tx, &cx.env, &self.who, &stored, Vec::new()).await?;
        Ok(stored)
    }
}

/// Changes an entry: its message with the fields of the mask laid over it, parsed again, is what becomes of it. A change that
/// changes nothing leaves the version and tells nobody.
pub struct Update<R: Resource> {
    pub who: Principal,
    pub key: R::Key,
    /// The version that was read, if the caller insists on it.
    pub etag: Option<i64>,
    /// What is to be laid over the entry, where the mask says so.
    pub message: R::Proto,
    pub mask: Mask,
}

impl<R: Resource> UseCase for Update<R> {
    type Context = Context;
    type Output = Stored<R>;
    type Error = Refusal;

    async fn run(&self, tx: &mut Tx, cx: &Context) -> Result<Stored<R>, Refusal> {
        R::lock(tx, &self.key).await?;
        let before = get::<R>(tx, &self.key).await?;
        let after = R::merge(&before, &self.message, &self.mask)?;
        R::permit(tx, &self.who, Some(&before.value), &after).await?;
        if self.etag.is_some_and(|etag| etag != before.version) {
            return Err(Refusal::Stale);
        }
        R::check(tx, cx, Some(&before.value), &after).await?;
        if after == before.value {
            return Ok(before);
        }
        let stored = replace(tx, &cx.env, &after).await?;
        remember(tx, &cx.env, &self.who, &stored, before.value.differences(&after)).await?;
        Ok(stored)
    }
}

/// Keeps what somebody did to a profile.
async fn remember<R: Resource>(
    tx: &mut Tx,
    env: &Env,
    who: &Principal,
    stored: &Stored<R>,
    fields: Vec<FieldChange>,
) -> Result<(), Refusal> {
    let Some(profile) = stored.value.profile() else { return Ok(()) };
    let (id, at) = (env.ids.next(), stored.changed_at);
    let change = ProfileChange { id, version: stored.version, at, person: who.person, fields };
    Ok(profiles::append(tx, profile, &change).await?)
}

/// Adds an entry and tells the others. An id is always fresh, a code may be taken.
pub async fn add<R: Resource>(tx: &mut Tx, env: &Env, value: &R) -> Result<Stored<R>, Refusal> {
    let stored = replace(tx, env, value).await?;
    if stored.version == 1 { Ok(stored) } else { Err(Refusal::CodeTaken) }
}

/// Writes an entry and tells the others.
pub async fn replace<R: Resource>(tx: &mut Tx, env: &Env, value: &R) -> Result<Stored<R>, Refusal> {
    let changed_at = env.now();
    let version = R::save(tx, value, changed_at).await?;
    let stored = Stored { value: value.clone(), version, changed_at };
    outbox::append(tx, &fact(env, &stored), &R::changed(&stored)).await?;
    Ok(stored)
}

/// The fact that an entry is at its present version.
pub fn fact<R: Resource>(env: &Env, stored: &Stored<R>) -> Fact {
    Fact {
        id: env.ids.next(),
        aggregate_id: stored.value.key().to_string(),
        aggregate_version: stored.version,
        occurred_at: stored.changed_at,
    }
}
