//! `MOTChallenge` text, 2015 to 2020. In: `gt.txt`, a tracker's text file, a sequence's folder or a folder of them, with
//! `seqinfo.ini` where there is one. Out: [`Labels`].
//!
//! Columns: frame (from 1), id, left, top, width, height, then for labels a mark (0: do not count), class and
//! visibility (2016 on) or world coordinates (2015); for detections the confidence. Source: `TrackEval`,
//! `docs/MOTChallenge-format.txt`. Rows whose mark is 0 are kept here, because the preprocessing of 2016 on needs them.

use super::rows::{self, BadRow, Rows};
use super::{ReadOptions, Side};
use crate::error::EvaluateError;
use crate::labels::{Class, LabelBox, Labels, Numbering, Picture, Sequence};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use vsa_record::scores::{LabelFormat, RowFault};

/// Frames beyond this are no frames of any footage; a wrong column is read as frame.
const MOST_FRAMES: i64 = 1 << 31;

pub(super) fn read(
    path: &Path,
    side: Side,
    options: &ReadOptions,
    rows: &mut Rows,
) -> Result<Labels, EvaluateError> {
    let mut labels = Labels::new(LabelFormat::MotChallenge);
    labels.attributes = vec!["visibility".to_owned()];
    let files = files(path)?;
    labels.files = files.len() as u64;
    let read: Vec<Result<(Labels, Rows), EvaluateError>> = files
        .par_iter()
        .map(|file| {
            let mut rows = Rows::new(options.skip_bad_rows);
            let text = rows::text(file)?;
            Ok((read_text(file, &text, side, options, &mut rows)?, rows))
        })
        .collect();
    let mut classes = Numbering::default();
    let boxes = read.iter().flatten().map(|(sequence, _)| sequence.boxes.len());
    labels.boxes.reserve_exact(boxes.sum());
    // In the order of the files, whichever was read first; so is the first fault.
    for sequence in read {
        let (sequence, own) = sequence?;
        rows.add(own);
        append(&mut labels, sequence, &mut classes);
    }
    Ok(labels)
}

/// Numbers pictures and classes on from those that are there.
fn append(labels: &mut Labels, sequence: Labels, classes: &mut Numbering<i64>) {
    let class_of: Vec<usize> = sequence
        .classes
        .into_iter()
        .map(|class| classes.of(&class.number.unwrap_or(0), &mut labels.classes, || class))
        .collect();
    let (sequences, pictures) = (labels.sequences.len(), labels.pictures.len());
    labels.sequences.extend(sequence.sequences);
    labels
        .pictures
        .extend(sequence.pictures.into_iter().map(|picture| Picture {
            sequence: picture.sequence + sequences,
            ..picture
        }));
    labels
        .boxes
        .extend(sequence.boxes.into_iter().map(|label| LabelBox {
            picture: label.picture + pictures,
            class: class_of[label.class],
            ..label
        }));
}

/// The text files of a path: itself, `gt/gt.txt` of a sequence or of each sequence, or every text file of a folder.
fn files(path: &Path) -> Result<Vec<PathBuf>, EvaluateError> {
    let alone = [path.to_owned(), path.join("gt/gt.txt"), path.join("gt.txt")];
    if let Some(file) = alone.into_iter().find(|file| file.is_file()) {
        return Ok(vec![file]);
    }
    let entries = super::entries(path)?;
    let of_sequences: Vec<_> = entries
        .iter()
        .map(|entry| entry.join("gt/gt.txt"))
        .filter(|file| file.is_file())
        .collect();
    if !of_sequences.is_empty() {
        return Ok(of_sequences);
    }
    Ok(entries
        .into_iter()
        .filter(|entry| entry.is_file() && entry.extension().is_some_and(|ending| ending == "txt"))
        .collect())
}

/// Detections or tracks of one sequence, as text.
pub(crate) fn of_text(
    name: &Path,
    text: &str,
    options: &ReadOptions,
    rows: &mut Rows,
) -> Result<Labels, EvaluateError> {
    read_text(name, text, Side::Detections, options, rows)
}

/// One sequence.
fn read_text(
    file: &Path,
    text: &str,
    side: Side,
    options: &ReadOptions,
    rows: &mut Rows,
) -> Result<Labels, EvaluateError> {
    let mut labels = Labels::new(LabelFormat::MotChallenge);
    let mut classes = Numbering::default();
    let sequence = about(file, options)?;
    let length = sequence.length;
    let size = sequence.size;
    labels.sequences.push(sequence);
    labels
        .boxes
        .reserve(text.bytes().filter(|byte| *byte == b'\n').count() + 1);
    let mut frames = Frames::default();
    let mut fields = Vec::new();
    for (line, content) in rows::lines(text) {
        let parsed = parse(content, side, &mut fields).and_then(|row| {
            let frame = row.frame;
            let beyond = |length: &u64| u64::try_from(frame).is_ok_and(|frame| frame > *length);
            if let Some(length) = length.filter(beyond) {
                let reason =
                    format!("frame {frame}, but seqinfo.ini says that the sequence has {length} frames");
                return Err(BadRow::new(RowFault::BeyondTheSequence, reason));
            }
            if let Some(id) = row.label.subject.filter(|id| !frames.is_new(frame, *id)) {
                let reason = format!("id {id} stands twice in frame {frame}");
                return Err(BadRow::new(RowFault::TwiceInOnePicture, reason));
            }
            Ok(row)
        });
        let Some(row) = rows.keep(file, line, parsed)? else {
            continue;
        };
        let picture = frames.place(&row, &mut labels.pictures, || Picture {
            size,
            ..Picture::numbered(0, row.frame)
        });
        let class = classes.of(&row.class, &mut labels.classes, || Class {
            number: Some(row.class),
            name: class_name(row.class).map(str::to_owned),
        });
        labels.boxes.push(LabelBox {
            picture,
            class,
            line,
            ..row.label
        });
    }
    Ok(labels)
}

/// The frames of one sequence, and who was met in each. Rows mostly come frame by frame, ids rising.
#[derive(Default)]
struct Frames {
    known: Numbering<i64>,
    last: Option<(i64, usize)>,
    /// Ids met, rising, by frame.
    ids: Vec<Vec<i64>>,
}

impl Frames {
    fn known(&self, frame: i64) -> Option<usize> {
        match self.last {
            Some((last, place)) if last == frame => Some(place),
            _ => self.known.known(&frame),
        }
    }

    /// Whether nobody of this id was met in this frame.
    fn is_new(&self, frame: i64, id: i64) -> bool {
        let Some(place) = self.known(frame) else {
            return true;
        };
        let ids = &self.ids[place];
        ids.last().is_none_or(|last| *last < id) || ids.binary_search(&id).is_err()
    }

    /// The place of the row's frame among the pictures; its id was met.
    fn place(&mut self, row: &Row, pictures: &mut Vec<Picture>, make: impl FnOnce() -> Picture) -> usize {
        let place = self
            .known(row.frame)
            .unwrap_or_else(|| self.known.of(&row.frame, pictures, make));
        self.last = Some((row.frame, place));
        self.ids.resize(pictures.len(), Vec::new());
        let ids = &mut self.ids[place];
        if let Some(id) = row.label.subject {
            let at = ids.partition_point(|other| *other < id);
            ids.insert(at, id);
        }
        place
    }
}

struct Row {
    frame: i64,
    /// 0 where the format has no class.
    class: i64,
    label: LabelBox,
}

/// `fields`: room for the columns, used again from row to row.
fn parse<'a>(line: &'a str, side: Side, fields: &mut Vec<&'a str>) -> Result<Row, BadRow> {
    rows::split_commas(line, fields);
    if fields.len() == 1 {
        fields.clear();
        fields.extend(line.split_whitespace());
    }
    // A comma at the end of the line makes an empty last field; some tools write one.
    let fields = match fields.as_slice() {
        [rest @ .., ""] => rest,
        all => all,
    };
    if fields.len() < 6 {
        return Err(BadRow::missing(format!(
            "{} columns, but at least 6 are needed: frame, id, left, top, width, height",
            fields.len()
        )));
    }
    let frame = rows::whole(fields[0], "the frame")?;
    if !(1..=MOST_FRAMES).contains(&frame) {
        let reason = format!("frame {frame}: frames of this format count from 1");
        return Err(BadRow::new(RowFault::BeyondTheSequence, reason));
    }
    let id = rows::whole(fields[1], "the id")?;
    let region = rows::sides(&fields[2..])?;
    let seventh = fields
        .get(6)
        .map(|text| rows::number(text, "column 7"))
        .transpose()?;
    // Nine columns: class and visibility. Ten: world coordinates of 2015, where column 8 is no class.
    let (class, visibility) = if fields.len() == 9 || (fields.len() == 8 && side == Side::Truth) {
        let class = rows::whole(fields[7], "the class")?.max(0);
        let visibility = fields
            .get(8)
            .map(|text| rows::number(text, "the visibility"))
            .transpose()?;
        (class, visibility.filter(|share| (0.0..=1.0).contains(share)))
    } else {
        (0, None)
    };
    Ok(Row {
        frame,
        class: if side == Side::Truth { class } else { 0 },
        label: LabelBox {
            ignored: side == Side::Truth && seventh.is_some_and(|mark| mark.trunc() == 0.0),
            score: (side == Side::Detections).then_some(seventh.unwrap_or(1.0)),
            subject: (id >= 0).then_some(id),
            attributes: visibility.iter().map(f64::to_string).collect(),
            ..LabelBox::of(region)
        },
    })
}

/// The classes of 2016 to 2020 (Milan et al., "MOT16: a benchmark for multi-object tracking", table 3).
pub(crate) fn class_name(number: i64) -> Option<&'static str> {
    let names = [
        "pedestrian",
        "person_on_vehicle",
        "car",
        "bicycle",
        "motorbike",
        "non_mot_vehicle",
        "static_person",
        "distractor",
        "occluder",
        "occluder_on_ground",
        "occluder_full",
        "reflection",
        "crowd",
    ];
    if number == 0 {
        return Some("pedestrian");
    }
    usize::try_from(number - 1)
        .ok()
        .and_then(|at| names.get(at))
        .copied()
}

/// Name, length, size and rate: from `seqinfo.ini`, otherwise from the file's own name.
fn about(file: &Path, options: &ReadOptions) -> Result<Sequence, EvaluateError> {
    let stem = super::file_stem(file);
    let stem = stem.strip_suffix(".gt").unwrap_or(&stem).to_owned();
    let folder = file.parent().unwrap_or(Path::new(""));
    let above = folder.parent().unwrap_or(Path::new(""));
    let in_gt = folder
        .file_name()
        .is_some_and(|name| name == "gt" || name == "det");
    let name = match (stem.as_str(), in_gt) {
        ("gt" | "det", true) => file_name(above),
        ("gt" | "det", false) => file_name(folder),
        _ => stem.clone(),
    };
    let mut sequence = Sequence::in_time(&name, options.frames_per_second);
    let candidates = [
        options.seqinfo.clone(),
        in_gt.then(|| above.join("seqinfo.ini")),
        Some(folder.join(format!("{stem}.seqinfo.ini"))),
        Some(folder.join("seqinfo.ini")),
    ];
    let Some(ini) = candidates
        .into_iter()
        .flatten()
        .find(|candidate| candidate.is_file())
    else {
        return Ok(sequence);
    };
    let text = rows::text(&ini)?;
    let mut size = (None, None);
    for (line, content) in rows::lines(&text) {
        let Some((key, value)) = content.split_once('=') else {
            continue;
        };
        let wrong = |bad: BadRow| rows::malformed(&ini, line, bad.reason);
        match key.trim().to_ascii_lowercase().as_str() {
            "name" => value.trim().clone_into(&mut sequence.name),
            "seqlength" => {
                let length = rows::whole(value, "seqLength").map_err(wrong)?;
                sequence.length = u64::try_from(length).ok();
            }
            "framerate" => {
                let rate = rows::number(value, "frameRate").map_err(wrong)?;
                sequence.frames_per_second = options
                    .frames_per_second
                    .or(Some(rate).filter(|rate| *rate > 0.0));
            }
            "imwidth" => size.0 = Some(rows::number(value, "imWidth").map_err(wrong)?),
            "imheight" => size.1 = Some(rows::number(value, "imHeight").map_err(wrong)?),
            _ => {}
        }
    }
    sequence.size = size.0.zip(size.1);
    Ok(sequence)
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
