//! One file per page.

pub(crate) mod answer;
pub(crate) mod assets;
pub(crate) mod home;
