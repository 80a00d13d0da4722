use proto::{
    configuration::v1::{
        Contact, FieldChange, GetSiteResponse, ListContactsResponse, ListDestinationHistoryResponse, ListSitesRequest,
        ListSitesResponse, ProfileChange, Site,
    },
    identity::v1::{BusinessCard, Role},
    placement::v1::FindPlacesRequest,
};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::{data, world::World};

#[tokio::test]
async fn each_kind_of_place_has_its_list_with_the_words_that_narrow_it_down() {
    let world = World::with(Role::PlacingCoordinator).await;
    let page = world.browser.get("/places?query=parc").await;
    page.is(200).shows(&[
        "href=\"/places/sites/00000000-0000-7000-8000-0000000000b1\">Hôpital du Parc</a>",
        "CIUSSS du Parc",
        "Hôpital",
        "value=\"parc\"",
    ]);
    assert_eq!(world.gateway.asked::<ListSitesRequest>("SiteService/ListSites")[0].query, "parc");
    for (kind, link) in [
        ("services", "href=\"/places/services/00000000-0000-7000-8000-0000000000c1\">Médecine</a>"),
        ("destinations", "href=\"/places/destinations/00000000-0000-7000-8000-0000000000d1\">4 Ouest</a>"),
        (
            "agencies",
            "href=\"/places?kind=sites&amp;agency_id=00000000-0000-7000-8000-0000000000a2\">CIUSSS du Parc</a>",
        ),
    ] {
        world.browser.get(&format!("/places?kind={kind}")).await.is(200).shows(&[link, "aria-current=\"page\""]);
    }
}

#[tokio::test]
async fn long_lists_lead_on_and_empty_ones_say_so() {
    let world = World::with(Role::PlacingCoordinator).await;
    let sites = vec![data::site()];
    let page = ListSitesResponse { sites, next_page_token: "Mg".into() };
    world.gateway.answer("SiteService/ListSites", page);
    world.browser.get("/places").await.shows(&["rel=\"next\" href=\"/places?kind=sites&#38;page_token=Mg\""]);
    world.gateway.answer("SiteService/ListSites", ListSitesResponse::default());
    world.browser.get("/places?query=x&page_token=Mg").await.shows(&["id=\"places-everything\""]).hides(&["<table"]);
}

#[tokio::test]
async fn lists_are_files_too() {
    let world = World::with(Role::PlacingCoordinator).await;
    for (kind, line) in [
        (
            "sites",
            "Hôpital du Parc;CIUSSS du Parc;Hôpital;1, rue du Parc;Québec;G1A 1A1;oui;00000000-0000-7000-8000-0000000000b1",
        ),
        ("services", "Médecine;Hôpital du Parc;non;oui;00000000-0000-7000-8000-0000000000c1"),
        ("destinations", "4 Ouest;Hôpital du Parc;4e étage;8;6;jour, nuit;2;oui;00000000-0000-7000-8000-0000000000d1"),
        ("agencies", "CIUSSS du Parc;;;oui;00000000-0000-7000-8000-0000000000a2"),
    ] {
        let file = world.browser.get(&format!("/places.csv?kind={kind}")).await;
        let lines: Vec<_> = file.is(200).body.lines().collect();
        assert_eq!(lines[1], line, "{kind}");
    }
}

#[tokio::test]
async fn profiles_show_what_there_is_and_offer_a_visitor_no_change() {
    let world = World::with(Role::PlacingCoordinator).await;
    world.browser.get("/places/sites/00000000-0000-7000-8000-0000000000b1").await.is(200).shows(&[
        "<h1>Hôpital du Parc",
        "1, rue du Parc",
        "href=\"/places/services/00000000-0000-7000-8000-0000000000c1\">Médecine</a>",
        "href=\"/places/destinations/00000000-0000-7000-8000-0000000000d1\">4 Ouest</a>",
        "20 nov. 2026 – 20 déc. 2026",
        "href=\"/places/closures/closure#affected\"",
    ]);
    let unit = world.browser.get("/places/destinations/00000000-0000-7000-8000-0000000000d1").await;
    unit.is(200).shows(&["<h1>4 Ouest", "Une unité", "A vaccine", "4e étage", "6 sur 8, 1 en attente"]);
    let service = world.browser.get("/places/services/00000000-0000-7000-8000-0000000000c1").await;
    service.is(200).shows(&["<h1>Médecine", "href=\"/places/find?service_id=00000000-0000-7000-8000-0000000000c1\""]);
    for page in [
        "sites/00000000-0000-7000-8000-0000000000b1",
        "destinations/00000000-0000-7000-8000-0000000000d1",
        "services/00000000-0000-7000-8000-0000000000c1",
    ] {
        let page = world.browser.get(&format!("/places/{page}")).await;
        page.hides(&["/edit\"", "/new\"", "closures/new", "id=\"history\""]);
    }
}

#[tokio::test]
async fn people_are_named_to_those_who_may_know_them() {
    let world = World::with(Role::ReceivingCoordinator).await;
    let card = BusinessCard { name: "Dan Dubois".into(), email: "dan@example.org".into(), ..BusinessCard::default() };
    let contact = Contact { destination_id: data::UNIT.into(), card: Some(card), ..Contact::default() };
    world.gateway.answer("ContactService/ListContacts", ListContactsResponse { contacts: vec![contact] });
    world
        .browser
        .get("/places/destinations/00000000-0000-7000-8000-0000000000d1")
        .await
        .shows(&["Dan Dubois", "mailto:dan@example.org"]);
    world.gateway.refuse("ContactService/ListContacts", Status::permission_denied("no"));
    world.browser.get("/places/destinations/00000000-0000-7000-8000-0000000000d1").await.is(200).hides(&["Dan Dubois"]);
}

#[tokio::test]
async fn the_history_of_a_profile_is_told_in_words() {
    let world = World::with(Role::DestinationCoordinator).await;
    let field = FieldChange { field: "shifts".into(), old_value: "DAY".into(), new_value: "DAY,NIGHT".into() };
    let change = ProfileChange { person_name: "Dan Dubois".into(), fields: vec![field], ..ProfileChange::default() };
    let history = ListDestinationHistoryResponse { changes: vec![change], next_page_token: "Mg".into() };
    world.gateway.answer("ProfileHistoryService/ListDestinationHistory", history);
    world.browser.get("/places/destinations/00000000-0000-7000-8000-0000000000d1").await.shows(&[
        "<del>jour</del>",
        "<ins>jour, nuit</ins>",
        "Dan Dubois",
        "href=\"/places/destinations/00000000-0000-7000-8000-0000000000d1?history=Mg#history\"",
    ]);
    let denied = Status::permission_denied("no");
    world.gateway.refuse("ProfileHistoryService/ListDestinationHistory", denied);
    world
        .browser
        .get("/places/destinations/00000000-0000-7000-8000-0000000000d1")
        .await
        .is(200)
        .hides(&["id=\"history\""]);
}

#[tokio::test]
async fn whoever_finds_a_place_asks_for_it_with_what_was_looked_for() {
    let world = World::with(Role::PlacingCoordinator).await;
    const FIND: &str = "PlacementRequestService/FindPlaces";
    let query = "start_date=2027-01-11&end_date=2027-02-05&student_count=4";
    let page = world.browser.get(&format!("/places/find?{query}")).await;
    page.is(200)
        .shows(&["4 Ouest", "href=\"/requests/new?service_id=00000000-0000-7000-8000-0000000000c1&#38;site_id=00000000-0000-7000-8000-0000000000b1&#38;start_date=2027-01-11"]);
    assert_eq!(world.gateway.asked::<FindPlacesRequest>(FIND)[0].student_count, 4);
    let page = world.browser.get("/places/find?start_date=soon&end_date=2027-02-05&student_count=many").await;
    page.is(200).shows(&["id=\"start_date-error\"", "id=\"student_count-error\"", "value=\"many\""]);
    let details = ErrorDetails::with_bad_request_violation("end_date", "Trop loin.");
    world.gateway.refuse(FIND, Status::with_error_details(Code::InvalidArgument, "no", details));
    world.browser.get(&format!("/places/find?{query}")).await.shows(&["id=\"end_date-error\">Trop loin.</p>"]);
    let unit = World::with(Role::DestinationCoordinator).await;
    unit.browser.get("/places/find").await.is(403).shows(&["Chercher une place est l’affaire"]);
}

#[tokio::test]
async fn what_people_typed_cannot_become_markup() {
    let world = World::with(Role::PlacingCoordinator).await;
    let hostile = "<script>alert('x')</script>".to_owned();
    let site = Site { name: hostile.clone(), kind: hostile.clone(), ..data::site() };
    world.gateway.answer("SiteService/GetSite", GetSiteResponse { site: Some(site.clone()) });
    world
        .gateway
        .answer("SiteService/ListSites", ListSitesResponse { sites: vec![site], ..ListSitesResponse::default() });
    for path in [
        "/places",
        "/places?query=%22%3E%3Cscript%3E",
        "/places/sites/00000000-0000-7000-8000-0000000000b1",
        "/places/services/00000000-0000-7000-8000-0000000000c1",
    ] {
        let page = world.browser.get(path).await;
        page.is(200).hides(&["<script"]).shows(&["&#60;script&#62;"]);
    }
}
