//! Accounts that sleep for too long.

use proto::identity::v1::{AccountState, SetAccountEnabledRequest};
use uuid::Uuid;

use crate::world::{JEAN, MARIE, PASSWORD, SCHOOL, World, days, host_admin, reason};

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
    assert_eq!(world.count("account WHERE state <> 'DISABLED'").await, 0);
}
