//! Condensing hours into minutes. In: people per frame and ended tracks. Out: the share of time with nobody in view, and
//! the share of the footage's length that a video synopsis of it would have.
//!
//! **Definitions.** *Empty*: frames without a person. *Synopsis*: everybody is shown once, at the place where they were
//! but at another time, so that nobody covers anybody else: each track is cut into seconds, each second into the cells
//! (16 x 12) that its boxes touch, and placed as early as no cell is taken twice, in the order in which tracks end. Where
//! that would be longer than the time with somebody in view, it is that time. **Unit.** Shares of the time watched:
//! hours to watch for one hour of footage. **Source.** Pritch, Rav-Acha and Peleg 2008, *Nonchronological video
//! synopsis and indexing* (IEEE TPAMI 30): tubes shifted in time; theirs allows some overlap for a price, so that a
//! vendor's product may be shorter. **Sensitivity.** Whom the detector misses is cut away: a higher score threshold
//! makes the synopsis shorter and less true. **What it cannot tell.** What a viewer would miss in it; order and
//! causes, which a synopsis destroys.

use super::axis::Support;
use super::series::Series;
use super::settled::Tally;
use super::{DisclosurePolicy, EndedTrack, Figure, FigureName, ItemStart, Measure, Measured, Missing};
use super::{Estimate, Reading, Results, Seen, Subject, Watched};
use crate::track::track::Track;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{SampleSize, SampledThing, Unit};
use vsa_statistics::streams::PRESENCE;

/// The picture's cells: 192, so that three numbers hold a second.
const COLUMNS: usize = 16;
const ROWS: usize = 12;

/// Seconds in one step of the synopsis.
const STEP: f64 = 1.0;

/// The part of the synopsis at its end behind which enough people must stand: its length is told by the last of them.
const TAIL: f64 = 0.1;

/// Which cells are taken in one step.
type Mask = [u64; 3];

/// The synopsis of one item, so far. Its memory is its own length.
#[derive(Default)]
struct Packing {
    taken: Vec<Mask>,
    /// Last step and support of everybody placed.
    ends: Vec<(usize, Support)>,
}

impl Packing {
    fn place(&mut self, tube: &[Mask], support: Support) {
        let clashes = |start: usize| {
            let taken = self.taken.iter().skip(start);
            taken
                .zip(tube)
                .any(|(a, b)| a.iter().zip(b).any(|(a, b)| a & b != 0))
        };
        let start = (0..self.taken.len())
            .find(|&start| !clashes(start))
            .unwrap_or(self.taken.len());
        let end = start + tube.len();
        if self.taken.len() < end {
            self.taken.resize(end, Mask::default());
        }
        for (taken, mask) in self.taken[start..end].iter_mut().zip(tube) {
            taken.iter_mut().zip(mask).for_each(|(a, b)| *a |= b);
        }
        self.ends.push((end, support));
    }

    fn seconds(&self) -> f64 {
        self.taken.len() as f64 * STEP
    }

    /// Who is placed last.
    fn tail(&self, tally: &mut Tally) {
        let from = (self.taken.len() as f64 * (1.0 - TAIL)).floor() as usize;
        let last = self.ends.iter().filter(|(end, _)| *end > from);
        last.for_each(|(_, support)| tally.add(*support));
    }
}

/// The cells that a track's boxes touch, second by second.
fn tube(track: &Track, size: (f32, f32)) -> Vec<Mask> {
    let Some(first) = track.points.first() else {
        return Vec::new();
    };
    let mut tube: Vec<Mask> = Vec::new();
    for point in &track.points {
        let step = ((point.seconds - first.seconds) / STEP).max(0.0) as usize;
        if tube.len() <= step {
            tube.resize(step + 1, Mask::default());
        }
        let cell = |at: f32, side: f32, cells: usize| {
            ((at / side.max(1.0) * cells as f32).max(0.0) as usize).min(cells - 1)
        };
        let rect = &point.rect;
        for row in cell(rect.top, size.1, ROWS)..=cell(rect.bottom, size.1, ROWS) {
            for column in cell(rect.left, size.0, COLUMNS)..=cell(rect.right, size.0, COLUMNS) {
                let bit = row * COLUMNS + column;
                tube[step][bit / 64] |= 1 << (bit % 64);
            }
        }
    }
    tube
}

/// Packs everybody.
#[derive(Default)]
pub(super) struct SynopsisMeasure {
    size: (f32, f32),
    series: Series,
    packing: Packing,
    /// Frames of the present item, and of these those with somebody.
    item_frames: (u64, u64),
    condensed_seconds: f64,
    people: Tally,
    tail: Tally,
}

impl SynopsisMeasure {
    fn condensed(&self, seconds: f64, policy: &DisclosurePolicy, people: u64) -> Option<Cell<Estimate>> {
        if seconds <= 0.0 {
            return None;
        }
        let estimate = Estimate::counted_in_full(
            self.condensed_seconds / seconds,
            Unit::Ratio,
            SampleSize::new(self.people.all, SampledThing::Tracks),
        );
        // The length of a synopsis of few is the stay of the one who stays longest.
        Some(policy.cell_about(estimate, &[people, self.tail.people()]))
    }
}

impl Measure for SynopsisMeasure {
    type Found = Reading;

    fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        self.size = (item.width as f32, item.height as f32);
        self.packing = Packing::default();
        self.item_frames = (0, 0);
        true
    }

    fn frame(&mut self, seen: &Seen<'_>) {
        if let Some(people) = seen.people {
            self.series.push(people.len() as u64);
            self.item_frames.0 += 1;
            self.item_frames.1 += u64::from(!people.is_empty());
        }
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        self.people.add(ended.support);
        self.packing.place(&tube(ended.track, self.size), ended.support);
    }

    fn end_item(&mut self, watched: &Watched) {
        let seconds = watched.exposed_of_item();
        let (frames, occupied) = self.item_frames;
        let with_somebody = seconds * occupied as f64 / (frames.max(1)) as f64;
        self.condensed_seconds += self.packing.seconds().min(with_somebody);
        self.packing.tail(&mut self.tail);
    }

    fn finish(self, watched: &Watched, policy: &DisclosurePolicy, _: &mut Results) -> Measured<Reading> {
        watched.followed(Subject::Person)?;
        let sightings = self.series.total();
        let people = self.people.people().max(u64::from(sightings > 0)).min(sightings);
        // From the same streams as the occupied share, whose complement the empty share is, to the last digit.
        let occupied = self.series.estimates(Unit::PeoplePerFrame, PRESENCE);
        let (_, occupied) = occupied.ok_or(Missing::NoFrames)?;
        let empty = policy.cell(occupied.complement(), people);
        let mut figures = vec![Figure::new(FigureName::EmptyShare, empty)];
        let condensed = self.condensed(watched.exposed_seconds(), policy, people);
        figures.extend(condensed.map(|cell| Figure::new(FigureName::CondensedShare, cell)));
        Ok(figures.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Mask = [1, 0, 0];
    const RIGHT: Mask = [2, 0, 0];

    #[test]
    fn people_at_different_places_are_shown_at_once_and_at_the_same_place_one_after_the_other() {
        let mut packing = Packing::default();
        packing.place(&[LEFT; 4], Support::Confirmed);
        packing.place(&[RIGHT; 3], Support::Confirmed);
        assert!((packing.seconds() - 4.0).abs() < 1e-12);
        packing.place(&[LEFT; 2], Support::Confirmed);
        assert!((packing.seconds() - 6.0).abs() < 1e-12);
        // From right to left: free from step 3 on at the right, and at the left only from 6 on.
        packing.place(&[RIGHT, RIGHT, LEFT], Support::Confirmed);
        assert!((packing.seconds() - 7.0).abs() < 1e-12);
        packing.place(&[RIGHT], Support::Confirmed);
        assert!((packing.seconds() - 7.0).abs() < 1e-12, "fits in at 3");
    }

    #[test]
    fn the_tail_holds_those_who_tell_the_length() {
        let mut packing = Packing::default();
        packing.place(&[LEFT; 20], Support::Confirmed);
        packing.place(&[RIGHT; 5], Support::Confirmed);
        let mut tally = Tally::default();
        packing.tail(&mut tally);
        assert_eq!(tally.people(), 1, "the one who stays 20 s");
    }
}
