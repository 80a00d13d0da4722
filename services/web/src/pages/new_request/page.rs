//! The form as it is shown, with what can be chosen.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use proto::placement::v1::{FittingDestination, Kind, Place, PlacementRequest, Weekday};

use super::{
    choices::{Choices, is_quick_entry},
    form,
    menu::ENTRY,
};
use crate::{
    shell::{Layout, PageError, SignedIn},
    ui::{Choice, Field, FormErrors, Text, Values, label_of, names, render},
};

const DAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];
const KINDS: [Kind; 3] = [Kind::Individual, Kind::Group, Kind::Observation];
/// What the choice of a place is in the message: its errors stand beside that choice.
const PLACE: [&str; 3] = ["site_id", "service_id", "destination_id"];

#[derive(Template)]
#[template(path = "new_request/page.html")]
struct Page {
    text: Text,
    layout: Layout,
    form: Values,
    fields: Vec<&'static Field<PlacementRequest>>,
    choices: Choices,
    errors: FormErrors,
    quick_entry: bool,
    /// The draft that is changed; `None` for a new request.
    draft: Option<PlacementRequest>,
    address: String,
}

/// The form with what was typed, and with what is wrong with it.
pub(super) async fn page(
    user: &SignedIn,
    mut form: Values,
    draft: Option<PlacementRequest>,
    errors: FormErrors,
) -> Result<Response, PageError> {
    let choices = Choices::load(user, &form).await?;
    if let Some(course) = choices.course(&form) {
        if course.hours > 0 {
            form = form.or("hours_per_student", course.hours.to_string());
        }
        form = form.or("placement_type_code", &course.placement_type_code);
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let address = draft.as_ref().map_or_else(|| "/requests/new".to_owned(), |d| format!("/requests/{}/edit", d.id));
    let page = Page {
        text: user.text(),
        layout: user.layout(ENTRY).with_form("new-request", "look"),
        form,
        fields: form::fields().collect(),
        choices,
        errors,
        quick_entry: is_quick_entry(user),
        draft,
        address,
    };
    Ok((status, render(&page)).into_response())
}

impl Page {
    fn title(&self) -> String {
        match &self.draft {
            Some(draft) => self.text.with("new-title-draft", &[("reference", &draft.reference)]),
            None => self.text.t("new-title"),
        }
    }

    /// The choice of a place as a whole; its coordinator chooses the unit.
    fn whole(&self, place: &Place) -> String {
        format!("{}:{}:", place.site_id, place.service_id)
    }

    /// The choice of one unit.
    fn unit(&self, place: &Place, unit: &FittingDestination) -> String {
        format!("{}{}", self.whole(place), unit.destination_id)
    }

    fn names_a_unit_of(&self, place: &Place) -> bool {
        place.destinations.iter().any(|unit| self.unit(place, unit) == self.form.one("place"))
    }

    /// Whether a place is chosen while none can be shown, since the days are missing or wrong.
    fn keeps_place(&self) -> bool {
        let is_chosen = form::chosen(&self.form).iter().any(|part| !part.is_empty());
        is_chosen && (self.choices.no_places.is_some() || self.needs_days())
    }

    fn needs_days(&self) -> bool {
        self.form.one("start_date").is_empty() || self.form.one("end_date").is_empty()
    }

    fn other_errors(&self) -> Vec<&str> {
        self.errors.others(&[&names(form::fields())[..], &PLACE].concat())
    }

    fn place_error(&self) -> Option<&str> {
        PLACE.iter().find_map(|field| self.errors.at(field))
    }

    /// Whether a day of the week is ticked.
    fn has(&self, day: &Weekday) -> bool {
        self.form.holds("weekdays", &i32::from(*day).to_string())
    }

    fn day(&self, day: &Weekday) -> String {
        terms::weekday(*day, self.text.0)
    }

    fn kind(&self, kind: &Kind) -> String {
        terms::kind(*kind, self.text.0)
    }

    fn label(&self, field: &str) -> String {
        self.text.t(label_of(&self.fields, field))
    }

    fn schools(&self) -> Vec<Choice> {
        self.options("placing_agency_id", self.choices.schools.iter().map(|s| (&s.id, s.name.clone())))
    }

    fn programs(&self) -> Vec<Choice> {
        let names = self.choices.programs.iter().map(|p| (&p.id, self.text.pick(p.name.as_ref())));
        self.options("program_id", names)
    }

    fn courses(&self) -> Vec<Choice> {
        let names =
            self.choices.courses.iter().map(|c| (&c.id, format!("{} {}", c.code, self.text.pick(c.name.as_ref()))));
        self.options("course_id", names)
    }

    /// What stands where no course is chosen.
    fn no_course(&self) -> String {
        self.text.t(if self.form.has("program_id") { "new-choose" } else { "new-program-first" })
    }

    fn types(&self) -> Vec<Choice> {
        let names = self.choices.types.iter().map(|t| (&t.code, self.text.pick(t.name.as_ref())));
        self.options("placement_type_code", names)
    }

    fn options<'a>(&self, field: &str, named: impl Iterator<Item = (&'a String, String)>) -> Vec<Choice> {
        named.map(|(value, label)| Choice::new(value, label, self.form.one(field))).collect()
    }

    fn free_places(&self, unit: &FittingDestination) -> String {
        let values = [
            ("free", unit.free.to_string()),
            ("capacity", unit.capacity.to_string()),
            ("pending", unit.pending.to_string()),
        ];
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.text.with("new-free-places", &values)
    }
}
