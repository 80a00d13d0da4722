//! The page behind a mailed link, for somebody without account.

use std::collections::HashMap;

use proto::{
    notification::v1::{DeclineReason, LookUpAnswerLinkResponse, UseAnswerLinkRequest, UseAnswerLinkResponse},
    placement::v1::{Answer, Kind, Misfit},
};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::{data, world::World};

const LOOK_UP: &str = "AnswerLinkService/LookUpAnswerLink";
const USE: &str = "AnswerLinkService/UseAnswerLink";

async fn world() -> World {
    let world = World::new().await;
    let link = LookUpAnswerLinkResponse {
        language: "fr".into(),
        reference: "QC-7F3K-29".into(),
        placing_agency: "Cégep <de la Rive>".into(),
        program: data::words("Soins infirmiers", "Nursing"),
        site: "Hôpital du Parc".into(),
        destination: "4 Ouest".into(),
        start_date: "2027-01-11".into(),
        end_date: "2027-02-05".into(),
        student_count: 2,
        weekdays: vec![6, 7],
        shift_code: "N12".into(),
        placement_type: data::words("Préceptorat", "Preceptorship"),
        kind: Kind::Individual.into(),
        etag: "5".into(),
        decline_reasons: vec![DeclineReason { code: "D1".into(), name: data::words("Complet", "Full") }],
        ..LookUpAnswerLinkResponse::default()
    };
    world.gateway.answer(LOOK_UP, link);
    world
}

fn used(answer: Answer) -> UseAnswerLinkResponse {
    UseAnswerLinkResponse { answer: answer.into(), reference: "QC-7F3K-29".into() }
}

#[tokio::test]
async fn the_link_shows_what_is_asked_and_uses_nothing_up() {
    let world = world().await;
    let page = world.browser.get("/a/token").await;
    page.is(200).shows(&["QC-7F3K-29", "11 janvier 2027 – 5 février 2027", "2 étudiants", "value=\"D1\">", "Complet"]);
    page.shows(&["sam., dim.", "N12", "Préceptorat", "name=\"etag\" value=\"5\""]);
    page.shows(&["Cégep &#60;de la Rive&#62;"]).hides(&["<script", "Cégep <de"]);
    assert!(!page.body.contains("<nav") && !page.body.contains("<script"), "no menu and no script: {}", page.body);
    assert!(world.gateway.asked::<UseAnswerLinkRequest>(USE).is_empty());
    world.browser.get("/a/token?lang=en").await.is(200).shows(&["January 11, 2027", "Full"]);
}

#[tokio::test]
async fn an_answer_is_given_and_confirmed() {
    let world = world().await;
    world.gateway.answer(USE, used(Answer::Accept));
    let page = world
        .browser
        .post_as_it_is("/a/token", &[("answer", "accept"), ("reason_code", "D1"), ("comment", "Oui")])
        .await;
    page.is(200).shows(&["QC-7F3K-29"]);
    let asked = world.gateway.asked::<UseAnswerLinkRequest>(USE);
    assert_eq!((asked[0].answer(), &*asked[0].reason_code, &*asked[0].comment), (Answer::Accept, "", "Oui"));
    world.gateway.answer(USE, used(Answer::Decline));
    world.browser.post_as_it_is("/a/token", &[("answer", "decline"), ("reason_code", "D1")]).await.is(200);
    let asked = world.gateway.asked::<UseAnswerLinkRequest>(USE);
    assert_eq!((asked[1].answer(), &*asked[1].reason_code), (Answer::Decline, "D1"));
}

#[tokio::test]
async fn a_refused_answer_keeps_what_was_typed_in_either_language() {
    let world = world().await;
    let details = ErrorDetails::with_bad_request_violation("reason_code", "Choisissez.");
    world.gateway.refuse(USE, Status::with_error_details(Code::InvalidArgument, "no", details));
    let page = world.browser.post_as_it_is("/a/token", &[("answer", "decline"), ("comment", "Mots & co")]).await;
    page.is(400).shows(&["Choisissez.", "Mots &#38; co", "name=\"refused\" value=\"decline\""]);
    let again = [("language", "en"), ("refused", "decline"), ("comment", "Mots & co")];
    let page = world.browser.post_as_it_is("/a/token", &again).await;
    page.is(400).shows(&["Choisissez.", "Mots &#38; co", "Full"]);
    let asked = world.gateway.asked::<UseAnswerLinkRequest>(USE);
    assert!(asked.iter().all(|call| call.answer() == Answer::Decline && call.reason_code.is_empty()));
}

#[tokio::test]
async fn what_has_changed_since_it_was_read_is_shown_again_with_what_was_typed() {
    let world = world().await;
    let details = ErrorDetails::with_error_info("REQUEST_CHANGED", "tandem.health", HashMap::<String, String>::new());
    world.gateway.refuse(USE, Status::with_error_details(Code::Aborted, "La demande a changé.", details));
    let typed = [("answer", "accept"), ("comment", "Bienvenue"), ("etag", "4")];
    let page = world.browser.post_as_it_is("/a/token", &typed).await;
    page.is(400).shows(&["La demande a changé.", "Bienvenue", "name=\"etag\" value=\"5\"", "11 janvier 2027"]);
    assert_eq!(world.gateway.asked::<UseAnswerLinkRequest>(USE)[0].etag, "4");
}

#[tokio::test]
async fn what_does_not_fit_is_ticked_by_whoever_accepts() {
    let world = World::new().await;
    let link = LookUpAnswerLinkResponse {
        language: "fr".into(),
        reference: "QC-7F3K-29".into(),
        misfits: vec![Misfit::Capacity.into()],
        ..LookUpAnswerLinkResponse::default()
    };
    world.gateway.answer(LOOK_UP, link);
    world.browser.get("/a/token").await.is(200).shows(&["Accepter malgré cela : pas assez de places"]);
    let details = ErrorDetails::with_error_info("DOES_NOT_FIT", "tandem.health", HashMap::<String, String>::new());
    world.gateway.refuse(USE, Status::with_error_details(Code::FailedPrecondition, "Dites-le.", details));
    let typed = [("answer", "accept"), ("comment", "Bienvenue")];
    world.browser.post_as_it_is("/a/token", &typed).await.is(400).shows(&["Dites-le.", "Bienvenue"]);
    let typed = [("answer", "accept"), ("despite", "MISFIT_CAPACITY")];
    world.browser.post_as_it_is("/a/token", &typed).await.is(400).shows(&["id=\"despite\" checked"]);
    let asked = world.gateway.asked::<UseAnswerLinkRequest>(USE);
    assert_eq!((&*asked[0].despite_misfits, &*asked[1].despite_misfits), (&[][..], &[Misfit::Capacity.into()][..]));
}

#[tokio::test]
async fn a_link_that_is_broken_or_over_says_so() {
    let world = world().await;
    world.gateway.refuse(LOOK_UP, Status::failed_precondition("Ce lien a déjà servi."));
    world.browser.get("/a/token").await.is(409).shows(&["Ce lien a déjà servi."]).hides(&["<form"]);
    world.browser.post_as_it_is("/a/token", &[("answer", "accept"), ("answer", "decline")]).await.is(400);
}
