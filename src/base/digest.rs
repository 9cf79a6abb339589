//! Bytes, streams and files in, their SHA-256 out as lower-case hexadecimal; of files SHA-384 too, which some publishers state.

use sha2::{Digest, Sha256, Sha384};
use std::fmt::Write as _;
use std::io::{self, Read};
use std::path::Path;

/// Read in pieces of this size: large enough that the system call does not count, small enough for the stack's cache.
const PIECE: usize = 64 * 1024;

/// Digest of bytes in memory.
#[must_use]
pub fn of_bytes(bytes: &[u8]) -> String {
    hexadecimal(&raw(bytes))
}

/// The 32 bytes of a digest.
#[must_use]
pub fn raw(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Whether `text` is a digest as this module writes it: 64 hexadecimal digits, lower-case.
#[must_use]
pub fn is_digest(text: &str) -> bool {
    is_hexadecimal(text, 64)
}

/// Whether `text` is a SHA-384 in the same writing: 96 digits.
#[must_use]
pub fn is_sha384(text: &str) -> bool {
    is_hexadecimal(text, 96)
}

fn is_hexadecimal(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Digest and length of everything that `reader` yields.
///
/// # Errors
/// Whatever reading fails with.
pub fn of_reader(reader: impl Read) -> io::Result<(String, u64)> {
    hashed(Sha256::new(), reader)
}

/// SHA-384 of a file.
///
/// # Errors
/// Whatever opening or reading fails with.
pub fn sha384_of_file(path: &Path) -> io::Result<String> {
    hashed(Sha384::new(), std::fs::File::open(path)?).map(|(digest, _)| digest)
}

fn hashed(mut hasher: impl Digest, mut reader: impl Read) -> io::Result<(String, u64)> {
    let mut piece = vec![0; PIECE];
    let mut length = 0u64;
    loop {
        let read = match reader.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(&piece[..read]);
        length += read as u64;
    }
    Ok((hexadecimal(&hasher.finalize()), length))
}

/// Digest and length of a file.
///
/// # Errors
/// Whatever opening or reading fails with.
pub fn of_file(path: &Path) -> io::Result<(String, u64)> {
    of_reader(std::fs::File::open(path)?)
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a String cannot fail");
            text
        })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test makes its own input")]

    use super::*;

    #[test]
    fn the_digest_of_abc_is_the_one_in_fips_180_4() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(of_bytes(b"abc"), expected);
        assert_eq!(
            of_reader(&b"abc"[..]).expect("memory can be read"),
            (expected.to_owned(), 3)
        );
    }

    #[test]
    fn the_sha_384_of_abc_is_the_one_in_fips_180_4() {
        let expected = "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7";
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("abc");
        std::fs::write(&path, b"abc").expect("a file can be written");
        assert_eq!(sha384_of_file(&path).expect("it can be read"), expected);
        assert!(is_sha384(expected) && !is_digest(expected));
    }

    #[test]
    fn a_reader_of_many_pieces_has_the_digest_of_the_whole() {
        let bytes = vec![7u8; 3 * PIECE + 5];
        let (digest, length) = of_reader(bytes.as_slice()).expect("memory can be read");
        assert_eq!((digest, length), (of_bytes(&bytes), bytes.len() as u64));
    }
}
