//! `tandem reset-operator`.

use chassis::Settings;
use clap::Args;
use identity::{accounts::Passwords, seed::ResetOperator};

use super::{env, failed, print};
use crate::{Config, database::Databases, platform::Platform};

/// Gives an operator who cannot sign in any more a temporary password, printed once. Ends the operator's sessions, and enables the account.
#[derive(Args)]
pub(crate) struct Reset {
    /// Whose.
    #[arg(long)]
    login: String,
}

pub(crate) async fn execute(settings: Settings<Config>, reset: Reset) -> anyhow::Result<()> {
    let databases = Databases::open(&settings).await?;
    let platform = Platform::assemble(&settings, env(&settings)?, &databases).await?;
    let config = &settings.service.identity;
    let reset = ResetOperator { login: reset.login, passwords: Passwords::new(&config.argon2)? };
    let host = &platform.identity;
    // Its event is relayed by the services, at the latest when they start.
    let operator = host.db.write(&reset, &host.env).await.map_err(failed)?;
    print(&format!(
        "Operator: login {}, temporary password {}\nIt holds for {} days, until it is replaced at the next sign-in. All sessions of the account have ended.",
        operator.login, operator.temporary_password, config.temporary_password_days
    ))
}
