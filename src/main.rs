//! Parse, run, map the outcome to an exit code; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    vsa_audit::cli::run(std::env::args_os()).into()
}
