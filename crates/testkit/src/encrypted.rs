//! A private authority, and servers that speak to nobody but encrypted, with certificates of that authority.

use std::{
    fs,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown},
    path::{Path, PathBuf},
};

use anyhow::Result;
use embedded::{Home, free_port, postgres::Cluster, rabbitmq::Node};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use sqlx::{Connection as _, PgConnection};
use tempfile::TempDir;

/// An authority for certificates, and the folder where its own lies.
#[derive(Debug)]
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    folder: TempDir,
}

impl Authority {
    /// An authority that nobody trusts yet.
    ///
    /// # Errors
    /// If its certificate can't be made or written.
    pub fn new() -> Result<Self> {
        let mut own = CertificateParams::new(Vec::<String>::new())?;
        own.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate()?;
        let folder = tempfile::tempdir()?;
        // Servers that run under another account read here.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        fs::write(folder.path().join("ca.crt"), own.self_signed(&key)?.pem())?;
        Ok(Self { issuer: Issuer::new(own, key), folder })
    }

    /// The file with its certificate.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("ca.crt")
    }

    /// Writes certificate and key of a server on this machine as `server.crt` and `server.key`.
    fn issue(&self, folder: &Path) -> Result<[PathBuf; 2]> {
        let key = KeyPair::generate()?;
        let server = CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()])?;
        let files = [folder.join("server.crt"), folder.join("server.key")];
        fs::write(&files[0], server.signed_by(&key, &self.issuer)?.pem())?;
        fs::write(&files[1], key.serialize_pem())?;
        Ok(files)
    }
}

/// A PostgreSQL whose address is [`Cluster::url`] with `sslmode` and `sslrootcert`; the bare address is refused.
///
/// # Errors
/// If it does not start.
pub async fn postgres(authority: &Authority) -> Result<Cluster> {
    let cluster = tokio::task::spawn_blocking(Cluster::temporary).await??;
    let mut connection = PgConnection::connect(cluster.url()).await?;
    let data: String = sqlx::query_scalar("show data_directory").fetch_one(&mut connection).await?;
    let data = Path::new(&data);
    let owner = fs::metadata(data)?;
    for file in authority.issue(data)? {
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600))?;
        chown(&file, Some(owner.uid()), Some(owner.gid()))?;
    }
    fs::write(data.join("pg_hba.conf"), "hostssl all all 127.0.0.1/32 trust\n")?;
    sqlx::raw_sql("alter system set ssl = on").execute(&mut connection).await?;
    sqlx::raw_sql("select pg_reload_conf()").execute(&mut connection).await?;
    Ok(cluster)
}

/// A RabbitMQ with encrypted listeners.
#[derive(Debug)]
pub struct Broker {
    _node: Node,
    port: u16,
    management_port: u16,
}

impl Broker {
    /// Starts one.
    ///
    /// # Errors
    /// If it does not start.
    pub async fn start(authority: &Authority) -> Result<Self> {
        let [certificate, key] = authority.issue(authority.folder.path())?;
        // It runs under an account of its own, and is gone with the test.
        fs::set_permissions(&key, fs::Permissions::from_mode(0o644))?;
        let (port, management_port) = (free_port(), free_port());
        let (ca, certificate, key) = (authority.file(), certificate.display(), key.display());
        let ca = ca.display();
        let settings = format!(
            "listeners.ssl.1 = 127.0.0.1:{port}\n\
             ssl_options.cacertfile = {ca}\nssl_options.certfile = {certificate}\nssl_options.keyfile = {key}\n\
             ssl_options.verify = verify_none\n\
             management.ssl.ip = 127.0.0.1\nmanagement.ssl.port = {management_port}\nmanagement.ssl.cacertfile = {ca}\n\
             management.ssl.certfile = {certificate}\nmanagement.ssl.keyfile = {key}\n"
        );
        let node = tokio::task::spawn_blocking(move || Node::start_with(Home::Temporary, &settings)).await??;
        Ok(Self { _node: node, port, management_port })
    }

    /// The encrypted address of the default virtual host, by a name that the certificate holds.
    #[must_use]
    pub fn url(&self) -> String {
        format!("amqps://guest:guest@localhost:{}/%2f", self.port)
    }

    /// The encrypted address of the management API, without credentials.
    #[must_use]
    pub fn management_url(&self) -> String {
        format!("https://localhost:{}", self.management_port)
    }
}
