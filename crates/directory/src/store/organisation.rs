//! Agencies, sites, services, units and closures.

use jiff::civil::Date;
use kernel::{DateRange, Text, fold};
use uuid::Uuid;

use super::table::{Inconsistent, row};
use crate::model::{Agency, ClosedPlace, Closure, ClosureReason, Destination, Scope, Service, Side, Site};

row!(AgencyRow in "directory_agency" by id: "uuid" {
    name: String as "text",
    search: String as "text",
    side: String as "text",
    is_user: bool as "boolean",
    active: bool as "boolean",
});

impl From<&Agency> for AgencyRow {
    fn from(agency: &Agency) -> Self {
        Self {
            id: agency.id.uuid(),
            name: agency.name.clone(),
            search: fold(&agency.name),
            side: agency.side.code().to_owned(),
            is_user: agency.is_user,
            active: agency.active,
        }
    }
}

impl TryFrom<AgencyRow> for Agency {
    type Error = Inconsistent;

    fn try_from(row: AgencyRow) -> Result<Self, Inconsistent> {
        let side = Side::parse(&row.side).ok_or_else(|| Inconsistent::of(&row, "side"))?;
        Ok(Self { id: row.id.into(), name: row.name, side, is_user: row.is_user, active: row.active })
    }
}

row!(SiteRow in "directory_site" by id: "uuid" {
    agency_id: Uuid as "uuid",
    name: String as "text",
    search: String as "text",
    active: bool as "boolean",
});

impl From<&Site> for SiteRow {
    fn from(site: &Site) -> Self {
        Self {
            id: site.id.uuid(),
            agency_id: site.agency.uuid(),
            name: site.name.clone(),
            search: fold(&site.name),
            active: site.active,
        }
    }
}

impl TryFrom<SiteRow> for Site {
    type Error = Inconsistent;

    fn try_from(row: SiteRow) -> Result<Self, Inconsistent> {
        Ok(Self { id: row.id.into(), agency: row.agency_id.into(), name: row.name, active: row.active })
    }
}

row!(ServiceRow in "directory_service" by id: "uuid" {
    site_id: Uuid as "uuid",
    name_fr: String as "text",
    name_en: String as "text",
    search: String as "text",
    coordinator_id: Option<Uuid> as "uuid",
    redirects_automatically: bool as "boolean",
    active: bool as "boolean",
});

impl From<&Service> for ServiceRow {
    fn from(service: &Service) -> Self {
        Self {
            id: service.id.uuid(),
            site_id: service.site.uuid(),
            name_fr: service.name.fr.clone(),
            name_en: service.name.en.clone(),
            search: searchable(&service.name),
            coordinator_id: service.coordinator.map(Into::into),
            redirects_automatically: service.redirects_automatically,
            active: service.active,
        }
    }
}

impl TryFrom<ServiceRow> for Service {
    type Error = Inconsistent;

    fn try_from(row: ServiceRow) -> Result<Self, Inconsistent> {
        Ok(Self {
            id: row.id.into(),
            site: row.site_id.into(),
            name: Text::new(row.name_fr, row.name_en),
            coordinator: row.coordinator_id.map(Into::into),
            redirects_automatically: row.redirects_automatically,
            active: row.active,
        })
    }
}

row!(DestinationRow in "directory_destination" by id: "uuid" {
    site_id: Uuid as "uuid",
    service_ids: Vec<Uuid> as "uuid[]",
    name: String as "text",
    search: String as "text",
    agent_id: Option<Uuid> as "uuid",
    capacity: i32 as "integer",
    group_size: i32 as "integer",
    notice_weeks: i32 as "integer",
    active: bool as "boolean",
});

impl From<&Destination> for DestinationRow {
    fn from(unit: &Destination) -> Self {
        Self {
            id: unit.id.uuid(),
            site_id: unit.site.uuid(),
            service_ids: unit.services.iter().map(|id| id.uuid()).collect(),
            name: unit.name.clone(),
            search: fold(&unit.name),
            agent_id: unit.agent.map(Into::into),
            capacity: unit.capacity,
            group_size: unit.group_size,
            notice_weeks: unit.notice_weeks,
            active: unit.active,
        }
    }
}

impl TryFrom<DestinationRow> for Destination {
    type Error = Inconsistent;

    fn try_from(row: DestinationRow) -> Result<Self, Inconsistent> {
        Ok(Self {
            id: row.id.into(),
            site: row.site_id.into(),
            services: row.service_ids.into_iter().map(Into::into).collect(),
            name: row.name,
            agent: row.agent_id.map(Into::into),
            capacity: row.capacity,
            group_size: row.group_size,
            notice_weeks: row.notice_weeks,
            active: row.active,
        })
    }
}

row!(ClosureRow in "directory_closure" by id: "uuid" {
    place_kind: String as "text",
    place_id: Uuid as "uuid",
    start_date: Date as "date",
    end_date: Date as "date",
    reason: String as "text",
    active: bool as "boolean",
});

impl From<&Closure> for ClosureRow {
    fn from(closure: &Closure) -> Self {
        Self {
            id: closure.id.uuid(),
            place_kind: Scope::from(closure.place).kind().code().to_owned(),
            place_id: closure.place.uuid(),
            start_date: closure.days.start(),
            end_date: closure.days.end(),
            reason: closure.reason.code().to_owned(),
            active: closure.active,
        }
    }
}

impl TryFrom<ClosureRow> for Closure {
    type Error = Inconsistent;

    fn try_from(row: ClosureRow) -> Result<Self, Inconsistent> {
        let place = match row.place_kind.as_str() {
            "AGENCY" => ClosedPlace::Agency(row.place_id.into()),
            "SITE" => ClosedPlace::Site(row.place_id.into()),
            "DESTINATION" => ClosedPlace::Destination(row.place_id.into()),
            _ => return Err(Inconsistent::of(&row, "place_kind")),
        };
        let days = DateRange::new(row.start_date, row.end_date).map_err(|_| Inconsistent::of(&row, "end_date"))?;
        let reason = ClosureReason::parse(&row.reason).ok_or_else(|| Inconsistent::of(&row, "reason"))?;
        Ok(Self { id: row.id.into(), place, days, reason, active: row.active })
    }
}

/// A line break, which nobody searches for, keeps the two languages from being found as one.
pub(super) fn searchable(name: &Text) -> String {
    fold(&format!("{}\n{}", name.fr, name.en))
}
