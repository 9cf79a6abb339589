//! Labels and detections in files → [`Labels`]. One file per format; here: which format a file has.
//!
//! A format is recognised by what is in the file, never by its name alone, and can be named instead. A row that is wrong
//! ends the reading with file, line and reason, unless the user asked for such rows to be counted and left out.

mod coco;
mod csv_rows;
mod cvat;
mod fddb;
mod frigate;
mod matlab;
pub(crate) mod motchallenge;
mod onvif;
mod own_boxes;
mod padilla;
mod plain_results;
mod recognise;
pub(crate) mod rows;
mod voc;
mod wider_face;
mod wider_sets;
mod xml;
mod yolo;

#[cfg(test)]
mod broken;
#[cfg(test)]
mod tests;

pub use own_boxes::OwnBoxes;
pub(crate) use wider_sets::SETS;

use super::error::EvaluateError;
use super::labels::Labels;
use rows::Rows;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vsa_record::scores::LabelFormat;

/// Which of the two is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Truth,
    Detections,
}

/// What the user says about the files of one side.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReadOptions {
    /// The format; none: recognise it.
    pub(crate) format: Option<LabelFormat>,
    /// Count bad rows and go on.
    pub(crate) skip_bad_rows: bool,
    /// `seqinfo.ini` of a single sequence.
    pub(crate) seqinfo: Option<PathBuf>,
    /// Frames per second, where the user knows better or the file does not say.
    pub(crate) frames_per_second: Option<f64>,
    /// Time of the first frame in seconds since 1970, for formats that tell times instead of frames.
    pub(crate) clock_start: Option<f64>,
    /// Names of CSV columns by what they hold.
    pub(crate) columns: BTreeMap<String, String>,
}

/// Reads one side.
pub(crate) fn read(path: &Path, side: Side, options: &ReadOptions) -> Result<Labels, EvaluateError> {
    let format = match options.format {
        Some(format) => format,
        None => recognise::format(path, side, options)?,
    };
    let mut rows = Rows::new(options.skip_bad_rows);
    let mut labels = match format {
        LabelFormat::CocoJson | LabelFormat::CocoResults => coco::read(path, side, &mut rows)?,
        LabelFormat::MotChallenge => motchallenge::read(path, side, options, &mut rows)?,
        LabelFormat::YoloTxt => yolo::read(path, side, &mut rows)?,
        LabelFormat::PadillaTxt => padilla::read(path, side, &mut rows)?,
        LabelFormat::PascalVoc => voc::read(path, &mut rows)?,
        LabelFormat::Cvat => cvat::read(path, options, &mut rows)?,
        LabelFormat::Csv => csv_rows::read(path, side, options, &mut rows)?,
        LabelFormat::WiderFace => wider_face::read(path, side, &mut rows)?,
        LabelFormat::WiderFaceMat => wider_sets::read(path, &mut rows)?,
        LabelFormat::Fddb => fddb::read(path, side, &mut rows)?,
        LabelFormat::OnvifMetadata => onvif::read(path, options, &mut rows)?,
        LabelFormat::FrigateEvents => frigate::read(path, options, &mut rows)?,
        LabelFormat::OwnDetectors => {
            return Err(EvaluateError::Options(
                "detections of our own are made from footage: give --footage in place of --detections"
                    .to_owned(),
            ));
        }
    };
    labels.skipped = rows.skipped;
    Ok(labels)
}

/// A file's name without folders and ending: by this pictures of different formats are brought together.
#[must_use]
pub fn stem(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && !ending.is_empty() && ending.len() <= 5 => {
            stem.to_owned()
        }
        _ => name.to_owned(),
    }
}

/// A file's name without folders and ending, as the system parts them.
fn file_stem(file: &Path) -> String {
    file.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// What a folder holds, sorted as people count: 2 before 10.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, EvaluateError> {
    let unreadable = rows::unreadable(folder);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(&unreadable)? {
        found.push(entry.map_err(&unreadable)?.path());
    }
    found.sort_by(|a, b| natord::compare(&a.to_string_lossy(), &b.to_string_lossy()).then_with(|| a.cmp(b)));
    Ok(found)
}

/// The files with this ending: the path itself, or those of a folder.
fn files_ending(path: &Path, ending: &str) -> Result<Vec<PathBuf>, EvaluateError> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let files = entries(path)?.into_iter();
    Ok(files.filter(|file| is_file_ending(file, ending)).collect())
}

fn is_file_ending(path: &Path, ending: &str) -> bool {
    let has_ending = |found: &std::ffi::OsStr| found.eq_ignore_ascii_case(ending);
    path.is_file() && path.extension().is_some_and(has_ending)
}
