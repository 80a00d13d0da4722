//! People with accounts, through identity's own use case.

use chassis::{Host, Tx};
use directory::model::Grant;
use futures::FutureExt as _;
use identity::{
    app::seed_account::{self, Seed},
    domain::{
        grant::Right,
        login::Login,
        person::Card,
        place::{self, Place, PlaceKind},
        role::{Level, Role},
    },
};

use super::world::Person;
use crate::commands::failed;

/// Makes somebody, unless they are there. Everybody has the same password, hence the same `hash`.
pub(super) async fn person(identity: &Host, person: &Person, hash: &str) -> anyhow::Result<()> {
    let seed = Seed {
        person: person.id,
        agency: person.agency,
        card: Card {
            first_name: person.first.clone(),
            last_name: person.last.clone(),
            title: person.title.clone(),
            email: person.email.clone(),
            phone: person.phone.clone(),
            language: person.locale,
        },
        account: person.login.as_deref().map(|login| account(login, hash)).transpose()?,
        rights: person.rights.iter().map(right).collect::<anyhow::Result<_>>()?,
    };
    let context = (&identity.env, &seed);
    let made = identity.db.in_tx(&context, |tx: &mut Tx, (env, seed)| seed_account::run(tx, env, seed).boxed());
    made.await.map_err(failed)?;
    Ok(())
}

fn account(login: &str, hash: &str) -> anyhow::Result<(Login, String)> {
    let login = Login::parse(login).ok_or_else(|| anyhow::anyhow!("{login} is no login"))?;
    Ok((login, hash.to_owned()))
}

/// The directory and identity name them alike.
fn right(grant: &Grant) -> anyhow::Result<Right> {
    let (role, level) = (Role::from_name(grant.role.code()), Level::from_name(grant.level.code()));
    let (Some(role), Some(level)) = (role, level) else { anyhow::bail!("{grant:?} is no right") };
    let kind = PlaceKind::from_name(grant.scope.kind().code());
    let place = kind.zip(grant.scope.id()).map(|(kind, id)| place::Scope::Place(Place { kind, id }));
    Ok(Right { role, level, scope: place.unwrap_or(place::Scope::Province) })
}
