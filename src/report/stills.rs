//! Redacted stills for a report: where each is from, and under which name it lies in the folder. In: [`RedactedStill`]s, the
//! only pictures that a report takes, from a run or from the folder of an earlier one. Out: what `compose` says of them, and
//! `html` and `pdf` show.

use super::document::{Block, Section};
use image::codecs::png::PngDecoder;
use image::{DynamicImage, Limits, RgbImage};
use std::io::Cursor;
use vsa_base::{Reason, digest};
use vsa_record::redacted_still::{RedactedStill, StillFormat};
use vsa_record::redaction::RedactWhat;
use vsa_record::stills::{SCHEMA, StillFacts, StillsFacts};

/// A report shows so many at most: it is about numbers, and every picture is a risk.
pub const MOST: usize = 3;

/// Anchor of the part of the report that shows them.
pub(super) const SECTION: &str = "stills";

/// The stills of a report.
#[derive(Debug)]
pub struct Stills {
    /// Who is masked in them.
    pub what: RedactWhat,
    /// In the order of the footage.
    pub stills: Vec<Still>,
}

/// A still and where it is from.
#[derive(Debug)]
pub struct Still {
    /// Label of the piece of footage.
    pub label: String,
    /// Seconds from its beginning.
    pub seconds: f64,
    /// The picture.
    pub picture: RedactedStill,
}

impl Stills {
    /// Where each is from, for `stills.json`.
    #[must_use]
    pub fn facts(&self) -> StillsFacts {
        let still = |(number, still): (usize, &Still)| StillFacts {
            file: file_name(number),
            sha256: still.sha256(),
            item: still.label.clone(),
            seconds: still.seconds,
            black: still.picture.is_black(),
        };
        StillsFacts {
            schema: SCHEMA.to_owned(),
            what: self.what,
            stills: (1..).zip(&self.stills).map(still).collect(),
        }
    }

    /// Those of an earlier run. `file`: the bytes of a file of its folder, with the digest that the manifest lists for it.
    ///
    /// # Errors
    /// [`StillsError`], where one is missing, is not listed, or was changed.
    pub fn of_bundle<'b>(
        facts: &StillsFacts,
        file: impl Fn(&str) -> (Option<&'b [u8]>, Option<&'b str>),
    ) -> Result<Self, StillsError> {
        if facts.schema != SCHEMA || facts.stills.len() > MOST {
            return Err(StillsError::NotUnderstood);
        }
        let mut stills = Vec::new();
        for (number, still) in (1..).zip(&facts.stills) {
            let name = file_name(number);
            let refused = |Reason(because)| StillsError::Refused {
                file: name.clone(),
                because,
            };
            if still.file != name {
                return Err(StillsError::NotUnderstood);
            }
            let (bytes, listed) = file(&name);
            let bytes = bytes.ok_or_else(|| refused(Reason::of("it is not in the folder")))?;
            let listed = listed.ok_or_else(|| refused(Reason::of("the manifest does not list it")))?;
            if still.sha256 != listed {
                return Err(refused(Reason::of(
                    "stills.json and the manifest list different digests for it",
                )));
            }
            stills.push(Still {
                label: still.item.clone(),
                seconds: still.seconds,
                picture: of_bundle(bytes, listed, still.black).map_err(refused)?,
            });
        }
        Ok(Self {
            what: facts.what,
            stills,
        })
    }

    /// The name of the file of each, with its bytes.
    pub fn files(&self) -> impl Iterator<Item = (String, &[u8])> {
        let numbered = (1..).zip(&self.stills);
        numbered.map(|(number, still)| (file_name(number), still.picture.bytes()))
    }
}

/// Why the stills of a folder are not shown.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StillsError {
    /// The list is of another version, or was changed.
    #[error("stills.json is not what this version of the program writes: restore it from the sealed folder")]
    NotUnderstood,
    /// A picture is not the one that was made.
    #[error("{file} cannot be shown: {because}; restore it from the sealed folder")]
    Refused {
        /// Its file.
        file: String,
        /// Why.
        because: String,
    },
}

impl Still {
    pub(super) fn sha256(&self) -> String {
        digest::of_bytes(self.picture.bytes())
    }
}

/// The still in a PNG file of an earlier run's folder. `sha256`: the digest that the folder's manifest lists for it. In words,
/// where the file is another one, or is no such picture.
fn of_bundle(bytes: &[u8], sha256: &str, black: bool) -> Result<RedactedStill, Reason> {
    let found = digest::of_bytes(bytes);
    if found != sha256 {
        return Err(
            format!("it was changed: its SHA-256 is {found}, and the folder's lists say {sha256}").into(),
        );
    }
    let size = decoded(bytes)?.dimensions();
    Ok(RedactedStill::masked(
        bytes.to_vec(),
        StillFormat::Png,
        size,
        black,
    ))
}

/// A side of a still is surely no longer: a larger one would be a bomb.
const LONGEST_SIDE: u32 = 8192;

/// The pixels of a still for paper; in words, where the picture cannot be decoded.
pub(super) fn rgb(still: &RedactedStill) -> Result<Vec<u8>, Reason> {
    match still.format() {
        StillFormat::Png => Ok(decoded(still.bytes())?.into_raw()),
        StillFormat::Jpeg => Err("a still of a sheet is not set on paper".into()),
    }
}

fn decoded(bytes: &[u8]) -> Result<RgbImage, Reason> {
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST_SIDE), Some(LONGEST_SIDE));
    // Not by `ImageReader`, which would have the decoders of all formats compiled here.
    let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(Reason::of)?;
    let picture = DynamicImage::from_decoder(decoder).map_err(Reason::of)?;
    Ok(picture.into_rgb8())
}

/// The still that belongs before a block of the section that shows them, with its description in the document's words.
pub(super) fn before<'s>(
    section: &Section,
    at: usize,
    stills: &'s [Still],
) -> Option<(&'s RedactedStill, String)> {
    let still = stills.get(at).filter(|_| section.id == SECTION)?;
    let Some(Block::Facts { facts }) = section.blocks.get(at) else {
        return None;
    };
    let named = facts.first()?;
    let description = format!("{}: {}, {}", section.name, named.term, named.value);
    Some((&still.picture, description))
}

/// Such as `still-1.png`.
pub(super) fn file_name(number: usize) -> String {
    format!("still-{number}.png")
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::ImageFormat;

    #[test]
    fn a_picture_longer_than_any_still_is_refused_before_its_pixels_are_read() {
        let png = |width| {
            let mut bytes = Cursor::new(Vec::new());
            RgbImage::new(width, 1)
                .write_to(&mut bytes, ImageFormat::Png)
                .unwrap();
            bytes.into_inner()
        };
        assert_eq!(decoded(&png(LONGEST_SIDE)).unwrap().width(), LONGEST_SIDE);
        decoded(&png(LONGEST_SIDE + 1)).unwrap_err();
    }
}
