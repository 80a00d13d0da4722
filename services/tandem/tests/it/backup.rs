//! `tandem backup` and `tandem restore`, as somebody at the machine types them.

use std::{
    fs::{self, Permissions},
    io::Read as _,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Output,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use chassis::Settings;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::PgPool;
use tandem::{Config, demo::PASSWORD};
use testkit::{answer::Answer, postgres::Database, process::Process, wait_for};
use tokio::process::Command;

/// A folder in which somebody types commands.
struct Machine {
    folder: tempfile::TempDir,
    database: Option<String>,
}

impl Machine {
    /// With the database in the data folder.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        // The cluster runs under another account, which has to pass through the folder.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o711)).expect("the folder is ours");
        Self { folder, database: None }
    }

    fn with_database(url: &str) -> Self {
        Self { database: Some(url.to_owned()), ..Self::new() }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn file(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut tandem = Command::new(env!("CARGO_BIN_EXE_tandem"));
        tandem.args(arguments).env_remove("TANDEM_CONFIG").envs([
            ("TANDEM_TANDEM__SERVICE__DATA", self.data().display().to_string().as_str()),
            ("TANDEM_TANDEM__SERVICE__LISTEN", "127.0.0.1:0"),
            ("TANDEM_TANDEM__SERVICE__ADMIN_LISTEN", ""),
            ("TANDEM_TANDEM__SERVICE__IDENTITY__ARGON2__MEMORY_KIB", "8192"),
            ("TANDEM_TANDEM__SERVICE__IDENTITY__ARGON2__PASSES", "1"),
        ]);
        tandem.envs(self.database.iter().map(|url| ("TANDEM_TANDEM__DATABASE__URL", url)));
        tandem
    }

    async fn type_in(&self, arguments: &[&str]) -> (bool, String) {
        let Output { status, stdout, stderr } = self.command(arguments).output().await.expect("it starts");
        (status.success(), format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr)))
    }

    async fn done(&self, arguments: &[&str]) -> String {
        let (done, said) = self.type_in(arguments).await;
        assert!(done, "{arguments:?}: {said}");
        said
    }

    /// What is said to a command that is refused, and must touch nothing.
    async fn refused(&self, arguments: &[&str], why: &str) {
        let before = names(&self.data());
        let (done, said) = self.type_in(arguments).await;
        assert!(!done && said.contains(why) && !said.contains("panicked"), "{arguments:?}: {said}");
        assert_eq!(names(&self.data()), before, "{arguments:?} has touched the data");
    }

    /// Starts serving, and answers where.
    async fn run(&self) -> (Process, String) {
        let mut tandem = Process::spawn(self.command(&["run"]));
        let line = tandem.wait_for_line("Tandem serves QC at http://127.0.0.1:").await;
        let (_, address) = line.split_once(" at ").expect("what was waited for");
        (tandem, address.to_owned())
    }
}

/// What is in a folder; nothing where there is none.
fn names(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_province_is_made_of_its_backup() {
    let machine = Machine::new();
    let file = machine.file("qc.backup");
    machine.refused(&["backup", &file], "there is no data of Tandem").await;
    let said = machine.done(&["first-operator"]).await;
    let (_, login) = said.split_once("login ").expect(&said);
    let login = login.split(',').next().expect("a login");
    fs::create_dir(machine.data().join("mail")).expect("the data folder is there");
    fs::write(machine.data().join("mail/0190-ab.eml"), "Subject: Bonjour").expect("the folder was made");

    let said = machine.done(&["backup", &file]).await;
    assert!(said.contains("QC") && said.contains("secrets"), "{said}");
    assert_eq!(fs::metadata(&file).expect("the backup").permissions().mode() & 0o777, 0o600);
    let kept = fs::read(&file).expect("the backup");
    machine.refused(&["backup", &file], "is there already").await;
    machine.refused(&["backup", &machine.file("nowhere/qc.backup")], "nowhere").await;
    assert!(fs::read(&file).expect("the backup") == kept, "the second backup has changed the first");
    assert_eq!(names(machine.folder.path()), [machine.data(), PathBuf::from(&file)], "something is left over");
    machine.refused(&["restore", &file], "is not empty").await;

    let other = Machine::new();
    what_is_not_whole_is_refused(&other, &kept).await;
    a_restore_that_was_killed_is_run_again(&other, &file).await;
    for name in ["secrets.json", "mail/0190-ab.eml"] {
        let of = |machine: &Machine| fs::read(machine.data().join(name)).expect(name);
        assert_eq!(of(&other), of(&machine), "{name}");
        let mode = fs::metadata(other.data().join(name)).expect(name).permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let said = other.done(&["reset-operator", "--login", login]).await;
    assert!(said.contains(login), "{said}");
}

/// Files that somebody may come with instead of a backup: each is refused before anything is touched.
async fn what_is_not_whole_is_refused(machine: &Machine, kept: &[u8]) {
    let try_in = async |bytes: &[u8], why: &str| {
        let file = machine.file("other.backup");
        fs::write(&file, bytes).expect("the folder is ours");
        machine.refused(&["restore", &file], why).await;
        assert!(!machine.data().exists(), "{why}");
        fs::remove_file(&file).expect("it was written");
    };
    machine.refused(&["restore", &machine.file("nothing")], "nothing").await;
    try_in(b"", "is no backup of Tandem").await;
    try_in(&b"Something else. ".repeat(1000), "is no backup of Tandem").await;
    for (length, why) in [(700, "damaged"), (kept.len() / 2, "damaged"), (kept.len() - 2048, "incomplete")] {
        try_in(&kept[..length], why).await;
    }
    // In manifest, seal, dump and the last part.
    let parts = parts(kept);
    for (name, content) in &parts {
        let at = kept.windows(content.len()).position(|window| window == content.as_slice()).expect(name);
        let mut damaged = kept.to_vec();
        damaged[at + content.len() / 2] ^= 1;
        try_in(&damaged, "damaged").await;
    }
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut manifest: Value = serde_json::from_slice(&parts[0].1).expect("the manifest comes first");
        change(&mut manifest);
        packed(&manifest, &parts[2..])
    };
    try_in(&changed(&|manifest| manifest["format"] = json!(2)), "by a newer Tandem").await;
    try_in(&changed(&|manifest| manifest["tandem"] = json!("99.0.0")), "Tandem 99.0.0, which is newer").await;
    try_in(&changed(&|manifest| manifest["postgres"] = json!(99)), "PostgreSQL 99").await;
    let unknown = |manifest: &mut Value| manifest["migrations"]["placement"]["_sqlx_migrations"] = json!(9999);
    try_in(&changed(&unknown), "unknown here").await;
    let mut manifest: Value = serde_json::from_slice(&parts[0].1).expect("the manifest comes first");
    manifest["parts"]["mail/other.txt"] = manifest["parts"]["secrets.json"].clone();
    let secrets = parts.iter().find(|(name, _)| name == "secrets.json").expect("the secrets").1.clone();
    let more = [&parts[2..], &[("mail/other.txt".to_owned(), secrets)]].concat();
    try_in(&packed(&manifest, &more), "holds mail/other.txt").await;
}

/// The parts of a backup by name, in their order.
fn parts(backup: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = tar::Archive::new(backup);
    let entries = archive.entries().expect("a tar").map(|entry| {
        let mut entry = entry.expect("a whole tar");
        let name = entry.path().expect("a name").display().to_string();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("a whole entry");
        (name, content)
    });
    entries.collect()
}

/// A backup with another manifest, sealed as it should be.
fn packed(manifest: &Value, parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let manifest = serde_json::to_vec(manifest).expect("JSON");
    let seal: String = Sha256::digest(&manifest).iter().map(|byte| format!("{byte:02x}")).collect();
    let front = [("manifest.json".to_owned(), manifest), ("manifest.sha256".to_owned(), seal.into_bytes())];
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in front.iter().chain(parts) {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        tar.append_data(&mut header, name, content.as_slice()).expect("memory takes it");
    }
    tar.into_inner().expect("memory takes it")
}

/// Ends a restore at once while its database is at work; no command takes what is left for data, but another restore.
async fn a_restore_that_was_killed_is_run_again(machine: &Machine, file: &str) {
    let mut restore = Process::spawn(machine.command(&["restore", file]));
    let is_at_work = || names(&machine.data().join("restoring")).iter().any(|path| path.join("postgres/pid").exists());
    wait_for("the database of a restore to start", async || is_at_work()).await;
    restore.kill().await;
    assert!(restore.output().is_empty(), "it was through before it was killed: {}", restore.output());
    for command in ["run", "migrate", "first-operator"] {
        machine.refused(&[command], "a restore did not come to its end").await;
    }
    machine.done(&["restore", file]).await;
    let left: Vec<_> = ["mail", "postgres", "secrets.json"].map(|name| machine.data().join(name)).into();
    assert_eq!(names(&machine.data()), left);
}

#[tokio::test]
async fn what_lay_in_a_broker_is_published_again_and_taken_once() {
    let (before, after) = (Database::empty().await, Database::empty().await);
    let machine = Machine::with_database(before.url());
    let file = machine.file("qc.backup");
    machine.done(&["first-operator"]).await;
    let (identity, notification) =
        (before.pool_for_schema("identity").await, before.pool_for_schema("notification").await);
    let published = "UPDATE outbox SET published_at = now() - interval '20 hours'";
    sqlx::query(published).execute(&identity).await.expect("the outbox");
    let taken = "INSERT INTO inbox (event_id, handled_at) SELECT gen_random_uuid(), now() - interval '29 days'";
    sqlx::query(taken).execute(&notification).await.expect("the inbox");
    let said = machine.done(&["backup", &file]).await;
    assert!(!said.contains("RabbitMQ"), "there is none: {said}");
    // As `tandem run --split` leaves it.
    fs::create_dir(machine.data().join("rabbitmq")).expect("the data folder is there");
    let said = machine.done(&["backup", &machine.file("split.backup")]).await;
    assert!(said.contains("RabbitMQ") && said.contains("dead-letters"), "{said}");

    let other = Machine::with_database(after.url());
    other.done(&["restore", &file]).await;
    let waiting = "SELECT count(*) FROM outbox WHERE published_at IS NULL AND parked_at IS NULL";
    let all = count(&identity, "SELECT count(*) FROM outbox").await;
    assert!(all > 0, "the operator was made without an event");
    assert_eq!(count(&after.pool_for_schema("identity").await, waiting).await, all);
    let remembered = "SELECT count(*) FROM inbox WHERE handled_at > now() - interval '1 hour'";
    assert_eq!(count(&after.pool_for_schema("notification").await, remembered).await, 1);

    let third = Machine::with_database(after.url());
    third.refused(&["restore", &file], "holds data already").await;
    assert!(!third.data().exists());
    let mut parted = machine.command(&["backup", &machine.file("second.backup")]);
    parted.env("TANDEM_TANDEM__SERVICE__DATABASES__WEB", before.url());
    let said = parted.output().await.expect("it starts").stderr;
    assert!(String::from_utf8_lossy(&said).contains("service.databases"), "{}", String::from_utf8_lossy(&said));
    let away = Machine { database: Some("postgres://somebody:unspoken@127.0.0.1:1/away".to_owned()), ..machine };
    away.refused(&["backup", &away.file("third.backup")], "can't be reached").await;
}

async fn count(pool: &PgPool, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(pool).await.expect(query)
}

/// Somebody who calls the API.
#[derive(Clone)]
struct Caller {
    address: String,
    token: String,
}

impl Caller {
    async fn sign_in(address: &str, login: &str) -> Self {
        let nobody = Self { address: address.to_owned(), token: String::new() };
        let answer = nobody.post("/v1/sessions", json!({ "login": login, "password": PASSWORD })).await.ok();
        Self { token: answer["tokens"]["accessToken"].as_str().expect("a token").to_owned(), ..nobody }
    }

    /// The same with the same token, elsewhere.
    fn at(&self, address: &str) -> Self {
        Self { address: address.to_owned(), ..self.clone() }
    }

    async fn get(&self, path: &str) -> Answer {
        let call = testkit::http::client().get(format!("{}{path}", self.address)).bearer_auth(&self.token);
        Answer::read(call.send().await.expect("the gateway answers")).await.expect("a whole answer")
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        let call = testkit::http::client().post(format!("{}{path}", self.address)).bearer_auth(&self.token);
        Answer::read(call.json(&body).send().await.expect("the gateway answers")).await.expect("a whole answer")
    }

    /// Drafts a request, and answers its id.
    async fn draft(&self, content: &Value) -> String {
        let answer = self.post("/v1/requests", json!({ "request": content })).await.ok();
        answer["request"]["id"].as_str().expect("an id").to_owned()
    }

    /// A request with its history, unless there is none.
    async fn request(&self, id: &str) -> Option<(Value, Value)> {
        let request = self.get(&format!("/v1/requests/{id}")).await;
        if request.status.as_u16() == 404 {
            return None;
        }
        Some((request.ok(), self.get(&format!("/v1/requests/{id}/history")).await.ok()))
    }

    /// What a request of the school is about: a place of the unit's agent.
    async fn content(&self, unit: &Self) -> Value {
        let text = |value: &Value| value.as_str().expect("an id").to_owned();
        let agency = text(&self.get("/v1/me").await.ok()["me"]["person"]["agencyId"]);
        let program = text(&self.get(&format!("/v1/programs?agency_id={agency}")).await.ok()["programs"][0]["id"]);
        let course = text(&self.get(&format!("/v1/courses?program_id={program}")).await.ok()["courses"][0]["id"]);
        let destination = text(&unit.get("/v1/me").await.ok()["me"]["grants"][0]["scopeId"]);
        let destination = self.get(&format!("/v1/destinations/{destination}")).await.ok()["destination"].clone();
        json!({
            "programId": program, "courseId": course,
            "siteId": destination["siteId"], "serviceId": destination["serviceIds"][0],
            "placementTypeCode": "PRECEPTORSHIP", "kind": "KIND_INDIVIDUAL", "studentCount": 2,
            "startDate": "2027-05-03", "endDate": "2027-06-25", "hoursPerStudent": 240,
        })
    }
}

/// The drill: a backup of a province that is at work, restored elsewhere, shows what had been done until then.
pub(crate) async fn drill(settings: &Settings<Config>) {
    let machine = Machine::with_database(settings.database.url.expose());
    let file = machine.file("qc.backup");
    let (mut tandem, address) = machine.run().await;
    let (school, unit) = (Caller::sign_in(&address, "ecole").await, Caller::sign_in(&address, "unite").await);
    let content = school.content(&unit).await;
    let sent = school.draft(&content).await;
    school.post(&format!("/v1/requests/{sent}/send"), json!({})).await.ok();
    let (request, me) = (school.request(&sent).await, school.get("/v1/me").await.ok());
    assert!(request.is_some());

    let is_over = Arc::new(AtomicBool::new(false));
    let meanwhile = tokio::spawn({
        let (school, content, is_over) = (school.clone(), content.clone(), Arc::clone(&is_over));
        async move {
            let mut drafted = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                drafted.push(school.draft(&content).await);
            }
            drafted
        }
    });
    machine.done(&["backup", &file]).await;
    is_over.store(true, Ordering::Relaxed);
    let drafted = meanwhile.await.expect("drafting does not panic");
    assert!(!drafted.is_empty(), "nothing was written meanwhile");
    tandem.terminate().await;
    assert!(tandem.wait().await.success(), "{}", tandem.output());

    // Into a cluster of its own, where the database was one that had been given.
    let other = Machine::new();
    other.done(&["restore", &file]).await;
    let (mut tandem, address) = other.run().await;
    assert!(!tandem.output().contains("First operator"), "{}", tandem.output());
    // The key that signed the token is there, and the session.
    let school = school.at(&address);
    assert_eq!(school.get("/v1/me").await.ok(), me);
    assert_eq!(school.request(&sent).await, request);
    // What was written meanwhile is there as a whole or not at all, and nothing is there that came after what is missing.
    let mut is_missing = false;
    for id in drafted {
        let found = school.request(&id).await;
        assert!(found.is_none() || !is_missing, "{id} is there, and one from before is not");
        is_missing = found.is_none();
        assert!(found.is_none_or(|(_, history)| history["entries"].as_array().is_some_and(|all| !all.is_empty())));
    }
    let again = Caller::sign_in(&address, "hopital").await;
    assert!(again.get(&format!("/v1/requests/{sent}")).await.is_ok());
    let next = school.draft(&content).await;
    school.post(&format!("/v1/requests/{next}/send"), json!({})).await.ok();
    tandem.terminate().await;
    assert!(tandem.wait().await.success(), "{}", tandem.output());
}
