//! minisign's detached signature: its text in, its parts out, and back. The signature is over the BLAKE2b-512 digest of
//! the file (minisign's default), and a second one over the first and the trusted comment.
//! Deliberately not here: whose key may sign (see `verify`), and secret keys.

use super::key::{COMMENT, FormatError, KeyNumber, PublicKey, content};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use blake2::{Blake2b512, Digest};
use ed25519_dalek::{Signature, Signer, SigningKey};

const TRUSTED: &str = "trusted comment: ";
const WHAT: &str = "a signature";

/// A signature, as its file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detached {
    /// Whose key.
    pub number: KeyNumber,
    signature: [u8; 64],
    /// What the signer says about it; signed too.
    pub comment: String,
    comment_signature: [u8; 64],
}

/// Why a signature does not hold.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// Another key's.
    #[error("it was made with the key {signed}, not with {given}")]
    OtherKey {
        /// Number of the key that signed.
        signed: String,
        /// Number of the key given.
        given: String,
    },
    /// The file was changed, or the key is another of the same number.
    #[error("it does not belong to these bytes and this key")]
    Wrong,
    /// The comment was changed.
    #[error("its trusted comment was changed")]
    Comment,
}

impl Detached {
    /// Signs `bytes`.
    pub(super) fn make(key: &SigningKey, number: KeyNumber, bytes: &[u8], comment: &str) -> Self {
        let signature = key.sign(&Blake2b512::digest(bytes)).to_bytes();
        let both = [&signature, comment.as_bytes()].concat();
        Self {
            number,
            signature,
            comment: comment.to_owned(),
            comment_signature: key.sign(&both).to_bytes(),
        }
    }

    /// From the text of a `.minisig` file.
    ///
    /// # Errors
    /// [`FormatError`]. Signatures of minisign's old kind (not over a digest) are refused.
    pub fn parse(text: &str) -> Result<Self, FormatError> {
        let lines: Vec<&str> = text.lines().collect();
        let problem = |problem| FormatError::Lines { what: WHAT, problem };
        let [first, signed, trusted, last] = lines.as_slice() else {
            return Err(problem("it must be four lines"));
        };
        if !first.starts_with(COMMENT) {
            return Err(problem("its first line is no comment"));
        }
        let comment = trusted
            .strip_prefix(TRUSTED)
            .ok_or(problem("its third line is no trusted comment"))?;
        let bytes: [u8; 74] = content(WHAT, signed)?;
        if bytes[..2] != *b"ED" {
            return Err(FormatError::Algorithm { what: WHAT });
        }
        let mut number = [0; 8];
        number.copy_from_slice(&bytes[2..10]);
        let mut signature = [0; 64];
        signature.copy_from_slice(&bytes[10..]);
        Ok(Self {
            number: KeyNumber(number),
            signature,
            comment: comment.to_owned(),
            comment_signature: content(WHAT, last)?,
        })
    }

    /// The text of its file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut bytes = b"ED".to_vec();
        bytes.extend(self.number.0);
        bytes.extend(self.signature);
        format!(
            "{COMMENT}signature of the key {}\n{}\n{TRUSTED}{}\n{}\n",
            self.number,
            BASE64.encode(bytes),
            self.comment,
            BASE64.encode(self.comment_signature)
        )
    }

    /// Whether `key` signed `bytes` and the comment.
    ///
    /// # Errors
    /// [`SignatureError`].
    pub fn check(&self, key: &PublicKey, bytes: &[u8]) -> Result<(), SignatureError> {
        if self.number != key.number {
            return Err(SignatureError::OtherKey {
                signed: self.number.to_string(),
                given: key.number.to_string(),
            });
        }
        let holds = |message: &[u8], signature: &[u8; 64]| {
            key.key
                .verify_strict(message, &Signature::from_bytes(signature))
                .is_ok()
        };
        if !holds(&Blake2b512::digest(bytes), &self.signature) {
            return Err(SignatureError::Wrong);
        }
        let both = [&self.signature, self.comment.as_bytes()].concat();
        if !holds(&both, &self.comment_signature) {
            return Err(SignatureError::Comment);
        }
        Ok(())
    }
}
