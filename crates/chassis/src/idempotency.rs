//! The same `request_id` twice gives the same answer, not two effects (AIP-155).

use jiff::{SignedDuration, Timestamp};
use kernel::{ErrorKind, FieldViolation, IdempotencyKey, Invalid, Problem};
use prost::Message;
use proto::Idempotent;
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use uuid::Uuid;

use crate::{
    StoreError, UseCase,
    auth::{Principal, ServiceCaller},
    db::{Db, Tx},
    error::Failure,
};

/// How long an answer is kept for a repeated call.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Whose `request_id`s are kept apart from others'.
pub trait Caller {
    /// What tells this caller from others.
    fn key(&self) -> Uuid;
}

impl Caller for Principal {
    fn key(&self) -> Uuid {
        self.person.uuid()
    }
}

impl Caller for ServiceCaller {
    fn key(&self) -> Uuid {
        let digest = Sha256::digest(&self.0);
        let (head, _) = digest.split_first_chunk().expect("a SHA-256 digest is longer than a UUID");
        Uuid::from_bytes(*head)
    }
}

/// One call with its key.
pub(crate) struct Call<'a> {
    pub(crate) caller: Uuid,
    pub(crate) method: &'a str,
    pub(crate) request: Vec<u8>,
    pub(crate) key: IdempotencyKey,
    pub(crate) now: Timestamp,
}

/// The key was used for something else.
#[derive(Debug, thiserror::Error)]
#[error("the request_id was used for another call")]
struct Reused;

impl Problem for Reused {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }

    fn reason(&self) -> &'static str {
        "REQUEST_ID_REUSED"
    }

    fn fields(&self) -> Vec<FieldViolation> {
        vec![FieldViolation::new("request_id", "REQUEST_ID_REUSED")]
    }
}

impl Db {
    /// Like [`Db::write`], once per caller and `request_id`: a repeated call gets the answer of the first, and the use case is
    /// not run. Without a `request_id` it is run each time. Answers are kept for seven days.
    ///
    /// # Errors
    /// What the use case answers; `MALFORMED_ID` or `REQUEST_ID_REUSED` on `request_id`; that the database is away.
    pub async fn once<U, M, R>(
        &self,
        caller: &(impl Caller + Sync),
        message: &M,
        use_case: &U,
        cx: &U::Context,
        answer: impl Fn(U::Output) -> R + Send + Sync,
    ) -> Result<R, Failure>
    where
        U: UseCase,
        M: Idempotent,
        R: Message + Default,
    {
        let request_id = message.request_id();
        if request_id.is_empty() {
            return self.write(use_case, cx).await.map(answer);
        }
        let call = self.call(caller, M::METHOD, message, request_id)?;
        self.write(&Once { call, use_case, answer }, cx).await
    }

    fn call<'a>(
        &self,
        caller: &impl Caller,
        method: &'a str,
        request: &impl Message,
        request_id: &str,
    ) -> Result<Call<'a>, Invalid> {
        Ok(Call {
            caller: caller.key(),
            method,
            request: Sha256::digest(request.encode_to_vec()).to_vec(),
            key: request_id.parse().map_err(|_| Invalid::field("request_id", "MALFORMED_ID"))?,
            now: self.clock().now(),
        })
    }

    /// Forgets answers that nobody will ask for again.
    pub(crate) async fn forget_old_answers(&self) -> Result<u64, sqlx::Error> {
        let before = jiff_sqlx::Timestamp::from(self.clock().now() - KEPT);
        let done =
            sqlx::query("DELETE FROM idempotent_call WHERE created_at < $1").bind(before).execute(self.pool()).await?;
        Ok(done.rows_affected())
    }
}

/// A use case that is run unless its call was answered before.
struct Once<'a, U, F> {
    call: Call<'a>,
    use_case: &'a U,
    answer: F,
}

impl<U, F, R> UseCase for Once<'_, U, F>
where
    U: UseCase,
    F: Fn(U::Output) -> R + Send + Sync,
    R: Message + Default,
{
    type Context = U::Context;
    type Output = R;
    type Error = Failure;

    async fn run(&self, tx: &mut Tx, cx: &U::Context) -> Result<R, Failure> {
        if let Some(bytes) = begin(tx, &self.call).await? {
            return R::decode(bytes.as_slice()).map_err(|e| StoreError::Database(sqlx::Error::Decode(e.into())).into());
        }
        let output = self.use_case.run(tx, cx).await.map_err(Into::into)?;
        let response = (self.answer)(output);
        finish(tx, &self.call, &response.encode_to_vec()).await?;
        Ok(response)
    }
}

/// The stored answer of this very call, or a reserved key.
async fn begin(tx: &mut Tx, call: &Call<'_>) -> Result<Option<Vec<u8>>, Failure> {
    let inserted = sqlx::query(
        "INSERT INTO idempotent_call (caller, request_id, method, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    )
    .bind(call.caller)
    .bind(call.key.uuid())
    .bind(call.method)
    .bind(&call.request)
    .bind(jiff_sqlx::Timestamp::from(call.now))
    .execute(&mut **tx)
    .await
    .map_err(StoreError::Database)?;
    if inserted.rows_affected() == 1 {
        return Ok(None);
    }
    let row =
        sqlx::query("SELECT method, request_hash, response FROM idempotent_call WHERE caller = $1 AND request_id = $2")
            .bind(call.caller)
            .bind(call.key.uuid())
            .fetch_one(&mut **tx)
            .await
            .map_err(StoreError::Database)?;
    if row.get::<String, _>("method") != call.method || row.get::<Vec<u8>, _>("request_hash") != call.request {
        return Err(Reused.into());
    }
    Ok(row.get("response"))
}

async fn finish(tx: &mut Tx, call: &Call<'_>, response: &[u8]) -> Result<(), StoreError> {
    sqlx::query("UPDATE idempotent_call SET response = $3 WHERE caller = $1 AND request_id = $2")
        .bind(call.caller)
        .bind(call.key.uuid())
        .bind(response)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
