//! A school and a hospital with their people, made through the public API as the operator and the people themselves would.

use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use kernel::{Clock as _, SystemClock};
use platform::{Answer, Platform, Rest};
use serde_json::{Value, json};
use testkit::{wait_for, wait_for_some};

use crate::shared::{fresh_id, fresh_word};

/// The password that everybody chooses.
pub(crate) const PASSWORD: &str = "Un stage à la fois, 2026!";

/// Someone with an account, signed in.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) login: String,
    pub(crate) rest: Rest,
}

/// A unit whose agent has no account.
#[derive(Clone)]
pub(crate) struct OfflineUnit {
    pub(crate) unit: String,
    pub(crate) agent: String,
    pub(crate) email: String,
}

/// What a placement needs.
pub(crate) struct World {
    pub(crate) word: String,
    pub(crate) operator: Rest,
    pub(crate) school: String,
    pub(crate) program: String,
    pub(crate) course: String,
    pub(crate) hospital: String,
    pub(crate) site: String,
    pub(crate) service: String,
    /// Its agent has an account.
    pub(crate) unit: String,
    /// Its agent, without account, reads French.
    pub(crate) french: OfflineUnit,
    /// Its agent, without account, reads English.
    pub(crate) english: OfflineUnit,
    /// The school's coordinator, who reads French and administers the school.
    pub(crate) placing: Person,
    /// The hospital's coordinator, who reads English and administers the hospital.
    pub(crate) receiving: Person,
    /// The unit's agent, who reads French.
    pub(crate) agent: Person,
}

impl World {
    /// Builds it, and waits until every service knows of it.
    pub(crate) async fn build(platform: &Platform) -> Self {
        Self::build_named(platform, "").await
    }

    /// The same, where every name ends in some words.
    pub(crate) async fn build_named(platform: &Platform, words: &str) -> Self {
        let operator = platform.rest().with_token(platform.operator().await.token()).reading("en");
        let word = fresh_word();
        let school = agency(&operator, &format!("Cégep {word}{words}"), "AGENCY_KIND_PLACING").await;
        let hospital = agency(&operator, &format!("Santé {word}{words}"), "AGENCY_KIND_RECEIVING").await;
        let site = json!({ "agencyId": hospital, "name": format!("Hôpital {word}{words}"), "city": "Rimouski" });
        let site = id(&create(&operator, "/v1/sites", "site", site).await);

        let maker = Maker { platform, operator: &operator, word: &word, words };
        let administrator = "LEVEL_LOCAL_ADMINISTRATOR";
        let place = |kind: &str, id: &str| (kind.to_owned(), id.to_owned());
        let (at_school, at_hospital) = (place("SCOPE_KIND_AGENCY", &school), place("SCOPE_KIND_AGENCY", &hospital));
        let placing = maker.user(&school, "Paule", "fr", "ROLE_PLACING_COORDINATOR", administrator, at_school);
        let receiving = maker.user(&hospital, "Rachel", "en", "ROLE_RECEIVING_COORDINATOR", administrator, at_hospital);
        let agent = maker.person(&hospital, "Denis", "fr");
        let guests = futures::join!(maker.person(&hospital, "Fleur", "fr"), maker.person(&hospital, "Emma", "en"));
        let (placing, receiving, (agent_id, agent_email)) = futures::join!(placing, receiving, agent);

        let program = json!({
            "agencyId": school, "discipline": "nursing", "user": true,
            "name": { "fr": format!("Soins infirmiers {word}{words}"), "en": format!("Nursing {word}{words}") },
        });
        let program = id(&create(&operator, "/v1/programs", "program", program).await);
        let course = json!({
            "programId": program, "code": format!("180-{}", word.to_uppercase()), "hours": 120,
            "name": { "fr": "Stage en médecine", "en": "Practicum in medicine" },
        });
        let course = id(&create(&operator, "/v1/courses", "course", course).await);
        let service = json!({
            "siteId": site, "receivingCoordinatorId": receiving.id,
            "name": { "fr": format!("Médecine {word}{words}"), "en": format!("Medicine {word}{words}") },
        });
        let service = id(&create(&operator, "/v1/services", "service", service).await);
        let unit = |name: &str, agent: &str| {
            let unit = json!({
                "siteId": site, "serviceIds": [service], "name": format!("{name} {word}{words}"), "agentId": agent,
                "capacity": 60, "maximumGroupSize": 8,
            });
            let operator = operator.clone();
            async move { id(&create(&operator, "/v1/destinations", "destination", unit).await) }
        };
        let (french, english) = guests;
        let (french, english) = (
            OfflineUnit { unit: unit("5 Est", &french.0).await, agent: french.0, email: french.1 },
            OfflineUnit { unit: unit("6 North", &english.0).await, agent: english.0, email: english.1 },
        );
        let own_unit = unit("4 Ouest", &agent_id).await;
        let at_unit = place("SCOPE_KIND_DESTINATION", &own_unit);
        maker.grant(&agent_id, "ROLE_DESTINATION_COORDINATOR", "LEVEL_REGULAR", at_unit).await;
        let (login, rest) = maker.account(&agent_id).await;
        let agent = Person { id: agent_id, email: agent_email, login, rest };

        let unit = own_unit;
        let world = Self {
            word,
            operator,
            school,
            program,
            course,
            hospital,
            site,
            service,
            unit,
            french,
            english,
            placing,
            receiving,
            agent,
        };
        world.settle().await;
        world
    }

    /// A second session of the school's coordinator, from another network.
    pub(crate) async fn sign_in_again(&self, platform: &Platform) -> Rest {
        platform.rest().sign_in(&self.placing.login, PASSWORD).await
    }

    /// A request as the school would write it, for the unit.
    pub(crate) fn request(&self) -> Value {
        json!({
            "programId": self.program, "courseId": self.course, "siteId": self.site, "serviceId": self.service,
            "destinationId": self.unit, "placementTypeCode": "PRECEPTORSHIP", "kind": "KIND_INDIVIDUAL",
            "studentCount": 2, "startDate": first_day().to_string(), "endDate": last_day().to_string(),
            "weekdays": ["WEEKDAY_MONDAY", "WEEKDAY_TUESDAY"], "shiftCode": "D8", "hoursPerStudent": 120,
            "comment": "Deux étudiantes de troisième année.",
        })
    }

    /// The same with some fields otherwise.
    pub(crate) fn request_with(&self, fields: Value) -> Value {
        let mut request = self.request();
        for (name, value) in fields.as_object().into_iter().flatten() {
            request[name] = value.clone();
        }
        request
    }

    /// Makes a draft.
    pub(crate) async fn draft(&self) -> Value {
        let body = json!({ "request": self.request(), "requestId": fresh_id() });
        self.placing.rest.post("/v1/requests", body).await.ok()["request"].clone()
    }

    /// Makes a request and sends it.
    pub(crate) async fn sent(&self) -> Value {
        perform(&self.placing.rest, &self.draft().await, "send", json!({})).await
    }

    /// Makes a request that waits for the agent of the unit.
    pub(crate) async fn redirected(&self) -> Value {
        perform(&self.receiving.rest, &self.sent().await, "redirect", json!({})).await
    }

    /// Waits until placement knows everything that a request needs. It learns by events, in no order that a caller could
    /// rely on, so the last word is a request that comes through.
    async fn settle(&self) {
        let body = json!({ "request": self.request() });
        let drafted = wait_for_some("placement to know the world", async || {
            let answer = self.placing.rest.post("/v1/requests", body.clone()).await;
            let ready = !catching_up(&answer);
            ready.then(|| answer.ok()["request"].clone())
        })
        .await;
        let sent = perform(&self.placing.rest, &drafted, "send", json!({})).await;
        let mut request = perform(&self.receiving.rest, &sent, "redirect", json!({})).await;
        wait_for("placement to know the agent's account", async || {
            if request["state"] == "STATE_REDIRECTED" {
                return true;
            }
            let to = json!({ "destinationId": self.unit });
            let answer = post(&self.receiving.rest, &request, "change-destination", to).await;
            if answer.is_ok() {
                request = answer.ok()["request"].clone();
            }
            false
        })
        .await;
        perform(&self.placing.rest, &request, "cancel", json!({ "reasonCode": "C9" })).await;
    }
}

/// Makes people.
pub(crate) struct Maker<'a> {
    pub(crate) platform: &'a Platform,
    pub(crate) operator: &'a Rest,
    pub(crate) word: &'a str,
    /// What family names end in.
    pub(crate) words: &'a str,
}

impl Maker<'_> {
    /// A staff record: id and address.
    pub(crate) async fn person(&self, agency: &str, first_name: &str, language: &str) -> (String, String) {
        let email = format!("{}.{}@example.org", first_name.to_lowercase(), self.word);
        let person = json!({
            "agencyId": agency, "firstName": first_name, "lastName": format!("Roy {}{}", self.word, self.words), "email": email,
            "language": language,
        });
        (id(&create(self.operator, "/v1/people", "person", person).await), email)
    }

    /// A right at a place, by kind and id.
    pub(crate) async fn grant(&self, person: &str, role: &str, level: &str, place: (String, String)) {
        let grant = json!({ "role": role, "level": level, "scopeKind": place.0, "scopeId": place.1 });
        create(self.operator, &format!("/v1/people/{person}/grants"), "grant", grant).await;
    }

    /// An account, whose owner has chosen a password and is signed in.
    pub(crate) async fn account(&self, person: &str) -> (String, Rest) {
        let path = format!("/v1/people/{person}/account");
        let made = self.operator.post(&path, json!({ "requestId": fresh_id() })).await.ok();
        let (login, temporary) = (text(&made["account"]["login"]), text(&made["temporaryPassword"]));
        let rest = self.platform.rest().choose_password(&login, &temporary, PASSWORD).await;
        (login, rest)
    }

    /// Someone with a right and an account.
    pub(crate) async fn user(
        &self,
        agency: &str,
        first_name: &str,
        language: &str,
        role: &str,
        level: &str,
        place: (String, String),
    ) -> Person {
        let (id, email) = self.person(agency, first_name, language).await;
        self.grant(&id, role, level, place).await;
        let (login, rest) = self.account(&id).await;
        Person { id, email, login, rest }
    }
}

async fn agency(operator: &Rest, name: &str, kind: &str) -> String {
    let agency = json!({ "kind": kind, "name": name, "user": true, "city": "Rimouski" });
    id(&create(operator, "/v1/agencies", "agency", agency).await)
}

/// Creates something, as soon as the service knows what it refers to: that may have been made by another service just now.
pub(crate) async fn create(rest: &Rest, path: &str, kind: &str, value: Value) -> Value {
    let body = json!({ kind: value, "requestId": fresh_id() });
    wait_for_some(path, async || {
        let answer = rest.post(path, body.clone()).await;
        let ready = !catching_up(&answer);
        ready.then(|| answer.ok()[kind].clone())
    })
    .await
}

/// Whether a refusal names something that the service does not know, perhaps not yet.
fn catching_up(answer: &Answer) -> bool {
    answer.fields().iter().any(|(_, reason)| reason.starts_with("UNKNOWN_"))
}

/// Acts on a request in the version that was read: `perform(rest, &request, "confirm", json!({}))`.
pub(crate) async fn perform(rest: &Rest, request: &Value, verb: &str, fields: Value) -> Value {
    post(rest, request, verb, fields).await.ok()["request"].clone()
}

/// The same, answered or refused.
pub(crate) async fn post(rest: &Rest, request: &Value, verb: &str, mut fields: Value) -> Answer {
    fields["requestId"] = fresh_id().into();
    if fields.get("etag").is_none() {
        // Only the version that this caller may know of counts; others have moved it on since.
        let seen = rest.get(&format!("/v1/requests/{}", id(request))).await;
        fields["etag"] = if seen.is_ok() { seen.ok()["request"]["etag"].clone() } else { json!("") };
    }
    rest.post(&format!("/v1/requests/{}/{verb}", id(request)), fields).await
}

/// The id of something.
pub(crate) fn id(value: &Value) -> String {
    text(&value["id"])
}

/// A text of an answer.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// A Monday some weeks ahead, on which placements of these tests begin.
pub(crate) fn first_day() -> Date {
    let ahead = SystemClock.today(&TimeZone::UTC).saturating_add(8.weeks());
    ahead.saturating_sub(i32::from(ahead.weekday().to_monday_zero_offset()).days())
}

/// The Friday of the sixth week.
pub(crate) fn last_day() -> Date {
    first_day().saturating_add(39.days())
}
