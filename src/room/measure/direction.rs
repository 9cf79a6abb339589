//! Movement against the common direction. In: ended tracks of people. Out: the reading of
//! [`Capability::Direction`](super::Capability).
//!
//! **Definition.** A person moves who comes 2 m (or the like in body heights) away from where the track began; the
//! *heading* is the way from the first to the last place. The common direction is given in the scene; otherwise it is
//! the mean of the headings, if they agree (mean resultant length 0.5 or more over 11 people or more). *Against* it is
//! whoever, for two seconds or more, moves at 0.3 m/s or more within 45 degrees of the opposite.
//! **Unit.** Shares, events per hour; degrees from the right of the picture clockwise, or from the x axis of the ground
//! towards its y axis. **Source.** French decree 2023-828, event 3; mean resultant length: Mardia and Jupp, *Directional
//! Statistics* (2000), 2.2; the limits are ours. **Sensitivity.** A wider angle, a lower speed and a shorter time find
//! more. **What it cannot tell.** Whether a direction was forbidden; where people have none in common, nothing.

use super::axis::{Axis, Support};
use super::places::{Places, Stride, strides};
use super::settled::{Split, Tally};
use super::{DisclosurePolicy, EndedTrack, Figure, FigureName, ItemStart, Measure, Measured, Missing};
use super::{Reading, Results, Subject, Watched};
use std::sync::Arc;
use vsa_plan::scene::Scene;
use vsa_plan::scene::polygon::{Place, distance, dot, minus};
use vsa_record::estimate::Unit;
use vsa_record::reading::DistributionName;

/// Whoever comes less far stands, in metres.
const MOVED_METRES: f64 = 2.0;
/// Slower strides have no direction, in metres per second.
const MOVING: f64 = 0.3;
/// Against the common direction for so long, in seconds; a stride lasts one of them.
const AGAINST_SECONDS: f64 = 2.0;
/// Cosine of the angle from which on a stride is against: 135 degrees.
const AGAINST_COSINE: f64 = -std::f64::consts::FRAC_1_SQRT_2;
/// Headings that agree less have no common direction.
const AGREEMENT: f64 = 0.5;
/// Fewer people have none either.
const PEOPLE: u64 = 11;
/// Where no direction is given, each of so many is tried while people are followed, and the nearest is taken at last.
const TRIED: u32 = 36;

const EDGES: [f64; 8] = [0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0];
const BY_IMPORTANCE: [f64; 7] = [180.0, 90.0, 270.0, 45.0, 135.0, 225.0, 315.0];

/// Somebody who moved.
struct Mover {
    support: Support,
    heading: Place,
    /// Runs against each of the directions tried.
    against: Vec<u32>,
}

/// Collects directions.
pub(super) struct DirectionMeasure {
    places: Places,
    given: bool,
    /// Unit steps.
    tried: Vec<Place>,
    movers: Vec<Mover>,
    /// People who did not move: all people less the movers, so that they are as good as told.
    still: Tally,
}

impl DirectionMeasure {
    pub(super) fn new(scene: &Arc<Scene>) -> Self {
        let given = scene.common_direction();
        let tried = match given {
            Some(step) => vec![unit(step)],
            None => (0..TRIED)
                .map(|at| (f64::from(at) / f64::from(TRIED) * std::f64::consts::TAU).sin_cos())
                .map(|(sine, cosine)| [cosine, sine])
                .collect(),
        };
        Self {
            places: Places::new(scene),
            given: given.is_some(),
            tried,
            movers: Vec::new(),
            still: Tally::default(),
        }
    }

    /// Which of the directions tried is the common one. None: there is none.
    fn common(&self) -> Option<usize> {
        if self.given {
            return Some(0);
        }
        let settled = || {
            self.movers
                .iter()
                .filter(|mover| mover.support == Support::Confirmed)
        };
        let people = settled().count() as u64;
        let sum = settled().fold([0.0, 0.0], |sum, mover| {
            [sum[0] + mover.heading[0], sum[1] + mover.heading[1]]
        });
        if people < PEOPLE || distance(sum, [0.0, 0.0]) < AGREEMENT * people as f64 {
            return None;
        }
        (0..self.tried.len()).max_by(|&a, &b| dot(self.tried[a], sum).total_cmp(&dot(self.tried[b], sum)))
    }
}

impl Measure for DirectionMeasure {
    type Found = Reading;

    fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        self.places.start_item(item) || !(self.places.calibrated() || self.given)
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        let steps = self.places.steps(ended.track);
        let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
            self.still.add(ended.support);
            return;
        };
        let way = minus(last.ground, first.ground);
        if distance(way, [0.0, 0.0]) < self.places.threshold(MOVED_METRES) {
            self.still.add(ended.support);
            return;
        }
        let (strides, slow) = (strides(&steps), self.places.threshold(MOVING).max(0.1));
        self.movers.push(Mover {
            support: ended.support,
            heading: unit(way),
            against: self
                .tried
                .iter()
                .map(|&common| runs_against(&strides, common, slow))
                .collect(),
        });
    }

    fn finish(self, watched: &Watched, policy: &DisclosurePolicy, _: &mut Results) -> Measured<Reading> {
        watched.somebody(Subject::Person)?;
        if self.movers.is_empty() {
            return Err(Missing::TooFewTracks);
        }
        let common = self.common().ok_or(Missing::NoCommonDirection)?;
        let (mut against, mut events) = (Split::default(), 0);
        let mut headings = Axis::new(&EDGES, &BY_IMPORTANCE, 1.0, 360.0);
        for mover in &self.movers {
            let runs = mover.against[common];
            events += u64::from(runs);
            against.add(runs > 0, mover.support);
            let degrees = mover.heading[1].atan2(mover.heading[0]).to_degrees();
            let around = degrees.rem_euclid(360.0) % 360.0;
            headings.add(mover.support, std::iter::once(around));
        }
        let still = self.still.people();
        let [against_people, with_people] = against.people();
        let groups = [with_people, against_people, still];
        let mut headings = headings.bins(policy, DistributionName::Heading, Unit::Degrees);
        if let Some(last) = headings.bins.last_mut() {
            last.high = Some(360.0);
        }
        if !policy.permits(still) {
            let bins = headings.bins.iter_mut();
            bins.for_each(|bin| bin.count = policy.withheld());
        }
        let cell = |estimate| policy.cell_about(estimate, &groups);
        let rate = watched.per_hour(events);
        Ok(Reading {
            figures: vec![
                Figure::new(FigureName::AgainstDirectionShare, against.share().map(cell)),
                Figure::new(FigureName::CounterFlowRate, rate.map(cell)),
            ],
            distributions: vec![headings],
        })
    }
}

/// How often somebody began to move against `common` and kept on.
fn runs_against(strides: &[Stride], common: Place, slow: f64) -> u32 {
    let is_against = |stride: &Stride| {
        let speed = stride.speed();
        speed >= slow && dot(stride.velocity, common) <= AGAINST_COSINE * speed
    };
    let runs = strides.chunk_by(|a, b| is_against(a) == is_against(b));
    let kept_on = |run: &&[Stride]| {
        let seconds = run[run.len() - 1].seconds - run[0].seconds;
        is_against(&run[0]) && seconds >= AGAINST_SECONDS - 1.0 - 1e-6
    };
    runs.filter(kept_on).count() as u32
}

fn unit(step: Place) -> Place {
    let length = distance(step, [0.0, 0.0]);
    [step[0] / length, step[1] / length]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strides(angles: &[f64], speed: f64) -> Vec<Stride> {
        let stride = |(at, angle): (usize, &f64)| {
            let (sine, cosine) = angle.to_radians().sin_cos();
            Stride {
                seconds: at as f64 / 10.0,
                velocity: [speed * cosine, speed * sine],
            }
        };
        angles.iter().enumerate().map(stride).collect()
    }

    #[test]
    fn only_a_kept_up_way_within_45_degrees_of_the_opposite_is_against() {
        let right = [1.0, 0.0];
        assert_eq!(runs_against(&strides(&[180.0; 30], 1.0), right, 0.3), 1);
        assert_eq!(runs_against(&strides(&[140.0; 30], 1.0), right, 0.3), 1);
        assert_eq!(
            runs_against(&strides(&[130.0; 30], 1.0), right, 0.3),
            0,
            "50 degrees off"
        );
        assert_eq!(
            runs_against(&strides(&[180.0; 30], 0.2), right, 0.3),
            0,
            "too slow"
        );
        assert_eq!(
            runs_against(&strides(&[180.0; 9], 1.0), right, 0.3),
            0,
            "too short"
        );
        let mut twice = [180.0; 60];
        twice[25..35].fill(0.0);
        assert_eq!(runs_against(&strides(&twice, 1.0), right, 0.3), 2);
    }
}
