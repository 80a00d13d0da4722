//! Closing a place for a while, moving the days, opening it again (domain §5.6).

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::{Form, Query};
use proto::configuration::v1::{Closure, ClosureReason, ClosureSeverity, CreateClosureRequest, UpdateClosureRequest};
use serde::Deserialize;
use tonic::Status;
use uuid::Uuid;

use super::{
    closure_requests::Affected,
    closures,
    menu::ENTRY,
    rights::{Rights, forbidden},
};
use crate::{
    api::places,
    shell::{Layout, NO_CALL, NO_VERSION, PageError, SignedIn, address},
    ui::{Choice, FormErrors, Text, is_stale, render},
};

const FIELDS: [&str; 5] = ["start_date", "end_date", "reason", "severity", "note"];

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ClosureForm {
    etag: String,
    request_id: String,
    agency_id: String,
    site_id: String,
    destination_id: String,
    start_date: String,
    end_date: String,
    reason: i32,
    severity: i32,
    note: String,
    /// The button: `save`, `end` or `withdraw`.
    step: String,
}

struct Place {
    name: String,
    page: String,
    /// Whether the reader may close and open it.
    may: bool,
}

#[derive(Template)]
#[template(path = "places/closure.html")]
struct Page {
    text: Text,
    layout: Layout,
    place: Place,
    id: Option<String>,
    form: ClosureForm,
    errors: FormErrors,
    reasons: Vec<Choice>,
    severities: Vec<Choice>,
    /// Whether it has begun and is not over: it can end today.
    ends: bool,
    today: String,
    /// The same in words, for those who only look.
    start: String,
    end: String,
    reason: String,
    severity: String,
    /// What it touches, for those who have a list of requests.
    affected: Option<Affected>,
}

pub(crate) async fn begin(user: SignedIn, Query(mut form): Query<ClosureForm>) -> Result<Response, PageError> {
    let place = place(&user, &form).await?;
    if !place.may {
        return Err(forbidden());
    }
    form.request_id = user.env.ids.next::<Uuid>().to_string();
    if form.severity == 0 {
        form.severity = ClosureSeverity::HoldNewRequests.into();
    }
    Ok(page(&user, place, None, form, (FormErrors::default(), None)))
}

pub(crate) async fn create(user: SignedIn, Form(form): Form<ClosureForm>) -> Result<Response, PageError> {
    let place = place(&user, &form).await?;
    let request = CreateClosureRequest { closure: Some(form.closure("")), request_id: form.request_id.clone() };
    if let Some(redraw) = user.redraw {
        let request = CreateClosureRequest { request_id: NO_CALL.into(), ..request };
        let refusal = redraw.refusal(user.api.closures().create_closure(request)).await;
        let errors = FormErrors::again(refusal, user.text())?;
        return Ok(page(&user, place, None, form, (errors, None)));
    }
    match user.api.closures().create_closure(request).await {
        // Whoever closes a place wants to know at once whom that touches.
        Ok(answer) => {
            let made = answer.into_inner().closure.unwrap_or_default();
            Ok(user.done("done-places-closure", &place.name, &format!("/places/closures/{}", made.id)))
        }
        Err(status) => {
            let errors = FormErrors::of_change(status, user.text())?;
            Ok(page(&user, place, None, form, (errors, None)))
        }
    }
}

pub(crate) async fn edit(user: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    let form = ClosureForm::of(places::closure(&user.api, &id).await?);
    let (place, affected) = futures::try_join!(place(&user, &form), Affected::read(&user, &id))?;
    Ok(page(&user, place, Some(id), form, (FormErrors::default(), affected)))
}

pub(crate) async fn save(
    user: SignedIn,
    Path(id): Path<String>,
    Form(typed): Form<ClosureForm>,
) -> Result<Response, PageError> {
    let present = ClosureForm::of(places::closure(&user.api, &id).await?);
    let place = place(&user, &present).await?;
    let present_etag = present.etag.clone();
    let (step, etag) = (typed.step.clone(), typed.etag.clone());
    let mut form = match step.as_str() {
        // Who ends it or takes it back does not mean what else stands in the form.
        "end" | "withdraw" => ClosureForm { etag, ..present },
        // The place stays; the rest is as typed.
        _ => ClosureForm {
            agency_id: present.agency_id,
            site_id: present.site_id,
            destination_id: present.destination_id,
            ..typed
        },
    };
    let mut closure = form.closure(&id);
    let (paths, done): (&[&str], _) = match step.as_str() {
        "end" => {
            closure.end_date = user.env.today().to_string();
            (&["end_date"], "done-places-closure-ended")
        }
        "withdraw" => {
            closure.active = false;
            (&["active"], "done-places-closure-withdrawn")
        }
        _ => (&FIELDS, "done-places-closure"),
    };
    let update_mask = Some(prost_types::FieldMask { paths: paths.iter().map(ToString::to_string).collect() });
    if let Some(redraw) = user.redraw {
        let closure = Some(Closure { etag: NO_VERSION.into(), ..closure });
        let request = UpdateClosureRequest { closure, update_mask };
        let refusal = redraw.refusal(user.api.closures().update_closure(request)).await;
        let errors = FormErrors::again(refusal, user.text())?;
        let affected = Affected::read(&user, &id).await?;
        return Ok(page(&user, place, Some(id), form, (errors, affected)));
    }
    let request = UpdateClosureRequest { closure: Some(closure), update_mask };
    match user.api.closures().update_closure(request).await {
        Ok(_) => Ok(user.done(done, &place.name, &place.page)),
        Err(status) => {
            if is_stale(&status) {
                form.etag = present_etag;
            }
            let errors = FormErrors::of_change(status, user.text())?;
            let affected = Affected::read(&user, &id).await?;
            Ok(page(&user, place, Some(id), form, (errors, affected)))
        }
    }
}

impl ClosureForm {
    fn of(closure: Closure) -> Self {
        Self {
            etag: closure.etag,
            agency_id: closure.agency_id,
            site_id: closure.site_id,
            destination_id: closure.destination_id,
            start_date: closure.start_date,
            end_date: closure.end_date,
            reason: closure.reason,
            severity: closure.severity,
            note: closure.note,
            ..Self::default()
        }
    }

    fn closure(&self, id: &str) -> Closure {
        Closure {
            id: id.to_owned(),
            agency_id: self.agency_id.clone(),
            site_id: self.site_id.clone(),
            destination_id: self.destination_id.clone(),
            start_date: self.start_date.clone(),
            end_date: self.end_date.clone(),
            reason: self.reason,
            severity: self.severity,
            note: self.note.trim().replace("\r\n", "\n"),
            active: true,
            etag: self.etag.clone(),
        }
    }
}

/// What a code says; nothing where these texts do not know it.
fn words<E>(said: Result<String, E>) -> String {
    said.unwrap_or_default()
}

/// What is closed, whoever may do so.
async fn place(user: &SignedIn, form: &ClosureForm) -> Result<Place, Status> {
    let (api, rights) = (&user.api, Rights::of(&user.session.me));
    if !form.destination_id.is_empty() {
        let destination = places::destination(api, &form.destination_id).await?;
        let site = places::site(api, &destination.site_id).await?;
        return Ok(Place {
            may: rights.edit(&destination, &site),
            page: format!("/places/destinations/{}", destination.id),
            name: format!("{} – {}", destination.name, site.name),
        });
    }
    if !form.agency_id.is_empty() {
        let agency = places::agency(api, &form.agency_id).await?;
        let page = address("/places", &[("kind", "sites"), ("agency_id", &agency.id)]);
        return Ok(Place { may: rights.keep_agency(&agency.id), page, name: agency.name });
    }
    let site = places::site(api, &form.site_id).await?;
    Ok(Place { may: rights.keep_site(&site), page: format!("/places/sites/{}", site.id), name: site.name })
}

fn page(
    user: &SignedIn,
    place: Place,
    id: Option<String>,
    form: ClosureForm,
    (errors, affected): (FormErrors, Option<Affected>),
) -> Response {
    let text = user.text();
    let today = user.env.today().to_string();
    let choice = |value: i32, label: String, chosen: i32| Choice::new(&value.to_string(), label, &chosen.to_string());
    let reasons = (1..).map_while(|n| ClosureReason::try_from(n).ok());
    let severities = (1..).map_while(|n| ClosureSeverity::try_from(n).ok());
    let status = errors.status_code();
    let page = Page {
        text,
        layout: user.layout(ENTRY).with_form("closure-form", "save"),
        reasons: reasons.map(|r| choice(r.into(), closures::reason(text, r), form.reason)).collect(),
        severities: severities.map(|s| choice(s.into(), closures::severity(text, s), form.severity)).collect(),
        reason: words(ClosureReason::try_from(form.reason).map(|reason| closures::reason(text, reason))),
        severity: words(ClosureSeverity::try_from(form.severity).map(|severity| closures::severity(text, severity))),
        start: text.day(&form.start_date),
        end: text.day(&form.end_date),
        affected,
        ends: id.is_some() && form.start_date <= today && today < form.end_date,
        place,
        id,
        form,
        errors,
        today: text.day(&today),
    };
    (status, render(&page)).into_response()
}
