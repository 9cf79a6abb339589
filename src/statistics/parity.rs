//! Our intervals and tests against those of statsmodels, lifelines and scipy: stored numbers, made by
//! `tests/parity/intervals_reference.py`.

use crate::chance::{count_limits, normal_point, share_limits, student_point};
use crate::holm;
use crate::interval::{Interval, Method, order_statistic_ranks, wilson};
use crate::proportion::{
    Share, cases_needed, equality, log_ratio, mantel_haenszel, mcnemar, newcombe, standardised,
};
use crate::resample::{Chunk, block_length, over_clusters, over_time};
use crate::streams::Stream;
use crate::survival::{Stay, Survival};
use serde_json::Value;

fn reference(table: &str, expected_rows: usize) -> Vec<Value> {
    let text = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/parity/intervals_reference.json"
    ));
    let all: Value = serde_json::from_str(text).unwrap();
    let rows = all[table].as_array().unwrap().clone();
    assert_eq!(rows.len(), expected_rows, "rows of {table}");
    rows
}

fn number(row: &Value, field: &str) -> f64 {
    row[field].as_f64().unwrap()
}

fn count(row: &Value, field: &str) -> u64 {
    row[field].as_u64().unwrap()
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|x| x.as_f64().unwrap())
        .collect()
}

/// Equal to a relative 1e-10, which is what the slower of two ways to an incomplete beta function is good for.
#[track_caller]
fn same(ours: f64, theirs: f64, row: &Value) {
    assert!(
        (ours - theirs).abs() <= 1e-10 * theirs.abs().max(1e-3),
        "{row}: {ours} instead of {theirs}"
    );
}

#[test]
fn wilsons_interval_is_that_of_statsmodels() {
    for row in reference("wilson", 9) {
        let interval = wilson(number(&row, "hits"), number(&row, "n")).unwrap();
        assert!(
            (interval.low - number(&row, "low")).abs() < 1e-12,
            "{row}: {}",
            interval.low
        );
        assert!(
            (interval.high - number(&row, "high")).abs() < 1e-12,
            "{row}: {}",
            interval.high
        );
    }
}

#[test]
fn ranks_of_order_statistics_are_those_that_scipys_binomial_gives() {
    for row in reference("ranks", 8) {
        let expected = row["low"].as_u64().zip(row["high"].as_u64());
        assert_eq!(
            order_statistic_ranks(row["n"].as_u64().unwrap(), number(&row, "at")),
            expected,
            "{row}"
        );
    }
}

#[test]
fn students_points_are_those_of_scipy() {
    for row in reference("student", 8) {
        same(
            student_point(0.025, number(&row, "freedom")),
            number(&row, "point"),
            &row,
        );
    }
}

#[test]
fn the_survival_curve_and_its_interval_are_those_of_lifelines() {
    let mut points = 0;
    for row in reference("survival", 3) {
        let stays = row["stays"].as_array().unwrap().iter();
        let stay = |pair: &Value| Stay {
            seconds: pair[0].as_f64().unwrap(),
            ended: pair[1].as_bool().unwrap(),
        };
        let curve = Survival::new(stays.map(stay).collect());
        for point in row["points"].as_array().unwrap() {
            let (share, interval) = curve.longer_than(number(point, "seconds")).unwrap();
            assert!((share - number(point, "share")).abs() < 1e-9, "{point}: {share}");
            assert!(
                (interval.low - number(point, "low")).abs() < 1e-9,
                "{point}: {}",
                interval.low
            );
            assert!(
                (interval.high - number(point, "high")).abs() < 1e-9,
                "{point}: {}",
                interval.high
            );
            points += 1;
        }
        let (median, ..) = curve.quantile(0.5).unwrap();
        assert!((median - number(&row, "median")).abs() < 1e-9, "{median}");
    }
    assert_eq!(points, 14);
}

#[test]
fn exact_limits_of_shares_and_counts_are_those_of_scipy() {
    for row in reference("exact", 6) {
        let (low, high) = share_limits(number(&row, "hits"), number(&row, "n"), number(&row, "error"));
        same(low, number(&row, "low"), &row);
        same(high, number(&row, "high"), &row);
    }
    for row in reference("garwood", 4) {
        let (low, high) = count_limits(number(&row, "events"), number(&row, "error"));
        same(low, number(&row, "low"), &row);
        same(high, number(&row, "high"), &row);
    }
}

#[test]
fn points_of_the_normal_and_students_distribution_are_those_of_scipy() {
    for row in reference("tails", 6) {
        let error = number(&row, "error");
        same(normal_point(error), number(&row, "normal"), &row);
        same(
            student_point(error, number(&row, "freedom")),
            number(&row, "student"),
            &row,
        );
    }
}

#[test]
fn two_shares_are_held_against_each_other_as_statsmodels_does() {
    for row in reference("pairs", 5) {
        let share = |hits, cases| Share {
            hits: count(&row, hits),
            cases: count(&row, cases),
        };
        let (a, b) = (share("a", "m"), share("b", "n"));
        let difference = newcombe(a, b).unwrap();
        let theirs = numbers(&row["newcombe"]);
        same(difference.low, theirs[0], &row);
        same(difference.high, theirs[1], &row);
        match log_ratio(a, b) {
            Some(ratio) => {
                let theirs = numbers(&row["ratio"]);
                same(ratio.low, theirs[0], &row);
                same(ratio.high, theirs[1], &row);
            }
            None => assert!(row["ratio"].is_null(), "{row}"),
        }
        same(equality(a, b).unwrap(), number(&row, "equality"), &row);
        let needed = cases_needed(a.value().unwrap(), b.value().unwrap());
        assert_eq!(needed, Some(count(&row, "cases_needed")), "{row}");
        let alone = standardised(&[(a, b)]).unwrap();
        let gap = a.value().unwrap() - b.value().unwrap();
        let reach = number(&row, "agresti_caffo");
        same(alone.interval.low, gap - reach, &row);
        same(alone.interval.high, gap + reach, &row);
    }
}

#[test]
fn groups_within_strata_are_held_against_each_other_as_statsmodels_does() {
    for row in reference("stratified", 4) {
        let strata: Vec<(Share, Share)> = row["strata"]
            .as_array()
            .unwrap()
            .iter()
            .map(|stratum| {
                let of = |hits: usize| Share {
                    hits: stratum[hits].as_u64().unwrap(),
                    cases: stratum[hits + 1].as_u64().unwrap(),
                };
                (of(0), of(2))
            })
            .collect();
        let within = mantel_haenszel(&strata).unwrap();
        same(within.odds_ratio, number(&row, "odds_ratio"), &row);
        same(within.low, number(&row, "low"), &row);
        same(within.high, number(&row, "high"), &row);
        same(within.p, number(&row, "p"), &row);
        let found = standardised(&strata).unwrap();
        let (one, other, reach) = (number(&row, "one"), number(&row, "other"), number(&row, "reach"));
        same(found.one, one, &row);
        same(found.other, other, &row);
        same(found.interval.low, one - other - reach, &row);
        same(found.interval.high, one - other + reach, &row);
    }
}

#[test]
fn pairs_of_cases_and_several_tests_are_judged_as_statsmodels_does() {
    for row in reference("paired", 4) {
        same(
            mcnemar(count(&row, "a"), count(&row, "b")),
            number(&row, "p"),
            &row,
        );
    }
    for row in reference("together", 3) {
        let p_values = numbers(&row["p"]);
        for (ours, theirs) in holm::adjusted(&p_values)
            .into_iter()
            .zip(numbers(&row["adjusted"]))
        {
            same(ours, theirs, &row);
        }
        let rejected: Vec<bool> = holm::rejected(&p_values, 0.05)
            .iter()
            .map(|held| held.rejected)
            .collect();
        let theirs: Vec<bool> = row["rejected"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r.as_bool().unwrap())
            .collect();
        assert_eq!(rejected, theirs, "{row}");
    }
}

/// What was counted in each chunk, by the formula that stands in the script: noise of quadratic residues, added up over
/// neighbours.
fn series(row: &Value, width: u64) -> Vec<Chunk> {
    let (n, factor) = (count(row, "n"), count(row, "factor"));
    let noise = |t: u64| (t * t * factor + 11 * t) % 101;
    (0..n)
        .map(|t| Chunk {
            sum: (t..t + width).map(noise).sum::<u64>() as f64,
            frames: (20 + t % 3) as f64,
        })
        .collect()
}

#[track_caller]
fn same_ends(ours: Interval, row: &Value) {
    same(ours.low, number(row, "low"), row);
    same(ours.high, number(row, "high"), row);
}

#[test]
fn blocks_are_as_long_as_politis_and_white_say() {
    for row in reference("blocks", 10) {
        let ours = block_length(&series(&row, count(&row, "width")));
        assert_eq!(ours as u64, count(&row, "blocks"), "{row}");
    }
}

#[test]
fn the_bootstrap_over_time_is_that_of_blocks_written_out() {
    for row in reference("over_time", 4) {
        let chunks = series(&row, count(&row, "width"));
        let stream = Stream::simulated(count(&row, "stream"));
        let ours = over_time(&chunks, count(&row, "block") as usize, stream).unwrap();
        same_ends(ours, &row);
        let frames = count(&row, "frames");
        assert_eq!(ours.method, Method::CircularBlocks { frames }, "{row}");
    }
}

#[test]
fn the_bootstrap_over_clusters_is_that_of_clusters_written_out() {
    for row in reference("over_clusters", 2) {
        let clusters: Vec<[f64; 2]> = (0u32..)
            .zip(series(&row, 1))
            .map(|(at, chunk)| [chunk.sum, f64::from(101 + 7 * at)])
            .collect();
        let add = |cluster: &[f64; 2], sums: &mut [f64]| {
            sums[0] += cluster[0];
            sums[1] += cluster[1];
        };
        let stream = Stream::simulated(count(&row, "stream"));
        let found = over_clusters(&clusters, 2, &add, &|sums| vec![Some(sums[0] / sums[1])], stream);
        same_ends(found[0].unwrap(), &row);
    }
}
