//! What placement tells of a closure (domain §5.6).

use kernel::ClosureId;
use serde::{Deserialize, Serialize};

/// That a closure affects requests of somebody, and how many; not which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AffectedRequests {
    pub(crate) closure: ClosureId,
    #[serde(rename = "requests")]
    pub(crate) count: i32,
}
