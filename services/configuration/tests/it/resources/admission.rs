//! Authentication admits whom the contracts name.

use crate::world::World;

#[tokio::test]
async fn no_method_admits_a_role_that_its_contract_does_not_name() {
    // Ten resources with two methods for everybody and two for few, and one method for services.
    assert!(World::new().await.running.check_admission().await > 10 * 4);
}
