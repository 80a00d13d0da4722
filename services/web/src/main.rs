//! The front end's own process.

fn main() -> std::process::ExitCode {
    chassis::main::<web::Web>()
}
