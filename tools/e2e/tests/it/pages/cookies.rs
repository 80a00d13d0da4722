//! The secret in the cookie: who can read it, who can plant it, when it ends.

use platform::{Setup, Shape, browser::View};
use reqwest::StatusCode;

use super::visitor::{SECRET, Visitor};
use crate::{
    browser::stage,
    shared,
    world::{Maker, PASSWORD, Person, text},
};

#[test]
fn no_script_and_no_other_site_gets_a_cookie() {
    shared::run(async {
        let stage = stage().await;
        let visitor = Visitor::new(stage.platform);
        let mut set = visitor.get("/sign-in").await.set_cookies();
        set.extend(visitor.sign_in(&stage.world.placing.login, PASSWORD, "/").await.set_cookies());
        set.extend(visitor.get("/theme/dark?back=/").await.set_cookies());
        set.extend(visitor.get("/language/en?back=/").await.set_cookies());
        assert!(set.len() >= 4, "{set:?}");
        for cookie in &set {
            for flag in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
                assert!(cookie.contains(flag), "{cookie}");
            }
            assert!(!cookie.to_lowercase().contains("domain="), "{cookie}");
        }
        // A browser's own view: no script sees any of them.
        let tab = stage.enter(View::default(), "fr", &stage.world.placing).await;
        assert_eq!(tab.ask("return document.cookie").await, "");
    });
}

#[test]
fn behind_tls_the_cookie_is_bound_to_host_and_tls() {
    shared::run(async {
        let platform =
            Setup::new(Shape::OneProcess).with("TANDEM_TANDEM__SERVICE__WEB__SECURE_COOKIES", "true").start().await;
        let set = Visitor::new(&platform).get("/sign-in").await.set_cookies();
        assert!(set.iter().any(|cookie| cookie.starts_with("__Host-tandem=")), "{set:?}");
        for cookie in &set {
            assert!(cookie.contains("; Secure") && !cookie.to_lowercase().contains("domain="), "{cookie}");
        }
    });
}

#[test]
fn signing_in_gives_a_fresh_secret() {
    shared::run(async {
        let stage = stage().await;
        let visitor = Visitor::new(stage.platform);
        visitor.get("/sign-in").await;
        let planted = visitor.secret();
        assert!(!planted.is_empty());
        visitor.sign_in(&stage.world.placing.login, PASSWORD, "/").await;
        assert_ne!(visitor.secret(), planted);
        assert!(visitor.is_known().await);
        // Whoever planted the first one has nothing.
        let thief = Visitor::new(stage.platform);
        thief.cookies.borrow_mut().insert(SECRET.into(), planted);
        assert!(!thief.is_known().await);
    });
}

#[test]
fn a_new_password_gives_a_fresh_secret() {
    shared::run(async {
        let stage = stage().await;
        let world = &stage.world;
        let maker = Maker { platform: stage.platform, operator: &world.operator, word: &world.word, words: "" };
        let (person, _) = maker.person(&world.school, "Fraiche", "fr").await;
        let scope = ("SCOPE_KIND_AGENCY".to_owned(), world.school.clone());
        maker.grant(&person, "ROLE_PLACING_COORDINATOR", "LEVEL_REGULAR", scope).await;
        let path = format!("/v1/people/{person}/account");
        let made = world.operator.post(&path, serde_json::json!({ "requestId": shared::fresh_id() })).await.ok();
        let (login, temporary) = (text(&made["account"]["login"]), text(&made["temporaryPassword"]));
        let visitor = Visitor::new(stage.platform);
        let asked = visitor.sign_in(&login, &temporary, "/").await;
        assert!(asked.header("location").starts_with("/password?"), "{}", asked.header("location"));
        assert!(!asked.header("location").contains(&temporary) && !visitor.is_known().await);
        let (planted, form_token) = (visitor.secret(), visitor.get("/password").await.field("form_token"));
        let fields = [
            ("form_token", form_token.as_str()),
            ("login", &login),
            ("password", &temporary),
            ("new_password", PASSWORD),
        ];
        assert_eq!(visitor.post("/password", &fields).await.status, StatusCode::SEE_OTHER);
        assert_ne!(visitor.secret(), planted);
        assert!(visitor.is_known().await);
    });
}

#[test]
fn signing_out_ends_the_session_for_every_copy_of_the_cookie() {
    shared::run(async {
        let stage = stage().await;
        let visitor = Visitor::signed_in(stage.platform, &stage.world.placing).await;
        let copy = Visitor::new(stage.platform);
        copy.cookies.borrow_mut().insert(SECRET.into(), visitor.secret());
        assert!(copy.is_known().await);
        let form_token = visitor.get("/requests").await.field("form_token");
        let left = visitor.post("/sign-out", &[("form_token", &form_token)]).await;
        assert_eq!((left.status, left.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
        assert!(!visitor.is_known().await && !copy.is_known().await);
    });
}

#[test]
fn half_an_hour_of_silence_ends_a_session() {
    shared::run(async {
        let stage = stage().await;
        let other = Visitor::signed_in(stage.platform, &stage.world.receiving).await;
        let visitor = idle_for(&stage.world.agent, "31 minutes").await;
        let answer = visitor.get("/requests").await;
        assert_eq!(answer.header("location"), "/sign-in?next=%2Frequests");
        let still_there = idle_for(&stage.world.agent, "29 minutes").await;
        assert!(still_there.is_known().await, "a shorter silence ends nothing");
        assert!(other.is_known().await, "nor anybody else's");
    });
}

/// Someone who did nothing for a while: the clock is the machine's, so the session grows old where it is kept.
async fn idle_for(person: &Person, silence: &str) -> Visitor {
    let stage = stage().await;
    let pool = stage.platform.database.as_ref().unwrap().pool_for_schema("web").await;
    let visitor = Visitor::signed_in(stage.platform, person).await;
    // Found as the front end finds it: by a digest of the secret.
    let secret = visitor.secret();
    let aged = sqlx::query(
        "UPDATE browser_session SET active_at = active_at - $2::text::interval WHERE digest = sha256(convert_to('tandem web find', 'UTF8') || decode(translate($1, '-_', '+/') || '=', 'base64'))",
    );
    assert_eq!(aged.bind(&secret).bind(silence).execute(&pool).await.unwrap().rows_affected(), 1);
    visitor
}

#[test]
fn an_altered_cookie_is_nobody() {
    shared::run(async {
        let stage = stage().await;
        let visitor = Visitor::signed_in(stage.platform, &stage.world.placing).await;
        let secret = visitor.secret();
        let other = if secret.starts_with('A') { "B" } else { "A" };
        for altered in
            [format!("{other}{}", &secret[1..]), secret[..20].to_owned(), format!("{secret}AAAA"), "é".into()]
        {
            visitor.cookies.borrow_mut().insert(SECRET.into(), altered.clone());
            assert!(!visitor.is_known().await, "{altered}");
        }
        visitor.cookies.borrow_mut().insert(SECRET.into(), secret);
        assert!(visitor.is_known().await);
    });
}
