//! Many requests at once, over plain HTTP: each action to its end, and results that stay where they were.

use futures::{StreamExt as _, stream};
use platform::{Platform, Shape};
use reqwest::StatusCode;
use serde_json::{Value, json};
use testkit::{wait_for, wait_for_some};

use super::visitor::{Page, Visitor};
use crate::{
    browser::environment,
    shared,
    world::{Person, World, id, perform, text},
};

/// What still is to be done of a row, in French.
const TO_DO: &str = "<span class=\"quiet\">à faire</span>";

/// Picks some requests, asks once more, does it; the address of the results.
async fn run(visitor: &Visitor, action: &str, reason: &str, requests: &[Value]) -> String {
    let token = visitor.get("/requests").await.field("form_token");
    let ids: Vec<_> = requests.iter().map(id).collect();
    let mut fields = vec![("form_token", token.as_str()), ("action", action), ("back", "/requests?query=retour")];
    fields.extend(ids.iter().map(|id| ("id", id.as_str())));
    let asked = visitor.post("/requests/bulk", &fields).await;
    assert_eq!(asked.status, StatusCode::OK, "{action}: {}", asked.body);
    let rows: Vec<_> =
        asked.body.split("name=\"row\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(rows.len(), requests.len(), "{action}: {}", asked.body);
    let mut fields = vec![("form_token", token.as_str()), ("action", action), ("reason_code", reason)];
    fields.push(("back", "/requests?query=retour"));
    fields.extend(rows.into_iter().map(|row| ("row", row)));
    let begun = visitor.post("/requests/bulk/run", &fields).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{action}: {}", begun.body);
    begun.header("location").to_owned()
}

/// The results, once all is done.
async fn results(visitor: &Visitor, address: &str) -> Page {
    wait_for_some("all to be done", async || {
        let page = visitor.get(address).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        (!page.body.contains(TO_DO)).then_some(page)
    })
    .await
}

async fn state(person: &Person, request: &Value) -> String {
    let answer = person.rest.get(&format!("/v1/requests/{}", id(request))).await;
    if answer.is_ok() { text(&answer.ok()["request"]["state"]) } else { "gone".to_owned() }
}

#[test]
fn each_action_with_many_comes_to_its_end() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let school = Visitor::signed_in(environment.platform, &world.placing).await;
        let hospital = Visitor::signed_in(environment.platform, &world.receiving).await;
        let unit = Visitor::signed_in(environment.platform, &world.agent).await;
        let accepted = async || {
            perform(
                &world.receiving.rest,
                &world.sent().await,
                "answer-for-agency",
                json!({ "answer": "ANSWER_ACCEPT" }),
            )
            .await
        };
        // Who acts, and who sees what comes of it: a school does not see what its unit answered, nor a hospital a draft.
        let (placing, receiving) = (&world.placing, &world.receiving);
        for (visitor, action, reason, requests, by, becomes) in [
            (&school, "send", "", [world.draft().await, world.draft().await], placing, "STATE_SENT"),
            (&school, "delete", "", [world.draft().await, world.draft().await], placing, "gone"),
            (&school, "confirm", "", [accepted().await, accepted().await], placing, "STATE_CONFIRMED"),
            (&school, "cancel", "C9", [accepted().await, accepted().await], placing, "STATE_CANCELLED"),
            (&hospital, "redirect", "", [world.sent().await, world.sent().await], receiving, "STATE_REDIRECTED"),
            (&hospital, "accept", "", [world.sent().await, world.sent().await], receiving, "STATE_ACCEPTED"),
            (&hospital, "decline", "D1", [world.sent().await, world.sent().await], receiving, "STATE_DECLINED"),
            (
                &unit,
                "accept",
                "",
                [world.redirected().await, world.redirected().await],
                receiving,
                "STATE_ACCEPTED_BY_DESTINATION",
            ),
            (
                &unit,
                "decline",
                "D2",
                [world.redirected().await, world.redirected().await],
                receiving,
                "STATE_DECLINED_BY_DESTINATION",
            ),
        ] {
            let address = run(visitor, action, reason, &requests).await;
            let page = results(visitor, &address).await;
            assert_eq!(page.body.matches("class=\"mark good\"").count(), 2, "{action}: {}", page.body);
            assert!(page.body.contains("href=\"/requests?query=retour\""), "the way back is kept");
            for request in &requests {
                assert_eq!(state(by, request).await, becomes, "{action}");
            }
        }
    });
}

#[test]
fn what_is_done_with_many_goes_on_without_the_browser_and_is_shown_again() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let drafts: Vec<_> = stream::iter(0..60).map(|_| world.draft()).buffer_unordered(8).collect().await;
        let visitor = Visitor::signed_in(environment.platform, &world.placing).await;
        let address = run(&visitor, "send", "", &drafts).await;
        // Nobody looks at the page meanwhile.
        for draft in &drafts {
            wait_for("a draft to be sent", async || state(&world.placing, draft).await == "STATE_SENT").await;
        }
        let page = results(&visitor, &address).await;
        assert_eq!(page.body.matches("class=\"mark good\"").count(), 60);
        assert!(!page.body.contains("http-equiv=\"refresh\""), "what is over is not asked for again");
        let again = visitor.get(&address).await;
        assert_eq!(again.body.matches("class=\"mark good\"").count(), 60, "looking does nothing twice");
        let other = Visitor::signed_in(environment.platform, &world.placing).await;
        assert_eq!(other.get(&address).await.status, StatusCode::NOT_FOUND, "it is this session's alone");
    });
}

#[test]
fn what_a_power_cut_stopped_is_finished_when_somebody_looks() {
    shared::run(async {
        let mut platform = Platform::start(Shape::OneProcess).await;
        let world = World::build(&platform).await;
        let drafts = [world.draft().await, world.draft().await, world.draft().await];
        let visitor = Visitor::signed_in(&platform, &world.placing).await;
        let database = platform.database.as_ref().expect("tests share a cluster");
        let (placement, web) = (database.pool_for_schema("placement").await, database.pool_for_schema("web").await);
        // One of them waits for somebody else.
        let mut elsewhere = placement.acquire().await.unwrap();
        let hold = format!("BEGIN; SELECT FROM placement_request WHERE id = '{}' FOR UPDATE", id(&drafts[2]));
        sqlx::raw_sql(sqlx::AssertSqlSafe(hold)).execute(&mut *elsewhere).await.unwrap();
        let address = run(&visitor, "send", "", &drafts).await;
        let half = wait_for_some("two to be done", async || {
            let page = visitor.get(&address).await;
            (page.body.matches("class=\"mark good\"").count() == 2).then_some(page)
        })
        .await;
        assert!(half.body.contains(TO_DO) && half.body.contains("2 sur 3"), "{}", half.body);

        platform.kill().await;
        sqlx::raw_sql("ROLLBACK").execute(&mut *elsewhere).await.unwrap();
        platform.start_again().await;
        let page = visitor.get(&address).await;
        assert!(page.body.contains(TO_DO), "nobody takes over while the one before may still be at it");
        sqlx::raw_sql("UPDATE bulk_run SET held_until = created_at").execute(&web).await.unwrap();
        let page = results(&visitor, &address).await;
        assert_eq!(page.body.matches("class=\"mark good\"").count(), 3, "{}", page.body);
        for draft in &drafts {
            let told = world.placing.rest.get(&format!("/v1/requests/{}/history", id(draft))).await.ok();
            assert_eq!(told.to_string().matches("\"action\":\"SENT\"").count(), 1, "{told}");
        }
    });
}
