//! How many people stand behind the figures. In: paired pictures and which labels were found. Out: numbers of people for
//! the rule for small cells.
//!
//! With numbers of people, distinct numbers are counted. Without, in pictures that have no order, every box is one person;
//! in footage, no fewer people than the most boxes in one picture, which is the number that is sure.

use super::at_threshold::AtThreshold;
use super::pair::Paired;
use super::ranking::Fate;
use std::collections::{BTreeMap, BTreeSet};
use vsa_record::disclosure::{Cell, DisclosurePolicy};

/// People in all, and those who were found at least once, and missed at least once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct People {
    pub(crate) all: u64,
    pub(crate) found: u64,
    pub(crate) missed: u64,
}

impl People {
    pub(crate) fn behind(paired: &Paired, at: &AtThreshold) -> Self {
        let mut all = Tally::default();
        let (mut those_found, mut those_missed) = (Tally::default(), Tally::default());
        for (fate, found) in at.fates() {
            all.add(paired, fate);
            if found {
                &mut those_found
            } else {
                &mut those_missed
            }
            .add(paired, fate);
        }
        Self {
            all: all.people(),
            found: those_found.people(),
            missed: those_missed.people(),
        }
    }

    /// A figure about the labels: it speaks about those who were found and those who were not.
    pub(crate) fn cell<T>(&self, policy: &DisclosurePolicy, value: T) -> Cell<T> {
        policy.cell_about(value, &[self.all, self.found, self.missed])
    }
}

/// How many people the labels of these fates show.
pub(crate) fn people_among<'a>(paired: &Paired, fates: impl Iterator<Item = &'a Fate>) -> u64 {
    let mut tally = Tally::default();
    for fate in fates {
        tally.add(paired, fate);
    }
    tally.people()
}

#[derive(Default)]
struct Tally {
    known: BTreeSet<(usize, i64)>,
    unknown: u64,
    /// By picture, within its sequence.
    in_picture: BTreeMap<(usize, u32), u64>,
}

impl Tally {
    /// Whom the label of a fate shows.
    fn add(&mut self, paired: &Paired, fate: &Fate) {
        let picture = &paired.pictures[fate.picture as usize];
        // In the order of the file.
        let labels = &picture.truth;
        let at = labels.binary_search_by_key(&fate.source, |label| label.source);
        match at.ok().and_then(|at| labels[at].subject) {
            Some(subject) => {
                self.known.insert((picture.sequence, subject));
            }
            None if paired.sequences[picture.sequence].in_time => {
                let place = (picture.sequence, fate.picture);
                *self.in_picture.entry(place).or_default() += 1;
            }
            None => self.unknown += 1,
        }
    }

    fn people(&self) -> u64 {
        let mut most: BTreeMap<usize, u64> = BTreeMap::new();
        for ((sequence, _), boxes) in &self.in_picture {
            let so_far = most.entry(*sequence).or_default();
            *so_far = (*so_far).max(*boxes);
        }
        self.known.len() as u64 + self.unknown + most.values().sum::<u64>()
    }
}
