//! The page as a whole.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use kernel::Locale;
use proto::placement::v1::{Action, PlacementRequest};
use uuid::Uuid;

use super::{
    action_sections::{ActionSection, sections},
    ask_elsewhere::elsewhere,
    data::RequestData,
    facts::{self, Contact, Fact},
    mails,
    steps::{self, Progress, Step, Turn},
    timeline::{self, RowContext},
    view::{Attempt, PageQuery},
};
use crate::{
    pages::{
        actions::Field,
        requests::{ENTRY, page_of},
    },
    shell::{Layout, SignedIn},
    ui::{Text, render},
};

/// What happened between reading and deciding.
pub(super) struct Meanwhile {
    pub(super) rows: Vec<timeline::Row>,
    /// What was typed for a decision that is no longer possible.
    pub(super) lost_words: Option<String>,
}

#[derive(Template)]
#[template(path = "request/page.html")]
struct Page<'a> {
    text: Text,
    layout: Layout,
    request: &'a PlacementRequest,
    state_label: String,
    here: String,
    back: &'a str,
    turn: Turn,
    steps: Vec<Step>,
    facts: Vec<Fact>,
    tags: Vec<String>,
    people: Vec<Contact>,
    answer: Option<(String, String)>,
    forms: Vec<ActionSection>,
    /// A new request like this one, for what was declined.
    elsewhere: Option<String>,
    can_edit: bool,
    timeline: Vec<timeline::Row>,
    /// The entry of the history that was shown last, for telling what came after it.
    last_entry: &'a str,
    mails: Option<Result<Vec<mails::Row>, ()>>,
    mail_request_ids: Vec<String>,
    meanwhile: Option<Meanwhile>,
    form_error: Option<String>,
}

/// Shows it, with the form that was refused if there is one.
pub(super) fn page(user: &SignedIn, data: &RequestData, query: &PageQuery, attempt: Option<Attempt>) -> Response {
    let text = user.text();
    let request = &data.request;
    let role = user.session.role();
    let context = RowContext { text, reader: role, zone: &user.env.zone, reasons: &data.reasons };
    let status = match &attempt {
        None => StatusCode::OK,
        Some(attempt) if attempt.stale => StatusCode::CONFLICT,
        Some(attempt) if attempt.errors.is_empty() => StatusCode::OK,
        Some(_) => StatusCode::BAD_REQUEST,
    };
    let turn = steps::turn(text, request, role);
    let meanwhile = attempt.as_ref().filter(|a| a.stale).map(|attempt| meanwhile(data, &context, attempt));
    let mails = data.deliveries.as_ref().map(|mails| match mails {
        Ok(mails) => Ok(mails::rows(text, &user.env.zone, &user.session, request, mails)),
        Err(()) => Err(()),
    });
    let mail_request_ids = mails.iter().flatten().flatten().map(|_| user.env.ids.next::<Uuid>().to_string()).collect();
    let forms = sections(user, data, query, attempt.as_ref(), turn.mine);
    let open = forms.iter().find(|form| form.open).map(|form| form.id("form"));
    let layout = user.layout(ENTRY);
    let page = Page {
        text,
        layout: if let Some(form) = open { layout.with_form(form, "") } else { layout },
        state_label: text.state(request.state(), role),
        here: page_of(&request.id, &query.back),
        back: &query.back,
        steps: steps::steps(request, &data.history, role),
        facts: facts::facts(text, request, &data.placement_type),
        tags: facts::tags(text, request),
        people: facts::people(text, request, &data.contacts),
        answer: facts::answer(text, request, &data.reasons),
        form_error: attempt.as_ref().filter(|a| !a.stale).and_then(|a| a.errors.of_form().map(str::to_owned)),
        forms,
        elsewhere: elsewhere(request, role),
        can_edit: request.actions().any(|action| action == Action::Update),
        timeline: context.rows(data.history.iter()),
        last_entry: data.history.last().map_or("", |entry| entry.id.as_str()),
        turn,
        mails,
        mail_request_ids,
        meanwhile,
        request,
    };
    (status, render(&page)).into_response()
}

fn meanwhile(data: &RequestData, context: &RowContext<'_>, attempt: &Attempt) -> Meanwhile {
    let rows = context.rows(timeline::since(&data.history, &attempt.form.last_entry).iter());
    let is_over = !data.actions.contains(&attempt.action);
    let words = attempt.form.comment.trim();
    Meanwhile { rows, lost_words: (is_over && !words.is_empty()).then(|| words.to_owned()) }
}

impl Page<'_> {
    fn progress(step: &Step) -> &'static str {
        match step.progress {
            Progress::Done => "done",
            Progress::Broken => "broken",
            Progress::Current | Progress::Ahead => "",
        }
    }

    fn is_current(step: &Step) -> bool {
        step.progress == Progress::Current
    }

    /// What is closed on some of its days.
    fn closed(&self) -> Option<String> {
        let (from, to) = (&self.request.closure_start_date, &self.request.closure_end_date);
        let days = || self.text.dates(from, to);
        (!from.is_empty()).then(|| self.text.with("request-closed", &[("days", &days())]))
    }

    /// French sets a space before a colon.
    fn colon(&self) -> &'static str {
        if self.text.0 == Locale::Fr { "\u{a0}:" } else { ":" }
    }
}
