//! What a closure touches (domain §5.6).

use super::Status;

/// Whether a closure touches a request in a stored state: it has left the school, or will by itself, and nobody has ended it. What
/// a destination answered makes no difference, so that nobody reads it from a list or a mail.
#[must_use]
pub fn is_touched_by_closures(status: Status) -> bool {
    status.is_open() && status != Status::Draft
}

/// The stored states in which a closure touches a request.
pub fn touched_by_closures() -> impl Iterator<Item = Status> {
    Status::ALL.iter().copied().filter(|status| is_touched_by_closures(*status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_destination_answered_makes_no_difference() {
        let touched: Vec<_> = touched_by_closures().collect();
        assert!(touched.contains(&Status::DeclinedByDestination) && touched.contains(&Status::AcceptedByDestination));
        assert!(touched.contains(&Status::Held) && touched.contains(&Status::Confirmed));
        for over in [Status::Draft, Status::Declined, Status::Cancelled, Status::Deleted] {
            assert!(!touched.contains(&over), "{over:?}");
        }
    }
}
