//! What the pages promise whatever the browser does, over plain HTTP.

mod bulk;
mod cookies;
mod forms;
mod guesses;
mod languages;
pub(crate) mod visitor;
mod weight;

pub(crate) use visitor::Visitor;
