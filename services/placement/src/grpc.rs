//! `PlacementRequestService`: one contract for several capabilities. Each method names how its message is parsed, and what it
//! answers; the use case follows from the command.

use chassis::{Db, Failure, Host, Principal, UseCase, page, rpc};
use futures::{StreamExt as _, stream::BoxStream};
use kernel::Invalid;
use prost::Message;
use proto::{
    Idempotent,
    placement::v1::{
        AddCommentRequest, AddCommentResponse, AnswerAtDestinationRequest, AnswerAtDestinationResponse,
        AnswerForAgencyRequest, AnswerForAgencyResponse, CancelRequestRequest, CancelRequestResponse,
        ChangeDatesRequest, ChangeDatesResponse, ChangeDestinationRequest, ChangeDestinationResponse,
        ConfirmRequestRequest, ConfirmRequestResponse, CreateRequestRequest, CreateRequestResponse,
        DeleteRequestRequest, DeleteRequestResponse, FindPlacesRequest, FindPlacesResponse, GetOccupancyRequest,
        GetOccupancyResponse, GetRequestContactsRequest, GetRequestContactsResponse, GetRequestRequest,
        GetRequestResponse, GetWorklistRequest, GetWorklistResponse, ListHistoryRequest, ListHistoryResponse,
        ListInboxRequest, ListInboxResponse, ListOutboxRequest, ListOutboxResponse, MarkRequestSeenRequest,
        MarkRequestSeenResponse, PostponeRequestRequest, PostponeRequestResponse, ReactivateRequestRequest,
        ReactivateRequestResponse, RedirectRequestRequest, RedirectRequestResponse, SendRequestRequest,
        SendRequestResponse, SuggestDestinationsRequest, SuggestDestinationsResponse, UpdateRequestRequest,
        UpdateRequestResponse, WatchRequestsRequest, WatchRequestsResponse,
        placement_request_service_server::PlacementRequestService,
    },
};
use tonic::{Request, Response, Status};

use crate::{
    occupancy, requests,
    requests::{By, Context, Error, View, row, viewer, written},
    search, watch, worklist,
};

/// Rows of a page, by default and at most.
const PAGE: (i64, i64) = (50, 200);

/// Places of a page, by default and at most.
const PLACES: (i64, i64) = (20, 100);

/// The service.
#[derive(Clone)]
pub struct Requests {
    host: Host,
    cx: Context,
    watch: watch::Watch,
}

impl Requests {
    /// On a host, with what use cases know and what its streams hear.
    #[must_use]
    pub const fn new(host: Host, cx: Context, watch: watch::Watch) -> Self {
        Self { host, cx, watch }
    }

    const fn db(&self) -> &Db {
        &self.host.db
    }

    /// A method that changes one request, once per `request_id`, and answers the request as it is then.
    async fn change<M, C, R>(
        &self,
        request: Request<M>,
        parse: impl FnOnce(&M) -> Result<C, Invalid> + Send,
        answer: fn(Option<proto::placement::v1::PlacementRequest>) -> R,
    ) -> Result<Response<R>, Status>
    where
        M: Idempotent,
        R: Message + Default,
        By<C>: UseCase<Context = Context, Output = View, Error = Error>,
    {
        let answer = |view| answer(written(view));
        rpc::once(self.db(), &self.cx, request, |who, message| by(who, parse(message)), answer).await
    }

    /// A method that reads, as the viewer may see it.
    async fn read<M, C, T, R>(
        &self,
        request: Request<M>,
        parse: impl FnOnce(&M) -> Result<C, Invalid> + Send,
        answer: impl FnOnce(T) -> R + Send,
    ) -> Result<Response<R>, Status>
    where
        By<C>: UseCase<Context = Context, Output = T, Error = Error>,
    {
        rpc::read(self.db(), &self.cx, request, |who, message| by(who, parse(message)), answer).await
    }
}

fn by<C>(who: &Principal, command: Result<C, Invalid>) -> Result<By<C>, Invalid> {
    Ok(By { viewer: viewer(who), command: command? })
}

/// Where the next page begins, as a token.
fn token(next: Option<impl serde::Serialize>) -> String {
    next.map(|cursor| page::encode(&cursor)).unwrap_or_default()
}

#[tonic::async_trait]
impl PlacementRequestService for Requests {
    async fn create_request(
        &self,
        request: Request<CreateRequestRequest>,
    ) -> Result<Response<CreateRequestResponse>, Status> {
        self.change(request, requests::create_request, |request| CreateRequestResponse { request }).await
    }

    async fn get_request(&self, request: Request<GetRequestRequest>) -> Result<Response<GetRequestResponse>, Status> {
        let answer = |view| GetRequestResponse { request: written(view) };
        self.read(request, |m| requests::id(&m.id).map(requests::Get), answer).await
    }

    async fn update_request(
        &self,
        request: Request<UpdateRequestRequest>,
    ) -> Result<Response<UpdateRequestResponse>, Status> {
        self.change(request, requests::update_request, |request| UpdateRequestResponse { request }).await
    }

    async fn delete_request(
        &self,
        request: Request<DeleteRequestRequest>,
    ) -> Result<Response<DeleteRequestResponse>, Status> {
        let parse =
            |who: &Principal, m: &DeleteRequestRequest| by(who, requests::target(&m.id, &m.etag).map(requests::Delete));
        rpc::once(self.db(), &self.cx, request, parse, |()| DeleteRequestResponse {}).await
    }

    async fn send_request(
        &self,
        request: Request<SendRequestRequest>,
    ) -> Result<Response<SendRequestResponse>, Status> {
        let parse = |m: &SendRequestRequest| requests::target(&m.id, &m.etag).map(requests::Send);
        self.change(request, parse, |request| SendRequestResponse { request }).await
    }

    async fn redirect_request(
        &self,
        request: Request<RedirectRequestRequest>,
    ) -> Result<Response<RedirectRequestResponse>, Status> {
        self.change(request, requests::redirect_request, |request| RedirectRequestResponse { request }).await
    }

    async fn answer_at_destination(
        &self,
        request: Request<AnswerAtDestinationRequest>,
    ) -> Result<Response<AnswerAtDestinationResponse>, Status> {
        self.change(request, requests::answer_at_destination, |request| AnswerAtDestinationResponse { request }).await
    }

    async fn answer_for_agency(
        &self,
        request: Request<AnswerForAgencyRequest>,
    ) -> Result<Response<AnswerForAgencyResponse>, Status> {
        self.change(request, requests::answer_for_agency, |request| AnswerForAgencyResponse { request }).await
    }

    async fn confirm_request(
        &self,
        request: Request<ConfirmRequestRequest>,
    ) -> Result<Response<ConfirmRequestResponse>, Status> {
        let parse = |m: &ConfirmRequestRequest| requests::target(&m.id, &m.etag).map(requests::Confirm);
        self.change(request, parse, |request| ConfirmRequestResponse { request }).await
    }

    async fn cancel_request(
        &self,
        request: Request<CancelRequestRequest>,
    ) -> Result<Response<CancelRequestResponse>, Status> {
        self.change(request, requests::cancel_request, |request| CancelRequestResponse { request }).await
    }

    async fn reactivate_request(
        &self,
        request: Request<ReactivateRequestRequest>,
    ) -> Result<Response<ReactivateRequestResponse>, Status> {
        self.change(request, requests::reactivate_request, |request| ReactivateRequestResponse { request }).await
    }

    async fn postpone_request(
        &self,
        request: Request<PostponeRequestRequest>,
    ) -> Result<Response<PostponeRequestResponse>, Status> {
        self.change(request, requests::postpone_request, |request| PostponeRequestResponse { request }).await
    }

    async fn change_dates(
        &self,
        request: Request<ChangeDatesRequest>,
    ) -> Result<Response<ChangeDatesResponse>, Status> {
        self.change(request, requests::change_dates, |request| ChangeDatesResponse { request }).await
    }

    async fn change_destination(
        &self,
        request: Request<ChangeDestinationRequest>,
    ) -> Result<Response<ChangeDestinationResponse>, Status> {
        self.change(request, requests::change_destination, |request| ChangeDestinationResponse { request }).await
    }

    async fn add_comment(&self, request: Request<AddCommentRequest>) -> Result<Response<AddCommentResponse>, Status> {
        self.change(request, requests::add_comment, |request| AddCommentResponse { request }).await
    }

    async fn list_inbox(&self, request: Request<ListInboxRequest>) -> Result<Response<ListInboxResponse>, Status> {
        let today = self.cx.today();
        let parse = |m: &ListInboxRequest| {
            let (size, after) = (page::size(m.page_size, PAGE.0, PAGE.1)?, page::decode(&m.page_token)?);
            requests::list_inbox(m, size, after, today).map(requests::List)
        };
        let answer = |found: requests::Page| ListInboxResponse {
            total_size: found.total_size(),
            next_page_token: token(found.next),
            requests: found.views.into_iter().map(row).collect(),
        };
        self.read(request, parse, answer).await
    }

    async fn list_outbox(&self, request: Request<ListOutboxRequest>) -> Result<Response<ListOutboxResponse>, Status> {
        let today = self.cx.today();
        let parse = |m: &ListOutboxRequest| {
            let (size, after) = (page::size(m.page_size, PAGE.0, PAGE.1)?, page::decode(&m.page_token)?);
            requests::list_outbox(m, size, after, today).map(requests::List)
        };
        let answer = |found: requests::Page| ListOutboxResponse {
            total_size: found.total_size(),
            next_page_token: token(found.next),
            requests: found.views.into_iter().map(row).collect(),
        };
        self.read(request, parse, answer).await
    }

    async fn get_worklist(
        &self,
        request: Request<GetWorklistRequest>,
    ) -> Result<Response<GetWorklistResponse>, Status> {
        self.read(request, |_| Ok(worklist::GetWorklist), worklist::worklist).await
    }

    async fn mark_request_seen(
        &self,
        request: Request<MarkRequestSeenRequest>,
    ) -> Result<Response<MarkRequestSeenResponse>, Status> {
        let parse = |who: &Principal, m: &MarkRequestSeenRequest| {
            by(who, requests::target(&m.id, &m.etag).map(requests::MarkSeen))
        };
        rpc::write(self.db(), &self.cx, request, parse, |()| MarkRequestSeenResponse {}).await
    }

    type WatchRequestsStream = BoxStream<'static, Result<WatchRequestsResponse, Status>>;

    async fn watch_requests(
        &self,
        request: Request<WatchRequestsRequest>,
    ) -> Result<Response<Self::WatchRequestsStream>, Status> {
        let (who, _) = chassis::auth::caller(request)?;
        Ok(Response::new(watch::watching(&self.host, &self.cx, &self.watch, &who).boxed()))
    }

    async fn list_history(
        &self,
        request: Request<ListHistoryRequest>,
    ) -> Result<Response<ListHistoryResponse>, Status> {
        let answer = |entries: Vec<_>| ListHistoryResponse {
            entries: entries.into_iter().map(requests::history_entry).collect(),
        };
        self.read(request, |m| requests::id(&m.id).map(requests::ListHistory), answer).await
    }

    async fn get_request_contacts(
        &self,
        request: Request<GetRequestContactsRequest>,
    ) -> Result<Response<GetRequestContactsResponse>, Status> {
        self.read(request, |m| requests::id(&m.id).map(requests::GetContacts), requests::contacts).await
    }

    async fn suggest_destinations(
        &self,
        request: Request<SuggestDestinationsRequest>,
    ) -> Result<Response<SuggestDestinationsResponse>, Status> {
        self.read(request, |m| requests::id(&m.id).map(search::SuggestDestinations), search::suggestions).await
    }

    async fn find_places(&self, request: Request<FindPlacesRequest>) -> Result<Response<FindPlacesResponse>, Status> {
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
        request: Request<GetOccupancyRequest>,
    ) -> Result<Response<GetOccupancyResponse>, Status> {
        let parse = |_: &Principal, m: &_| occupancy::get_occupancy(m);
        rpc::read(self.db(), &self.cx, request, parse, |(weeks, rows)| occupancy::occupancy(weeks, rows)).await
    }
}
