//! Connections that end while they lie idle, such as at a fail-over: nobody who comes afterwards notices.

use std::sync::Arc;

use chassis::{Db, Failure, Secret, Tx, UseCase, config};
use kernel::SystemClock;
use testkit::postgres::Database;

const CONNECTIONS: u32 = 4;

struct Count;

impl UseCase for Count {
    type Context = ();
    type Output = i32;
    type Error = Failure;

    async fn run(&self, tx: &mut Tx, (): &()) -> Result<i32, Failure> {
        Ok(sqlx::query_scalar("select 1").fetch_one(&mut **tx).await.map_err(chassis::StoreError::from)?)
    }
}

async fn fill(db: &Db) {
    let mut held = Vec::new();
    for _ in 0..CONNECTIONS {
        held.push(eventing::begin(db.pool()).await.unwrap());
    }
    drop(held);
    testkit::wait_for("the connections to lie idle", async || db.pool().num_idle() == CONNECTIONS as usize).await;
}

#[tokio::test]
async fn connections_that_have_ended_while_idle_fail_nobody() {
    let database = Database::empty().await;
    database.create_schema("it").await.unwrap();
    let elsewhere = database.pool_for_schema("it").await;
    let url = Secret::new(database.url().to_owned());
    let settings = config::Database { url, max_connections: CONNECTIONS, ..config::Database::default() };
    let db = Db::open(&settings, "it", Arc::new(SystemClock)).unwrap();
    for _ in 0..3 {
        fill(&db).await;
        let end = "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity
                   where application_name = 'tandem-it' and datname = current_database()";
        let ended: i64 = sqlx::query_scalar(end).fetch_one(&elsewhere).await.unwrap();
        assert_eq!(ended, i64::from(CONNECTIONS));
        let (read, write) = tokio::join!(db.read(&Count, &()), db.write(&Count, &()));
        assert_eq!((read.unwrap(), write.unwrap()), (1, 1));
    }
}
