//! Turns the way of a request into acts of people at instants.

use directory::model::Role;
use jiff::{Timestamp, ToSpan as _};
use kernel::Locale;

use super::{
    calendar::{Calendar, release_of, term_of},
    draw::Draw,
    paths::Transition,
    steps::{Action, Answer, Content, Step},
    words::{Topic, talk, words},
    world::{Days, Program, Reach, World},
};

/// How people keep up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speed {
    /// As in life. What would happen after the demonstration is loaded has not happened.
    Usual,
    /// Within days, and all of it before the demonstration is loaded.
    Quick,
}

/// A request under way.
pub(super) struct Journey<'a> {
    world: &'a World,
    calendar: &'a Calendar,
    draw: &'a mut Draw,
    request: usize,
    content: Content,
    speed: Speed,
    at: Timestamp,
    /// Whether the request waits at the unit already, past the coordinator.
    automatic: bool,
    steps: Vec<Step>,
}

/// The acts by which a request comes to be at `at` and goes its way.
pub(super) fn travel(
    (world, calendar): (&World, &Calendar),
    draw: &mut Draw,
    request: usize,
    (content, at, speed): (Content, Timestamp, Speed),
    path: &[Transition],
) -> Vec<Step> {
    let mut journey =
        Journey { world, calendar, draw, request, content, speed, at, automatic: false, steps: Vec::new() };
    journey.begin();
    for &next in path {
        if journey.go(next).is_none() {
            break;
        }
    }
    journey.steps
}

impl Journey<'_> {
    fn begin(&mut self) {
        let who = self.school();
        let action = Action::Create(Box::new(self.content.clone()));
        self.perform(who, action);
    }

    /// Makes a move; nothing if its time has not come yet.
    fn go(&mut self, next: Transition) -> Option<()> {
        self.wait(next)?;
        match next {
            Transition::Send => self.send(),
            // What the system has redirected already is not deleted any more.
            Transition::Delete if self.automatic => {}
            Transition::Delete => self.perform(self.school(), Action::Delete),
            Transition::Redirect if self.automatic => self.automatic = false,
            Transition::Redirect => {
                let comment = self.words(Topic::Redirecting, self.host());
                self.perform(self.host(), Action::Redirect { unit: self.content.unit, comment });
                self.talk();
            }
            // Only an agent with an account can; else the coordinator overrules next.
            Transition::Relent if !matches!(self.world.reach(self.content.unit), Reach::Inbox(_)) => {}
            Transition::Accept | Transition::Relent => self.answer_at_unit(true),
            Transition::Refuse => self.answer_at_unit(false),
            Transition::Ratify | Transition::Overrule => self.answer_for_agency(true, true),
            Transition::RatifyRefusal => self.answer_for_agency(false, true),
            Transition::AcceptAtOnce => self.answer_for_agency(true, false),
            Transition::RefuseAtOnce => self.answer_for_agency(false, false),
            Transition::Confirm => self.perform(self.school(), Action::Confirm),
            Transition::CancelBySchool => self.cancel(self.school(), &["C1", "C2", "C3", "C4", "C5"]),
            Transition::CancelByHost => self.cancel(self.host(), &["C6", "C8", "D5"]),
            Transition::Reactivate => {
                let comment = self.words(Topic::Reactivating, self.school());
                self.perform(self.school(), Action::Reactivate { comment });
            }
            Transition::Postpone => self.postpone(false),
            Transition::PostponeAndResubmit => self.postpone(true),
            Transition::ShiftDates => {
                let weeks = self.draw.within(1..=2);
                self.content.days = later(self.content.days, weeks);
                self.perform(self.school(), Action::ChangeDates { days: self.content.days });
            }
            Transition::ChangeUnit => self.move_unit(),
        }
        Some(())
    }

    /// Now and then a school has a question, and the host an answer.
    fn talk(&mut self) {
        let (school, host) = (self.school(), self.host());
        let locale = |who: (usize, Role)| self.world.people[who.0].locale;
        let (question, reply) = talk(self.request, (locale(school), locale(host)));
        let turns = [(school, question, 95), (host, reply, 50)];
        if self.request % 5 != 2 || school.1 != Role::PlacingCoordinator {
            return;
        }
        for (who, comment, minutes) in turns {
            let at = self.at + minutes.minutes();
            if at < self.calendar.now {
                self.at = at;
                self.perform(who, Action::Comment { comment });
            }
        }
    }

    /// Moves on to when people come to it.
    fn wait(&mut self, next: Transition) -> Option<()> {
        let days = match (self.speed, next) {
            (_, Transition::Redirect) if self.automatic => return Some(()),
            (Speed::Quick, _) => 0..=2,
            (Speed::Usual, Transition::Send) => 0..=3,
            (Speed::Usual, Transition::Redirect) => 1..=6,
            (Speed::Usual, Transition::Accept | Transition::Refuse | Transition::Relent) => 2..=16,
            (Speed::Usual, Transition::Ratify | Transition::RatifyRefusal | Transition::Overrule) => 1..=4,
            (Speed::Usual, Transition::AcceptAtOnce | Transition::RefuseAtOnce) => 2..=10,
            (Speed::Usual, Transition::Confirm) => 1..=12,
            (Speed::Usual, Transition::CancelBySchool | Transition::CancelByHost) => 4..=20,
            (Speed::Usual, _) => 2..=8,
        };
        let days = self.draw.within(days);
        let mut at = self.calendar.office(self.calendar.day(self.at) + days.days(), self.draw);
        if at <= self.at {
            at = self.at + self.draw.within(4..=40).minutes();
        }
        if at >= self.calendar.now {
            if self.speed == Speed::Usual {
                return None;
            }
            at = self.at + (self.calendar.now.duration_since(self.at) / 3);
        }
        self.at = at;
        Some(())
    }

    /// A held request goes out on its release date, if that has come.
    fn send(&mut self) {
        self.perform(self.school(), Action::Send);
        let unit = self.content.unit;
        let reached = matches!(self.world.reach(unit), Reach::Inbox(_));
        self.automatic = self.world.service_of(unit).automatic && self.content.wish && reached;
        let release = release_of(term_of(self.content.days.0));
        if self.content.held && release > self.calendar.day(self.at) {
            self.at = self.calendar.instant(release, 0, 5);
            if self.at < self.calendar.now {
                self.perform(self.school(), Action::Release);
            }
        }
    }

    /// By the unit's agent or back-up; by the link in the mail; or by the coordinator, whom somebody has phoned.
    fn answer_at_unit(&mut self, accept: bool) {
        let unit = self.content.unit;
        let backup = self.world.site_of(unit).backup;
        let reach = self.world.reach(unit);
        let who = match reach {
            Reach::Inbox(agent) => {
                let backup = backup.filter(|_| self.draw.chance(15));
                Some((backup.unwrap_or(agent), Role::DestinationCoordinator))
            }
            Reach::Mail if self.draw.chance(65) => None,
            Reach::Mail | Reach::Nobody => Some(self.host()),
        };
        let speaker = who.unwrap_or_else(|| (self.world.units[unit].agent.unwrap_or(0), Role::DestinationCoordinator));
        let answer = self.answer(accept, speaker);
        let action = if who.is_some() { Action::AnswerAtDestination(answer) } else { Action::AnswerByLink(answer) };
        self.push(who, action);
    }

    /// By the coordinator, or by the school for an agency that does not work in Tandem. What follows the unit's word needs no
    /// words of its own.
    fn answer_for_agency(&mut self, accept: bool, follows: bool) {
        if self.automatic {
            // The coordinator does not have it: the unit answers first.
            self.answer_at_unit(accept);
            self.automatic = false;
            self.at += self.draw.within(30..=90).minutes();
        }
        let who = if self.world.site_of(self.content.unit).user { self.host() } else { self.school() };
        let mut answer = self.answer(accept, who);
        if follows && accept {
            answer = Answer { accept, reason: "", comment: String::new() };
        }
        self.perform(who, Action::AnswerForAgency(answer));
    }

    fn answer(&mut self, accept: bool, who: (usize, Role)) -> Answer {
        const YES: &[(u32, &str)] = &[(6, ""), (5, "A1"), (1, "A2"), (2, "A3")];
        const NO: &[(u32, &str)] =
            &[(6, "D1"), (5, "D2"), (4, "D3"), (2, "D4"), (1, "D5"), (1, "D6"), (2, "D8"), (2, "D9"), (1, "D10")];
        let reason = self.draw.weighted(if accept { YES } else { NO });
        let topic = if accept { Topic::Accepting } else { Topic::Declining };
        Answer { accept, reason, comment: self.words(topic, who) }
    }

    fn cancel(&mut self, who: (usize, Role), reasons: &'static [&'static str]) {
        let reason = self.draw.pick(reasons);
        let comment = self.words(Topic::Cancelling, who);
        self.perform(who, Action::Cancel { reason, comment });
    }

    fn postpone(&mut self, resubmit: bool) {
        let weeks = self.draw.within(1..=4);
        self.content.days = later(self.content.days, weeks);
        let comment = self.words(Topic::Postponing, self.school());
        self.perform(self.school(), Action::Postpone { days: self.content.days, resubmit, comment });
    }

    /// To the next unit of the same service, where there is one.
    fn move_unit(&mut self) {
        let units = self.world.units_of(self.world.units[self.content.unit].service);
        let Some(other) = units.into_iter().find(|unit| *unit != self.content.unit) else { return };
        self.content.unit = other;
        self.perform(self.host(), Action::ChangeDestination { unit: other });
    }

    fn perform(&mut self, who: (usize, Role), action: Action) {
        self.push(Some(who), action);
    }

    fn push(&mut self, who: Option<(usize, Role)>, action: Action) {
        let site = self.world.service_of(self.content.unit).site;
        self.steps.push(Step { at: self.at, request: self.request, site, who, action });
    }

    fn words(&mut self, topic: Topic, who: (usize, Role)) -> String {
        let locale: Locale = self.world.people[who.0].locale;
        words(self.draw, topic, locale)
    }

    fn program(&self) -> &Program {
        &self.world.programs[self.content.program]
    }

    fn host(&self) -> (usize, Role) {
        (self.world.site_of(self.content.unit).coordinator, Role::ReceivingCoordinator)
    }

    /// The school where it works in Tandem, else the host who entered the request for it.
    fn school(&self) -> (usize, Role) {
        self.program().coordinator.map_or_else(|| self.host(), |person| (person, Role::PlacingCoordinator))
    }
}

fn later((start, end): Days, weeks: i32) -> Days {
    (start + weeks.weeks(), end + weeks.weeks())
}
