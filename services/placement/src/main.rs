//! Placement as a process of its own.

fn main() -> std::process::ExitCode {
    chassis::main::<placement::Placement>()
}
