//! A secret key in minisign's format: made from random bytes, or read from its file with its passphrase. Out: the file's
//! text, and signatures. What is secret is wiped from memory when it is dropped.
//!
//! Layout (minisign, `src/minisign.h`): `Ed`, `Sc`, `B2`, salt, two limits for scrypt, then the key's number, the
//! 64 bytes of the key and their BLAKE2b-256 digest, hidden by as many bytes that scrypt makes from the passphrase.

use super::envelope::{Envelope, EnvelopeError, Statement};
use super::key::{COMMENT, FormatError, KeyNumber, PublicKey, content};
use super::signature::Detached;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use blake2::{Blake2b, Digest, digest::consts::U32};
use ed25519_dalek::SigningKey;
use zeroize::{Zeroize, Zeroizing};

const WHAT: &str = "a secret key";
/// Length of the hidden part: number, key, digest.
const HIDDEN: usize = 8 + 64 + 32;
/// scrypt with N = 2^17, r = 8, p = 1 (OWASP Password Storage Cheat Sheet), in libsodium's terms: 128 MiB, and four
/// operations for each of N r. minisign reads any limits.
const MEMORY: u64 = 128 << 20;
const OPERATIONS: u64 = 4 << 20;
/// minisign's own keys take 1 GiB; a file that asks for more was made to exhaust us.
const MOST_MEMORY: u64 = 1 << 30;
/// Nor do they take more operations: some seconds.
const MOST_OPERATIONS: u64 = 32 << 20;

/// A secret key.
pub struct SecretKey {
    number: KeyNumber,
    key: SigningKey,
}

impl std::fmt::Debug for SecretKey {
    /// Its number alone.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "SecretKey({})", self.number)
    }
}

/// Why a secret key cannot be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SecretKeyError {
    /// No such file.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// The digest inside does not fit.
    #[error("the passphrase is wrong, or the key file is damaged")]
    Passphrase,
    /// Its key derivation is another one, or asks for too much memory.
    #[error("the key file asks for a key derivation that this program does not do: {problem}")]
    Derivation {
        /// Why.
        problem: String,
    },
}

impl SecretKey {
    /// From 40 random bytes: number and seed.
    #[must_use]
    pub fn from_random(mut random: [u8; 40]) -> Self {
        let mut number = [0; 8];
        number.copy_from_slice(&random[..8]);
        let mut seed = Zeroizing::new([0; 32]);
        seed.copy_from_slice(&random[8..]);
        random.zeroize();
        Self {
            number: KeyNumber(number),
            key: SigningKey::from_bytes(&seed),
        }
    }

    /// The public half, made at `made`.
    #[must_use]
    pub fn public(&self, made: Option<String>) -> PublicKey {
        PublicKey {
            number: self.number,
            key: self.key.verifying_key(),
            made,
        }
    }

    /// A minisign signature of `bytes`.
    #[must_use]
    pub fn sign(&self, bytes: &[u8], comment: &str) -> Detached {
        Detached::make(&self.key, self.number, bytes, comment)
    }

    /// A DSSE envelope around `statement`.
    ///
    /// # Errors
    /// Never, for a statement of this program.
    pub fn envelop(&self, statement: &Statement) -> Result<Envelope, EnvelopeError> {
        Envelope::make(&self.key, self.number, statement)
    }

    /// The text of its file, hidden by `passphrase` with 32 random bytes of `salt`.
    ///
    /// # Errors
    /// [`SecretKeyError::Derivation`], where the memory cannot be had.
    pub fn to_text(&self, passphrase: &str, salt: &[u8; 32]) -> Result<Zeroizing<String>, SecretKeyError> {
        let mut hidden = self.plain();
        hide(&mut hidden, passphrase, salt, OPERATIONS, MEMORY)?;
        let mut bytes = b"EdScB2".to_vec();
        bytes.extend(salt);
        bytes.extend(OPERATIONS.to_le_bytes());
        bytes.extend(MEMORY.to_le_bytes());
        bytes.extend(hidden.as_slice());
        Ok(Zeroizing::new(format!(
            "{COMMENT}minisign encrypted secret key {}\n{}\n",
            self.number,
            BASE64.encode(bytes)
        )))
    }

    /// Number, seed, public half and their digest.
    fn plain(&self) -> Zeroizing<[u8; HIDDEN]> {
        let mut plain = Zeroizing::new([0; HIDDEN]);
        plain[..8].copy_from_slice(&self.number.0);
        plain[8..40].copy_from_slice(self.key.as_bytes());
        plain[40..72].copy_from_slice(self.key.verifying_key().as_bytes());
        let digest = digest_of(&plain[..72]);
        plain[72..].copy_from_slice(&digest);
        plain
    }

    /// From the text of its file. `passphrase` is asked only if the file is protected by one.
    ///
    /// # Errors
    /// [`SecretKeyError`], or what `passphrase` fails with.
    pub fn parse<E: From<SecretKeyError>>(
        text: &str,
        passphrase: impl FnOnce() -> Result<Zeroizing<String>, E>,
    ) -> Result<Self, E> {
        let (bytes, protected) = layout(text)?;
        let mut hidden = Zeroizing::new([0; HIDDEN]);
        hidden.copy_from_slice(&bytes[54..]);
        if protected {
            let limit = |at: usize| {
                let mut eight = [0; 8];
                eight.copy_from_slice(&bytes[at..at + 8]);
                u64::from_le_bytes(eight)
            };
            hide(&mut hidden, &passphrase()?, &bytes[6..38], limit(38), limit(46))?;
        }
        // minisign leaves the digest of a key without passphrase empty; its public half is still held to it below.
        let has_none = !protected && hidden[72..] == [0; 32];
        if !has_none && digest_of(&hidden[..72]) != hidden[72..] {
            return Err(SecretKeyError::Passphrase.into());
        }
        let mut random = [0; 40];
        random.copy_from_slice(&hidden[..40]);
        let key = Self::from_random(random);
        random.zeroize();
        if key.key.verifying_key().as_bytes() != &hidden[40..72] {
            return Err(SecretKeyError::Passphrase.into());
        }
        Ok(key)
    }
}

/// The bytes of a key file, and whether a passphrase hides the key.
fn layout(text: &str) -> Result<(Zeroizing<[u8; 158]>, bool), SecretKeyError> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let [comment, line] = lines.as_slice() else {
        return Err(two_lines());
    };
    if !comment.starts_with(COMMENT) {
        return Err(two_lines());
    }
    let bytes = Zeroizing::new(content::<158>(WHAT, line)?);
    if bytes[..2] != *b"Ed" || bytes[4..6] != *b"B2" {
        return Err(FormatError::Algorithm { what: WHAT }.into());
    }
    match &bytes[2..4] {
        b"Sc" => Ok((bytes, true)),
        [0, 0] => Ok((bytes, false)),
        other => Err(SecretKeyError::Derivation {
            problem: format!("its name is {other:?}"),
        }),
    }
}

fn two_lines() -> SecretKeyError {
    FormatError::Lines {
        what: WHAT,
        problem: "it must be two lines, the first a comment",
    }
    .into()
}

fn digest_of(plain: &[u8]) -> [u8; 32] {
    Blake2b::<U32>::new()
        .chain_update(b"Ed")
        .chain_update(plain)
        .finalize()
        .into()
}

/// Hides what is plain, and shows what is hidden.
fn hide(
    bytes: &mut [u8; HIDDEN],
    passphrase: &str,
    salt: &[u8],
    operations: u64,
    memory: u64,
) -> Result<(), SecretKeyError> {
    let derivation = |problem: String| SecretKeyError::Derivation { problem };
    if memory > MOST_MEMORY {
        return Err(derivation(format!("it asks for {memory} bytes of memory")));
    }
    // They are what `p` grows with, and with it the memory that is no part of the limit above.
    if operations > MOST_OPERATIONS {
        return Err(derivation(format!("it asks for {operations} operations")));
    }
    let (log_n, p) = scrypt_parameters(operations, memory);
    let parameters = scrypt::Params::new(log_n, 8, p)
        .map_err(|error| derivation(format!("log N {log_n}, p {p}: {error}")))?;
    let mut stream = Zeroizing::new([0; HIDDEN]);
    scrypt::scrypt(passphrase.as_bytes(), salt, &parameters, stream.as_mut_slice())
        .map_err(|error| derivation(error.to_string()))?;
    for (byte, mask) in bytes.iter_mut().zip(stream.iter()) {
        *byte ^= mask;
    }
    Ok(())
}

/// libsodium's `pickparams` (crypto_pwhash_scryptsalsa208sha256): limits to log2 N and p, with r = 8.
fn scrypt_parameters(operations: u64, memory: u64) -> (u8, u32) {
    let operations = operations.max(32_768);
    let log = |most: u64| (1..63u8).find(|log| (1u64 << log) > most / 2).unwrap_or(63);
    if operations < memory / 32 {
        (log(operations / 32), 1)
    } else {
        let log_n = log(memory / 1024);
        let most = ((operations / 4) >> log_n).min(0x3fff_ffff);
        (log_n, u32::try_from(most / 8).unwrap_or(u32::MAX).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SecretKey {
        SecretKey::from_random(std::array::from_fn(|i| u8::try_from(i).unwrap()))
    }

    fn read(text: &str, passphrase: &str) -> Result<SecretKey, SecretKeyError> {
        SecretKey::parse(text, || Ok(Zeroizing::new(passphrase.to_owned())))
    }

    /// A file as minisign lays it out, with this base64.
    fn file(line: &str) -> String {
        format!("untrusted comment: minisign encrypted secret key 0706050403020100\n{line}\n")
    }

    /// [`key`] with the passphrase "correct horse" and a salt of nines, and limits of 32,768 operations and 1 MiB: N = 2^10, so
    /// that it costs a test nothing. Put together by Python's `hashlib` (scrypt, BLAKE2b) and `cryptography` (Ed25519).
    const CHEAP: &str = "RWRTY0IyCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkAgAAAAAAAAAAAEAAAAAAAA+h95GUz9HLPnuNTGvZQg4fs\
        ptIrakBB4/uktgIKONoz7RnAtF0ZlphTE7Ll93QcT8hnbdzuSMHkCw398oLXbguE2dO+6IW84NsfUbMdG0VoYW2oe/aTV0ezTYxMWxSAlWg+\
        PzYKoiY=";

    /// [`CHEAP`] with other bytes from a place on.
    fn changed(at: usize, with: &[u8]) -> String {
        let mut bytes = BASE64.decode(CHEAP).unwrap();
        bytes[at..at + with.len()].copy_from_slice(with);
        file(&BASE64.encode(bytes))
    }

    #[test]
    fn a_key_is_written_as_another_program_writes_it_and_tells_nothing_but_its_number() {
        // As `CHEAP`, with this program's own limits: N = 2^17.
        let line = "RWRTY0IyCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkAAEAAAAAAAAAAAAgAAAAAtayU8tHCgEGVFhfQirKwz2tS\
            TVdPLZ9MWC1We/vcIlRUQonnxVQafTvxo20EDC0m4dfLz06hz1Ge7I/8xrnL8+6r2p/LjY80k175ihq3Mvl/g38arDWsKyvshzuEDnBDfYLh\
            bmBd0hg=";
        let text = key().to_text("correct horse", &[9; 32]).unwrap();
        assert_eq!(*text, file(line));
        assert_eq!(format!("{:?}", key()), "SecretKey(0706050403020100)");
    }

    #[test]
    fn a_key_comes_back_with_its_passphrase_and_not_with_another() {
        let back = read(&file(CHEAP), "correct horse").unwrap();
        assert_eq!(back.public(None), key().public(None));
        for (text, passphrase) in [
            (file(CHEAP), "wrong horse"),
            (file(CHEAP), ""),
            // Another salt, and a bit of the number, of the key, of its public half, of the digest.
            (changed(6, &[8]), "correct horse"),
            (changed(54, &[0x02]), "correct horse"),
            (changed(70, &[0]), "correct horse"),
            (changed(100, &[0]), "correct horse"),
            (changed(157, &[0x27]), "correct horse"),
        ] {
            let found = read(&text, passphrase);
            assert!(matches!(found, Err(SecretKeyError::Passphrase)), "{text}");
        }
    }

    #[test]
    fn a_key_that_minisign_made_without_a_passphrase_is_read_and_held_to_its_public_half() {
        // minisign 0.11: `minisign -G -W`, its two files. It leaves the digest empty.
        let line = "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA31ladETU41uiXr4/Kz7BlURSBuCb\
            AfzLIPUfozRSTfV55R4RQxFTGWBV57+Cn4o9o7EYpL/jPa3ea7kmpXJnD/vEjPGga6VxAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
            AAA=";
        let public = "RWTfWVp0RNTjW2BV57+Cn4o9o7EYpL/jPa3ea7kmpXJnD/vEjPGga6Vx";
        let unasked = |bytes: &[u8]| {
            let asked = || -> Result<_, SecretKeyError> { panic!("there is no passphrase") };
            SecretKey::parse(&file(&BASE64.encode(bytes)), asked)
        };
        let sound = BASE64.decode(line).unwrap();
        assert_eq!(unasked(&sound).unwrap().public(None).line(), public);
        let mut with_digest = sound.clone();
        let digest = digest_of(&sound[54..126]);
        with_digest[126..].copy_from_slice(&digest);
        assert_eq!(unasked(&with_digest).unwrap().public(None).line(), public);
        // A bit of the seed, of the public half, of a digest that is there.
        for (bytes, at) in [
            (&sound, 62),
            (&sound, 94),
            (&with_digest, 126),
            (&with_digest, 157),
        ] {
            let mut broken = bytes.clone();
            broken[at] ^= 1;
            assert!(
                matches!(unasked(&broken), Err(SecretKeyError::Passphrase)),
                "{at}"
            );
        }
    }

    #[test]
    fn what_is_no_secret_key_is_refused_for_what_it_is() {
        let format = |text: &str| match read(text, "correct horse") {
            Err(SecretKeyError::Format(error)) => error.to_string(),
            other => panic!("{text}: {other:?}"),
        };
        let algorithm = "a secret key is for another algorithm than Ed25519";
        let lines = "not a secret key of minisign's format: it must be two lines, the first a comment";
        let content = "not a secret key of minisign's format: its base64 is damaged or has another length";
        for (text, expected) in [
            (CHEAP.to_owned(), lines),
            (format!("comment: x\n{CHEAP}\n"), lines),
            (file(CHEAP) + CHEAP, lines),
            (file(&CHEAP[4..]), content),
            (file("!"), content),
            // The names of the signature and of the digest, each wrong by itself.
            (changed(0, b"ED"), algorithm),
            (changed(4, b"B3"), algorithm),
        ] {
            assert_eq!(format(&text), expected, "{text}");
        }
        let found = read(&changed(2, b"Sd"), "correct horse").unwrap_err().to_string();
        assert!(found.ends_with("its name is [83, 100]"), "{found}");
    }

    #[test]
    fn the_limits_of_libsodium_give_its_parameters() {
        // crypto_pwhash_scryptsalsa208sha256 of libsodium 1.0.18 makes with these limits what Python's `hashlib.scrypt` makes with
        // log2 N and p. The first two are its own, SENSITIVE and INTERACTIVE; then operations that are fewer than the memory
        // could take, and fewer than the least; more, so that p grows; and limits that are no powers of two.
        for (operations, memory, expected) in [
            (33_554_432, 1_073_741_824, (20, 1)),
            (524_288, 16_777_216, (14, 1)),
            (32_768, 1_073_741_824, (10, 1)),
            (0, 1_073_741_824, (10, 1)),
            (16_777_216, 1_048_576, (10, 512)),
            (1_000_000, 50_000_000, (14, 1)),
            (3_000_000, 50_000_000, (15, 2)),
            (OPERATIONS, MEMORY, (17, 1)),
        ] {
            assert_eq!(
                scrypt_parameters(operations, memory),
                expected,
                "{operations} {memory}"
            );
        }
    }

    #[test]
    fn a_key_file_that_would_exhaust_the_machine_is_refused() {
        // As much as minisign's own keys, though of so few operations that next to none of it is used.
        let most = changed(46, &(1u64 << 30).to_le_bytes());
        assert_eq!(
            read(&most, "correct horse").unwrap().public(None),
            key().public(None)
        );
        let greedy = changed(46, &((1u64 << 30) + 1).to_le_bytes());
        let found = read(&greedy, "correct horse").unwrap_err().to_string();
        assert!(
            found.ends_with("it asks for 1073741825 bytes of memory"),
            "{found}"
        );
        // Many passes over little memory: scrypt would make 137 GB of its own for the last of them.
        let most = changed(38, &MOST_OPERATIONS.to_le_bytes());
        assert!(matches!(
            read(&most, "correct horse"),
            Err(SecretKeyError::Passphrase)
        ));
        for operations in [MOST_OPERATIONS + 1, 1 << 40, u64::MAX] {
            let long = changed(38, &operations.to_le_bytes());
            let found = read(&long, "correct horse").unwrap_err().to_string();
            let expected = format!("it asks for {operations} operations");
            assert!(found.ends_with(&expected), "{found}");
        }
    }

    #[test]
    fn signatures_hold_for_their_bytes_and_key_alone() {
        let signature = key().sign(b"manifest", "said");
        let back = Detached::parse(&signature.to_text()).unwrap();
        assert_eq!(back, signature);
        let public = key().public(None);
        back.check(&public, b"manifest").unwrap();
        assert!(back.check(&public, b"Manifest").is_err());
        let mut said = back.clone();
        said.comment = "Said".to_owned();
        assert!(said.check(&public, b"manifest").is_err());
        let other = SecretKey::from_random([7; 40]).public(None);
        assert!(back.check(&other, b"manifest").is_err());
    }
}
