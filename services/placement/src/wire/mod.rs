//! Domain to proto and back. Pure: what a message says is parsed here, once, with every fault at once; whether it holds in
//! the world is for the use case.

mod answers;
mod card;
mod changes;
mod closing;
mod codes;
mod content;
mod copy;
mod facts;
mod fields;
mod history;
mod link;
mod list;
mod occupancy;
mod places;
mod view;
mod worklist;

pub use answers::{add_comment, answer_at_destination, answer_for_agency, cancel_request};
pub use card::contacts;
pub use changes::{change_dates, change_destination, postpone_request, reactivate_request, redirect_request};
pub use closing::requests_affected_by_closure;
pub use content::{CHANGEABLE, create_request, update_request};
pub use copy::{ToCopy, closure};
pub use facts::request_facts;
pub use fields::{id, target};
pub use history::history_entry;
pub use link::{answer_by_link, describe_for_link};
pub use list::{list_inbox, list_outbox};
pub use occupancy::{get_occupancy, occupancy};
pub use places::{find_places, places, suggestions};
pub use view::placement_request;
pub use worklist::worklist;
