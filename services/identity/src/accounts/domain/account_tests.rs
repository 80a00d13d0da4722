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

fn locked() -> Account {
    wrong_times(active(), 4)
}

fn disabled(account: Account) -> Account {
    account.disable(DisabledCause::Administrator, NOW).expect("not yet disabled")
}

fn wrong_times(account: Account, times: u8) -> Account {
    (0..times).fold(account, |account, _| account.try_password(false, NOW).0)
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
    let verdicts = |account: Account| [true, false].map(|right| account.clone().try_password(right, NOW).1);
    assert_eq!(verdicts(invited()), [Verdict::Right { must_change: true }, Verdict::Wrong]);
    assert_eq!(verdicts(active()), [Verdict::Right { must_change: false }, Verdict::Wrong]);
    assert_eq!(verdicts(locked()), [Verdict::Locked, Verdict::Locked]);
    assert_eq!(verdicts(disabled(invited())), [Verdict::Disabled, Verdict::Wrong]);
    assert_eq!(verdicts(disabled(active())), [Verdict::Disabled, Verdict::Wrong]);
    assert_eq!(verdicts(disabled(locked())), [Verdict::Locked, Verdict::Locked]);
}

#[test]
fn the_fourth_wrong_password_locks_and_forgets_the_password() {
    for start in [invited(), active()] {
        let third = wrong_times(start, 3);
        assert_ne!(third.state.name(), StateName::Locked);
        let (fourth, verdict) = third.try_password(false, NOW);
        assert_eq!((fourth.state.name(), verdict, fourth.hash()), (StateName::Locked, Verdict::Locked, None));
    }
}

#[test]
fn a_right_password_sets_the_count_back() {
    let (account, _) = wrong_times(active(), 3).try_password(true, NOW);
    assert_eq!(wrong_times(account, 3).state.name(), StateName::Active);
}

#[test]
fn guessing_at_a_disabled_account_ends_in_a_lock() {
    let guessed = wrong_times(disabled(active()), 4);
    assert_eq!(guessed.clone().try_password(true, NOW).1, Verdict::Locked);
    assert_eq!(guessed.enable(NOW).expect("disabled").state.name(), StateName::Locked);
}

#[test]
fn wrong_passwords_outlast_disabling() {
    let account = disabled(wrong_times(active(), 3)).enable(NOW).expect("disabled");
    assert_eq!(account.try_password(false, NOW).1, Verdict::Locked);
}

#[test]
fn a_password_holds_for_ninety_days() {
    assert_eq!(active().try_password(true, later(89)).1, Verdict::Right { must_change: false });
    assert_eq!(active().try_password(true, later(90)).1, Verdict::Right { must_change: true });
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
