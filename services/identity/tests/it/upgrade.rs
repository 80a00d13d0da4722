//! What a version before has left, after the migrations since.

use testkit::postgres::Database;

const BEFORE: [&str; 2] =
    [include_str!("../../migrations/0001_people_and_accounts.sql"), include_str!("../../migrations/0002_sessions.sql")];
const SINCE: [&str; 2] = [
    include_str!("../../migrations/0005_sign_in_delays.sql"),
    include_str!("../../migrations/0006_record_of_access.sql"),
];
/// One account in each state, as four wrong passwords could have made it.
const LEFT: &str = "
    INSERT INTO person SELECT md5(login)::uuid, NULL, login, login, '', 'someone@example.ca', '', 'fr', true,
                              login, login, login, 1, now(), now()
                       FROM unnest(ARRAY['active', 'invited', 'locked', 'off', 'off-locked']) AS login;
    INSERT INTO account (person_id, login, state, password_hash, password_set_at, password_temporary, failed_attempts,
                         locked_at, disabled_at, disabled_cause, alerts_accepted, last_sign_in_at, awake_since) VALUES
        (md5('active')::uuid, 'active', 'ACTIVE', 'hash', now(), false, 3, NULL, NULL, NULL, true, now(), now()),
        (md5('invited')::uuid, 'invited', 'INVITED', 'hash', now(), true, 2, NULL, NULL, NULL, true, NULL, now()),
        (md5('locked')::uuid, 'locked', 'LOCKED', NULL, NULL, NULL, 0, now(), NULL, NULL, true, NULL, now()),
        (md5('off')::uuid, 'off', 'DISABLED', 'hash', now(), false, 3, NULL, now(), 'DORMANT', false, now(), now()),
        (md5('off-locked')::uuid, 'off-locked', 'DISABLED', NULL, NULL, NULL, 0, NULL, now(), 'DORMANT', false, NULL, now());
    INSERT INTO stray_attempt VALUES (sha256('nobody'), 4, now());
    INSERT INTO access_audit VALUES (gen_random_uuid(), now(), 'LOCKED', md5('locked')::uuid, NULL, NULL, 'ACCOUNT_LOCKED');
";

#[tokio::test]
async fn accounts_stay_in_their_states_and_what_must_hold_of_them_still_does() {
    let database = Database::empty().await;
    database.create_schema("identity").await.expect("a fresh database has no schema");
    let pool = database.pool_for_schema("identity").await;
    for sql in [BEFORE[0], BEFORE[1], LEFT, SINCE[0], SINCE[1]] {
        sqlx::raw_sql(sql).execute(&pool).await.expect(sql);
    }
    let query = "SELECT login, state, password_hash IS NOT NULL FROM account ORDER BY login";
    let accounts: Vec<(String, String, bool)> = sqlx::query_as(query).fetch_all(&pool).await.expect("rows");
    let account = |login: &str, state: &str, has_password| (login.to_owned(), state.to_owned(), has_password);
    assert_eq!(
        accounts,
        [
            account("active", "ACTIVE", true),
            account("invited", "INVITED", true),
            account("locked", "LOCKED", false),
            account("off", "DISABLED", true),
            account("off-locked", "DISABLED", false),
        ]
    );
    for wrong in [
        "UPDATE account SET password_temporary = true WHERE login = 'active'",
        "UPDATE account SET password_temporary = false WHERE login = 'invited'",
        "UPDATE account SET password_hash = 'x', password_set_at = now(), password_temporary = true WHERE login = 'locked'",
        "UPDATE account SET alerts_accepted = true WHERE login = 'off'",
        "UPDATE access_audit SET detail = ''",
        "DELETE FROM access_audit",
    ] {
        sqlx::query(wrong).execute(&pool).await.expect_err(wrong);
    }
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM access_audit").fetch_one(&pool).await.expect("a count");
    assert_eq!(kept, 1);
}
