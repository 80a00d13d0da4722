//! What is asked for: creating and changing drafts.

use std::str::FromStr;

use kernel::{Fields, Invalid};
use proto::placement::v1::{CreateRequestRequest, PlacementRequest, UpdateRequestRequest, Weekday};

use super::{codes, fields};
use crate::requests::domain::{Content, CreateCommand, Kind, Patch, UpdateCommand, Weekdays};

/// What an update may change.
pub const CHANGEABLE: &[&str] = &[
    "program_id",
    "course_id",
    "site_id",
    "service_id",
    "destination_id",
    "placement_type_code",
    "kind",
    "student_count",
    "start_date",
    "end_date",
    "weekdays",
    "shift_code",
    "hours_per_student",
    "comment",
    "use_release_date",
];

/// Parses CreateRequest.
///
/// # Errors
/// Every fault, with its path below `request`.
pub fn create_request(message: &CreateRequestRequest) -> Result<CreateCommand, Invalid> {
    let request = message.request.as_ref().ok_or_else(|| Invalid::field("request", "REQUIRED"))?;
    let mut fields = Fields::default();
    let placing_agency = fields.optional_id("request.placing_agency_id", &request.placing_agency_id);
    let wish = fields.optional_id("request.destination_id", &request.destination_id);
    let (start, end) = (("request.start_date", &*request.start_date), ("request.end_date", &*request.end_date));
    let program = fields.id("request.program_id", &request.program_id);
    let course = fields.id("request.course_id", &request.course_id);
    let site = fields.id("request.site_id", &request.site_id);
    let service = fields.id("request.service_id", &request.service_id);
    let placement_type = placement_type(&mut fields, request);
    let kind = kind(&mut fields, request);
    let student_count = student_count(&mut fields, request);
    let dates = fields::period(&mut fields, start, end);
    let weekdays = weekdays(&mut fields, request);
    let shift_code = shift_code(&mut fields, request);
    let hours_per_student = hours_per_student(&mut fields, request);
    let comment = comment(&mut fields, request);
    fields.finish(|| {
        let content = Content {
            program: program?,
            course: course?,
            site: site?,
            service: service?,
            placement_type: placement_type?,
            kind: kind?,
            student_count: student_count?,
            dates: dates?,
            weekdays: weekdays?,
            shift_code: shift_code?,
            hours_per_student: hours_per_student?,
            comment: comment?,
            use_release_date: request.use_release_date,
        };
        Some(CreateCommand { placing_agency: placing_agency?, content, wish: wish? })
    })
}

/// Parses UpdateRequest; `changes` answers whether a field of [`CHANGEABLE`] is to change.
///
/// # Errors
/// Every fault of the fields that change, with its path below `request`.
pub fn update_request(
    message: &UpdateRequestRequest,
    changes: impl Fn(&str) -> bool,
) -> Result<UpdateCommand, Invalid> {
    let request = message.request.as_ref().ok_or_else(|| Invalid::field("request", "REQUIRED"))?;
    let mut fields = Fields::default();
    let target = fields::target_in(&mut fields, ("request.id", &request.id), ("request.etag", &request.etag));
    let f = &mut fields;
    // A fault leaves `None`, which would read as "no change", but then `finish` answers the faults.
    let patch = Patch {
        program: changes("program_id").then(|| id(f, "request.program_id", &request.program_id)).flatten(),
        course: changes("course_id").then(|| id(f, "request.course_id", &request.course_id)).flatten(),
        site: changes("site_id").then(|| id(f, "request.site_id", &request.site_id)).flatten(),
        service: changes("service_id").then(|| id(f, "request.service_id", &request.service_id)).flatten(),
        wish: changes("destination_id")
            .then(|| f.optional_id("request.destination_id", &request.destination_id))
            .flatten(),
        placement_type: changes("placement_type_code").then(|| placement_type(f, request)).flatten(),
        kind: changes("kind").then(|| kind(f, request)).flatten(),
        student_count: changes("student_count").then(|| student_count(f, request)).flatten(),
        start: changes("start_date").then(|| f.date("request.start_date", &request.start_date)).flatten(),
        end: changes("end_date").then(|| f.date("request.end_date", &request.end_date)).flatten(),
        weekdays: changes("weekdays").then(|| weekdays(f, request)).flatten(),
        shift_code: changes("shift_code").then(|| shift_code(f, request)).flatten(),
        hours_per_student: changes("hours_per_student").then(|| hours_per_student(f, request)).flatten(),
        comment: changes("comment").then(|| comment(f, request)).flatten(),
        use_release_date: changes("use_release_date").then_some(request.use_release_date),
    };
    fields.finish(|| Some(UpdateCommand { target: target?, patch }))
}

fn id<T: FromStr>(fields: &mut Fields, path: &str, text: &str) -> Option<T> {
    fields.id(path, text)
}

fn placement_type(fields: &mut Fields, request: &PlacementRequest) -> Option<String> {
    fields.text("request.placement_type_code", &request.placement_type_code, 1..=40)
}

fn kind(fields: &mut Fields, request: &PlacementRequest) -> Option<Kind> {
    let kind = codes::kind(request.kind);
    if kind.is_none() {
        fields.fault("request.kind", if request.kind == 0 { "REQUIRED" } else { "UNKNOWN_VALUE" });
    }
    kind
}

fn student_count(fields: &mut Fields, request: &PlacementRequest) -> Option<u8> {
    let count = fields.number("request.student_count", request.student_count, 1..=99)?;
    u8::try_from(count).ok()
}

fn hours_per_student(fields: &mut Fields, request: &PlacementRequest) -> Option<u16> {
    let hours = fields.number("request.hours_per_student", request.hours_per_student, 0..=5000)?;
    u16::try_from(hours).ok()
}

fn weekdays(fields: &mut Fields, request: &PlacementRequest) -> Option<Weekdays> {
    let mut bits = 0_u8;
    for day in &request.weekdays {
        match Weekday::try_from(*day) {
            Ok(Weekday::Unspecified) | Err(_) => {
                fields.fault("request.weekdays", "UNKNOWN_VALUE");
                return None;
            }
            Ok(_) => bits |= 1 << (day - 1),
        }
    }
    Weekdays::from_bits(bits)
}

fn shift_code(fields: &mut Fields, request: &PlacementRequest) -> Option<String> {
    fields.text("request.shift_code", &request.shift_code, 0..=8)
}

fn comment(fields: &mut Fields, request: &PlacementRequest) -> Option<String> {
    fields.text("request.comment", &request.comment, 0..=fields::COMMENT)
}
