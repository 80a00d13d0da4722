//! What `tandem run` says on the terminal of whoever starts it.

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
    let data = folder.path().display().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
    command.args(["run", "--demo"]).env_remove("TANDEM_CONFIG").envs([
        ("TANDEM_TANDEM__DATABASE__URL", settings.database.url.expose()),
        ("TANDEM_TANDEM__SERVICE__DATA", data.as_str()),
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
    let at = |text: &str| lines.iter().position(|line| line.contains(text)).expect("what was waited for");
    let (accounts, address) = (at(PASSWORD), at("Tandem serves"));
    let logged = |line: &&str| line.starts_with('{');
    // A pipe is no terminal: what is logged is JSON.
    assert!(lines[..accounts].iter().any(logged), "nothing was logged before the accounts:\n{output}");
    assert!(!lines[accounts..=address].iter().any(logged), "logged between accounts and address:\n{output}");
    assert!(ACCOUNTS.iter().all(|account| lines[accounts..address].iter().any(|line| line.contains(account.login))));
}

#[tokio::test]
async fn an_address_that_is_taken_is_told_before_anything_is_started() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    for shape in [&["run"][..], &["run", "--split"]] {
        let folder = tempfile::tempdir().expect("a folder for its secrets");
        let data = folder.path().join("data");
        let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
        command.args(shape).env_remove("TANDEM_CONFIG").envs([
            ("TANDEM_TANDEM__SERVICE__DATA", data.display().to_string().as_str()),
            ("TANDEM_TANDEM__SERVICE__LISTEN", &address),
        ]);
        let mut tandem = Process::spawn(command);
        let output = tandem.wait_for_line("nobody can listen at").await;
        assert!(output.contains("service.listen") && output.contains(&address), "{output}");
        assert!(!tandem.wait().await.success());
        assert!(!data.join("postgres").exists(), "no database was set up");
    }
}
