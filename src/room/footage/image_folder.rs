//! A folder of images, or one image, in; its frames in natural order of their names (`frame_2` before `frame_10`) out.
//!
//! With a rate the images follow each other in time; without, they are stills. What cannot be decoded is counted and
//! the run goes on. Files are spoken of by number, never by name: names of files may be names of people. Not entered:
//! folders within the folder (counted), hidden files (ignored). Links to files are followed.

use super::error::FootageError;
use super::fingerprint::{self, Fingerprint};
use super::frame::FrameBuffer;
use super::integrity::Integrity;
use super::limits::Limits;
use super::sniff::{self, Content};
use super::source::{Source, cannot_open};
use super::still;
use image::ImageFormat;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use vsa_base::Reason;
use vsa_record::facts::{FrameCounts, ItemFacts, ItemKind};

/// The images of a folder, in the order in which they are looked at; of one image, itself.
pub(crate) fn images(path: &Path) -> Result<Vec<PathBuf>, std::io::Error> {
    if path.is_dir() {
        Listing::of(path).map(|listing| listing.images)
    } else {
        Ok(vec![path.to_owned()])
    }
}

/// This many broken images are spoken of one by one.
const MOST_SHOWN: usize = 12;

/// Images, read one after the other.
#[derive(Default)]
pub(super) struct ImageSource {
    label: String,
    path: PathBuf,
    limits: Limits,
    rate: Option<f64>,
    /// In order; none: called an image, and not one by its content.
    images: Vec<(PathBuf, Option<ImageFormat>)>,
    fingerprint: Fingerprint,
    position: usize,
    integrity: Integrity,
    formats: BTreeSet<&'static str>,
    largest: (u32, u32),
    faulty: u64,
    faults: Vec<String>,
    last_error: String,
}

impl ImageSource {
    /// One image.
    pub(super) fn single(
        label: &str,
        path: &Path,
        note: Option<String>,
        limits: &Limits,
    ) -> Result<Self, FootageError> {
        let mut source = Self::new(label, path, None, vec![path.to_owned()], limits)?;
        source.faults.extend(note);
        Ok(source)
    }

    /// All images of a folder.
    pub(super) fn folder(
        label: &str,
        path: &Path,
        rate: Option<f64>,
        limits: &Limits,
    ) -> Result<Self, FootageError> {
        let listing = Listing::of(path).map_err(|source| cannot_open(path, source))?;
        if listing.images.is_empty() {
            return Err(FootageError::NoImages {
                path: path.to_owned(),
                others: listing.others + listing.folders,
            });
        }
        let mut source = Self::new(label, path, rate, listing.images, limits)?;
        let unread = "file(s) in the folder are not images and were not read";
        let not_entered = "folder(s) within the folder were not entered";
        let told = [(listing.others, unread), (listing.folders, not_entered)];
        let told = told.iter().filter(|(count, _)| *count > 0);
        source
            .faults
            .extend(told.map(|(count, what)| format!("{count} {what}")));
        Ok(source)
    }

    fn new(
        label: &str,
        path: &Path,
        rate: Option<f64>,
        images: Vec<PathBuf>,
        limits: &Limits,
    ) -> Result<Self, FootageError> {
        let mut files = Vec::with_capacity(images.len());
        let mut found = Vec::with_capacity(images.len());
        for image in images {
            // A file that cannot be read is a broken image; it has no digest.
            files.extend(fingerprint::of_file(&image));
            let format = match sniff::content(&image) {
                Ok(Content::Image(format)) => Some(format),
                _ => None,
            };
            found.push((image, format));
        }
        // One image is known by its own digest.
        let fingerprint = if path.is_dir() {
            fingerprint::of_files(files)
        } else {
            single_digest(files, path)?
        };
        Ok(Self {
            label: label.to_owned(),
            path: path.to_owned(),
            limits: limits.clone(),
            rate,
            images: found,
            fingerprint,
            ..Self::default()
        })
    }

    fn broken(&mut self, number: usize, why: String) {
        self.faulty += 1;
        if self.faulty <= MOST_SHOWN as u64 {
            self.faults
                .push(format!("image {number} of {}: {why}", self.images.len()));
        }
        self.last_error = why;
    }
}

/// Of the pictures that lie in a folder now.
pub(super) fn fingerprint_of(folder: &Path) -> std::io::Result<Fingerprint> {
    let images = Listing::of(folder)?.images;
    // As above: what cannot be read has no digest.
    let files = images.iter().flat_map(|image| fingerprint::of_file(image));
    Ok(fingerprint::of_files(files.collect()))
}

fn single_digest(files: Vec<Fingerprint>, path: &Path) -> Result<Fingerprint, FootageError> {
    files.into_iter().next().map_or_else(
        || fingerprint::of_file(path).map_err(|source| cannot_open(path, source)),
        Ok,
    )
}

impl Source for ImageSource {
    fn kind(&self) -> ItemKind {
        if self.rate.is_some() {
            ItemKind::ImageSequence
        } else {
            ItemKind::Stills
        }
    }

    fn read(&mut self, buffer: &mut FrameBuffer) -> Result<bool, FootageError> {
        while let Some((path, format)) = self.images.get(self.position) {
            self.position += 1;
            let number = self.position;
            let outcome = match format {
                Some(format) => still::read(path, *format, &self.limits, buffer).map(|()| *format),
                None => Err("is not an image by its content, or is empty".into()),
            };
            match outcome {
                Ok(format) => {
                    self.formats.insert(sniff::name_of(format));
                    buffer.index = self.integrity.decoded();
                    // A broken image leaves its time free: the next keeps its own.
                    buffer.seconds = self.rate.map_or(0.0, |rate| (number - 1) as f64 / rate);
                    self.integrity.see(&buffer.rgb, buffer.seconds);
                    let pixels = |(width, height): (u32, u32)| u64::from(width) * u64::from(height);
                    if pixels((buffer.width, buffer.height)) > pixels(self.largest) {
                        self.largest = (buffer.width, buffer.height);
                    }
                    return Ok(true);
                }
                Err(Reason(why)) => self.broken(number, why),
            }
        }
        if self.integrity.decoded() == 0 {
            let (path, reason) = (self.path.clone(), self.last_error.clone());
            return Err(FootageError::NothingDecoded { path, reason });
        }
        Ok(false)
    }

    fn expected_frames(&self) -> Option<u64> {
        Some(self.images.len() as u64)
    }

    fn finish(mut self: Box<Self>) -> ItemFacts {
        let kind = self.kind();
        if self.faulty > MOST_SHOWN as u64 {
            self.faults.push(format!(
                "and {} other broken images",
                self.faulty - MOST_SHOWN as u64
            ));
        }
        let formats = self.formats.into_iter().collect::<Vec<_>>().join(",");
        let duration = self.rate.map_or(0.0, |rate| self.position as f64 / rate);
        ItemFacts {
            label: self.label,
            kind,
            sha256: self.fingerprint.sha256,
            bytes: self.fingerprint.bytes,
            container: formats.clone(),
            codec: formats,
            width: self.largest.0,
            height: self.largest.1,
            duration_seconds: duration,
            declared_frame_rate: self.rate,
            variable_frame_rate: false,
            decoder: format!("{} (image crate)", vsa_base::program()),
            frames: FrameCounts {
                expected: Some(self.images.len() as u64),
                decoded: self.integrity.decoded(),
                looked_at: self.integrity.decoded(),
                passed_over: 0,
                repeated: self.integrity.repeated(),
                missing: 0,
                faulty: self.faulty,
                damage_told: true,
            },
            faults: self.faults,
        }
    }
}

/// What is in a folder.
#[derive(Default)]
struct Listing {
    images: Vec<PathBuf>,
    others: u64,
    folders: u64,
}

impl Listing {
    /// An image is a file that is one by its content or by its name: the second kind, when broken, is to be counted.
    fn of(folder: &Path) -> std::io::Result<Self> {
        let mut listing = Self::default();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let path = entry.path();
            match std::fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => listing.folders += 1,
                Ok(metadata) if metadata.is_file() => {
                    let is_image = matches!(sniff::content(&path), Ok(Content::Image(_)));
                    if is_image || sniff::is_called_image(&path) {
                        listing.images.push(path);
                    } else {
                        listing.others += 1;
                    }
                }
                // A link that leads nowhere; a pipe or device, which is never opened: it could block for ever.
                _ if sniff::is_called_image(&path) && std::fs::metadata(&path).is_err() => {
                    listing.images.push(path)
                }
                _ => listing.others += 1,
            }
        }
        // Names that differ only in what natural order ignores are told apart by their bytes.
        listing.images.sort_by(|a, b| {
            let name = |path: &Path| {
                path.file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned()
            };
            natord::compare(&name(a), &name(b)).then_with(|| a.cmp(b))
        });
        Ok(listing)
    }
}
