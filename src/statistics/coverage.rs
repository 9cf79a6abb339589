//! Do 95 % intervals hold the true value in 95 % of repetitions? Simulations, with the coverage found.
//! Wilson and order statistics are counted exactly (no chance involved); the bootstraps and the survival curve are
//! simulated from known populations with a fixed stream of numbers.

use crate::generator::draw;
use crate::interval::{order_statistic_ranks, wilson};
use crate::resample::{Chunk, block_length, over_clusters, over_time};
use crate::streams::Stream;
use crate::survival::{Stay, Survival};

/// A uniform number in (0, 1).
fn uniform(stream: u64, counter: u64) -> f64 {
    ((draw(Stream::simulated(stream), counter) >> 11) as f64 + 0.5) / (1u64 << 53) as f64
}

/// A standard normal number (Box and Muller).
fn normal(stream: u64, counter: u64) -> f64 {
    let (a, b) = (uniform(stream, 2 * counter), uniform(stream, 2 * counter + 1));
    (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
}

/// Says what was found; shown with `--nocapture`, or when the test fails.
#[expect(clippy::disallowed_macros, reason = "a test talks to whoever runs it")]
fn found(what: &str, coverage: f64) {
    eprintln!("coverage, {what}: {coverage:.4}");
}

/// P(B = k) of the binomial B(n, p).
fn binomial(n: u64, p: f64) -> Vec<f64> {
    let mut term = (1.0 - p).powi(i32::try_from(n).unwrap());
    (0..=n)
        .map(|k| {
            let now = term;
            term *= (n - k) as f64 / (k + 1) as f64 * p / (1.0 - p);
            now
        })
        .collect()
}

#[test]
fn wilsons_interval_holds_a_share_in_93_to_97_percent_on_average_over_shares() {
    for n in [19, 50, 200] {
        let coverage = |p: f64| -> f64 {
            let holds = |k: usize| wilson(k as f64, n as f64).is_some_and(|i| i.low <= p && p <= i.high);
            binomial(n, p)
                .iter()
                .enumerate()
                .filter(|&(k, _)| holds(k))
                .map(|(_, chance)| chance)
                .sum()
        };
        let shares: Vec<f64> = (5..=95).map(|percent| f64::from(percent) / 100.0).collect();
        let mean = shares.iter().map(|&p| coverage(p)).sum::<f64>() / shares.len() as f64;
        found(&format!("Wilson, n {n}, mean over shares"), mean);
        assert!((0.93..=0.97).contains(&mean), "n {n}: {mean}");
    }
}

#[test]
fn order_statistics_hold_a_quantile_in_at_least_95_percent_whatever_the_distribution() {
    // The interval [x_(l), x_(u)] holds the quantile unless fewer than l or at least u values lie below it.
    for (n, at) in [(19, 0.5), (74, 0.25), (200, 0.9), (1000, 0.1)] {
        let (low, high) = order_statistic_ranks(n, at).unwrap();
        let below = binomial(n, at);
        let coverage: f64 = below[low as usize..high as usize].iter().sum();
        assert!(
            (0.95..=0.985).contains(&coverage),
            "n {n}, quantile {at}: {coverage}"
        );
    }
}

#[test]
fn blocks_of_frames_that_resemble_each_other_hold_their_mean_in_93_to_97_percent() {
    // AR(1): 800 frames around 5, each correlated with the one before. Other numbers than those `CAUTION` was set by.
    let (repetitions, frames) = (500u64, 800u64);
    for correlation in [0.5f64, 0.8, 0.95] {
        let mut held = 0;
        for repetition in 0..repetitions {
            let stream = 700_000 + repetition;
            let mut level = normal(stream, 0) / (1.0 - correlation * correlation).sqrt();
            let chunks: Vec<Chunk> = (1..=frames)
                .map(|frame| {
                    level = correlation * level + normal(stream, frame);
                    Chunk {
                        sum: 5.0 + level,
                        frames: 1.0,
                    }
                })
                .collect();
            let interval = over_time(&chunks, block_length(&chunks), Stream::simulated(repetition)).unwrap();
            held += u64::from(interval.low <= 5.0 && 5.0 <= interval.high);
        }
        let coverage = held as f64 / repetitions as f64;
        found(&format!("block bootstrap, correlation {correlation}"), coverage);
        assert!(
            (0.93..=0.97).contains(&coverage),
            "correlation {correlation}: {coverage}"
        );
    }
}

#[test]
fn drawing_whole_tracks_holds_a_share_of_sightings_in_93_to_97_percent() {
    // Each of 40 tracks has its own inclination (uniform, mean 0.5) and 5 to 60 sightings that follow it.
    let (repetitions, tracks) = (400u64, 40u64);
    let mut held = 0;
    for repetition in 0..repetitions {
        let clusters: Vec<[f64; 2]> = (0..tracks)
            .map(|track| {
                let stream = 50_000 + repetition * 100 + track;
                let (inclination, sightings) =
                    (uniform(stream, 0), 5 + draw(Stream::simulated(stream), 1) % 56);
                let hits = (0..sightings)
                    .filter(|&s| uniform(stream, 2 + s) < inclination)
                    .count();
                [hits as f64, sightings as f64]
            })
            .collect();
        let add = |row: &[f64; 2], sums: &mut [f64]| {
            sums[0] += row[0];
            sums[1] += row[1];
        };
        let interval = over_clusters(
            &clusters,
            2,
            &add,
            &|sums| vec![Some(sums[0] / sums[1])],
            Stream::simulated(repetition),
        );
        let interval = interval[0].unwrap();
        held += u64::from(interval.low <= 0.5 && 0.5 <= interval.high);
    }
    let coverage = held as f64 / repetitions as f64;
    found("track bootstrap, 40 tracks", coverage);
    assert!((0.93..=0.97).contains(&coverage), "{coverage}");
}

#[test]
fn the_survival_share_holds_the_truth_in_93_to_97_percent() {
    // Stays exponential with mean 30 s, cut off by an independent exponential of mean 60 s; P(stay > 20 s).
    let (repetitions, people) = (1000u64, 60u64);
    let truth = (-20.0f64 / 30.0).exp();
    let mut held = 0;
    for repetition in 0..repetitions {
        let stays = (0..people)
            .map(|person| {
                let stay = -30.0 * uniform(200_000 + repetition, 2 * person).ln();
                let watched = -60.0 * uniform(200_000 + repetition, 2 * person + 1).ln();
                Stay {
                    seconds: stay.min(watched),
                    ended: stay <= watched,
                }
            })
            .collect();
        let (_, interval) = Survival::new(stays).longer_than(20.0).unwrap();
        held += u64::from(interval.low <= truth && truth <= interval.high);
    }
    let coverage = held as f64 / repetitions as f64;
    found("Kaplan-Meier with Greenwood log-log, 60 people", coverage);
    assert!((0.93..=0.97).contains(&coverage), "{coverage}");
}
