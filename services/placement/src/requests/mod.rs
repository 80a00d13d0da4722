//! The placement request: from draft to confirmed (domain §7), who may do what with it, and what each side sees of it.

mod app;
mod caller;
mod domain;
mod grpc;
mod store;
mod tasks;
mod wire;

pub(crate) use app::{
    By, Confirm, Context, Delete, Error, Get, GetContacts, List, ListHistory, MarkSeen, PUBLISHED, Send,
    change_told_by, check_fit, check_read, check_reason, keep, look, measured, show, show_to_decide,
};
pub(crate) use caller::viewer;
pub(crate) use domain::{
    ACCEPTED, Arrival, Change, Deadlines, Decision, Fit, LONGEST_MONTHS, ListContext, ListQuery, MeasuredUnit, Misfit,
    PENDING, Page, Place, PlacementDays, Refused, Role, Rows, Span, StateCount, Status, Text, View, Viewer, Weekdays,
    ranked, touched_by_closures, visibility,
};
pub(crate) use grpc::{rows, written};
pub(crate) use store::{reading_marks, requests_by_state};
pub(crate) use tasks::{RELEASE_HELD, release_held};
pub(crate) use wire::{
    add_comment, answer_at_destination, answer_for_agency, cancel_request, change_dates, change_destination, contacts,
    create_request, decision, despite_misfits, history_entry, id, list_inbox, list_outbox, misfit, period,
    postpone_request, reactivate_request, redirect_request, state, target, update_request,
};
