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
    Pages,
    api::{Api, Client},
    failure::{of_status, render},
    frame::Frame,
    text::Text,
};

#[derive(Template)]
#[template(path = "answer.html")]
struct Question<'a> {
    text: Text,
    frame: Frame,
    token: &'a str,
    link: &'a LookUpAnswerLinkResponse,
    /// What is wrong with the answer that was just given, if anything.
    fault: Option<String>,
    given: &'a Given,
}

#[derive(Template)]
#[template(path = "answered.html")]
struct Answered {
    text: Text,
    frame: Frame,
    accepted: bool,
    reference: String,
}

/// What the reader asks of the page.
#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    lang: Option<String>,
}

/// What the reader has filled in.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Given {
    answer: String,
    reason_code: String,
    comment: String,
    lang: String,
    /// The language that the page is to be shown in with what was filled in; empty to answer.
    language: String,
    /// What was refused on the page that was shown before.
    refused: String,
}

pub(crate) async fn show(
    State(pages): State<Pages>,
    Path(token): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
    client: Client,
    headers: HeaderMap,
) -> Response {
    let Query(asked) = asked.unwrap_or_default();
    let locale = chosen(asked.lang.as_deref(), &headers);
    question(&pages, &client, &token, locale, &Given::default(), None).await
}

pub(crate) async fn submit(
    State(pages): State<Pages>,
    Path(token): Path<String>,
    client: Client,
    headers: HeaderMap,
    given: Result<Form<Given>, FormRejection>,
) -> Response {
    let Ok(Form(given)) = given else {
        let locale = chosen(None, &headers).unwrap_or_default();
        return of_status(locale, &Status::invalid_argument(Text(locale).t("failure-unreadable")));
    };
    if !given.language.is_empty() {
        let locale = chosen(Some(&given.language), &headers);
        return again(&pages, &client, &token, locale, &given).await;
    }
    let locale = chosen(Some(&given.lang), &headers);
    let answer = match given.answer.as_str() {
        "accept" => Answer::Accept,
        "decline" => Answer::Decline,
        _ => Answer::Unspecified,
    };
    let message = UseAnswerLinkRequest {
        token: token.clone(),
        answer: answer.into(),
        reason_code: if answer == Answer::Decline { given.reason_code.clone() } else { String::new() },
        comment: given.comment.clone(),
    };
    match speaking(&pages, locale).counted(&client).answer_links().use_answer_link(message).await {
        Ok(response) => {
            let response = response.into_inner();
            let accepted = response.answer() == Answer::Accept;
            let text = Text(locale.unwrap_or_default());
            let frame = Frame::bare(text);
            render(&Answered { text, frame, accepted, reference: response.reference }).into_response()
        }
        // The form is shown again with what was filled in: nothing that was typed is lost.
        Err(status) if status.get_details_bad_request().is_some() => {
            question(&pages, &client, &token, locale, &given, Some(&status)).await
        }
        Err(status) => of_status(locale.unwrap_or_default(), &status),
    }
}

/// The page with what was filled in, and what was wrong with it.
async fn question(
    pages: &Pages,
    client: &Client,
    token: &str,
    locale: Option<Locale>,
    given: &Given,
    refusal: Option<&Status>,
) -> Response {
    let link = match look_up(pages, client, token, locale).await {
        Ok(link) => link,
        Err(status) => return of_status(locale.unwrap_or_default(), &status),
    };
    let text = Text(locale.unwrap_or_else(|| link.language.parse().unwrap_or_default()));
    let fault = refusal.map(|status| explain(text, status));
    let status = if fault.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let page = Question { text, frame: Frame::bare(text), token, link: &link, fault, given };
    (status, render(&page)).into_response()
}

/// The page in another language. A refusal without a reason is found faulty again; nothing else that was filled in can be
/// tried without being taken.
async fn again(pages: &Pages, client: &Client, token: &str, locale: Option<Locale>, given: &Given) -> Response {
    let mut refusal = None;
    if given.refused == "decline" && given.reason_code.is_empty() {
        let (token, answer) = (token.to_owned(), Answer::Decline.into());
        let message = UseAnswerLinkRequest { token, answer, ..UseAnswerLinkRequest::default() };
        refusal = speaking(pages, locale).counted(client).answer_links().use_answer_link(message).await.err();
    }
    let refusal = refusal.filter(|status| status.get_details_bad_request().is_some());
    question(pages, client, token, locale, given, refusal.as_ref()).await
}

async fn look_up(
    pages: &Pages,
    client: &Client,
    token: &str,
    locale: Option<Locale>,
) -> Result<LookUpAnswerLinkResponse, Status> {
    let message = LookUpAnswerLinkRequest { token: token.to_owned() };
    Ok(speaking(pages, locale).counted(client).answer_links().look_up_answer_link(message).await?.into_inner())
}

/// The gateway in the reader's language, if it is known.
fn speaking(pages: &Pages, locale: Option<Locale>) -> Api {
    locale.map_or_else(|| pages.api.clone(), |locale| pages.api.speaking(locale))
}

/// The language that the reader chose on the page, else the browser's.
fn chosen(lang: Option<&str>, headers: &HeaderMap) -> Option<Locale> {
    lang.and_then(|l| l.parse().ok()).or_else(|| chassis::locale::asked(headers))
}

/// What is wrong, field by field, as the page calls them.
fn explain(text: Text, status: &Status) -> String {
    let fields = status.get_details_bad_request().map(|b| b.field_violations).unwrap_or_default();
    let named = |field: &str, fault: &str| match field {
        "reason_code" => format!("{} : {fault}", text.t("answer-reason")),
        "comment" => format!("{} : {fault}", text.t("answer-comment")),
        _ => fault.to_owned(),
    };
    fields.iter().map(|f| named(&f.field, &f.description)).collect::<Vec<_>>().join(" ")
}
