//! What is told of some people beside others, of whom it is not known. In: a cell or a reading, and how many the others are. Out: the
//! same, withheld where they are too few.
//!
//! Whoever knows how many people there were in all, and of how many something is told, knows how many the others are: they
//! are a cell as well, though nobody wrote it down.

use super::axis::QUANTILES;
use super::{DisclosurePolicy, Reading};
use vsa_record::disclosure::Cell;
use vsa_record::measurements::Quantile;
use vsa_record::reading::Distribution;

/// People of whom something is not known.
#[derive(Clone, Copy)]
pub(super) struct Others<'policy> {
    few: bool,
    policy: &'policy DisclosurePolicy,
}

impl<'policy> Others<'policy> {
    pub(super) fn new(people: u64, policy: &'policy DisclosurePolicy) -> Self {
        let few = !policy.permits(people);
        Self { few, policy }
    }

    pub(super) fn cell<T>(self, told: Cell<T>) -> Cell<T> {
        if self.few { self.policy.withheld() } else { told }
    }

    /// What may be missing. Where they are few it is withheld even then: else it would be told that there was nobody else.
    pub(super) fn share<T>(self, told: Option<Cell<T>>) -> Option<Cell<T>> {
        if self.few {
            Some(self.policy.withheld())
        } else {
            told
        }
    }

    /// As [`Self::share`].
    pub(super) fn quantiles(self, told: Vec<Quantile>) -> Vec<Quantile> {
        if !self.few {
            return told;
        }
        let mut all = QUANTILES;
        all.sort_by(f64::total_cmp);
        let withheld = all.map(|at| Quantile {
            at,
            estimate: Some(self.policy.withheld()),
        });
        withheld.into()
    }

    pub(super) fn distribution(self, told: Distribution) -> Distribution {
        let mut bins = told.bins;
        if self.few {
            bins.iter_mut().for_each(|bin| bin.count = self.policy.withheld());
        }
        Distribution {
            bins,
            quantiles: if told.quantiles.is_empty() {
                Vec::new()
            } else {
                self.quantiles(told.quantiles)
            },
            ..told
        }
    }

    pub(super) fn reading(self, mut told: Reading) -> Reading {
        for figure in &mut told.figures {
            figure.estimate = figure.estimate.take().map(|cell| self.cell(cell));
        }
        let spread = told.distributions.into_iter();
        told.distributions = spread.map(|spread| self.distribution(spread)).collect();
        told
    }
}
