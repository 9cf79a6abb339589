//! How good the pictures of faces are. In: the quality of each track's best look, or of each face in a still. Out: the reading of
//! [`Capability::FaceQuality`](super::Capability).
//!
//! **Definition.** The seven figures of `describe/face_quality.rs`, with their source, each as quantiles over faces. Of a track the best look
//! counts (towards the camera before any other, then the larger one): that is what a system that recognises would take, and who stays for
//! long counts once. **Unit.** Quality from 0 to 100; of the contrast of edges, grey levels. **Interval.** By order statistics over
//! tracks; of stills, where one picture shows many faces, by bootstrap over pictures. **What may be told.** Of whom nothing could be told
//! (a face at the picture's edge, points that are no view of a face) is told as a share; where they are few, nothing is.
//! **Sensitivity.** A higher score threshold drops small and blurred faces first, and moves every figure up. **What it cannot tell.** See
//! `describe/face_quality.rs`; of faces that were not found nothing is known.

use super::axis::{Axis, Support};
use super::beside::Others;
use super::{DisclosurePolicy, EndedTrack, Figure, FigureName, ItemStart, Measure, Measured, Missing};
use super::{Reading, Results, Seen, Subject, Watched};
use crate::describe::face_quality::{COMPONENTS, FaceQuality};
use vsa_record::estimate::{SampledThing, Unit};
use vsa_record::reading::{Distribution, DistributionName};
use vsa_statistics::streams::FACE_QUALITY;

/// From here on a face was assessed, as a number.
const ASSESSED: f64 = 1.0;

/// The worst that is told apart from the next, and the best: a quantile is told as the upper edge of its cell.
const QUALITIES: [f64; 2] = [1.0, 100.0];

/// Grey levels: the least that is told, and more than any Laplacian of them.
const CONTRASTS: [f64; 2] = [0.1, 1100.0];

/// Collects qualities.
pub(super) struct FaceQualityMeasure {
    in_sequence: bool,
    landmarks: bool,
    any_still: bool,
    /// Whether each face could be assessed: 0 or [`ASSESSED`].
    assessed: Axis,
    components: [Axis; COMPONENTS.len()],
}

fn unit(component: DistributionName) -> Unit {
    match component {
        DistributionName::EdgeContrast => Unit::GreyLevels,
        _ => Unit::QualityPoints,
    }
}

impl FaceQualityMeasure {
    pub(super) fn new() -> Self {
        let axis = |[low, high]: [f64; 2]| Axis::new(&[low, high], &[], low, high);
        Self {
            in_sequence: false,
            landmarks: false,
            any_still: false,
            assessed: Axis::new(&[ASSESSED], &[ASSESSED], ASSESSED, 2.0 * ASSESSED),
            components: COMPONENTS.map(|component| match unit(component) {
                Unit::GreyLevels => axis(CONTRASTS),
                _ => axis(QUALITIES),
            }),
        }
    }

    fn add(&mut self, support: Support, faces: &[Option<FaceQuality>]) {
        let assessed = faces
            .iter()
            .map(|face| if face.is_some() { ASSESSED } else { 0.0 });
        self.assessed.add(support, assessed);
        for (at, axis) in self.components.iter_mut().enumerate() {
            let known = faces.iter().flatten();
            axis.add(support, known.map(|face| within(at, face)));
        }
    }
}

/// The best quality belongs to the cell below it: the edge of the cell above would be no quality any more.
fn within(at: usize, face: &FaceQuality) -> f64 {
    let value = f64::from(face.components[at]);
    match unit(COMPONENTS[at]) {
        Unit::GreyLevels => value,
        _ => value.min(QUALITIES[1] - 0.5),
    }
}

impl Measure for FaceQualityMeasure {
    type Found = Reading;

    fn follows(&self, subject: Subject) -> bool {
        subject == Subject::Face
    }

    fn takes_stills(&self) -> bool {
        true
    }

    fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        self.in_sequence = item.in_sequence;
        true
    }

    fn frame(&mut self, seen: &Seen<'_>) {
        let faces = seen.faces.unwrap_or_default();
        self.landmarks |= faces.iter().any(|face| face.landmarks.is_some());
        if !self.in_sequence && !faces.is_empty() {
            self.any_still = true;
            let faces: Vec<Option<FaceQuality>> = faces.iter().map(|face| face.quality).collect();
            self.add(Support::Still, &faces);
        }
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        let quality = ended.looks.as_ref().and_then(|looks| looks.quality());
        self.add(ended.support, &[quality]);
    }

    fn finish(self, watched: &Watched, policy: &DisclosurePolicy, _: &mut Results) -> Measured<Reading> {
        watched.looked_for(Subject::Face)?;
        if self.assessed.values() == 0 {
            return Err(Missing::NobodyFound);
        }
        if !self.landmarks {
            return Err(Missing::NoLandmarks);
        }
        let of = if self.any_still {
            SampledThing::Sightings
        } else {
            SampledThing::Tracks
        };
        let shares = self
            .assessed
            .shares_from(policy, &[ASSESSED], of, FACE_QUALITY.at(0));
        let others = self.assessed.people(&(0..self.assessed.edge(ASSESSED)));
        let others = Others::new(others, policy);
        let spread = |(at, axis): (usize, &Axis)| {
            let (mut cuts, stream) = (axis.cuts(policy), FACE_QUALITY.at(1 + at as u64));
            let unit = unit(COMPONENTS[at]);
            Distribution {
                name: COMPONENTS[at],
                of: None,
                unit,
                bins: Vec::new(),
                quantiles: others.quantiles(axis.quantiles(policy, &mut cuts, unit, of, stream)),
            }
        };
        Ok(Reading {
            figures: vec![Figure::new(
                FigureName::AssessedShare,
                shares.into_iter().next().flatten(),
            )],
            distributions: self.components.iter().enumerate().map(spread).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Capability;
    use super::super::measures::{begin_with_nobody, reading};
    use super::*;
    use crate::describe::align::ARCFACE;
    use crate::describe::descriptions::Descriptions;
    use crate::detect::detection::{Detection, Landmarks};
    use crate::detect::overlap::Rect;
    use crate::track::track::Track;
    use std::collections::BTreeMap;
    use vsa_record::disclosure::DataBasis;
    use vsa_record::measurements::Outcome;

    fn open() -> DisclosurePolicy {
        DisclosurePolicy::new(DataBasis::Public, None, None).unwrap()
    }

    fn found_face(quality: Option<FaceQuality>, landmarks: bool) -> Detection {
        Detection {
            landmarks: landmarks.then(|| Landmarks(ARCFACE.map(|(x, y)| (x as f32, y as f32)))),
            quality,
            ..Detection::plain(Rect::sized(0.0, 0.0, 100.0, 120.0), 0.9)
        }
    }

    /// Tracks of ten looks: one of this quality towards the camera among larger ones that are turned away; none: no look can be assessed.
    fn measured(qualities: &[Option<f32>], landmarks: bool, policy: &DisclosurePolicy) -> Outcome<Reading> {
        let mut measure = reading(Capability::FaceQuality, FaceQualityMeasure::new());
        begin_with_nobody(measure.as_mut());
        let faces: Vec<Detection> = qualities.iter().map(|_| found_face(None, landmarks)).collect();
        measure.frame(&Seen {
            frame: 1,
            seconds: 0.1,
            people: None,
            faces: Some(&faces),
        });
        for quality in qualities {
            let place = |at: u64| (at, at as f64 / 5.0, Rect::sized(0.0, 0.0, 30.0, 40.0));
            let track = Track::through((0..10).map(place));
            let mut looks = Descriptions::default();
            for at in 0..10u8 {
                let look = match at {
                    4 => quality.map(|quality| FaceQuality::scripted([quality; 7], true, 20.0)),
                    _ => quality.map(|_| FaceQuality::scripted([99.0; 7], false, 60.0)),
                };
                looks.look(look);
            }
            measure.track(&EndedTrack::described(&track, Subject::Face, looks));
        }
        measure.end_item();
        let mut results = Results::new(BTreeMap::new());
        measure.finish(policy, &mut results);
        results
            .measurements
            .capability(Capability::FaceQuality)
            .unwrap()
            .clone()
    }

    fn medians(reading: &Reading) -> Vec<Option<f64>> {
        let median = |spread: &Distribution| {
            let mut all = spread.quantiles.iter();
            let cell = all.find(|one| (one.at - 0.5).abs() < 1e-9)?.estimate.as_ref()?;
            Some(cell.shown()?.value)
        };
        reading.distributions.iter().map(median).collect()
    }

    fn assessed(reading: &Reading) -> Option<f64> {
        let cell = reading.figures[0].estimate.as_ref().unwrap();
        cell.shown().map(|share| share.value)
    }

    #[test]
    fn the_best_look_of_each_face_counts_once() {
        // Twenty faces of qualities 4, 8 and so on to 80: the tenth is 40.
        let qualities: Vec<Option<f32>> = (1..=20u8).map(|at| Some(4.0 * f32::from(at))).collect();
        let found = measured(&qualities, true, &open());
        let reading = found.measured().unwrap();
        assert_eq!(assessed(reading), Some(1.0));
        assert_eq!(reading.distributions.len(), 7);
        for median in medians(reading) {
            let median = median.unwrap();
            assert!((40.0..=40.9).contains(&median), "{median}");
        }
    }

    #[test]
    fn the_best_quality_is_a_hundred_and_the_worst_is_told_as_one() {
        for (quality, told) in [(100.0, 100.0), (0.0, 1.0)] {
            let found = measured(&[Some(quality); 20], true, &open());
            let medians = medians(found.measured().unwrap());
            assert!(
                medians[..6].iter().all(|median| *median == Some(told)),
                "{medians:?}"
            );
        }
    }

    #[test]
    fn few_faces_that_cannot_be_assessed_keep_all_the_others_from_being_told_of() {
        let of = |known: usize, unknown: usize| {
            let mut qualities = vec![Some(50.0); known];
            qualities.extend(vec![None; unknown]);
            let found = measured(&qualities, true, &DisclosurePolicy::strict());
            let reading = found.measured().unwrap().clone();
            (assessed(&reading), medians(&reading)[0].is_some())
        };
        assert_eq!(of(40, 0), (Some(1.0), true));
        assert_eq!(of(40, 5), (None, false));
        assert_eq!(of(45, 15), (Some(0.75), true));
        assert_eq!(of(5, 0), (None, false));
    }

    #[test]
    fn without_landmarks_or_faces_nothing_is_measured() {
        let missing = |found: Outcome<Reading>| match found {
            Outcome::Measured(_) => None,
            Outcome::NotMeasured { missing } => Some(missing),
        };
        assert_eq!(
            missing(measured(&[None; 20], false, &open())),
            Some(Missing::NoLandmarks)
        );
        assert_eq!(missing(measured(&[], true, &open())), Some(Missing::NobodyFound));
    }

    #[test]
    fn of_stills_every_face_counts() {
        let mut measure = reading(Capability::FaceQuality, FaceQualityMeasure::new());
        measure.start_item(&ItemStart {
            label: "item-1",
            width: 100,
            height: 100,
            in_sequence: false,
        });
        for frame in 0..10u8 {
            let look = |quality: f32| Some(FaceQuality::scripted([quality; 7], true, 20.0));
            let faces = [
                found_face(look(30.0), true),
                found_face(look(60.0), true),
                found_face(None, true),
            ];
            measure.frame(&Seen {
                frame: frame.into(),
                seconds: f64::from(frame),
                people: None,
                faces: Some(&faces),
            });
        }
        measure.end_item();
        let mut results = Results::new(BTreeMap::new());
        measure.finish(&open(), &mut results);
        let found = results.measurements.capability(Capability::FaceQuality).unwrap();
        let reading = found.measured().unwrap();
        let share = reading.figures[0].estimate.as_ref().unwrap().shown().unwrap();
        assert_eq!((share.sample.n, share.sample.of), (30, SampledThing::Sightings));
        assert!((share.value - 2.0 / 3.0).abs() < 1e-12);
        assert!((30.0..=30.7).contains(&medians(reading)[0].unwrap()));
    }
}
