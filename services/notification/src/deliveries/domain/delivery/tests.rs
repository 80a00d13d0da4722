//! Every transition of a delivery.

use uuid::Uuid;

use super::*;
use crate::messages::example;

const POLICY: RetryPolicy =
    RetryPolicy { attempts: 3, first: SignedDuration::from_secs(30), longest: SignedDuration::from_secs(100) };

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn delivery(state: DeliveryState) -> Delivery {
    let id = DeliveryId::from(Uuid::from_u128(1));
    Delivery {
        id,
        event: Uuid::from_u128(3).into(),
        message: Message::RequestSent,
        recipient: Some(Uuid::from_u128(4).into()),
        link: None,
        resend_of: None,
        subject: Subject::Request(Box::new(example())),
        message_id: message_id(id, "tandem.example"),
        created_at: at(0),
        address: None,
        state,
    }
}

fn claimed(number: i32) -> Delivery {
    delivery(DeliveryState::Pending(Pending {
        attempts: number,
        next_attempt_at: at(0),
        claimed_until: Some(at(60)),
        last_error: None,
    }))
}

fn outcomes() -> [Outcome; 3] {
    [Outcome::Accepted, Outcome::Refused("550 no".into()), Outcome::PutOff("451 later".into())]
}

#[test]
fn every_transition_from_every_state() {
    let sent = || delivery(DeliveryState::Sent { attempts: 1, at: at(1) });
    let failed = || delivery(DeliveryState::Failed { attempts: 1, at: at(1), error: "no".into() });
    let attempt = Attempt { number: 1, may_repeat: false };
    let names = |from: fn() -> Delivery| {
        outcomes().map(|o| from().settle(attempt, o, at(5), &POLICY).map(|d| d.state.name()).ok())
    };
    assert_eq!(names(|| claimed(1)), [Some("SENT"), Some("FAILED"), Some("PENDING")]);
    let settle = |d: Delivery, o| d.settle(attempt, o, at(5), &POLICY).map(|d| d.state.name()).ok();
    assert_eq!(outcomes().map(|o| settle(failed(), o)), [Some("SENT"), None, None]);
    assert_eq!(outcomes().map(|o| settle(sent(), o)), [None, None, None]);
    assert!(delivery(DeliveryState::pending(at(0))).claim(at(9)).is_ok());
    assert_eq!(sent().claim(at(9)), Err(InvalidTransition { from: "SENT", to: "PENDING" }));
    assert_eq!(failed().claim(at(9)), Err(InvalidTransition { from: "FAILED", to: "PENDING" }));
}

#[test]
fn an_older_attempt_can_only_tell_that_the_mail_has_gone() {
    let older = Attempt { number: 1, may_repeat: false };
    let settled = outcomes().map(|o| claimed(2).settle(older, o, at(5), &POLICY).map(|d| d.state.name()).ok());
    assert_eq!(settled, [Some("SENT"), None, None]);
}

#[test]
fn a_claim_that_ran_out_without_an_outcome_may_repeat_a_mail() {
    let (first, attempt) = delivery(DeliveryState::pending(at(0))).claim(at(60)).unwrap();
    assert_eq!(attempt, Attempt { number: 1, may_repeat: false });
    let (_, attempt) = first.clone().claim(at(200)).unwrap();
    assert_eq!(attempt, Attempt { number: 2, may_repeat: true });
    let put_off = first.settle(Attempt { number: 1, may_repeat: false }, outcomes()[2].clone(), at(5), &POLICY);
    let (_, attempt) = put_off.unwrap().claim(at(200)).unwrap();
    assert_eq!(attempt, Attempt { number: 2, may_repeat: false });
}

#[test]
fn waits_double_up_to_the_longest_and_attempts_end() {
    assert_eq!([1, 2, 3, 90].map(|n| POLICY.delay(n).as_secs()), [30, 60, 100, 100]);
    let last = Attempt { number: 3, may_repeat: false };
    let given_up = claimed(3).settle(last, Outcome::PutOff("451 later".into()), at(5), &POLICY).unwrap();
    assert_eq!(given_up.state, DeliveryState::Failed { attempts: 3, at: at(5), error: "451 later".into() });
}

#[test]
fn what_a_server_says_is_kept_short_and_on_one_line() {
    let long = format!("550 a\r\nb{}", "x".repeat(900));
    let error = clip(&long);
    assert!(error.starts_with("550 a  b") && error.chars().count() == ERROR_CHARACTERS);
}
