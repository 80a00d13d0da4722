//! What holds for every page: errors, guards, sessions, language.

mod errors;
mod forms;
mod headers;
mod kept;
mod languages;
mod sessions;
