//! What must see the frames in their order: people and faces are followed, and measured, and, where the second door is
//! open, exported. In: what was found in each frame. Out: nothing but what the measures keep.

use super::describe::describer::Described;
use super::detect::detection::Detection;
use super::export::{ExportPermit, ExportedFile, ObjectExport};
use super::footage::grey::GreyGrid;
use super::measure::agreement::Agreement;
use super::measure::measures::Measures;
use super::measure::second_detector::Moment;
use super::measure::sensitivity::Found;
use super::measure::{EndedTrack, ItemStart, Seen};
use super::robustness::DegradedRun;
use super::track::settings::TrackerSettings;
use super::track::track::DescribedTrack;
use super::track::tracker::Tracker;
use vsa_plan::Subject;

/// What was found in one frame. Never leaves the room.
pub(crate) struct FrameDetections {
    /// Number among the frames that are looked at.
    pub(crate) sequence: u64,
    /// Number among all frames of the item.
    pub(crate) index: u64,
    pub(crate) seconds: f64,
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// None: nobody looked for people here.
    pub(crate) people: Option<Vec<Detection>>,
    /// None: nobody looked for faces here.
    pub(crate) faces: Option<Vec<Detection>>,
    /// What is compared of people and of faces. None: there is no second detector.
    pub(crate) second: [Option<Compared>; 2],
    /// Small grey copy of the frame; none: of a still. Gone with this look.
    pub(crate) grid: Option<GreyGrid>,
    /// What the people looked like, by the places of their detections; empty: not described here.
    pub(crate) people_described: Described,
    /// The same of the faces.
    pub(crate) faces_described: Described,
}

/// What two detectors drew in one frame, down to the candidates' score, best first.
pub(crate) struct Compared {
    /// By the first, where what counts are joined boxes of both; none: what counts is the first's.
    pub(crate) first: Option<Vec<Detection>>,
    /// By the second.
    pub(crate) second: Vec<Detection>,
}

/// One subject being followed through one item.
pub(crate) struct SubjectTracker {
    subject: Subject,
    /// Detections below it are candidates: they may continue a track, and are not counted.
    threshold: f32,
    tracker: Option<Tracker>,
    export: Option<ObjectExport>,
}

impl SubjectTracker {
    /// `threshold` is that of the model that looks for `subject`; none: no model does.
    pub(crate) fn new(subject: Subject, threshold: Option<f32>, permit: Option<&ExportPermit>) -> Self {
        let export = permit
            .filter(|_| threshold.is_some())
            .map(|permit| ObjectExport::new(permit, subject));
        Self {
            subject,
            threshold: threshold.unwrap_or(1.0),
            tracker: None,
            export,
        }
    }

    /// Detections come best first: those that count are the first of them.
    fn counted<'found>(&self, found: &'found [Detection]) -> &'found [Detection] {
        &found[..found.partition_point(|detection| detection.score >= self.threshold)]
    }

    fn take(
        &mut self,
        at: &Moment,
        found: Option<&[Detection]>,
        described: &mut Described,
        in_sequence: bool,
        measures: &mut Measures,
    ) {
        let Some(found) = found else { return };
        if let Some(export) = &mut self.export {
            export.detections(at.index, found);
        }
        if !in_sequence {
            return;
        }
        let tracker = self
            .tracker
            .get_or_insert_with(|| Tracker::new(TrackerSettings::of(self.subject, self.threshold), at.size));
        tracker.update_described(at.index, at.seconds, found, described);
        for track in tracker.drain_described() {
            Self::ended(
                (self.subject, self.threshold),
                self.export.as_mut(),
                track,
                measures,
            );
        }
    }

    fn finish(mut self, at: usize, measures: &mut Measures) -> Vec<ExportedFile> {
        let left = self.tracker.take().map(Tracker::finish_described);
        for track in left.unwrap_or_default() {
            Self::ended(
                (self.subject, self.threshold),
                self.export.as_mut(),
                track,
                measures,
            );
        }
        self.export
            .map(|export| export.finish(at).into())
            .unwrap_or_default()
    }

    /// A face counts only where its model is sure enough of it: what lies below the threshold is mostly none. A candidate of a
    /// person who is followed is mostly that person, half hidden.
    fn ended(
        (subject, threshold): (Subject, f32),
        export: Option<&mut ObjectExport>,
        ended: DescribedTrack,
        measures: &mut Measures,
    ) {
        let DescribedTrack { track, descriptions } = ended;
        measures.candidate(subject, &track);
        let accepted = match subject {
            Subject::Person => Some(track),
            Subject::Face => track.accepted(threshold),
        };
        let Some(track) = accepted else { return };
        measures.track(&EndedTrack::described(&track, subject, descriptions));
        if let Some(export) = export {
            export.track(&track);
        }
    }
}

/// Everything that must see the frames of one item in their order.
pub(crate) struct ItemPass<'item> {
    label: &'item str,
    in_sequence: bool,
    begun: bool,
    measures: &'item mut Measures,
    people: SubjectTracker,
    faces: SubjectTracker,
}

impl<'item> ItemPass<'item> {
    /// `in_sequence`: the frames follow each other in time, so that people can be followed.
    pub(crate) fn new(
        label: &'item str,
        in_sequence: bool,
        measures: &'item mut Measures,
        [people, faces]: [SubjectTracker; 2],
    ) -> Self {
        Self {
            label,
            in_sequence,
            begun: false,
            measures,
            people,
            faces,
        }
    }

    /// Takes in the next frame.
    pub(crate) fn take(&mut self, mut look: FrameDetections) {
        if !std::mem::replace(&mut self.begun, true) {
            self.measures.start_item(&ItemStart {
                label: self.label,
                width: look.width,
                height: look.height,
                in_sequence: self.in_sequence,
            });
        }
        let [people, faces] = self.counted(&look);
        let seen = Seen {
            frame: look.index,
            seconds: look.seconds,
            people,
            faces,
        };
        self.measures.frame(&seen);
        if let Some(grid) = &look.grid {
            self.measures.picture(&seen, grid);
        }
        let at = Moment {
            index: look.index,
            seconds: look.seconds,
            size: (look.width, look.height),
        };
        let [second_people, second_faces] = &look.second;
        let people = Found {
            all: look.people.as_deref(),
            counted: seen.people,
            second: second_people.as_ref(),
        };
        let faces = Found {
            all: look.faces.as_deref(),
            counted: seen.faces,
            second: second_faces.as_ref(),
        };
        self.measures.found(at, people, faces);
        let (people, faces) = (look.people.as_deref(), look.faces.as_deref());
        let both = [
            (&mut self.people, people, &mut look.people_described),
            (&mut self.faces, faces, &mut look.faces_described),
        ];
        for (tracker, found, described) in both {
            tracker.take(&at, found, described, self.in_sequence, self.measures);
        }
    }

    /// What counts of a look: people and faces, best first.
    pub(crate) fn counted<'look>(&self, look: &'look FrameDetections) -> [Option<&'look [Detection]>; 2] {
        [
            look.people.as_deref().map(|found| self.people.counted(found)),
            look.faces.as_deref().map(|found| self.faces.counted(found)),
        ]
    }

    /// The item is over. Out, where the second door is open: its files; `at` is the item's place in the plan, from 1.
    pub(crate) fn finish(self, at: usize) -> Vec<ExportedFile> {
        let mut files = self.people.finish(at, self.measures);
        files.extend(self.faces.finish(at, self.measures));
        if self.begun {
            self.measures.end_item();
        }
        files
    }
}

/// One degraded run through one item: followed and measured by itself, and compared with the clean run.
pub(crate) struct DegradedPass<'item> {
    follow: ItemPass<'item>,
    people: &'item mut Agreement,
    faces: &'item mut Agreement,
}

impl<'item> DegradedPass<'item> {
    pub(crate) fn new(
        label: &'item str,
        in_sequence: bool,
        run: &'item mut DegradedRun,
        trackers: [SubjectTracker; 2],
    ) -> Self {
        Self {
            follow: ItemPass::new(label, in_sequence, &mut run.measures, trackers),
            people: &mut run.people,
            faces: &mut run.faces,
        }
    }

    /// Takes in the next frame that was not lost; `clean`: people and faces that count in the clean frame.
    pub(crate) fn take(&mut self, clean: [Option<&[Detection]>; 2], look: FrameDetections) {
        let degraded = self.follow.counted(&look);
        let both = clean.into_iter().zip(degraded);
        for (agreement, (clean, degraded)) in [&mut *self.people, &mut *self.faces].into_iter().zip(both) {
            if let (Some(clean), Some(degraded)) = (clean, degraded) {
                agreement.frame(clean, degraded);
            }
        }
        self.follow.take(look);
    }

    /// The item is over.
    pub(crate) fn finish(self, at: usize) {
        // Nothing of a degraded run is exported.
        let _none = self.follow.finish(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::overlap::Rect;
    use vsa_record::disclosure::{DataBasis, DisclosurePolicy};

    #[test]
    fn only_faces_that_the_model_accepts_are_counted_sized_and_followed() {
        let mut measures = Measures::new();
        let tracker = |subject, threshold| SubjectTracker::new(subject, threshold, None);
        let trackers = [tracker(Subject::Person, None), tracker(Subject::Face, Some(0.7))];
        let mut pass = ItemPass::new("item-1", true, &mut measures, trackers);
        for frame in 0..40u8 {
            let at = f32::from(frame);
            // One face, above the threshold in every second frame; and something else, always below it.
            let score = if frame % 2 == 0 { 0.9 } else { 0.6 };
            let faces = vec![
                Detection::plain(Rect::sized(100.0 + at, 100.0, 30.0, 40.0), score),
                Detection::plain(Rect::sized(400.0 + at, 300.0, 90.0, 120.0), 0.55),
            ];
            pass.take(FrameDetections {
                sequence: frame.into(),
                index: frame.into(),
                seconds: f64::from(frame) / 10.0,
                width: 768,
                height: 576,
                people: None,
                faces: Some(faces),
                second: [None, None],
                grid: None,
                people_described: Vec::new(),
                faces_described: Vec::new(),
            });
        }
        pass.finish(1);
        let policy = DisclosurePolicy::new(DataBasis::Public, None, None).unwrap();
        let (measurements, _) = measures.finish(&policy);
        let exposure = measurements.face_exposure.measured().unwrap();
        assert_eq!(exposure.distinct_faces.as_ref().unwrap().shown(), Some(&1));
        assert_eq!(exposure.sightings.shown(), Some(&20));
        assert_eq!(exposure.sized_sightings.shown(), Some(&20));
        let heights = exposure.face_heights.iter();
        let heights: Vec<u64> = heights.map(|bin| *bin.count.shown().unwrap()).collect();
        assert_eq!(heights, [0, 0, 0, 0, 20, 0], "nothing of the other");
    }
}
