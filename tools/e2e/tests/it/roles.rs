//! For every method, everyone whom its rule does not admit is refused, with a real token, by the gateway.

use std::collections::BTreeSet;

use chassis::access::Rule;
use futures::{StreamExt as _, stream};
use platform::Shape;
use proto::identity::v1::Role;
use tonic::Code;

use crate::{
    everyone::{self, Someone},
    shared,
    wire::{Grpc, methods},
    world::World,
};

#[test]
fn every_method_refuses_every_role_that_it_does_not_admit() {
    shared::run(async {
        let platform = shared::platform(Shape::OneProcess).await;
        let world = World::build(platform).await;
        let everyone = everyone::of(platform, &world).await;
        let roles: BTreeSet<Role> = everyone.iter().map(|someone| someone.role).collect();
        assert_eq!(roles.len(), 12, "someone for each role");
        let channel = platform.grpc().await;
        let nobody = Grpc::with_token(&channel, "");
        let guarded: Vec<_> = methods().filter(|(_, rule)| !matches!(rule, Rule::Public | Rule::Internal)).collect();
        for (path, _) in &guarded {
            assert_eq!(nobody.call(path, Vec::new()).await.unwrap_err().code(), Code::Unauthenticated, "{path}");
        }
        let tries = guarded.iter().flat_map(|(path, rule)| everyone.iter().map(move |someone| (*path, *rule, someone)));
        let answers = stream::iter(tries).map(async |(path, rule, someone)| {
            let answer = Grpc::with_token(&channel, &someone.token).call(path, Vec::new()).await;
            let code = answer.err().map_or(Code::Ok, |status| reason_aware(&status));
            let admitted = admits(rule, someone);
            let fits = match code {
                Code::PermissionDenied => !admitted,
                Code::Unauthenticated | Code::Internal | Code::Unavailable => false,
                _ => admitted,
            };
            assert!(fits, "{path} as {:?} {:?}: {code:?}", someone.role, someone.level);
            usize::from(admitted)
        });
        let admitted: usize = answers.buffer_unordered(8).fold(0, async |sum, one| sum + one).await;
        let refused = guarded.len() * everyone.len() - admitted;
        assert!(refused > 500 && admitted > 200, "{refused} refused, {admitted} admitted");
    });
}

fn admits(rule: &Rule, someone: &Someone) -> bool {
    match rule {
        Rule::Roles(roles, level) => roles.contains(&someone.role) && someone.level >= *level,
        Rule::SignedIn => true,
        Rule::Public | Rule::Internal => false,
    }
}

/// The code; a refusal for the place rather than for the role counts as admitted.
fn reason_aware(status: &tonic::Status) -> Code {
    use tonic_types::StatusExt as _;
    let reason = status.get_details_error_info().map(|info| info.reason).unwrap_or_default();
    if status.code() == Code::PermissionDenied && reason != "ROLE_NOT_ALLOWED" { Code::Ok } else { status.code() }
}
