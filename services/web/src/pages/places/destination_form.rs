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

use super::{
    form_errors,
    menu::ENTRY,
    people::people,
    rights::{Rights, forbidden},
    words::shift,
};
use crate::{
    api::places,
    shell::{Layout, NO_CALL, NO_VERSION, PageError, Redraw, SignedIn},
    ui::{Choice, FormErrors, Text, render},
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
pub(crate) struct DestinationForm {
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
#[template(path = "places/destination_form.html")]
struct Page {
    text: Text,
    layout: Layout,
    site: Site,
    /// What is edited; `None` for a new one.
    destination: Option<Destination>,
    form: DestinationForm,
    errors: FormErrors,
    keeps: bool,
    services: Vec<Choice>,
    people: Vec<Choice>,
    shifts: Vec<Choice>,
}

pub(crate) async fn edit(user: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    let destination = places::destination(&user.api, &id).await?;
    let site = places::site(&user.api, &destination.site_id).await?;
    if !Rights(&user.session.me).edit(&destination, &site) {
        return Err(forbidden());
    }
    let form = DestinationForm::of(&destination);
    Ok(page(&user, site, Some(destination), form, FormErrors::default()).await?)
}

pub(crate) async fn save(
    user: SignedIn,
    Path(id): Path<String>,
    Form(mut form): Form<DestinationForm>,
) -> Result<Response, PageError> {
    let text = user.text();
    let present = places::destination(&user.api, &id).await?;
    let site = places::site(&user.api, &present.site_id).await?;
    let mut errors = FormErrors::default();
    let mut destination = form.destination(&mut errors, text);
    let keeps = Rights(&user.session.me).keep_site(&site);
    if errors.is_empty() || user.redraw.is_some() {
        destination.id.clone_from(&id);
        destination.site_id.clone_from(&site.id);
        destination.etag.clone_from(&form.etag);
        let paths = PROFILE.iter().chain(if keeps { REST.as_slice() } else { &[] });
        let update_mask = Some(prost_types::FieldMask { paths: paths.map(ToString::to_string).collect() });
        if let Some(redraw) = user.redraw {
            let destination = Some(Destination { etag: NO_VERSION.into(), ..destination });
            let request = UpdateDestinationRequest { destination, update_mask };
            let refusal = redraw.refusal(user.api.destinations().update_destination(request)).await;
            let errors = again(redraw, errors, form_errors::again(refusal, text)?);
            return Ok(page(&user, site, Some(present), form, errors).await?);
        }
        let request = UpdateDestinationRequest { destination: Some(destination), update_mask };
        match user.api.destinations().update_destination(request).await {
            Ok(_) => {
                return Ok(user.done("done-places-destination", &form.name, &format!("/places/destinations/{id}")));
            }
            Err(status) => {
                if form_errors::is_stale(&status) {
                    // Sent again, the form replaces what somebody else has written meanwhile: it says so.
                    form.etag.clone_from(&present.etag);
                }
                errors = form_errors::of(status, text)?;
            }
        }
    }
    Ok(page(&user, site, Some(present), form, errors).await?)
}

pub(crate) async fn begin(user: SignedIn, Path(site_id): Path<String>) -> Result<Response, PageError> {
    let site = places::site(&user.api, &site_id).await?;
    if !Rights(&user.session.me).keep_site(&site) {
        return Err(forbidden());
    }
    let request_id = user.env.ids.next::<Uuid>().to_string();
    let form = DestinationForm { request_id, active: true, ..DestinationForm::default() };
    Ok(page(&user, site, None, form, FormErrors::default()).await?)
}

pub(crate) async fn create(
    user: SignedIn,
    Path(site_id): Path<String>,
    Form(form): Form<DestinationForm>,
) -> Result<Response, PageError> {
    let text = user.text();
    let site = places::site(&user.api, &site_id).await?;
    let mut errors = FormErrors::default();
    let destination = Destination { site_id, active: true, ..form.destination(&mut errors, text) };
    if let Some(redraw) = user.redraw {
        let request = CreateDestinationRequest { destination: Some(destination), request_id: NO_CALL.into() };
        let refusal = redraw.refusal(user.api.destinations().create_destination(request)).await;
        let errors = again(redraw, errors, form_errors::again(refusal, text)?);
        return Ok(page(&user, site, None, form, errors).await?);
    }
    if errors.is_empty() {
        let request = CreateDestinationRequest { destination: Some(destination), request_id: form.request_id.clone() };
        match user.api.destinations().create_destination(request).await {
            Ok(answer) => {
                let id = answer.into_inner().destination.unwrap_or_default().id;
                let to = format!("/places/destinations/{id}");
                return Ok(user.done("done-places-destination-added", &form.name, &to));
            }
            Err(status) => errors = form_errors::of(status, text)?,
        }
    }
    Ok(page(&user, site, None, form, errors).await?)
}

impl DestinationForm {
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

    fn destination(&self, errors: &mut FormErrors, text: Text) -> Destination {
        let mut number = |typed: &str, name: &str| form_errors::number(typed, name, errors, text);
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
fn again(redraw: Redraw, own: FormErrors, of_service: FormErrors) -> FormErrors {
    match redraw {
        Redraw::Typed => FormErrors::default(),
        Redraw::Refused if own.is_empty() => of_service,
        Redraw::Refused => own,
    }
}

/// What was typed into several lines: browsers end them with two characters.
fn lines(typed: &str) -> String {
    typed.trim().replace("\r\n", "\n")
}

async fn page(
    user: &SignedIn,
    site: Site,
    destination: Option<Destination>,
    form: DestinationForm,
    errors: FormErrors,
) -> Result<Response, Status> {
    let (api, text) = (&user.api, user.text());
    let keeps = Rights(&user.session.me).keep_site(&site);
    let (services, of_agency) = if keeps {
        futures::try_join!(places::services_of(api, &site.id), places::people_of(api, &site.agency_id))?
    } else {
        (Vec::new(), Vec::new())
    };
    let services = services.into_iter().map(|service| Choice {
        label: text.pick(service.name.as_ref()),
        selected: form.service_ids.contains(&service.id),
        value: service.id,
    });
    let shifts = [Shift::Day, Shift::Evening, Shift::Night].map(|one| Choice {
        value: i32::from(one).to_string(),
        label: shift(text, one),
        selected: form.shifts.contains(&one.into()),
    });
    let status = form_errors::status_code(&errors);
    let page = Page {
        text,
        layout: user.layout(ENTRY).with_form("destination-form", ""),
        services: services.collect(),
        people: people(of_agency, &form.agent_id),
        shifts: shifts.into(),
        site,
        destination,
        form,
        errors,
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
        let mut errors = FormErrors::default();
        let sent = DestinationForm::of(&destination).destination(&mut errors, Text(Locale::Fr));
        assert!(errors.is_empty());
        assert_eq!(sent, destination);
    }

    #[test]
    fn lines_end_with_one_character() {
        assert_eq!(lines("Un\r\ndeux\r\n"), "Un\ndeux");
    }
}
