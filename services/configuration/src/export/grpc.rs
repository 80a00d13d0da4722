//! What other services fill their copies from: everything, as the events that would have told of it.

use std::pin::Pin;

use chassis::{Failure, auth};
use futures::{Stream, StreamExt as _, TryStreamExt as _, future::BoxFuture, stream};
use proto::{
    Event as _,
    configuration::v1::export_service_server::ExportService,
    event::v1::{Envelope, ExportRequest, ExportResponse},
};
use tonic::{Request, Response, Status};

use crate::{
    closures::Closure,
    codes::{PlacementType, Reason},
    export::app::ExportPage,
    organisations::{Agency, Destination, Service, Site},
    programs::{Course, Program, Term},
    resources::{Message, Position, Resource, Server},
};

type Page = (Vec<Envelope>, Option<Position>);
type ReadPage = fn(Server, Option<Position>) -> BoxFuture<'static, Result<Page, Failure>>;

#[tonic::async_trait]
impl ExportService for Server {
    type ExportStream = Pin<Box<dyn Stream<Item = Result<ExportResponse, Status>> + Send>>;

    async fn export(&self, request: Request<ExportRequest>) -> Result<Response<Self::ExportStream>, Status> {
        let (_, message) = auth::service_caller(request)?;
        let is_wanted = move |event: &str| message.types.is_empty() || message.types.iter().any(|t| t == event);
        let served = self.clone();
        // Parents before children, for readers' comfort; copies must not count on it.
        let answers = stream::iter(resources().into_iter().filter(move |(event, _)| is_wanted(event)))
            .flat_map(move |(_, read)| envelopes(served.clone(), read))
            .map_ok(|envelope| ExportResponse { envelope: Some(envelope) })
            .map_err(Status::from);
        Ok(Response::new(Box::pin(answers)))
    }
}

fn resources() -> [(&'static str, ReadPage); 10] {
    [
        resource::<Agency>(),
        resource::<Site>(),
        resource::<Service>(),
        resource::<Destination>(),
        resource::<Closure>(),
        resource::<Program>(),
        resource::<PlacementType>(),
        resource::<Course>(),
        resource::<Term>(),
        resource::<Reason>(),
    ]
}

fn resource<R: Resource>() -> (&'static str, ReadPage) {
    (<R as Message>::Event::TYPE, read_page::<R>)
}

fn read_page<R: Resource>(served: Server, after: Option<Position>) -> BoxFuture<'static, Result<Page, Failure>> {
    Box::pin(async move {
        let Server { host, cx } = served;
        host.db.read(&ExportPage::<R>::new(host.province.clone(), after), &cx).await
    })
}

/// The envelopes of a resource, read page by page as the caller takes them.
fn envelopes(served: Server, read: ReadPage) -> impl Stream<Item = Result<Envelope, Failure>> {
    // `None` once the last page was read; the inner `None` asks for the first.
    stream::try_unfold(Some(None), move |position: Option<Option<Position>>| {
        let served = served.clone();
        async move {
            let Some(after) = position else { return Ok(None) };
            let (page, next) = read(served, after).await?;
            Ok::<_, Failure>(Some((stream::iter(page.into_iter().map(Ok)), next.map(Some))))
        }
    })
    .try_flatten()
}
