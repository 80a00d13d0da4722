//! All requests of the demonstration, as acts in the order of time.

use jiff::{ToSpan as _, civil::Date};

use super::{
    calendar::{Calendar, release_of},
    contents::{self, Where},
    draw::Draw,
    journey::{Speed, travel},
    paths::{
        OFFLINE, QUICK,
        Transition::{
            self, Accept, CancelByHost, CancelBySchool, Confirm, Delete, PostponeAndResubmit, Ratify, RatifyRefusal,
            Reactivate, Redirect, Refuse, Send,
        },
        USUAL,
    },
    steps::{Content, Step},
    world::{Reach, World},
};

/// Requests between schools and agencies of all kinds.
const USUAL_REQUESTS: usize = 240;
/// Requests that hosts enter for the school that does not work in Tandem.
const QUICK_REQUESTS: usize = 14;
/// Where the generators of requests begin.
const FIRST_STREAM: u64 = 1000;

/// How many requests begin in which term, counted from the present one.
const TERMS: &[(u32, i16)] = &[(35, -2), (50, -1), (65, 0), (65, 1), (20, 2), (5, 3)];

/// What the owners of the printed accounts find, whatever the day: the way that a request has gone, for how many days it has been
/// on it, in how many days it begins.
const SHOWN: &[(&[Transition], i32, i32)] = &[
    (&[], 3, 70),
    (&[], 1, 95),
    (&[Send], 4, 60),
    (&[Send], 6, 75),
    // Overdue at the coordinator's.
    (&[Send], 45, 30),
    (&[Send, Redirect], 8, 62),
    (&[Send, Redirect], 10, 80),
    // Overdue at the unit's.
    (&[Send, Redirect], 38, 26),
    (&[Send, Redirect, Accept], 12, 58),
    (&[Send, Redirect, Refuse], 12, 66),
    (&[Send, Redirect, Accept, Ratify], 15, 52),
    (&[Send, Redirect, Accept, Ratify], 21, 87),
    (&[Send, Redirect, Refuse, RatifyRefusal], 20, 45),
    (&[Send, Redirect, Accept, Ratify, Confirm], 28, 20),
    (&[Send, Redirect, Accept, Ratify, Confirm], 30, 41),
    (&[Send, Redirect, Accept, Ratify, CancelByHost], 31, 48),
    (&[Send, Redirect, Accept, Ratify, Confirm, CancelBySchool], 33, 38),
    (&[Send, Redirect, Accept, Ratify, Confirm, CancelBySchool, Reactivate], 35, 55),
    (&[Send, Redirect, Accept, Ratify, Confirm, PostponeAndResubmit], 36, 50),
    (&[Send, Delete], 14, 64),
];

/// All acts, in the order of time; of one request, in the order in which they were planned.
pub(super) fn all(world: &World, calendar: &Calendar) -> Vec<Step> {
    let mut plans = Plans { world, calendar, count: 0, steps: Vec::new() };
    for _ in 0..USUAL_REQUESTS {
        plans.usual();
    }
    for _ in 0..QUICK_REQUESTS {
        plans.quick();
    }
    // The first programs of the first two schools, at the first sites of the first two agencies.
    for (program, site) in [(0, 0), (2, 2)] {
        plans.shown(program, site);
    }
    plans.special();
    plans.steps.sort_by_key(|step| step.at);
    plans.steps
}

struct Plans<'a> {
    world: &'a World,
    calendar: &'a Calendar,
    count: usize,
    steps: Vec<Step>,
}

impl Plans<'_> {
    fn draw(&self) -> Draw {
        Draw::of(FIRST_STREAM + self.count as u64)
    }

    fn usual(&mut self) {
        let mut draw = self.draw();
        let programs: Vec<(u32, usize)> = (0..self.world.programs.len())
            .filter(|program| self.world.programs[*program].user)
            .map(|program| (if self.world.programs[program].discipline == "nursing" { 5 } else { 2 }, program))
            .collect();
        let program = draw.weighted(&programs);
        let (place, paths) = if draw.chance(7) { (Where::NonUser, OFFLINE) } else { (Where::User, USUAL) };
        self.drawn(&mut draw, program, place, paths);
    }

    fn quick(&mut self) {
        let mut draw = self.draw();
        let programs: Vec<usize> =
            (0..self.world.programs.len()).filter(|program| !self.world.programs[*program].user).collect();
        let program = draw.pick(&programs);
        self.drawn(&mut draw, program, Where::User, QUICK);
    }

    fn drawn(&mut self, draw: &mut Draw, program: usize, place: Where, paths: &[(u32, &'static [Transition])]) {
        let (offset, path) = (draw.weighted(TERMS), draw.weighted(paths));
        let here = (self.world, self.calendar);
        // What an agency outside does not have is asked of one inside.
        let drawn =
            contents::content(draw, here, program, offset, place).map(|content| (content, path)).or_else(|| {
                let content = contents::content(draw, here, program, offset, Where::User)?;
                Some((content, draw.weighted(USUAL)))
            });
        let Some((content, path)) = drawn else { return };
        let planned = content.days.0 - draw.within(70..=170).days();
        let latest = self.calendar.today() - draw.within(2..=45).days();
        self.add(draw, content, planned.min(latest), Speed::Usual, path);
    }

    fn shown(&mut self, program: usize, site: usize) {
        let units: Vec<usize> =
            (0..self.world.units.len()).filter(|unit| self.world.service_of(*unit).site == site).collect();
        for (index, (path, age, ahead)) in SHOWN.iter().enumerate() {
            let mut draw = self.draw();
            // Most are at the unit whose agent has a printed account.
            let unit = if index % 4 == 3 { units[2] } else { units[0] };
            let start = self.calendar.today() + ahead.days();
            let mut content = self.ask(&mut draw, program, unit, start);
            if index == 1 {
                content.comment = HARD_COMMENT.to_owned();
            }
            self.add(&mut draw, content, self.calendar.today() - age.days(), Speed::Quick, path);
        }
        // One waits for an agent who has an address but no account.
        if let Some(unit) = units.iter().copied().find(|unit| self.world.reach(*unit) == Reach::Mail) {
            let mut draw = self.draw();
            let content = self.ask(&mut draw, program, unit, self.calendar.today() + 57.days());
            self.add(&mut draw, content, self.calendar.today() - 9.days(), Speed::Quick, &[Send, Redirect]);
        }
        // One waits for its release date.
        let ahead = (0..6).map(|offset| self.calendar.term(offset).0);
        if let Some(start) = ahead.into_iter().find(|start| release_of(*start) > self.calendar.today()) {
            let mut draw = self.draw();
            let mut content = self.ask(&mut draw, program, units[0], start + 14.days());
            content.held = true;
            self.add(&mut draw, content, self.calendar.today() - 5.days(), Speed::Quick, &[Send]);
        }
    }

    /// States that few requests are ever in.
    fn special(&mut self) {
        let outside = (0..self.world.units.len()).find(|unit| !self.world.site_of(*unit).user);
        let automatic = (0..self.world.units.len()).find(|unit| self.world.service_of(*unit).automatic);
        let therapy = self.world.programs.iter().position(|program| program.discipline == "physiotherapy");
        for (program, unit, age) in [(Some(0), outside, 6), (therapy, automatic, 5), (therapy, automatic, 24)] {
            let (Some(program), Some(unit)) = (program, unit) else { continue };
            let mut draw = self.draw();
            let content = self.ask(&mut draw, program, unit, self.calendar.today() + 68.days());
            self.add(&mut draw, content, self.calendar.today() - age.days(), Speed::Quick, &[Send]);
        }
    }

    fn ask(&self, draw: &mut Draw, program: usize, unit: usize, start: Date) -> Content {
        let courses = self.world.programs[program].courses.len();
        let start = contents::monday_from(start);
        let days = (start, start + 46.days());
        let mut content = contents::ask(draw, self.world, (program, self.count % courses), unit, days);
        content.held = false;
        content
    }

    fn add(&mut self, draw: &mut Draw, content: Content, day: Date, speed: Speed, path: &[Transition]) {
        let at = self.calendar.office(day, draw);
        // On a weekend the next working day may not have come yet.
        let at = at.min(self.calendar.now - 3.hours());
        self.steps.extend(travel((self.world, self.calendar), draw, self.count, (content, at, speed), path));
        self.count += 1;
    }
}

/// What a page must show as it is written.
const HARD_COMMENT: &str = "<b>Brouillon / draft</b> – à compléter : \"jours\" & 'quarts'; 5 < 6 étudiants > 4. \
    <img src=x onerror=alert(1)> {{ nom }} ; DROP TABLE étudiants; -- Ça va? 👩‍⚕️ Voilà.\n\n\tDeuxième paragraphe.";
