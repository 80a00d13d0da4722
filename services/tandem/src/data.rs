//! The data folder: secrets that are made once, and where the servers keep theirs.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chassis::{Secret, Settings, config};
use notification::config::Smtp;
use serde::{Deserialize, Serialize};

use crate::Config;

/// The file with the secrets.
pub(crate) const SECRETS: &str = "secrets.json";

/// Secrets of this province, made at the first start and kept in the data folder, readable by its owner alone.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Secrets {
    internal: String,
    links: String,
    /// The database superuser's password, and what the services' passwords are made from.
    pub(crate) database: String,
}

impl Secrets {
    fn new() -> Self {
        let secret = || URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        Self { internal: secret(), links: secret(), database: secret() }
    }
}

/// The settings as they are given, for a command that finds no data folder.
pub(crate) fn given(file: Option<&Path>) -> anyhow::Result<Settings<Config>> {
    config::read("tandem", file)
}

/// The settings with the secrets of a data folder that is there already, for a command that must not make one.
pub(crate) fn settings_kept(file: Option<&Path>) -> anyhow::Result<Settings<Config>> {
    let folder = given(file)?.service.data;
    anyhow::ensure!(folder.join(SECRETS).exists(), "there is no data of Tandem in {}", folder.display());
    settings(file)
}

/// The settings, with the secrets of the data folder where none is given.
pub(crate) fn settings(file: Option<&Path>) -> anyhow::Result<Settings<Config>> {
    let mut settings = given(file)?;
    let unfinished = restoring(&settings.service.data);
    anyhow::ensure!(
        !unfinished.exists(),
        "a restore did not come to its end, and {} tells so: run `tandem restore` again, or remove the data folder",
        unfinished.display()
    );
    fs::create_dir_all(&settings.service.data)
        .with_context(|| format!("the data folder {}", settings.service.data.display()))?;
    let secrets = secrets(&settings.service.data)?;
    fill(&mut settings.internal.secret, &secrets.internal);
    fill(&mut settings.service.notification.link_secret, &secrets.links);
    // Where no mail server was named there is none to trouble; what would have been mailed can be read.
    let notification = &mut settings.service.notification;
    if notification.folder.is_none() && notification.smtp == Smtp::default() {
        notification.folder = Some(mail(&settings.service.data));
    }
    settings.check("tandem")?;
    Ok(settings)
}

fn fill(secret: &mut Secret, value: &str) {
    if secret.is_empty() {
        *secret = Secret::new(value);
    }
}

/// The secrets in the folder, made now if there are none.
pub(crate) fn secrets(folder: &Path) -> anyhow::Result<Secrets> {
    let path = folder.join(SECRETS);
    if let Ok(text) = fs::read_to_string(&path) {
        return serde_json::from_str(&text).with_context(|| format!("{} is damaged", path.display()));
    }
    let secrets = Secrets::new();
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    file.write_all(&serde_json::to_vec_pretty(&secrets)?)?;
    file.sync_all()?;
    Ok(secrets)
}

/// Where the cluster's files are.
pub(crate) fn cluster(folder: &Path) -> PathBuf {
    folder.join("postgres")
}

/// Where the broker's files are.
pub(crate) fn broker(folder: &Path) -> PathBuf {
    folder.join("rabbitmq")
}

/// Where mails are kept that no mail server was named for.
pub(crate) fn mail(folder: &Path) -> PathBuf {
    folder.join("mail")
}

/// Where a restore works until it is done. While it is there, what else is in the data folder is not whole.
pub(crate) fn restoring(folder: &Path) -> PathBuf {
    folder.join("restoring")
}
