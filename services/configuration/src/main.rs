//! `tandem-configuration`: the directory of a province as a process of its own.

fn main() -> std::process::ExitCode {
    chassis::main::<configuration::Configuration>()
}
