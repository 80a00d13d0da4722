//! Two journeys that say the same, made into one script for pgbench: what differs between them is what each journey has of
//! its own (ids, times, the reference), and becomes a variable; everything else stays as it is.

mod value;

use std::{collections::HashMap, fmt::Write as _};

use anyhow::{Context as _, Result, bail, ensure};
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Row as _};

use self::value::Variables;
use super::log::Statement;

/// A script, and how much is in it.
pub(crate) struct Script {
    pub(crate) text: String,
}

/// Writes the script of two journeys.
pub(crate) async fn write(pool: &PgPool, schema: &str, former: &[Statement], latter: &[Statement]) -> Result<Script> {
    let former: Vec<_> = former.iter().filter(|statement| !is_about_types(statement)).collect();
    let latter: Vec<_> = latter.iter().filter(|statement| !is_about_types(statement)).collect();
    let same = former.iter().map(|s| &s.sql).eq(latter.iter().map(|s| &s.sql));
    ensure!(same, "two journeys that say the same run the same statements");

    #[expect(clippy::disallowed_methods, reason = "nothing interrupts a command that is run by hand")]
    let mut transaction = pool.begin().await?;
    let search_path = format!("SET LOCAL search_path TO {schema}");
    sqlx::raw_sql(AssertSqlSafe(search_path)).execute(&mut *transaction).await?;
    let (mut variables, mut body) = (Variables::default(), String::new());
    let mut known: HashMap<&str, Vec<String>> = HashMap::new();
    for (one, other) in former.iter().zip(&latter) {
        if !one.parameters.is_empty() && !known.contains_key(&*one.sql) {
            known.insert(&one.sql, types(&mut transaction, &one.sql).await?);
        }
        let mut values = Vec::new();
        for (index, (value, twin)) in one.parameters.iter().zip(&other.parameters).enumerate() {
            let kind =
                known[&*one.sql].get(index).with_context(|| format!("the type of ${} in {}", index + 1, one.sql))?;
            let written = variables.write(value.as_deref(), twin.as_deref(), kind);
            values.push(written.with_context(|| format!("${} in {}", index + 1, one.sql))?);
        }
        writeln!(body, "{};", fill(&one.sql, &values)?)?;
    }
    transaction.rollback().await?;
    Ok(Script { text: format!("{}{body}", variables.head()) })
}

/// The driver asks once for each connection how types that are not built in are made.
fn is_about_types(statement: &Statement) -> bool {
    statement.sql.contains("pg_catalog.pg_type") || statement.sql.contains("pg_catalog.pg_enum")
}

/// The types of a statement's parameters, as the server infers them.
async fn types(connection: &mut PgConnection, sql: &str) -> Result<Vec<String>> {
    let prepare = AssertSqlSafe(format!("PREPARE loadtest_statement AS {sql}"));
    sqlx::raw_sql(prepare).execute(&mut *connection).await.with_context(|| sql.to_owned())?;
    let found = "SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = 'loadtest_statement'";
    let types = sqlx::query(found).fetch_one(&mut *connection).await?.try_get("types")?;
    sqlx::raw_sql("DEALLOCATE loadtest_statement").execute(connection).await?;
    Ok(types)
}

/// Puts values in the place of `$1`, `$2`, outside of quoted text.
fn fill(sql: &str, values: &[String]) -> Result<String> {
    let mut filled = String::with_capacity(sql.len());
    let mut quoted = false;
    let mut rest = sql;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        quoted ^= character == '\'';
        if character == '$' && !quoted {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let number: usize = rest[..end].parse().with_context(|| format!("a parameter in {sql}"))?;
            filled += values.get(number.wrapping_sub(1)).with_context(|| format!("${number} in {sql}"))?;
            rest = &rest[end..];
        } else if character == ':' && quoted {
            // pgbench would take it for a variable of its own.
            bail!("a colon in a text of {sql}");
        } else {
            filled.push(character);
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_replaced_by_number_and_not_in_quoted_text() {
        let values: Vec<String> = (1..=10).map(|number| format!("v{number}")).collect();
        assert_eq!(fill("select $1, '$1', $10::text", &values).unwrap(), "select v1, '$1', v10::text");
        assert!(fill("select $11", &values).is_err());
    }
}
