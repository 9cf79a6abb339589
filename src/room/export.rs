//! The second door, for declared public or consented datasets alone: boxes and tracks of single people, as text in the
//! MOTChallenge format, for researchers who score them against labels.
//!
//! It opens only with an [`ExportPermit`], which only a checked plan with such a data basis can give; the record and
//! the first page of the report say that it was open. Deliberately not here: pixels, landmarks, embeddings.
//! Source of the format: TrackEval, `docs/MOTChallenge-format.txt`: frame (from 1), id, left, top, width, height,
//! confidence, x, y, z; -1 where there is no value.

use super::detect::detection::Detection;
use super::detect::overlap::Rect;
use super::track::track::Track;
use std::fmt::Display;
use vsa_plan::{Plan, Subject};
use vsa_record::disclosure::DataBasis;

/// Proof that the plan declares a dataset whose people may be exported one by one.
pub(crate) struct ExportPermit(());

impl ExportPermit {
    /// For scoring: the text is held in memory, is read within the room, and leaves it by no door.
    pub(crate) fn within_the_room() -> Self {
        Self(())
    }

    /// A permit, if the plan asks for the export and declares a public or consented dataset.
    pub(crate) fn from_plan(plan: &Plan) -> Option<Self> {
        let declared = match plan.disclosure.data_basis() {
            DataBasis::Public | DataBasis::Consented => true,
            DataBasis::Undeclared => false,
        };
        (declared && plan.disclosure.objects_exported()).then_some(Self(()))
    }
}

/// One exported file: a name without folders, and its text.
#[derive(Debug, PartialEq, Eq)]
pub struct ExportedFile {
    /// Such as `people-detections-item-1.txt`.
    pub name: String,
    /// Lines in the MOTChallenge format.
    pub text: String,
}

/// Gathers the lines of one subject in one item.
pub(crate) struct ObjectExport {
    name: &'static str,
    detections: String,
    tracks: Vec<(u64, usize, String)>,
    ids: usize,
}

impl ObjectExport {
    pub(crate) fn new(_permit: &ExportPermit, subject: Subject) -> Self {
        Self {
            name: plural(subject),
            detections: String::new(),
            tracks: Vec::new(),
            ids: 0,
        }
    }

    pub(crate) fn detections(&mut self, frame: u64, detections: &[Detection]) {
        let lines = detections
            .iter()
            .map(|found| line(frame, -1, &found.rect, found.score));
        self.detections.extend(lines);
    }

    pub(crate) fn track(&mut self, track: &Track) {
        self.ids += 1;
        for point in &track.points {
            let line = line(point.frame, self.ids, &point.rect, point.score);
            self.tracks.push((point.frame, self.ids, line));
        }
    }

    /// The files of an item, the `at`-th (from 1) of the plan: labels are the user's words and no file names.
    pub(crate) fn finish(mut self, at: usize) -> [ExportedFile; 2] {
        self.tracks.sort_by_key(|(frame, id, _)| (*frame, *id));
        let tracks: String = self.tracks.into_iter().map(|(_, _, line)| line).collect();
        [("detections", self.detections), ("tracks", tracks)].map(|(what, text)| ExportedFile {
            name: format!("{}-{what}-item-{at}.txt", self.name),
            text,
        })
    }
}

/// Those whom a model finds, such as `people`.
pub(crate) const fn plural(subject: Subject) -> &'static str {
    match subject {
        Subject::Person => "people",
        Subject::Face => "faces",
    }
}

/// One box. `frame` is counted from 0 here, from 1 in the format.
fn line(frame: u64, id: impl Display, rect: &Rect, score: f32) -> String {
    let (frame, left, top) = (frame + 1, rect.left, rect.top);
    let (width, height) = (rect.width(), rect.height());
    format!("{frame},{id},{left:.2},{top:.2},{width:.2},{height:.2},{score:.4},-1,-1,-1\n")
}
