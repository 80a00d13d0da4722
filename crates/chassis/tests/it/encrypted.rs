//! The way to the database: encrypted, to the right server, or not at all.

use std::sync::Arc;

use chassis::{Db, Secret, config};
use kernel::SystemClock;
use testkit::encrypted::{Authority, postgres};

/// Connects with what is added to the address.
async fn connect(url: &str, query: &str) -> Result<bool, sqlx::Error> {
    let settings = config::Database { url: Secret::new(format!("{url}?{query}")), ..config::Database::default() };
    let db = Db::open(&settings, "public", Arc::new(SystemClock)).unwrap();
    // Straight from the options: a pool would try again until its patience is over.
    let mut connection = sqlx::ConnectOptions::connect(&*db.pool().connect_options()).await?;
    let encrypted = "select ssl from pg_stat_ssl where pid = pg_backend_pid()";
    sqlx::query_scalar(encrypted).fetch_one(&mut connection).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_is_spoken_to_encrypted_when_its_certificate_is_of_the_right_authority() {
    let (authority, other) = (Authority::new().unwrap(), Authority::new().unwrap());
    let cluster = postgres(&authority).await.unwrap();
    let verified = |authority: &Authority| format!("sslmode=verify-full&sslrootcert={}", authority.file().display());
    assert!(connect(cluster.url(), &verified(&authority)).await.unwrap());
    let refused = connect(cluster.url(), &verified(&other)).await.unwrap_err();
    assert!(format!("{refused:?}").contains("InvalidCertificate"), "{refused:?}");
    // Nor do the public authorities vouch for it.
    let refused = connect(cluster.url(), "sslmode=verify-full").await.unwrap_err();
    assert!(format!("{refused:?}").contains("InvalidCertificate"), "{refused:?}");
    // The right authority, but for another name.
    let elsewhere = cluster.url().replace("127.0.0.1", "127.0.0.2");
    assert!(connect(&elsewhere, &verified(&authority)).await.is_err());
    // The server takes nobody who does not encrypt.
    let refused = connect(cluster.url(), "sslmode=disable").await.unwrap_err();
    assert!(refused.to_string().contains("pg_hba.conf"), "{refused}");
}
