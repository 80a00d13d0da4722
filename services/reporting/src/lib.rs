//! Read models and reports: projects the events of other services into tables of its own, and answers reports from them.
//!
//! Owned: `request_row`, one row per placement request; `name_copy`, the names behind its ids. Published: nothing. Consumed:
//! every `placement.v1.request_*`, and the `configuration.v1.*_changed` events of agencies, sites, services, destinations
//! and programs, whose names are refilled from configuration's export at the first start.
//!
//! ```text
//! placement ─request_*─► project_request ─► request_row ─┐
//! configuration ─*_changed─► keep_name ─► name_copy ─────┴─► ListRequestReport, ExportRequestReport
//! ```
//!
//! # Any order gives the same row
//! Delivery order is not promised. The facts of a request yield to a newer version only; each [milestone] (sent, redirected,
//! answered, confirmed, cancelled) carries the version at which it was passed and yields to a newer one of its kind. All
//! these are maxima, so every order of the same events, with whatever repetitions, ends in the same row. A resubmission or
//! reactivation is a newer `sent`, which begins a new round: milestones of an older version than it stay stored, and the
//! view `request_report` leaves them out. Milestones follow from the states before and after an event, not from its name.
//! Placement publishes one event per version.
//!
//! # Who sees what
//! [`domain::viewer`] holds the rules (domain §7.3): a school never sees what a destination answered before the agency
//! ratified it, neither as a state nor through a reason, a filter or a sum; receiving coordinators see nothing before it was
//! sent to them, destination coordinators nothing before it was redirected to their unit in the present round. Filters speak
//! of the visible state: they are turned into the stored states behind it before the database is asked, and scope and
//! visibility stand in the statements' `where`. A caller whose grants reach no place is refused; a filter by a place out
//! of reach finds nothing, so that it tells nothing.
//!
//! # Delays
//! Whole days by the calendar of the province's zone. The rows' delays are counted in [`domain::report`], the median by the
//! database (`percentile_disc`, the lower middle), by the same rule; a test holds the two together.
//!
//! [milestone]: domain::request::Milestone

mod app;
pub mod config;
pub mod domain;
mod events;
mod grpc;
mod store;
pub mod topology;
pub mod wire;

pub use config::Config;

use chassis::{Component, Host};
use proto::reporting::v1::report_service_server::ReportServiceServer;

/// The reporting service.
pub struct Reporting;

fluent_templates::static_loader! {
    // The texts of errors, and of the files' headers and states.
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

    fn migrator() -> Option<&'static sqlx::migrate::Migrator> {
        Some(&MIGRATOR)
    }

    fn messages() -> &'static chassis::Messages {
        &LOCALES
    }

    async fn build(host: &Host, config: Self::Config) -> anyhow::Result<Component> {
        let reports = grpc::reports::Reports::new(host.clone(), config)?;
        Ok(Component::new()
            .grpc(ReportServiceServer::new(reports))
            .consumers(events::consumers())
            .copy_of("configuration"))
    }
}
