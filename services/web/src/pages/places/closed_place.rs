//! What a closure closes: an agency, a site or a destination.

use proto::configuration::v1::Closure;
use tonic::Status;

use super::rights::Rights;
use crate::{
    api::places,
    shell::{SignedIn, address},
};

/// The place, as the page of a closure names it.
pub(super) struct ClosedPlace {
    pub(super) name: String,
    pub(super) page: String,
    /// Whether the reader may close and open it.
    pub(super) may: bool,
}

impl ClosedPlace {
    /// Whoever may close it.
    pub(super) async fn of(user: &SignedIn, closure: &Closure) -> Result<Self, Status> {
        let (api, rights) = (&user.api, Rights::of(&user.session.me));
        if !closure.destination_id.is_empty() {
            let destination = places::destination(api, &closure.destination_id).await?;
            let site = places::site(api, &destination.site_id).await?;
            return Ok(Self {
                may: rights.edit(&destination, &site),
                page: format!("/places/destinations/{}", destination.id),
                name: format!("{} – {}", destination.name, site.name),
            });
        }
        if !closure.agency_id.is_empty() {
            let agency = places::agency(api, &closure.agency_id).await?;
            let page = address("/places", &[("kind", "sites"), ("agency_id", &agency.id)]);
            return Ok(Self { may: rights.keep_agency(&agency.id), page, name: agency.name });
        }
        let site = places::site(api, &closure.site_id).await?;
        Ok(Self { may: rights.keep_site(&site), page: format!("/places/sites/{}", site.id), name: site.name })
    }
}
