//! People with accounts, through identity's own use case.

use chassis::Host;
use identity::{accounts::Login, people::Card, seed::SeedAccount};

use super::world::Person;
use crate::commands::failed;

/// Makes somebody, unless they are there. Everybody has the same password, hence the same `hash`.
pub(super) async fn person(identity: &Host, person: &Person, hash: &str) -> anyhow::Result<()> {
    let seed = SeedAccount {
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
        rights: person.rights.clone(),
    };
    identity.db.write(&seed, &identity.env).await.map_err(failed)?;
    Ok(())
}

fn account(login: &str, hash: &str) -> anyhow::Result<(Login, String)> {
    let login = Login::parse(login).ok_or_else(|| anyhow::anyhow!("{login} is no login"))?;
    Ok((login, hash.to_owned()))
}
