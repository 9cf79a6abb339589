//! A folder in, its files in memory out, so that everything after is a function of bytes. Also: which files of a bundle
//! are the seal. Deliberately not here: what the files say.

use super::{envelope, manifest, timestamp};
use std::collections::BTreeMap;
use std::path::Path;

/// minisign's signature of the manifest.
pub use vsa_base::sealed::SIGNATURE_FILE;

/// The files that the manifest cannot list: itself, and what is made over it.
#[must_use]
pub fn seal_files() -> [String; 5] {
    [
        manifest::FILE.to_owned(),
        SIGNATURE_FILE.to_owned(),
        envelope::FILE.to_owned(),
        timestamp::request_file(),
        timestamp::response_file(),
    ]
}

/// Everything that lies in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// Files by name.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Names of what is no plain file: folders, links, devices.
    pub others: Vec<String>,
}

impl Bundle {
    /// Reads a folder. Links are not followed.
    ///
    /// # Errors
    /// As the system says.
    pub fn read(folder: &Path) -> std::io::Result<Self> {
        let mut bundle = Self::default();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // Of the entry itself: a link is a link.
            if entry.file_type()?.is_file() {
                bundle.files.insert(name, std::fs::read(entry.path())?);
            } else {
                bundle.others.push(name);
            }
        }
        bundle.others.sort();
        Ok(bundle)
    }

    /// A file's bytes.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests make their own folders")]

    use super::*;

    #[test]
    fn the_files_of_a_seal_are_these_five() {
        let names = [
            "manifest.json",
            "manifest.json.minisig",
            "manifest.dsse.json",
            "manifest.dsse.json.tsq",
            "manifest.dsse.json.tsr",
        ];
        assert_eq!(seal_files(), names);
    }

    #[test]
    fn a_folder_is_read_with_its_files_and_with_the_names_of_whatever_else_lies_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("record.json"), b"{}\n").unwrap();
        std::fs::write(path(".notes"), b"").unwrap();
        for name in ["stills", "annex"] {
            std::fs::create_dir(path(name)).unwrap();
        }
        // What lies in a folder of a folder is no file of the bundle.
        std::fs::write(path("annex").join("page.pdf"), b"%PDF").unwrap();
        let mut others = vec!["annex", "stills"];
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(path("record.json"), path("report.json")).unwrap();
            others.insert(1, "report.json");
        }
        let bundle = Bundle::read(folder.path()).unwrap();
        let names: Vec<_> = bundle.files.keys().map(String::as_str).collect();
        assert_eq!(names, [".notes", "record.json"]);
        assert_eq!(bundle.others, others);
        assert_eq!(bundle.get("record.json"), Some(&b"{}\n"[..]));
        assert_eq!(bundle.get(".notes"), Some(&b""[..]));
        assert_eq!((bundle.get("report.json"), bundle.get("annex")), (None, None));
        assert!(Bundle::read(&path("elsewhere")).is_err());
    }
}
