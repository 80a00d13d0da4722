//! Accounts and grants.

use chassis::{Failure, Host};
use futures::{FutureExt as _, TryFutureExt as _};
use kernel::PersonId;
use proto::identity::v1::{
    CreateAccountRequest, CreateAccountResponse, CreateGrantRequest, CreateGrantResponse, DeleteGrantRequest,
    DeleteGrantResponse, GetAccountRequest, GetAccountResponse, ListGrantsRequest, ListGrantsResponse,
    ResetPasswordRequest, ResetPasswordResponse, SetAccountEnabledRequest, SetAccountEnabledResponse,
    account_service_server::AccountService,
};
use tonic::{Request, Response, Status};

use crate::{
    accounts::{
        app::{self, create_account::NewAccount},
        passwords::Passwords,
        temporary_password::temporary_password,
        wire,
    },
    caller::caller,
    grants,
    people::Actor,
};

/// `tandem.identity.v1.AccountService`.
#[derive(Clone)]
pub struct Accounts {
    host: Host,
    passwords: Passwords,
}

impl Accounts {
    /// The service.
    #[must_use]
    pub const fn new(host: Host, passwords: Passwords) -> Self {
        Self { host, passwords }
    }
}

#[tonic::async_trait]
impl AccountService for Accounts {
    async fn create_account(
        &self,
        request: Request<CreateAccountRequest>,
    ) -> Result<Response<CreateAccountResponse>, Status> {
        let (who, actor, message) = caller(&self.host, request)?;
        let (person, login) = wire::account::parse_create(&message).map_err(Failure::from)?;
        let ask = NewAccount { person, login };
        let temporary = temporary_password();
        let hash = self.passwords.hash(&temporary).await.map_err(Failure::from)?;
        let (once, context) = ((&message, &*message.request_id), (&self.host.env, actor, ask, hash));
        let work = self.host.db.once_with(&who, "CreateAccount", once, &context, |tx, (env, actor, ask, hash)| {
            let created = app::create_account::run(tx, env, actor, ask, hash);
            // What is stored for a repeated call holds no password.
            let answer = |account| {
                let account = Some(wire::account::to_proto(&account));
                CreateAccountResponse { account, temporary_password: String::new() }
            };
            created.map_ok(answer).boxed()
        });
        let mut answer = work.await?;
        // Ours only if this very call made the account: a repeated one was answered with what an earlier one made.
        let made = (context.2.person, context.3);
        let ours =
            self.host.db.read_with(&made, |tx, (person, hash)| app::create_account::holds(tx, *person, hash).boxed());
        if ours.await? {
            answer.temporary_password = temporary;
        }
        Ok(Response::new(answer))
    }

    async fn get_account(&self, request: Request<GetAccountRequest>) -> Result<Response<GetAccountResponse>, Status> {
        let (actor, id) = about(&self.host, request, |message| &message.person_id)?;
        let account = self
            .host
            .db
            .read_with(&(actor, id), |tx, (actor, id)| app::get_account::run(tx, actor, *id).boxed())
            .await?;
        Ok(Response::new(GetAccountResponse { account: Some(wire::account::to_proto(&account)) }))
    }

    async fn set_account_enabled(
        &self,
        request: Request<SetAccountEnabledRequest>,
    ) -> Result<Response<SetAccountEnabledResponse>, Status> {
        let enabled = request.get_ref().enabled;
        let (actor, id) = about(&self.host, request, |message| &message.person_id)?;
        let context = (&self.host.env, actor, id, enabled);
        let work = self.host.db.in_tx(&context, |tx, (env, actor, id, enabled)| {
            app::set_account_enabled::run(tx, env, actor, *id, *enabled).boxed()
        });
        let account = work.await?;
        Ok(Response::new(SetAccountEnabledResponse { account: Some(wire::account::to_proto(&account)) }))
    }

    async fn reset_password(
        &self,
        request: Request<ResetPasswordRequest>,
    ) -> Result<Response<ResetPasswordResponse>, Status> {
        let (actor, id) = about(&self.host, request, |message| &message.person_id)?;
        let temporary_password = temporary_password();
        let hash = self.passwords.hash(&temporary_password).await.map_err(Failure::from)?;
        let context = (&self.host.env, actor, id, hash);
        let work = self
            .host
            .db
            .in_tx(&context, |tx, (env, actor, id, hash)| app::reset_password::run(tx, env, actor, *id, hash).boxed());
        work.await?;
        Ok(Response::new(ResetPasswordResponse { temporary_password }))
    }

    async fn create_grant(
        &self,
        request: Request<CreateGrantRequest>,
    ) -> Result<Response<CreateGrantResponse>, Status> {
        let (who, actor, message) = caller(&self.host, request)?;
        let (person, right) = grants::parse_create(&message).map_err(Failure::from)?;
        let (once, context) = ((&message, &*message.request_id), (&self.host.env, actor, person, right));
        let work = self.host.db.once_with(&who, "CreateGrant", once, &context, |tx, (env, actor, person, right)| {
            let given = grants::create_grant::run(tx, env, actor, *person, *right);
            given.map_ok(|grant| CreateGrantResponse { grant: Some(grants::to_proto(&grant)) }).boxed()
        });
        Ok(Response::new(work.await?))
    }

    async fn list_grants(&self, request: Request<ListGrantsRequest>) -> Result<Response<ListGrantsResponse>, Status> {
        let (actor, id) = about(&self.host, request, |message| &message.person_id)?;
        let grants = self
            .host
            .db
            .read_with(&(actor, id), |tx, (actor, id)| grants::list_grants::run(tx, actor, *id).boxed())
            .await?;
        Ok(Response::new(ListGrantsResponse { grants: grants.iter().map(grants::to_proto).collect() }))
    }

    async fn delete_grant(
        &self,
        request: Request<DeleteGrantRequest>,
    ) -> Result<Response<DeleteGrantResponse>, Status> {
        let (_, actor, message) = caller(&self.host, request)?;
        let (person, id) = wire::account::parse_delete_grant(&message).map_err(Failure::from)?;
        let context = (&self.host.env, actor, person, id);
        let work = self.host.db.in_tx(&context, |tx, (env, actor, person, id)| {
            grants::delete_grant::run(tx, env, actor, *person, *id).boxed()
        });
        work.await?;
        Ok(Response::new(DeleteGrantResponse {}))
    }
}

/// Who calls, and about whom.
fn about<M>(host: &Host, request: Request<M>, person_id: impl Fn(&M) -> &String) -> Result<(Actor, PersonId), Failure> {
    let (_, actor, message) = caller(host, request)?;
    Ok((actor, wire::account::parse_id("person_id", person_id(&message))?))
}
