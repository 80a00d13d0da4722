//! What is said of places, people and curricula, on the pages that show it and in the forms that change it.

use super::{Hostile, brief, check_shows, enter, mark};
use crate::shared;

#[test]
fn every_text_of_a_place_is_shown_as_it_was_typed() {
    shared::run(async {
        let hostile = Hostile::get().await;
        let world = &hostile.world;
        let tab = enter(&world.receiving).await;
        let unit = format!("/places/destinations/{}", world.unit);
        check_shows(&tab, &unit, &hostile.profile).await;
        let form = ["unit-name", "location", "description", "prerequisites"].map(mark);
        check_shows(&tab, &format!("{unit}/edit"), &[&form[..], &[brief("unit"), brief("last-name")]].concat()).await;
        let site = ["site", "street", "city", "hospital", "service", "unit-name", "location"].map(mark);
        check_shows(&tab, &format!("/places/sites/{}", world.site), &[&site[..], &[brief("kind")]].concat()).await;
        let service = ["service", "site", "unit-name"].map(mark);
        let person = ["first-name", "last-name", "title", "1"].map(brief);
        check_shows(&tab, &format!("/places/services/{}", world.service), &[service.as_slice(), &person].concat())
            .await;
        check_shows(&tab, &format!("/places/services/{}/edit", world.service), &[mark("service"), brief("last-name")])
            .await;
        check_shows(&tab, &format!("/places/closures/new?destination_id={}", world.unit), &[mark("unit-name")]).await;
        check_shows(&tab, &format!("/occupancy?site_id={}", world.site), &[mark("site"), mark("unit-name")]).await;
        check_shows(&tab, &format!("/requests?site={}", world.site), &[mark("site"), mark("term"), mark("service")])
            .await;
        for (kind, query, texts) in [
            ("agencies", "hospital", [mark("hospital"), mark("town")]),
            ("sites", "site", [mark("site"), mark("city")]),
            ("services", "service", [mark("service"), mark("site")]),
            ("destinations", "unit-name", [mark("unit-name"), mark("site")]),
        ] {
            check_shows(&tab, &format!("/places?kind={kind}&query={query}"), &texts).await;
        }
    });
}

#[test]
fn every_text_of_a_curriculum_is_shown_as_it_was_typed() {
    shared::run(async {
        let hostile = Hostile::get().await;
        let world = &hostile.world;
        let tab = enter(&world.placing).await;
        let (from, to) = (crate::world::first_day(), crate::world::last_day());
        let form = format!("/requests/new?program_id={}&start_date={from}&end_date={to}&query=service", world.program);
        let texts = ["program", "course", "type", "service", "site", "unit-name"].map(mark);
        check_shows(&tab, &form, &[&texts[..], &[brief("course")]].concat()).await;
        let find = format!("/places/find?query=service&start_date={from}&end_date={to}&student_count=1");
        check_shows(&tab, &find, &["service", "site", "unit-name"].map(mark)).await;
        check_shows(&tab, "/reports", &[mark("term"), mark("program")]).await;
    });
}
