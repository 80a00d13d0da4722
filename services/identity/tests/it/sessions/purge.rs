//! Sessions that nobody needs any more.

use jiff::SignedDuration;
use proto::identity::v1::RefreshSessionRequest;

use crate::world::{PASSWORD, World, days, reason};

#[tokio::test]
async fn old_sessions_go_with_their_tokens_and_young_ones_stay() {
    let world = World::new().await;
    world.tokens("jroy").await;
    reason(world.sign_in("nobody", PASSWORD).await);
    world.pass(days(7) + SignedDuration::from_secs(1));
    let young = world.tokens("mtremblay").await;
    reason(world.sign_in("somebody", PASSWORD).await);
    world.running.run_task("purge_sessions").await.expect("purged");
    assert_eq!((world.count("session").await, world.count("refresh_token").await), (1, 1));
    assert_eq!(world.count("sign_in_failure").await, 3, "of the second: login, network, and both");
    let refresh = RefreshSessionRequest { refresh_token: young.refresh_token };
    world.sessions().refresh_session(refresh).await.expect("refreshed");
}
