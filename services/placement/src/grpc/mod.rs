//! `PlacementRequestService`: one contract for several capabilities. Its methods are in `service`.

mod service;

use chassis::{Db, Host, Principal, UseCase, page, rpc};
use kernel::Invalid;
use prost::Message;
use proto::{Idempotent, placement::v1 as pb};
use tonic::{Request, Response, Status};

use crate::{
    requests::{By, Context, Error, View, viewer, written},
    watch::Watch,
    worklist::Counts,
};

/// The service.
#[derive(Clone)]
pub struct Requests {
    host: Host,
    cx: Context,
    watch: Watch,
    counts: Counts,
}

impl Requests {
    /// On a host, with what use cases know and what its streams hear.
    #[must_use]
    pub fn new(host: Host, cx: Context, watch: Watch) -> Self {
        let counts = Counts::new(watch.clone());
        Self { host, cx, watch, counts }
    }

    const fn db(&self) -> &Db {
        &self.host.db
    }

    /// A method that changes one request, once per `request_id`, and answers the request as it is then.
    async fn change<M, C, R>(
        &self,
        request: Request<M>,
        parse: impl FnOnce(&M) -> Result<C, Invalid> + Send,
        answer: fn(Option<pb::PlacementRequest>) -> R,
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
