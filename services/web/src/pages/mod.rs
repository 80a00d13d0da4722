//! The pages, a folder for each capability, which brings its routes and its entry in the menu.

mod actions;
mod answer;
mod home;
mod live;
mod new_request;
mod occupancy;
mod places;
mod reports;
mod request;
mod requests;
mod sign_in;
mod styleguide;

use crate::shell::PageSet;

/// All pages of a browser's session, in the order of the menu.
pub(crate) const ALL: &[PageSet] = &[
    home::PAGES,
    requests::PAGES,
    new_request::PAGES,
    occupancy::PAGES,
    places::PAGES,
    reports::PAGES,
    request::PAGES,
    sign_in::PAGES,
    live::PAGES,
];
/// Pages for whoever holds a mailed link, without a session.
pub(crate) const BY_LINK: PageSet = answer::PAGES;
/// For those who build pages.
pub(crate) const STYLEGUIDE: PageSet = styleguide::PAGES;
