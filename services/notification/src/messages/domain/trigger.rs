//! What happened: the events that trigger messages, and those that only change what messages say.

/// Off-line sending is absent on purpose: the school asks such an agency by itself (domain §12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trigger {
    /// Waits for the receiving coordinator.
    Sent,
    /// Waits for the destination; what it awaits says in which way.
    Redirected,
    /// The destination said yes.
    AcceptedByDestination,
    /// The destination said no.
    DeclinedByDestination,
    /// The agency said yes.
    Accepted,
    /// The agency said no.
    Declined,
    /// The school committed.
    Confirmed,
    /// Stopped.
    Cancelled,
    /// Pending again after a cancellation.
    Reactivated,
    /// Dates moved; pending again if resubmitted.
    Postponed,
    /// Dates changed. What nobody had agreed to yet is shown on screen, not mailed.
    DatesChanged,
    /// The unit changed.
    DestinationChanged,
    /// A closure affects requests of a school's coordinator; it is about no request in particular.
    RequestsAffectedByClosure,
}
