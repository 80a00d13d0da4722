//! The catalogue of reason codes: what callers of the API can be told, from the texts of the services and the code that raises them.

mod kinds;
mod texts;

use std::{fmt::Write as _, fs, path::Path};

use chassis::error::code;
use kernel::ErrorKind::{self, *};

pub(crate) const FILE: &str = "docs/reasons.md";

/// All kinds, with the HTTP status that the gateway makes of each and what a caller does about it.
const KINDS: [(ErrorKind, u16, &str); 10] = [
    (Invalid, 400, "correct the fields that are named"),
    (Unauthenticated, 401, "sign in, or renew the token"),
    (Forbidden, 403, "ask somebody who may"),
    (NotFound, 404, "look again: it is not there, or not for this caller"),
    (AlreadyExists, 409, "use what is there"),
    (Conflict, 409, "read again, then decide again"),
    (Precondition, 400, "change the state first"),
    (Exhausted, 429, "wait, then try again"),
    (Unavailable, 503, "try again later, with the same `request_id`"),
    (Internal, 500, "report it with the trace id"),
];

/// A code that can be told to a caller.
struct Reason {
    code: String,
    /// Where its text is: `chassis` for those of every service.
    home: String,
    french: String,
    english: String,
}

/// The catalogue as the code says it now.
pub(crate) fn text(root: &Path) -> anyhow::Result<String> {
    let kinds = kinds::of_all(root)?;
    let mut text = String::from(
        "# Reason codes\n\nWritten by `xtask report` from the catalogues `locales/*/errors.ftl` and the code that raises the reasons; do not \
         edit.\n\nEvery refusal carries `google.rpc.ErrorInfo` with the domain `tandem.health` and one of these codes as `reason`; a code is \
         never reused for another meaning. Its kind decides gRPC code and HTTP status. A code *of a field* stands in \
         `google.rpc.BadRequest`, beside the path of the field, below the reason `INVALID_FIELDS`.\n\n## Kinds\n\n\
         | Kind | gRPC | HTTP | What a caller does |\n| --- | --- | --- | --- |\n",
    );
    for (kind, status, remedy) in KINDS {
        let _ = writeln!(text, "| {kind:?} | `{:?}` | {status} | {remedy} |", code(kind));
    }
    text.push_str("\n## Codes\n\n| Code | Kind | Service | French | English |\n| --- | --- | --- | --- | --- |\n");
    for Reason { code, home, french, english } in texts::all(root)? {
        let own = (home != "chassis").then_some(home.as_str());
        let kinds = kinds.of(own, &code).into_iter().collect::<Vec<_>>().join(", ");
        let kind = if kinds.is_empty() { "Invalid, of a field" } else { &kinds };
        let home = own.unwrap_or("every service");
        let _ = writeln!(text, "| `{code}` | {kind} | {home} | {french} | {english} |");
    }
    Ok(text)
}

/// Whether the catalogue in the tree is older than the code.
pub(crate) fn drift(root: &Path) -> anyhow::Result<Vec<String>> {
    let is_old = fs::read_to_string(root.join(FILE)).unwrap_or_default() != text(root)?;
    Ok(is_old.then(|| format!("{FILE} is out of date: run `xtask report` and commit it")).into_iter().collect())
}

pub(crate) fn write(root: &Path) -> anyhow::Result<()> {
    Ok(fs::write(root.join(FILE), text(root)?)?)
}
