//! The mails about a request, newest first.

use std::collections::{HashMap, hash_map::Entry};

use chassis::Tx;
use kernel::{ErrorKind, PersonId, PlacementRequestId, Problem};

use crate::{
    domain::{Delivery, Person, Reach},
    store,
};

/// A delivery and who it is for, if known.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The delivery.
    pub delivery: Delivery,
    /// Its recipient.
    pub person: Option<Person>,
}

/// Why not.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such request, or not in the caller's reach.
    #[error("no such request in reach")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Problem for Error {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound => ErrorKind::NotFound,
            Self::Store(error) => error.kind(),
        }
    }

    fn reason(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::Store(error) => error.reason(),
        }
    }
}

/// Lists them.
///
/// # Errors
/// [`Error::NotFound`] where the request is not in the caller's reach.
pub async fn run(tx: &mut Tx, reach: &Reach, request: PlacementRequestId) -> Result<Vec<Listed>, Error> {
    let (_, facts) = store::request::find(tx, request).await?.ok_or(Error::NotFound)?;
    if !reach.sees(&facts) {
        return Err(Error::NotFound);
    }
    let deliveries = store::delivery::of_request(tx, request).await?;
    let mut people: HashMap<PersonId, Option<Person>> = HashMap::new();
    for id in deliveries.iter().filter_map(|d| d.recipient) {
        if let Entry::Vacant(new) = people.entry(id) {
            new.insert(store::person::find(tx, id).await?);
        }
    }
    let listed = |delivery: Delivery| {
        let person = delivery.recipient.and_then(|id| people.get(&id).cloned().flatten());
        Listed { delivery, person }
    };
    Ok(deliveries.into_iter().map(listed).collect())
}
