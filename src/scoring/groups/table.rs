//! One table of groups. In: cases. Out: a [`GroupTable`] with every cell by the rule for small cells.
//! Deliberately not here: what is held constant (`strata`), and average precision (`precision`).

use super::confounders::Confounder;
use super::drawn::{Counted, Drawn, Draws, of_labels};
use super::strata::{self, Columns};
use std::collections::{BTreeMap, BTreeSet};
use vsa_record::disclosure::{Cell, DisclosurePolicy};
use vsa_record::estimate::{Estimate, Interval};
use vsa_record::groups::{GroupCell, GroupMeasure, GroupPair, GroupTable, Spread};
use vsa_statistics::holm;
use vsa_statistics::interval::wilson;
use vsa_statistics::proportion;
use vsa_statistics::proportion::Share;

/// Cases that are alike: the same group, strata, cluster and outcome.
pub(crate) struct Case {
    /// Value of each attribute; none: not known.
    pub(crate) values: Vec<Option<String>>,
    pub(crate) hits: u64,
    pub(crate) cases: u64,
    /// Stratum of each confounder, where it is known.
    pub(crate) strata: Vec<Option<u32>>,
    /// Whom it is about, where cases of one person can be told; otherwise each case is a person.
    pub(crate) person: Option<u64>,
    /// What it is resampled with; none: cases are independent.
    pub(crate) cluster: Option<u32>,
}

pub(super) struct Tally {
    counted: Counted,
    people_hit: BTreeSet<u64>,
    people_missed: BTreeSet<u64>,
    hits_of_nobody: u64,
    misses_of_nobody: u64,
    /// By confounder.
    pub(super) by_stratum: Vec<BTreeMap<u32, Counted>>,
}

impl Tally {
    fn new(confounders: usize) -> Self {
        Self {
            counted: Counted::default(),
            people_hit: BTreeSet::new(),
            people_missed: BTreeSet::new(),
            hits_of_nobody: 0,
            misses_of_nobody: 0,
            by_stratum: (0..confounders).map(|_| BTreeMap::new()).collect(),
        }
    }

    fn share(&self) -> Share {
        self.counted.share
    }

    fn add(&mut self, case: &Case) {
        self.counted.add(case.hits, case.cases, case.cluster);
        for (strata, stratum) in self.by_stratum.iter_mut().zip(&case.strata) {
            if let Some(stratum) = stratum {
                strata
                    .entry(*stratum)
                    .or_default()
                    .add(case.hits, case.cases, case.cluster);
            }
        }
        let misses = case.cases - case.hits;
        match case.person {
            Some(person) => {
                if case.hits > 0 {
                    self.people_hit.insert(person);
                }
                if misses > 0 {
                    self.people_missed.insert(person);
                }
            }
            None => {
                self.hits_of_nobody += case.hits;
                self.misses_of_nobody += misses;
            }
        }
    }

    /// People in all, hit, and missed.
    fn people(&self) -> [u64; 3] {
        let all = self.people_hit.union(&self.people_missed).count() as u64
            + self.hits_of_nobody
            + self.misses_of_nobody;
        [
            all,
            self.people_hit.len() as u64 + self.hits_of_nobody,
            self.people_missed.len() as u64 + self.misses_of_nobody,
        ]
    }

    fn permitted(&self, policy: &DisclosurePolicy) -> bool {
        self.people().iter().all(|people| policy.permits(*people))
    }
}

/// What all tables of a run have in common.
pub(crate) struct Tables<'a> {
    pub(crate) attributes: &'a [String],
    pub(crate) confounders: &'a [Confounder],
    pub(crate) measure: GroupMeasure,
    pub(crate) draws: Option<Draws<'a>>,
    pub(crate) policy: &'a DisclosurePolicy,
}

impl Tables<'_> {
    /// By each attribute alone, then, where there are several, by all of them crossed.
    pub(crate) fn of(&self, cases: &[Case]) -> Vec<GroupTable> {
        let attributes = self.attributes.len();
        let mut ways: Vec<Vec<usize>> = (0..attributes).map(|at| vec![at]).collect();
        if attributes > 1 {
            ways.push((0..attributes).collect());
        }
        let made: Vec<(GroupTable, bool)> = ways.iter().map(|way| self.table(way, cases)).collect();
        // Crossed cells add up to those of single attributes: with anything withheld there, differences between tables could
        // tell it. Then only tables of single attributes are given, and of these only the whole or nothing per attribute.
        let crossed_is_whole = made.last().is_some_and(|(_, whole)| *whole);
        let count = made.len();
        made.into_iter()
            .enumerate()
            .filter(|(at, _)| {
                attributes < 2 || *at + 1 < count || crossed_is_whole || self.policy.min_cell() == 1
            })
            .map(|(_, (table, _))| table)
            .collect()
    }

    /// One table, and whether nothing in it is withheld.
    fn table(&self, way: &[usize], cases: &[Case]) -> (GroupTable, bool) {
        let policy = self.policy;
        let tally = || Tally::new(self.confounders.len());
        let (mut overall, mut unknown) = (tally(), tally());
        let mut groups: BTreeMap<Vec<String>, Tally> = BTreeMap::new();
        for case in cases {
            overall.add(case);
            let values: Option<Vec<String>> = way.iter().map(|at| case.values[*at].clone()).collect();
            match values {
                Some(values) => groups.entry(values).or_insert_with(tally).add(case),
                None => unknown.add(case),
            }
        }
        let shown = shown(&groups, &unknown, &overall, policy);
        // Every share that an interval is needed for is drawn at once.
        let tallies: Vec<&Tally> = groups.values().collect();
        let mut sets: Vec<&Counted> = tallies.iter().map(|tally| &tally.counted).collect();
        sets.push(&overall.counted);
        let columns = strata::columns(&tallies, &mut sets);
        let drawn = Drawn::of(&sets, self.draws);
        let estimate = |tally: &Tally, column: usize, complement: bool| {
            group_estimate(
                &tally.counted,
                complement,
                drawn.interval(|shares| shares[column]),
            )
        };
        let cells = groups
            .iter()
            .zip(&shown.groups)
            .enumerate()
            .map(|(at, ((values, tally), open))| {
                let people = tally.people();
                let cell = |complement: bool| {
                    let estimate = estimate(tally, at, complement).filter(|_| *open);
                    shown_or_withheld(policy, estimate, &people)
                };
                let count = |n: u64| shown_or_withheld(policy, open.then_some(n), &people);
                GroupCell {
                    group: values.clone(),
                    cases: count(tally.share().cases),
                    hits: count(tally.share().hits),
                    share: cell(false),
                    complement: cell(true),
                }
            });
        let cells: Vec<GroupCell> = cells.collect();
        let open: Vec<Open> = groups
            .iter()
            .enumerate()
            .zip(&shown.groups)
            .filter(|(_, open)| **open)
            .map(|((column, (values, tally)), _)| Open {
                values,
                tally,
                column,
                strata: &columns[column],
            })
            .collect();
        let whole = shown.groups.iter().all(|open| *open) && shown.unknown && shown.overall;
        let table = GroupTable {
            measure: self.measure,
            by: way.iter().map(|at| self.attributes[*at].clone()).collect(),
            overall: {
                let estimate = estimate(&overall, groups.len(), false).filter(|_| shown.overall);
                shown_or_withheld(policy, estimate, &overall.people())
            },
            groups: cells,
            unknown: {
                let cases = shown.unknown.then_some(unknown.share().cases);
                shown_or_withheld(policy, cases, &unknown.people())
            },
            difference: spread(&open, &drawn, Apart::Difference),
            ratio: spread(&open, &drawn, Apart::Ratio),
            complement_ratio: spread(&open, &drawn, Apart::RatioOfComplements),
            pairs: self.pairs(&open, &drawn),
            strata: strata::tables(self.confounders, &open, &drawn, policy),
        };
        (table, whole)
    }

    /// Every pair of groups, tested, with all tests of the table corrected for each other.
    fn pairs(&self, open: &[Open], drawn: &Drawn) -> Vec<GroupPair> {
        let mut pairs = Vec::new();
        if open.len() > MOST_PAIRED {
            return pairs;
        }
        for (at, one) in open.iter().enumerate() {
            for other in &open[at + 1..] {
                let (Some(difference), Some(p), Some(q)) = (
                    apart(one, other, drawn, Apart::Difference),
                    one.tally.share().value(),
                    other.tally.share().value(),
                ) else {
                    continue;
                };
                pairs.push(GroupPair {
                    one: one.values.clone(),
                    other: other.values.clone(),
                    difference,
                    p: proportion::equality(one.tally.share(), other.tally.share()),
                    p_holm: None,
                    cases_needed: proportion::cases_needed(p, q),
                    at_equal: strata::at_equal(self.confounders, one, other, drawn),
                });
            }
        }
        let tested: Vec<usize> = (0..pairs.len()).filter(|at| pairs[*at].p.is_some()).collect();
        let p_values: Vec<f64> = tested.iter().filter_map(|at| pairs[*at].p).collect();
        for (at, adjusted) in tested.into_iter().zip(holm::adjusted(&p_values)) {
            pairs[at].p_holm = Some(adjusted);
        }
        pairs
    }
}

/// Pairs are given for up to so many groups: of more, so many pairs come that nobody reads them, and correcting for all
/// leaves no difference standing.
const MOST_PAIRED: usize = 16;

/// A group that may be shown, and where its shares are among those drawn.
pub(super) struct Open<'a> {
    pub(super) values: &'a Vec<String>,
    pub(super) tally: &'a Tally,
    column: usize,
    pub(super) strata: &'a Columns,
}

struct Shown {
    groups: Vec<bool>,
    unknown: bool,
    overall: bool,
}

/// Which cells may be shown. If just one is withheld, the total would give it away: the smallest other one goes with it.
fn shown(
    groups: &BTreeMap<Vec<String>, Tally>,
    unknown: &Tally,
    overall: &Tally,
    policy: &DisclosurePolicy,
) -> Shown {
    let tallies: Vec<&Tally> = groups.values().chain([unknown]).collect();
    let mut open: Vec<bool> = tallies.iter().map(|tally| tally.permitted(policy)).collect();
    let closed_people = |open: &[bool]| -> [u64; 3] {
        let mut sums = [0; 3];
        for (tally, _) in tallies.iter().zip(open).filter(|(_, open)| !**open) {
            for (sum, people) in sums.iter_mut().zip(tally.people()) {
                *sum += people;
            }
        }
        sums
    };
    let smallest = |open: &[bool]| {
        let cases = |at: &usize| tallies[*at].share().cases;
        let some = (0..open.len()).filter(|at| open[*at] && cases(at) > 0);
        some.min_by_key(|at| (cases(at), *at))
    };
    let overall_open = overall.permitted(policy);
    // What is withheld is known together, as the total less what is shown: together it has to be enough.
    while overall_open
        && open.contains(&false)
        && closed_people(&open).iter().any(|people| !policy.permits(*people))
    {
        match smallest(&open) {
            Some(next) => open[next] = false,
            None => break,
        }
    }
    // One alone would follow from the total exactly.
    if overall_open
        && open.iter().filter(|open| !**open).count() == 1
        && let Some(next) = smallest(&open)
    {
        open[next] = false;
    }
    let unknown = open.pop().unwrap_or(true);
    Shown {
        groups: open,
        unknown,
        overall: overall_open,
    }
}

/// The share of a group: resampled where cases hang together, otherwise by Wilson's method.
pub(super) fn group_estimate(
    counted: &Counted,
    complement: bool,
    drawn: Option<Interval>,
) -> Option<Estimate> {
    let share = counted.share;
    let value = share.value()?;
    let interval = drawn.or_else(|| wilson(share.hits as f64, share.cases as f64).map(Interval::from))?;
    let estimate = of_labels(value, interval, share.cases);
    Some(if complement {
        estimate.complement()
    } else {
        estimate
    })
}

/// How two groups are held against each other.
#[derive(Clone, Copy, PartialEq)]
enum Apart {
    Difference,
    Ratio,
    RatioOfComplements,
}

impl Apart {
    fn of(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Difference => a - b,
            Self::Ratio => a / b,
            Self::RatioOfComplements => (1.0 - a) / (1.0 - b),
        }
    }

    fn closed_form(self, a: Share, b: Share) -> Option<Interval> {
        let misses = |share: Share| Share {
            hits: share.cases - share.hits,
            cases: share.cases,
        };
        let found = match self {
            Self::Difference => proportion::newcombe(a, b),
            Self::Ratio => proportion::log_ratio(a, b),
            Self::RatioOfComplements => proportion::log_ratio(misses(a), misses(b)),
        };
        found.map(Interval::from)
    }
}

fn apart(one: &Open, other: &Open, drawn: &Drawn, how: Apart) -> Option<Estimate> {
    let value = how.of(one.tally.share().value()?, other.tally.share().value()?);
    let resampled = drawn.interval(|shares| {
        let value = how.of(shares[one.column]?, shares[other.column]?);
        value.is_finite().then_some(value)
    });
    let interval = resampled.or_else(|| how.closed_form(one.tally.share(), other.tally.share()))?;
    let labels = one.tally.share().cases + other.tally.share().cases;
    value.is_finite().then(|| of_labels(value, interval, labels))
}

/// The greatest and the least of at least two; the first of equal ones, in the order of names.
pub(super) fn extremes<T: Copy>(values: impl Iterator<Item = (f64, T)>) -> Option<((f64, T), (f64, T))> {
    let values: Vec<(f64, T)> = values.collect();
    let all = || values.iter().copied();
    let best = all().reduce(|best, one| if one.0 > best.0 { one } else { best })?;
    let worst = all().reduce(|worst, one| if one.0 < worst.0 { one } else { worst })?;
    (values.len() > 1).then_some((best, worst))
}

/// A value where there is one and `people` may be spoken of; withheld otherwise.
pub(super) fn shown_or_withheld<T>(policy: &DisclosurePolicy, value: Option<T>, people: &[u64]) -> Cell<T> {
    match value {
        Some(value) => policy.cell_about(value, people),
        None => policy.withheld(),
    }
}

fn spread(open: &[Open], drawn: &Drawn, how: Apart) -> Option<Spread> {
    let with = open
        .iter()
        .filter_map(|group| Some((group.tally.share().value()?, group)));
    let (best, worst) = extremes(with)?;
    let (one, other) = match how {
        Apart::Difference => (best, worst),
        Apart::Ratio | Apart::RatioOfComplements => (worst, best),
    };
    Some(Spread {
        best: best.1.values.clone(),
        worst: worst.1.values.clone(),
        estimate: apart(one.1, other.1, drawn, how)?,
    })
}
