//! Who is let to which RPC.

use proto::identity::v1::{GetMeRequest, session_service_client::SessionServiceClient};

use crate::world::{World, reason};

#[tokio::test]
async fn roles_that_are_not_admitted_are_refused_by_every_rpc() {
    let world = World::new().await;
    // GetMe: 3 strangers. Export: 14. Of the people's RPCs each is closed to nobody, a forger, a service and the roles that are
    // not named; where a level is asked for, also to the named roles below it: so 15 each, but GetPerson with 10 and
    // ListPeople with 11; and 15 of the record of access, which only the operator reads.
    assert_eq!(world.running.check_admission().await, 3 + 14 + 2 * 15 + 10 + 11 + 7 * 15 + 15);
}

#[tokio::test]
async fn a_public_rpc_asks_for_no_token_and_any_other_does() {
    let world = World::new().await;
    world.sessions().get_jwks(proto::identity::v1::GetJwksRequest {}).await.expect("public");
    assert_eq!(reason(world.sessions().get_me(GetMeRequest {}).await), "UNAUTHENTICATED");
}

#[tokio::test]
async fn a_token_of_somebody_who_is_gone_shows_nobody() {
    let world = World::empty().await;
    let mut mine = SessionServiceClient::new(world.running.as_user(&crate::world::school_admin()));
    assert_eq!(reason(mine.get_me(GetMeRequest {}).await), "NOT_FOUND");
}
