//! `PlacementRequestService`: what people do with requests.

use chassis::{Failure, Host, auth::caller, mask::Mask, page};
use futures::{FutureExt as _, StreamExt as _, stream::BoxStream};
use proto::placement::v1::{
    AddCommentRequest, AddCommentResponse, AnswerAtDestinationRequest, AnswerAtDestinationResponse,
    AnswerForAgencyRequest, AnswerForAgencyResponse, CancelRequestRequest, CancelRequestResponse, ChangeDatesRequest,
    ChangeDatesResponse, ChangeDestinationRequest, ChangeDestinationResponse, ConfirmRequestRequest,
    ConfirmRequestResponse, CreateRequestRequest, CreateRequestResponse, DeleteRequestRequest, DeleteRequestResponse,
    FindPlacesRequest, FindPlacesResponse, GetOccupancyRequest, GetOccupancyResponse, GetRequestContactsRequest,
    GetRequestContactsResponse, GetRequestRequest, GetRequestResponse, GetWorklistRequest, GetWorklistResponse,
    ListHistoryRequest, ListHistoryResponse, ListInboxRequest, ListInboxResponse, ListOutboxRequest,
    ListOutboxResponse, MarkRequestSeenRequest, MarkRequestSeenResponse, PostponeRequestRequest,
    PostponeRequestResponse, ReactivateRequestRequest, ReactivateRequestResponse, RedirectRequestRequest,
    RedirectRequestResponse, SendRequestRequest, SendRequestResponse, SuggestDestinationsRequest,
    SuggestDestinationsResponse, UpdateRequestRequest, UpdateRequestResponse, WatchRequestsRequest,
    WatchRequestsResponse, placement_request_service_server::PlacementRequestService,
};
use tonic::{Request, Response, Status};

use super::{
    caller::viewer,
    watch::watching,
    written::{row, written},
};
use crate::{
    app::{self, Env, Watch},
    wire,
};

/// Rows of a page, by default and at most.
const PAGE: (i64, i64) = (50, 200);

/// Places of a page, by default and at most.
const PLACES: (i64, i64) = (20, 100);

/// The service.
#[derive(Clone)]
pub struct Requests {
    host: Host,
    env: Env,
    watch: Watch,
}

impl Requests {
    /// On a host, with the province's deadlines and what its streams hear.
    #[must_use]
    pub const fn new(host: Host, env: Env, watch: Watch) -> Self {
        Self { host, env, watch }
    }
}

/// A method that changes one request: once per `request_id`, in one transaction. `$parse` makes a command of the message,
/// `$run` is its use case.
macro_rules! change {
    ($self:ident, $request:ident, $name:literal, $parse:expr, $run:path, $answer:ident) => {{
        let (who, message) = caller($request)?;
        let command = $parse(&message).map_err(Failure::from)?;
        let (context, call) = ((&$self.env, viewer(&who), command), (&message, &*message.request_id));
        let work = $self.host.db.once_with(&who, $name, call, &context, |tx, (env, viewer, command)| {
            async move {
                let view = $run(tx, env, viewer, command).await?;
                Ok::<_, app::Error>($answer { request: written(view) })
            }
            .boxed()
        });
        Ok(Response::new(work.await?))
    }};
}

/// Like `change`, for use cases that need to know nothing but which request, in which version.
macro_rules! move_on {
    ($self:ident, $request:ident, $message:ident, $name:literal, $run:path, $answer:ident) => {{
        let parse = |message: &$message| wire::target(&message.id, &message.etag);
        change!($self, $request, $name, parse, $run, $answer)
    }};
}

/// A method that lists requests.
macro_rules! list {
    ($self:ident, $request:ident, $parse:path, $answer:ident) => {{
        let (who, message) = caller($request)?;
        let size = page::size(message.page_size, PAGE.0, PAGE.1).map_err(Failure::from)?;
        let after = page::decode(&message.page_token).map_err(Failure::from)?;
        let query = $parse(&message, size, after, $self.env.today()).map_err(Failure::from)?;
        let context = (&$self.env, viewer(&who), query);
        let read = $self
            .host
            .db
            .read_with(&context, |tx, (env, viewer, query)| app::list_requests::run(tx, env, viewer, query).boxed());
        let found = read.await?;
        Ok(Response::new($answer {
            requests: found.views.into_iter().map(row).collect(),
            next_page_token: found.next.map(|cursor| page::encode(&cursor)).unwrap_or_default(),
            total_size: i32::try_from(found.total).unwrap_or(i32::MAX),
        }))
    }};
}

#[tonic::async_trait]
impl PlacementRequestService for Requests {
    async fn create_request(
        &self,
        request: Request<CreateRequestRequest>,
    ) -> Result<Response<CreateRequestResponse>, Status> {
        let (who, message) = caller(request)?;
        let command = wire::create_request(&message).map_err(Failure::from)?;
        let (context, call) =
            (((&self.host.province, &self.env), viewer(&who), command), (&message, &*message.request_id));
        let work =
            self.host.db.once_with(&who, "CreateRequest", call, &context, |tx, ((province, env), viewer, command)| {
                async move {
                    let view = app::create_request::run(tx, env, province, viewer, command).await?;
                    Ok::<_, app::Error>(CreateRequestResponse { request: written(view) })
                }
                .boxed()
            });
        Ok(Response::new(work.await?))
    }

    async fn get_request(&self, request: Request<GetRequestRequest>) -> Result<Response<GetRequestResponse>, Status> {
        let (who, message) = caller(request)?;
        let id = wire::id(&message.id).map_err(Failure::from)?;
        let context = (&self.env, viewer(&who), id);
        let read = self
            .host
            .db
            .read_with(&context, |tx, (env, viewer, id)| app::get_request::run(tx, env, viewer, *id).boxed());
        Ok(Response::new(GetRequestResponse { request: written(read.await?) }))
    }

    async fn update_request(
        &self,
        request: Request<UpdateRequestRequest>,
    ) -> Result<Response<UpdateRequestResponse>, Status> {
        let parse = |message: &UpdateRequestRequest| {
            let mask = Mask::new(&message.update_mask, wire::CHANGEABLE)?;
            wire::update_request(message, |field| mask.has(field))
        };
        change!(self, request, "UpdateRequest", parse, app::update_request::run, UpdateRequestResponse)
    }

    async fn delete_request(
        &self,
        request: Request<DeleteRequestRequest>,
    ) -> Result<Response<DeleteRequestResponse>, Status> {
        let (who, message) = caller(request)?;
        let target = wire::target(&message.id, &message.etag).map_err(Failure::from)?;
        let (context, call) = ((&self.env, viewer(&who), target), (&message, &*message.request_id));
        let work = self.host.db.once_with(&who, "DeleteRequest", call, &context, |tx, (env, viewer, target)| {
            async move {
                app::delete_request::run(tx, env, viewer, target).await?;
                Ok::<_, app::Error>(DeleteRequestResponse {})
            }
            .boxed()
        });
        Ok(Response::new(work.await?))
    }

    async fn send_request(
        &self,
        request: Request<SendRequestRequest>,
    ) -> Result<Response<SendRequestResponse>, Status> {
        move_on!(self, request, SendRequestRequest, "SendRequest", app::send_request::run, SendRequestResponse)
    }

    async fn redirect_request(
        &self,
        request: Request<RedirectRequestRequest>,
    ) -> Result<Response<RedirectRequestResponse>, Status> {
        let parse = wire::redirect_request;
        change!(self, request, "RedirectRequest", parse, app::redirect_request::run, RedirectRequestResponse)
    }

    async fn answer_at_destination(
        &self,
        request: Request<AnswerAtDestinationRequest>,
    ) -> Result<Response<AnswerAtDestinationResponse>, Status> {
        let parse = wire::answer_at_destination;
        change!(
            self,
            request,
            "AnswerAtDestination",
            parse,
            app::answer_at_destination::run,
            AnswerAtDestinationResponse
        )
    }

    async fn answer_for_agency(
        &self,
        request: Request<AnswerForAgencyRequest>,
    ) -> Result<Response<AnswerForAgencyResponse>, Status> {
        let parse = wire::answer_for_agency;
        change!(self, request, "AnswerForAgency", parse, app::answer_for_agency::run, AnswerForAgencyResponse)
    }

    async fn confirm_request(
        &self,
        request: Request<ConfirmRequestRequest>,
    ) -> Result<Response<ConfirmRequestResponse>, Status> {
        move_on!(
            self,
            request,
            ConfirmRequestRequest,
            "ConfirmRequest",
            app::confirm_request::run,
            ConfirmRequestResponse
        )
    }

    async fn cancel_request(
        &self,
        request: Request<CancelRequestRequest>,
    ) -> Result<Response<CancelRequestResponse>, Status> {
        change!(self, request, "CancelRequest", wire::cancel_request, app::cancel_request::run, CancelRequestResponse)
    }

    async fn reactivate_request(
        &self,
        request: Request<ReactivateRequestRequest>,
    ) -> Result<Response<ReactivateRequestResponse>, Status> {
        let parse = wire::reactivate_request;
        change!(self, request, "ReactivateRequest", parse, app::reactivate_request::run, ReactivateRequestResponse)
    }

    async fn postpone_request(
        &self,
        request: Request<PostponeRequestRequest>,
    ) -> Result<Response<PostponeRequestResponse>, Status> {
        let parse = wire::postpone_request;
        change!(self, request, "PostponeRequest", parse, app::postpone_request::run, PostponeRequestResponse)
    }

    async fn change_dates(
        &self,
        request: Request<ChangeDatesRequest>,
    ) -> Result<Response<ChangeDatesResponse>, Status> {
        change!(self, request, "ChangeDates", wire::change_dates, app::change_dates::run, ChangeDatesResponse)
    }

    async fn change_destination(
        &self,
        request: Request<ChangeDestinationRequest>,
    ) -> Result<Response<ChangeDestinationResponse>, Status> {
        let parse = wire::change_destination;
        change!(self, request, "ChangeDestination", parse, app::change_destination::run, ChangeDestinationResponse)
    }

    async fn add_comment(&self, request: Request<AddCommentRequest>) -> Result<Response<AddCommentResponse>, Status> {
        change!(self, request, "AddComment", wire::add_comment, app::add_comment::run, AddCommentResponse)
    }

    async fn list_inbox(&self, request: Request<ListInboxRequest>) -> Result<Response<ListInboxResponse>, Status> {
        list!(self, request, wire::list_inbox, ListInboxResponse)
    }

    async fn list_outbox(&self, request: Request<ListOutboxRequest>) -> Result<Response<ListOutboxResponse>, Status> {
        list!(self, request, wire::list_outbox, ListOutboxResponse)
    }

    async fn get_worklist(
        &self,
        request: Request<GetWorklistRequest>,
    ) -> Result<Response<GetWorklistResponse>, Status> {
        let (who, _) = caller(request)?;
        let context = (&self.env, viewer(&who));
        let read =
            self.host.db.read_with(&context, |tx, (env, viewer)| app::get_worklist::run(tx, env, viewer).boxed());
        Ok(Response::new(wire::worklist(read.await?)))
    }

    async fn mark_request_seen(
        &self,
        request: Request<MarkRequestSeenRequest>,
    ) -> Result<Response<MarkRequestSeenResponse>, Status> {
        let (who, message) = caller(request)?;
        let target = wire::target(&message.id, &message.etag).map_err(Failure::from)?;
        let context = (viewer(&who), target);
        let db = &self.host.db;
        db.in_tx(&context, |tx, (viewer, target)| app::mark_request_seen::run(tx, viewer, target).boxed()).await?;
        Ok(Response::new(MarkRequestSeenResponse {}))
    }

    type WatchRequestsStream = BoxStream<'static, Result<WatchRequestsResponse, Status>>;

    async fn watch_requests(
        &self,
        request: Request<WatchRequestsRequest>,
    ) -> Result<Response<Self::WatchRequestsStream>, Status> {
        let (who, _) = caller(request)?;
        Ok(Response::new(watching(&self.host, &self.env, &self.watch, &who).boxed()))
    }

    async fn list_history(
        &self,
        request: Request<ListHistoryRequest>,
    ) -> Result<Response<ListHistoryResponse>, Status> {
        let (who, message) = caller(request)?;
        let id = wire::id(&message.id).map_err(Failure::from)?;
        let context = (viewer(&who), id);
        let read = self.host.db.read_with(&context, |tx, (viewer, id)| app::list_history::run(tx, viewer, *id).boxed());
        let entries = read.await?.into_iter().map(wire::history_entry).collect();
        Ok(Response::new(ListHistoryResponse { entries }))
    }

    async fn get_request_contacts(
        &self,
        request: Request<GetRequestContactsRequest>,
    ) -> Result<Response<GetRequestContactsResponse>, Status> {
        let (who, message) = caller(request)?;
        let id = wire::id(&message.id).map_err(Failure::from)?;
        let context = (&self.env, viewer(&who), id);
        let db = &self.host.db;
        let read = db
            .read_with(&context, |tx, (env, viewer, id)| app::get_request_contacts::run(tx, env, viewer, *id).boxed());
        Ok(Response::new(wire::contacts(read.await?)))
    }

    async fn suggest_destinations(
        &self,
        request: Request<SuggestDestinationsRequest>,
    ) -> Result<Response<SuggestDestinationsResponse>, Status> {
        let (who, message) = caller(request)?;
        let id = wire::id(&message.id).map_err(Failure::from)?;
        let context = (viewer(&who), id);
        let db = &self.host.db;
        let read = db.read_with(&context, |tx, (viewer, id)| app::suggest_destinations::run(tx, viewer, *id).boxed());
        Ok(Response::new(wire::suggestions(read.await?)))
    }

    async fn find_places(&self, request: Request<FindPlacesRequest>) -> Result<Response<FindPlacesResponse>, Status> {
        let (_, message) = caller(request)?;
        let size = page::size(message.page_size, PLACES.0, PLACES.1).map_err(Failure::from)?;
        let after = page::decode(&message.page_token).map_err(Failure::from)?;
        let query = wire::find_places(&message, size, after).map_err(Failure::from)?;
        let found = self.host.db.read_with(&query, |tx, query| app::find_places::run(tx, query).boxed()).await?;
        let next = found.next.as_ref().map(page::encode).unwrap_or_default();
        Ok(Response::new(wire::places(found, next, &query)))
    }

    async fn get_occupancy(
        &self,
        request: Request<GetOccupancyRequest>,
    ) -> Result<Response<GetOccupancyResponse>, Status> {
        let (_, message) = caller(request)?;
        let query = wire::get_occupancy(&message).map_err(Failure::from)?;
        let context = (&self.env, query);
        let read = self.host.db.read_with(&context, |tx, (env, query)| app::get_occupancy::run(tx, env, query).boxed());
        let (weeks, rows) = read.await?;
        Ok(Response::new(wire::occupancy(weeks, rows)))
    }
}
