//! What fits, and in which order it is offered.

use super::*;
use uuid::Uuid;

fn unit(name: &str, capacity: i32, accepted: i32, pending: i32, electronic: bool) -> MeasuredUnit {
    MeasuredUnit {
        id: Uuid::from_u128(u128::from(name.as_bytes()[0])).into(),
        service: Uuid::from_u128(1).into(),
        name: name.to_owned(),
        capacity,
        group_size: 0,
        notice_weeks: 0,
        accepted,
        pending,
        electronic,
        closed: false,
    }
}

fn arriving(students: i32) -> Arrival {
    Arrival { students, together: true, in_days: 90 }
}

#[test]
fn a_unit_that_asks_for_weeks_of_notice_is_told_in_days_how_late_it_is() {
    let asks = MeasuredUnit { notice_weeks: 6, ..unit("A", 8, 0, 0, true) };
    let fit = |in_days| {
        let Fit { late_by_days, misfits, .. } = Fit::of(asks.clone(), Arrival { in_days, ..arriving(2) });
        (late_by_days, misfits)
    };
    assert_eq!(fit(42), (0, vec![]));
    assert_eq!(fit(41), (1, vec![Misfit::Notice]));
    assert_eq!(fit(1), (41, vec![Misfit::Notice]));
    assert_eq!(fit(-3), (45, vec![Misfit::Notice]), "a quick entry of what has begun");
    let never = Fit::of(unit("B", 8, 0, 0, true), Arrival { in_days: -3, ..arriving(2) });
    assert_eq!((never.late_by_days, never.misfits), (0, vec![]));
}

#[test]
fn what_fits_comes_first_then_what_is_reached_at_once_then_what_is_emptiest() {
    let units = vec![
        unit("F", 4, 0, 0, true),
        unit("E", 8, 6, 0, true),
        unit("D", 8, 0, 0, false),
        unit("C", 8, 0, 8, true),
        unit("B", 16, 2, 2, true),
        unit("A", 8, 1, 1, true),
    ];
    let names: Vec<_> = ranked(units, arriving(6)).iter().map(|fit| (fit.unit.name.clone(), fit.fits())).collect();
    let expected = [("A", true), ("B", true), ("C", true), ("D", true), ("F", false), ("E", false)];
    assert_eq!(names, expected.map(|(name, fits)| (name.to_owned(), fits)));
}

#[test]
fn a_group_that_is_too_large_does_not_fit_however_many_places_there_are() {
    let small = MeasuredUnit { group_size: 5, ..unit("A", 20, 0, 0, true) };
    assert_eq!(Fit::of(small.clone(), arriving(6)).misfits, [Misfit::GroupSize]);
    let one_by_one = Arrival { together: false, ..arriving(6) };
    assert_eq!(Fit::of(small.clone(), one_by_one).misfits, [], "they are no group");
    assert_eq!(Fit::of(small, arriving(5)).misfits, []);
    let full = Fit::of(unit("B", 4, 6, 0, true), arriving(1));
    assert_eq!((full.free, full.misfits), (0, vec![Misfit::Capacity]));
}

#[test]
fn all_that_does_not_fit_is_told_the_gravest_first() {
    let unit = MeasuredUnit { closed: true, group_size: 2, notice_weeks: 20, ..unit("A", 4, 3, 0, true) };
    let all = [Misfit::Closed, Misfit::GroupSize, Misfit::Capacity, Misfit::Notice];
    assert_eq!(Fit::of(unit, arriving(3)).misfits, all);
}
