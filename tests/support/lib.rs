//! Labels, model files and frames for the tests of every crate. None of them is in the repository, but for the bundles in
//! [`vector`]: they are looked for where `VSA_AUDIT_TEST_MODELS` (a folder), `VSA_AUDIT_TEST_FRAMES` (the clip `vtest.avi`) and `VSA_AUDIT_SHARED` (the
//! development data) say. A test that does not find its own says so, loudly. Deliberately not here: anything of the room.

pub mod vector;

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The root of the repository.
#[must_use]
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent()
        .and_then(Path::parent)
        .expect("this crate lies two folders below the root")
}

/// Says that a test found no data. Written past the test harness, which hides the output of tests that pass.
pub fn skipped(test: &str, why: &str) {
    say(&format!("SKIPPED {test}: {why}"));
}

/// Says what a test measured, past the test harness, so that figures can be read where they are made.
pub fn measured(row: &str) {
    say(row);
}

/// One line in one piece: tests run side by side, and a line that comes in parts is mixed with theirs.
fn say(line: &str) {
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}

/// A folder of development data, if it is there.
#[must_use]
pub fn shared(path: &str) -> Option<PathBuf> {
    let data =
        std::env::var_os("VSA_AUDIT_SHARED").map_or_else(|| root().join("../shared/data"), PathBuf::from);
    Some(data.join(path)).filter(|path| path.exists())
}

/// The PETS clip, if it is there.
#[must_use]
pub fn clip() -> Option<PathBuf> {
    std::env::var_os("VSA_AUDIT_TEST_FRAMES")
        .map(PathBuf::from)
        .filter(|clip| clip.exists())
}

/// A model file by its name, if it is there.
#[must_use]
pub fn model(file: &str) -> Option<PathBuf> {
    let given = std::env::var_os("VSA_AUDIT_TEST_MODELS").map(|folder| PathBuf::from(folder).join(file));
    given
        .filter(|path| path.exists())
        .or_else(|| shared("models").map(|folder| folder.join(file)))
        .filter(|path| path.exists())
}
