//! What requests ask for.

use jiff::{ToSpan as _, civil::Date};
use proto::placement::v1::{
    Kind,
    Weekday::{self, Friday, Monday, Thursday, Tuesday, Wednesday},
};

use super::{
    calendar::Calendar,
    draw::Draw,
    steps::Content,
    words::{Topic, words},
    world::{Days, World},
};

const WEEKS: &[&[Weekday]] = &[
    &[Monday, Tuesday, Wednesday, Thursday, Friday],
    &[Monday, Tuesday, Wednesday, Thursday],
    // Various days.
    &[],
];
const GROUP_WEEKS: &[&[Weekday]] =
    &[&[Monday, Tuesday], &[Wednesday, Thursday], &[Thursday, Friday], &[Monday, Friday]];
const SHIFTS: &[(u32, &str)] = &[(10, "D8"), (4, "E8"), (2, "D12"), (1, "N8"), (2, "")];

/// Where a request may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// An agency that works in Tandem.
    User,
    /// One that does not.
    NonUser,
}

/// Draws what a request of `program` asks for, in the term so many terms from now; nothing if nobody there has what it takes.
pub(super) fn content(
    draw: &mut Draw,
    (world, calendar): (&World, &Calendar),
    program: usize,
    offset: i16,
    place: Where,
) -> Option<Content> {
    let course =
        usize::try_from(draw.within(0..=i32::try_from(world.programs[program].courses.len()).ok()? - 1)).ok()?;
    let in_group = is_in_group(world, program, course);
    let units: Vec<usize> =
        (0..world.units.len()).filter(|unit| fits(world, program, *unit, in_group, place)).collect();
    // Most schools ask where their own language is spoken.
    let own = |unit: &usize| world.site_of(*unit).locale == world.programs[program].locale;
    let near: Vec<usize> = units.iter().copied().filter(own).collect();
    let units = if near.is_empty() || draw.chance(20) { units } else { near };
    if units.is_empty() {
        return None;
    }
    let unit = draw.pick(&units);
    let days = days(draw, calendar.term(offset), world.programs[program].courses[course].hours, in_group);
    Some(ask(draw, world, (program, course), unit, days))
}

/// Draws the rest, where program, course, unit and days are given.
pub(super) fn ask(
    draw: &mut Draw,
    world: &World,
    (program, course): (usize, usize),
    unit: usize,
    days: Days,
) -> Content {
    let in_group = is_in_group(world, program, course);
    let observes = world.programs[program].courses[course].kind == "OBSERVATION";
    let (kind, students, weekdays) = if in_group {
        let most = world.units[unit].group.max(4);
        (Kind::Group, draw.within(4..=most), draw.pick(GROUP_WEEKS))
    } else if observes {
        (Kind::Observation, draw.within(1..=2), draw.pick(WEEKS))
    } else {
        let two = world.units[unit].capacity > 2 && draw.chance(25);
        (Kind::Individual, if two { 2 } else { 1 }, draw.pick(WEEKS))
    };
    Content {
        program,
        course,
        unit,
        wish: world.service_of(unit).automatic || draw.chance(60),
        kind,
        students,
        days,
        weekdays,
        shift: draw.weighted(SHIFTS),
        comment: words(draw, Topic::Asking, world.programs[program].locale),
        held: draw.chance(30),
    }
}

fn is_in_group(world: &World, program: usize, course: usize) -> bool {
    world.programs[program].courses[course].kind == "INSTRUCTOR_LED_GROUP"
}

fn fits(world: &World, program: usize, unit: usize, in_group: bool, place: Where) -> bool {
    let here = &world.units[unit];
    let service = &world.services[here.service];
    service.clinic.disciplines().contains(&world.programs[program].discipline)
        && world.site_of(unit).user == (place == Where::User)
        && (!in_group || here.group >= 4 || place == Where::NonUser)
}

/// From a Monday on, as long as the hours take, within the term.
fn days(draw: &mut Draw, (start, end): Days, hours: i32, in_group: bool) -> Days {
    let first = monday_from(start + (7 * draw.within(0..=6)).days());
    let a_week = if in_group { 16 } else { 36 };
    let weeks = ((hours + a_week - 1) / a_week).clamp(1, 14);
    let last = first + (7 * weeks - 3).days();
    (first, last.min(end).max(first))
}

/// `day`, or the next Monday.
pub(super) fn monday_from(day: Date) -> Date {
    let into = i32::from(day.weekday().to_monday_zero_offset());
    day + ((7 - into) % 7).days()
}
