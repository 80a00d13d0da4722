//! The forms of a destination: its profile, which its agent keeps, and the rest, which local administrators keep (domain §4.4).

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::Form;
use proto::configuration::v1::{CreateDestinationRequest, Destination, Shift, Site, UpdateDestinationRequest};
use tonic::Status;
use uuid::Uuid;

use super::{
    menu::ENTRY,
    people::people,
    rights::{Rights, forbidden},
    words::shift,
};
use crate::{
    api::places,
    shell::{Layout, NO_CALL, NO_VERSION, PageError, Redraw, SignedIn},
    ui::{Choice, Field, FormErrors, Text, Values, is_stale, mask, render},
};

/// What the agent keeps.
const PROFILE: &[Field<Destination>] = &[
    Field::text("name", "places-name", |d| &mut d.name),
    Field::text("short_name", "places-short-name", |d| &mut d.short_name),
    Field::text("location", "places-location", |d| &mut d.location),
    Field::number("capacity", "places-at-once", |d| &mut d.capacity),
    Field::number("maximum_group_size", "places-group", |d| &mut d.maximum_group_size),
    Field::number("minimum_notice_weeks", "places-notice", |d| &mut d.minimum_notice_weeks),
    Field::codes("shifts", "places-shifts", |d| &mut d.shifts),
    Field::<Destination>::text("description_fr", "places-description-fr", |d| {
        &mut d.description.get_or_insert_default().fr
    })
    .part_of("description"),
    Field::<Destination>::text("description_en", "places-description-en", |d| {
        &mut d.description.get_or_insert_default().en
    })
    .part_of("description"),
    Field::<Destination>::text("prerequisites_fr", "places-prerequisites-fr", |d| {
        &mut d.prerequisites.get_or_insert_default().fr
    })
    .part_of("prerequisites"),
    Field::<Destination>::text("prerequisites_en", "places-prerequisites-en", |d| {
        &mut d.prerequisites.get_or_insert_default().en
    })
    .part_of("prerequisites"),
];
/// What local administrators keep besides.
const REST: &[Field<Destination>] = &[
    Field::ids("service_ids", "places-services", |d| &mut d.service_ids),
    Field::text("agent_id", "places-agent", |d| &mut d.agent_id),
    Field::flag("active", "places-active", |d| &mut d.active),
];

fn all() -> impl Iterator<Item = &'static Field<Destination>> {
    PROFILE.iter().chain(REST)
}

#[derive(Template)]
#[template(path = "places/destination_form.html")]
struct Page {
    text: Text,
    layout: Layout,
    site: Site,
    /// What is edited; `None` for a new one.
    destination: Option<Destination>,
    form: Values,
    fields: Vec<&'static Field<Destination>>,
    errors: FormErrors,
    keeps: bool,
    services: Vec<Choice>,
    people: Vec<Choice>,
    shifts: Vec<Choice>,
}

pub(crate) async fn edit(user: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    let destination = places::destination(&user.api, &id).await?;
    let site = places::site(&user.api, &destination.site_id).await?;
    if !Rights::of(&user.session.me).edit(&destination, &site) {
        return Err(forbidden());
    }
    let form = Values::of(all(), &destination).with("etag", &destination.etag);
    Ok(page(&user, site, Some(destination), form, FormErrors::default()).await?)
}

pub(crate) async fn save(
    user: SignedIn,
    Path(id): Path<String>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (text, mut form) = (user.text(), Values::from(typed));
    let present = places::destination(&user.api, &id).await?;
    let site = places::site(&user.api, &present.site_id).await?;
    let mut errors = FormErrors::default();
    let etag = if user.redraw.is_some() { NO_VERSION } else { form.one("etag") }.to_owned();
    let base = Destination { id: id.clone(), site_id: site.id.clone(), etag, ..Destination::default() };
    let destination = Some(form.message(all(), base, &mut errors, text));
    let keeps = Rights::of(&user.session.me).keep_site(&site);
    let update_mask = Some(mask(PROFILE.iter().chain(if keeps { REST } else { &[] })));
    let call = async {
        user.api.destinations().update_destination(UpdateDestinationRequest { destination, update_mask }).await
    };
    if let Some(redraw) = user.redraw {
        let of_service = FormErrors::again(redraw.refusal(call).await, text)?;
        return Ok(page(&user, site, Some(present), form, again(redraw, errors, of_service)).await?);
    }
    if errors.is_empty() {
        match call.await {
            Ok(_) => {
                let to = format!("/places/destinations/{id}");
                return Ok(user.done("done-places-destination", form.one("name"), &to));
            }
            Err(status) => {
                if is_stale(&status) {
                    // Sent again, the form replaces what somebody else has written meanwhile: it says so.
                    form = form.with("etag", &present.etag);
                }
                errors = FormErrors::of_change(status, text)?;
            }
        }
    }
    Ok(page(&user, site, Some(present), form, errors).await?)
}

pub(crate) async fn begin(user: SignedIn, Path(site_id): Path<String>) -> Result<Response, PageError> {
    let site = places::site(&user.api, &site_id).await?;
    if !Rights::of(&user.session.me).keep_site(&site) {
        return Err(forbidden());
    }
    let form = Values::default().with("active", "true").with("request_id", user.env.ids.next::<Uuid>().to_string());
    Ok(page(&user, site, None, form, FormErrors::default()).await?)
}

pub(crate) async fn create(
    user: SignedIn,
    Path(site_id): Path<String>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (text, form) = (user.text(), Values::from(typed));
    let site = places::site(&user.api, &site_id).await?;
    let mut errors = FormErrors::default();
    let base = Destination { site_id, ..Destination::default() };
    let destination = Some(Destination { active: true, ..form.message(all(), base, &mut errors, text) });
    let request_id = if user.redraw.is_some() { NO_CALL } else { form.one("request_id") }.to_owned();
    let call = async {
        user.api.destinations().create_destination(CreateDestinationRequest { destination, request_id }).await
    };
    if let Some(redraw) = user.redraw {
        let of_service = FormErrors::again(redraw.refusal(call).await, text)?;
        return Ok(page(&user, site, None, form, again(redraw, errors, of_service)).await?);
    }
    if errors.is_empty() {
        match call.await {
            Ok(answer) => {
                let id = answer.into_inner().destination.unwrap_or_default().id;
                let to = format!("/places/destinations/{id}");
                return Ok(user.done("done-places-destination-added", form.one("name"), &to));
            }
            Err(status) => errors = FormErrors::of_change(status, text)?,
        }
    }
    Ok(page(&user, site, None, form, errors).await?)
}

/// What is said of a form that is shown again: what the service finds, unless numbers that are none come before.
fn again(redraw: Redraw, own: FormErrors, of_service: FormErrors) -> FormErrors {
    match redraw {
        Redraw::Typed => FormErrors::default(),
        Redraw::Refused if own.is_empty() => of_service,
        Redraw::Refused => own,
    }
}

async fn page(
    user: &SignedIn,
    site: Site,
    destination: Option<Destination>,
    form: Values,
    errors: FormErrors,
) -> Result<Response, Status> {
    let (api, text) = (&user.api, user.text());
    let keeps = Rights::of(&user.session.me).keep_site(&site);
    let (services, of_agency) = if keeps {
        futures::try_join!(places::services_of(api, &site.id), places::people_of(api, &site.agency_id))?
    } else {
        (Vec::new(), Vec::new())
    };
    let services = services.into_iter().map(|service| Choice {
        label: text.pick(service.name.as_ref()),
        selected: form.holds("service_ids", &service.id),
        value: service.id,
    });
    let shifts = [Shift::Day, Shift::Evening, Shift::Night].map(|one| {
        let value = i32::from(one).to_string();
        Choice { label: shift(text, one), selected: form.holds("shifts", &value), value }
    });
    let status = errors.status_code();
    let page = Page {
        text,
        layout: user.layout(ENTRY).with_form("destination-form", ""),
        services: services.collect(),
        people: people(of_agency, form.one("agent_id")),
        shifts: shifts.into(),
        fields: all().collect(),
        site,
        destination,
        form,
        errors,
        keeps,
    };
    Ok((status, render(&page)).into_response())
}
