//! What an import did, or would do.

use serde::Serialize;

use crate::facilities::domain::row::Cause;

/// What an import did; of a dry run, what it would have done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The encoding that was found.
    pub encoding: &'static str,
    /// The province that was asked for.
    pub province: String,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Rows of the province.
    pub rows: usize,
    /// Rows of other provinces, which were passed over.
    pub other_provinces: usize,
    /// What became of the organisations.
    pub agencies: Counts,
    /// What became of the facilities.
    pub sites: Counts,
    /// Rows that were not taken, by line.
    pub rejected: Vec<Rejection>,
}

/// How many entries of a kind were met, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// New here.
    pub created: usize,
    /// The source says something else of them than last time.
    pub updated: usize,
    /// The source says the same of them as last time.
    pub unchanged: usize,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rejection {
    /// The line of the file on which the row begins; the header's is 1.
    pub line: u64,
    /// Stable code, such as `MALFORMED_POSTAL_CODE`.
    pub cause: &'static str,
    /// What in the row shows it.
    pub detail: String,
}

/// What becomes of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Created,
    Updated,
    Unchanged,
}

impl Counts {
    pub(crate) const fn note(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
        }
    }
}

impl Report {
    pub(crate) fn new(encoding: &'static str, province: &str, dry_run: bool) -> Self {
        Self {
            encoding,
            province: province.to_owned(),
            dry_run,
            rows: 0,
            other_provinces: 0,
            agencies: Counts::default(),
            sites: Counts::default(),
            rejected: Vec::new(),
        }
    }

    pub(crate) fn reject(&mut self, line: u64, cause: Cause, detail: impl Into<String>) {
        self.rejected.push(Rejection { line, cause: cause.code(), detail: detail.into() });
    }
}
