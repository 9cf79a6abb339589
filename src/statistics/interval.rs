//! Intervals that need no resampling, and the type of all. In: counts. Out: [`Interval`]s, or `None` where the sample is too
//! small. Deliberately not here: the bootstraps ([`resample`](crate::resample)), which need the observations themselves.

use crate::chance::count_limits;

/// An interval that would hold the value in [`LEVEL`] of repetitions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// How it was made.
    pub method: Method,
}

/// How an interval was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Score interval for a share (Wilson 1927).
    Wilson,
    /// Circular block bootstrap over time (Politis and Romano 1992), expanded percentiles (Hesterberg 2015).
    CircularBlocks {
        /// Frames in one block.
        frames: u64,
    },
    /// Bootstrap over whole clusters (Efron 1979), expanded percentiles (Hesterberg 2015).
    Clusters,
    /// Greenwood's variance on the log(-log) scale, for a survival share (Kalbfleisch and Prentice 1980).
    GreenwoodLogLog,
    /// Difference of two shares from their Wilson intervals (Newcombe 1998, method 10).
    Newcombe,
    /// Difference of two directly standardised shares, each stratum's variance after Agresti and Caffo 2000.
    Standardised,
    /// Ratio of two shares on the logarithmic scale (Katz et al. 1978).
    LogRatio,
}

/// The confidence level of every interval.
pub const LEVEL: f64 = 0.95;

/// The 97.5 % point of the standard normal distribution.
pub const Z: f64 = 1.959_963_984_540_054;

/// Wilson's score interval for `hits` of `n` (Wilson 1927; Brown, Cai and DasGupta 2001 recommend it for small n).
/// `n` need not be whole: dependent observations are worth fewer than they are many.
#[must_use]
pub fn wilson(hits: f64, n: f64) -> Option<Interval> {
    if n <= 0.0 || !(0.0..=n).contains(&hits) {
        return None;
    }
    let share = hits / n;
    let z2 = Z * Z;
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    // At 0 and n the ends are exactly 0 and 1; rounding must not push them past the value.
    let low = if hits <= 0.0 {
        0.0
    } else {
        (centre - half).max(0.0)
    };
    let high = if hits >= n { 1.0 } else { (centre + half).min(1.0) };
    Some(Interval {
        low,
        high,
        method: Method::Wilson,
    })
}

/// How many observations [`wilson`] was given for a share around which it found these ends: they are the roots of an equation
/// that holds the number. None: these are no such ends.
#[must_use]
pub fn wilson_observations(share: f64, low: f64, high: f64) -> Option<f64> {
    // The product of the roots tells most about the number where the share is large.
    let (share, ends) = if share < 0.5 {
        (1.0 - share, (1.0 - high) * (1.0 - low))
    } else {
        (share, low * high)
    };
    let n = Z.powi(2) / (share.powi(2) / ends - 1.0);
    (n > 0.0 && n.is_finite()).then_some(n)
}

/// The exact 95 % interval for the expected number of events, where `events` were counted (Garwood 1936): at its lower
/// end a count as large as this, and at its upper end a count as small, has a probability of 2.5 %. With no event the
/// upper end is 3.69; the "rule of three" is its one-sided sibling.
#[must_use]
pub fn poisson(events: u64) -> (f64, f64) {
    count_limits(events as f64, (1.0 - LEVEL) / 2.0)
}

/// Ranks (from 1) of the order statistics between which the `at` quantile of the population lies with at least 95 %
/// probability, whatever its distribution (David and Nagaraja, *Order Statistics*, 7.1). None: `n` is too small.
#[must_use]
pub fn order_statistic_ranks(n: u64, at: f64) -> Option<(u64, u64)> {
    if n == 0 || !(at > 0.0 && at < 1.0) {
        return None;
    }
    let tail = (1.0 - LEVEL) / 2.0;
    // cumulative[k] = P(B <= k) of the binomial B(n, at), built up in logarithms so that no term underflows early.
    let odds = at.ln() - (-at).ln_1p();
    let mut log_term = n as f64 * (-at).ln_1p();
    let mut cumulative = 0.0;
    let (mut low, mut high) = (None, None);
    for k in 0..n {
        cumulative += log_term.exp();
        // Below rank k+1 with at most `tail`: P(x_(k+1) > quantile) = P(B <= k).
        if cumulative <= tail {
            low = Some(k + 1);
        }
        if cumulative >= 1.0 - tail {
            high = Some(k + 1);
            break;
        }
        log_term += ((n - k) as f64).ln() - ((k + 1) as f64).ln() + odds;
    }
    Some((low?, high?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_observations_of_wilsons_interval_can_be_told_from_its_ends() {
        for observations in [1.0, 4.0, 4.5, 20.0, 1000.0] {
            for share in [0.0, 0.001, 0.3, 0.5, 0.9, 1.0] {
                let Interval { low, high, .. } = wilson(share * observations, observations).unwrap();
                let told = wilson_observations(share, low, high).unwrap();
                assert!(
                    (told - observations).abs() < 1e-9 * observations,
                    "{share} of {observations}: {told}"
                );
            }
        }
        assert_eq!(
            wilson_observations(0.5, 0.5, 0.5),
            None,
            "a complete count has no such ends"
        );
    }

    #[test]
    fn nobody_and_ends_of_the_distribution_have_no_ranks() {
        for (n, at) in [(0, 0.5), (1000, 0.0), (1000, 1.0), (1000, f64::NAN)] {
            assert_eq!(order_statistic_ranks(n, at), None, "{n}, {at}");
        }
    }

    #[test]
    fn wilson_for_half_of_ten_is_what_the_formula_gives_by_hand() {
        // z^2 = 3.8415; centre 0.5; half = 1.96/(1.38415) * sqrt(0.025 + 3.8415/400) = 1.41600 * 0.186023 = 0.263406
        let interval = wilson(5.0, 10.0).unwrap();
        assert!((interval.low - 0.236_593).abs() < 1e-5, "{}", interval.low);
        assert!((interval.high - 0.763_407).abs() < 1e-5, "{}", interval.high);
    }

    #[test]
    fn the_poisson_interval_is_that_of_the_published_tables() {
        // Garwood 1936, as tabulated by Ulm 1990 (chi-square quantiles halved).
        for (events, low, high) in [
            (0, 0.0, 3.688_9),
            (1, 0.025_3, 5.571_6),
            (2, 0.242_2, 7.224_7),
            (10, 4.795_4, 18.390_4),
            (100, 81.364, 121.627),
        ] {
            let found = poisson(events);
            assert!(
                (found.0 - low).abs() < 1e-3 && (found.1 - high).abs() < 1e-3,
                "{events}: {found:?}"
            );
        }
        let (low, high) = poisson(100_000);
        assert!(low > 99_380.0 && high < 100_622.0, "{low} {high}");
    }

    #[test]
    fn nobody_of_nineteen_still_leaves_room_for_one_in_six() {
        // low 0; high = z^2/(n+z^2) = 3.84146/22.84146
        let interval = wilson(0.0, 19.0).unwrap();
        assert!(interval.low.abs() < 1e-15);
        assert!((interval.high - 3.841_458_8 / 22.841_458_8).abs() < 1e-8);
    }

    #[test]
    fn a_share_of_nothing_has_no_interval() {
        assert!(wilson(0.0, 0.0).is_none());
        assert!(wilson(f64::NAN, 3.0).is_none());
        assert!(wilson(4.0, 3.0).is_none());
    }

    #[test]
    fn the_median_of_five_has_no_95_percent_interval_and_that_of_six_is_its_extremes() {
        // P(all 5 on one side) = 2/32 = 6.25 % > 5 %; with 6: 2/64 = 3.1 %.
        assert_eq!(order_statistic_ranks(5, 0.5), None);
        assert_eq!(order_statistic_ranks(6, 0.5), Some((1, 6)));
        // n = 19: P(B <= 4) = 0.0096, P(B <= 5) = 0.0318 (> 0.025), so rank 5 and, by symmetry, 15.
        assert_eq!(order_statistic_ranks(19, 0.5), Some((5, 15)));
        assert_eq!(order_statistic_ranks(0, 0.5), None);
    }
}
