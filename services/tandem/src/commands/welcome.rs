//! What a province has from its first start: reasons, placement types and terms, and someone who can make the others.

use chassis::Settings;
use configuration::app::seed_province;
use futures::FutureExt as _;
use identity::{app::bootstrap, domain::person::Card, secrets::Passwords};
use kernel::Locale;

use super::{failed, print};
use crate::{Config, platform::Platform};

/// Makes what is missing; at each start, since each year brings new terms.
pub(crate) async fn begin(platform: &Platform, settings: &Settings<Config>) -> anyhow::Result<()> {
    let host = &platform.configuration;
    let this_year = host.env.today().year();
    let years = [-1, 0, 1, 2].map(|offset| this_year + offset);
    seed_province::run(&host.db, &host.env, &years).await.map_err(failed)?;
    operator(platform, settings).await
}

/// Makes the first operator of a province that has none, and says the temporary password, once.
async fn operator(platform: &Platform, settings: &Settings<Config>) -> anyhow::Result<()> {
    let passwords = Passwords::new(&settings.service.identity.argon2)?;
    let host = &platform.identity;
    let context = (&host.env, &passwords);
    let made = host
        .db
        .in_tx(&context, |tx, (env, passwords)| bootstrap::run(tx, env, passwords, operators_card()).boxed())
        .await
        .map_err(failed)?;
    match made {
        Some(operator) => print(&format!(
            "First operator: login {}, temporary password {}",
            operator.login, operator.temporary_password
        )),
        None => Ok(()),
    }
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
