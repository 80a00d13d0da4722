//! People, accounts, sign-in, tokens, role grants (domain §4).
//!
//! # What it owns
//!
//! Staff records, accounts with their states, grants, sessions, the keys that sign access tokens, and the record of access. It
//! publishes `identity.v1.person_changed`: record, account state and grants of one person as they are now. The person's version
//! counts the changes of all three, and whoever changes any of them holds the person's row first, so versions
//! follow one another without gap or fork. It keeps configuration's tree of places in its directory, by which it decides whether a
//! local administrator's scope covers a place.
//!
//! # Signing in
//!
//! - Passwords are argon2id hashes, compared outside of transactions, a few at a time. A login that nobody has
//!   takes as long, answers alike, and is delayed alike, so answers tell nobody who has an account. That an account is
//!   disabled, or waits for a new password, is told to whoever gives the right password.
//! - The fourth wrong password and each further one delay the next try, and nothing locks for good
//!   (`sessions::domain::delays` says whom a delay concerns). The counts are in the database, hence the same for all replicas; each
//!   lasts a day, and since a try during a delay counts nothing, a network adds some 150 of them a day at most. The address of whoever tries
//!   is the gateway's to tell; where it tells none, all share one network.
//! - What a refused try has counted must be committed; refusals are answers of use cases, not errors.
//! - Wrong passwords that somebody else types end no session of the account's owner.
//! - Refresh tokens are 32 random bytes, stored as SHA-256; they rotate, with a grace of seconds for two tabs and lost
//!   answers (`sessions::domain::session` says why that helps no thief). Rights and language are read anew at each refresh, so a
//!   right that was taken away lives as long as an access token at most.
//! - One role is active per session, and the token carries the grants of that role alone: a coordinator who also teaches is
//!   never both at once.
//! - Access tokens are EdDSA JWTs. Keys lie in the table `signing_key`, made at the first start under an advisory lock, shared by all
//!   replicas, changed every 30 days; the public half of a former key is published until a day after. A token is signed
//!   with the key that is current in the transaction that opened the session, so no replica signs with a stale one. The
//!   seed is stored as it is, readable by identity's own database role alone. A secret store takes over by replacing
//!   `keys::store` (five functions) with calls that have the store sign; nothing else sees a seed.
//!
//! # What attacks leave
//!
//! Refused tries, delays that begin, refresh tokens that come back or were never issued, and passwords that administrators reset are security
//! events (`chassis::security`): a line in the log, and a count. Those that concern an account, and every sign-in, are also in
//! the record of access, with the whole address, for [`Config::keep_access_days`]; the operator reads it. A try during a delay is counted alone,
//! so that a flood fills nothing.
//!
//! # Rights
//!
//! A staff record belongs to one agency and is visible within it; the operator sees all. A local administrator acts on accounts and
//! records of people all of whose rights lie within the own scope, gives and takes rights within that scope on
//! the own side, and never makes local administrators: that is the operator's.
//!
//! # Beginnings
//!
//! [`seed::Bootstrap`] makes the first operator, and another one when none can sign in any more; [`seed::ResetOperator`] gives one a new
//! password, on the machine. The last operator who can sign in is not disabled for sleeping. [`seed::SeedAccount`] makes people of the demonstration who can sign in at
//! once.

pub mod accounts;
mod advisory;
mod audit;
mod caller;
pub mod config;
pub mod grants;
mod keys;
pub mod people;
pub mod seed;
mod sessions;
mod topology;

use std::{sync::Arc, time::Duration};

use chassis::{Component, Host, Messages, Service};
use directory::{
    KeepDirectory as _,
    model::Aggregate::{self, Agency, Destination, Program, Service as ClinicalService, Site},
};
use eventing::{Consumers, Topology};
use proto::identity::v1::{
    account_service_server::AccountServiceServer, audit_service_server::AuditServiceServer,
    export_service_server::ExportServiceServer, person_service_server::PersonServiceServer,
    session_service_server::SessionServiceServer,
};
use sqlx::migrate::Migrator;

pub use config::Config;

/// The history of identity's schema.
static MIGRATOR: Migrator = sqlx::migrate!();

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "fr",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// How often accounts are looked at: dormancy is counted in days.
const DORMANT_EVERY: Duration = Duration::from_secs(3600);
/// How often old sessions are removed.
const PURGE_EVERY: Duration = Duration::from_secs(3600);
/// How often the record of access is looked at: retention is counted in days.
const AUDIT_EVERY: Duration = Duration::from_secs(3600);
/// How often the signing key's age is looked at.
const KEYS_EVERY: Duration = Duration::from_secs(3600);

/// What it keeps of configuration's: where grants can be.
const PLACES: &[Aggregate] = &[Agency, Site, ClinicalService, Destination, Program];

/// The service.
#[derive(Clone, Copy, Debug)]
pub struct Identity;

impl Service for Identity {
    const NAME: &'static str = "identity";
    const TOPOLOGY: &'static Topology = &topology::TOPOLOGY;
    const DIRECTORY: bool = true;
    type Config = Config;

    fn migrator() -> Option<&'static Migrator> {
        Some(&MIGRATOR)
    }

    fn messages() -> &'static Messages {
        &LOCALES
    }

    async fn build(host: &Host, config: Config) -> anyhow::Result<Component> {
        let passwords = accounts::Passwords::new(&config.argon2)?;
        let (temporary_life, keep_access) = (config.temporary_password_life(), config.keep_access());
        let config = Arc::new(config);
        // Nobody can sign in before there is a key.
        keys::rotate_keys(host.clone()).await?;
        let sessions = sessions::Sessions::new(host.clone(), config, passwords.clone());
        let places = Consumers::of(Self::NAME).keep_directory(&host.directory, PLACES);
        let (dormant, purge, audit, keys) = (host.clone(), host.clone(), host.clone(), host.clone());
        Ok(Component::new()
            .grpc(SessionServiceServer::new(sessions))
            .grpc(PersonServiceServer::new(people::People::new(host.clone())))
            .grpc(AccountServiceServer::new(accounts::Accounts::new(host.clone(), passwords)))
            .grpc(AuditServiceServer::new(audit::Audit::new(host.clone())))
            .grpc(ExportServiceServer::new(people::Export::new(host.clone())))
            .consumers(places)
            .copy_of("configuration")
            .task("disable_dormant", DORMANT_EVERY, move || accounts::disable_dormant(dormant.clone(), temporary_life))
            .task("purge_sessions", PURGE_EVERY, move || sessions::purge_sessions(purge.clone()))
            .task("purge_access_record", AUDIT_EVERY, move || audit::purge_access_record(audit.clone(), keep_access))
            .task("rotate_keys", KEYS_EVERY, move || keys::rotate_keys(keys.clone())))
    }
}
