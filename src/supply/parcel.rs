//! What is fetched at once: a page, or a package with all its members. In: a source. Out: a parcel, the same for every file that
//! lies in it; and what of all that is wanted would be fetched, before it is.
//! Deliberately not here: fetching it (`store`, `client`).

use super::entry::{Entry, Source, WheelFor};
use std::fmt;

/// A page, or a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Parcel<'s> {
    /// A page, by its address.
    Page(&'s str),
    /// A Debian package, by its name.
    Debian(&'s str),
    /// A wheel.
    Pypi {
        /// Distribution.
        package: &'s str,
        /// Exact version.
        version: &'s str,
        /// What pip holds it to.
        sha256: Option<&'s str>,
        /// Which of several.
        wheel_for: Option<&'s WheelFor>,
    },
    /// An npm package and its version.
    Npm(&'s str, &'s str),
}

impl Source {
    /// What is fetched for it.
    pub(super) fn parcel(&self) -> Parcel<'_> {
        match self {
            Self::Page(page) => Parcel::Page(page.url.as_str()),
            Self::Debian(deb) => Parcel::Debian(deb.package.as_str()),
            Self::Pypi(wheel) => Parcel::Pypi {
                package: wheel.package.as_str(),
                version: wheel.version.as_str(),
                sha256: wheel.wheel_sha256.as_ref().map(super::Digest::as_str),
                wheel_for: wheel.wheel_for.as_ref(),
            },
            Self::Npm(npm) => Parcel::Npm(npm.package.as_str(), npm.version.as_str()),
        }
    }
}

impl fmt::Display for Parcel<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(url) => {
                let address = url.split_once("://").map_or(*url, |(_, address)| address);
                let host = address.split('/').next().unwrap_or(address);
                write!(formatter, "a page of {host}")
            }
            Self::Debian(package) => write!(formatter, "the Debian package {package}"),
            Self::Pypi { package, version, .. } => write!(formatter, "the PyPI package {package} {version}"),
            Self::Npm(package, version) => write!(formatter, "the npm package {package} {version}"),
        }
    }
}

/// What would be fetched for files that are not here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Bytes of all pages and packages together, each once, as far as the registry says; else those of the file.
    pub bytes: u64,
    /// Each page and package in words, in the order in which they are fetched; empty: nothing is.
    pub from: Vec<String>,
}

impl Outlook {
    /// Of these files, each from its first source.
    pub(super) fn of<'e>(wanted: impl Iterator<Item = &'e Entry>) -> Self {
        let mut parcels: Vec<(Parcel<'_>, u64)> = Vec::new();
        for entry in wanted {
            let Some(source) = entry.sources.first() else {
                continue;
            };
            let (parcel, bytes) = (source.parcel(), source.download_bytes(entry.bytes));
            match parcels.iter_mut().find(|(known, _)| *known == parcel) {
                // Where only one of a package's files says how large the package is.
                Some((_, known)) => *known = bytes.max(*known),
                None => parcels.push((parcel, bytes)),
            }
        }
        Self {
            bytes: parcels.iter().map(|(_, bytes)| bytes).sum(),
            from: parcels.iter().map(|(parcel, _)| parcel.to_string()).collect(),
        }
    }
}
