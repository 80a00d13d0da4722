//! What people read while something of Tandem is away or broken, and that work goes on afterwards.

use platform::{
    Platform, Setup, Shape,
    browser::{Tab, View},
};
use reqwest::StatusCode;
use testkit::{proxy::Proxy, wait_for};

use super::{
    environment,
    failures::{References, UserMessage, check},
    sign_in,
};
use crate::{
    shared,
    world::{PASSWORD, World},
};

const WAIT: [&str; 2] = ["Rien n’a été perdu. Attendez un instant", "Nothing was lost. Wait a moment"];
const OURS: [&str; 2] = ["Une erreur s’est produite de notre côté", "Something went wrong on our side"];
const SUPPORT: [&str; 2] =
    ["communiquez la référence ci-dessous au soutien", "give the reference below to the support"];

#[test]
fn without_the_gateway_people_are_told_to_wait_and_go_on_afterwards() {
    shared::run(async {
        let (environment, platform) = (environment().await, shared::pages().await);
        let gateway = Proxy::before(platform.base_url().replace("http://", "")).await;
        let front_end = platform.front_end(gateway.address()).await;
        let page = |path: &str| format!("{}{path}", front_end.url());
        let told = UserMessage { status: StatusCode::SERVICE_UNAVAILABLE, happened: OURS, turn: WAIT };
        let tab = environment.browser.open(View::default()).await;
        tab.goto(&page("/sign-in")).await;
        sign_in(&tab, &environment.world.receiving.login, PASSWORD).await;
        tab.find("details.menu").await;
        gateway.cut();
        let mut references = References::default();
        for language in ["fr", "en"] {
            tab.goto(&page(&format!("/language/{language}?back=/requests"))).await;
            check(&tab, &told, &mut references, "no gateway").await;
        }
        let reader = environment.browser.open(View::phone()).await;
        reader.goto(&page("/a/whatever")).await;
        check(&reader, &told, &mut references, "a link without gateway").await;
        references.check(platform).await;
        gateway.mend();
        // Whoever was signed in still is.
        wait_for("the list to be there again", async || {
            tab.goto(&page("/requests")).await;
            tab.count("#list").await == 1
        })
        .await;
    });
}

#[test]
fn what_breaks_within_is_told_as_ours_and_is_found_by_its_reference() {
    shared::run(async {
        let platform = own_platform().await;
        let world = World::build(&platform).await;
        let tab = enter(&platform, &world).await;
        let pool = platform.database.as_ref().unwrap().pool_for_schema("configuration").await;
        sqlx::query("ALTER TABLE site RENAME TO site_away").execute(&pool).await.unwrap();
        let told = UserMessage { status: StatusCode::INTERNAL_SERVER_ERROR, happened: OURS, turn: SUPPORT };
        let mut references = References::default();
        for language in ["fr", "en"] {
            let address = format!("{}/language/{language}?back=/places", platform.pages_url());
            tab.goto(&address).await;
            check(&tab, &told, &mut references, "broken within").await;
            assert!(!tab.says("site_away").await && !tab.says("relation").await, "causes are not for readers");
            let reference = references.last();
            wait_for("the cause in the log", async || {
                platform.output().lines().any(|line| line.contains(reference) && line.contains("site"))
            })
            .await;
        }
        references.check(&platform).await;
        sqlx::query("ALTER TABLE site_away RENAME TO site").execute(&pool).await.unwrap();
        tab.goto(&format!("{}/places", platform.pages_url())).await;
        tab.find("#places").await;
    });
}

#[test]
fn whoever_guesses_too_often_is_told_to_wait() {
    shared::run(async {
        let environment = environment().await;
        let setup = Setup::new(Shape::OneProcess).with("TANDEM_TANDEM__SERVICE__GATEWAY__SECRETS_PER_MINUTE", "2");
        let platform = setup.start().await;
        let told = UserMessage { status: StatusCode::TOO_MANY_REQUESTS, happened: ["", ""], turn: WAIT };
        let mut references = References::default();
        for language in ["fr-CA", "en-CA"] {
            let tab = environment.browser.open(View::default().reading(language)).await;
            wait_for("the limit", async || {
                tab.goto(&format!("{}/sign-in", platform.pages_url())).await;
                sign_in(&tab, "nobody", "Certainement pas, 2026!").await;
                tab.count("main code").await == 1
            })
            .await;
            check(&tab, &told, &mut references, "too many guesses").await;
        }
        references.check(&platform).await;
    });
}

async fn own_platform() -> Platform {
    let setup = Setup::new(Shape::OneProcess).with("TANDEM_TANDEM__SERVICE__GATEWAY__SECRETS_PER_MINUTE", "6000");
    setup.with("TANDEM_TANDEM__SERVICE__GATEWAY__CALLS_PER_MINUTE", "600000").start().await
}

async fn enter(platform: &Platform, world: &World) -> Tab {
    let tab = environment().await.browser.open(View::default()).await;
    tab.goto(&format!("{}/sign-in", platform.pages_url())).await;
    sign_in(&tab, &world.receiving.login, PASSWORD).await;
    tab.find("details.menu").await;
    tab
}
