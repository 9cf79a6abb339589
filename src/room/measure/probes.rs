//! What each sighting of a track finds among all others. In: similarities, one after the other. Out: counts of its track, from which
//! rank one, mINP and who is found again follow. No look is kept here. Definitions: see [`separability`](super::separability).

use std::collections::BTreeMap;

/// After so many seconds people are looked for again: whoever was hidden for a moment, and whoever was out of sight.
pub(super) const AGAIN_AFTER: [f64; 2] = [3.0, 10.0];

/// What is known of a track, but for its looks.
#[derive(Default)]
pub(super) struct Row {
    pub(super) same: BTreeMap<usize, f64>,
    pub(super) different: BTreeMap<usize, f64>,
    pub(super) hits: f64,
    pub(super) probes: f64,
    /// Sum over probes of the other people compared with.
    pub(super) gallery: f64,
    /// Sum over probes of the inverse negative penalty.
    pub(super) inverse_penalty: f64,
    /// Hits and probes after each time of [`AGAIN_AFTER`].
    pub(super) again: [[f64; 2]; AGAIN_AFTER.len()],
}

impl Row {
    pub(super) fn add(&mut self, other: &Self) {
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
        self.inverse_penalty += other.inverse_penalty;
        for (mine, theirs) in self.again.iter_mut().flatten().zip(other.again.iter().flatten()) {
            *mine += theirs;
        }
    }
}

/// What is known of one moment of a track among all sightings that it is compared with.
#[derive(Clone, Copy, Default)]
pub(super) struct Probe {
    /// The greatest similarity to another moment of the same track, and of any other.
    same: Option<f64>,
    other: Option<f64>,
    /// Other moments of the same track, the similarity of the least alike of them, and how many moments of other tracks are
    /// as alike as that one.
    matches: u32,
    hardest: f64,
    ahead: u32,
    /// The greatest similarity to a moment of the same track, so long before.
    before: [Option<f64>; AGAIN_AFTER.len()],
}

impl Probe {
    pub(super) fn note_same(&mut self, similarity: f64) {
        raise(&mut self.same, similarity);
        self.hardest = if self.matches == 0 {
            similarity
        } else {
            self.hardest.min(similarity)
        };
        self.matches += 1;
    }

    /// A moment of the same track, `seconds` before.
    pub(super) fn note_before(&mut self, seconds: f64, similarity: f64) {
        for (before, after) in self.before.iter_mut().zip(AGAIN_AFTER) {
            if seconds >= after {
                raise(before, similarity);
            }
        }
    }

    pub(super) fn note_other(&mut self, similarity: f64) {
        raise(&mut self.other, similarity);
        self.ahead += u32::from(self.matches > 0 && similarity >= self.hardest);
    }

    /// Adds what it says to the row of its track, which was compared with `others` people.
    pub(super) fn tell(&self, others: u32, row: &mut Row) {
        let (Some(same), Some(other)) = (self.same, self.other) else {
            return;
        };
        row.probes += 1.0;
        row.hits += f64::from(u8::from(same > other));
        row.gallery += f64::from(others);
        row.inverse_penalty += f64::from(self.matches) / f64::from(self.matches + self.ahead);
        for (before, [hits, probes]) in self.before.iter().zip(&mut row.again) {
            if let Some(before) = before {
                *probes += 1.0;
                *hits += f64::from(u8::from(*before > other));
            }
        }
    }
}

fn raise(greatest: &mut Option<f64>, value: f64) {
    *greatest = Some(greatest.map_or(value, |before| before.max(value)));
}
