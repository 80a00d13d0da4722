//! PostgreSQL's log, as `log_min_duration_statement = 0` writes it with the usual line prefix `%m [%p]`.

/// One statement of one connection, or a part of its handling.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// The connection's process.
    pub(crate) pid: i32,
    pub(crate) milliseconds: f64,
    /// False where it was only parsed or bound.
    pub(crate) executed: bool,
    pub(crate) sql: String,
    /// As text; `None` for NULL.
    pub(crate) parameters: Vec<Option<String>>,
}

/// What one connection did between BEGIN and COMMIT.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Transaction {
    pub(crate) milliseconds: f64,
    pub(crate) statements: Vec<Statement>,
}

/// A statement that was executed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Statement {
    pub(crate) sql: String,
    pub(crate) parameters: Vec<Option<String>>,
}

/// Reads a log. Whatever is no statement is passed over.
pub(crate) fn lines(log: &str) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    // Lines that continue a message begin with a tab.
    for message in log.replace("\n\t", "\u{1}").lines() {
        let message = message.replace('\u{1}', "\n");
        let Some((pid, level, text)) = header(&message) else { continue };
        if level == "DETAIL" {
            let parameters = text.strip_prefix("parameters: ").or_else(|| text.strip_prefix("Parameters: "));
            if let (Some(last), Some(parameters)) = (found.iter_mut().rfind(|line| line.pid == pid), parameters) {
                last.parameters = read_parameters(parameters);
            }
        } else if let Some(line) = statement(pid, text) {
            found.push(line);
        }
    }
    found
}

/// The committed transactions of one connection.
pub(crate) fn transactions<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<Transaction> {
    let (mut done, mut open) = (Vec::new(), None::<Transaction>);
    for line in lines {
        let word = word(&line.sql);
        if line.executed && word == "BEGIN" {
            open = Some(Transaction { milliseconds: 0.0, statements: Vec::new() });
        }
        let Some(transaction) = &mut open else { continue };
        transaction.milliseconds += line.milliseconds;
        if line.executed {
            transaction.statements.push(Statement { sql: line.sql.clone(), parameters: line.parameters.clone() });
        }
        match word.as_str() {
            "COMMIT" => done.extend(open.take()),
            "ROLLBACK" => open = None,
            _ => {}
        }
    }
    done
}

/// What one connection executed, by transaction, committed or not; a statement outside of one stands alone.
pub(crate) fn units<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<Vec<&'a Line>> {
    let (mut done, mut open) = (Vec::new(), None::<Vec<&Line>>);
    for line in lines.filter(|line| line.executed) {
        match (word(&line.sql).as_str(), &mut open) {
            ("BEGIN", _) => done.extend(open.replace(vec![line])),
            ("COMMIT" | "ROLLBACK", Some(unit)) => {
                unit.push(line);
                done.extend(open.take());
            }
            (_, Some(unit)) => unit.push(line),
            (_, None) => done.push(vec![line]),
        }
    }
    done.extend(open);
    done
}

/// The first word of a statement.
fn word(sql: &str) -> String {
    sql.trim_start().split([' ', ';']).next().unwrap_or_default().to_uppercase()
}

/// Process, level and text of a message.
fn header(message: &str) -> Option<(i32, &str, &str)> {
    let (_, rest) = message.split_once(" [")?;
    let (pid, rest) = rest.split_once("] ")?;
    let (level, text) = rest.split_once(":  ")?;
    Some((pid.parse().ok()?, level, text))
}

fn statement(pid: i32, text: &str) -> Option<Line> {
    let (milliseconds, rest) = text.strip_prefix("duration: ")?.split_once(" ms  ")?;
    let (how, sql) = rest.split_once(": ")?;
    let executed = how == "statement" || how.starts_with("execute ");
    let milliseconds = milliseconds.parse().ok()?;
    Some(Line { pid, milliseconds, executed, sql: sql.to_owned(), parameters: Vec::new() })
}

/// `$1 = 'it''s', $2 = NULL`.
fn read_parameters(text: &str) -> Vec<Option<String>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, value)) = rest.split_once(" = ") {
        let Some(quoted) = value.strip_prefix('\'') else {
            found.push(None);
            rest = value.strip_prefix("NULL").unwrap_or_default();
            continue;
        };
        let (mut content, mut characters) = (String::new(), quoted.char_indices().peekable());
        let mut end = quoted.len();
        while let Some((at, character)) = characters.next() {
            if character != '\'' {
                content.push(character);
            } else if characters.next_if(|(_, next)| *next == '\'').is_some() {
                content.push('\'');
            } else {
                end = at + 1;
                break;
            }
        }
        found.push(Some(content));
        rest = &quoted[end..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "2026-11-23 17:00:00.000 UTC [7] LOG:  duration: 0.010 ms  statement: BEGIN
2026-11-23 17:00:00.001 UTC [7] LOG:  duration: 0.500 ms  bind sqlx_s_1: insert into t
\tvalues ($1, $2, $3)
2026-11-23 17:00:00.001 UTC [7] DETAIL:  parameters: $1 = 'it''s = ', $2 = NULL, $3 = 'two
\tlines'
2026-11-23 17:00:00.001 UTC [8] LOG:  duration: 9.000 ms  statement: BEGIN
2026-11-23 17:00:00.001 UTC [7] LOG:  duration: 0.250 ms  execute sqlx_s_1: insert into t
\tvalues ($1, $2, $3)
2026-11-23 17:00:00.001 UTC [7] DETAIL:  parameters: $1 = 'it''s = ', $2 = NULL, $3 = 'two
\tlines'
2026-11-23 17:00:00.001 UTC [8] LOG:  duration: 9.000 ms  statement: ROLLBACK
2026-11-23 17:00:00.002 UTC [7] LOG:  duration: 1.000 ms  statement: COMMIT
2026-11-23 17:00:00.002 UTC [9] LOG:  checkpoint starting: time
";

    #[test]
    fn transactions_are_told_apart_by_connection() {
        let lines = lines(LOG);
        let of = |pid| transactions(lines.iter().filter(move |line| line.pid == pid));
        let [committed] = &of(7)[..] else { panic!("one was committed") };
        let sql: Vec<&str> = committed.statements.iter().map(|statement| &*statement.sql).collect();
        assert_eq!(sql, ["BEGIN", "insert into t\nvalues ($1, $2, $3)", "COMMIT"]);
        assert!((committed.milliseconds - 1.76).abs() < 1e-9);
        assert_eq!(of(8), []);
    }

    #[test]
    fn what_is_rolled_back_or_stands_alone_was_executed_too() {
        let line = |sql: &str| {
            let executed = sql != "parse";
            Line { pid: 7, milliseconds: 1.0, executed, sql: sql.to_owned(), parameters: Vec::new() }
        };
        let lines = ["look", "BEGIN", "parse", "insert", "ROLLBACK", "BEGIN", "update", "COMMIT", "look"].map(line);
        let lengths: Vec<usize> = units(lines.iter()).iter().map(Vec::len).collect();
        assert_eq!(lengths, [1, 3, 3, 1]);
    }

    #[test]
    fn parameters_are_read_with_quotes_and_lines() {
        let lines = lines(LOG);
        let line = lines.iter().find(|line| line.sql.starts_with("insert") && line.executed).expect("it is in the log");
        assert_eq!(line.parameters, [Some("it's = ".to_owned()), None, Some("two\nlines".to_owned())]);
    }
}
