//! Read models and reports: projects the events of other services into tables of its own, and answers reports from them.
//!
//! Owned: `request_row`, one row per placement request. Published: nothing. Consumed: every `placement.v1.request_*`, and for
//! the directory, which knows the names behind the ids of a row, the `configuration.v1.*_changed` events of agencies, sites,
//! services, destinations and programs.
//!
//! ```text
//! placement ─request_*─► projections ─► request_row ─┐
//! configuration ─*_changed─► directory: snapshot ──────┴─► reports: ListRequestReport, ExportRequestReport
//! ```
//!
//! # Any order gives the same row
//! Delivery order is not promised. The facts of a request yield to a newer version only; each [milestone] (sent, answered,
//! confirmed, cancelled) carries the version at which it was passed and yields to a newer one of its kind. All
//! these are maxima, so every order of the same events, with whatever repetitions, ends in the same row. A resubmission or
//! reactivation is a newer `sent`, which begins a new round: milestones of an older version than it stay stored, and the
//! view `seen_request` leaves them out. Milestones follow from the stored states before and after an event, not from its
//! name; what a destination answers passes none. Placement publishes one event per version.
//!
//! # Who sees what
//! Placement decides it, and tells it with every event: what school, coordinator and destination may see of the request now
//! (domain §7.3). Reporting keeps these views beside the facts, and rows, filters, counts and sums know nothing else of a
//! state or a reason; the stored state serves the milestones alone. A request without a view for a side is not there for it.
//! Scope and view stand in the statements' `where`. A caller whose grants reach no place is refused; a filter by a place out
//! of reach finds nothing, so that it tells nothing.
//!
//! An event of a release that told no views changes the facts, and each side goes on seeing what it was told last; what it
//! was never told, it does not see, until the request's next event. So it is too where a projection is built again from
//! events of such a release. Nothing is derived from the stored state instead: a rule in a second place is how a school once
//! came to read from the report that a unit had answered.
//!
//! # Delays
//! Whole days by the calendar of the province's zone. The rows' delays are counted in [`reports::domain::requests`], the median by the
//! database (`percentile_disc`, the lower middle), by the same rule; a test holds the two together.
//!
//! [milestone]: projections::domain::request::Milestone

pub mod config;
pub mod projections;
pub mod reports;
pub mod topology;

pub use config::Config;

use chassis::{Component, Host};
use proto::reporting::v1::report_service_server::ReportServiceServer;

/// The reporting service.
pub struct Reporting;

fluent_templates::static_loader! {
    // The texts of errors, and of the files' headers.
    static LOCALES = {
        locales: "./locales",
        fallback_language: "fr",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

impl chassis::Service for Reporting {
    const NAME: &'static str = "reporting";
    const TOPOLOGY: &'static eventing::Topology = &topology::TOPOLOGY;
    type Config = Config;
    const DIRECTORY: bool = true;

    fn migrator() -> Option<&'static sqlx::migrate::Migrator> {
        Some(&MIGRATOR)
    }

    fn messages() -> &'static chassis::Messages {
        &LOCALES
    }

    async fn build(host: &Host, config: Self::Config) -> anyhow::Result<Component> {
        let reports = reports::Reports::new(host.clone(), config)?;
        Ok(Component::new()
            .grpc(ReportServiceServer::new(reports))
            .consumers(projections::consumers(&host.directory))
            .copy_of("configuration"))
    }
}
