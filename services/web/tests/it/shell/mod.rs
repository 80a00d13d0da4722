//! What holds for every page: errors, guards, sessions, language.

mod errors;
mod forms;
mod headers;
mod languages;
mod sessions;
