//! Each method names how its message is parsed, and what it answers; the use case follows from the command.

use chassis::{Failure, Principal, page, rpc};
use futures::{StreamExt as _, stream::BoxStream};
use proto::placement::v1::{self as pb, placement_request_service_server::PlacementRequestService};
use tonic::{Request, Response, Status};

use super::{Requests, by, token};
use crate::{
    occupancy,
    requests::{self, rows, written},
    search, watch, worklist,
};

/// Rows of a page, by default and at most.
const PAGE: (i64, i64) = (50, 200);

/// Places of a page, by default and at most.
const PLACES: (i64, i64) = (20, 100);

#[tonic::async_trait]
impl PlacementRequestService for Requests {
    async fn create_request(
        &self,
        request: Request<pb::CreateRequestRequest>,
    ) -> Result<Response<pb::CreateRequestResponse>, Status> {
        self.change(request, requests::create_request, |request| pb::CreateRequestResponse { request }).await
    }

    async fn get_request(
        &self,
        request: Request<pb::GetRequestRequest>,
    ) -> Result<Response<pb::GetRequestResponse>, Status> {
        let answer = |view| pb::GetRequestResponse { request: written(view) };
        self.read(request, |m| requests::id(&m.id).map(requests::Get), answer).await
    }

    async fn update_request(
        &self,
        request: Request<pb::UpdateRequestRequest>,
    ) -> Result<Response<pb::UpdateRequestResponse>, Status> {
        self.change(request, requests::update_request, |request| pb::UpdateRequestResponse { request }).await
    }

    async fn delete_request(
        &self,
        request: Request<pb::DeleteRequestRequest>,
    ) -> Result<Response<pb::DeleteRequestResponse>, Status> {
        let parse = |who: &Principal, m: &pb::DeleteRequestRequest| {
            by(who, requests::target(&m.id, &m.etag).map(requests::Delete))
        };
        rpc::once(self.db(), &self.cx, request, parse, |()| pb::DeleteRequestResponse {}).await
    }

    async fn send_request(
        &self,
        request: Request<pb::SendRequestRequest>,
    ) -> Result<Response<pb::SendRequestResponse>, Status> {
        let parse = |m: &pb::SendRequestRequest| requests::target(&m.id, &m.etag).map(requests::Send);
        self.change(request, parse, |request| pb::SendRequestResponse { request }).await
    }

    async fn redirect_request(
        &self,
        request: Request<pb::RedirectRequestRequest>,
    ) -> Result<Response<pb::RedirectRequestResponse>, Status> {
        self.change(request, requests::redirect_request, |request| pb::RedirectRequestResponse { request }).await
    }

    async fn answer_at_destination(
        &self,
        request: Request<pb::AnswerAtDestinationRequest>,
    ) -> Result<Response<pb::AnswerAtDestinationResponse>, Status> {
        self.change(request, requests::answer_at_destination, |request| pb::AnswerAtDestinationResponse { request })
            .await
    }

    async fn answer_for_agency(
        &self,
        request: Request<pb::AnswerForAgencyRequest>,
    ) -> Result<Response<pb::AnswerForAgencyResponse>, Status> {
        self.change(request, requests::answer_for_agency, |request| pb::AnswerForAgencyResponse { request }).await
    }

    async fn confirm_request(
        &self,
        request: Request<pb::ConfirmRequestRequest>,
    ) -> Result<Response<pb::ConfirmRequestResponse>, Status> {
        let parse = |m: &pb::ConfirmRequestRequest| requests::target(&m.id, &m.etag).map(requests::Confirm);
        self.change(request, parse, |request| pb::ConfirmRequestResponse { request }).await
    }

    async fn cancel_request(
        &self,
        request: Request<pb::CancelRequestRequest>,
    ) -> Result<Response<pb::CancelRequestResponse>, Status> {
        self.change(request, requests::cancel_request, |request| pb::CancelRequestResponse { request }).await
    }

    async fn reactivate_request(
        &self,
        request: Request<pb::ReactivateRequestRequest>,
    ) -> Result<Response<pb::ReactivateRequestResponse>, Status> {
        self.change(request, requests::reactivate_request, |request| pb::ReactivateRequestResponse { request }).await
    }

    async fn postpone_request(
        &self,
        request: Request<pb::PostponeRequestRequest>,
    ) -> Result<Response<pb::PostponeRequestResponse>, Status> {
        self.change(request, requests::postpone_request, |request| pb::PostponeRequestResponse { request }).await
    }

    async fn change_dates(
        &self,
        request: Request<pb::ChangeDatesRequest>,
    ) -> Result<Response<pb::ChangeDatesResponse>, Status> {
        self.change(request, requests::change_dates, |request| pb::ChangeDatesResponse { request }).await
    }

    async fn change_destination(
        &self,
        request: Request<pb::ChangeDestinationRequest>,
    ) -> Result<Response<pb::ChangeDestinationResponse>, Status> {
        self.change(request, requests::change_destination, |request| pb::ChangeDestinationResponse { request }).await
    }

    async fn add_comment(
        &self,
        request: Request<pb::AddCommentRequest>,
    ) -> Result<Response<pb::AddCommentResponse>, Status> {
        self.change(request, requests::add_comment, |request| pb::AddCommentResponse { request }).await
    }

    async fn list_inbox(
        &self,
        request: Request<pb::ListInboxRequest>,
    ) -> Result<Response<pb::ListInboxResponse>, Status> {
        let today = self.cx.today();
        let parse = |m: &pb::ListInboxRequest| {
            let (size, after) = (page::size(m.page_size, PAGE.0, PAGE.1)?, page::decode(&m.page_token)?);
            requests::list_inbox(m, size, after, today).map(requests::List)
        };
        let answer = |found: requests::Page| {
            let total_size = found.total_size();
            let closure_etag = found.closure_etag();
            let (requests, summaries) = rows(found.rows);
            pb::ListInboxResponse { requests, next_page_token: token(found.next), total_size, summaries, closure_etag }
        };
        self.read(request, parse, answer).await
    }

    async fn list_outbox(
        &self,
        request: Request<pb::ListOutboxRequest>,
    ) -> Result<Response<pb::ListOutboxResponse>, Status> {
        let today = self.cx.today();
        let parse = |m: &pb::ListOutboxRequest| {
            let (size, after) = (page::size(m.page_size, PAGE.0, PAGE.1)?, page::decode(&m.page_token)?);
            requests::list_outbox(m, size, after, today).map(requests::List)
        };
        let answer = |found: requests::Page| {
            let total_size = found.total_size();
            let closure_etag = found.closure_etag();
            let (requests, summaries) = rows(found.rows);
            pb::ListOutboxResponse { requests, next_page_token: token(found.next), total_size, summaries, closure_etag }
        };
        self.read(request, parse, answer).await
    }

    async fn get_worklist(
        &self,
        request: Request<pb::GetWorklistRequest>,
    ) -> Result<Response<pb::GetWorklistResponse>, Status> {
        self.watch.catch_up(self.db()).await.map_err(Failure::from)?;
        self.read(request, |_| Ok(worklist::GetWorklist(self.counts.clone())), worklist::worklist).await
    }

    async fn mark_request_seen(
        &self,
        request: Request<pb::MarkRequestSeenRequest>,
    ) -> Result<Response<pb::MarkRequestSeenResponse>, Status> {
        let parse = |who: &Principal, m: &pb::MarkRequestSeenRequest| {
            by(who, requests::target(&m.id, &m.etag).map(requests::MarkSeen))
        };
        rpc::write(self.db(), &self.cx, request, parse, |()| pb::MarkRequestSeenResponse {}).await
    }

    type WatchRequestsStream = BoxStream<'static, Result<pb::WatchRequestsResponse, Status>>;

    async fn watch_requests(
        &self,
        request: Request<pb::WatchRequestsRequest>,
    ) -> Result<Response<Self::WatchRequestsStream>, Status> {
        let (who, _) = chassis::auth::caller(request)?;
        Ok(Response::new(watch::watching(&self.host, &self.cx, &self.watch, &who).boxed()))
    }

    async fn list_history(
        &self,
        request: Request<pb::ListHistoryRequest>,
    ) -> Result<Response<pb::ListHistoryResponse>, Status> {
        let answer = |entries: Vec<_>| pb::ListHistoryResponse {
            entries: entries.into_iter().map(requests::history_entry).collect(),
        };
        self.read(request, |m| requests::id(&m.id).map(requests::ListHistory), answer).await
    }

    async fn get_request_contacts(
        &self,
        request: Request<pb::GetRequestContactsRequest>,
    ) -> Result<Response<pb::GetRequestContactsResponse>, Status> {
        self.read(request, |m| requests::id(&m.id).map(requests::GetContacts), requests::contacts).await
    }

    async fn suggest_destinations(
        &self,
        request: Request<pb::SuggestDestinationsRequest>,
    ) -> Result<Response<pb::SuggestDestinationsResponse>, Status> {
        self.read(request, |m| requests::id(&m.id).map(search::SuggestDestinations), search::suggestions).await
    }

    async fn find_places(
        &self,
        request: Request<pb::FindPlacesRequest>,
    ) -> Result<Response<pb::FindPlacesResponse>, Status> {
        let (_, message) = chassis::auth::caller(request)?;
        let size = page::size(message.page_size, PLACES.0, PLACES.1).map_err(Failure::from)?;
        let after = page::decode(&message.page_token).map_err(Failure::from)?;
        let query = search::find_places(&message, size, after).map_err(Failure::from)?;
        let mut found = self.db().read(&query, &self.cx).await?;
        let next = token(found.next.take());
        Ok(Response::new(search::places(found, next, &query)))
    }

    async fn get_occupancy(
        &self,
        request: Request<pb::GetOccupancyRequest>,
    ) -> Result<Response<pb::GetOccupancyResponse>, Status> {
        let parse = |_: &Principal, m: &_| occupancy::get_occupancy(m);
        rpc::read(self.db(), &self.cx, request, parse, occupancy::occupancy).await
    }
}
