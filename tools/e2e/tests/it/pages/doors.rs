//! What every answer tells the browser, and where nobody is sent.

use reqwest::{Method, StatusCode};

use super::visitor::Visitor;
use crate::{browser::stage, shared, world::PASSWORD};

const POLICY: [&str; 6] = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
];

#[test]
fn every_answer_is_guarded_whatever_it_is() {
    shared::run(async {
        let stage = stage().await;
        let visitor = Visitor::signed_in(stage.platform, &stage.world.receiving).await;
        let style = visitor.get("/").await.body;
        let asset = style.split("href=\"/assets/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
        let asset = format!("/assets/{asset}");
        let paths = [
            "/",
            "/requests",
            "/requests/new",
            "/requests.csv",
            "/occupancy",
            "/places",
            "/places.csv",
            "/places/find",
            "/reports",
            "/password",
            "/sign-in",
            "/nowhere",
            "/requests/nothing",
            "/a/nothing",
            "/language/xx",
            "/theme/pink",
            &asset,
            "/assets/nothing",
        ];
        for path in paths {
            let page = visitor.get(path).await;
            assert_ne!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}: {}", page.body);
            let policy = page.header("content-security-policy");
            assert!(POLICY.iter().all(|rule| policy.contains(rule)), "{path}: {policy}");
            assert!(!policy.contains("unsafe") && !policy.contains('*'), "{path}: {policy}");
            assert_eq!(page.header("x-frame-options"), "DENY", "{path}");
            assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(page.header("referrer-policy"), "no-referrer", "{path}");
            let kept = page.status == StatusCode::OK && path.starts_with("/assets/");
            assert_eq!(page.header("cache-control").contains("no-store"), !kept, "{path}");
        }
    });
}

#[test]
fn nobody_is_sent_to_another_site() {
    shared::run(async {
        let stage = stage().await;
        for foreign in
            ["https://example.org/", "//example.org", "/\\example.org", "/%09/example.org\t", "javascript:alert(1)"]
        {
            let visitor = Visitor::new(stage.platform);
            let signed_in = visitor.sign_in(&stage.world.placing.login, PASSWORD, foreign).await;
            check_stays(signed_in.header("location"), foreign);
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("back", foreign).finish();
            for path in ["/language/fr", "/theme/dark"] {
                check_stays(visitor.get(&format!("{path}?{query}")).await.header("location"), foreign);
            }
            let next = form_urlencoded::Serializer::new(String::new()).append_pair("next", foreign).finish();
            check_stays(visitor.get(&format!("/sign-in?{next}")).await.header("location"), foreign);
        }
    });
}

fn check_stays(location: &str, foreign: &str) {
    let own = location.starts_with('/') && !location[1..].starts_with(['/', '\\', '\t']);
    assert!(own && !location.starts_with("/%09"), "{foreign} leads to {location:?}");
}

#[test]
fn no_token_is_ever_on_a_page() {
    shared::run(async {
        let stage = stage().await;
        let visitor = Visitor::signed_in(stage.platform, &stage.world.receiving).await;
        for path in ["/", "/requests", "/requests/new", "/occupancy", "/places", "/password", "/nowhere"] {
            let page = visitor.get(path).await;
            // The second part of a JSON Web Token is an object, as its first is; what a cookie holds is the secret.
            assert!(!page.body.contains(".eyJ") && !page.body.contains(&visitor.secret()), "{path}");
            assert!(!format!("{:?}", page.headers).contains(".eyJ"), "{path}");
        }
    });
}

#[test]
fn a_form_without_end_is_refused() {
    shared::run(async {
        let stage = stage().await;
        let visitor = Visitor::signed_in(stage.platform, &stage.world.placing).await;
        let token = visitor.get("/requests/new").await.field("form_token");
        let words = "a".repeat(400 * 1024);
        let page = visitor.post("/requests/new", &[("form_token", &token), ("comment", &words)]).await;
        assert!(page.status.is_client_error(), "{}", page.status);
        let strange = visitor.send(visitor.request(Method::DELETE, "/requests")).await;
        assert_eq!(strange.status, StatusCode::METHOD_NOT_ALLOWED);
    });
}
