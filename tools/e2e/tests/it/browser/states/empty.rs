//! Pages with nothing in them: of a school, a hospital and a unit that have just begun.

use platform::browser::View;
use serde_json::json;

use super::{ENGLISH_FIRST, FRENCH_FIRST, look, owned};
use crate::{
    browser::environment,
    shared,
    world::{Maker, World, create, id},
};

#[test]
fn pages_with_nothing_in_them_say_what_to_do_next() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let maker =
            Maker { platform: environment.platform, operator: &world.operator, word: &shared::fresh_word(), words: "" };
        let (school, _) = agency(world, maker.word, "AGENCY_KIND_PLACING").await;
        let (hospital, site) = agency(world, maker.word, "AGENCY_KIND_RECEIVING").await;
        let of = |id: &str| ("SCOPE_KIND_AGENCY".to_owned(), id.to_owned());
        let level = "LEVEL_LOCAL_ADMINISTRATOR";
        let placing = maker.user(&school, "Nouvelle", "fr", "ROLE_PLACING_COORDINATOR", level, of(&school));
        let receiving = maker.user(&hospital, "Novice", "en", "ROLE_RECEIVING_COORDINATOR", level, of(&hospital));
        let agent =
            maker.user(&hospital, "Seule", "fr", "ROLE_DESTINATION_COORDINATOR", "LEVEL_REGULAR", of(&hospital));
        let (placing, receiving, agent) = futures::join!(placing, receiving, agent);

        let (from, to) = (crate::world::first_day(), crate::world::last_day());
        let find = format!("/places/find?query=zzz&start_date={from}&end_date={to}&student_count=2");
        let mut pages = owned([
            "/",
            "/requests",
            "/requests?query=zzz",
            "/requests/new",
            "/reports",
            "/occupancy",
            "/places?query=zzz",
        ]);
        pages.push(find);
        look(&environment.enter(View::default(), "fr", &placing).await, FRENCH_FIRST, &pages).await;
        let mut pages = owned(["/", "/requests", "/reports", "/occupancy?query=zzz"]);
        pages.extend([format!("/places/sites/{site}"), format!("/occupancy?site_id={site}")]);
        pages.push(format!("/places/sites/{site}/destinations/new"));
        look(&environment.enter(View::default(), "en", &receiving).await, ENGLISH_FIRST, &pages).await;
        look(
            &environment.enter(View::default(), "fr", &agent).await,
            FRENCH_FIRST,
            &owned(["/", "/requests", "/reports"]),
        )
        .await;
    });
}

/// An agency and a site of it, without anything else.
async fn agency(world: &World, word: &str, kind: &str) -> (String, String) {
    let agency = json!({ "kind": kind, "name": format!("Tout neuf {word}"), "user": true, "city": "Gaspé" });
    let agency = id(&create(&world.operator, "/v1/agencies", "agency", agency).await);
    if kind == "AGENCY_KIND_PLACING" {
        return (agency, String::new());
    }
    let site = json!({ "agencyId": agency, "name": format!("Pavillon {word}"), "city": "Gaspé" });
    let site = id(&create(&world.operator, "/v1/sites", "site", site).await);
    (agency, site)
}
