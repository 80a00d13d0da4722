//! Two years of calendar in all thirteen provinces and territories, simulated.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use operator::domain::{Bounds, MonthDay, Observed, Peak, ScaleDown, calendar, decide};

/// Where each keeps its time; three of them without, two with half an hour or no change of clocks.
const PROVINCES: [(&str, &str); 13] = [
    ("ab", "America/Edmonton"),
    ("bc", "America/Vancouver"),
    ("mb", "America/Winnipeg"),
    ("nb", "America/Moncton"),
    ("nl", "America/St_Johns"),
    ("ns", "America/Halifax"),
    ("nt", "America/Yellowknife"),
    ("nu", "America/Iqaluit"),
    ("on", "America/Toronto"),
    ("pe", "America/Halifax"),
    ("qc", "America/Montreal"),
    ("sk", "America/Regina"),
    ("yt", "America/Whitehorse"),
];

const BOUNDS: Bounds = Bounds { floor: 2, ceiling: 8 };
const SCALE_DOWN: ScaleDown = ScaleDown { calm: SignedDuration::from_mins(10), step: SignedDuration::from_mins(30) };
/// The clocks change within the second window, and the third passes New Year.
const WINDOWS: [(&str, &str, &str, i64, u32); 3] =
    [("autumn", "08-15", "09-15", 24, 6), ("march", "03-01", "03-20", 12, 4), ("winter", "12-20", "01-08", 1, 5)];

fn peaks() -> Vec<Peak> {
    let peak = |(name, from, to, lead, floor): (&str, &str, &str, i64, u32)| Peak {
        name: name.into(),
        from: MonthDay::parse(from).unwrap(),
        to: MonthDay::parse(to).unwrap(),
        lead: SignedDuration::from_hours(lead),
        floors: BTreeMap::from([("gateway".into(), floor)]),
    };
    WINDOWS.map(peak).into()
}

/// Every change of the lower bound over two years, looked at every half hour.
fn changes(zone: &TimeZone) -> Vec<(Timestamp, u32, u32)> {
    let (peaks, mut memory, mut changes) = (peaks(), None, Vec::new());
    let begin: Timestamp = "2027-01-20T00:00:00Z".parse().unwrap();
    let end: Timestamp = "2029-01-20T00:00:00Z".parse().unwrap();
    let mut now = begin;
    while now < end {
        let peak = calendar::floor_of(&peaks, "gateway", now, zone).map(|(floor, name)| (floor, name.to_owned()));
        let seen = Observed { peak, all_ready: true, may_disrupt: true, ..Observed::default() };
        let decision = decide(BOUNDS, SCALE_DOWN, &seen, memory, now);
        if let (Some(from), true) = (decision.changed_from, memory.is_some()) {
            changes.push((now, from, decision.memory.min));
        }
        memory = Some(decision.memory);
        now += SignedDuration::from_mins(30);
    }
    changes
}

#[test]
fn in_two_years_each_window_raises_once_and_is_given_back_step_by_step_without_a_flap() {
    for (code, zone) in PROVINCES {
        let zone = TimeZone::get(zone).unwrap();
        let changes = changes(&zone);
        let (up, down): (Vec<_>, Vec<_>) = changes.iter().partition(|(_, from, to)| to > from);
        assert_eq!(up.len(), 2 * WINDOWS.len(), "{code}: one rise for each window of each year, {changes:?}");
        let given: u32 = up.iter().map(|(_, from, to)| to - from).sum();
        assert!(down.iter().all(|(_, from, to)| from - to == 1), "{code}: one by one");
        assert_eq!(down.len(), usize::try_from(given).unwrap(), "{code}: all that was given is taken back");
        // A rise from anywhere but the floor would mean that a fall had begun too early.
        assert!(up.iter().all(|(_, from, _)| *from == BOUNDS.floor), "{code}: {up:?}");
        for pair in changes.windows(2) {
            let [(before, ..), (after, ..)] = pair else { unreachable!("windows of two") };
            assert!(after.duration_since(*before) >= SCALE_DOWN.step, "{code}: {pair:?}");
        }
    }
}

#[test]
fn each_rise_comes_ahead_of_its_window_by_the_lead_time_on_the_clock_of_the_province() {
    let zone = TimeZone::get("America/St_Johns").unwrap();
    let rises: Vec<_> = changes(&zone).into_iter().filter(|(_, from, to)| to > from).map(|(at, ..)| at).collect();
    let local = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%m-%d %H:%M").to_string();
    let rises: Vec<_> = rises.into_iter().map(local).collect();
    assert_eq!(rises[..3], ["02-28 12:00", "08-14 00:00", "12-19 23:00"]);
}
