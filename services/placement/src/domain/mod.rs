//! The placement request and its rules. Pure: facts of the world (who is a user, what day it is) come as arguments.

mod access;
mod card;
mod change;
pub mod closing;
mod command;
mod content;
pub mod copy;
pub mod fit;
mod guard;
mod history;
mod list;
mod names;
pub mod occupancy;
mod placement_request;
pub mod reason;
mod reference;
mod references;
mod state;
mod status;
mod transitions;
mod turn;
pub mod view;
pub mod worklist;

#[cfg(test)]
mod transition_table;

pub use access::{Grant, Place, Reach, Scope, Viewer};
pub use card::{Card, CardLines, Contacts};
pub use change::Change;
pub use closing::Touched;
pub use command::{
    AnswerByLink, AnswerCommand, CancelCommand, ChangeDatesCommand, ChangeDestinationCommand, CommentCommand,
    CreateCommand, LinkTarget, PostponeCommand, ReactivateCommand, RedirectCommand, Target, UpdateCommand,
};
pub use content::{Content, Kind, Origin, Patch, Weekdays, is_too_long};
pub use fit::{Fit, FoundPlace, MeasuredUnit, Misfit, PlaceCursor, PlacePage, PlaceQuery, ServicePlace, Span};
pub use guard::{Action, Move, Permit, Refused};
pub use history::{Act, Actor, Entry, Past, Role};
pub use list::{Cursor, Lens, ListQuery, Order, Page, coming};
pub use names::{Beside, Names, Text};
pub use occupancy::{Cell, OccupancyQuery, OccupancyRow, Weeks};
pub use placement_request::{PlacementRequest, Tag};
pub use reason::{Reason, ReasonCode, ReasonUse};
pub use reference::{Reference, fold_reference};
pub use references::{
    Agent, Checked, CourseFacts, DestinationFacts, ProgramFacts, References, ServiceFacts, SiteFacts, check_destination,
};
pub use state::{Answer, Decision, Delivery, Refusal, State, Unit};
pub use status::Status;
pub use transitions::{Moment, NewRequest, Receiver, Step, check_start};
pub use turn::{Deadlines, Party, Since, Turn};
pub use view::{Seen, View};
pub use worklist::{StateCount, WorklistItem, WorklistKind};
