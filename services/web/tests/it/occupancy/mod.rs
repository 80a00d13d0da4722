//! How full units are.

use proto::{
    identity::v1::Role,
    placement::v1::{GetOccupancyRequest, GetOccupancyResponse, OccupancyCell, UnassignedOccupancy},
};

use crate::{data, world::World};

const OCCUPANCY: &str = "PlacementRequestService/GetOccupancy";

#[tokio::test]
async fn a_coordinator_sees_the_own_site_in_words_and_colours_with_links_to_the_requests() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let page = world.browser.get("/occupancy").await;
    page.is(200).shows(&[
        "Hôpital du Parc",
        "<td class=\"o-nearly o-pending\">",
        "6 sur 8, 1 en attente",
        "href=\"/requests?destination=00000000-0000-7000-8000-0000000000d1&#38;period=custom&#38;from=2026-11-23&#38;to=2026-11-29\"",
    ]);
    let asked = world.gateway.asked::<GetOccupancyRequest>(OCCUPANCY);
    assert_eq!((&*asked[0].site_id, &*asked[0].from_date, asked[0].weeks), (data::SITE, "2026-11-23", 16));
}

#[tokio::test]
async fn whoever_has_no_list_of_requests_gets_no_links_to_one() {
    let world = World::with(Role::ProvincialLead).await;
    world
        .browser
        .get("/occupancy?site_id=00000000-0000-7000-8000-0000000000b1")
        .await
        .is(200)
        .shows(&["6 sur 8"])
        .hides(&["href=\"/requests?"]);
}

#[tokio::test]
async fn a_school_is_asked_where_to_look_first() {
    let world = World::with(Role::PlacingCoordinator).await;
    let page = world.browser.get("/occupancy").await;
    page.is(200).shows(&[
        "id=\"likely-title\"",
        "href=\"/occupancy?site_id=00000000-0000-7000-8000-0000000000b1\">Hôpital du Parc</a>",
    ]);
    page.hides(&["id=\"occupancy\""]);
    let found = world.browser.get("/occupancy?query=parc").await;
    found.is(200).shows(&[
        "href=\"/occupancy?service_id=00000000-0000-7000-8000-0000000000c1\">Médecine</a>",
        "destination_id=00000000-0000-7000-8000-0000000000d1\">4 Ouest</a>",
    ]);
}

#[tokio::test]
async fn a_site_without_units_says_so_and_leads_to_the_site() {
    let world = World::with(Role::ReceivingCoordinator).await;
    world.gateway.answer(OCCUPANCY, GetOccupancyResponse::default());
    world
        .browser
        .get("/occupancy")
        .await
        .is(200)
        .shows(&["href=\"/places/sites/00000000-0000-7000-8000-0000000000b1\""])
        .hides(&["<table"]);
}

#[tokio::test]
async fn students_without_a_destination_stand_at_their_service() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let cells = vec![OccupancyCell { accepted: 2, pending: 1, closed: false }; 16];
    let row =
        UnassignedOccupancy { service_id: "service".into(), service: data::words("Médecine", "Medicine"), cells };
    let weeks = vec!["2026-11-23".into(); 16];
    world.gateway.answer(OCCUPANCY, GetOccupancyResponse { weeks, destinations: Vec::new(), unassigned: vec![row] });
    let page = world.browser.get("/occupancy").await;
    page.is(200).shows(&[
        "href=\"/places/services/service\">Médecine</a>",
        "sans destination",
        "2 sur 0, 1 en attente",
        "href=\"/requests?service=service&#38;period=custom&#38;from=2026-11-23&#38;to=2026-11-29\"",
    ]);
    assert_eq!(page.body.matches("2 sur 0, 1 en attente").count(), 32, "they count in the totals");
    let file = world.browser.get("/occupancy.csv").await;
    assert!(file.body.contains("Médecine – sans destination;2026-11-23;2026-11-29;0;2;1;non"), "{}", file.body);
}

#[tokio::test]
async fn the_same_is_a_file_in_the_readers_language() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let file = world.browser.get("/occupancy.csv").await;
    file.is(200);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<_> = file.body.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines.len(), 17);
    assert_eq!(lines[1], "4 Ouest;2026-11-23;2026-11-29;8;6;1;non");
    world.browser.get("/language/en?back=/").await.leads_to("/");
    assert!(world.browser.get("/occupancy.csv").await.body.contains("4 Ouest,2026-11-23,2026-11-29,8,6,1,no"));
}
