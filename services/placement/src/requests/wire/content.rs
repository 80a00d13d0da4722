//! What is asked for: the content of a request as a message and back, for creating and changing drafts.

use chassis::mask::Mask;
use kernel::{DestinationId, Fields, Invalid};
use proto::placement::v1::{self as pb, CreateRequestRequest, UpdateRequestRequest, Weekday};

use super::{
    codes,
    fields::{self, id_or_empty},
};
use crate::requests::domain::{Content, CreateCommand, Kind, PlacementRequest, Target, Weekdays};

chassis::overlay!(pb::PlacementRequest {
    program_id,
    course_id,
    site_id,
    service_id,
    destination_id,
    placement_type_code,
    kind,
    student_count,
    start_date,
    end_date,
    weekdays,
    shift_code,
    hours_per_student,
    comment,
    use_release_date,
});

/// Changes a draft: the fields of the mask, to be laid over what is stored.
#[derive(Clone, Debug)]
pub struct UpdateCommand {
    pub target: Target,
    message: pb::PlacementRequest,
    mask: Mask,
}

/// Parses CreateRequest.
///
/// # Errors
/// Every fault, with its path below `request`.
pub fn create_request(message: &CreateRequestRequest) -> Result<CreateCommand, Invalid> {
    let request = message.request.as_ref().ok_or_else(|| Invalid::field("request", "REQUIRED"))?;
    let mut fields = Fields::default();
    let placing_agency = fields.optional_id("request.placing_agency_id", &request.placing_agency_id);
    let content = parse(&mut fields, request);
    fields.finish(|| {
        let (content, wish) = content?;
        Some(CreateCommand { placing_agency: placing_agency?, content, wish })
    })
}

/// Parses of UpdateRequest what it is about. Its content has a meaning only together with what is stored.
///
/// # Errors
/// Every fault of the mask, or of id and version.
pub fn update_request(message: &UpdateRequestRequest) -> Result<UpdateCommand, Invalid> {
    let mask = Mask::new(&message.update_mask, CHANGEABLE)?;
    let request = message.request.as_ref().ok_or_else(|| Invalid::field("request", "REQUIRED"))?;
    let mut fields = Fields::default();
    let target = fields::target_in(&mut fields, ("request.id", &request.id), ("request.etag", &request.etag));
    fields.finish(|| Some(UpdateCommand { target: target?, message: request.clone(), mask }))
}

impl UpdateCommand {
    /// What the stored request asks for, and which unit it wishes for, once the update is laid over it.
    ///
    /// # Errors
    /// Every fault of the result, with its path below `request`.
    pub fn laid_over(&self, stored: &PlacementRequest) -> Result<(Content, Option<DestinationId>), Invalid> {
        let mut message = written(stored.content.clone(), stored.destination());
        overlay(&mut message, &self.message, &self.mask);
        let mut fields = Fields::default();
        let content = parse(&mut fields, &message);
        fields.finish(|| content)
    }
}

/// What a message says of the content; the rest of it is left empty.
pub(super) fn written(content: Content, destination: Option<DestinationId>) -> pb::PlacementRequest {
    pb::PlacementRequest {
        program_id: content.program.to_string(),
        course_id: content.course.to_string(),
        site_id: content.site.to_string(),
        service_id: content.service.to_string(),
        destination_id: id_or_empty(destination),
        placement_type_code: content.placement_type,
        kind: codes::contract_kind(content.kind).into(),
        student_count: content.student_count.into(),
        start_date: content.dates.start().to_string(),
        end_date: content.dates.end().to_string(),
        weekdays: content.weekdays.days().map(i32::from).collect(),
        shift_code: content.shift_code,
        hours_per_student: content.hours_per_student.into(),
        comment: content.comment,
        use_release_date: content.use_release_date,
        ..pb::PlacementRequest::default()
    }
}

/// The way back, with the unit that is wished for.
fn parse(fields: &mut Fields, message: &pb::PlacementRequest) -> Option<(Content, Option<DestinationId>)> {
    let wish = fields.optional_id("request.destination_id", &message.destination_id);
    let (start, end) = (("request.start_date", &*message.start_date), ("request.end_date", &*message.end_date));
    let program = fields.id("request.program_id", &message.program_id);
    let course = fields.id("request.course_id", &message.course_id);
    let site = fields.id("request.site_id", &message.site_id);
    let service = fields.id("request.service_id", &message.service_id);
    let placement_type = fields.text("request.placement_type_code", &message.placement_type_code, 1..=40);
    let kind = kind(fields, message.kind);
    let student_count = fields.number("request.student_count", message.student_count, 1..=99);
    let dates = fields::period(fields, start, end);
    let weekdays = weekdays(fields, &message.weekdays);
    let shift_code = fields.text("request.shift_code", &message.shift_code, 0..=8);
    let hours_per_student =
        fields.number("request.hours_per_student", message.hours_per_student, 0..=fields::MOST_HOURS);
    let comment = fields.text("request.comment", &message.comment, 0..=fields::COMMENT);
    let content = Content {
        program: program?,
        course: course?,
        site: site?,
        service: service?,
        placement_type: placement_type?,
        kind: kind?,
        student_count: student_count?.try_into().ok()?,
        dates: dates?,
        weekdays: weekdays?,
        shift_code: shift_code?,
        hours_per_student: hours_per_student?.try_into().ok()?,
        comment: comment?,
        use_release_date: message.use_release_date,
    };
    Some((content, wish?))
}

fn kind(fields: &mut Fields, number: i32) -> Option<Kind> {
    let kind = codes::kind(number);
    if kind.is_none() {
        fields.fault("request.kind", if number == 0 { "REQUIRED" } else { "UNKNOWN_VALUE" });
    }
    kind
}

fn weekdays(fields: &mut Fields, days: &[i32]) -> Option<Weekdays> {
    let mut bits = 0_u8;
    for day in days {
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
