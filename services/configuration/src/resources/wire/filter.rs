//! What lists are narrowed down by, beside names.

use directory::model::Side;
use kernel::{Fields, Invalid};
use proto::configuration::v1 as pb;

use crate::{
    closures,
    organisations::{self, parse_kind},
};

/// A list request's own filter.
pub trait Filtered<F> {
    /// The filter.
    ///
    /// # Errors
    /// If it is malformed.
    fn filter(&self) -> Result<F, Invalid>;
}

impl Filtered<Option<Side>> for pb::ListAgenciesRequest {
    fn filter(&self) -> Result<Option<Side>, Invalid> {
        let kind = parse_kind(self.kind);
        let is_known = kind.is_some() || self.kind == i32::from(pb::AgencyKind::Unspecified);
        if is_known { Ok(kind) } else { Err(Invalid::field("kind", "UNKNOWN_KIND")) }
    }
}

impl Filtered<organisations::Filter> for pb::ListDestinationsRequest {
    fn filter(&self) -> Result<organisations::Filter, Invalid> {
        let mut fields = Fields::default();
        let site = fields.optional_id("site_id", &self.site_id);
        let service = fields.optional_id("service_id", &self.service_id);
        fields.finish(|| Some(organisations::Filter { site: site?, service: service? }))
    }
}

impl Filtered<closures::Filter> for pb::ListClosuresRequest {
    fn filter(&self) -> Result<closures::Filter, Invalid> {
        let mut fields = Fields::default();
        let agency = fields.optional_id("agency_id", &self.agency_id);
        let site = fields.optional_id("site_id", &self.site_id);
        let destination = fields.optional_id("destination_id", &self.destination_id);
        let from = fields.optional_date("from_date", &self.from_date);
        let to = fields.optional_date("to_date", &self.to_date);
        fields.finish(|| {
            Some(closures::Filter { agency: agency?, site: site?, destination: destination?, from: from?, to: to? })
        })
    }
}

macro_rules! by_parent {
    ($($request:ident by $field:ident: $id:ident),+ $(,)?) => {$(
        impl Filtered<Option<kernel::$id>> for pb::$request {
            fn filter(&self) -> Result<Option<kernel::$id>, Invalid> {
                let mut fields = Fields::default();
                let parent = fields.optional_id(stringify!($field), &self.$field);
                fields.finish(|| parent)
            }
        }
    )+};
}

by_parent! {
    ListSitesRequest by agency_id: AgencyId,
    ListServicesRequest by site_id: SiteId,
    ListProgramsRequest by agency_id: AgencyId,
    ListCoursesRequest by program_id: ProgramId,
}

macro_rules! unfiltered {
    ($($request:ident),+) => {$(
        impl Filtered<()> for pb::$request {
            fn filter(&self) -> Result<(), Invalid> {
                Ok(())
            }
        }
    )+};
}

unfiltered!(ListTermsRequest, ListPlacementTypesRequest, ListReasonsRequest);
