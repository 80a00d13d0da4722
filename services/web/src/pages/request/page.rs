//! The page as a whole.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use kernel::Locale;
use proto::placement::v1::{Action, PlacementRequest, State};
use uuid::Uuid;

use super::{
    act::Given,
    address,
    deed::Deed,
    deliveries,
    elsewhere::elsewhere,
    facts::{self, Contact, Fact},
    known::{Known, Route},
    places::{Places, Wanted},
    timeline::{self, Writer},
    way::{self, Progress, Step, Turn},
};
use crate::{
    failure::render,
    faults::Faults,
    frame::{Frame, Room},
    text::Text,
    visitor::SignedIn,
};

/// What the address asks of the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// Which decision is opened.
    pub(super) open: Option<Deed>,
    /// Where to go back to; empty for nowhere.
    pub(super) back: String,
    /// Which destinations are searched for.
    pub(super) query: String,
    /// Which destination is ticked.
    pub(super) destination_id: String,
}

/// A form that was refused.
pub(super) struct Attempt {
    pub(super) deed: Deed,
    pub(super) given: Given,
    pub(super) faults: Faults,
    /// Whether somebody else was faster.
    pub(super) stale: bool,
}

/// The form of one decision.
pub(super) struct Form {
    pub(super) deed: Deed,
    pub(super) title: String,
    pub(super) consequence: String,
    pub(super) open: bool,
    /// Whether it is what the page is opened for.
    pub(super) primary: bool,
    pub(super) given: Given,
    pub(super) faults: Faults,
    /// Whether it holds what somebody typed.
    pub(super) typed: bool,
    pub(super) request_id: String,
    /// Code, words, whether it is chosen.
    pub(super) reasons: Vec<(String, String, bool)>,
    pub(super) places: Option<Places>,
}

impl Form {
    fn id(&self, field: &str) -> String {
        format!("{}-{field}", self.deed.slug())
    }

    /// The fields of days, with the keys of their labels.
    fn days(&self) -> [(&'static str, &'static str, &str); 2] {
        [("start_date", "request-start", &self.given.start_date), ("end_date", "request-end", &self.given.end_date)]
    }

    /// Faults that stand beside none of its fields.
    fn other_faults(&self) -> Vec<&str> {
        self.faults.beside(&["reason_code", "comment", "start_date", "end_date", "destination_id"])
    }
}

/// What happened between reading and deciding.
pub(super) struct Meanwhile {
    pub(super) rows: Vec<timeline::Row>,
    /// What was typed for a decision that is no longer possible.
    pub(super) lost_words: Option<String>,
}

#[derive(Template)]
#[template(path = "request.html")]
struct Page<'a> {
    text: Text,
    frame: Frame,
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
    forms: Vec<Form>,
    /// A new request like this one, for what was declined.
    elsewhere: Option<String>,
    can_edit: bool,
    timeline: Vec<timeline::Row>,
    /// The entry of the history that was shown last, for telling what came after it.
    last_entry: &'a str,
    mails: Option<Result<Vec<deliveries::Row>, ()>>,
    mail_request_ids: Vec<String>,
    meanwhile: Option<Meanwhile>,
    whole_fault: Option<String>,
}

/// Shows it, with the form that was refused if there is one.
pub(super) fn page(who: &SignedIn, known: &Known, asked: &Asked, attempt: Option<Attempt>) -> Response {
    let text = who.text();
    let request = &known.request;
    let role = who.session.role();
    let writer = Writer { text, reader: role, zone: &who.env.zone, reasons: &known.reasons };
    let status = match &attempt {
        None => StatusCode::OK,
        Some(attempt) if attempt.stale => StatusCode::CONFLICT,
        Some(attempt) if attempt.faults.is_empty() => StatusCode::OK,
        Some(_) => StatusCode::BAD_REQUEST,
    };
    let turn = way::turn(text, request, role);
    let meanwhile = attempt.as_ref().filter(|a| a.stale).map(|attempt| meanwhile(known, &writer, attempt));
    let mails = known.deliveries.as_ref().map(|mails| match mails {
        Ok(mails) => Ok(deliveries::rows(text, &who.env.zone, &who.session, request, mails)),
        Err(()) => Err(()),
    });
    let mail_request_ids = mails.iter().flatten().flatten().map(|_| new_id(who)).collect();
    let forms = forms(who, known, asked, attempt.as_ref(), turn.mine);
    let open = forms.iter().find(|form| form.open).map(|form| form.id("form"));
    let frame = who.frame(Room::Requests);
    let page = Page {
        text,
        frame: if let Some(form) = open { frame.holding(form, "") } else { frame },
        state_label: text.state(request.state(), role),
        here: address(&request.id, &asked.back),
        back: &asked.back,
        steps: way::steps(request, &known.history, role),
        facts: facts::facts(text, request, &known.placement_type),
        tags: facts::tags(text, request),
        people: facts::people(text, request, &known.contacts),
        answer: facts::answer(text, request, &known.reasons),
        whole_fault: attempt.as_ref().filter(|a| !a.stale).and_then(|a| a.faults.of_form().map(str::to_owned)),
        forms,
        elsewhere: elsewhere(request, role),
        can_edit: request.actions().any(|action| action == Action::Update),
        timeline: writer.rows(known.history.iter()),
        last_entry: known.history.last().map_or("", |entry| entry.id.as_str()),
        turn,
        mails,
        mail_request_ids,
        meanwhile,
        request,
    };
    (status, render(&page)).into_response()
}

fn meanwhile(known: &Known, writer: &Writer<'_>, attempt: &Attempt) -> Meanwhile {
    let rows = writer.rows(timeline::since(&known.history, &attempt.given.last_entry).iter());
    let is_over = !known.deeds.contains(&attempt.deed);
    let words = attempt.given.comment.trim();
    Meanwhile { rows, lost_words: (is_over && !words.is_empty()).then(|| words.to_owned()) }
}

fn forms(who: &SignedIn, known: &Known, asked: &Asked, attempt: Option<&Attempt>, my_turn: bool) -> Vec<Form> {
    // To ratify a refusal or to overrule it: neither goes without saying.
    let is_open_question = known.request.state() == State::DeclinedByDestination;
    let first = known.deeds.iter().copied().find(|deed| deed.moves_on()).filter(|_| my_turn && !is_open_question);
    let wanted = attempt.map(|attempt| attempt.deed).or(asked.open).filter(|deed| known.deeds.contains(deed));
    let open = wanted.or(first);
    let form = |deed: Deed| {
        let attempt = attempt.filter(|attempt| attempt.deed == deed);
        let (title, consequence) = deed.words(known.request.state(), who.session.role());
        let given = attempt.map_or_else(|| proposed(known, asked, deed), |attempt| attempt.given.clone());
        Form {
            deed,
            title: who.text().t(title),
            consequence: who.text().t(way_out(deed, known).unwrap_or(consequence)),
            open: open == Some(deed),
            primary: first == Some(deed),
            faults: attempt.map(|attempt| attempt.faults.clone()).unwrap_or_default(),
            typed: attempt.is_some(),
            request_id: new_id(who),
            reasons: reasons(who.text(), known, deed, &given),
            places: deed.has_places().then(|| places(who.text(), known, asked, &given)),
            given,
        }
    };
    known.deeds.iter().copied().map(form).collect()
}

/// What follows from sending depends on the way that the request takes.
fn way_out(deed: Deed, known: &Known) -> Option<&'static str> {
    match (deed, known.route) {
        (Deed::Send, _) if known.request.use_release_date => Some("request-then-send-held"),
        (Deed::Send, Route::Offline) => Some("request-then-send-offline"),
        (Deed::Send, Route::Automatic) => Some("request-then-send-automatic"),
        _ => None,
    }
}

/// What a form holds before anybody has typed.
fn proposed(known: &Known, asked: &Asked, deed: Deed) -> Given {
    let request = &known.request;
    let wished = if deed == Deed::Redirect { request.destination_id.clone() } else { String::new() };
    let ticked = asked.open == Some(deed) && !asked.destination_id.is_empty();
    // Whoever ratifies a refusal passes its reason on, unless they have another.
    let ratifies = deed == Deed::DeclineForAgency && request.state() == State::DeclinedByDestination;
    Given {
        start_date: request.start_date.clone(),
        end_date: request.end_date.clone(),
        resubmit: Some("yes".into()),
        reason_code: if ratifies { request.reason_code.clone() } else { String::new() },
        destination_id: if ticked { asked.destination_id.clone() } else { wished },
        ..Given::default()
    }
}

fn reasons(text: Text, known: &Known, deed: Deed, given: &Given) -> Vec<(String, String, bool)> {
    let offered = deed.reason().into_iter().flat_map(|used_for| known.reasons.offered(used_for));
    offered.map(|r| (r.code.clone(), text.pick(r.name.as_ref()), r.code == given.reason_code)).collect()
}

fn places(text: Text, known: &Known, asked: &Asked, given: &Given) -> Places {
    let wanted = Wanted { query: &asked.query, chosen: &given.destination_id, present: &known.request.destination_id };
    Places::of(text, &known.fits, &wanted)
}

fn new_id(who: &SignedIn) -> String {
    who.env.ids.next::<Uuid>().to_string()
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

    /// French sets a space before a colon.
    fn colon(&self) -> &'static str {
        if self.text.0 == Locale::Fr { "\u{a0}:" } else { ":" }
    }
}
