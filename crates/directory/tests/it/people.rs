//! People are remembered, and never longer than they are so.

use chassis::FOLLOW_DIRECTORY;
use directory::wire::EntryChanged as _;
use eventing::AfterCommit as _;
use kernel::PersonId;
use proto::identity::v1::{AccountState, Level, Role, ScopeKind};

use crate::world::{agency, another_process, grant, id, name_of, person, service, site, start, unit};

#[tokio::test]
async fn a_change_is_seen_here_at_once_and_elsewhere_after_a_look() {
    let running = start().await;
    let other = another_process(&running).await;
    running.deliver(&person(7, "Roy"), 7, 1).await.unwrap();
    assert_eq!(name_of(&running, 7).await.as_deref(), Some("Roy"));
    assert_eq!(name_of(&other, 7).await.as_deref(), Some("Roy"), "who is not remembered is read");
    running.deliver(&person(7, "Côté"), 7, 2).await.unwrap();
    assert_eq!(name_of(&running, 7).await.as_deref(), Some("Côté"));
    assert_eq!(name_of(&other, 7).await.as_deref(), Some("Roy"), "remembered, until it looks");
    other.run_task(FOLLOW_DIRECTORY).await.unwrap();
    assert_eq!(name_of(&other, 7).await.as_deref(), Some("Côté"));
    assert_eq!(name_of(&running, 8).await, None);
}

/// The reader's row is older than the change that is known by now: it is answered, as of its transaction, and not remembered.
#[tokio::test]
async fn a_row_that_was_read_before_a_change_is_not_remembered_after_it() {
    let running = start().await;
    running.deliver(&person(7, "Roy"), 7, 1).await.unwrap();
    let mut slow = eventing::begin_reading(&running.db).await.unwrap();
    sqlx::query("select from directory_revision").execute(&mut *slow).await.unwrap();
    running.deliver(&person(7, "Côté"), 7, 2).await.unwrap();
    let read = running.host.directory.person(&mut *slow, id(7)).await.unwrap().unwrap();
    assert_eq!(read.last_name, "Roy");
    assert_eq!(name_of(&running, 7).await.as_deref(), Some("Côté"));
}

#[tokio::test]
async fn what_a_transaction_reads_of_its_own_writing_is_not_remembered() {
    let running = start().await;
    running.deliver(&person(7, "Roy"), 7, 1).await.unwrap();
    let directory = &running.host.directory;
    let mut tx = eventing::begin(&running.db).await.unwrap();
    directory.put_all(&mut tx, &[(2, person(7, "Côté").entry().unwrap())]).await.unwrap();
    let own = directory.person(&mut *tx, id(7)).await.unwrap().unwrap();
    assert_eq!(own.last_name, "Côté");
    tx.rollback().await.unwrap();
    assert_eq!(name_of(&running, 7).await.as_deref(), Some("Roy"));
}

#[tokio::test]
async fn more_changes_than_are_forgotten_one_by_one_forget_everybody() {
    let running = start().await;
    let (directory, other) = (&running.host.directory, another_process(&running).await);
    let everybody = |name: &str, version| -> Vec<_> {
        (0..1_200).map(|number| (version, person(number, name).entry().unwrap())).collect()
    };
    for (name, version) in [("Roy", 1), ("Côté", 2)] {
        let mut tx = eventing::begin(&running.db).await.unwrap();
        directory.put_all(&mut tx, &everybody(name, version)).await.unwrap();
        tx.commit().await.unwrap();
        directory.committed().await;
        other.run_task(FOLLOW_DIRECTORY).await.unwrap();
        for process in [&running, &other] {
            let ids: Vec<PersonId> = (0..1_200).map(id).collect();
            let people = process.host.directory.people(&process.db, &ids).await.unwrap();
            assert_eq!(people.len(), 1_200);
            assert!(people.values().all(|person| person.last_name == name));
        }
    }
}

#[tokio::test]
async fn of_who_has_left_the_name_is_kept_and_nothing_else_of_the_card() {
    let running = start().await;
    let mut archived = person(7, "Roy");
    archived.active = false;
    running.deliver(&archived, 7, 1).await.unwrap();
    let found = running.host.directory.person(&running.db, id(7)).await.unwrap().unwrap();
    assert_eq!(found.name(), "Anne Roy");
    assert!(found.title.is_empty() && found.email.is_empty() && found.phone.is_empty() && !found.account_active);
}

/// Domain §4.6: derived at the moment of need, from the unit's agent, that person's account and alerts, and the right.
#[tokio::test]
async fn a_unit_is_a_user_while_its_agent_can_be_reached_and_may_answer() {
    let running = start().await;
    running.deliver(&agency(1, "CHUM"), 1, 1).await.unwrap();
    running.deliver(&site(2, 1), 2, 1).await.unwrap();
    running.deliver(&service(3, 2), 3, 1).await.unwrap();
    running.deliver(&unit(5, 2, &[3], 7), 5, 1).await.unwrap();
    let answers = |kind, of| grant(Role::DestinationCoordinator, Level::Regular, kind, of);
    let with = |grants: Vec<proto::identity::v1::Grant>| {
        let mut agent = person(7, "Roy");
        agent.grants = grants;
        agent
    };
    let own = answers(ScopeKind::Destination, 5);
    let mut no_account = with(vec![own.clone()]);
    no_account.account_state = AccountState::Disabled.into();
    let mut no_alerts = with(vec![own.clone()]);
    no_alerts.alerts_accepted = false;
    let mut archived = with(vec![own.clone()]);
    archived.active = false;
    let looks = grant(Role::DestinationCoordinator, Level::Viewer, ScopeKind::Destination, 5);
    let receives = grant(Role::ReceivingCoordinator, Level::LocalAdministrator, ScopeKind::Site, 2);
    let cases = [
        (with(vec![own]), true),
        (with(vec![answers(ScopeKind::Service, 3)]), true),
        (with(vec![answers(ScopeKind::Site, 2)]), true),
        (with(vec![answers(ScopeKind::Agency, 1)]), true),
        (with(vec![answers(ScopeKind::Service, 4), answers(ScopeKind::Destination, 6)]), false),
        (with(vec![looks, receives]), false),
        (with(vec![]), false),
        (no_account, false),
        (no_alerts, false),
        (archived, false),
    ];
    for (version, (agent, expected)) in (1..).zip(cases) {
        running.deliver(&agent, 7, version).await.unwrap();
        let found = running.host.directory.person(&running.db, id(7)).await.unwrap();
        let is_user = running.host.directory.snapshot().is_user(id(5), found.as_deref());
        assert_eq!(is_user, expected, "case {version}");
    }
    running.deliver(&unit(5, 2, &[3], 8), 5, 2).await.unwrap();
    running.deliver(&with(vec![answers(ScopeKind::Site, 2)]), 7, 99).await.unwrap();
    let not_the_agent = running.host.directory.person(&running.db, id(7)).await.unwrap();
    let now = running.host.directory.snapshot();
    assert!(!now.is_user(id(5), not_the_agent.as_deref()) && !now.is_user(id(5), None));
}
