//! The all-in-one's own settings, and those of the services inside it.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::PathBuf,
};

use chassis::{Secret, Validate};
use serde::{Deserialize, Serialize};

/// What the all-in-one can be told. `database.url` and `broker.url` of the common settings, where given, replace the
/// cluster in the data folder and the tables that carry events.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where data and generated secrets are kept. Default `.tandem`.
    pub data: PathBuf,
    /// Where people and programs reach Tandem. Default `127.0.0.1:8080`.
    pub listen: String,
    /// Where the pages are when each service is a process of its own; otherwise they are at `listen`. Default `127.0.0.1:8081`.
    pub web_listen: String,
    /// Probes and metrics; empty for none. Default `127.0.0.1:9090`.
    pub admin_listen: String,
    /// Where a service finds its schema when each has a role of its own: URL by service. Those that are not here use
    /// `database.url`.
    pub databases: BTreeMap<String, Secret>,
    /// Settings of the service of that name.
    pub identity: identity::Config,
    /// Settings of the service of that name.
    pub configuration: configuration::Config,
    /// Settings of the service of that name.
    pub placement: placement::Config,
    /// Settings of the service of that name. Where people reach Tandem follows from `listen`, or from `web_listen` where each service
    /// is a process of its own, unless `public_url` is told.
    pub notification: notification::Config,
    /// Settings of the service of that name.
    pub reporting: reporting::Config,
    /// Settings of the gateway.
    pub gateway: gateway::Config,
    /// Settings of the pages. Where the gateway is follows from `listen`; cookies travel without TLS unless told otherwise.
    pub web: web::Config,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: ".tandem".into(),
            listen: "127.0.0.1:8080".into(),
            web_listen: "127.0.0.1:8081".into(),
            admin_listen: "127.0.0.1:9090".into(),
            databases: BTreeMap::new(),
            identity: identity::Config::default(),
            configuration: configuration::Config::default(),
            placement: placement::Config::default(),
            notification: notification::Config::default(),
            reporting: reporting::Config::default(),
            gateway: gateway::Config::default(),
            web: web::Config::default(),
        }
    }
}

impl Config {
    /// Lets mails lead to the pages that listen at an address, where nobody has told how people reach Tandem.
    pub(crate) fn reached_at(&mut self, listen: &str) {
        if self.notification.public_url != notification::Config::default().public_url {
            return;
        }
        let address = match listen.parse::<SocketAddr>() {
            // Whoever listens everywhere listens here, and nobody can be led everywhere.
            Ok(everywhere) if everywhere.ip().is_unspecified() => {
                let here: IpAddr =
                    if everywhere.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() };
                SocketAddr::new(here, everywhere.port()).to_string()
            }
            _ => listen.to_owned(),
        };
        self.notification.public_url = format!("http://{address}");
    }
}

impl Validate for Config {
    fn validate(&self) -> Result<(), String> {
        self.identity.validate()?;
        self.configuration.validate()?;
        self.placement.validate()?;
        self.notification.validate()?;
        self.reporting.validate()?;
        self.gateway.validate()?;
        self.web.validate()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_lead_to_where_the_pages_are() {
        let reached = |listen: &str| {
            let mut config = Config::default();
            config.reached_at(listen);
            config.notification.public_url
        };
        assert_eq!(reached("127.0.0.1:9000"), "http://127.0.0.1:9000");
        assert_eq!(reached("0.0.0.0:9000"), "http://127.0.0.1:9000");
        assert_eq!(reached("[::]:9000"), "http://[::1]:9000");
        assert_eq!(reached("tandem.local:9000"), "http://tandem.local:9000");
        let mut told = Config::default();
        told.notification.public_url = "https://tandem.example".into();
        told.reached_at("127.0.0.1:9000");
        assert_eq!(told.notification.public_url, "https://tandem.example");
    }
}
