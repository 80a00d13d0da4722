//! What configuration and identity say of one place or person.

use proto::{
    configuration::v1::{Agency, AgencyKind, Destination, Service, Site},
    identity::v1::{AccountState, Grant, Level, PersonChanged, Role, ScopeKind},
    text::v1::LocalizedText,
};
use uuid::Uuid;

use super::{HOSPITAL, RECEIVER};

pub fn agency(id: Uuid, kind: AgencyKind, name: &str, user: bool) -> Agency {
    Agency { id: id.to_string(), kind: kind.into(), name: name.into(), user, active: true, ..Agency::default() }
}

pub fn site(id: Uuid, agency: Uuid, name: &str) -> Site {
    Site { id: id.to_string(), agency_id: agency.to_string(), name: name.into(), active: true, ..Site::default() }
}

pub fn service(id: Uuid, site: Uuid, automatic_redirect: bool) -> Service {
    Service {
        id: id.to_string(),
        site_id: site.to_string(),
        name: text("Médecine"),
        receiving_coordinator_id: RECEIVER.to_string(),
        automatic_redirect,
        active: true,
        etag: String::new(),
    }
}

pub fn destination(id: Uuid, site: Uuid, services: &[Uuid], name: &str, agent: Uuid) -> Destination {
    Destination {
        id: id.to_string(),
        site_id: site.to_string(),
        service_ids: services.iter().map(Uuid::to_string).collect(),
        name: name.into(),
        agent_id: agent.to_string(),
        capacity: 8,
        active: true,
        ..Destination::default()
    }
}

pub fn person(id: Uuid, first: &str, last: &str, state: AccountState, grants: Vec<Grant>) -> PersonChanged {
    PersonChanged {
        person_id: id.to_string(),
        agency_id: HOSPITAL.to_string(),
        first_name: first.into(),
        last_name: last.into(),
        email: "quelquun@example.org".into(),
        language: "fr".into(),
        active: true,
        account_state: state.into(),
        alerts_accepted: true,
        grants,
        title: "Infirmière".into(),
        phone: "418 555-0100".into(),
    }
}

pub fn agent_of(kind: ScopeKind, id: Uuid) -> Grant {
    Grant {
        id: Uuid::from_u128(1).to_string(),
        role: Role::DestinationCoordinator.into(),
        level: Level::Regular.into(),
        scope_kind: kind.into(),
        scope_id: id.to_string(),
    }
}

pub fn text(text: &str) -> Option<LocalizedText> {
    Some(LocalizedText { fr: text.into(), en: format!("{text} (EN)") })
}
