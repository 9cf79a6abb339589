//! One table of groups. In: cases. Out: a [`GroupTable`] with every cell by the rule for small cells.

use crate::record::disclosure::DisclosurePolicy;
use crate::record::estimate::{Estimate, Interval, IntervalMethod, SampleSize, SampledThing, Unit};
use crate::record::groups::{AtEqualSize, GroupCell, GroupMeasure, GroupPair, GroupTable, Spread};
use crate::record::interval::{LEVEL, wilson};
use crate::record::proportion::{self, Share};
use std::collections::{BTreeMap, BTreeSet};

/// Cases that are alike: the same group, stratum, cluster and outcome.
pub(in crate::observe) struct Case {
    /// Value of each attribute; none: not known.
    pub(in crate::observe) values: Vec<Option<String>>,
    pub(in crate::observe) hits: u64,
    pub(in crate::observe) cases: u64,
    /// Stratum of the confounder, where there is one.
    pub(in crate::observe) stratum: Option<u32>,
    /// Whom it is about, where cases of one person can be told; otherwise each case is a person.
    pub(in crate::observe) person: Option<u64>,
    /// What it is resampled with; none: cases are independent.
    pub(in crate::observe) cluster: Option<u32>,
}

/// Draws clusters: how often each is drawn in replicate `n`.
pub(in crate::observe) struct Draws<'a> {
    pub(in crate::observe) clusters: usize,
    pub(in crate::observe) resamples: u64,
    pub(in crate::observe) draw: &'a (dyn Fn(u64) -> Vec<u32> + Sync),
}

#[derive(Default)]
struct Tally {
    share: Share,
    people_hit: BTreeSet<u64>,
    people_missed: BTreeSet<u64>,
    hits_of_nobody: u64,
    misses_of_nobody: u64,
    by_stratum: BTreeMap<u32, Share>,
    by_cluster: BTreeMap<u32, Share>,
}

impl Tally {
    fn add(&mut self, case: &Case) {
        let add = |share: &mut Share| {
            share.hits += case.hits;
            share.cases += case.cases;
        };
        add(&mut self.share);
        if let Some(stratum) = case.stratum {
            add(self.by_stratum.entry(stratum).or_default());
        }
        if let Some(cluster) = case.cluster {
            add(self.by_cluster.entry(cluster).or_default());
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

/// By each attribute alone, then, where there are several, by all of them crossed.
pub(in crate::observe) fn tables(
    attributes: &[String],
    cases: &[Case],
    measure: GroupMeasure,
    draws: Option<&Draws>,
    policy: &DisclosurePolicy,
) -> Vec<GroupTable> {
    let mut ways: Vec<Vec<usize>> = (0..attributes.len()).map(|at| vec![at]).collect();
    if attributes.len() > 1 {
        ways.push((0..attributes.len()).collect());
    }
    let made: Vec<(GroupTable, bool)> = ways
        .iter()
        .map(|way| table(attributes, way, cases, measure, draws, policy))
        .collect();
    // Crossed cells add up to those of single attributes: with anything withheld there, differences between tables could
    // tell it. Then only tables of single attributes are given, and of these only the whole or nothing per attribute.
    let crossed_is_whole = made.last().is_some_and(|(_, whole)| *whole);
    let count = made.len();
    made.into_iter()
        .enumerate()
        .filter(|(at, _)| {
            attributes.len() < 2 || *at + 1 < count || crossed_is_whole || policy.min_cell() == 1
        })
        .map(|(_, (table, _))| table)
        .collect()
}

/// One table, and whether nothing in it is withheld.
fn table(
    attributes: &[String],
    way: &[usize],
    cases: &[Case],
    measure: GroupMeasure,
    draws: Option<&Draws>,
    policy: &DisclosurePolicy,
) -> (GroupTable, bool) {
    let (mut overall, mut unknown) = (Tally::default(), Tally::default());
    let mut groups: BTreeMap<Vec<String>, Tally> = BTreeMap::new();
    for case in cases {
        overall.add(case);
        let values: Option<Vec<String>> = way.iter().map(|at| case.values[*at].clone()).collect();
        match values {
            Some(values) => groups.entry(values).or_default().add(case),
            None => unknown.add(case),
        }
    }
    let shown = shown(&groups, &unknown, &overall, policy);
    let estimate = |tally: &Tally, complement: bool| estimate(tally, complement, draws);
    let cells = groups.iter().zip(&shown.groups).map(|((values, tally), open)| {
        let cell = |complement: bool| match estimate(tally, complement).filter(|_| *open) {
            Some(estimate) => policy.cell_about(estimate, &tally.people()),
            None => policy.withheld(),
        };
        let count = |n: u64| {
            if *open {
                policy.cell_about(n, &tally.people())
            } else {
                policy.withheld()
            }
        };
        GroupCell {
            group: values.clone(),
            cases: count(tally.share.cases),
            hits: count(tally.share.hits),
            share: cell(false),
            complement: cell(true),
        }
    });
    let cells: Vec<GroupCell> = cells.collect();
    let open: Vec<(&Vec<String>, &Tally)> = groups
        .iter()
        .zip(&shown.groups)
        .filter(|(_, open)| **open)
        .map(|(group, _)| group)
        .collect();
    let whole = shown.groups.iter().all(|open| *open) && shown.unknown && shown.overall;
    let table = GroupTable {
        measure,
        by: way.iter().map(|at| attributes[*at].clone()).collect(),
        overall: match estimate(&overall, false).filter(|_| shown.overall) {
            Some(estimate) => policy.cell_about(estimate, &overall.people()),
            None => policy.withheld(),
        },
        groups: cells,
        unknown: if shown.unknown {
            policy.cell_about(unknown.share.cases, &unknown.people())
        } else {
            policy.withheld::<u64>()
        },
        difference: spread(&open, draws, false),
        ratio: spread(&open, draws, true),
        pairs: pairs(&open, draws),
    };
    (table, whole)
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
    let overall_open = overall.permitted(policy);
    // What is withheld is known together, as the total less what is shown: together it has to be enough.
    while overall_open
        && open.contains(&false)
        && closed_people(&open).iter().any(|people| !policy.permits(*people))
    {
        let next = (0..open.len())
            .filter(|at| open[*at] && tallies[*at].share.cases > 0)
            .min_by_key(|at| (tallies[*at].share.cases, *at));
        match next {
            Some(next) => open[next] = false,
            None => break,
        }
    }
    // One alone would follow from the total exactly.
    if overall_open && open.iter().filter(|open| !**open).count() == 1 {
        let next = (0..open.len())
            .filter(|at| open[*at] && tallies[*at].share.cases > 0)
            .min_by_key(|at| (tallies[*at].share.cases, *at));
        if let Some(next) = next {
            open[next] = false;
        }
    }
    let unknown = open.pop().unwrap_or(true);
    Shown {
        groups: open,
        unknown,
        overall: overall_open,
    }
}

fn sample(tally: &Tally) -> SampleSize {
    SampleSize {
        n: tally.share.cases,
        of: SampledThing::Labels,
    }
}

/// The share of a group: resampled where cases hang together, otherwise by Wilson's method.
fn estimate(tally: &Tally, complement: bool, draws: Option<&Draws>) -> Option<Estimate> {
    let value = tally.share.value()?;
    let (hits, cases) = (tally.share.hits as f64, tally.share.cases as f64);
    let drawn = draws.and_then(|draws| {
        let values = replicates(draws, &|times| drawn_share(tally, times));
        ends(values, draws.clusters)
    });
    let interval = drawn.or_else(|| wilson(hits, cases))?;
    Some(Estimate {
        value: if complement { 1.0 - value } else { value },
        unit: Unit::Ratio,
        interval: if complement {
            Interval {
                low: 1.0 - interval.high,
                high: 1.0 - interval.low,
                ..interval
            }
        } else {
            Interval {
                low: interval.low.min(value),
                high: interval.high.max(value),
                ..interval
            }
        },
        sample: sample(tally),
    })
}

fn drawn_share(tally: &Tally, times: &[u32]) -> Option<f64> {
    let (mut hits, mut cases) = (0u64, 0u64);
    for (cluster, share) in &tally.by_cluster {
        let times = u64::from(times[*cluster as usize]);
        hits += times * share.hits;
        cases += times * share.cases;
    }
    (cases > 0).then(|| hits as f64 / cases as f64)
}

fn replicates(draws: &Draws, of: &(dyn Fn(&[u32]) -> Option<f64> + Sync)) -> Vec<f64> {
    use rayon::prelude::*;
    let values: Vec<Option<f64>> = (0..draws.resamples)
        .into_par_iter()
        .map(|replicate| of(&(draws.draw)(replicate)))
        .collect();
    // A group that is missing from more than one replicate in twenty is in too few clusters.
    let there: Vec<f64> = values.iter().copied().flatten().collect();
    if there.len() * 20 >= values.len() * 19 {
        there
    } else {
        Vec::new()
    }
}

fn ends(mut values: Vec<f64>, clusters: usize) -> Option<Interval> {
    let (low, high) = crate::observe::measure::resample::expanded_percentiles(&mut values, clusters)?;
    (low < high).then_some(Interval {
        low,
        high,
        level: LEVEL,
        method: IntervalMethod::ClusterBootstrap,
        block: None,
    })
}

/// Difference (or ratio) of two groups.
fn apart(one: &Tally, other: &Tally, draws: Option<&Draws>, ratio: bool) -> Option<Estimate> {
    let (a, b) = (one.share.value()?, other.share.value()?);
    let value = if ratio { a / b } else { a - b };
    let drawn = draws.and_then(|draws| {
        let values = replicates(draws, &|times| {
            let (a, b) = (drawn_share(one, times)?, drawn_share(other, times)?);
            let value = if ratio { a / b } else { a - b };
            value.is_finite().then_some(value)
        });
        ends(values, draws.clusters)
    });
    let interval = drawn.or_else(|| {
        if ratio {
            proportion::log_ratio(one.share, other.share)
        } else {
            proportion::newcombe(one.share, other.share)
        }
    })?;
    value.is_finite().then_some(Estimate {
        value,
        unit: Unit::Ratio,
        interval: Interval {
            low: interval.low.min(value),
            high: interval.high.max(value),
            ..interval
        },
        sample: SampleSize {
            n: one.share.cases + other.share.cases,
            of: SampledThing::Labels,
        },
    })
}

fn spread(open: &[(&Vec<String>, &Tally)], draws: Option<&Draws>, ratio: bool) -> Option<Spread> {
    let rate = |tally: &Tally| tally.share.value();
    let with: Vec<_> = open
        .iter()
        .filter_map(|(values, tally)| Some((rate(tally)?, *values, *tally)))
        .collect();
    // The first of equal ones, in the order of names.
    let best = with
        .iter()
        .reduce(|best, one| if one.0 > best.0 { one } else { best })?;
    let worst = with
        .iter()
        .reduce(|worst, one| if one.0 < worst.0 { one } else { worst })?;
    if with.len() < 2 {
        return None;
    }
    let (one, other) = if ratio { (worst, best) } else { (best, worst) };
    Some(Spread {
        best: best.1.clone(),
        worst: worst.1.clone(),
        estimate: apart(one.2, other.2, draws, ratio)?,
    })
}

/// Pairs are given for up to so many groups: of more, so many pairs come that nobody reads them, and correcting for all
/// leaves no difference standing.
const MOST_PAIRED: usize = 16;

/// Every pair of groups, tested, with all tests of the table corrected for each other.
fn pairs(open: &[(&Vec<String>, &Tally)], draws: Option<&Draws>) -> Vec<GroupPair> {
    let mut pairs = Vec::new();
    if open.len() > MOST_PAIRED {
        return pairs;
    }
    for (at, (one_values, one)) in open.iter().enumerate() {
        for (other_values, other) in &open[at + 1..] {
            let (Some(difference), Some(p), Some(q)) = (
                apart(one, other, draws, false),
                one.share.value(),
                other.share.value(),
            ) else {
                continue;
            };
            pairs.push(GroupPair {
                one: (*one_values).clone(),
                other: (*other_values).clone(),
                difference,
                p: proportion::equality(one.share, other.share),
                p_holm: None,
                cases_needed: proportion::cases_needed(p, q),
                at_equal_size: at_equal_size(one, other),
            });
        }
    }
    let tested: Vec<usize> = (0..pairs.len()).filter(|at| pairs[*at].p.is_some()).collect();
    let p_values: Vec<f64> = tested.iter().filter_map(|at| pairs[*at].p).collect();
    for (at, adjusted) in tested.into_iter().zip(proportion::holm(&p_values)) {
        pairs[at].p_holm = Some(adjusted);
    }
    pairs
}

/// The gap within strata of size, and both shares standardised to the sizes of both groups together.
fn at_equal_size(one: &Tally, other: &Tally) -> Option<AtEqualSize> {
    let common: Vec<(Share, Share)> = one
        .by_stratum
        .iter()
        .filter_map(|(stratum, share)| Some((*share, *other.by_stratum.get(stratum)?)))
        .collect();
    let within = proportion::mantel_haenszel(&common)?;
    let all: u64 = common.iter().map(|(a, b)| a.cases + b.cases).sum();
    let standardised_difference = common
        .iter()
        .filter_map(|(a, b)| Some((a.cases + b.cases) as f64 / all as f64 * (a.value()? - b.value()?)))
        .sum();
    Some(AtEqualSize {
        strata: common.len() as u64,
        standardised_difference,
        odds_ratio: within.odds_ratio,
        low: within.low,
        high: within.high,
        p: within.p,
    })
}
