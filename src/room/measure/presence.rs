//! People in view. In: detections per frame and ended tracks of people. Out: [`Presence`].
//!
//! **Definitions.** People per frame: the person model's detections above its threshold, one box one person. Occupied:
//! a frame with at least one. Distinct people: tracks, fragments joined. **Units.** People per frame, frames, shares.
//! **Source.** Counting as vendors and the French decree's "density" name it (field survey); intervals by blocks of
//! frames, see [`resample`](vsa_statistics::resample). **Sensitivity.** A lower score threshold finds more people and more
//! things that are none: the count moves with it directly. **What it cannot tell.** How many the detector missed
//! (`evaluate` does, against labels); whether somebody who comes back was there before; who anybody is.

use super::bands::Bands;
use super::series::Series;
use super::settled::Tally;
use super::timeline::{ItemTimeline, published};
use super::visits::Visits;
use super::{DisclosurePolicy, DrawnName, EndedTrack, ItemStart, Measure, Measured, Missing};
use super::{Results, Seen, Subject, Watched};
use std::ops::Range;
use vsa_record::disclosure::CellState;
use vsa_record::estimate::Unit;
use vsa_record::measurements::{Bin, Presence};
use vsa_record::partition::Cuts;
use vsa_statistics::streams::PRESENCE;

/// Lower ends of the bins by number of people: one each up to 20, then wider.
const NUMBERS: [u64; 25] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 31, 51, 101,
];

/// Collects counts of people.
#[derive(Default)]
pub(super) struct PresenceMeasure {
    series: Series,
    timeline: Option<ItemTimeline>,
    timelines: Vec<ItemTimeline>,
    /// Frame number and people in it, for the present item only: 16 bytes a frame, until the item ends.
    counts: Vec<(u64, u64)>,
    /// Frames in each bin of [`NUMBERS`].
    by_number: Bands,
    peak: u64,
    tracked_sightings: u64,
    people: Tally,
    /// Where people were seen, of the same tracks.
    visits: Visits,
}

impl Measure for PresenceMeasure {
    type Found = Presence;

    fn takes_stills(&self) -> bool {
        true
    }

    fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        self.timeline = item.in_sequence.then(|| ItemTimeline::new(item.label));
        self.counts.clear();
        self.visits.start_item(item);
        true
    }

    fn frame(&mut self, seen: &Seen<'_>) {
        let Some(people) = seen.people.map(|people| people.len() as u64) else {
            return;
        };
        self.series.push(people);
        self.by_number.count(bin_of(people), 1);
        self.peak = self.peak.max(people);
        if let Some(timeline) = &mut self.timeline {
            timeline.frame(seen.seconds, people);
            self.counts.push((seen.frame, people));
        } else {
            self.by_number.still(bin_of(people), people);
            self.tracked_sightings += people;
        }
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        let (track, support) = (ended.track, ended.support);
        self.people.add(support);
        self.visits.track(ended);
        if let Some(timeline) = &mut self.timeline {
            timeline.track(track, support);
        }
        self.tracked_sightings += track.seen().count() as u64;
        let bins = track.seen().filter_map(|point| {
            let index = self.counts.binary_search_by_key(&point.frame, |count| count.0);
            Some(bin_of(self.counts[index.ok()?].1))
        });
        self.by_number.track(support, bins);
    }

    fn end_item(&mut self, _watched: &Watched) {
        self.timelines.extend(self.timeline.take());
        self.counts.clear();
        self.visits.end_item();
    }

    fn finish(
        self,
        watched: &Watched,
        policy: &DisclosurePolicy,
        results: &mut Results,
    ) -> Measured<Presence> {
        watched.looked_for(Subject::Person)?;
        let (frames, sightings) = (self.series.frames(), self.series.total());
        // Settled tracks, or the most in one still; somebody, where there was a sighting.
        let people = self
            .people
            .people()
            .max(self.by_number.crowd(0..NUMBERS.len()))
            .max(u64::from(sightings > 0))
            .min(sightings);
        // The peak is a number of people in one frame, so it is judged by itself, and by those who were not there.
        let peak = policy.cell_about(self.peak, &[self.peak, people.saturating_sub(self.peak)]);
        let frames_by_people = self.histogram(policy, peak.shown().is_some());
        // Sightings that no track holds: the difference to what is told of tracks elsewhere.
        let groups = [people, sightings.abs_diff(self.tracked_sightings)];
        let estimates = self.series.estimates(Unit::PeoplePerFrame, PRESENCE);
        let (mean, occupied) = estimates.ok_or(Missing::NoPersonModel)?;
        let mean = results.as_drawn(DrawnName::PeoplePerFrame, mean);
        let occupied = results.as_drawn(DrawnName::OccupiedShare, occupied);
        let total_shown = policy.cell_about((), &groups).shown().is_some();
        Ok(Presence {
            frames,
            people_per_frame: policy.cell_about(mean, &groups),
            occupied_share: policy.cell(occupied, people),
            peak,
            distinct_people: watched
                .any_sequence
                .then(|| policy.cell(self.people.all, self.people.people())),
            frames_by_people,
            over_time: published(self.timelines, policy, total_shown),
            sightings: policy.cell_about(sightings, &groups),
            places: self.visits.finish(policy),
        })
    }
}

impl PresenceMeasure {
    /// Frames by number of people. Where numbers are withheld, no bin is narrower than the rule, and where the peak is
    /// withheld there are only "nobody" and "somebody": narrower bins would give it away.
    fn histogram(&self, policy: &DisclosurePolicy, peak_shown: bool) -> Vec<Bin> {
        let hidden = 2..u64::from(policy.min_cell());
        let lows: Vec<usize> = (0..NUMBERS.len())
            .filter(|&bin| !hidden.contains(&NUMBERS[bin]) && (peak_shown || NUMBERS[bin] <= 1))
            .collect();
        let permitted = |range: Range<usize>| policy.permits(self.people_in(&range));
        let mut cuts = Cuts::new(NUMBERS.len(), &permitted);
        for &low in &lows {
            cuts.admit(&[low], &permitted);
        }
        let ranges = lows
            .iter()
            .enumerate()
            .map(|(i, &low)| low..*lows.get(i + 1).unwrap_or(&NUMBERS.len()));
        let mut bins: Vec<Bin> = ranges
            .map(|range| Bin {
                low: NUMBERS[range.start] as f64,
                high: NUMBERS.get(range.end).map(|&number| number as f64),
                count: if cuts.shows_between(&range) {
                    policy.cell(self.by_number.counted(range.clone()), self.people_in(&range))
                } else {
                    policy.withheld()
                },
            })
            .collect();
        // Empty bins at the end say nothing that the first of them does not say.
        let empty = |bin: &Bin| matches!(bin.count.state(), CellState::Shown { value: 0, .. });
        while bins.len() > 2 && bins[bins.len() - 2..].iter().all(empty) {
            bins.pop();
        }
        bins
    }

    /// People behind the frames in a range of bins; never more than frames.
    fn people_in(&self, range: &Range<usize>) -> u64 {
        // Nobody stands behind empty frames: they may be told.
        if range.end <= 1 || self.by_number.counted(range.start.max(1)..range.end) == 0 {
            return 0;
        }
        self.by_number.people(range.clone())
    }
}

fn bin_of(people: u64) -> usize {
    NUMBERS.partition_point(|&low| low <= people) - 1
}
