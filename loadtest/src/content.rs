//! What the requests say, from a seeded generator: the same seed and number make the same request.

use jiff::{ToSpan as _, civil::Date};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha12Rng;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::Lane;

const SHIFTS: [&str; 5] = ["D8", "E8", "N8", "D12", "N12"];
const DAYS: [&str; 5] =
    ["WEEKDAY_MONDAY", "WEEKDAY_TUESDAY", "WEEKDAY_WEDNESDAY", "WEEKDAY_THURSDAY", "WEEKDAY_FRIDAY"];
const WORDS: [&str; 16] = [
    "étudiantes",
    "de",
    "troisième",
    "année",
    "préceptorat",
    "souhaité",
    "horaire",
    "flexible",
    "students",
    "in",
    "their",
    "final",
    "year",
    "evenings",
    "preferred",
    "merci",
];

/// What makes numbers of one seed unlike those of the next.
const STRIDE: u64 = 0x9E37_79B9_7F4A_7C15;

fn generator(seed: u64, number: u64) -> ChaCha12Rng {
    ChaCha12Rng::seed_from_u64(seed.wrapping_mul(STRIDE) ^ number)
}

/// A request for a lane.
pub(crate) fn request(seed: u64, number: u64, lane: &Lane, today: Date) -> Value {
    let mut random = generator(seed, number);
    // Over so many years that a unit has about as many students at a time as units have.
    let start = today.saturating_add(random.random_range(7..3_650).days());
    let end = start.saturating_add(random.random_range(21..112).days());
    let first = random.random_range(0..DAYS.len());
    let words = random.random_range(0..30);
    let comment: Vec<&str> = (0..words).map(|_| WORDS[random.random_range(0..WORDS.len())]).collect();
    json!({
        "program_id": lane.program, "course_id": lane.course, "site_id": lane.site, "service_id": lane.service,
        "destination_id": lane.destination, "placement_type_code": lane.placement_type, "kind": "KIND_INDIVIDUAL",
        "student_count": random.random_range(1..=8), "start_date": start.to_string(), "end_date": end.to_string(),
        "weekdays": DAYS[first..].to_vec(), "shift_code": SHIFTS[random.random_range(0..SHIFTS.len())],
        // What fits into three weeks with one day in each.
        "hours_per_student": random.random_range(40..=72), "comment": comment.join(" "),
    })
}

/// What makes a repeated call one call.
pub(crate) fn request_id(seed: u64, number: u64, step: u64) -> Uuid {
    let bytes = generator(!seed, number.wrapping_mul(16) + step).random();
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn calls_are_told_apart_and_can_be_made_again() {
        let all = (0..1000).flat_map(|number| (0..6).map(move |step| request_id(7, number, step)));
        assert_eq!(all.collect::<HashSet<_>>().len(), 6000);
        assert_eq!(request_id(7, 3, 1), request_id(7, 3, 1));
    }
}
