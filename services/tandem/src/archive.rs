//! The file of a backup: a tar, so that its parts can be had without Tandem, and in front a manifest that tells what is
//! in it.
//!
//! ```text
//! manifest.json, manifest.sha256, database.dump (of pg_dump, custom format), secrets.json, mail/*.eml
//! ```
//!
//! A file is believed when the manifest fits its own digest, and all that it names is there, in full, and nothing else.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, Read, Seek as _},
    path::Path,
};

use anyhow::{Context as _, bail, ensure};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tar::{Archive, Builder, Entry, Header};

/// What files are written as, and the newest that are understood.
const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
const SEAL: &str = "manifest.sha256";
/// No manifest is longer.
const MOST_OF_MANIFEST: u64 = 64 << 20;
/// The database, as `pg_dump` writes it.
pub(crate) const DATABASE: &str = "database.dump";
/// The secrets of the data folder.
pub(crate) const SECRETS: &str = "secrets.json";
/// What names of mails begin with.
pub(crate) const MAIL: &str = "mail/";

/// The newest migration by schema, and in it by the table that counts.
pub(crate) type Migrations = BTreeMap<String, BTreeMap<String, i64>>;

/// What a backup is, and what is in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    format: u32,
    /// The version of Tandem that made it.
    pub(crate) tandem: String,
    /// The moment that it shows.
    pub(crate) made_at: Timestamp,
    /// The province, by its code.
    pub(crate) province: String,
    /// The version of `pg_dump` that wrote the database: an older `pg_restore` need not understand it.
    pub(crate) postgres: u32,
    pub(crate) migrations: Migrations,
    parts: BTreeMap<String, Part>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    bytes: u64,
    sha256: String,
}

/// What a part is written from.
pub(crate) enum Content {
    Bytes(Vec<u8>),
    File(File),
}

impl Manifest {
    pub(crate) fn new(province: String, made_at: Timestamp, postgres: u32, migrations: Migrations) -> Self {
        let tandem = env!("CARGO_PKG_VERSION").to_owned();
        Self { format: FORMAT, tandem, made_at, province, postgres, migrations, parts: BTreeMap::new() }
    }

    /// The names of the mails.
    pub(crate) fn mails(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().filter_map(|name| name.strip_prefix(MAIL))
    }

    /// Whether a Tandem of version `own` that knows the migrations `known` can go on with it.
    ///
    /// # Errors
    /// If the backup is of a newer one.
    pub(crate) fn suits(&self, own: &str, known: &Migrations) -> anyhow::Result<()> {
        let newer = || format!("the backup was made by Tandem {}, which is newer than this one ({own})", self.tandem);
        ensure!(version(&self.tandem)? <= version(own)?, newer());
        for (schema, histories) in &self.migrations {
            for (history, newest) in histories {
                let own = known.get(schema).and_then(|known| known.get(history));
                ensure!(
                    own.is_some_and(|own| newest <= own),
                    "{}: it has changes to {schema} that are unknown here",
                    newer()
                );
            }
        }
        Ok(())
    }
}

fn version(text: &str) -> anyhow::Result<[u64; 3]> {
    let numbers: Result<Vec<u64>, _> =
        text.split(['-', '+']).next().unwrap_or_default().split('.').map(str::parse).collect();
    let numbers = numbers.ok().and_then(|numbers| numbers.try_into().ok());
    numbers.with_context(|| format!("{text} is no version of Tandem"))
}

/// Writes a backup of `parts` into an empty file.
///
/// # Errors
/// If a part can't be read or the file not be written.
pub(crate) fn write(
    target: &mut File,
    mut manifest: Manifest,
    mut parts: Vec<(String, Content)>,
) -> anyhow::Result<()> {
    for (name, content) in &mut parts {
        let part = match content {
            Content::Bytes(bytes) => measure(&mut bytes.as_slice(), &mut io::sink())?,
            Content::File(file) => {
                file.rewind()?;
                measure(file, &mut io::sink())?
            }
        };
        manifest.parts.insert(name.clone(), part);
    }
    let text = serde_json::to_vec_pretty(&manifest)?;
    let seal = measure(&mut text.as_slice(), &mut io::sink())?.sha256;
    let mut tar = Builder::new(target);
    append(&mut tar, MANIFEST, text.len() as u64, text.as_slice(), &manifest)?;
    append(&mut tar, SEAL, seal.len() as u64, seal.as_bytes(), &manifest)?;
    for (name, content) in parts {
        let bytes = manifest.parts.get(&name).map_or(0, |part| part.bytes);
        match content {
            Content::Bytes(content) => append(&mut tar, &name, bytes, content.as_slice(), &manifest)?,
            Content::File(mut file) => {
                file.rewind()?;
                append(&mut tar, &name, bytes, file, &manifest)?;
            }
        }
    }
    tar.into_inner()?.sync_all()?;
    Ok(())
}

fn append(
    tar: &mut Builder<&mut File>,
    name: &str,
    bytes: u64,
    content: impl Read,
    manifest: &Manifest,
) -> anyhow::Result<()> {
    let mut header = Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    header.set_mtime(manifest.made_at.as_second().try_into().unwrap_or(0));
    tar.append_data(&mut header, name, content).with_context(|| format!("writing {name}"))
}

/// Reads all of a backup, and answers its manifest.
///
/// # Errors
/// If it is no backup, is damaged or incomplete, or is written in a format of later.
pub(crate) fn check(path: &Path) -> anyhow::Result<Manifest> {
    let name = path.display();
    let mut archive = open(path)?;
    let mut entries = archive.entries()?;
    let mut next = || entries.next().transpose().with_context(|| format!("{name} is no backup of Tandem, or damaged"));
    let text = next()?.map(|entry| whole(entry, MANIFEST)).transpose()?.flatten();
    let text = text.with_context(|| format!("{name} is no backup of Tandem"))?;
    let format = serde_json::from_slice::<serde_json::Value>(&text).ok().and_then(|all| all["format"].as_u64());
    if let Some(format) = format.filter(|format| *format > u64::from(FORMAT)) {
        bail!("{name} is written in format {format} by a newer Tandem; this one reads formats up to {FORMAT}");
    }
    let seal = next()?.map(|entry| whole(entry, SEAL)).transpose()?.flatten();
    let digest = measure(&mut text.as_slice(), &mut io::sink())?.sha256;
    ensure!(
        seal.is_some_and(|seal| seal == digest.as_bytes()),
        "{name} is damaged: its manifest is not as it was written"
    );
    let manifest: Manifest = serde_json::from_slice(&text).with_context(|| format!("{name}: its manifest"))?;

    let mut missing = manifest.parts.clone();
    while let Some(mut entry) = next()? {
        let part = name_of(&entry)?;
        let expected = missing.remove(&part).filter(|_| is_known(&part));
        let expected = expected.with_context(|| format!("{name} holds {part}, which it should not"))?;
        let found = measure(&mut entry, &mut io::sink()).with_context(|| format!("{name} is damaged in {part}"))?;
        ensure!(found == expected, "{name} is damaged: {part} is not as it was written");
    }
    let parts: Vec<_> = missing.into_keys().collect();
    ensure!(parts.is_empty(), "{name} is incomplete: {} is missing", parts.join(", "));
    for needed in [DATABASE, SECRETS] {
        ensure!(manifest.parts.contains_key(needed), "{name} is incomplete: {needed} is missing");
    }
    Ok(manifest)
}

/// Reads the parts of a backup that has been checked, each into the file that `target` has for its name.
///
/// # Errors
/// If a part can't be written, or is another than the manifest tells.
pub(crate) fn extract(
    path: &Path,
    manifest: &Manifest,
    mut target: impl FnMut(&str) -> io::Result<File>,
) -> anyhow::Result<()> {
    for entry in open(path)?.entries()? {
        let mut entry = entry?;
        let name = name_of(&entry)?;
        let Some(expected) = manifest.parts.get(&name) else { continue };
        let mut file = target(&name).with_context(|| format!("writing {name}"))?;
        let found = measure(&mut entry, &mut file).with_context(|| format!("writing {name}"))?;
        ensure!(found == *expected, "{} has changed while it was read", path.display());
        file.sync_all()?;
    }
    Ok(())
}

fn open(path: &Path) -> anyhow::Result<Archive<BufReader<File>>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    Ok(Archive::new(BufReader::new(file)))
}

/// The content of an entry, if it has that name.
fn whole<R: Read>(entry: Entry<'_, R>, name: &str) -> anyhow::Result<Option<Vec<u8>>> {
    if name_of(&entry)? != name || entry.size() > MOST_OF_MANIFEST {
        return Ok(None);
    }
    let mut content = Vec::new();
    entry.take(MOST_OF_MANIFEST).read_to_end(&mut content).with_context(|| format!("{name} is damaged"))?;
    Ok(Some(content))
}

fn name_of<R: Read>(entry: &Entry<'_, R>) -> anyhow::Result<String> {
    Ok(String::from_utf8_lossy(&entry.path_bytes()).into_owned())
}

/// Whether a part is one that a backup has: no name leads out of the folder that it is written into.
fn is_known(name: &str) -> bool {
    let is_plain = |mail: &str| mail.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let mail = name.strip_prefix(MAIL).and_then(|mail| mail.strip_suffix(".eml"));
    [DATABASE, SECRETS].contains(&name) || mail.is_some_and(is_plain)
}

/// Copies all of `from`, and answers how much it was and its digest.
fn measure(from: &mut impl Read, into: &mut impl io::Write) -> io::Result<Part> {
    let (mut digest, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 64 << 10];
    loop {
        let read = from.read(&mut buffer)?;
        let Some(content) = buffer.get(..read).filter(|content| !content.is_empty()) else { break };
        digest.update(content);
        into.write_all(content)?;
        bytes += read as u64;
    }
    let sha256 = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Part { bytes, sha256 })
}
