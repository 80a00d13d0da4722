//! Reads the Open Database of Healthcare Facilities (Statistics Canada) into agencies and sites.
//!
//! - Rows are known again by the source's `index` within the province, organisations by the key of
//!   `domain::organisation::Organisation`; both stand in `source_key`.
//! - An entry is written only when the source says something else of it than last time (`source_values`): a second run
//!   changes nothing, and what the operator has corrected by hand stays until the source itself changes.
//! - Nothing is dropped in silence: each row of the province is created, updated, unchanged or rejected with line and cause.
//! - Agencies of the source are receiving ones that don't work in Tandem yet. Nothing is ever retired by an import.
//! - Some hundred rows per transaction; an import that breaks off is simply run again.

mod read;
mod report;
mod write;

use std::collections::{HashMap, HashSet};

use chassis::{Db, Failure};
use kernel::Env;
use read::{Line, read};

use crate::facilities::domain::{facility::Facility, row::Cause};

pub use read::Unreadable;
pub use report::{Counts, Rejection, Report};

/// A facility with the line that it stands on.
struct Taken {
    line: u64,
    facility: Facility,
}

/// Imports the facilities of a province (its two-letter code, such as `qc`). A dry run reports the same and writes nothing.
///
/// # Errors
/// [`Unreadable`] if the bytes are not such a file; otherwise that the database failed: batches before stay.
pub async fn run(db: &Db, env: &Env, bytes: &[u8], province: &str, dry_run: bool) -> Result<Report, Failure> {
    let province = province.trim().to_lowercase();
    let file = read(bytes)?;
    let mut report = Report::new(file.encoding, &province, dry_run);
    let taken = sort_out(file.lines, &province, &mut report);
    write::run(db, env, &taken, &mut report).await?;
    report.rejected.sort_by_key(|r| r.line);
    Ok(report)
}

/// The rows of the province that can be taken; the others are noted in the report.
fn sort_out(lines: Vec<Line>, province: &str, report: &mut Report) -> Vec<Taken> {
    let mut taken: Vec<Taken> = Vec::new();
    let mut indexes = HashSet::new();
    let mut likenesses: HashMap<String, u64> = HashMap::new();
    for Line { number, row } in lines {
        let row = match row {
            Ok(row) if row.province.trim().eq_ignore_ascii_case(province) => row,
            Ok(_) => {
                report.other_provinces += 1;
                continue;
            }
            Err(detail) => {
                report.reject(number, Cause::WrongNumberOfFields, detail);
                continue;
            }
        };
        report.rows += 1;
        let facility = match Facility::read(&row) {
            Ok(facility) => facility,
            Err((cause, detail)) => {
                report.reject(number, cause, detail);
                continue;
            }
        };
        if !indexes.insert(facility.index.clone()) {
            report.reject(number, Cause::DuplicateIndex, facility.index);
            continue;
        }
        if let Some(earlier) = likenesses.insert(facility.likeness(), number) {
            likenesses.insert(facility.likeness(), earlier);
            report.reject(number, Cause::DuplicateFacility, format!("line {earlier}: {}", facility.name));
            continue;
        }
        taken.push(Taken { line: number, facility });
    }
    taken
}
