//! What the page of a request needs to know, asked at the same time.

use proto::{
    configuration::v1::{GetAgencyRequest, GetServiceRequest},
    notification::v1::Delivery,
    placement::v1::{
        FittingDestination, GetRequestContactsRequest, GetRequestContactsResponse, GetRequestRequest, HistoryEntry,
        ListHistoryRequest, MarkRequestSeenRequest, PlacementRequest, SuggestDestinationsRequest,
    },
};
use tonic::Status;

use super::mails;
use crate::{
    api::{Reasons, placement_type},
    pages::actions::{Action, SEND, offered},
    shell::{PageError, SignedIn},
};

pub(super) struct RequestData {
    pub(super) request: PlacementRequest,
    pub(super) actions: Vec<&'static Action>,
    /// Oldest first.
    pub(super) history: Vec<HistoryEntry>,
    pub(super) reasons: Reasons,
    pub(super) placement_type: String,
    pub(super) fits: Vec<FittingDestination>,
    pub(super) deliveries: Option<Result<Vec<Delivery>, ()>>,
    pub(super) route: Route,
    /// Whom to turn to; nobody where that cannot be had, since the page is worth showing without.
    pub(super) contacts: GetRequestContactsResponse,
}

/// By which way a draft would go out (domain §7.4 no. 2 to 4, 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// To the coordinator.
    Coordinator,
    /// Straight to the destination.
    Automatic,
    /// To an agency that does not work in Tandem.
    Offline,
}

impl RequestData {
    /// Reads it; `opened` says that a person did so by hand, who has then seen what was changed by others.
    pub(super) async fn read(user: &SignedIn, id: &str, opened: bool) -> Result<Self, PageError> {
        let message = GetRequestRequest { id: id.to_owned() };
        let request = user.api.requests().get_request(message).await?.into_inner().request.unwrap_or_default();
        let actions = offered(&request);
        let (history, reasons, placement_type, fits, deliveries, route, contacts, ()) = tokio::join!(
            history(user, id),
            Reasons::read(&user.api),
            placement_type(&user.api, user.text(), &request.placement_type_code),
            fits(user, id, &actions),
            mails::read(user, id),
            route(user, &request, &actions),
            contacts(user, id),
            seen(user, &request, opened),
        );
        Ok(Self {
            actions,
            history: history?,
            reasons: reasons?,
            placement_type,
            fits: fits?,
            deliveries,
            route: route?,
            contacts,
            request,
        })
    }
}

async fn history(user: &SignedIn, id: &str) -> Result<Vec<HistoryEntry>, Status> {
    let message = ListHistoryRequest { id: id.to_owned() };
    Ok(user.api.requests().list_history(message).await?.into_inner().entries)
}

async fn fits(user: &SignedIn, id: &str, actions: &[&'static Action]) -> Result<Vec<FittingDestination>, Status> {
    if !actions.iter().any(|action| action.has_destination()) {
        return Ok(Vec::new());
    }
    let message = SuggestDestinationsRequest { id: id.to_owned() };
    Ok(user.api.requests().suggest_destinations(message).await?.into_inner().destinations)
}

async fn route(user: &SignedIn, request: &PlacementRequest, actions: &[&'static Action]) -> Result<Route, Status> {
    if !actions.contains(&&SEND) {
        return Ok(Route::Coordinator);
    }
    let agency = GetAgencyRequest { agency_id: request.receiving_agency_id.clone() };
    let service = GetServiceRequest { service_id: request.service_id.clone() };
    let (mut agencies, mut services) = (user.api.agencies(), user.api.services());
    let (agency, service) = tokio::try_join!(agencies.get_agency(agency), services.get_service(service))?;
    let (agency, service) = (agency.into_inner().agency, service.into_inner().service);
    Ok(match (agency.is_some_and(|a| a.user), service.is_some_and(|s| s.automatic_redirect)) {
        (false, _) => Route::Offline,
        (true, true) => Route::Automatic,
        (true, false) => Route::Coordinator,
    })
}

async fn contacts(user: &SignedIn, id: &str) -> GetRequestContactsResponse {
    let message = GetRequestContactsRequest { id: id.to_owned() };
    match user.api.requests().get_request_contacts(message).await {
        Ok(answer) => answer.into_inner(),
        Err(status) => {
            tracing::warn!(code = ?status.code(), "the contacts of a request cannot be had");
            GetRequestContactsResponse::default()
        }
    }
}

/// Notes that it was opened. The page is worth showing though this should fail.
async fn seen(user: &SignedIn, request: &PlacementRequest, opened: bool) {
    if !opened {
        return;
    }
    let message = MarkRequestSeenRequest { id: request.id.clone(), etag: request.etag.clone() };
    if let Err(status) = user.api.requests().mark_request_seen(message).await {
        tracing::warn!(code = ?status.code(), "a request could not be noted as seen");
    }
}
