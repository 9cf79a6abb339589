//! Both sides brought together. In: what the labels and what the detections say. Out: pictures with the boxes of both, in
//! one order and one unit, and what was noticed on the way.
//!
//! Pictures are brought together by number where both sides have numbers, otherwise by name; sequences by name, or because
//! each side has one. Classes by the user's mapping, by name, by number, or because each side has one.
//! Deliberately not here: matching of boxes, and the preprocessing of `MOTChallenge` (`distractors`).

use super::classes::Classes;
use super::error::EvaluateError;
use super::ground_truth::rows::{BadRow, Rows};
use super::labels::{Labels, Picture, Sequence};
use super::region::Region;
use super::request::EvaluateRequest;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use vsa_base::outside;
use vsa_record::scores::{Check, LabelFormat, RowFault};

/// No sequence is longer; a larger number in a file is a mistake, and is not filled up.
const MOST_FRAMES: u64 = 10_000_000;

/// A label, ready to be matched.
pub(crate) struct TruthBox {
    pub(crate) region: Region,
    pub(crate) class: usize,
    pub(crate) area: f64,
    pub(crate) crowd: bool,
    pub(crate) ignored: bool,
    pub(crate) subject: Option<i64>,
    /// Its place in [`Labels::boxes`].
    pub(crate) source: usize,
}

/// A detection, ready to be matched.
pub(crate) struct FoundBox {
    pub(crate) region: Region,
    pub(crate) class: usize,
    pub(crate) score: f64,
    pub(crate) track: Option<i64>,
    /// Its place in [`Labels::boxes`] of the detections.
    pub(crate) source: usize,
}

/// One picture with the boxes of both sides, each in the order of its file.
pub(crate) struct PairedPicture {
    pub(crate) sequence: usize,
    pub(crate) number: Option<i64>,
    pub(crate) name: Option<String>,
    pub(crate) size: Option<(f64, f64)>,
    pub(crate) truth: Vec<TruthBox>,
    pub(crate) found: Vec<FoundBox>,
}

impl PairedPicture {
    /// Without a box of either side.
    pub(crate) fn of(picture: Picture) -> Self {
        Self {
            sequence: picture.sequence,
            number: picture.number,
            name: picture.name,
            size: picture.size,
            truth: Vec::new(),
            found: Vec::new(),
        }
    }

    /// A frame of a sequence, which nobody speaks of.
    fn frame(at: usize, sequence: &Sequence, number: i64) -> Self {
        Self {
            size: sequence.size,
            ..Self::of(Picture::numbered(at, number))
        }
    }
}

/// All pictures, sequence by sequence, within each by number (or as the labels list them).
pub(crate) struct Paired {
    pub(crate) sequences: Vec<Sequence>,
    pub(crate) classes: Vec<String>,
    pub(crate) pictures: Vec<PairedPicture>,
    pub(crate) checks: Vec<Check>,
    /// Lengths are shares of the picture on both sides.
    pub(crate) normalised: bool,
    /// The labels come from COCO JSON, whose figures do not know `ignore`.
    pub(crate) coco: bool,
}

/// Brings the sides together.
pub(crate) fn pair(
    truth: &Labels,
    found: &Labels,
    found_path: &Path,
    request: &EvaluateRequest,
) -> Result<Paired, EvaluateError> {
    let mut checks = Vec::new();
    let classes = Classes::matched(truth, found, request, &mut checks)?;
    let sequences = sequences(truth, found)?;
    let mut pictures: Vec<PairedPicture> = truth.pictures.iter().cloned().map(PairedPicture::of).collect();
    let picture_of: Vec<_> = truth.boxes.iter().map(|label| Some(label.picture)).collect();
    let label = |source: usize| {
        let label = &truth.boxes[source];
        Some(TruthBox {
            region: label.region,
            class: classes.of_truth[label.class]?,
            area: label.area.unwrap_or_else(|| label.region.area()),
            crowd: label.crowd,
            ignored: label.ignored,
            subject: label.subject,
            source,
        })
    };
    hand_out(&mut pictures, &picture_of, |picture| &mut picture.truth, label);
    let mut places = Places::new(truth);
    let mut rows = Rows::new(request.skip_bad_rows);
    let mut place_of: Vec<Option<usize>> = vec![None; found.pictures.len()];
    let mut picture_of = Vec::with_capacity(found.boxes.len());
    for detection in &found.boxes {
        let picture = &found.pictures[detection.picture];
        let known = place_of[detection.picture];
        let Some(at) = known.or_else(|| places.of(picture, &sequences, truth, &mut pictures)) else {
            let shown = match (&picture.name, picture.number) {
                (_, Some(number)) => format!("picture or frame {number}"),
                (Some(name), None) => format!("picture `{name}`"),
                (None, None) => "the picture".to_owned(),
            };
            let bad = BadRow::new(
                RowFault::UnknownPicture,
                format!("{shown} is not among the labelled ones"),
            );
            rows.refuse(found_path, detection.line, bad)?;
            picture_of.push(None);
            continue;
        };
        place_of[detection.picture] = Some(at);
        picture_of.push(Some(at));
    }
    let detection = |source: usize| {
        let detection = &found.boxes[source];
        Some(FoundBox {
            region: detection.region,
            class: classes.of_found[detection.class]?,
            score: detection.score.unwrap_or(1.0),
            track: detection.subject,
            source,
        })
    };
    hand_out(
        &mut pictures,
        &picture_of,
        |picture| &mut picture.found,
        detection,
    );
    let left_out: u64 = rows.skipped.values().sum();
    if left_out > 0 {
        checks.push(Check::DetectionsLeftOut { rows: left_out });
    }
    let mut paired = Paired {
        sequences: truth.sequences.clone(),
        classes: classes.names,
        pictures,
        checks,
        normalised: truth.normalised && found.normalised,
        coco: truth.format == LabelFormat::CocoJson,
    };
    for (sequence, other) in paired.sequences.iter_mut().zip(&sequences.of_truth) {
        let rate = other.and_then(|at: usize| found.sequences[at].frames_per_second);
        sequence.frames_per_second = sequence.frames_per_second.or(rate);
    }
    paired.one_unit(truth.normalised, found.normalised)?;
    let missing = sequences.of_truth.iter().filter(|other| other.is_none()).count();
    if missing > 0 {
        paired.checks.push(Check::SequencesWithoutDetections {
            sequences: missing as u64,
        });
    }
    paired.fill_sequences();
    // Stable: pictures without numbers stay as the labels list them.
    paired
        .pictures
        .sort_by_key(|picture| (picture.sequence, picture.number));
    Ok(paired)
}

impl Paired {
    /// The labels of all pictures.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &TruthBox> {
        self.pictures.iter().flat_map(|picture| &picture.truth)
    }

    /// The detections of all pictures.
    pub(crate) fn detections(&self) -> impl Iterator<Item = &FoundBox> {
        self.pictures.iter().flat_map(|picture| &picture.found)
    }

    /// Frames without any box are frames all the same, where the sequence says how many it has.
    fn fill_sequences(&mut self) {
        let there: BTreeSet<(usize, i64)> = self
            .pictures
            .iter()
            .filter_map(|picture| Some((picture.sequence, picture.number?)))
            .collect();
        for (at, sequence) in self.sequences.iter().enumerate() {
            let length = sequence
                .length
                .filter(|length| *length <= MOST_FRAMES)
                .unwrap_or(0);
            for number in 1..=length as i64 {
                if !there.contains(&(at, number)) {
                    self.pictures.push(PairedPicture::frame(at, sequence, number));
                }
            }
        }
    }

    /// Turns shares of the picture into pixels where one side has the one and the other the other.
    fn one_unit(&mut self, truth: bool, found: bool) -> Result<(), EvaluateError> {
        if truth == found {
            return Ok(());
        }
        for picture in &mut self.pictures {
            if picture.truth.is_empty() && picture.found.is_empty() {
                continue;
            }
            let Some((width, height)) = picture.size else {
                return Err(EvaluateError::Unrelated(
                    "one side gives shares of the picture and the other pixels, and neither says how large the pictures are: \
                     give the sizes (COCO `images`, seqinfo.ini, or --picture-size WxH)"
                        .to_owned(),
                ));
            };
            for label in picture.truth.iter_mut().filter(|_| truth) {
                label.region = label.region.scaled(width, height);
                label.area *= width * height;
            }
            for detection in picture.found.iter_mut().filter(|_| found) {
                detection.region = detection.region.scaled(width, height);
            }
        }
        self.checks.push(Check::SharesTurnedIntoPixels);
        Ok(())
    }
}

/// Gives every picture its boxes, in the order of the file; pictures side by side. `picture_of`: the picture of each box; none:
/// the box is left out. `make`: a box from its place in the file; none: its class is not scored.
fn hand_out<T: Send>(
    pictures: &mut [PairedPicture],
    picture_of: &[Option<usize>],
    list: fn(&mut PairedPicture) -> &mut Vec<T>,
    make: impl Fn(usize) -> Option<T> + Sync,
) {
    let mut counts = vec![0; pictures.len()];
    for picture in picture_of.iter().flatten() {
        counts[*picture] += 1;
    }
    let mut sources: Vec<Vec<usize>> = counts.into_iter().map(Vec::with_capacity).collect();
    for (source, picture) in picture_of.iter().enumerate() {
        if let Some(picture) = picture {
            sources[*picture].push(source);
        }
    }
    pictures
        .par_iter_mut()
        .zip(sources)
        .for_each(|(picture, sources)| {
            let boxes = list(picture);
            boxes.reserve_exact(sources.len());
            boxes.extend(sources.into_iter().filter_map(&make));
        });
}

/// Which sequence of the one side is which of the other.
struct Sequences {
    of_truth: Vec<Option<usize>>,
    of_found: Vec<Option<usize>>,
}

fn sequences(truth: &Labels, found: &Labels) -> Result<Sequences, EvaluateError> {
    if truth.sequences.len() == 1 && found.sequences.len() == 1 {
        return Ok(Sequences {
            of_truth: vec![Some(0)],
            of_found: vec![Some(0)],
        });
    }
    let places = |these: &[Sequence], those: &[Sequence]| -> Vec<Option<usize>> {
        let place = |one: &Sequence| those.iter().position(|other| other.name == one.name);
        these.iter().map(place).collect()
    };
    let of_truth = places(&truth.sequences, &found.sequences);
    let of_found = places(&found.sequences, &truth.sequences);
    if of_truth.iter().all(Option::is_none) && !truth.sequences.is_empty() && !found.sequences.is_empty() {
        let names = |sequences: &[Sequence]| {
            let names = sequences.iter().take(5);
            outside::list(names.map(|one| one.name.as_str()))
        };
        if found.sequences.iter().all(|one| one.name.is_empty()) {
            return Err(EvaluateError::Unrelated(format!(
                "the labels are of sequences ({}), and the detections of none: name each file after its sequence; folders of \
                 pictures that are looked at here are sequences where their rate is given (--fps)",
                names(&truth.sequences)
            )));
        }
        return Err(EvaluateError::Unrelated(format!(
            "no sequence has the same name on both sides: labels {}, detections {}; name the files after the sequences",
            names(&truth.sequences),
            names(&found.sequences)
        )));
    }
    Ok(Sequences { of_truth, of_found })
}

/// Where a picture of the detections is among those of the labels.
struct Places {
    by_number: BTreeMap<(usize, i64), usize>,
    by_name: BTreeMap<(usize, String), usize>,
}

impl Places {
    fn new(truth: &Labels) -> Self {
        let mut places = Self {
            by_number: BTreeMap::new(),
            by_name: BTreeMap::new(),
        };
        for (at, picture) in truth.pictures.iter().enumerate() {
            if let Some(number) = picture.number {
                places.by_number.insert((picture.sequence, number), at);
            }
            if let Some(name) = &picture.name {
                places.by_name.insert((picture.sequence, name.clone()), at);
            }
        }
        places
    }

    /// In time, a frame that nobody is labelled in is a frame all the same: it is made when it is met.
    fn of(
        &mut self,
        picture: &Picture,
        sequences: &Sequences,
        truth: &Labels,
        pictures: &mut Vec<PairedPicture>,
    ) -> Option<usize> {
        let sequence = sequences.of_found[picture.sequence]?;
        if let Some(name) = &picture.name
            && let Some(at) = self.by_name.get(&(sequence, name.clone()))
        {
            return Some(*at);
        }
        let number = picture
            .number
            // A file named by its number: `000123.txt` is image 123.
            .or_else(|| {
                picture
                    .name
                    .as_ref()
                    .filter(|_| self.by_name.is_empty())
                    .and_then(|name| name.parse().ok())
            })?;
        if let Some(at) = self.by_number.get(&(sequence, number)) {
            return Some(*at);
        }
        let about = &truth.sequences[sequence];
        let within = about
            .length
            .is_none_or(|length| u64::try_from(number).is_ok_and(|number| number <= length));
        if !about.in_time || number < 1 || !within {
            return None;
        }
        let at = pictures.len();
        pictures.push(PairedPicture::frame(sequence, about, number));
        self.by_number.insert((sequence, number), at);
        Some(at)
    }
}
