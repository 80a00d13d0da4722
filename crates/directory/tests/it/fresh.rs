//! How young a snapshot is.

use chassis::FOLLOW_DIRECTORY;
use directory::{
    Kept,
    model::{Agency, Entry, Side},
};
use eventing::AfterCommit as _;
use testkit::{service::Running, wait_for};

use crate::world::{agency, agency_name, another_process, id, site, start};

fn entry(number: u128, name: &str) -> Entry {
    let (side, is_user, active) = (Side::Placing, true, true);
    Entry::Agency(Agency { id: id(number), name: name.to_owned(), side, is_user, active })
}

async fn revision(running: &Running) -> i64 {
    sqlx::query_scalar("select revision from directory_revision").fetch_one(&running.db).await.unwrap()
}

#[tokio::test]
async fn what_this_process_handled_is_in_its_snapshot_and_after_a_look_in_the_others() {
    let running = start().await;
    let other = another_process(&running).await;
    running.deliver(&agency(1, "Collège"), id::<kernel::AgencyId>(1), 1).await.unwrap();
    assert_eq!(agency_name(&running, 1).as_deref(), Some("Collège"));
    assert_eq!(agency_name(&other, 1), None);
    other.run_task(FOLLOW_DIRECTORY).await.unwrap();
    assert_eq!(agency_name(&other, 1).as_deref(), Some("Collège"));
    assert_eq!(agency_name(&another_process(&running).await, 1).as_deref(), Some("Collège"), "from the start");
}

#[tokio::test]
async fn a_snapshot_that_was_taken_does_not_change() {
    let running = start().await;
    running.deliver(&agency(1, "Collège"), 1, 1).await.unwrap();
    let before = running.host.directory.snapshot();
    running.deliver(&agency(1, "Cégep"), 1, 2).await.unwrap();
    running.deliver(&agency(2, "CHUM"), 2, 1).await.unwrap();
    assert_eq!((before.agencies().count(), before.agency(id(1)).unwrap().name.as_str()), (1, "Collège"));
    assert_eq!(running.host.directory.snapshot().agencies().count(), 2);
}

#[tokio::test]
async fn an_older_event_and_a_repeated_one_change_nothing() {
    let running = start().await;
    running.deliver(&agency(1, "newer"), 1, 5).await.unwrap();
    running.deliver(&agency(1, "older"), 1, 4).await.unwrap();
    running.deliver(&agency(1, "again"), 1, 5).await.unwrap();
    assert_eq!(agency_name(&running, 1).as_deref(), Some("newer"));
    let directory = &running.host.directory;
    let mut tx = eventing::begin(&running.db).await.unwrap();
    assert_eq!(directory.put_all(&mut tx, &[(5, entry(1, "again"))]).await.unwrap(), Kept::Older);
    assert_eq!(directory.put_all(&mut tx, &[(6, entry(1, "newest"))]).await.unwrap(), Kept::Newer);
}

#[tokio::test]
async fn of_several_versions_in_one_batch_the_newest_is_kept() {
    let running = start().await;
    let mut tx = eventing::begin(&running.db).await.unwrap();
    let batch = [(2, entry(1, "second")), (3, entry(1, "third")), (1, entry(1, "first")), (1, entry(2, "other"))];
    assert_eq!(running.host.directory.put_all(&mut tx, &batch).await.unwrap(), Kept::Newer);
    tx.commit().await.unwrap();
    running.host.directory.committed().await;
    assert_eq!(agency_name(&running, 1).as_deref(), Some("third"));
    assert_eq!(agency_name(&running, 2).as_deref(), Some("other"));
}

#[tokio::test]
async fn what_a_handler_wrote_before_it_failed_is_in_no_snapshot() {
    let running = start().await;
    let directory = &running.host.directory;
    let mut tx = eventing::begin(&running.db).await.unwrap();
    directory.put_all(&mut tx, &[(1, entry(1, "lost"))]).await.unwrap();
    // Another handler's commit comes in between: what is not committed yet is not there.
    directory.committed().await;
    assert_eq!(agency_name(&running, 1), None);
    tx.rollback().await.unwrap();
    directory.committed().await;
    assert_eq!(agency_name(&running, 1), None);
    running.deliver(&agency(1, "kept"), 1, 1).await.unwrap();
    assert_eq!(agency_name(&running, 1).as_deref(), Some("kept"));
}

#[tokio::test]
async fn what_was_committed_by_a_process_that_died_before_it_looked_is_found_by_the_next_look() {
    let running = start().await;
    let mut tx = eventing::begin(&running.db).await.unwrap();
    running.host.directory.put_all(&mut tx, &[(1, entry(1, "found"))]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(agency_name(&running, 1), None);
    running.run_task(FOLLOW_DIRECTORY).await.unwrap();
    assert_eq!(agency_name(&running, 1).as_deref(), Some("found"));
}

/// Were revisions committed out of order, a reader would take the second for all there is, and never ask for the first.
#[tokio::test]
async fn revisions_are_committed_in_their_order() {
    let running = start().await;
    let directory = running.host.directory.clone();
    let mut first = eventing::begin(&running.db).await.unwrap();
    directory.put_all(&mut first, &[(1, entry(1, "first"))]).await.unwrap();
    let second = tokio::spawn({
        let (directory, pool) = (directory.clone(), running.db.clone());
        async move {
            let mut tx = eventing::begin(&pool).await.unwrap();
            directory.put_all(&mut tx, &[(1, entry(2, "second"))]).await.unwrap();
            tx.commit().await.unwrap();
        }
    });
    let waiting = "select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like 'with now as%'";
    let waits = async || sqlx::query_scalar::<_, i64>(waiting).fetch_one(&running.db).await.unwrap() == 1;
    wait_for("the second writer to wait for the first", waits).await;
    running.run_task(FOLLOW_DIRECTORY).await.unwrap();
    assert_eq!((agency_name(&running, 1), agency_name(&running, 2)), (None, None));
    first.commit().await.unwrap();
    second.await.unwrap();
    running.run_task(FOLLOW_DIRECTORY).await.unwrap();
    assert!(agency_name(&running, 1).is_some() && agency_name(&running, 2).is_some());
    assert_eq!(revision(&running).await, 2);
}

#[tokio::test]
async fn a_database_that_was_restored_is_believed() {
    let running = start().await;
    running.deliver(&agency(1, "before"), 1, 1).await.unwrap();
    running.deliver(&site(2, 1), 2, 1).await.unwrap();
    sqlx::raw_sql("delete from directory_site; update directory_revision set revision = 1")
        .execute(&running.db)
        .await
        .unwrap();
    running.run_task(FOLLOW_DIRECTORY).await.unwrap();
    let now = running.host.directory.snapshot();
    assert_eq!((now.agencies().count(), now.sites().count()), (1, 0));
}
