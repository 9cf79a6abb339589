//! `tests/vectors/*.json`: bundles, a few sound, dozens broken, each named for its defect. Every one says which checks
//! must fail. What they are is told in `tests/vectors/README.md`; how they were made, in `vectors_made.rs`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;
use vsa_custody::bundle::Bundle;
use vsa_custody::key::PublicKey;
use vsa_custody::verification::{CheckOutcome, Verification};
use vsa_custody::verify::verify;

/// How many there are: a vector that gets lost would otherwise be missed by nobody.
const SOUND: usize = 5;
const BROKEN: usize = 86;

/// One bundle, and what must come out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Vector {
    /// What is wrong, in a sentence; or why it is sound.
    pub(crate) about: String,
    /// Whether it is sound.
    pub(crate) holds: bool,
    /// The checks that must fail: all of these and no other.
    pub(crate) fails: Vec<String>,
    /// Text of the public key.
    pub(crate) key: String,
    /// Date of verification.
    pub(crate) date: String,
    /// Files that are text, by name.
    pub(crate) texts: BTreeMap<String, String>,
    /// Files that are not, in base64.
    pub(crate) binaries: BTreeMap<String, String>,
    /// Names of what is no plain file.
    pub(crate) others: Vec<String>,
    /// Root certificates (PEM) of time-stamping authorities, or nothing.
    pub(crate) roots: String,
}

impl Vector {
    pub(crate) fn bundle(&self) -> Bundle {
        let texts = self
            .texts
            .iter()
            .map(|(name, text)| (name.clone(), text.clone().into_bytes()));
        let binaries = self
            .binaries
            .iter()
            .map(|(name, text)| (name.clone(), BASE64.decode(text).expect("base64")));
        Bundle {
            files: texts.chain(binaries).collect(),
            others: self.others.clone(),
        }
    }

    pub(crate) fn verify(&self) -> Verification {
        let key = PublicKey::parse(&self.key).expect("a key");
        let date = format!("{}T23:59:59Z", self.date).parse().expect("a date");
        let roots = if self.roots.is_empty() {
            Vec::new()
        } else {
            vsa_custody::timestamp::certificate::from_pem(&self.roots).expect("certificates")
        };
        verify(&self.bundle(), &key, date, &roots)
    }
}

/// Names of the checks of a verification that failed.
pub(crate) fn failed(verification: &Verification) -> Vec<String> {
    verification
        .checks
        .iter()
        .filter(|check| check.outcome == CheckOutcome::Fails)
        .map(|check| name_of(&check.check))
        .collect()
}

pub(crate) fn name_of(check: &impl Serialize) -> String {
    let name = serde_json::to_value(check).expect("a name");
    name.as_str().expect("a name").to_owned()
}

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// All of them, by name.
pub(crate) fn all() -> BTreeMap<String, Vector> {
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

#[test]
fn every_vector_is_judged_as_it_says() {
    let vectors = all();
    let sound = vectors.values().filter(|vector| vector.holds).count();
    assert_eq!((sound, vectors.len() - sound), (SOUND, BROKEN));
    for (name, vector) in &vectors {
        let verification = vector.verify();
        assert_eq!(
            failed(&verification),
            vector.fails,
            "{name}: {:#?}",
            verification.checks
        );
        assert_eq!(verification.holds, vector.holds, "{name}");
        assert_eq!(vector.fails.is_empty(), vector.holds, "{name}");
    }
}

#[test]
fn every_check_fails_for_some_vector() {
    let vectors = all();
    let any = vectors.values().next().expect("vectors").verify();
    assert_eq!(any.checks.len(), 12);
    for check in any.checks {
        let name = name_of(&check.check);
        assert!(
            vectors.values().any(|vector| vector.fails.contains(&name)),
            "nothing shows that {name} can fail"
        );
    }
}

#[test]
fn no_byte_of_a_sealed_bundle_can_change_unnoticed() {
    let vector = &all()["sound-sealed"];
    let key = PublicKey::parse(&vector.key).expect("a key");
    let date = format!("{}T23:59:59Z", vector.date).parse().expect("a date");
    let sound = vector.bundle();
    let mut tried = 0;
    for (name, bytes) in &sound.files {
        for at in (0..bytes.len()).step_by(1 + bytes.len() / 150) {
            let mut broken = sound.clone();
            let file = broken.files.get_mut(name).expect("it is there");
            file[at] ^= 1 << (at % 7);
            // Untrusted comments are signed by nobody, and say so.
            let comment = name.ends_with(".minisig") && !bytes[..at].contains(&b'\n');
            let found = verify(&broken, &key, date, &[]);
            assert!(comment || !found.holds, "byte {at} of {name}");
            tried += 1;
        }
        let mut shorter = sound.clone();
        shorter
            .files
            .insert(name.clone(), bytes[..bytes.len() - 1].to_vec());
        assert!(
            !verify(&shorter, &key, date, &[]).holds || name.ends_with(".minisig"),
            "{name} cut by a byte"
        );
    }
    assert!(tried > 500, "only {tried} bytes tried");
}
