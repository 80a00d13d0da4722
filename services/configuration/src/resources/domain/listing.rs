//! Asking for a page of the directory, in an order that does not hang on accents, case or the cluster's locale.

use jiff::civil::Date;
use kernel::{Locale, SearchTerms};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How an entry is ordered and found.
pub trait Sorted {
    /// The text by which it is ordered for readers of a language.
    fn sort_key(&self, locale: Locale) -> String;

    /// The folded text in which a part of a name is looked for.
    fn search_text(&self) -> String;
}

/// The last entry of a page: where the next one begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Its sort key.
    #[serde(rename = "s")]
    pub sort_key: String,
    /// Its id or code, which settles a tie.
    #[serde(rename = "i")]
    pub id: String,
    /// The language whose order the pages follow, even if the reader changes it on the way.
    #[serde(rename = "l")]
    pub language: String,
}

impl Position {
    /// The id as a UUID; the least one if it is none, which at worst repeats an entry to someone who forged the token.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        self.id.parse().unwrap_or_default()
    }
}

/// Which entries, and which page of them.
#[derive(Clone, Debug)]
pub struct Listing<F> {
    /// What is particular to the resource, such as the site whose services are asked for.
    pub filter: F,
    /// Parts of names; none for all.
    pub query: SearchTerms,
    /// Also what is no longer active.
    pub include_inactive: bool,
    /// Today in the province: what has ended before is not active.
    pub today: Date,
    /// The language of the order.
    pub locale: Locale,
    /// Where the page before ended.
    pub after: Option<Position>,
    /// At most so many.
    pub limit: i64,
}

impl<F: Clone> Listing<F> {
    /// The same page with another number of entries.
    #[must_use]
    pub fn with_limit(&self, limit: i64) -> Self {
        Self { limit, ..self.clone() }
    }
}

impl<F: Default> Listing<F> {
    /// The first `limit` entries of all, active or not.
    #[must_use]
    pub fn all(today: Date, limit: i64) -> Self {
        Self {
            filter: F::default(),
            query: SearchTerms::default(),
            include_inactive: true,
            today,
            locale: Locale::Fr,
            after: None,
            limit,
        }
    }
}

impl<F> Listing<F> {
    /// The sort key behind which the page begins.
    #[must_use]
    pub fn after_key(&self) -> Option<&str> {
        self.after.as_ref().map(|p| p.sort_key.as_str())
    }

    /// The id behind which the page begins, among equal sort keys.
    #[must_use]
    pub fn after_uuid(&self) -> Option<Uuid> {
        self.after.as_ref().map(Position::uuid)
    }

    /// The code behind which the page begins, among equal sort keys.
    #[must_use]
    pub fn after_code(&self) -> Option<&str> {
        self.after.as_ref().map(|p| p.id.as_str())
    }
}
