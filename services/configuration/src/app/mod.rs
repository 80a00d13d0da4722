//! The use cases. What the ten resources share is in `resource`; what each demands of its own is in `rules`.

mod access;
pub(crate) mod export;
pub mod import_facilities;
pub(crate) mod list_contacts;
pub(crate) mod list_profile_history;
pub(crate) mod record_person;
mod refusal;
pub(crate) mod resource;
mod rules;
pub mod seed_province;

pub(crate) use refusal::Refusal;
