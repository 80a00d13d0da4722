//! A new request, or a draft that is changed: one form that shows where there is room while people choose. Looking is a
//! POST too, since what people type into a comment has no place in an address.

use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use axum_extra::extract::{Form, Query};
use proto::placement::v1::{
    Action, CreateRequestRequest, FittingDestination, GetRequestRequest, Kind, Misfit, Place, PlacementRequest,
    SendRequestRequest, UpdateRequestRequest, Weekday,
};
use tonic::Status;
use uuid::Uuid;

use super::{
    choices::{Choices, is_quick_entry},
    form,
    menu::ENTRY,
};
use crate::{
    shell::{Layout, NO_CALL, NO_VERSION, PageError, SignedIn},
    ui::{Choice, Field, FormErrors, Text, Values, label_of, names, render, slug},
};

const DAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];
const KINDS: [Kind; 3] = [Kind::Individual, Kind::Group, Kind::Observation];
/// What the choice of a place is in the message: its errors stand beside that choice.
const PLACE: [&str; 3] = ["site_id", "service_id", "destination_id"];

#[derive(Template)]
#[template(path = "new_request/page.html")]
struct Page {
    text: Text,
    layout: Layout,
    form: Values,
    fields: Vec<&'static Field<PlacementRequest>>,
    choices: Choices,
    errors: FormErrors,
    quick_entry: bool,
    /// The draft that is changed; `None` for a new request.
    draft: Option<PlacementRequest>,
    address: String,
}

impl Page {
    fn title(&self) -> String {
        match &self.draft {
            Some(draft) => self.text.with("new-title-draft", &[("reference", &draft.reference)]),
            None => self.text.t("new-title"),
        }
    }

    /// The choice of a place as a whole; its coordinator chooses the unit.
    fn whole(&self, place: &Place) -> String {
        format!("{}:{}:", place.site_id, place.service_id)
    }

    /// The choice of one unit.
    fn unit(&self, place: &Place, unit: &FittingDestination) -> String {
        format!("{}{}", self.whole(place), unit.destination_id)
    }

    fn names_a_unit_of(&self, place: &Place) -> bool {
        place.destinations.iter().any(|unit| self.unit(place, unit) == self.form.one("place"))
    }

    fn other_errors(&self) -> Vec<&str> {
        self.errors.others(&[&names(form::fields())[..], &PLACE].concat())
    }

    fn place_error(&self) -> Option<&str> {
        PLACE.iter().find_map(|field| self.errors.at(field))
    }

    /// Whether a day of the week is ticked.
    fn has(&self, day: &Weekday) -> bool {
        self.form.holds("weekdays", &i32::from(*day).to_string())
    }

    fn day(&self, day: &Weekday) -> String {
        self.text.t(&format!("weekday-{}", slug(day.as_str_name(), "WEEKDAY_")))
    }

    fn kind(&self, kind: &Kind) -> String {
        terms::kind(*kind, self.text.0)
    }

    fn label(&self, field: &str) -> String {
        self.text.t(label_of(&self.fields, field))
    }

    fn schools(&self) -> Vec<Choice> {
        self.options("placing_agency_id", self.choices.schools.iter().map(|s| (&s.id, s.name.clone())))
    }

    fn programs(&self) -> Vec<Choice> {
        let names = self.choices.programs.iter().map(|p| (&p.id, self.text.pick(p.name.as_ref())));
        self.options("program_id", names)
    }

    fn courses(&self) -> Vec<Choice> {
        let names =
            self.choices.courses.iter().map(|c| (&c.id, format!("{} {}", c.code, self.text.pick(c.name.as_ref()))));
        self.options("course_id", names)
    }

    /// What stands where no course is chosen.
    fn no_course(&self) -> String {
        self.text.t(if self.form.has("program_id") { "new-choose" } else { "new-program-first" })
    }

    fn types(&self) -> Vec<Choice> {
        let names = self.choices.types.iter().map(|t| (&t.code, self.text.pick(t.name.as_ref())));
        self.options("placement_type_code", names)
    }

    fn options<'a>(&self, field: &str, named: impl Iterator<Item = (&'a String, String)>) -> Vec<Choice> {
        named.map(|(value, label)| Choice::new(value, label, self.form.one(field))).collect()
    }

    fn free_places(&self, unit: &FittingDestination) -> String {
        let values = [
            ("free", unit.free.to_string()),
            ("capacity", unit.capacity.to_string()),
            ("pending", unit.pending.to_string()),
        ];
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.text.with("new-free-places", &values)
    }

    fn misfit(&self, unit: &FittingDestination) -> String {
        match unit.misfit() {
            Misfit::Unspecified => self.text.t("new-fits"),
            other => self.text.t(&format!("misfit-{}", slug(other.as_str_name(), "MISFIT_"))),
        }
    }
}

pub(super) async fn show(user: SignedIn, Query(given): Query<Vec<(String, String)>>) -> Result<Response, PageError> {
    let form = form::begin(given.into(), &user.env.ids);
    page(&user, form, None, FormErrors::default()).await
}

pub(super) async fn submit(user: SignedIn, Form(typed): Form<Vec<(String, String)>>) -> Result<Response, PageError> {
    let form = Values::from(typed);
    if form.one("step") == "look" {
        return page(&user, form, None, FormErrors::default()).await;
    }
    let request_id = form.one("request_id").to_owned();
    let message = CreateRequestRequest { request: Some(form::request(&form, "")), request_id };
    if let Some(redraw) = user.redraw {
        let message = CreateRequestRequest { request_id: NO_CALL.into(), ..message };
        let refusal = redraw.refusal(user.api.requests().create_request(message)).await;
        return page(&user, form, None, refusal.map(FormErrors::of).transpose()?.unwrap_or_default()).await;
    }
    let created = match user.api.requests().create_request(message).await {
        Ok(answer) => subject(answer.into_inner().request)?,
        Err(status) => {
            let form = form::with_call(form, &user.env.ids);
            return page(&user, form, None, FormErrors::of(status)?).await;
        }
    };
    go_on(&user, &form, created).await
}

pub(super) async fn show_draft(user: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    let draft = read(&user, id).await?;
    if !draft.actions.contains(&i32::from(Action::Update)) {
        return Ok(Redirect::to(&format!("/requests/{}", draft.id)).into_response());
    }
    let form = form::of(&draft, &user.env.ids);
    page(&user, form, Some(draft), FormErrors::default()).await
}

pub(super) async fn submit_draft(
    user: SignedIn,
    Path(id): Path<String>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let form = Values::from(typed);
    let draft = read(&user, id).await?;
    if form.one("step") == "look" {
        return page(&user, form, Some(draft), FormErrors::default()).await;
    }
    let message = UpdateRequestRequest {
        request: Some(form::request(&form, &draft.id)),
        update_mask: None,
        request_id: form.one("request_id").to_owned(),
    };
    if let Some(redraw) = user.redraw {
        let request = message.request.map(|request| PlacementRequest { etag: NO_VERSION.into(), ..request });
        let message = UpdateRequestRequest { request, request_id: NO_CALL.into(), ..message };
        let refusal = redraw.refusal(user.api.requests().update_request(message)).await;
        return page(&user, form, Some(draft), refusal.map(FormErrors::of).transpose()?.unwrap_or_default()).await;
    }
    let updated = match user.api.requests().update_request(message).await {
        Ok(answer) => subject(answer.into_inner().request)?,
        Err(status) => {
            let errors = FormErrors::of(status)?;
            // Somebody else saved in the meantime: what is typed stays, and is compared with the newest from now on.
            let form = form::with_call(form, &user.env.ids).with("etag", &draft.etag);
            return page(&user, form, Some(draft), errors).await;
        }
    };
    go_on(&user, &form, updated).await
}

/// Sends what was saved, if that was the wish.
async fn go_on(user: &SignedIn, form: &Values, saved: PlacementRequest) -> Result<Response, PageError> {
    let to = format!("/requests/{}", saved.id);
    if form.one("step") != "send" || is_quick_entry(user) {
        let key = if is_quick_entry(user) { "done-quick-entry" } else { "done-saved" };
        return Ok(user.done(key, &saved.reference, &to));
    }
    let request_id = user.env.ids.next::<Uuid>().to_string();
    let message = SendRequestRequest { id: saved.id.clone(), etag: saved.etag.clone(), request_id };
    match user.api.requests().send_request(message).await {
        Ok(_) => Ok(user.done("done-sent", &saved.reference, &to)),
        // The draft is safe; what keeps it from being sent is said above its form.
        Err(status) => {
            let errors = FormErrors::of(status)?;
            page(user, form::of(&saved, &user.env.ids), Some(saved), errors).await
        }
    }
}

async fn page(
    user: &SignedIn,
    mut form: Values,
    draft: Option<PlacementRequest>,
    errors: FormErrors,
) -> Result<Response, PageError> {
    let choices = Choices::load(user, &form).await?;
    if let Some(course) = choices.course(&form) {
        if course.hours > 0 {
            form = form.or("hours_per_student", course.hours.to_string());
        }
        form = form.or("placement_type_code", &course.placement_type_code);
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let address = draft.as_ref().map_or_else(|| "/requests/new".to_owned(), |d| format!("/requests/{}/edit", d.id));
    let page = Page {
        text: user.text(),
        layout: user.layout(ENTRY).with_form("new-request", "look"),
        form,
        fields: form::fields().collect(),
        choices,
        errors,
        quick_entry: is_quick_entry(user),
        draft,
        address,
    };
    Ok((status, render(&page)).into_response())
}

async fn read(user: &SignedIn, id: String) -> Result<PlacementRequest, PageError> {
    subject(user.api.requests().get_request(GetRequestRequest { id }).await?.into_inner().request)
}

fn subject(request: Option<PlacementRequest>) -> Result<PlacementRequest, PageError> {
    request.ok_or_else(|| Status::internal("an answer without its subject").into())
}
