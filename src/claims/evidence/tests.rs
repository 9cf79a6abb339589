//! Limits and chances held to scipy.

use super::*;
use crate::claim::ClaimedQuantity;
use crate::examine::tests::labelled;
use vsa_record::estimate::{Interval, SampleSize, Unit};

#[test]
fn p_values_and_limits_say_the_same() {
    let evidence = Evidence::Share { hits: 90, n: 100 };
    let error = evidence.against_at_least(0.95);
    let (_, high) = evidence.limits(error * 1.0001).unwrap();
    assert!(high < 0.95);
    let (_, high) = evidence.limits(error * 0.9999).unwrap();
    assert!(high > 0.95);
    let evidence = Evidence::Rate {
        events: 7,
        hours: 24.0,
    };
    let error = evidence.against_at_most(0.1);
    assert!(evidence.limits(error * 1.0001).unwrap().0 > 0.1);
    assert!(evidence.limits(error * 0.9999).unwrap().0 < 0.1);
}

#[test]
fn recordings_that_differ_widen_the_limits_and_like_recordings_do_not() {
    let like = Evidence::ClusteredShare {
        clusters: vec![(9, 10); 20],
    };
    let mixed = mostly_hits();
    let single = Evidence::Share { hits: 180, n: 200 };
    let width = |e: &Evidence| {
        let (low, high) = e.limits(0.025).unwrap();
        high - low
    };
    assert!((like.value().unwrap() - 0.9).abs() < 1e-12);
    assert!(width(&like) < 1.1 * width(&single), "Student's quantile alone");
    assert!(
        width(&mixed) > 2.5 * width(&single),
        "ten events are worth about one"
    );
}

/// Twenty recordings of ten events: all were hits in eighteen, none in two.
pub(crate) fn mostly_hits() -> Evidence {
    let clusters = (0..20).map(|i| (if i < 18 { 10 } else { 0 }, 10));
    Evidence::ClusteredShare {
        clusters: clusters.collect(),
    }
}

/// Twenty recordings of five hours: ten alarms in two of them.
pub(crate) fn bursts() -> Evidence {
    let clusters = (0..20).map(|i| (if i % 10 == 0 { 10 } else { 0 }, 5.0));
    Evidence::ClusteredRate {
        clusters: clusters.collect(),
    }
}

/// Equal to the numbers of scipy that stand beside them.
#[track_caller]
fn are(limits: Option<(f64, f64)>, low: f64, high: f64) {
    let found = limits.unwrap();
    assert!(
        (found.0 - low).abs() < 1e-9 && (found.1 - high).abs() < 1e-9,
        "{found:?} instead of {low} to {high}"
    );
}

// In Python, with n = 200 / effect * pay and x = p * n:
// pay = (scipy.stats.norm.isf(.05) / scipy.stats.t(19).isf(.05)) ** 2; effect = max(1, squares * 20/19 / n**2 / (p*(1-p)/n))
// scipy.stats.beta.ppf(.05, x, n - x + 1), scipy.stats.beta.isf(.05, x + 1, n - x); of rates chi2(2 * x).ppf(.05) / 2,
// chi2(2 * x + 2).isf(.05) / 2.

#[test]
fn recordings_more_alike_than_chance_are_worth_no_more_than_single_events() {
    // Squares 4: a design effect of 0.23, by which 200 events would be worth 855.
    let clusters = (0..20).map(|i| {
        (
            if i < 2 {
                8
            } else if i < 4 {
                10
            } else {
                9
            },
            10,
        )
    });
    let evidence = Evidence::ClusteredShare {
        clusters: clusters.collect(),
    };
    are(
        evidence.limits(0.05),
        0.855_463_146_886_213_7,
        0.934_279_155_359_955_2,
    );
    // Squares 4: an effect of 0.11, by which 40 alarms would be worth 380.
    let clusters = (0..20).map(|i| {
        (
            if i < 2 {
                1
            } else if i < 4 {
                3
            } else {
                2
            },
            5.0,
        )
    });
    let evidence = Evidence::ClusteredRate {
        clusters: clusters.collect(),
    };
    are(
        evidence.limits(0.05),
        0.297_272_912_962_796_07,
        0.527_829_931_293_941_5,
    );
}

#[test]
fn the_design_effect_is_the_variance_between_recordings_by_that_of_single_events() {
    // Effects of 10.53 and 9.47.
    are(
        mostly_hits().limits(0.05),
        0.697_368_053_299_675,
        0.985_308_762_350_587_7,
    );
    are(
        bursts().limits(0.05),
        0.033_502_618_003_940_776,
        0.645_045_844_819_909_8,
    );
}

#[test]
fn all_hits_in_ten_recordings_count_as_ten_events() {
    let all = Evidence::ClusteredShare {
        clusters: vec![(50, 50); 10],
    };
    // 0.05^(1/10) = 0.7411.
    let (low, high) = all.limits(0.05).unwrap();
    assert!((low - 0.741_1).abs() < 1e-4 && high >= 1.0, "{low}");
    // No hit in any: the same from the other end.
    let clusters = vec![(0, 50); 10];
    let (low, high) = Evidence::ClusteredShare { clusters }.limits(0.05).unwrap();
    assert!(low <= 0.0 && (high - 0.258_9).abs() < 1e-4, "{high}");
}

#[test]
fn recordings_in_which_there_was_nothing_to_count_are_left_out() {
    let Evidence::ClusteredShare { mut clusters } = mostly_hits() else {
        panic!("shares of recordings")
    };
    clusters.extend([(0, 0); 5]);
    assert_eq!(
        Evidence::ClusteredShare { clusters }.limits(0.05),
        mostly_hits().limits(0.05)
    );
    let clusters = [vec![(9, 10); FEWEST_CLUSTERS - 1], vec![(0, 0)]].concat();
    assert_eq!(Evidence::ClusteredShare { clusters }.limits(0.05), None);
}

#[test]
fn few_recordings_and_no_recordings_have_no_limits() {
    let clusters = vec![(9, 10); FEWEST_CLUSTERS - 1];
    assert_eq!(Evidence::ClusteredShare { clusters }.limits(0.05), None);
    assert_eq!(Evidence::Share { hits: 0, n: 0 }.limits(0.05), None);
    let none = Evidence::Share { hits: 0, n: 0 };
    assert!(none.value().is_none() && none.against_at_least(0.9) >= 1.0);
    let still = Evidence::Rate {
        events: 0,
        hours: 0.0,
    };
    assert!(still.limits(0.05).is_none() && still.against_at_most(0.0) >= 1.0);
    // Alarms in no time at all are a fault of the log, and refute nothing.
    let at_once = Evidence::Rate {
        events: 3,
        hours: 0.0,
    };
    assert!(at_once.against_at_most(0.1) >= 1.0 && at_once.against_at_least(0.1) >= 1.0);
}

#[test]
fn p_values_of_single_events_are_their_tails_beyond_a_half_as_well() {
    // By hand: 638 of 2^10; and with a mean of 3, 1 - 8.5 e^-3 and 13 e^-3.
    let (share, rate) = (
        Evidence::Share { hits: 5, n: 10 },
        Evidence::Rate {
            events: 3,
            hours: 10.0,
        },
    );
    let unit = (-3.0f64).exp();
    for (found, expected) in [
        (share.against_at_most(0.5), 638.0 / 1024.0),
        (share.against_at_least(0.5), 638.0 / 1024.0),
        (rate.against_at_most(0.3), 1.0 - 8.5 * unit),
        (rate.against_at_least(0.3), 13.0 * unit),
    ] {
        assert!((found - expected).abs() < 1e-12, "{found} instead of {expected}");
    }
}

#[test]
fn a_number_of_a_labelled_sample_is_what_the_sample_makes_of_it() {
    // 50 of 100 moments with an alert showed the event; 4,000 such moments in 10 camera-hours.
    let of = |number, hours| Evidence::Sampled(labelled(50, 50, 4_000, hours).number(number).unwrap());
    let precision = of(ClaimedQuantity::Precision, 10.0);
    assert_eq!(precision.method(), Method::StratifiedBinomial);
    assert_eq!((precision.value(), precision.total()), (Some(0.5), (50.0, 100.0)));
    let rate = of(ClaimedQuantity::FalseAlarmRate, 10.0);
    assert_eq!(rate.method(), Method::StratifiedRate);
    assert_eq!((rate.value(), rate.total()), (Some(200.0), (20_000.0, 100.0)));
    // Over no hours there is no rate, which is not a rate of none.
    let nothing = of(ClaimedQuantity::FalseAlarmRate, 0.0);
    assert_eq!((nothing.value(), nothing.limits(0.05)), (None, None));
}

#[test]
fn no_alarm_in_a_hundred_hours_leaves_three_in_a_hundred() {
    let evidence = Evidence::Rate {
        events: 0,
        hours: 100.0,
    };
    let (low, high) = evidence.limits(0.05).unwrap();
    assert!(low.abs() < 1e-15 && (high - 0.029_957).abs() < 1e-6);
}

#[test]
fn alarms_in_bursts_widen_the_limits() {
    let bursts = bursts();
    let single = Evidence::Rate {
        events: 20,
        hours: 100.0,
    };
    let (wide, narrow) = (bursts.limits(0.05).unwrap(), single.limits(0.05).unwrap());
    assert!(wide.0 < narrow.0 && wide.1 > narrow.1);
}

#[test]
fn an_interval_of_the_record_is_stretched_to_the_level_asked_for() {
    let interval = Interval {
        block: Some(5),
        ..interval_of(IntervalMethod::BlockBootstrap, 0.4, 0.8)
    };
    let evidence = estimate(0.6, interval, 100, SampledThing::Frames);
    let (low, high) = evidence.limits(0.025).unwrap();
    assert!((low - 0.4).abs() < 1e-9 && (high - 0.8).abs() < 1e-9);
    // 1.644854 / 1.959964 of 0.2, on either side.
    let (low, high) = evidence.limits(0.05).unwrap();
    assert!((low - (0.6 - 0.2 * 0.839_226)).abs() < 1e-6);
    assert!((high - (0.6 + 0.2 * 0.839_226)).abs() < 1e-6);
    // The threshold lies half an interval's reach away: P(Z > 0.5 * 1.96).
    let expected = vsa_statistics::chance::normal_above(0.5 * normal_point(0.025));
    assert!((evidence.against_at_most(0.5) - expected).abs() < 1e-6);
}

fn estimate(value: f64, interval: Interval, n: u64, of: SampledThing) -> Evidence {
    Evidence::Recorded(Estimate {
        value,
        unit: Unit::Ratio,
        interval,
        sample: SampleSize { n, of },
    })
}

fn interval_of(method: IntervalMethod, low: f64, high: f64) -> Interval {
    Interval {
        low,
        high,
        level: 0.95,
        method,
        block: None,
    }
}

#[test]
fn a_share_of_the_record_has_the_exact_limits_of_its_counts() {
    // 12 of 40: scipy.stats.beta.ppf(.05, 12, 29), beta.isf(.05, 13, 28).
    let interval = interval_of(IntervalMethod::Wilson, 0.18, 0.45);
    let evidence = estimate(0.3, interval, 40, SampledThing::Frames);
    assert_eq!(evidence.method(), Method::ExactBinomial);
    assert_eq!(evidence.total(), (12.0, 40.0));
    are(
        evidence.limits(0.05),
        0.183_121_270_612_340_6,
        0.440_279_737_765_730_8,
    );
}

#[test]
fn frames_that_hang_together_are_not_counted_as_independent_ones() {
    // Somebody in each of 80 frames, which are worth four: 0.05^(1/4), the exact limit for 4 of 4.
    let made = |share: f64, worth: f64| Interval::of_independent(share, worth, 80).unwrap();
    let evidence = estimate(1.0, made(1.0, 4.0), 80, SampledThing::Frames);
    assert_eq!(evidence.method(), Method::StretchedInterval);
    are(evidence.limits(0.05), 0.472_870_804_501_587_9, 1.0);
    // Nobody in any of them, which are worth four and a half: 1 - 0.05^(1/4.5).
    let evidence = estimate(0.0, made(0.0, 4.5), 80, SampledThing::Frames);
    are(evidence.limits(0.05), 0.0, 0.486_095_733_598_902_46);
    // And whatever lies between has the limits of its counts: 3 of 10.
    let evidence = estimate(0.3, made(0.3, 10.0), 80, SampledThing::Frames);
    let counted = Evidence::Share { hits: 3, n: 10 }.limits(0.05).unwrap();
    are(evidence.limits(0.05), counted.0, counted.1);
    // A mean has no hits of a total.
    let interval = interval_of(IntervalMethod::WilsonDepartures, 1.84, 2.16);
    let evidence = estimate(2.0, interval, 20, SampledThing::Frames);
    let (low, high) = evidence.limits(0.05).unwrap();
    assert!(low < 2.0 && high > 2.0);
}

#[test]
fn a_rate_of_the_record_has_the_exact_limits_of_its_events_over_its_hours() {
    // 12 in 48 hours: chi2(24).ppf(.05) / 96, chi2(26).isf(.05) / 96.
    let interval = interval_of(IntervalMethod::Poisson, 0.13, 0.44);
    let evidence = estimate(0.25, interval, 12, SampledThing::Events);
    assert_eq!(evidence.method(), Method::ExactPoisson);
    assert_eq!(evidence.total(), (12.0, 48.0));
    are(
        evidence.limits(0.05),
        0.144_254_427_366_356_5,
        0.405_053_527_706_563_2,
    );
    // None in 100 hours, which the upper end alone tells: -ln(.05) / 100.
    let high = interval::poisson(0).1 / 100.0;
    let interval = interval_of(IntervalMethod::Poisson, 0.0, high);
    let evidence = estimate(0.0, interval, 0, SampledThing::Events);
    assert!((evidence.total().1 - 100.0).abs() < 1e-9);
    are(evidence.limits(0.05), 0.0, 0.029_957_322_735_539_91);
}

#[test]
fn nothing_in_no_time_has_no_limits() {
    let interval = interval_of(IntervalMethod::Poisson, 0.0, 0.0);
    let evidence = estimate(0.0, interval, 0, SampledThing::Events);
    assert_eq!(evidence.limits(0.05), None);
    // The record's value stays what it is.
    assert_eq!(evidence.value(), Some(0.0));
}

#[test]
fn a_complete_count_is_its_own_limits_at_every_error() {
    let evidence = estimate(
        0.7,
        interval_of(IntervalMethod::CompleteCount, 0.7, 0.7),
        30,
        SampledThing::Frames,
    );
    assert_eq!(evidence.method(), Method::CompleteCount);
    are(evidence.limits(0.05), 0.7, 0.7);
    are(evidence.limits(0.4), 0.7, 0.7);
    // Its own value is excluded on neither side, and any other one is.
    assert!(evidence.against_at_most(0.7) >= 1.0 && evidence.against_at_least(0.7) >= 1.0);
    assert!(evidence.against_at_most(0.699) < 1e-15 && evidence.against_at_least(0.701) < 1e-15);
    // Ends that lie apart are taken as they are, at whatever error.
    let apart = interval_of(IntervalMethod::CompleteCount, 0.6, 0.9);
    let evidence = estimate(0.7, apart, 30, SampledThing::Frames);
    are(evidence.limits(0.2), 0.6, 0.9);
}

#[test]
fn limits_are_of_an_error_between_none_and_a_half() {
    let evidence = Evidence::Share { hits: 3, n: 10 };
    for error in [0.0, -0.1, 0.5, 0.7, f64::NAN] {
        assert_eq!(evidence.limits(error), None, "{error}");
    }
    assert!(evidence.limits(0.499).is_some());
}

#[test]
fn every_kind_of_evidence_says_how_its_limits_are_made_and_what_it_counted() {
    let share = Evidence::ClusteredShare {
        clusters: vec![(9, 10), (4, 5)],
    };
    assert_eq!(share.method(), Method::ClusteredBinomial);
    assert_eq!(share.total(), (13.0, 15.0));
    let rate = Evidence::ClusteredRate {
        clusters: vec![(3, 2.5), (1, 1.5)],
    };
    assert_eq!(rate.method(), Method::ClusteredPoisson);
    assert_eq!((rate.total(), rate.value()), ((4.0, 4.0), Some(1.0)));
    assert_eq!(Evidence::Share { hits: 1, n: 2 }.method(), Method::ExactBinomial);
    let single = Evidence::Rate {
        events: 1,
        hours: 4.0,
    };
    assert_eq!(
        (single.method(), single.value()),
        (Method::ExactPoisson, Some(0.25))
    );
    let stretched = estimate(
        0.6,
        interval_of(IntervalMethod::BlockBootstrap, 0.4, 0.8),
        100,
        SampledThing::Frames,
    );
    assert_eq!(stretched.method(), Method::StretchedInterval);
    assert_eq!(stretched.total(), (60.0, 100.0));
}

#[test]
fn the_smallest_error_that_excludes_is_that_of_the_tail_at_the_effective_size() {
    // The e at which scipy.special.betainc(x, n - x + 1, .6) = e, x and n as above at that e: brentq over ln e. Of rates with
    // gammainc(x, .02 * hours) and gammaincc(x + 1, .9 * hours).
    let (share, rate) = (mostly_hits(), bursts());
    for (found, expected) in [
        (share.against_at_most(0.6), 0.009_977_001_987_034_845),
        (share.against_at_least(0.99), 0.028_989_100_008_608_54),
        (rate.against_at_most(0.02), 0.022_640_741_287_760_6),
        (rate.against_at_least(0.9), 0.010_300_501_994_212_723),
    ] {
        assert!(
            (found / expected - 1.0).abs() < 1e-7,
            "{found} instead of {expected}"
        );
    }
    // Inside the limits of every error, nothing is excluded.
    assert!((share.against_at_most(0.95) - 1.0).abs() < 1e-15);
    assert!((share.against_at_least(0.85) - 1.0).abs() < 1e-15);
}

#[test]
fn one_case_refutes_none_and_all_however_the_recordings_hang_together() {
    // Ten in one of twenty recordings: hardly one event's worth, and yet none is impossible. The smallest error tried is e^-40.
    let of = |one: u64, others: u64| {
        let clusters = (0..20).map(|i| (if i == 0 { one } else { others }, 10));
        Evidence::ClusteredShare {
            clusters: clusters.collect(),
        }
    };
    let clusters = (0..20).map(|i| (if i == 0 { 10 } else { 0 }, 5.0));
    let alarms = Evidence::ClusteredRate {
        clusters: clusters.collect(),
    };
    for found in [
        of(10, 0).against_at_most(0.0),
        of(0, 10).against_at_least(1.0),
        alarms.against_at_most(0.0),
    ] {
        assert!(found < 1e-17, "{found}");
    }
}
