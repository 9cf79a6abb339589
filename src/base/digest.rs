//! SHA-256 of bytes, streams and files, as lower-case hexadecimal.

use sha2::{Digest, Sha256};
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
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Digest and length of everything that `reader` yields.
///
/// # Errors
/// Whatever reading fails with.
pub fn of_reader(mut reader: impl Read) -> io::Result<(String, u64)> {
    let mut hasher = Sha256::new();
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
    fn a_reader_of_many_pieces_has_the_digest_of_the_whole() {
        let bytes = vec![7u8; 3 * PIECE + 5];
        let (digest, length) = of_reader(bytes.as_slice()).expect("memory can be read");
        assert_eq!((digest, length), (of_bytes(&bytes), bytes.len() as u64));
    }
}
