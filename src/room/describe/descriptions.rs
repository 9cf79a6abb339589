//! The descriptions of one track: a few moments, spread over its time, and counts over all of them. In: one description
//! after the other. Out: what the measures compare. Bounded, whatever the length of the track.

use super::clothing::Clothing;
use super::colour::ColourName;
use super::description::{ATTRIBUTES, Description, Embedding, place};
use super::face_quality::FaceQuality;
use vsa_plan::Role;
use zeroize::Zeroize;

/// Moments kept per track. Eight give 28 pairs of sightings, enough to see how like itself a person looks.
pub(crate) const MOST_MOMENTS: usize = 8;

/// The embeddings of one moment.
pub(crate) struct Moment {
    pub(crate) seconds: f64,
    /// Which stretch of the track it is from: looks had a say in joining those with different numbers, so that how alike they
    /// are proves nothing.
    pub(crate) stretch: u32,
    pub(crate) body: Option<Embedding>,
    pub(crate) redacted: Option<Embedding>,
    pub(crate) face: Option<Embedding>,
}

/// What became of one attribute along a track.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct LabelRun {
    /// Sightings with a label.
    pub(crate) labelled: u32,
    first: Option<u16>,
    /// Whether two of the labels differed.
    pub(crate) changed: bool,
}

impl LabelRun {
    fn note(&mut self, label: u16) {
        self.labelled = self.labelled.saturating_add(1);
        self.changed |= *self.first.get_or_insert(label) != label;
    }

    fn join(self, next: Self) -> Self {
        Self {
            labelled: self.labelled.saturating_add(next.labelled),
            first: self.first.or(next.first),
            changed: self.changed || next.changed || self.first.zip(next.first).is_some_and(|(a, b)| a != b),
        }
    }
}

/// Sightings in which a network of poses saw both legs.
#[derive(Clone, Copy, Default)]
pub(crate) struct LegRun {
    pub(crate) sightings: u32,
    first: f64,
    last: f64,
}

impl LegRun {
    fn note(&mut self, seconds: f64) {
        // Poses come as they are seen, the other descriptions after a while.
        if self.sightings == 0 {
            (self.first, self.last) = (seconds, seconds);
        }
        self.first = self.first.min(seconds);
        self.last = self.last.max(seconds);
        self.sightings = self.sightings.saturating_add(1);
    }

    /// `next` comes later.
    fn join(self, next: Self) -> Self {
        if self.sightings == 0 || next.sightings == 0 {
            return if self.sightings == 0 { next } else { self };
        }
        Self {
            sightings: self.sightings.saturating_add(next.sightings),
            first: self.first,
            last: next.last,
        }
    }

    /// Mean time from one of them to the next, in seconds; none: there are fewer than two.
    pub(crate) fn step(self) -> Option<f64> {
        (self.sightings > 1).then(|| (self.last - self.first) / f64::from(self.sightings - 1))
    }
}

/// Votes for colour names.
type Votes = [u32; ColourName::COUNT];

/// The descriptions of one track.
#[derive(Default)]
pub(crate) struct Descriptions {
    moments: Vec<Moment>,
    /// Every 2^k-th description has become a moment.
    thinned: u32,
    /// Descriptions noted.
    noted: u32,
    /// Joins in which looks had a say.
    stretches: u32,
    labels: [LabelRun; ATTRIBUTES.len()],
    upper: Votes,
    lower: Votes,
    legs: LegRun,
    /// Of a face: the quality of its best look.
    quality: Option<FaceQuality>,
}

impl Descriptions {
    /// Takes in the next description.
    pub(crate) fn note(&mut self, seconds: f64, mut description: Description) {
        if description.legs == Some(true) {
            self.legs.note(seconds);
        }
        if description.pose_alone {
            return;
        }
        for (run, role) in self.labels.iter_mut().zip(ATTRIBUTES) {
            if let Some(label) = description.labels.get(role) {
                run.note(label);
            }
        }
        if let Some(Clothing { upper, lower }) = description.clothing {
            self.upper[upper as usize] += 1;
            self.lower[lower as usize] += 1;
        }
        let moment = Moment {
            seconds,
            stretch: self.stretches,
            body: description.body.take(),
            redacted: description.redacted.take(),
            face: description.face.take(),
        };
        if self.noted.is_multiple_of(1 << self.thinned.min(31)) {
            self.moments.push(moment);
        }
        self.noted = self.noted.saturating_add(1);
        self.thin();
    }

    /// A sighting of a face; of many the best look is kept.
    pub(crate) fn look(&mut self, quality: Option<FaceQuality>) {
        self.quality = FaceQuality::best(self.quality, quality);
    }

    /// The quality of a face's best look; none: it could not be told of any sighting.
    pub(crate) fn quality(&self) -> Option<FaceQuality> {
        self.quality
    }

    /// These, and after them those of a later fragment of the same track. `by_looks`: looks had a say in that.
    pub(crate) fn join(mut self, mut next: Self, by_looks: bool) -> Self {
        let stretch = self.stretches + u32::from(by_looks);
        for moment in &mut next.moments {
            moment.stretch += stretch;
        }
        self.stretches = stretch + next.stretches;
        self.moments.append(&mut next.moments);
        self.noted = self.noted.saturating_add(next.noted);
        self.thinned = self.thinned.max(next.thinned);
        self.legs = self.legs.join(next.legs);
        self.look(next.quality);
        for (run, other) in self.labels.iter_mut().zip(next.labels) {
            *run = run.join(other);
        }
        for (mine, theirs) in [(&mut self.upper, next.upper), (&mut self.lower, next.lower)] {
            mine.iter_mut()
                .zip(theirs)
                .for_each(|(mine, theirs)| *mine += theirs);
        }
        self.thin();
        self
    }

    /// Drops every other moment, until there are few enough: what stays is still spread over the track's time.
    fn thin(&mut self) {
        while self.moments.len() > MOST_MOMENTS {
            let mut at = 0usize;
            self.moments.retain(|_| {
                at += 1;
                at % 2 == 1
            });
            self.thinned += 1;
        }
    }

    /// The bodies among the moments, and when they were seen.
    pub(crate) fn bodies(&self) -> impl DoubleEndedIterator<Item = (f64, &Embedding)> {
        let moments = self.moments.iter();
        moments.filter_map(|moment| Some((moment.seconds, moment.body.as_ref()?)))
    }

    pub(crate) fn moments(&self) -> &[Moment] {
        &self.moments
    }

    /// How many sightings were described.
    pub(crate) fn noted(&self) -> u32 {
        self.noted
    }

    /// The sightings with both legs in them.
    pub(crate) fn legs(&self) -> LegRun {
        self.legs
    }

    /// What became of an attribute.
    pub(crate) fn labels(&self, role: Role) -> LabelRun {
        place(role).map_or_else(LabelRun::default, |at| self.labels[at])
    }

    /// The colour names with the most votes, above and below the hips; none: no clothing was seen. Of two with as many
    /// votes, the earlier in the list of names.
    pub(crate) fn clothing(&self) -> Option<Clothing> {
        Some(Clothing {
            upper: ColourName::elected(&self.upper)?,
            lower: ColourName::elected(&self.lower)?,
        })
    }
}

impl Drop for Descriptions {
    fn drop(&mut self) {
        // The embeddings wipe themselves.
        self.upper.zeroize();
        self.lower.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(labels: &[(Role, u16)], clothing: Option<Clothing>) -> Description {
        let mut description = Description {
            clothing,
            ..Description::default()
        };
        labels
            .iter()
            .for_each(|(role, label)| description.labels.set(*role, *label));
        description
    }

    #[test]
    fn a_long_track_keeps_few_moments_spread_over_all_of_its_time() {
        for length in [1u32, 8, 9, 100, 1000] {
            let mut kept = Descriptions::default();
            for at in 0..length {
                kept.note(f64::from(at), Description::default());
            }
            let times: Vec<f64> = kept.moments().iter().map(|moment| moment.seconds).collect();
            assert!(times.len() <= MOST_MOMENTS && times.len() >= MOST_MOMENTS.min(length as usize) / 2);
            assert!(times[0].abs() < 1e-9, "the first is kept");
            assert!(
                *times.last().unwrap() >= f64::from(length - 1) / 2.0,
                "{length}: {times:?}"
            );
            assert_eq!(kept.noted(), length);
        }
    }

    #[test]
    fn a_label_that_differs_once_has_changed_within_a_fragment_and_across_two() {
        let run = |labels: &[u16]| {
            let mut kept = Descriptions::default();
            labels
                .iter()
                .for_each(|label| kept.note(0.0, seen(&[(Role::Gender, *label)], None)));
            kept
        };
        assert!(!run(&[1, 1, 1]).labels(Role::Gender).changed);
        assert!(run(&[1, 0, 1]).labels(Role::Gender).changed);
        assert!(!run(&[1, 1]).join(run(&[1]), false).labels(Role::Gender).changed);
        let joined = run(&[1, 1]).join(run(&[0]), false);
        assert!(joined.labels(Role::Gender).changed);
        assert_eq!(joined.labels(Role::Gender).labelled, 3);
        assert!(!run(&[]).join(run(&[0]), true).labels(Role::Gender).changed);
        assert_eq!(
            run(&[1]).labels(Role::Age).labelled,
            0,
            "attributes are counted apart"
        );
    }

    #[test]
    fn the_colour_seen_most_often_is_the_one_and_a_tie_is_settled_by_the_list() {
        let wears = |upper, lower| seen(&[], Some(Clothing { upper, lower }));
        let mut kept = Descriptions::default();
        assert!(kept.clothing().is_none());
        kept.note(0.0, wears(ColourName::Red, ColourName::Blue));
        kept.note(0.5, wears(ColourName::Black, ColourName::Blue));
        let tie = kept.clothing().unwrap();
        assert!(tie.upper == ColourName::Black && tie.lower == ColourName::Blue);
        kept.note(1.0, wears(ColourName::Red, ColourName::Grey));
        assert!(kept.clothing().unwrap().upper == ColourName::Red);
    }

    #[test]
    fn sightings_of_legs_are_counted_apart_and_across_fragments() {
        let posed = |legs| Description {
            legs: Some(legs),
            pose_alone: true,
            ..Description::default()
        };
        let mut early = Descriptions::default();
        for (at, legs) in [(0, true), (1, false), (2, true)] {
            early.note(0.2 * f64::from(at), posed(legs));
        }
        assert_eq!(early.noted(), 0, "a pose is no look");
        assert!(early.moments().is_empty());
        assert_eq!(early.legs().sightings, 2);
        assert!((early.legs().step().unwrap() - 0.4).abs() < 1e-12);
        let mut late = Descriptions::default();
        late.note(1.0, posed(true));
        assert!(late.legs().step().is_none());
        let both = early.join(late, false);
        assert_eq!(both.legs().sightings, 3);
        assert!((both.legs().step().unwrap() - 0.5).abs() < 1e-12);
        let joined = Descriptions::default()
            .join(both, true)
            .join(Descriptions::default(), true);
        assert_eq!(joined.legs().sightings, 3);
    }
}
