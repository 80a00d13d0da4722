//! How large files and functions are.

use std::fmt::Write as _;

use super::{
    base::{CodeBase, Crate, SourceFile},
    lexer::{Kind, Token, group_end},
};

/// Lines of a file, its tests aside, above which it is a fault.
const MOST_OF_FILE: usize = 500;
/// Lines of a function above which it is a fault.
const MOST_OF_FUNCTION: usize = 100;

/// Functions that are long and say why.
const LONG_FUNCTIONS: &[(&str, &str)] = &[];

struct Function {
    name: String,
    lines: usize,
}

/// One line per file or function that is too long.
pub(crate) fn faults(base: &CodeBase) -> Vec<String> {
    let mut faults = Vec::new();
    for of in &base.crates {
        for file in of.files.iter().filter(|file| file.module.is_some()) {
            let lines = lines(file);
            if lines > MOST_OF_FILE {
                faults.push(format!("{}: {lines} lines are more than {MOST_OF_FILE}", file.name()));
            }
            let too_long = functions(&file.code).into_iter().filter(|f| f.lines > MOST_OF_FUNCTION);
            for Function { name, lines } in too_long.filter(|f| !LONG_FUNCTIONS.contains(&(&of.name, &f.name))) {
                faults.push(format!("{}: {name} has {lines} lines, more than {MOST_OF_FUNCTION}", file.name()));
            }
        }
    }
    faults
}

/// Per crate: files with median and 95th percentile of their lines, functions with theirs.
pub(crate) fn table(base: &CodeBase) -> String {
    let mut text = format!(
        "{:<16}{:>7}{:>8}{:>6}{:>6}{:>12}{:>8}{:>6}{:>6}\n",
        "crate", "files", "median", "95 %", "most", "functions", "median", "95 %", "most"
    );
    let (mut all_files, mut all_functions) = (Vec::new(), Vec::new());
    for of in &base.crates {
        let (files, functions) = measure(of);
        let _ = writeln!(text, "{:<16}{}", of.name, row(&files, &functions));
        all_files.extend(files);
        all_functions.extend(functions);
    }
    all_files.sort_unstable();
    all_functions.sort_unstable();
    let _ = writeln!(text, "{:<16}{}", "all", row(&all_files, &all_functions));
    text
}

fn row(files: &[usize], functions: &[usize]) -> String {
    format!(
        "{:>7}{:>8}{:>6}{:>6}{:>12}{:>8}{:>6}{:>6}",
        files.len(),
        percentile(files, 50),
        percentile(files, 95),
        percentile(files, 100),
        functions.len(),
        percentile(functions, 50),
        percentile(functions, 95),
        percentile(functions, 100),
    )
}

/// Lines of files and functions of what is shipped, in order of size.
fn measure(of: &Crate) -> (Vec<usize>, Vec<usize>) {
    let shipped = || of.files.iter().filter(|file| file.module.is_some());
    let mut files: Vec<_> = shipped().map(lines).collect();
    let mut functions: Vec<_> = shipped().flat_map(|file| functions(&file.code)).map(|f| f.lines).collect();
    files.sort_unstable();
    functions.sort_unstable();
    (files, functions)
}

fn percentile(sorted: &[usize], percent: usize) -> usize {
    let at = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(at - 1).copied().unwrap_or_default()
}

/// Lines with code or comments, without those of tests, which stand at the end.
fn lines(file: &SourceFile) -> usize {
    let last = file.code.last().map_or(0, |t| t.line);
    let comments = file.tokens.iter().filter(|t| t.kind == Kind::Comment && t.line <= last);
    let mut lines: Vec<_> = comments.chain(&file.code).map(|t| t.line).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.len()
}

/// From the keyword to the brace that closes it.
fn functions(code: &[Token]) -> Vec<Function> {
    let mut found = Vec::new();
    for at in
        (0..code.len()).filter(|&at| code[at].is_name("fn") && code.get(at + 1).is_some_and(|t| t.kind == Kind::Name))
    {
        let mut body = at + 2;
        while body < code.len() && !code[body].is_sign("{") && !code[body].is_sign(";") {
            let is_group = code[body].is_sign("(") || code[body].is_sign("[");
            body = if is_group { group_end(code, body) + 1 } else { body + 1 };
        }
        if let Some(end) = code.get(body).filter(|t| t.is_sign("{")).and_then(|_| code.get(group_end(code, body))) {
            found.push(Function { name: code[at + 1].text.clone(), lines: end.line - code[at].line + 1 });
        }
    }
    found
}
