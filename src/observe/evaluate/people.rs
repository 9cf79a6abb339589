//! How many people stand behind the figures. In: paired pictures and which labels were found. Out: numbers of people for
//! the rule for small cells.
//!
//! With numbers of people, distinct numbers are counted. Without, in pictures that have no order, every box is one person;
//! in footage, no fewer people than the most boxes in one picture, which is the number that is sure.

use super::at_threshold::AtThreshold;
use super::pair::Paired;
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
        let mut subject_of = BTreeMap::new();
        for picture in &paired.pictures {
            for label in &picture.truth {
                subject_of.insert(label.source, label.subject);
            }
        }
        let (mut all, mut found, mut missed) = (Tally::default(), Tally::default(), Tally::default());
        for (fate, was_found) in at.fates() {
            let sequence = paired.pictures[fate.picture as usize].sequence;
            let in_time = paired.sequences[sequence].in_time;
            let subject = subject_of.get(&fate.source).copied().flatten();
            for tally in [
                Some(&mut all),
                Some(if was_found { &mut found } else { &mut missed }),
            ]
            .into_iter()
            .flatten()
            {
                tally.add(sequence, in_time, fate.picture, subject);
            }
        }
        Self {
            all: all.people(),
            found: found.people(),
            missed: missed.people(),
        }
    }

    /// A figure about the labels: it speaks about those who were found and those who were not.
    pub(in crate::observe) fn cell<T>(&self, policy: &DisclosurePolicy, value: T) -> Cell<T> {
        policy.cell_about(value, &[self.all, self.found, self.missed])
    }
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
