//! Who may not.

use chassis::Scope;
use kernel::PersonId;
use proto::{
    identity::v1::{Level, Role},
    notification::v1::{ListDeliveriesRequest, ResendDeliveryRequest, delivery_service_client::DeliveryServiceClient},
};
use testkit::service::{Caller, User};
use tonic::Code;

use crate::world::{COORDINATOR, HOSPITAL, PROGRAM, REQUEST, SCHOOL, SERVICE, SITE, UNIT, World, id, reason};

/// What each RPC of the log says to a caller: code and reason, or `None` where it answers.
async fn told(caller: Caller, delivery: &str) -> [Option<(Code, String)>; 2] {
    let mut client = DeliveryServiceClient::new(caller);
    let list = client.list_deliveries(ListDeliveriesRequest { placement_request_id: REQUEST.to_string() }).await;
    let message = ResendDeliveryRequest { delivery_id: delivery.into(), request_id: String::new() };
    let resend = client.resend_delivery(message).await;
    [list.err().map(|s| reason::<()>(Err(s))), resend.err().map(|s| reason::<()>(Err(s)))]
}

async fn with_a_delivery() -> (World, String) {
    let world = World::new().await;
    world.mailed_link().await;
    let delivery = world.log().await[0].id.clone();
    (world, delivery)
}

fn both(code: Code, reason: &str) -> [Option<(Code, String)>; 2] {
    [Some((code, reason.to_owned())), Some((code, reason.to_owned()))]
}

#[tokio::test]
async fn no_other_role_reads_or_repeats_deliveries() {
    let (world, delivery) = with_a_delivery().await;
    for role in (1..=12).map(|n| Role::try_from(n).unwrap()).filter(|r| *r != Role::ReceivingCoordinator) {
        let user = User::new(PersonId::from(COORDINATOR), role, [Scope::Province]).at(Level::LocalAdministrator);
        let told = told(world.running.as_user(&user), &delivery).await;
        assert_eq!(told, both(Code::PermissionDenied, "ROLE_NOT_ALLOWED"), "{role:?}");
    }
    let nobody = told(world.running.as_nobody(), &delivery).await;
    assert_eq!(nobody, both(Code::Unauthenticated, "UNAUTHENTICATED"));
    let service = told(world.running.as_service("placement"), &delivery).await;
    assert_eq!(service, both(Code::Unauthenticated, "UNAUTHENTICATED"));
    assert_eq!(world.log().await.len(), 1);
}

#[tokio::test]
async fn coordinators_of_other_places_do_not_learn_that_a_request_exists() {
    let (world, delivery) = with_a_delivery().await;
    let elsewhere = id(900);
    for scope in [
        Scope::Agency(elsewhere.into()),
        Scope::Agency(SCHOOL.into()),
        Scope::Site(elsewhere.into()),
        Scope::Service(elsewhere.into()),
        Scope::Destination(elsewhere.into()),
        Scope::Program(PROGRAM.into()),
    ] {
        let user = User::new(PersonId::from(COORDINATOR), Role::ReceivingCoordinator, [scope]);
        let told = told(world.running.as_user(&user), &delivery).await;
        assert_eq!(told, both(Code::NotFound, "NOT_FOUND"), "{scope:?}");
    }
    assert_eq!(world.log().await.len(), 1);
}

#[tokio::test]
async fn coordinators_of_the_place_read_and_viewers_do_not_repeat() {
    let (world, delivery) = with_a_delivery().await;
    let user = |scope, level| User::new(PersonId::from(COORDINATOR), Role::ReceivingCoordinator, [scope]).at(level);
    for scope in [
        Scope::Agency(HOSPITAL.into()),
        Scope::Site(SITE.into()),
        Scope::Service(SERVICE.into()),
        Scope::Destination(UNIT.into()),
    ] {
        let viewer = told(world.running.as_user(&user(scope, Level::Viewer)), &delivery).await;
        assert_eq!(viewer, [None, Some((Code::PermissionDenied, "ROLE_NOT_ALLOWED".into()))], "{scope:?}");
        let regular = told(world.running.as_user(&user(scope, Level::Regular)), &delivery).await;
        assert_eq!(regular, [None, None], "{scope:?}");
    }
}
