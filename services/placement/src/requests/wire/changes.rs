//! Redirecting, postponing, reactivating, other dates, other units.

use kernel::{Fields, Invalid};
use proto::placement::v1::{
    ChangeDatesRequest, ChangeDestinationRequest, PostponeRequestRequest, ReactivateRequestRequest,
    RedirectRequestRequest,
};

use super::fields;
use crate::requests::domain::{
    ChangeDatesCommand, ChangeDestinationCommand, PostponeCommand, ReactivateCommand, RedirectCommand,
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
    let dates = fields::period(&mut fields, ("start_date", &message.start_date), ("end_date", &message.end_date));
    let comment = fields::comment(&mut fields, &message.comment);
    fields.finish(|| {
        Some(PostponeCommand { target: target?, dates: dates?, resubmit: message.resubmit, comment: comment? })
    })
}

pub fn change_dates(message: &ChangeDatesRequest) -> Result<ChangeDatesCommand, Invalid> {
    let mut fields = Fields::default();
    let target = fields::target_in(&mut fields, ("id", &message.id), ("etag", &message.etag));
    let dates = fields::period(&mut fields, ("start_date", &message.start_date), ("end_date", &message.end_date));
    fields.finish(|| Some(ChangeDatesCommand { target: target?, dates: dates? }))
}

pub fn change_destination(message: &ChangeDestinationRequest) -> Result<ChangeDestinationCommand, Invalid> {
    let mut fields = Fields::default();
    let target = fields::target_in(&mut fields, ("id", &message.id), ("etag", &message.etag));
    let destination = fields.id("destination_id", &message.destination_id);
    fields.finish(|| Some(ChangeDestinationCommand { target: target?, destination: destination? }))
}
