//! Another of the person's roles (domain §4.1: one person, several grants, one active role).

use axum::{extract::State, response::Response};
use axum_extra::extract::Form;
use proto::identity::v1::{Role, SwitchRoleRequest};
use serde::Deserialize;

use crate::{Pages, failure::Trouble, visitor::SignedIn};

#[derive(Deserialize)]
pub(crate) struct Given {
    role: i32,
}

pub(crate) async fn switch(
    State(pages): State<Pages>,
    signed_in: SignedIn,
    Form(given): Form<Given>,
) -> Result<Response, Trouble> {
    let message = SwitchRoleRequest { refresh_token: signed_in.session.refresh_token(), role: given.role };
    let answer = signed_in.api.sessions().switch_role(message).await?.into_inner();
    let (tokens, me) = (answer.tokens.unwrap_or_default(), answer.me.unwrap_or_default());
    pages.vault.replace(&signed_in.session, tokens, me).await?;
    let role = Role::try_from(given.role).unwrap_or_default();
    Ok(signed_in.done("done-role", &signed_in.text().role(role), "/"))
}
