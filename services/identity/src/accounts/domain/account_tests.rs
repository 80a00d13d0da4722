//! Every transition from every state.

use uuid::Uuid;

use super::*;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn later(days: i64) -> Timestamp {
    NOW + SignedDuration::from_hours(24 * days)
}

fn credential(hash: &str) -> Credential {
    Credential { hash: hash.to_owned(), set_at: NOW }
}

fn invited() -> Account {
    let login = Login::parse("mroy").expect("a login");
    Account::open(PersonId::from(Uuid::from_u128(1)), login, credential("temporary"), NOW)
}

fn active() -> Account {
    invited().choose_password(credential("own")).expect("invited")
}

/// As it was left by a version before.
fn locked() -> Account {
    Account { state: State::Locked { since: NOW }, ..active() }
}

fn disabled(account: Account) -> Account {
    account.disable(DisabledCause::Administrator, NOW).expect("not yet disabled")
}

#[test]
fn every_transition_from_every_state() {
    use StateName::{Active, Disabled, Invited, Locked};
    let starts = [invited(), active(), locked(), disabled(invited()), disabled(active()), disabled(locked())];
    let no = |from, to| Err(InvalidTransition { from, to });
    let name = |outcome: Result<Account, InvalidTransition>| outcome.map(|account| account.state.name());
    let walk = |step: &dyn Fn(Account) -> Result<Account, InvalidTransition>| {
        starts.clone().map(|account| name(step(account)))
    };
    let off = no(Disabled, Active);
    assert_eq!(
        walk(&|a| a.choose_password(credential("new"))),
        [Ok(Active), Ok(Active), no(Locked, Active), off, off, off]
    );
    let off = no(Disabled, Invited);
    assert_eq!(walk(&|a| a.reset(credential("new"), NOW)), [Ok(Invited), Ok(Invited), Ok(Invited), off, off, off]);
    let off = no(Disabled, Disabled);
    assert_eq!(
        walk(&|a| a.disable(DisabledCause::Dormant, NOW)),
        [Ok(Disabled), Ok(Disabled), Ok(Disabled), off, off, off]
    );
    assert_eq!(
        walk(&|a| a.enable(NOW)),
        [no(Invited, Active), no(Active, Active), no(Locked, Active), Ok(Invited), Ok(Active), Ok(Locked)]
    );
}

#[test]
fn every_try_in_every_state() {
    let verdicts = |account: Account| [true, false].map(|right| account.try_password(right, NOW));
    assert_eq!(verdicts(invited()), [Verdict::Right { must_change: true }, Verdict::Wrong]);
    assert_eq!(verdicts(active()), [Verdict::Right { must_change: false }, Verdict::Wrong]);
    assert_eq!(verdicts(locked()), [Verdict::Wrong, Verdict::Wrong]);
    assert_eq!(verdicts(disabled(invited())), [Verdict::Disabled, Verdict::Wrong]);
    assert_eq!(verdicts(disabled(active())), [Verdict::Disabled, Verdict::Wrong]);
    assert_eq!(verdicts(disabled(locked())), [Verdict::Wrong, Verdict::Wrong]);
}

#[test]
fn a_password_holds_for_ninety_days() {
    assert_eq!(active().try_password(true, later(89)), Verdict::Right { must_change: false });
    assert_eq!(active().try_password(true, later(90)), Verdict::Right { must_change: true });
}

#[test]
fn an_account_sleeps_for_a_hundred_and_eighty_days() {
    assert!(!active().is_dormant(later(179)));
    assert!(active().is_dormant(later(180)));
    assert!(!active().signed_in(later(10)).is_dormant(later(180)));
    assert!(!disabled(active()).is_dormant(later(400)));
    assert!(!disabled(active()).enable(later(400)).expect("disabled").is_dormant(later(579)));
}

#[test]
fn alerts_follow_the_switch() {
    assert!(active().alerts_accepted);
    assert!(!disabled(active()).alerts_accepted);
    assert!(disabled(active()).enable(NOW).expect("disabled").alerts_accepted);
}

#[test]
fn a_hash_is_not_printed() {
    assert!(!format!("{:?}", active()).contains("own\""));
}
