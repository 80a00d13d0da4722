//! Answer links.

use std::collections::HashMap;

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{AnswerLinkId, PlacementRequestId};
use uuid::Uuid;

use super::domain::{Answer, AnswerLink, GivenAnswer, LinkState};

struct Row {
    id: Uuid,
    placement_request_id: Uuid,
    request_version: i64,
    destination_id: Uuid,
    agent_id: Uuid,
    created_at: jiff_sqlx::Timestamp,
    expires_at: jiff_sqlx::Timestamp,
    state: String,
    answer: Option<String>,
    reason_code: Option<String>,
    comment_hash: Option<Vec<u8>>,
}

impl TryFrom<Row> for AnswerLink {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let wrong = |column| StoreError::inconsistent("answer_link", column, row.id);
        let parse = |code: &str| Answer::parse(code).ok_or_else(|| wrong("answer"));
        let answer = row.answer.as_deref().map(parse).transpose()?;
        let hash: Option<[u8; 32]> =
            row.comment_hash.map(|hash| hash.try_into().map_err(|_| wrong("comment_hash"))).transpose()?;
        let reason = row.reason_code;
        let given = || {
            let (answer, comment_hash) = answer.zip(hash).ok_or_else(|| wrong("answer"))?;
            Ok::<_, StoreError>(GivenAnswer { answer, reason, comment_hash })
        };
        let state = match row.state.as_str() {
            "OPEN" => LinkState::Open,
            "CLAIMED" => LinkState::Claimed(given()?),
            "USED" => LinkState::Used(given()?),
            "CLOSED" => LinkState::Closed,
            _ => return Err(wrong("state")),
        };
        Ok(Self {
            id: row.id.into(),
            request: row.placement_request_id.into(),
            request_version: row.request_version,
            destination: row.destination_id.into(),
            agent: row.agent_id.into(),
            created_at: row.created_at.to_jiff(),
            expires_at: row.expires_at.to_jiff(),
            state,
        })
    }
}

/// Adds an open link.
pub(crate) async fn add(tx: &mut Tx, link: &AnswerLink) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO answer_link (id, placement_request_id, request_version, destination_id, agent_id, created_at,
             expires_at, state, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $6)",
        link.id.uuid(),
        link.request.uuid(),
        link.request_version,
        link.destination.uuid(),
        link.agent.uuid(),
        link.created_at.to_sqlx() as _,
        link.expires_at.to_sqlx() as _,
        link.state.name(),
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Reads links: what they are narrowed down to, and by what.
macro_rules! links {
    ($which:literal, $by:expr) => {
        sqlx::query_as!(
            Row,
            "SELECT id, placement_request_id, request_version, destination_id, agent_id, created_at, expires_at, state,
                 answer, reason_code, comment_hash
             FROM answer_link WHERE "
                + $which,
            $by
        )
    };
}

/// A link, if known here.
pub(crate) async fn find(tx: &mut Tx, id: AnswerLinkId) -> Result<Option<AnswerLink>, StoreError> {
    let row = links!("id = $1", id.uuid()).fetch_optional(&mut **tx).await?;
    row.map(AnswerLink::try_from).transpose()
}

/// Links, by their ids.
pub(crate) async fn find_all(
    tx: &mut Tx,
    ids: &[AnswerLinkId],
) -> Result<HashMap<AnswerLinkId, AnswerLink>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
    let links = links!("id = any($1)", &ids).fetch_all(&mut **tx).await?.into_iter().map(AnswerLink::try_from);
    links.map(|link| link.map(|link| (link.id, link))).collect()
}

/// Like [`find`], holding the row until the transaction ends: of two answers at the same time one comes first.
pub(crate) async fn lock(tx: &mut Tx, id: AnswerLinkId) -> Result<Option<AnswerLink>, StoreError> {
    let row = links!("id = $1 FOR UPDATE", id.uuid()).fetch_optional(&mut **tx).await?;
    row.map(AnswerLink::try_from).transpose()
}

/// The links of a request that are neither used nor closed, held until the transaction ends.
pub(crate) async fn lock_unsettled(tx: &mut Tx, request: PlacementRequestId) -> Result<Vec<AnswerLink>, StoreError> {
    let unsettled =
        links!("placement_request_id = $1 AND state IN ('OPEN', 'CLAIMED') ORDER BY id FOR UPDATE", request.uuid());
    unsettled.fetch_all(&mut **tx).await?.into_iter().map(AnswerLink::try_from).collect()
}

/// The newest version of the request that a link was made for; 0 when there is none.
pub(crate) async fn newest_version(tx: &mut Tx, request: PlacementRequestId) -> Result<i64, StoreError> {
    let newest = sqlx::query_scalar!(
        "SELECT max(request_version) FROM answer_link WHERE placement_request_id = $1",
        request.uuid(),
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(newest.unwrap_or(0))
}

/// Stores how a link stands now.
pub(crate) async fn save(tx: &mut Tx, link: &AnswerLink, now: Timestamp) -> Result<(), StoreError> {
    let given = match &link.state {
        LinkState::Claimed(given) | LinkState::Used(given) => Some(given),
        LinkState::Open | LinkState::Closed => None,
    };
    sqlx::query!(
        "UPDATE answer_link SET state = $2, answer = $3, reason_code = $4, comment_hash = $5, changed_at = $6
         WHERE id = $1",
        link.id.uuid(),
        link.state.name(),
        given.map(|g| g.answer.code()),
        given.and_then(|g| g.reason.as_deref()),
        given.map(|g| g.comment_hash.as_slice()),
        now.to_sqlx() as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
