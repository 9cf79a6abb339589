//! Our intervals against those of statsmodels, lifelines and scipy: stored numbers, made by
//! `tests/parity/intervals_reference.py`.

use serde_json::Value;
use vsa_record::interval::{order_statistic_ranks, student, wilson};
use vsa_record::survival::{Stay, Survival};

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
        let ours = student(row["freedom"].as_u64().unwrap());
        // The expansion is worst at 11 degrees of freedom: 1.2e-4.
        assert!((ours - number(&row, "point")).abs() < 2e-4, "{row}: {ours}");
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
