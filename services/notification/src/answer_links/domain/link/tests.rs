//! Every transition of a link.

use super::*;
use uuid::Uuid;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn yes() -> GivenAnswer {
    GivenAnswer::new(Answer::Accept, None, "")
}

fn no() -> GivenAnswer {
    GivenAnswer::new(Answer::Decline, Some("D1".into()), "Désolée")
}

fn link(state: LinkState) -> AnswerLink {
    AnswerLink {
        id: Uuid::from_u128(1).into(),
        request: Uuid::from_u128(2).into(),
        request_version: 3,
        destination: Uuid::from_u128(4).into(),
        agent: Uuid::from_u128(5).into(),
        created_at: at(0),
        expires_at: at(100),
        state,
    }
}

fn states() -> [LinkState; 4] {
    [LinkState::Open, LinkState::Claimed(yes()), LinkState::Used(yes()), LinkState::Closed]
}

#[test]
fn every_transition_from_every_state() {
    type Step = fn(AnswerLink) -> Result<AnswerLink, InvalidTransition>;
    let after = |step: Step| states().map(|s| step(link(s)).map(|l| l.state.name()).ok());
    assert_eq!(after(AnswerLink::used), [None, Some("USED"), None, None]);
    assert_eq!(after(AnswerLink::refused), [None, Some("CLOSED"), None, None]);
    assert_eq!(after(AnswerLink::released), [None, Some("OPEN"), None, None]);
    assert_eq!(after(AnswerLink::closed), [Some("CLOSED"), None, None, None]);
}

#[test]
fn the_first_answer_counts_and_only_it_may_be_repeated() {
    let claim = |given: fn() -> GivenAnswer| states().map(|s| link(s).claim(given(), at(50)).map(|(_, p)| p));
    let (told, taken) = (Ok(Progress::ToBeTold), Ok(Progress::Taken));
    assert_eq!(claim(yes), [told, told, taken, Err(LinkRefusal::Closed)]);
    assert_eq!(
        claim(no),
        [
            told,
            Err(LinkRefusal::Used(Answer::Accept)),
            Err(LinkRefusal::Used(Answer::Accept)),
            Err(LinkRefusal::Closed)
        ]
    );
    let reworded =
        link(LinkState::Claimed(no())).claim(GivenAnswer::new(Answer::Decline, Some("D1".into()), "Non"), at(50));
    assert_eq!(reworded, Err(LinkRefusal::Used(Answer::Decline)));
}

#[test]
fn time_ends_open_links_only() {
    let late = states().map(|s| link(s).read(at(100)));
    assert_eq!(
        late,
        [Err(LinkRefusal::Expired), Ok(()), Err(LinkRefusal::Used(Answer::Accept)), Err(LinkRefusal::Closed)]
    );
    assert_eq!(link(LinkState::Open).read(at(99)), Ok(()));
    assert_eq!(link(LinkState::Open).claim(yes(), at(100)), Err(LinkRefusal::Expired));
    assert!(link(LinkState::Claimed(yes())).claim(yes(), at(100)).is_ok());
}

#[test]
fn an_expiry_is_in_whole_seconds() {
    let now = Timestamp::new(10, 999_000_000).unwrap();
    assert_eq!(AnswerLink::expiry(now, SignedDuration::from_secs(5)), at(15));
}
