//! What closures touch.

use kernel::ClosureId;
use proto::placement::v1::RequestsAffectedByClosure;

use super::domain::Touched;

/// The event that tells one school coordinator.
#[must_use]
pub fn requests_affected_by_closure(closure: ClosureId, touched: Touched) -> RequestsAffectedByClosure {
    RequestsAffectedByClosure {
        closure_id: closure.to_string(),
        placing_coordinator_id: touched.coordinator.to_string(),
        request_count: i32::try_from(touched.requests).unwrap_or(i32::MAX),
    }
}
