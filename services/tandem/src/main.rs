//! The all-in-one and the administrator's command line.

fn main() -> std::process::ExitCode {
    tandem::main()
}
