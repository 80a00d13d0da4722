//! The database of a province: the one that is given, or a cluster in the data folder; and in it a role per service that
//! reaches its own schema alone.

use std::collections::BTreeMap;

use anyhow::Context as _;
use chassis::{Secret, Settings};
use embedded::{Home, postgres::Cluster};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::{Config, data};

/// The database of the cluster in the data folder.
const NAME: &str = "tandem";

/// Services that answer calls of the others.
pub(crate) const SERVICES: [&str; 5] = ["identity", "configuration", "placement", "notification", "reporting"];
/// Processes that own a schema: the services, and the front end with its sessions.
pub(crate) const SCHEMAS: [&str; 6] = ["identity", "configuration", "placement", "notification", "reporting", "web"];

/// Where each service finds its schema. The cluster, if it is ours, runs as long as this value.
pub(crate) struct Databases {
    urls: BTreeMap<&'static str, Secret>,
    owner: Option<Secret>,
    cluster: Option<Cluster>,
}

impl Databases {
    /// Opens the given database, or starts the cluster in the data folder and prepares it.
    pub(crate) async fn open(settings: &Settings<Config>) -> anyhow::Result<Self> {
        let own = &settings.service.databases;
        if is_given(settings) {
            let url = |schema| own.get(schema).unwrap_or(&settings.database.url).clone();
            let urls = BTreeMap::from(SCHEMAS.map(|schema| (schema, url(schema))));
            let missing: Vec<_> = SCHEMAS.into_iter().filter(|schema| urls[schema].is_empty()).collect();
            anyhow::ensure!(missing.is_empty(), "service.databases or database.url: none for {}", missing.join(", "));
            let owner = own.is_empty().then(|| settings.database.url.clone());
            return Ok(Self { urls, owner, cluster: None });
        }
        let folder = &settings.service.data;
        let password = data::secrets(folder)?.database;
        let home = Home::Kept(data::cluster(folder));
        let start = {
            let password = password.clone();
            move || Cluster::start(&home, &password)
        };
        let cluster = tokio::task::spawn_blocking(start).await??;
        let urls = prepare(cluster.url(), &password).await.context("preparing the database")?;
        let owner = Some(Secret::new(inside(cluster.url())));
        Ok(Self { urls, owner, cluster: Some(cluster) })
    }

    /// Whether the database is the cluster in the data folder, with a role for each schema.
    pub(crate) fn is_ours(&self) -> bool {
        self.cluster.is_some()
    }

    /// With whom all schemas can be reached at once.
    ///
    /// # Errors
    /// If each schema has a role of its own.
    pub(crate) fn owner(&self) -> anyhow::Result<&Secret> {
        let why = "service.databases: a copy of all schemas needs one role that reaches them, in database.url alone";
        self.owner.as_ref().context(why)
    }

    /// The URL with which a service reaches its schema.
    pub(crate) fn url(&self, schema: &str) -> Secret {
        self.urls.get(schema).cloned().unwrap_or_default()
    }
}

/// Whether the settings name a database, which is then used instead of a cluster in the data folder.
pub(crate) fn is_given(settings: &Settings<Config>) -> bool {
    !settings.database.url.is_empty() || !settings.service.databases.is_empty()
}

/// The superuser's address, in the database of the services.
fn inside(superuser: &str) -> String {
    superuser.strip_suffix("/postgres").unwrap_or(superuser).to_owned() + "/" + NAME
}

/// Who owns a schema in the cluster of the data folder.
pub(crate) fn role(schema: &str) -> String {
    format!("tandem_{schema}")
}

/// Makes database, roles and schemas that are not there yet. A role is never named like its schema, or `"$user"` in the
/// search path would find it.
async fn prepare(superuser: &str, password: &str) -> anyhow::Result<BTreeMap<&'static str, Secret>> {
    let mut server = PgConnection::connect(superuser).await?;
    let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
        .bind(NAME)
        .fetch_one(&mut server)
        .await?;
    if !exists {
        sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {NAME}"))).execute(&mut server).await?;
    }
    server.close().await?;

    let database = inside(superuser);
    let mut connection = PgConnection::connect(&database).await?;
    // Two processes that start at the same time prepare one after the other.
    sqlx::query("SELECT pg_advisory_lock(hashtext('tandem prepare'))").execute(&mut connection).await?;
    let mut urls = BTreeMap::new();
    for schema in SCHEMAS {
        let role = role(schema);
        let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)")
            .bind(&role)
            .fetch_one(&mut connection)
            .await?;
        if !exists {
            // Names are constants and the password is base64url, so nothing needs quoting.
            let statements = format!(
                "CREATE ROLE {role} LOGIN PASSWORD '{password}{schema}';
                 CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {role};
                 REVOKE ALL ON SCHEMA public FROM PUBLIC;"
            );
            sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut connection).await?;
        }
        let address = database.split_once('@').map_or("", |(_, address)| address);
        urls.insert(schema, Secret::new(format!("postgres://{role}:{password}{schema}@{address}")));
    }
    connection.close().await?;
    Ok(urls)
}
