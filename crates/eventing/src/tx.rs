//! How transactions begin.

use sqlx::PgPool;

/// A transaction on a service's schema.
pub type Tx = sqlx::Transaction<'static, sqlx::Postgres>;

/// Begins a transaction.
///
/// It begins in a task of its own, which goes on if the caller goes away: sqlx (0.9.0, issue 4393) gives a connection whose
/// `BEGIN` was interrupted back to the pool with the transaction open, and what the next user of the connection wrote
/// without a transaction would be lost. A transaction that nobody waits for any more is rolled back, as any that is dropped.
/// Where the pool hands out a connection that has ended while it lay idle, the next one is taken.
///
/// # Errors
/// If the database is away, or has no connection to spare in time.
pub async fn begin(pool: &PgPool) -> sqlx::Result<Tx> {
    begin_as(pool, "BEGIN").await
}

/// Begins a transaction that cannot write, on one snapshot.
///
/// # Errors
/// As of [`begin`].
pub async fn begin_reading(pool: &PgPool) -> sqlx::Result<Tx> {
    begin_as(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await
}

async fn begin_as(pool: &PgPool, statement: &'static str) -> sqlx::Result<Tx> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move {
        let mut others = pool.options().get_max_connections();
        loop {
            match pool.begin_with(statement).await {
                Err(error) if others > 0 && has_ended(&error) => others -= 1,
                begun => return begun,
            }
        }
    });
    // It does not panic; a runtime that ends takes the pool with it.
    begun.await.unwrap_or(Err(sqlx::Error::PoolClosed))
}

/// Whether the error says that the connection is gone: broken off, or ended by the server with its last words.
fn has_ended(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(said) => said.code().is_some_and(|code| matches!(code.as_ref(), "57P01" | "57P02")),
        _ => false,
    }
}
