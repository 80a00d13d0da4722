//! What wrong passwords do to the next try, and to whose.

use futures::future::join_all;
use identity::config::{Config, SignIn};
use jiff::SignedDuration;
use proto::identity::v1::{AccountState, ResetPasswordRequest, SignInRequest};
use testkit::telemetry::Telemetry;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use crate::world::{HOME, MARIE, PASSWORD, World, cheap, days, reason, school_admin, wait};

const WRONG: &str = "Wrong-Horse-99";
const STRANGER: &str = "198.51.100.66";

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

/// An address of a guesser who has many.
fn one_of_many(number: i64) -> String {
    format!("192.0.{}.{}", number / 250, number % 250 + 1)
}

impl World {
    async fn guess(&self, address: &str, login: &str) -> Result<(), Status> {
        self.sign_in_from(address, login, WRONG).await.map(drop)
    }
}

#[tokio::test]
async fn the_fourth_wrong_password_delays_the_next_try_which_then_is_heard() {
    let world = World::new().await;
    let before = world.events_of(MARIE).await;
    for _ in 0..3 {
        assert_eq!(reason(world.guess(HOME, "mtremblay").await), "SIGN_IN_REFUSED");
    }
    assert_eq!(wait(world.guess(HOME, "mtremblay").await), 60);
    assert_eq!(wait(world.sign_in("mtremblay", PASSWORD).await), 60, "the right one comes too early");
    world.pass(SignedDuration::from_millis(58_500));
    assert_eq!(wait(world.sign_in("mtremblay", PASSWORD).await), 2, "rounded up");
    world.pass(SignedDuration::from_millis(1500));
    world.sign_in("mtremblay", PASSWORD).await.expect("let in");
    for _ in 0..3 {
        assert_eq!(reason(world.guess(HOME, "mtremblay").await), "SIGN_IN_REFUSED", "the count began anew");
    }
    assert_eq!(world.events_of(MARIE).await, before, "nothing of it concerns others");
}

#[tokio::test]
async fn each_further_wrong_password_delays_twice_as_long_up_to_a_quarter_of_an_hour() {
    let world = World::new().await;
    for _ in 0..3 {
        assert_eq!(reason(world.guess(HOME, "mtremblay").await), "SIGN_IN_REFUSED");
    }
    for seconds in [60, 120, 240, 480, 900, 900] {
        assert_eq!(wait(world.guess(HOME, "mtremblay").await), seconds);
        // What is tried meanwhile is not looked at, and makes nothing longer.
        assert_eq!(wait(world.guess(HOME, "mtremblay").await), seconds);
        world.pass(SignedDuration::from_secs(i64::try_from(seconds).expect("seconds")));
    }
    world.sign_in("mtremblay", PASSWORD).await.expect("let in, as ever");
    world.pass(days(1));
    assert_eq!(reason(world.guess(HOME, "mtremblay").await), "SIGN_IN_REFUSED");
}

#[tokio::test]
async fn delays_are_as_long_as_the_settings_say() {
    let sign_in = SignIn { first_delay_seconds: 5, longest_delay_seconds: 8, ..SignIn::default() };
    let world = World::with(Config { sign_in, ..cheap() }).await;
    for _ in 0..3 {
        reason(world.guess(HOME, "mtremblay").await);
    }
    assert_eq!(wait(world.guess(HOME, "mtremblay").await), 5);
    world.pass(SignedDuration::from_secs(5));
    assert_eq!(wait(world.guess(HOME, "mtremblay").await), 8);
}

#[tokio::test]
async fn a_stranger_locks_nobody_out_however_long_they_guess() {
    let world = World::new().await;
    for _ in 0..20 {
        while world.guess(STRANGER, "mtremblay").await.expect_err("wrong").code() == Code::Unauthenticated {}
        assert!(wait(world.sign_in_from(STRANGER, "mtremblay", PASSWORD).await) > 0, "the stranger waits");
        world.sign_in("mtremblay", PASSWORD).await.expect("her own address has mistyped nothing");
        world.pass(minutes(15));
    }
    assert_eq!(world.last_event(MARIE).await.account_state(), AccountState::Active);
}

#[tokio::test]
async fn a_stranger_with_many_addresses_has_few_guesses_and_the_owner_is_known_at_home() {
    let world = World::new().await;
    world.sign_in("mtremblay", PASSWORD).await.expect("let in");
    let guesses = join_all((0..130).map(|number| {
        let (world, address) = (&world, one_of_many(number));
        async move { world.guess(&address, "mtremblay").await.expect_err("wrong").code() }
    }));
    guesses.await;
    let counted = world.count("access_audit WHERE what IN ('REFUSED', 'DELAYED')").await;
    assert_eq!(counted, 100, "of the others none was looked at");
    assert_eq!(wait(world.sign_in_from(STRANGER, "mtremblay", PASSWORD).await), 900, "strange networks wait");
    world.sign_in("mtremblay", PASSWORD).await.expect("she has signed in from here before");
    world.sign_in_from(STRANGER, "mtremblay", PASSWORD).await.expect("which ended the count");
}

#[tokio::test]
async fn a_network_is_known_for_ninety_days() {
    for (after, is_known) in [(89, true), (90, false)] {
        let world = World::new().await;
        world.sign_in("jroy", PASSWORD).await.expect("let in");
        world.pass(days(after));
        for number in 0..100 {
            world.guess(&one_of_many(number), "jroy").await.expect_err("wrong");
        }
        let code = world.sign_in("jroy", PASSWORD).await.map(drop).map_err(|status| status.code());
        assert_eq!(code, if is_known { Ok(()) } else { Err(Code::ResourceExhausted) }, "{after} days");
    }
}

#[tokio::test]
async fn all_addresses_of_one_ipv6_network_count_as_one() {
    let world = World::new().await;
    for number in 1..=3 {
        let address = format!("2001:db8:1:2:{number}::{number}");
        assert_eq!(reason(world.guess(&address, "mtremblay").await), "SIGN_IN_REFUSED");
    }
    assert_eq!(wait(world.guess("2001:db8:1:2:4::4", "mtremblay").await), 60);
    assert_eq!(wait(world.sign_in_from("2001:db8:1:2:5::5", "mtremblay", PASSWORD).await), 60);
    world.sign_in_from("2001:db8:1:3::1", "mtremblay", PASSWORD).await.expect("another network");
}

#[tokio::test]
async fn a_network_that_guesses_at_many_logins_waits_but_for_those_who_are_known_there() {
    let sign_in = SignIn { network_tries: 6, ..SignIn::default() };
    let world = World::with(Config { sign_in, ..cheap() }).await;
    world.sign_in("mtremblay", PASSWORD).await.expect("let in");
    for number in 0..5 {
        assert_eq!(reason(world.guess(HOME, &format!("nobody{number}")).await), "SIGN_IN_REFUSED");
    }
    assert_eq!(wait(world.guess(HOME, "jroy").await), 60);
    assert_eq!(wait(world.sign_in("jroy", PASSWORD).await), 60, "he has never signed in from here");
    world.sign_in("mtremblay", PASSWORD).await.expect("she has");
    world.sign_in_from(STRANGER, "jroy", PASSWORD).await.expect("another network");
}

#[tokio::test]
async fn what_people_mistype_before_they_sign_in_delays_no_network() {
    let sign_in = SignIn { network_tries: 6, ..SignIn::default() };
    let world = World::with(Config { sign_in, ..cheap() }).await;
    for _ in 0..5 {
        for _ in 0..3 {
            assert_eq!(reason(world.guess(HOME, "mtremblay").await), "SIGN_IN_REFUSED");
        }
        world.sign_in("mtremblay", PASSWORD).await.expect("let in");
    }
    // Whoever has an account cannot sign in to be forgiven what they guess at others.
    for number in 0..5 {
        reason(world.guess(HOME, &format!("nobody{number}")).await);
        world.sign_in("mtremblay", PASSWORD).await.expect("let in");
    }
    assert_eq!(wait(world.guess(HOME, "jroy").await), 60);
}

#[tokio::test]
async fn guesses_at_the_same_moment_count_each_whoever_has_the_login() {
    let world = World::new().await;
    for login in ["mtremblay", "nobody"] {
        let guesses = (0..8).map(|_| world.guess(HOME, login));
        let reasons: Vec<_> = join_all(guesses).await.into_iter().map(reason).collect();
        assert_eq!(reasons.iter().filter(|reason| *reason == "SIGN_IN_REFUSED").count(), 3, "{login}");
        assert_eq!(wait(world.guess(HOME, login).await), 60, "{login}: four were looked at");
    }
}

#[tokio::test]
async fn a_login_that_nobody_has_answers_like_any_other() {
    let world = World::new().await;
    for (unknown, known) in [("nobody", "mtremblay"), ("not a login", "jroy")] {
        let mut answers = [Vec::new(), Vec::new()];
        for _ in 0..8 {
            for (answers, login) in answers.iter_mut().zip([unknown, known]) {
                for address in [HOME, STRANGER] {
                    let status = world.guess(address, login).await.expect_err("refused");
                    let wait = status.get_details_retry_info().and_then(|info| info.retry_delay);
                    answers.push((status.code(), status.message().to_owned(), wait));
                }
            }
            world.pass(minutes(1));
        }
        let [of_nobody, of_somebody] = answers;
        assert_eq!(of_nobody, of_somebody, "{unknown}");
        assert_eq!((of_nobody[0].0, of_nobody[7].0), (Code::Unauthenticated, Code::ResourceExhausted));
    }
}

#[tokio::test]
async fn a_login_that_nobody_has_costs_as_many_statements_as_any_other() {
    let world = World::new().await;
    let telemetry = Telemetry::of_process();
    let mut counts = [Vec::new(), Vec::new()];
    for _ in 0..6 {
        for (counts, login) in counts.iter_mut().zip(["nobody", "mtremblay"]) {
            let _ = telemetry.statements();
            world.guess(HOME, login).await.expect_err("refused");
            counts.push(telemetry.statements());
        }
    }
    let [of_nobody, of_somebody] = counts;
    assert_eq!(of_nobody, of_somebody, "time would tell who has an account");
    assert!(of_nobody[4] < of_nobody[0], "what is not looked at costs less: {of_nobody:?}");
}

#[tokio::test]
async fn replicas_count_together() {
    let world = World::new().await;
    let other = world.replica().await;
    for replica in [&world, &other, &world] {
        assert_eq!(reason(replica.guess(HOME, "mtremblay").await), "SIGN_IN_REFUSED");
    }
    assert_eq!(wait(other.guess(HOME, "mtremblay").await), 60);
    assert_eq!(wait(world.sign_in("mtremblay", PASSWORD).await), 60);
    world.pass(minutes(1));
    other.sign_in("mtremblay", PASSWORD).await.expect("let in");
    assert_eq!(reason(world.guess(HOME, "mtremblay").await), "SIGN_IN_REFUSED");
}

#[tokio::test]
async fn nobody_chooses_the_address_that_counts() {
    let world = World::new().await;
    let guess = |address: &str| {
        let mut request = tonic::Request::new(SignInRequest { login: "mtremblay".into(), password: WRONG.into() });
        request.metadata_mut().insert("x-tandem-client", address.parse().expect("a header"));
        let mut sessions = world.sessions();
        async move { sessions.sign_in(request).await }
    };
    for number in 0..3 {
        assert_eq!(reason(guess(&one_of_many(number)).await), "SIGN_IN_REFUSED");
    }
    assert_eq!(wait(guess(&one_of_many(3)).await), 60);
}

#[tokio::test]
async fn an_administrator_ends_delays_and_leads_out_of_a_lock_of_a_version_before() {
    let world = World::new().await;
    let lock = "UPDATE account SET state = 'LOCKED', locked_at = now(), password_hash = NULL, password_set_at = NULL,
                                   password_temporary = NULL WHERE login = 'mtremblay'";
    sqlx::query(lock).execute(&world.running.db).await.expect("locked, as it was");
    for _ in 0..3 {
        assert_eq!(reason(world.sign_in("mtremblay", PASSWORD).await), "SIGN_IN_REFUSED");
    }
    assert_eq!(wait(world.sign_in("mtremblay", PASSWORD).await), 60);
    let request = ResetPasswordRequest { person_id: MARIE.to_string() };
    let reset = world.accounts(&school_admin()).reset_password(request).await.expect("reset").into_inner();
    assert_eq!(reason(world.sign_in("mtremblay", &reset.temporary_password).await), "PASSWORD_CHANGE_REQUIRED");
}
