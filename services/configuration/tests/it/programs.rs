//! Programs and courses (domain §6).

use proto::configuration::v1::{
    self as pb, course_service_client::CourseServiceClient, placement_type_service_client::PlacementTypeServiceClient,
    program_service_client::ProgramServiceClient,
};
use tonic::{Code, Status};

use crate::world::{World, faulty, mask, practicum, refused, text};

impl World {
    async fn create_course(&self, course: pb::Course) -> Result<pb::Course, Status> {
        let request = pb::CreateCourseRequest { course: Some(course), request_id: String::new() };
        let answer = CourseServiceClient::new(self.operator()).create_course(request).await?;
        Ok(answer.into_inner().course.expect("as stored"))
    }

    async fn update_course(&self, course: pb::Course, paths: &[&str]) -> Result<pb::Course, Status> {
        let request = pb::UpdateCourseRequest { course: Some(course), update_mask: mask(paths) };
        let answer = CourseServiceClient::new(self.operator()).update_course(request).await?;
        Ok(answer.into_inner().course.expect("as stored"))
    }

    async fn placement_type(&self, code: &str, valid_to: &str) {
        let kind = pb::PlacementType {
            code: code.into(),
            name: text("Type", "Type"),
            valid_from: "2025-01-01".into(),
            valid_to: valid_to.into(),
            ..Default::default()
        };
        let request = pb::CreatePlacementTypeRequest { placement_type: Some(kind), request_id: String::new() };
        PlacementTypeServiceClient::new(self.operator()).create_placement_type(request).await.expect("a type");
    }
}

#[tokio::test]
async fn a_program_belongs_to_an_agency_that_places() {
    let world = World::new().await;
    let host = world.host("CIUSSS").await;
    let create = async |agency_id: String| {
        let program =
            pb::Program { agency_id, name: text("Soins", "Care"), discipline: "nursing".into(), ..Default::default() };
        let request = pb::CreateProgramRequest { program: Some(program), request_id: String::new() };
        ProgramServiceClient::new(world.operator()).create_program(request).await
    };
    faulty(create(host.id).await, &[("program.agency_id", "AGENCY_NOT_PLACING")]);
    faulty(create(world.id()).await, &[("program.agency_id", "UNKNOWN_AGENCY")]);
}

#[tokio::test]
async fn a_retired_program_gets_no_course() {
    let world = World::new().await;
    let school = world.school("Cégep de Sherbrooke").await;
    let program = world.program(&school, "Soins infirmiers").await;
    let retired = pb::Program { active: false, ..program.clone() };
    let request = pb::UpdateProgramRequest { program: Some(retired), update_mask: mask(&["active"]) };
    ProgramServiceClient::new(world.operator()).update_program(request).await.expect("it retires");
    let answer = world.create_course(practicum(&program, "180-A10")).await;
    refused(answer, Code::FailedPrecondition, "PROGRAM_RETIRED");
    let orphan = pb::Course { program_id: world.id(), ..practicum(&program, "180-A10") };
    faulty(world.create_course(orphan).await, &[("course.program_id", "UNKNOWN_PROGRAM")]);
}

#[tokio::test]
async fn one_active_course_of_a_program_has_a_code() {
    let world = World::new().await;
    let school = world.school("Cégep de Sherbrooke").await;
    let (nursing, radiology) =
        (world.program(&school, "Soins infirmiers").await, world.program(&school, "Radiologie").await);
    let first = world.course(&nursing, "180-A10").await;
    world.course(&radiology, "180-A10").await;
    refused(world.create_course(practicum(&nursing, "180-A10")).await, Code::AlreadyExists, "CODE_TAKEN");
    let retired = world.update_course(pb::Course { active: false, ..first }, &["active"]).await.expect("it retires");
    world.course(&nursing, "180-A10").await;
    let answer = world.update_course(pb::Course { active: true, ..retired }, &["active"]).await;
    refused(answer, Code::AlreadyExists, "CODE_TAKEN");
}

#[tokio::test]
async fn a_course_starts_with_a_placement_type_that_is_in_use() {
    let world = World::new().await;
    let school = world.school("Cégep de Sherbrooke").await;
    let program = world.program(&school, "Soins infirmiers").await;
    // The clock of the tests stands at 23 November 2026.
    world.placement_type("PRECEPTORSHIP", "2026-11-23").await;
    world.placement_type("FORMER", "2026-11-22").await;
    let with = |code: &str| pb::Course { placement_type_code: code.into(), ..practicum(&program, code) };
    let course = world.create_course(with("PRECEPTORSHIP")).await.expect("its last day is today");
    faulty(world.create_course(with("FORMER")).await, &[("course.placement_type_code", "PLACEMENT_TYPE_NOT_IN_USE")]);
    faulty(world.create_course(with("NONE")).await, &[("course.placement_type_code", "UNKNOWN_PLACEMENT_TYPE")]);
    world.running.clock.advance(jiff::SignedDuration::from_hours(48));
    let changed = world.update_course(pb::Course { hours: 90, ..course }, &["hours"]).await;
    assert_eq!(changed.expect("what it started with may end").hours, 90);
}
