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

/// Adds links that nobody has answered by.
pub(crate) async fn add(tx: &mut Tx, links: &[AnswerLink]) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO answer_link (id, placement_request_id, request_version, destination_id, agent_id, created_at,
             expires_at, state, changed_at)
         SELECT id, request, version, destination, agent, created_at, expires_at, state, created_at
         FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::timestamptz[],
                     $8::text[])
             AS new (id, request, version, destination, agent, created_at, expires_at, state)",
        &links.iter().map(|link| link.id.uuid()).collect::<Vec<_>>(),
        &links.iter().map(|link| link.request.uuid()).collect::<Vec<_>>(),
        &links.iter().map(|link| link.request_version).collect::<Vec<_>>(),
        &links.iter().map(|link| link.destination.uuid()).collect::<Vec<_>>(),
        &links.iter().map(|link| link.agent.uuid()).collect::<Vec<_>>(),
        links.iter().map(|link| link.created_at.to_sqlx()).collect::<Vec<_>>() as _,
        links.iter().map(|link| link.expires_at.to_sqlx()).collect::<Vec<_>>() as _,
        &links.iter().map(|link| link.state.name().to_owned()).collect::<Vec<_>>(),
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

/// The links of requests that are neither used nor closed, held until the transaction ends.
pub(crate) async fn lock_unsettled(
    tx: &mut Tx,
    requests: &[PlacementRequestId],
) -> Result<Vec<AnswerLink>, StoreError> {
    let ids: Vec<Uuid> = requests.iter().map(|id| id.uuid()).collect();
    let unsettled =
        links!("placement_request_id = any($1) AND state IN ('OPEN', 'CLAIMED') ORDER BY id FOR UPDATE", &ids);
    unsettled.fetch_all(&mut **tx).await?.into_iter().map(AnswerLink::try_from).collect()
}

/// The newest version of each request that a link was made for; those without any are not among them.
pub(crate) async fn newest_versions(
    tx: &mut Tx,
    requests: &[PlacementRequestId],
) -> Result<HashMap<PlacementRequestId, i64>, StoreError> {
    if requests.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = requests.iter().map(|id| id.uuid()).collect();
    let newest = sqlx::query!(
        r#"SELECT placement_request_id AS id, max(request_version) AS "version!" FROM answer_link
           WHERE placement_request_id = any($1) GROUP BY placement_request_id"#,
        &ids,
    );
    Ok(newest.fetch_all(&mut **tx).await?.into_iter().map(|row| (row.id.into(), row.version)).collect())
}

/// Stores how links stand now.
pub(crate) async fn save(tx: &mut Tx, links: &[AnswerLink], now: Timestamp) -> Result<(), StoreError> {
    let given: Vec<Option<&GivenAnswer>> = links.iter().map(|link| link.state.given()).collect();
    sqlx::query!(
        "UPDATE answer_link SET state = new.state, answer = new.answer, reason_code = new.reason,
             comment_hash = new.comment_hash, changed_at = $6
         FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[])
             AS new (id, state, answer, reason, comment_hash)
         WHERE answer_link.id = new.id",
        &links.iter().map(|link| link.id.uuid()).collect::<Vec<_>>(),
        &links.iter().map(|link| link.state.name().to_owned()).collect::<Vec<_>>(),
        &given.iter().map(|given| given.map(|g| g.answer.code().to_owned())).collect::<Vec<_>>() as _,
        &given.iter().map(|given| given.and_then(|g| g.reason.clone())).collect::<Vec<_>>() as _,
        &given.iter().map(|given| given.map(|g| g.comment_hash.to_vec())).collect::<Vec<_>>() as _,
        now.to_sqlx() as _,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
