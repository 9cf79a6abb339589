//! How many people stand behind the figures. In: paired pictures and which labels were found. Out: numbers of people for
//! the rule for small cells.
//!
//! With numbers of people, distinct numbers are counted. Without, in pictures that have no order, every box is one person;
//! in footage, no fewer people than the most boxes in one picture, which is the number that is sure.

use super::at_threshold::AtThreshold;
use super::pair::Paired;
use super::ranking::Fate;
use crate::record::disclosure::{Cell, DisclosurePolicy};
use std::collections::{BTreeMap, BTreeSet};

/// People in all, and those who were found at least once, and missed at least once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::observe) struct People {
    pub(in crate::observe) all: u64,
    pub(in crate::observe) found: u64,
    pub(in crate::observe) missed: u64,
}

impl People {
    pub(in crate::observe) fn behind(paired: &Paired, at: &AtThreshold) -> Self {
        let all = at.fates().map(|(fate, _)| fate);
        let found = at.fates().filter(|(_, found)| *found).map(|(fate, _)| fate);
        let missed = at.fates().filter(|(_, found)| !*found).map(|(fate, _)| fate);
        Self {
            all: people_among(paired, all),
            found: people_among(paired, found),
            missed: people_among(paired, missed),
        }
    }

    /// A figure about the labels: it speaks about those who were found and those who were not.
    pub(in crate::observe) fn cell<T>(&self, policy: &DisclosurePolicy, value: T) -> Cell<T> {
        policy.cell_about(value, &[self.all, self.found, self.missed])
    }
}

/// How many people the labels of these fates show.
pub(in crate::observe) fn people_among<'a>(paired: &Paired, fates: impl Iterator<Item = &'a Fate>) -> u64 {
    let mut tally = Tally::default();
    for fate in fates {
        let picture = &paired.pictures[fate.picture as usize];
        let subject = picture
            .truth
            .iter()
            .find(|label| label.source == fate.source)
            .and_then(|label| label.subject);
        tally.add(
            picture.sequence,
            paired.sequences[picture.sequence].in_time,
            fate.picture,
            subject,
        );
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
    fn add(&mut self, sequence: usize, in_time: bool, picture: u32, subject: Option<i64>) {
        match subject {
            Some(subject) => {
                self.known.insert((sequence, subject));
            }
            None if in_time => *self.in_picture.entry((sequence, picture)).or_default() += 1,
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
