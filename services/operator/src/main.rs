//! The operator's own process.

fn main() -> std::process::ExitCode {
    operator::main()
}
