//! Opening it, by hand or as a page that refreshes itself.

use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use axum_extra::extract::Query;
use serde::Deserialize;

use super::{data::RequestData, page::page, view::PageQuery};
use crate::{
    pages::actions,
    shell::{PageError, SignedIn, address, own_back},
};

/// The query of the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct QueryParams {
    action: String,
    back: String,
    q: String,
    destination_id: String,
}

pub(super) async fn show(
    user: SignedIn,
    Path(id): Path<String>,
    Query(params): Query<QueryParams>,
) -> Result<Response, PageError> {
    let data = RequestData::read(&user, &id, user.by_hand).await?;
    Ok(page(&user, &data, &PageQuery::from(params), None))
}

/// Whoever comes back to the address of a form, such as by switching the language beside its errors, finds the form.
pub(super) async fn reopen(_: SignedIn, Path((id, verb)): Path<(String, String)>) -> Result<Response, PageError> {
    let action = actions::linked(&verb).ok_or(PageError::missing())?;
    let to = address(&format!("/requests/{id}"), &[("action", action.slug)]);
    Ok(Redirect::to(&to).into_response())
}

impl From<QueryParams> for PageQuery {
    fn from(params: QueryParams) -> Self {
        let back = own_back(&params.back);
        Self { open: actions::linked(&params.action), back, query: params.q, destination_id: params.destination_id }
    }
}
