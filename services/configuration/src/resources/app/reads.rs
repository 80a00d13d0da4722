//! One entry, and pages of them, alike for the ten resources.

use chassis::{UseCase, db::Tx};
use kernel::cut_page;

use crate::resources::{
    app::{context::Context, refusal::Refusal, resource::Resource},
    domain::{
        listing::{Listing, Position},
        stored::Stored,
    },
};

/// One entry.
pub struct Get<R: Resource>(pub R::Key);

impl<R: Resource> UseCase for Get<R> {
    type Context = Context;
    type Output = Stored<R>;
    type Error = Refusal;

    /// `NOT_FOUND`.
    async fn run(&self, tx: &mut Tx, _: &Context) -> Result<Stored<R>, Refusal> {
        get(tx, &self.0).await
    }
}

/// The entries of a page.
pub struct List<R: Resource>(pub Listing<R::Filter>);

impl<R: Resource> UseCase for List<R> {
    type Context = Context;
    /// The entries, and where the next page begins if more follow.
    type Output = (Vec<Stored<R>>, Option<Position>);
    type Error = Refusal;

    async fn run(&self, tx: &mut Tx, _: &Context) -> Result<Self::Output, Refusal> {
        list(tx, &self.0).await
    }
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
    let mut entries = R::list(tx, &listing.with_limit(listing.limit + 1)).await?;
    let next = cut_page(&mut entries, listing.limit, |last| Position {
        sort_key: last.value.sort_key(listing.locale),
        id: last.value.key().to_string(),
        language: listing.locale.to_string(),
    });
    Ok((entries, next))
}
