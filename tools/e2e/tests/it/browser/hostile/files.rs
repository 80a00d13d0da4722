//! Files that spreadsheets open, and mails.

use platform::browser::View;
use serde_json::json;

use super::{Hostile, SHOWN, brief, mark};
use crate::{
    browser::environment,
    pages::visitor::Visitor,
    shared,
    world::{Person, perform, text},
};

/// What begins a formula somewhere.
const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

#[test]
fn no_cell_of_a_file_is_a_formula() {
    shared::run(async {
        let hostile = Hostile::get().await;
        let world = &hostile.world;
        perform(&world.placing.rest, &hostile.draft().await, "send", json!({})).await;
        let unit = format!("/occupancy.csv?site_id={}", world.site);
        let files = [
            ("/requests.csv", vec![mark("school"), mark("program"), mark("site"), mark("unit-name"), brief("course")]),
            ("/reports.csv", vec![mark("school"), mark("program"), mark("site")]),
            (&unit, vec![mark("unit-name")]),
            ("/places.csv?kind=agencies", vec![mark("hospital"), brief("h"), mark("town")]),
            ("/places.csv?kind=sites", vec![mark("site"), mark("street"), mark("city"), brief("kind")]),
            ("/places.csv?kind=services", vec![mark("service"), mark("site")]),
            ("/places.csv?kind=destinations", vec![mark("unit-name"), mark("location")]),
        ];
        for (path, texts) in files {
            check_file(&world.receiving, path, &texts).await;
        }
        check_file(&world.placing, "/requests.csv", &[mark("school"), mark("site")]).await;
    });
}

/// Every text is a cell of its own, made harmless, and no cell begins as a formula does.
async fn check_file(person: &Person, path: &str, texts: &[String]) {
    let visitor = Visitor::signed_in(environment().await.platform, person).await;
    visitor.get("/language/fr?back=/").await;
    let page = visitor.get(path).await;
    assert_eq!(page.status, 200, "{path}: {}", page.body);
    let name = page.header("content-disposition").to_owned();
    assert!(name.starts_with("attachment; filename=\"") && !name.contains("hacked"), "{name}");
    let reader =
        csv::ReaderBuilder::new().delimiter(b';').from_reader(page.body.trim_start_matches('\u{feff}').as_bytes());
    let cells: Vec<String> =
        reader.into_records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
    for text in texts {
        assert!(cells.iter().any(|cell| *cell == format!("'{text}")), "{path} has no cell for {text}:\n{}", page.body);
    }
    let formula = cells.iter().find(|cell| cell.starts_with(SIGNS));
    assert_eq!(formula, None, "{path}");
}

#[test]
fn a_mail_shows_texts_as_they_were_typed() {
    shared::run(async {
        let hostile = Hostile::get().await;
        let (environment, world) = (environment().await, &hostile.world);
        let sent = perform(&world.placing.rest, &hostile.draft().await, "send", json!({})).await;
        let to_coordinator = hostile.mail_to(&world.receiving.email, &sent).await;
        let redirected =
            perform(&world.receiving.rest, &sent, "redirect", json!({ "comment": mark("redirect") })).await;
        let to_agent = hostile.mail_to(&world.agent.email, &redirected).await;
        let answer = json!({ "answer": "ANSWER_DECLINE", "reasonCode": hostile.reason, "comment": mark("refusal") });
        perform(&world.receiving.rest, &redirected, "answer-for-agency", answer).await;
        let to_school = hostile.mail_to(&world.placing.email, &redirected).await;
        let tab = environment.browser.open(View::default()).await;
        for mail in [to_coordinator, to_agent, to_school] {
            assert!(!mail.subject().contains(['\r', '\n']), "{}", mail.subject());
            let html = form_urlencoded::byte_serialize(mail.html().as_bytes()).collect::<String>().replace('+', "%20");
            tab.goto(&format!("data:text/html;charset=utf-8,{html}")).await;
            let shown = text(&tab.ask(SHOWN).await);
            for words in [mark("program"), mark("site")] {
                assert!(shown.contains(&words), "no {words} in {shown}");
                assert!(mail.text().contains(&words), "no {words} in {}", mail.text());
            }
            assert_eq!(tab.ask("return typeof hacked").await, "undefined");
            let foreign = "return document.querySelectorAll('script, img, [onerror], [onclick]').length";
            assert_eq!(tab.ask(foreign).await, 0, "{}", mail.html());
        }
    });
}
