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

use super::{Choice, affected::Affected, closures, not_theirs, read, rights::Rights, slips};
use crate::{
    addresses::address,
    failure::{Trouble, render},
    faults::Faults,
    frame::{Frame, Room},
    redraw::{NO_CALL, NO_VERSION},
    text::Text,
    visitor::SignedIn,
};

/// What the form changes.
const FIELDS: [&str; 5] = ["start_date", "end_date", "reason", "severity", "note"];

/// What was typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Given {
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

/// What is closed.
struct Place {
    name: String,
    page: String,
    /// Whether the reader may close and open it.
    may: bool,
}

#[derive(Template)]
#[template(path = "places_closure.html")]
struct Page {
    text: Text,
    frame: Frame,
    place: Place,
    id: Option<String>,
    given: Given,
    faults: Faults,
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

pub(crate) async fn begin(signed_in: SignedIn, Query(mut given): Query<Given>) -> Result<Response, Trouble> {
    let place = place(&signed_in, &given).await?;
    if !place.may {
        return Err(not_theirs());
    }
    given.request_id = signed_in.env.ids.next::<Uuid>().to_string();
    if given.severity == 0 {
        given.severity = ClosureSeverity::HoldNewRequests.into();
    }
    Ok(form(&signed_in, place, None, given, (Faults::default(), None)))
}

pub(crate) async fn create(signed_in: SignedIn, Form(given): Form<Given>) -> Result<Response, Trouble> {
    let place = place(&signed_in, &given).await?;
    let request = CreateClosureRequest { closure: Some(given.closure("")), request_id: given.request_id.clone() };
    if let Some(redraw) = signed_in.redraw {
        let request = CreateClosureRequest { request_id: NO_CALL.into(), ..request };
        let refusal = redraw.refusal(signed_in.api.closures().create_closure(request)).await;
        let faults = slips::again(refusal, signed_in.text())?;
        return Ok(form(&signed_in, place, None, given, (faults, None)));
    }
    match signed_in.api.closures().create_closure(request).await {
        // Whoever closes a place wants to know at once whom that touches.
        Ok(answer) => {
            let made = answer.into_inner().closure.unwrap_or_default();
            Ok(signed_in.done("done-places-closure", &place.name, &format!("/places/closures/{}", made.id)))
        }
        Err(status) => {
            let faults = slips::of(status, signed_in.text())?;
            Ok(form(&signed_in, place, None, given, (faults, None)))
        }
    }
}

pub(crate) async fn edit(signed_in: SignedIn, Path(id): Path<String>) -> Result<Response, Trouble> {
    let given = Given::of(read::closure(&signed_in.api, &id).await?);
    let (place, affected) = futures::try_join!(place(&signed_in, &given), Affected::read(&signed_in, &id))?;
    Ok(form(&signed_in, place, Some(id), given, (Faults::default(), affected)))
}

pub(crate) async fn save(
    signed_in: SignedIn,
    Path(id): Path<String>,
    Form(typed): Form<Given>,
) -> Result<Response, Trouble> {
    let present = Given::of(read::closure(&signed_in.api, &id).await?);
    let place = place(&signed_in, &present).await?;
    let present_etag = present.etag.clone();
    let (step, etag) = (typed.step.clone(), typed.etag.clone());
    let mut given = match step.as_str() {
        // Who ends it or takes it back does not mean what else stands in the form.
        "end" | "withdraw" => Given { etag, ..present },
        // The place stays; the rest is as typed.
        _ => Given {
            agency_id: present.agency_id,
            site_id: present.site_id,
            destination_id: present.destination_id,
            ..typed
        },
    };
    let mut closure = given.closure(&id);
    let (paths, done): (&[&str], _) = match step.as_str() {
        "end" => {
            closure.end_date = signed_in.env.today().to_string();
            (&["end_date"], "done-places-closure-ended")
        }
        "withdraw" => {
            closure.active = false;
            (&["active"], "done-places-closure-withdrawn")
        }
        _ => (&FIELDS, "done-places-closure"),
    };
    let update_mask = Some(prost_types::FieldMask { paths: paths.iter().map(ToString::to_string).collect() });
    if let Some(redraw) = signed_in.redraw {
        let closure = Some(Closure { etag: NO_VERSION.into(), ..closure });
        let request = UpdateClosureRequest { closure, update_mask };
        let refusal = redraw.refusal(signed_in.api.closures().update_closure(request)).await;
        let faults = slips::again(refusal, signed_in.text())?;
        let affected = Affected::read(&signed_in, &id).await?;
        return Ok(form(&signed_in, place, Some(id), given, (faults, affected)));
    }
    let request = UpdateClosureRequest { closure: Some(closure), update_mask };
    match signed_in.api.closures().update_closure(request).await {
        Ok(_) => Ok(signed_in.done(done, &place.name, &place.page)),
        Err(status) => {
            if slips::is_stale(&status) {
                given.etag = present_etag;
            }
            let faults = slips::of(status, signed_in.text())?;
            let affected = Affected::read(&signed_in, &id).await?;
            Ok(form(&signed_in, place, Some(id), given, (faults, affected)))
        }
    }
}

impl Given {
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
async fn place(signed_in: &SignedIn, given: &Given) -> Result<Place, Status> {
    let (api, rights) = (&signed_in.api, Rights(&signed_in.session.me));
    if !given.destination_id.is_empty() {
        let destination = read::destination(api, &given.destination_id).await?;
        let site = read::site(api, &destination.site_id).await?;
        return Ok(Place {
            may: rights.edit(&destination, &site),
            page: format!("/places/destinations/{}", destination.id),
            name: format!("{} – {}", destination.name, site.name),
        });
    }
    if !given.agency_id.is_empty() {
        let agency = read::agency(api, &given.agency_id).await?;
        let page = address("/places", &[("kind", "sites"), ("agency_id", &agency.id)]);
        return Ok(Place { may: rights.keep_agency(&agency.id), page, name: agency.name });
    }
    let site = read::site(api, &given.site_id).await?;
    Ok(Place { may: rights.keep_site(&site), page: format!("/places/sites/{}", site.id), name: site.name })
}

fn form(
    signed_in: &SignedIn,
    place: Place,
    id: Option<String>,
    given: Given,
    (faults, affected): (Faults, Option<Affected>),
) -> Response {
    let text = signed_in.text();
    let today = signed_in.env.today().to_string();
    let choice =
        |value: i32, label: String, chosen: i32| Choice { value: value.to_string(), label, chosen: value == chosen };
    let reasons = (1..).map_while(|n| ClosureReason::try_from(n).ok());
    let severities = (1..).map_while(|n| ClosureSeverity::try_from(n).ok());
    let status = slips::status_code(&faults);
    let page = Page {
        text,
        frame: signed_in.frame(Room::Places).holding("closure-form", "save"),
        reasons: reasons.map(|r| choice(r.into(), closures::reason(text, r), given.reason)).collect(),
        severities: severities.map(|s| choice(s.into(), closures::severity(text, s), given.severity)).collect(),
        reason: words(ClosureReason::try_from(given.reason).map(|reason| closures::reason(text, reason))),
        severity: words(ClosureSeverity::try_from(given.severity).map(|severity| closures::severity(text, severity))),
        start: text.day(&given.start_date),
        end: text.day(&given.end_date),
        affected,
        ends: id.is_some() && given.start_date <= today && today < given.end_date,
        place,
        id,
        given,
        faults,
        today: text.day(&today),
    };
    (status, render(&page)).into_response()
}
