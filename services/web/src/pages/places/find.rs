//! Services with room for some students on some days, what fits first (domain §11a).

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::Query;
use jiff::civil::Date;
use kernel::ErrorKind;
use proto::placement::v1::{FindPlacesRequest, FittingDestination, Place};
use serde::Deserialize;
use tonic::Status;

use super::{read, slips};
use crate::{
    addresses::address,
    failure::{Trouble, render},
    faults::Faults,
    frame::{Frame, Room, is_open_to},
    text::{Text, plain},
    visitor::SignedIn,
};

/// What the address says.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
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
#[template(path = "places_find.html")]
struct Page {
    text: Text,
    frame: Frame,
    asked: Asked,
    faults: Faults,
    /// The service or site that is looked at alone, and where all are.
    only: Option<(String, String)>,
    found: Option<Vec<Found>>,
    title: String,
    next: Option<String>,
}

pub(crate) async fn show(signed_in: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Trouble> {
    if !is_open_to(Room::NewRequest, signed_in.session.role()) {
        return Err(Trouble::own(ErrorKind::Forbidden, "places-find-not-yours"));
    }
    let text = signed_in.text();
    let only = only(&signed_in, &asked).await?;
    let mut faults = Faults::default();
    let message = asked.message(&mut faults, text);
    let (mut found, mut next, mut title) = (None, None, String::new());
    if !asked.start_date.is_empty() && !asked.end_date.is_empty() && faults.is_empty() {
        match signed_in.api.requests().find_places(message).await {
            Ok(answer) => {
                let answer = answer.into_inner();
                title = text.n("places-found", answer.total_size);
                found = Some(answer.places.into_iter().map(|place| asked.found(text, place)).collect());
                next = (!answer.next_page_token.is_empty()).then(|| asked.after(&answer.next_page_token));
            }
            Err(status) => faults = slips::of(status, text)?,
        }
    }
    let page = Page { text, frame: signed_in.frame(Room::Places), asked, faults, only, found, title, next };
    Ok(render(&page).into_response())
}

async fn only(signed_in: &SignedIn, asked: &Asked) -> Result<Option<(String, String)>, Status> {
    let (api, text) = (&signed_in.api, signed_in.text());
    let mut names = Vec::new();
    let mut site_id = asked.site_id.clone();
    if !asked.service_id.is_empty() {
        let service = read::service(api, &asked.service_id).await?;
        names.push(text.pick(service.name.as_ref()));
        site_id = service.site_id;
    }
    if !site_id.is_empty() {
        names.push(read::site(api, &site_id).await?.name);
    }
    let everywhere = Asked { service_id: String::new(), site_id: String::new(), ..asked.clone() };
    Ok((!names.is_empty()).then(|| (names.join(", "), everywhere.at(""))))
}

impl Asked {
    fn message(&self, faults: &mut Faults, text: Text) -> FindPlacesRequest {
        for (name, typed) in [("start_date", &self.start_date), ("end_date", &self.end_date)] {
            if !typed.is_empty() && typed.parse::<Date>().is_err() {
                faults.add(name, text.t("places-not-a-day"));
            }
        }
        FindPlacesRequest {
            service_id: self.service_id.clone(),
            site_id: self.site_id.clone(),
            start_date: self.start_date.clone(),
            end_date: self.end_date.clone(),
            student_count: slips::number(&self.student_count, "student_count", faults, text),
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
    text.t(&format!("places-misfit-{}", plain(destination.misfit().as_str_name(), "MISFIT_")))
}

#[cfg(test)]
mod tests {
    use kernel::Locale;
    use proto::placement::v1::Misfit;

    use super::*;

    #[test]
    fn who_finds_a_place_asks_for_it_with_what_was_looked_for() {
        let asked = Asked {
            start_date: "2027-01-11".into(),
            end_date: "2027-02-05".into(),
            student_count: "4".into(),
            ..Asked::default()
        };
        let place = Place { service_id: "s".into(), site_id: "t".into(), ..Place::default() };
        assert_eq!(
            asked.found(Text(Locale::Fr), place).ask,
            "/requests/new?service_id=s&site_id=t&start_date=2027-01-11&end_date=2027-02-05&student_count=4"
        );
    }

    #[test]
    fn a_day_that_is_none_is_a_fault_of_its_field() {
        let (asked, mut faults) = (Asked { start_date: "soon".into(), ..Asked::default() }, Faults::default());
        asked.message(&mut faults, Text(Locale::En));
        assert!(faults.at("start_date").is_some() && faults.at("end_date").is_none());
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
