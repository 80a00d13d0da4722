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

use super::{Choice, not_theirs, read, rights::Rights, slips};
use crate::{
    failure::{Trouble, render},
    faults::Faults,
    frame::{Frame, Room},
    redraw::{NO_CALL, NO_VERSION},
    text::Text,
    visitor::SignedIn,
};

/// What the form changes.
const FIELDS: [&str; 4] = ["name", "receiving_coordinator_id", "automatic_redirect", "active"];

/// What was typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Given {
    etag: String,
    request_id: String,
    name_fr: String,
    name_en: String,
    receiving_coordinator_id: String,
    automatic_redirect: bool,
    active: bool,
}

#[derive(Template)]
#[template(path = "places_service_form.html")]
struct Page {
    text: Text,
    frame: Frame,
    site: Site,
    /// What is edited; `None` for a new one.
    service: Option<Service>,
    given: Given,
    faults: Faults,
    people: Vec<Choice>,
}

pub(crate) async fn edit(signed_in: SignedIn, Path(id): Path<String>) -> Result<Response, Trouble> {
    let service = read::service(&signed_in.api, &id).await?;
    let site = kept_site(&signed_in, &service.site_id).await?;
    let name = service.name.clone().unwrap_or_default();
    let given = Given {
        etag: service.etag.clone(),
        request_id: String::new(),
        name_fr: name.fr,
        name_en: name.en,
        receiving_coordinator_id: service.receiving_coordinator_id.clone(),
        automatic_redirect: service.automatic_redirect,
        active: service.active,
    };
    Ok(form(&signed_in, site, Some(service), given, Faults::default()).await?)
}

pub(crate) async fn save(
    signed_in: SignedIn,
    Path(id): Path<String>,
    Form(mut given): Form<Given>,
) -> Result<Response, Trouble> {
    let text = signed_in.text();
    let present = read::service(&signed_in.api, &id).await?;
    let service = Service { id: id.clone(), etag: given.etag.clone(), ..given.service(&present.site_id) };
    let name = text.pick(service.name.as_ref());
    let update_mask = Some(prost_types::FieldMask { paths: FIELDS.map(str::to_owned).into() });
    if let Some(redraw) = signed_in.redraw {
        let service = Some(Service { etag: NO_VERSION.into(), ..service });
        let request = UpdateServiceRequest { service, update_mask };
        let refusal = redraw.refusal(signed_in.api.services().update_service(request)).await;
        let site = read::site(&signed_in.api, &present.site_id).await?;
        return Ok(form(&signed_in, site, Some(present), given, slips::again(refusal, text)?).await?);
    }
    let request = UpdateServiceRequest { service: Some(service), update_mask };
    let faults = match signed_in.api.services().update_service(request).await {
        Ok(_) => return Ok(signed_in.done("done-places-service", &name, &format!("/places/services/{id}"))),
        Err(status) => {
            if slips::is_stale(&status) {
                // Sent again, the form replaces what somebody else has written meanwhile: it says so.
                given.etag.clone_from(&present.etag);
            }
            slips::of(status, text)?
        }
    };
    let site = read::site(&signed_in.api, &present.site_id).await?;
    Ok(form(&signed_in, site, Some(present), given, faults).await?)
}

pub(crate) async fn begin(signed_in: SignedIn, Path(site_id): Path<String>) -> Result<Response, Trouble> {
    let site = kept_site(&signed_in, &site_id).await?;
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
    let service = Service { active: true, ..given.service(&site_id) };
    let name = text.pick(service.name.as_ref());
    let request = CreateServiceRequest { service: Some(service), request_id: given.request_id.clone() };
    if let Some(redraw) = signed_in.redraw {
        let request = CreateServiceRequest { request_id: NO_CALL.into(), ..request };
        let refusal = redraw.refusal(signed_in.api.services().create_service(request)).await;
        let site = read::site(&signed_in.api, &site_id).await?;
        return Ok(form(&signed_in, site, None, given, slips::again(refusal, text)?).await?);
    }
    let faults = match signed_in.api.services().create_service(request).await {
        Ok(answer) => {
            let id = answer.into_inner().service.unwrap_or_default().id;
            return Ok(signed_in.done("done-places-service-added", &name, &format!("/places/services/{id}")));
        }
        Err(status) => slips::of(status, text)?,
    };
    let site = read::site(&signed_in.api, &site_id).await?;
    Ok(form(&signed_in, site, None, given, faults).await?)
}

impl Given {
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

async fn kept_site(signed_in: &SignedIn, id: &str) -> Result<Site, Trouble> {
    let site = read::site(&signed_in.api, id).await?;
    if Rights(&signed_in.session.me).keep_site(&site) { Ok(site) } else { Err(not_theirs()) }
}

async fn form(
    signed_in: &SignedIn,
    site: Site,
    service: Option<Service>,
    given: Given,
    faults: Faults,
) -> Result<Response, Status> {
    let people = read::people_of(&signed_in.api, &site.agency_id).await?;
    let status = slips::status_code(&faults);
    let page = Page {
        text: signed_in.text(),
        frame: signed_in.frame(Room::Places).holding("service-form", ""),
        people: super::people(people, &given.receiving_coordinator_id),
        site,
        service,
        given,
        faults,
    };
    Ok((status, render(&page)).into_response())
}
