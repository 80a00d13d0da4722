//! Creating, reading, listing and changing an entry of the directory, alike for the ten resources.

use std::future::Future;

use chassis::{Principal, db::Tx};
use eventing::outbox::{self, Fact};
use kernel::{Env, Invalid};

use crate::{
    profiles::{self, FieldChange, Profile, ProfileChange},
    resources::{
        app::{context::Context, refusal::Refusal},
        domain::{
            listing::{Listing, Position},
            stored::Stored,
        },
        store::table::Table,
        wire::message::Message,
    },
};

/// A resource of the directory: a table, a message, and the rules for writing it. Reading is open to everyone who is
/// signed in: the directory holds no personal data.
pub trait Resource: Table + Message {
    /// Whether the caller may make `after` of `before` (`None`: create it). What stands above the entry may turn out
    /// not to exist; [`Resource::check`] says so then.
    fn permit(
        tx: &mut Tx,
        who: &Principal,
        before: Option<&Self>,
        after: &Self,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;

    /// The profile whose history remembers its changes, if it has one.
    fn profile(&self) -> Option<Profile> {
        None
    }

    /// What the history says of a change to `after`.
    fn differences(&self, _after: &Self) -> Vec<FieldChange> {
        Vec::new()
    }

    /// Whether `after` may stand in the directory, whoever asks.
    fn check(
        tx: &mut Tx,
        cx: &Context,
        before: Option<&Self>,
        after: &Self,
    ) -> impl Future<Output = Result<(), Refusal>> + Send;
}

/// Creates an entry.
pub async fn create<R: Resource>(tx: &mut Tx, cx: &Context, who: &Principal, value: &R) -> Result<Stored<R>, Refusal> {
    R::permit(tx, who, None, value).await?;
    R::check(tx, cx, None, value).await?;
    let stored = add(tx, &cx.env, value).await?;
    remember(tx, &cx.env, who, &stored, Vec::new()).await?;
    Ok(stored)
}

/// One entry.
pub async fn get<R: Resource>(tx: &mut Tx, key: &R::Key) -> Result<Stored<R>, Refusal> {
    R::find(tx, key).await?.ok_or(Refusal::NotFound)
}

/// The entries of a page, and where the next one begins.
pub async fn list<R: Resource>(
    tx: &mut Tx,
    listing: &Listing<R::Filter>,
) -> Result<(Vec<Stored<R>>, Option<Position>), Refusal> {
    let size = usize::try_from(listing.limit).unwrap_or(usize::MAX);
    // One more than asked for tells whether there is a next page.
    let mut entries = R::list(tx, &listing.with_limit(listing.limit + 1)).await?;
    let has_more = entries.len() > size;
    entries.truncate(size);
    let next = entries.last().filter(|_| has_more).map(|last| Position {
        sort_key: last.value.sort_key(listing.locale),
        id: last.value.key().to_string(),
        language: listing.locale.to_string(),
    });
    Ok((entries, next))
}

/// Makes of an entry what `change` says, if it is still at version `etag` (`None`: at any). A change that changes nothing
/// leaves the version and tells nobody.
pub async fn update<R: Resource>(
    tx: &mut Tx,
    cx: &Context,
    who: &Principal,
    key: &R::Key,
    etag: Option<i64>,
    change: &(dyn Fn(&Stored<R>) -> Result<R, Invalid> + Sync),
) -> Result<Stored<R>, Refusal> {
    R::lock(tx, key).await?;
    let before = get::<R>(tx, key).await?;
    let after = change(&before)?;
    R::permit(tx, who, Some(&before.value), &after).await?;
    if etag.is_some_and(|etag| etag != before.version) {
        return Err(Refusal::Stale);
    }
    R::check(tx, cx, Some(&before.value), &after).await?;
    if after == before.value {
        return Ok(before);
    }
    let stored = replace(tx, &cx.env, &after).await?;
    remember(tx, &cx.env, who, &stored, before.value.differences(&after)).await?;
    Ok(stored)
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
