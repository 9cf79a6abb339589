//! How far the counts hang on a score threshold, and on the detector. In: all boxes of each frame, of the detectors that
//! count and of second ones, and ended tracks. Out: [`Sensitivity`]. Nothing else in a run depends on what is here.

use super::second_detector::{Moment, Second, SecondMeasure};
use super::threshold_sweep::ThresholdSweep;
use super::{DisclosurePolicy, Estimate, Interval, Measured, Measurements, Missing, Subject};
use crate::detect::detection::Detection;
use crate::follow::Compared;
use crate::track::track::Track;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::Unit;
use vsa_record::facts::ModelFacts;
use vsa_record::measurements::Outcome;
use vsa_record::sensitivity::{ScoreSweep, SecondDetector, Sensitivity};
use vsa_statistics::streams::{SENSITIVITY_FACES, SENSITIVITY_PEOPLE, Streams};

/// From the streams of a sweep to those of the second detector.
const SECOND: u64 = 50;

/// All that was found in one frame of one subject.
#[derive(Clone, Copy, Default)]
pub(crate) struct Found<'look> {
    /// Down to the candidates' score, best first; none: nobody looked.
    pub(crate) all: Option<&'look [Detection]>,
    /// Those of them that count.
    pub(crate) counted: Option<&'look [Detection]>,
    /// By a second detector, and by the first alone.
    pub(crate) second: Option<&'look Compared>,
}

/// What is tried on the detectors of one run.
#[derive(Default)]
pub(crate) struct SensitivityMeasure {
    people: Option<OfSubject>,
    faces: Option<OfSubject>,
    in_sequence: bool,
    any_frame: bool,
}

/// One subject's detector, and the second.
struct OfSubject {
    model: ModelFacts,
    sweep: ThresholdSweep,
    second: Option<SecondMeasure>,
    /// Where frames were drawn: the interval at each rung.
    drawn: Vec<Option<Interval>>,
}

impl SensitivityMeasure {
    /// A detector of this run; `second`: the one that it is compared with.
    pub(crate) fn detector(
        &mut self,
        subject: Subject,
        model: ModelFacts,
        threshold: f32,
        second: Option<Second>,
    ) {
        let cut_off = model.candidate_score as f32;
        let of = OfSubject {
            sweep: ThresholdSweep::new(threshold, cut_off),
            second: second.map(|second| SecondMeasure::new(subject, second)),
            model,
            drawn: Vec::new(),
        };
        *self.of(subject) = Some(of);
    }

    fn of(&mut self, subject: Subject) -> &mut Option<OfSubject> {
        match subject {
            Subject::Person => &mut self.people,
            Subject::Face => &mut self.faces,
        }
    }

    fn each(&mut self) -> impl Iterator<Item = &mut OfSubject> {
        self.people.iter_mut().chain(&mut self.faces)
    }

    /// Frames were drawn: the interval of the count at each threshold, from low to high.
    pub(crate) fn drawn(&mut self, subject: Subject, intervals: Vec<Option<Interval>>) {
        if let Some(of) = self.of(subject) {
            of.drawn = intervals;
        }
    }

    pub(crate) fn start_item(&mut self, in_sequence: bool) {
        self.in_sequence = in_sequence;
        let seconds = self.each().filter_map(|of| of.second.as_mut());
        seconds.for_each(|second| second.start_item(in_sequence));
    }

    pub(crate) fn frame(&mut self, at: Moment, people: Found<'_>, faces: Found<'_>) {
        self.any_frame = true;
        let in_sequence = self.in_sequence;
        for (subject, found) in [(Subject::Person, people), (Subject::Face, faces)] {
            let (Some(of), Some(all)) = (self.of(subject), found.all) else {
                continue;
            };
            of.sweep.frame(all, in_sequence);
            if let (Some(second), Some(counted), Some(both)) = (&mut of.second, found.counted, found.second) {
                second.frame(at, both.first.as_deref().unwrap_or(counted), &both.second);
            }
        }
    }

    pub(crate) fn track(&mut self, subject: Subject, track: &Track) {
        if let Some(of) = self.of(subject) {
            of.sweep.track(track);
            if let Some(second) = &mut of.second {
                second.first_track(track);
            }
        }
    }

    pub(crate) fn end_item(&mut self) {
        let seconds = self.each().filter_map(|of| of.second.as_mut());
        seconds.for_each(SecondMeasure::end_item);
    }

    /// `measurements`: of the same run, whose counts are those at the models' own thresholds.
    pub(crate) fn finish(self, policy: &DisclosurePolicy, measurements: &Measurements) -> Sensitivity {
        let any_frame = self.any_frame;
        let missing = |missing| if any_frame { missing } else { Missing::NoFrames };
        let people = self.people.zip(measurements.presence.measured());
        let people = people.ok_or(missing(Missing::NoPersonModel));
        let people = people.and_then(|(of, own)| {
            let mean = &own.people_per_frame;
            of.finish(policy, mean, Unit::PeoplePerFrame, SENSITIVITY_PEOPLE)
        });
        let faces = self.faces.zip(measurements.face_exposure.measured());
        let faces = faces.ok_or(missing(Missing::NoFaceModel));
        let faces = faces.and_then(|(of, own)| {
            let mean = &own.faces_per_frame;
            of.finish(policy, mean, Unit::FacesPerFrame, SENSITIVITY_FACES)
        });
        let (people_by_threshold, people_by_second) = outcomes(people);
        let (faces_by_threshold, faces_by_second) = outcomes(faces);
        Sensitivity {
            people_by_threshold,
            faces_by_threshold,
            people_by_second,
            faces_by_second,
        }
    }
}

impl OfSubject {
    fn finish(
        self,
        policy: &DisclosurePolicy,
        own: &Cell<Estimate>,
        unit: Unit,
        streams: Streams,
    ) -> Measured<Tried> {
        if self.sweep.frames() == 0 {
            return Err(Missing::NoFrames);
        }
        let sweep = ScoreSweep {
            model: self.model.name.clone(),
            own: self.model.score_threshold,
            cut_off: self.model.candidate_score,
            frames: self.sweep.frames(),
            rungs: self.sweep.finish(policy, own, unit, streams, &self.drawn),
        };
        let first = (self.model.name.as_str(), self.model.score_threshold);
        let second = match self.second {
            None => Err(Missing::NotAskedFor),
            Some(second) => second
                .finish(policy, first, own, unit, streams.skip(SECOND))
                .ok_or(Missing::NoFrames),
        };
        Ok((sweep, second))
    }
}

/// The same detector at other thresholds, and beside the second.
type Tried = (ScoreSweep, Measured<SecondDetector>);

/// What is missing for the one is missing for the other.
fn outcomes(found: Measured<Tried>) -> (Outcome<ScoreSweep>, Outcome<SecondDetector>) {
    let (sweep, second) = match found {
        Ok((sweep, second)) => (Ok(sweep), second),
        Err(missing) => (Err(missing), Err(missing)),
    };
    (sweep.into(), second.into())
}
