//! One person for each role at each level that the role can have.

use futures::{StreamExt as _, future, stream};
use platform::Platform;
use proto::identity::v1::{Level, Role};
use serde_json::json;

use crate::world::{Maker, World};

/// Someone with one role at one level, in the world's school or hospital or the whole province.
pub(crate) struct Someone {
    pub(crate) role: Role,
    pub(crate) level: Level,
    pub(crate) token: String,
    pub(crate) login: String,
}

const LEVELS: [Level; 3] = [Level::Viewer, Level::Regular, Level::LocalAdministrator];

/// Makes them all.
pub(crate) async fn of(platform: &Platform, world: &World) -> Vec<Someone> {
    let maker = Maker { platform, operator: &world.operator, word: &world.word, words: "" };
    let roles = (1..).map_while(|number| Role::try_from(number).ok());
    let all: Vec<(Role, Level)> = roles.flat_map(|role| LEVELS.map(|level| (role, level))).collect();
    // A few at a time: dozens of accounts at once would wait for each other longer than a call may take on a busy machine.
    let made = stream::iter(all).map(|(role, level)| someone(&maker, world, role, level)).buffered(6);
    made.filter_map(future::ready).collect().await
}

async fn someone(maker: &Maker<'_>, world: &World, role: Role, level: Level) -> Option<Someone> {
    let (agency, kind, scope) = match role {
        Role::ProvincialLead | Role::Operator => (&world.hospital, "SCOPE_KIND_PROVINCE", ""),
        Role::ReceivingCoordinator | Role::DestinationCoordinator | Role::DestinationMonitor | Role::Supervisor => {
            (&world.hospital, "SCOPE_KIND_AGENCY", world.hospital.as_str())
        }
        _ => (&world.school, "SCOPE_KIND_AGENCY", world.school.as_str()),
    };
    let name = format!("{}{}", role.as_str_name().to_lowercase().replace(['_', 'r'], ""), level as i32);
    let (person, _) = maker.person(agency, &name, "en").await;
    let grant = json!({
        "role": role.as_str_name(), "level": level.as_str_name(), "scopeKind": kind, "scopeId": scope,
    });
    let granted = world.operator.post(&format!("/v1/people/{person}/grants"), json!({ "grant": grant })).await;
    if granted.fields().iter().any(|(_, reason)| reason == "LEVEL_NOT_ALLOWED") {
        return None;
    }
    assert!(granted.is_ok(), "{granted:?}");
    let (login, rest) = maker.account(&person).await;
    Some(Someone { role, level, token: rest.token().to_owned(), login })
}
