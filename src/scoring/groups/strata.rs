//! Groups where a confounder is much the same. In: cases counted by stratum. Out: shares by stratum, and gaps with the
//! confounder held constant: standardised directly, and by Mantel and Haenszel.

use super::confounders::Confounder;
use super::drawn::{Counted, Drawn, of_labels};
use super::table::{Open, Tally, group_estimate, shown_or_withheld};
use std::collections::BTreeMap;
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::groups::{AtEqual, ConfounderTable, GroupInStratum, Stratum};
use vsa_statistics::proportion;
use vsa_statistics::proportion::Share;

/// Where the shares of one group's strata are among those drawn.
pub(super) type Columns = Vec<BTreeMap<u32, usize>>;

/// Every stratum of every group, put behind `sets`; returns where each is.
pub(super) fn columns<'a>(groups: &[&'a Tally], sets: &mut Vec<&'a Counted>) -> Vec<Columns> {
    let of_group = |tally: &&'a Tally| -> Columns {
        tally
            .by_stratum
            .iter()
            .map(|strata| {
                let place = |(stratum, counted): (&u32, &'a Counted)| {
                    sets.push(counted);
                    (*stratum, sets.len() - 1)
                };
                strata.iter().map(place).collect()
            })
            .collect()
    };
    groups.iter().map(of_group).collect()
}

/// Shares by stratum of each confounder, for data of which nothing is withheld.
pub(super) fn tables(
    confounders: &[Confounder],
    groups: &[Open],
    drawn: &Drawn,
    policy: &DisclosurePolicy,
) -> Vec<ConfounderTable> {
    if policy.min_cell() > 1 {
        return Vec::new();
    }
    let table = |(at, confounder): (usize, &Confounder)| {
        let mut strata: BTreeMap<u32, Vec<GroupInStratum>> = BTreeMap::new();
        for group in groups {
            for (stratum, counted) in &group.tally.by_stratum[at] {
                let column = group.strata[at][stratum];
                let estimate = group_estimate(counted, false, drawn.interval(|shares| shares[column]));
                strata.entry(*stratum).or_default().push(GroupInStratum {
                    group: group.values.clone(),
                    share: shown_or_withheld(policy, estimate, &[counted.share.cases]),
                });
            }
        }
        ConfounderTable {
            confounder: confounder.name.clone(),
            strata: strata
                .into_iter()
                .map(|(stratum, groups)| Stratum {
                    label: confounder.label(stratum),
                    groups,
                })
                .collect(),
        }
    };
    let tables = confounders.iter().enumerate().map(table);
    tables.filter(|table| !table.strata.is_empty()).collect()
}

/// Gaps between two groups with each confounder held constant.
pub(super) fn at_equal(confounders: &[Confounder], one: &Open, other: &Open, drawn: &Drawn) -> Vec<AtEqual> {
    let gap = |(at, confounder): (usize, &Confounder)| {
        let of_other = &other.tally.by_stratum[at];
        let common: Vec<(u32, Share, Share)> = one.tally.by_stratum[at]
            .iter()
            .filter_map(|(stratum, counted)| Some((*stratum, counted.share, of_other.get(stratum)?.share)))
            .collect();
        let pairs: Vec<(Share, Share)> = common.iter().map(|(_, a, b)| (*a, *b)).collect();
        let within = proportion::mantel_haenszel(&pairs)?;
        let standardised = proportion::standardised(&pairs)?;
        let all: u64 = pairs.iter().map(|(a, b)| a.cases + b.cases).sum();
        // The weights stay as they were: the question is the gap at this spread of the confounder.
        let weighted: Vec<(f64, usize, usize)> = common
            .iter()
            .map(|(stratum, a, b)| {
                let weight = (a.cases + b.cases) as f64 / all as f64;
                (weight, one.strata[at][stratum], other.strata[at][stratum])
            })
            .collect();
        let resampled = drawn.interval(|shares| {
            weighted
                .iter()
                .map(|(weight, a, b)| Some(weight * (shares[*a]? - shares[*b]?)))
                .sum()
        });
        let value = standardised.one - standardised.other;
        let interval = resampled.unwrap_or_else(|| standardised.interval.into());
        Some(AtEqual {
            confounder: confounder.name.clone(),
            strata: common.len() as u64,
            one: standardised.one,
            other: standardised.other,
            difference: of_labels(value, interval, all),
            odds_ratio: within.odds_ratio,
            low: within.low,
            high: within.high,
            p: within.p,
        })
    };
    confounders.iter().enumerate().filter_map(gap).collect()
}
