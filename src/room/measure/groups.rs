//! Gatherings and distances between people. In: ended tracks of people. Out: the reading of
//! [`Capability::Groups`](super::Capability).
//!
//! **Definition.** Distances between feet, every half second. *Together*: two people within 1.5 m for five seconds or
//! more (apart for one second at most). *Group*: people connected by pairs that are together at one moment; a
//! *gathering* is a group of three or more. **Unit.** Metres where the scene is calibrated, otherwise body heights (of
//! both, in the mean); shares, events per hour. **Source.** Hall, *The Hidden Dimension* (1966): personal distance
//! ends at 1.2 m, the close phase of social distance at 2.1 m; 1.5 m lies between. Five seconds are ours: two who pass
//! each other at walking speed are within 1.5 m for about one second. **Sensitivity.** A larger distance and a shorter
//! time find more and larger groups; a broken track breaks company. **What it cannot tell.** Whether people know each
//! other: who walks the same way at the same pace is together. Without calibration people behind each other seem near.

use super::axis::Axis;
use super::places::Places;
use super::settled::Split;
use super::together::{Path, Together};
use super::{DisclosurePolicy, EndedTrack, Figure, FigureName, ItemStart, Measure, Measured, Missing};
use super::{Reading, Results, Subject, Watched};
use std::sync::Arc;
use vsa_plan::scene::Scene;
use vsa_record::estimate::{SampledThing, Unit};
use vsa_record::reading::DistributionName;
use vsa_statistics::streams::GROUPS;

/// In metres.
const TOGETHER_METRES: f64 = 1.5;
const TOGETHER_SECONDS: f64 = 5.0;
/// From how many people on a group is a gathering.
const GATHERING: usize = 3;
/// Distances whose shares are told, in metres.
const NEAR: [f64; 3] = [1.0, 1.5, 2.0];
/// Stands for "nobody else in view": far beyond every edge.
const ALONE: f64 = 1e6;

const DISTANCE_EDGES: [f64; 8] = [0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0];
const BY_IMPORTANCE: [f64; 7] = [2.0, 5.0, 1.0, 3.0, 1.5, 10.0, 0.5];
const SIZE_EDGES: [f64; 5] = [2.0, 3.0, 4.0, 5.0, 10.0];

/// Collects distances and groups.
pub(super) struct GroupsMeasure {
    places: Places,
    near: [f64; 3],
    together: Option<Together>,
    /// Distance to the nearest other in each half second, [`ALONE`] included, and left out.
    nearness: Axis,
    nearest: Axis,
    sizes: Axis,
    grouped: Split,
    gathered: Split,
    gatherings: u64,
}

impl GroupsMeasure {
    pub(super) fn new(scene: &Arc<Scene>) -> Self {
        let places = Places::new(scene);
        let near = NEAR.map(|metres| places.threshold(metres));
        Self {
            places,
            near,
            together: None,
            nearness: Axis::new(&near, &near, 0.05, 100.0),
            nearest: Axis::new(&DISTANCE_EDGES, &BY_IMPORTANCE, 0.05, 1000.0),
            sizes: Axis::new(&SIZE_EDGES, &SIZE_EDGES, 1.0, 1000.0),
            grouped: Split::default(),
            gathered: Split::default(),
            gatherings: 0,
        }
    }

    fn keep(&mut self, finished: Vec<Path>) {
        for person in finished {
            let known = || person.nearest.iter().copied();
            self.nearest
                .add(person.support, known().filter(|distance| distance.is_finite()));
            self.nearness
                .add(person.support, known().map(|distance| distance.min(ALONE)));
        }
    }
}

impl Measure for GroupsMeasure {
    type Found = Reading;

    fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        let fits = self.places.start_item(item) || !self.places.calibrated();
        self.together = Some(Together::new(
            self.places.threshold(TOGETHER_METRES),
            TOGETHER_SECONDS,
        ));
        fits
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        let steps = self.places.steps(ended.track);
        if let Some(together) = &mut self.together {
            let past = together.add(&self.places, &steps, ended.support);
            self.keep(past);
        }
    }

    fn end_item(&mut self, _watched: &Watched) {
        let Some(together) = self.together.take() else {
            return;
        };
        let (rest, groups) = together.finish(GATHERING);
        self.keep(rest);
        self.gatherings += groups.gatherings;
        for (id, (support, largest)) in groups.largest.iter().enumerate() {
            let grouped = *largest >= 2;
            self.grouped.add(grouped, *support);
            self.gathered.add(groups.gathered.contains(&id), *support);
            self.sizes
                .add(*support, grouped.then_some(*largest as f64).into_iter());
        }
    }

    fn finish(self, watched: &Watched, policy: &DisclosurePolicy, _: &mut Results) -> Measured<Reading> {
        watched.somebody(Subject::Person)?;
        if self.nearness.values() == 0 {
            return Err(Missing::TooFewTracks);
        }
        let names = [FigureName::NearerThanShare, FigureName::NearerThanHeightsShare];
        let name = self.places.one_of(names);
        let shares = self
            .nearness
            .shares_below(policy, &self.near, SampledThing::Sightings, GROUPS.at(10));
        let near = self.near.iter().zip(shares);
        let mut figures: Vec<Figure> = near.map(|(&at, share)| Figure::new(name, share).at(at)).collect();
        let in_group = self.grouped.share_told(policy);
        let rate = watched.per_hour(self.gatherings);
        let rate = rate.map(|estimate| self.gathered.cell(policy, estimate));
        figures.extend([
            Figure::new(FigureName::InGroupShare, in_group),
            Figure::new(FigureName::GatheringRate, rate).at(GATHERING as f64),
        ]);
        let unit = self.places.one_of([Unit::Metres, Unit::BodyHeights]);
        let name = (DistributionName::NearestDistance, unit);
        let nearest = self
            .nearest
            .distribution(policy, name, SampledThing::Sightings, GROUPS.at(0));
        let sizes = self.sizes.bins(policy, DistributionName::GroupSize, Unit::People);
        Ok(Reading {
            figures,
            distributions: vec![nearest, sizes],
        })
    }
}
