//! The forms of a destination: its profile, which its agent keeps, and the rest, which local administrators keep (domain §4.4).

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::Form;
use proto::{
    configuration::v1::{CreateDestinationRequest, Destination, Shift, Site, UpdateDestinationRequest},
    text::v1::LocalizedText,
};
use serde::Deserialize;
use tonic::Status;
use uuid::Uuid;

use super::{Choice, not_theirs, read, rights::Rights, shift, slips};
use crate::{
    failure::{Trouble, render},
    faults::Faults,
    frame::{Frame, Room},
    redraw::{NO_CALL, NO_VERSION, Redraw},
    text::Text,
    visitor::SignedIn,
};

/// Fields that the agent keeps; the profile.
const PROFILE: [&str; 9] = [
    "name",
    "short_name",
    "capacity",
    "maximum_group_size",
    "description",
    "location",
    "shifts",
    "minimum_notice_weeks",
    "prerequisites",
];
/// Fields that local administrators keep besides.
const REST: [&str; 3] = ["service_ids", "agent_id", "active"];

/// What was typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Given {
    etag: String,
    request_id: String,
    name: String,
    short_name: String,
    location: String,
    capacity: String,
    maximum_group_size: String,
    minimum_notice_weeks: String,
    shifts: Vec<i32>,
    description_fr: String,
    description_en: String,
    prerequisites_fr: String,
    prerequisites_en: String,
    service_ids: Vec<String>,
    agent_id: String,
    active: bool,
}

#[derive(Template)]
#[template(path = "places_destination_form.html")]
struct Page {
    text: Text,
    frame: Frame,
    site: Site,
    /// What is edited; `None` for a new one.
    destination: Option<Destination>,
    given: Given,
    faults: Faults,
    keeps: bool,
    services: Vec<Choice>,
    people: Vec<Choice>,
    shifts: Vec<Choice>,
}

pub(crate) async fn edit(signed_in: SignedIn, Path(id): Path<String>) -> Result<Response, Trouble> {
    let destination = read::destination(&signed_in.api, &id).await?;
    let site = read::site(&signed_in.api, &destination.site_id).await?;
    if !Rights(&signed_in.session.me).edit(&destination, &site) {
        return Err(not_theirs());
    }
    let given = Given::of(&destination);
    Ok(form(&signed_in, site, Some(destination), given, Faults::default()).await?)
}

pub(crate) async fn save(
    signed_in: SignedIn,
    Path(id): Path<String>,
    Form(mut given): Form<Given>,
) -> Result<Response, Trouble> {
    let text = signed_in.text();
    let present = read::destination(&signed_in.api, &id).await?;
    let site = read::site(&signed_in.api, &present.site_id).await?;
    let mut faults = Faults::default();
    let mut destination = given.destination(&mut faults, text);
    let keeps = Rights(&signed_in.session.me).keep_site(&site);
    if faults.is_empty() || signed_in.redraw.is_some() {
        destination.id.clone_from(&id);
        destination.site_id.clone_from(&site.id);
        destination.etag.clone_from(&given.etag);
        let paths = PROFILE.iter().chain(if keeps { REST.as_slice() } else { &[] });
        let update_mask = Some(prost_types::FieldMask { paths: paths.map(ToString::to_string).collect() });
        if let Some(redraw) = signed_in.redraw {
            let destination = Some(Destination { etag: NO_VERSION.into(), ..destination });
            let request = UpdateDestinationRequest { destination, update_mask };
            let refusal = redraw.refusal(signed_in.api.destinations().update_destination(request)).await;
            let faults = again(redraw, faults, slips::again(refusal, text)?);
            return Ok(form(&signed_in, site, Some(present), given, faults).await?);
        }
        let request = UpdateDestinationRequest { destination: Some(destination), update_mask };
        match signed_in.api.destinations().update_destination(request).await {
            Ok(_) => {
                return Ok(signed_in.done(
                    "done-places-destination",
                    &given.name,
                    &format!("/places/destinations/{id}"),
                ));
            }
            Err(status) => {
                if slips::is_stale(&status) {
                    // Sent again, the form replaces what somebody else has written meanwhile: it says so.
                    given.etag.clone_from(&present.etag);
                }
                faults = slips::of(status, text)?;
            }
        }
    }
    Ok(form(&signed_in, site, Some(present), given, faults).await?)
}

pub(crate) async fn begin(signed_in: SignedIn, Path(site_id): Path<String>) -> Result<Response, Trouble> {
    let site = read::site(&signed_in.api, &site_id).await?;
    if !Rights(&signed_in.session.me).keep_site(&site) {
        return Err(not_theirs());
    }
    let request_id = signed_in.env.ids.next::<Uuid>().to_string();
    let given = Given { request_id, active: true, ..Given::default() };
    Ok(form(&signed_in, site, None, given, Faults::default()).await?)
}

pub(crate) async fn create(
    signed_in: SignedIn,
    Path(site_id): Path<String>,
    Form(given): Form<Given>,
) -> Result<Response, Trouble> {
    let text = signed_in.text();
    let site = read::site(&signed_in.api, &site_id).await?;
    let mut faults = Faults::default();
    let destination = Destination { site_id, active: true, ..given.destination(&mut faults, text) };
    if let Some(redraw) = signed_in.redraw {
        let request = CreateDestinationRequest { destination: Some(destination), request_id: NO_CALL.into() };
        let refusal = redraw.refusal(signed_in.api.destinations().create_destination(request)).await;
        let faults = again(redraw, faults, slips::again(refusal, text)?);
        return Ok(form(&signed_in, site, None, given, faults).await?);
    }
    if faults.is_empty() {
        let request = CreateDestinationRequest { destination: Some(destination), request_id: given.request_id.clone() };
        match signed_in.api.destinations().create_destination(request).await {
            Ok(answer) => {
                let id = answer.into_inner().destination.unwrap_or_default().id;
                let to = format!("/places/destinations/{id}");
                return Ok(signed_in.done("done-places-destination-added", &given.name, &to));
            }
            Err(status) => faults = slips::of(status, text)?,
        }
    }
    Ok(form(&signed_in, site, None, given, faults).await?)
}

impl Given {
    fn of(destination: &Destination) -> Self {
        let description = destination.description.clone().unwrap_or_default();
        let prerequisites = destination.prerequisites.clone().unwrap_or_default();
        Self {
            etag: destination.etag.clone(),
            request_id: String::new(),
            name: destination.name.clone(),
            short_name: destination.short_name.clone(),
            location: destination.location.clone(),
            capacity: destination.capacity.to_string(),
            maximum_group_size: destination.maximum_group_size.to_string(),
            minimum_notice_weeks: destination.minimum_notice_weeks.to_string(),
            shifts: destination.shifts.clone(),
            description_fr: description.fr,
            description_en: description.en,
            prerequisites_fr: prerequisites.fr,
            prerequisites_en: prerequisites.en,
            service_ids: destination.service_ids.clone(),
            agent_id: destination.agent_id.clone(),
            active: destination.active,
        }
    }

    fn destination(&self, faults: &mut Faults, text: Text) -> Destination {
        let mut number = |typed: &str, name: &str| slips::number(typed, name, faults, text);
        let both = |fr: &str, en: &str| Some(LocalizedText { fr: lines(fr), en: lines(en) });
        Destination {
            name: self.name.trim().to_owned(),
            short_name: self.short_name.trim().to_owned(),
            location: self.location.trim().to_owned(),
            capacity: number(&self.capacity, "capacity"),
            maximum_group_size: number(&self.maximum_group_size, "maximum_group_size"),
            minimum_notice_weeks: number(&self.minimum_notice_weeks, "minimum_notice_weeks"),
            shifts: self.shifts.clone(),
            description: both(&self.description_fr, &self.description_en),
            prerequisites: both(&self.prerequisites_fr, &self.prerequisites_en),
            service_ids: self.service_ids.clone(),
            agent_id: self.agent_id.clone(),
            active: self.active,
            ..Destination::default()
        }
    }
}

/// What is said of a form that is shown again: what the service finds, unless numbers that are none come before.
fn again(redraw: Redraw, own: Faults, of_service: Faults) -> Faults {
    match redraw {
        Redraw::Typed => Faults::default(),
        Redraw::Refused if own.is_empty() => of_service,
        Redraw::Refused => own,
    }
}

/// What was typed into several lines: browsers end them with two characters.
fn lines(typed: &str) -> String {
    typed.trim().replace("\r\n", "\n")
}

async fn form(
    signed_in: &SignedIn,
    site: Site,
    destination: Option<Destination>,
    given: Given,
    faults: Faults,
) -> Result<Response, Status> {
    let (api, text) = (&signed_in.api, signed_in.text());
    let keeps = Rights(&signed_in.session.me).keep_site(&site);
    let (services, people) = if keeps {
        futures::try_join!(read::services_of(api, &site.id), read::people_of(api, &site.agency_id))?
    } else {
        (Vec::new(), Vec::new())
    };
    let services = services.into_iter().map(|service| Choice {
        label: text.pick(service.name.as_ref()),
        chosen: given.service_ids.contains(&service.id),
        value: service.id,
    });
    let shifts = [Shift::Day, Shift::Evening, Shift::Night].map(|one| Choice {
        value: i32::from(one).to_string(),
        label: shift(text, one),
        chosen: given.shifts.contains(&one.into()),
    });
    let status = slips::status_code(&faults);
    let page = Page {
        text,
        frame: signed_in.frame(Room::Places).holding("destination-form", ""),
        services: services.collect(),
        people: super::people(people, &given.agent_id),
        shifts: shifts.into(),
        site,
        destination,
        given,
        faults,
        keeps,
    };
    Ok((status, render(&page)).into_response())
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    #[test]
    fn what_a_form_shows_is_what_it_sends_back() {
        let words = |fr: &str| Some(LocalizedText { fr: fr.into(), en: String::new() });
        let destination = Destination {
            name: "4 Ouest".into(),
            capacity: 8,
            shifts: vec![1, 3],
            description: words("Deux\nlignes"),
            prerequisites: words(""),
            service_ids: vec!["s".into()],
            active: true,
            ..Destination::default()
        };
        let mut faults = Faults::default();
        let sent = Given::of(&destination).destination(&mut faults, Text(Locale::Fr));
        assert!(faults.is_empty());
        assert_eq!(sent, destination);
    }

    #[test]
    fn lines_end_with_one_character() {
        assert_eq!(lines("Un\r\ndeux\r\n"), "Un\ndeux");
    }
}
