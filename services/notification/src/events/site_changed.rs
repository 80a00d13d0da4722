//! `configuration.v1.site_changed`: a site's name, for the mails.

use chassis::Tx;
use eventing::{Handle, HandlerError, Received};
use proto::configuration::v1::SiteChanged;

use super::{keep, unreadable};
use crate::{app::keep_copy::Record, wire};

pub(super) struct OnSiteChanged;

impl Handle<SiteChanged> for OnSiteChanged {
    async fn handle(&self, tx: &mut Tx, received: Received<SiteChanged>) -> Result<(), HandlerError> {
        let site = wire::configuration::site(&received.event).map_err(unreadable)?;
        keep(tx, received.aggregate_version, &Record::Site(site)).await
    }
}
