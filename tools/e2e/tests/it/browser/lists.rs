//! Lists refresh themselves under the hands of those who work in them: ticks, focus, place and words stay.

use futures::{StreamExt as _, stream};
use platform::browser::{Key, Tab, View};
use serde_json::{Value, json};
use testkit::wait_for;

use super::{audit, environment};
use crate::{
    shared,
    world::{World, id, perform},
};

/// More rows than the shortest page of the list has.
const ROWS: usize = 60;

/// Where somebody is in a list: ticked rows and what is said of them, what has the focus, and where on the screen that is.
const WHERE: &str = "
    return {
        ticked: [...document.querySelectorAll('input[name=id]:checked')].map(box => box.value).sort(),
        said: document.querySelector('[data-count]').textContent,
        focus: document.activeElement.getAttribute('href') ?? document.activeElement.id,
        at: Math.round(document.activeElement.getBoundingClientRect().top),
    }";

#[test]
fn a_long_list_refreshes_without_losing_ticks_focus_and_place() {
    shared::run(async {
        let environment = environment().await;
        let world = World::build(environment.platform).await;
        let drafts: Vec<Value> = stream::iter(0..ROWS).map(|_| world.draft()).buffer_unordered(8).collect().await;
        let tab = environment.enter(View::default(), "fr", &world.placing).await;
        tab.goto(&environment.page("/requests?size=100&order=reference")).await;
        tab.find("body[data-listening]").await;
        assert!(tab.count("#list tbody tr").await >= ROWS);
        tab.ask("window.sameDocument = true").await;
        let rows = rows(&tab).await;
        for at in [3, 30, 55] {
            tab.click(&format!("#pick-{}", rows[at])).await;
        }

        // On the link of a row that changes, in the middle of the list.
        let link = format!("#list th a[href*='{}']", rows[40]);
        tab.ask(&format!(
            "document.querySelector(\"{link}\").focus(); document.activeElement.scrollIntoView({{ block: 'center' }})"
        ))
        .await;
        let before = tab.ask(WHERE).await;
        assert_eq!(before["said"], "3");
        assert!(tab.ask("return window.scrollY").await.as_f64() > Some(500.0));
        for at in [39, 40, 41] {
            send(&world, &drafts, &rows[at]).await;
            tab.find(&format!("#list tr:has(a[href*='{}']) .badge.s-sent", rows[at])).await;
        }
        check_is_still(&tab, &before).await;

        // On the box of a row.
        tab.ask(&format!("document.querySelector('#pick-{}').focus({{ preventScroll: true }})", rows[38])).await;
        let before = tab.ask(WHERE).await;
        send(&world, &drafts, &rows[42]).await;
        tab.find(&format!("#list tr:has(a[href*='{}']) .badge.s-sent", rows[42])).await;
        check_is_still(&tab, &before).await;

        // In the field of a filter, with words that were not yet sent.
        tab.ask("window.scrollTo(0, 0)").await;
        tab.fill("#query", "Soins inf").await;
        send(&world, &drafts, &rows[43]).await;
        tab.find(&format!("#list tr:has(a[href*='{}']) .badge.s-sent", rows[43])).await;
        tab.type_in("irmiers").await;
        assert_eq!(tab.ask("return document.querySelector('#query').value").await, "Soins infirmiers");
        assert_eq!(tab.ask("return window.sameDocument").await, true, "the page was not loaded again");
        audit::check_from_all_sides(&tab, "a long list with ticks").await;
    });
}

#[test]
fn rows_that_leave_a_list_are_no_longer_counted_as_ticked() {
    shared::run(async {
        let environment = environment().await;
        let world = World::build(environment.platform).await;
        let drafts = [world.draft().await, world.draft().await, world.draft().await];
        let tab = environment.enter(View::default(), "en", &world.placing).await;
        tab.goto(&environment.page("/requests?state=draft")).await;
        tab.find("body[data-listening]").await;
        tab.click("#pick-all").await;
        let ticked = tab.ask(WHERE).await["ticked"].as_array().unwrap().len();
        assert_eq!(tab.text("[data-count]").await, ticked.to_string());
        send(&world, &drafts, &id(&drafts[1])).await;
        wait_for("the row to leave", async || tab.count(&format!("#pick-{}", id(&drafts[1]))).await == 0).await;
        assert_eq!(tab.text("[data-count]").await, (ticked - 1).to_string());
        assert_eq!(tab.ask("return document.querySelector('#pick-all').checked").await, true);
        // One that comes is not ticked, and so not all are.
        let fourth = world.draft().await;
        tab.find(&format!("#pick-{}", id(&fourth))).await;
        assert_eq!(tab.text("[data-count]").await, (ticked - 1).to_string());
        let all = "const all = document.querySelector('#pick-all'); return [all.checked, all.indeterminate]";
        assert_eq!(tab.ask(all).await, json!([false, true]));
    });
}

#[test]
fn an_answer_that_is_being_written_outlasts_what_others_do() {
    shared::run(async {
        let environment = environment().await;
        let world = World::build(environment.platform).await;
        let mine = world.redirected().await;
        let tab = environment.enter(View::default(), "fr", &world.agent).await;
        tab.find("body[data-listening]").await;
        let comment = format!("#comment-{}", id(&mine));
        tab.click(&format!("#answer-{} details.words > summary", id(&mine))).await;
        tab.click(&comment).await;
        tab.type_in("Avec pla").await;
        tab.key(Key::Left).await;
        let other = world.redirected().await;
        tab.find(&format!("#ask-{}", id(&other))).await;
        assert!(tab.has_focus(&comment).await, "the field has still the focus");
        tab.key(Key::Right).await;
        tab.type_in("isir.").await;
        assert_eq!(tab.ask("return document.activeElement.value").await, "Avec plaisir.");
        tab.click(&format!("#accept-{}", id(&mine))).await;
        tab.find(".toast").await;
        let seen = world.receiving.rest.get(&format!("/v1/requests/{}", id(&mine))).await.ok();
        assert_eq!(seen["request"]["answerComment"], "Avec plaisir.");
    });
}

/// That somebody is where they were, but for the part of a pixel by which rows grow.
async fn check_is_still(tab: &Tab, before: &Value) {
    let now = tab.ask(WHERE).await;
    for part in ["ticked", "said", "focus"] {
        assert_eq!(now[part], before[part], "{part}");
    }
    let moved = now["at"].as_i64().unwrap() - before["at"].as_i64().unwrap();
    assert!(moved.abs() <= 2, "moved by {moved}");
}

/// The ids of the rows, from top to bottom.
async fn rows(tab: &Tab) -> Vec<String> {
    let ids = tab.ask("return [...document.querySelectorAll('#list input[name=id]')].map(box => box.value)").await;
    serde_json::from_value(ids).unwrap()
}

/// What somebody else of the school does.
async fn send(world: &World, drafts: &[Value], row: &str) {
    let draft = drafts.iter().find(|draft| id(draft) == row).unwrap();
    perform(&world.placing.rest, draft, "send", json!({})).await;
}
