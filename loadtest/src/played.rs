//! What one program did in a run.

use serde::Serialize;

use crate::{profiles::Phase, verify::Verdict};

/// What one program did.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Played {
    pub(crate) phases: Vec<Phase>,
    pub(crate) verdict: Verdict,
    /// Lines of Tandem's log at these levels, of all its processes of this run.
    pub(crate) log_errors: u64,
    pub(crate) log_warnings: u64,
    /// Journeys per second that `load` found to be sustained.
    pub(crate) sustained: Option<f64>,
    /// The last lines of the log.
    #[serde(skip)]
    pub(crate) log: String,
}
