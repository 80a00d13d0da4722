//! Accounts that sleep for too long.

use directory::model::{Level, Role, Scope};
use identity::grants::Right;
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

#[tokio::test]
async fn the_last_operator_who_can_sign_in_is_never_disabled_for_sleeping() {
    let world = World::new().await;
    let right = Right { role: Role::Operator, level: Level::LocalAdministrator, scope: Scope::Province };
    let operators =
        [(0x71, "first"), (0x72, "second"), (0x73, "third")].map(|(id, login)| (Uuid::from_u128(id), login));
    for (id, login) in operators {
        world.seed(id, None, ("Olga", "Opérateur"), Some(login), vec![right]).await;
        world.pass(days(1));
    }
    // One who is switched off is no help to anybody.
    let off = SetAccountEnabledRequest { person_id: operators[2].0.to_string(), enabled: false };
    world.accounts(&crate::world::operator()).set_account_enabled(off).await.expect("off");
    world.pass(days(180));
    let other = world.replica().await;
    for _ in 0..2 {
        let (one, two) =
            tokio::join!(world.running.run_task("disable_dormant"), other.running.run_task("disable_dormant"));
        one.and(two).expect("looked");
    }
    let mut states = Vec::new();
    for (id, _) in operators {
        states.push(world.last_event(id).await.account_state());
    }
    let (awake, asleep) = (AccountState::Active, AccountState::Disabled);
    assert!(states == [asleep, awake, asleep] || states == [awake, asleep, asleep], "{states:?}");
    let login = operators[usize::from(states[1] == awake)].1;
    assert_eq!(reason(world.sign_in(login, PASSWORD).await), "PASSWORD_CHANGE_REQUIRED");
    assert_eq!(world.last_event(MARIE).await.account_state(), asleep, "others are, as ever");
}
