//! Parse, run, map the outcome to an exit code; nothing else.
fn main() -> std::process::ExitCode {
    if vsa_audit::cli::run() {
        std::process::ExitCode::SUCCESS
    } else {
        std::process::ExitCode::FAILURE
    }
}
