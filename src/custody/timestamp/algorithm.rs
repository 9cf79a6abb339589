//! A public key, a message and a signature in, whether it holds out: RSA (PKCS #1 v1.5), ECDSA on P-256 and P-384, Ed25519,
//! with SHA-256, SHA-384 or SHA-512; for stamps and, by way of `rustls-webpki`, for certificates. Only public values are
//! handled, so nothing here has to run in constant time.

use super::TimestampError;
use der::asn1::{AnyRef, OctetStringRef, UintRef};
use der::oid::ObjectIdentifier;
use der::oid::db::rfc5912;
use der::{Decode, Encode, Sequence};
use num_bigint::BigUint;
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rustls_pki_types::alg_id::{
    ECDSA_P256, ECDSA_P384, ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512, ED25519, RSA_ENCRYPTION,
    RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512,
};
use rustls_pki_types::{AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm};
use sha2::{Digest, Sha256, Sha384, Sha512};
use x509_cert::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoOwned};

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// By its identifier.
    pub(super) fn of(what: &'static str, oid: ObjectIdentifier) -> Result<Self, TimestampError> {
        [Self::Sha256, Self::Sha384, Self::Sha512]
            .into_iter()
            .find(|hash| hash.oid() == oid)
            .ok_or_else(|| unsupported(what, oid))
    }

    pub(super) fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Sha256 => rfc5912::ID_SHA_256,
            Self::Sha384 => rfc5912::ID_SHA_384,
            Self::Sha512 => rfc5912::ID_SHA_512,
        }
    }

    pub(super) fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

fn unsupported(what: &'static str, oid: ObjectIdentifier) -> TimestampError {
    TimestampError::Unsupported {
        what,
        oid: oid.to_string(),
    }
}

/// Key, hash function, message and signature in; whether it holds out.
type Holds = fn(&[u8], Hash, &[u8], &[u8]) -> bool;

/// A kind of key, a kind of signature, its hash function, and what checks it.
#[derive(Debug)]
struct Scheme(AlgorithmIdentifier, AlgorithmIdentifier, Hash, Holds);

/// All that are done.
static SCHEMES: [Scheme; 10] = [
    Scheme(RSA_ENCRYPTION, RSA_PKCS1_SHA256, Hash::Sha256, rsa),
    Scheme(RSA_ENCRYPTION, RSA_PKCS1_SHA384, Hash::Sha384, rsa),
    Scheme(RSA_ENCRYPTION, RSA_PKCS1_SHA512, Hash::Sha512, rsa),
    Scheme(ECDSA_P256, ECDSA_SHA256, Hash::Sha256, p256),
    Scheme(ECDSA_P256, ECDSA_SHA384, Hash::Sha384, p256),
    Scheme(ECDSA_P256, ECDSA_SHA512, Hash::Sha512, p256),
    Scheme(ECDSA_P384, ECDSA_SHA256, Hash::Sha256, p384),
    Scheme(ECDSA_P384, ECDSA_SHA384, Hash::Sha384, p384),
    Scheme(ECDSA_P384, ECDSA_SHA512, Hash::Sha512, p384),
    Scheme(ED25519, ED25519, Hash::Sha512, ed25519),
];

/// All that are done, as `rustls-webpki` asks for them.
pub(super) fn schemes() -> Vec<&'static dyn SignatureVerificationAlgorithm> {
    SCHEMES.iter().map(|scheme| scheme as _).collect()
}

impl SignatureVerificationAlgorithm for Scheme {
    fn verify_signature(&self, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let holds = self.3(key, self.2, message, signature);
        holds.then_some(()).ok_or(InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.0
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.1
    }
}

/// Whether `signature` over `message` holds, as CMS names its algorithm: that may say RSA alone, and leave the rest to `hash`.
pub(super) fn holds(
    what: &'static str,
    key: &SubjectPublicKeyInfoOwned,
    algorithm: ObjectIdentifier,
    hash: Hash,
    message: &[u8],
    signature: &[u8],
) -> Result<bool, TimestampError> {
    let written = "what was read can be written";
    let kind = key.algorithm.to_der().expect(written);
    let name = algorithm.to_der().expect(written);
    let Scheme(kind, _, hash, holds) = SCHEMES
        .iter()
        .filter(|scheme| kind.ends_with(scheme.0.as_ref()))
        .find(|Scheme(_, signature, names, _)| {
            signature.as_ref().starts_with(&name) || (algorithm == rfc5912::RSA_ENCRYPTION && *names == hash)
        })
        .ok_or_else(|| unsupported(what, algorithm))?;
    let bits = key.subject_public_key.as_bytes().unwrap_or_default();
    if *kind == RSA_ENCRYPTION && rsa_key(bits).is_none() {
        return Err(TimestampError::NotProven(format!(
            "{what}: its RSA key is not accepted: it is short of 2048 bits, or unusual"
        )));
    }
    Ok(holds(bits, *hash, message, signature))
}

fn p256(key: &[u8], hash: Hash, message: &[u8], signature: &[u8]) -> bool {
    let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(key);
    let signature = p256::ecdsa::Signature::from_der(signature);
    let digest = hash.digest(message);
    matches!((key, signature), (Ok(key), Ok(signature)) if key.verify_prehash(&digest, &signature).is_ok())
}

fn p384(key: &[u8], hash: Hash, message: &[u8], signature: &[u8]) -> bool {
    let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(key);
    let signature = p384::ecdsa::Signature::from_der(signature);
    let digest = hash.digest(message);
    matches!((key, signature), (Ok(key), Ok(signature)) if key.verify_prehash(&digest, &signature).is_ok())
}

fn ed25519(key: &[u8], _part_of_the_scheme: Hash, message: &[u8], signature: &[u8]) -> bool {
    let key = ed25519_dalek::VerifyingKey::try_from(key);
    let signature = ed25519_dalek::Signature::from_slice(signature);
    matches!((key, signature), (Ok(key), Ok(signature)) if key.verify_strict(message, &signature).is_ok())
}

/// `RSAPublicKey` (RFC 8017, appendix A.1.1).
#[derive(Sequence)]
struct RsaKey<'a> {
    modulus: UintRef<'a>,
    exponent: UintRef<'a>,
}

/// `DigestInfo` (RFC 8017, section 9.2).
#[derive(Sequence)]
struct DigestInfo<'a> {
    algorithm: AlgorithmIdentifierRef<'a>,
    digest: &'a OctetStringRef,
}

/// Modulus and exponent, if they are accepted: shorter keys can be broken; longer ones, and large powers, only cost time.
fn rsa_key(key: &[u8]) -> Option<(BigUint, BigUint)> {
    let key = RsaKey::from_der(key).ok()?;
    let modulus = BigUint::from_bytes_be(key.modulus.as_bytes());
    let exponent = BigUint::from_bytes_be(key.exponent.as_bytes());
    let accepted =
        (2048..=16_384).contains(&modulus.bits()) && (2..=64).contains(&exponent.bits()) && exponent.bit(0);
    accepted.then_some((modulus, exponent))
}

/// RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2.2): the whole encoded message is built and compared, nothing is parsed.
fn rsa(key: &[u8], hash: Hash, message: &[u8], signature: &[u8]) -> bool {
    let Some((modulus, exponent)) = rsa_key(key) else {
        return false;
    };
    let number = BigUint::from_bytes_be(signature);
    let length = signature.len();
    if length as u64 != modulus.bits().div_ceil(8) || number >= modulus {
        return false;
    }
    let digest = hash.digest(message);
    let info = DigestInfo {
        algorithm: AlgorithmIdentifierRef {
            oid: hash.oid(),
            parameters: Some(AnyRef::NULL),
        },
        digest: OctetStringRef::new(&digest).expect("a digest is short"),
    };
    let tail = info.to_der().expect("a digest is short");
    let mut expected = vec![1];
    expected.resize(length - 2 - tail.len(), 0xff);
    expected.push(0);
    expected.extend(tail);
    number.modpow(&exponent, &modulus).to_bytes_be() == expected
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(modulus: &BigUint, exponent: &BigUint) -> Vec<u8> {
        let (modulus, exponent) = (modulus.to_bytes_be(), exponent.to_bytes_be());
        let key = RsaKey {
            modulus: UintRef::new(&modulus).unwrap(),
            exponent: UintRef::new(&exponent).unwrap(),
        };
        key.to_der().unwrap()
    }

    fn power_of_two(power: u64) -> BigUint {
        BigUint::from(1u8) << power
    }

    #[test]
    fn rsa_keys_are_accepted_from_2048_bits_to_16384_with_odd_powers() {
        let accepted = |bits: u64, exponent: BigUint| {
            let modulus = power_of_two(bits - 1) + 1u8;
            rsa_key(&encoded(&modulus, &exponent)).is_some()
        };
        for (bits, exponent, expected) in [
            (2047, power_of_two(16) + 1u8, false),
            (2048, power_of_two(16) + 1u8, true),
            (16_384, power_of_two(16) + 1u8, true),
            (16_385, power_of_two(16) + 1u8, false),
            (2048, BigUint::from(1u8), false),
            (2048, BigUint::from(3u8), true),
            (2048, BigUint::from(4u8), false),
            (2048, power_of_two(63) + 1u8, true),
            (2048, power_of_two(64) + 1u8, false),
        ] {
            assert_eq!(accepted(bits, exponent.clone()), expected, "{bits} {exponent}");
        }
    }

    #[test]
    fn an_rsa_signature_holds_in_one_form_alone() {
        // Two primes of Mersenne: a key that is no secret. What is signed is put together by hand.
        let (p, q) = (power_of_two(521) - 1u8, power_of_two(2203) - 1u8);
        let (modulus, exponent) = (&p * &q, power_of_two(16) + 1u8);
        let secret = exponent.modinv(&((&p - 1u8) * (&q - 1u8))).unwrap();
        let key = encoded(&modulus, &exponent);
        let length = usize::try_from(modulus.bits().div_ceil(8)).unwrap();
        let info = b"\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";
        let tail = [&info[..], &Sha256::digest(b"message")].concat();
        let sign = |filling: usize, after: &[u8]| {
            let filling = vec![0xff; filling];
            let padded = [&[0, 1][..], &filling, &[0], &tail, after].concat();
            BigUint::from_bytes_be(&padded).modpow(&secret, &modulus)
        };
        let holds = |signature: &[u8]| rsa(&key, Hash::Sha256, b"message", signature);
        let room = length - 3 - tail.len();
        let sound = sign(room, b"").to_bytes_be();
        assert!(holds(&sound));
        assert!(!rsa(&key, Hash::Sha256, b"another", &sound));
        assert!(!rsa(&key, Hash::Sha384, b"message", &sound));
        assert!(
            !holds(&sign(8, &vec![0; room - 8]).to_bytes_be()),
            "rubbish after the digest"
        );
        assert!(!holds(&sign(room - 1, b"").to_bytes_be()), "less filling");
        assert!(!holds(&[&[0][..], &sound].concat()), "a byte longer");
        assert!(
            !holds(&(sign(room, b"") + &modulus).to_bytes_be()),
            "the same remainder"
        );
        assert!(!holds(b""));
    }

    #[test]
    fn the_second_signature_of_rfc_8032_holds_for_its_key_and_its_byte_alone() {
        // Section 7.1, TEST 2.
        let bytes = |hexadecimal: &str| {
            BigUint::parse_bytes(hexadecimal.as_bytes(), 16)
                .unwrap()
                .to_bytes_be()
        };
        let key = bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        let signature = bytes(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
             085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        );
        let holds =
            |key: &[u8], message: &[u8], signature: &[u8]| ed25519(key, Hash::Sha512, message, signature);
        assert!(holds(&key, b"\x72", &signature));
        assert!(!holds(&key, b"\x73", &signature));
        assert!(!holds(&key, b"", &signature));
        assert!(!holds(&key[1..], b"\x72", &signature));
        assert!(!holds(&key, b"\x72", &signature[1..]));
        for at in 0..signature.len() {
            let mut changed = signature.clone();
            changed[at] ^= 1;
            assert!(!holds(&key, b"\x72", &changed), "byte {at}");
        }
    }
}
