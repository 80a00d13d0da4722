//! `configuration.v1.site_changed`.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::SiteChanged;

use crate::{app, wire};

/// Keeps the place in the copy.
#[derive(Clone, Copy, Debug)]
pub struct OnSiteChanged;

impl Handle<SiteChanged> for OnSiteChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<SiteChanged>) -> Result<(), HandlerError> {
        let record = wire::place::site(&received.event, received.aggregate_version).map_err(HandlerError::reject)?;
        app::record_place::run(tx, &record).await.map_err(HandlerError::retry)
    }
}
