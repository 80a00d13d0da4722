//! Who changed what on a profile stands on its page, for its own people (domain §5.5 "History").

use platform::browser::View;
use serde_json::json;

use super::{audit, environment};
use crate::shared;

#[test]
fn the_staff_reads_who_changed_a_profile_and_a_school_does_not() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let page = environment.page(&format!("/places/destinations/{}", world.unit));
        let told = json!({ "location": "Pavillon des érables" });
        let path = format!("/v1/destinations/{}?updateMask=location", world.unit);
        let answer = world.agent.rest.call(reqwest::Method::PATCH, &path, Some(told)).await;
        assert!(answer.is_ok(), "{answer:?}");

        let agent = environment.enter(View::default(), "fr", &world.agent).await;
        agent.goto(&page).await;
        let history = agent.text("#history").await;
        assert!(history.contains("Modification") && history.contains("Pavillon des érables"), "{history}");
        assert!(history.contains("Roy"), "by name: {history}");
        audit::check_from_all_sides(&agent, "the history of a profile").await;

        let school = environment.enter(View::default(), "fr", &world.placing).await;
        school.goto(&page).await;
        school.find("#contacts").await;
        assert_eq!(school.count("#history").await, 0, "how a profile came to be is not for schools");
    });
}
