//! Average precision by group. In: rankings of a detector at one overlap, and the group of each label. Out:
//! [`GroupPrecision`] with intervals.
//!
//! Matching is done once, with all labels. For a group, what found a label of another group is neither right nor wrong, and
//! what found nothing is wrong, since nobody can say whom it should have shown. Precision is read off at 101 recalls, as COCO
//! does. One pass over the ranking serves all groups, so that ten thousand resamples cost seconds.

use super::attributes::Attributes;
use super::drawn;
use super::table::{extremes, shown_or_withheld};
use crate::clusters::{Bootstrapped, Clusters};
use crate::ranking::{Ranking, Weights};
use crate::tally::{RECALLS, Recalls, Tally};
use std::collections::BTreeMap;
use vsa_record::disclosure::{Cell, CellState, DisclosurePolicy};
use vsa_record::estimate::{Estimate, Interval, IntervalMethod};
use vsa_record::groups::{GroupAverage, GroupPrecision, GroupTable, Spread};
use vsa_statistics::proportion::rule_of_three;

/// A detection of an unknown group's label, for every group but the whole: passed over.
const ELSEWHERE: u32 = u32::MAX - 1;

/// One class, ready to be summed under any drawing.
struct OfClass {
    tally: Tally,
    /// The group of the label that each right detection found, best first.
    groups: Vec<u32>,
    /// Labels by picture and group.
    labels: BTreeMap<(u32, u32), u32>,
}

/// Average precision for the ways of grouping of `tables`, in whose cells it is said which group may be shown.
pub(crate) fn by_group(
    rankings: &[Ranking],
    attributes: &Attributes,
    tables: &[GroupTable],
    clusters: &Clusters,
    (overlap, resamples): (f64, u64),
    policy: &DisclosurePolicy,
) -> Vec<GroupPrecision> {
    tables
        .iter()
        .map(|table| {
            let number: BTreeMap<&Vec<String>, u32> = table
                .groups
                .iter()
                .zip(0..)
                .map(|(cell, number)| (&cell.group, number))
                .collect();
            let ways: Vec<usize> = table
                .by
                .iter()
                .filter_map(|name| attributes.place(name))
                .collect();
            let group_of = |source: usize| -> u32 {
                let values = attributes.of_label(source);
                let group: Option<Vec<String>> = ways.iter().map(|at| values[*at].clone()).collect();
                group
                    .and_then(|group| number.get(&group).copied())
                    .unwrap_or(ELSEWHERE)
            };
            let classes: Vec<OfClass> = rankings
                .iter()
                .map(|ranking| of_class(ranking, group_of))
                .collect();
            let groups = table.groups.len();
            let drawn = clusters.bootstrap_pictures(resamples, |weights| averages(&classes, groups, weights));
            Made {
                table,
                drawn,
                clusters,
                overlap,
                policy,
            }
            .finish()
        })
        .collect()
}

/// The values alone: of each of `groups`, then of all together.
#[cfg(test)]
pub(crate) fn averages_of(
    rankings: &[Ranking],
    groups: usize,
    group_of: impl Fn(usize) -> u32,
) -> Vec<Option<f64>> {
    let classes: Vec<OfClass> = rankings
        .iter()
        .map(|ranking| of_class(ranking, &group_of))
        .collect();
    averages(&classes, groups, None)
}

fn of_class(ranking: &Ranking, group_of: impl Fn(usize) -> u32) -> OfClass {
    let mut labels: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for fate in &ranking.fates {
        *labels.entry((fate.picture, group_of(fate.source))).or_default() += 1;
    }
    OfClass {
        tally: Tally::of(ranking),
        groups: Tally::sources(ranking)
            .map(|source| group_of(source as usize))
            .collect(),
        labels,
    }
}

/// Average precision of each group, then of all together; none without labels.
fn averages(classes: &[OfClass], groups: usize, weights: Weights) -> Vec<Option<f64>> {
    let mut sums = vec![(0.0, 0u32); groups + 1];
    for class in classes {
        let mut labels = vec![0i64; groups + 1];
        for ((picture, group), n) in &class.labels {
            let times = weights.map_or(1, |weights| weights[*picture as usize]);
            let n = i64::from(*n) * i64::from(times);
            labels[groups] += n;
            if *group != ELSEWHERE {
                labels[*group as usize] += n;
            }
        }
        // The whole is the last.
        let mut curves: Vec<Curve> = labels.iter().map(|labels| Curve::of(*labels)).collect();
        let mut wrong = 0;
        class.tally.hits(weights, |hit| {
            wrong += hit.wrong;
            curves[groups].hit(hit.right, wrong);
            let group = class.groups[hit.at];
            if group != ELSEWHERE {
                curves[group as usize].hit(hit.right, wrong);
            }
        });
        for ((curve, labels), (sum, n)) in curves.into_iter().zip(&labels).zip(&mut sums) {
            if *labels > 0 {
                *sum += curve.average();
                *n += 1;
            }
        }
    }
    sums.into_iter()
        .map(|(sum, n)| (n > 0).then(|| sum / f64::from(n)))
        .collect()
}

/// Precision at the recalls 0, 0.01, …, 1, while right detections are met, best first.
struct Curve {
    recalls: Recalls,
    right: i64,
    /// The best precision of those detections at which just so many recalls are reached.
    best: [f64; RECALLS],
}

impl Curve {
    fn of(labels: i64) -> Self {
        Self {
            recalls: Recalls::of(labels.unsigned_abs()),
            right: 0,
            best: [0.0; RECALLS],
        }
    }

    /// `times` right detections, after so many wrong ones. There is a label for each.
    fn hit(&mut self, times: i64, wrong: i64) {
        self.right += times;
        let right = self.right as f64;
        let best = &mut self.best[self.recalls.reached(self.right) - 1];
        *best = best.max(right / (wrong as f64 + right + f64::EPSILON));
    }

    /// Mean over the recalls of the best precision at that recall or beyond.
    fn average(mut self) -> f64 {
        let mut beyond = 0.0f64;
        for best in self.best.iter_mut().rev() {
            beyond = beyond.max(*best);
            *best = beyond;
        }
        // From the last recall on, as the curve is read.
        self.best.iter().rev().sum::<f64>() / RECALLS as f64
    }
}

/// People behind a cell that is shown.
fn people(cell: &Cell<Estimate>) -> u64 {
    match cell.state() {
        CellState::Shown { people_at_least, .. } => *people_at_least,
        CellState::Withheld { .. } => 0,
    }
}

/// One table on its way out.
struct Made<'a> {
    table: &'a GroupTable,
    /// Average precision of each group, then of all together.
    drawn: Bootstrapped,
    clusters: &'a Clusters,
    overlap: f64,
    policy: &'a DisclosurePolicy,
}

impl Made<'_> {
    fn finish(self) -> GroupPrecision {
        let groups = self.table.groups.len();
        let value = |at: usize| self.drawn.values[at];
        let open: Vec<usize> = (0..groups)
            .filter(|at| self.table.groups[*at].share.shown().is_some() && value(*at).is_some())
            .collect();
        let averages = self
            .table
            .groups
            .iter()
            .enumerate()
            .map(|(at, cell)| GroupAverage {
                group: cell.group.clone(),
                average_precision: self.cell(at, &cell.share, open.contains(&at)),
            });
        let shown = self.table.overall.shown().is_some();
        GroupPrecision {
            by: self.table.by.clone(),
            overlap: self.overlap,
            overall: self.cell(groups, &self.table.overall, shown),
            groups: averages.collect(),
            difference: self.spread(&open, false),
            ratio: self.spread(&open, true),
        }
    }

    /// Withheld where `share`, the cell of the same people, is.
    fn cell(&self, at: usize, share: &Cell<Estimate>, open: bool) -> Cell<Estimate> {
        shown_or_withheld(self.policy, self.estimate(at).filter(|_| open), &[people(share)])
    }

    fn labels(&self, at: usize) -> u64 {
        let cases = |at: usize| {
            self.table
                .groups
                .get(at)
                .and_then(|cell| cell.cases.shown())
                .copied()
        };
        let overall = || self.table.overall.shown().map_or(0, |estimate| estimate.sample.n);
        cases(at).unwrap_or_else(overall)
    }

    fn made(&self, value: f64, replicates: &[Option<f64>], labels: u64) -> Estimate {
        let drawn = drawn::interval(replicates, self.clusters.n);
        // Nothing varies, or the group is in too few pictures: three in the number of labels may be otherwise.
        let room = rule_of_three(labels.max(1) as f64);
        let open = Interval::between(value - room, value + room, IntervalMethod::ThreeDepartures);
        drawn::of_labels(value, drawn.unwrap_or(open), labels)
    }

    fn estimate(&self, at: usize) -> Option<Estimate> {
        let value = self.drawn.values[at]?;
        let mut made = self.made(value, self.drawn.replicates(at), self.labels(at));
        made.interval.low = made.interval.low.max(0.0);
        made.interval.high = made.interval.high.min(1.0);
        let at_an_end = made.value <= 0.0 || made.value >= 1.0;
        if at_an_end && made.interval.method == IntervalMethod::ThreeDepartures {
            made.interval.method = IntervalMethod::RuleOfThree;
        }
        Some(made)
    }

    fn spread(&self, open: &[usize], ratio: bool) -> Option<Spread> {
        let values = open.iter().map(|at| (self.drawn.values[*at].unwrap_or(0.0), *at));
        let (best, worst) = extremes(values)?;
        let (of_best, of_worst) = (self.drawn.replicates(best.1), self.drawn.replicates(worst.1));
        let of = |best: f64, worst: f64| if ratio { worst / best } else { best - worst };
        let found = of(best.0, worst.0);
        let pairs = of_best.iter().zip(of_worst);
        let replicates: Vec<_> = pairs.map(|(best, worst)| Some(of((*best)?, (*worst)?))).collect();
        found.is_finite().then(|| Spread {
            best: self.table.groups[best.1].group.clone(),
            worst: self.table.groups[worst.1].group.clone(),
            estimate: self.made(found, &replicates, self.labels(best.1) + self.labels(worst.1)),
        })
    }
}
