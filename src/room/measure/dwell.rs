//! Time spent in view. In: ended tracks of people. Out: [`Dwell`].
//!
//! **Definition.** A stay is the time from a track's first to its last sighting. A stay that was going on within half
//! a second of the item's first or last frame was cut off: it is a lower bound, and the Kaplan-Meier curve takes it as
//! one. **Unit.** Seconds. **Source.** [`survival`](vsa_statistics::survival).
//! **Sensitivity.** A higher score threshold loses people earlier and cuts stays short; a person lost for longer than
//! the tracker bridges counts as two short stays. **What it cannot tell.** Why somebody stays; whether somebody who
//! left came back; the stay of people who were never detected. Thresholds are a reading grid, not any vendor's.

use super::axis::{Axis, Standing};
use super::settled::{Tally, seconds, standing};
use crate::track::track::Track;
use std::ops::Range;
use vsa_record::disclosure::{Cell, DisclosurePolicy};
use vsa_record::estimate::{Estimate, Interval, IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_record::measurements::{Dwell, LongerThan, Missing, Outcome, Quantile};
use vsa_record::partition::Cuts;
use vsa_statistics::interval::LEVEL;
use vsa_statistics::survival::{Stay, Survival};

/// A stay this close to an end of the item was cut off by it: a tracker needs a few frames to start.
pub(super) const CUT_OFF_SECONDS: f64 = 0.5;

/// Edges of the histogram of stays, in seconds.
const STAY_EDGES: [f64; 10] = [0.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0];

/// Thresholds of [`LongerThan`]: a subset of the edges.
const THRESHOLDS: [f64; 6] = [10.0, 30.0, 60.0, 120.0, 300.0, 600.0];

/// Edges in the order in which they are tried: an earlier one may forbid a later.
const BY_IMPORTANCE: [f64; 9] = [60.0, 10.0, 30.0, 20.0, 120.0, 300.0, 5.0, 2.0, 600.0];

/// The quantiles, in the order in which they are tried.
const QUANTILES: [f64; 5] = [0.5, 0.25, 0.75, 0.1, 0.9];

/// A track of the present item, whose end is not known yet.
struct Waiting {
    first: f64,
    last: f64,
    standing: Standing,
}

/// Collects stays.
pub(super) struct DwellMeasure {
    waiting: Vec<Waiting>,
    first_seconds: Option<f64>,
    last_seconds: f64,
    in_sequence: bool,
    any_sequence: bool,
    person_model: bool,
    frames: u64,
    stays: Vec<Stay>,
    /// Lengths of the stays that ended, and of those that were cut off.
    ended: Axis,
    cut_off: Axis,
    all: Axis,
    tally: Tally,
    censored: Tally,
    whole: Tally,
}

impl DwellMeasure {
    pub(super) fn new() -> Self {
        let axis = || Axis::new(&STAY_EDGES, 0.1, 86_400.0);
        Self {
            waiting: Vec::new(),
            first_seconds: None,
            last_seconds: 0.0,
            in_sequence: false,
            any_sequence: false,
            person_model: false,
            frames: 0,
            stays: Vec::new(),
            ended: axis(),
            cut_off: axis(),
            all: axis(),
            tally: Tally::default(),
            censored: Tally::default(),
            whole: Tally::default(),
        }
    }

    pub(super) fn start_item(&mut self, in_sequence: bool) {
        self.in_sequence = in_sequence;
        self.any_sequence |= in_sequence;
        self.first_seconds = None;
        self.last_seconds = 0.0;
    }

    pub(super) fn frame(&mut self, seconds: f64, people_looked_for: bool) {
        self.frames += 1;
        self.person_model |= people_looked_for;
        self.first_seconds.get_or_insert(seconds);
        self.last_seconds = self.last_seconds.max(seconds);
    }

    pub(super) fn person(&mut self, track: &Track) {
        if let (true, Some(first), Some(last)) = (self.in_sequence, track.points.first(), track.points.last())
        {
            self.waiting.push(Waiting {
                first: first.seconds,
                last: last.seconds,
                standing: standing(track),
            });
            debug_assert!(seconds(track) >= 0.0);
        }
    }

    pub(super) fn end_item(&mut self) {
        let start = self.first_seconds.unwrap_or(0.0);
        for stay in std::mem::take(&mut self.waiting) {
            let ended =
                stay.first - start > CUT_OFF_SECONDS && self.last_seconds - stay.last > CUT_OFF_SECONDS;
            let length = (stay.last - stay.first).max(0.0);
            self.stays.push(Stay {
                seconds: length,
                ended,
            });
            self.tally.add(stay.standing);
            self.all.add(stay.standing, std::iter::once(length));
            let (kind, tally) = if ended {
                (&mut self.ended, &mut self.whole)
            } else {
                (&mut self.cut_off, &mut self.censored)
            };
            kind.add(stay.standing, std::iter::once(length));
            tally.add(stay.standing);
        }
    }

    /// The stays, and the published edges of the axis of time in view, which `followability` must know of.
    pub(super) fn finish(self, policy: &DisclosurePolicy) -> (Outcome<Dwell>, Cuts, Axis) {
        // The curve depends on who ended and who was cut off in every band, so both must bear being known.
        let permitted = |range: Range<usize>| {
            policy.permits(self.ended.people(&range)) && policy.permits(self.cut_off.people(&range))
        };
        let mut cuts = Cuts::new(self.all.cells(), &permitted);
        for edge in BY_IMPORTANCE {
            cuts.admit(&[self.all.edge(edge)], &permitted);
        }
        let missing = if self.frames == 0 {
            Some(Missing::NoFrames)
        } else if !self.person_model {
            Some(Missing::NoPersonModel)
        } else if !self.any_sequence {
            Some(Missing::NoSequence)
        } else if self.stays.is_empty() {
            Some(Missing::NobodyFound)
        } else {
            None
        };
        if let Some(missing) = missing {
            return (Outcome::NotMeasured { missing }, cuts, self.all);
        }
        let sample = SampleSize {
            n: self.tally.all,
            of: SampledThing::Tracks,
        };
        let people = self.tally.people();
        let split = [self.censored.people(), self.whole.people()];
        let stays = self.all.histogram(policy, &cuts, &STAY_EDGES);
        let curve = Survival::new(self.stays);
        let longer = THRESHOLDS.map(|seconds| LongerThan {
            seconds,
            share: if cuts.shows(self.all.edge(seconds)) {
                curve.longer_than(seconds).map(|(value, interval)| {
                    policy.cell(
                        Estimate {
                            value,
                            unit: Unit::Ratio,
                            interval: interval.into(),
                            sample,
                        },
                        people,
                    )
                })
            } else {
                // Whether anybody was watched for so long is not told either.
                Some(policy.withheld())
            },
        });
        let mut quantiles = Vec::new();
        for at in QUANTILES {
            let estimate = curve.quantile(at).map(|(value, low, high)| -> Cell<Estimate> {
                let [value, low, high] = [value, low, high].map(|seconds| self.all.rounded_up(seconds));
                let interval = Interval {
                    low: low.1,
                    high: high.1,
                    level: LEVEL,
                    method: IntervalMethod::GreenwoodLogLog,
                    block: None,
                };
                let estimate = Estimate {
                    value: value.1,
                    unit: Unit::Seconds,
                    interval,
                    sample,
                };
                if cuts.admit(&[value.0, low.0, high.0], &permitted) {
                    policy.cell(estimate, people)
                } else {
                    policy.withheld()
                }
            });
            let estimate = if cuts.shows(0) {
                estimate
            } else {
                Some(policy.withheld())
            };
            quantiles.push(Quantile { at, estimate });
        }
        quantiles.sort_by(|a, b| a.at.total_cmp(&b.at));
        let dwell = Dwell {
            people: policy.cell(self.tally.all, people),
            censored: policy.cell_about(self.censored.all, &split),
            stay_quantiles: quantiles,
            stays,
            longer_than: longer.into(),
        };
        (Outcome::Measured(dwell), cuts, self.all)
    }
}
