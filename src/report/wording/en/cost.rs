//! What one machine can watch, and what a day of one camera costs: the report's part on it.

use crate::formats::{cost_decimals, english as formats};
use vsa_record::bench::{BenchFacts, Cameras, Spread};

/// Heads of the table of cameras.
pub const COST_COLUMNS: [&str; 4] = [
    "Frames that a camera delivers in a second",
    "Cameras for this machine",
    "Energy for one camera and day",
    "Cost of one camera and day",
];

/// Above the table.
pub const COST_CAPTION: &str = "Cameras that one machine watches, and what each takes";

/// Where power or price were not given.
pub const COST_NOT_GIVEN: &str = "not given";

/// What was measured, on which machine.
#[must_use]
pub fn cost_method(bench: &BenchFacts) -> String {
    let cpu = bench
        .host
        .cpu
        .as_deref()
        .unwrap_or("a processor that does not name itself");
    let rate = with_ends(
        &bench.frames_per_second,
        cost_decimals(&bench.frames_per_second),
        "",
    );
    format!(
        "A benchmark of {} on {cpu} ({}), {} frames side by side, with {} ({}) and {}: {rate} frames in a second, from \
         decoding to measuring, on the clip {} of {} by {} pixels. The value is the median of {} stretches of {} frames, \
         the interval is made of their order.",
        bench.measured,
        threads(bench.host.threads),
        bench.jobs,
        bench.engine.name,
        bench.engine.precision,
        bench.models.join(", "),
        bench.footage.label,
        bench.footage.width,
        bench.footage.height,
        bench.frames_per_second.stretches,
        bench.frames_per_stretch,
    )
}

/// What it leaves out.
pub const COST_LIMIT: &str = "It is about this machine with whatever it did besides. Larger frames take longer to decode, \
    more people take longer to follow. Cameras, storage, network and staff are not in it.";

/// The cells of one row.
#[must_use]
pub fn cost_row(row: &Cameras, currency: &str) -> [String; 4] {
    let given = |spread: Option<Spread>, unit: &str| {
        spread.map_or_else(
            || COST_NOT_GIVEN.to_owned(),
            |spread| with_ends(&spread, cost_decimals(&spread), unit),
        )
    };
    [
        formats::plain(row.frames_per_second),
        with_ends(&row.cameras, cost_decimals(&row.cameras), ""),
        given(row.kilowatt_hours_per_day, "kWh"),
        given(row.money_per_day, currency),
    ]
}

fn threads(threads: u64) -> String {
    if threads == 1 {
        "1 thread".to_owned()
    } else {
        format!("{threads} threads")
    }
}

fn with_ends(spread: &Spread, decimals: usize, unit: &str) -> String {
    let number = |value: f64| formats::decimal(value, decimals);
    let unit = if unit.is_empty() {
        String::new()
    } else {
        format!("\u{202f}{unit}")
    };
    format!(
        "{}{unit} ({} to {})",
        number(spread.value),
        number(spread.low),
        number(spread.high)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_fine_as_their_interval() {
        let spread = |low, value, high| Spread {
            value,
            low,
            high,
            level: 0.95,
            stretches: 12,
        };
        let text = |spread: Spread| with_ends(&spread, cost_decimals(&spread), "");
        assert_eq!(text(spread(41.02, 43.27, 44.9)), "43 (41 to 45)");
        assert_eq!(text(spread(8.21, 8.654, 8.8)), "8.7 (8.2 to 8.8)");
        assert_eq!(text(spread(0.0801, 0.0839, 0.0912)), "0.084 (0.080 to 0.091)");
        let money = spread(0.25, 0.3, 0.375);
        assert_eq!(
            with_ends(&money, cost_decimals(&money), "EUR"),
            "0.30\u{202f}EUR (0.25 to 0.38)"
        );
    }
}
