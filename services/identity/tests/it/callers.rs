//! Those of the world's people who administer, as they call.

use directory::model::Scope;
use kernel::PersonId;
use proto::identity::v1::{Level, Role};
use testkit::service::User;
use uuid::Uuid;

use crate::world::{
    HOST, HOST_ADMIN, OPERATOR, OTHER_HOST, OTHER_HOST_ADMIN, OTHER_SCHOOL, OTHER_SCHOOL_ADMIN, PROGRAM, PROGRAM_ADMIN,
    SCHOOL, SCHOOL_ADMIN, SITE, SITE_ADMIN,
};

fn administrator(person: Uuid, role: Role, scope: Scope) -> User {
    User::new(PersonId::from(person), role, [scope]).at(Level::LocalAdministrator)
}

pub fn operator() -> User {
    administrator(OPERATOR, Role::Operator, Scope::Province)
}

pub fn school_admin() -> User {
    administrator(SCHOOL_ADMIN, Role::PlacingCoordinator, Scope::Agency(SCHOOL.into()))
}

pub fn program_admin() -> User {
    administrator(PROGRAM_ADMIN, Role::PlacingCoordinator, Scope::Program(PROGRAM.into()))
}

pub fn other_school_admin() -> User {
    administrator(OTHER_SCHOOL_ADMIN, Role::PlacingCoordinator, Scope::Agency(OTHER_SCHOOL.into()))
}

pub fn host_admin() -> User {
    administrator(HOST_ADMIN, Role::ReceivingCoordinator, Scope::Agency(HOST.into()))
}

pub fn site_admin() -> User {
    administrator(SITE_ADMIN, Role::ReceivingCoordinator, Scope::Site(SITE.into()))
}

pub fn other_host_admin() -> User {
    administrator(OTHER_HOST_ADMIN, Role::ReceivingCoordinator, Scope::Agency(OTHER_HOST.into()))
}
