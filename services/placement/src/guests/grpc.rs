//! `InternalPlacementService`: what other services of Tandem ask.

use chassis::{Db, Failure, auth::service_caller};
use proto::placement::v1::{
    AnswerByLinkRequest, AnswerByLinkResponse, DescribeForLinkRequest, DescribeForLinkResponse,
    internal_placement_service_server::InternalPlacementService,
};
use tonic::{Request, Response, Status};

use super::wire;
use crate::requests::{Context, written};

/// The service.
#[derive(Clone)]
pub struct Internal {
    db: Db,
    cx: Context,
}

impl Internal {
    pub const fn new(db: Db, cx: Context) -> Self {
        Self { db, cx }
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
        let (view, answerable) = self.db.read(&link, &self.cx).await?;
        Ok(Response::new(DescribeForLinkResponse { request: written(view), answerable }))
    }

    async fn answer_by_link(
        &self,
        request: Request<AnswerByLinkRequest>,
    ) -> Result<Response<AnswerByLinkResponse>, Status> {
        let (service, message) = service_caller(request)?;
        let answer = wire::answer_by_link(&message).map_err(Failure::from)?;
        let response = |view| AnswerByLinkResponse { request: written(view) };
        Ok(Response::new(self.db.once(&service, &message, &answer, &self.cx, response).await?))
    }
}
