//! What became of many requests at once, sealed: what is done to its rows, each in a transaction of its own.

use chassis::{StoreError, Tx, UseCase};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::Env;
use uuid::Uuid;

pub(crate) struct Row {
    pub(crate) sealed: Vec<u8>,
    pub(crate) version: i32,
    pub(crate) held_until: Timestamp,
}

/// Which one, and of which browser.
pub(crate) type Key<'a> = (Uuid, &'a [u8]);

/// Adds one that somebody begins to work on.
pub(crate) struct Insert<'a> {
    pub(crate) key: Key<'a>,
    pub(crate) sealed: &'a [u8],
    pub(crate) created_at: Timestamp,
    pub(crate) held_until: Timestamp,
}

impl UseCase for Insert<'_> {
    type Context = Env;
    type Output = ();
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<(), StoreError> {
        let (id, digest) = self.key;
        sqlx::query!(
            "INSERT INTO bulk_run (id, digest, sealed, created_at, held_until) VALUES ($1, $2, $3, $4, $5)",
            id,
            digest,
            self.sealed,
            self.created_at.to_sqlx() as _,
            self.held_until.to_sqlx() as _
        )
        .execute(&mut **tx)
        .await?;
        Ok(())
    }
}

/// The one of an id, if it is the browser's.
pub(crate) struct Find<'a>(pub(crate) Key<'a>);

impl UseCase for Find<'_> {
    type Context = Env;
    type Output = Option<Row>;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<Option<Row>, StoreError> {
        let (id, digest) = self.0;
        let row =
            sqlx::query!("SELECT sealed, version, held_until FROM bulk_run WHERE id = $1 AND digest = $2", id, digest)
                .fetch_optional(&mut **tx)
                .await?;
        Ok(row.map(|row| Row { sealed: row.sealed, version: row.version, held_until: row.held_until.to_jiff() }))
    }
}

/// Takes over what nobody works on any more; false if somebody else was faster.
pub(crate) struct Take<'a> {
    pub(crate) key: Key<'a>,
    pub(crate) version: i32,
    pub(crate) now: Timestamp,
    pub(crate) held_until: Timestamp,
}

impl UseCase for Take<'_> {
    type Context = Env;
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<bool, StoreError> {
        let (id, digest) = self.key;
        let done = sqlx::query!(
            "UPDATE bulk_run SET version = version + 1, held_until = $5
         WHERE id = $1 AND digest = $2 AND version = $3 AND held_until <= $4",
            id,
            digest,
            self.version,
            self.now.to_sqlx() as _,
            self.held_until.to_sqlx() as _
        )
        .execute(&mut **tx)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}

/// Notes how far it is; false if somebody else has taken over.
pub(crate) struct Note<'a> {
    pub(crate) key: Key<'a>,
    pub(crate) version: i32,
    pub(crate) sealed: &'a [u8],
    pub(crate) held_until: Timestamp,
}

impl UseCase for Note<'_> {
    type Context = Env;
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, tx: &mut Tx, _: &Env) -> Result<bool, StoreError> {
        let (id, digest) = self.key;
        let done = sqlx::query!(
            "UPDATE bulk_run SET sealed = $4, held_until = $5 WHERE id = $1 AND digest = $2 AND version = $3",
            id,
            digest,
            self.version,
            self.sealed,
            self.held_until.to_sqlx() as _
        )
        .execute(&mut **tx)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}
