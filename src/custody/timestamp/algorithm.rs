//! A public key, a message and a signature in, whether it holds out: RSA (PKCS #1 v1.5), ECDSA on P-256 and P-384, Ed25519,
//! with SHA-256, SHA-384 or SHA-512. Only public values are handled, so nothing here has to run in constant time.

use super::TimestampError;
use super::der::{BIT_STRING, INTEGER, OID, Reader, SEQUENCE, Value, dotted};
use num_bigint::BigUint;
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use sha2::{Digest, Sha256, Sha384, Sha512};

pub(super) const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
const SHA384: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02];
const SHA512: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03];
/// `rsaEncryption`, and the first 8 bytes of `shaNNNWithRSAEncryption`.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const RSA_WITH: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01];
const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
/// The first 7 bytes of `ecdsa-with-SHAnnn`.
const ECDSA_WITH: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// By the content of its identifier.
    pub(super) fn of(what: &'static str, oid: &[u8]) -> Result<Self, TimestampError> {
        if oid == SHA256 {
            Ok(Self::Sha256)
        } else if oid == SHA384 {
            Ok(Self::Sha384)
        } else if oid == SHA512 {
            Ok(Self::Sha512)
        } else {
            Err(unsupported(what, oid))
        }
    }

    pub(super) fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }

    /// `DigestInfo` before the digest (RFC 8017, section 9.2, note 1).
    fn digest_info(self) -> [u8; 19] {
        let (last, length) = match self {
            Self::Sha256 => (1, 32),
            Self::Sha384 => (2, 48),
            Self::Sha512 => (3, 64),
        };
        let mut info = [
            0x30, 0, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last, 0x05,
            0x00, 0x04, length,
        ];
        info[1] = 17 + length;
        info
    }
}

fn unsupported(what: &'static str, oid: &[u8]) -> TimestampError {
    TimestampError::Unsupported {
        what,
        oid: dotted(oid),
    }
}

/// The identifier of an `AlgorithmIdentifier`.
pub(super) fn identifier<'a>(what: &'static str, algorithm: Value<'a>) -> Result<&'a [u8], TimestampError> {
    Ok(Reader::new(algorithm.content, what).expect(OID)?.content)
}

/// Whether `signature` over `message` holds. `key` is a `SubjectPublicKeyInfo`, `algorithm` the identifier of the
/// signature's algorithm; `hash` counts where that names none.
pub(super) fn holds(
    what: &'static str,
    key: Value<'_>,
    algorithm: &[u8],
    hash: Option<Hash>,
    message: &[u8],
    signature: &[u8],
) -> Result<bool, TimestampError> {
    let mut info = Reader::new(key.content, what);
    let mut key_algorithm = info.enter(SEQUENCE)?;
    let kind = key_algorithm.expect(OID)?.content;
    let bits = info.expect(BIT_STRING)?.content;
    let Some((0, point)) = bits.split_first().map(|(unused, point)| (*unused, point)) else {
        return Err(unsupported(what, kind));
    };
    let named = match algorithm.split_last() {
        Some((11, RSA_WITH)) | Some((2, ECDSA_WITH)) => Some(Hash::Sha256),
        Some((12, RSA_WITH)) | Some((3, ECDSA_WITH)) => Some(Hash::Sha384),
        Some((13, RSA_WITH)) | Some((4, ECDSA_WITH)) => Some(Hash::Sha512),
        _ if algorithm == RSA => hash,
        _ if algorithm == ED25519 && kind == ED25519 => {
            let (Ok(key), Ok(signature)) = (
                ed25519_dalek::VerifyingKey::try_from(point),
                ed25519_dalek::Signature::from_slice(signature),
            ) else {
                return Ok(false);
            };
            return Ok(key.verify_strict(message, &signature).is_ok());
        }
        _ => None,
    };
    let hash = named.ok_or_else(|| unsupported(what, algorithm))?;
    if kind == RSA && algorithm.starts_with(RSA_WITH) {
        return rsa(what, point, hash, message, signature);
    }
    if kind == EC && algorithm.starts_with(ECDSA_WITH) {
        let curve = key_algorithm.expect(OID)?.content;
        let digest = hash.digest(message);
        if curve == P256 {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point);
            let signature = p256::ecdsa::Signature::from_der(signature);
            return Ok(
                matches!((key, signature), (Ok(key), Ok(signature)) if key.verify_prehash(&digest, &signature).is_ok()),
            );
        }
        if curve == P384 {
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(point);
            let signature = p384::ecdsa::Signature::from_der(signature);
            return Ok(
                matches!((key, signature), (Ok(key), Ok(signature)) if key.verify_prehash(&digest, &signature).is_ok()),
            );
        }
        return Err(unsupported(what, curve));
    }
    Err(unsupported(what, kind))
}

/// RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2.2): the whole encoded message is built and compared, nothing is parsed.
fn rsa(
    what: &'static str,
    key: &[u8],
    hash: Hash,
    message: &[u8],
    signature: &[u8],
) -> Result<bool, TimestampError> {
    let mut numbers = Reader::new(key, what).enter(SEQUENCE)?;
    let modulus = BigUint::from_bytes_be(numbers.expect(INTEGER)?.content);
    let exponent = BigUint::from_bytes_be(numbers.expect(INTEGER)?.content);
    let (bits, power) = (modulus.bits(), exponent.bits());
    // Shorter keys can be broken; longer ones, and large powers, only cost time.
    if !(2048..=16_384).contains(&bits) || !(2..=64).contains(&power) || !exponent.bit(0) {
        return Err(TimestampError::NotProven(format!(
            "{what}: an RSA key of {bits} bits with an exponent of {power} bits is not accepted"
        )));
    }
    let length = usize::try_from(bits.div_ceil(8)).expect("at most 2048 bytes");
    let number = BigUint::from_bytes_be(signature);
    if signature.len() != length || number >= modulus {
        return Ok(false);
    }
    let opened = number.modpow(&exponent, &modulus).to_bytes_be();
    let tail = [hash.digest_info().as_slice(), &hash.digest(message)].concat();
    let mut expected = vec![1];
    expected.resize(length - 2 - tail.len(), 0xff);
    expected.push(0);
    expected.extend(tail);
    Ok(opened == expected)
}
