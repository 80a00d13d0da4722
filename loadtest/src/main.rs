//! User journeys at a fixed arrival rate, beside the raw limit of the same statements.

fn main() -> std::process::ExitCode {
    loadtest::main()
}
