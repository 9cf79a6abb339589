//! How well embeddings tell those seen here apart. In: ended tracks with embeddings. Out: how alike two sightings of one
//! track are, how alike sightings of two tracks are, and what error follows.
//!
//! **Same**: two sightings of one track, at least [`LEAST_GAP`] apart. **Different**: sightings of two tracks that were
//! seen in one frame at two places, so that they surely are two (one body under two boxes that overlap is left out).
//! Embeddings are kept only as long as a track may still have to be compared, and at most [`MOST_KEPT`] tracks of them;
//! what remains of a track is a histogram of similarities.
//!
//! **Equal error rate.** Over thresholds on a grid of 0.005, where the share of same pairs below and of different pairs
//! at or above cross, straight between grid points (ISO/IEC 19795-1). **Rank one.** Share of sightings whose most alike
//! other sighting, of the same track (at least that gap apart) or of any other track seen together with it, is of the same track; a
//! tie is a miss. **Intervals.** Subsets bootstrap (Bolle, Ratha and Pankanti 2004): tracks are drawn, each with all of its
//! pairs; where nothing varies, Wilson's with a track as one observation.

use super::axis::{Axis, Standing};
use super::resample::over_clusters;
use super::settled::{Tally, standing};
use crate::observe::describe::description::Embedding;
use crate::observe::describe::descriptions::{Descriptions, Moment};
use crate::observe::detect::overlap::{Rect, iou};
use crate::observe::track::track::Track;
use crate::record::disclosure::{Cell, DisclosurePolicy};
use crate::record::estimate::{Estimate, Interval, IntervalMethod, SampleSize, SampledThing, Unit};
use crate::record::interval::{LEVEL, wilson};
use crate::record::reading::{Distribution, DistributionName};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// Sightings of one track that are nearer to each other in time are nearly the same picture, and tell nothing.
const LEAST_GAP: f64 = 1.0;

/// Ended tracks whose embeddings are kept, the latest: a track that ends after more others than this is no longer
/// compared with those before.
const MOST_KEPT: usize = 64;

/// Boxes that overlap by more may be one body, drawn twice.
const SURELY_TWO: f32 = 0.3;

/// Cells of the grid of similarities, from -1 to 1.
const CELLS: usize = 400;

/// Rows beyond this are joined, every so many-th to one, which bounds memory and time, as on every axis.
const MOST_ROWS: usize = 1000;

/// Edges of the histograms. Similarities below 0 count as 0: such pairs have nothing in common either way.
const EDGES: [f64; 11] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
/// In the order in which they are tried.
const BY_IMPORTANCE: [f64; 10] = [0.5, 0.7, 0.8, 0.6, 0.9, 0.3, 0.4, 0.2, 0.95, 0.1];

/// Which embedding of a moment is looked at.
pub(super) type Select = fn(&Moment) -> Option<&Embedding>;

/// What is known of a track, but for its looks.
#[derive(Default)]
struct Row {
    same: BTreeMap<usize, f64>,
    different: BTreeMap<usize, f64>,
    hits: f64,
    probes: f64,
    /// Sum over probes of the other people compared with.
    gallery: f64,
}

impl Row {
    fn add(&mut self, other: &Self) {
        for (mine, theirs) in [
            (&mut self.same, &other.same),
            (&mut self.different, &other.different),
        ] {
            theirs
                .iter()
                .for_each(|(&cell, count)| *mine.entry(cell).or_insert(0.0) += count);
        }
        self.hits += other.hits;
        self.probes += other.probes;
        self.gallery += other.gallery;
    }
}

/// A track that may still be compared.
struct Kept {
    standing: Standing,
    seen: Vec<(u64, Rect)>,
    looks: Rc<Descriptions>,
    row: Row,
    /// By moment: the greatest similarity to another moment of the same track, and of any other.
    same: Vec<Option<f64>>,
    other: Vec<Option<f64>>,
    others: u32,
}

/// Who stands behind what.
#[derive(Default)]
struct People {
    same: Tally,
    different: Tally,
    hit: Tally,
    missed: Tally,
    probed: Tally,
}

/// Collects similarities.
pub(super) struct Separability {
    select: Select,
    kept: VecDeque<Kept>,
    rows: Vec<Row>,
    joined: usize,
    /// Lowest similarity of a same pair, highest of a different one, with the standing of their tracks: whom an error
    /// rate speaks of.
    extremes: Vec<(Standing, Option<usize>, Option<usize>)>,
    same: Axis,
    different: Axis,
    people: People,
}

/// What came out.
pub(super) struct Separated {
    pub(super) equal_error: Cell<Estimate>,
    /// None: nobody could be compared with both the same and others.
    pub(super) rank_one: Option<Cell<Estimate>>,
    pub(super) gallery: Option<Cell<Estimate>>,
    pub(super) distributions: [Distribution; 2],
}

impl Separability {
    pub(super) fn new(select: Select) -> Self {
        let axis = || Axis::new(&EDGES, 0.01, 1.0);
        Self {
            select,
            kept: VecDeque::new(),
            rows: Vec::new(),
            joined: 0,
            extremes: Vec::new(),
            same: axis(),
            different: axis(),
            people: People::default(),
        }
    }

    /// A track has ended.
    pub(super) fn track(&mut self, track: &Track, looks: &Rc<Descriptions>) {
        let moments = looks.moments();
        let embedded = moments.iter().filter(|moment| (self.select)(moment).is_some());
        if embedded.count() == 0 {
            return;
        }
        let mut new = Kept {
            standing: standing(track),
            seen: track
                .points
                .iter()
                .filter(|point| point.seen)
                .map(|point| (point.frame, point.rect))
                .collect(),
            looks: Rc::clone(looks),
            row: Row::default(),
            same: vec![None; moments.len()],
            other: vec![None; moments.len()],
            others: 0,
        };
        self.compare_with_itself(&mut new);
        let mut apart = Vec::new();
        for earlier in &mut self.kept {
            if surely_two(&earlier.seen, &new.seen) {
                compare(self.select, earlier, &mut new, &mut apart);
            }
        }
        self.different.add(
            new.standing,
            apart.into_iter().map(|similarity: f64| similarity.max(0.0)),
        );
        self.kept.push_back(new);
        if self.kept.len() > MOST_KEPT
            && let Some(oldest) = self.kept.pop_front()
        {
            self.close(oldest);
        }
    }

    fn compare_with_itself(&mut self, new: &mut Kept) {
        let moments = new.looks.moments();
        let mut alike = Vec::new();
        for (at, first) in moments.iter().enumerate() {
            for (later, second) in moments.iter().enumerate().skip(at + 1) {
                let pair = (self.select)(first).zip((self.select)(second));
                let Some((a, b)) = pair.filter(|_| (second.seconds - first.seconds).abs() >= LEAST_GAP)
                else {
                    continue;
                };
                let similarity = a.similarity(b);
                *new.row.same.entry(cell(similarity)).or_insert(0.0) += 1.0;
                raise(&mut new.same[at], similarity);
                raise(&mut new.same[later], similarity);
                alike.push(similarity.max(0.0));
            }
        }
        self.same.add(new.standing, alike.into_iter());
    }

    /// The item is over: tracks of the next are never seen together with these.
    pub(super) fn end_item(&mut self) {
        while let Some(oldest) = self.kept.pop_front() {
            self.close(oldest);
        }
    }

    /// Nothing will be compared with this track any more: its looks are let go.
    fn close(&mut self, mut track: Kept) {
        for (same, other) in track.same.iter().zip(&track.other) {
            if let (Some(same), Some(other)) = (same, other) {
                track.row.probes += 1.0;
                track.row.hits += f64::from(u8::from(same > other));
                track.row.gallery += f64::from(track.others);
            }
        }
        let (row, people, standing) = (&track.row, &mut self.people, track.standing);
        for (applies, tally) in [
            (!row.same.is_empty(), &mut people.same),
            (!row.different.is_empty(), &mut people.different),
            (row.probes > 0.0, &mut people.probed),
            (row.hits > 0.0, &mut people.hit),
            (row.probes > row.hits, &mut people.missed),
        ] {
            if applies {
                tally.add(standing);
            }
        }
        let lowest = row.same.keys().next().copied();
        let highest = row.different.keys().next_back().copied();
        if lowest.is_none() && highest.is_none() {
            return;
        }
        self.extremes.push((standing, lowest, highest));
        if self.rows.len() < MOST_ROWS {
            self.rows.push(track.row);
        } else {
            self.rows[self.joined % MOST_ROWS].add(&track.row);
            self.joined += 1;
        }
    }

    /// Whether there are pairs of both kinds, of two tracks at least.
    pub(super) fn suffices(&self) -> bool {
        self.people.same.all >= 2 && self.people.different.all >= 2
    }

    /// What the pairs say; `stream`: the first of four streams of the bootstrap. Call [`Self::suffices`] first.
    pub(super) fn finish(self, policy: &DisclosurePolicy, stream: u64) -> Option<Separated> {
        let mut all = Row::default();
        self.rows.iter().for_each(|row| all.add(row));
        let mut totals = vec![0.0; TOTALS];
        add(&all, &mut totals);
        let (rate, threshold) = equal_error(&totals)?;
        let finish = |totals: &[f64]| {
            let rank = (totals[PROBES] > 0.0).then(|| totals[HITS] / totals[PROBES]);
            vec![equal_error(totals).map(|(rate, _)| rate), rank]
        };
        let mut intervals = over_clusters(&self.rows, TOTALS, &add, &finish, stream).into_iter();
        let mut next_interval = || intervals.next().flatten();
        let tracks = self.people.same.all.min(self.people.different.all) as f64;
        // Each different pair stands in the rows of both of its tracks.
        let pairs = all.same.values().sum::<f64>() + all.different.values().sum::<f64>() / 2.0;
        let equal_error = Estimate {
            value: rate,
            unit: Unit::Ratio,
            interval: around(rate, next_interval(), tracks)?,
            sample: SampleSize {
                n: pairs as u64,
                of: SampledThing::Pairs,
            },
        };
        let (mut rejected, mut accepted) = (Tally::default(), Tally::default());
        for (standing, lowest, highest) in &self.extremes {
            if lowest.is_some_and(|lowest| lowest < threshold) {
                rejected.add(*standing);
            }
            if highest.is_some_and(|highest| highest >= threshold) {
                accepted.add(*standing);
            }
        }
        let people = &self.people;
        let sample = SampleSize {
            n: all.probes as u64,
            of: SampledThing::Sightings,
        };
        let rank_interval = next_interval();
        let rank_one = (all.probes > 0.0).then(|| {
            let value = all.hits / all.probes;
            let interval = around(value, rank_interval, people.probed.all as f64)?;
            let estimate = Estimate {
                value,
                unit: Unit::Ratio,
                interval,
                sample,
            };
            Some(policy.cell_about(estimate, &[people.hit.people(), people.missed.people()]))
        });
        let gallery = (all.probes > 0.0).then(|| {
            let value = all.gallery / all.probes;
            let interval = Interval {
                low: value,
                high: value,
                level: LEVEL,
                method: IntervalMethod::CompleteCount,
                block: None,
            };
            let estimate = Estimate {
                value,
                unit: Unit::People,
                interval,
                sample,
            };
            policy.cell_about(estimate, &[people.probed.people()])
        });
        let distribution = |name, axis: &Axis, stream| {
            let mut cuts = axis.cuts(policy, &BY_IMPORTANCE);
            Distribution {
                name,
                of: None,
                unit: Unit::CosineSimilarity,
                bins: axis.histogram(policy, &cuts, &EDGES),
                quantiles: axis.quantiles(
                    policy,
                    &mut cuts,
                    Unit::CosineSimilarity,
                    SampledThing::Pairs,
                    stream,
                ),
            }
        };
        Some(Separated {
            equal_error: policy.cell_about(
                equal_error,
                &[
                    people.same.people(),
                    people.different.people(),
                    rejected.people(),
                    accepted.people(),
                ],
            ),
            rank_one: rank_one.flatten(),
            gallery,
            distributions: [
                distribution(DistributionName::SameSimilarity, &self.same, stream + 1),
                distribution(DistributionName::DifferentSimilarity, &self.different, stream + 2),
            ],
        })
    }
}

/// Totals of a replicate: same pairs by cell, different pairs by cell, hits, probes.
const HITS: usize = 2 * CELLS;
const PROBES: usize = HITS + 1;
const TOTALS: usize = PROBES + 1;

fn add(row: &Row, totals: &mut [f64]) {
    row.same.iter().for_each(|(&cell, count)| totals[cell] += count);
    row.different
        .iter()
        .for_each(|(&cell, count)| totals[CELLS + cell] += count);
    totals[HITS] += row.hits;
    totals[PROBES] += row.probes;
}

/// The equal error rate, and the first cell at whose lower edge same pairs are rejected at least as often as different
/// ones are accepted. None: pairs of one kind are missing.
fn equal_error(totals: &[f64]) -> Option<(f64, usize)> {
    let (same, different) = (&totals[..CELLS], &totals[CELLS..2 * CELLS]);
    let (all_same, all_different): (f64, f64) = (same.iter().sum(), different.iter().sum());
    if all_same <= 0.0 || all_different <= 0.0 {
        return None;
    }
    let (mut rejected, mut accepted) = (0.0, 1.0);
    for at in 0..CELLS {
        let next_rejected = rejected + same[at] / all_same;
        let next_accepted: f64 = accepted - different[at] / all_different;
        if next_rejected >= next_accepted {
            let (before, after) = (accepted - rejected, next_accepted - next_rejected);
            let share = before / (before - after);
            return Some(((rejected + share * (next_rejected - rejected)).max(0.0), at + 1));
        }
        (rejected, accepted) = (next_rejected, next_accepted);
    }
    Some((0.0, CELLS))
}

/// An interval that holds the value; where resampling does not vary, Wilson's over tracks.
fn around(value: f64, interval: Option<Interval>, tracks: f64) -> Option<Interval> {
    let interval = interval
        .filter(|interval| interval.low < interval.high)
        .or_else(|| wilson(value * tracks, tracks))?;
    Some(Interval {
        low: interval.low.min(value),
        high: interval.high.max(value),
        ..interval
    })
}

fn compare(select: Select, earlier: &mut Kept, new: &mut Kept, apart: &mut Vec<f64>) {
    let (left, right) = (Rc::clone(&earlier.looks), Rc::clone(&new.looks));
    let mut compared = false;
    for (there, a) in left.moments().iter().enumerate() {
        for (here, b) in right.moments().iter().enumerate() {
            let Some((first, second)) = select(a).zip(select(b)) else {
                continue;
            };
            let similarity = first.similarity(second);
            for row in [&mut earlier.row, &mut new.row] {
                *row.different.entry(cell(similarity)).or_insert(0.0) += 1.0;
            }
            raise(&mut earlier.other[there], similarity);
            raise(&mut new.other[here], similarity);
            apart.push(similarity);
            compared = true;
        }
    }
    earlier.others += u32::from(compared);
    new.others += u32::from(compared);
}

fn raise(greatest: &mut Option<f64>, value: f64) {
    *greatest = Some(greatest.map_or(value, |before| before.max(value)));
}

fn cell(similarity: f64) -> usize {
    (((similarity + 1.0) / 2.0 * CELLS as f64).floor().max(0.0) as usize).min(CELLS - 1)
}

/// Whether both were seen in one frame, at two places.
fn surely_two(a: &[(u64, Rect)], b: &[(u64, Rect)]) -> bool {
    let (mut left, mut right, mut together) = (0, 0, false);
    while let (Some(one), Some(other)) = (a.get(left), b.get(right)) {
        match one.0.cmp(&other.0) {
            std::cmp::Ordering::Less => left += 1,
            std::cmp::Ordering::Greater => right += 1,
            std::cmp::Ordering::Equal => {
                together |= iou(&one.1, &other.1) <= SURELY_TWO;
                left += 1;
                right += 1;
            }
        }
    }
    together
}
