//! The commands that let an operator in, as somebody at the machine types them.

use std::process::Output;

use testkit::postgres::Database;
use tokio::process::Command;

struct Machine {
    database: Database,
    folder: tempfile::TempDir,
}

impl Machine {
    async fn new() -> Self {
        let database = Database::empty().await;
        for schema in ["identity", "configuration", "placement", "notification", "reporting", "web"] {
            database.create_schema(schema).await.expect("a fresh database has no schema");
        }
        Self { database, folder: tempfile::tempdir().expect("a folder for its secrets") }
    }

    async fn type_in(&self, command: &[&str]) -> (bool, String) {
        let data = self.folder.path().display().to_string();
        let url = self.database.url();
        let mut tandem = Command::new(env!("CARGO_BIN_EXE_tandem"));
        tandem.args(command).env_remove("TANDEM_CONFIG").envs([
            ("TANDEM_TANDEM__DATABASE__URL", url),
            ("TANDEM_TANDEM__SERVICE__DATA", data.as_str()),
            ("TANDEM_TANDEM__SERVICE__IDENTITY__ARGON2__MEMORY_KIB", "8192"),
        ]);
        let Output { status, stdout, stderr } = tandem.output().await.expect("it starts");
        (status.success(), format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr)))
    }
}

/// Login and temporary password, as they are said.
fn credentials(said: &str) -> (String, String) {
    let (_, rest) = said.split_once("login ").expect(said);
    let (login, rest) = rest.split_once(", temporary password ").expect(said);
    (login.to_owned(), rest.lines().next().expect(said).to_owned())
}

#[tokio::test]
async fn an_operator_is_made_once_and_given_another_password_at_will() {
    let machine = Machine::new().await;
    let (done, said) = machine.type_in(&["first-operator"]).await;
    assert!(done, "{said}");
    let (login, first) = credentials(&said);
    let (done, said) = machine.type_in(&["first-operator"]).await;
    assert!(done && said.contains("who can sign in") && !said.contains("password"), "{said}");

    let (done, said) = machine.type_in(&["reset-operator", "--login", &login]).await;
    assert!(done && said.contains("7 days") && said.contains("sessions"), "{said}");
    let (again, second) = credentials(&said);
    assert_eq!(again, login);
    assert_ne!(second, first);

    let (done, said) = machine.type_in(&["reset-operator", "--login", "nobody"]).await;
    assert!(!done && said.contains(&login), "whose login it could be is told: {said}");
    let (done, said) = machine.type_in(&["reset-operator"]).await;
    assert!(!done && said.contains("--login"), "{said}");
}
