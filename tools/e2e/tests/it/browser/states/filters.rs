//! Lists, reports, occupancy and searches, as their addresses can ask for them: well, in vain, and wrongly.

use platform::browser::View;

use super::{ENGLISH_FIRST, FRENCH_FIRST, go, look, owned};
use crate::{
    browser::{audit, environment},
    shared,
    world::{first_day, last_day},
};

#[test]
fn what_an_address_asks_of_the_schools_lists_is_shown_without_faults() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        world.sent().await;
        let (from, to) = (first_day(), last_day());
        let mut pages = owned([
            "/requests?period=custom&more=1&order=updated&overdue=1",
            "/reports?period=custom&state=sent",
            "/places?kind=agencies",
            "/places?kind=services&inactive=true",
            "/places?kind=destinations",
            "/places?kind=sites&query=a",
        ]);
        pages.extend([
            format!("/requests?site={}&service={}&period=custom&from={from}&to={to}", world.site, world.service),
            format!("/places/find?start_date={from}&end_date={to}&student_count=2&service_id={}", world.service),
            format!("/places/find?start_date={from}&end_date={to}&student_count=99&site_id={}", world.site),
            format!(
                "/requests/new?service_id={}&site_id={}&start_date={from}&end_date={to}",
                world.service, world.site
            ),
            format!("/occupancy?destination_id={}&from_date={from}", world.unit),
        ]);
        look(&environment.enter(View::default(), "fr", &world.placing).await, FRENCH_FIRST, &pages).await;
    });
}

#[test]
fn what_an_address_asks_of_the_hospitals_lists_is_shown_without_faults() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        world.redirected().await;
        let mut pages = owned(["/requests?more=1&changed=1&state=sent&state=redirected", "/reports", "/requests/new"]);
        pages.extend([
            format!("/occupancy?site_id={}&weeks=26&from_date={}", world.site, first_day()),
            format!("/occupancy?service_id={}&query=a", world.service),
        ]);
        look(&environment.enter(View::default(), "en", &world.receiving).await, ENGLISH_FIRST, &pages).await;
    });
}

#[test]
fn what_an_address_asks_wrongly_is_explained_without_faults() {
    shared::run(async {
        let environment = environment().await;
        let tab = environment.enter(View::default(), "fr", &environment.world.placing).await;
        let wrong = [
            ("/requests?period=custom&from=2026-13-01&to=soon", ".error"),
            ("/requests?site=nowhere", "main"),
            ("/reports?period=custom&from=2020-02-01&to=2020-01-01", ".error"),
            ("/places/find?start_date=soon&end_date=2027-01-01&student_count=many", ".error"),
            ("/occupancy?from_date=soon&weeks=-1", "main"),
            ("/requests/new?start_date=soon&student_count=many", "main"),
            ("/requests?order=best&size=7&state=lost&page=zzz", "main"),
        ];
        for (address, sign) in wrong {
            for language in FRENCH_FIRST {
                let back = form_urlencoded::Serializer::new(String::new()).append_pair("back", address).finish();
                tab.goto(&environment.page(&format!("/language/{language}?{back}"))).await;
                tab.find(&format!("html[lang={language}]")).await;
                tab.find(sign).await;
                assert_eq!(tab.count("main h1").await, 1, "{address}");
                audit::check_from_all_sides(&tab, address).await;
            }
        }
        go(&tab, "fr", "/requests").await;
    });
}
