//! An in-toto Statement (v1) in a DSSE envelope: what was sealed, in the form that other tools of software supply chains
//! read. In: digests and a key, or the bytes of an envelope. Out: its bytes, or the statement that a key signed.
//!
//! Formats: in-toto attestation framework, Statement v1; DSSE 1.0 (`PAE`, the bytes that are signed).

use super::key::{KeyNumber, PublicKey};
use super::manifest::Manifest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer, SigningKey};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_base::digest;
use vsa_record::facts::ToolFacts;
use vsa_record::json::{JsonError, to_bytes, to_line};

/// The file that holds it.
pub use vsa_base::sealed::ENVELOPE_FILE as FILE;

/// What the payload is.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
/// The kind of statement.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
/// What the predicate says.
pub const PREDICATE_TYPE: &str = "urn:vsa-audit:sealed-bundle:1";

/// What is stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Always [`STATEMENT_TYPE`].
    #[serde(rename = "_type")]
    pub kind: String,
    /// The manifest, then every output.
    pub subject: Vec<Subject>,
    /// Always [`PREDICATE_TYPE`].
    #[serde(rename = "predicateType")]
    pub predicate_type: String,
    /// About them.
    pub predicate: Predicate,
}

vsa_record::passport!(Statement);

/// A file that the statement is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// Its digest.
    pub digest: SubjectDigest,
}

/// Digest of a [`Subject`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubjectDigest {
    /// Lower-case hexadecimal.
    pub sha256: String,
}

/// How and when the bundle was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Predicate {
    /// Root over the manifest's entries.
    pub merkle_root: String,
    /// How many entries there are.
    pub tree_size: u64,
    /// When it was sealed (RFC 3339, UTC), by the clock of the machine.
    pub sealed_at: String,
    /// The program that sealed.
    pub tool: ToolFacts,
}

impl Statement {
    /// About a manifest, its bytes and its outputs.
    #[must_use]
    pub fn of(manifest: &Manifest, bytes: &[u8], sealed_at: &str) -> Self {
        let subject = |name: &str, sha256: String| Subject {
            name: name.to_owned(),
            digest: SubjectDigest { sha256 },
        };
        let mut subjects = vec![subject(super::manifest::FILE, digest::of_bytes(bytes))];
        subjects.extend(
            manifest
                .outputs()
                .map(|entry| subject(&entry.name, entry.sha256.clone())),
        );
        Self {
            kind: STATEMENT_TYPE.to_owned(),
            subject: subjects,
            predicate_type: PREDICATE_TYPE.to_owned(),
            predicate: Predicate {
                merkle_root: manifest.merkle_root.clone(),
                tree_size: manifest.entries.len() as u64,
                sealed_at: sealed_at.to_owned(),
                tool: ToolFacts::this(),
            },
        }
    }
}

/// A signed payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// Base64 of the statement.
    pub payload: String,
    /// Always [`PAYLOAD_TYPE`].
    #[serde(rename = "payloadType")]
    pub payload_type: String,
    /// Exactly one.
    pub signatures: Vec<EnvelopeSignature>,
}

vsa_record::passport!(Envelope);

/// A signature of an [`Envelope`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnvelopeSignature {
    /// Number of the key, as minisign prints it.
    pub keyid: String,
    /// Base64 of the 64 bytes.
    pub sig: String,
}

/// Why an envelope does not hold.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// Not such JSON; doubled keys are refused too.
    #[error("not an envelope or statement of this format: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Sound, but not byte for byte what this program writes.
    #[error("not in canonical form: it was changed or reformatted after it was written")]
    NotCanonical,
    /// Something in it has not the one value that it may have.
    #[error("{field} is not as it has to be: {found:?}")]
    Field {
        /// Which.
        field: &'static str,
        /// What it is.
        found: String,
    },
    /// The signature does not hold.
    #[error("its signature does not belong to this payload and this key")]
    Signature,
    /// It could not be written. Ours.
    #[error(transparent)]
    Json(#[from] JsonError),
}

/// DSSE's pre-authentication encoding: the bytes that are signed.
#[must_use]
pub fn pae(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

impl Envelope {
    pub(super) fn make(
        key: &SigningKey,
        number: KeyNumber,
        statement: &Statement,
    ) -> Result<Self, EnvelopeError> {
        let payload = to_line(statement)?;
        let signature = key.sign(&pae(PAYLOAD_TYPE, payload.as_bytes()));
        Ok(Self {
            payload: BASE64.encode(payload),
            payload_type: PAYLOAD_TYPE.to_owned(),
            signatures: vec![EnvelopeSignature {
                keyid: number.to_string(),
                sig: BASE64.encode(signature.to_bytes()),
            }],
        })
    }

    /// Canonical JSON.
    ///
    /// # Errors
    /// Never, for an envelope.
    pub fn to_bytes(&self) -> Result<Vec<u8>, JsonError> {
        to_bytes(self)
    }
}

/// The statement in an envelope that `key` signed. Nothing of the payload is read before its signature holds.
///
/// # Errors
/// [`EnvelopeError`].
pub fn open(bytes: &[u8], key: &PublicKey) -> Result<Statement, EnvelopeError> {
    let envelope: Envelope = serde_json::from_slice(bytes)?;
    if envelope.to_bytes()? != bytes {
        return Err(EnvelopeError::NotCanonical);
    }
    let field = |field, found: &str| {
        Err(EnvelopeError::Field {
            field,
            found: found.to_owned(),
        })
    };
    if envelope.payload_type != PAYLOAD_TYPE {
        return field("payloadType", &envelope.payload_type);
    }
    let [signature] = envelope.signatures.as_slice() else {
        return field("the number of signatures", &envelope.signatures.len().to_string());
    };
    if signature.keyid != key.number.to_string() {
        return field("keyid", &signature.keyid);
    }
    let (Ok(payload), Ok(sig)) = (BASE64.decode(&envelope.payload), BASE64.decode(&signature.sig)) else {
        return field("base64", "damaged");
    };
    let signature = Signature::from_slice(&sig).map_err(|_length| EnvelopeError::Signature)?;
    key.key
        .verify_strict(&pae(PAYLOAD_TYPE, &payload), &signature)
        .map_err(|_wrong| EnvelopeError::Signature)?;
    let statement: Statement = serde_json::from_slice(&payload)?;
    if to_line(&statement)?.as_bytes() != payload {
        return Err(EnvelopeError::NotCanonical);
    }
    if statement.kind != STATEMENT_TYPE {
        return field("_type", &statement.kind);
    }
    if statement.predicate_type != PREDICATE_TYPE {
        return field("predicateType", &statement.predicate_type);
    }
    Ok(statement)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Entry;
    use crate::secret_key::SecretKey;

    #[test]
    fn the_bytes_signed_are_those_of_the_dsse_specification() {
        // protocol.md of secure-systems-lab/dsse, test vector.
        assert_eq!(
            pae("http://example.com/HelloWorld", b"hello world"),
            b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
        );
    }

    #[test]
    fn an_envelope_opens_with_its_key_alone() {
        let manifest = Manifest::new(vec![Entry::output("record.json", b"{}")]);
        let statement = Statement::of(&manifest, &manifest.to_bytes().unwrap(), "2026-01-01T00:00:00Z");
        let secret = SecretKey::from_random([3; 40]);
        let bytes = secret.envelop(&statement).unwrap().to_bytes().unwrap();
        assert_eq!(open(&bytes, &secret.public(None)).unwrap(), statement);
        // The same number, another key.
        let mut random = [4; 40];
        random[..8].copy_from_slice(&[3; 8]);
        let other = SecretKey::from_random(random).public(None);
        assert!(matches!(open(&bytes, &other), Err(EnvelopeError::Signature)));
        for at in 0..bytes.len() {
            let mut broken = bytes.clone();
            broken[at] ^= 1;
            assert!(open(&broken, &secret.public(None)).is_err(), "byte {at}");
        }
    }
}
