//! Compiles the contracts without protoc, gives every message of a `*_events.proto` its event type, and every request with a
//! `request_id` its method.

use std::{env, fmt::Write as _, fs, path::PathBuf};

use protox::prost_reflect::{DescriptorPool, FileDescriptor};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed=tandem");
    println!("cargo::rerun-if-changed=google");
    let out = PathBuf::from(env::var("OUT_DIR")?);

    let mut compiler = protox::Compiler::new(["."])?;
    compiler.include_imports(true).include_source_info(true);
    compiler.open_files(proto_files()?)?;
    // The typed set drops extensions it does not know; the encoded one keeps the HTTP and access options.
    fs::write(out.join("descriptors.bin"), compiler.encode_file_descriptor_set())?;

    tonic_prost_build::configure()
        .build_transport(false)
        .include_file("contracts.rs")
        .bytes(".google.api.HttpBody.data")
        .compile_fds(compiler.file_descriptor_set())?;

    fs::write(out.join("events.rs"), events(compiler.descriptor_pool())?)?;
    fs::write(out.join("idempotent.rs"), idempotent(compiler.descriptor_pool())?)?;
    Ok(())
}

fn proto_files() -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from("google"), PathBuf::from("tandem")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "proto") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// `impl Event` for each message of the event files: `tandem.placement.v1.RequestSent` is `placement.v1.request_sent`.
fn events(pool: DescriptorPool) -> Result<String, Failure> {
    let mut code = String::new();
    let mut types = Vec::new();
    for file in pool.files().filter(is_event_file) {
        let package = file.package_name();
        let service = package.strip_prefix("tandem.").ok_or("event files belong to a tandem package")?;
        for message in file.messages() {
            let name = snake_case(message.name());
            types.push(format!("{service}.{name}"));
            let path = format!("crate::{}::{}", service.replace('.', "::"), message.name());
            writeln!(code, "impl Event for {path} {{ const TYPE: &'static str = \"{service}.{name}\"; }}")?;
        }
    }
    writeln!(code, "const EVENT_TYPES: &[&str] = &{types:?};")?;
    Ok(code)
}

/// `impl Idempotent` for each request that carries a `request_id`: `CreateRequestRequest` is a call of `CreateRequest`.
fn idempotent(pool: DescriptorPool) -> Result<String, Failure> {
    let mut code = String::new();
    for message in pool.all_messages().filter(|m| m.get_field_by_name("request_id").is_some()) {
        let (Some(package), Some(method)) =
            (message.package_name().strip_prefix("tandem."), message.name().strip_suffix("Request"))
        else {
            continue;
        };
        let path = format!("crate::{}::{}", package.replace('.', "::"), message.name());
        writeln!(
            code,
            "impl Idempotent for {path} {{ const METHOD: &'static str = \"{method}\"; \
             fn request_id(&self) -> &str {{ &self.request_id }} }}"
        )?;
    }
    Ok(code)
}

fn is_event_file(file: &FileDescriptor) -> bool {
    file.name().ends_with("_events.proto")
}

fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for (i, c) in name.char_indices() {
        if c.is_ascii_uppercase() && i > 0 {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
