//! `tests/vectors/*.json`: bundles, a few sound, dozens broken, each named for its defect. Every one says which checks must
//! fail. What they are is told in `tests/vectors/README.md`. Deliberately not here: any judgement. Whoever holds a verifier to
//! them brings it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// One bundle, and what must come out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// What is wrong, in a sentence; or why it is sound.
    pub about: String,
    /// Whether it is sound.
    pub holds: bool,
    /// The checks that must fail: all of these and no other.
    pub fails: Vec<String>,
    /// Text of the public key.
    pub key: String,
    /// Date of verification.
    pub date: String,
    /// Files that are text, by name.
    pub texts: BTreeMap<String, String>,
    /// Files that are not, in base64.
    pub binaries: BTreeMap<String, String>,
    /// Names of what is no plain file.
    pub others: Vec<String>,
    /// Root certificates (PEM) of time-stamping authorities, or nothing.
    pub roots: String,
}

impl Vector {
    /// The files of the bundle, by name.
    ///
    /// # Panics
    ///
    /// On a file that is no base64.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let texts = self.texts.iter();
        let texts = texts.map(|(name, text)| (name.clone(), text.clone().into_bytes()));
        let binaries = self.binaries.iter();
        let binaries = binaries.map(|(name, text)| (name.clone(), BASE64.decode(text).expect("base64")));
        texts.chain(binaries).collect()
    }

    /// The end of the day on which it is verified.
    #[must_use]
    pub fn end_of_day(&self) -> String {
        format!("{}T23:59:59Z", self.date)
    }
}

/// Where they lie.
#[must_use]
pub fn folder() -> PathBuf {
    crate::root().join("tests/vectors")
}

/// All of them, by name.
///
/// # Panics
///
/// On a file that cannot be read or is no vector.
#[must_use]
pub fn all() -> BTreeMap<String, Vector> {
    let mut vectors = BTreeMap::new();
    for entry in std::fs::read_dir(folder()).expect("the vectors can be listed") {
        let path = entry.expect("readable").path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read_to_string(&path).expect("readable");
            let vector: Vector =
                serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            vectors.insert(name, vector);
        }
    }
    vectors
}
