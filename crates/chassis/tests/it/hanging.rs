//! Another process that is there and does not answer: nobody waits for it for long, and nobody who can do without it waits.

use std::{collections::HashMap, sync::Arc, time::Duration};

use chassis::{KeySource, LinkSettings, PeerClient, Peers, Secret, ServiceTokens, auth::Refusal, config::Internal};
use futures::future::join_all;
use jiff::{SignedDuration, Timestamp};
use kernel::FixedClock;
use proto::identity::v1::{GetJwksRequest, GetJwksResponse, Role, session_service_client::SessionServiceClient};
use testkit::{
    service::{PROVINCE, User, published_key, token},
    stub::Stub,
};
use tokio::time::Instant;
use tonic::Code;
use uuid::Uuid;

const KEYS: &str = "SessionService/GetJwks";

async fn identity(stub: &Stub, clock: &FixedClock, patience: Duration) -> PeerClient {
    let addresses = [("identity".to_owned(), stub.serve().await)].into();
    let peers = Peers::at(&addresses, LinkSettings { age: Duration::from_secs(300), patience }).unwrap();
    let internal = Internal { secret: Secret::new("0123456789abcdef0123456789abcdef"), ..Internal::default() };
    peers.client("identity", &ServiceTokens::new("placement", internal, Arc::new(clock.clone()))).unwrap()
}

#[tokio::test]
async fn whoever_does_not_answer_is_asked_now_and_then_and_nobody_else_waits() {
    let (stub, clock) = (Stub::default(), FixedClock::at(Timestamp::UNIX_EPOCH));
    stub.hold(KEYS);
    let patience = Duration::from_millis(300);
    let client = identity(&stub, &clock, patience).await;
    let ask = async || SessionServiceClient::new(client.clone()).get_jwks(GetJwksRequest {}).await;
    for _ in 0..3 {
        assert_eq!(ask().await.unwrap_err().code(), Code::Unavailable);
    }
    // One tries it again; the others are told at once.
    let one = async {
        assert_eq!(ask().await.unwrap_err().code(), Code::Unavailable);
        Instant::now()
    };
    let others = async {
        for _ in 0..20 {
            assert_eq!(ask().await.unwrap_err().code(), Code::Unavailable);
        }
        Instant::now()
    };
    let (waited, told) = tokio::join!(one, others);
    assert!(told < waited, "twenty are told while one waits");
    stub.answer(KEYS, GetJwksResponse::default());
    testkit::wait_for("it to be tried again", async || ask().await.is_ok()).await;
    ask().await.unwrap();
}

#[tokio::test]
async fn keys_that_are_known_serve_while_identity_hangs_and_forged_ones_delay_nobody() {
    let (stub, clock) = (Stub::default(), FixedClock::at(Timestamp::UNIX_EPOCH));
    stub.answer(KEYS, GetJwksResponse { keys: vec![published_key()] });
    let client = identity(&stub, &clock, Duration::from_secs(60)).await;
    let keys = KeySource::new(Some(client), PROVINCE, Arc::new(clock.clone()), HashMap::new());
    let honest = |person: u128| {
        let user = User::new(Uuid::from_u128(person).into(), Role::PlacingCoordinator, []);
        token(&user, Timestamp::UNIX_EPOCH)
    };
    assert!(keys.verify(&honest(1)).await.is_ok());
    stub.hold(KEYS);
    clock.advance(SignedDuration::from_mins(6));
    let forged = format!("{}.e30.AA", base64_url(r#"{"alg":"EdDSA","kid":"forged"}"#));
    // Forgers wait for identity, which hangs; people whose key is known do not, though their tokens were never seen.
    let forgers = async {
        let answers = join_all((0..8).map(|_| keys.verify(&forged))).await;
        assert!(answers.iter().all(|answer| matches!(answer, Err(Refusal::Unauthenticated))));
        Instant::now()
    };
    let people = async {
        let tokens: Vec<_> = (2..40).map(honest).collect();
        let answers = join_all(tokens.iter().map(|token| keys.verify(token))).await;
        assert!(answers.iter().all(Result::is_ok));
        Instant::now()
    };
    let (told, admitted) = tokio::join!(forgers, people);
    assert!(admitted < told, "nobody waits for what others have made us ask");
    // Nor is identity asked again for a while: it would be found to answer.
    stub.answer(KEYS, GetJwksResponse::default());
    assert!(matches!(keys.verify(&forged).await, Err(Refusal::Unauthenticated)));
    assert_eq!(stub.asked::<GetJwksRequest>(KEYS).len(), 1, "as at the beginning");
}

fn base64_url(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}
