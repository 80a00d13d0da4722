//! Shows that a service admits exactly whom the contracts name: every method, every role, every level.

use bytes::Bytes;
use chassis::{
    Scope,
    access::{self, Rule},
};
use kernel::PersonId;
use proto::identity::v1::{Level, Role};
use tonic::Code;
use uuid::Uuid;

use crate::{
    raw,
    service::{Caller, Running, User},
};

const ROLES: [Role; 12] = [
    Role::PlacingCoordinator,
    Role::CourseLeader,
    Role::Instructor,
    Role::StudentAdministrator,
    Role::StaffAdministrator,
    Role::Student,
    Role::ReceivingCoordinator,
    Role::DestinationCoordinator,
    Role::DestinationMonitor,
    Role::Supervisor,
    Role::ProvincialLead,
    Role::Operator,
];

impl Running {
    /// Calls every method of the service as everyone whom its rule does not admit, with an empty message: without a token,
    /// with a forged one, in each other role, below the level that is asked for, as a service where people are meant and as
    /// a person where services are meant. Answers how many refusals were seen.
    ///
    /// # Panics
    /// If one of the calls is admitted.
    pub async fn check_admission(&self) -> usize {
        let package = format!("/tandem.{}.v1.", self.host.name);
        let mut refusals = 0;
        for (path, rule) in access::rules().iter().filter(|(path, _)| path.starts_with(&package)) {
            for (caller, expected, who) in self.strangers(rule) {
                let code = raw::call(caller, path, Bytes::new()).await.err().map_or(Code::Ok, |status| status.code());
                assert_eq!(code, expected, "{path} as {who}");
                refusals += 1;
            }
        }
        assert!(refusals > 0, "no method of {} is closed to anyone", self.host.name);
        refusals
    }

    fn strangers(&self, rule: &Rule) -> Vec<(Caller, Code, String)> {
        let person = PersonId::from(Uuid::from_u128(0xdead));
        let user = |role| User::new(person, role, [Scope::Province]).at(Level::LocalAdministrator);
        let everyone = || ROLES.map(user);
        let nobody = || (self.as_nobody(), Code::Unauthenticated, "nobody".to_owned());
        let forged = || (self.with_token("e30.e30.e30"), Code::Unauthenticated, "a forger".to_owned());
        let service = || (self.as_service("placement"), Code::Unauthenticated, "a service".to_owned());
        match rule {
            Rule::Public => Vec::new(),
            Rule::SignedIn => vec![nobody(), forged(), service()],
            Rule::Internal => {
                let people = everyone().map(|u| (self.as_user(&u), Code::Unauthenticated, format!("{:?}", u.role)));
                people.into_iter().chain([nobody(), forged()]).collect()
            }
            Rule::Roles(admitted, level) => {
                let mut strangers = vec![nobody(), forged(), service()];
                for user in everyone() {
                    let role = user.role;
                    if !admitted.contains(&role) {
                        strangers.push((self.as_user(&user), Code::PermissionDenied, format!("{role:?}")));
                    } else if let Some(below) = below(*level) {
                        let user = user.at(below);
                        strangers.push((self.as_user(&user), Code::PermissionDenied, format!("{role:?} at {below:?}")));
                    }
                }
                strangers
            }
        }
    }
}

/// The highest level that is not enough.
fn below(level: Level) -> Option<Level> {
    match level {
        Level::Unspecified | Level::Viewer => None,
        Level::Regular => Some(Level::Viewer),
        Level::LocalAdministrator => Some(Level::Regular),
    }
}
