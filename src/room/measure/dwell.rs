//! Time spent in view. In: ended tracks of people. Out: [`Dwell`].
//!
//! **Definition.** A stay is the time from a track's first to its last sighting. A stay that was going on within half
//! a second of the item's first or last frame was cut off: it is a lower bound, and the Kaplan-Meier curve takes it as
//! one. **Unit.** Seconds. **Source.** [`survival`](vsa_statistics::survival).
//! **Sensitivity.** A higher score threshold loses people earlier and cuts stays short; a person lost for longer than
//! the tracker bridges counts as two short stays. **What it cannot tell.** Why somebody stays; whether somebody who
//! left came back; the stay of people who were never detected. Thresholds are a reading grid, not any vendor's.

use super::axis::{Axis, quantiles};
use super::settled::{Split, Tally};
use super::watched::InView;
use super::{DisclosurePolicy, EndedTrack, Estimate, Interval, Measure, Measured, Missing};
use super::{Results, Subject, Watched};
use std::ops::Range;
use vsa_record::caveat::Caveat;
use vsa_record::estimate::{IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_record::measurements::{Dwell, LongerThan};
use vsa_statistics::survival::{Stay, Survival};

/// Below this, intervals over tracks are wide and only roughly right.
const FEW_TRACKS: u64 = 30;

/// Edges of the histogram of stays, in seconds.
const STAY_EDGES: [f64; 10] = [0.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0];

/// Thresholds of [`LongerThan`]: a subset of the edges.
const THRESHOLDS: [f64; 6] = [10.0, 30.0, 60.0, 120.0, 300.0, 600.0];

/// Edges in the order in which they are tried: an earlier one may forbid a later.
const BY_IMPORTANCE: [f64; 9] = [60.0, 10.0, 30.0, 20.0, 120.0, 300.0, 5.0, 2.0, 600.0];

/// Collects stays.
pub(super) struct DwellMeasure {
    /// Of the present item.
    waiting: Vec<InView>,
    stays: Vec<Stay>,
    /// Lengths of the stays that ended, and of those that were cut off.
    ended: Axis,
    cut_off: Axis,
    all: Axis,
    tally: Tally,
    /// Whose stay ended, and who was cut off.
    whole: Split,
}

impl DwellMeasure {
    pub(super) fn new() -> Self {
        let axis = || Axis::new(&STAY_EDGES, &BY_IMPORTANCE, 0.1, 86_400.0);
        Self {
            waiting: Vec::new(),
            stays: Vec::new(),
            ended: axis(),
            cut_off: axis(),
            all: axis(),
            tally: Tally::default(),
            whole: Split::default(),
        }
    }
}

impl Measure for DwellMeasure {
    type Found = Dwell;

    fn track(&mut self, ended: &EndedTrack<'_>) {
        self.waiting.extend(InView::of(ended));
    }

    fn end_item(&mut self, watched: &Watched) {
        for stay in std::mem::take(&mut self.waiting) {
            let ended = watched.holds_whole(&stay);
            let length = (stay.last - stay.first).max(0.0);
            self.stays.push(Stay {
                seconds: length,
                ended,
            });
            self.tally.add(stay.support);
            self.all.add(stay.support, std::iter::once(length));
            let kind = if ended { &mut self.ended } else { &mut self.cut_off };
            kind.add(stay.support, std::iter::once(length));
            self.whole.add(ended, stay.support);
        }
    }

    fn finish(self, watched: &Watched, policy: &DisclosurePolicy, results: &mut Results) -> Measured<Dwell> {
        watched.followed(Subject::Person)?;
        if self.stays.is_empty() {
            return Err(Missing::NobodyFound);
        }
        results.caveats.push(Caveat::PeopleCountedByTracks);
        if self.tally.all < FEW_TRACKS {
            results.caveats.push(Caveat::FewTracks {
                fewer_than: FEW_TRACKS,
            });
        }
        // The curve depends on who ended and who was cut off in every band, so both must bear being known.
        let permitted = |range: Range<usize>| {
            policy.permits(self.ended.people(&range)) && policy.permits(self.cut_off.people(&range))
        };
        let mut cuts = self.all.cuts_where(&permitted);
        let sample = SampleSize::new(self.tally.all, SampledThing::Tracks);
        let people = self.tally.people();
        let stays = self.all.histogram(policy, &cuts);
        let curve = Survival::new(self.stays);
        let share = |(value, interval): (f64, vsa_statistics::interval::Interval)| Estimate {
            value,
            unit: Unit::Ratio,
            interval: interval.into(),
            sample,
        };
        let longer = THRESHOLDS.map(|seconds| LongerThan {
            seconds,
            share: if cuts.shows(self.all.edge(seconds)) {
                let found = curve.longer_than(seconds);
                found.map(|found| policy.cell(share(found), people))
            } else {
                // Whether anybody was watched for so long is not told either.
                Some(policy.withheld())
            },
        });
        let find = |_: usize, at: f64| {
            let (value, low, high) = curve.quantile(at)?;
            let [value, low, high] = [value, low, high].map(|seconds| self.all.rounded_up(seconds));
            let estimate = Estimate {
                value: value.1,
                unit: Unit::Seconds,
                interval: Interval::between(low.1, high.1, IntervalMethod::GreenwoodLogLog),
                sample,
            };
            Some((estimate, [value.0, low.0, high.0]))
        };
        let stay_quantiles = quantiles(policy, (&mut cuts, &permitted), people, find);
        results.times_in_view = Some((cuts, self.all));
        Ok(Dwell {
            people: policy.cell(self.tally.all, people),
            censored: policy.cell_about(self.whole.without.all, &self.whole.people()),
            stay_quantiles,
            stays,
            longer_than: longer.into(),
        })
    }
}
