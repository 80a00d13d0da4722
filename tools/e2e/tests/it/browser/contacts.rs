//! Whom one turns to: business cards on the profiles of places and on the page of a request (domain §4.4, §5.5, §7.1).

use platform::browser::View;
use serde_json::json;

use super::{audit, environment};
use crate::{
    shared,
    world::{id, perform},
};

#[test]
fn each_side_reads_on_the_page_how_to_reach_the_other() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let request = world.redirected().await;
        let school = environment.enter(View::default(), "fr", &world.placing).await;
        let coordinator = format!("a[href='mailto:{}']", world.receiving.email);
        let agent = format!("a[href='mailto:{}']", world.agent.email);
        for (page, cards) in [
            (format!("/places/services/{}", world.service), vec![&coordinator]),
            (format!("/places/destinations/{}", world.unit), vec![&agent, &coordinator]),
            (format!("/requests/{}", id(&request)), vec![&agent, &coordinator]),
        ] {
            school.goto(&environment.page(&page)).await;
            for card in cards {
                school.find(card).await;
            }
            audit::check_from_all_sides(&school, "contacts, as the school reads them").await;
        }
        assert!(school.says("la demande attend ici").await, "the school reads whom its request waits for");

        let agent = environment.enter(View::default(), "en", &world.agent).await;
        agent.goto(&environment.page(&format!("/requests/{}", id(&request)))).await;
        agent.find(&format!(".persons a[href='mailto:{}']", world.placing.email)).await;
        perform(&world.placing.rest, &request, "cancel", json!({ "reasonCode": "C9" })).await;
    });
}
