//! One file of a sealed bundle, to be handed over without the others: the bundle in, a proof out; or a file, a proof and a
//! public key in, what was sealed out. The proof is the file's entry, its way up the Merkle tree, and the signed envelope,
//! which names the root. Deliberately not here: the checks of a whole bundle (see `verify`).

use super::bundle::Bundle;
use super::envelope::{self, Envelope, EnvelopeError, Statement};
use super::key::PublicKey;
use super::manifest::{self, Entry, ManifestError, Role};
use super::merkle;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_base::digest;
use vsa_record::json::{JsonError, to_bytes};

/// The name of this format.
pub const SCHEMA: &str = "vsa-audit/proof/1";

/// That a file belongs to a sealed bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// What the manifest says of the file.
    pub entry: Entry,
    /// Its place among the manifest's entries, from 0.
    pub index: u64,
    /// The hashes beside its way up, from the leaf to the root, in hexadecimal.
    pub path: Vec<String>,
    /// The bundle's envelope.
    pub envelope: Envelope,
}

vsa_record::passport!(Proof);

/// Why there is no proof, or why it does not hold.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    /// A file of the seal is not there.
    #[error("the folder holds no {name}: seal it first")]
    Missing {
        /// Which.
        name: &'static str,
    },
    /// The manifest does not list it.
    #[error("the manifest lists no file {name:?}")]
    NotListed {
        /// Which.
        name: String,
    },
    /// The file in the folder is not the one that was sealed, or is gone.
    #[error("{name} is not as the manifest lists it, or is gone: restore it from the sealed folder")]
    Changed {
        /// Which.
        name: String,
    },
    /// The manifest cannot be read.
    #[error("manifest.json: {0}")]
    Manifest(#[from] ManifestError),
    /// Not such JSON; doubled keys are refused too.
    #[error("not a proof of this format: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Sound, but not as this program writes it.
    #[error("not a proof of this format, or changed after it was written")]
    NotCanonical,
    /// The envelope does not hold.
    #[error("its envelope: {0}")]
    Envelope(#[from] EnvelopeError),
    /// It is about another file.
    #[error("it is a proof for other contents than those of this file")]
    OtherFile,
    /// The way up does not lead to the sealed root.
    #[error("its way up the tree does not lead to the root that was sealed")]
    OtherRoot,
    /// Could not be written. Ours.
    #[error(transparent)]
    Json(#[from] JsonError),
}

/// The proof for the output `name` of a sealed bundle.
///
/// # Errors
/// [`ProofError`].
pub fn prove(bundle: &Bundle, name: &str) -> Result<Proof, ProofError> {
    let file = |name: &'static str| bundle.get(name).ok_or(ProofError::Missing { name });
    let manifest = manifest::read(file(manifest::FILE)?)?;
    let envelope: Envelope = serde_json::from_slice(file(envelope::FILE)?)?;
    let leaves: Vec<_> = manifest.entries.iter().map(Entry::leaf).collect();
    let not_listed = || ProofError::NotListed {
        name: name.to_owned(),
    };
    let index = manifest
        .entries
        .iter()
        .position(|entry| entry.role == Role::Output && entry.name == name)
        .ok_or_else(not_listed)?;
    let path = merkle::path(&leaves, index).ok_or_else(not_listed)?;
    let as_sealed = |bytes: &[u8]| digest::of_bytes(bytes) == manifest.entries[index].sha256;
    if !bundle.get(name).is_some_and(as_sealed) {
        return Err(ProofError::Changed {
            name: name.to_owned(),
        });
    }
    Ok(Proof {
        schema: SCHEMA.to_owned(),
        entry: manifest.entries[index].clone(),
        index: index as u64,
        path: path.iter().map(|hash| digest::hexadecimal(hash)).collect(),
        envelope,
    })
}

/// Holds a file to its proof, and the proof to a key. Out: the entry, and what was sealed.
///
/// # Errors
/// [`ProofError`].
pub fn check(proof: &[u8], file: &[u8], key: &PublicKey) -> Result<(Entry, Statement), ProofError> {
    let read: Proof = serde_json::from_slice(proof)?;
    if read.schema != SCHEMA || to_bytes(&read)? != proof {
        return Err(ProofError::NotCanonical);
    }
    let statement = envelope::open(&read.envelope.to_bytes()?, key)?;
    if read.entry != Entry::output(&read.entry.name, file) {
        return Err(ProofError::OtherFile);
    }
    let path: Option<Vec<merkle::Hash>> = read.path.iter().map(|text| from_hexadecimal(text)).collect();
    let root = usize::try_from(read.index)
        .ok()
        .zip(usize::try_from(statement.predicate.tree_size).ok())
        .zip(path)
        .and_then(|((index, size), path)| merkle::root_by_path(&read.entry.leaf(), index, size, &path));
    match root {
        Some(root) if digest::hexadecimal(&root) == statement.predicate.merkle_root => {
            Ok((read.entry, statement))
        }
        _ => Err(ProofError::OtherRoot),
    }
}

fn from_hexadecimal(text: &str) -> Option<merkle::Hash> {
    if !digest::is_digest(text) {
        return None;
    }
    let mut hash = [0; 32];
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Manifest;
    use crate::secret_key::SecretKey;

    const FILES: [(&str, &[u8]); 5] = [
        ("a.json", b"a"),
        ("b.json", b"b"),
        ("c.json", b"c"),
        ("d.json", b"d"),
        ("e.json", b"e"),
    ];

    fn sealed(secret: &SecretKey) -> Bundle {
        let manifest = Manifest::new(FILES.map(|(name, bytes)| Entry::output(name, bytes)).into());
        let bytes = manifest.to_bytes().unwrap();
        let statement = Statement::of(&manifest, &bytes, "2026-01-01T00:00:00Z");
        let envelope = secret.envelop(&statement).unwrap().to_bytes().unwrap();
        let mut bundle = Bundle::default();
        bundle.files.insert(manifest::FILE.to_owned(), bytes);
        bundle.files.insert(envelope::FILE.to_owned(), envelope);
        let files = FILES.map(|(name, bytes)| (name.to_owned(), bytes.to_owned()));
        bundle.files.extend(files);
        bundle
    }

    #[test]
    fn what_was_changed_or_taken_away_gets_no_proof_and_the_others_do() {
        let mut bundle = sealed(&SecretKey::from_random([3; 40]));
        bundle.files.insert("a.json".to_owned(), b"A".to_vec());
        bundle.files.remove("b.json");
        for name in ["a.json", "b.json"] {
            assert!(
                matches!(prove(&bundle, name), Err(ProofError::Changed { .. })),
                "{name}"
            );
        }
        assert!(prove(&bundle, "c.json").is_ok());
    }

    #[test]
    fn every_file_has_a_proof_and_it_holds_for_no_other_file_place_or_key() {
        let secret = SecretKey::from_random([3; 40]);
        let key = secret.public(None);
        let bundle = sealed(&secret);
        for (name, bytes) in FILES {
            let proof = prove(&bundle, name).unwrap();
            let written = to_bytes(&proof).unwrap();
            assert_eq!(check(&written, bytes, &key).unwrap().0.name, name);
            assert!(matches!(check(&written, b"x", &key), Err(ProofError::OtherFile)));
            let stranger = SecretKey::from_random([4; 40]).public(None);
            assert!(matches!(
                check(&written, bytes, &stranger),
                Err(ProofError::Envelope(_))
            ));
            let changed = |how: &dyn Fn(&mut Proof)| {
                let mut proof = proof.clone();
                how(&mut proof);
                check(&to_bytes(&proof).unwrap(), bytes, &key)
            };
            // The merkle proof of another file.
            let other = prove(&bundle, if name == "a.json" { "b.json" } else { "a.json" }).unwrap();
            let path = other.path.clone();
            assert!(matches!(
                changed(&|p| p.path.clone_from(&path)),
                Err(ProofError::OtherRoot)
            ));
            assert!(matches!(
                changed(&|p| p.index = other.index),
                Err(ProofError::OtherRoot)
            ));
            assert!(matches!(
                changed(&|p| drop(p.path.pop())),
                Err(ProofError::OtherRoot)
            ));
            assert!(matches!(
                changed(&|p| p.path.push("0".repeat(64))),
                Err(ProofError::OtherRoot)
            ));
            assert!(matches!(
                changed(&|p| p.path[0] = "no".to_owned()),
                Err(ProofError::OtherRoot)
            ));
            assert!(matches!(
                changed(&|p| p.entry.name = "z.json".to_owned()),
                Err(ProofError::OtherRoot)
            ));
            assert!(changed(&|p| p.entry.role = Role::Input).is_err());
        }
        assert!(matches!(
            prove(&bundle, "z.json"),
            Err(ProofError::NotListed { .. })
        ));
    }

    #[test]
    fn a_proof_of_another_format_or_in_other_spaces_is_refused() {
        let secret = SecretKey::from_random([3; 40]);
        let key = secret.public(None);
        let mut proof = prove(&sealed(&secret), "c.json").unwrap();
        let mut written = to_bytes(&proof).unwrap();
        let (entry, statement) = check(&written, b"c", &key).unwrap();
        assert_eq!(entry, Entry::output("c.json", b"c"));
        assert_eq!(statement.predicate.sealed_at, "2026-01-01T00:00:00Z");
        written.push(b'\n');
        assert!(matches!(
            check(&written, b"c", &key),
            Err(ProofError::NotCanonical)
        ));
        proof.schema = "vsa-audit/proof/2".to_owned();
        let written = to_bytes(&proof).unwrap();
        assert!(matches!(
            check(&written, b"c", &key),
            Err(ProofError::NotCanonical)
        ));
    }

    #[test]
    fn a_hash_is_read_from_64_small_hexadecimal_digits_alone() {
        let text: String = (0..32).map(|i| format!("{:02x}", 8 * i + 7)).collect();
        let hash = std::array::from_fn(|i| u8::try_from(8 * i + 7).unwrap());
        assert_eq!(from_hexadecimal(&text), Some(hash));
        for wrong in [&text[1..], &text.to_uppercase(), &text.replace("07", "+7"), ""] {
            assert_eq!(from_hexadecimal(wrong), None, "{wrong}");
        }
    }
}
