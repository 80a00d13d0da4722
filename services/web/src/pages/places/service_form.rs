//! The forms of a service at a site, which local administrators keep (domain §5.3).

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::Form;
use proto::{
    configuration::v1::{CreateServiceRequest, Service, Site, UpdateServiceRequest},
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
};
use crate::{
    api::places,
    shell::{Layout, NO_CALL, NO_VERSION, PageError, SignedIn},
    ui::{Choice, FormErrors, Text, render},
};

/// What the form changes.
const FIELDS: [&str; 4] = ["name", "receiving_coordinator_id", "automatic_redirect", "active"];

/// What was typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ServiceForm {
    etag: String,
    request_id: String,
    name_fr: String,
    name_en: String,
    receiving_coordinator_id: String,
    automatic_redirect: bool,
    active: bool,
}

#[derive(Template)]
#[template(path = "places/service_form.html")]
struct Page {
    text: Text,
    layout: Layout,
    site: Site,
    /// What is edited; `None` for a new one.
    service: Option<Service>,
    form: ServiceForm,
    errors: FormErrors,
    people: Vec<Choice>,
}

pub(crate) async fn edit(user: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    let service = places::service(&user.api, &id).await?;
    let site = kept_site(&user, &service.site_id).await?;
    let name = service.name.clone().unwrap_or_default();
    let form = ServiceForm {
        etag: service.etag.clone(),
        request_id: String::new(),
        name_fr: name.fr,
        name_en: name.en,
        receiving_coordinator_id: service.receiving_coordinator_id.clone(),
        automatic_redirect: service.automatic_redirect,
        active: service.active,
    };
    Ok(page(&user, site, Some(service), form, FormErrors::default()).await?)
}

pub(crate) async fn save(
    user: SignedIn,
    Path(id): Path<String>,
    Form(mut form): Form<ServiceForm>,
) -> Result<Response, PageError> {
    let text = user.text();
    let present = places::service(&user.api, &id).await?;
    let service = Service { id: id.clone(), etag: form.etag.clone(), ..form.service(&present.site_id) };
    let name = text.pick(service.name.as_ref());
    let update_mask = Some(prost_types::FieldMask { paths: FIELDS.map(str::to_owned).into() });
    if let Some(redraw) = user.redraw {
        let service = Some(Service { etag: NO_VERSION.into(), ..service });
        let request = UpdateServiceRequest { service, update_mask };
        let refusal = redraw.refusal(user.api.services().update_service(request)).await;
        let site = places::site(&user.api, &present.site_id).await?;
        return Ok(page(&user, site, Some(present), form, form_errors::again(refusal, text)?).await?);
    }
    let request = UpdateServiceRequest { service: Some(service), update_mask };
    let errors = match user.api.services().update_service(request).await {
        Ok(_) => return Ok(user.done("done-places-service", &name, &format!("/places/services/{id}"))),
        Err(status) => {
            if form_errors::is_stale(&status) {
                // Sent again, the form replaces what somebody else has written meanwhile: it says so.
                form.etag.clone_from(&present.etag);
            }
            form_errors::of(status, text)?
        }
    };
    let site = places::site(&user.api, &present.site_id).await?;
    Ok(page(&user, site, Some(present), form, errors).await?)
}

pub(crate) async fn begin(user: SignedIn, Path(site_id): Path<String>) -> Result<Response, PageError> {
    let site = kept_site(&user, &site_id).await?;
    let request_id = user.env.ids.next::<Uuid>().to_string();
    let form = ServiceForm { request_id, active: true, ..ServiceForm::default() };
    Ok(page(&user, site, None, form, FormErrors::default()).await?)
}

pub(crate) async fn create(
    user: SignedIn,
    Path(site_id): Path<String>,
    Form(form): Form<ServiceForm>,
) -> Result<Response, PageError> {
    let text = user.text();
    let service = Service { active: true, ..form.service(&site_id) };
    let name = text.pick(service.name.as_ref());
    let request = CreateServiceRequest { service: Some(service), request_id: form.request_id.clone() };
    if let Some(redraw) = user.redraw {
        let request = CreateServiceRequest { request_id: NO_CALL.into(), ..request };
        let refusal = redraw.refusal(user.api.services().create_service(request)).await;
        let site = places::site(&user.api, &site_id).await?;
        return Ok(page(&user, site, None, form, form_errors::again(refusal, text)?).await?);
    }
    let errors = match user.api.services().create_service(request).await {
        Ok(answer) => {
            let id = answer.into_inner().service.unwrap_or_default().id;
            return Ok(user.done("done-places-service-added", &name, &format!("/places/services/{id}")));
        }
        Err(status) => form_errors::of(status, text)?,
    };
    let site = places::site(&user.api, &site_id).await?;
    Ok(page(&user, site, None, form, errors).await?)
}

impl ServiceForm {
    fn service(&self, site_id: &str) -> Service {
        Service {
            site_id: site_id.to_owned(),
            name: Some(LocalizedText { fr: self.name_fr.trim().to_owned(), en: self.name_en.trim().to_owned() }),
            receiving_coordinator_id: self.receiving_coordinator_id.clone(),
            automatic_redirect: self.automatic_redirect,
            active: self.active,
            ..Service::default()
        }
    }
}

async fn kept_site(user: &SignedIn, id: &str) -> Result<Site, PageError> {
    let site = places::site(&user.api, id).await?;
    if Rights(&user.session.me).keep_site(&site) { Ok(site) } else { Err(forbidden()) }
}

async fn page(
    user: &SignedIn,
    site: Site,
    service: Option<Service>,
    form: ServiceForm,
    errors: FormErrors,
) -> Result<Response, Status> {
    let of_agency = places::people_of(&user.api, &site.agency_id).await?;
    let status = form_errors::status_code(&errors);
    let page = Page {
        text: user.text(),
        layout: user.layout(ENTRY).with_form("service-form", ""),
        people: people(of_agency, &form.receiving_coordinator_id),
        site,
        service,
        form,
        errors,
    };
    Ok((status, render(&page)).into_response())
}
