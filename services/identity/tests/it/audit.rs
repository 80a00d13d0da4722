//! The record of access, and what else attacks leave.

use std::collections::BTreeMap;

use chassis::{security::SecurityEvent, telemetry};
use identity::config::{Config, SignIn};
use jiff::SignedDuration;
use proto::identity::v1::{
    AccessEntry, AccessEvent, CreateGrantRequest, Grant, Level, ListAccessEntriesRequest, ListAccessEntriesResponse,
    RefreshSessionRequest, ResetPasswordRequest, Role, ScopeKind, SignOutRequest, SwitchRoleRequest,
    audit_service_client::AuditServiceClient,
};
use tonic::Status;
use uuid::Uuid;

use crate::world::{
    HOME, JEAN, MARIE, PASSWORD, SCHOOL_ADMIN, SECOND_PROGRAM, World, cheap, days, fault, faults, operator, reason,
    school_admin, wait,
};

const STRANGER: &str = "2001:db8:66::66";

type Line = (String, Option<Uuid>, Option<Uuid>, String);

async fn lines(world: &World) -> Vec<Line> {
    sqlx::query_as("SELECT what, person_id, actor_id, detail FROM access_audit WHERE detail <> 'SEED' ORDER BY at, id")
        .fetch_all(&world.running.db)
        .await
        .expect("rows")
}

fn line(what: &str, actor: Option<Uuid>, detail: &str) -> Line {
    (what.to_owned(), Some(MARIE), actor, detail.to_owned())
}

#[tokio::test]
async fn who_came_in_was_refused_and_was_given_what_by_whom_is_kept() {
    let world = World::new().await;
    let tick = || world.pass(SignedDuration::from_secs(11));
    let tokens = world.tokens("mtremblay").await;
    tick();
    let switch = SwitchRoleRequest { refresh_token: tokens.refresh_token.clone(), role: Role::Instructor.into() };
    world.sessions().switch_role(switch).await.expect("switched");
    tick();
    let reuse = RefreshSessionRequest { refresh_token: tokens.refresh_token };
    reason(world.sessions().refresh_session(reuse).await);
    tick();
    let refresh_token = world.tokens("mtremblay").await.refresh_token;
    tick();
    world.sessions().sign_out(SignOutRequest { refresh_token }).await.expect("out");
    for _ in 0..4 {
        tick();
        reason(world.sign_in("mtremblay", "Wrong-Horse-99").await);
    }
    tick();
    let reset = ResetPasswordRequest { person_id: MARIE.to_string() };
    world.accounts(&school_admin()).reset_password(reset).await.expect("reset");
    tick();
    let grant = Grant {
        role: Role::PlacingCoordinator.into(),
        level: Level::Viewer.into(),
        scope_kind: ScopeKind::Program.into(),
        scope_id: SECOND_PROGRAM.to_string(),
        ..Grant::default()
    };
    let give = CreateGrantRequest { person_id: MARIE.to_string(), grant: Some(grant), request_id: String::new() };
    world.accounts(&school_admin()).create_grant(give).await.expect("given");

    let own = Some(MARIE);
    let given = format!("PLACING_COORDINATOR VIEWER PROGRAM {SECOND_PROGRAM}");
    assert_eq!(
        lines(&world).await,
        [
            line("SIGNED_IN", own, ""),
            line("ROLE_SWITCHED", own, "INSTRUCTOR"),
            line("TOKEN_REUSED", None, ""),
            line("SIGNED_IN", own, ""),
            line("SIGNED_OUT", own, ""),
            line("REFUSED", None, "SIGN_IN_REFUSED"),
            line("REFUSED", None, "SIGN_IN_REFUSED"),
            line("REFUSED", None, "SIGN_IN_REFUSED"),
            line("DELAYED", None, "SIGN_IN_DELAYED"),
            line("PASSWORD_RESET", Some(SCHOOL_ADMIN), ""),
            line("GRANT_GIVEN", Some(SCHOOL_ADMIN), &given),
        ]
    );
}

#[tokio::test]
async fn nothing_that_was_typed_is_kept() {
    let world = World::new().await;
    // People type passwords where logins belong.
    reason(world.sign_in(PASSWORD, PASSWORD).await);
    let kept = lines(&world).await;
    assert_eq!(kept, [("REFUSED".to_owned(), None, None, "SIGN_IN_REFUSED".to_owned())]);
}

#[tokio::test]
async fn the_record_can_only_grow() {
    let world = World::new().await;
    world.tokens("mtremblay").await;
    for forgery in ["UPDATE access_audit SET what = 'SIGNED_OUT'", "DELETE FROM access_audit", "TRUNCATE access_audit"]
    {
        let refused = sqlx::query(forgery).execute(&world.running.db).await.expect_err("append-only");
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
}

async fn list(world: &World, request: ListAccessEntriesRequest) -> Result<ListAccessEntriesResponse, Status> {
    let mut audit = AuditServiceClient::new(world.running.as_user(&operator()));
    Ok(audit.list_access_entries(request).await?.into_inner())
}

fn of(person: Uuid) -> ListAccessEntriesRequest {
    ListAccessEntriesRequest { person_id: person.to_string(), ..ListAccessEntriesRequest::default() }
}

#[tokio::test]
async fn the_operator_reads_who_came_from_where_the_newest_first() {
    let world = World::new().await;
    for _ in 0..4 {
        reason(world.sign_in_from(STRANGER, "mtremblay", "Wrong-Horse-99").await);
        world.pass(SignedDuration::from_secs(1));
    }
    reason(world.sign_in_from(STRANGER, "nobody", PASSWORD).await);
    world.pass(SignedDuration::from_secs(1));
    let refresh_token = world.tokens("mtremblay").await.refresh_token;
    world.pass(SignedDuration::from_secs(1));
    let sign_out = world.from("::ffff:203.0.113.9", SignOutRequest { refresh_token });
    world.sessions().sign_out(sign_out).await.expect("out");

    let entries = list(&world, of(MARIE)).await.expect("listed").entries;
    let told = |entry: &AccessEntry| (entry.event(), entry.address.clone(), entry.detail.clone());
    let refused = (AccessEvent::Refused, STRANGER.to_owned(), "SIGN_IN_REFUSED".to_owned());
    assert_eq!(
        entries.iter().map(told).collect::<Vec<_>>(),
        [
            (AccessEvent::SignedOut, "203.0.113.9".to_owned(), String::new()),
            (AccessEvent::SignedIn, HOME.to_owned(), String::new()),
            (AccessEvent::Delayed, STRANGER.to_owned(), "SIGN_IN_DELAYED".to_owned()),
            refused.clone(),
            refused.clone(),
            refused.clone(),
            (AccessEvent::AccountCreated, String::new(), "SEED".to_owned()),
        ]
    );
    assert_eq!((entries[0].person_id.clone(), entries[0].actor_id.clone()), (MARIE.to_string(), MARIE.to_string()));
    assert_eq!(entries[0].session_id, entries[1].session_id);
    assert_eq!((entries[2].actor_id.as_str(), entries[2].session_id.as_str()), ("", ""));
    let all = list(&world, ListAccessEntriesRequest::default()).await.expect("listed").entries;
    let of_nobody: Vec<_> = all.iter().filter(|entry| entry.person_id.is_empty()).map(told).collect();
    assert_eq!(of_nobody, [refused]);
}

#[tokio::test]
async fn the_record_is_read_page_by_page_and_by_time() {
    let world = World::new().await;
    let began = world.running.host.env.now();
    for _ in 0..5 {
        world.pass(SignedDuration::from_secs(60));
        world.tokens("jroy").await;
    }
    let mut request = ListAccessEntriesRequest { page_size: 2, ..of(JEAN) };
    let mut pages = Vec::new();
    loop {
        let page = list(&world, request.clone()).await.expect("listed");
        pages.push(page.entries);
        if page.next_page_token.is_empty() {
            break;
        }
        request.page_token = page.next_page_token;
    }
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 2]);
    let times: Vec<_> = pages.concat().iter().map(|entry| entry.occurred_at.expect("a time").seconds).collect();
    assert!(times.is_sorted_by(|a, b| a > b), "{times:?}");
    let at = |seconds: i64| Some(proto::timestamp(began + SignedDuration::from_secs(seconds)));
    let between = ListAccessEntriesRequest { since: at(120), until: at(240), ..of(JEAN) };
    assert_eq!(list(&world, between).await.expect("listed").entries.len(), 2, "the end is not in it");
}

#[tokio::test]
async fn malformed_wishes_are_told_by_their_field() {
    let world = World::new().await;
    let ages_ago = Some(prost_types::Timestamp { seconds: -70_000_000_000, nanos: 0 });
    let wish = ListAccessEntriesRequest {
        person_id: "x".into(),
        since: ages_ago,
        until: ages_ago,
        ..ListAccessEntriesRequest::default()
    };
    let range = |field| fault(field, "OUT_OF_RANGE");
    assert_eq!(faults(list(&world, wish).await), [fault("person_id", "MALFORMED_ID"), range("since"), range("until")]);
    let ages_ago: jiff::Timestamp = "-009000-01-01T00:00:00Z".parse().expect("a time");
    for page_token in ["x".to_owned(), chassis::page::encode(&(ages_ago, MARIE))] {
        let wish = ListAccessEntriesRequest { page_token, ..ListAccessEntriesRequest::default() };
        assert_eq!(faults(list(&world, wish).await), [fault("page_token", "MALFORMED_PAGE_TOKEN")]);
    }
    let wish = ListAccessEntriesRequest { page_size: -1, ..ListAccessEntriesRequest::default() };
    assert_eq!(faults(list(&world, wish).await), [range("page_size")]);
}

#[tokio::test]
async fn a_line_is_kept_as_long_as_the_settings_say_and_removed_by_nothing_else() {
    let sign_in = SignIn { known_days: 30, ..SignIn::default() };
    let world = World::with(Config { keep_access_days: 30, sign_in, ..cheap() }).await;
    world.tokens("jroy").await;
    world.pass(days(20));
    world.tokens("jroy").await;
    let forbidden = async |statement: &'static str| {
        let refused = sqlx::query(statement).execute(&world.running.db).await.expect_err("append-only");
        assert!(refused.to_string().contains("append-only"), "{refused}");
    };
    forbidden("DELETE FROM access_audit").await;
    forbidden("UPDATE access_audit SET detail = 'x'").await;
    forbidden("TRUNCATE access_audit").await;

    world.pass(days(10));
    world.running.run_task("purge_access_record").await.expect("purged");
    assert_eq!(world.count("access_audit WHERE what = 'SIGNED_IN'").await, 2, "thirty days old, and not older");
    world.pass(SignedDuration::from_secs(1));
    world.running.run_task("purge_access_record").await.expect("purged");
    assert_eq!(world.count("access_audit").await, 1);
    forbidden("DELETE FROM access_audit").await;
}

/// What this process has counted so far, by event.
fn counted() -> BTreeMap<String, u64> {
    let text = telemetry::metrics().render();
    let line = |line: &str| {
        let (event, count) = line.strip_prefix("tandem_security_events_total{event=\"")?.split_once("\"} ")?;
        Some((event.to_owned(), count.parse().expect("a count")))
    };
    text.lines().filter_map(line).collect()
}

#[tokio::test]
async fn attacks_are_counted_by_what_they_are() {
    let before = counted();
    let world = World::new().await;
    for _ in 0..3 {
        reason(world.sign_in("mtremblay", "Wrong-Horse-99").await);
    }
    assert_eq!(wait(world.sign_in("mtremblay", "Wrong-Horse-99").await), 60);
    for _ in 0..2 {
        assert_eq!(wait(world.sign_in("mtremblay", PASSWORD).await), 60);
    }
    let token = world.tokens("jroy").await.refresh_token;
    let refresh = |token: &str| RefreshSessionRequest { refresh_token: token.to_owned() };
    world.sessions().refresh_session(refresh(&token)).await.expect("refreshed");
    world.pass(SignedDuration::from_secs(11));
    for token in [token.as_str(), token.as_str(), "none of ours"] {
        assert_eq!(reason(world.sessions().refresh_session(refresh(token)).await), "SESSION_ENDED");
    }
    let reset = ResetPasswordRequest { person_id: MARIE.to_string() };
    world.accounts(&school_admin()).reset_password(reset).await.expect("reset");
    let mut forger = AuditServiceClient::new(world.running.with_token("e30.e30.e30"));
    reason(forger.list_access_entries(ListAccessEntriesRequest::default()).await);

    let after = counted();
    // Other tests of this process are counted too.
    let more = |event: SecurityEvent| {
        let of = |counts: &BTreeMap<String, u64>| counts.get(event.code()).copied().unwrap_or_default();
        of(&after) - of(&before)
    };
    for (event, least) in [
        (SecurityEvent::SignInRefused, 3),
        (SecurityEvent::SignInDelayBegan, 1),
        (SecurityEvent::SignInDelayed, 2),
        (SecurityEvent::TokenReused, 1),
        (SecurityEvent::TokenUnknown, 1),
        (SecurityEvent::TokenInvalid, 1),
        (SecurityEvent::PasswordReset, 1),
    ] {
        assert!(more(event) >= least, "{event:?}: {} of {least}", more(event));
    }
    assert!(after.keys().all(|event| SecurityEvent::parse(event).is_some()), "labels are ours: {after:?}");
}
