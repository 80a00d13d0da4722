//! A mail about to be written: everything that its text says, looked up and checked.

use jiff::{Timestamp, civil::Date};
use kernel::{ClosureId, Locale};

use super::{
    AnswerLink, Closure, ClosureReason, Delivery, Facts, LinkState, LocalizedName, Outcome, Person, SealedLink,
    Template, Touches,
};

/// The person has no address, is archived, or nobody is named at all.
pub const NO_ADDRESS: &str = "NO_ADDRESS";
/// The person has an account and does not take mails (domain §4.6).
pub const ALERTS_NOT_ACCEPTED: &str = "ALERTS_NOT_ACCEPTED";
/// The answer is no longer awaited, or the link's time was over before it could be mailed.
pub const LINK_ENDED: &str = "LINK_ENDED";
/// The closure was withdrawn before the mail went out.
pub const CLOSURE_WITHDRAWN: &str = "CLOSURE_WITHDRAWN";
/// The names of a new place or person have not arrived here yet.
pub const NAMES_NOT_YET_KNOWN: &str = "NAMES_NOT_YET_KNOWN";

/// Names behind the ids of a request, as far as they are known here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The school.
    pub placing_agency: Option<String>,
    /// The health organisation.
    pub receiving_agency: Option<String>,
    /// The site.
    pub site: Option<String>,
    /// The clinical service.
    pub service: Option<LocalizedName>,
    /// The unit.
    pub destination: Option<String>,
    /// The program.
    pub program: Option<LocalizedName>,
    /// The reason of an answer or cancellation.
    pub reason: Option<LocalizedName>,
    /// Who did it.
    pub actor: Option<Person>,
    /// The receiving coordinator.
    pub coordinator: Option<Person>,
}

/// A mail about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Which mail.
    pub template: Template,
    /// Its Message-ID, without brackets.
    pub message_id: String,
    /// When it was asked for; its date.
    pub created_at: Timestamp,
    /// The language it is written in.
    pub locale: Locale,
    /// The name of the one who reads it.
    pub to_name: String,
    /// Where it goes.
    pub to_address: String,
    /// Whether the reader can sign in, and so has a use for a way into Tandem.
    pub can_sign_in: bool,
    /// What it tells.
    pub body: Body,
}

/// What a mail tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Of a request.
    Request(Box<AboutRequest>),
    /// Of a closure.
    Closure(AboutClosure),
}

/// A closure, for the one some of whose requests it touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutClosure {
    /// Which.
    pub id: ClosureId,
    /// What is closed.
    pub place: String,
    /// First day.
    pub start: Date,
    /// Last day, included.
    pub end: Date,
    /// Why.
    pub reason: ClosureReason,
    /// How many requests of the reader.
    pub requests: i32,
}

/// A request, with the names behind its ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutRequest {
    /// What people say on the phone.
    pub reference: String,
    /// The school.
    pub placing_agency: String,
    /// The health organisation.
    pub receiving_agency: String,
    /// The site.
    pub site: String,
    /// The clinical service.
    pub service: Option<String>,
    /// The unit.
    pub destination: Option<String>,
    /// The program.
    pub program: String,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// How many students.
    pub student_count: i32,
    /// Hours per student; 0 when not said.
    pub hours_per_student: i32,
    /// Why it was refused or stopped, where the mail tells it.
    pub reason: Option<String>,
    /// Who did it, where known.
    pub actor: Option<String>,
    /// Whom to ask: name and address of the receiving coordinator.
    pub coordinator: Option<(String, String)>,
    /// The link, in the mail that carries one.
    pub link: Option<SealedLink>,
}

impl Letter {
    /// The letter of a delivery.
    ///
    /// # Errors
    /// The outcome instead, where it cannot or must not be written: refused for good, or put off until names arrive.
    pub fn of(
        delivery: &Delivery,
        facts: &Facts,
        recipient: Option<Person>,
        names: Names,
        link: Option<&AnswerLink>,
        now: Timestamp,
    ) -> Result<Self, Outcome> {
        if delivery.recipient.is_none() {
            return Err(Outcome::Refused(NO_ADDRESS.into()));
        }
        let to = recipient.ok_or_else(not_yet)?;
        check_recipient(delivery.template, &to)?;
        let link = open_link(delivery.template, link, now)?;
        let locale = to.locale;
        let reason = delivery.reason(facts).cloned();
        let about = AboutRequest {
            reference: facts.reference.clone(),
            placing_agency: names.placing_agency.ok_or_else(not_yet)?,
            receiving_agency: names.receiving_agency.ok_or_else(not_yet)?,
            site: names.site.ok_or_else(not_yet)?,
            service: names.service.map(|n| n.get(locale).to_owned()),
            destination: names.destination,
            program: names.program.ok_or_else(not_yet)?.get(locale).to_owned(),
            start: facts.start,
            end: facts.end,
            student_count: facts.student_count,
            hours_per_student: facts.hours_per_student,
            reason: reason.map(|code| names.reason.map_or(code, |n| n.get(locale).to_owned())),
            actor: names.actor.map(|p| p.full_name()),
            coordinator: names.coordinator.map(|p| (p.full_name(), p.email)),
            link,
        };
        Ok(Self::to(delivery, to, Body::Request(Box::new(about))))
    }

    /// The letter of a delivery about a closure, of which and of whose place the name may not have arrived yet.
    ///
    /// # Errors
    /// The outcome instead, where it cannot or must not be written: refused for good, or put off until names arrive.
    pub fn about_closure(
        delivery: &Delivery,
        touches: Touches,
        recipient: Option<Person>,
        closure: Option<(Closure, Option<String>)>,
    ) -> Result<Self, Outcome> {
        let to = recipient.ok_or_else(not_yet)?;
        check_recipient(delivery.template, &to)?;
        let (closure, place) = closure.ok_or_else(not_yet)?;
        if !closure.active {
            return Err(Outcome::Refused(CLOSURE_WITHDRAWN.into()));
        }
        let about = AboutClosure {
            id: closure.id,
            place: place.ok_or_else(not_yet)?,
            start: closure.start,
            end: closure.end,
            reason: closure.reason,
            requests: touches.requests,
        };
        Ok(Self::to(delivery, to, Body::Closure(about)))
    }

    fn to(delivery: &Delivery, to: Person, body: Body) -> Self {
        Self {
            template: delivery.template,
            message_id: delivery.message_id.clone(),
            created_at: delivery.created_at,
            locale: to.locale,
            to_name: to.full_name(),
            to_address: to.email,
            can_sign_in: to.account_active,
            body,
        }
    }

    /// Name and address that a reply goes to: the coordinator, in mails to a destination.
    #[must_use]
    pub fn reply_to(&self) -> Option<(&str, &str)> {
        let Body::Request(about) = &self.body else { return None };
        let to_destination = matches!(self.template, Template::RedirectedLink | Template::Redirected);
        let (name, address) =
            about.coordinator.as_ref().filter(|(_, address)| to_destination && !address.is_empty())?;
        Some((name, address))
    }
}

fn check_recipient(template: Template, to: &Person) -> Result<(), Outcome> {
    if !to.active || to.email.is_empty() {
        return Err(Outcome::Refused(NO_ADDRESS.into()));
    }
    // The link goes to those who do not work in Tandem: it is not an alert that can be switched off there.
    if template != Template::RedirectedLink && to.account_active && !to.alerts_accepted {
        return Err(Outcome::Refused(ALERTS_NOT_ACCEPTED.into()));
    }
    Ok(())
}

fn open_link(template: Template, link: Option<&AnswerLink>, now: Timestamp) -> Result<Option<SealedLink>, Outcome> {
    if template != Template::RedirectedLink {
        return Ok(None);
    }
    match link {
        Some(link) if link.state == LinkState::Open && now < link.expires_at => Ok(Some(link.sealed())),
        _ => Err(Outcome::Refused(LINK_ENDED.into())),
    }
}

fn not_yet() -> Outcome {
    Outcome::PutOff(NAMES_NOT_YET_KNOWN.into())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::{ClosedPlace, DeliveryState, Subject, facts::tests::facts, message_id};
    use super::*;
    use uuid::Uuid;

    fn person(n: u128, first_name: &str, last_name: &str, locale: Locale) -> Person {
        Person {
            id: Uuid::from_u128(n).into(),
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
        let both = |fr: &str, en: &str| Some(LocalizedName { fr: fr.into(), en: en.into() });
        Names {
            placing_agency: Some("Cégep de la Rive".into()),
            receiving_agency: Some("Santé du Fleuve".into()),
            site: Some("Hôpital du Parc".into()),
            service: both("Médecine", "Medicine"),
            destination: Some("4 Ouest".into()),
            program: both("Soins infirmiers", "Nursing"),
            reason: both("Capacité atteinte", "Capacity reached"),
            actor: Some(person(12, "Rachel", "Roy", Locale::Fr)),
            coordinator: Some(person(12, "Rachel", "Roy", Locale::Fr)),
        }
    }

    fn delivery(template: Template) -> Delivery {
        let id = Uuid::from_u128(77).into();
        Delivery {
            id,
            event: Uuid::from_u128(78).into(),
            template,
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

    /// A letter with everything in it.
    pub(crate) fn letter(template: Template, locale: Locale) -> Letter {
        let to = Person { account_active: true, alerts_accepted: true, ..person(13, "Denis", "Dubé", locale) };
        let mut facts = facts();
        facts.reasons.destination = Some("D2".into());
        let open = link(LinkState::Open);
        Letter::of(&delivery(template), &facts, Some(to), names(), Some(&open), Timestamp::UNIX_EPOCH).unwrap()
    }

    /// A letter about a request, with something else in it.
    pub(crate) fn letter_with(template: Template, locale: Locale, change: impl Fn(&mut AboutRequest)) -> Letter {
        let mut letter = letter(template, locale);
        if let Body::Request(about) = &mut letter.body {
            change(about);
        }
        letter
    }

    fn closure(active: bool) -> Closure {
        Closure {
            id: Uuid::from_u128(0xc1).into(),
            place: ClosedPlace::Site(Uuid::from_u128(5).into()),
            start: jiff::civil::date(2027, 2, 1),
            end: jiff::civil::date(2027, 2, 14),
            reason: ClosureReason::Outbreak,
            active,
        }
    }

    fn touching(active: bool, place: Option<&str>, to: Option<Person>) -> Result<Letter, Outcome> {
        let touches = Touches { closure: closure(active).id, requests: 2 };
        let told = Some((closure(active), place.map(str::to_owned)));
        Letter::about_closure(&delivery(Template::RequestsAffectedByClosure), touches, to, told)
    }

    /// A letter that tells a school's coordinator of a closure.
    pub(crate) fn closure_letter(locale: Locale) -> Letter {
        let to = Person { account_active: true, alerts_accepted: true, ..person(13, "Denis", "Dubé", locale) };
        touching(true, Some("Hôpital du Parc"), Some(to)).unwrap()
    }

    #[test]
    fn a_closure_that_was_withdrawn_meanwhile_is_not_mailed() {
        let to = || Some(person(13, "Denis", "Dubé", Locale::Fr));
        let refused = |why: &str| Some(Outcome::Refused(why.into()));
        let waits = Some(Outcome::PutOff(NAMES_NOT_YET_KNOWN.into()));
        assert_eq!(touching(false, Some("Parc"), to()).err(), refused(CLOSURE_WITHDRAWN));
        assert_eq!(touching(true, None, to()).err(), waits);
        assert_eq!(touching(true, Some("Parc"), None).err(), waits);
        let gone = Person { active: false, ..person(13, "Denis", "Dubé", Locale::Fr) };
        assert_eq!(touching(true, Some("Parc"), Some(gone)).err(), refused(NO_ADDRESS));
        assert_eq!(touching(true, Some("Parc"), to()).err(), None);
    }

    fn outcome(template: Template, to: Option<Person>, names: Names, link: &AnswerLink) -> Option<Outcome> {
        Letter::of(&delivery(template), &facts(), to, names, Some(link), Timestamp::UNIX_EPOCH).err()
    }

    #[test]
    fn who_cannot_or_will_not_be_mailed_is_not() {
        let open = link(LinkState::Open);
        let agent = || person(13, "Denis", "Dubé", Locale::Fr);
        let refused = |why: &str| Some(Outcome::Refused(why.into()));
        let told = |template, to| outcome(template, Some(to), names(), &open);
        assert_eq!(told(Template::Redirected, agent()), None);
        assert_eq!(told(Template::Redirected, Person { active: false, ..agent() }), refused(NO_ADDRESS));
        assert_eq!(told(Template::Redirected, Person { email: String::new(), ..agent() }), refused(NO_ADDRESS));
        let deaf = || Person { account_active: true, ..agent() };
        assert_eq!(told(Template::Redirected, deaf()), refused(ALERTS_NOT_ACCEPTED));
        assert_eq!(told(Template::RedirectedLink, deaf()), None);
    }

    #[test]
    fn names_that_have_not_arrived_are_waited_for() {
        let open = link(LinkState::Open);
        let waits = Some(Outcome::PutOff(NAMES_NOT_YET_KNOWN.into()));
        assert_eq!(outcome(Template::Redirected, None, names(), &open), waits);
        let agent = person(13, "Denis", "Dubé", Locale::Fr);
        let nameless = Names { site: None, ..names() };
        assert_eq!(outcome(Template::Redirected, Some(agent.clone()), nameless, &open), waits);
        let enough = Names { destination: None, service: None, actor: None, coordinator: None, ..names() };
        assert_eq!(outcome(Template::Redirected, Some(agent), enough, &open), None);
    }

    #[test]
    fn a_link_that_has_ended_is_not_mailed() {
        let agent = || Some(person(13, "Denis", "Dubé", Locale::Fr));
        let ended = Some(Outcome::Refused(LINK_ENDED.into()));
        assert_eq!(outcome(Template::RedirectedLink, agent(), names(), &link(LinkState::Closed)), ended);
        let late = AnswerLink { expires_at: Timestamp::UNIX_EPOCH, ..link(LinkState::Open) };
        assert_eq!(outcome(Template::RedirectedLink, agent(), names(), &late), ended);
    }
}
