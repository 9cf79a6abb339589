//! How much is needed. In: what has to hold, an accepted error, and an assumed truth. Out: events (or camera-hours)
//! before starting; and, after an inconclusive test, how much would settle it.
//! Deliberately not here: advice on whether it is worth the cost.

use super::decide::{Hypothesis, Monitoring, strength};
use super::evidence::Evidence;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_statistics::chance::{binomial_at_least, binomial_at_most, poisson_at_least, poisson_at_most};

/// More than this is no advice.
const LARGEST: f64 = 1e8;

/// How much evidence in all.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "more", rename_all = "kebab-case", deny_unknown_fields)]
pub enum More {
    /// So many events, alerts or sightings in all.
    Cases {
        /// How many.
        n: u64,
    },
    /// So many camera-hours in all.
    Hours {
        /// How many.
        hours: f64,
    },
    /// So many recordings of this kind in all.
    Recordings {
        /// How many.
        n: u64,
    },
    /// No amount: the value lies on the claim, or only a counterexample can settle it.
    None,
}

/// The whole evidence that would settle a claim, were the value to stay as it is.
#[must_use]
pub fn more(evidence: &Evidence, hypothesis: &Hypothesis, error: f64, looks: Monitoring) -> More {
    let Some(value) = evidence.value() else {
        return first(evidence, hypothesis, error, looks);
    };
    let now = evidence.limits(error);
    let settled = |size: f64| {
        let grown = match evidence {
            Evidence::Share { .. } => Evidence::Share {
                hits: (value * size).round() as u64,
                n: size as u64,
            },
            Evidence::Rate { .. } => Evidence::Rate {
                events: (value * size).round() as u64,
                hours: size,
            },
            // Limits draw together with the root of the size.
            other => {
                let shrink = (other.total().1 / size).sqrt();
                return now.is_some_and(|(low, high)| {
                    let ends = (value - (value - low) * shrink, value + (high - value) * shrink);
                    decided(ends, hypothesis)
                });
            }
        };
        let found = strength(&grown, hypothesis, looks);
        found.if_false.min(found.if_true) <= error
    };
    let Some(size) = smallest(evidence.total().1, settled) else {
        return More::None;
    };
    match evidence {
        Evidence::Share { .. } | Evidence::Recorded(_) | Evidence::Sampled(_) => More::Cases {
            n: size.ceil() as u64,
        },
        Evidence::Rate { .. } => More::Hours { hours: size.ceil() },
        Evidence::ClusteredShare { clusters } => recordings(clusters.len(), evidence, size),
        Evidence::ClusteredRate { clusters } => recordings(clusters.len(), evidence, size),
    }
}

fn recordings(now: usize, evidence: &Evidence, size: f64) -> More {
    let each = evidence.total().1 / now.max(1) as f64;
    More::Recordings {
        n: (size / each).ceil() as u64,
    }
}

/// Without any evidence: what the best that can happen would need.
fn first(evidence: &Evidence, hypothesis: &Hypothesis, error: f64, looks: Monitoring) -> More {
    let rate = match evidence {
        Evidence::Rate { .. } | Evidence::ClusteredRate { .. } => true,
        Evidence::Sampled(sampled) => sampled.is_rate(),
        _ => false,
    };
    let settled = |size: f64| {
        let best = |full: bool| {
            if rate {
                Evidence::Rate {
                    events: 0,
                    hours: size,
                }
            } else {
                let n = size as u64;
                Evidence::Share {
                    hits: if full { n } else { 0 },
                    n,
                }
            }
        };
        [true, false]
            .iter()
            .any(|full| strength(&best(*full), hypothesis, looks).if_false <= error)
    };
    match smallest(0.0, settled) {
        Some(hours) if rate => More::Hours { hours: hours.ceil() },
        Some(n) => More::Cases { n: n.ceil() as u64 },
        None => More::None,
    }
}

fn decided((low, high): (f64, f64), hypothesis: &Hypothesis) -> bool {
    match *hypothesis {
        Hypothesis::AtLeast { value } | Hypothesis::AtMost { value } => low >= value || high <= value,
        Hypothesis::Within { low: from, high: to } => {
            (low >= from && high <= to) || high <= from || low >= to
        }
    }
}

/// The smallest size above `from` that settles, in whole steps; as good as monotone, since rounding makes small saws.
fn smallest(from: f64, settled: impl Fn(f64) -> bool) -> Option<f64> {
    let mut low = from.floor().max(0.0);
    let mut high = (low * 2.0).max(1.0);
    while !settled(high) {
        low = high;
        high *= 2.0;
        if high > LARGEST {
            return None;
        }
    }
    Some(halved(low, high, settled))
}

/// Between `low`, which does not do, and `high`, which does: a whole size that does, while the one below it does not.
fn halved(mut low: f64, mut high: f64, does: impl Fn(f64) -> bool) -> f64 {
    while low + 1.0 < high {
        let middle = f64::midpoint(low, high).floor();
        if does(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Events needed, so that a claim about a share is decided (supported where it holds, refuted where it does not) with a
/// chance of `power` if the true share is `truth`. None: the truth lies on the claim, or more than can be advised.
#[must_use]
pub fn cases_needed(hypothesis: &Hypothesis, truth: f64, error: f64, power: f64) -> Option<u64> {
    let enough = |n: f64| share_power(hypothesis, truth, error, n as u64) >= power;
    smallest_for_good(enough)
}

/// Camera-hours needed for a claim about a rate.
#[must_use]
pub fn hours_needed(hypothesis: &Hypothesis, truth: f64, error: f64, power: f64) -> Option<f64> {
    let unit = 1.0 / hypothesis.centre().max(truth).max(1e-9) / 8.0;
    let enough = |steps: f64| rate_power(hypothesis, truth, error, steps * unit) >= power;
    smallest_for_good(enough).map(|steps| steps as f64 * unit)
}

/// The chance to decide a claim about a share rightly with `n` events, exactly.
#[must_use]
pub fn share_power(hypothesis: &Hypothesis, truth: f64, error: f64, n: u64) -> f64 {
    let evidence = |hits: f64| Evidence::Share { hits: hits as u64, n };
    let right = |hits| decides_rightly(&evidence(hits), hypothesis, truth, error);
    let n = n as f64;
    let tails = (
        |from| binomial_at_least(from, n, truth),
        |to| binomial_at_most(to, n, truth),
    );
    chance_of(hypothesis, truth, (n, n), right, tails)
}

/// The chance to decide a claim about a rate rightly in `hours`.
#[must_use]
pub fn rate_power(hypothesis: &Hypothesis, truth: f64, error: f64, hours: f64) -> f64 {
    let mean = truth * hours;
    let evidence = |events: f64| Evidence::Rate {
        events: events as u64,
        hours,
    };
    let right = |events| decides_rightly(&evidence(events), hypothesis, truth, error);
    let most = (mean + hypothesis.centre() * hours) * 4.0 + 50.0;
    let tails = (
        |from| poisson_at_least(from, mean),
        |to| poisson_at_most(to, mean),
    );
    chance_of(hypothesis, truth, (hours, most.ceil()), right, tails)
}

/// Whether a claim that holds is supported, or one that does not is refuted.
fn decides_rightly(evidence: &Evidence, hypothesis: &Hypothesis, truth: f64, error: f64) -> bool {
    let found = strength(evidence, hypothesis, Monitoring::Once);
    if hypothesis.holds(truth) {
        found.if_false <= error
    } else {
        found.if_true <= error
    }
}

/// The chance of all counts up to `most` that decide rightly. They are neighbours, but where "about" is refuted: by too few and
/// by too many, and never by what lies in its middle.
fn chance_of(
    hypothesis: &Hypothesis,
    truth: f64,
    (size, most): (f64, f64),
    right: impl Fn(f64) -> bool,
    (at_least, at_most): (impl Fn(f64) -> f64, impl Fn(f64) -> f64),
) -> f64 {
    let middle = (hypothesis.centre() * size).round();
    let runs = match hypothesis {
        Hypothesis::Within { .. } if !hypothesis.holds(truth) => vec![(0.0, middle), (middle, most)],
        _ => vec![(0.0, most)],
    };
    let of_run = |(fewest, most): (f64, f64)| {
        let likely = (truth * size).round().clamp(fewest, most);
        // Where "about" holds and the truth lies near an end, what supports it most is the middle.
        let counts = [likely, middle, fewest, most];
        let inside = counts.into_iter().find(|&count| right(count));
        let Some(inside) = inside else { return 0.0 };
        // Left end: the smallest count of the run; right end: the largest. Found by halving.
        let first = edge(inside, fewest, &right);
        let last = edge(inside, most, &right);
        let below_first = if first <= 0.0 { 0.0 } else { 1.0 - at_least(first) };
        (at_most(last) - below_first).max(0.0)
    };
    runs.into_iter().map(of_run).sum()
}

/// The count farthest from `inside` towards `end` that is still right. Both are whole, and so is what lies halfway.
fn edge(inside: f64, end: f64, right: &impl Fn(f64) -> bool) -> f64 {
    if right(end) {
        return end;
    }
    let (mut good, mut bad) = (inside, end);
    while (good - bad).abs() > 1.0 {
        let middle = f64::midpoint(good, bad).floor();
        if right(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    good
}

/// The smallest size from which on the condition stays true: power rises in saws, so a saw's tip is not enough.
fn smallest_for_good(enough: impl Fn(f64) -> bool) -> Option<u64> {
    const LOOK_AHEAD: u64 = 60;
    let mut high = 1.0;
    while !enough(high) {
        high *= 2.0;
        if high > 1e7 {
            return None;
        }
    }
    let mut n = halved(high / 2.0, high, &enough) as u64;
    // From the size itself on: right behind a dip that is longer than the look ahead, nothing is known of it yet.
    let dip = |n: u64| (n..=n + LOOK_AHEAD).rev().find(|&ahead| !enough(ahead as f64));
    while let Some(dip) = dip(n) {
        n = dip + 1;
    }
    Some(n)
}

#[cfg(test)]
mod tests {
    use super::super::claim::ClaimedQuantity;
    use super::super::evidence::tests::{bursts, mostly_hits};
    use super::super::sampling::draw::{Draw, SCHEMA, Stratum};
    use super::super::sampling::sampled::Labelled;
    use super::*;
    use std::cell::Cell;

    const HALF_HOURLY: Hypothesis = Hypothesis::AtMost { value: 0.5 };
    const NINETY_FIVE: Hypothesis = Hypothesis::AtLeast { value: 0.95 };

    #[test]
    fn fifty_nine_hits_without_a_miss_are_the_least_that_supports_95_percent() {
        // 0.95^58 = 0.0510, 0.95^59 = 0.0485.
        let none = Evidence::Share { hits: 0, n: 0 };
        assert_eq!(
            more(&none, &NINETY_FIVE, 0.05, Monitoring::Once),
            More::Cases { n: 59 }
        );
    }

    #[test]
    fn six_hours_without_an_alarm_are_the_least_that_supports_one_in_two_hours() {
        // -ln(0.05) / 0.5 = 5.99.
        let none = Evidence::Rate {
            events: 0,
            hours: 0.0,
        };
        assert_eq!(
            more(&none, &HALF_HOURLY, 0.05, Monitoring::Once),
            More::Hours { hours: 6.0 }
        );
    }

    #[test]
    fn power_is_the_sum_over_all_counts_that_decide() {
        // By adding up every count: an independent way.
        for (truth, n) in [(0.99, 150u32), (0.85, 60), (0.8, 20)] {
            let mut term = (1.0f64 - truth).powi(n as i32);
            let mut expected = 0.0;
            for k in 0..=n {
                let evidence = Evidence::Share {
                    hits: u64::from(k),
                    n: u64::from(n),
                };
                let found = strength(&evidence, &NINETY_FIVE, Monitoring::Once);
                let right = if truth >= 0.95 {
                    found.if_false
                } else {
                    found.if_true
                };
                if right <= 0.05 {
                    expected += term;
                }
                term *= f64::from(n - k) / f64::from(k + 1) * truth / (1.0 - truth);
            }
            let found = share_power(&NINETY_FIVE, truth, 0.05, u64::from(n));
            assert!((found - expected).abs() < 1e-9, "{truth}: {found} {expected}");
        }
    }

    #[test]
    fn the_nearer_the_truth_the_more_is_needed_and_on_the_claim_nothing_settles() {
        let needed = |truth| cases_needed(&NINETY_FIVE, truth, 0.05, 0.8);
        let (near, far) = (needed(0.93).unwrap(), needed(0.85).unwrap());
        assert!(near > 5 * far, "{near} {far}");
        assert!(share_power(&NINETY_FIVE, 0.85, 0.05, far) >= 0.8);
        assert!(share_power(&NINETY_FIVE, 0.85, 0.05, far / 2) < 0.8);
        let on_it = Evidence::Share { hits: 95, n: 100 };
        assert_eq!(more(&on_it, &NINETY_FIVE, 0.05, Monitoring::Once), More::None);
    }

    #[test]
    fn a_claim_of_all_is_never_supported_by_any_number() {
        let all = Hypothesis::AtLeast { value: 1.0 };
        let evidence = Evidence::Share { hits: 500, n: 500 };
        assert_eq!(more(&evidence, &all, 0.05, Monitoring::Once), More::None);
        assert_eq!(cases_needed(&all, 1.0, 0.05, 0.8), None);
    }

    #[test]
    fn hours_for_a_rate_are_those_that_the_exact_power_gives() {
        let hours = hours_needed(&HALF_HOURLY, 0.1, 0.05, 0.8).unwrap();
        assert!(rate_power(&HALF_HOURLY, 0.1, 0.05, hours) >= 0.8);
        assert!(rate_power(&HALF_HOURLY, 0.1, 0.05, hours * 0.6) < 0.8);
    }

    #[test]
    fn what_would_settle_an_open_claim_does_settle_it() {
        let open = Evidence::Share { hits: 97, n: 100 };
        let More::Cases { n } = more(&open, &NINETY_FIVE, 0.05, Monitoring::Once) else {
            panic!("cases are counted")
        };
        let grown = |n: u64| Evidence::Share {
            hits: (0.97 * n as f64).round() as u64,
            n,
        };
        assert!(strength(&grown(n), &NINETY_FIVE, Monitoring::Once).if_false <= 0.05);
        assert!(n > 100 && n < 1000, "{n}");
    }

    #[test]
    fn power_of_rates_and_of_ranges_is_the_sum_over_the_counts_that_decide() {
        // numpy: pmf(k)[decides].sum() with scipy.stats.poisson(truth * hours) and binom(n, truth) over every k.
        let at_least = Hypothesis::AtLeast { value: 0.3 };
        let range = Hypothesis::Within { low: 0.2, high: 0.6 };
        for (found, expected) in [
            (rate_power(&HALF_HOURLY, 0.1, 0.05, 20.0), 0.947_346_982_656_288_8),
            (rate_power(&HALF_HOURLY, 1.0, 0.05, 20.0), 0.843_486_865_360_253_6),
            (rate_power(&at_least, 0.8, 0.05, 24.0), 0.944_429_140_186_792_5),
            (rate_power(&at_least, 0.1, 0.05, 24.0), 0.569_708_746_657_510_4),
            (share_power(&range, 0.4, 0.05, 80), 0.959_226_849_900_904_3),
            (share_power(&range, 0.55, 0.05, 80), 0.215_437_555_309_173_1),
            (share_power(&range, 0.25, 0.05, 80), 0.255_331_897_519_378_2),
            (share_power(&range, 0.9, 0.05, 80), 0.999_999_411_761_206_1),
            (share_power(&range, 0.65, 0.05, 80), 0.145_373_732_894_218_3),
            (share_power(&range, 0.15, 0.05, 80), 0.134_249_919_432_395_7),
            (rate_power(&range, 0.8, 0.05, 60.0), 0.461_713_760_273_993_8),
            (rate_power(&range, 0.1, 0.05, 60.0), 0.445_679_641_364_611_1),
        ] {
            assert!((found - expected).abs() < 1e-9, "{found} instead of {expected}");
        }
    }

    #[test]
    fn what_is_needed_is_the_least_from_which_on_the_power_stays() {
        // The same sums for every size, and the size behind the last one whose power is below 0.8.
        for (truth, cases) in [(0.85, 59), (0.93, 930), (0.99, 124)] {
            assert_eq!(
                cases_needed(&NINETY_FIVE, truth, 0.05, 0.8),
                Some(cases),
                "{truth}"
            );
        }
        for (truth, hours) in [(0.1, 15.75), (0.3, 70.0), (1.0, 20.375), (2.0, 3.375)] {
            let found = hours_needed(&HALF_HOURLY, truth, 0.05, 0.8).expect("it can be settled");
            assert!(
                (found - hours).abs() < 1e-12,
                "{truth}: {found} instead of {hours}"
            );
        }
    }

    #[test]
    fn what_would_settle_does_and_one_less_does_not() {
        let once =
            |evidence: &Evidence, hypothesis: Hypothesis| more(evidence, &hypothesis, 0.05, Monitoring::Once);
        // scipy: binom(336, .95).sf(325) = 0.0497 and binom(335, .95).sf(324) = 0.0509;
        // poisson(.5 * 37).cdf(11) = 0.0438 and poisson(.5 * 36).cdf(11) = 0.0549.
        let share = Evidence::Share { hits: 97, n: 100 };
        assert_eq!(once(&share, NINETY_FIVE), More::Cases { n: 336 });
        let rate = Evidence::Rate {
            events: 9,
            hours: 30.0,
        };
        assert_eq!(once(&rate, HALF_HOURLY), More::Hours { hours: 37.0 });
        // 0.9 from 0.6974 at 0.05: 0.2026 has to become 0.1, so 200 events 4.106 times: 83 recordings of ten.
        assert_eq!(
            once(&mostly_hits(), Hypothesis::AtLeast { value: 0.8 }),
            More::Recordings { n: 83 }
        );
        // 0.2 to 0.6450: 0.4450 has to become 0.2, so 100 hours 4.952 times: 100 recordings of five.
        assert_eq!(
            once(&bursts(), Hypothesis::AtMost { value: 0.4 }),
            More::Recordings { n: 100 }
        );
        assert_eq!(
            once(&bursts(), Hypothesis::Within { low: 0.18, high: 0.7 }),
            More::Recordings { n: 1387 }
        );
    }

    #[test]
    fn a_sample_of_which_nothing_is_labelled_is_planned_as_what_it_would_count() {
        let none = Stratum { size: 500, drawn: 0 };
        let draw = Draw {
            schema: SCHEMA.to_owned(),
            seed: 1,
            moment_seconds: 10.0,
            camera_hours: 100.0,
            with_alert: none,
            without_alert: none,
            moments: Vec::new(),
        };
        let needed = |number, hypothesis: Hypothesis| {
            let sampled = Labelled::of(&draw, &[]).number(number).unwrap();
            more(&Evidence::Sampled(sampled), &hypothesis, 0.05, Monitoring::Once)
        };
        // As without any sample: six quiet hours, 59 right alerts.
        assert_eq!(
            needed(ClaimedQuantity::FalseAlarmRate, HALF_HOURLY),
            More::Hours { hours: 6.0 }
        );
        assert_eq!(
            needed(ClaimedQuantity::Precision, NINETY_FIVE),
            More::Cases { n: 59 }
        );
    }

    #[test]
    fn what_would_settle_is_more_than_what_there_is() {
        // A quarter of two rounds to a hit, and 1 of 2 would do (1 - 0.98^2 = 0.040) where 1 of 4 does not (0.078) nor
        // 1 of 5 (0.096): a quarter of six rounds to two (0.006).
        let evidence = Evidence::Share { hits: 1, n: 4 };
        let hypothesis = Hypothesis::AtLeast { value: 0.02 };
        assert_eq!(
            more(&evidence, &hypothesis, 0.05, Monitoring::Once),
            More::Cases { n: 6 }
        );
    }

    #[test]
    fn about_is_settled_by_limits_that_leave_it_below_or_above() {
        let needed = |low, high| {
            let about = Hypothesis::Within { low, high };
            more(&bursts(), &about, 0.05, Monitoring::Once)
        };
        // 0.2 to 0.6450: 0.4450 has to become 0.1, so 100 hours 19.807 times. From 0.0335: 0.1665 has to become 0.1, so 2.772 times.
        assert_eq!(needed(0.3, 0.7), More::Recordings { n: 397 });
        assert_eq!(needed(0.02, 0.1), More::Recordings { n: 56 });
    }

    #[test]
    fn more_than_a_hundred_million_hours_are_no_advice() {
        // The bursts over recordings of 1.25 million hours each: 25 million have to become 74.5 million, and 102 million.
        let clusters = (0..20).map(|i| (if i % 10 == 0 { 10 } else { 0 }, 1.25e6));
        let evidence = Evidence::ClusteredRate {
            clusters: clusters.collect(),
        };
        let needed = |per_five_hours: f64| {
            let value = per_five_hours / 250_000.0;
            more(&evidence, &Hypothesis::AtMost { value }, 0.05, Monitoring::Once)
        };
        assert_eq!(needed(0.457_8), More::Recordings { n: 60 });
        assert_eq!(needed(0.42), More::None);
    }

    #[test]
    fn power_is_known_by_hand_where_the_counts_lie_far_from_the_claim() {
        let all_but_none = Hypothesis::AtMost { value: 0.0 };
        let many = Hypothesis::Within {
            low: 90.0,
            high: 110.0,
        };
        let nearly_all = Hypothesis::Within { low: 0.9, high: 1.0 };
        for (found, expected) in [
            // Ten seconds in which one alarm is as many as all that follow: 1 - e^-0.0027.
            (
                rate_power(&HALF_HOURLY, 1.0, 0.05, 0.002_7),
                0.002_696_358_278_286_848,
            ),
            // Ten thousand are expected where any refutes; and one where thousands would be needed.
            (rate_power(&all_but_none, 4.0, 0.05, 2500.0), 1.0),
            (rate_power(&many, 1.0, 0.05, 100.0), 1.0),
            // scipy.stats.binom(100, .98): 96 to 99 support it, 95 (the middle) does not, and 100 excludes nothing above.
            (share_power(&nearly_all, 0.98, 0.05, 100), 0.816_549_998_735_746_4),
        ] {
            assert!((found - expected).abs() < 1e-9, "{found} instead of {expected}");
        }
    }

    #[test]
    fn what_is_enough_for_good_lies_behind_the_last_dip() {
        let needed = |dips: &[f64]| smallest_for_good(|n| n >= 50.0 && !dips.contains(&n));
        assert_eq!(needed(&[]), Some(50));
        assert_eq!(needed(&[57.0]), Some(58));
        assert_eq!(needed(&[57.0, 110.0]), Some(111));
        // The size behind the dip that was found may be one, too.
        assert_eq!(needed(&[110.0, 111.0]), Some(112));
    }

    #[test]
    fn a_need_of_millions_is_found_in_a_few_hundred_tries() {
        let tries = Cell::new(0u32);
        let enough = |n: f64| {
            tries.set(tries.get() + 1);
            n >= 5e6
        };
        assert_eq!(smallest(0.0, enough), Some(5e6));
        assert_eq!(smallest_for_good(enough), Some(5_000_000));
        assert!(tries.get() < 300, "{} tries", tries.get());
    }
}
