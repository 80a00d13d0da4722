//! What somebody may not do is not on the page; done by hand all the same, it is refused.

use platform::browser::{Tab, View};
use serde_json::{Value, json};

use super::{audit, environment};
use crate::{
    shared,
    world::{id, perform},
};

/// Sends a form that the page does not offer, with all that an honest form carries and some fields besides.
const FORCE: &str = "
    const [address, besides] = arguments;
    const form = document.createElement('form');
    form.method = 'post';
    form.action = address;
    const fields = { form_token: document.querySelector('input[name=form_token]').value,
        etag: document.querySelector('#request').dataset.version, request_id: crypto.randomUUID(), ...besides };
    for (const [name, value] of Object.entries(fields)) {
        const field = document.createElement('input');
        field.name = name;
        field.value = value;
        form.append(field);
    }
    document.body.append(form);
    form.submit()";

/// Sends a form about the request that a page shows, past what the page offers.
pub(super) async fn force(tab: &Tab, address: &str, besides: &Value) {
    tab.client.execute(FORCE, vec![json!(address), besides.clone()]).await.unwrap();
}

#[test]
fn what_one_may_not_do_is_absent_and_refused_by_force() {
    shared::run(async {
        let environment = environment().await;
        let world = &environment.world;
        let request = world.redirected().await;
        let path = format!("/requests/{}", id(&request));
        // The school may neither answer for the unit nor for the hospital; the agent may not ratify.
        let school = environment.enter(View::default(), "fr", &world.placing).await;
        let agent = environment.enter(View::default(), "fr", &world.agent).await;
        let forced = [
            (&school, "#accept-at-destination", "answer-at-destination"),
            (&school, "#accept-for-agency", "answer-for-agency"),
            (&agent, "#accept-for-agency", "answer-for-agency"),
        ];
        for (tab, form, verb) in forced {
            tab.goto(&environment.page(&path)).await;
            tab.find("#request").await;
            assert_eq!(tab.count(form).await, 0, "{form} is not offered");
            force(tab, &format!("{path}/{verb}"), &json!({ "answer": "accept" })).await;
            tab.find("main code").await;
            assert!(tab.says("Cette action n’a pas abouti").await);
            audit::check_from_all_sides(tab, "a refusal").await;
        }
        let now = world.receiving.rest.get(&format!("/v1/requests/{}", id(&request))).await.ok();
        assert_eq!(now["request"]["state"], "STATE_REDIRECTED", "nothing has happened");
        perform(&world.placing.rest, &request, "cancel", json!({ "reasonCode": "C9" })).await;
    });
}

#[test]
fn a_request_of_others_is_not_found() {
    shared::run(async {
        let environment = environment().await;
        let draft = environment.world.draft().await;
        let tab = environment.enter(View::default(), "en", &environment.world.receiving).await;
        tab.goto(&environment.page(&format!("/requests/{}", id(&draft)))).await;
        tab.find("main code").await;
        assert_eq!(tab.count("#request").await, 0, "a draft is its school's own");
        audit::check_from_all_sides(&tab, "not found").await;
    });
}
