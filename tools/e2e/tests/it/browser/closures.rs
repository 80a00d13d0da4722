//! A closure's page says whom it touches, and the school is told (domain §5.6).

use platform::browser::View;
use serde_json::json;
use testkit::wait_for;

use super::{audit, environment};
use crate::{
    shared,
    world::{World, create, first_day, id},
};

#[test]
fn a_closure_lists_what_it_touches_to_each_side() {
    shared::run(async {
        let environment = environment().await;
        // A province's own corner: nobody else sends to what is closed here.
        let world = &World::build(environment.platform).await;
        let request = world.redirected().await;
        let (number, day) = (id(&request), first_day().to_string());
        let closure = json!({
            "destinationId": world.unit, "startDate": day, "endDate": day,
            "reason": "CLOSURE_REASON_OUTBREAK", "severity": "CLOSURE_SEVERITY_SUSPEND_CURRENT",
        });
        let closure = create(&world.receiving.rest, "/v1/closures", "closure", closure).await;
        let page = environment.page(&format!("/places/closures/{}", id(&closure)));
        let row = format!("#affected a[href^='/requests/{number}']");
        wait_for("placement has heard of it", async || {
            let found = world.receiving.rest.get(&format!("/v1/inbox?closureId={}", id(&closure))).await;
            found.is_ok() && found.ok()["requests"].as_array().is_some_and(|all| !all.is_empty())
        })
        .await;

        let coordinator = environment.enter(View::default(), "en", &world.receiving).await;
        coordinator.goto(&page).await;
        coordinator.find(&row).await;
        assert_eq!(coordinator.count("#closure-form").await, 1, "its keeper changes it here");
        audit::check_from_all_sides(&coordinator, "a closure with what it touches").await;
        coordinator.goto(&environment.page(&format!("/requests?closure={}", id(&closure)))).await;
        coordinator.find(&format!("#picked a[href^='/requests/{number}']")).await;

        let school = environment.enter(View::default(), "fr", &world.placing).await;
        school.goto(&page).await;
        school.find(&row).await;
        assert_eq!(school.count("#closure-form").await, 0, "a school only looks");
        audit::check_from_all_sides(&school, "a closure, as a school reads it").await;
    });
}
