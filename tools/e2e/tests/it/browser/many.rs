//! Many requests at once, each with a result of its own; and the list as a file.

use platform::browser::View;
use reqwest::Method;

use super::{audit, environment};
use crate::{
    shared,
    world::{id, text},
};

/// The file behind the link on the page, as the browser receives it.
const DOWNLOAD: &str = "
    const done = arguments[arguments.length - 1];
    fetch(document.querySelector('a[href^=\"/requests.csv\"]').href)
        .then(async r => done([r.status, r.headers.get('content-type'), r.headers.get('content-disposition'), await r.text()]));";

#[test]
fn many_are_sent_at_once_and_each_has_a_result() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let (one, other) = (world.draft().await, world.draft().await);
        let tab = environment.enter(View::default(), "fr", &world.placing).await;
        tab.goto(&environment.page("/requests?state=draft")).await;
        for draft in [&one, &other] {
            tab.click(&format!("#pick-{}", id(draft))).await;
        }
        assert_eq!(tab.text("[data-count]").await, "2");
        audit::check_from_all_sides(&tab, "a list with ticks").await;
        tab.click("#bulk-send").await;
        tab.find("#go").await;
        audit::check_from_all_sides(&tab, "asked once more").await;
        // Meanwhile one of them is gone.
        let path =
            format!("/v1/requests/{}?etag={}&requestId={}", id(&other), text(&other["etag"]), shared::fresh_id());
        assert!(world.placing.rest.call(Method::DELETE, &path, None).await.is_ok());
        tab.click("#go").await;
        tab.find(&format!("#result-{} .mark.good", id(&one))).await;
        tab.find(&format!("#result-{} .mark.late", id(&other))).await;
        audit::check_from_all_sides(&tab, "results").await;
        tab.click("#back").await;
        tab.find("main h1").await;
        let now = world.placing.rest.get(&format!("/v1/requests/{}", id(&one))).await.ok();
        assert_eq!(now["request"]["state"], "STATE_SENT");
    });
}

#[test]
fn a_list_is_exported_as_it_is_filtered() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let (draft, sent) = (text(&world.draft().await["reference"]), text(&world.sent().await["reference"]));
        let tab = environment.enter(View::default(), "en", &world.placing).await;
        tab.goto(&environment.page(&format!("/requests?query={sent}"))).await;
        tab.find("#list table").await;
        let answer = tab.client.execute_async(DOWNLOAD, Vec::new()).await.unwrap();
        assert_eq!((answer[0].as_i64(), answer[1].as_str()), (Some(200), Some("text/csv; charset=utf-8")));
        assert!(text(&answer[2]).contains("attachment") && text(&answer[2]).contains(".csv"), "{answer}");
        let file = text(&answer[3]);
        let mut rows = csv::Reader::from_reader(file.trim_start_matches('\u{feff}').as_bytes());
        let columns = rows.headers().unwrap().len();
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 1, "{file}");
        assert_eq!(&rows[0][0], sent);
        assert!(columns > 10 && rows[0].iter().any(|cell| cell == "Sent"), "{file}");
        assert!(!file.contains(&draft));
    });
}
