//! Accounts and grants.

use chassis::{
    Failure, Host, auth, client_address, rpc,
    security::{self, Concerned, SecurityEvent},
};
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
        app::{
            opening::{CreateAccount, HoldsPassword},
            states::{GetAccount, ResetPassword, SetAccountEnabled},
        },
        domain::account::Account,
        passwords::Passwords,
        temporary_password::temporary_password,
        wire,
    },
    caller::actor,
    grants::{self, CreateGrant, DeleteGrant, ListGrants},
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
        let Host { db, env, .. } = &self.host;
        let (who, message) = auth::caller(request)?;
        let (person, login) = wire::parse_create(&message).map_err(Failure::from)?;
        let temporary = temporary_password();
        let hash = self.passwords.hash(&temporary).await.map_err(Failure::from)?;
        let create = CreateAccount { actor: actor(&self.host, &who), person, login, hash: hash.clone() };
        // What is stored for a repeated call holds no password.
        let answer = |account: Account| {
            let account = Some(wire::to_proto(&account));
            CreateAccountResponse { account, temporary_password: String::new() }
        };
        let mut response = db.once(&who, &message, &create, env, answer).await?;
        // Ours only if this very call made the account: a repeated one was answered with what an earlier one made.
        if db.read(&HoldsPassword { person, hash }, env).await? {
            response.temporary_password = temporary;
        }
        Ok(Response::new(response))
    }

    async fn get_account(&self, request: Request<GetAccountRequest>) -> Result<Response<GetAccountResponse>, Status> {
        let Host { db, env, .. } = &self.host;
        let parse = |who: &_, message: &GetAccountRequest| {
            let person = person(&message.person_id)?;
            Ok::<_, Failure>(GetAccount { actor: actor(&self.host, who), person })
        };
        let answer = |account: Account| GetAccountResponse { account: Some(wire::to_proto(&account)) };
        rpc::read(db, env, request, parse, answer).await
    }

    async fn set_account_enabled(
        &self,
        request: Request<SetAccountEnabledRequest>,
    ) -> Result<Response<SetAccountEnabledResponse>, Status> {
        let Host { db, env, .. } = &self.host;
        let parse = |who: &_, message: &SetAccountEnabledRequest| {
            let person = person(&message.person_id)?;
            Ok::<_, Failure>(SetAccountEnabled { actor: actor(&self.host, who), person, enabled: message.enabled })
        };
        let answer = |account: Account| SetAccountEnabledResponse { account: Some(wire::to_proto(&account)) };
        rpc::write(db, env, request, parse, answer).await
    }

    async fn reset_password(
        &self,
        request: Request<ResetPasswordRequest>,
    ) -> Result<Response<ResetPasswordResponse>, Status> {
        let address = client_address::told(request.metadata().as_ref(), &self.host.tokens);
        let (who, message) = auth::caller(request)?;
        let person = person(&message.person_id)?;
        let temporary_password = temporary_password();
        let hash = self.passwords.hash(&temporary_password).await.map_err(Failure::from)?;
        let reset = ResetPassword { actor: actor(&self.host, &who), person, hash, address };
        self.host.db.write(&reset, &self.host.env).await?;
        let (person, actor) = (Some(person), Some(who.person));
        security::record(SecurityEvent::PasswordReset, Concerned { person, actor, address, ..Concerned::default() });
        Ok(Response::new(ResetPasswordResponse { temporary_password }))
    }

    async fn create_grant(
        &self,
        request: Request<CreateGrantRequest>,
    ) -> Result<Response<CreateGrantResponse>, Status> {
        let Host { db, env, .. } = &self.host;
        let parse = |who: &_, message: &_| {
            let (person, right) = grants::parse_create(message)?;
            Ok::<_, Failure>(CreateGrant { actor: actor(&self.host, who), person, right })
        };
        let answer = |grant| CreateGrantResponse { grant: Some(grants::to_proto(&grant)) };
        rpc::once(db, env, request, parse, answer).await
    }

    async fn list_grants(&self, request: Request<ListGrantsRequest>) -> Result<Response<ListGrantsResponse>, Status> {
        let Host { db, env, .. } = &self.host;
        let parse = |who: &_, message: &ListGrantsRequest| {
            let person = person(&message.person_id)?;
            Ok::<_, Failure>(ListGrants { actor: actor(&self.host, who), person })
        };
        let answer = |given: Vec<_>| ListGrantsResponse { grants: given.iter().map(grants::to_proto).collect() };
        rpc::read(db, env, request, parse, answer).await
    }

    async fn delete_grant(
        &self,
        request: Request<DeleteGrantRequest>,
    ) -> Result<Response<DeleteGrantResponse>, Status> {
        let Host { db, env, .. } = &self.host;
        let parse = |who: &_, message: &_| {
            let (person, grant) = wire::parse_delete_grant(message)?;
            Ok::<_, Failure>(DeleteGrant { actor: actor(&self.host, who), person, grant })
        };
        rpc::write(db, env, request, parse, |()| DeleteGrantResponse {}).await
    }
}

fn person(id: &str) -> Result<PersonId, Failure> {
    Ok(wire::parse_id("person_id", id)?)
}
