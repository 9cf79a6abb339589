//! The distributions behind every decision. In: counts and an error. Out: exact one-sided limits and p-values for
//! shares (Clopper and Pearson 1934) and for rates (Garwood 1936), and tails and quantiles of the normal and Student's
//! distributions at any level.
//! Deliberately not here: 95 % intervals (`interval`, `proportion`), which are drawn from these.

/// ln Γ(x) for x > 0, by Lanczos' approximation (g = 7, nine terms): right to about 1e-14.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
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
    let t = x + 7.5;
    let sum = TERMS[1..]
        .iter()
        .zip(1u32..)
        .fold(TERMS[0], |sum, (term, i)| sum + term / (x + f64::from(i)));
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// The regularised incomplete beta function I_x(a, b), for a, b > 0: P(X <= x) of a Beta(a, b) variable. By the
/// continued fraction of Abramowitz and Stegun 26.5.8, evaluated after Lentz.
#[must_use]
pub fn beta_below(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp();
    // The fraction converges quickly on this side of the mean; on the other, the complement does.
    if x < (a + 1.0) / (a + b + 2.0) {
        (front * fraction(x, a, b) / a).clamp(0.0, 1.0)
    } else {
        (1.0 - front * fraction(1.0 - x, b, a) / b).clamp(0.0, 1.0)
    }
}

fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut result = d;
    // Needs about the root of the larger parameter: this is enough for samples of 10^10.
    for m in 1..200_000u32 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        result *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let step = d * c;
        result *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    result
}

/// The regularised lower incomplete gamma function P(a, x), for a > 0 and x >= 0: by its series below a + 1, by its
/// continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31).
#[must_use]
pub fn gamma_below(x: f64, a: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let mut term = 1.0 / a;
        let mut sum = term;
        let mut n = a;
        while term > sum * 1e-17 {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        return (front * sum).clamp(0.0, 1.0);
    }
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut result = d;
    for i in 1..200_000u32 {
        let i = f64::from(i);
        let an = -i * (i - a);
        b += 2.0;
        let next = an * d + b;
        d = 1.0 / if next.abs() < 1e-300 { 1e-300 } else { next };
        let next = b + an / c;
        c = if next.abs() < 1e-300 { 1e-300 } else { next };
        let step = d * c;
        result *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    (1.0 - front * result).clamp(0.0, 1.0)
}

/// P(X >= hits) of a binomial variable; `hits` and `n` need not be whole (effective sizes of clustered samples).
#[must_use]
pub fn binomial_at_least(hits: f64, n: f64, p: f64) -> f64 {
    if hits <= 0.0 {
        1.0
    } else {
        beta_below(p, hits, n - hits + 1.0)
    }
}

/// P(X <= hits) of a binomial variable.
#[must_use]
pub fn binomial_at_most(hits: f64, n: f64, p: f64) -> f64 {
    if hits >= n {
        1.0
    } else {
        1.0 - beta_below(p, hits + 1.0, n - hits)
    }
}

/// P(X >= events) of a Poisson variable.
#[must_use]
pub fn poisson_at_least(events: f64, mean: f64) -> f64 {
    if events <= 0.0 {
        1.0
    } else {
        gamma_below(mean, events)
    }
}

/// P(X <= events) of a Poisson variable.
#[must_use]
pub fn poisson_at_most(events: f64, mean: f64) -> f64 {
    1.0 - gamma_below(mean, events + 1.0)
}

/// Clopper and Pearson's limits of a share: below the lower, and above the upper, lies the true share in at most `error`
/// of repetitions, each.
#[must_use]
pub fn share_limits(hits: f64, n: f64, error: f64) -> (f64, f64) {
    let low = if hits <= 0.0 {
        0.0
    } else {
        root(0.0, 1.0, |p| binomial_at_least(hits, n, p) >= error)
    };
    let high = if hits >= n {
        1.0
    } else {
        root(0.0, 1.0, |p| binomial_at_most(hits, n, p) <= error)
    };
    (low, high)
}

/// Garwood's limits of an expected number of events, at `error` on each side.
#[must_use]
pub fn count_limits(events: f64, error: f64) -> (f64, f64) {
    let most = 2.0 * events + 20.0 - 4.0 * error.ln();
    let low = if events <= 0.0 {
        0.0
    } else {
        root(0.0, most, |mean| poisson_at_least(events, mean) >= error)
    };
    (
        low,
        root(0.0, most, |mean| poisson_at_most(events, mean) <= error),
    )
}

/// Where a condition that stays true once it is first becomes true.
fn root(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    // Sixty halvings leave nothing that a double could tell apart, but for roots very near to nought.
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// The point above which Student's variable lies in `error` of cases, for `error` below one half.
#[must_use]
pub fn student_point(error: f64, freedom: f64) -> f64 {
    let beyond = |t: f64| 0.5 * beta_below(freedom / (freedom + t * t), freedom / 2.0, 0.5) <= error;
    let mut most = 4.0;
    while !beyond(most) && most < 1e12 {
        most *= 4.0;
    }
    root(0.0, most, beyond)
}

/// The point above which a standard normal variable lies in `error` of cases, for `error` below one half.
#[must_use]
pub fn normal_point(error: f64) -> f64 {
    root(0.0, 40.0, |z| normal_above(z) <= error)
}

/// P(Z > z) for z >= 0.
#[must_use]
pub fn normal_above(z: f64) -> f64 {
    0.5 * two_sided(z)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
    }

    #[test]
    fn gamma_is_the_factorial() {
        near(ln_gamma(5.0), 24f64.ln(), 1e-13);
        near(ln_gamma(0.5), std::f64::consts::PI.sqrt().ln(), 1e-13);
        near(ln_gamma(171.0), (1..=170).map(|k| f64::from(k).ln()).sum(), 1e-10);
    }

    #[test]
    fn tails_are_the_sums_of_their_terms() {
        // Each term from the one before it: an independent way to the same tails.
        for (n, p) in [(20u32, 0.3f64), (59, 0.95), (200, 0.01)] {
            let mut term = (1.0 - p).powi(n as i32);
            let mut below = 0.0;
            for k in 0..=n {
                near(
                    binomial_at_least(f64::from(k), f64::from(n), p),
                    1.0 - below,
                    1e-12,
                );
                below += term;
                near(
                    binomial_at_most(f64::from(k), f64::from(n), p),
                    below.min(1.0),
                    1e-12,
                );
                term *= f64::from(n - k) / f64::from(k + 1) * p / (1.0 - p);
            }
        }
        for mean in [0.1f64, 3.0, 40.0] {
            let mut term = (-mean).exp();
            let mut below = 0.0;
            for k in 0..120u32 {
                near(poisson_at_least(f64::from(k), mean), 1.0 - below, 1e-12);
                below += term;
                near(poisson_at_most(f64::from(k), mean), below.min(1.0), 1e-12);
                term *= mean / f64::from(k + 1);
            }
        }
    }

    #[test]
    fn limits_are_those_of_the_published_tables() {
        // Clopper and Pearson: 0 of 10 at 2.5 % leaves 30.85 %; 5 of 10: 18.71 % to 81.29 %.
        let (low, high) = share_limits(0.0, 10.0, 0.025);
        near(low, 0.0, 0.0);
        near(high, 0.308_5, 5e-5);
        let (low, high) = share_limits(5.0, 10.0, 0.025);
        near(low, 0.187_1, 5e-5);
        near(high, 0.812_9, 5e-5);
        // Garwood, as tabulated by Ulm 1990; and the rule of three: -ln(0.05) = 2.9957.
        let (low, high) = count_limits(10.0, 0.025);
        near(low, 4.795_4, 5e-5);
        near(high, 18.390_4, 5e-5);
        near(count_limits(0.0, 0.05).1, -(0.05f64.ln()), 1e-9);
    }

    #[test]
    fn nothing_of_twenty_leaves_room_by_hand() {
        // 1 - 0.025^(1/20) exactly.
        let (low, high) = share_limits(0.0, 20.0, 0.025);
        near(low, 0.0, 0.0);
        near(high, 1.0 - 0.025f64.powf(0.05), 1e-12);
        near(share_limits(20.0, 20.0, 0.025).0, 0.025f64.powf(0.05), 1e-12);
    }

    /// P(N <= n) of a Poisson variable as the sum of its terms, in logarithms.
    fn poisson_up_to(n: u64, mean: f64) -> f64 {
        let mut log_term = -mean;
        let mut sum = log_term.exp();
        for k in 1..=n {
            log_term += mean.ln() - (k as f64).ln();
            sum += log_term.exp();
        }
        sum.min(1.0)
    }

    #[test]
    fn a_count_at_its_limits_has_the_probability_that_they_promise() {
        for events in [0u64, 1, 7, 250] {
            let (low, high) = count_limits(events as f64, 0.025);
            near(poisson_up_to(events, high), 0.025, 1e-9);
            if events > 0 {
                near(1.0 - poisson_up_to(events - 1, low), 0.025, 1e-9);
            }
        }
    }

    #[test]
    fn the_exact_limits_agree_with_the_intervals_at_95_percent() {
        for events in [0u64, 1, 7, 250] {
            let (low, high) = count_limits(events as f64, 0.025);
            let interval = crate::interval::poisson(events);
            near(low, interval.0, 1e-6);
            near(high, interval.1, 1e-6);
        }
    }

    #[test]
    fn far_tails_keep_their_digits() {
        // scipy.special.erfc(x / sqrt(2))
        near(two_sided(1.0), 0.317_310_507_862_914_1, 1e-15);
        near(two_sided(5.0) / 5.733_031_437_583_89e-7, 1.0, 1e-12);
        near(two_sided(10.0) / 1.523_970_604_832_116_6e-23, 1.0, 1e-12);
    }

    #[test]
    fn points_are_those_of_the_tables() {
        near(normal_point(0.025), 1.959_964, 1e-6);
        near(normal_point(0.05), 1.644_854, 1e-6);
        near(student_point(0.025, 5.0), 2.570_582, 1e-6);
        near(student_point(0.05, 30.0), 1.697_261, 1e-6);
    }

    #[test]
    fn large_samples_keep_their_digits() {
        // The normal approximation with continuity correction is good here.
        let (n, p) = (1e6, 0.5);
        near(
            binomial_at_least(501_000.0, n, p),
            normal_above((500_999.5 - 5e5) / 500.0),
            1e-6,
        );
    }
}
