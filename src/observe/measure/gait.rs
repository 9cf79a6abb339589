//! Recognition by the way somebody walks. In: ended tracks of people. Out: the share seen well enough, and long enough.
//!
//! **Definition.** A person is usable for gait recognition if there are at least 30 sightings in which the body is at
//! least 64 pixels high, on average no more than a quarter of a second apart. **Source.** Networks for gait recognition take
//! silhouettes of 64 rows, 30 at a time (GaitSet, Chao et al., AAAI 2019; the published settings of OpenGait, Fan et al.,
//! CVPR 2023, train on 25 to 50). A quarter of a second is ours: a step takes about half a second, and must be seen more
//! than twice. **Unit.** Share of people. **Sensitivity.** A higher score threshold leaves fewer sightings; fewer frames
//! looked at (`--sample-fps`) may leave none. **What it cannot tell.** Whether anybody can be recognised by gait: no
//! model of poses or silhouettes runs. Who stands still has no gait, however well seen.

use super::followability::share;
use super::reidentification::Conditions;
use super::settled::{Tally, standing};
use super::{EndedTrack, ItemStart, Measure, Results, Seen};
use crate::observe::plan::Subject;
use crate::observe::track::track::Track;
use crate::record::disclosure::DisclosurePolicy;
use crate::record::measurements::{Missing, Outcome};
use crate::record::reading::{Capability, Figure, FigureName, Reading};

/// Height of a silhouette.
const LEAST_HEIGHT: f32 = 64.0;
/// Silhouettes of one person.
const LEAST_SIGHTINGS: usize = 30;
/// Mean time from one sighting to the next, in seconds.
const LONGEST_STEP: f64 = 0.25;

/// Collects who walks in full view.
pub(super) struct GaitMeasure {
    conditions: Conditions,
    in_sequence: bool,
    usable: Tally,
    not: Tally,
}

impl GaitMeasure {
    pub(super) fn new() -> Self {
        Self {
            conditions: Conditions::new(true),
            in_sequence: false,
            usable: Tally::default(),
            not: Tally::default(),
        }
    }
}

/// Whether a track holds enough for a network of gait.
fn is_usable(track: &Track) -> bool {
    let times: Vec<f64> = track
        .points
        .iter()
        .filter(|point| point.seen && point.rect.height() >= LEAST_HEIGHT)
        .map(|point| point.seconds)
        .collect();
    let (Some(first), Some(last)) = (times.first(), times.last()) else {
        return false;
    };
    times.len() >= LEAST_SIGHTINGS && (last - first) / (times.len() - 1) as f64 <= LONGEST_STEP
}

impl Measure for GaitMeasure {
    fn start_item(&mut self, item: &ItemStart<'_>) {
        self.in_sequence = item.in_sequence;
        self.conditions.start_item(item);
    }

    fn frame(&mut self, seen: &Seen<'_>) {
        self.conditions.frame(seen.people.is_some());
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        if ended.subject != Subject::Person || !self.in_sequence {
            return;
        }
        self.conditions.track();
        let tally = if is_usable(ended.track) {
            &mut self.usable
        } else {
            &mut self.not
        };
        tally.add(standing(ended.track));
    }

    fn end_item(&mut self) {}

    fn finish(self: Box<Self>, policy: &DisclosurePolicy, results: &mut Results) {
        let outcome = match self.conditions.missing(Missing::NoPersonModel) {
            Some(missing) => Outcome::NotMeasured { missing },
            None => {
                let estimate = share(self.usable.all, self.usable.all + self.not.all);
                let groups = [self.usable.people(), self.not.people()];
                let figure = Figure {
                    name: FigureName::GaitUsableShare,
                    of: None,
                    at: Some(f64::from(LEAST_HEIGHT)),
                    estimate: estimate.map(|estimate| policy.cell_about(estimate, &groups)),
                };
                Outcome::Measured(Reading {
                    figures: vec![figure],
                    distributions: Vec::new(),
                })
            }
        };
        results.readings.insert(Capability::Gait, outcome);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observe::detect::overlap::Rect;
    use crate::observe::track::track::TrackPoint;

    fn walk(sightings: u32, height: f32, apart: f64) -> Track {
        let point = |at: u32| TrackPoint {
            frame: at.into(),
            seconds: f64::from(at) * apart,
            rect: Rect {
                left: 0.0,
                top: 0.0,
                right: 20.0,
                bottom: height,
            },
            score: 0.9,
            seen: true,
        };
        Track {
            points: (0..sightings).map(point).collect(),
            fragments: 1,
        }
    }

    #[test]
    fn thirty_sightings_of_sixty_four_pixels_at_four_a_second_are_enough_and_less_is_not() {
        assert!(is_usable(&walk(30, 64.0, 0.25)));
        assert!(!is_usable(&walk(29, 64.0, 0.25)));
        assert!(!is_usable(&walk(30, 63.9, 0.25)));
        assert!(!is_usable(&walk(30, 64.0, 0.26)));
        assert!(!is_usable(&walk(0, 64.0, 0.1)));
        let mut bridged = walk(30, 64.0, 0.1);
        bridged.points[10].seen = false;
        assert!(!is_usable(&bridged), "a place that was guessed shows no gait");
    }
}
