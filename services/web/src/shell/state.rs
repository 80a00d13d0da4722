//! What handlers share.

use std::sync::Arc;

use chassis::{Db, Host};
use kernel::Env;

use super::{cookies::Cookies, navigation::NavEntry, session::SessionStore};
use crate::{
    api::{Api, Live},
    config::Config,
};

#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) api: Api,
    pub(crate) sessions: SessionStore,
    pub(crate) cookies: Cookies,
    pub(crate) env: Env,
    pub(crate) live: Live,
    pub(crate) db: Db,
    /// The entries of the menu, in its order.
    pub(crate) menu: Arc<[NavEntry]>,
}

impl AppState {
    pub(crate) fn new(host: &Host, config: &Config, menu: Arc<[NavEntry]>) -> anyhow::Result<Self> {
        let api = Api::at(&config.gateway, host)?;
        Ok(Self {
            sessions: SessionStore::new(host.db.clone(), host.env.clone(), api.clone()),
            api,
            cookies: Cookies::new(config.secure_cookies.unwrap_or(true)),
            env: host.env.clone(),
            live: Live::new(host, &config.gateway)?,
            db: host.db.clone(),
            menu,
        })
    }
}
