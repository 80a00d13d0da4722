//! What a province starts with: reasons, placement types and terms. Run at each start: adds what is missing, never touches
//! what the province has made of it.

use std::collections::HashSet;

use chassis::{UseCase, db::Tx};
use kernel::{Env, Locale};

use crate::{
    programs::Term,
    resources::{self, Listing, Refusal, Resource, Sorted as _, Table as _},
    seed::domain,
};

/// How many entries were added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Reasons (domain §8).
    pub reasons: usize,
    /// Placement types (domain §7.2).
    pub placement_types: usize,
    /// Terms (domain §3.1).
    pub terms: usize,
}

/// Adds the starter lists, and the terms of some years.
#[derive(Clone, Debug)]
pub struct AddStarterLists {
    years: Vec<i16>,
}

impl AddStarterLists {
    /// With the terms of `years` (the year of their first day).
    ///
    /// # Panics
    /// If a year lies outside 1900 to 2199.
    #[must_use]
    pub fn new(years: &[i16]) -> Self {
        assert!(years.iter().all(|y| (1900..2200).contains(y)), "years of four digits that a contract can hold");
        Self { years: years.to_vec() }
    }
}

impl UseCase for AddStarterLists {
    type Context = Env;
    type Output = Added;
    type Error = Refusal;

    async fn run(&self, tx: &mut Tx, env: &Env) -> Result<Added, Refusal> {
        Ok(Added {
            reasons: add_missing(tx, env, domain::reasons()).await?,
            placement_types: add_missing(tx, env, domain::placement_types()).await?,
            terms: ensure_terms(tx, env, &self.years).await?,
        })
    }
}

async fn add_missing<R: Resource>(tx: &mut Tx, env: &Env, entries: Vec<R>) -> Result<usize, Refusal> {
    let mut added = 0;
    for entry in entries {
        if R::find(tx, &entry.key()).await?.is_none() {
            resources::add(tx, env, &entry).await?;
            added += 1;
        }
    }
    Ok(added)
}

/// A term is there if one has its days, whatever the province calls it and whether or not it is still offered.
async fn ensure_terms(tx: &mut Tx, env: &Env, years: &[i16]) -> Result<usize, Refusal> {
    let all = Term::list(tx, &Listing::all(env.today(), i64::MAX)).await?;
    let mut days: HashSet<String> = all.iter().map(|t| days_of(&t.value)).collect();
    let mut added = 0;
    for term in years.iter().flat_map(|year| Term::of_year(*year, &env.ids)) {
        if days.insert(days_of(&term)) {
            resources::add(tx, env, &term).await?;
            added += 1;
        }
    }
    Ok(added)
}

/// The days decide the order of terms, and so do their sort keys.
fn days_of(term: &Term) -> String {
    term.sort_key(Locale::Fr)
}
