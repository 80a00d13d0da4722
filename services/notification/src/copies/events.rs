use chassis::Tx;
use eventing::{Consumers, Handle, HandlerError, Received};
use proto::{configuration::v1 as configuration, identity::v1 as identity};

use super::{store, wire};

/// Keeps what an event tells, unless a newer version is there.
struct Keep;

/// One handler for each kind of record: how it is read, and how it is kept.
macro_rules! keep {
    ($($event:path: $parse:path => $keep:path),* $(,)?) => {
        $(impl Handle<$event> for Keep {
            async fn handle(&self, tx: &mut Tx, received: Received<$event>) -> Result<(), HandlerError> {
                let record = $parse(&received.event).map_err(HandlerError::reject)?;
                $keep(tx, received.aggregate_version, &record).await.map_err(HandlerError::retry)
            }
        })*

        /// Adds the handlers.
        pub(crate) fn consume(consumers: Consumers) -> Consumers {
            consumers$(.on::<$event>(Keep))*
        }
    };
}

keep! {
    identity::PersonChanged: wire::person::parse => store::person::keep,
    configuration::AgencyChanged: wire::configuration::agency => store::agency::keep,
    configuration::SiteChanged: wire::configuration::site => store::site::keep,
    configuration::ServiceChanged: wire::configuration::service => store::service::keep,
    configuration::DestinationChanged: wire::configuration::destination => store::destination::keep,
    configuration::ClosureChanged: wire::closure::parse => store::closure::keep,
    configuration::ProgramChanged: wire::configuration::program => store::program::keep,
    configuration::ReasonChanged: wire::configuration::reason => store::reason::keep,
}
