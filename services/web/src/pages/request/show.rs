//! Opening it, by hand or as a page that refreshes itself.

use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use axum_extra::extract::Query;
use serde::Deserialize;

use super::{
    deed::Deed,
    known::Known,
    page::{Asked, page},
};
use crate::{
    addresses::{address, own_page},
    failure::Trouble,
    visitor::SignedIn,
};

/// The query of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Parameters {
    action: String,
    back: String,
    q: String,
    destination_id: String,
}

pub(super) async fn show(
    who: SignedIn,
    Path(id): Path<String>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Trouble> {
    let known = Known::read(&who, &id, who.by_hand).await?;
    Ok(page(&who, &known, &Asked::from(parameters), None))
}

/// Whoever comes back to the address of a form, such as by switching the language beside its faults, finds the form.
pub(super) async fn reopen(_: SignedIn, Path((id, verb)): Path<(String, String)>) -> Result<Response, Trouble> {
    let deed = Deed::linked(&verb).ok_or(Trouble::missing())?;
    let to = address(&format!("/requests/{id}"), &[("action", deed.slug())]);
    Ok(Redirect::to(&to).into_response())
}

impl From<Parameters> for Asked {
    fn from(parameters: Parameters) -> Self {
        let back = own_back(&parameters.back);
        Self {
            open: Deed::linked(&parameters.action),
            back,
            query: parameters.q,
            destination_id: parameters.destination_id,
        }
    }
}

/// The page to go back to, if one was given and it is ours.
pub(super) fn own_back(given: &str) -> String {
    if given.is_empty() { String::new() } else { own_page(Some(given)).to_owned() }
}
