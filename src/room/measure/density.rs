//! People per area. In: frames and ended tracks of people. Out: the reading of [`Capability::Density`](super::Capability).
//!
//! **Definition.** Feet (the middle of the lower edge of a box) inside the ground that was drawn, or inside a zone,
//! divided by its area on the calibrated ground plane. **Unit.** People per square metre; shares of frames.
//! **Source.** French decree 2023-828, event 7, names no number. Thresholds: the flow of a crowd begins to break down
//! at 2 to 3 people per square metre (G. K. Still, gkstill.com, "Crowd flow: Fruin", after Fruin 1971).
//! **Sensitivity.** In dense crowds detectors miss people behind others, so that densities are too low where they
//! matter; the mean over a large ground hides a dense corner of it. **What it cannot tell.** Whether a crowd is in
//! danger; anything without a calibration.

use super::places::{Places, ever_inside, people_inside};
use super::series::Series;
use super::settled::Split;
use super::{DisclosurePolicy, EndedTrack, Figure, FigureName, ItemStart, Measure, Measured, Missing};
use super::{Estimate, Reading, Results, Seen, Subject, Watched};
use std::sync::Arc;
use vsa_plan::scene::Scene;
use vsa_plan::scene::polygon::Place;
use vsa_record::estimate::Unit;
use vsa_statistics::streams::DENSITY;

/// People per square metre: both ends of the range that the source names.
const DENSE: [f64; 2] = [2.0, 3.0];

struct Area {
    /// None: the ground.
    name: Option<String>,
    polygon: Vec<Place>,
    square_metres: f64,
    people: Series,
    /// Whether each threshold was passed, frame by frame.
    dense: [Series; 2],
    /// Most people at once in frames above each threshold, and in the others.
    most: [[u64; 2]; 2],
    inside: Split,
}

/// Collects densities.
pub(super) struct DensityMeasure {
    scene: Arc<Scene>,
    places: Places,
    areas: Vec<Area>,
}

impl DensityMeasure {
    pub(super) fn new(scene: &Arc<Scene>) -> Self {
        let area = |name: Option<&String>, polygon: &[Place], square_metres: f64| Area {
            name: name.cloned(),
            polygon: polygon.to_vec(),
            square_metres,
            people: Series::default(),
            dense: [Series::default(), Series::default()],
            most: [[0; 2]; 2],
            inside: Split::default(),
        };
        let described = scene.described();
        let ground = described.calibration.iter().filter_map(|calibration| {
            Some(area(None, &calibration.ground, calibration.ground_square_metres?))
        });
        let zones = described
            .zones
            .iter()
            .filter_map(|zone| Some(area(Some(&zone.name), &zone.polygon, zone.square_metres?)));
        Self {
            areas: ground.chain(zones).collect(),
            scene: Arc::clone(scene),
            places: Places::new(scene),
        }
    }
}

impl Measure for DensityMeasure {
    type Found = Reading;

    fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        self.places.start_item(item)
    }

    fn frame(&mut self, seen: &Seen<'_>) {
        let Some(people) = seen.people else { return };
        for area in &mut self.areas {
            let count = people_inside(people, &area.polygon);
            area.people.push(count);
            for (at, threshold) in DENSE.iter().enumerate() {
                let dense = count as f64 > threshold * area.square_metres;
                area.dense[at].push(u64::from(dense));
                let most = &mut area.most[at][usize::from(dense)];
                *most = count.max(*most);
            }
        }
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        for area in &mut self.areas {
            let touched = ever_inside(ended, &area.polygon);
            area.inside.add(touched, ended.support);
        }
    }

    fn finish(self, watched: &Watched, policy: &DisclosurePolicy, _: &mut Results) -> Measured<Reading> {
        if self.scene.plane().is_none() {
            return Err(Missing::NoCalibration);
        }
        if self.areas.is_empty() {
            return Err(Missing::NoGround);
        }
        watched.followed(Subject::Person)?;
        if self.areas.iter().all(|area| area.people.frames() == 0) {
            return Err(Missing::NoFrames);
        }
        let mut figures = Vec::new();
        for (at, area) in self.areas.iter().enumerate() {
            let streams = DENSITY.skip(10 * at as u64);
            let somebody = u64::from(area.people.total() > 0);
            let [inside, outside] = area.inside.people();
            let groups = [inside.max(somebody), outside];
            let mean = area.people.estimates(Unit::PeoplePerSquareMetre, streams);
            let mean = mean.map(|(mean, _)| policy.cell_about(per(mean, area.square_metres), &groups));
            let mut push = |figure: Figure| figures.push(figure.of(area.name.clone()));
            push(Figure::new(FigureName::PeoplePerArea, mean));
            for (which, &threshold) in DENSE.iter().enumerate() {
                let share = area.dense[which].estimates(Unit::Ratio, streams.skip(2 + 2 * which as u64));
                // Those seen at once in one such frame stand behind it: at least so many people.
                let estimate = share.map(|(_, share)| policy.cell_about(share, &area.most[which]));
                push(Figure::new(FigureName::DenserThanShare, estimate).at(threshold));
            }
        }
        Ok(figures.into())
    }
}

/// A mean number of people, divided by an area.
fn per(estimate: Estimate, square_metres: f64) -> Estimate {
    Estimate {
        value: estimate.value / square_metres,
        interval: estimate.interval.per(square_metres),
        ..estimate
    }
}
