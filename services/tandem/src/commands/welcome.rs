//! What a province has from its first start: reasons, placement types and terms, and someone who can make the others.

use chassis::Settings;
use configuration::seed::AddStarterLists;
use identity::{accounts::Passwords, people::Card, seed::Bootstrap};
use kernel::Locale;

use super::{env, failed, print};
use crate::{Config, database::Databases, platform::Platform};

/// `tandem seed`: for a province whose services are processes of their own, at its first start and each year.
pub(crate) async fn execute_seed(settings: Settings<Config>) -> anyhow::Result<()> {
    let databases = Databases::open(&settings).await?;
    let platform = Platform::assemble(&settings, env(&settings)?, &databases).await?;
    seed(&platform).await?;
    // Its events are relayed by the services, which may not have started yet.
    print("the province has its reasons, placement types and terms")
}

/// `tandem first-operator`.
pub(crate) async fn execute_first_operator(settings: Settings<Config>) -> anyhow::Result<()> {
    let databases = Databases::open(&settings).await?;
    let platform = Platform::assemble(&settings, env(&settings)?, &databases).await?;
    if operator(&platform, &settings).await? {
        Ok(())
    } else {
        print("there is an operator who can sign in; `tandem reset-operator` helps one who cannot")
    }
}

/// Makes what is missing; at each start, since each year brings new terms.
pub(crate) async fn begin(platform: &Platform, settings: &Settings<Config>) -> anyhow::Result<()> {
    seed(platform).await?;
    operator(platform, settings).await.map(drop)
}

async fn seed(platform: &Platform) -> anyhow::Result<()> {
    let host = &platform.configuration;
    let this_year = host.env.today().year();
    let years = [-1, 0, 1, 2].map(|offset| this_year + offset);
    host.db.write(&AddStarterLists::new(&years), &host.env).await.map_err(failed)?;
    Ok(())
}

/// Makes the first operator of a province that has none who can sign in, and says the temporary password, once. Whether one was
/// made.
async fn operator(platform: &Platform, settings: &Settings<Config>) -> anyhow::Result<bool> {
    let config = &settings.service.identity;
    let bootstrap = Bootstrap {
        passwords: Passwords::new(&config.argon2)?,
        temporary_life: config.temporary_password_life(),
        card: operators_card(),
    };
    let host = &platform.identity;
    let made = host.db.write(&bootstrap, &host.env).await.map_err(failed)?;
    if let Some(operator) = &made {
        print(&format!(
            "First operator: login {}, temporary password {}",
            operator.login, operator.temporary_password
        ))?;
    }
    Ok(made.is_some())
}

/// What the first operator's staff record says until the operator changes it.
fn operators_card() -> Card {
    Card {
        first_name: "Tandem".into(),
        last_name: "Operator".into(),
        title: String::new(),
        email: "operator@localhost.localdomain".into(),
        phone: String::new(),
        language: Locale::Fr,
    }
}
