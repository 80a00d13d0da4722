//! The forms of a service at a site, which local administrators keep (domain §5.3).

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::Form;
use proto::configuration::v1::{CreateServiceRequest, Service, Site, UpdateServiceRequest};
use tonic::Status;
use uuid::Uuid;

use super::{
    menu::ENTRY,
    people::people,
    rights::{Rights, forbidden},
};
use crate::{
    api::places,
    shell::{Layout, NO_CALL, NO_VERSION, PageError, SignedIn},
    ui::{Choice, Field, FormErrors, Text, Values, is_stale, mask, render},
};

const FIELDS: &[Field<Service>] = &[
    Field::<Service>::text("name_fr", "places-name-fr", |s| &mut s.name.get_or_insert_default().fr).part_of("name"),
    Field::<Service>::text("name_en", "places-name-en", |s| &mut s.name.get_or_insert_default().en).part_of("name"),
    Field::text("receiving_coordinator_id", "places-coordinator", |s| &mut s.receiving_coordinator_id),
    Field::flag("automatic_redirect", "places-automatic", |s| &mut s.automatic_redirect),
    Field::flag("active", "places-active", |s| &mut s.active),
];

#[derive(Template)]
#[template(path = "places/service_form.html")]
struct Page {
    text: Text,
    layout: Layout,
    site: Site,
    /// What is edited; `None` for a new one.
    service: Option<Service>,
    form: Values,
    fields: Vec<&'static Field<Service>>,
    errors: FormErrors,
    people: Vec<Choice>,
}

pub(crate) async fn edit(user: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    let service = places::service(&user.api, &id).await?;
    let site = kept_site(&user, &service.site_id).await?;
    let form = Values::of(FIELDS, &service).with("etag", &service.etag);
    Ok(page(&user, site, Some(service), form, FormErrors::default()).await?)
}

pub(crate) async fn save(
    user: SignedIn,
    Path(id): Path<String>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (text, mut form) = (user.text(), Values::from(typed));
    let present = places::service(&user.api, &id).await?;
    let base = Service { id: id.clone(), site_id: present.site_id.clone(), ..Service::default() };
    let service = form.message(FIELDS, base, &mut FormErrors::default(), text);
    let name = text.pick(service.name.as_ref());
    let etag = if user.redraw.is_some() { NO_VERSION } else { form.one("etag") }.to_owned();
    let request = UpdateServiceRequest { service: Some(Service { etag, ..service }), update_mask: Some(mask(FIELDS)) };
    let call = async { user.api.services().update_service(request).await };
    let errors = match user.redraw {
        Some(redraw) => FormErrors::again(redraw.refusal(call).await, text)?,
        None => match call.await {
            Ok(_) => return Ok(user.done("done-places-service", &name, &format!("/places/services/{id}"))),
            Err(status) => {
                if is_stale(&status) {
                    // Sent again, the form replaces what somebody else has written meanwhile: it says so.
                    form = form.with("etag", &present.etag);
                }
                FormErrors::of_change(status, text)?
            }
        },
    };
    let site = places::site(&user.api, &present.site_id).await?;
    Ok(page(&user, site, Some(present), form, errors).await?)
}

pub(crate) async fn begin(user: SignedIn, Path(site_id): Path<String>) -> Result<Response, PageError> {
    let site = kept_site(&user, &site_id).await?;
    let new = Service { active: true, ..Service::default() };
    let form = Values::of(FIELDS, &new).with("request_id", user.env.ids.next::<Uuid>().to_string());
    Ok(page(&user, site, None, form, FormErrors::default()).await?)
}

pub(crate) async fn create(
    user: SignedIn,
    Path(site_id): Path<String>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (text, form) = (user.text(), Values::from(typed));
    let base = Service { site_id: site_id.clone(), ..Service::default() };
    let service = Service { active: true, ..form.message(FIELDS, base, &mut FormErrors::default(), text) };
    let name = text.pick(service.name.as_ref());
    let request_id = if user.redraw.is_some() { NO_CALL } else { form.one("request_id") }.to_owned();
    let request = CreateServiceRequest { service: Some(service), request_id };
    let call = async { user.api.services().create_service(request).await };
    let errors = match user.redraw {
        Some(redraw) => FormErrors::again(redraw.refusal(call).await, text)?,
        None => match call.await {
            Ok(answer) => {
                let id = answer.into_inner().service.unwrap_or_default().id;
                return Ok(user.done("done-places-service-added", &name, &format!("/places/services/{id}")));
            }
            Err(status) => FormErrors::of_change(status, text)?,
        },
    };
    let site = places::site(&user.api, &site_id).await?;
    Ok(page(&user, site, None, form, errors).await?)
}

async fn kept_site(user: &SignedIn, id: &str) -> Result<Site, PageError> {
    let site = places::site(&user.api, id).await?;
    if Rights::of(&user.session.me).keep_site(&site) { Ok(site) } else { Err(forbidden()) }
}

async fn page(
    user: &SignedIn,
    site: Site,
    service: Option<Service>,
    form: Values,
    errors: FormErrors,
) -> Result<Response, Status> {
    let of_agency = places::people_of(&user.api, &site.agency_id).await?;
    let status = errors.status_code();
    let page = Page {
        text: user.text(),
        layout: user.layout(ENTRY).with_form("service-form", ""),
        people: people(of_agency, form.one("receiving_coordinator_id")),
        site,
        service,
        form,
        fields: FIELDS.iter().collect(),
        errors,
    };
    Ok((status, render(&page)).into_response())
}
