//! `InternalPlacementService`: what other services of Tandem ask.

use chassis::{Failure, Host, auth::service_caller};
use futures::FutureExt as _;
use proto::placement::v1::{
    AnswerByLinkRequest, AnswerByLinkResponse, DescribeForLinkRequest, DescribeForLinkResponse,
    internal_placement_service_server::InternalPlacementService,
};
use tonic::{Request, Response, Status};

use super::written::written;
use crate::{
    app::{self, Env},
    wire,
};

/// The service.
#[derive(Clone)]
pub struct Internal {
    host: Host,
    env: Env,
}

impl Internal {
    /// On a host, with the province's deadlines.
    #[must_use]
    pub const fn new(host: Host, env: Env) -> Self {
        Self { host, env }
    }
}

#[tonic::async_trait]
impl InternalPlacementService for Internal {
    async fn describe_for_link(
        &self,
        request: Request<DescribeForLinkRequest>,
    ) -> Result<Response<DescribeForLinkResponse>, Status> {
        let (_, message) = service_caller(request)?;
        let link = wire::describe_for_link(&message).map_err(Failure::from)?;
        let context = (&self.env, link);
        let read =
            self.host.db.read_with(&context, |tx, (env, link)| app::describe_for_link::run(tx, env, link).boxed());
        let (view, answerable) = read.await?;
        Ok(Response::new(DescribeForLinkResponse { request: written(view), answerable }))
    }

    async fn answer_by_link(
        &self,
        request: Request<AnswerByLinkRequest>,
    ) -> Result<Response<AnswerByLinkResponse>, Status> {
        let (service, message) = service_caller(request)?;
        let command = wire::answer_by_link(&message).map_err(Failure::from)?;
        let (context, call) = ((&self.env, command), (&message, &*message.request_id));
        let work = self.host.db.once_with(&service, "AnswerByLink", call, &context, |tx, (env, command)| {
            async move {
                let view = app::answer_by_link::run(tx, env, command).await?;
                Ok::<_, app::Error>(AnswerByLinkResponse { request: written(view) })
            }
            .boxed()
        });
        Ok(Response::new(work.await?))
    }
}
