//! `tandem restore`.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, ErrorKind},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, ensure};
use chassis::Settings;
use clap::Args;
use tokio::time::Instant;

use super::print;
use crate::{
    Config,
    archive::{self, Manifest},
    data,
    database::{self, Databases},
    dump::{self, Client},
    platform::newest_migrations,
};

/// The lock of whoever restores.
const LOCK: &str = "lock";
/// There from the moment on at which what is restored moves to where it belongs.
const MOVING: &str = "moving";
/// What the folder of a restore is called that has come to its end, until it is removed.
const DONE: &str = "restored";
/// How long the database of a restore that was ended may take to end too.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);

/// Makes a province of a backup where there is none yet. The file is checked before anything is touched.
#[derive(Args)]
pub(crate) struct Restore {
    /// The file that `tandem backup` has written.
    file: PathBuf,
}

pub(crate) async fn execute(settings: Settings<Config>, restore: Restore) -> anyhow::Result<()> {
    let Restore { file } = restore;
    let manifest = archive::check(&file)?;
    manifest.suits(env!("CARGO_PKG_VERSION"), &newest_migrations())?;
    let folder = settings.service.data.clone();
    let is_given = database::is_given(&settings);
    let client = Client::new("pg_restore", !is_given)?;
    ensure!(
        client.version >= manifest.postgres,
        "the backup was written by PostgreSQL {}, and only {} is installed here",
        manifest.postgres,
        client.version
    );
    refuse_what_is_there(&folder)?;
    if is_given {
        let filled = dump::filled_schemas(Databases::open(&settings).await?.owner()?).await?;
        ensure!(filled.is_empty(), "the database holds data already, in the schemas {}", filled.join(", "));
    }
    let place = Place::take(&folder).await?;
    let mut dump = place.extract(&file, &manifest)?;
    let mut inner = settings;
    inner.service.data = place.folder.clone();
    let databases = Databases::open(&inner).await?;
    dump::load(&databases, &mut dump).await?;
    // Stops the cluster, whose files are then whole.
    drop(databases);
    place.finish()?;
    print(&format!(
        "{} is restored as of {}, {} mails with it: `tandem run` goes on from there",
        manifest.province.to_uppercase(),
        manifest.made_at,
        manifest.mails().count()
    ))
}

/// A data folder takes a backup when there is nothing in it but what a restore has left that did not come to its end.
fn refuse_what_is_there(data: &Path) -> anyhow::Result<()> {
    let entries = match fs::read_dir(data) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.with_context(|| data.display().to_string())?,
    };
    let mut left = vec![data::restoring(data)];
    if data::restoring(data).join(MOVING).exists() {
        left.extend(moved(data));
    }
    for entry in entries {
        ensure!(left.contains(&entry?.path()), "{} is not empty, and a restore replaces nothing", data.display());
    }
    Ok(())
}

/// What a restore puts into a folder.
fn moved(folder: &Path) -> [PathBuf; 3] {
    [data::mail(folder), data::cluster(folder), folder.join(data::SECRETS)]
}

/// The folder in which a restore works, inside the data folder: as long as it is there, no command takes what is beside it
/// for data.
struct Place {
    data: PathBuf,
    /// One for each try, since processes of one that was ended may still be at work in theirs.
    folder: PathBuf,
    _lock: File,
}

impl Place {
    /// Makes the folder, or takes over what a restore that was ended has left, and removes that.
    async fn take(data: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(data).with_context(|| data.display().to_string())?;
        let top = data::restoring(data);
        let is_new = match passable(&top) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => false,
            made => made.map(|()| true).with_context(|| top.display().to_string())?,
        };
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(top.join(LOCK))?;
        let is_alone = lock.try_lock().is_ok() && top.join(LOCK).exists();
        ensure!(is_alone, "another restore into {} is under way", data.display());
        // Another one may have come to its end since this was looked at.
        if let Err(refusal) = refuse_what_is_there(data) {
            if is_new {
                fs::remove_dir_all(&top)?;
            }
            return Err(refusal);
        }
        if top.join(MOVING).exists() {
            for path in moved(data) {
                remove(&path).await?;
            }
        }
        for entry in fs::read_dir(&top)? {
            let path = entry?.path();
            if path != top.join(LOCK) {
                remove(&path).await?;
            }
        }
        let folder = top.join(format!("{:032x}", rand::random::<u128>()));
        passable(&folder)?;
        Ok(Self { data: data.to_owned(), folder, _lock: lock })
    }

    /// Writes secrets and mails where they belong, and answers the database's dump.
    fn extract(&self, file: &Path, manifest: &Manifest) -> anyhow::Result<File> {
        // A file without a name goes with us, however we end.
        let dump = tempfile::tempfile_in(&self.folder)?;
        let mail = data::mail(&self.folder);
        if manifest.mails().next().is_some() {
            DirBuilder::new().mode(0o700).create(&mail)?;
        }
        archive::extract(file, manifest, |name| match name.strip_prefix(archive::MAIL) {
            Some(name) => create(&mail.join(name)),
            None if name == archive::DATABASE => dump.try_clone(),
            None => create(&self.folder.join(data::SECRETS)),
        })?;
        Ok(dump)
    }

    /// Moves all to where it belongs; what tells that it is not done goes last.
    fn finish(self) -> anyhow::Result<()> {
        let top = data::restoring(&self.data);
        create(&top.join(MOVING))?.sync_all()?;
        File::open(&top)?.sync_all()?;
        for (from, to) in moved(&self.folder).into_iter().zip(moved(&self.data)) {
            if from.exists() {
                fs::rename(&from, &to).with_context(|| to.display().to_string())?;
            }
        }
        File::open(&self.data)?.sync_all()?;
        // Done is what one step makes done.
        let done = self.data.join(DONE);
        fs::rename(&top, &done).with_context(|| done.display().to_string())?;
        fs::remove_dir_all(&done)?;
        File::open(&self.data)?.sync_all()?;
        Ok(())
    }
}

/// Makes a folder that the cluster's account, which may be another, passes through.
fn passable(folder: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o711).create(folder)
}

fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Removes what a restore has left that was ended. Its database may still be ending there.
async fn remove(path: &Path) -> anyhow::Result<()> {
    let until = Instant::now() + PATIENCE;
    loop {
        let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        match removed {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) if Instant::now() > until => return Err(error).with_context(|| path.display().to_string()),
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}
