//! Signing in and out.

use std::sync::Arc;

use chassis::{
    Failure, Host,
    auth::{self, ClaimedGrant, Claims, ISSUER},
};
use directory::model::Role;
use proto::identity::{
    v1 as pb,
    v1::{
        ChangePasswordRequest, ChangePasswordResponse, GetJwksRequest, GetJwksResponse, GetMeRequest, GetMeResponse,
        Me, RefreshSessionRequest, RefreshSessionResponse, SignInRequest, SignInResponse, SignOutRequest,
        SignOutResponse, SwitchRoleRequest, SwitchRoleResponse, Tokens, session_service_server::SessionService,
    },
};
use tonic::{Request, Response, Status};

use crate::{
    accounts::Passwords,
    config::Config,
    keys::{self, ListKeys},
    people::GetMe,
    sessions::{
        app::{
            attempt::{FindCandidate, Tried},
            ending::SignOut,
            refresh::RefreshSession,
            sign_in::{ChangePassword, Opened, SignIn},
        },
        refresh_token::{RefreshToken, digest},
        wire,
    },
};

/// `tandem.identity.v1.SessionService`.
#[derive(Clone)]
pub struct Sessions {
    host: Host,
    config: Arc<Config>,
    passwords: Passwords,
}

impl Sessions {
    /// The service.
    #[must_use]
    pub const fn new(host: Host, config: Arc<Config>, passwords: Passwords) -> Self {
        Self { host, config, passwords }
    }

    /// Compares a password with what is stored for a login, outside of any transaction.
    async fn attempt(&self, login: &str, password: &str) -> Result<Tried, Failure> {
        let find = FindCandidate { login: login.to_owned() };
        let candidate = self.host.db.read(&find, &self.host.env).await?;
        let hash = candidate.as_ref().and_then(|candidate| candidate.hash.as_deref());
        let right = self.passwords.verify(password, hash).await?;
        let temporary_life = self.config.temporary_password_life();
        Ok(Tried { login_digest: digest(&login.trim().to_lowercase()), candidate, right, temporary_life })
    }

    async fn sign_in(&self, message: &SignInRequest) -> Result<SignInResponse, Failure> {
        wire::check_credentials(&message.login, &message.password)?;
        let tried = self.attempt(&message.login, &message.password).await?;
        let refresh = RefreshToken::random();
        let sign_in = SignIn { tried, refresh: refresh.digest() };
        let outcome = self.host.db.write(&sign_in, &self.host.env).await?;
        let (tokens, me) = self.hand_out(&outcome?, &refresh)?;
        Ok(SignInResponse { tokens: Some(tokens), me: Some(me) })
    }

    async fn change_password(&self, message: &ChangePasswordRequest) -> Result<ChangePasswordResponse, Failure> {
        wire::check_new_password(message)?;
        let tried = self.attempt(&message.login, &message.password).await?;
        // Hashing is dear: not for somebody who is refused anyway.
        let hash = if tried.right { self.passwords.hash(&message.new_password).await? } else { String::new() };
        let refresh = RefreshToken::random();
        let change = ChangePassword { tried, hash, refresh: refresh.digest() };
        let outcome = self.host.db.write(&change, &self.host.env).await?;
        let (tokens, me) = self.hand_out(&outcome?, &refresh)?;
        Ok(ChangePasswordResponse { tokens: Some(tokens), me: Some(me) })
    }

    async fn refresh(&self, token: &str, role: Option<Role>) -> Result<(Tokens, Me), Failure> {
        let next = RefreshToken::random();
        let (presented, grace) = (digest(token.trim()), self.config.refresh_grace());
        let refresh = RefreshSession { presented, next: next.digest(), grace, role };
        let outcome = self.host.db.write(&refresh, &self.host.env).await?;
        self.hand_out(&outcome?, &next)
    }

    async fn sign_out(&self, message: &SignOutRequest) -> Result<(), Failure> {
        wire::check_refresh_token(&message.refresh_token)?;
        let sign_out = SignOut { presented: digest(message.refresh_token.trim()) };
        self.host.db.write(&sign_out, &self.host.env).await
    }

    /// The tokens of a session, signed, and who holds them.
    fn hand_out(&self, opened: &Opened, refresh: &RefreshToken) -> Result<(Tokens, Me), Failure> {
        let now = self.host.env.now();
        let (session, profile) = (&opened.session, &opened.profile);
        let expires_at = (now + self.config.access_token_life()).min(session.ends_at());
        let claims = Claims {
            iss: ISSUER.to_owned(),
            sub: session.person,
            sid: session.id,
            iat: now.as_second(),
            exp: expires_at.as_second(),
            prv: self.host.province.to_string(),
            lang: profile.person.card.language.code().to_owned(),
            role: pb::Role::from(session.role).as_str_name().to_owned(),
            grants: profile.grants_of(session.role).iter().map(|grant| ClaimedGrant::from(grant.right)).collect(),
        };
        let tokens = Tokens {
            access_token: keys::sign(&opened.key, &claims)?,
            access_expires_at: Some(proto::timestamp(expires_at)),
            refresh_token: refresh.token().to_owned(),
            refresh_expires_at: Some(proto::timestamp(session.ends_at())),
        };
        Ok((tokens, wire::me(profile, session.role)))
    }
}

#[tonic::async_trait]
impl SessionService for Sessions {
    async fn sign_in(&self, request: Request<SignInRequest>) -> Result<Response<SignInResponse>, Status> {
        Ok(Response::new(Self::sign_in(self, request.get_ref()).await?))
    }

    async fn refresh_session(
        &self,
        request: Request<RefreshSessionRequest>,
    ) -> Result<Response<RefreshSessionResponse>, Status> {
        let token = &request.get_ref().refresh_token;
        wire::check_refresh_token(token).map_err(Failure::from)?;
        let (tokens, _) = self.refresh(token, None).await?;
        Ok(Response::new(RefreshSessionResponse { tokens: Some(tokens) }))
    }

    async fn sign_out(&self, request: Request<SignOutRequest>) -> Result<Response<SignOutResponse>, Status> {
        Self::sign_out(self, request.get_ref()).await?;
        Ok(Response::new(SignOutResponse {}))
    }

    async fn change_password(
        &self,
        request: Request<ChangePasswordRequest>,
    ) -> Result<Response<ChangePasswordResponse>, Status> {
        Ok(Response::new(Self::change_password(self, request.get_ref()).await?))
    }

    async fn get_jwks(&self, _request: Request<GetJwksRequest>) -> Result<Response<GetJwksResponse>, Status> {
        let keys = self.host.db.read(&ListKeys, &self.host.env).await?;
        let keys = keys.iter().map(|key| wire::jwk(&key.kid, &keys::public_key(key))).collect();
        Ok(Response::new(GetJwksResponse { keys }))
    }

    async fn get_me(&self, request: Request<GetMeRequest>) -> Result<Response<GetMeResponse>, Status> {
        let (who, _) = auth::caller(request)?;
        let profile = self.host.db.read(&GetMe(who.person), &self.host.env).await?;
        Ok(Response::new(GetMeResponse { me: Some(wire::me(&profile, who.rights.role)) }))
    }

    async fn switch_role(&self, request: Request<SwitchRoleRequest>) -> Result<Response<SwitchRoleResponse>, Status> {
        let message = request.into_inner();
        let role = wire::parse_switch(&message).map_err(Failure::from)?;
        let (tokens, me) = self.refresh(&message.refresh_token, Some(role)).await?;
        Ok(Response::new(SwitchRoleResponse { tokens: Some(tokens), me: Some(me) }))
    }
}
