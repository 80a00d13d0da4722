use proto::{
    configuration::v1::{
        CreateDestinationRequest, CreateDestinationResponse, CreateServiceRequest, CreateServiceResponse,
        UpdateDestinationRequest, UpdateDestinationResponse, UpdateServiceRequest, UpdateServiceResponse,
    },
    identity::v1::{Level, ListPeopleResponse, Person, Role, ScopeKind},
};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::{
    data,
    sign_in::refusal,
    world::{World, me_with},
};

const UPDATE: &str = "DestinationService/UpdateDestination";

async fn keeper() -> World {
    let scope = (ScopeKind::Agency, data::HOSPITAL);
    let world =
        World::with_me(me_with(Role::ReceivingCoordinator, Level::LocalAdministrator, scope, data::HOSPITAL)).await;
    let person = Person { id: "dan".into(), first_name: "Dan".into(), last_name: "Dubois".into(), ..Person::default() };
    world.gateway.answer(
        "PersonService/ListPeople",
        ListPeopleResponse { people: vec![person], ..ListPeopleResponse::default() },
    );
    world
}

const TYPED: [(&str, &str); 14] = [
    ("etag", "3"),
    ("name", "4 Ouest"),
    ("short_name", "4O"),
    ("location", "4e étage"),
    ("capacity", "9"),
    ("maximum_group_size", "6"),
    ("minimum_notice_weeks", "2"),
    ("shifts", "1"),
    ("shifts", "3"),
    ("description_fr", "Deux\r\nlignes"),
    ("prerequisites_en", "A vaccine"),
    ("service_ids", "00000000-0000-7000-8000-0000000000c1"),
    ("agent_id", "dan"),
    ("active", "true"),
];

#[tokio::test]
async fn the_profile_is_in_the_form_and_saved_by_those_who_keep_it() {
    let world = keeper().await;
    world.gateway.answer(UPDATE, UpdateDestinationResponse { destination: Some(data::unit()) });
    let page = world.browser.get("/places/destinations/00000000-0000-7000-8000-0000000000d1/edit").await;
    page.is(200).shows(&[
        "value=\"4 Ouest\"",
        "name=\"etag\" value=\"3\"",
        "value=\"8\"",
        "name=\"shifts\" value=\"1\" checked>",
        "name=\"shifts\" value=\"2\">",
        "name=\"service_ids\" value=\"00000000-0000-7000-8000-0000000000c1\" checked>",
        "<option value=\"dan\">Dubois, Dan</option>",
        "Une unité</textarea>",
    ]);
    world
        .browser
        .post("/places/destinations/00000000-0000-7000-8000-0000000000d1/edit", &TYPED)
        .await
        .leads_to("/places/destinations/00000000-0000-7000-8000-0000000000d1");
    let asked = world.gateway.asked::<UpdateDestinationRequest>(UPDATE).remove(0);
    let destination = asked.destination.unwrap();
    assert_eq!((destination.capacity, &*destination.etag, &*destination.agent_id), (9, "3", "dan"));
    assert_eq!(destination.shifts, [1, 3]);
    assert_eq!(destination.description.unwrap().fr, "Deux\nlignes");
    assert_eq!(asked.update_mask.unwrap().paths.len(), 12);
}

#[tokio::test]
async fn an_agent_keeps_the_profile_and_nothing_else() {
    let world = World::with(Role::DestinationCoordinator).await;
    world.gateway.answer(UPDATE, UpdateDestinationResponse { destination: Some(data::unit()) });
    let page = world.browser.get("/places/destinations/00000000-0000-7000-8000-0000000000d1/edit").await;
    page.is(200).shows(&["value=\"4 Ouest\""]).hides(&["name=\"agent_id\"", "name=\"service_ids\"", "name=\"active\""]);
    world.browser.post("/places/destinations/00000000-0000-7000-8000-0000000000d1/edit", &TYPED).await.is(303);
    let paths = world.gateway.asked::<UpdateDestinationRequest>(UPDATE).remove(0).update_mask.unwrap().paths;
    assert!(paths.contains(&"capacity".to_owned()) && !paths.contains(&"agent_id".to_owned()), "{paths:?}");
}

#[tokio::test]
async fn what_is_no_number_is_told_beside_its_field_before_anybody_is_asked() {
    let world = keeper().await;
    let page = world
        .browser
        .post(
            "/places/destinations/00000000-0000-7000-8000-0000000000d1/edit",
            &[("capacity", "many"), ("name", "<b>x</b>")],
        )
        .await;
    page.is(400).shows(&[
        "id=\"capacity-error\"",
        "aria-describedby=\"capacity-hint capacity-error\"",
        "value=\"many\"",
    ]);
    page.shows(&["&#60;b&#62;x"]);
    assert!(world.gateway.asked::<UpdateDestinationRequest>(UPDATE).is_empty());
}

#[tokio::test]
async fn errors_of_both_languages_stand_beside_their_own_field() {
    let world = keeper().await;
    let details = ErrorDetails::with_bad_request_violation("destination.description.fr", "Trop long.");
    world.gateway.refuse(UPDATE, Status::with_error_details(Code::InvalidArgument, "no", details));
    let page = world.browser.post("/places/destinations/00000000-0000-7000-8000-0000000000d1/edit", &TYPED).await;
    page.is(400).shows(&["id=\"description_fr-error\">Trop long.</p>", "value=\"9\""]);
    world.gateway.refuse(UPDATE, refusal(Code::Aborted, "STALE_ETAG", "Trop tard."));
    let page = world
        .browser
        .post(
            "/places/destinations/00000000-0000-7000-8000-0000000000d1/edit",
            &[&[("etag", "2")], &TYPED[1..]].concat(),
        )
        .await;
    page.is(409).shows(&["name=\"etag\" value=\"3\"", "value=\"9\"", "role=\"alert\""]);
}

#[tokio::test]
async fn a_destination_is_added_once() {
    const CREATE: &str = "DestinationService/CreateDestination";
    let world = keeper().await;
    let request_id = world
        .browser
        .get("/places/sites/00000000-0000-7000-8000-0000000000b1/destinations/new")
        .await
        .is(200)
        .field("request_id");
    world.gateway.answer(CREATE, CreateDestinationResponse { destination: Some(data::unit()) });
    let typed = [&[("request_id", request_id.as_str())], &TYPED[..]].concat();
    world
        .browser
        .post("/places/sites/00000000-0000-7000-8000-0000000000b1/destinations/new", &typed)
        .await
        .leads_to("/places/destinations/00000000-0000-7000-8000-0000000000d1");
    let asked = world.gateway.asked::<CreateDestinationRequest>(CREATE).remove(0);
    let destination = asked.destination.unwrap();
    assert_eq!((asked.request_id, &*destination.site_id, destination.active), (request_id, data::SITE, true));
}

#[tokio::test]
async fn a_service_is_added_and_changed_by_those_who_keep_the_site() {
    let world = keeper().await;
    let typed = [("name_fr", "Chirurgie"), ("name_en", "Surgery"), ("receiving_coordinator_id", "dan")];
    let page = world.browser.get("/places/services/00000000-0000-7000-8000-0000000000c1/edit").await;
    page.is(200).shows(&["value=\"Médecine\"", "value=\"Medicine\"", "<option value=\"dan\">"]);
    world.gateway.answer("ServiceService/UpdateService", UpdateServiceResponse { service: Some(data::service()) });
    world
        .browser
        .post("/places/services/00000000-0000-7000-8000-0000000000c1/edit", &typed)
        .await
        .leads_to("/places/services/00000000-0000-7000-8000-0000000000c1");
    let asked = world.gateway.asked::<UpdateServiceRequest>("ServiceService/UpdateService").remove(0);
    let service = asked.service.unwrap();
    assert_eq!((service.name.unwrap().en, service.active), ("Surgery".to_owned(), false), "what is not ticked is off");
    world.gateway.answer("ServiceService/CreateService", CreateServiceResponse { service: Some(data::service()) });
    world
        .browser
        .post("/places/sites/00000000-0000-7000-8000-0000000000b1/services/new", &typed)
        .await
        .leads_to("/places/services/00000000-0000-7000-8000-0000000000c1");
    let asked = world.gateway.asked::<CreateServiceRequest>("ServiceService/CreateService").remove(0);
    assert_eq!(asked.service.unwrap().site_id, data::SITE);
    let details = ErrorDetails::with_bad_request_violation("service.name.en", "Il manque.");
    let refused = Status::with_error_details(Code::InvalidArgument, "no", details);
    world.gateway.refuse("ServiceService/CreateService", refused);
    let page = world.browser.post("/places/sites/00000000-0000-7000-8000-0000000000b1/services/new", &typed).await;
    page.is(400).shows(&["id=\"name_en-error\">Il manque.</p>", "value=\"Chirurgie\""]);
}

#[tokio::test]
async fn whoever_keeps_nothing_is_offered_no_form_and_refused_one() {
    let world = World::with(Role::ReceivingCoordinator).await;
    for path in [
        "/places/destinations/00000000-0000-7000-8000-0000000000d1/edit",
        "/places/services/00000000-0000-7000-8000-0000000000c1/edit",
        "/places/sites/00000000-0000-7000-8000-0000000000b1/services/new",
        "/places/sites/00000000-0000-7000-8000-0000000000b1/destinations/new",
    ] {
        world.browser.get(path).await.is(403).shows(&["votre administrateur local"]);
    }
}
