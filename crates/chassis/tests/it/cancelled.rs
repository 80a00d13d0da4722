//! Callers that go away: whatever they interrupt, the connection that they used serves the next caller as if it were new.

use std::{future::poll_fn, pin::pin, sync::Arc, task::Poll};

use chassis::{Db, Failure, Secret, Tx, UseCase, config};
use kernel::SystemClock;
use testkit::{postgres::Database, wait_for};

/// Beyond it every transaction of this test has ended.
const MOMENTS: u32 = 16;

struct Nothing;

impl UseCase for Nothing {
    type Context = ();
    type Output = ();
    type Error = Failure;

    async fn run(&self, _: &mut Tx, (): &()) -> Result<(), Failure> {
        Ok(())
    }
}

/// Polls a future some times, whenever it can go on, and drops it when it could have gone on once more; whether it ended
/// before that.
async fn interrupted(future: impl Future, polls: u32) -> bool {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        future.as_mut().poll(context).map(|_| true)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_transaction_is_left_open_by_callers_who_go_away() {
    let database = Database::empty().await;
    database.create_schema("it").await.unwrap();
    let elsewhere = database.pool_for_schema("it").await;
    sqlx::query("create table mark (n int)").execute(&elsewhere).await.unwrap();
    let url = Secret::new(database.url().to_owned());
    let settings = config::Database { url, max_connections: 1, ..config::Database::default() };
    let db = Db::open(&settings, "it", Arc::new(SystemClock)).unwrap();

    let open = "select count(*) from pg_stat_activity
                where application_name = 'tandem-it' and datname = current_database() and state <> 'idle'";
    for polls in 0..MOMENTS {
        let ended =
            [interrupted(db.read(&Nothing, &()), polls).await, interrupted(db.write(&Nothing, &()), polls).await];
        wait_for("the connection to be idle", async || {
            sqlx::query_scalar::<_, i64>(open).fetch_one(&elsewhere).await.unwrap() == 0
        })
        .await;
        // What is written without a transaction is there at once, and is not part of somebody else's.
        sqlx::query("insert into mark values ($1)").bind(1).execute(db.pool()).await.unwrap();
        let marks: i64 = sqlx::query_scalar("select count(*) from mark").fetch_one(&elsewhere).await.unwrap();
        assert_eq!(marks, i64::from(polls) + 1);
        db.read(&Nothing, &()).await.unwrap();
        assert!(polls + 1 < MOMENTS || ended == [true, true], "the last moment is too early");
    }
}
