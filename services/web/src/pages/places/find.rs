//! Services with room for some students on some days, what fits first (domain §11a).

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use jiff::civil::Date;
use kernel::ErrorKind;
use proto::placement::v1::{FindPlacesRequest, FittingDestination, Place};
use tonic::Status;

use super::menu::ENTRY;
use crate::{
    api::places,
    pages::new_request,
    shell::{Layout, PageError, SignedIn, address},
    ui::{Field, FormErrors, Text, Values, render},
};

/// What is looked for, by its names in an address.
const FIELDS: &[Field<FindPlacesRequest>] = &[
    Field::text("query", "places-find-query", |m| &mut m.query),
    Field::text("service_id", "places-service", |m| &mut m.service_id),
    Field::text("site_id", "places-site", |m| &mut m.site_id),
    Field::text("start_date", "places-start", |m| &mut m.start_date),
    Field::text("end_date", "places-end", |m| &mut m.end_date),
    Field::number("student_count", "places-student-count", |m| &mut m.student_count),
    Field::text("page_token", "places-next", |m| &mut m.page_token),
];

/// A place, and where one asks for it.
struct Found {
    place: Place,
    ask: String,
    units: Vec<Unit>,
}

/// A destination and whether it fits, in words.
struct Unit {
    destination: FittingDestination,
    verdict: String,
}

#[derive(Template)]
#[template(path = "places/find.html")]
struct Page {
    text: Text,
    layout: Layout,
    form: Values,
    fields: Vec<&'static Field<FindPlacesRequest>>,
    errors: FormErrors,
    /// The service or site that is looked at alone, and where all are.
    only: Option<(String, String)>,
    found: Option<Vec<Found>>,
    title: String,
    next: Option<String>,
}

pub(crate) async fn show(user: SignedIn, Query(given): Query<Vec<(String, String)>>) -> Result<Response, PageError> {
    if !new_request::ENTRY.is_open_to(user.session.role()) {
        return Err(PageError::own(ErrorKind::Forbidden, "places-find-not-yours"));
    }
    let (text, form) = (user.text(), Values::from(given));
    let only = only(&user, &form).await?;
    let mut errors = FormErrors::default();
    let message = message(&form, &mut errors, text);
    let (mut found, mut next, mut title) = (None, None, String::new());
    if form.has("start_date") && form.has("end_date") && errors.is_empty() {
        match user.api.requests().find_places(message).await {
            Ok(answer) => {
                let answer = answer.into_inner();
                title = text.n("places-found", answer.total_size);
                found = Some(answer.places.into_iter().map(|place| Found::of(text, &form, place)).collect());
                next = (!answer.next_page_token.is_empty()).then(|| at(&form, &answer.next_page_token));
            }
            Err(status) => errors = FormErrors::of_change(status, text)?,
        }
    }
    let page = Page {
        text,
        layout: user.layout(ENTRY),
        form,
        fields: FIELDS.iter().collect(),
        errors,
        only,
        found,
        title,
        next,
    };
    Ok(render(&page).into_response())
}

async fn only(user: &SignedIn, form: &Values) -> Result<Option<(String, String)>, Status> {
    let (api, text) = (&user.api, user.text());
    let mut names = Vec::new();
    let mut site_id = form.one("site_id").to_owned();
    if form.has("service_id") {
        let service = places::service(api, form.one("service_id")).await?;
        names.push(text.pick(service.name.as_ref()));
        site_id = service.site_id;
    }
    if !site_id.is_empty() {
        names.push(places::site(api, &site_id).await?.name);
    }
    let everywhere = form.clone().with("service_id", "").with("site_id", "");
    Ok((!names.is_empty()).then(|| (names.join(", "), at(&everywhere, ""))))
}

/// What is asked for; days that are none are errors of their fields.
fn message(form: &Values, errors: &mut FormErrors, text: Text) -> FindPlacesRequest {
    for name in ["start_date", "end_date"] {
        if form.has(name) && form.one(name).parse::<Date>().is_err() {
            errors.add(name, text.t("places-not-a-day"));
        }
    }
    form.message(FIELDS, FindPlacesRequest::default(), errors, text)
}

impl Found {
    fn of(text: Text, form: &Values, mut place: Place) -> Self {
        let ask = address(
            "/requests/new",
            &[
                ("service_id", &place.service_id),
                ("site_id", &place.site_id),
                ("start_date", form.one("start_date")),
                ("end_date", form.one("end_date")),
                ("student_count", form.one("student_count")),
            ],
        );
        let units = std::mem::take(&mut place.destinations)
            .into_iter()
            .map(|destination| Unit { verdict: text.fit(&destination), destination });
        Self { units: units.collect(), ask, place }
    }
}

/// The same from where a page ended.
fn at(form: &Values, page_token: &str) -> String {
    let form = form.clone().with("page_token", page_token);
    address("/places/find", &form.only(FIELDS).parameters())
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    #[test]
    fn who_finds_a_place_asks_for_it_with_what_was_looked_for() {
        let form = Values::default()
            .with("start_date", "2027-01-11")
            .with("end_date", "2027-02-05")
            .with("student_count", "4");
        let place = Place { service_id: "s".into(), site_id: "t".into(), ..Place::default() };
        assert_eq!(
            Found::of(Text(Locale::Fr), &form, place).ask,
            "/requests/new?service_id=s&site_id=t&start_date=2027-01-11&end_date=2027-02-05&student_count=4"
        );
    }

    #[test]
    fn a_day_that_is_none_is_a_fault_of_its_field() {
        let (form, mut errors) = (Values::default().with("start_date", "soon"), FormErrors::default());
        message(&form, &mut errors, Text(Locale::En));
        assert!(errors.at("start_date").is_some() && errors.at("end_date").is_none());
    }

    #[test]
    fn another_page_keeps_what_is_looked_for_and_nothing_else() {
        let form = Values::default().with("toast", "1").with("query", " Été ").with("page_token", "old");
        assert_eq!(at(&form, "new"), "/places/find?query=%C3%89t%C3%A9&page_token=new");
    }
}
