//! Fetches axe-core from npm, pinned by `package-lock.json`, so that the tests hold it.

use std::{env, fs, path::Path, process::Command};

fn main() {
    for watched in ["package.json", "package-lock.json"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let out = env::var("OUT_DIR").expect("cargo says where to write");
    let out = Path::new(&out);
    for name in ["package.json", "package-lock.json"] {
        fs::copy(name, out.join(name)).expect("the packages' list is copied beside the build");
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(out);
    let fetched =
        npm.status().unwrap_or_else(|error| panic!("npm can't be started ({error}): `make test` installs it"));
    assert!(fetched.success(), "npm could not fetch what tools/e2e/package.json names; is its registry within reach?");
    fs::copy(out.join("node_modules/axe-core/axe.min.js"), out.join("axe.js")).expect("axe-core holds its script");
}
