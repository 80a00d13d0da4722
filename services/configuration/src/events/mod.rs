//! What configuration does when others' events arrive. One file per event.

pub mod person_changed;
