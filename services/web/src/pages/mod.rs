//! One file per page.

pub(crate) mod answer;
pub(crate) mod assets;
pub(crate) mod home;
pub(crate) mod new_request;
pub(crate) mod occupancy;
pub(crate) mod password;
pub(crate) mod places;
pub(crate) mod preferences;
pub(crate) mod reports;
pub(crate) mod request;
pub(crate) mod requests;
pub(crate) mod role;
pub(crate) mod sign_in;
pub(crate) mod styleguide;

use crate::failure::Trouble;

/// For addresses that lead nowhere.
pub(crate) async fn missing() -> Trouble {
    Trouble::missing()
}
