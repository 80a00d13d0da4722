//! Everybody, for the copies of other services.

use std::pin::Pin;

use chassis::{Failure, Host, auth};
use futures::{Stream, StreamExt as _, TryStreamExt as _, stream};
use kernel::PersonId;
use proto::{
    Event as _,
    event::v1::{Envelope, ExportRequest, ExportResponse},
    identity::v1::{PersonChanged, export_service_server::ExportService},
};
use tonic::{Request, Response, Status};

use crate::people::app::export::ExportPeople;

/// `tandem.identity.v1.ExportService`.
#[derive(Clone)]
pub struct Export {
    host: Host,
}

impl Export {
    /// The service.
    #[must_use]
    pub const fn new(host: Host) -> Self {
        Self { host }
    }
}

#[tonic::async_trait]
impl ExportService for Export {
    type ExportStream = Pin<Box<dyn Stream<Item = Result<ExportResponse, Status>> + Send>>;

    async fn export(&self, request: Request<ExportRequest>) -> Result<Response<Self::ExportStream>, Status> {
        let (_, message) = auth::service_caller(request)?;
        let wanted = message.types.is_empty() || message.types.iter().any(|one| one == PersonChanged::TYPE);
        let envelopes = if wanted { people(self.host.clone()).boxed() } else { stream::empty().boxed() };
        let answers = envelopes.map_ok(|envelope| ExportResponse { envelope: Some(envelope) });
        Ok(Response::new(answers.map_err(Status::from).boxed()))
    }
}

/// Batch by batch, each in a transaction of its own: somebody who changes meanwhile is told of by an event with a
/// newer version.
fn people(host: Host) -> impl Stream<Item = Result<Envelope, Failure>> {
    let batches = stream::try_unfold((host, None), |(host, after): (Host, Option<PersonId>)| async move {
        let export = ExportPeople { province: host.province.clone(), after };
        let batch = host.db.read(&export, &host.env).await?;
        Ok::<_, Failure>(batch.map(|(envelopes, last)| (envelopes, (host, Some(last)))))
    });
    batches.map_ok(|envelopes| stream::iter(envelopes.into_iter().map(Ok))).try_flatten()
}
