//! Enums of the domain and of the contract, side by side.

use proto::{identity::v1 as identity, placement::v1 as placement};

use crate::domain::{Action, Kind, Misfit, Origin, Party, Role, Status, WorklistKind};

/// Declares both directions of a pair of enums; the contract's `Unspecified` is nothing in the domain.
macro_rules! paired {
    ($domain:ty, $contract:ty, $to:ident, $from:ident, { $($d:ident = $c:ident),* $(,)? }) => {
        pub(super) const fn $to(value: $domain) -> $contract {
            match value { $(<$domain>::$d => <$contract>::$c),* }
        }

        pub(super) fn $from(number: i32) -> Option<$domain> {
            match <$contract>::try_from(number).ok()? {
                $(<$contract>::$c => Some(<$domain>::$d),)*
                <$contract>::Unspecified => None,
            }
        }
    };
}

paired!(Status, placement::State, state, status, {
    Draft = Draft,
    Held = Held,
    Sent = Sent,
    SentOffline = SentOffline,
    Redirected = Redirected,
    RedirectedOffline = RedirectedOffline,
    RedirectedAutomatically = RedirectedAutomatically,
    AcceptedByDestination = AcceptedByDestination,
    DeclinedByDestination = DeclinedByDestination,
    Accepted = Accepted,
    Declined = Declined,
    Confirmed = Confirmed,
    Cancelled = Cancelled,
    Deleted = Deleted,
});

paired!(Kind, placement::Kind, contract_kind, kind, {
    Individual = Individual,
    Group = Group,
    Observation = Observation,
});

pub(super) const fn origin(value: Origin) -> placement::Origin {
    match value {
        Origin::PlacingAgency => placement::Origin::PlacingAgency,
        Origin::ReceivingAgency => placement::Origin::ReceivingAgency,
    }
}

pub(super) const fn action(value: Action) -> placement::Action {
    match value {
        Action::Update => placement::Action::Update,
        Action::Delete => placement::Action::Delete,
        Action::Send => placement::Action::Send,
        Action::Redirect => placement::Action::Redirect,
        Action::AnswerAtDestination => placement::Action::AnswerAtDestination,
        Action::AnswerForAgency => placement::Action::AnswerForAgency,
        Action::Confirm => placement::Action::Confirm,
        Action::Cancel => placement::Action::Cancel,
        Action::Reactivate => placement::Action::Reactivate,
        Action::Postpone => placement::Action::Postpone,
        Action::ChangeDates => placement::Action::ChangeDates,
        Action::ChangeDestination => placement::Action::ChangeDestination,
        Action::Comment => placement::Action::Comment,
    }
}

pub(super) const fn waiting_for(value: Party) -> placement::WaitingFor {
    match value {
        Party::PlacingAgency => placement::WaitingFor::PlacingAgency,
        Party::ReceivingAgency => placement::WaitingFor::ReceivingAgency,
        Party::Destination => placement::WaitingFor::Destination,
        Party::Nobody => placement::WaitingFor::Nobody,
    }
}

pub(super) const fn worklist_kind(value: WorklistKind) -> placement::WorklistKind {
    match value {
        WorklistKind::Drafts => placement::WorklistKind::Drafts,
        WorklistKind::Held => placement::WorklistKind::Held,
        WorklistKind::Waiting => placement::WorklistKind::Waiting,
        WorklistKind::ToConfirm => placement::WorklistKind::ToConfirm,
        WorklistKind::Declined => placement::WorklistKind::Declined,
        WorklistKind::Pending => placement::WorklistKind::Pending,
        WorklistKind::AtDestination => placement::WorklistKind::AtDestination,
        WorklistKind::ToRatify => placement::WorklistKind::ToRatify,
        WorklistKind::AwaitingConfirmation => placement::WorklistKind::AwaitingConfirmation,
        WorklistKind::Answered => placement::WorklistKind::Answered,
        WorklistKind::Confirmed => placement::WorklistKind::Confirmed,
        WorklistKind::Overdue => placement::WorklistKind::Overdue,
        WorklistKind::ChangedByOthers => placement::WorklistKind::ChangedByOthers,
    }
}

pub(super) const fn misfit(value: Misfit) -> placement::Misfit {
    match value {
        Misfit::Capacity => placement::Misfit::Capacity,
        Misfit::GroupSize => placement::Misfit::GroupSize,
        Misfit::Closed => placement::Misfit::Closed,
    }
}

pub(super) const fn role(value: Role) -> identity::Role {
    match value {
        Role::PlacingCoordinator => identity::Role::PlacingCoordinator,
        Role::ReceivingCoordinator => identity::Role::ReceivingCoordinator,
        Role::DestinationCoordinator => identity::Role::DestinationCoordinator,
        Role::DestinationMonitor => identity::Role::DestinationMonitor,
        Role::System => identity::Role::Unspecified,
    }
}
