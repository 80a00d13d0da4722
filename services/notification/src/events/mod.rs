//! One file per consumed event: what it means here. Off-line sending is not consumed: the school asks such an agency by
//! itself, and neither are drafts and holds, which concern nobody but the school.

mod agency_changed;
mod closure_changed;
mod destination_changed;
mod person_changed;
mod program_changed;
mod reason_changed;
mod request_accepted;
mod request_accepted_by_destination;
mod request_cancelled;
mod request_confirmed;
mod request_dates_changed;
mod request_declined;
mod request_declined_by_destination;
mod request_destination_changed;
mod request_postponed;
mod request_reactivated;
mod request_redirected;
mod request_sent;
mod requests_affected_by_closure;
mod service_changed;
mod site_changed;

use chassis::Tx;
use eventing::{Consumers, HandlerError};
use kernel::{Env, EventId};
use proto::{configuration::v1 as configuration, identity::v1 as identity, placement::v1 as placement};

use crate::{
    app::{
        Rules,
        keep_copy::{self, Record},
        take_event::{self, Happened},
    },
    domain::Occasion,
    trace, wire,
};

/// All handlers of the service.
#[must_use]
pub fn consumers(env: &Env, rules: &Rules) -> Consumers {
    let requests = || Requests { env: env.clone(), rules: rules.clone() };
    Consumers::of("notification")
        .on::<identity::PersonChanged>(person_changed::OnPersonChanged)
        .on::<configuration::AgencyChanged>(agency_changed::OnAgencyChanged)
        .on::<configuration::SiteChanged>(site_changed::OnSiteChanged)
        .on::<configuration::ServiceChanged>(service_changed::OnServiceChanged)
        .on::<configuration::DestinationChanged>(destination_changed::OnDestinationChanged)
        .on::<configuration::ClosureChanged>(closure_changed::OnClosureChanged)
        .on::<configuration::ProgramChanged>(program_changed::OnProgramChanged)
        .on::<configuration::ReasonChanged>(reason_changed::OnReasonChanged)
        .on::<placement::RequestSent>(request_sent::OnRequestSent(requests()))
        .on::<placement::RequestRedirected>(request_redirected::OnRequestRedirected(requests()))
        .on::<placement::RequestAcceptedByDestination>(request_accepted_by_destination::OnRequestAcceptedByDestination(
            requests(),
        ))
        .on::<placement::RequestDeclinedByDestination>(request_declined_by_destination::OnRequestDeclinedByDestination(
            requests(),
        ))
        .on::<placement::RequestAccepted>(request_accepted::OnRequestAccepted(requests()))
        .on::<placement::RequestDeclined>(request_declined::OnRequestDeclined(requests()))
        .on::<placement::RequestConfirmed>(request_confirmed::OnRequestConfirmed(requests()))
        .on::<placement::RequestCancelled>(request_cancelled::OnRequestCancelled(requests()))
        .on::<placement::RequestReactivated>(request_reactivated::OnRequestReactivated(requests()))
        .on::<placement::RequestPostponed>(request_postponed::OnRequestPostponed(requests()))
        .on::<placement::RequestDatesChanged>(request_dates_changed::OnRequestDatesChanged(requests()))
        .on::<placement::RequestDestinationChanged>(
            request_destination_changed::OnRequestDestinationChanged(requests()),
        )
        .on::<placement::RequestsAffectedByClosure>(requests_affected_by_closure::OnRequestsAffectedByClosure(
            requests(),
        ))
}

/// What handlers of requests share.
pub(super) struct Requests {
    env: Env,
    rules: Rules,
}

impl Requests {
    async fn take(
        &self,
        tx: &mut Tx,
        (event, version): (EventId, i64),
        occasion: Occasion,
        facts: &Option<placement::RequestFacts>,
    ) -> Result<(), HandlerError> {
        let facts = wire::request_facts::parse(facts).map_err(unreadable)?;
        let happened = Happened { event, version, occasion, facts, trace: trace::current() };
        take_event::run(tx, &self.env, &self.rules, &happened).await.map_err(HandlerError::retry)
    }
}

async fn keep(tx: &mut Tx, version: i64, record: &Record) -> Result<(), HandlerError> {
    keep_copy::run(tx, version, record).await.map_err(HandlerError::retry)
}

/// An event that is malformed stays so: it can only be set aside.
fn unreadable(fault: kernel::Invalid) -> HandlerError {
    HandlerError::reject(fault)
}
