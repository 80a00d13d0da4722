//! Bad input: every fault at once, each by its path.

use proto::configuration::v1::{
    self as pb, agency_service_client::AgencyServiceClient, course_service_client::CourseServiceClient,
    program_service_client::ProgramServiceClient, service_service_client::ServiceServiceClient,
    site_service_client::SiteServiceClient,
};

use crate::world::{World, faulty, mask, text};

#[tokio::test]
async fn an_agency_is_told_all_that_is_wrong_with_it() {
    let world = World::new().await;
    let create = async |agency| {
        let request = pb::CreateAgencyRequest { agency, request_id: String::new() };
        AgencyServiceClient::new(world.operator()).create_agency(request).await
    };
    faulty(create(None).await, &[("agency", "REQUIRED")]);
    let all = [("agency.kind", "REQUIRED"), ("agency.name", "REQUIRED")];
    faulty(create(Some(pb::Agency::default())).await, &all);
    let wrong = pb::Agency {
        kind: 9,
        name: "a\0b".into(),
        short_name: "é".repeat(41),
        city: "x".repeat(101),
        ..Default::default()
    };
    faulty(
        create(Some(wrong)).await,
        &[
            ("agency.kind", "UNKNOWN_KIND"),
            ("agency.name", "CONTROL_CHARACTER"),
            ("agency.short_name", "TOO_LONG"),
            ("agency.city", "TOO_LONG"),
        ],
    );
}

#[tokio::test]
async fn a_site_is_told_all_that_is_wrong_with_it() {
    let world = World::new().await;
    let site = pb::Site {
        agency_id: "somewhere".into(),
        name: " ".into(),
        postal_code: "90210".into(),
        latitude: f64::NAN,
        longitude: 73.5,
        ..Default::default()
    };
    let request = pb::CreateSiteRequest { site: Some(site), request_id: String::new() };
    faulty(
        SiteServiceClient::new(world.operator()).create_site(request).await,
        &[
            ("site.agency_id", "MALFORMED_ID"),
            ("site.name", "REQUIRED"),
            ("site.city", "REQUIRED"),
            ("site.postal_code", "MALFORMED_POSTAL_CODE"),
            ("site.latitude", "OUT_OF_RANGE"),
            ("site.longitude", "OUT_OF_RANGE"),
        ],
    );
}

#[tokio::test]
async fn names_are_required_in_both_languages() {
    let world = World::new().await;
    let service = pb::Service { name: text("Médecine", ""), ..Default::default() };
    let request = pb::CreateServiceRequest { service: Some(service), request_id: String::new() };
    faulty(
        ServiceServiceClient::new(world.operator()).create_service(request).await,
        &[
            ("service.site_id", "REQUIRED"),
            ("service.name.en", "REQUIRED"),
            ("service.receiving_coordinator_id", "REQUIRED"),
        ],
    );
    let program = pb::Program { agency_id: world.id(), discipline: "Soins".into(), ..Default::default() };
    let request = pb::CreateProgramRequest { program: Some(program), request_id: String::new() };
    faulty(
        ProgramServiceClient::new(world.operator()).create_program(request).await,
        &[
            ("program.name.fr", "REQUIRED"),
            ("program.name.en", "REQUIRED"),
            ("program.discipline", "MALFORMED_DISCIPLINE"),
        ],
    );
}

#[tokio::test]
async fn a_course_has_bounds() {
    let world = World::new().await;
    let course = pb::Course {
        program_id: world.id(),
        code: "x".repeat(41),
        name: text(&"é".repeat(201), "Practicum"),
        hours: 5001,
        placement_type_code: "préceptorat".into(),
        ..Default::default()
    };
    let request = pb::CreateCourseRequest { course: Some(course), request_id: String::new() };
    faulty(
        CourseServiceClient::new(world.operator()).create_course(request).await,
        &[
            ("course.code", "TOO_LONG"),
            ("course.name.fr", "TOO_LONG"),
            ("course.hours", "OUT_OF_RANGE"),
            ("course.placement_type_code", "MALFORMED_CODE"),
        ],
    );
}

#[tokio::test]
async fn an_update_names_its_entry_and_well_formed_values() {
    let world = World::new().await;
    let update = async |agency, update_mask| {
        let request = pb::UpdateAgencyRequest { agency, update_mask };
        AgencyServiceClient::new(world.operator()).update_agency(request).await
    };
    faulty(update(None, None).await, &[("agency", "REQUIRED")]);
    faulty(update(Some(pb::Agency::default()), None).await, &[("agency.id", "REQUIRED")]);
    let agency = pb::Agency { id: "x".into(), ..Default::default() };
    faulty(update(Some(agency), None).await, &[("agency.id", "MALFORMED_ID")]);
    let agency = pb::Agency { name: String::new(), ..world.school("Alpha").await };
    faulty(update(Some(agency), mask(&["name", "city"])).await, &[("agency.name", "REQUIRED")]);
}
