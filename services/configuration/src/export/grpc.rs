//! What other services fill their copies from: everything, as the events that would have told of it.

use std::pin::Pin;

use chassis::{Failure, Host, auth};
use futures::{FutureExt as _, Stream, StreamExt as _, TryStreamExt as _, future::BoxFuture, stream};
use proto::{
    Event as _,
    configuration::v1::export_service_server::ExportService,
    event::v1::{Envelope, ExportRequest, ExportResponse},
};
use tonic::{Request, Response, Status};

use crate::{
    closures::Closure,
    codes::{PlacementType, Reason},
    export::app,
    organisations::{Agency, Destination, Service, Site},
    programs::{Course, Program, Term},
    resources::{self, Message, Position, Resource},
};

type Page = (Vec<Envelope>, Option<Position>);
type ReadPage = fn(Host, Option<Position>) -> BoxFuture<'static, Result<Page, Failure>>;

#[tonic::async_trait]
impl ExportService for resources::Server {
    type ExportStream = Pin<Box<dyn Stream<Item = Result<ExportResponse, Status>> + Send>>;

    async fn export(&self, request: Request<ExportRequest>) -> Result<Response<Self::ExportStream>, Status> {
        let (_, message) = auth::service_caller(request)?;
        let is_wanted = move |event: &str| message.types.is_empty() || message.types.iter().any(|t| t == event);
        let host = self.host.clone();
        // Parents before children, for readers' comfort; copies must not count on it.
        let answers = stream::iter(resources().into_iter().filter(move |(event, _)| is_wanted(event)))
            .flat_map(move |(_, read)| envelopes(host.clone(), read))
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

fn read_page<R: Resource>(host: Host, after: Option<Position>) -> BoxFuture<'static, Result<Page, Failure>> {
    Box::pin(async move {
        let context = (&host.env, &*host.province, after);
        let read = host
            .db
            .read_with(&context, |tx, (env, province, after)| app::page::<R>(tx, env, province, after.clone()).boxed());
        read.await
    })
}

/// The envelopes of a resource, read page by page as the caller takes them.
fn envelopes(host: Host, read: ReadPage) -> impl Stream<Item = Result<Envelope, Failure>> {
    // `None` once the last page was read; the inner `None` asks for the first.
    stream::try_unfold(Some(None), move |position: Option<Option<Position>>| {
        let host = host.clone();
        async move {
            let Some(after) = position else { return Ok(None) };
            let (page, next) = read(host, after).await?;
            Ok::<_, Failure>(Some((stream::iter(page.into_iter().map(Ok)), next.map(Some))))
        }
    })
    .try_flatten()
}
