//! Another of the person's roles (domain §4.1: one person, several grants, one active role).

use axum::{extract::State, response::Response};
use axum_extra::extract::Form;
use proto::identity::v1::{Role, SwitchRoleRequest};
use serde::Deserialize;

use crate::shell::{AppState, PageError, SignedIn};

#[derive(Deserialize)]
pub(super) struct RoleForm {
    role: i32,
}

pub(super) async fn switch(
    State(state): State<AppState>,
    user: SignedIn,
    Form(form): Form<RoleForm>,
) -> Result<Response, PageError> {
    let message = SwitchRoleRequest { refresh_token: user.session.refresh_token(), role: form.role };
    let answer = user.api.sessions().switch_role(message).await?.into_inner();
    let (tokens, me) = (answer.tokens.unwrap_or_default(), answer.me.unwrap_or_default());
    state.sessions.replace(&user.session, tokens, me).await?;
    let role = Role::try_from(form.role).unwrap_or_default();
    Ok(user.done("done-role", &user.text().role(role), "/"))
}
