//! A service that keeps all kinds of entries and does nothing else.

use chassis::{Component, Host, Validate};
use directory::{Directory, KeepDirectory as _, model::Aggregate};
use eventing::{Consumers, Topology};
use kernel::PersonId;
use proto::{
    Event as _,
    configuration::v1 as configuration,
    identity::v1::{self as identity, PersonChanged},
    text::v1::LocalizedText,
};
use serde::{Deserialize, Serialize};
use sqlx::migrate::Migrator;
use testkit::service::{self, Running};
use uuid::Uuid;

pub struct Reader;

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct NoSettings {}

impl Validate for NoSettings {
    fn validate(&self) -> Result<(), String> {
        Ok(())
    }
}

static NO_TABLES: Migrator = Migrator::DEFAULT;

static TOPOLOGY: Topology = Topology {
    service: "reader",
    publishes: &[],
    consumes: &[
        configuration::AgencyChanged::TYPE,
        configuration::SiteChanged::TYPE,
        configuration::ServiceChanged::TYPE,
        configuration::DestinationChanged::TYPE,
        configuration::ClosureChanged::TYPE,
        configuration::ProgramChanged::TYPE,
        configuration::CourseChanged::TYPE,
        configuration::TermChanged::TYPE,
        configuration::PlacementTypeChanged::TYPE,
        configuration::ReasonChanged::TYPE,
        PersonChanged::TYPE,
    ],
    calls: &[],
};

impl chassis::Service for Reader {
    const NAME: &'static str = "reader";
    const TOPOLOGY: &'static Topology = &TOPOLOGY;
    const DIRECTORY: bool = true;
    type Config = NoSettings;

    fn migrator() -> Option<&'static Migrator> {
        Some(&NO_TABLES)
    }

    async fn build(host: &Host, _: NoSettings) -> anyhow::Result<Component> {
        Ok(Component::new().consumers(consumers(&host.directory)))
    }
}

pub fn consumers(directory: &Directory) -> Consumers {
    Consumers::of("reader").keep_directory(directory, Aggregate::ALL)
}

pub async fn start() -> Running {
    service::start::<Reader>(NoSettings {}).await
}

pub async fn another_process(running: &Running) -> Running {
    running.replica::<Reader>(NoSettings {}).await
}

pub fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

pub fn text(fr: &str, en: &str) -> Option<LocalizedText> {
    Some(LocalizedText { fr: fr.to_owned(), en: en.to_owned() })
}

fn uuid(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}

pub fn agency(number: u128, name: &str) -> configuration::AgencyChanged {
    let agency = configuration::Agency {
        id: uuid(number),
        kind: configuration::AgencyKind::Receiving.into(),
        name: name.to_owned(),
        user: true,
        active: true,
        ..Default::default()
    };
    configuration::AgencyChanged { agency: Some(agency) }
}

pub fn site(number: u128, agency: u128) -> configuration::SiteChanged {
    let (name, active) = ("Hôpital Été".to_owned(), true);
    let site = configuration::Site { id: uuid(number), agency_id: uuid(agency), name, active, ..Default::default() };
    configuration::SiteChanged { site: Some(site) }
}

pub fn service(number: u128, site: u128) -> configuration::ServiceChanged {
    let service = configuration::Service {
        id: uuid(number),
        site_id: uuid(site),
        name: text("Médecine", "Medicine"),
        receiving_coordinator_id: uuid(90),
        automatic_redirect: true,
        active: true,
        ..Default::default()
    };
    configuration::ServiceChanged { service: Some(service) }
}

pub fn unit(number: u128, site: u128, services: &[u128], agent: u128) -> configuration::DestinationChanged {
    let unit = configuration::Destination {
        id: uuid(number),
        site_id: uuid(site),
        service_ids: services.iter().copied().map(uuid).collect(),
        name: "4 Ouest".to_owned(),
        agent_id: uuid(agent),
        capacity: 4,
        maximum_group_size: 2,
        minimum_notice_weeks: 6,
        active: true,
        ..Default::default()
    };
    configuration::DestinationChanged { destination: Some(unit) }
}

pub fn person(number: u128, last_name: &str) -> PersonChanged {
    PersonChanged {
        person_id: uuid(number),
        agency_id: uuid(1),
        first_name: "Anne".to_owned(),
        last_name: last_name.to_owned(),
        email: "anne@example.org".to_owned(),
        language: "fr".to_owned(),
        active: true,
        account_state: identity::AccountState::Active.into(),
        alerts_accepted: true,
        title: "Infirmière".to_owned(),
        phone: "514 555-0100".to_owned(),
        grants: vec![],
    }
}

pub fn grant(role: identity::Role, level: identity::Level, kind: identity::ScopeKind, of: u128) -> identity::Grant {
    identity::Grant {
        role: role.into(),
        level: level.into(),
        scope_kind: kind.into(),
        scope_id: uuid(of),
        ..Default::default()
    }
}

/// The family name of a person, as one process has it.
pub async fn name_of(process: &Running, number: u128) -> Option<String> {
    let found = process.host.directory.person(&process.db, id::<PersonId>(number)).await.unwrap();
    found.map(|person| person.last_name.clone())
}

/// The name of an agency, as one process has it.
pub fn agency_name(process: &Running, number: u128) -> Option<String> {
    process.host.directory.snapshot().agency(id(number)).map(|agency| agency.name.clone())
}
