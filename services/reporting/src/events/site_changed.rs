//! `configuration.v1.site_changed`: its name is kept.

use chassis::db::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::SiteChanged;

use crate::{app, wire};

/// Keeps the name.
pub struct OnSiteChanged;

impl Handle<SiteChanged> for OnSiteChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<SiteChanged>) -> Result<(), HandlerError> {
        let name = wire::name::site(received.event.site).map_err(HandlerError::reject)?;
        Ok(app::keep_name::run(tx, received.aggregate_version, &name).await?)
    }
}
