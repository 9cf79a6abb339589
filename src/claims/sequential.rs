//! Tests that may be looked at at any time and stopped at will. In: counts so far. Out: a p-value that keeps its error
//! however often it is looked at.
//!
//! A mixture of likelihood ratios (Robbins 1970): every value beyond the claimed one is weighed evenly (shares) or by an
//! exponential weight (rates), and the weighted ratio to the claimed value is a non-negative supermartingale wherever
//! the opposite is true. By Ville's inequality it ever exceeds 1/e in at most e of cases; so its inverse is a p-value at
//! every look. What it costs against one planned look is told by `claims plan`.
//! Deliberately not here: recordings whose events resemble each other, and estimates of the record. For them no such
//! test is made, and repeated looks give no verdict.

use super::evidence::Evidence;
use vsa_statistics::chance::{beta_below, gamma_below, ln_gamma};

/// Against "the truth is at most `value`", at any look.
#[must_use]
pub fn against_at_most(evidence: &Evidence, value: f64) -> f64 {
    match evidence {
        Evidence::Share { hits, n } => inverse(share_above(*hits as f64, *n as f64, value)),
        Evidence::Rate { events, hours } => inverse(rate_above(*events as f64, *hours, value)),
        _ => 1.0,
    }
}

/// Against "the truth is at least `value`", at any look.
#[must_use]
pub fn against_at_least(evidence: &Evidence, value: f64) -> f64 {
    match evidence {
        // A share below p is a share of the others above 1 - p.
        Evidence::Share { hits, n } => inverse(share_above((*n - *hits) as f64, *n as f64, 1.0 - value)),
        Evidence::Rate { events, hours } => inverse(rate_below(*events as f64, *hours, value)),
        _ => 1.0,
    }
}

/// The limits that hold at every look: the ends of all values that the tests do not exclude. None: no such test.
#[must_use]
pub fn limits(evidence: &Evidence, error: f64) -> Option<(f64, f64)> {
    let (value, most) = match evidence {
        // Of nothing counted there is no value, and so no limit.
        Evidence::Share { .. } => (evidence.value()?, 1.0),
        Evidence::Rate { hours, events } => {
            let value = evidence.value()?;
            (value, (*events as f64 * 4.0 + 100.0 - 10.0 * error.ln()) / hours)
        }
        _ => return None,
    };
    // From the value outwards, by halving, each side for itself.
    let end = |mut inside: f64, mut outside: f64, excluded: &dyn Fn(f64) -> bool| {
        if !excluded(outside) {
            return outside;
        }
        for _ in 0..100 {
            let middle = f64::midpoint(inside, outside);
            if excluded(middle) {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        outside
    };
    let low = end(value, 0.0, &|at| against_at_most(evidence, at) <= error);
    let high = end(value, most, &|at| against_at_least(evidence, at) <= error);
    Some((low, high))
}

fn inverse(log_ratio: f64) -> f64 {
    (-log_ratio).exp().min(1.0)
}

/// ln of the mixture over shares in (p, 1) against p:
/// B(h+1, n-h+1) (1 - I_p(h+1, n-h+1)) / ((1-p) p^h (1-p)^(n-h)).
fn share_above(hits: f64, n: f64, p: f64) -> f64 {
    if p >= 1.0 {
        return f64::NEG_INFINITY;
    }
    if p <= 0.0 {
        return if hits > 0.0 {
            f64::INFINITY
        } else {
            f64::NEG_INFINITY
        };
    }
    let (a, b) = (hits + 1.0, n - hits + 1.0);
    let beta = ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    let above = 1.0 - beta_below(p, a, b);
    beta + above.ln() - (1.0 + n - hits) * (-p).ln_1p() - hits * p.ln()
}

/// ln of the mixture over rates above `rate`, weighed by an exponential of mean `rate`, against `rate`.
fn rate_above(events: f64, hours: f64, rate: f64) -> f64 {
    if rate <= 0.0 {
        return if events > 0.0 {
            f64::INFINITY
        } else {
            f64::NEG_INFINITY
        };
    }
    let expected = rate * hours;
    let (shape, scale) = (events + 1.0, expected + 1.0);
    let above = 1.0 - gamma_below(scale, shape);
    // The weight above the rate is 1/e in all: divided by.
    mixture(events, expected) + above.ln() + 1.0
}

/// The same over rates below `rate`.
fn rate_below(events: f64, hours: f64, rate: f64) -> f64 {
    if rate <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let expected = rate * hours;
    let below = gamma_below(expected + 1.0, events + 1.0);
    mixture(events, expected) + below.ln() - (1.0 - (-1.0f64).exp()).ln()
}

/// ln of Γ(k+1) / (x+1)^(k+1) against e^-x, for k events where x were expected.
fn mixture(events: f64, expected: f64) -> f64 {
    ln_gamma(events + 1.0) - (events + 1.0) * expected.ln_1p() + expected
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The integral by Simpson's rule: an independent way to the same mixture.
    fn simpson(f: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
        let steps = 20_000;
        let h = (high - low) / f64::from(steps);
        let sum: f64 = (1..steps)
            .map(|i| f(low + f64::from(i) * h) * if i % 2 == 1 { 4.0 } else { 2.0 })
            .sum();
        (f(low) + sum + f(high)) * h / 3.0
    }

    #[test]
    fn the_mixtures_are_the_integrals_that_they_stand_for() {
        let (hits, n, p) = (18i32, 20i32, 0.7f64);
        let ratio = |q: f64| (q / p).powi(hits) * ((1.0 - q) / (1.0 - p)).powi(n - hits);
        let expected = simpson(ratio, p, 1.0) / (1.0 - p);
        let found = share_above(f64::from(hits), f64::from(n), p).exp();
        assert!((found / expected - 1.0).abs() < 1e-8, "{found} {expected}");

        let (events, hours, rate) = (9i32, 10.0f64, 0.5f64);
        let ratio = |q: f64| (q / rate).powi(events) * (-(q - rate) * hours).exp() * (-q / rate).exp() / rate;
        let above = simpson(ratio, rate, 30.0) / (-1.0f64).exp();
        let below = simpson(ratio, 0.0, rate) / (1.0 - (-1.0f64).exp());
        let found = rate_above(f64::from(events), hours, rate).exp();
        assert!((found / above - 1.0).abs() < 1e-6, "{found} {above}");
        let found = rate_below(f64::from(events), hours, rate).exp();
        assert!((found / below - 1.0).abs() < 1e-6, "{found} {below}");
    }

    #[test]
    fn the_limits_are_where_the_mixture_reaches_the_error() {
        // Where 1 / mixture = .05, found by scipy.optimize.brentq on the mixtures of scipy.special.
        let limits_are = |evidence: Evidence, low: f64, high: f64| {
            let found = limits(&evidence, 0.05).expect("there is something");
            assert!(
                (found.0 - low).abs() < 1e-9 && (found.1 - high).abs() < 1e-9,
                "{evidence:?}: {found:?} instead of {low} to {high}"
            );
        };
        let rate = |events, hours| Evidence::Rate { events, hours };
        limits_are(
            Evidence::Share { hits: 18, n: 20 },
            0.630_333_262_138_502,
            0.996_334_476_484_835_4,
        );
        limits_are(rate(9, 10.0), 0.295_740_677_825_102_4, 2.034_622_629_390_465);
        limits_are(rate(0, 10.0), 0.0, 0.418_923_535_933_933_3);
        limits_are(rate(40, 8.0), 3.069_950_471_633_355_4, 7.780_715_451_616_159);
        // In an eightieth of the time, eighty times as much.
        limits_are(
            rate(40, 0.1),
            80.0 * 3.069_950_471_633_355_4,
            80.0 * 7.780_715_451_616_159,
        );
        limits_are(rate(10_000, 100.0), 96.388_510_841_298_63, 103.849_392_847_667_1);
    }

    #[test]
    fn the_upper_limit_is_found_however_small_the_error() {
        // mpmath: x - ln(x + 1) + ln(1 - e^-(x + 1)) - ln(1 - 1/e) = 100 ln(10) at x = 235.264787310221853.
        let quiet = Evidence::Rate {
            events: 0,
            hours: 10.0,
        };
        let (low, high) = limits(&quiet, 1e-100).expect("there is something");
        assert!(
            low == 0.0 && (high - 23.526_478_731_022_185).abs() < 1e-9,
            "{high}"
        );
    }

    #[test]
    fn nothing_counted_and_other_evidence_have_no_limits() {
        for evidence in [
            Evidence::Share { hits: 0, n: 0 },
            Evidence::Rate {
                events: 0,
                hours: 0.0,
            },
            Evidence::ClusteredShare {
                clusters: vec![(9, 10); 20],
            },
        ] {
            assert_eq!(limits(&evidence, 0.05), None, "{evidence:?}");
        }
    }

    #[test]
    fn nothing_seen_speaks_for_nothing() {
        for value in [0.1, 0.9] {
            let none = Evidence::Share { hits: 0, n: 0 };
            assert!((against_at_most(&none, value) - 1.0).abs() < 1e-9);
            assert!((against_at_least(&none, value) - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn repeated_looks_need_more_than_one_planned_look() {
        let evidence = Evidence::Share { hits: 97, n: 100 };
        assert!(against_at_most(&evidence, 0.9) > evidence.against_at_most(0.9));
        let evidence = Evidence::Rate {
            events: 0,
            hours: 100.0,
        };
        assert!(against_at_least(&evidence, 0.1) > evidence.against_at_least(0.1));
        assert!(against_at_least(&evidence, 0.1) < 0.01);
    }

    #[test]
    fn one_miss_refutes_all_and_one_alarm_refutes_none() {
        assert!(against_at_least(&Evidence::Share { hits: 9, n: 10 }, 1.0) <= 0.0);
        let alarm = Evidence::Rate {
            events: 1,
            hours: 10.0,
        };
        assert!(against_at_most(&alarm, 0.0) <= 0.0);
        let miss = Evidence::Share { hits: 1, n: 10 };
        assert!(against_at_most(&miss, 0.0) <= 0.0);
    }

    #[test]
    fn what_agrees_with_all_or_with_none_speaks_against_neither() {
        let share = |hits| Evidence::Share { hits, n: 10 };
        let rate = |events| Evidence::Rate { events, hours: 10.0 };
        for (case, found) in [
            ("all of ten against all", against_at_least(&share(10), 1.0)),
            ("none of ten against none", against_at_most(&share(0), 0.0)),
            ("nothing is above all", against_at_most(&share(10), 1.0)),
            ("nothing is below none", against_at_least(&rate(5), 0.0)),
            ("no alarm against none", against_at_most(&rate(0), 0.0)),
        ] {
            assert!(found == 1.0, "{case}: {found}");
        }
    }
}
