//! Shares of independent cases, two shares against each other, and how many cases would settle it. In: counts. Out:
//! intervals, p-values, sample sizes, all in closed form. Deliberately not here: cases that depend on each other (boxes of
//! one picture), which are resampled in whole clusters.

use super::estimate::{Interval, IntervalMethod};
use super::interval::{LEVEL, Z, wilson};

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

/// The exact interval of Clopper and Pearson (1934): the shares that a two-sided test at 5 % does not refuse.
#[must_use]
pub fn clopper_pearson(share: Share) -> Option<Interval> {
    if !share.is_sound() {
        return None;
    }
    let (hits, cases) = (share.hits as f64, share.cases as f64);
    let tail = (1.0 - LEVEL) / 2.0;
    let low = if share.hits == 0 {
        0.0
    } else {
        beta_quantile(tail, hits, cases - hits + 1.0)
    };
    let high = if share.hits == share.cases {
        1.0
    } else {
        beta_quantile(1.0 - tail, hits + 1.0, cases - hits)
    };
    Some(interval(low, high, IntervalMethod::ClopperPearson))
}

/// For something that did not happen in `cases` independent cases: at most 3 by the cases (Hanley and Lippman-Hand 1983).
#[must_use]
pub fn rule_of_three(cases: u64) -> Option<Interval> {
    (cases > 0).then(|| interval(0.0, (3.0 / cases as f64).min(1.0), IntervalMethod::RuleOfThree))
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
    Some(interval(low.max(-1.0), high.min(1.0), IntervalMethod::Newcombe))
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
        IntervalMethod::LogRatio,
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

/// Holm's step-down adjustment (1979): in the order given.
#[must_use]
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]).then(a.cmp(b)));
    let mut adjusted = vec![0.0; p_values.len()];
    let mut so_far = 0.0f64;
    for (rank, at) in order.into_iter().enumerate() {
        let times = (p_values.len() - rank) as f64;
        so_far = so_far.max((times * p_values[at]).min(1.0));
        adjusted[at] = so_far;
    }
    adjusted
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
        if n > 1.0 {
            variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1.0));
        }
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
        IntervalMethod::Standardised,
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

fn interval(low: f64, high: f64, method: IntervalMethod) -> Interval {
    Interval {
        low,
        high,
        level: LEVEL,
        method,
        block: None,
    }
}

/// Probability that a standard normal variable lies farther out than `z`, on either side. Right to 1e-14.
#[must_use]
pub fn two_sided(z: f64) -> f64 {
    complementary_error(z.abs() / std::f64::consts::SQRT_2)
}

/// `erfc(x)` for `x >= 0`: the series of `erf` near 0 (Abramowitz and Stegun 7.1.6), the continued fraction beyond (7.1.14).
fn complementary_error(x: f64) -> f64 {
    let root_pi = std::f64::consts::PI.sqrt();
    if x < 2.5 {
        let (mut term, mut sum, mut n) = (x, x, 0.0);
        while term > sum * 1e-17 {
            n += 1.0;
            term *= 2.0 * x * x / (2.0 * n + 1.0);
            sum += term;
        }
        return 1.0 - 2.0 / root_pi * (-x * x).exp() * sum;
    }
    // From the inside outwards; 200 steps are far more than 2.5 needs.
    let fraction = (1..=200).rev().fold(x, |below, k| x + f64::from(k) / 2.0 / below);
    (-x * x).exp() / root_pi / fraction
}

/// `ln Γ(x)` for `x > 0` (Lanczos, g = 7, nine terms), right to 1e-14.
fn ln_gamma(x: f64) -> f64 {
    const TERMS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let sum = TERMS
        .iter()
        .enumerate()
        .skip(1)
        .fold(TERMS[0], |sum, (at, term)| sum + term / (x + at as f64));
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// The regularised incomplete beta function (Numerical Recipes, `betai`, with Lentz's continued fraction).
fn beta_below(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(x, a, b) / a
    } else {
        1.0 - front * beta_fraction(1.0 - x, b, a) / b
    }
}

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..100_000 {
        let m = f64::from(step);
        for numerator in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = 1.0 / away(1.0 + numerator * d);
            c = away(1.0 + numerator / c);
            fraction *= d * c;
        }
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    fraction
}

/// Where the beta distribution has `tail` below it, by halving.
fn beta_quantile(tail: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if beta_below(middle, a, b) < tail {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn share(hits: u64, cases: u64) -> Share {
        Share { hits, cases }
    }

    fn near(got: f64, wanted: f64, tolerance: f64) {
        assert!((got - wanted).abs() <= tolerance, "{got} instead of {wanted}");
    }

    #[test]
    fn the_exact_interval_is_that_of_scipy() {
        // scipy.stats.binomtest(7, 20).proportion_ci(method="exact") and (300 of 1000).
        let interval = clopper_pearson(share(7, 20)).unwrap();
        near(interval.low, 0.153_909_204_784_541_2, 1e-12);
        near(interval.high, 0.592_188_534_532_832_8, 1e-12);
        let interval = clopper_pearson(share(300, 1000)).unwrap();
        near(interval.low, 0.271_721_112_129_148_73, 1e-12);
        near(interval.high, 0.329_461_678_697_365_03, 1e-12);
    }

    #[test]
    fn nothing_of_twenty_leaves_room_by_hand() {
        // 1 - 0.025^(1/20) exactly; by the rule of three 3/20.
        let interval = clopper_pearson(share(0, 20)).unwrap();
        near(interval.low, 0.0, 0.0);
        near(interval.high, 1.0 - 0.025f64.powf(0.05), 1e-12);
        near(rule_of_three(20).unwrap().high, 0.15, 1e-15);
        assert!(rule_of_three(0).is_none() && clopper_pearson(share(0, 0)).is_none());
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
    fn far_tails_keep_their_digits() {
        // scipy.special.erfc(x / sqrt(2))
        near(two_sided(1.0), 0.317_310_507_862_914_1, 1e-15);
        near(two_sided(5.0) / 5.733_031_437_583_89e-7, 1.0, 1e-12);
        near(two_sided(10.0) / 1.523_970_604_832_116_6e-23, 1.0, 1e-12);
    }

    #[test]
    fn holm_by_hand() {
        // Sorted 0.01, 0.02, 0.03, 0.04: times 4, 3, 2, 1 and never falling: 0.04, 0.06, 0.06, 0.06.
        let got = holm(&[0.03, 0.01, 0.04, 0.02]);
        for (got, wanted) in got.into_iter().zip([0.06, 0.04, 0.06, 0.06]) {
            near(got, wanted, 1e-15);
        }
        assert_eq!(holm(&[0.9, 0.8]), [1.0, 1.0]);
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

    /// The probability that an interval holds the true share, summed exactly over all outcomes.
    fn coverage(cases: u64, truth: f64, interval: impl Fn(Share) -> Interval) -> f64 {
        let mut covered = 0.0;
        for hits in 0..=cases {
            let (n, k) = (cases as f64, hits as f64);
            let ln = ln_gamma(n + 1.0) - ln_gamma(k + 1.0) - ln_gamma(n - k + 1.0)
                + k * truth.ln()
                + (n - k) * (-truth).ln_1p();
            let found = interval(share(hits, cases));
            if found.low <= truth && truth <= found.high {
                covered += ln.exp();
            }
        }
        covered
    }

    #[test]
    fn the_exact_interval_holds_the_truth_at_least_as_often_as_it_says_and_wilsons_on_average() {
        let (mut wilsons, mut n) = (0.0, 0.0);
        for cases in [11, 30, 100] {
            for percent in 1..100 {
                let truth = f64::from(percent) / 100.0;
                let exact = coverage(cases, truth, |share| clopper_pearson(share).unwrap());
                assert!(exact >= 0.95, "{cases} cases at {truth}: {exact}");
                wilsons += coverage(cases, truth, |share| {
                    wilson(share.hits as f64, share.cases as f64).unwrap()
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
