//! Closing a place for a while, moving the days, opening it again (domain §5.6).

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::{Form, Query};
use kernel::Locale;
use prost_types::FieldMask;
use proto::configuration::v1::{Closure, ClosureReason, ClosureSeverity, CreateClosureRequest, UpdateClosureRequest};
use uuid::Uuid;

use super::{closed_place::ClosedPlace, closure_requests::Affected, closures, menu::ENTRY, rights::forbidden};
use crate::{
    api::places,
    shell::{Layout, NO_CALL, NO_VERSION, PageError, SignedIn},
    ui::{Choice, Field, FormErrors, Text, Values, is_stale, mask, names, render},
};

const FIELDS: &[Field<Closure>] = &[
    Field::text("start_date", "places-start", |c| &mut c.start_date),
    Field::text("end_date", "places-end", |c| &mut c.end_date),
    Field::count("reason", "places-reason", |c| &mut c.reason),
    Field::count("severity", "places-severity", |c| &mut c.severity),
    Field::text("note", "places-note", |c| &mut c.note),
];
/// What is closed, of which the form asks nothing.
const PLACE: &[Field<Closure>] = &[
    Field::text("agency_id", "places-agency", |c| &mut c.agency_id),
    Field::text("site_id", "places-site", |c| &mut c.site_id),
    Field::text("destination_id", "places-destination", |c| &mut c.destination_id),
];

#[derive(Template)]
#[template(path = "places/closure.html")]
struct Page {
    text: Text,
    layout: Layout,
    place: ClosedPlace,
    /// Whether the reader may change it: one that was withdrawn is only looked at.
    may: bool,
    withdrawn: bool,
    id: Option<String>,
    form: Values,
    fields: Vec<&'static Field<Closure>>,
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

impl Page {
    fn other_errors(&self) -> Vec<&str> {
        self.errors.others(&names(FIELDS))
    }
}

pub(crate) async fn begin(user: SignedIn, Query(given): Query<Vec<(String, String)>>) -> Result<Response, PageError> {
    let form = Values::from(given).with("request_id", user.env.ids.next::<Uuid>().to_string());
    let place = ClosedPlace::of(&user, &typed(PLACE, &form, Closure::default())).await?;
    if !place.may {
        return Err(forbidden());
    }
    let form = form.or("severity", i32::from(ClosureSeverity::HoldNewRequests).to_string());
    Ok(page(&user, place, None, form, (FormErrors::default(), None)))
}

pub(crate) async fn create(user: SignedIn, Form(given): Form<Vec<(String, String)>>) -> Result<Response, PageError> {
    let form = Values::from(given);
    let closure = typed(FIELDS.iter().chain(PLACE), &form, Closure { active: true, ..Closure::default() });
    let place = ClosedPlace::of(&user, &closure).await?;
    let request = CreateClosureRequest { closure: Some(closure), request_id: form.one("request_id").to_owned() };
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
    let closure = places::closure(&user.api, &id).await?;
    let (place, affected) =
        futures::try_join!(ClosedPlace::of(&user, &closure), Affected::read(&user, &id, &closure.etag))?;
    Ok(page(&user, place, Some((id, closure.active)), shown(&closure), (FormErrors::default(), affected)))
}

pub(crate) async fn save(
    user: SignedIn,
    Path(id): Path<String>,
    Form(given): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let present = places::closure(&user.api, &id).await?;
    let place = ClosedPlace::of(&user, &present).await?;
    let given = Values::from(given);
    let (step, etag) = (given.one("step").to_owned(), given.one("etag").to_owned());
    // Who ends it or takes it back does not mean what else stands in the form.
    let as_it_is = matches!(step.as_str(), "end" | "withdraw");
    let mut form = if as_it_is { shown(&present).with("etag", etag) } else { given };
    // The place stays; the rest is as typed.
    let base = Closure { etag: form.one("etag").to_owned(), active: true, ..present.clone() };
    let mut closure = typed(FIELDS, &form, base);
    let paths = |paths: &[&str]| FieldMask { paths: paths.iter().map(ToString::to_string).collect() };
    let (update_mask, done) = match step.as_str() {
        "end" => {
            closure.end_date = user.env.today().to_string();
            (paths(&["end_date"]), "done-places-closure-ended")
        }
        "withdraw" => {
            closure.active = false;
            (paths(&["active"]), "done-places-closure-withdrawn")
        }
        _ => (mask(FIELDS), "done-places-closure"),
    };
    let update_mask = Some(update_mask);
    if let Some(redraw) = user.redraw {
        let closure = Some(Closure { etag: NO_VERSION.into(), ..closure });
        let request = UpdateClosureRequest { closure, update_mask };
        let refusal = redraw.refusal(user.api.closures().update_closure(request)).await;
        let errors = FormErrors::again(refusal, user.text())?;
        let affected = Affected::read(&user, &id, &present.etag).await?;
        return Ok(page(&user, place, Some((id, present.active)), form, (errors, affected)));
    }
    let request = UpdateClosureRequest { closure: Some(closure), update_mask };
    match user.api.closures().update_closure(request).await {
        Ok(_) => Ok(user.done(done, &place.name, &place.page)),
        Err(status) => {
            if is_stale(&status) {
                form = form.with("etag", &present.etag);
            }
            let errors = FormErrors::of_change(status, user.text())?;
            let affected = Affected::read(&user, &id, &present.etag).await?;
            Ok(page(&user, place, Some((id, present.active)), form, (errors, affected)))
        }
    }
}

/// What a closure holds, as the form shows it.
fn shown(closure: &Closure) -> Values {
    Values::of(FIELDS.iter().chain(PLACE), closure).with("etag", &closure.etag)
}

/// The closure that was typed; the service says what is wrong with each field.
fn typed(fields: impl IntoIterator<Item = &'static Field<Closure>>, form: &Values, base: Closure) -> Closure {
    form.message(fields, base, &mut FormErrors::default(), Text(Locale::default()))
}

fn page(
    user: &SignedIn,
    place: ClosedPlace,
    stored: Option<(String, bool)>,
    form: Values,
    (errors, affected): (FormErrors, Option<Affected>),
) -> Response {
    let text = user.text();
    let (id, active) = stored.map_or((None, true), |(id, active)| (Some(id), active));
    let today = user.env.today().to_string();
    let choice = |field: &str, value: i32, label: String| Choice::new(&value.to_string(), label, form.one(field));
    let reasons = (1..).map_while(|n| ClosureReason::try_from(n).ok());
    let reasons: Vec<_> = reasons.map(|r| choice("reason", r.into(), closures::reason(text, r))).collect();
    let severities = (1..).map_while(|n| ClosureSeverity::try_from(n).ok());
    let severities: Vec<_> = severities.map(|s| choice("severity", s.into(), closures::severity(text, s))).collect();
    let said = |choices: &[Choice]| choices.iter().find(|c| c.selected).map(|c| c.label.clone()).unwrap_or_default();
    let (start, end) = (form.one("start_date"), form.one("end_date"));
    let status = errors.status_code();
    let page = Page {
        text,
        layout: user.layout(ENTRY).with_form("closure-form", "save"),
        reason: said(&reasons),
        severity: said(&severities),
        reasons,
        severities,
        start: text.day(start),
        end: text.day(end),
        affected,
        ends: id.is_some() && start <= today.as_str() && today.as_str() < end,
        fields: FIELDS.iter().collect(),
        may: place.may && active,
        withdrawn: !active,
        place,
        id,
        form,
        errors,
        today: text.day(&today),
    };
    (status, render(&page)).into_response()
}
