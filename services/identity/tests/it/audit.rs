//! The record of access.

use jiff::SignedDuration;
use proto::identity::v1::{
    CreateGrantRequest, Grant, Level, RefreshSessionRequest, ResetPasswordRequest, Role, ScopeKind, SignOutRequest,
    SwitchRoleRequest,
};
use uuid::Uuid;

use crate::world::{MARIE, PASSWORD, SCHOOL_ADMIN, SECOND_PROGRAM, World, reason, school_admin};

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
            line("LOCKED", None, "ACCOUNT_LOCKED"),
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
