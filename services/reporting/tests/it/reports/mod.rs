//! What is read from them.

mod export;
mod input;
mod rows;
mod scope;
