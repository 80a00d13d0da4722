//! The demonstration, loaded once: all that is said of it must hold.

use std::{collections::BTreeMap, sync::Arc};

use chassis::{Incoming, Process, Secret, Service as _, Settings};
use eventing::Transport;
use identity::Identity;
use jiff::Timestamp;
use kernel::FixedClock;
use proto::identity::v1::{Role, SignInRequest, session_service_client::SessionServiceClient};
use sqlx::PgPool;
use tandem::{
    Config,
    demo::{self, ACCOUNTS, Outcome, PASSWORD},
};
use testkit::postgres::Database;
use uuid::Uuid;

use crate::{backup, start};

/// A Monday morning in Québec.
const NOW: &str = "2026-11-23T14:00:00Z";
/// All states of domain §7.3 that a request can stand in.
const STATES: [&str; 14] = [
    "ACCEPTED",
    "ACCEPTED_BY_DESTINATION",
    "CANCELLED",
    "CONFIRMED",
    "DECLINED",
    "DECLINED_BY_DESTINATION",
    "DELETED",
    "DRAFT",
    "HELD",
    "REDIRECTED",
    "REDIRECTED_AUTOMATICALLY",
    "REDIRECTED_OFFLINE",
    "SENT",
    "SENT_OFFLINE",
];

struct Province {
    settings: Settings<Config>,
    pools: BTreeMap<&'static str, PgPool>,
    _database: Database,
}

impl Province {
    async fn empty() -> Self {
        let database = Database::empty().await;
        let mut settings: Settings<Config> = Settings::default();
        settings.database.url = Secret::new(database.url());
        settings.database.acquire_timeout_ms = 30_000;
        settings.internal.secret = Secret::new("a secret that only tests know, of enough length");
        settings.service.notification.link_secret = Secret::new("another secret that only tests know, as long");
        // Cheap hashes: what they cost is tried elsewhere.
        (settings.service.identity.argon2.memory_kib, settings.service.identity.argon2.passes) = (8192, 1);
        let mut pools = BTreeMap::new();
        for schema in ["identity", "configuration", "placement", "notification", "reporting", "web"] {
            database.create_schema(schema).await.expect("a fresh database has no schema");
            pools.insert(schema, database.pool_for_schema(schema).await);
        }
        Self { settings, pools, _database: database }
    }

    async fn load(&self) -> anyhow::Result<Outcome> {
        demo::load(&self.settings, now()).await
    }

    async fn rows<T>(&self, schema: &str, query: &'static str) -> Vec<T>
    where
        T: for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow> + Send + Unpin,
    {
        sqlx::query_as(query).fetch_all(&self.pools[schema]).await.expect(query)
    }

    async fn count(&self, schema: &str, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.pools[schema]).await.expect(query)
    }
}

fn now() -> Timestamp {
    NOW.parse().expect("a constant instant")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_fills_an_empty_province_once() {
    let province = Province::empty().await;
    let Outcome::Loaded(summary) = province.load().await.expect("an empty province takes the demonstration") else {
        panic!("the province was empty");
    };
    assert!(summary.requests >= 290 && summary.units >= 75 && summary.people >= 60 && summary.sites >= 150);

    requests_stand_in_every_state(&province).await;
    histories_are_of_the_past(&province).await;
    both_languages_are_written(&province).await;
    units_have_profiles_and_some_places_are_closed(&province).await;
    a_third_of_the_agents_answer_without_an_account(&province).await;
    nothing_is_left_over(&province).await;
    everybody_printed_signs_in(&province).await;

    let before = versions(&province).await;
    assert_eq!(province.load().await.expect("a loaded province"), Outcome::Present);
    assert_eq!(versions(&province).await, before, "the second load changed something");
    start::says_accounts_and_address_last(&province.settings).await;
    Box::pin(backup::drill(&province.settings)).await;

    without_its_end_it_is_refused(&province).await;
}

async fn requests_stand_in_every_state(province: &Province) {
    let states: Vec<(String, i64)> =
        province.rows("placement", "SELECT state, count(*) FROM placement_request GROUP BY state ORDER BY state").await;
    assert_eq!(states.iter().map(|(state, _)| state.as_str()).collect::<Vec<_>>(), STATES, "{states:?}");
    let of = |state: &str| states.iter().find(|(s, _)| s == state).map_or(0, |(_, count)| *count);
    // As in life, most are settled.
    assert!(of("CONFIRMED") > 80 && of("DECLINED") > 15 && of("CANCELLED") > 8, "{states:?}");
    let actions: Vec<(String,)> = province.rows("placement", "SELECT DISTINCT kind FROM placement_history").await;
    assert_eq!(actions.len(), 19, "all acts but the change of a draft: {actions:?}");
    for (what, query) in [
        ("answers by the mailed link", "SELECT count(*) FROM answer_link WHERE state = 'USED'"),
        ("links that wait", "SELECT count(*) FROM answer_link WHERE state = 'OPEN'"),
    ] {
        assert!(province.count("notification", query).await > 0, "{what}");
    }
    for (what, query) in [
        ("quick entries", "SELECT count(*) FROM placement_request WHERE origin = 'RECEIVING_AGENCY'"),
        ("answers on behalf", "SELECT count(*) FROM placement_history WHERE on_behalf AND kind LIKE 'ACCEPTED%'"),
        ("postponed", "SELECT count(*) FROM placement_request WHERE 'POSTPONE' = ANY(tags)"),
        ("released by the clock", "SELECT count(*) FROM placement_history WHERE kind = 'SENT' AND role = 'SYSTEM'"),
        ("marks of HTML in comments", "SELECT count(*) FROM placement_request WHERE comment LIKE '%<b>%'"),
        ("names of 80 characters", "SELECT count(*) FROM directory_destination WHERE char_length(name) >= 80"),
    ] {
        assert!(province.count("placement", query).await > 0, "{what}");
    }
}

async fn histories_are_of_the_past(province: &Province) {
    let ahead = "SELECT count(*) FROM placement_history WHERE at > '2026-11-23T14:00:00Z'";
    assert_eq!(province.count("placement", ahead).await, 0, "acts of the future");
    let disorder = "SELECT count(*) FROM placement_history later JOIN placement_history earlier
                        ON earlier.request_id = later.request_id AND earlier.version = later.version - 1
                    WHERE later.at < earlier.at";
    assert_eq!(province.count("placement", disorder).await, 0, "acts out of order");
    let months = "SELECT count(DISTINCT date_trunc('month', at)) FROM placement_history";
    assert!(province.count("placement", months).await >= 9, "most of a year");
    // A mail is of the day of what it is about.
    let late = "SELECT count(*) FROM delivery WHERE settled_at - created_at > interval '14 days'";
    assert_eq!(province.count("notification", late).await, 0, "late mails");
}

async fn both_languages_are_written(province: &Province) {
    for language in ["fr", "en"] {
        let people: i64 = sqlx::query_scalar("SELECT count(*) FROM person WHERE language = $1")
            .bind(language)
            .fetch_one(&province.pools["identity"])
            .await
            .expect("people");
        assert!(people >= 10, "{language}: {people}");
    }
    for query in [
        "SELECT count(*) FROM placement_request WHERE comment LIKE '%the %'",
        "SELECT count(*) FROM placement_request WHERE comment LIKE '%les %'",
    ] {
        assert!(province.count("placement", query).await >= 5, "{query}");
    }
}

async fn units_have_profiles_and_some_places_are_closed(province: &Province) {
    let bare = "SELECT count(*) FROM destination WHERE description_fr = '' OR description_en = '' OR location = ''
                    OR shifts = '{}' OR minimum_notice_weeks = 0 OR prerequisites_fr = '' OR prerequisites_en = ''";
    assert_eq!(province.count("configuration", bare).await, 0, "units without a profile");
    let zones: Vec<(String, i64)> = province
        .rows(
            "configuration",
            "SELECT time_zone, count(*) FROM site WHERE web_link <> '' GROUP BY time_zone ORDER BY 1",
        )
        .await;
    assert_eq!(zones, [(String::new(), 12), ("America/Halifax".to_owned(), 1)]);
    for (what, expected, query) in [
        ("now", 1, "SELECT count(*) FROM directory_closure WHERE DATE '2026-11-23' BETWEEN start_date AND end_date"),
        ("over", 1, "SELECT count(*) FROM directory_closure WHERE end_date < DATE '2026-11-23'"),
        ("ahead", 2, "SELECT count(*) FROM directory_closure WHERE start_date > DATE '2026-11-23'"),
        ("of a unit", 3, "SELECT count(*) FROM directory_closure c JOIN directory_destination d ON d.id = c.place_id"),
        ("of a site", 1, "SELECT count(*) FROM directory_closure c JOIN directory_site s ON s.id = c.place_id"),
    ] {
        assert_eq!(province.count("placement", query).await, expected, "closures {what}");
    }
}

async fn a_third_of_the_agents_answer_without_an_account(province: &Province) {
    let agents: Vec<(bool, i64)> = province
        .rows(
            "placement",
            "SELECT p.account_active, count(DISTINCT p.id) FROM directory_destination d JOIN directory_person p ON p.id = d.agent_id
             GROUP BY p.account_active ORDER BY p.account_active",
        )
        .await;
    let [(false, without), (true, with)] = agents[..] else { panic!("{agents:?}") };
    assert!((20..=45).contains(&(100 * without / (with + without))), "{agents:?}");
}

/// Whoever serves the province next finds no work of the past.
async fn nothing_is_left_over(province: &Province) {
    for schema in province.pools.keys() {
        for query in [
            "SELECT count(*) FROM queue_message",
            "SELECT count(*) FROM outbox WHERE published_at IS NULL AND parked_at IS NULL",
        ] {
            assert_eq!(province.count(schema, query).await, 0, "{schema}: {query}");
        }
    }
    let pending = "SELECT count(*) FROM delivery WHERE state = 'PENDING'";
    assert_eq!(province.count("notification", pending).await, 0, "mails that wait");
    let requests = "SELECT id::text, state, version FROM placement_request ORDER BY id";
    let rows = "SELECT id::text, state, version FROM request_row ORDER BY id";
    let placement: Vec<(String, String, i64)> = province.rows("placement", requests).await;
    let reporting: Vec<(String, String, i64)> = province.rows("reporting", rows).await;
    assert_eq!(placement, reporting, "reporting has caught up");
}

async fn everybody_printed_signs_in(province: &Province) {
    let clock = Arc::new(FixedClock::at(now()));
    let env = Process::env(&province.settings, clock).expect("a known time zone");
    let mut process = Process::new(env, Transport::in_process(), &[Identity::NAME]);
    let settings = Settings {
        database: province.settings.database.clone(),
        internal: province.settings.internal.clone(),
        service: province.settings.service.identity.clone(),
        ..Settings::default()
    };
    process.add::<Identity>(settings, Incoming::Memory, false).await.expect("identity is up to date");
    let mut roles = Vec::new();
    for account in ACCOUNTS {
        let channel = process.channel(Identity::NAME).expect("identity is in this process");
        let ask = SignInRequest { login: account.login.to_owned(), password: PASSWORD.to_owned() };
        let answer = SessionServiceClient::new(channel).sign_in(ask).await;
        let me = answer.unwrap_or_else(|status| panic!("{}: {status}", account.login)).into_inner().me;
        let me = me.expect("who signed in");
        assert!(!me.grants.is_empty(), "{} may do nothing", account.login);
        roles.push(me.active_role());
    }
    for role in [
        Role::PlacingCoordinator,
        Role::ReceivingCoordinator,
        Role::DestinationCoordinator,
        Role::DestinationMonitor,
        Role::ProvincialLead,
        Role::Operator,
    ] {
        assert!(roles.contains(&role), "{role:?}");
    }
}

/// Every table's rows, in a form that any change shows in.
async fn versions(province: &Province) -> Vec<(String, Vec<(String, i64, i64)>)> {
    let mut all = Vec::new();
    for (schema, query) in [
        ("identity", "SELECT 'person', count(*), coalesce(sum(version), 0)::bigint FROM person"),
        ("identity", "SELECT 'grant', count(*), 0::bigint FROM role_grant"),
        ("configuration", "SELECT 'site', count(*), coalesce(sum(version), 0)::bigint FROM site"),
        ("configuration", "SELECT 'term', count(*), coalesce(sum(version), 0)::bigint FROM term"),
        ("configuration", "SELECT 'closure', count(*), coalesce(sum(version), 0)::bigint FROM closure"),
        ("configuration", "SELECT 'destination', count(*), coalesce(sum(version), 0)::bigint FROM destination"),
        ("placement", "SELECT 'request', count(*), coalesce(sum(version), 0)::bigint FROM placement_request"),
        ("placement", "SELECT 'outbox', count(*), coalesce(max(position), 0) FROM outbox"),
        ("configuration", "SELECT 'outbox', count(*), coalesce(max(position), 0) FROM outbox"),
        ("notification", "SELECT 'delivery', count(*), 0::bigint FROM delivery"),
    ] {
        all.push((format!("{schema}: {query}"), province.rows(schema, query).await));
    }
    all
}

async fn without_its_end_it_is_refused(province: &Province) {
    let forget = |login: &'static str| async move {
        let identity = &province.pools["identity"];
        let id: Uuid = sqlx::query_scalar("SELECT person_id FROM account WHERE login = $1")
            .bind(login)
            .fetch_one(identity)
            .await
            .expect("an account");
        for statement in [
            "UPDATE role_grant SET given_by = NULL WHERE given_by = $1",
            "DELETE FROM refresh_token WHERE session_id IN (SELECT id FROM session WHERE person_id = $1)",
            "DELETE FROM session WHERE person_id = $1",
            "DELETE FROM role_grant WHERE person_id = $1",
            "DELETE FROM account WHERE person_id = $1",
            "DELETE FROM person WHERE id = $1",
        ] {
            sqlx::query(statement).bind(id).execute(identity).await.expect(statement);
        }
    };
    forget("province").await;
    let broken_off = province.load().await.expect_err("half a demonstration").to_string();
    assert!(broken_off.contains("broke off"), "{broken_off}");
    forget("operateur").await;
    let own_data = province.load().await.expect_err("somebody's province").to_string();
    assert!(own_data.contains("data of its own"), "{own_data}");
    assert_eq!(province.count("identity", "SELECT count(*) FROM account WHERE login = 'province'").await, 0);
}
