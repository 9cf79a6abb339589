//! Files in, SHA-256 and size out, read in passing. A folder's digest is that of the sorted list of its files' digests:
//! it says which pictures there were and not what they were called, since names of files may be names of people.

use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Digest and size of what was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::observe) struct Fingerprint {
    /// Lower-case hexadecimal.
    pub(in crate::observe) sha256: String,
    pub(in crate::observe) bytes: u64,
}

/// Of one file.
pub(in crate::observe) fn of_file(path: &Path) -> io::Result<Fingerprint> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut chunk = vec![0u8; 1 << 16];
    let mut bytes = 0u64;
    loop {
        let read = match file.read(&mut chunk) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hasher.update(&chunk[..read]);
        bytes += read as u64;
    }
    Ok(Fingerprint {
        sha256: hex(&hasher.finalize()),
        bytes,
    })
}

/// Of several files: the digest of their digests, sorted, each followed by a line feed.
pub(in crate::observe) fn of_files(mut files: Vec<Fingerprint>) -> Fingerprint {
    files.sort_by(|a, b| a.sha256.cmp(&b.sha256));
    let mut hasher = Sha256::new();
    for file in &files {
        hasher.update(file.sha256.as_bytes());
        hasher.update(b"\n");
    }
    Fingerprint {
        sha256: hex(&hasher.finalize()),
        bytes: files.iter().map(|file| file.bytes).sum(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_a_file_is_the_published_one() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        io::Write::write_all(&mut file, b"abc").unwrap();
        let got = of_file(file.path()).unwrap();
        // FIPS 180-2, appendix B.1.
        assert_eq!(
            got.sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(got.bytes, 3);
    }

    #[test]
    fn a_folder_has_the_same_digest_in_any_order_and_another_with_another_file() {
        let file = |digest: &str| Fingerprint {
            sha256: digest.to_owned(),
            bytes: 2,
        };
        let both = of_files(vec![file("aa"), file("bb")]);
        assert_eq!(both, of_files(vec![file("bb"), file("aa")]));
        assert_eq!(both.bytes, 4);
        assert_ne!(both.sha256, of_files(vec![file("aa"), file("bc")]).sha256);
    }
}
