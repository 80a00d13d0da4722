//! A small province to test in, and how refusals are read.

use chassis::Scope;
use configuration::Configuration;
use kernel::{Locale, PersonId};
use proto::{
    configuration::v1::{
        self as pb, agency_service_client::AgencyServiceClient, course_service_client::CourseServiceClient,
        destination_service_client::DestinationServiceClient, program_service_client::ProgramServiceClient,
        service_service_client::ServiceServiceClient, site_service_client::SiteServiceClient,
    },
    identity::v1::{Level, PersonChanged, Role},
    text::v1::LocalizedText,
};
use testkit::service::{Caller, Running, User, start};
use tonic::{Code, Status};
use tonic_types::StatusExt as _;
use uuid::Uuid;

/// A service under test, and an operator who fills it.
pub struct World {
    pub running: Running,
}

impl World {
    pub async fn new() -> Self {
        Self { running: start::<Configuration>(configuration::Config::default()).await }
    }

    /// Someone in a role, at a level, for places.
    pub fn user(&self, role: Role, level: Level, scopes: impl Into<Vec<Scope>>) -> Caller {
        self.running.as_user(&User::new(Self::nobody(), role, scopes).at(level))
    }

    pub fn operator(&self) -> Caller {
        self.operator_reading(Locale::Fr)
    }

    pub fn operator_reading(&self, locale: Locale) -> Caller {
        let user = User::new(Self::nobody(), Role::Operator, [Scope::Province]).at(Level::LocalAdministrator);
        self.running.as_user(&user.reading(locale))
    }

    fn nobody() -> PersonId {
        Uuid::from_u128(7).into()
    }

    pub fn id(&self) -> String {
        self.running.host.env.ids.next::<Uuid>().to_string()
    }

    pub async fn school(&self, name: &str) -> pb::Agency {
        self.agency(pb::AgencyKind::Placing, name).await
    }

    pub async fn host(&self, name: &str) -> pb::Agency {
        self.agency(pb::AgencyKind::Receiving, name).await
    }

    async fn agency(&self, kind: pb::AgencyKind, name: &str) -> pb::Agency {
        let agency = pb::Agency { kind: kind.into(), name: name.into(), user: true, ..Default::default() };
        let request = pb::CreateAgencyRequest { agency: Some(agency), request_id: String::new() };
        let answer = AgencyServiceClient::new(self.operator()).create_agency(request).await;
        answer.expect("an agency").into_inner().agency.expect("as stored")
    }

    pub async fn site(&self, agency: &pb::Agency, name: &str) -> pb::Site {
        let site =
            pb::Site {
                agency_id: agency.id.clone(), name: name.into(), city: "Montréal".into(), ..Default::default()
            };
        let request = pb::CreateSiteRequest { site: Some(site), request_id: String::new() };
        let answer = SiteServiceClient::new(self.operator()).create_site(request).await;
        answer.expect("a site").into_inner().site.expect("as stored")
    }

    /// A person of an agency, as identity tells of one.
    pub async fn person(&self, agency_id: &str) -> String {
        let person =
            PersonChanged { person_id: self.id(), agency_id: agency_id.to_owned(), active: true, ..Default::default() };
        self.running.deliver(&person, &person.person_id, 1).await.expect("the person is recorded");
        person.person_id
    }

    pub async fn service(&self, site: &pb::Site, fr: &str) -> pb::Service {
        let service = self.new_service(site, fr).await;
        let request = pb::CreateServiceRequest { service: Some(service), request_id: String::new() };
        let answer = ServiceServiceClient::new(self.operator()).create_service(request).await;
        answer.expect("a service").into_inner().service.expect("as stored")
    }

    /// A service to be created, with a coordinator of the site's agency.
    pub async fn new_service(&self, site: &pb::Site, fr: &str) -> pb::Service {
        pb::Service {
            site_id: site.id.clone(),
            name: text(fr, &format!("{fr} (en)")),
            receiving_coordinator_id: self.person(&site.agency_id).await,
            ..Default::default()
        }
    }

    pub async fn destination(&self, service: &pb::Service, name: &str) -> pb::Destination {
        let request =
            pb::CreateDestinationRequest { destination: Some(unit(service, name)), request_id: String::new() };
        let answer = DestinationServiceClient::new(self.operator()).create_destination(request).await;
        answer.expect("a destination").into_inner().destination.expect("as stored")
    }

    pub async fn program(&self, agency: &pb::Agency, fr: &str) -> pb::Program {
        let program = pb::Program {
            agency_id: agency.id.clone(),
            name: text(fr, &format!("{fr} (en)")),
            discipline: "nursing".into(),
            user: true,
            ..Default::default()
        };
        let request = pb::CreateProgramRequest { program: Some(program), request_id: String::new() };
        let answer = ProgramServiceClient::new(self.operator()).create_program(request).await;
        answer.expect("a program").into_inner().program.expect("as stored")
    }

    pub async fn course(&self, program: &pb::Program, code: &str) -> pb::Course {
        let request = pb::CreateCourseRequest { course: Some(practicum(program, code)), request_id: String::new() };
        let answer = CourseServiceClient::new(self.operator()).create_course(request).await;
        answer.expect("a course").into_inner().course.expect("as stored")
    }

    /// A hospital with a site, a service and a unit.
    pub async fn hospital(&self) -> (pb::Agency, pb::Site, pb::Service, pb::Destination) {
        let agency = self.host("CIUSSS du Nord").await;
        let site = self.site(&agency, "Hôpital Fleury").await;
        let service = self.service(&site, "Médecine").await;
        let unit = self.destination(&service, "4 Ouest").await;
        (agency, site, service, unit)
    }
}

/// A name in both languages.
#[expect(clippy::unnecessary_wraps, reason = "messages hold it as optional")]
pub fn text(fr: &str, en: &str) -> Option<LocalizedText> {
    Some(LocalizedText { fr: fr.into(), en: en.into() })
}

/// A destination to be created.
pub fn unit(service: &pb::Service, name: &str) -> pb::Destination {
    pb::Destination {
        site_id: service.site_id.clone(),
        service_ids: vec![service.id.clone()],
        name: name.into(),
        capacity: 4,
        maximum_group_size: 8,
        ..Default::default()
    }
}

/// A course to be created.
pub fn practicum(program: &pb::Program, code: &str) -> pb::Course {
    pb::Course {
        program_id: program.id.clone(),
        code: code.into(),
        name: text("Stage", "Practicum"),
        hours: 120,
        ..Default::default()
    }
}

/// An update mask.
#[expect(clippy::unnecessary_wraps, reason = "messages hold it as optional")]
pub fn mask(paths: &[&str]) -> Option<prost_types::FieldMask> {
    Some(prost_types::FieldMask { paths: paths.iter().map(|&p| p.to_owned()).collect() })
}

/// Asserts that a call was refused with a code and a reason.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(answer: Result<T, Status>, code: Code, reason: &str) -> Status {
    let status = answer.expect_err("the call is refused");
    let told = status.get_details_error_info().map(|info| info.reason);
    assert_eq!((status.code(), told.as_deref()), (code, Some(reason)), "{status:?}");
    status
}

/// Asserts that a call was refused for these fields.
#[track_caller]
pub fn faulty<T: std::fmt::Debug>(answer: Result<T, Status>, expected: &[(&str, &str)]) {
    let status = refused(answer, Code::InvalidArgument, "INVALID_FIELDS");
    let details = status.get_details_bad_request().expect("the fields are told");
    let faults: Vec<_> = details.field_violations.iter().map(|v| (v.field.as_str(), v.reason.as_str())).collect();
    assert_eq!(faults, expected);
}
