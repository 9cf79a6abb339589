//! How long people stay, when not every stay was watched to its end. In: stays. Out: the Kaplan-Meier curve.
//!
//! Source: Kaplan and Meier 1958; variance by Greenwood 1926; interval on the log(-log) scale (Kalbfleisch and
//! Prentice 1980, *The Statistical Analysis of Failure Time Data*), as R's `survfit(conf.type = "log-log")` and
//! lifelines do it. Interval of a quantile: Brookmeyer and Crowley 1982.
//! It assumes that being cut off has nothing to do with how long one would have stayed.

use crate::interval::{Interval, Method, Z, wilson};

/// A stay, or the part of it that was watched.
#[derive(Clone, Copy, Debug)]
pub struct Stay {
    /// How long it was, or was watched.
    pub seconds: f64,
    /// False: the footage cut it off, at its start or its end.
    pub ended: bool,
}

/// The curve after one moment at which stays ended.
#[derive(Clone, Copy, Debug)]
struct Step {
    seconds: f64,
    share: f64,
    low: f64,
    high: f64,
}

/// Share of people who stay longer than a time.
#[derive(Clone, Debug)]
pub struct Survival {
    /// Every length, ascending.
    lengths: Vec<f64>,
    steps: Vec<Step>,
}

impl Survival {
    /// The curve of these stays.
    #[must_use]
    pub fn new(mut stays: Vec<Stay>) -> Self {
        stays.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
        let (mut steps, mut share, mut greenwood) = (Vec::new(), 1.0f64, 0.0f64);
        let mut index = 0;
        while let Some(stay) = stays.get(index) {
            let at_risk = (stays.len() - index) as f64;
            let tied = stays[index..]
                .iter()
                .take_while(|other| other.seconds.total_cmp(&stay.seconds).is_eq());
            let (mut ended, mut all) = (0.0, 0);
            for other in tied {
                ended += f64::from(u8::from(other.ended));
                all += 1;
            }
            if ended > 0.0 {
                share *= 1.0 - ended / at_risk;
                greenwood += ended / (at_risk * (at_risk - ended));
                let (low, high) = log_log(share, greenwood, stays.len() as f64);
                steps.push(Step {
                    seconds: stay.seconds,
                    share,
                    low,
                    high,
                });
            }
            index += all;
        }
        Self {
            lengths: stays.iter().map(|stay| stay.seconds).collect(),
            steps,
        }
    }

    /// Share of people who stay longer than `seconds`, with its interval. None: nobody was watched for so long while
    /// the question was still open.
    #[must_use]
    pub fn longer_than(&self, seconds: f64) -> Option<(f64, Interval)> {
        let last = self.steps.iter().rfind(|step| step.seconds <= seconds);
        let watched = self.lengths.len() - self.lengths.partition_point(|&length| length <= seconds);
        match last {
            Some(step) if step.share <= 0.0 || watched > 0 => {
                Some((step.share, interval(step.low, step.high)))
            }
            // Nobody left so early: the formula has no variance to offer; those still watched count as observations.
            None => Some((1.0, wilson(watched as f64, watched as f64)?)),
            Some(_) => None,
        }
    }

    /// The time after which a share `at` of the people have left, with its interval. None: the curve, or an end of its
    /// interval, does not come down so far.
    #[must_use]
    pub fn quantile(&self, at: f64) -> Option<(f64, f64, f64)> {
        let left = 1.0 - at;
        let when = |of: &dyn Fn(&Step) -> f64| {
            self.steps
                .iter()
                .find(|s| of(s) <= left + 1e-12)
                .map(|s| s.seconds)
        };
        Some((
            when(&|step| step.share)?,
            when(&|step| step.low)?,
            when(&|step| step.high)?,
        ))
    }
}

fn interval(low: f64, high: f64) -> Interval {
    Interval {
        low,
        high,
        method: Method::GreenwoodLogLog,
    }
}

/// Ends of the interval. When nobody is left the formula breaks down: then as many observations as there were people.
fn log_log(share: f64, greenwood: f64, people: f64) -> (f64, f64) {
    if share <= 0.0 {
        return (0.0, wilson(0.0, people).map_or(1.0, |interval| interval.high));
    }
    let spread = Z * greenwood.sqrt() / share.ln().abs();
    (share.powf(spread.exp()), share.powf((-spread).exp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stays(list: &[(f64, bool)]) -> Survival {
        Survival::new(
            list.iter()
                .map(|&(seconds, ended)| Stay { seconds, ended })
                .collect(),
        )
    }

    #[test]
    fn the_curve_steps_down_by_those_who_left_among_those_still_watched() {
        // 5 stays: 1 ends, 2 cut off, 3 ends, 4 cut off, 5 ends. S(1) = 4/5, S(3) = 4/5 * 2/3 = 8/15, S(5) = 0.
        let curve = stays(&[(3.0, true), (1.0, true), (5.0, true), (2.0, false), (4.0, false)]);
        assert!((curve.longer_than(1.0).unwrap().0 - 4.0 / 5.0).abs() < 1e-12);
        assert!((curve.longer_than(2.9).unwrap().0 - 4.0 / 5.0).abs() < 1e-12);
        assert!((curve.longer_than(3.0).unwrap().0 - 8.0 / 15.0).abs() < 1e-12);
        assert!(curve.longer_than(9.0).unwrap().0.abs() < 1e-12);
        assert!((curve.longer_than(0.5).unwrap().0 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_share_that_the_curve_just_reaches_is_reached() {
        // Of 100, one leaves each second: half are left after 50 s, whatever the products of 99/100, 98/99 … round to.
        let list: Vec<_> = (1..=100u8).map(|second| (f64::from(second), true)).collect();
        let (median, low, high) = stays(&list).quantile(0.5).unwrap();
        assert!((median - 50.0).abs() < f64::EPSILON, "{median}");
        assert!(low < 50.0 && high > 50.0, "{low} to {high}");
    }

    #[test]
    fn what_nobody_was_watched_for_has_no_number() {
        let curve = stays(&[(1.0, true), (2.0, false)]);
        assert!(curve.longer_than(1.5).is_some());
        assert!(
            curve.longer_than(2.0).is_none(),
            "the last was cut off at 2 s: who stays longer was not watched"
        );
        assert!(curve.quantile(0.75).is_none());
        assert!(stays(&[]).longer_than(0.0).is_none());
    }

    #[test]
    fn leaving_in_the_instant_of_being_cut_off_counts_as_leaving_first() {
        // Tied at 2 s: one leaves, one is cut off; both were at risk: S(2) = 1 - 1/2.
        let curve = stays(&[(2.0, false), (2.0, true), (3.0, true)]);
        assert!((curve.longer_than(2.0).unwrap().0 - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn without_cut_off_stays_the_median_is_the_median() {
        let curve = stays(
            &(1..=21)
                .map(|second| (f64::from(second), true))
                .collect::<Vec<_>>(),
        );
        let (median, low, high) = curve.quantile(0.5).unwrap();
        assert!((median - 11.0).abs() < 1e-12);
        assert!(low < median && median < high);
    }
}
