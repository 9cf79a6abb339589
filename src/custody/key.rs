//! A public key: minisign's file in, the Ed25519 key with its number out; and the same key as fingerprint and as PEM, for
//! other programs. Deliberately not here: secret keys.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::VerifyingKey;
use vsa_base::digest;

/// Both lines of minisign's files begin so.
pub(super) const COMMENT: &str = "untrusted comment: ";
/// Before the time at which a key of this program was made, in the first line of its file.
const MADE: &str = ", made ";

/// Number of a key: tells which one to use, proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyNumber(pub(super) [u8; 8]);

impl std::fmt::Display for KeyNumber {
    /// As minisign prints it.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:016X}", u64::from_le_bytes(self.0))
    }
}

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    pub(super) number: KeyNumber,
    pub(super) key: VerifyingKey,
    /// When it was made, where its file says so.
    pub(super) made: Option<String>,
}

/// Why a text is no key or signature of minisign's format.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// Lines are missing or too many, or begin otherwise.
    #[error("not {what} of minisign's format: {problem}")]
    Lines {
        /// What was expected.
        what: &'static str,
        /// What is wrong.
        problem: &'static str,
    },
    /// The base64 holds something else.
    #[error("not {what} of minisign's format: its base64 is damaged or has another length")]
    Content {
        /// What was expected.
        what: &'static str,
    },
    /// An algorithm that is not Ed25519.
    #[error("{what} is for another algorithm than Ed25519")]
    Algorithm {
        /// What was expected.
        what: &'static str,
    },
    /// The 32 bytes are no point that a key may be.
    #[error("the public key is no valid Ed25519 key")]
    Point,
}

/// The content of one base64 line of exactly `N` bytes.
pub(super) fn content<const N: usize>(what: &'static str, line: &str) -> Result<[u8; N], FormatError> {
    let bytes = BASE64
        .decode(line)
        .map_err(|_damaged| FormatError::Content { what })?;
    bytes.try_into().map_err(|_length| FormatError::Content { what })
}

impl PublicKey {
    const WHAT: &'static str = "a public key";

    /// From the text of a `.pub` file, or from its second line alone.
    ///
    /// # Errors
    /// [`FormatError`].
    pub fn parse(text: &str) -> Result<Self, FormatError> {
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let (comment, line) = match lines.as_slice() {
            [line] => ("", *line),
            [comment, line] if comment.starts_with(COMMENT) => (*comment, *line),
            _ => {
                return Err(FormatError::Lines {
                    what: Self::WHAT,
                    problem: "it must be two lines, the first a comment, or the second one alone",
                });
            }
        };
        let bytes: [u8; 42] = content(Self::WHAT, line)?;
        if bytes[..2] != *b"Ed" {
            return Err(FormatError::Algorithm { what: Self::WHAT });
        }
        let mut key = [0; 32];
        key.copy_from_slice(&bytes[10..]);
        let mut number = [0; 8];
        number.copy_from_slice(&bytes[2..10]);
        let key = VerifyingKey::from_bytes(&key).map_err(|_no_point| FormatError::Point)?;
        if key.is_weak() {
            return Err(FormatError::Point);
        }
        Ok(Self {
            number: KeyNumber(number),
            key,
            made: comment.rsplit_once(MADE).map(|(_, made)| made.to_owned()),
        })
    }

    /// The text of its file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let made = self
            .made
            .as_ref()
            .map_or_else(String::new, |made| format!("{MADE}{made}"));
        format!(
            "{COMMENT}minisign public key {}{made}\n{}\n",
            self.number,
            self.line()
        )
    }

    /// The second line of its file, as `minisign -P` takes it.
    #[must_use]
    pub fn line(&self) -> String {
        let mut bytes = b"Ed".to_vec();
        bytes.extend(self.number.0);
        bytes.extend(self.key.as_bytes());
        BASE64.encode(bytes)
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> KeyNumber {
        self.number
    }

    /// When it was made, where its file says so.
    #[must_use]
    pub fn made(&self) -> Option<&str> {
        self.made.as_deref()
    }

    /// SHA-256 of the 32 bytes of the key: what is compared by telephone or printed on paper.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        digest::of_bytes(self.key.as_bytes())
    }

    /// As `SubjectPublicKeyInfo` (RFC 8410) in PEM, as openssl reads it.
    #[must_use]
    pub fn to_pem(&self) -> String {
        // SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING of 32 bytes }
        let mut der = vec![
            0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
        ];
        der.extend(self.key.as_bytes());
        format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
            BASE64.encode(der)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key with which minisign's own releases are signed, as its page prints it.
    const MINISIGN: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

    #[test]
    fn the_key_of_minisigns_author_reads_back() {
        let key = PublicKey::parse(MINISIGN).unwrap();
        assert_eq!(key.number().to_string(), "E7620F1842B4E81F");
        assert_eq!(key.line(), MINISIGN);
        let back = PublicKey::parse(&key.to_text()).unwrap();
        assert_eq!(back, key);
        let mut made = key;
        made.made = Some("2026-01-01T00:00:00Z".to_owned());
        assert_eq!(PublicKey::parse(&made.to_text()).unwrap(), made);
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let zero = BASE64.encode([b"Ed".as_slice(), &[0; 40]].concat());
        let other = BASE64.encode([b"XX".as_slice(), &[0; 40]].concat());
        for text in ["", "a\nb\nc\n", "nothing", &MINISIGN[..40], &zero, &other] {
            assert!(PublicKey::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_first_line_has_to_be_a_comment_and_may_say_when_the_key_was_made() {
        let with = |first: &str| PublicKey::parse(&format!("{first}\n{MINISIGN}\n"));
        assert!(matches!(with("comment: x"), Err(FormatError::Lines { .. })));
        assert_eq!(with("untrusted comment: x").unwrap().made(), None);
        let made = with("untrusted comment: x, made 2026-01-01T00:00:00Z").unwrap();
        assert_eq!(made.made(), Some("2026-01-01T00:00:00Z"));
    }

    #[test]
    fn the_key_of_minisigns_author_is_what_other_programs_say() {
        let key = PublicKey::parse(MINISIGN).unwrap();
        // base64 -d | tail -c 32 | sha256sum
        assert_eq!(
            key.fingerprint(),
            "faa209af5a6d12495a2e5c690ee94e435084619cc647d0a0a7d82aaeb9a60be6"
        );
        // As the Python package `cryptography` writes the same 32 bytes.
        assert_eq!(
            key.to_pem(),
            "-----BEGIN PUBLIC KEY-----\n\
             MCowBQYDK2VwAyEAeaVh5w7gjNPnVMY+m9a5w1IKHUIEzRBNoufvdjsYU7c=\n\
             -----END PUBLIC KEY-----\n"
        );
    }
}
