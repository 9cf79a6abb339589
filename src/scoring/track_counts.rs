//! HOTA, CLEAR and identity. In: the pictures of one sequence, in order. Out: counts picture by picture, which add up; the
//! ratios come last (`track_figures`).
//!
//! Sources: `TrackEval` 1.3 (`metrics/hota.py`, `clear.py`, `identity.py`), which follow Luiten et al. 2020, Bernardin and
//! Stiefelhagen 2008, Ristani et al. 2016. What is judged over a whole sequence (a person's track, the share of frames in
//! which the two go together) is judged once, and then counted where it happens: so stretches of a sequence can be drawn.

use super::labels::Numbering;
use super::pair::PairedPicture;
use super::region::{EPSILON, overlap};
use rayon::prelude::*;
use std::collections::BTreeMap;
use vsa_statistics::assignment::assign;
use vsa_statistics::rectangular::assign_greatest;

/// The overlaps of HOTA: 0.05, 0.10, …, 0.95.
pub(crate) const ALPHAS: usize = 19;

/// `numpy.arange(0.05, 0.99, 0.05)`, to the last bit.
pub(crate) fn alphas() -> [f64; ALPHAS] {
    std::array::from_fn(|at| 0.05 + at as f64 * 0.05)
}

/// The overlap from which CLEAR and identity count a match.
const HALF: f64 = 0.5;

/// Counts of one picture, or of many: they add up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrackCounts {
    /// Labelled boxes.
    pub labels: f64,
    /// Tracked boxes.
    pub tracked: f64,
    /// Pictures.
    pub pictures: f64,
    /// Labelled boxes with a track.
    pub matched: f64,
    /// Labels whose track became another.
    pub switches: f64,
    /// Times at which following stopped and began again.
    pub fragmentations: f64,
    /// Sum of the overlaps of matches.
    pub overlap_sum: f64,
    /// Boxes that the best one-to-one assignment of tracks to people gets right.
    pub identified: f64,
    /// Counts at each overlap.
    pub hota: [HotaCounts; ALPHAS],
}

/// Counts at one overlap.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HotaCounts {
    /// Labelled boxes with a track.
    pub matched: f64,
    /// Sum of the overlaps of matches.
    pub overlap_sum: f64,
    /// Sums over matches of the association measures of their pair.
    pub association: f64,
    /// The same for recall.
    pub association_recall: f64,
    /// The same for precision.
    pub association_precision: f64,
}

impl TrackCounts {
    pub(crate) fn add(&mut self, other: &Self, times: f64) {
        self.labels += times * other.labels;
        self.tracked += times * other.tracked;
        self.pictures += times * other.pictures;
        self.matched += times * other.matched;
        self.switches += times * other.switches;
        self.fragmentations += times * other.fragmentations;
        self.overlap_sum += times * other.overlap_sum;
        self.identified += times * other.identified;
        for (own, other) in self.hota.iter_mut().zip(&other.hota) {
            own.matched += times * other.matched;
            own.overlap_sum += times * other.overlap_sum;
            own.association += times * other.association;
            own.association_recall += times * other.association_recall;
            own.association_precision += times * other.association_precision;
        }
    }
}

/// What is counted of people: how many were matched in most, some or few of their frames.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeopleCounts {
    /// Followed for more than four fifths of their frames.
    pub mostly: u64,
    /// In between.
    pub partly: u64,
    /// Followed for less than one fifth.
    pub hardly: u64,
}

/// One sequence's outcome.
pub(crate) struct SequenceCounts {
    /// By picture, in order.
    pub(crate) pictures: Vec<TrackCounts>,
    pub(crate) people: PeopleCounts,
}

/// One picture, with overlaps of all pairs, label by label. Ids are counted from 0, or those of the file.
struct FrameIds<Id = usize> {
    people: Vec<Id>,
    tracks: Vec<Id>,
    overlaps: Vec<f64>,
}

/// Counts one sequence. Every box has to have a number of its person or track; boxes without one are passed over.
/// Pictures, and the three families of figures, are worked on side by side: one sequence may be half of all footage.
pub(crate) fn count(pictures: &[PairedPicture]) -> SequenceCounts {
    let with_ids: Vec<FrameIds<i64>> = pictures.par_iter().map(look).collect();
    let (mut person_numbers, mut track_numbers) = (Numbering::default(), Numbering::default());
    let (mut people, mut tracks) = (Vec::new(), Vec::new());
    let looks: Vec<FrameIds> = with_ids
        .into_iter()
        .map(|look| FrameIds {
            people: numbers(&look.people, &mut person_numbers, &mut people),
            tracks: numbers(&look.tracks, &mut track_numbers, &mut tracks),
            overlaps: look.overlaps,
        })
        .collect();
    let (people, tracks) = (people.len(), tracks.len());
    let (hota, ((clear, of_people), identified)) = rayon::join(
        || count_hota(&looks, people, tracks),
        || {
            rayon::join(
                || count_clear(&looks, people),
                || count_identity(&looks, people, tracks),
            )
        },
    );
    let counts = looks.iter().zip(hota).zip(clear).zip(identified);
    let counts = counts.map(|(((look, hota), clear), identified)| TrackCounts {
        labels: look.people.len() as f64,
        tracked: look.tracks.len() as f64,
        pictures: 1.0,
        matched: clear.matched,
        switches: clear.switches,
        fragmentations: clear.fragmentations,
        overlap_sum: clear.overlap_sum,
        identified,
        hota,
    });
    SequenceCounts {
        pictures: counts.collect(),
        people: of_people,
    }
}

fn look(picture: &PairedPicture) -> FrameIds<i64> {
    let truth = || {
        let counting = picture.truth.iter().filter(|label| !label.ignored);
        counting.filter_map(|label| Some((label.region, label.subject?)))
    };
    let found: Vec<_> = picture
        .found
        .iter()
        .filter_map(|one| Some((one.region, one.track?)))
        .collect();
    let people: Vec<i64> = truth().map(|(_, id)| id).collect();
    let mut overlaps = Vec::with_capacity(people.len() * found.len());
    for (label, _) in truth() {
        overlaps.extend(found.iter().map(|(one, _)| overlap(&label, one)));
    }
    FrameIds {
        people,
        tracks: found.iter().map(|(_, id)| *id).collect(),
        overlaps,
    }
}

/// `known`: every id that was met.
fn numbers(ids: &[i64], numbering: &mut Numbering<i64>, known: &mut Vec<i64>) -> Vec<usize> {
    ids.iter().map(|id| numbering.of(id, known, || *id)).collect()
}

/// Sums by person and track: of each person the tracks met, rising. A person meets few.
struct Pairs(Vec<Vec<(usize, f64)>>);

impl Pairs {
    fn place(&self, person: usize, track: usize) -> Result<usize, usize> {
        self.0[person].binary_search_by_key(&track, |(track, _)| *track)
    }

    fn get(&self, person: usize, track: usize) -> Option<f64> {
        let at = self.place(person, track).ok()?;
        Some(self.0[person][at].1)
    }

    fn add(&mut self, person: usize, track: usize, value: f64) {
        match self.place(person, track) {
            Ok(at) => self.0[person][at].1 += value,
            Err(at) => self.0[person].insert(at, (track, value)),
        }
    }
}

/// How well a person and a track go together over the sequence, before anything is matched, and how often each is there.
struct Alignment {
    together: Pairs,
    person_boxes: Vec<f64>,
    track_boxes: Vec<f64>,
}

impl Alignment {
    fn of(looks: &[FrameIds], people: usize, tracks: usize) -> Self {
        let mut alignment = Self {
            together: Pairs(vec![Vec::new(); people]),
            person_boxes: vec![0.0; people],
            track_boxes: vec![0.0; tracks],
        };
        for look in looks {
            let columns = look.tracks.len();
            let mut of_column = vec![0.0; columns];
            let mut of_row = vec![0.0; look.people.len()];
            for (row, sum) in of_row.iter_mut().enumerate() {
                for (column, total) in of_column.iter_mut().enumerate() {
                    *sum += look.overlaps[row * columns + column];
                    *total += look.overlaps[row * columns + column];
                }
            }
            for (row, person) in look.people.iter().enumerate() {
                for (column, track) in look.tracks.iter().enumerate() {
                    let value = look.overlaps[row * columns + column];
                    let below = of_column[column] + of_row[row] - value;
                    if value > 0.0 && below > EPSILON {
                        alignment.together.add(*person, *track, value / below);
                    }
                }
            }
            for person in &look.people {
                alignment.person_boxes[*person] += 1.0;
            }
            for track in &look.tracks {
                alignment.track_boxes[*track] += 1.0;
            }
        }
        alignment
    }

    fn score(&self, person: usize, track: usize) -> f64 {
        self.together.get(person, track).map_or(0.0, |together| {
            together / (self.person_boxes[person] + self.track_boxes[track] - together)
        })
    }
}

/// A pair that was matched in one picture.
struct Match {
    picture: usize,
    person: usize,
    track: usize,
    overlap: f64,
}

/// HOTA's counts of each picture.
fn count_hota(looks: &[FrameIds], people: usize, tracks: usize) -> Vec<[HotaCounts; ALPHAS]> {
    let mut counts = vec![[HotaCounts::default(); ALPHAS]; looks.len()];
    let alignment = Alignment::of(looks, people, tracks);
    let matches_in = |(picture, look): (usize, &FrameIds)| -> Vec<Match> {
        let columns = look.tracks.len();
        let mut gain = vec![0.0; look.overlaps.len()];
        for (row, person) in look.people.iter().enumerate() {
            for (column, track) in look.tracks.iter().enumerate() {
                let value = look.overlaps[row * columns + column];
                if value > 0.0 {
                    gain[row * columns + column] = alignment.score(*person, *track) * value;
                }
            }
        }
        let pairs = assign_greatest(&gain, look.people.len(), columns).into_iter();
        let matched = pairs.map(|(row, column)| Match {
            picture,
            person: look.people[row],
            track: look.tracks[column],
            overlap: look.overlaps[row * columns + column],
        });
        matched.collect()
    };
    let mut matches: Vec<Match> = looks.par_iter().enumerate().flat_map_iter(matches_in).collect();
    // Pair by pair, each pair's matches in the order of the pictures.
    matches.sort_unstable_by_key(|one| (one.person, one.track, one.picture));
    let alphas = alphas();
    for of_pair in matches.chunk_by(|a, b| (a.person, a.track) == (b.person, b.track)) {
        let (person, track) = (of_pair[0].person, of_pair[0].track);
        let (person_boxes, track_boxes) = (alignment.person_boxes[person], alignment.track_boxes[track]);
        for (at, alpha) in alphas.iter().enumerate() {
            let at_alpha = || of_pair.iter().filter(|one| one.overlap >= alpha - EPSILON);
            let times = at_alpha().count() as f64;
            let association = times / (person_boxes + track_boxes - times).max(1.0);
            let (recall, precision) = (times / person_boxes.max(1.0), times / track_boxes.max(1.0));
            for one in at_alpha() {
                let sums = &mut counts[one.picture][at];
                sums.matched += 1.0;
                sums.overlap_sum += one.overlap;
                sums.association += association;
                sums.association_recall += recall;
                sums.association_precision += precision;
            }
        }
    }
    counts
}

/// CLEAR's counts of one picture.
#[derive(Clone, Copy, Default)]
struct ClearCounts {
    matched: f64,
    switches: f64,
    fragmentations: f64,
    overlap_sum: f64,
}

/// One person's history.
#[derive(Clone, Copy, Default)]
struct History {
    frames: u64,
    matched: u64,
    /// The track of the last match, however long ago.
    last: Option<usize>,
    /// The track in the last picture that had boxes on both sides.
    just_now: Option<usize>,
    stretches: u64,
}

fn count_clear(looks: &[FrameIds], people: usize) -> (Vec<ClearCounts>, PeopleCounts) {
    let mut counts = vec![ClearCounts::default(); looks.len()];
    let mut histories = vec![History::default(); people];
    for (look, counts) in looks.iter().zip(counts.iter_mut()) {
        for person in &look.people {
            histories[*person].frames += 1;
        }
        if look.people.is_empty() || look.tracks.is_empty() {
            continue;
        }
        let columns = look.tracks.len();
        let mut gain = vec![0.0; look.overlaps.len()];
        for (row, person) in look.people.iter().enumerate() {
            for (column, track) in look.tracks.iter().enumerate() {
                let value = look.overlaps[row * columns + column];
                if value >= HALF - EPSILON {
                    let goes_on = histories[*person].just_now == Some(*track);
                    gain[row * columns + column] = if goes_on { 1000.0 + value } else { value };
                }
            }
        }
        let before: Vec<Option<usize>> = histories.iter().map(|history| history.just_now).collect();
        for history in &mut histories {
            history.just_now = None;
        }
        for (row, column) in assign_greatest(&gain, look.people.len(), columns) {
            let (person, track) = (look.people[row], look.tracks[column]);
            let history = &mut histories[person];
            counts.matched += 1.0;
            counts.overlap_sum += look.overlaps[row * columns + column];
            if history.last.is_some_and(|last| last != track) {
                counts.switches += 1.0;
            }
            history.matched += 1;
            history.last = Some(track);
            history.just_now = Some(track);
            if before[person].is_none() {
                if history.stretches > 0 {
                    counts.fragmentations += 1.0;
                }
                history.stretches += 1;
            }
        }
    }
    let mut sums = PeopleCounts::default();
    for history in histories {
        let share = history.matched as f64 / history.frames as f64;
        if share > 0.8 {
            sums.mostly += 1;
        } else if share >= 0.2 {
            sums.partly += 1;
        } else {
            sums.hardly += 1;
        }
    }
    (counts, sums)
}

/// Boxes of each picture whose person and track belong together over the sequence.
fn count_identity(looks: &[FrameIds], people: usize, tracks: usize) -> Vec<f64> {
    let mut together = Pairs(vec![Vec::new(); people]);
    let pairs_of = |look: &FrameIds| -> Vec<(usize, usize)> {
        let columns = look.tracks.len();
        (0..look.overlaps.len())
            .filter(|at| look.overlaps[*at] >= HALF)
            .map(|at| (look.people[at / columns], look.tracks[at % columns]))
            .collect()
    };
    for look in looks {
        for (person, track) in pairs_of(look) {
            together.add(person, track, 1.0);
        }
    }
    let cost = |person: usize, track: usize| -together.get(person, track).unwrap_or(0.0);
    let chosen: BTreeMap<usize, usize> = assign(people, tracks, 0.0, cost).into_iter().collect();
    let right = |look: &FrameIds| {
        let pairs = pairs_of(look).into_iter();
        pairs
            .filter(|(person, track)| chosen.get(person) == Some(track))
            .count() as f64
    };
    looks.iter().map(right).collect()
}
