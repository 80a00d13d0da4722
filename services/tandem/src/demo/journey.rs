//! Turns the way of a request into acts of people at instants.

use directory::model::Role;
use jiff::{Timestamp, ToSpan as _};
use kernel::Locale;

use super::{
    calendar::{Calendar, release_of, term_of},
    draw::Draw,
    paths::Move,
    steps::{Act, Answer, Content, Step},
    words::{Occasion, talk, words},
    world::{Days, Program, Reach, World},
};

/// How people keep up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
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
    pace: Pace,
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
    (content, at, pace): (Content, Timestamp, Pace),
    path: &[Move],
) -> Vec<Step> {
    let mut journey =
        Journey { world, calendar, draw, request, content, pace, at, automatic: false, steps: Vec::new() };
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
        let act = Act::Create(Box::new(self.content.clone()));
        self.act(who, act);
    }

    /// Makes a move; nothing if its time has not come yet.
    fn go(&mut self, next: Move) -> Option<()> {
        self.wait(next)?;
        match next {
            Move::Send => self.send(),
            // What the system has redirected already is not deleted any more.
            Move::Delete if self.automatic => {}
            Move::Delete => self.act(self.school(), Act::Delete),
            Move::Redirect if self.automatic => self.automatic = false,
            Move::Redirect => {
                let comment = self.words(Occasion::Redirecting, self.host());
                self.act(self.host(), Act::Redirect { unit: self.content.unit, comment });
                self.talk();
            }
            // Only an agent with an account can; else the coordinator overrules next.
            Move::Relent if !matches!(self.world.reach(self.content.unit), Reach::Inbox(_)) => {}
            Move::Accept | Move::Relent => self.answer_at_unit(true),
            Move::Refuse => self.answer_at_unit(false),
            Move::Ratify | Move::Overrule => self.answer_for_agency(true, true),
            Move::RatifyRefusal => self.answer_for_agency(false, true),
            Move::AcceptAtOnce => self.answer_for_agency(true, false),
            Move::RefuseAtOnce => self.answer_for_agency(false, false),
            Move::Confirm => self.act(self.school(), Act::Confirm),
            Move::CancelBySchool => self.cancel(self.school(), &["C1", "C2", "C3", "C4", "C5"]),
            Move::CancelByHost => self.cancel(self.host(), &["C6", "C8", "D5"]),
            Move::Reactivate => {
                let comment = self.words(Occasion::Reactivating, self.school());
                self.act(self.school(), Act::Reactivate { comment });
            }
            Move::Postpone => self.postpone(false),
            Move::PostponeAndResubmit => self.postpone(true),
            Move::ShiftDates => {
                let weeks = self.draw.within(1..=2);
                self.content.days = later(self.content.days, weeks);
                self.act(self.school(), Act::ChangeDates { days: self.content.days });
            }
            Move::ChangeUnit => self.move_unit(),
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
                self.act(who, Act::Comment { comment });
            }
        }
    }

    /// Moves on to when people come to it.
    fn wait(&mut self, next: Move) -> Option<()> {
        let days = match (self.pace, next) {
            (_, Move::Redirect) if self.automatic => return Some(()),
            (Pace::Quick, _) => 0..=2,
            (Pace::Usual, Move::Send) => 0..=3,
            (Pace::Usual, Move::Redirect) => 1..=6,
            (Pace::Usual, Move::Accept | Move::Refuse | Move::Relent) => 2..=16,
            (Pace::Usual, Move::Ratify | Move::RatifyRefusal | Move::Overrule) => 1..=4,
            (Pace::Usual, Move::AcceptAtOnce | Move::RefuseAtOnce) => 2..=10,
            (Pace::Usual, Move::Confirm) => 1..=12,
            (Pace::Usual, Move::CancelBySchool | Move::CancelByHost) => 4..=20,
            (Pace::Usual, _) => 2..=8,
        };
        let days = self.draw.within(days);
        let mut at = self.calendar.office(self.calendar.day(self.at) + days.days(), self.draw);
        if at <= self.at {
            at = self.at + self.draw.within(4..=40).minutes();
        }
        if at >= self.calendar.now {
            if self.pace == Pace::Usual {
                return None;
            }
            at = self.at + (self.calendar.now.duration_since(self.at) / 3);
        }
        self.at = at;
        Some(())
    }

    /// A held request goes out on its release date, if that has come.
    fn send(&mut self) {
        self.act(self.school(), Act::Send);
        let unit = self.content.unit;
        let reached = matches!(self.world.reach(unit), Reach::Inbox(_));
        self.automatic = self.world.service_of(unit).automatic && self.content.wish && reached;
        let release = release_of(term_of(self.content.days.0));
        if self.content.held && release > self.calendar.day(self.at) {
            self.at = self.calendar.instant(release, 0, 5);
            if self.at < self.calendar.now {
                self.act(self.school(), Act::Release);
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
        let act = if who.is_some() { Act::AnswerAtDestination(answer) } else { Act::AnswerByLink(answer) };
        self.push(who, act);
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
        self.act(who, Act::AnswerForAgency(answer));
    }

    fn answer(&mut self, accept: bool, who: (usize, Role)) -> Answer {
        const YES: &[(u32, &str)] = &[(6, ""), (5, "A1"), (1, "A2"), (2, "A3")];
        const NO: &[(u32, &str)] =
            &[(6, "D1"), (5, "D2"), (4, "D3"), (2, "D4"), (1, "D5"), (1, "D6"), (2, "D8"), (2, "D9"), (1, "D10")];
        let reason = self.draw.weighted(if accept { YES } else { NO });
        let occasion = if accept { Occasion::Accepting } else { Occasion::Declining };
        Answer { accept, reason, comment: self.words(occasion, who) }
    }

    fn cancel(&mut self, who: (usize, Role), reasons: &'static [&'static str]) {
        let reason = self.draw.pick(reasons);
        let comment = self.words(Occasion::Cancelling, who);
        self.act(who, Act::Cancel { reason, comment });
    }

    fn postpone(&mut self, resubmit: bool) {
        let weeks = self.draw.within(1..=4);
        self.content.days = later(self.content.days, weeks);
        let comment = self.words(Occasion::Postponing, self.school());
        self.act(self.school(), Act::Postpone { days: self.content.days, resubmit, comment });
    }

    /// To the next unit of the same service, where there is one.
    fn move_unit(&mut self) {
        let units = self.world.units_of(self.world.units[self.content.unit].service);
        let Some(other) = units.into_iter().find(|unit| *unit != self.content.unit) else { return };
        self.content.unit = other;
        self.act(self.host(), Act::ChangeDestination { unit: other });
    }

    fn act(&mut self, who: (usize, Role), act: Act) {
        self.push(Some(who), act);
    }

    fn push(&mut self, who: Option<(usize, Role)>, act: Act) {
        let site = self.world.service_of(self.content.unit).site;
        self.steps.push(Step { at: self.at, request: self.request, site, who, act });
    }

    fn words(&mut self, occasion: Occasion, who: (usize, Role)) -> String {
        let locale: Locale = self.world.people[who.0].locale;
        words(self.draw, occasion, locale)
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
