//! Databases and brokers.

use std::{
    fs,
    net::TcpStream,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use embedded::Home;
use lapin::{
    Connection, ConnectionProperties,
    options::{BasicPublishOptions, QueueDeclareOptions},
    types::FieldTable,
};
use sqlx::Connection as _;
use testkit::{
    postgres::{Cluster, Database},
    process::Process,
    proxy::Proxy,
    rabbitmq::{Broker, Node},
    wait_for,
};
use tokio::process::Command;

async fn template(database: &Database) -> anyhow::Result<()> {
    database.create_schema("placement").await?;
    let pool = database.pool_for_schema("placement").await;
    sqlx::query("create table request (id int)").execute(&pool).await?;
    Ok(())
}

#[tokio::test]
async fn a_database_is_cloned_from_its_template_and_belongs_to_one_test() {
    let (one, other) = (Database::fresh("kit", template).await, Database::fresh("kit", template).await);
    let pool = one.pool_for_schema("placement").await;
    sqlx::query("insert into request values (1)").execute(&pool).await.unwrap();
    let pool = other.pool_for_schema("placement").await;
    let count: i64 = sqlx::query_scalar("select count(*) from request").fetch_one(&pool).await.unwrap();
    assert_eq!(count, 0);
}

#[tokio::test]
async fn a_virtual_host_takes_messages_and_a_cut_network_does_not() {
    let broker = Broker::fresh().await;
    let proxy = Proxy::before(broker.address()).await;
    let url = broker.url_through(proxy.address());
    let connection = Connection::connect(&url, ConnectionProperties::default()).await.unwrap();
    let channel = connection.create_channel().await.unwrap();
    let declared = channel.queue_declare("q".into(), QueueDeclareOptions::durable(), FieldTable::default()).await;
    assert_eq!(declared.unwrap().message_count(), 0);
    proxy.cut();
    wait_for("the cut to be noticed", async || !connection.status().connected()).await;
    let options = BasicPublishOptions::default();
    assert!(channel.basic_publish("".into(), "q".into(), options, b"x", Default::default()).await.is_err());
    assert!(Connection::connect(&url, ConnectionProperties::default()).await.is_err());
    proxy.mend();
    assert!(Connection::connect(&url, ConnectionProperties::default()).await.is_ok());
}

/// Started by the test below, to be killed.
#[tokio::test]
#[ignore = "holds a cluster until it is killed"]
async fn hold_a_cluster() {
    let cluster = Cluster::temporary().unwrap();
    fs::write(std::env::var("TESTKIT_URL_FILE").unwrap(), cluster.url()).unwrap();
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn a_cluster_ends_with_a_process_that_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("url");
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "servers::hold_a_cluster", "--ignored", "--nocapture"]);
    command.env("TESTKIT_URL_FILE", &file).env("TMPDIR", folder.path());
    // The cluster runs under another account, which has to get into the folder.
    open_to_all(folder.path());
    let mut child = Process::spawn(command);
    wait_for("the cluster's address", async || fs::read_to_string(&file).is_ok_and(|url| !url.is_empty())).await;
    let url = fs::read_to_string(&file).unwrap();
    sqlx::PgConnection::connect(&url).await.unwrap().close().await.unwrap();
    assert_eq!(clusters(folder.path()).len(), 1);
    child.kill().await;
    wait_for("the cluster's end", async || sqlx::PgConnection::connect(&url).await.is_err()).await;
    wait_for("its folder's removal", async || clusters(folder.path()).is_empty()).await;
}

#[tokio::test]
async fn a_broker_that_is_killed_starts_again_and_leaves_nothing_behind() {
    let parent = tempfile::tempdir().unwrap();
    open_to_all(parent.path());
    let folder = parent.path().join("broker");
    let home = Home::Kept(folder.clone());
    let node = tokio::task::spawn_blocking(|| Node::start(home)).await.unwrap().unwrap();
    let first = fs::read_to_string(folder.join("pid")).unwrap();
    assert!(Command::new("kill").args(["-KILL", first.trim()]).status().await.unwrap().success());
    wait_for("another", async || fs::read_to_string(folder.join("pid")).is_ok_and(|pid| pid != first)).await;
    let url = node.url();
    wait_for("an answer", async || Connection::connect(&url, ConnectionProperties::default()).await.is_ok()).await;

    let script = fs::read_to_string(folder.join("run.sh")).unwrap();
    let (_, names) = script.split_once("epmd -address 127.0.0.1 -port ").unwrap();
    let names = format!("127.0.0.1:{}", names.split_whitespace().next().unwrap());
    assert!(TcpStream::connect(&names).is_ok(), "its name daemon");
    tokio::task::spawn_blocking(|| drop(node)).await.unwrap();
    assert!(TcpStream::connect(&names).is_err(), "its name daemon ends with it");
}

/// Nothing but clusters makes folders here; by their kind and not by their name, which is not ours to know.
fn clusters(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_dir()).collect()
}

fn open_to_all(folder: &Path) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o1777)).unwrap();
}

/// What every RabbitMQ comes with opens none whose data matters, even one that was set up with it.
#[tokio::test]
async fn a_node_that_is_kept_lets_nobody_in_but_its_own_user() {
    let folder = tempfile::tempdir().unwrap();
    open_to_all(folder.path());
    let home = folder.path().join("rabbitmq");
    let node = tokio::task::spawn_blocking({
        let home = home.clone();
        move || Node::start(Home::Kept(home)).unwrap()
    });
    let node = node.await.unwrap();
    let (own, management) = (node.url(), node.management_url());
    assert!(!own.contains("guest"));
    Connection::connect(&own, ConnectionProperties::default()).await.unwrap();
    let (_, rest) = own.split_once('@').unwrap();
    let guest = Connection::connect(&format!("amqp://guest:guest@{rest}"), ConnectionProperties::default()).await;
    assert!(guest.is_err());
    let (scheme, rest) = management.split_once("://").unwrap();
    let (user, host) = rest.split_once('@').unwrap();
    let (name, password) = user.split_once(':').unwrap();
    for (name, password, status) in [(name, password, 200), ("guest", "guest", 401), (name, "guest", 401)] {
        let url = format!("{scheme}://{host}/api/overview");
        let answer = testkit::http::client().get(url).basic_auth(name, Some(password)).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{name}");
    }
    for file in ["password", "definitions.json"] {
        let mode = fs::metadata(home.join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file} is nobody else's");
    }
    drop(node);
    let again = tokio::task::spawn_blocking(move || Node::start(Home::Kept(home)).unwrap()).await.unwrap();
    assert_eq!(again.url().split_once('@').unwrap().0, own.split_once('@').unwrap().0, "the password is kept");
    Connection::connect(&again.url(), ConnectionProperties::default()).await.unwrap();
}
