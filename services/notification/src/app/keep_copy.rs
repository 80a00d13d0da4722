//! Keeps what others own, as their events tell it; the newest version wins.

use chassis::Tx;

use crate::{
    domain::{Agency, Closure, Destination, Person, Program, Reason, Service, Site},
    store::{self, Error},
};

/// A record of another service.
#[derive(Clone, Debug)]
pub enum Record {
    /// Of identity.
    Person(Person),
    /// Of configuration.
    Agency(Agency),
    /// Of configuration.
    Site(Site),
    /// Of configuration.
    Service(Service),
    /// Of configuration.
    Destination(Destination),
    /// Of configuration.
    Closure(Closure),
    /// Of configuration.
    Program(Program),
    /// Of configuration.
    Reason(Reason),
}

/// Keeps a record unless a newer version of it is there.
///
/// # Errors
/// If the database fails.
pub async fn run(tx: &mut Tx, version: i64, record: &Record) -> Result<(), Error> {
    match record {
        Record::Person(person) => store::person::keep(tx, version, person).await,
        Record::Agency(agency) => store::agency::keep(tx, version, agency).await,
        Record::Site(site) => store::site::keep(tx, version, site).await,
        Record::Service(service) => store::service::keep(tx, version, service).await,
        Record::Destination(destination) => store::destination::keep(tx, version, destination).await,
        Record::Closure(closure) => store::closure::keep(tx, version, closure).await,
        Record::Program(program) => store::program::keep(tx, version, program).await,
        Record::Reason(reason) => store::reason::keep(tx, version, reason).await,
    }
}
