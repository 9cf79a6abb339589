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
//! tie is a miss. **mINP.** Mean over the same sightings of how many other sightings of its own person there are, by the place
//! of the last of them among all others in order of likeness; one as alike as the last comes before it (Ye et al., "Deep
//! Learning for Person Re-identification", TPAMI 2021). **Found again.** As rank one, of sightings with one of the same track
//! at least so long before, among which alone they look for it. **Intervals.** Subsets bootstrap (Bolle, Ratha and Pankanti 2004): tracks are drawn, each with all of its
//! pairs; where nothing varies, Wilson's with a track as one observation.

use super::axis::{Axis, Support, around, held};
use super::probes::{AGAIN_AFTER, Probe, Row};
use super::settled::{Tally, support};
use crate::describe::description::Embedding;
use crate::describe::descriptions::{Descriptions, Moment};
use crate::detect::overlap::{Rect, iou};
use crate::track::track::Track;
use std::collections::VecDeque;
use std::rc::Rc;
use vsa_record::disclosure::{Cell, DisclosurePolicy};
use vsa_record::estimate::{Estimate, SampleSize, SampledThing, Unit};
use vsa_record::measurements::Missing;
use vsa_record::reading::{Distribution, DistributionName};
use vsa_statistics::resample::over_clusters;
use vsa_statistics::streams::Streams;

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

/// A track that may still be compared.
struct Kept {
    support: Support,
    seen: Vec<(u64, Rect)>,
    looks: Rc<Descriptions>,
    row: Row,
    /// By moment.
    probes: Vec<Probe>,
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
    /// After each time: those who were looked for, who were found again, and who were not.
    again: [[Tally; 3]; AGAIN_AFTER.len()],
}

/// Collects similarities.
pub(super) struct Separability {
    select: Select,
    kept: VecDeque<Kept>,
    rows: Vec<Row>,
    joined: usize,
    /// Lowest similarity of a same pair, highest of a different one, with the support of their tracks: whom an error
    /// rate speaks of.
    extremes: Vec<(Support, Option<usize>, Option<usize>)>,
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
    /// mINP.
    pub(super) inverse_penalty: Option<Cell<Estimate>>,
    /// How long after, and the share found again; none: nobody was looked for after so long.
    pub(super) again: [(f64, Option<Cell<Estimate>>); AGAIN_AFTER.len()],
    pub(super) distributions: [Distribution; 2],
}

impl Separability {
    pub(super) fn new(select: Select) -> Self {
        let axis = || Axis::new(&EDGES, &BY_IMPORTANCE, 0.01, 1.0);
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
            support: support(track),
            seen: track.seen().map(|point| (point.frame, point.rect)).collect(),
            looks: Rc::clone(looks),
            row: Row::default(),
            probes: vec![Probe::default(); moments.len()],
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
            new.support,
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
                let Some((a, b)) = pair.filter(|_| is_same_pair(first, second)) else {
                    continue;
                };
                let similarity = a.similarity(b);
                *new.row.same.entry(cell(similarity)).or_insert(0.0) += 1.0;
                new.probes[at].note_same(similarity);
                new.probes[later].note_same(similarity);
                new.probes[later].note_before(second.seconds - first.seconds, similarity);
                alike.push(similarity.max(0.0));
            }
        }
        self.same.add(new.support, alike.into_iter());
    }

    /// The item is over: tracks of the next are never seen together with these.
    pub(super) fn end_item(&mut self) {
        while let Some(oldest) = self.kept.pop_front() {
            self.close(oldest);
        }
    }

    /// Nothing will be compared with this track any more: its looks are let go.
    fn close(&mut self, mut track: Kept) {
        for probe in &track.probes {
            probe.tell(track.others, &mut track.row);
        }
        let (row, people, support) = (&track.row, &mut self.people, track.support);
        for (applies, tally) in [
            (!row.same.is_empty(), &mut people.same),
            (!row.different.is_empty(), &mut people.different),
            (row.probes > 0.0, &mut people.probed),
            (row.hits > 0.0, &mut people.hit),
            (row.probes > row.hits, &mut people.missed),
        ] {
            if applies {
                tally.add(support);
            }
        }
        for (tallies, [hits, probes]) in people.again.iter_mut().zip(row.again) {
            let applies = [probes > 0.0, hits > 0.0, probes > hits];
            let tallies = tallies.iter_mut().zip(applies).filter(|(_, applies)| *applies);
            tallies.for_each(|(tally, _)| tally.add(support));
        }
        let lowest = row.same.keys().next().copied();
        let highest = row.different.keys().next_back().copied();
        if lowest.is_none() && highest.is_none() {
            return;
        }
        self.extremes.push((support, lowest, highest));
        if self.rows.len() < MOST_ROWS {
            self.rows.push(track.row);
        } else {
            self.rows[self.joined % MOST_ROWS].add(&track.row);
            self.joined += 1;
        }
    }

    /// What the pairs say, if there are pairs of both kinds, of two tracks at least; `streams`: three of the bootstrap.
    pub(super) fn finish(self, policy: &DisclosurePolicy, streams: Streams) -> Result<Separated, Missing> {
        if self.people.same.all < 2 || self.people.different.all < 2 {
            return Err(Missing::TooFewTracks);
        }
        self.separated(policy, streams).ok_or(Missing::TooFewTracks)
    }

    fn separated(self, policy: &DisclosurePolicy, streams: Streams) -> Option<Separated> {
        let mut all = Row::default();
        self.rows.iter().for_each(|row| all.add(row));
        let mut totals = vec![0.0; TOTALS];
        add(&all, &mut totals);
        let (rate, threshold) = equal_error(&totals)?;
        let finish = |totals: &[f64]| {
            let share = |of: usize, all: usize| (totals[all] > 0.0).then(|| totals[of] / totals[all]);
            let again = (0..AGAIN_AFTER.len()).map(|at| share(AGAIN + 2 * at, AGAIN + 2 * at + 1));
            let rate = equal_error(totals).map(|(rate, _)| rate);
            [rate, share(HITS, PROBES), share(PENALTY, PROBES)]
                .into_iter()
                .chain(again)
                .collect()
        };
        let mut intervals = over_clusters(&self.rows, TOTALS, &add, &finish, streams.at(0)).into_iter();
        let mut next_interval = || intervals.next().flatten();
        let tracks = self.people.same.all.min(self.people.different.all) as f64;
        // Each different pair stands in the rows of both of its tracks.
        let pairs = all.same.values().sum::<f64>() + all.different.values().sum::<f64>() / 2.0;
        let sample = SampleSize::new(pairs as u64, SampledThing::Pairs);
        let interval = around(rate, next_interval(), tracks, sample.n)?;
        let equal_error = held(rate, Unit::Ratio, interval, sample);
        let (mut rejected, mut accepted) = (Tally::default(), Tally::default());
        for (support, lowest, highest) in &self.extremes {
            if lowest.is_some_and(|lowest| lowest < threshold) {
                rejected.add(*support);
            }
            if highest.is_some_and(|highest| highest >= threshold) {
                accepted.add(*support);
            }
        }
        let people = &self.people;
        let sample = SampleSize::new(all.probes as u64, SampledThing::Sightings);
        let (rank_interval, penalty_interval) = (next_interval(), next_interval());
        let rank_one = (all.probes > 0.0).then(|| {
            let value = all.hits / all.probes;
            let interval = around(value, rank_interval, people.probed.all as f64, sample.n)?;
            let estimate = held(value, Unit::Ratio, interval, sample);
            Some(policy.cell_about(estimate, &[people.hit.people(), people.missed.people()]))
        });
        let gallery = (all.probes > 0.0).then(|| {
            let estimate = Estimate::counted_in_full(all.gallery / all.probes, Unit::People, sample);
            policy.cell(estimate, people.probed.people())
        });
        let inverse_penalty = (all.probes > 0.0).then(|| {
            let value = all.inverse_penalty / all.probes;
            let interval = around(value, penalty_interval, people.probed.all as f64, sample.n)?;
            let estimate = held(value, Unit::Ratio, interval, sample);
            Some(policy.cell(estimate, people.probed.people()))
        });
        let again = std::array::from_fn(|at| {
            let ([hits, probes], [looked_for, found, lost]) = (all.again[at], people.again[at]);
            let interval = next_interval();
            let share = (probes > 0.0).then(|| {
                let (value, looked_for) = (hits / probes, looked_for.all as f64);
                let sample = SampleSize::new(probes as u64, SampledThing::Sightings);
                let interval = around(value, interval, looked_for, sample.n)?;
                let estimate = held(value, Unit::Ratio, interval, sample);
                Some(policy.cell_about(estimate, &[found.people(), lost.people()]))
            });
            (AGAIN_AFTER[at], share.flatten())
        });
        let distribution = |name, axis: &Axis, stream| {
            let name = (name, Unit::CosineSimilarity);
            axis.distribution(policy, name, SampledThing::Pairs, stream)
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
            inverse_penalty: inverse_penalty.flatten(),
            again,
            distributions: [
                distribution(DistributionName::SameSimilarity, &self.same, streams.at(1)),
                distribution(
                    DistributionName::DifferentSimilarity,
                    &self.different,
                    streams.at(2),
                ),
            ],
        })
    }
}

/// Totals of a replicate: same pairs by cell, different pairs by cell, hits, probes, inverse negative penalties; hits and probes
/// after each time.
const HITS: usize = 2 * CELLS;
const PROBES: usize = HITS + 1;
const PENALTY: usize = PROBES + 1;
const AGAIN: usize = PENALTY + 1;
const TOTALS: usize = AGAIN + 2 * AGAIN_AFTER.len();

fn add(row: &Row, totals: &mut [f64]) {
    row.same.iter().for_each(|(&cell, count)| totals[cell] += count);
    row.different
        .iter()
        .for_each(|(&cell, count)| totals[CELLS + cell] += count);
    totals[HITS] += row.hits;
    totals[PROBES] += row.probes;
    totals[PENALTY] += row.inverse_penalty;
    let again = row.again.iter().flatten();
    again
        .zip(&mut totals[AGAIN..])
        .for_each(|(count, total)| *total += count);
}

/// The equal error rate, and the first cell at whose lower edge same pairs are rejected at least as often as different
/// ones are accepted. None: pairs of one kind are missing.
fn equal_error(totals: &[f64]) -> Option<(f64, usize)> {
    let (same, different) = (&totals[..CELLS], &totals[CELLS..2 * CELLS]);
    let (all_same, all_different): (f64, f64) = (same.iter().sum(), different.iter().sum());
    if all_same <= 0.0 || all_different <= 0.0 {
        return None;
    }
    // Numbers of pairs are added, not shares: sums of whole numbers are exact, so that no error is none.
    let (mut below, mut above) = (0.0, all_different);
    let (mut rejected, mut accepted) = (0.0, 1.0);
    for at in 0..CELLS {
        below += same[at];
        above -= different[at];
        let (next_rejected, next_accepted): (f64, f64) = (below / all_same, above / all_different);
        if next_rejected >= next_accepted {
            let (before, after) = (accepted - rejected, next_accepted - next_rejected);
            let share = before / (before - after);
            return Some(((rejected + share * (next_rejected - rejected)).max(0.0), at + 1));
        }
        (rejected, accepted) = (next_rejected, next_accepted);
    }
    Some((0.0, CELLS))
}

/// Whether a pair of one track tells how like itself its person looks.
fn is_same_pair(first: &Moment, second: &Moment) -> bool {
    first.stretch == second.stretch && (second.seconds - first.seconds).abs() >= LEAST_GAP
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
            earlier.probes[there].note_other(similarity);
            new.probes[here].note_other(similarity);
            apart.push(similarity);
            compared = true;
        }
    }
    earlier.others += u32::from(compared);
    new.others += u32::from(compared);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::description::Description;
    use vsa_record::disclosure::DataBasis;
    use vsa_statistics::chance::normal_above;
    use vsa_statistics::generator::draw;
    use vsa_statistics::streams::Stream;

    /// Somebody at `left` from frame `from` on, for `frames` frames of a tenth of a second, who looks as `look` says
    /// (an angle in a plane) in every fifth of them.
    fn somebody(left: f32, from: u64, frames: u64, look: impl Fn(u64) -> f64) -> (Track, Rc<Descriptions>) {
        let mut looks = Descriptions::default();
        let rect = Rect {
            left,
            top: 0.0,
            right: left + 10.0,
            bottom: 30.0,
        };
        let track = Track::through((from..from + frames).map(|frame| (frame, frame as f64 / 10.0, rect)));
        for frame in (from..from + frames).step_by(5) {
            let angle = look(frame);
            let description = Description {
                body: Embedding::of(vec![angle.cos() as f32, angle.sin() as f32]),
                ..Description::default()
            };
            looks.note(frame as f64 / 10.0, description);
        }
        (track, Rc::new(looks))
    }

    fn measured(tracks: &[(Track, Rc<Descriptions>)]) -> Option<Separated> {
        let mut pairs = Separability::new(|moment| moment.body.as_ref());
        tracks.iter().for_each(|(track, looks)| pairs.track(track, looks));
        pairs.end_item();
        let open = DisclosurePolicy::new(DataBasis::Public, None, None).unwrap();
        pairs.finish(&open, Streams::simulated(900)).ok()
    }

    fn value(cell: &Cell<Estimate>) -> f64 {
        cell.shown().unwrap().value
    }

    #[test]
    fn people_who_look_like_themselves_and_not_like_others_are_told_apart_without_error() {
        let tracks: Vec<_> = (0..4u8)
            .map(|who| somebody(100.0 * f32::from(who), 0, 40, move |_| f64::from(who)))
            .collect();
        let found = measured(&tracks).unwrap();
        assert!(value(&found.equal_error).abs() < 1e-12);
        assert!((value(found.rank_one.as_ref().unwrap()) - 1.0).abs() < 1e-12);
        assert!((value(found.inverse_penalty.as_ref().unwrap()) - 1.0).abs() < 1e-12);
        assert!((value(found.again[0].1.as_ref().unwrap()) - 1.0).abs() < 1e-12);
        assert!(found.again[1].1.is_none(), "nobody is in view for ten seconds");
        assert!(
            (value(found.gallery.as_ref().unwrap()) - 3.0).abs() < 1e-12,
            "three others each"
        );
        // Each has 8 sightings half a second apart: 28 pairs, of which 7 are too near in time. 6 couples, 64 pairs each.
        assert_eq!(found.equal_error.shown().unwrap().sample.n, 4 * (28 - 7) + 6 * 64);
        let counted = |at: usize| -> u64 {
            let bins = found.distributions[at].bins.iter();
            bins.map(|bin| *bin.count.shown().unwrap()).sum()
        };
        assert_eq!((counted(0), counted(1)), (84, 384));
        assert!(
            found.equal_error.shown().unwrap().interval.high > 0.1,
            "four people leave doubt"
        );
    }

    #[test]
    fn twins_in_the_same_coat_cannot_be_told_apart_and_a_tie_is_a_miss() {
        let tracks: Vec<_> = (0..3u8)
            .map(|who| somebody(100.0 * f32::from(who), 0, 40, |_| 1.0))
            .collect();
        let found = measured(&tracks).unwrap();
        assert!((value(&found.equal_error) - 0.5).abs() < 1e-12);
        assert!(value(found.rank_one.as_ref().unwrap()).abs() < 1e-12);
        // Each of the 8 sightings has 5 of its own person a second away or more, the first and the last 6; the 16 of the other
        // two people all come before the last of them.
        let by_hand = (6.0 * 5.0 / 21.0 + 2.0 * 6.0 / 22.0) / 8.0;
        assert!((value(found.inverse_penalty.as_ref().unwrap()) - by_hand).abs() < 1e-12);
    }

    #[test]
    fn who_changes_while_out_of_sight_is_not_found_again() {
        // Of 12 seconds: the first looks the same all the time, the second like the first from the eleventh on.
        let tracks = [
            somebody(0.0, 0, 120, |_| 0.0),
            somebody(100.0, 0, 120, |frame| if frame < 105 { 1.5 } else { 0.1 }),
        ];
        let found = measured(&tracks).unwrap();
        let share = |at: usize| {
            let (after, cell) = &found.again[at];
            (*after, cell.as_ref().unwrap().shown().unwrap())
        };
        // Every fourth description is kept: at 0, 2, 4, 6, 8, 10 seconds. Ten seconds later there is one sighting of each.
        let (after, ten) = share(1);
        assert!((after - 10.0).abs() < 1e-12);
        assert_eq!(ten.sample.n, 2);
        assert!((ten.value - 1.0).abs() < 1e-12, "both look as they did");
        let (after, three) = share(0);
        assert!((after - 3.0).abs() < 1e-12);
        assert_eq!(three.sample.n, 2 * 4);
        let changed = [
            somebody(0.0, 0, 120, |_| 0.0),
            somebody(100.0, 0, 120, |frame| if frame < 95 { 1.5 } else { 0.1 }),
        ];
        let found = measured(&changed).unwrap();
        let shares = found
            .again
            .each_ref()
            .map(|(_, cell)| value(cell.as_ref().unwrap()));
        // The last sighting of the second is nearer to the first than to its own.
        assert!((shares[0] - 7.0 / 8.0).abs() < 1e-12, "{shares:?}");
        assert!((shares[1] - 0.5).abs() < 1e-12, "{shares:?}");
        assert!(found.again[1].1.as_ref().unwrap().shown().unwrap().interval.high > 0.8);
    }

    #[test]
    fn sightings_across_a_join_in_which_looks_had_a_say_prove_nothing() {
        let joined = || {
            let (track, first) = somebody(0.0, 0, 40, |_| 0.0);
            let (later, second) = somebody(0.0, 60, 40, |_| 0.0);
            let points = track.points.into_iter().chain(later.points).collect();
            let whole = |looks: Rc<Descriptions>| Rc::into_inner(looks).unwrap();
            let track = Track { points, fragments: 2 };
            (track, whole(first), whole(second))
        };
        let pairs = |by_looks: bool| {
            let (track, first, second) = joined();
            let one = (track, Rc::new(first.join(second, by_looks)));
            let found = measured(&[one, somebody(100.0, 0, 100, |_| 1.5)]).unwrap();
            found.equal_error.shown().unwrap().sample.n
        };
        assert!(pairs(true) < pairs(false));
    }

    #[test]
    fn a_known_number_of_sightings_finds_the_wrong_person() {
        // The second looks like the first from frame 20 on: 4 of its 8 sightings. Its own early ones look different.
        let tracks = [
            somebody(0.0, 0, 40, |_| 0.0),
            somebody(100.0, 0, 40, |frame| if frame < 20 { 1.5 } else { 0.001 }),
            somebody(200.0, 0, 40, |_| -1.5),
        ];
        let found = measured(&tracks).unwrap();
        // All 24 sightings are probes. The first track's match exactly, the third's too; so do those of the second
        // that look alike: its late ones are at 0.001 of the first's, but equal among themselves.
        assert!((value(found.rank_one.as_ref().unwrap()) - 1.0).abs() < 1e-12);
        let late = [
            somebody(0.0, 0, 40, |_| 0.0),
            somebody(100.0, 0, 40, |frame| if frame < 35 { 1.5 } else { 0.001 }),
        ];
        // The last sighting of the second has no other like it: its nearest is the first person.
        let found = measured(&late).unwrap();
        assert!((value(found.rank_one.as_ref().unwrap()) - 15.0 / 16.0).abs() < 1e-12);
    }

    #[test]
    fn only_tracks_seen_together_at_two_places_are_surely_two_people() {
        let apart_in_time = [somebody(0.0, 0, 40, |_| 0.0), somebody(100.0, 40, 40, |_| 1.0)];
        assert!(
            measured(&apart_in_time).is_none(),
            "it may be one person who came back"
        );
        let one_body = [somebody(0.0, 0, 40, |_| 0.0), somebody(2.0, 0, 40, |_| 1.0)];
        assert!(
            measured(&one_body).is_none(),
            "it may be one person under two boxes"
        );
    }

    #[test]
    fn embeddings_are_kept_of_few_tracks_and_let_go_at_the_end_of_the_item() {
        let mut pairs = Separability::new(|moment| moment.body.as_ref());
        let mut held = Vec::new();
        for who in 0..3 * MOST_KEPT as u64 {
            let (track, looks) = somebody(0.0, who * 50, 40, |_| 0.0);
            pairs.track(&track, &looks);
            held.push(Rc::downgrade(&looks));
        }
        let alive = || held.iter().filter(|looks| looks.strong_count() > 0).count();
        assert_eq!(alive(), MOST_KEPT);
        pairs.end_item();
        assert_eq!(alive(), 0);
    }

    /// A standard normal number (Box and Muller).
    fn normal(stream: u64, counter: u64) -> f64 {
        let uniform =
            |at: u64| ((draw(Stream::simulated(stream), at) >> 11) as f64 + 0.5) / (1u64 << 53) as f64;
        (-2.0 * uniform(2 * counter).ln()).sqrt() * (std::f64::consts::TAU * uniform(2 * counter + 1)).cos()
    }

    #[test]
    fn the_error_rate_of_two_bells_is_the_one_in_the_tables() {
        // Means 0.6 and 0.3, deviation 0.1: both cross at 0.45, 1.5 deviations away.
        let mut totals = vec![0.0; TOTALS];
        for at in 0..200_000 {
            totals[cell(0.6 + 0.1 * normal(901, at))] += 1.0;
            totals[CELLS + cell(0.3 + 0.1 * normal(902, at))] += 1.0;
        }
        let (rate, threshold) = equal_error(&totals).unwrap();
        assert!((rate - normal_above(1.5)).abs() < 0.002, "{rate}");
        let edge = threshold as f64 / CELLS as f64 * 2.0 - 1.0;
        assert!((edge - 0.45).abs() < 0.011, "{edge}");
    }

    #[test]
    fn the_interval_of_the_error_rate_holds_it_in_most_repetitions() {
        // 40 tracks; each makes all of its pairs more alike, or less, by one draw of its own. The truth follows from
        // the variances: both kinds of pairs are normal.
        let (spread, own, people, repetitions) = (0.1, 0.05, 40usize, 120u64);
        let same_deviation = f64::hypot(spread, own);
        let different_deviation = f64::hypot(spread, own / 2.0_f64.sqrt());
        let truth = normal_above(0.3 / (same_deviation + different_deviation));
        let mut held = 0;
        for repetition in 0..repetitions {
            let stream = 10_000 + repetition;
            let mut counter = 0;
            let mut next = || {
                counter += 1;
                normal(stream, counter)
            };
            let shifts: Vec<f64> = (0..people).map(|_| own * next()).collect();
            let mut rows: Vec<Row> = (0..people).map(|_| Row::default()).collect();
            for at in 0..people {
                for _ in 0..20 {
                    let similarity = 0.6 + shifts[at] + spread * next();
                    *rows[at].same.entry(cell(similarity)).or_insert(0.0) += 1.0;
                }
                for other in at + 1..people {
                    let similarity = 0.3 + f64::midpoint(shifts[at], shifts[other]) + spread * next();
                    for row in [at, other] {
                        *rows[row].different.entry(cell(similarity)).or_insert(0.0) += 1.0;
                    }
                }
            }
            let finish = |totals: &[f64]| vec![equal_error(totals).map(|(rate, _)| rate)];
            let interval = over_clusters(&rows, TOTALS, &add, &finish, Stream::simulated(stream))
                .remove(0)
                .unwrap();
            held += u64::from(interval.low <= truth && truth <= interval.high);
        }
        let coverage = held as f64 / repetitions as f64;
        assert!((0.88..=1.0).contains(&coverage), "{coverage}");
    }
}
