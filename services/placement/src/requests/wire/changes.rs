//! Redirecting, postponing, reactivating, other dates, other units.

use kernel::{Fields, Invalid};
use proto::placement::v1::{
    ChangeDatesRequest, ChangeDestinationRequest, PostponeRequestRequest, ReactivateRequestRequest,
    RedirectRequestRequest,
};

use super::fields;
use crate::requests::domain::{
    ChangeDatesCommand, ChangeDestinationCommand, Explanation, NewDates, PostponeCommand, ReactivateCommand,
    RedirectCommand,
};

pub fn redirect_request(message: &RedirectRequestRequest) -> Result<RedirectCommand, Invalid> {
    let mut fields = Fields::default();
    let target = fields::target_in(&mut fields, ("id", &message.id), ("etag", &message.etag));
    let destination = fields.optional_id("destination_id", &message.destination_id);
    let comment = fields::comment(&mut fields, &message.comment);
    fields.finish(|| Some(RedirectCommand { target: target?, destination: destination?, comment: comment? }))
}

pub fn reactivate_request(message: &ReactivateRequestRequest) -> Result<ReactivateCommand, Invalid> {
    let mut fields = Fields::default();
    let target = fields::target_in(&mut fields, ("id", &message.id), ("etag", &message.etag));
    let comment = fields::comment(&mut fields, &message.comment);
    fields.finish(|| Some(ReactivateCommand { target: target?, comment: comment? }))
}

pub fn postpone_request(message: &PostponeRequestRequest) -> Result<PostponeCommand, Invalid> {
    let mut fields = Fields::default();
    let target = fields::target_in(&mut fields, ("id", &message.id), ("etag", &message.etag));
    let to = new_dates(&mut fields, (&message.start_date, &message.end_date), message.hours_per_student);
    let comment = fields::comment(&mut fields, &message.comment);
    fields.finish(|| Some(PostponeCommand { target: target?, to: to?, resubmit: message.resubmit, comment: comment? }))
}

pub fn change_dates(message: &ChangeDatesRequest) -> Result<ChangeDatesCommand, Invalid> {
    let mut fields = Fields::default();
    let target = fields::target_in(&mut fields, ("id", &message.id), ("etag", &message.etag));
    let to = new_dates(&mut fields, (&message.start_date, &message.end_date), message.hours_per_student);
    let reason = fields::optional_reason(&mut fields, &message.reason_code);
    let comment = fields::comment(&mut fields, &message.comment);
    fields.finish(|| {
        let why = Explanation { reason: reason?, comment: comment? };
        Some(ChangeDatesCommand { target: target?, to: to?, why })
    })
}

fn new_dates(fields: &mut Fields, (start, end): (&str, &str), hours: Option<i32>) -> Option<NewDates> {
    let dates = fields::period(fields, ("start_date", start), ("end_date", end));
    let hours = hours.map(|hours| fields.number("hours_per_student", hours, 0..=fields::MOST_HOURS));
    let hours_per_student = match hours {
        Some(hours) => Some(hours?.try_into().ok()?),
        None => None,
    };
    Some(NewDates { dates: dates?, hours_per_student })
}

pub fn change_destination(message: &ChangeDestinationRequest) -> Result<ChangeDestinationCommand, Invalid> {
    let mut fields = Fields::default();
    let target = fields::target_in(&mut fields, ("id", &message.id), ("etag", &message.etag));
    let destination = fields.id("destination_id", &message.destination_id);
    fields.finish(|| Some(ChangeDestinationCommand { target: target?, destination: destination? }))
}
