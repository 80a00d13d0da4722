//! Which mails are written, and which are not.

use directory::model::ClosedPlace;
use kernel::{DateRange, Text};
use uuid::Uuid;

use super::{
    super::delivery::{DeliveryState, Subject, message_id},
    *,
};
use crate::{answer_links::LinkState, messages::example as facts};

fn person(n: u128, first_name: &str, last_name: &str, locale: Locale) -> Person {
    Person {
        id: Uuid::from_u128(n).into(),
        agency: None,
        title: String::new(),
        phone: String::new(),
        grants: Vec::new(),
        first_name: first_name.into(),
        last_name: last_name.into(),
        email: format!("{}@example.org", last_name.to_lowercase()),
        locale,
        active: true,
        account_active: false,
        alerts_accepted: false,
    }
}

fn names() -> Names {
    let both = |fr: &str, en: &str| Some(Text::new(fr, en));
    Names {
        placing_agency: Some("Cégep de la Rive".into()),
        receiving_agency: Some("Santé du Fleuve".into()),
        site: Some("Hôpital du Parc".into()),
        service: both("Médecine", "Medicine"),
        destination: Some("4 Ouest".into()),
        program: both("Soins infirmiers", "Nursing"),
        placement_type: both("Préceptorat", "Preceptorship"),
        reason: both("Capacité atteinte", "Capacity reached"),
        actor: Some("Rachel Roy".into()),
        coordinator: Some(("Rachel Roy".into(), "roy@example.org".into())),
    }
}

fn delivery(message: Message) -> Delivery {
    let id = Uuid::from_u128(77).into();
    Delivery {
        id,
        event: Uuid::from_u128(78).into(),
        message,
        recipient: Some(Uuid::from_u128(13).into()),
        link: None,
        resend_of: None,
        subject: Subject::Request(Box::new(facts())),
        message_id: message_id(id, "tandem.example"),
        created_at: Timestamp::UNIX_EPOCH,
        address: None,
        state: DeliveryState::pending(Timestamp::UNIX_EPOCH),
    }
}

fn link(state: LinkState) -> AnswerLink {
    AnswerLink {
        id: Uuid::from_u128(0xfeed).into(),
        request: facts().request,
        request_version: 3,
        destination: Uuid::from_u128(7).into(),
        agent: Uuid::from_u128(13).into(),
        created_at: Timestamp::UNIX_EPOCH,
        expires_at: Timestamp::from_second(30 * 86_400).unwrap(),
        state,
    }
}

/// A mail with everything in it.
pub(crate) fn mail(message: Message, locale: Locale) -> Mail {
    let to = Person { account_active: true, alerts_accepted: true, ..person(13, "Denis", "Dubé", locale) };
    let mut facts = facts();
    facts.reasons.destination = Some("D2".into());
    let open = link(LinkState::Open);
    Mail::of(&delivery(message), &facts, Some(&to), names(), Some(&open), Timestamp::UNIX_EPOCH).unwrap()
}

/// A mail about a request, with something else in it.
pub(crate) fn mail_with(message: Message, locale: Locale, change: impl Fn(&mut AboutRequest)) -> Mail {
    let mut mail = mail(message, locale);
    if let Body::Request(about) = &mut mail.body {
        change(about);
    }
    mail
}

fn closure(active: bool) -> Closure {
    Closure {
        id: Uuid::from_u128(0xc1).into(),
        place: ClosedPlace::Site(Uuid::from_u128(5).into()),
        days: DateRange::new(jiff::civil::date(2027, 2, 1), jiff::civil::date(2027, 2, 14)).unwrap(),
        reason: ClosureReason::Outbreak,
        active,
    }
}

fn affecting(active: bool, place: Option<&str>, to: Option<Person>) -> Result<Mail, Outcome> {
    let affected = AffectedRequests { closure: closure(active).id, count: 2 };
    let closure = closure(active);
    let named = Some((&closure, place.map(str::to_owned)));
    Mail::about_closure(&delivery(Message::RequestsAffectedByClosure), affected, to.as_ref(), named)
}

/// A mail that tells a school's coordinator of a closure.
pub(crate) fn closure_mail(locale: Locale) -> Mail {
    let to = Person { account_active: true, alerts_accepted: true, ..person(13, "Denis", "Dubé", locale) };
    affecting(true, Some("Hôpital du Parc"), Some(to)).unwrap()
}

#[test]
fn a_closure_that_was_withdrawn_meanwhile_is_not_mailed() {
    let to = || Some(person(13, "Denis", "Dubé", Locale::Fr));
    let refused = |why: &str| Some(Outcome::Refused(why.into()));
    let waits = Some(Outcome::PutOff(NAMES_NOT_YET_KNOWN.into()));
    assert_eq!(affecting(false, Some("Parc"), to()).err(), refused(CLOSURE_WITHDRAWN));
    assert_eq!(affecting(true, None, to()).err(), waits);
    assert_eq!(affecting(true, Some("Parc"), None).err(), waits);
    let gone = Person { active: false, ..person(13, "Denis", "Dubé", Locale::Fr) };
    assert_eq!(affecting(true, Some("Parc"), Some(gone)).err(), refused(NO_ADDRESS));
    assert_eq!(affecting(true, Some("Parc"), to()).err(), None);
}

fn outcome(message: Message, to: Option<Person>, names: Names, link: &AnswerLink) -> Option<Outcome> {
    Mail::of(&delivery(message), &facts(), to.as_ref(), names, Some(link), Timestamp::UNIX_EPOCH).err()
}

#[test]
fn who_cannot_or_will_not_be_mailed_is_not() {
    let open = link(LinkState::Open);
    let agent = || person(13, "Denis", "Dubé", Locale::Fr);
    let refused = |why: &str| Some(Outcome::Refused(why.into()));
    let told = |message, to| outcome(message, Some(to), names(), &open);
    assert_eq!(told(Message::Redirected, agent()), None);
    assert_eq!(told(Message::Redirected, Person { active: false, ..agent() }), refused(NO_ADDRESS));
    assert_eq!(told(Message::Redirected, Person { email: String::new(), ..agent() }), refused(NO_ADDRESS));
    let deaf = || Person { account_active: true, ..agent() };
    assert_eq!(told(Message::Redirected, deaf()), refused(ALERTS_NOT_ACCEPTED));
    assert_eq!(told(Message::RedirectedLink, deaf()), None);
}

#[test]
fn names_that_have_not_arrived_are_waited_for() {
    let open = link(LinkState::Open);
    let waits = Some(Outcome::PutOff(NAMES_NOT_YET_KNOWN.into()));
    assert_eq!(outcome(Message::Redirected, None, names(), &open), waits);
    let agent = person(13, "Denis", "Dubé", Locale::Fr);
    let nameless = Names { site: None, ..names() };
    assert_eq!(outcome(Message::Redirected, Some(agent.clone()), nameless, &open), waits);
    let enough = Names { destination: None, service: None, actor: None, coordinator: None, ..names() };
    assert_eq!(outcome(Message::Redirected, Some(agent), enough, &open), None);
}

#[test]
fn a_link_that_has_ended_is_not_mailed() {
    let agent = || Some(person(13, "Denis", "Dubé", Locale::Fr));
    let ended = Some(Outcome::Refused(LINK_ENDED.into()));
    assert_eq!(outcome(Message::RedirectedLink, agent(), names(), &link(LinkState::Closed)), ended);
    let late = AnswerLink { expires_at: Timestamp::UNIX_EPOCH, ..link(LinkState::Open) };
    assert_eq!(outcome(Message::RedirectedLink, agent(), names(), &late), ended);
}
