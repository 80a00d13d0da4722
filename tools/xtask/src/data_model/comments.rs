//! What the comments of the migrations tell of tables and columns.

use std::{collections::BTreeMap, fs, path::Path};

/// Comments by table, and by table and column.
#[derive(Default)]
pub(super) struct Comments {
    tables: BTreeMap<String, Vec<String>>,
    columns: BTreeMap<(String, String), String>,
}

impl Comments {
    /// Those of the migrations in a folder, oldest first.
    pub(super) fn of(folder: &Path) -> anyhow::Result<Self> {
        let mut files: Vec<_> = fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
        files.retain(|file| file.extension().is_some_and(|e| e == "sql"));
        files.sort();
        let mut comments = Self::default();
        for file in files {
            comments.read(&fs::read_to_string(file)?);
        }
        Ok(comments)
    }

    pub(super) fn table(&self, table: &str) -> &[String] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }

    pub(super) fn column(&self, table: &str, column: &str) -> &str {
        self.columns.get(&(table.to_owned(), column.to_owned())).map_or("", String::as_str)
    }

    /// Whether a table is made here.
    pub(super) fn knows(&self, table: &str) -> bool {
        self.tables.contains_key(table)
    }

    fn read(&mut self, migration: &str) {
        let mut reader = Reader { comments: self, waiting: Vec::new(), statement: None };
        migration.lines().for_each(|line| reader.line(line));
    }
}

/// The statement that is being read.
struct Statement {
    table: String,
    alters: bool,
    /// What stood above it.
    about: String,
    depth: i32,
    /// Columns that it adds to a table that was there.
    added: Vec<String>,
}

struct Reader<'a> {
    comments: &'a mut Comments,
    /// Comment lines that nothing has followed yet.
    waiting: Vec<String>,
    statement: Option<Statement>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str) {
        let (code, comment) = line.split_once("--").map_or((line, None), |(code, comment)| (code, Some(comment)));
        if code.trim().is_empty() {
            match comment {
                Some(comment) => self.waiting.push(comment.trim().to_owned()),
                None => self.waiting.clear(),
            }
            return;
        }
        if self.statement.is_none() {
            self.begin(code);
        }
        let above = std::mem::take(&mut self.waiting);
        let Some(statement) = &mut self.statement else { return };
        if let Some(column) = statement.column(code) {
            let told = prose(above.iter().map(String::as_str).chain(comment.map(str::trim)));
            if statement.alters {
                statement.added.push(column.clone());
            }
            if !told.is_empty() {
                self.comments.columns.insert((statement.table.clone(), column), told);
            }
        }
        statement.depth += brackets(code);
        if code.trim_end().ends_with(';') && statement.depth <= 0 {
            self.end();
        }
    }

    fn begin(&mut self, code: &str) {
        let words: Vec<_> = code.split_whitespace().collect();
        let alters = words.first().is_some_and(|word| word.eq_ignore_ascii_case("alter"));
        let creates = words.first().is_some_and(|word| word.eq_ignore_ascii_case("create"));
        let is_table = words.get(1).is_some_and(|word| ["table", "view"].contains(&&*word.to_lowercase()));
        if !is_table || !(alters || creates) {
            return;
        }
        let names = words[2..].iter().filter(|word| !["if", "not", "exists", "only"].contains(&&*word.to_lowercase()));
        let Some(table) = names.map(|word| word.trim_end_matches(['(', ';'])).next() else { return };
        let about = prose(std::mem::take(&mut self.waiting).iter().map(String::as_str));
        self.statement = Some(Statement { table: table.to_owned(), alters, about, depth: 0, added: Vec::new() });
    }

    fn end(&mut self) {
        let Some(Statement { table, alters, about, added, .. }) = self.statement.take() else { return };
        let told = self.comments.tables.entry(table.clone()).or_default();
        match &added[..] {
            _ if about.is_empty() => {}
            [] if alters => {}
            [] => told.push(about),
            [column] => {
                self.comments.columns.entry((table, column.clone())).or_insert(about);
            }
            many => told.push(format!("`{}`: {about}", many.join("`, `"))),
        }
    }
}

impl Statement {
    /// The column that a line defines, if it looks like one; constraints do too, and are no columns of the table.
    fn column(&self, code: &str) -> Option<String> {
        let lower = code.to_lowercase();
        let definition = if self.alters {
            let (_, definition) = lower.split_once("add column ")?;
            definition.trim_start_matches("if not exists ").to_owned()
        } else if self.depth == 1 {
            lower
        } else {
            return None;
        };
        let name = definition.split_whitespace().next()?;
        name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_').then(|| name.to_owned())
    }
}

fn brackets(code: &str) -> i32 {
    code.chars().map(|c| i32::from(c == '(') - i32::from(c == ')')).sum()
}

/// The first paragraph as one line: what follows, and what is drawn, is for readers of the migration.
fn prose<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let is_drawn =
        |line: &str| line.contains(['►', '─', '│', '└', '┘', '▼', '▲']) || line.contains("--") || line.contains(" | ");
    lines
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty() && !is_drawn(line))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comments(migrations: &[&str]) -> Comments {
        let mut comments = Comments::default();
        migrations.iter().for_each(|migration| comments.read(migration));
        comments
    }

    #[test]
    fn comments_belong_to_what_follows_them() {
        let found = comments(&[
            "-- Of the file.\n\n-- A bed,\n-- and more.\n--\n--  A ──► B\nCREATE TABLE bed (\n    id uuid PRIMARY KEY,\n    \
             -- From 1 on.\n    number smallint NOT NULL CHECK (\n        number > 0\n    ),\n    note text NOT NULL -- Free text.\n);\n\
             create index bed_number on bed (number);\n",
            "-- Since when.\nalter table bed\n    add column since date;\n",
            "-- Size: `width` goes first.\nALTER TABLE bed\n    ADD COLUMN width integer,\n    ADD COLUMN length integer;\n",
        ]);
        assert_eq!(found.table("bed"), ["A bed, and more.", "`width`, `length`: Size: `width` goes first."]);
        assert_eq!(found.column("bed", "number"), "From 1 on.");
        assert_eq!((found.column("bed", "note"), found.column("bed", "since")), ("Free text.", "Since when."));
        assert_eq!((found.column("bed", "id"), found.column("bed", "width")), ("", ""));
        assert!(found.knows("bed") && !found.knows("bed_number"));
    }
}
