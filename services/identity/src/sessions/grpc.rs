//! Signing in and out.

use std::sync::Arc;

use chassis::{
    Failure, Host,
    auth::{self, ClaimedGrant, Claims, ISSUER},
    client_address,
    forwarded::one_caller,
    security::{self, Concerned, SecurityEvent},
};
use directory::model::Role;
use kernel::{PersonId, Problem as _};
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
            attempt::{Attempt, FindCandidate, Tried},
            ending::SignOut,
            refresh::RefreshSession,
            sign_in::{ChangePassword, Opened, SignIn},
        },
        domain::{origin::Origin, session::SessionError, sign_in::SignInError},
        refresh_token::{RefreshToken, digest, login_digest},
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
    async fn attempt(&self, login: &str, password: &str, origin: Origin) -> Result<Tried, Failure> {
        let attempt = Attempt {
            login: login.to_owned(),
            digest: login_digest(login),
            origin,
            delays: self.config.delays(),
            temporary_life: self.config.temporary_password_life(),
        };
        let found = self.host.db.read(&FindCandidate(attempt.clone()), &self.host.env).await?;
        let candidate = found.inspect_err(|refusal| note_refusal(*refusal, None, origin))?;
        let right = self.passwords.verify(password, candidate.hash.as_deref()).await?;
        Ok(Tried { attempt, candidate, right })
    }

    async fn sign_in(&self, message: &SignInRequest, origin: Origin) -> Result<SignInResponse, Failure> {
        wire::check_credentials(&message.login, &message.password)?;
        let tried = self.attempt(&message.login, &message.password, origin).await?;
        let (person, refresh) = (tried.candidate.person, RefreshToken::random());
        let sign_in = SignIn { tried, refresh: refresh.digest() };
        let outcome = self.host.db.write(&sign_in, &self.host.env).await?;
        let opened = outcome.inspect_err(|refusal| note_refusal(*refusal, person, origin))?;
        let (tokens, me) = self.hand_out(&opened, &refresh)?;
        Ok(SignInResponse { tokens: Some(tokens), me: Some(me) })
    }

    async fn change_password(
        &self,
        message: &ChangePasswordRequest,
        origin: Origin,
    ) -> Result<ChangePasswordResponse, Failure> {
        wire::check_new_password(message)?;
        let tried = self.attempt(&message.login, &message.password, origin).await?;
        let (person, refresh) = (tried.candidate.person, RefreshToken::random());
        // Hashing is dear: not for somebody who is refused anyway.
        let hash = if tried.right { self.passwords.hash(&message.new_password).await? } else { String::new() };
        let change = ChangePassword { tried, hash, refresh: refresh.digest() };
        let outcome = self.host.db.write(&change, &self.host.env).await?;
        let opened = outcome.inspect_err(|refusal| note_refusal(*refusal, person, origin))?;
        let (tokens, me) = self.hand_out(&opened, &refresh)?;
        Ok(ChangePasswordResponse { tokens: Some(tokens), me: Some(me) })
    }

    async fn refresh(&self, token: &str, role: Option<Role>, origin: Origin) -> Result<(Tokens, Me), Failure> {
        let next = RefreshToken::random();
        let (presented, grace) = (digest(token.trim()), self.config.refresh_grace());
        let refresh = RefreshSession { presented, next: next.digest(), grace, role, origin };
        let outcome = self.host.db.write(&refresh, &self.host.env).await?;
        let opened = outcome.inspect_err(|refusal| note_end(*refusal, origin))?;
        self.hand_out(&opened, &next)
    }

    async fn sign_out(&self, message: &SignOutRequest, origin: Origin) -> Result<(), Failure> {
        wire::check_refresh_token(&message.refresh_token)?;
        let sign_out = SignOut { presented: digest(message.refresh_token.trim()), origin };
        self.host.db.write(&sign_out, &self.host.env).await
    }

    /// Where a call comes from, as the gateway tells it.
    fn origin<M>(&self, request: &Request<M>) -> Origin {
        let address = client_address::told(request.metadata().as_ref(), &self.host.tokens);
        Origin { address, network: address.map(one_caller) }
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
        let origin = self.origin(&request);
        Ok(Response::new(Self::sign_in(self, request.get_ref(), origin).await?))
    }

    async fn refresh_session(
        &self,
        request: Request<RefreshSessionRequest>,
    ) -> Result<Response<RefreshSessionResponse>, Status> {
        let (origin, token) = (self.origin(&request), &request.get_ref().refresh_token);
        wire::check_refresh_token(token).map_err(Failure::from)?;
        let (tokens, _) = self.refresh(token, None, origin).await?;
        Ok(Response::new(RefreshSessionResponse { tokens: Some(tokens) }))
    }

    async fn sign_out(&self, request: Request<SignOutRequest>) -> Result<Response<SignOutResponse>, Status> {
        Self::sign_out(self, request.get_ref(), self.origin(&request)).await?;
        Ok(Response::new(SignOutResponse {}))
    }

    async fn change_password(
        &self,
        request: Request<ChangePasswordRequest>,
    ) -> Result<Response<ChangePasswordResponse>, Status> {
        let origin = self.origin(&request);
        Ok(Response::new(Self::change_password(self, request.get_ref(), origin).await?))
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
        let (origin, message) = (self.origin(&request), request.into_inner());
        let role = wire::parse_switch(&message).map_err(Failure::from)?;
        let (tokens, me) = self.refresh(&message.refresh_token, Some(role), origin).await?;
        Ok(Response::new(SwitchRoleResponse { tokens: Some(tokens), me: Some(me) }))
    }
}

/// Tells whoever watches of a try that was refused.
fn note_refusal(refusal: SignInError, person: Option<PersonId>, origin: Origin) {
    let event = match refusal {
        SignInError::Delayed { .. } => SecurityEvent::SignInDelayed,
        SignInError::DelayBegins { .. } => SecurityEvent::SignInDelayBegan,
        SignInError::Refused | SignInError::Disabled | SignInError::TemporaryPasswordExpired => {
            SecurityEvent::SignInRefused
        }
        // Whoever must change the password, or has no role yet, is who they say they are.
        SignInError::PasswordChangeRequired | SignInError::NoRole => return,
    };
    security::record(
        event,
        Concerned { person, address: origin.address, reason: refusal.reason(), ..Concerned::default() },
    );
}

/// The same of a refresh token that no honest client presents.
fn note_end(refusal: SessionError, origin: Origin) {
    let concerned = Concerned { address: origin.address, reason: refusal.reason(), ..Concerned::default() };
    match refusal {
        SessionError::Reused { person, session } => {
            let (person, session) = (Some(person), Some(session));
            security::record(SecurityEvent::TokenReused, Concerned { person, session, ..concerned });
        }
        SessionError::Unknown => security::record(SecurityEvent::TokenUnknown, concerned),
        SessionError::Expired | SessionError::Ended | SessionError::RoleNotHeld => {}
    }
}
