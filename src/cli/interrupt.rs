//! Ctrl-C and SIGTERM: the first raises the environment's stop flag, so that loops end in order and temporary files
//! are removed; the second ends the process at once.

use std::sync::atomic::Ordering;
use vsa_base::environment::Environment;

/// Connects the signals to `environment`. Called once, by the program; a second call has no effect.
pub(super) fn listen(environment: &Environment) {
    let stop = environment.stop_flag();
    let listen = move || {
        ctrlc::set_handler(move || {
            if stop.swap(true, Ordering::SeqCst) {
                std::process::exit(super::exit_code::Outcome::Interrupted as i32);
            }
        })
    };
    // The thread that waits for them runs before the sandbox is closed, and needs no file.
    let connected = vsa_sandbox::without_files(listen);
    // Only fails where a handler is there already: then the signals are heard all the same.
    drop(connected);
}
