//! Recognition by the way somebody walks. In: ended tracks of people. Out: the share seen well enough, and long enough.
//!
//! **Definition.** A person is usable for gait recognition if there are at least 30 sightings in which the body is whole in the
//! picture and at least 64 pixels high, on average no more than a quarter of a second apart. **Source.** Networks for gait recognition take
//! silhouettes of 64 rows, 30 at a time (GaitSet, Chao et al., AAAI 2019; the published settings of OpenGait, Fan et al.,
//! CVPR 2023, train on 25 to 50). A quarter of a second is ours: a step takes about half a second, and must be seen more
//! than twice. Where a model of poses is given, a second share counts those sightings alone in which both legs are seen
//! from hip to ankle (confidence 0.3 or more, hips above knees above ankles). **Unit.** Share of people. **Sensitivity.** A higher score threshold leaves fewer sightings; fewer frames
//! looked at (`--sample-fps`) leave fewer too, and below five a second nothing is said. **What it cannot tell.** Whether anybody can be recognised by gait: no
//! gait is compared with any other. Who stands still has no gait, however well seen.

use super::settled::Split;
use super::{DisclosurePolicy, EndedTrack, Figure, FigureName, ItemStart, Measure, Measured};
use super::{Reading, Results, Subject, Watched};
use crate::describe::descriptions::LegRun;
use crate::describe::pose::LEAST_CONFIDENCE;
use crate::detect::whole::is_whole;
use crate::track::track::Track;

/// Height of a silhouette.
const LEAST_HEIGHT: f32 = 64.0;
/// Silhouettes of one person.
const LEAST_SIGHTINGS: usize = 30;
/// Mean time from one sighting to the next, in seconds.
const LONGEST_STEP: f64 = 0.25;
/// Frames are at most so far apart: one sighting in five may then be missed. At four frames a second a single one could make the
/// mean of a person who walks in full view too long.
const LONGEST_FRAME_STEP: f64 = 0.2;

/// Collects who walks in full view.
pub(super) struct GaitMeasure {
    size: (u32, u32),
    by_size: Split,
    /// None: no model of poses is given.
    by_pose: Option<Split>,
}

impl GaitMeasure {
    /// `posed`: a model of poses is given.
    pub(super) fn new(posed: bool) -> Self {
        Self {
            size: (0, 0),
            by_size: Split::default(),
            by_pose: posed.then(Split::default),
        }
    }
}

/// Whether a track holds enough for a network of gait.
fn is_usable(track: &Track, size: (u32, u32)) -> bool {
    let whole = track.seen().filter(|point| is_whole(&point.rect, size));
    let high = whole.filter(|point| point.rect.height() >= LEAST_HEIGHT);
    let times: Vec<f64> = high.map(|point| point.seconds).collect();
    let (Some(first), Some(last)) = (times.first(), times.last()) else {
        return false;
    };
    times.len() >= LEAST_SIGHTINGS && (last - first) / (times.len() - 1) as f64 <= LONGEST_STEP
}

/// Whether a network of poses saw enough of the legs.
fn legs_are_usable(legs: LegRun) -> bool {
    legs.sightings as usize >= LEAST_SIGHTINGS && legs.step().is_some_and(|step| step <= LONGEST_STEP)
}

impl Measure for GaitMeasure {
    type Found = Reading;

    fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        self.size = (item.width, item.height);
        true
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        self.by_size.add(is_usable(ended.track, self.size), ended.support);
        if let (Some(split), Some(looks)) = (&mut self.by_pose, &ended.looks) {
            split.add(legs_are_usable(looks.legs()), ended.support);
        }
    }

    fn finish(self, watched: &Watched, policy: &DisclosurePolicy, _: &mut Results) -> Measured<Reading> {
        watched.somebody(Subject::Person)?;
        watched.often_enough(LONGEST_FRAME_STEP)?;
        let figure = |name, split: &Split, at| Figure::new(name, split.share_told(policy)).at(at);
        let height = f64::from(LEAST_HEIGHT);
        let mut figures = vec![figure(FigureName::GaitUsableShare, &self.by_size, height)];
        let by_pose = self.by_pose.iter();
        figures.extend(by_pose.map(|split| figure(FigureName::GaitPosedShare, split, LEAST_CONFIDENCE)));
        Ok(figures.into())
    }
}

#[cfg(test)]
mod tests {
    use super::super::fall::FallMeasure;
    use super::super::measures::{begin_with_nobody, reading};
    use super::super::{Capability, ItemStart, Missing, Seen};
    use super::*;
    use crate::describe::description::Description;
    use crate::describe::descriptions::Descriptions;
    use crate::detect::overlap::Rect;
    use std::collections::BTreeMap;
    use vsa_record::disclosure::DataBasis;
    use vsa_record::measurements::Outcome;

    const SIZE: (u32, u32) = (100, 100);

    fn walk(sightings: u32, height: f32, apart: f64) -> Track {
        let rect = Rect {
            left: 10.0,
            top: 10.0,
            right: 30.0,
            bottom: 10.0 + height,
        };
        Track::through((0..sightings).map(|at| (at.into(), f64::from(at) * apart, rect)))
    }

    #[test]
    fn thirty_sightings_of_sixty_four_pixels_at_four_a_second_are_enough_and_less_is_not() {
        assert!(is_usable(&walk(30, 64.0, 0.25), SIZE));
        assert!(!is_usable(&walk(29, 64.0, 0.25), SIZE));
        assert!(!is_usable(&walk(30, 63.9, 0.25), SIZE));
        assert!(!is_usable(&walk(30, 64.0, 0.26), SIZE));
        assert!(!is_usable(&walk(0, 64.0, 0.1), SIZE));
        let mut bridged = walk(30, 64.0, 0.1);
        bridged.points[10].seen = false;
        assert!(
            !is_usable(&bridged, SIZE),
            "a place that was guessed shows no gait"
        );
    }

    /// Frames at `per_second`, the legs seen in each as `legs` says.
    fn posed(people: u32, legs: impl Fn(u32) -> bool, per_second: f64) -> Vec<Figure> {
        let mut measure = reading(Capability::Gait, GaitMeasure::new(true));
        begin_with_nobody(measure.as_mut());
        let track = walk(40, 70.0, 1.0 / per_second);
        for _ in 0..people {
            let mut descriptions = Descriptions::default();
            for (at, point) in (0..).zip(&track.points) {
                descriptions.note(
                    point.seconds,
                    Description {
                        legs: Some(legs(at)),
                        pose_alone: true,
                        ..Description::default()
                    },
                );
            }
            measure.track(&EndedTrack::described(&track, Subject::Person, descriptions));
        }
        measure.end_item();
        let mut results = Results::new(BTreeMap::new());
        let policy = DisclosurePolicy::new(DataBasis::Public, None, None).unwrap();
        measure.finish(&policy, &mut results);
        let outcome = results.measurements.capability(Capability::Gait).unwrap();
        outcome.found().unwrap().figures.clone()
    }

    fn shares(figures: &[Figure]) -> Vec<f64> {
        let value = |figure: &Figure| {
            figure
                .estimate
                .as_ref()
                .and_then(|cell| cell.shown())
                .unwrap()
                .value
        };
        figures.iter().map(value).collect()
    }

    #[test]
    fn what_too_few_frames_cannot_show_is_not_measured_rather_than_absent() {
        let outcome_at = |capability, times: &[f64]| {
            let mut measure = match capability {
                Capability::Gait => reading(capability, GaitMeasure::new(false)),
                _ => reading(capability, FallMeasure::default()),
            };
            measure.start_item(&ItemStart {
                label: "item-1",
                width: 100,
                height: 100,
                in_sequence: true,
            });
            for (frame, &seconds) in (0..).zip(times) {
                measure.frame(&Seen {
                    frame,
                    seconds,
                    people: Some(&[]),
                    faces: None,
                });
            }
            let track = walk(40, 70.0, times[1]);
            measure.track(&EndedTrack::new(&track, Subject::Person));
            measure.end_item();
            let mut results = Results::new(BTreeMap::new());
            let policy = DisclosurePolicy::new(DataBasis::Public, None, None).unwrap();
            measure.finish(&policy, &mut results);
            match results.measurements.capability(capability).unwrap() {
                Outcome::Measured(_) => None,
                Outcome::NotMeasured { missing } => Some(*missing),
            }
        };
        let steadily =
            |per_second: f64| -> Vec<f64> { (0..40).map(|at| f64::from(at) / per_second).collect() };
        let outcome = |capability, per_second| outcome_at(capability, &steadily(per_second));
        for (capability, least) in [(Capability::Gait, 5.0), (Capability::Fall, 4.0)] {
            assert_eq!(outcome(capability, 10.0), None);
            assert_eq!(outcome(capability, least), None);
            assert_eq!(outcome(capability, least - 0.5), Some(Missing::TooFewFrames));
            assert_eq!(outcome(capability, 0.5), Some(Missing::TooFewFrames));
            // Thirty a second and then one: nine a second on average, and rarely for most of the time.
            let slowed = (0..150)
                .map(|at| f64::from(at) / 30.0)
                .chain((5..15).map(f64::from));
            let slowed: Vec<f64> = slowed.collect();
            assert_eq!(outcome_at(capability, &slowed), Some(Missing::TooFewFrames));
            // A second that was lost in a minute is no other rate.
            let lost = (0..600)
                .filter(|at| !(200..210).contains(at))
                .map(|at| f64::from(at) / 10.0);
            assert_eq!(outcome_at(capability, &lost.collect::<Vec<f64>>()), None);
        }
    }

    #[test]
    fn where_a_model_of_poses_is_given_only_sightings_with_legs_count() {
        let enough = posed(20, |_| true, 5.0);
        assert_eq!(enough[1].name, FigureName::GaitPosedShare);
        assert_eq!(shares(&enough), [1.0, 1.0]);
        assert_eq!(
            shares(&posed(20, |at| at < 29, 5.0)),
            [1.0, 0.0],
            "29 are too few"
        );
        // 30 of 40 sightings a fifth of a second apart: a mean step of 0.26 s.
        let thinned = |at: u32| at % 4 != 1;
        assert_eq!(shares(&posed(20, thinned, 5.0)), [1.0, 0.0], "too far apart");
        assert_eq!(shares(&posed(20, thinned, 6.0)), [1.0, 1.0]);
        assert_eq!(shares(&posed(20, |_| true, 3.0)), [0.0, 0.0], "three a second");
    }
}
