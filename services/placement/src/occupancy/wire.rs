//! Occupancy.

use kernel::{Fields, Invalid};
use proto::placement::v1::{
    DestinationOccupancy, GetOccupancyRequest, GetOccupancyResponse, OccupancyCell, UnassignedOccupancy,
};

use super::domain::{Cell, Occupancy, OccupancyQuery};

/// Weeks that are shown when nothing else is asked for.
const DEFAULT_WEEKS: i32 = 16;

/// Parses GetOccupancy.
///
/// # Errors
/// Every fault; `REQUIRED` on `site_id` where no place is named.
pub fn get_occupancy(message: &GetOccupancyRequest) -> Result<OccupancyQuery, Invalid> {
    let mut fields = Fields::default();
    if message.site_id.is_empty() && message.service_id.is_empty() && message.destination_id.is_empty() {
        fields.fault("site_id", "REQUIRED");
    }
    let site = fields.optional_id("site_id", &message.site_id);
    let service = fields.optional_id("service_id", &message.service_id);
    let destination = fields.optional_id("destination_id", &message.destination_id);
    let from = fields.optional_date("from_date", &message.from_date);
    let weeks = fields.number("weeks", message.weeks, 0..=104);
    fields.finish(|| {
        let weeks = weeks.map(|weeks| if weeks == 0 { DEFAULT_WEEKS } else { weeks });
        Some(OccupancyQuery { site: site?, service: service?, destination: destination?, from: from?, weeks: weeks? })
    })
}

/// Writes the table.
#[must_use]
pub fn occupancy(occupancy: Occupancy) -> GetOccupancyResponse {
    let Occupancy { weeks, destinations, unassigned } = occupancy;
    let destinations = destinations.into_iter().map(|row| DestinationOccupancy {
        destination_id: row.destination.to_string(),
        name: row.name,
        capacity: row.capacity,
        cells: cells(row.cells),
    });
    let unassigned = unassigned.into_iter().map(|row| UnassignedOccupancy {
        service_id: row.service.to_string(),
        service: Some(row.name.into()),
        cells: cells(row.cells),
    });
    GetOccupancyResponse {
        weeks: weeks.mondays().map(|day| day.to_string()).collect(),
        destinations: destinations.collect(),
        unassigned: unassigned.collect(),
    }
}

fn cells(cells: Vec<Cell>) -> Vec<OccupancyCell> {
    let cell = |Cell { accepted, pending, closed }| OccupancyCell { accepted, pending, closed };
    cells.into_iter().map(cell).collect()
}
