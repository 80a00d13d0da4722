//! Order, search and pages.

use kernel::Locale;
use proto::configuration::{
    v1 as pb,
    v1::{
        agency_service_client::AgencyServiceClient, course_service_client::CourseServiceClient,
        destination_service_client::DestinationServiceClient, program_service_client::ProgramServiceClient,
        reason_service_client::ReasonServiceClient, service_service_client::ServiceServiceClient,
        site_service_client::SiteServiceClient, term_service_client::TermServiceClient,
    },
};
use testkit::service::Caller;

use crate::world::{World, faulty, mask, text};

async fn agencies(caller: Caller, request: pb::ListAgenciesRequest) -> (Vec<String>, String) {
    let page = AgencyServiceClient::new(caller).list_agencies(request).await.expect("a page").into_inner();
    (page.agencies.into_iter().map(|a| a.name).collect(), page.next_page_token)
}

#[tokio::test]
async fn accents_and_case_count_neither_in_order_nor_in_search() {
    let world = World::new().await;
    for name in ["École de l'Île", "zoo", "Université d'Ottawa", "ecole Beta", "Œuvre", "Éole", "CIUSSS"] {
        world.school(name).await;
    }
    let (names, _) = agencies(world.operator(), pb::ListAgenciesRequest::default()).await;
    let order = ["CIUSSS", "ecole Beta", "École de l'Île", "Éole", "Œuvre", "Université d'Ottawa", "zoo"];
    assert_eq!(names, order);
    for (query, found) in [
        ("ECOLE", vec!["ecole Beta", "École de l'Île"]),
        ("de l ile", vec!["École de l'Île"]),
        ("oeuvre", vec!["Œuvre"]),
        ("d’ottawa", vec!["Université d'Ottawa"]),
        ("dottawa universite", vec!["Université d'Ottawa"]),
        ("%", vec![]),
        ("_", vec![]),
        ("nowhere", vec![]),
    ] {
        let request = pb::ListAgenciesRequest { query: query.into(), ..Default::default() };
        assert_eq!(agencies(world.operator(), request).await.0, found, "{query}");
    }
}

#[tokio::test]
async fn pages_hold_each_entry_once_though_names_are_equal_and_others_are_added() {
    let world = World::new().await;
    for name in ["Alpha", "Même", "Même", "Même", "Zêta"] {
        world.school(name).await;
    }
    let (mut names, mut token) = (Vec::new(), String::new());
    loop {
        let request = pb::ListAgenciesRequest { page_size: 2, page_token: token, ..Default::default() };
        let (page, next) = agencies(world.operator(), request).await;
        assert!(page.len() <= 2);
        names.extend(page);
        if next.is_empty() {
            break;
        }
        token = next;
        // Sorts before the pages that are still to come.
        world.school("Aaa").await;
    }
    assert_eq!(names, ["Alpha", "Même", "Même", "Même", "Zêta"]);
}

#[tokio::test]
async fn the_last_full_page_leads_nowhere() {
    let world = World::new().await;
    world.school("Alpha").await;
    world.school("Bêta").await;
    let request = pb::ListAgenciesRequest { page_size: 2, ..Default::default() };
    assert_eq!(agencies(world.operator(), request).await.1, "");
}

#[tokio::test]
async fn names_in_two_languages_are_ordered_for_the_reader() {
    let world = World::new().await;
    let site = world.site(&world.host("CIUSSS").await, "Hôpital").await;
    let french = [("Soins intensifs", "Intensive care"), ("Urgence", "Emergency"), ("Chirurgie", "Surgery")];
    for (fr, en) in french {
        let service = pb::Service { name: text(fr, en), ..world.new_service(&site, fr).await };
        let request = pb::CreateServiceRequest { service: Some(service), request_id: String::new() };
        ServiceServiceClient::new(world.operator()).create_service(request).await.expect("a service");
    }
    let list = async |locale, page_size, token: &str| {
        let page_token = token.to_owned();
        let request = pb::ListServicesRequest { page_size, page_token, ..Default::default() };
        let page = ServiceServiceClient::new(world.operator_reading(locale)).list_services(request).await;
        let page = page.expect("a page").into_inner();
        let names: Vec<_> = page.services.into_iter().map(|s| s.name.expect("a name").en).collect();
        (names, page.next_page_token)
    };
    assert_eq!(list(Locale::Fr, 0, "").await.0, ["Surgery", "Intensive care", "Emergency"]);
    assert_eq!(list(Locale::En, 0, "").await.0, ["Emergency", "Intensive care", "Surgery"]);
    // The pages that follow keep the order of the first, though the reader has changed the language.
    let (first, token) = list(Locale::En, 1, "").await;
    assert_eq!(
        (first, list(Locale::Fr, 2, &token).await.0),
        (vec!["Emergency".to_owned()], vec!["Intensive care".to_owned(), "Surgery".to_owned()],)
    );
    let request = pb::ListServicesRequest { query: "emergency".into(), ..Default::default() };
    let found = ServiceServiceClient::new(world.operator()).list_services(request).await.expect("a page").into_inner();
    assert_eq!(found.services.len(), 1, "both languages are searched, whatever the reader's");
}

#[tokio::test]
async fn what_is_no_longer_active_is_listed_on_request() {
    let world = World::new().await;
    let agency = world.school("Alpha").await;
    let retired = pb::Agency { active: false, ..agency };
    let request = pb::UpdateAgencyRequest { agency: Some(retired), update_mask: mask(&["active"]) };
    AgencyServiceClient::new(world.operator()).update_agency(request).await.expect("it retires");
    assert_eq!(agencies(world.operator(), pb::ListAgenciesRequest::default()).await.0, [""; 0]);
    let request = pb::ListAgenciesRequest { include_inactive: true, ..Default::default() };
    assert_eq!(agencies(world.operator(), request).await.0, ["Alpha"]);
}

#[tokio::test]
async fn lists_are_narrowed_down_by_what_stands_above() {
    let world = World::new().await;
    let (host, site, service, unit) = world.hospital().await;
    let other_site = world.site(&world.host("CISSS").await, "Cité-de-la-Santé").await;
    let other_unit = world.destination(&world.service(&other_site, "Médecine").await, "3 Nord").await;
    let second = world.destination(&world.service(&site, "Chirurgie").await, "5 Est").await;
    let school = world.school("Cégep").await;
    let program = world.program(&school, "Soins").await;
    let course = world.course(&program, "180-A10").await;
    world.course(&world.program(&world.school("Université").await, "Soins").await, "SIN-1").await;

    let operator = || world.operator();
    let kind = pb::AgencyKind::Placing.into();
    let (schools, _) = agencies(operator(), pb::ListAgenciesRequest { kind, ..Default::default() }).await;
    assert_eq!(schools, ["Cégep", "Université"]);
    let request = pb::ListSitesRequest { agency_id: host.id, ..Default::default() };
    let page = SiteServiceClient::new(operator()).list_sites(request).await.expect("a page").into_inner();
    assert_eq!(page.sites, std::slice::from_ref(&site));
    let request = pb::ListServicesRequest { site_id: other_site.id, ..Default::default() };
    let page = ServiceServiceClient::new(operator()).list_services(request).await.expect("a page").into_inner();
    assert_eq!(page.services.len(), 1);
    let units = async |site_id: &str, service_id: &str| {
        let request = pb::ListDestinationsRequest {
            site_id: site_id.into(),
            service_id: service_id.into(),
            ..Default::default()
        };
        let page = DestinationServiceClient::new(operator()).list_destinations(request).await;
        page.expect("a page").into_inner().destinations
    };
    assert_eq!(units(&site.id, "").await, [unit.clone(), second]);
    assert_eq!(units("", &service.id).await, [unit]);
    assert_eq!(units(&other_unit.site_id, &service.id).await, []);
    let request = pb::ListProgramsRequest { agency_id: school.id, ..Default::default() };
    let page = ProgramServiceClient::new(operator()).list_programs(request).await.expect("a page").into_inner();
    assert_eq!(page.programs, std::slice::from_ref(&program));
    let request = pb::ListCoursesRequest { program_id: program.id, ..Default::default() };
    let page = CourseServiceClient::new(operator()).list_courses(request).await.expect("a page").into_inner();
    assert_eq!(page.courses, [course]);
}

#[tokio::test]
async fn terms_follow_their_days_and_codes_their_numbers() {
    let world = World::new().await;
    let lists = configuration::seed::AddStarterLists::new(&[2027, 2026]);
    world.running.host.db.write(&lists, &world.running.host.env).await.expect("a province");
    let request = pb::ListTermsRequest { page_size: 4, ..Default::default() };
    let page = TermServiceClient::new(world.operator()).list_terms(request).await.expect("a page").into_inner();
    let starts: Vec<_> = page.terms.iter().map(|t| t.start_date.as_str()).collect();
    assert_eq!(starts, ["2026-01-01", "2026-05-01", "2026-09-01", "2027-01-01"]);
    let (mut codes, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = pb::ListReasonsRequest { page_size: 5, page_token, ..Default::default() };
        let page = ReasonServiceClient::new(world.operator()).list_reasons(request).await.expect("a page").into_inner();
        codes.extend(page.reasons.into_iter().map(|r| r.code));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    let all = "A1 A2 A3 C1 C2 C3 C4 C5 C6 C7 C8 C9 D1 D2 D3 D4 D5 D6 D7 D8 D9 D10 D11";
    assert_eq!(codes.join(" "), all);
}

#[tokio::test]
async fn a_bad_page_is_refused_by_its_field() {
    let world = World::new().await;
    let list = async |page_size, page_token: &str| {
        let request = pb::ListAgenciesRequest { page_size, page_token: page_token.into(), ..Default::default() };
        AgencyServiceClient::new(world.operator()).list_agencies(request).await
    };
    faulty(list(-1, "").await, &[("page_size", "OUT_OF_RANGE")]);
    faulty(list(0, "not a token").await, &[("page_token", "MALFORMED_PAGE_TOKEN")]);
    let request = pb::ListAgenciesRequest { kind: 9, ..Default::default() };
    faulty(AgencyServiceClient::new(world.operator()).list_agencies(request).await, &[("kind", "UNKNOWN_KIND")]);
    let request = pb::ListSitesRequest { agency_id: "x".into(), ..Default::default() };
    faulty(SiteServiceClient::new(world.operator()).list_sites(request).await, &[("agency_id", "MALFORMED_ID")]);
}
