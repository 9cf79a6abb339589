//! Shares of independent cases, two shares against each other, and how many cases would settle it. In: counts. Out:
//! intervals, p-values, sample sizes, all in closed form. Deliberately not here: cases that depend on each other (boxes of
//! one picture), which are resampled in whole clusters.

use crate::chance::{beta_below, two_sided};
use crate::interval::{Interval, Method, Z, wilson};

/// Hits among cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Cases in which it was so.
    pub hits: u64,
    /// All cases.
    pub cases: u64,
}

impl Share {
    /// The share; none without cases.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        (self.cases > 0).then(|| self.hits as f64 / self.cases as f64)
    }

    fn is_sound(self) -> bool {
        self.cases > 0 && self.hits <= self.cases
    }
}

/// For something that happened in none of `cases` independent cases: the share of all of which it may still be true, at 95 %
/// (Hanley and Lippman-Hand 1983, the rule of three). With fewer than three cases it says nothing: more than 1.
#[must_use]
pub fn rule_of_three(cases: f64) -> f64 {
    3.0 / cases
}

/// Difference `a - b` of two independent shares, from their Wilson intervals (Newcombe 1998, method 10).
#[must_use]
pub fn newcombe(a: Share, b: Share) -> Option<Interval> {
    let (of_a, of_b) = (
        wilson(a.hits as f64, a.cases as f64)?,
        wilson(b.hits as f64, b.cases as f64)?,
    );
    let (p, q) = (a.value()?, b.value()?);
    let low = p - q - ((p - of_a.low).powi(2) + (of_b.high - q).powi(2)).sqrt();
    let high = p - q + ((of_a.high - p).powi(2) + (q - of_b.low).powi(2)).sqrt();
    Some(interval(low.max(-1.0), high.min(1.0), Method::Newcombe))
}

/// Ratio `a / b` of two independent shares on the logarithmic scale (Katz et al. 1978). None where either has no hits:
/// the ratio is then nought or unbounded, and the method says nothing.
#[must_use]
pub fn log_ratio(a: Share, b: Share) -> Option<Interval> {
    if !a.is_sound() || !b.is_sound() || a.hits == 0 || b.hits == 0 {
        return None;
    }
    let of = |share: Share| 1.0 / share.hits as f64 - 1.0 / share.cases as f64;
    let spread = Z * (of(a) + of(b)).sqrt();
    let ratio = a.value()? / b.value()?;
    Some(interval(
        ratio * (-spread).exp(),
        ratio * spread.exp(),
        Method::LogRatio,
    ))
}

/// Two-sided p-value of equality of two independent shares: the pooled z-test, as statsmodels' `proportions_ztest`.
/// None where all cases or none are hits on both sides: there is nothing to tell apart.
#[must_use]
pub fn equality(a: Share, b: Share) -> Option<f64> {
    if !a.is_sound() || !b.is_sound() {
        return None;
    }
    let pooled = (a.hits + b.hits) as f64 / (a.cases + b.cases) as f64;
    let variance = pooled * (1.0 - pooled) * (1.0 / a.cases as f64 + 1.0 / b.cases as f64);
    let z = (a.value()? - b.value()?) / variance.sqrt();
    (variance > 0.0).then(|| two_sided(z))
}

/// McNemar's exact test: `only_a` pairs in which only the one hit, `only_b` in which only the other did. Two-sided.
#[must_use]
pub fn mcnemar(only_a: u64, only_b: u64) -> f64 {
    let all = only_a + only_b;
    if all == 0 {
        return 1.0;
    }
    let fewer = only_a.min(only_b);
    // P(X <= fewer) of the binomial B(all, 1/2) as a regularised beta function.
    let tail = beta_below(0.5, (all - fewer) as f64, fewer as f64 + 1.0);
    (2.0 * tail).min(1.0)
}

/// A gap between two groups, held constant over strata: common odds ratio and the test of no association.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MantelHaenszel {
    /// Odds of a hit in the first group by those in the second, over all strata.
    pub odds_ratio: f64,
    /// Its interval (Robins, Breslow and Greenland 1986).
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Of no association in any stratum (Mantel and Haenszel 1959, without correction for continuity).
    pub p: f64,
}

/// Mantel and Haenszel (1959) over strata of (first group, second group). None where no stratum holds both.
#[must_use]
pub fn mantel_haenszel(strata: &[(Share, Share)]) -> Option<MantelHaenszel> {
    let (mut r, mut s, mut excess, mut variance) = (0.0, 0.0, 0.0, 0.0);
    let (mut pr, mut both, mut qs) = (0.0, 0.0, 0.0);
    for (one, other) in strata
        .iter()
        .filter(|(one, other)| one.is_sound() && other.is_sound())
    {
        let (a, c) = (one.hits as f64, other.hits as f64);
        let (b, d) = ((one.cases - one.hits) as f64, (other.cases - other.hits) as f64);
        let n = a + b + c + d;
        let (of_r, of_s) = (a * d / n, b * c / n);
        let (p, q) = ((a + d) / n, (b + c) / n);
        r += of_r;
        s += of_s;
        pr += p * of_r;
        both += p * of_s + q * of_r;
        qs += q * of_s;
        excess += a - (a + b) * (a + c) / n;
        // Each group has a case, so that n is at least 2.
        variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1.0));
    }
    if r <= 0.0 || s <= 0.0 || variance <= 0.0 {
        return None;
    }
    let spread = Z * (pr / (2.0 * r * r) + both / (2.0 * r * s) + qs / (2.0 * s * s)).sqrt();
    let odds_ratio = r / s;
    Some(MantelHaenszel {
        odds_ratio,
        low: odds_ratio * (-spread).exp(),
        high: odds_ratio * spread.exp(),
        p: two_sided(excess / variance.sqrt()),
    })
}

/// Two directly standardised shares and their difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standardised {
    /// Share of the first group if it were spread over the strata as both together are.
    pub one: f64,
    /// The same of the second.
    pub other: f64,
    /// Interval of the difference.
    pub interval: Interval,
}

/// Direct standardisation over strata of (first group, second group), weighted by how many of both are in each. None where no
/// stratum holds both. The variance of each stratum is that of Agresti and Caffo (2000): one hit and one miss more in each
/// group, so that a stratum in which everybody was found is not certain.
#[must_use]
pub fn standardised(strata: &[(Share, Share)]) -> Option<Standardised> {
    let common: Vec<_> = strata
        .iter()
        .filter(|(one, other)| one.is_sound() && other.is_sound())
        .collect();
    let all: f64 = common
        .iter()
        .map(|(one, other)| (one.cases + other.cases) as f64)
        .sum();
    if common.is_empty() {
        return None;
    }
    let (mut one, mut other, mut variance) = (0.0, 0.0, 0.0);
    for (a, b) in common {
        let weight = (a.cases + b.cases) as f64 / all;
        let spread = |share: Share| {
            let cases = share.cases as f64 + 2.0;
            let value = (share.hits as f64 + 1.0) / cases;
            value * (1.0 - value) / cases
        };
        one += weight * a.value()?;
        other += weight * b.value()?;
        variance += weight * weight * (spread(*a) + spread(*b));
    }
    let (gap, reach) = (one - other, Z * variance.sqrt());
    let interval = interval(
        (gap - reach).max(-1.0),
        (gap + reach).min(1.0),
        Method::Standardised,
    );
    Some(Standardised { one, other, interval })
}

/// Cases that each of two groups would need, so that a difference between the shares `p` and `q` is found with 80 %
/// probability at the 5 % level (Fleiss, Levin and Paik 2003, formula 4.14 without correction). None where they are equal.
#[must_use]
pub fn cases_needed(p: f64, q: f64) -> Option<u64> {
    /// The 80 % point of the normal distribution.
    const POWER: f64 = 0.841_621_233_572_914_3;
    let gap = (p - q).abs();
    if gap.is_nan() || gap <= 1e-9 {
        return None;
    }
    let mean = f64::midpoint(p, q);
    let root = Z * (2.0 * mean * (1.0 - mean)).sqrt() + POWER * (p * (1.0 - p) + q * (1.0 - q)).sqrt();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive; what is too large saturates"
    )]
    Some((root / gap).powi(2).ceil() as u64)
}

fn interval(low: f64, high: f64, method: Method) -> Interval {
    Interval { low, high, method }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{ln_gamma, share_limits};

    const fn share(hits: u64, cases: u64) -> Share {
        Share { hits, cases }
    }

    fn near(got: f64, wanted: f64, tolerance: f64) {
        assert!((got - wanted).abs() <= tolerance, "{got} instead of {wanted}");
    }

    #[test]
    fn shares_without_cases_or_with_more_hits_than_cases_are_compared_with_nothing() {
        let good = share(3, 10);
        for bad in [share(0, 0), share(5, 4)] {
            for (a, b) in [(good, bad), (bad, good)] {
                assert_eq!(log_ratio(a, b), None, "{bad:?}");
                assert_eq!(equality(a, b), None, "{bad:?}");
                assert_eq!(mantel_haenszel(&[(a, b)]), None, "{bad:?}");
                assert_eq!(standardised(&[(a, b)]), None, "{bad:?}");
                // A stratum of which one side says nothing is left out, and changes nothing of the others.
                let whole = [(share(6, 9), share(2, 8)), (share(3, 9), share(1, 8))];
                let with = [whole[0], (a, b), whole[1]];
                assert_eq!(mantel_haenszel(&with), mantel_haenszel(&whole));
                assert_eq!(standardised(&with), standardised(&whole));
            }
        }
        assert_eq!(share(0, 0).value(), None);
        assert_eq!(share(1, 4).value(), Some(0.25));
    }

    #[test]
    fn an_odds_ratio_of_nought_or_without_end_is_none() {
        // Of the first group all were found, or of the second: one of the two sums is nought.
        assert_eq!(mantel_haenszel(&[(share(5, 5), share(2, 5))]), None);
        assert_eq!(mantel_haenszel(&[(share(2, 5), share(5, 5))]), None);
        assert!(mantel_haenszel(&[(share(4, 5), share(2, 5))]).is_some());
    }

    #[test]
    fn the_rule_of_three_is_the_exact_limit_of_many_cases() {
        // 1 - 0.05^(1/n), of which 3/n is the first term, rounded up.
        for cases in [60.0, 500.0] {
            let exact = 1.0 - 0.05f64.powf(1.0 / cases);
            let rule = rule_of_three(cases);
            assert!(exact < rule && rule < 1.03 * exact, "{cases}: {rule} {exact}");
        }
    }

    #[test]
    fn newcombes_published_example_is_reproduced() {
        // Newcombe 1998, table II, (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339.
        let interval = newcombe(share(56, 70), share(48, 80)).unwrap();
        near(interval.low, 0.0524, 5e-5);
        near(interval.high, 0.3339, 5e-5);
    }

    #[test]
    fn equality_of_yolox_on_citypersons_is_as_published() {
        near(
            equality(share(1614, 2357), share(1288, 1822)).unwrap(),
            0.123_271_481_377_084_03,
            1e-13,
        );
        assert!(
            equality(share(5, 5), share(9, 9)).is_none(),
            "nothing to tell apart"
        );
    }

    #[test]
    fn mcnemar_by_hand() {
        // 1 against 5 of 6: 2 * (1 + 6) / 64 = 0.21875; 0 against 0: nothing speaks for a difference.
        near(mcnemar(1, 5), 0.21875, 1e-13);
        near(mcnemar(0, 0), 1.0, 0.0);
        near(mcnemar(4, 4), 1.0, 1e-13);
    }

    #[test]
    fn a_gap_that_is_a_gap_in_size_goes_away_within_strata() {
        // Small faces are found in 20 %, large in 80 %, in both groups; one group has more small faces.
        let strata = [(share(40, 200), share(10, 50)), (share(40, 50), share(160, 200))];
        let crude = equality(share(80, 250), share(170, 250)).unwrap();
        assert!(crude < 1e-10, "the crude gap is glaring: {crude}");
        let within = mantel_haenszel(&strata).unwrap();
        near(within.odds_ratio, 1.0, 1e-12);
        near(within.p, 1.0, 1e-9);
        assert!(within.low < 1.0 && within.high > 1.0);
    }

    #[test]
    fn cases_needed_by_hand() {
        // p 0.6, q 0.5: mean 0.55; (1.95996 * sqrt(0.495) + 0.84162 * sqrt(0.49))^2 / 0.01 = 387.3, so 388.
        assert_eq!(cases_needed(0.6, 0.5), Some(388));
        assert_eq!(cases_needed(0.5, 0.5), None);
    }

    #[test]
    fn the_variance_of_mantel_and_haenszel_is_that_of_the_hypergeometric_distribution() {
        // One stratum of ten: 4 of 5 against 1 of 5. Of all ways to place five hits, the first group's count has the variance
        // 5 * 5 * 5 * 5 / (10 * 10 * 9); its excess over the mean is 1.5. Pairs of strata, one after the other, add up.
        let one = (share(4, 5), share(1, 5));
        let z = 1.5 / (625.0f64 / 900.0).sqrt();
        near(mantel_haenszel(&[one]).unwrap().p, two_sided(z), 1e-14);
        near(
            mantel_haenszel(&[one, one]).unwrap().p,
            two_sided(2.0 * 1.5 / (2.0 * 625.0f64 / 900.0).sqrt()),
            1e-14,
        );
    }

    #[test]
    fn a_stratum_in_which_everybody_was_found_is_not_certain() {
        // Agresti and Caffo: 10 of 10 counts as 11 of 12, 8 of 8 as 9 of 10.
        let found = standardised(&[(share(10, 10), share(8, 8))]).unwrap();
        let variance = 11.0 / 12.0 * (1.0 / 12.0) / 12.0 + 0.9 * 0.1 / 10.0;
        let reach: f64 = Z * f64::sqrt(variance);
        near(found.one - found.other, 0.0, 1e-15);
        near(found.interval.low, -reach, 1e-14);
        near(found.interval.high, reach, 1e-14);
    }

    #[test]
    fn strata_weigh_as_many_as_both_groups_have_in_them() {
        // 30 and 10 cases in the strata: weights 3/4 and 1/4.
        let found = standardised(&[(share(5, 20), share(5, 10)), (share(2, 5), share(4, 5))]).unwrap();
        near(found.one, 0.75 * 0.25 + 0.25 * 0.4, 1e-15);
        near(found.other, 0.75 * 0.5 + 0.25 * 0.8, 1e-15);
        let spread = |hits: f64, cases: f64| {
            let p = (hits + 1.0) / (cases + 2.0);
            p * (1.0 - p) / (cases + 2.0)
        };
        let variance =
            0.5625 * (spread(5.0, 20.0) + spread(5.0, 10.0)) + 0.0625 * (spread(2.0, 5.0) + spread(4.0, 5.0));
        near(
            found.interval.high - found.interval.low,
            2.0 * Z * variance.sqrt(),
            1e-14,
        );
    }

    /// The probability that an interval holds the true share, summed exactly over all outcomes.
    fn coverage(cases: u64, truth: f64, limits: impl Fn(Share) -> (f64, f64)) -> f64 {
        let mut covered = 0.0;
        for hits in 0..=cases {
            let (n, k) = (cases as f64, hits as f64);
            let ln = ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0)
                + k * truth.ln()
                + (n - k) * (-truth).ln_1p();
            let (low, high) = limits(share(hits, cases));
            if low <= truth && truth <= high {
                covered += ln.exp();
            }
        }
        covered
    }

    #[test]
    fn the_exact_interval_holds_the_truth_at_least_as_often_as_it_says_and_wilsons_on_average() {
        let (mut wilsons, mut n) = (0.0, 0.0);
        for cases in [11, 30, 100] {
            let exact: Vec<(f64, f64)> = (0..=cases)
                .map(|hits| share_limits(hits as f64, cases as f64, 0.025))
                .collect();
            for percent in 1..100 {
                let truth = f64::from(percent) / 100.0;
                let exact = coverage(cases, truth, |share| exact[share.hits as usize]);
                assert!(exact >= 0.95, "{cases} cases at {truth}: {exact}");
                wilsons += coverage(cases, truth, |share| {
                    let found = wilson(share.hits as f64, share.cases as f64).unwrap();
                    (found.low, found.high)
                });
                n += 1.0;
            }
        }
        let mean = wilsons / n;
        assert!((0.945..0.965).contains(&mean), "{mean}");
    }

    #[test]
    fn newcombes_interval_holds_a_difference_in_about_95_of_100() {
        // Exactly, over all pairs of outcomes of 40 and 60 cases.
        for (p, q) in [(0.5, 0.5), (0.9, 0.7), (0.2, 0.6)] {
            let chance = |cases: u64, hits: u64, truth: f64| {
                let (n, k) = (cases as f64, hits as f64);
                (ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0)
                    + k * truth.ln()
                    + (n - k) * (-truth).ln_1p())
                .exp()
            };
            let mut covered = 0.0;
            for a in 0..=40 {
                for b in 0..=60 {
                    let interval = newcombe(share(a, 40), share(b, 60)).unwrap();
                    if interval.low <= p - q && p - q <= interval.high {
                        covered += chance(40, a, p) * chance(60, b, q);
                    }
                }
            }
            assert!((0.935..0.975).contains(&covered), "{p} against {q}: {covered}");
        }
    }
}
