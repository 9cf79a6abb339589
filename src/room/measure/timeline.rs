//! Occupancy over time in coarse bins. In: counts per frame and ended tracks. Out: [`TimeBin`]s of one width per item.
//!
//! Memory is bounded: at most [`MOST_BINS`] bins per item, joined two by two when the footage goes on.
//! Under the rule for small cells the bins are widened, all alike, until nobody or enough people stand behind each:
//! a width that followed the people bin by bin would tell when somebody came. If one item has too few people even as
//! a whole, no item shows any, because the total over all items is published.

use super::axis::Support;
use crate::track::track::Track;
use std::collections::BTreeMap;
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::measurements::TimeBin;

/// At most so many bins per item: a track's presence fits into one number.
const MOST_BINS: usize = 128;

/// Width of the first bins in seconds; doubled as often as needed.
const FINEST: f64 = 1.0;

/// Bins are published only where each has this many frames on average: fewer say nothing.
const ENOUGH_FRAMES: u64 = 8;

#[derive(Clone, Copy, Default)]
struct Counted {
    frames: u64,
    sightings: u64,
}

/// One item's occupancy.
pub(super) struct ItemTimeline {
    label: String,
    width: f64,
    bins: Vec<Counted>,
    last_seconds: f64,
    /// In which bins settled tracks were seen, one bit a bin, and how many tracks had this presence.
    presences: BTreeMap<u128, u64>,
}

impl ItemTimeline {
    pub(super) fn new(label: &str) -> Self {
        Self {
            label: label.to_owned(),
            width: FINEST,
            bins: Vec::new(),
            last_seconds: 0.0,
            presences: BTreeMap::new(),
        }
    }

    pub(super) fn frame(&mut self, seconds: f64, sightings: u64) {
        if !(seconds >= 0.0 && seconds.is_finite()) {
            return;
        }
        self.last_seconds = self.last_seconds.max(seconds);
        while seconds / self.width >= MOST_BINS as f64 {
            self.widen();
        }
        let bin = (seconds / self.width) as usize;
        if self.bins.len() <= bin {
            self.bins.resize(bin + 1, Counted::default());
        }
        self.bins[bin].frames += 1;
        self.bins[bin].sightings += sightings;
    }

    pub(super) fn track(&mut self, track: &Track, support: Support) {
        if support != Support::Confirmed {
            return;
        }
        let presence = track.seen().fold(0u128, |bits, point| {
            let bin = (point.seconds / self.width).max(0.0) as usize;
            bits | (1 << bin.min(MOST_BINS - 1))
        });
        *self.presences.entry(presence).or_insert(0) += 1;
    }

    /// Joins bins two by two.
    fn widen(&mut self) {
        self.width *= 2.0;
        let join = |pair: &[Counted]| {
            pair.iter().fold(Counted::default(), |sum, bin| Counted {
                frames: sum.frames + bin.frames,
                sightings: sum.sightings + bin.sightings,
            })
        };
        self.bins = self.bins.chunks(2).map(join).collect();
        let mut presences = BTreeMap::new();
        for (bits, count) in std::mem::take(&mut self.presences) {
            *presences.entry(folded(bits)).or_insert(0) += count;
        }
        self.presences = presences;
    }

    fn people(&self, bin: usize) -> u64 {
        let tracks: u64 = self
            .presences
            .iter()
            .filter(|(bits, _)| *bits & (1 << bin) != 0)
            .map(|(_, count)| count)
            .sum();
        tracks.max(1).min(self.bins[bin].sightings)
    }

    fn permitted(&self, policy: &DisclosurePolicy) -> bool {
        (0..self.bins.len()).all(|bin| policy.permits(self.people(bin)))
    }

    /// Widened until every bin may be shown and holds enough frames; false: not even the whole may be shown.
    fn settle(&mut self, policy: &DisclosurePolicy) -> bool {
        let frames: u64 = self.bins.iter().map(|bin| bin.frames).sum();
        while self.bins.len() > 1
            && (!self.permitted(policy) || frames < ENOUGH_FRAMES * self.bins.len() as u64)
        {
            self.widen();
        }
        self.permitted(policy)
    }

    fn published(&self, policy: &DisclosurePolicy, shown: bool) -> Vec<TimeBin> {
        let bins = self
            .bins
            .iter()
            .enumerate()
            .filter(|(_, counted)| counted.frames > 0);
        bins.map(|(bin, counted)| TimeBin {
            item: self.label.clone(),
            from_seconds: bin as f64 * self.width,
            to_seconds: ((bin + 1) as f64 * self.width).min(self.last_seconds.max(bin as f64 * self.width)),
            frames: counted.frames,
            people_per_frame: if shown {
                policy.cell(counted.sightings as f64 / counted.frames as f64, self.people(bin))
            } else {
                policy.withheld()
            },
        })
        .collect()
    }
}

/// All items' bins. `total_shown`: whether the total over all of them may be told, which they add up to.
pub(super) fn published(
    mut items: Vec<ItemTimeline>,
    policy: &DisclosurePolicy,
    total_shown: bool,
) -> Vec<TimeBin> {
    let settled: Vec<bool> = items.iter_mut().map(|item| item.settle(policy)).collect();
    let shown = total_shown && settled.iter().all(|&ok| ok);
    if !shown {
        // Widths would tell what the values may not.
        items.iter_mut().for_each(|item| {
            while item.bins.len() > 1 {
                item.widen();
            }
        });
    }
    items
        .iter()
        .flat_map(|item| item.published(policy, shown))
        .collect()
}

/// Bit `i` of the result: bit `2i` or `2i + 1` of the argument.
fn folded(bits: u128) -> u128 {
    let either = bits | (bits >> 1);
    (0..MOST_BINS / 2).fold(0, |sum, bin| sum | (((either >> (2 * bin)) & 1) << bin))
}
