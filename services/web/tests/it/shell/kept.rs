//! What was typed into a form whose session is over is kept, and offered again to its person and to nobody else.

use std::{fs, path::Path};

use axum::{body::Body, http::Method};
use jiff::SignedDuration;
use proto::{
    identity::v1::{Me, Role, SignInResponse},
    placement::v1::CreateRequestRequest,
};
use tonic::Code;

use crate::{
    browser::{Browser, Page},
    data,
    sign_in::refusal,
    world::{World, me, tokens},
};

const CREATE: &str = "PlacementRequestService/CreateRequest";
const SIGN_IN: &str = "SessionService/SignIn";
const TYPED: [(&str, &str); 6] = [
    ("kept_for", "paule"),
    ("step", "save"),
    ("request_id", "once"),
    ("weekdays", "1"),
    ("weekdays", "2"),
    ("comment", "Été & <b>co</b>"),
];

/// Sends the form of a new request with a token.
async fn send(browser: &Browser, token: &str) -> Page {
    browser.post_as_it_is("/requests/new", &[&[("form_token", token)], &TYPED[..]].concat()).await
}

/// Signs in on a page that keeps something.
async fn sign_in(world: &World, asked: &Page, me: Me) -> Page {
    world.gateway.answer(SIGN_IN, SignInResponse { tokens: Some(tokens(36_000)), me: Some(me) });
    let (token, kept) = (asked.field("form_token"), asked.field("kept"));
    let fields = [("form_token", token.as_str()), ("login", "x"), ("password", "y"), ("next", "/"), ("kept", &kept)];
    world.browser.post_as_it_is("/sign-in", &fields).await
}

/// That a page asks for signing in, and tells nothing of what it keeps.
fn check_asks(page: &Page) {
    page.is(401).shows(&["Votre session est terminée", "name=\"login\""]).hides(&["Été", "comment"]);
}

/// That a page gives everything back, and that nothing was done.
async fn check_resumes(world: &World, page: &Page) {
    page.is(200).shows(&["data-resume", "action=\"/requests/new\"", "Été &#38; &#60;b&#62;co"]).hides(&["<b>co"]);
    page.hides(&["kept_for", "value=\"x\""]);
    let carried = [("step", "save"), ("weekdays", "1"), ("weekdays", "2"), ("request_id", "once")];
    for (name, value) in carried {
        page.shows(&[&format!("name=\"{name}\" value=\"{value}\"")]);
    }
    let token = page.field("form_token");
    let again = [&[("form_token", token.as_str()), ("again", "true")], &TYPED[..]].concat();
    let shown = world.browser.post_as_it_is("/requests/new", &again).await;
    shown.is(200).shows(&[
        "Été &#38; &#60;b&#62;co",
        "Rien n’a encore été envoyé",
        "name=\"kept_for\" value=\"paule\"",
    ]);
    assert!(world.gateway.asked::<CreateRequestRequest>(CREATE).is_empty(), "it is sent by its person");
}

/// A form that is open while its session ends by silence.
async fn silent() -> (World, Page) {
    let world = World::with(Role::PlacingCoordinator).await;
    let token = world.browser.form_token().await;
    world.running.clock.advance(SignedDuration::from_mins(31));
    let asked = send(&world.browser, &token).await;
    check_asks(&asked);
    (world, asked)
}

#[tokio::test]
async fn a_form_whose_session_has_ended_is_there_again_after_signing_in() {
    let (world, asked) = silent().await;
    let page = sign_in(&world, &asked, me(Role::PlacingCoordinator)).await;
    check_resumes(&world, &page).await;
}

#[tokio::test]
async fn nobody_else_is_given_what_somebody_typed() {
    let (world, asked) = silent().await;
    let mut other = me(Role::PlacingCoordinator);
    other.person.as_mut().unwrap().id = "rachel".into();
    sign_in(&world, &asked, other).await.leads_to("/");
}

#[tokio::test]
async fn no_other_browser_opens_what_is_kept() {
    let (world, asked) = silent().await;
    let kept = asked.field("kept");
    world.browser.hold("");
    let fresh = world.browser.get("/sign-in").await;
    let (token, me) = (fresh.field("form_token"), me(Role::PlacingCoordinator));
    world.gateway.answer(SIGN_IN, SignInResponse { tokens: Some(tokens(36_000)), me: Some(me) });
    let fields = [("form_token", token.as_str()), ("login", "x"), ("password", "y"), ("kept", &kept)];
    world.browser.post_as_it_is("/sign-in", &fields).await.leads_to("/");
}

#[tokio::test]
async fn a_mistyped_password_and_one_that_has_to_be_changed_lose_nothing() {
    let (world, asked) = silent().await;
    let fields = |page: &Page| {
        let of_page = ["form_token", "kept"].map(|name| (name, page.field(name)));
        of_page.into_iter().chain([("login", "x".to_owned()), ("password", "y".to_owned())]).collect::<Vec<_>>()
    };
    let send = async |fields: Vec<(&str, String)>| {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        world.browser.post_as_it_is("/sign-in", &fields).await
    };
    world.gateway.refuse(SIGN_IN, refusal(Code::Unauthenticated, "SIGN_IN_REFUSED", "Non."));
    let refused = send(fields(&asked)).await;
    refused.is(401).shows(&["Non.", "Ce que vous aviez saisi est gardé"]);
    world.gateway.refuse(SIGN_IN, refusal(Code::PermissionDenied, "PASSWORD_CHANGE_REQUIRED", "Changez-le."));
    let change = send(fields(&refused)).await;
    assert_eq!(change.field("kept"), asked.field("kept"));
    change.shows(&["name=\"new_password\""]);
}

#[tokio::test]
async fn after_signing_out_in_another_tab_the_form_is_kept_too() {
    let world = World::with(Role::PlacingCoordinator).await;
    let token = world.browser.form_token().await;
    world.browser.post("/sign-out", &[]).await.leads_to("/sign-in");
    let asked = send(&world.browser, &token).await;
    check_asks(&asked);
    let page = sign_in(&world, &asked, me(Role::PlacingCoordinator)).await;
    check_resumes(&world, &page).await;
}

#[tokio::test]
async fn a_browser_that_has_lost_its_cookie_keeps_the_form_too() {
    let world = World::with(Role::PlacingCoordinator).await;
    let token = world.browser.form_token().await;
    world.browser.hold("");
    let asked = send(&world.browser, &token).await;
    check_asks(&asked);
    let page = sign_in(&world, &asked, me(Role::PlacingCoordinator)).await;
    check_resumes(&world, &page).await;
}

#[tokio::test]
async fn after_signing_in_anew_in_another_tab_its_person_has_it_at_once_and_another_does_not() {
    let world = World::with(Role::PlacingCoordinator).await;
    let token = world.browser.form_token().await;
    world.sign_in(me(Role::PlacingCoordinator), "/").await;
    check_resumes(&world, &send(&world.browser, &token).await).await;
    let mut other = me(Role::PlacingCoordinator);
    other.person.as_mut().unwrap().id = "rachel".into();
    world.sign_in(other, "/").await;
    send(&world.browser, &token).await.is(403).shows(&["Ce formulaire n’est plus valide"]).hides(&["Été"]);
}

#[tokio::test]
async fn a_part_of_a_form_is_told_and_goes_nowhere() {
    let world = World::with(Role::PlacingCoordinator).await;
    let token = world.browser.form_token().await;
    for _ in 0..2 {
        let fields = [&[("form_token", token.as_str())], &TYPED[..]].concat();
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        world.running.clock.advance(SignedDuration::from_mins(31));
        let request = world.browser.request(Method::POST, "/requests/new").header("hx-request", "true");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let page = world.browser.send(request.body(Body::from(body)).unwrap()).await;
        page.is(401);
        assert_eq!((page.header("hx-redirect"), page.body.as_str()), ("", ""));
        // The same where the browser has another secret.
        world.browser.hold("");
    }
}

#[tokio::test]
async fn another_site_is_kept_nothing_for() {
    let world = World::new().await;
    data::fill(&world.gateway);
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(TYPED).finish();
    let request = world.browser.request(Method::POST, "/requests/new").header("sec-fetch-site", "cross-site");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    world.browser.send(request.body(Body::from(body)).unwrap()).await.is(403).hides(&["name=\"kept\""]);
}

#[test]
fn every_form_that_can_be_shown_again_says_whose_it_is() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")];
    let mut forms = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let template = fs::read_to_string(&entry).unwrap();
            for form in template.split("<form").skip(1).filter(|form| form.contains("data-keeps")) {
                let (tag, fields) = form.split_once("\n{%").unwrap();
                // Whoever changes a password need not be signed in.
                let is_kept = fields.starts_with(" call parts::kept_token") || tag.contains("password-form");
                assert!(is_kept, "{} <form{tag}", entry.display());
                forms += 1;
            }
        }
    }
    assert_eq!(forms, 9);
}
