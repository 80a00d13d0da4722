//! The plan of the requests holds on whatever day the demonstration is loaded.

use std::collections::BTreeMap;

use directory::model::Role;
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use uuid::Uuid;

use super::{
    calendar::Calendar,
    draw::Draw,
    requests,
    schools::SCHOOLS,
    sites::AGENCIES,
    staff::Staff,
    steps::{Action, Step},
    units,
    world::{Course, Program, Reach, Service, Unit, World},
};

/// The world as the services would have made it.
fn world() -> World {
    let mut draw = Draw::of(99);
    let mut id = || draw.uuid();
    let schools: Vec<_> = SCHOOLS
        .iter()
        .map(|school| (id().into(), school.programs.iter().map(|_| id().into()).collect::<Vec<_>>()))
        .collect();
    let agencies: Vec<_> = AGENCIES
        .iter()
        .map(|agency| (id().into(), agency.sites.iter().map(|_| id().into()).collect::<Vec<_>>()))
        .collect();
    let mut staff = Staff::provincial();
    staff.hire_all(&schools, &agencies);
    let mut world = World { people: staff.people, sites: staff.sites, ..World::default() };
    for (index, school) in SCHOOLS.iter().enumerate() {
        for (at, program) in school.programs.iter().enumerate() {
            let course = |c: &super::schools::Course| Course { id: Uuid::nil().into(), hours: c.hours, kind: c.kind };
            world.programs.push(Program {
                id: schools[index].1[at],
                school: schools[index].0,
                user: school.user,
                locale: school.locale,
                discipline: program.discipline,
                coordinator: staff.coordinators[index][at],
                courses: program.courses.iter().map(course).collect(),
            });
        }
    }
    for units::Service { site, clinic, automatic } in units::services() {
        world.services.push(Service { id: id().into(), site, clinic, automatic });
    }
    for units::Unit { service, agent, capacity, group, .. } in units::units(&mut Draw::of(3), &world) {
        world.units.push(Unit { id: id().into(), service, agent, capacity, group });
    }
    world
}

fn calendar(now: &str) -> Calendar {
    let now: Timestamp = now.parse().expect("an instant");
    Calendar::new(now, TimeZone::get("America/Toronto").expect("a known zone"))
}

fn by_request(steps: &[Step]) -> BTreeMap<usize, Vec<&Step>> {
    let mut all: BTreeMap<usize, Vec<&Step>> = BTreeMap::new();
    for step in steps {
        all.entry(step.request).or_default().push(step);
    }
    all
}

/// Every two weeks or so, at any hour, for three years.
fn days() -> impl Iterator<Item = Calendar> {
    let first: Timestamp = "2026-01-01T05:10:00Z".parse().expect("an instant");
    (0..80).map(move |n| calendar(&(first + (n * (13 * 24 + 7)).hours()).to_string()))
}

#[test]
fn on_any_day_all_that_happens_lies_in_the_past_and_in_order() {
    let world = world();
    for calendar in days() {
        let steps = requests::all(&world, &calendar);
        assert!(steps.is_sorted_by_key(|step| step.at));
        assert!(steps.iter().all(|step| step.at < calendar.now), "{}", calendar.now);
        let requests = by_request(&steps);
        assert!((290..320).contains(&requests.len()), "{}", requests.len());
        for actions in requests.values() {
            assert!(matches!(actions[0].action, Action::Create(_)), "{actions:?}");
            assert!(actions.windows(2).all(|two| two[0].at < two[1].at), "{actions:?}");
        }
    }
}

#[test]
fn on_any_day_dates_are_ahead_when_somebody_sets_them() {
    let world = world();
    for calendar in days() {
        for step in requests::all(&world, &calendar) {
            let (start, end) = match &step.action {
                Action::Create(content) => content.days,
                Action::Postpone { days, .. } | Action::ChangeDates { days } => *days,
                _ => continue,
            };
            assert!(start <= end && start >= calendar.day(step.at), "{step:?}");
            assert!(end <= start + 2.years(), "{step:?}");
        }
    }
}

#[test]
fn everybody_acts_in_a_role_that_they_have() {
    let world = world();
    for step in requests::all(&world, &calendar("2026-11-23T14:00:00Z")) {
        let Some((person, role)) = step.who else { continue };
        let person = &world.people[person];
        let granted = person.rights.iter().any(|grant| grant.role == role);
        // The rights of agents follow from their units.
        let answers = role == Role::DestinationCoordinator && person.login.is_some();
        assert!(granted || answers, "{} as {role:?}: {:?}", person.email, step.action);
    }
}

#[test]
fn the_plan_is_the_same_every_time() {
    let plan = || format!("{:?}", requests::all(&world(), &calendar("2026-11-23T14:00:00Z")));
    assert_eq!(plan(), plan());
}

#[test]
fn requests_pass_coordinators_by_only_where_an_agent_can_answer() {
    let world = world();
    assert!((75..=110).contains(&world.units.len()), "{}", world.units.len());
    for unit in 0..world.units.len() {
        let automatic = world.service_of(unit).automatic;
        assert!(!automatic || matches!(world.reach(unit), Reach::Inbox(_)));
    }
    let reached = |reach: fn(Reach) -> bool| (0..world.units.len()).filter(|unit| reach(world.reach(*unit))).count();
    assert!(reached(|reach| reach == Reach::Mail) >= 15);
    assert!(reached(|reach| reach == Reach::Nobody) >= 2);
}
