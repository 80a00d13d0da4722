//! The page behind the link that an agent without account receives by mail. Looking does not use the link up; answering
//! does. It is read on a phone, in a minute, by someone who has never seen Tandem.

use askama::Template;
use axum::{
    Form,
    extract::{
        Path, Query, State,
        rejection::{FormRejection, QueryRejection},
    },
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
};
use kernel::Locale;
use proto::{
    notification::v1::{LookUpAnswerLinkRequest, LookUpAnswerLinkResponse, UseAnswerLinkRequest},
    placement::v1::Answer,
};
use serde::Deserialize;
use tonic::Status;
use tonic_types::StatusExt as _;

use crate::{
    api::{Api, Client},
    shell::{AppState, Layout, of_status},
    ui::{Misfits, Text, render, user_message},
};

#[derive(Template)]
#[template(path = "answer/page.html")]
struct Question<'a> {
    text: Text,
    layout: Layout,
    token: &'a str,
    link: &'a LookUpAnswerLinkResponse,
    /// What is wrong with the answer that was just given, if anything.
    error: Option<String>,
    form: &'a AnswerForm,
}

#[derive(Template)]
#[template(path = "answer/answered.html")]
struct Answered {
    text: Text,
    layout: Layout,
    accepted: bool,
    reference: String,
}

/// What the reader asks of the page.
#[derive(Default, Deserialize)]
pub(super) struct AnswerQuery {
    lang: Option<String>,
}

/// What the reader has filled in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct AnswerForm {
    answer: String,
    reason_code: String,
    comment: String,
    /// What does not fit, if that is ticked.
    despite: String,
    /// The version that was read.
    etag: String,
    lang: String,
    /// The language that the page is to be shown in with what was filled in; empty to answer.
    language: String,
    /// What was refused on the page that was shown before.
    refused: String,
}

pub(super) async fn show(
    State(state): State<AppState>,
    Path(token): Path<String>,
    params: Result<Query<AnswerQuery>, QueryRejection>,
    client: Client,
    headers: HeaderMap,
) -> Response {
    let Query(params) = params.unwrap_or_default();
    let locale = chosen(params.lang.as_deref(), &headers);
    question(&state, &client, &token, locale, &AnswerForm::default(), None).await
}

pub(super) async fn submit(
    State(state): State<AppState>,
    Path(token): Path<String>,
    client: Client,
    headers: HeaderMap,
    form: Result<Form<AnswerForm>, FormRejection>,
) -> Response {
    let Ok(Form(form)) = form else {
        let locale = chosen(None, &headers).unwrap_or_default();
        return of_status(locale, &Status::invalid_argument(Text(locale).t("error-unreadable")));
    };
    if !form.language.is_empty() {
        let locale = chosen(Some(&form.language), &headers);
        return again(&state, &client, &token, locale, &form).await;
    }
    let locale = chosen(Some(&form.lang), &headers);
    let answer = match form.answer.as_str() {
        "accept" => Answer::Accept,
        "decline" => Answer::Decline,
        _ => Answer::Unspecified,
    };
    let message = UseAnswerLinkRequest {
        token: token.clone(),
        answer: answer.into(),
        reason_code: if answer == Answer::Decline { form.reason_code.clone() } else { String::new() },
        comment: form.comment.clone(),
        etag: form.etag.clone(),
        despite_misfits: Misfits::ticked(&form.despite).numbers(),
    };
    match in_language(&state, locale).for_client(&client).answer_links().use_answer_link(message).await {
        Ok(response) => {
            let response = response.into_inner();
            let accepted = response.answer() == Answer::Accept;
            let text = Text(locale.unwrap_or_default());
            let layout = Layout::bare();
            render(&Answered { text, layout, accepted, reference: response.reference }).into_response()
        }
        // The form is shown again with what was filled in: nothing that was typed is lost.
        Err(status) if is_explained(&status) => question(&state, &client, &token, locale, &form, Some(&status)).await,
        Err(status) => of_status(locale.unwrap_or_default(), &status),
    }
}

/// The page with what was filled in, and what was wrong with it.
async fn question(
    state: &AppState,
    client: &Client,
    token: &str,
    locale: Option<Locale>,
    form: &AnswerForm,
    refusal: Option<&Status>,
) -> Response {
    let link = match look_up(state, client, token, locale).await {
        Ok(link) => link,
        Err(status) => return of_status(locale.unwrap_or_default(), &status),
    };
    let text = Text(locale.unwrap_or_else(|| link.language.parse().unwrap_or_default()));
    let error = refusal.map(|status| explain(text, status));
    let status = if error.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let page = Question { text, layout: Layout::bare(), token, link: &link, error, form };
    (status, render(&page)).into_response()
}

/// The page in another language. A refusal without a reason is found faulty again; nothing else that was filled in can be
/// tried without being taken.
async fn again(state: &AppState, client: &Client, token: &str, locale: Option<Locale>, form: &AnswerForm) -> Response {
    let mut refusal = None;
    if form.refused == "decline" && form.reason_code.is_empty() {
        let (token, answer) = (token.to_owned(), Answer::Decline.into());
        let message = UseAnswerLinkRequest { token, answer, ..UseAnswerLinkRequest::default() };
        refusal = in_language(state, locale).for_client(client).answer_links().use_answer_link(message).await.err();
    }
    let refusal = refusal.filter(|status| status.get_details_bad_request().is_some());
    question(state, client, token, locale, form, refusal.as_ref()).await
}

async fn look_up(
    state: &AppState,
    client: &Client,
    token: &str,
    locale: Option<Locale>,
) -> Result<LookUpAnswerLinkResponse, Status> {
    let message = LookUpAnswerLinkRequest { token: token.to_owned() };
    Ok(in_language(state, locale).for_client(client).answer_links().look_up_answer_link(message).await?.into_inner())
}

/// The gateway in the reader's language, if it is known.
fn in_language(state: &AppState, locale: Option<Locale>) -> Api {
    locale.map_or_else(|| state.api.clone(), |locale| state.api.in_language(locale))
}

/// The language that the reader chose on the page, else the browser's.
fn chosen(lang: Option<&str>, headers: &HeaderMap) -> Option<Locale> {
    lang.and_then(|l| l.parse().ok()).or_else(|| chassis::locale::asked(headers))
}

/// Whether the page is shown again for it: with what is wrong, with what has changed meanwhile or does not fit.
fn is_explained(status: &Status) -> bool {
    let is_shown_again = ["REQUEST_CHANGED", "DOES_NOT_FIT"];
    status.get_details_bad_request().is_some() || is_shown_again.contains(&&*user_message::reason(status))
}

/// What is wrong, field by field, as the page calls them.
fn explain(text: Text, status: &Status) -> String {
    if status.get_details_bad_request().is_none() {
        return user_message::message(status);
    }
    let fields = status.get_details_bad_request().map(|b| b.field_violations).unwrap_or_default();
    let in_field = |key: &str, error: &str| text.with("answer-fault", &[("field", &text.t(key)), ("error", error)]);
    let named = |field: &str, error: &str| match field {
        "reason_code" => in_field("answer-reason", error),
        "comment" => in_field("answer-comment", error),
        _ => error.to_owned(),
    };
    fields.iter().map(|f| named(&f.field, &f.description)).collect::<Vec<_>>().join(" ")
}
