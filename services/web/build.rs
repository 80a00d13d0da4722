//! Fetches what the pages load besides our own from npm, pinned by `package-lock.json`, so that the binary holds it. Also
//! rebuilds when a migration is added: the macro that embeds them sees only changes of those it knows.

use std::{env, fs, path::Path, process::Command};

/// Files of npm packages, and the names under which they are embedded.
const FILES: [(&str, &str); 1] = [("htmx.org/dist/htmx.min.js", "htmx.js")];

fn main() {
    for watched in ["migrations", "package.json", "package-lock.json"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let out = env::var("OUT_DIR").expect("cargo says where to write");
    let out = Path::new(&out);
    for name in ["package.json", "package-lock.json"] {
        fs::copy(name, out.join(name)).expect("the packages' list is copied beside the build");
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(out);
    let fetched = npm.status().unwrap_or_else(|error| {
        panic!("npm can't be started ({error}). The pages need it at build time: `make run` installs it, or install the package `npm`")
    });
    assert!(
        fetched.success(),
        "npm could not fetch what services/web/package.json names; is its registry within reach?"
    );
    for (from, to) in FILES {
        fs::copy(out.join("node_modules").join(from), out.join(to)).unwrap_or_else(|error| panic!("{from}: {error}"));
    }
}
