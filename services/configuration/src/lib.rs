//! The directory of a province: agencies, sites, services, destinations, closures, programs, courses, terms, placement types,
//! reasons.
//!
//! **What it owns.** Who there is, where, and under which codes. Nothing is deleted: entries retire, since requests of years
//! ago still name them. Everybody who is signed in may read the directory; it holds no personal data beyond the ids of
//! coordinators and agents. Their business cards, a copy of identity's, are read by coordinators, course leaders and agents alone.
//!
//! **Invariants.**
//! - A site belongs to a receiving agency, a program to a placing one, for good; nothing is opened below what is retired.
//! - A destination serves at least one service of its own site; a service retires only while no active destination uses it.
//! - The version of a row counts its changes from 1: it is the etag and the `aggregate_version` of the row's event. A change
//!   that changes nothing is no change.
//! - Who changed what on a service or a destination is kept in the transaction of the change, and told to those of its agency
//!   whose grants reach it.
//! - A new entry is active, whatever the request says of it.
//! - A closure is of one agency, site or destination for good, and holds for everything below it. It is withdrawn, not deleted.
//! - Coordinators and agents are known, active and employed by the site's agency when they are named; what becomes of them
//!   later does not touch the entry.
//! - A card is given away while its person is on the staff and named by a place that is in use; of who has left the name is kept.
//!
//! **Ten resources, one shape.** An entry is a domain type that is a `resources::Table`, a `resources::Message` and an
//! `resources::Resource`: rows, contract, rules. Create, get, list and update are written once over these
//! (`resources::app`, `resources::grpc`), and so is how rows are found, held and listed (`resources::store`); what a table
//! writes stays in its own file. All SQL is checked when it is compiled. An update lays the fields of its
//! mask over the stored entry's message and parses the whole again: there is one parser, and one set of field paths.
//!
//! **Order and search** go through columns that the code writes without accents and case: they are the same on every cluster,
//! whatever its locale. Pages follow the order that the first of them had, in the reader's language.
//!
//! **Events out**: `configuration.v1.*_changed`, the whole entry, on each write. **Events in**: `identity.v1.person_changed`,
//! for people in its directory, who lag by the time an event travels.
//!
//! **What a province starts with** ([`seed`]) and **the open data of facilities**
//! ([`facilities`]) are use cases, not migrations: others must hear of them.

mod closures;
mod codes;
mod config;
mod export;
pub mod facilities;
mod organisations;
mod profiles;
mod programs;
mod resources;
pub mod seed;
mod topology;

use chassis::{Component, Host, Messages};
use directory::{KeepDirectory as _, model::Aggregate};
use eventing::{Consumers, Topology};
use fluent_templates::static_loader;
use proto::configuration::v1::{
    agency_service_server::AgencyServiceServer, closure_service_server::ClosureServiceServer,
    contact_service_server::ContactServiceServer, course_service_server::CourseServiceServer,
    destination_service_server::DestinationServiceServer, export_service_server::ExportServiceServer,
    placement_type_service_server::PlacementTypeServiceServer,
    profile_history_service_server::ProfileHistoryServiceServer, program_service_server::ProgramServiceServer,
    reason_service_server::ReasonServiceServer, service_service_server::ServiceServiceServer,
    site_service_server::SiteServiceServer, term_service_server::TermServiceServer,
};
use sqlx::migrate::Migrator;

pub use config::Config;

static MIGRATOR: Migrator = sqlx::migrate!();

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "fr",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The service.
pub struct Configuration;

impl chassis::Service for Configuration {
    const NAME: &'static str = "configuration";
    const TOPOLOGY: &'static Topology = &topology::TOPOLOGY;
    const DIRECTORY: bool = true;
    type Config = Config;

    fn migrator() -> Option<&'static Migrator> {
        Some(&MIGRATOR)
    }

    fn messages() -> &'static Messages {
        &LOCALES
    }

    async fn build(host: &Host, _: Config) -> anyhow::Result<Component> {
        let served = resources::Server::new(host.clone());
        let people = Consumers::of(Self::NAME).keep_directory(&host.directory, &[Aggregate::Person]);
        Ok(Component::new()
            .grpc(AgencyServiceServer::new(served.clone()))
            .grpc(SiteServiceServer::new(served.clone()))
            .grpc(ServiceServiceServer::new(served.clone()))
            .grpc(DestinationServiceServer::new(served.clone()))
            .grpc(ClosureServiceServer::new(served.clone()))
            .grpc(ContactServiceServer::new(served.clone()))
            .grpc(ProfileHistoryServiceServer::new(served.clone()))
            .grpc(ProgramServiceServer::new(served.clone()))
            .grpc(CourseServiceServer::new(served.clone()))
            .grpc(TermServiceServer::new(served.clone()))
            .grpc(PlacementTypeServiceServer::new(served.clone()))
            .grpc(ReasonServiceServer::new(served.clone()))
            .grpc(ExportServiceServer::new(served))
            .consumers(people)
            .copy_of("identity"))
    }
}
