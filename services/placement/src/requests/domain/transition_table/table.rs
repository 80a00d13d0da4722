//! Who may do what, from which state, and where it leads: written out by hand.

use crate::requests::domain::{Action, Role, Status};

use Action as M;
use Role::{DestinationCoordinator as DC, PlacingCoordinator as PC, ReceivingCoordinator as RC, System as CLOCK};
use Status as S;

/// State, role, action, the state that it leads to, whether it is on behalf of a non-user. What is not here is refused.
/// The dates lie ahead, changed ones add days, the agency and the destination are users, the receiving side has acted where the state says so.
pub(super) const TABLE: &[(Status, Role, Action, Status, bool)] = &[
    // Drafts: nos. 1-4, 18.
    (S::Draft, PC, M::Update, S::Draft, false),
    (S::Draft, PC, M::Delete, S::Deleted, false),
    (S::Draft, PC, M::Send, S::Sent, false),
    // Held: nos. 3, 18, 21.
    (S::Held, PC, M::Delete, S::Deleted, false),
    (S::Held, PC, M::ChangeDates, S::Held, false),
    (S::Held, CLOCK, M::Release, S::Sent, false),
    // Sent: nos. 5, 7, 11, 18, 21, 22.
    (S::Sent, PC, M::Delete, S::Deleted, false),
    (S::Sent, PC, M::ChangeDates, S::Sent, false),
    (S::Sent, RC, M::Redirect, S::Redirected, false),
    (S::Sent, RC, M::AcceptForAgency, S::Accepted, false),
    (S::Sent, RC, M::DeclineForAgency, S::Declined, false),
    (S::Sent, RC, M::ChangeDates, S::Sent, false),
    (S::Sent, RC, M::ChangeDestination, S::Sent, false),
    (S::Sent, CLOCK, M::RedirectAutomatically, S::RedirectedAutomatically, false),
    // Sent off-line: nos. 14, 18, 21.
    (S::SentOffline, PC, M::Delete, S::Deleted, false),
    (S::SentOffline, PC, M::AcceptForAgency, S::Accepted, true),
    (S::SentOffline, PC, M::DeclineForAgency, S::Declined, true),
    (S::SentOffline, PC, M::ChangeDates, S::SentOffline, false),
    // Redirected: nos. 8, 11, 17, 21, 22.
    (S::Redirected, PC, M::Cancel, S::Cancelled, false),
    (S::Redirected, PC, M::ChangeDates, S::Redirected, false),
    (S::Redirected, RC, M::AcceptForAgency, S::Accepted, false),
    (S::Redirected, RC, M::DeclineForAgency, S::Declined, false),
    (S::Redirected, RC, M::Cancel, S::Cancelled, false),
    (S::Redirected, RC, M::ChangeDates, S::Redirected, false),
    (S::Redirected, RC, M::ChangeDestination, S::Redirected, false),
    (S::Redirected, DC, M::AcceptAtDestination, S::AcceptedByDestination, false),
    (S::Redirected, DC, M::DeclineAtDestination, S::DeclinedByDestination, false),
    (S::Redirected, DC, M::ChangeDestination, S::Redirected, false),
    // Redirected off-line: nos. 9, 17, 21, 22; the agent answers by link or after all with an account.
    (S::RedirectedOffline, PC, M::Cancel, S::Cancelled, false),
    (S::RedirectedOffline, PC, M::ChangeDates, S::RedirectedOffline, false),
    (S::RedirectedOffline, RC, M::AcceptAtDestination, S::AcceptedByDestination, true),
    (S::RedirectedOffline, RC, M::DeclineAtDestination, S::DeclinedByDestination, true),
    (S::RedirectedOffline, RC, M::AcceptForAgency, S::Accepted, true),
    (S::RedirectedOffline, RC, M::DeclineForAgency, S::Declined, true),
    (S::RedirectedOffline, RC, M::Cancel, S::Cancelled, false),
    (S::RedirectedOffline, RC, M::ChangeDates, S::RedirectedOffline, false),
    // The new destination is a user, so that it waits in an inbox from now on.
    (S::RedirectedOffline, RC, M::ChangeDestination, S::Redirected, false),
    (S::RedirectedOffline, DC, M::AcceptAtDestination, S::AcceptedByDestination, false),
    (S::RedirectedOffline, DC, M::DeclineAtDestination, S::DeclinedByDestination, false),
    (S::RedirectedOffline, DC, M::ChangeDestination, S::Redirected, false),
    // Redirected automatically: nos. 8, 17, 21, 22; no. 11 is not for what went past the coordinator.
    (S::RedirectedAutomatically, PC, M::Cancel, S::Cancelled, false),
    (S::RedirectedAutomatically, PC, M::ChangeDates, S::RedirectedAutomatically, false),
    (S::RedirectedAutomatically, RC, M::Cancel, S::Cancelled, false),
    (S::RedirectedAutomatically, RC, M::ChangeDates, S::RedirectedAutomatically, false),
    (S::RedirectedAutomatically, RC, M::ChangeDestination, S::RedirectedAutomatically, false),
    (S::RedirectedAutomatically, DC, M::AcceptAtDestination, S::AcceptedByDestination, false),
    (S::RedirectedAutomatically, DC, M::DeclineAtDestination, S::DeclinedByDestination, false),
    (S::RedirectedAutomatically, DC, M::ChangeDestination, S::RedirectedAutomatically, false),
    // Accepted by the destination: nos. 10, 17, 21, 22.
    (S::AcceptedByDestination, PC, M::Cancel, S::Cancelled, false),
    (S::AcceptedByDestination, PC, M::ChangeDates, S::Redirected, false),
    (S::AcceptedByDestination, RC, M::AcceptForAgency, S::Accepted, false),
    (S::AcceptedByDestination, RC, M::Cancel, S::Cancelled, false),
    (S::AcceptedByDestination, RC, M::ChangeDates, S::Redirected, false),
    (S::AcceptedByDestination, RC, M::ChangeDestination, S::Redirected, false),
    (S::AcceptedByDestination, DC, M::ChangeDestination, S::AcceptedByDestination, false),
    // Declined by the destination: nos. 10, 12, 13, 17, 21, 22.
    (S::DeclinedByDestination, PC, M::Cancel, S::Cancelled, false),
    (S::DeclinedByDestination, PC, M::ChangeDates, S::DeclinedByDestination, false),
    (S::DeclinedByDestination, RC, M::AcceptForAgency, S::Accepted, false),
    (S::DeclinedByDestination, RC, M::DeclineForAgency, S::Declined, false),
    (S::DeclinedByDestination, RC, M::Cancel, S::Cancelled, false),
    (S::DeclinedByDestination, RC, M::ChangeDates, S::DeclinedByDestination, false),
    (S::DeclinedByDestination, RC, M::ChangeDestination, S::Redirected, false),
    (S::DeclinedByDestination, DC, M::AcceptAtDestination, S::AcceptedByDestination, false),
    (S::DeclinedByDestination, DC, M::ChangeDestination, S::DeclinedByDestination, false),
    // Accepted: nos. 15, 17, 20-22.
    (S::Accepted, PC, M::Confirm, S::Confirmed, false),
    (S::Accepted, PC, M::Cancel, S::Cancelled, false),
    (S::Accepted, PC, M::Postpone, S::Sent, false),
    (S::Accepted, PC, M::ChangeDates, S::Sent, false),
    (S::Accepted, RC, M::Cancel, S::Cancelled, false),
    (S::Accepted, RC, M::ChangeDates, S::Accepted, false),
    (S::Accepted, RC, M::ChangeDestination, S::Accepted, false),
    (S::Accepted, DC, M::ChangeDestination, S::Accepted, false),
    // Declined: no. 13.
    (S::Declined, RC, M::AcceptForAgency, S::Accepted, false),
    // Confirmed: nos. 17, 20-22.
    (S::Confirmed, PC, M::Cancel, S::Cancelled, false),
    (S::Confirmed, PC, M::Postpone, S::Sent, false),
    (S::Confirmed, PC, M::ChangeDates, S::Sent, false),
    (S::Confirmed, RC, M::Cancel, S::Cancelled, false),
    (S::Confirmed, RC, M::ChangeDates, S::Accepted, false),
    (S::Confirmed, RC, M::ChangeDestination, S::Confirmed, false),
    (S::Confirmed, DC, M::ChangeDestination, S::Confirmed, false),
    // Cancelled: no. 23.
    (S::Cancelled, PC, M::Reactivate, S::Sent, false),
    (S::Cancelled, RC, M::Reactivate, S::Sent, false),
    // Words: whoever sees it, once it was sent.
    (S::Sent, PC, M::Comment, S::Sent, false),
    (S::Sent, RC, M::Comment, S::Sent, false),
    (S::SentOffline, PC, M::Comment, S::SentOffline, false),
    (S::Redirected, PC, M::Comment, S::Redirected, false),
    (S::Redirected, RC, M::Comment, S::Redirected, false),
    (S::Redirected, DC, M::Comment, S::Redirected, false),
    (S::RedirectedOffline, PC, M::Comment, S::RedirectedOffline, false),
    (S::RedirectedOffline, RC, M::Comment, S::RedirectedOffline, false),
    (S::RedirectedOffline, DC, M::Comment, S::RedirectedOffline, false),
    (S::RedirectedAutomatically, PC, M::Comment, S::RedirectedAutomatically, false),
    (S::RedirectedAutomatically, RC, M::Comment, S::RedirectedAutomatically, false),
    (S::RedirectedAutomatically, DC, M::Comment, S::RedirectedAutomatically, false),
    (S::AcceptedByDestination, PC, M::Comment, S::AcceptedByDestination, false),
    (S::AcceptedByDestination, RC, M::Comment, S::AcceptedByDestination, false),
    (S::AcceptedByDestination, DC, M::Comment, S::AcceptedByDestination, false),
    (S::DeclinedByDestination, PC, M::Comment, S::DeclinedByDestination, false),
    (S::DeclinedByDestination, RC, M::Comment, S::DeclinedByDestination, false),
    (S::DeclinedByDestination, DC, M::Comment, S::DeclinedByDestination, false),
    (S::Accepted, PC, M::Comment, S::Accepted, false),
    (S::Accepted, RC, M::Comment, S::Accepted, false),
    (S::Accepted, DC, M::Comment, S::Accepted, false),
    (S::Declined, PC, M::Comment, S::Declined, false),
    (S::Declined, RC, M::Comment, S::Declined, false),
    (S::Declined, DC, M::Comment, S::Declined, false),
    (S::Confirmed, PC, M::Comment, S::Confirmed, false),
    (S::Confirmed, RC, M::Comment, S::Confirmed, false),
    (S::Confirmed, DC, M::Comment, S::Confirmed, false),
    (S::Cancelled, PC, M::Comment, S::Cancelled, false),
    (S::Cancelled, RC, M::Comment, S::Cancelled, false),
    (S::Cancelled, DC, M::Comment, S::Cancelled, false),
];
