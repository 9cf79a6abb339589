//! How large faces and bodies appear. In: faces per frame, ended tracks of faces and people. Out: [`FaceExposure`].
//!
//! **Definitions.** Sizes are those of sightings on tracks (of every box, in stills); of faces only boxes that reach the model's
//! threshold are counted, sized and followed. Pixel density (px/m) is estimated
//! from face width / 0.16 m and from body height / 1.7 m: assumptions, printed with the result. Bodies that the picture's edge may cut
//! (`detect/whole.rs`) give none. A person (or face)
//! reaches a level if the best sighting of the track does. A face belongs to a person if its centre lies in the upper
//! half of the person's box in the same frame. **Units.** Pixels, pixels per metre. **Source.** Levels: see
//! [`Level`]. **Sensitivity.** A higher score threshold drops small and blurred faces first and so moves every share
//! up; density moves in proportion to the assumed size (a child of 1.2 m: 29 % less than stated).
//! **What it cannot tell.** Faces that were not found; blur, light, pose and compression, which decide recognition as
//! much as size (which way a face looks is in `frontal_faces.rs`); the true density of a person who is bent or seated
//! (it is higher), or who was never whole in the picture.

use super::axis::{Axis, Support};
use super::beside::Others;
use super::frontal_faces::{FaceSighting, FrontalFacesMeasure};
use super::series::Series;
use super::settled::{Behind, Split, Tally};
use super::{Detection, Results, Seen, Subject, Watched};
use super::{DisclosurePolicy, DrawnName, EndedTrack, ItemStart, Measure, Measured, Missing};
use crate::describe::head_pose::is_frontal;
use crate::detect::overlap::Rect;
use crate::detect::whole::is_whole;
use crate::track::track::{Track, TrackPoint};
use std::collections::BTreeMap;
use vsa_record::caveat::Caveat;
use vsa_record::estimate::{SampledThing, Unit};
use vsa_record::measurements::{DensityAssumptions, FaceExposure, Level, LevelShare, Quantile};
use vsa_statistics::streams::{FACES, Streams};

/// Assumed face width, as the field survey's table of levels assumes it.
pub(super) const FACE_WIDTH_METRES: f64 = 0.16;
/// Assumed height of a standing person.
pub(super) const BODY_HEIGHT_METRES: f64 = 1.7;

/// Face heights in pixels, in bins made for surveillance: nearly all its faces are "small" in COCO's sense.
const HEIGHT_EDGES: [f64; 6] = [0.0, 4.0, 10.0, 20.0, 40.0, 80.0];
/// The same edges in the order in which they are tried.
const HEIGHTS_BY_IMPORTANCE: [f64; 5] = [10.0, 20.0, 40.0, 80.0, 4.0];
/// Densities of the levels in the order in which they are tried: recognition and identification first.
const DENSITIES_BY_IMPORTANCE: [f64; 10] = [125.0, 250.0, 62.5, 25.0, 12.5, 80.0, 500.0, 40.0, 20.0, 1500.0];

/// Below this face height the published figures of face detectors say little: the smallest faces of WIDER FACE.
const SMALLEST_PUBLISHED_FACE: f64 = 10.0;

/// No face is denser, in px/m.
const DENSEST_FACE: f64 = 100_000.0;

/// Frames whose face positions are remembered, to find the faces of people whose tracks end later.
const REMEMBERED_FRAMES: usize = 36_000;

/// Sizes along one axis: of all sightings, and the best of every track.
struct Sizes {
    sightings: Axis,
    best: Axis,
}

impl Sizes {
    fn new(highest: f64) -> Self {
        let axis = || Axis::new(&DENSITIES_BY_IMPORTANCE, &DENSITIES_BY_IMPORTANCE, 1.0, highest);
        Self {
            sightings: axis(),
            best: axis(),
        }
    }

    fn track(&mut self, support: Support, sizes: &[f64]) {
        self.sightings.add(support, sizes.iter().copied());
        self.best
            .add(support, sizes.iter().copied().max_by(f64::total_cmp).into_iter());
    }

    fn image(&mut self, sizes: impl Iterator<Item = f64>) {
        self.sightings.add(Support::Still, sizes);
    }

    /// `of_sightings`, `of_people`: others, of whom no size is known.
    fn levels(
        &self,
        policy: &DisclosurePolicy,
        [of_sightings, of_people]: [Others<'_>; 2],
        streams: Streams,
    ) -> Vec<LevelShare> {
        let shares = |axis: &Axis, of, stream| {
            let densities = Level::ALL.map(Level::pixels_per_metre);
            axis.shares_from(policy, &densities, of, streams.at(stream))
        };
        let sightings = shares(&self.sightings, SampledThing::Sightings, 0);
        let people = shares(&self.best, SampledThing::Tracks, 1);
        let rows = Level::ALL.into_iter().zip(sightings).zip(people);
        rows.filter_map(|((level, sightings), people)| {
            Some(LevelShare {
                standard: level.standard(),
                level,
                pixels_per_metre: level.pixels_per_metre(),
                share_of_sightings: of_sightings.share(sightings)?,
                share_of_people: of_people.share(people),
            })
        })
        .collect()
    }
}

/// Collects sizes.
pub(super) struct FaceExposureMeasure {
    in_sequence: bool,
    series: Series,
    heights: Axis,
    faces: Sizes,
    frontal: FrontalFacesMeasure,
    size: (u32, u32),
    bodies: Sizes,
    /// People with a sighting of which no size is known, because the picture's edge may cut it; those never seen otherwise.
    cut: Behind,
    never_whole: Tally,
    tally: Tally,
    crowd: u64,
    /// Centres of faces by frame, of the present item: what a later track of a person is held against.
    centres: BTreeMap<u64, Vec<(f32, f32)>>,
    with_face: Split,
    not_looked_at: Tally,
}

impl FaceExposureMeasure {
    pub(super) fn new() -> Self {
        Self {
            in_sequence: false,
            series: Series::default(),
            heights: Axis::new(&HEIGHT_EDGES, &HEIGHTS_BY_IMPORTANCE, 1.0, 20_000.0),
            faces: Sizes::new(DENSEST_FACE),
            frontal: FrontalFacesMeasure::new(DENSEST_FACE),
            size: (0, 0),
            bodies: Sizes::new(20_000.0),
            cut: Behind::default(),
            never_whole: Tally::default(),
            tally: Tally::default(),
            crowd: 0,
            centres: BTreeMap::new(),
            with_face: Split::default(),
            not_looked_at: Tally::default(),
        }
    }

    fn face(&mut self, track: &Track, support: Support) {
        self.tally.add(support);
        self.heights
            .add(support, track.seen().map(|point| f64::from(point.rect.height())));
        let sighting = |point: &TrackPoint| sighting(&point.rect, point.frontal);
        let sightings: Vec<FaceSighting> = track.seen().map(sighting).collect();
        let sizes: Vec<f64> = sightings.iter().map(|one| one.density).collect();
        self.faces.track(support, &sizes);
        self.frontal.track(support, &sightings);
    }

    fn person(&mut self, track: &Track, support: Support) {
        let whole = track.seen().filter(|point| is_whole(&point.rect, self.size));
        let sizes: Vec<f64> = whole.map(|point| body_density(&point.rect)).collect();
        if sizes.len() < track.seen().count() {
            self.cut.tracks.add(support);
        }
        if sizes.is_empty() {
            self.never_whole.add(support);
        }
        self.bodies.track(support, &sizes);
        let mut looked_at = track
            .seen()
            .filter_map(|p| self.centres.get(&p.frame).map(|faces| (&p.rect, faces)))
            .peekable();
        if looked_at.peek().is_none() {
            self.not_looked_at.add(support);
        } else {
            let with = looked_at.any(|(body, faces)| faces.iter().any(|&face| is_on(body, face)));
            self.with_face.add(with, support);
        }
    }
}

impl Measure for FaceExposureMeasure {
    type Found = FaceExposure;

    fn follows(&self, _subject: Subject) -> bool {
        true
    }

    fn takes_stills(&self) -> bool {
        true
    }

    fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        self.in_sequence = item.in_sequence;
        self.size = (item.width, item.height);
        self.centres.clear();
        true
    }

    fn frame(&mut self, seen: &Seen<'_>) {
        if !self.in_sequence {
            let people = seen.people.unwrap_or_default();
            let is_whole = |body: &&Detection| is_whole(&body.rect, self.size);
            let whole = people.iter().filter(is_whole);
            let sizes: Vec<f64> = whole.map(|body| body_density(&body.rect)).collect();
            self.cut.crowd = self.cut.crowd.max((people.len() - sizes.len()) as u64);
            self.bodies.image(sizes.into_iter());
        }
        let Some(faces) = seen.faces else { return };
        self.series.push(faces.len() as u64);
        if faces.iter().any(|face| face.landmarks.is_some()) {
            self.frontal.landmarks();
        }
        if self.in_sequence {
            if self.centres.len() == REMEMBERED_FRAMES {
                self.centres.pop_first();
            }
            self.centres
                .insert(seen.frame, faces.iter().map(|face| face.rect.centre()).collect());
        } else {
            self.crowd = self.crowd.max(faces.len() as u64);
            self.heights.add(
                Support::Still,
                faces.iter().map(|face| f64::from(face.rect.height())),
            );
            let sightings = faces.iter().map(|face| sighting(&face.rect, is_frontal(face)));
            let sightings: Vec<FaceSighting> = sightings.collect();
            self.faces.image(sightings.iter().map(|one| one.density));
            self.frontal.image(&sightings);
        }
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        match ended.subject {
            Subject::Person => self.person(ended.track, ended.support),
            Subject::Face => self.face(ended.track, ended.support),
        }
    }

    fn end_item(&mut self, _watched: &Watched) {
        self.centres.clear();
    }

    fn finish(
        self,
        watched: &Watched,
        policy: &DisclosurePolicy,
        results: &mut Results,
    ) -> Measured<FaceExposure> {
        watched.looked_for(Subject::Face)?;
        let estimates = self.series.estimates(Unit::FacesPerFrame, FACES);
        let (faces_per_frame, _) = estimates.ok_or(Missing::NoFaceModel)?;
        let faces_per_frame = results.as_drawn(DrawnName::FacesPerFrame, faces_per_frame);
        let (frames, sightings) = (self.series.frames(), self.series.total());
        let people = self.tally.people().max(self.crowd).max(u64::from(sightings > 0));
        let sized = self.heights.values();
        let groups = [people.min(sightings), sightings.abs_diff(sized)];
        let assumptions = DensityAssumptions {
            face_width_metres: FACE_WIDTH_METRES,
            body_height_metres: BODY_HEIGHT_METRES,
            whole_bodies: true,
        };
        results.caveats.extend(self.caveats(policy));
        let quantiles = |axis: &Axis, unit: Unit, stream: u64| -> Vec<Quantile> {
            let mut cuts = axis.cuts(policy);
            axis.quantiles(policy, &mut cuts, unit, SampledThing::Sightings, FACES.at(stream))
        };
        let [cut, never_whole, nobody] =
            [self.cut.people(), self.never_whole.people(), 0].map(|others| Others::new(others, policy));
        let levels_from_faces = self.faces.levels(policy, [nobody, nobody], FACES.skip(20));
        let frontal = self.frontal.finish(&levels_from_faces, policy, FACES.skip(60));
        Ok(FaceExposure {
            frames,
            faces_per_frame: policy.cell_about(faces_per_frame, &groups),
            distinct_faces: watched
                .any_sequence
                .then(|| policy.cell(self.tally.all, self.tally.people())),
            sightings: policy.cell_about(sightings, &groups),
            sized_sightings: policy.cell(sized, self.heights.people(&(0..self.heights.cells()))),
            people_with_face: self.with_face.share_beside(self.not_looked_at, policy),
            face_heights: self.heights.histogram(policy, &self.heights.cuts(policy)),
            face_height_quantiles: quantiles(&self.heights, Unit::Pixels, 10),
            assumptions,
            levels_from_faces,
            frontal: Some(frontal.into()),
            levels_from_bodies: self.bodies.levels(policy, [cut, never_whole], FACES.skip(30)),
            body_density_quantiles: cut.quantiles(quantiles(
                &self.bodies.sightings,
                Unit::PixelsPerMetre,
                40,
            )),
        })
    }
}

impl FaceExposureMeasure {
    fn caveats(&self, policy: &DisclosurePolicy) -> Vec<Caveat> {
        let mut caveats = vec![
            Caveat::AssumedSizes {
                face_width_metres: FACE_WIDTH_METRES,
                body_height_metres: BODY_HEIGHT_METRES,
            },
            Caveat::LevelsFromSecondarySources,
        ];
        let total = self.heights.values();
        let at = [SMALLEST_PUBLISHED_FACE];
        let shares = self
            .heights
            .shares_from(policy, &at, SampledThing::Sightings, FACES.at(50));
        if let (true, Some(Some(at_least))) = (total > 0, shares.first()) {
            let below = at_least.shown().map(|estimate| 1.0 - estimate.value);
            if below != Some(0.0) {
                let people = self.heights.people(&(0..self.heights.edge(at[0])));
                let share = below.map_or_else(|| policy.withheld(), |below| policy.cell(below, people));
                caveats.push(Caveat::SmallFaces {
                    share,
                    pixels: SMALLEST_PUBLISHED_FACE,
                });
            }
        }
        caveats
    }
}

fn sighting(face: &Rect, frontal: bool) -> FaceSighting {
    FaceSighting {
        density: face_density(face),
        frontal,
    }
}

fn face_density(face: &Rect) -> f64 {
    f64::from(face.width()) / FACE_WIDTH_METRES
}

fn body_density(body: &Rect) -> f64 {
    f64::from(body.height()) / BODY_HEIGHT_METRES
}

/// Whether a face with this centre lies in the upper half of a body.
fn is_on(body: &Rect, (x, y): (f32, f32)) -> bool {
    (body.left..=body.right).contains(&x) && (body.top..=f32::midpoint(body.top, body.bottom)).contains(&y)
}
