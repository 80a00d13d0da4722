//! What is typed into the form, and the request that it makes.

use kernel::Ids;
use proto::placement::v1::{Kind, PlacementRequest, Weekday};
use serde::Deserialize;
use uuid::Uuid;

/// The form's fields, as typed. The same names pre-fill it in an address (`/requests/new?service_id=…`).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RequestForm {
    pub(crate) request_id: String,
    pub(crate) etag: String,
    pub(crate) placing_agency_id: String,
    pub(crate) program_id: String,
    pub(crate) course_id: String,
    pub(crate) kind: String,
    pub(crate) placement_type_code: String,
    pub(crate) student_count: String,
    pub(crate) hours_per_student: String,
    pub(crate) start_date: String,
    pub(crate) end_date: String,
    pub(crate) weekdays: Vec<i32>,
    pub(crate) shift_code: String,
    /// Site, service and unit in one choice: `site:service:destination`, the last of which may be empty.
    pub(crate) place: String,
    pub(crate) site_id: String,
    pub(crate) service_id: String,
    /// What places are looked for by.
    pub(crate) query: String,
    pub(crate) comment: String,
    pub(crate) use_release_date: bool,
    /// Which button was pressed: `look`, `save` or `send`.
    pub(crate) step: String,
}

impl RequestForm {
    /// A fresh form, with what an address pre-fills.
    pub(crate) fn begin(mut self, ids: &Ids) -> Self {
        self.request_id = ids.next::<Uuid>().to_string();
        if self.student_count.is_empty() {
            self.student_count = "1".into();
        }
        if self.kind.is_empty() {
            self.kind = Kind::Individual.as_str_name().into();
        }
        if self.place.is_empty() && !self.service_id.is_empty() {
            self.place = format!("{}:{}:", self.site_id, self.service_id);
        }
        self
    }

    /// What a draft holds.
    pub(crate) fn of(request: &PlacementRequest, ids: &Ids) -> Self {
        let number = |n: i32| if n == 0 { String::new() } else { n.to_string() };
        Self {
            request_id: ids.next::<Uuid>().to_string(),
            etag: request.etag.clone(),
            placing_agency_id: request.placing_agency_id.clone(),
            program_id: request.program_id.clone(),
            course_id: request.course_id.clone(),
            kind: request.kind().as_str_name().into(),
            placement_type_code: request.placement_type_code.clone(),
            student_count: number(request.student_count),
            hours_per_student: number(request.hours_per_student),
            start_date: request.start_date.clone(),
            end_date: request.end_date.clone(),
            weekdays: request.weekdays.clone(),
            shift_code: request.shift_code.clone(),
            place: format!("{}:{}:{}", request.site_id, request.service_id, request.destination_id),
            comment: request.comment.clone(),
            use_release_date: request.use_release_date,
            ..Self::default()
        }
    }

    /// The message. What is no number becomes one that the service refuses beside its field.
    pub(crate) fn request(&self, id: &str) -> PlacementRequest {
        let number = |text: &str| if text.trim().is_empty() { 0 } else { text.trim().parse().unwrap_or(-1) };
        let (site, service, destination) = self.chosen();
        PlacementRequest {
            id: id.to_owned(),
            etag: self.etag.clone(),
            placing_agency_id: self.placing_agency_id.clone(),
            program_id: self.program_id.clone(),
            course_id: self.course_id.clone(),
            kind: Kind::from_str_name(&self.kind).unwrap_or_default().into(),
            placement_type_code: self.placement_type_code.clone(),
            student_count: number(&self.student_count),
            hours_per_student: number(&self.hours_per_student),
            start_date: self.start_date.clone(),
            end_date: self.end_date.clone(),
            weekdays: self.weekdays.clone(),
            shift_code: self.shift_code.trim().to_owned(),
            site_id: site.to_owned(),
            service_id: service.to_owned(),
            destination_id: destination.to_owned(),
            comment: self.comment.trim().to_owned(),
            use_release_date: self.use_release_date,
            ..PlacementRequest::default()
        }
    }

    /// Site, service and unit of the chosen place.
    pub(crate) fn chosen(&self) -> (&str, &str, &str) {
        let mut parts = self.place.splitn(3, ':');
        let mut next = || parts.next().unwrap_or_default();
        (next(), next(), next())
    }

    /// Whether a day of the week is ticked.
    pub(crate) fn has(&self, day: Weekday) -> bool {
        self.weekdays.contains(&i32::from(day))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::SystemClock;

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
        assert_eq!(RequestForm::of(&draft, &ids).request("r"), draft);
    }

    #[test]
    fn an_address_fills_the_form_in() {
        let ids = Ids::random(Arc::new(SystemClock));
        let form = RequestForm { site_id: "s".into(), service_id: "v".into(), ..RequestForm::default() }.begin(&ids);
        assert_eq!(form.chosen(), ("s", "v", ""));
        assert_eq!((form.student_count.as_str(), form.kind.as_str()), ("1", "KIND_INDIVIDUAL"));
        let request = RequestForm { student_count: "many".into(), ..form }.request("");
        assert_eq!((request.student_count, request.site_id.as_str()), (-1, "s"));
    }
}
