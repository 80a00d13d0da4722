//! What every answer tells the browser, and where nobody is sent.

use axum::http::StatusCode;
use proto::identity::v1::Role;

use crate::world::{World, me};

const POLICY: [&str; 6] = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
];

#[tokio::test]
async fn every_answer_is_guarded_whatever_it_is() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let home = world.browser.get("/").await.body;
    let asset = home.split("href=\"/assets/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let asset = format!("/assets/{asset}");
    for path in [
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
    ] {
        let page = world.browser.get(path).await;
        let policy = page.header("content-security-policy");
        assert!(POLICY.iter().all(|rule| policy.contains(rule)), "{path}: {policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{path}: {policy}");
        assert_eq!(page.header("x-frame-options"), "DENY", "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "no-referrer", "{path}");
        let kept = page.status == StatusCode::OK && path.starts_with("/assets/");
        assert_eq!(page.header("cache-control").contains("no-store"), !kept, "{path}");
    }
}

#[tokio::test]
async fn no_page_needs_a_script_or_a_style_of_its_own() {
    let world = World::with(Role::ReceivingCoordinator).await;
    for path in ["/", "/requests", "/requests/1", "/requests/new", "/occupancy", "/places", "/reports", "/styleguide"] {
        let page = world.browser.get(path).await;
        page.is(200);
        let scripts = page.body.matches("<script").count();
        assert_eq!(page.body.matches("<script src=\"/assets/").count(), scripts, "{path}");
        for inline in ["style=", "<style", "onclick", "javascript:"] {
            assert!(!page.body.contains(inline), "{path}: {inline}");
        }
    }
}

#[tokio::test]
async fn no_token_and_no_secret_is_ever_on_a_page() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let cookies = world.browser.get("/language/fr?back=/").await.set_cookies();
    assert!(!cookies.is_empty());
    for path in ["/", "/requests", "/requests/new", "/occupancy", "/places", "/password", "/nowhere"] {
        let page = world.browser.get(path).await;
        assert!(!page.body.contains("\"access\"") && !page.body.contains("\"refresh\""), "{path}");
        assert!(!page.body.contains(&world.browser.secret()), "{path}");
        assert!(!format!("{:?}", page.headers).contains(&world.browser.secret()), "{path}");
    }
}

#[tokio::test]
async fn nobody_is_sent_to_another_site() {
    let world = World::new().await;
    for foreign in
        ["https://example.org/", "//example.org", "/\\example.org", "/%09/example.org\t", "javascript:alert(1)"]
    {
        let to = world.sign_in(me(Role::PlacingCoordinator), foreign).await;
        check_stays(&to, foreign);
        let with = |name| form_urlencoded::Serializer::new(String::new()).append_pair(name, foreign).finish();
        for path in ["/language/fr", "/theme/dark"] {
            check_stays(world.browser.get(&format!("{path}?{}", with("back"))).await.header("location"), foreign);
        }
        check_stays(world.browser.get(&format!("/sign-in?{}", with("next"))).await.header("location"), foreign);
    }
}

fn check_stays(location: &str, foreign: &str) {
    let own = location.starts_with('/') && !location[1..].starts_with(['/', '\\', '\t']);
    assert!(own && !location.starts_with("/%09"), "{foreign} leads to {location:?}");
}
