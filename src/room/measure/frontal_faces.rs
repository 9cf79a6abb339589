//! Faces that look towards the camera at the density for recognition. In: sightings of each track of a face, or of each still.
//! Out: [`FrontalFaces`].
//!
//! **Definition.** A sighting is usable if five landmarks say that the face looks towards the camera (`describe/head_pose.rs`: the
//! limits and their source); its density is that of [`face_exposure`](super::face_exposure). A track reaches a level if its
//! largest usable sighting does. Shares are of all faces: one without landmarks, or turned away, is a face and not usable.
//! **What may be told.** Who reaches a level while usable reaches it, and every lower one, among all faces. So whoever knows both
//! shares knows of those who reach the lower level and are not usable at the higher. A share is withheld where they, under any
//! share that is told of all faces, are too few; what is told of all faces never depends on it.
//! **What it cannot tell.** See `describe/head_pose.rs`; and light, blur and compression, as of all faces.

use super::axis::{Axis, Support};
use super::settled::Behind;
use super::{DisclosurePolicy, Measured, Missing};
use crate::describe::head_pose::{MOST_PITCH, MOST_YAW};
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{Estimate, SampledThing};
use vsa_record::frontal::FrontalFaces;
use vsa_record::measurements::{Level, LevelShare};
use vsa_statistics::streams::Streams;

/// The levels at which recognition is asked for.
const LEVELS: [Level; 2] = [Level::Recognise, Level::Identify];

/// From here on a sighting is usable at all, in px/m: no face that was found is smaller.
const ANY: f64 = 1.0;

/// One sighting of a face.
#[derive(Clone, Copy)]
pub(super) struct FaceSighting {
    /// Pixels per metre.
    pub(super) density: f64,
    pub(super) frontal: bool,
}

impl FaceSighting {
    /// The density at which it is usable; 0: it is not.
    fn usable(self) -> f64 {
        if self.frontal { self.density } else { 0.0 }
    }
}

/// Those who reach a level among all faces and are not usable at another, which is as high or higher.
struct Apart {
    reached: Level,
    usable: Level,
    /// With a sighting of that kind.
    sightings: Behind,
    /// At their best.
    best: Behind,
}

impl Apart {
    fn holds(&self, density: f64, usable: f64) -> bool {
        density >= self.reached.pixels_per_metre() && usable < self.usable.pixels_per_metre()
    }
}

/// Collects sightings.
pub(super) struct FrontalFacesMeasure {
    landmarks: bool,
    /// Densities while usable: of all sightings, and the best of every track.
    sightings: Axis,
    best: Axis,
    apart: Vec<Apart>,
}

impl FrontalFacesMeasure {
    pub(super) fn new(highest: f64) -> Self {
        let edges = [LEVELS[0].pixels_per_metre(), LEVELS[1].pixels_per_metre(), ANY];
        let axis = || Axis::new(&edges, &edges, ANY, highest);
        let pairs = LEVELS.into_iter().flat_map(|usable| {
            let lower = move |reached: &Level| reached.pixels_per_metre() <= usable.pixels_per_metre();
            let all = Level::ALL.into_iter().filter(lower);
            all.map(move |reached| Apart {
                reached,
                usable,
                sightings: Behind::default(),
                best: Behind::default(),
            })
        });
        Self {
            landmarks: false,
            sightings: axis(),
            best: axis(),
            apart: pairs.collect(),
        }
    }

    /// The model gives landmarks.
    pub(super) fn landmarks(&mut self) {
        self.landmarks = true;
    }

    pub(super) fn track(&mut self, support: Support, seen: &[FaceSighting]) {
        let most = |of: fn(FaceSighting) -> f64| seen.iter().copied().map(of).max_by(f64::total_cmp);
        let (Some(density), Some(usable)) = (most(|one| one.density), most(FaceSighting::usable)) else {
            return;
        };
        self.sightings.add(support, seen.iter().map(|one| one.usable()));
        self.best.add(support, std::iter::once(usable));
        for apart in &mut self.apart {
            if seen.iter().any(|one| apart.holds(one.density, one.usable())) {
                apart.sightings.tracks.add(support);
            }
            if apart.holds(density, usable) {
                apart.best.tracks.add(support);
            }
        }
    }

    pub(super) fn image(&mut self, seen: &[FaceSighting]) {
        self.sightings
            .add(Support::Still, seen.iter().map(|one| one.usable()));
        for apart in &mut self.apart {
            let here = seen.iter().filter(|one| apart.holds(one.density, one.usable()));
            let here = here.count() as u64;
            apart.sightings.crowd = apart.sightings.crowd.max(here);
        }
    }

    /// `all`: what is told of all faces.
    pub(super) fn finish(
        &self,
        all: &[LevelShare],
        policy: &DisclosurePolicy,
        streams: Streams,
    ) -> Measured<FrontalFaces> {
        if self.sightings.values() == 0 {
            return Err(Missing::NobodyFound);
        }
        if !self.landmarks {
            return Err(Missing::NoLandmarks);
        }
        let edges = [ANY, LEVELS[0].pixels_per_metre(), LEVELS[1].pixels_per_metre()];
        let shares = |axis: &Axis, of, stream| axis.shares_from(policy, &edges, of, streams.at(stream));
        let mut of_sightings = shares(&self.sightings, SampledThing::Sightings, 0).into_iter();
        let mut of_people = shares(&self.best, SampledThing::Tracks, 1).into_iter();
        let share_of_sightings = of_sightings.next().flatten().ok_or(Missing::NobodyFound)?;
        let share_of_people = of_people.next().flatten();
        let rows = LEVELS.into_iter().zip(of_sightings).zip(of_people);
        let levels = rows.filter_map(|((level, of_sightings), of_people)| {
            let told = |cell, best| self.told(policy, (level, cell), all, best);
            Some(LevelShare {
                standard: level.standard(),
                level,
                pixels_per_metre: level.pixels_per_metre(),
                share_of_sightings: told(of_sightings?, false),
                share_of_people: of_people.map(|cell| told(cell, true)),
            })
        });
        Ok(FrontalFaces {
            largest_yaw_degrees: MOST_YAW,
            largest_pitch_degrees: MOST_PITCH,
            share_of_sightings,
            share_of_people,
            levels: levels.collect(),
        })
    }

    /// A share of those usable at `level`, beside what is told of `all`.
    fn told(
        &self,
        policy: &DisclosurePolicy,
        (level, share): (Level, Cell<Estimate>),
        all: &[LevelShare],
        at_best: bool,
    ) -> Cell<Estimate> {
        let is_told = |of: Level| {
            all.iter().filter(|row| row.level == of).any(|row| {
                let of_people = row.share_of_people.as_ref().and_then(Cell::shown);
                let shown = if at_best {
                    of_people
                } else {
                    row.share_of_sightings.shown()
                };
                shown.is_some()
            })
        };
        let mut beside = self
            .apart
            .iter()
            .filter(|apart| apart.usable == level && is_told(apart.reached));
        let few = beside.any(|apart| {
            let behind = if at_best { apart.best } else { apart.sightings };
            !policy.permits(behind.people())
        });
        if few { policy.withheld() } else { share }
    }
}
