//! How fast people move. In: ended tracks of people. Out: the reading of [`Capability::Pace`](super::Capability).
//!
//! **Definition.** The place of a person is the middle of the lower edge of the box, smoothed over half a second; a
//! speed is the way of about a second divided by its time. *Speed* of a person: the median of these. *Faster than*: at
//! some time every speed within a second lay at or above the threshold, so that one jump of a box is no running. Below two frames
//! looked at in a second nothing is said.
//! **Unit.** Metres per second where the scene is calibrated, otherwise heights of the own body per second.
//! **Source.** Thresholds: on treadmills people change from walking to running near 2 m/s (Anthropometric models of
//! the transition, PMC8629136); over ground they mix both between 1.9 m/s (mostly walking) and 3.0 m/s (mostly
//! running) (Baker, Long and Srinivasan, arXiv 2501.00720). **Sensitivity.** A higher score threshold cuts tracks short
//! and loses some; boxes that lose the feet change the place. **What it cannot tell.** Why somebody hurries; cyclists
//! and runners are one; without calibration, ways along the line of sight are too short.

use super::axis::Axis;
use super::beside::Others;
use super::places::{Places, Stride, strides};
use super::settled::Tally;
use super::{DisclosurePolicy, EndedTrack, Figure, FigureName, ItemStart, Measure, Measured, Missing};
use super::{Reading, Results, Subject, Watched};
use std::sync::Arc;
use vsa_plan::scene::Scene;
use vsa_record::estimate::{SampledThing, Unit};
use vsa_record::reading::DistributionName;
use vsa_statistics::median;
use vsa_statistics::streams::PACE;

/// Metres per second: hardly anybody walks faster than the second, some run already at the first.
const RUNNING: [f64; 2] = [2.0, 3.0];

/// A threshold is passed for so long, in seconds, besides the second that a stride lasts.
const KEPT_UP_SECONDS: f64 = 1.0;

/// Frames are at most so far apart: a second of speed then has two of them.
const LONGEST_STEP: f64 = KEPT_UP_SECONDS / 2.0;

/// Edges of the histogram.
const SPEED_EDGES: [f64; 12] = [0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0];

/// Edges in the order in which they are tried: an earlier one may forbid a later.
const BY_IMPORTANCE: [f64; 11] = [1.0, 2.0, 1.5, 0.5, 3.0, 1.25, 0.25, 1.75, 0.75, 2.5, 4.0];

/// Collects speeds.
pub(super) struct PaceMeasure {
    places: Places,
    typical: Axis,
    fastest: Axis,
    /// Of whom no stride is known.
    others: Tally,
    thresholds: [f64; 2],
}

impl PaceMeasure {
    pub(super) fn new(scene: &Arc<Scene>) -> Self {
        let places = Places::new(scene);
        let thresholds = RUNNING.map(|metres| places.threshold(metres));
        Self {
            places,
            typical: Axis::new(&SPEED_EDGES, &BY_IMPORTANCE, 0.02, 50.0),
            fastest: Axis::new(&thresholds, &thresholds, 0.02, 50.0),
            others: Tally::default(),
            thresholds,
        }
    }
}

impl Measure for PaceMeasure {
    type Found = Reading;

    fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        self.places.start_item(item) || !self.places.calibrated()
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        let strides = strides(&self.places.steps(ended.track));
        if strides.is_empty() {
            self.others.add(ended.support);
        }
        self.typical.add(ended.support, median(&strides).into_iter());
        self.fastest.add(ended.support, kept_up(&strides).into_iter());
    }

    fn finish(self, watched: &Watched, policy: &DisclosurePolicy, _: &mut Results) -> Measured<Reading> {
        watched.somebody(Subject::Person)?;
        watched.often_enough(LONGEST_STEP)?;
        if self.typical.values() == 0 {
            return Err(Missing::TooFewTracks);
        }
        let units = [Unit::MetresPerSecond, Unit::BodyHeightsPerSecond];
        let unit = self.places.one_of(units);
        let (tracks, name) = (SampledThing::Tracks, (DistributionName::Speed, unit));
        let speeds = self.typical.distribution(policy, name, tracks, PACE.at(0));
        let shares = self
            .fastest
            .shares_from(policy, &self.thresholds, tracks, PACE.at(10));
        // Both numbers of people are told: their difference, who was followed for less than two seconds, is as well.
        let all = 0..self.typical.cells();
        let long = 0..self.fastest.cells();
        let short = self.typical.people(&all).abs_diff(self.fastest.people(&long));
        let names = [FigureName::FasterThanShare, FigureName::FasterThanHeightsShare];
        let name = self.places.one_of(names);
        let told = policy.permits(short);
        let figures = self.thresholds.iter().zip(shares).map(|(&at, share)| {
            let share = if told { share } else { Some(policy.withheld()) };
            Figure::new(name, share).at(at)
        });
        let reading = Reading {
            figures: figures.collect(),
            distributions: vec![speeds],
        };
        Ok(Others::new(self.others.people(), policy).reading(reading))
    }
}

/// The median speed: the lower one of the middle two.
fn median(strides: &[Stride]) -> Option<f64> {
    let mut speeds: Vec<f64> = strides.iter().map(Stride::speed).collect();
    median::lower(&mut speeds, f64::total_cmp)
}

/// The highest speed that was kept up. None: nobody was followed for long enough to say.
fn kept_up(strides: &[Stride]) -> Option<f64> {
    let kept = strides.iter().enumerate().filter_map(|(at, first)| {
        let near = |stride: &&Stride| stride.seconds - first.seconds <= KEPT_UP_SECONDS + 1e-6;
        let within = || strides[at..].iter().take_while(near);
        let last = within().last()?.seconds;
        // Nine tenths: time stamps rarely fall on whole seconds.
        (last - first.seconds >= 0.9 * KEPT_UP_SECONDS)
            .then(|| within().map(Stride::speed).fold(f64::INFINITY, f64::min))
    });
    kept.reduce(f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strides(speeds: &[f64]) -> Vec<Stride> {
        speeds
            .iter()
            .enumerate()
            .map(|(at, &speed)| Stride {
                seconds: at as f64 / 10.0,
                velocity: [0.6 * speed, 0.8 * speed],
            })
            .collect()
    }

    #[test]
    fn a_jump_of_half_a_second_is_no_running_and_a_run_of_a_second_and_more_is() {
        let mut speeds = [1.2; 40];
        speeds[10..15].fill(5.0);
        assert!((kept_up(&strides(&speeds)).unwrap() - 1.2).abs() < 1e-9);
        speeds[20..31].fill(4.0);
        assert!((kept_up(&strides(&speeds)).unwrap() - 4.0).abs() < 1e-9);
        assert!((median(&strides(&speeds)).unwrap() - 1.2).abs() < 1e-9);
    }

    #[test]
    fn a_track_that_is_too_short_says_nothing_about_running() {
        assert_eq!(kept_up(&strides(&[9.0; 8])), None);
        assert_eq!((kept_up(&[]), median(&[])), (None, None));
        assert_eq!(
            median(&strides(&[1.0, 3.0])).map(|speed| (speed * 1e9).round()),
            Some(1e9)
        );
    }
}
