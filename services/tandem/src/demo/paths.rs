//! The ways that requests take through domain §7.4.

/// One step on the way, whoever takes it and however.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Transition {
    /// The school, or the clock on the release date.
    Send,
    Redirect,
    /// Yes and no of the unit, by inbox, mailed link or the coordinator on behalf.
    Accept,
    Refuse,
    /// The unit thinks better of its no.
    Relent,
    /// The agency's word follows the unit's.
    Ratify,
    RatifyRefusal,
    /// The agency accepts what the unit has refused.
    Overrule,
    /// The agency answers without the unit.
    AcceptAtOnce,
    RefuseAtOnce,
    Confirm,
    CancelBySchool,
    CancelByHost,
    Reactivate,
    Postpone,
    PostponeAndResubmit,
    ShiftDates,
    ChangeUnit,
    Delete,
}

use Transition::{
    Accept, AcceptAtOnce, CancelByHost, CancelBySchool, ChangeUnit, Confirm, Delete, Overrule, Postpone,
    PostponeAndResubmit, Ratify, RatifyRefusal, Reactivate, Redirect, Refuse, RefuseAtOnce, Relent, Send, ShiftDates,
};

/// Ways of requests at agencies that work in Tandem, with how usual each is.
pub(super) const USUAL: &[(u32, &[Transition])] = &[
    (52, &[Send, Redirect, Accept, Ratify, Confirm]),
    (8, &[Send, AcceptAtOnce, Confirm]),
    (10, &[Send, Redirect, Refuse, RatifyRefusal]),
    (5, &[Send, RefuseAtOnce]),
    (2, &[Send, Redirect, Refuse, Overrule, Confirm]),
    (2, &[Send, Redirect, Refuse, Relent, Ratify, Confirm]),
    (2, &[Send, Redirect]),
    (2, &[Send]),
    (2, &[Send, Redirect, Accept, Ratify]),
    (3, &[Send, Redirect, Accept, Ratify, Confirm, CancelBySchool]),
    (2, &[Send, Redirect, Accept, Ratify, CancelByHost]),
    (2, &[Send, Redirect, CancelBySchool]),
    (2, &[Send, Redirect, Accept, Ratify, Confirm, CancelBySchool, Reactivate, Redirect, Accept, Ratify, Confirm]),
    (1, &[Send, Redirect, Accept, Ratify, CancelByHost, Reactivate]),
    (2, &[Send, Redirect, Accept, Ratify, Confirm, PostponeAndResubmit, Redirect, Accept, Ratify, Confirm]),
    (2, &[Send, Redirect, Accept, Ratify, Confirm, Postpone]),
    (3, &[Send, Redirect, ShiftDates, Accept, Ratify, Confirm]),
    (3, &[Send, Redirect, ChangeUnit, Accept, Ratify, Confirm]),
    (1, &[Delete]),
    (1, &[Send, Delete]),
];

/// Ways of requests to an agency that does not work in Tandem: the school asks it by mail and notes its answer.
pub(super) const OFFLINE: &[(u32, &[Transition])] = &[
    (4, &[Send, AcceptAtOnce, Confirm]),
    (1, &[Send, RefuseAtOnce]),
    (1, &[Send]),
    (1, &[Send, AcceptAtOnce, CancelBySchool]),
];

/// Ways of requests that the host enters for a school that does not work in Tandem; sent as they are made.
pub(super) const QUICK: &[(u32, &[Transition])] = &[
    (6, &[Redirect, Accept, Ratify, Confirm]),
    (2, &[AcceptAtOnce, Confirm]),
    (1, &[Redirect, Refuse, RatifyRefusal]),
    (1, &[Redirect]),
];
