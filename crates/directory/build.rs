//! Rebuilds when a migration is added, which the macro that embeds them cannot notice.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
