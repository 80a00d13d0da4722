//! The directory of the province: real facilities, invented schools, units. Written through the services' own RPCs, as the
//! operator would.

use std::collections::BTreeMap;

use directory::{
    model::{Grant, Level, Role, Scope},
    wire,
};
use kernel::{AgencyId, DestinationId, ProgramId, ServiceId, SiteId};
use proto::{
    configuration::v1::{
        Agency, AgencyKind, Closure, Course, CreateAgencyRequest, CreateClosureRequest, CreateCourseRequest,
        CreateDestinationRequest, CreateProgramRequest, CreateServiceRequest, Destination, ListAgenciesRequest,
        ListSitesRequest, ListTermsRequest, Program, Service, Site, UpdateAgencyRequest, UpdateSiteRequest,
        UpdateTermRequest, agency_service_client::AgencyServiceClient, closure_service_client::ClosureServiceClient,
        course_service_client::CourseServiceClient, destination_service_client::DestinationServiceClient,
        program_service_client::ProgramServiceClient, service_service_client::ServiceServiceClient,
        site_service_client::SiteServiceClient, term_service_client::TermServiceClient,
    },
    identity::v1::{CreateGrantRequest, account_service_client::AccountServiceClient},
    text::v1::LocalizedText,
};

use super::{
    calendar::release_of,
    callers::{Caller, Callers},
    draw::Draw,
    profiles::profile,
    schools::SCHOOLS,
    sites::{self, AGENCIES},
    units,
    world::{self, Person, World},
};

/// Entries of one page: more than there are.
const ALL: i32 = 500;

/// Writes the directory as the operator.
pub(super) struct Directory<'a> {
    callers: &'a Callers,
    operator: &'a Person,
}

/// An agency and what stands below it.
pub(super) type Branch<T> = (AgencyId, Vec<T>);

impl<'a> Directory<'a> {
    /// On behalf of `operator`.
    pub(super) const fn new(callers: &'a Callers, operator: &'a Person) -> Self {
        Self { callers, operator }
    }

    fn configuration(&self) -> anyhow::Result<Caller> {
        self.callers.call("configuration", self.operator, Role::Operator)
    }

    /// Whether there is any agency.
    pub(super) async fn is_empty(&self) -> anyhow::Result<bool> {
        let ask = ListAgenciesRequest { page_size: 1, include_inactive: true, ..ListAgenciesRequest::default() };
        let answer = AgencyServiceClient::new(self.configuration()?).list_agencies(ask).await?;
        Ok(answer.into_inner().agencies.is_empty())
    }

    /// Sets the common release date of every term.
    pub(super) async fn release_dates(&self) -> anyhow::Result<()> {
        let mut client = TermServiceClient::new(self.configuration()?);
        let ask = ListTermsRequest { page_size: ALL, ..ListTermsRequest::default() };
        for mut term in client.list_terms(ask).await?.into_inner().terms {
            term.release_date = release_of(term.start_date.parse()?).to_string();
            client.update_term(UpdateTermRequest { term: Some(term), update_mask: None }).await?;
        }
        Ok(())
    }

    /// Makes schools with their programs.
    pub(super) async fn schools(&self) -> anyhow::Result<Vec<Branch<ProgramId>>> {
        let mut made = Vec::new();
        for school in &SCHOOLS {
            let agency = Agency {
                kind: AgencyKind::Placing.into(),
                name: school.name.to_owned(),
                short_name: school.short.to_owned(),
                user: school.user,
                city: school.city.to_owned(),
                ..Agency::default()
            };
            let ask = CreateAgencyRequest { agency: Some(agency), request_id: String::new() };
            let answer = AgencyServiceClient::new(self.configuration()?).create_agency(ask).await?.into_inner();
            let id = answer.agency.unwrap_or_default().id;
            let mut programs = Vec::new();
            for program in school.programs {
                let program = Program {
                    agency_id: id.clone(),
                    name: text(program.fr, program.en),
                    discipline: program.discipline.to_owned(),
                    user: school.user,
                    ..Program::default()
                };
                let ask = CreateProgramRequest { program: Some(program), request_id: String::new() };
                let answer = ProgramServiceClient::new(self.configuration()?).create_program(ask).await?.into_inner();
                programs.push(answer.program.unwrap_or_default().id.parse()?);
            }
            made.push((id.parse()?, programs));
        }
        Ok(made)
    }

    /// Makes the courses, and tells who asks for the places of each program.
    pub(super) async fn programs(
        &self,
        schools: &[Branch<ProgramId>],
        coordinators: &[Vec<Option<usize>>],
    ) -> anyhow::Result<Vec<world::Program>> {
        let mut made = Vec::new();
        for ((school, (agency, ids)), coordinators) in SCHOOLS.iter().zip(schools).zip(coordinators) {
            for ((program, id), coordinator) in school.programs.iter().zip(ids).zip(coordinators) {
                let mut courses = Vec::new();
                for course in program.courses {
                    let entry = Course {
                        program_id: id.to_string(),
                        code: course.code.to_owned(),
                        name: text(course.fr, course.en),
                        hours: course.hours,
                        placement_type_code: course.kind.to_owned(),
                        ..Course::default()
                    };
                    let ask = CreateCourseRequest { course: Some(entry), request_id: String::new() };
                    let answer = CourseServiceClient::new(self.configuration()?).create_course(ask).await?.into_inner();
                    let id = answer.course.unwrap_or_default().id.parse()?;
                    courses.push(world::Course { id, hours: course.hours, kind: course.kind });
                }
                made.push(world::Program {
                    id: *id,
                    school: *agency,
                    user: school.user,
                    locale: school.locale,
                    discipline: program.discipline,
                    coordinator: *coordinator,
                    courses,
                });
            }
        }
        Ok(made)
    }

    /// Finds the imported organisations, and brings those into Tandem that work in it.
    pub(super) async fn agencies(&self) -> anyhow::Result<Vec<Branch<SiteId>>> {
        let mut client = AgencyServiceClient::new(self.configuration()?);
        let ask = ListAgenciesRequest { page_size: ALL, ..ListAgenciesRequest::default() };
        let agencies = client.list_agencies(ask).await?.into_inner().agencies;
        let mut known: BTreeMap<String, Agency> = agencies.into_iter().map(|a| (a.name.clone(), a)).collect();
        let mut made = Vec::new();
        for agency in &AGENCIES {
            let found = known.remove(agency.name);
            let mut found = found.ok_or_else(|| anyhow::anyhow!("the excerpt has no {}", agency.name))?;
            let id = found.id.clone();
            found.short_name = agency.short.to_owned();
            found.city = agency.city.to_owned();
            found.user = agency.user;
            client.update_agency(UpdateAgencyRequest { agency: Some(found), update_mask: None }).await?;
            let mut sites = Vec::new();
            for site in agency.sites {
                sites.push(self.site(&id, agency, site.name).await?);
            }
            made.push((id.parse()?, sites));
        }
        Ok(made)
    }

    /// Finds a site, and tells what the source does not. It is in capitals, so the import can only guess at names: they are
    /// set right.
    async fn site(&self, agency: &str, about: &sites::Agency, name: &str) -> anyhow::Result<SiteId> {
        let mut client = SiteServiceClient::new(self.configuration()?);
        let ask = ListSitesRequest { agency_id: agency.to_owned(), page_size: ALL, ..ListSitesRequest::default() };
        let sites = client.list_sites(ask).await?.into_inner().sites;
        let found = sites.into_iter().find(|site| site.name.to_lowercase() == name.to_lowercase());
        let mut site: Site = found.ok_or_else(|| anyhow::anyhow!("the excerpt has no {name}"))?;
        let id = site.id.parse()?;
        site.name = name.to_owned();
        site.time_zone = about.zone.to_owned();
        site.web_link = format!("https://www.{}", about.domain);
        client.update_site(UpdateSiteRequest { site: Some(site), update_mask: None }).await?;
        Ok(id)
    }

    /// Makes services and units of every site in `world`.
    pub(super) async fn units(&self, draw: &mut Draw, world: &mut World) -> anyhow::Result<()> {
        for planned in units::services() {
            let id = self.service(world, &planned).await?;
            let units::Service { site, clinic, automatic } = planned;
            world.services.push(world::Service { id, site, clinic, automatic });
        }
        for planned in units::units(draw, world) {
            let id = self.unit(world, &planned).await?;
            let units::Unit { service, agent, capacity, group, .. } = planned;
            world.units.push(world::Unit { id, service, agent, capacity, group });
        }
        Ok(())
    }

    async fn service(&self, world: &World, planned: &units::Service) -> anyhow::Result<ServiceId> {
        let (fr, en) = planned.clinic.names();
        let site = &world.sites[planned.site];
        let service = Service {
            site_id: site.id.to_string(),
            name: text(fr, en),
            receiving_coordinator_id: world.people[site.coordinator].id.to_string(),
            automatic_redirect: planned.automatic,
            ..Service::default()
        };
        let ask = CreateServiceRequest { service: Some(service), request_id: String::new() };
        let answer = ServiceServiceClient::new(self.configuration()?).create_service(ask).await?.into_inner();
        Ok(answer.service.unwrap_or_default().id.parse()?)
    }

    async fn unit(&self, world: &World, planned: &units::Unit) -> anyhow::Result<DestinationId> {
        let service = &world.services[planned.service];
        let profile = profile(service.clinic);
        let destination = Destination {
            site_id: world.sites[service.site].id.to_string(),
            service_ids: vec![service.id.to_string()],
            name: planned.name.clone(),
            short_name: planned.short.clone(),
            agent_id: planned.agent.map(|agent| world.people[agent].id.to_string()).unwrap_or_default(),
            capacity: planned.capacity,
            maximum_group_size: planned.group,
            description: Some(profile.description),
            location: planned.location.clone(),
            shifts: profile.shifts.iter().map(|shift| (*shift).into()).collect(),
            minimum_notice_weeks: profile.notice_weeks,
            prerequisites: Some(profile.prerequisites),
            ..Destination::default()
        };
        let ask = CreateDestinationRequest { destination: Some(destination), request_id: String::new() };
        let answer = DestinationServiceClient::new(self.configuration()?).create_destination(ask).await?.into_inner();
        Ok(answer.destination.unwrap_or_default().id.parse()?)
    }

    /// Enters closures.
    pub(super) async fn close(&self, closures: Vec<Closure>) -> anyhow::Result<()> {
        let mut client = ClosureServiceClient::new(self.configuration()?);
        for closure in closures {
            client.create_closure(CreateClosureRequest { closure: Some(closure), request_id: String::new() }).await?;
        }
        Ok(())
    }

    /// Gives the agents with an account the right to answer for their units.
    pub(super) async fn agents(&self, world: &mut World) -> anyhow::Result<()> {
        let mut client = AccountServiceClient::new(self.callers.call("identity", self.operator, Role::Operator)?);
        for unit in &world.units {
            let Some(agent) = unit.agent.filter(|agent| world.people[*agent].login.is_some()) else { continue };
            let scope = Scope::Destination(unit.id);
            let right = Grant { role: Role::DestinationCoordinator, level: Level::Regular, scope };
            let grant = wire::grant_message(&right);
            let agent = &mut world.people[agent];
            let ask =
                CreateGrantRequest { person_id: agent.id.to_string(), grant: Some(grant), request_id: String::new() };
            client.create_grant(ask).await?;
            agent.rights.push(right);
        }
        Ok(())
    }
}

fn text(fr: &str, en: &str) -> Option<LocalizedText> {
    Some(LocalizedText { fr: fr.to_owned(), en: en.to_owned() })
}
