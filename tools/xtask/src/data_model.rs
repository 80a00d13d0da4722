//! The data model: what a migrated database holds, with what the comments of the migrations tell.
//!
//! `scripts/data-model` migrates an empty database and hands its catalogue over as JSON (`data_model/catalogue.sql`), so that the
//! report says what is there, and not what a reader of SQL made of the migrations.

mod comments;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use serde::Deserialize;

use self::comments::Comments;

const FILE: &str = "docs/data-model.md";

#[derive(Deserialize)]
struct Table {
    schema: String,
    name: String,
    columns: Vec<Column>,
    unique: Vec<Unique>,
    references: Vec<Reference>,
}

#[derive(Deserialize)]
struct Column {
    name: String,
    r#type: String,
    required: bool,
}

#[derive(Deserialize)]
struct Unique {
    primary: bool,
    partial: bool,
    columns: Vec<String>,
}

#[derive(Deserialize)]
struct Reference {
    columns: Vec<String>,
    table: String,
}

/// How the catalogue comes in, and what becomes of it.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The answer of `data_model/catalogue.sql`, as a file.
    catalogue: PathBuf,
    /// Says whether the report is up to date instead of writing it.
    #[arg(long)]
    check: bool,
}

/// Writes the report of a catalogue, or answers the faults of the one that is there.
pub(crate) fn execute(root: &Path, arguments: &Arguments) -> anyhow::Result<Vec<String>> {
    let text = text(root, &fs::read_to_string(&arguments.catalogue)?)?;
    if !arguments.check {
        fs::write(root.join(FILE), text)?;
        return Ok(Vec::new());
    }
    let is_old = fs::read_to_string(root.join(FILE)).unwrap_or_default() != text;
    Ok(is_old.then(|| format!("{FILE} is out of date: run `scripts/data-model` and commit it")).into_iter().collect())
}

fn text(root: &Path, catalogue: &str) -> anyhow::Result<String> {
    let tables: Vec<Table> = serde_json::from_str(catalogue)?;
    let libraries = comments_below(&root.join("crates"))?;
    let services = comments_below(&root.join("services"))?;
    let library = |table: &Table| libraries.values().find(|comments| comments.knows(&table.name));
    let mut text = String::from(
        "# Data model\n\nWritten by `scripts/data-model` from a migrated database and the comments of the migrations; do not edit. A schema \
         belongs to one service, and only its role reaches it. Checks, indexes and the pictures of states are in \
         `services/*/migrations`.\n\n## In the schema of each service that needs it\n\nOf the libraries that services stand on.\n",
    );
    let mut shared: BTreeMap<&str, Vec<&Table>> = BTreeMap::new();
    for table in tables.iter().filter(|table| library(table).is_some()) {
        shared.entry(&table.name).or_default().push(table);
    }
    for alike in shared.values() {
        let schemas: Vec<_> = alike.iter().map(|table| table.schema.as_str()).collect();
        section(&mut text, alike[0], library(alike[0]), &format!("In {}.", schemas.join(", ")));
    }
    let mut schema = "";
    for table in tables.iter().filter(|table| library(table).is_none()) {
        if table.schema != schema {
            schema = &table.schema;
            let _ = write!(text, "\n## {schema}\n");
        }
        section(&mut text, table, services.get(schema), "");
    }
    Ok(text)
}

/// The comments of each member of a folder that has migrations, by its name.
fn comments_below(folder: &Path) -> anyhow::Result<BTreeMap<String, Comments>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let migrations = entry.path().join("migrations");
        if migrations.is_dir() {
            found.insert(entry.file_name().to_string_lossy().into_owned(), Comments::of(&migrations)?);
        }
    }
    Ok(found)
}

fn section(text: &mut String, table: &Table, comments: Option<&Comments>, note: &str) {
    let _ = write!(text, "\n### {}\n\n", table.name);
    let told = comments.map(|c| c.table(&table.name)).unwrap_or_default().iter().map(String::as_str);
    for paragraph in told.chain(Some(note)).filter(|paragraph| !paragraph.is_empty()) {
        let _ = write!(text, "{paragraph}\n\n");
    }
    text.push_str("| Column | Type | Key | Meaning |\n| --- | --- | --- | --- |\n");
    for column in &table.columns {
        let meaning = comments.map(|c| c.column(&table.name, &column.name)).unwrap_or_default().replace('|', "\\|");
        let optional = if column.required { "" } else { ", or null" };
        let keys = keys(table, &column.name);
        let _ = writeln!(text, "| `{}` | {}{optional} | {keys} | {meaning} |", column.name, column.r#type);
    }
    let together: Vec<_> = table.unique.iter().filter(|unique| !unique.primary && unique.columns.len() > 1).collect();
    for (at, unique) in together.iter().enumerate() {
        let some = if unique.partial { ", in some rows" } else { "" };
        let start = if at == 0 { "\n" } else { "" };
        let _ = writeln!(text, "{start}Unique together{some}: `{}`.", unique.columns.join("`, `"));
    }
}

/// What a column is a key of.
fn keys(table: &Table, column: &str) -> String {
    let names = |columns: &[String]| columns.iter().any(|name| name == column);
    let primary = table.unique.iter().any(|u| u.primary && names(&u.columns)).then(|| "primary".to_owned());
    let alone = table.unique.iter().find(|u| !u.primary && u.columns == [column]);
    let unique = alone.map(|u| if u.partial { "unique in some rows" } else { "unique" }.to_owned());
    let references = table.references.iter().filter(|r| names(&r.columns)).map(|r| format!("→ {}", r.table));
    primary.into_iter().chain(unique).chain(references).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_say_what_a_column_leads_to() {
        let table: Table = serde_json::from_str(
            r#"{"schema": "s", "name": "bed", "columns": [],
                "unique": [{"primary": true, "partial": false, "columns": ["ward", "number"]},
                           {"primary": false, "partial": true, "columns": ["label"]}],
                "references": [{"columns": ["ward"], "table": "ward"}]}"#,
        )
        .expect("a table");
        assert_eq!(keys(&table, "ward"), "primary, → ward");
        assert_eq!((keys(&table, "label"), keys(&table, "colour")), ("unique in some rows".into(), String::new()));
    }
}
