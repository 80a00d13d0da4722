//! Each kind of field, wherever a call or an answer carries it.

mod answers;
mod body;
mod kinds;
mod path;
mod query;
