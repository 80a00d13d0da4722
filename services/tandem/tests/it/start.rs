//! What `tandem run --demo` says on the terminal of whoever starts it.

use chassis::Settings;
use tandem::{
    Config,
    demo::{ACCOUNTS, PASSWORD},
};
use testkit::process::Process;
use tokio::process::Command;

/// Starts a province that holds the demonstration already, and stops it again.
pub(crate) async fn says_accounts_and_address_last(settings: &Settings<Config>) {
    let folder = tempfile::tempdir().expect("a folder for its secrets");
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
    command.args(["run", "--demo"]).env_remove("TANDEM_CONFIG").envs([
        ("TANDEM_TANDEM__DATABASE__URL", settings.database.url.expose()),
        ("TANDEM_TANDEM__SERVICE__DATA", &folder.path().display().to_string()),
        ("TANDEM_TANDEM__SERVICE__LISTEN", "127.0.0.1:0"),
        ("TANDEM_TANDEM__SERVICE__ADMIN_LISTEN", ""),
        // Says at each start which routes it has made.
        ("TANDEM_TANDEM__TELEMETRY__LOG_FILTER", "info,structured_proxy=info"),
    ]);
    let mut tandem = Process::spawn(command);
    tandem.wait_for_line("Tandem serves QC at http://127.0.0.1:").await;
    let output = tandem.output();
    tandem.terminate().await;
    assert!(tandem.wait().await.success(), "{}", tandem.output());

    let lines: Vec<_> = output.lines().collect();
    let accounts = lines.iter().position(|line| line.contains(PASSWORD)).expect("the accounts are printed");
    let logged = |line: &&str| line.starts_with('{');
    // A pipe is no terminal: what is logged is JSON.
    assert!(lines[..accounts].iter().any(logged), "nothing was logged before the accounts:\n{output}");
    assert!(!lines[accounts..].iter().any(logged), "logged among the accounts or after them:\n{output}");
    assert!(ACCOUNTS.iter().all(|account| lines[accounts..].iter().any(|line| line.contains(account.login))));
    assert!(lines.last().is_some_and(|line| line.contains("Tandem serves")), "{output}");
}
