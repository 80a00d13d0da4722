//! `tandem-notification`: the notification service as a process of its own.

fn main() -> std::process::ExitCode {
    chassis::main::<notification::Notification>()
}
