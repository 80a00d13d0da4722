//! Gateway and web front end behind one address.

use chassis::{Component, Host, Service, Validate};
use eventing::Topology;
use serde::{Deserialize, Serialize};

/// The gateway, with the web front end for whatever is no call.
pub(crate) struct Front;

/// Settings of both.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct FrontConfig {
    pub(crate) gateway: gateway::Config,
    pub(crate) web: web::Config,
}

impl Validate for FrontConfig {
    fn validate(&self) -> Result<(), String> {
        self.gateway.validate()?;
        self.web.validate()
    }
}

impl Service for Front {
    const NAME: &'static str = gateway::Gateway::NAME;
    const TOPOLOGY: &'static Topology = gateway::Gateway::TOPOLOGY;
    type Config = FrontConfig;

    async fn build(host: &Host, config: FrontConfig) -> anyhow::Result<Component> {
        Ok(Component::new().http(gateway::router(host, &config.gateway, Some(web::router(&config.web)?))?))
    }
}
