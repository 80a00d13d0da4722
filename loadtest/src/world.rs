//! The province that the journeys need, made through the public API by the first operator: one school, one health
//! organisation, and a few lanes (a site with a service and a unit, and the three people who carry requests there).

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, Result};
use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    api::{Api, Refusal, text},
    patience::wait_for,
    session::Session,
    tandem::FirstOperator,
};

/// Pairs of school coordinators and units between which requests travel.
pub(crate) const LANES: u64 = 4;
/// The code of the placement type of all requests.
const PLACEMENT_TYPE: &str = "LOADTEST";
/// How long one service may take to hear of what another has been told.
const PATIENCE: Duration = Duration::from_secs(60);

/// The province.
pub(crate) struct World {
    pub(crate) api: Api,
    pub(crate) seed: u64,
    pub(crate) today: Date,
    pub(crate) lanes: Vec<Lane>,
}

/// Where requests of one kind go, and who carries them.
pub(crate) struct Lane {
    pub(crate) program: String,
    pub(crate) course: String,
    pub(crate) placement_type: String,
    pub(crate) site: String,
    pub(crate) service: String,
    pub(crate) destination: String,
    /// The school's coordinator.
    pub(crate) placing: Arc<Session>,
    /// The receiving coordinator.
    pub(crate) receiving: Arc<Session>,
    /// The destination's agent.
    pub(crate) agent: Arc<Session>,
}

impl World {
    /// Makes it.
    pub(crate) async fn build(api: &Api, operator: &FirstOperator, seed: u64, today: Date) -> Result<Self> {
        // On a busy machine the first calls may find a service that is not at its ease yet.
        let operator = wait_for("the first operator's first sign-in", PATIENCE, async || {
            match Session::begin(api, &operator.login, &operator.temporary_password).await {
                Err(refusal) if refusal.passing => Ok(None),
                outcome => Ok(Some(outcome.context("the first operator's first sign-in")?)),
            }
        });
        let operator = operator.await?;
        let hand = Hand { api, token: operator.token(), calls: AtomicU64::new(0) };
        let school = hand.agency("AGENCY_KIND_PLACING", "Cégep de la Charge").await?;
        let hospital = hand.agency("AGENCY_KIND_RECEIVING", "CIUSSS de la Mesure").await?;
        let placement_type = hand.placement_type().await?;
        let mut lanes = Vec::new();
        for number in 1..=LANES {
            lanes.push(hand.lane(number, &school, &hospital, &placement_type).await?);
        }
        Ok(Self { api: api.patient(), seed, today, lanes })
    }

    /// The lane of a journey.
    pub(crate) fn lane(&self, number: u64) -> &Lane {
        let index = usize::try_from(number % LANES).expect("a handful of lanes");
        &self.lanes[index]
    }

    /// Everybody who is signed in.
    pub(crate) fn sessions(&self) -> Vec<Arc<Session>> {
        self.lanes.iter().flat_map(|lane| [&lane.placing, &lane.receiving, &lane.agent]).cloned().collect()
    }
}

/// The operator at work.
struct Hand<'a> {
    api: &'a Api,
    token: String,
    calls: AtomicU64,
}

impl Hand<'_> {
    async fn lane(&self, number: u64, school: &str, hospital: &str, placement_type: &str) -> Result<Lane> {
        let name = |fr: &str, en: &str| json!({"fr": format!("{fr} {number}"), "en": format!("{en} {number}")});
        let program = json!({
            "agency_id": school, "name": name("Soins infirmiers", "Nursing"), "discipline": "nursing", "user": true,
            "active": true,
        });
        let program = self.make("/v1/programs", "program", program).await?;
        let course = json!({
            "program_id": program, "code": format!("SIN-{number}034"), "name": name("Stage", "Practicum"), "hours": 120,
            "active": true,
        });
        let course = self.make("/v1/courses", "course", course).await?;
        let site = json!({
            "agency_id": hospital, "name": format!("Hôpital {number}"), "city": "Montréal", "active": true,
        });
        let site = self.make("/v1/sites", "site", site).await?;

        let coordinator = self.person(hospital, "Réception", number).await?;
        let service = json!({
            "site_id": site, "name": name("Chirurgie", "Surgery"), "receiving_coordinator_id": coordinator,
            "active": true,
        });
        let service = self.make("/v1/services", "service", service).await?;
        let agent = self.person(hospital, "Destination", number).await?;
        let destination = json!({
            "site_id": site, "service_ids": [service], "name": format!("Unité {number}"), "agent_id": agent,
            "capacity": 40, "active": true,
        });
        let destination = self.make("/v1/destinations", "destination", destination).await?;

        let placing = self.person(school, "École", number).await?;
        let placing = self.sign_in(&placing, "ROLE_PLACING_COORDINATOR", "SCOPE_KIND_AGENCY", school).await?;
        let receiving = self.sign_in(&coordinator, "ROLE_RECEIVING_COORDINATOR", "SCOPE_KIND_SITE", &site).await?;
        let kind = "SCOPE_KIND_DESTINATION";
        let agent = self.sign_in(&agent, "ROLE_DESTINATION_COORDINATOR", kind, &destination).await?;
        let placement_type = placement_type.to_owned();
        Ok(Lane { program, course, placement_type, site, service, destination, placing, receiving, agent })
    }

    async fn agency(&self, kind: &str, name: &str) -> Result<String> {
        self.make("/v1/agencies", "agency", json!({"kind": kind, "name": name, "user": true, "active": true})).await
    }

    /// One of our own, whatever the province starts with.
    async fn placement_type(&self) -> Result<String> {
        let name = json!({"fr": "Préceptorat de charge", "en": "Load preceptorship"});
        let entry = json!({"code": PLACEMENT_TYPE, "name": name, "valid_from": "2020-01-01"});
        self.tell("/v1/placement-types", json!({"placement_type": entry})).await?;
        Ok(PLACEMENT_TYPE.to_owned())
    }

    async fn person(&self, agency: &str, family_name: &str, number: u64) -> Result<String> {
        let language = if number.is_multiple_of(2) { "en" } else { "fr" };
        let person = json!({
            "agency_id": agency, "first_name": format!("Numéro {number}"), "last_name": family_name,
            "email": format!("p{}@example.org", self.calls.load(Ordering::Relaxed)), "language": language,
        });
        self.make("/v1/people", "person", person).await
    }

    async fn sign_in(&self, person: &str, role: &str, kind: &str, place: &str) -> Result<Arc<Session>> {
        let account = self.tell(&format!("/v1/people/{person}/account"), json!({})).await?;
        let grant = json!({"role": role, "level": "LEVEL_REGULAR", "scope_kind": kind, "scope_id": place});
        self.tell(&format!("/v1/people/{person}/grants"), json!({"grant": grant})).await?;
        let (login, password) = (text(&account, "/account/login"), text(&account, "/temporaryPassword"));
        let session = Session::begin(self.api, login, password).await;
        Ok(Arc::new(session.with_context(|| format!("the first sign-in of {login}"))?))
    }

    async fn make(&self, path: &str, kind: &str, entry: Value) -> Result<String> {
        let answer = self.tell(path, json!({ kind: entry })).await?;
        let id = text(&answer, &format!("/{kind}/id"));
        anyhow::ensure!(!id.is_empty(), "{path} answered no id: {answer}");
        Ok(id.to_owned())
    }

    /// Calls until the service has heard of what the call refers to; the same call each time, so that it takes effect once.
    async fn tell(&self, path: &str, mut body: Value) -> Result<Value> {
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        body["request_id"] = json!(Uuid::from_u128(u128::from(number) + 1));
        wait_for(path, PATIENCE, async || match self.api.post(&self.token, path, &body).await {
            Err(refusal) if is_news(&refusal) => Ok(None),
            outcome => Ok(Some(outcome.with_context(|| path.to_owned())?)),
        })
        .await
    }
}

/// Whether what the call refers to was made a moment ago, in another service.
pub(crate) fn is_news(refusal: &Refusal) -> bool {
    refusal.passing || refusal.to_string().contains("UNKNOWN_")
}
