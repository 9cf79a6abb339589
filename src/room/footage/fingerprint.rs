//! Files in, SHA-256 and size out, read in passing. A folder's digest is that of the sorted list of its files' digests:
//! it says which pictures there were and not what they were called, since names of files may be names of people.

use std::io;
use std::path::Path;
use vsa_base::digest;

/// Digest and size of what was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    /// Lower-case hexadecimal.
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
}

/// Of one file.
pub(crate) fn of_file(path: &Path) -> io::Result<Fingerprint> {
    let (sha256, bytes) = digest::of_file(path)?;
    Ok(Fingerprint { sha256, bytes })
}

/// Of several files: the digest of their digests, sorted, each followed by a line feed.
pub(crate) fn of_files(mut files: Vec<Fingerprint>) -> Fingerprint {
    files.sort_by(|a, b| a.sha256.cmp(&b.sha256));
    let list: String = files.iter().map(|file| format!("{}\n", file.sha256)).collect();
    Fingerprint {
        sha256: digest::of_bytes(list.as_bytes()),
        bytes: files.iter().map(|file| file.bytes).sum(),
    }
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
