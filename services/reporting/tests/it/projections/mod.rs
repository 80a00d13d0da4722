//! What events leave in the tables.

mod names;
mod orders;
mod statements;
