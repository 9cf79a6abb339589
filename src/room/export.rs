//! The second door, for declared public or consented datasets alone: boxes and tracks of single people, as text in the
//! MOTChallenge format, for researchers who score them against labels.
//!
//! It opens only with an [`ExportPermit`], which only a checked plan with such a data basis can give; the record and
//! the first page of the report say that it was open. Deliberately not here: pixels, landmarks, embeddings.
//! Source of the format: TrackEval, `docs/MOTChallenge-format.txt`: frame (from 1), id, left, top, width, height,
//! confidence, x, y, z; -1 where there is no value.

use super::detect::detection::Detection;
use super::track::track::Track;
use std::fmt::Write as _;
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
        let name = match subject {
            Subject::Person => "people",
            Subject::Face => "faces",
        };
        Self {
            name,
            detections: String::new(),
            tracks: Vec::new(),
            ids: 0,
        }
    }

    pub(crate) fn detections(&mut self, frame: u64, detections: &[Detection]) {
        for found in detections {
            let (rect, frame) = (&found.rect, frame + 1);
            let (width, height) = (rect.width(), rect.height());
            writeln!(
                self.detections,
                "{frame},-1,{:.2},{:.2},{width:.2},{height:.2},{:.4},-1,-1,-1",
                rect.left, rect.top, found.score
            )
            .expect("writing to a String cannot fail");
        }
    }

    pub(crate) fn track(&mut self, track: &Track) {
        self.ids += 1;
        for point in &track.points {
            let (rect, frame) = (&point.rect, point.frame + 1);
            let line = format!(
                "{frame},{},{:.2},{:.2},{:.2},{:.2},{:.4},-1,-1,-1\n",
                self.ids,
                rect.left,
                rect.top,
                rect.width(),
                rect.height(),
                point.score
            );
            self.tracks.push((frame, self.ids, line));
        }
    }

    /// The files of an item, the `at`-th (from 1) of the plan: labels are the user's words and no file names.
    pub(crate) fn finish(mut self, at: usize) -> [ExportedFile; 2] {
        self.tracks.sort_by_key(|(frame, id, _)| (*frame, *id));
        let tracks: String = self.tracks.into_iter().map(|(_, _, line)| line).collect();
        [
            ExportedFile {
                name: format!("{}-detections-item-{at}.txt", self.name),
                text: self.detections,
            },
            ExportedFile {
                name: format!("{}-tracks-item-{at}.txt", self.name),
                text: tracks,
            },
        ]
    }
}
