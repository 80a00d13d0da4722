//! A new request, or a draft that is changed: one form that shows where there is room while people choose. Looking is a
//! POST too, since what people type into a comment has no place in an address.

mod choices;
mod given;

use askama::Template;
use axum::{
    Router,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use axum_extra::extract::{Form, Query};
use proto::placement::v1::{
    Action, CreateRequestRequest, FittingDestination, GetRequestRequest, Kind, Misfit, Place, PlacementRequest,
    SendRequestRequest, UpdateRequestRequest, Weekday,
};
use tonic::Status;
use uuid::Uuid;

use self::choices::{Choices, is_quick_entry};
use crate::{
    Pages,
    failure::{Trouble, render},
    faults::Faults,
    frame::{Frame, Room},
    redraw::{NO_CALL, NO_VERSION},
    text::Text,
    visitor::SignedIn,
};

pub(crate) use given::Given;

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
/// Fields whose faults stand beside them; those of others stand above the form.
const SHOWN: [&str; 15] = [
    "placing_agency_id",
    "program_id",
    "course_id",
    "kind",
    "placement_type_code",
    "student_count",
    "hours_per_student",
    "start_date",
    "end_date",
    "weekdays",
    "shift_code",
    "site_id",
    "service_id",
    "destination_id",
    "comment",
];

pub(crate) fn routes() -> Router<Pages> {
    Router::new()
        .route("/requests/new", get(show).post(submit))
        .route("/requests/{id}/edit", get(show_draft).post(submit_draft))
}

#[derive(Template)]
#[template(path = "new_request.html")]
struct Page {
    text: Text,
    frame: Frame,
    given: Given,
    choices: Choices,
    faults: Faults,
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
        place.destinations.iter().any(|unit| self.unit(place, unit) == self.given.place)
    }

    fn faults_beside(&self) -> Vec<&str> {
        self.faults.beside(&SHOWN)
    }

    fn fault_of_place(&self) -> Option<&str> {
        ["site_id", "service_id", "destination_id"].iter().find_map(|field| self.faults.at(field))
    }

    fn day(&self, day: &Weekday) -> String {
        self.text.t(&format!("weekday-{}", crate::text::plain(day.as_str_name(), "WEEKDAY_")))
    }

    fn kind(&self, kind: &Kind) -> String {
        self.text.t(&format!("kind-{}", crate::text::plain(kind.as_str_name(), "KIND_")))
    }

    fn room(&self, unit: &FittingDestination) -> String {
        let values = [
            ("free", unit.free.to_string()),
            ("capacity", unit.capacity.to_string()),
            ("pending", unit.pending.to_string()),
        ];
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.text.with("new-room", &values)
    }

    fn misfit(&self, unit: &FittingDestination) -> String {
        match unit.misfit() {
            Misfit::Unspecified => self.text.t("new-fits"),
            other => self.text.t(&format!("misfit-{}", crate::text::plain(other.as_str_name(), "MISFIT_"))),
        }
    }
}

async fn show(by: SignedIn, Query(given): Query<Given>) -> Result<Response, Trouble> {
    let given = given.begin(&by.env.ids);
    page(&by, given, None, Faults::default()).await
}

async fn submit(by: SignedIn, Form(mut given): Form<Given>) -> Result<Response, Trouble> {
    if given.step == "look" {
        return page(&by, given, None, Faults::default()).await;
    }
    let message = CreateRequestRequest { request: Some(given.request("")), request_id: given.request_id.clone() };
    if let Some(redraw) = by.redraw {
        let message = CreateRequestRequest { request_id: NO_CALL.into(), ..message };
        let refusal = redraw.refusal(by.api.requests().create_request(message)).await;
        return page(&by, given, None, refusal.map(Faults::of).transpose()?.unwrap_or_default()).await;
    }
    let created = match by.api.requests().create_request(message).await {
        Ok(answer) => subject(answer.into_inner().request)?,
        Err(status) => {
            // What was refused is not remembered: the next try is another one.
            given.request_id = by.env.ids.next::<Uuid>().to_string();
            return page(&by, given, None, Faults::of(status)?).await;
        }
    };
    go_on(&by, &given, created).await
}

async fn show_draft(by: SignedIn, Path(id): Path<String>) -> Result<Response, Trouble> {
    let draft = read(&by, id).await?;
    if !draft.actions.contains(&i32::from(Action::Update)) {
        return Ok(Redirect::to(&format!("/requests/{}", draft.id)).into_response());
    }
    let given = Given::of(&draft, &by.env.ids);
    page(&by, given, Some(draft), Faults::default()).await
}

async fn submit_draft(by: SignedIn, Path(id): Path<String>, Form(mut given): Form<Given>) -> Result<Response, Trouble> {
    let draft = read(&by, id).await?;
    if given.step == "look" {
        return page(&by, given, Some(draft), Faults::default()).await;
    }
    let message = UpdateRequestRequest {
        request: Some(given.request(&draft.id)),
        update_mask: None,
        request_id: given.request_id.clone(),
    };
    if let Some(redraw) = by.redraw {
        let request = message.request.map(|request| PlacementRequest { etag: NO_VERSION.into(), ..request });
        let message = UpdateRequestRequest { request, request_id: NO_CALL.into(), ..message };
        let refusal = redraw.refusal(by.api.requests().update_request(message)).await;
        return page(&by, given, Some(draft), refusal.map(Faults::of).transpose()?.unwrap_or_default()).await;
    }
    let updated = match by.api.requests().update_request(message).await {
        Ok(answer) => subject(answer.into_inner().request)?,
        Err(status) => {
            given.request_id = by.env.ids.next::<Uuid>().to_string();
            let faults = Faults::of(status)?;
            // Somebody else saved in the meantime: what is typed stays, and is compared with the newest from now on.
            given.etag.clone_from(&draft.etag);
            return page(&by, given, Some(draft), faults).await;
        }
    };
    go_on(&by, &given, updated).await
}

/// Sends what was saved, if that was the wish.
async fn go_on(by: &SignedIn, given: &Given, saved: PlacementRequest) -> Result<Response, Trouble> {
    let to = format!("/requests/{}", saved.id);
    if given.step != "send" || is_quick_entry(by) {
        let key = if is_quick_entry(by) { "done-quick-entry" } else { "done-saved" };
        return Ok(by.done(key, &saved.reference, &to));
    }
    let request_id = by.env.ids.next::<Uuid>().to_string();
    let message = SendRequestRequest { id: saved.id.clone(), etag: saved.etag.clone(), request_id };
    match by.api.requests().send_request(message).await {
        Ok(_) => Ok(by.done("done-sent", &saved.reference, &to)),
        // The draft is safe; what keeps it from being sent is said above its form.
        Err(status) => {
            let faults = Faults::of(status)?;
            page(by, Given::of(&saved, &by.env.ids), Some(saved), faults).await
        }
    }
}

async fn page(
    by: &SignedIn,
    mut given: Given,
    draft: Option<PlacementRequest>,
    faults: Faults,
) -> Result<Response, Trouble> {
    let choices = Choices::load(by, &given).await?;
    if let Some(course) = choices.course(&given) {
        if given.hours_per_student.is_empty() && course.hours > 0 {
            given.hours_per_student = course.hours.to_string();
        }
        if given.placement_type_code.is_empty() {
            given.placement_type_code.clone_from(&course.placement_type_code);
        }
    }
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let address = draft.as_ref().map_or_else(|| "/requests/new".to_owned(), |d| format!("/requests/{}/edit", d.id));
    let page = Page {
        text: by.text(),
        frame: by.frame(Room::NewRequest).holding("new-request", "look"),
        given,
        choices,
        faults,
        quick_entry: is_quick_entry(by),
        draft,
        address,
    };
    Ok((status, render(&page)).into_response())
}

async fn read(by: &SignedIn, id: String) -> Result<PlacementRequest, Trouble> {
    subject(by.api.requests().get_request(GetRequestRequest { id }).await?.into_inner().request)
}

fn subject(request: Option<PlacementRequest>) -> Result<PlacementRequest, Trouble> {
    request.ok_or_else(|| Status::internal("an answer without its subject").into())
}
