//! The gateway's own process.

fn main() -> std::process::ExitCode {
    chassis::main::<gateway::Gateway>()
}
