//! Buildings of health organisations.

use proto::configuration::v1 as pb;

use crate::{
    organisations::domain::site::Site,
    resources::{self, rpcs},
};

rpcs! {
    SiteService in site_service_server: Site as site, sites;
    create create_site(CreateSiteRequest) -> CreateSiteResponse, begin |new: &mut pb::Site, ids| {
        new.id = ids.next::<uuid::Uuid>().to_string();
        new.active = true;
    };
    get get_site(GetSiteRequest by site_id) -> GetSiteResponse, key resources::key;
    list list_sites(ListSitesRequest) -> ListSitesResponse;
    update update_site(UpdateSiteRequest by id) -> UpdateSiteResponse, mask rpcs::all::<Site>;
}
