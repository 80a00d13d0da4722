//! The placement request and its rules. Pure: facts of the world (who is a user, what day it is) come as arguments.

mod access;
mod action;
mod card;
mod change;
mod command;
mod content;
mod days;
mod declaration;
mod fit;
mod guard;
mod history;
mod intended;
mod list;
mod names;
mod place;
mod placement_request;
pub mod reason;
mod reference;
mod references;
pub mod shown;
mod since;
mod state;
mod status;
mod touched;
mod transitions;
mod turn;
mod view;
pub mod visibility;

#[cfg(test)]
mod transition_table;

pub use access::Viewer;
pub use action::Action;
pub use card::{Card, Contacts};
pub use change::Change;
pub use command::{
    AnswerAtDestinationCommand, AnswerForAgencyCommand, CancelCommand, ChangeDatesCommand, ChangeDestinationCommand,
    CommentCommand, CreateCommand, PostponeCommand, ReactivateCommand, RedirectCommand, Target,
};
pub use content::{Content, Kind, LONGEST_MONTHS, NewDates, Origin, is_too_long};
pub use days::{PlacementDays, Weekdays};
pub use declaration::{ActedOn, Audience, ReasonNeed};
pub use directory::model::ReasonUse;
pub use fit::{ACCEPTED, Arrival, Fit, Load, MeasuredUnit, Misfit, PENDING, Span, ranked};
pub use guard::Refused;
pub use history::{Actor, Entry, EntryKind, HistoryEntry, MovedDates, Role};
pub use intended::{Intended, Unit};
pub use list::{Cursor, Detail, ListContext, ListQuery, Order, Page, Rows, StateCount, coming};
pub use names::{Names, RowContext, Text};
pub use place::Place;
pub use placement_request::{PlacementRequest, Tag};
pub use reason::ReasonCode;
pub use reference::{Reference, fold_reference};
pub use references::{
    Agent, Checked, CourseFacts, DestinationFacts, ProgramFacts, Receiver, References, ServiceFacts, SiteFacts,
    check_destination,
};
pub use shown::Seen;
pub use since::Since;
pub use state::{Decision, Delivery, Explanation, Refusal, State};
pub use status::Status;
pub use touched::{is_touched_by_closures, touched_by_closures};
pub use transitions::{NewRequest, Now, Transition};
pub use turn::{Deadlines, Party, Turn};
pub use view::{Summary, View};
