//! The directory of the province: real facilities, invented schools, units. Written through the services' own RPCs, as the
//! operator would.

use std::collections::BTreeMap;

use chassis::{Grant, Scope};
use kernel::{AgencyId, DestinationId, Locale, ProgramId, ServiceId, SiteId};
use proto::{
    configuration::v1::{
        Agency, AgencyKind, Course, CreateAgencyRequest, CreateCourseRequest, CreateDestinationRequest,
        CreateProgramRequest, CreateServiceRequest, Destination, ListAgenciesRequest, ListSitesRequest,
        ListTermsRequest, Program, Service, Site, UpdateAgencyRequest, UpdateTermRequest,
        agency_service_client::AgencyServiceClient, course_service_client::CourseServiceClient,
        destination_service_client::DestinationServiceClient, program_service_client::ProgramServiceClient,
        service_service_client::ServiceServiceClient, site_service_client::SiteServiceClient,
        term_service_client::TermServiceClient,
    },
    identity::v1::{CreateGrantRequest, Level, Role, account_service_client::AccountServiceClient},
    text::v1::LocalizedText,
};

use super::{
    calendar::release_of,
    callers::{Caller, Callers},
    clinics,
    draw::Draw,
    schools::SCHOOLS,
    sites::{AGENCIES, HARD_NAMES},
    world::{self, Person, World},
};

/// Entries of one page: more than there are.
const ALL: i32 = 500;
/// The unit that has no agent at all, counted among all units.
const ORPHANS: usize = 29;

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
            let ask = ListSitesRequest { agency_id: id.clone(), page_size: ALL, ..ListSitesRequest::default() };
            let sites = SiteServiceClient::new(self.configuration()?).list_sites(ask).await?.into_inner().sites;
            let find = |name: &str| -> anyhow::Result<SiteId> {
                let site: Option<&Site> = sites.iter().find(|site| site.name == name);
                let site = site.ok_or_else(|| anyhow::anyhow!("the excerpt has no {name} of {}", agency.name))?;
                Ok(site.id.parse()?)
            };
            made.push((id.parse()?, agency.sites.iter().map(|site| find(site.name)).collect::<anyhow::Result<_>>()?));
        }
        Ok(made)
    }

    /// Makes services and units of every site in `world`.
    pub(super) async fn units(&self, draw: &mut Draw, world: &mut World) -> anyhow::Result<()> {
        let planned = AGENCIES.iter().flat_map(|agency| agency.sites);
        for (at, site) in planned.enumerate() {
            for (index, (clinic, automatic)) in site.services.iter().enumerate() {
                let service = self.service(world, at, *clinic, *automatic).await?;
                // The sites of the printed accounts have more to choose from than the others.
                let more = if at < 4 || draw.chance(25) { 2 } else { 1 };
                for unit in clinic.units().iter().take(more) {
                    let floor = (site.floor + i32::try_from(index)? / 2).max(1);
                    self.unit(draw, world, service, unit, floor).await?;
                }
            }
        }
        Ok(())
    }

    async fn service(
        &self,
        world: &mut World,
        site: usize,
        clinic: clinics::Clinic,
        automatic: bool,
    ) -> anyhow::Result<usize> {
        let (fr, en) = clinic.names();
        let here = &world.sites[site];
        let service = Service {
            site_id: here.id.to_string(),
            name: text(fr, en),
            receiving_coordinator_id: world.people[here.coordinator].id.to_string(),
            automatic_redirect: automatic,
            ..Service::default()
        };
        let ask = CreateServiceRequest { service: Some(service), request_id: String::new() };
        let answer = ServiceServiceClient::new(self.configuration()?).create_service(ask).await?.into_inner();
        let id: ServiceId = answer.service.unwrap_or_default().id.parse()?;
        world.services.push(world::Service { id, site, clinic, automatic });
        Ok(world.services.len() - 1)
    }

    async fn unit(
        &self,
        draw: &mut Draw,
        world: &mut World,
        service: usize,
        unit: &clinics::Unit,
        floor: i32,
    ) -> anyhow::Result<()> {
        let number = world.units.len();
        let site = &world.sites[world.services[service].site];
        let english = site.locale == Locale::En;
        let floor = floor.to_string();
        let usual = if english { unit.en } else { unit.fr }.replace("{n}", &floor);
        let name = match number {
            1 => HARD_NAMES[0].to_owned(),
            8 => HARD_NAMES[1].to_owned(),
            _ => ordinal(usual, &floor),
        };
        let agent = agent_of(world, service, number);
        let capacity = (unit.capacity + draw.within(-1..=1)).clamp(1, 8);
        let destination = Destination {
            site_id: site.id.to_string(),
            service_ids: vec![world.services[service].id.to_string()],
            name,
            short_name: unit.short.replace("{n}", &floor),
            agent_id: agent.map(|agent| world.people[agent].id.to_string()).unwrap_or_default(),
            capacity,
            maximum_group_size: unit.group.min(capacity),
            ..Destination::default()
        };
        let ask = CreateDestinationRequest { destination: Some(destination), request_id: String::new() };
        let answer = DestinationServiceClient::new(self.configuration()?).create_destination(ask).await?.into_inner();
        let id: DestinationId = answer.destination.unwrap_or_default().id.parse()?;
        world.units.push(world::Unit { id, service, agent, capacity, group: unit.group.min(capacity) });
        Ok(())
    }

    /// Gives the agents with an account the right to answer for their units.
    pub(super) async fn agents(&self, world: &mut World) -> anyhow::Result<()> {
        let mut client = AccountServiceClient::new(self.callers.call("identity", self.operator, Role::Operator)?);
        for unit in &world.units {
            let Some(agent) = unit.agent.filter(|agent| world.people[*agent].login.is_some()) else { continue };
            let scope = Scope::Destination(unit.id);
            let (kind, id) = scope.parts();
            let grant = proto::identity::v1::Grant {
                id: String::new(),
                role: Role::DestinationCoordinator.into(),
                level: Level::Regular.into(),
                scope_kind: kind.into(),
                scope_id: id.to_string(),
            };
            let agent = &mut world.people[agent];
            let ask =
                CreateGrantRequest { person_id: agent.id.to_string(), grant: Some(grant), request_id: String::new() };
            client.create_grant(ask).await?;
            agent.rights.push(Grant { role: Role::DestinationCoordinator, level: Level::Regular, scope });
        }
        Ok(())
    }
}

/// The agents of a site take turns with its services. Where requests pass the coordinator by, the agent has an account; a few
/// units have no agent.
fn agent_of(world: &World, service: usize, unit: usize) -> Option<usize> {
    let here = &world.services[service];
    let agents = &world.sites[here.site].agents;
    if here.automatic {
        return agents.iter().copied().find(|agent| world.people[*agent].login.is_some());
    }
    let first = world.services.iter().position(|s| s.site == here.site).unwrap_or(service);
    let turn = (service - first) % agents.len();
    (unit % ORPHANS != ORPHANS - 1).then(|| agents[turn])
}

/// English ordinals: `2th` is none.
fn ordinal(name: String, floor: &str) -> String {
    let right = match floor {
        "1" => "1st",
        "2" => "2nd",
        "3" => "3rd",
        _ => return name,
    };
    let name = name.replace(&format!("{floor}th"), right);
    if floor == "1" { name.replace("1e ", "1er ") } else { name }
}

fn text(fr: &str, en: &str) -> Option<LocalizedText> {
    Some(LocalizedText { fr: fr.to_owned(), en: en.to_owned() })
}
