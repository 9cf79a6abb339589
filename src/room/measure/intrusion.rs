//! Presence in zones and crossings of lines. In: frames and ended tracks of people. Out: the reading of
//! [`Capability::Intrusion`](super::Capability).
//!
//! **Definition.** A person is where the feet are (the middle of the lower edge of the box). *Occupied*: frames with
//! feet inside the zone. *Entry*: the feet are inside by a tenth of the body's height in pixels, and stay, by the same
//! measure, for a second or more; whoever appears inside has entered. *Crossing*: the feet pass from clearly left of
//! the line to clearly right of it, between its ends, or back. **Unit.** Shares, events per hour, seconds.
//! **Source.** French decree 2023-828, event 4; the guard against jitter as in supervision's line zone
//! (`minimum_crossing_threshold`); its numbers are ours. **Sensitivity.** A wider guard loses short visits and people
//! who pass along an edge; a higher score threshold cuts visits in two. **What it cannot tell.** Whether anybody was
//! allowed to be there; people whose feet are hidden are placed too high in the picture.

use super::axis::Axis;
use super::places::{Places, Step, ever_inside, people_inside};
use super::series::Series;
use super::settled::Split;
use super::{DisclosurePolicy, EndedTrack, Figure, FigureName, ItemStart, Measure, Measured, Missing};
use super::{Reading, Results, Seen, Subject, Watched};
use std::sync::Arc;
use vsa_plan::scene::Scene;
use vsa_plan::scene::polygon::{Place, contains, cross, distance, distance_to_edge, minus, segments_meet};
use vsa_record::estimate::{SampledThing, Unit};
use vsa_record::reading::{Distribution, DistributionName};
use vsa_record::scene::{LineFacts, ZoneFacts};
use vsa_statistics::streams::{INTRUSION, Streams};

/// The guard, in heights of the box.
const GUARD: f64 = 0.1;
/// Shorter visits are none, in seconds.
const LEAST_STAY: f64 = 1.0;

const STAY_EDGES: [f64; 8] = [0.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0];
const BY_IMPORTANCE: [f64; 7] = [10.0, 60.0, 30.0, 5.0, 2.0, 120.0, 300.0];

struct Zone {
    facts: ZoneFacts,
    series: Series,
    /// Followed people whose feet were inside at any time.
    touched: Split,
    visitors: Split,
    entries: u64,
    stays: Axis,
}

struct Line {
    facts: LineFacts,
    crossed: Split,
    forward: u64,
    backward: u64,
}

/// Collects visits and crossings.
pub(super) struct IntrusionMeasure {
    places: Places,
    zones: Vec<Zone>,
    lines: Vec<Line>,
}

impl IntrusionMeasure {
    pub(super) fn new(scene: &Arc<Scene>) -> Self {
        let zone = |facts: &ZoneFacts| Zone {
            facts: facts.clone(),
            series: Series::default(),
            touched: Split::default(),
            visitors: Split::default(),
            entries: 0,
            stays: Axis::new(&STAY_EDGES, &BY_IMPORTANCE, 0.1, 86_400.0),
        };
        let line = |facts: &LineFacts| Line {
            facts: facts.clone(),
            crossed: Split::default(),
            forward: 0,
            backward: 0,
        };
        Self {
            places: Places::new(scene),
            zones: scene.described().zones.iter().map(zone).collect(),
            lines: scene.described().lines.iter().map(line).collect(),
        }
    }
}

impl Measure for IntrusionMeasure {
    type Found = Reading;

    fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        self.places.start_item(item)
    }

    fn frame(&mut self, seen: &Seen<'_>) {
        let Some(people) = seen.people else { return };
        for zone in &mut self.zones {
            zone.series.push(people_inside(people, &zone.facts.polygon));
        }
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        let support = ended.support;
        let steps = Places::pixel_steps(ended.track);
        for zone in &mut self.zones {
            let visits = visits(&steps, &zone.facts.polygon);
            zone.touched.add(ever_inside(ended, &zone.facts.polygon), support);
            zone.visitors.add(!visits.is_empty(), support);
            zone.entries += visits.len() as u64;
            zone.stays.add(support, visits.into_iter());
        }
        for line in &mut self.lines {
            let (forward, backward) = crossings(&steps, line.facts.from, line.facts.to);
            line.forward += forward;
            line.backward += backward;
            line.crossed.add(forward + backward > 0, support);
        }
    }

    fn finish(self, watched: &Watched, policy: &DisclosurePolicy, _: &mut Results) -> Measured<Reading> {
        if self.zones.is_empty() && self.lines.is_empty() {
            return Err(Missing::NoZones);
        }
        watched.somebody(Subject::Person)?;
        let mut reading = Reading::default();
        for (at, zone) in self.zones.iter().enumerate() {
            zone.read(watched, policy, INTRUSION.skip(10 * at as u64), &mut reading);
        }
        for line in &self.lines {
            for (name, events) in [
                (FigureName::LineForwardRate, line.forward),
                (FigureName::LineBackwardRate, line.backward),
            ] {
                let rate = watched.per_hour(events);
                let cell = rate.map(|estimate| line.crossed.cell(policy, estimate));
                let figure = Figure::new(name, cell).of(Some(line.facts.name.clone()));
                reading.figures.push(figure);
            }
        }
        Ok(reading)
    }
}

impl Zone {
    fn read(&self, watched: &Watched, policy: &DisclosurePolicy, streams: Streams, reading: &mut Reading) {
        let of = || Some(self.facts.name.clone());
        // Frames with feet inside speak of everybody who was ever inside, also of those whom the guard leaves out.
        let inside = self.touched.with.people().max(u64::from(self.series.total() > 0));
        let [visitors, others] = self.visitors.people();
        let guarded = [visitors, others, self.touched.without.people()];
        let occupied = self.series.estimates(Unit::PeoplePerFrame, streams);
        let entries = watched.per_hour(self.entries);
        let visitors = self.visitors.share();
        let cell = |estimate| policy.cell_about(estimate, &guarded);
        let occupied = occupied.map(|(_, share)| policy.cell(share, inside));
        reading.figures.extend([
            Figure::new(FigureName::ZoneOccupiedShare, occupied).of(of()),
            Figure::new(FigureName::ZoneEntryRate, entries.map(cell)).of(of()),
            Figure::new(FigureName::ZoneVisitorShare, visitors.map(cell)).of(of()),
        ]);
        if self.stays.values() > 0 {
            let name = (DistributionName::ZoneStay, Unit::Seconds);
            let stays = self
                .stays
                .distribution(policy, name, SampledThing::Events, streams.at(2));
            reading.distributions.push(Distribution { of: of(), ..stays });
        }
    }
}

/// Seconds of each visit. Inside and outside are believed only beyond the guard; between, what was last believed holds.
fn visits(steps: &[Step], polygon: &[Place]) -> Vec<f64> {
    let mut visits = Vec::new();
    let mut inside: Option<(f64, f64)> = None;
    let mut close = |inside: Option<(f64, f64)>| {
        if let Some((from, to)) = inside.filter(|(from, to)| to - from >= LEAST_STAY - 1e-6) {
            visits.push(to - from);
        }
    };
    for step in steps {
        let clear = distance_to_edge(polygon, step.foot) >= GUARD * step.height;
        inside = match (inside, contains(polygon, step.foot), clear) {
            (None, true, true) => Some((step.seconds, step.seconds)),
            (Some(visit), false, true) => {
                close(Some(visit));
                None
            }
            (Some((from, _)), _, _) => Some((from, step.seconds)),
            (None, _, _) => None,
        };
    }
    close(inside);
    visits
}

/// Crossings from left to right and from right to left, for somebody who looks from `from` to `to` in the picture.
fn crossings(steps: &[Step], from: Place, to: Place) -> (u64, u64) {
    let (mut forward, mut backward) = (0, 0);
    let mut believed: Option<(bool, Place)> = None;
    for step in steps {
        // The picture's y axis points down: a positive product lies on the right.
        let off = cross(minus(to, from), minus(step.foot, from)) / distance(from, to);
        if off.abs() < GUARD * step.height {
            continue;
        }
        let right = off > 0.0;
        if let Some((was_right, place)) = believed
            && was_right != right
            && segments_meet(place, step.foot, from, to)
        {
            *(if right { &mut forward } else { &mut backward }) += 1;
        }
        believed = Some((right, step.foot));
    }
    (forward, backward)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Place; 4] = [[100.0, 100.0], [200.0, 100.0], [200.0, 200.0], [100.0, 200.0]];

    fn steps(feet: impl Iterator<Item = Place>) -> Vec<Step> {
        let step = |(at, foot): (usize, Place)| Step {
            seconds: at as f64 / 10.0,
            foot,
            height: 50.0,
            ground: foot,
        };
        feet.enumerate().map(step).collect()
    }

    #[test]
    fn jitter_on_an_edge_is_no_visit_and_does_not_cut_one_in_two() {
        // 4 pixels about the edge, the guard is 5.
        let on_edge = steps((0..60).map(|at| [if at % 2 == 0 { 96.0 } else { 104.0 }, 150.0]));
        assert!(visits(&on_edge, &SQUARE).is_empty());
        // Enters, wavers about the edge for two seconds, and leaves: one visit, not ten.
        let walk = (0..20)
            .map(|_| [150.0, 150.0])
            .chain((0..20).map(|at| [if at % 2 == 0 { 96.0 } else { 104.0 }, 150.0]))
            .chain((0..20).map(|_| [50.0, 150.0]));
        let found = visits(&steps(walk), &SQUARE);
        assert_eq!(found.len(), 1);
        assert!((found[0] - 3.9).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn a_short_pass_is_no_visit_and_two_stays_are_two() {
        let pass = (0..30).map(|at| [if (10..19).contains(&at) { 150.0 } else { 50.0 }, 150.0]);
        assert!(visits(&steps(pass), &SQUARE).is_empty(), "0.8 s");
        let twice = (0..90).map(|at| [if at / 30 == 1 { 50.0 } else { 150.0 }, 150.0]);
        assert_eq!(visits(&steps(twice), &SQUARE).len(), 2);
    }

    #[test]
    fn a_line_is_crossed_between_its_ends_once_for_each_way() {
        // Upwards in the picture: its left is the left of the picture.
        let (from, to) = ([100.0, 200.0], [100.0, 0.0]);
        let way = |y: f64| steps((0..21).map(move |at| [50.0 + 5.0 * f64::from(at), y]));
        assert_eq!(crossings(&way(100.0), from, to), (1, 0), "from left to right");
        assert_eq!(
            crossings(&way(100.0), to, from),
            (0, 1),
            "the line the other way round"
        );
        assert_eq!(crossings(&way(300.0), from, to), (0, 0), "past its end");
        let wavering = steps((0..40).map(|at| [if at % 2 == 0 { 97.0 } else { 103.0 }, 100.0]));
        assert_eq!(crossings(&wavering, from, to), (0, 0));
        let there_and_back = (0..40).map(|at| [if (10..20).contains(&at) { 120.0 } else { 80.0 }, 100.0]);
        assert_eq!(crossings(&steps(there_and_back), from, to), (1, 1));
    }
}
