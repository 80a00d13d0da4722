//! Domain to proto and back. Pure: what a message says is parsed here, once, with every fault at once; whether it holds in
//! the world is for the use case.

mod answers;
mod card;
mod changes;
mod codes;
mod content;
mod facts;
mod fields;
mod history;
mod list;
mod view;

pub use answers::{add_comment, answer_at_destination, answer_for_agency, cancel_request};
pub use card::contacts;
pub use changes::{change_dates, change_destination, postpone_request, reactivate_request, redirect_request};
pub(crate) use codes::{misfit, state};
pub use content::{UpdateCommand, create_request, update_request};
pub use facts::{change, request_facts};
pub(crate) use fields::{decision, despite_misfits, period};
pub use fields::{id, target};
pub use history::history_entry;
pub use list::{list_inbox, list_outbox};
pub use view::{placement_request, summary};
