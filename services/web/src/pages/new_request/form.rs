//! The fields of the form, and the request that they make. The same names pre-fill it in an address
//! (`/requests/new?service_id=…`).

use kernel::{Ids, Locale};
use proto::placement::v1::{Kind, PlacementRequest};
use uuid::Uuid;

use crate::{
    shell::address,
    ui::{Field, FormErrors, Text, Values},
};

/// What is asked for, wherever that is: what somebody who asks elsewhere asks for again.
const ASKED_FOR: &[Field<PlacementRequest>] = &[
    Field::text("program_id", "new-program", |r| &mut r.program_id),
    Field::text("course_id", "new-course", |r| &mut r.course_id),
    Field::written(
        "kind",
        "new-kind",
        |r| vec![r.kind().as_str_name().to_owned()],
        |r, typed| r.set_kind(Kind::from_str_name(typed).unwrap_or_default()),
    ),
    Field::text("placement_type_code", "new-type", |r| &mut r.placement_type_code),
    Field::count("student_count", "new-students", |r| &mut r.student_count),
    Field::count("hours_per_student", "new-hours", |r| &mut r.hours_per_student),
    Field::text("start_date", "new-start", |r| &mut r.start_date),
    Field::text("end_date", "new-end", |r| &mut r.end_date),
    Field::text("shift_code", "new-shift", |r| &mut r.shift_code),
    Field::codes("weekdays", "new-days", |r| &mut r.weekdays),
];
/// For whom and where, and what is said and wished besides.
const BESIDES: &[Field<PlacementRequest>] = &[
    Field::text("placing_agency_id", "new-school", |r| &mut r.placing_agency_id),
    // Site, service and unit in one choice: `site:service:destination`, the last of which may be empty.
    Field::written(
        "place",
        "new-where",
        |r| vec![format!("{}:{}:{}", r.site_id, r.service_id, r.destination_id)],
        |r, typed| [r.site_id, r.service_id, r.destination_id] = split(typed).map(str::to_owned),
    ),
    Field::text("comment", "new-comment", |r| &mut r.comment),
    Field::flag("use_release_date", "new-release", |r| &mut r.use_release_date),
];

/// All fields of the form.
pub(super) fn fields() -> impl Iterator<Item = &'static Field<PlacementRequest>> {
    ASKED_FOR.iter().chain(BESIDES)
}

/// A fresh form, with what an address pre-fills.
pub(super) fn begin(form: Values, ids: &Ids) -> Values {
    let form = with_call(form, ids).or("student_count", "1").or("kind", Kind::Individual.as_str_name());
    if !form.has("service_id") {
        return form;
    }
    let place = format!("{}:{}:", form.one("site_id"), form.one("service_id"));
    form.or("place", place)
}

/// What a draft holds.
pub(super) fn of(draft: &PlacementRequest, ids: &Ids) -> Values {
    with_call(Values::of(fields(), draft), ids).with("etag", &draft.etag)
}

/// The same as another call: what was refused is not remembered.
pub(super) fn with_call(form: Values, ids: &Ids) -> Values {
    form.with("request_id", ids.next::<Uuid>().to_string())
}

/// The message.
pub(super) fn request(form: &Values, id: &str) -> PlacementRequest {
    let base = PlacementRequest { id: id.to_owned(), etag: form.one("etag").to_owned(), ..PlacementRequest::default() };
    // No field of this form is checked here: the service says what is wrong with each.
    form.message(fields(), base, &mut FormErrors::default(), Text(Locale::default()))
}

/// The form of a new request that asks for the same as another.
pub(crate) fn same_elsewhere(request: &PlacementRequest) -> String {
    address("/requests/new", &Values::of(ASKED_FOR, request).parameters())
}

/// Site, service and unit of the chosen place.
pub(super) fn chosen(form: &Values) -> [&str; 3] {
    split(form.one("place"))
}

fn split(place: &str) -> [&str; 3] {
    let mut parts = place.splitn(3, ':');
    [(); 3].map(|()| parts.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::SystemClock;
    use proto::placement::v1::Weekday;

    use super::*;

    #[test]
    fn a_draft_that_is_shown_and_sent_back_is_the_same() {
        let ids = Ids::random(Arc::new(SystemClock));
        let draft = PlacementRequest {
            id: "r".into(),
            etag: "7".into(),
            program_id: "p".into(),
            course_id: "c".into(),
            site_id: "s".into(),
            service_id: "v".into(),
            destination_id: "d".into(),
            placement_type_code: "PRECEPTORSHIP".into(),
            kind: Kind::Group.into(),
            student_count: 6,
            start_date: "2027-01-11".into(),
            end_date: "2027-02-05".into(),
            weekdays: vec![Weekday::Monday.into(), Weekday::Friday.into()],
            shift_code: "D8".into(),
            hours_per_student: 120,
            comment: "Mots".into(),
            use_release_date: true,
            ..PlacementRequest::default()
        };
        assert_eq!(request(&of(&draft, &ids), "r"), draft);
    }

    #[test]
    fn an_address_fills_the_form_in() {
        let ids = Ids::random(Arc::new(SystemClock));
        let form = begin(Values::default().with("site_id", "s").with("service_id", "v"), &ids);
        assert_eq!(chosen(&form), ["s", "v", ""]);
        assert_eq!((form.one("student_count"), form.one("kind")), ("1", "KIND_INDIVIDUAL"));
        let request = request(&form.with("student_count", "many"), "");
        assert_eq!((request.student_count, request.site_id.as_str()), (-1, "s"));
    }
}
