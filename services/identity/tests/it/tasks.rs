//! Timed work.

use jiff::SignedDuration;
use proto::identity::v1::{AccountState, RefreshSessionRequest, SetAccountEnabledRequest};
use uuid::Uuid;

use crate::world::{JEAN, MARIE, PASSWORD, SCHOOL, World, host_admin, reason};

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

async fn count(world: &World, table: &str) -> i64 {
    let query = format!("SELECT count(*) FROM {table}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_one(&world.running.db).await.expect("a count")
}

#[tokio::test]
async fn an_account_that_sleeps_for_a_hundred_and_eighty_days_is_disabled() {
    let world = World::new().await;
    world.pass(days(80));
    world.sign_in("jroy", PASSWORD).await.expect("let in");
    world.pass(days(100));
    let before = world.events_of(MARIE).await;
    for _ in 0..2 {
        world.running.run_task("disable_dormant").await.expect("looked");
    }
    let event = world.last_event(MARIE).await;
    assert_eq!((event.account_state(), event.alerts_accepted), (AccountState::Disabled, false));
    assert_eq!(world.events_of(MARIE).await, before + 1);
    assert_eq!(world.last_event(JEAN).await.account_state(), AccountState::Active);
    assert_eq!(reason(world.sign_in("mtremblay", PASSWORD).await), "ACCOUNT_DISABLED");
}

#[tokio::test]
async fn an_account_that_is_enabled_again_sleeps_anew() {
    let world = World::new().await;
    world.pass(days(180));
    world.running.run_task("disable_dormant").await.expect("looked");
    let request = SetAccountEnabledRequest { person_id: JEAN.to_string(), enabled: true };
    world.accounts(&host_admin()).set_account_enabled(request).await.expect("on");
    world.pass(days(179));
    world.running.run_task("disable_dormant").await.expect("looked");
    assert_eq!(world.last_event(JEAN).await.account_state(), AccountState::Active);
}

#[tokio::test]
async fn more_sleepers_than_fit_a_batch_are_all_disabled() {
    let world = World::new().await;
    for number in 0..105_u128 {
        let login = format!("sleeper{number}");
        world.seed(Uuid::from_u128(0x1_0000 + number), Some(SCHOOL), ("Ana", "Roy"), Some(&login), Vec::new()).await;
    }
    world.pass(days(180));
    world.running.run_task("disable_dormant").await.expect("looked");
    assert_eq!(count(&world, "account WHERE state <> 'DISABLED'").await, 0);
}

#[tokio::test]
async fn old_sessions_go_with_their_tokens_and_young_ones_stay() {
    let world = World::new().await;
    world.tokens("jroy").await;
    reason(world.sign_in("nobody", PASSWORD).await);
    world.pass(days(7) + SignedDuration::from_secs(1));
    let young = world.tokens("mtremblay").await;
    reason(world.sign_in("somebody", PASSWORD).await);
    world.running.run_task("purge_sessions").await.expect("purged");
    assert_eq!((count(&world, "session").await, count(&world, "refresh_token").await), (1, 1));
    assert_eq!(count(&world, "stray_attempt").await, 1);
    let refresh = RefreshSessionRequest { refresh_token: young.refresh_token };
    world.sessions().refresh_session(refresh).await.expect("refreshed");
}
