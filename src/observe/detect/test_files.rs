//! Where tests find files that cannot be committed: other people's models and footage. A test that does without says
//! so on the real standard error, which the test harness does not swallow.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A file of the shared development data, or nothing and a loud line.
pub(in crate::observe) fn shared(relative: &str, test: &str) -> Option<PathBuf> {
    let root = std::env::var_os("VSA_AUDIT_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    found(root.join(relative), test, "VSA_AUDIT_SHARED")
}

/// A model file that `models pull` obtains, or nothing and a loud line.
pub(in crate::observe) fn pulled_model(file: &str, test: &str) -> Option<PathBuf> {
    under("VSA_AUDIT_TEST_MODELS", file, test)
}

/// A file of frames that the tests' set-up obtains, or nothing and a loud line.
pub(in crate::observe) fn pulled_frames(file: &str, test: &str) -> Option<PathBuf> {
    under("VSA_AUDIT_TEST_FRAMES", file, test)
}

fn under(variable: &str, file: &str, test: &str) -> Option<PathBuf> {
    match std::env::var_os(variable) {
        Some(folder) => found(PathBuf::from(folder).join(file), test, variable),
        None => {
            skipped(
                test,
                &format!("{variable} is not set; it names the folder that holds {file}"),
            );
            None
        }
    }
}

fn found(path: PathBuf, test: &str, variable: &str) -> Option<PathBuf> {
    if path.exists() {
        return Some(path);
    }
    skipped(
        test,
        &format!("{} is absent ({variable} can name its folder)", path.display()),
    );
    None
}

fn skipped(test: &str, why: &str) {
    writeln!(std::io::stderr(), "SKIPPED {test}: {why}").expect("standard error is open");
}
