//! Services with room for some students on some days, what fits first (domain §11a).

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use jiff::civil::Date;
use kernel::ErrorKind;
use proto::placement::v1::{FindPlacesRequest, FittingDestination, Place};
use serde::Deserialize;
use tonic::Status;

use super::menu::ENTRY;
use crate::{
    api::places,
    pages::new_request,
    shell::{Layout, PageError, SignedIn, address},
    ui::{FormErrors, Text, render, slug},
};

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FindQuery {
    query: String,
    service_id: String,
    site_id: String,
    start_date: String,
    end_date: String,
    student_count: String,
    page_token: String,
}

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
    params: FindQuery,
    errors: FormErrors,
    /// The service or site that is looked at alone, and where all are.
    only: Option<(String, String)>,
    found: Option<Vec<Found>>,
    title: String,
    next: Option<String>,
}

pub(crate) async fn show(user: SignedIn, Query(params): Query<FindQuery>) -> Result<Response, PageError> {
    if !new_request::ENTRY.is_open_to(user.session.role()) {
        return Err(PageError::own(ErrorKind::Forbidden, "places-find-not-yours"));
    }
    let text = user.text();
    let only = only(&user, &params).await?;
    let mut errors = FormErrors::default();
    let message = params.message(&mut errors, text);
    let (mut found, mut next, mut title) = (None, None, String::new());
    if !params.start_date.is_empty() && !params.end_date.is_empty() && errors.is_empty() {
        match user.api.requests().find_places(message).await {
            Ok(answer) => {
                let answer = answer.into_inner();
                title = text.n("places-found", answer.total_size);
                found = Some(answer.places.into_iter().map(|place| params.found(text, place)).collect());
                next = (!answer.next_page_token.is_empty()).then(|| params.after(&answer.next_page_token));
            }
            Err(status) => errors = FormErrors::of_change(status, text)?,
        }
    }
    let page = Page { text, layout: user.layout(ENTRY), params, errors, only, found, title, next };
    Ok(render(&page).into_response())
}

async fn only(user: &SignedIn, params: &FindQuery) -> Result<Option<(String, String)>, Status> {
    let (api, text) = (&user.api, user.text());
    let mut names = Vec::new();
    let mut site_id = params.site_id.clone();
    if !params.service_id.is_empty() {
        let service = places::service(api, &params.service_id).await?;
        names.push(text.pick(service.name.as_ref()));
        site_id = service.site_id;
    }
    if !site_id.is_empty() {
        names.push(places::site(api, &site_id).await?.name);
    }
    let everywhere = FindQuery { service_id: String::new(), site_id: String::new(), ..params.clone() };
    Ok((!names.is_empty()).then(|| (names.join(", "), everywhere.at(""))))
}

impl FindQuery {
    fn message(&self, errors: &mut FormErrors, text: Text) -> FindPlacesRequest {
        for (name, typed) in [("start_date", &self.start_date), ("end_date", &self.end_date)] {
            if !typed.is_empty() && typed.parse::<Date>().is_err() {
                errors.add(name, text.t("places-not-a-day"));
            }
        }
        FindPlacesRequest {
            service_id: self.service_id.clone(),
            site_id: self.site_id.clone(),
            start_date: self.start_date.clone(),
            end_date: self.end_date.clone(),
            student_count: errors.number("student_count", &self.student_count, text),
            query: self.query.trim().to_owned(),
            page_size: 0,
            page_token: self.page_token.clone(),
        }
    }

    fn found(&self, text: Text, mut place: Place) -> Found {
        let ask = address(
            "/requests/new",
            &[
                ("service_id", &place.service_id),
                ("site_id", &place.site_id),
                ("start_date", &self.start_date),
                ("end_date", &self.end_date),
                ("student_count", &self.student_count),
            ],
        );
        let units = std::mem::take(&mut place.destinations)
            .into_iter()
            .map(|destination| Unit { verdict: verdict(text, &destination), destination });
        Found { units: units.collect(), ask, place }
    }

    fn after(&self, page_token: &str) -> String {
        self.at(page_token)
    }

    fn at(&self, page_token: &str) -> String {
        address(
            "/places/find",
            &[
                ("query", self.query.trim()),
                ("service_id", &self.service_id),
                ("site_id", &self.site_id),
                ("start_date", &self.start_date),
                ("end_date", &self.end_date),
                ("student_count", &self.student_count),
                ("page_token", page_token),
            ],
        )
    }
}

fn verdict(text: Text, destination: &FittingDestination) -> String {
    if destination.fits {
        return text.t("places-fits");
    }
    text.t(&format!("places-misfit-{}", slug(destination.misfit().as_str_name(), "MISFIT_")))
}

#[cfg(test)]
mod tests {
    use kernel::Locale;
    use proto::placement::v1::Misfit;

    use super::*;

    #[test]
    fn who_finds_a_place_asks_for_it_with_what_was_looked_for() {
        let params = FindQuery {
            start_date: "2027-01-11".into(),
            end_date: "2027-02-05".into(),
            student_count: "4".into(),
            ..FindQuery::default()
        };
        let place = Place { service_id: "s".into(), site_id: "t".into(), ..Place::default() };
        assert_eq!(
            params.found(Text(Locale::Fr), place).ask,
            "/requests/new?service_id=s&site_id=t&start_date=2027-01-11&end_date=2027-02-05&student_count=4"
        );
    }

    #[test]
    fn a_day_that_is_none_is_a_fault_of_its_field() {
        let (params, mut errors) =
            (FindQuery { start_date: "soon".into(), ..FindQuery::default() }, FormErrors::default());
        params.message(&mut errors, Text(Locale::En));
        assert!(errors.at("start_date").is_some() && errors.at("end_date").is_none());
    }

    #[test]
    fn every_misfit_has_its_words() {
        for locale in Locale::ALL {
            for misfit in (1..).map_while(|n| Misfit::try_from(n).ok()) {
                let unit = FittingDestination { misfit: misfit.into(), ..FittingDestination::default() };
                assert!(!verdict(Text(locale), &unit).starts_with("places-"));
            }
        }
    }
}
