//! `tandem backup`.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use chassis::Settings;
use clap::Args;
use jiff::Unit;

use super::{env, print};
use crate::{
    Config,
    archive::{self, Content, Manifest},
    data,
    database::{self, Databases},
    dump::{Client, Snapshot},
};

/// Copies database, secrets and mails as they stand at one moment into a file, while Tandem runs or not. The file holds
/// personal data and secrets, and only its owner can read it.
#[derive(Args)]
pub(crate) struct Backup {
    /// The file to write. One that is there already is left alone.
    file: PathBuf,
}

pub(crate) async fn execute(settings: Settings<Config>, backup: Backup) -> anyhow::Result<()> {
    let Backup { file } = backup;
    ensure!(fs::symlink_metadata(&file).is_err(), "{} is there already", file.display());
    let folder = &settings.service.data;
    ensure!(
        database::is_given(&settings) || data::cluster(folder).exists(),
        "there is no database of Tandem in {}",
        folder.display()
    );
    let databases = Databases::open(&settings).await?;
    let owner = databases.owner()?;
    let client = Client::new("pg_dump", databases.is_ours())?;
    let mut snapshot = Snapshot::take(owner).await?;
    let migrations = snapshot.migrations().await?;
    ensure!(!migrations.is_empty(), "there is nothing of Tandem in the database");

    let now = env(&settings)?.now().round(Unit::Second)?;
    let manifest = Manifest::new(settings.province.code.clone(), now, client.version, migrations);
    let beside = match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    // A file without a name goes with us, however we end.
    let database = tempfile::tempfile_in(beside).with_context(|| beside.display().to_string())?;
    snapshot.dump(client, owner, &database).await?;
    let mut parts = vec![
        (archive::DATABASE.to_owned(), Content::File(database)),
        (archive::SECRETS.to_owned(), Content::Bytes(fs::read(folder.join(data::SECRETS))?)),
    ];
    // Read after the database, so that each mail that it calls sent is there.
    parts.extend(mails(&data::mail(folder))?);
    let mut target = tempfile::Builder::new().prefix("tandem-backup-").suffix(".unfinished").tempfile_in(beside)?;
    archive::write(target.as_file_mut(), manifest, parts)?;
    target.persist_noclobber(&file).with_context(|| file.display().to_string())?;
    File::open(beside)?.sync_all()?;
    print(&format!(
        "{} holds {} as of {now}: personal data and secrets, so keep it encrypted",
        file.display(),
        settings.province.code.to_uppercase()
    ))?;
    if !settings.broker.url.is_empty() || data::broker(folder).exists() {
        print("Dead letters that rest in RabbitMQ are not in it: `tandem dead-letters list` shows them")?;
    }
    Ok(())
}

fn mails(folder: &Path) -> anyhow::Result<Vec<(String, Content)>> {
    let mut mails = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry?.path();
        if let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(".eml")) {
            mails.push((format!("{}{name}", archive::MAIL), Content::Bytes(fs::read(&path)?)));
        }
    }
    Ok(mails)
}
