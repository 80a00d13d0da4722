//! What an RPC does around its use case: who calls, what is asked, one transaction, the answer.
//!
//! ```ignore
//! async fn redirect_request(&self, request: Request<RedirectRequestRequest>) -> Result<Response<RedirectRequestResponse>, Status> {
//!     let parse = |who: &Principal, message: &_| wire::redirect_request(viewer(who), message);
//!     rpc::once(&self.db, &self.cx, request, parse, |view| RedirectRequestResponse { request: written(view) }).await
//! }
//! ```

use prost::Message;
use proto::Idempotent;
use tonic::{Request, Response, Status};

use crate::{Db, Failure, Principal, UseCase, auth::caller};

/// A person's call that changes something, once per `request_id` ([`Db::once`]). `parse` makes the use case of the message,
/// `answer` the response of what it answers.
///
/// # Errors
/// That nobody is signed in, what `parse` refuses, what the use case answers, or that the database is away.
pub async fn once<U, M, R, E>(
    db: &Db,
    cx: &U::Context,
    request: Request<M>,
    parse: impl FnOnce(&Principal, &M) -> Result<U, E> + Send,
    answer: impl Fn(U::Output) -> R + Send + Sync,
) -> Result<Response<R>, Status>
where
    U: UseCase,
    M: Idempotent,
    R: Message + Default,
    E: Into<Failure>,
{
    let (who, message) = caller(request)?;
    let use_case = parse(&who, &message).map_err(Into::into)?;
    Ok(Response::new(db.once(&who, &message, &use_case, cx, answer).await?))
}

/// A person's call that changes something each time ([`Db::write`]).
///
/// # Errors
/// As [`once`].
pub async fn write<U, M, R, E>(
    db: &Db,
    cx: &U::Context,
    request: Request<M>,
    parse: impl FnOnce(&Principal, &M) -> Result<U, E> + Send,
    answer: impl FnOnce(U::Output) -> R + Send,
) -> Result<Response<R>, Status>
where
    U: UseCase,
    E: Into<Failure>,
{
    let (who, message) = caller(request)?;
    let use_case = parse(&who, &message).map_err(Into::into)?;
    Ok(Response::new(answer(db.write(&use_case, cx).await?)))
}

/// A person's call that only looks ([`Db::read`]).
///
/// # Errors
/// As [`once`].
pub async fn read<U, M, R, E>(
    db: &Db,
    cx: &U::Context,
    request: Request<M>,
    parse: impl FnOnce(&Principal, &M) -> Result<U, E> + Send,
    answer: impl FnOnce(U::Output) -> R + Send,
) -> Result<Response<R>, Status>
where
    U: UseCase,
    E: Into<Failure>,
{
    let (who, message) = caller(request)?;
    let use_case = parse(&who, &message).map_err(Into::into)?;
    Ok(Response::new(answer(db.read(&use_case, cx).await?)))
}
