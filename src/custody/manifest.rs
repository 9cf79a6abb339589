//! What a bundle holds: SHA-256 and size of every input, model, engine, decoder, of the program itself and of every output,
//! and the Merkle root over them. In: entries, or the bytes of a `manifest.json`. Out: a [`Manifest`], or its bytes.
//!
//! Leaf of an entry (RFC 6962): four lines, `role`, `name`, `bytes`, `sha256`, each ended by a line feed. Anyone can
//! compute it with `printf` and `sha256sum`. Names hold no control characters, so that a leaf can be read in one way only.

use super::merkle;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_base::digest;
pub use vsa_base::sealed::MANIFEST_FILE as FILE;
use vsa_record::json::{JsonError, to_bytes};

/// The name of this format.
pub const SCHEMA: &str = "vsa-audit/manifest/1";

vsa_record::named! {
    /// What a file was to the run. The order is that of the manifest.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
    pub enum Role {
        /// Footage, by label: not in the bundle.
        Input = "input",
        /// A model's file: not in the bundle.
        Model = "model",
        /// The engine that ran the models; where it is compiled into the program, the digest is the program's.
        Engine = "engine",
        /// The program that decoded videos.
        Decoder = "decoder",
        /// The program itself.
        Tool = "tool",
        /// A file of the bundle.
        Output = "output",
    }
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What it was to the run.
    pub role: Role,
    /// Label, model name, program with version, or name of a file of the bundle.
    pub name: String,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// Size.
    pub bytes: u64,
}

impl Entry {
    /// Of bytes in memory that become a file of the bundle.
    #[must_use]
    pub fn output(name: &str, bytes: &[u8]) -> Self {
        Self {
            role: Role::Output,
            name: name.to_owned(),
            sha256: digest::of_bytes(bytes),
            bytes: bytes.len() as u64,
        }
    }

    /// Its leaf in the tree.
    #[must_use]
    pub fn leaf(&self) -> merkle::Hash {
        let text = format!(
            "{}\n{}\n{}\n{}\n",
            self.role.name(),
            self.name,
            self.bytes,
            self.sha256
        );
        merkle::leaf(text.as_bytes())
    }

    /// `role/name`, as the log calls it.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}/{}", self.role.name(), self.name)
    }
}

/// All of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Sorted by role and name; no two have both in common.
    pub entries: Vec<Entry>,
    /// Merkle tree hash over the entries, in their order (RFC 6962, SHA-256).
    pub merkle_root: String,
}

vsa_record::passport!(Manifest);

impl Manifest {
    /// Over these entries, in whatever order they come.
    #[must_use]
    pub fn new(mut entries: Vec<Entry>) -> Self {
        for entry in &mut entries {
            entry.name = without_control(&entry.name);
        }
        entries.sort();
        let merkle_root = root(&entries);
        Self {
            schema: SCHEMA.to_owned(),
            entries,
            merkle_root,
        }
    }

    /// Canonical JSON.
    ///
    /// # Errors
    /// Never, for a manifest.
    pub fn to_bytes(&self) -> Result<Vec<u8>, JsonError> {
        to_bytes(self)
    }

    /// The files of the bundle.
    pub fn outputs(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.role == Role::Output)
    }

    /// The same with other bytes in the place of an output, or with one more output.
    #[must_use]
    pub fn with_output(&self, output: Entry) -> Self {
        let mut entries: Vec<Entry> = self
            .entries
            .iter()
            .filter(|entry| (entry.role, &entry.name) != (output.role, &output.name))
            .cloned()
            .collect();
        entries.push(output);
        Self::new(entries)
    }
}

/// The root over entries in their order.
#[must_use]
pub fn root(entries: &[Entry]) -> String {
    let leaves: Vec<_> = entries.iter().map(Entry::leaf).collect();
    digest::hexadecimal(&merkle::root(&leaves))
}

/// Why bytes are no manifest.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// Not JSON of this shape; doubled keys are refused too.
    #[error("not a manifest of this format: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Another format, or another version.
    #[error("a manifest of format {found:?}, but this program reads {SCHEMA}")]
    OtherSchema {
        /// As it says.
        found: String,
    },
    /// Sound, but not byte for byte what this program writes.
    #[error("not in canonical form: it was changed or reformatted after it was written")]
    NotCanonical,
    /// An entry that could mislead.
    #[error("entry {address:?}: {problem}")]
    Entry {
        /// Role and name.
        address: String,
        /// What is wrong.
        problem: &'static str,
    },
}

/// A manifest from its bytes, checked for everything that it says about itself but the root.
///
/// # Errors
/// [`ManifestError`].
pub fn read(bytes: &[u8]) -> Result<Manifest, ManifestError> {
    let manifest: Manifest = serde_json::from_slice(bytes)?;
    if manifest.schema != SCHEMA {
        return Err(ManifestError::OtherSchema {
            found: manifest.schema,
        });
    }
    if manifest.to_bytes().map_or(true, |canonical| canonical != bytes) {
        return Err(ManifestError::NotCanonical);
    }
    for (at, entry) in manifest.entries.iter().enumerate() {
        let problem = |problem| {
            Err(ManifestError::Entry {
                address: entry.address(),
                problem,
            })
        };
        if entry.name.is_empty() || entry.name.chars().any(char::is_control) {
            return problem("a name that is empty or holds control characters");
        }
        if entry.role == Role::Output && !is_file_name(&entry.name) {
            return problem(
                "an output's name has to be a plain file name: it must not lead out of the folder",
            );
        }
        if !digest::is_digest(&entry.sha256) {
            return problem("its sha256 is not 64 lower-case hexadecimal digits");
        }
        let earlier = at.checked_sub(1).map(|at| &manifest.entries[at]);
        if earlier.is_some_and(|earlier| (earlier.role, &earlier.name) >= (entry.role, &entry.name)) {
            return problem("named twice, or not in its place: entries are sorted by role and name");
        }
    }
    Ok(manifest)
}

/// Whether a name stays in its folder on every system.
#[must_use]
pub fn is_file_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && !name.contains(['/', '\\', ':'])
        && !name.chars().any(char::is_control)
}

/// Labels are free text; a line break in one would make a leaf that reads in two ways.
pub(super) fn without_control(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() {
            out.extend(letter.escape_default());
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let input = Entry {
            role: Role::Input,
            name: "hall".to_owned(),
            sha256: digest::of_bytes(b"footage"),
            bytes: 7,
        };
        Manifest::new(vec![
            Entry::output("record.json", b"{}"),
            Entry::output("a.json", b"[]"),
            input,
        ])
    }

    #[test]
    fn a_manifest_reads_back_sorted() {
        let manifest = manifest();
        let back = read(&manifest.to_bytes().unwrap()).unwrap();
        assert_eq!(back, manifest);
        let names: Vec<_> = back.entries.iter().map(Entry::address).collect();
        assert_eq!(names, ["input/hall", "output/a.json", "output/record.json"]);
        assert_eq!(root(&back.entries), back.merkle_root);
    }

    #[test]
    fn the_leaf_of_an_entry_is_what_printf_and_sha256sum_say() {
        // printf '\0output\na.json\n2\n4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945\n' | sha256sum
        let leaf = Entry::output("a.json", b"[]").leaf();
        assert_eq!(
            digest::hexadecimal(&leaf),
            "a3551b5ab3da3c0ca4d4f9ac4493b1c660bd0be1be3fa7d34256527a9d7d6309"
        );
    }

    #[test]
    fn a_label_with_a_line_break_makes_no_second_reading() {
        let mut entry = Entry::output("x", b"");
        entry.role = Role::Input;
        entry.name = "hall\n7\n".to_owned();
        assert_eq!(Manifest::new(vec![entry]).entries[0].name, "hall\\n7\\n");
    }

    #[test]
    fn what_is_not_what_this_program_writes_is_refused() {
        let text = String::from_utf8(manifest().to_bytes().unwrap()).unwrap();
        for (from, to, why) in [
            ("\"bytes\": 7,", "\"bytes\": 7, \"bytes\": 7,", "duplicate field"),
            ("manifest/1", "manifest/2", "vsa-audit/manifest/2"),
            ("  \"schema\"", " \"schema\"", "canonical"),
            ("\"a.json\"", "\"../a.json\"", "lead out"),
            ("\"hall\"", "\"\"", "empty"),
            ("\"hall\"", "\"hall\\n\"", "control"),
            ("\"a.json\"", "\"z.json\"", "sorted"),
            ("\"a.json\"", "\"record.json\"", "twice"),
            ("\"sha256\": \"4", "\"sha256\": \"A", "64 lower-case"),
            ("\"bytes\": 2,", "\"bytes\": -2,", "-2"),
        ] {
            let broken = text.replacen(from, to, 1);
            assert_ne!(broken, text, "{from}");
            let error = read(broken.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(why), "{to}: {error}");
        }
    }

    #[test]
    fn a_file_name_stays_in_its_folder() {
        for (name, expected) in [
            ("record.json", true),
            ("people-tracks item 1 – é.txt", true),
            ("a..", true),
            ("", false),
            (".", false),
            ("..", false),
            (".hidden", false),
            ("a/b", false),
            ("a\\b", false),
            ("c:a", false),
            ("a\n", false),
            ("a\u{7f}", false),
        ] {
            assert_eq!(is_file_name(name), expected, "{name:?}");
        }
    }

    #[test]
    fn the_outputs_are_the_files_of_the_bundle_and_one_takes_the_place_of_its_namesake() {
        let manifest = manifest();
        let listed = |manifest: &Manifest| -> Vec<(String, u64)> {
            let all = manifest.entries.iter();
            all.map(|entry| (entry.address(), entry.bytes)).collect()
        };
        let outputs: Vec<_> = manifest.outputs().map(|entry| &*entry.name).collect();
        assert_eq!(outputs, ["a.json", "record.json"]);
        // An input of that name is something else, and stays.
        let more = manifest.with_output(Entry::output("hall", b"12"));
        let replaced = more.with_output(Entry::output("a.json", b"[1, 2]"));
        let expected = [
            ("input/hall", 7),
            ("output/a.json", 6),
            ("output/hall", 2),
            ("output/record.json", 2),
        ];
        assert_eq!(
            listed(&replaced),
            expected.map(|(address, bytes)| (address.to_owned(), bytes))
        );
        assert_eq!(read(&replaced.to_bytes().unwrap()).unwrap(), replaced);
    }

    #[test]
    fn the_root_over_one_entry_is_its_leaf_and_over_two_the_hash_of_both() {
        let entries = [Entry::output("a.json", b"[]"), Entry::output("b.json", b"[]")];
        let [a, b] = entries.each_ref().map(Entry::leaf);
        assert_eq!(root(&entries[..1]), digest::hexadecimal(&a));
        // RFC 6962, section 2.1: SHA-256 of 1, left and right.
        assert_eq!(root(&entries), digest::of_bytes(&[&[1][..], &a, &b].concat()));
    }
}
