//! The keys that sign access tokens.

use chassis::auth::Claims;
use futures::future::join_all;
use jiff::SignedDuration;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use proto::identity::v1::{GetJwksRequest, GetMeRequest, Jwk, session_service_client::SessionServiceClient};

use crate::world::{MARIE, World, reason};

async fn key_set(world: &World) -> Vec<Jwk> {
    world.sessions().get_jwks(GetJwksRequest {}).await.expect("public").into_inner().keys
}

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

#[tokio::test]
async fn the_key_set_verifies_a_token() {
    let world = World::new().await;
    let token = world.tokens("mtremblay").await.access_token;
    let keys = key_set(&world).await;
    let [key] = keys.as_slice() else { panic!("one key: {keys:?}") };
    assert_eq!((&*key.kty, &*key.crv, &*key.r#use, &*key.alg), ("OKP", "Ed25519", "sig", "EdDSA"));
    let kid = jsonwebtoken::decode_header(&token).expect("a header").kid;
    assert_eq!(kid.as_ref(), Some(&key.kid));
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.validate_exp = false;
    rules.set_issuer(&["tandem-identity"]);
    let public = DecodingKey::from_ed_components(&key.x).expect("a public key");
    let claims = jsonwebtoken::decode::<Claims>(&token, &public, &rules).expect("verified").claims;
    assert_eq!((claims.sub.uuid(), &*claims.prv, &*claims.lang), (MARIE, "qc", "fr"));
    assert_eq!((&*claims.role, claims.grants.len()), ("ROLE_PLACING_COORDINATOR", 1));
}

#[tokio::test]
async fn a_key_signs_for_thirty_days_and_verifies_a_day_longer() {
    let world = World::new().await;
    let first = key_set(&world).await.remove(0);
    world.pass(days(29));
    world.running.run_task("rotate_keys").await.expect("looked");
    assert_eq!(key_set(&world).await, std::slice::from_ref(&first));

    world.pass(days(1));
    for run in join_all((0..4).map(|_| world.running.run_task("rotate_keys"))).await {
        run.expect("looked");
    }
    let keys = key_set(&world).await;
    assert_eq!(keys.len(), 2, "replicas that look at the same moment make one key");
    assert_eq!(keys[1], first);
    let token = world.tokens("mtremblay").await.access_token;
    assert_eq!(jsonwebtoken::decode_header(&token).expect("a header").kid.as_ref(), Some(&keys[0].kid));

    world.pass(days(1) + SignedDuration::from_secs(1));
    world.running.run_task("rotate_keys").await.expect("looked");
    assert_eq!(key_set(&world).await, keys[..1]);
}

#[tokio::test]
async fn what_a_withdrawn_key_has_signed_is_refused_though_it_was_taken_before() {
    let world = World::new().await;
    let me =
        async |token: &str| SessionServiceClient::new(world.running.with_token(token)).get_me(GetMeRequest {}).await;
    let before = world.tokens("mtremblay").await.access_token;
    me(&before).await.expect("taken, and remembered");
    sqlx::query("delete from signing_key").execute(&world.running.db).await.expect("withdrawn");
    world.running.run_task("rotate_keys").await.expect("another is made");
    world.pass(SignedDuration::from_secs(6));
    let after = world.tokens("mtremblay").await.access_token;
    me(&after).await.expect("its key is asked for");
    assert_eq!(reason(me(&before).await), "UNAUTHENTICATED");
}
