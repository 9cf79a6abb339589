//! What bodies look like within one item of footage in, whether two stretches of following look like one person or like two out.
//! Embeddings are compared where they lie and none is kept here: what is kept are two histograms of similarities.
//!
//! Where "alike" begins differs from network to network and from footage to footage, so no number for it stands here: it is
//! read from the footage itself. **Same**: two sightings of one uninterrupted fragment, at least [`LEAST_GAP`] apart.
//! **Different**: two sightings in one frame, at two places. Two stretches are *alike* when hardly any different pair is
//! so similar, *unlike* when hardly any same pair is so dissimilar, and otherwise looks say nothing, nor do they before
//! enough people were seen to know.

use super::fragment::Fragment;
use super::settings::LooksSettings;
use crate::describe::description::Embedding;
use crate::detect::overlap::iou;
use std::collections::BTreeSet;

/// Sightings of one fragment that are nearer to each other in time, in seconds, are nearly the same picture.
const LEAST_GAP: f64 = 1.0;

/// Boxes that overlap by more may be one body, drawn twice, or hold parts of each other.
const SURELY_TWO: f32 = 0.3;

/// Cells of a histogram of similarities, from -1 to 1.
const CELLS: usize = 400;

/// What looks say of two stretches of following.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// One person, as far as looks go.
    Alike,
    /// Two.
    Unlike,
    /// Nothing.
    Open,
}

/// Similarities of pairs, and whose they were.
struct Pairs<Id> {
    cells: [u64; CELLS],
    all: u64,
    /// No more than are asked for.
    of: BTreeSet<Id>,
}

impl<Id: Ord> Pairs<Id> {
    const fn new() -> Self {
        Self {
            cells: [0; CELLS],
            all: 0,
            of: BTreeSet::new(),
        }
    }

    fn note(&mut self, similarity: f64, of: Id, most: usize) {
        self.cells[cell(similarity)] += 1;
        self.all += 1;
        if self.of.len() < most {
            self.of.insert(of);
        }
    }

    fn suffice(&self, pairs: u64, of: usize) -> bool {
        self.all >= pairs && self.of.len() >= of
    }

    /// Share of the pairs in these cells.
    #[expect(clippy::cast_precision_loss, reason = "pairs of one item")]
    fn share(&self, cells: std::ops::Range<usize>) -> f64 {
        self.cells[cells].iter().sum::<u64>() as f64 / self.all as f64
    }
}

/// The similarities seen so far in one item.
pub(super) struct Appearance {
    same: Pairs<u64>,
    different: Pairs<(u64, u64)>,
}

impl Appearance {
    pub(super) const fn new() -> Self {
        Self {
            same: Pairs::new(),
            different: Pairs::new(),
        }
    }

    /// A sighting of the fragment `id`, `gap` seconds after another of its own.
    pub(super) fn note_same(&mut self, id: u64, gap: f64, similarity: f64, looks: &LooksSettings) {
        if gap >= LEAST_GAP {
            self.same.note(similarity, id, looks.people);
        }
    }

    /// Those who were described in this frame.
    pub(super) fn note_together(&mut self, here: &[&Fragment], looks: &LooksSettings) {
        for (at, one) in here.iter().enumerate() {
            for other in &here[at + 1..] {
                let (Some((a, this)), Some((b, that))) = (one.newest(), other.newest()) else {
                    continue;
                };
                if iou(a, b) <= SURELY_TWO {
                    let couple = (one.id.min(other.id), one.id.max(other.id));
                    self.different.note(this.similarity(that), couple, looks.couples);
                }
            }
        }
    }

    /// Whether enough was seen to judge by.
    pub(super) fn knows(&self, looks: &LooksSettings) -> bool {
        self.same.suffice(looks.pairs, looks.people) && self.different.suffice(looks.pairs, looks.couples)
    }

    /// Of the mean similarity of every sighting of one stretch with every one of the other. Means stray less than the single
    /// pairs that they are held against, so that errors are rarer than the settings say.
    pub(super) fn judge(&self, one: &[&Embedding], other: &[&Embedding], looks: &LooksSettings) -> Verdict {
        let Some(mean) = mean_similarity(one, other).filter(|_| self.knows(looks)) else {
            return Verdict::Open;
        };
        let at = cell(mean);
        if self.different.share(at..CELLS) <= looks.rare {
            Verdict::Alike
        } else if self.same.share(0..at + 1) <= looks.rare {
            Verdict::Unlike
        } else {
            Verdict::Open
        }
    }

    /// Whether two sightings in a row could well be one person: not among the least similar tenth of same pairs.
    pub(super) fn are_steady(&self, one: &Embedding, other: &Embedding) -> bool {
        self.same.share(0..cell(one.similarity(other)) + 1) > 0.1
    }
}

fn cell(similarity: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "between 0 and the number of cells"
    )]
    let cell = ((similarity + 1.0) / 2.0 * CELLS as f64).max(0.0) as usize;
    cell.min(CELLS - 1)
}

/// None: there is nothing to compare on one side.
fn mean_similarity(one: &[&Embedding], other: &[&Embedding]) -> Option<f64> {
    let pairs = one.iter().flat_map(|a| other.iter().map(|b| a.similarity(b)));
    let (sum, count) = pairs.fold((0.0, 0.0), |(sum, count), similarity| {
        (sum + similarity, count + 1.0)
    });
    (count > 0.0).then(|| sum / count)
}

#[cfg(test)]
mod tests {
    use crate::describe::description::{Description, Embedding};
    use crate::detect::detection::Detection;
    use crate::detect::overlap::Rect;
    use crate::track::settings::TrackerSettings;
    use crate::track::track::DescribedTrack;
    use crate::track::tracker::Tracker;

    /// Somebody at this place who looks like this.
    type Somebody = (f32, f32, usize);

    /// Others who walk below each other through the whole of the picture, one look each: what looks are worth is learned from
    /// them.
    fn others(step: u16) -> Vec<Somebody> {
        let left = 100.0 + 4.0 * f32::from(step);
        (0..6u8)
            .map(|row| (left, 700.0 + 120.0 * f32::from(row), 10 + usize::from(row)))
            .collect()
    }

    /// Follows `frames` (at ten a second), in two of each second of which people are described.
    fn follow(frames: impl IntoIterator<Item = Vec<Somebody>>) -> Vec<DescribedTrack> {
        let mut settings = TrackerSettings::people();
        settings.looks.window = 4.0;
        let mut tracker = Tracker::new(settings, (2000, 1600));
        let mut tracks = Vec::new();
        for (at, people) in (0_u32..).zip(frames) {
            let detections: Vec<Detection> = people
                .iter()
                .map(|(left, top, _)| Detection::plain(Rect::sized(*left, *top, 40.0, 100.0), 0.9))
                .collect();
            let look = |(_, _, look): &Somebody| {
                let mut values = vec![0.0; 32];
                values[*look] = 1.0;
                Some(Box::new(Description {
                    body: Embedding::of(values),
                    ..Description::default()
                }))
            };
            let mut described = if at % 5 == 0 {
                people.iter().map(look).collect()
            } else {
                Vec::new()
            };
            tracker.update_described(at.into(), f64::from(at) / 10.0, &detections, &mut described);
            tracks.extend(tracker.drain_described());
        }
        tracks.extend(tracker.finish_described());
        tracks
    }

    /// Those of the first row alone.
    fn of_interest(tracks: &[DescribedTrack]) -> Vec<&DescribedTrack> {
        let is_other = |track: &&DescribedTrack| track.track.points[0].rect.top < 600.0;
        tracks.iter().filter(is_other).collect()
    }

    /// Whether all of its bodies look the same.
    fn is_one(track: &DescribedTrack) -> bool {
        let bodies: Vec<&Embedding> = track.descriptions.bodies().map(|(_, body)| body).collect();
        bodies.windows(2).all(|pair| pair[0].similarity(pair[1]) > 0.9)
    }

    /// Somebody walks for ten seconds and is gone; after `absent` frames somebody stands at `left` who looks like `look`.
    fn returning(absent: u16, left: f32, look: usize) -> usize {
        let tracks = follow((0..300u16).map(|step| {
            let mut people = others(step);
            if step < 100 {
                people.push((100.0 + 8.0 * f32::from(step), 200.0, 0));
            } else if step >= 100 + absent {
                people.push((left, 200.0, look));
            }
            people
        }));
        of_interest(&tracks).len()
    }

    #[test]
    fn a_track_that_goes_over_to_somebody_else_is_cut_there() {
        // Another takes the place of the first within one frame, as where one hides the other.
        let tracks = follow((0..200u16).map(|step| {
            let mut people = others(step);
            people.push((100.0 + 4.0 * f32::from(step), 200.0, usize::from(step >= 120)));
            people
        }));
        let tracks = of_interest(&tracks);
        assert_eq!(tracks.len(), 2);
        assert!(tracks.iter().all(|track| is_one(track)));
        let first = tracks[0].track.points.last().unwrap().frame;
        assert!((114..=120).contains(&first), "{first}");
    }

    #[test]
    fn two_who_are_taken_for_one_another_get_their_own_tracks_back() {
        let tracks = follow((0..200u16).map(|step| {
            let mut people = others(step);
            let swapped = usize::from(step >= 120);
            people.push((100.0 + 4.0 * f32::from(step), 200.0, swapped));
            people.push((100.0 + 4.0 * f32::from(step), 230.0, 1 - swapped));
            people
        }));
        let tracks = of_interest(&tracks);
        assert_eq!(tracks.len(), 2);
        assert!(
            tracks
                .iter()
                .all(|track| is_one(track) && track.track.fragments == 2)
        );
    }

    #[test]
    fn who_looks_the_same_is_joined_where_motion_alone_would_not() {
        // They walked on to the right, and stand two heights to the left of where they were lost.
        assert_eq!(returning(30, 700.0, 0), 1);
        assert_eq!(returning(30, 700.0, 1), 2, "somebody else");
        assert_eq!(returning(60, 700.0, 0), 2, "too late");
        assert_eq!(returning(30, 400.0, 0), 2, "too far to walk");
    }

    #[test]
    fn who_stands_where_somebody_was_lost_and_looks_different_is_somebody_else() {
        assert_eq!(returning(25, 900.0, 0), 1);
        assert_eq!(returning(25, 900.0, 1), 2);
    }

    #[test]
    fn before_enough_people_were_seen_looks_say_nothing() {
        let tracks = follow((0..200u16).map(|step| {
            let look = usize::from(step >= 120);
            vec![(100.0 + 4.0 * f32::from(step), 200.0, look)]
        }));
        assert_eq!(tracks.len(), 1);
        assert!(!is_one(&tracks[0]));
    }
}
