//! Numbers in, text out: the one place where a number is rounded, grouped and given its unit.
//! A value is written no finer than its interval allows, and a share is never rounded up to all or down to none.
//! Deliberately not here: words around the number (see `wording`).

use crate::record::estimate::{Estimate, Unit};

/// Thin space that does not break: between a number and its unit, and between groups of three digits.
const THIN: char = '\u{202f}';
/// Between the ends of an interval.
const RANGE: &str = "–";
/// Most decimals ever written.
const MOST_DECIMALS: usize = 4;

/// `4 650`: a count, in groups of three digits.
#[must_use]
pub fn count(n: u64) -> String {
    group(&n.to_string())
}

/// A number with exactly so many decimals, digits grouped.
#[must_use]
pub fn decimal(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    // "-0" and "-0.0" are zeros.
    let text = if text.chars().all(|c| matches!(c, '-' | '0' | '.')) {
        text.replace('-', "")
    } else {
        text
    };
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("−", d));
    match fraction {
        Some(fraction) => format!("{sign}{}.{fraction}", group(digits)),
        None => format!("{sign}{}", group(digits)),
    }
}

/// A number without superfluous decimals, for settings and thresholds: `0.5`, `62.5`, `1500`.
#[must_use]
pub fn plain(value: f64) -> String {
    let text = decimal(value, MOST_DECIMALS);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A setting as a share: `0.25` as `25 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{}{THIN}%", plain(share * 100.0))
}

/// A counted share as a percentage: whole, or finer where rounding would turn it into all or none.
#[must_use]
pub fn rounded_percent(share: f64) -> String {
    let value = share * 100.0;
    let turned = |decimals: usize| {
        let text = decimal(value, decimals);
        (value > 0.0 && text.chars().all(|c| matches!(c, '0' | '.')))
            || (value < 100.0 && text.starts_with("100"))
    };
    let decimals = (0..MOST_DECIMALS).find(|d| !turned(*d)).unwrap_or(MOST_DECIMALS);
    format!("{}{THIN}%", decimal(value, decimals))
}

/// Length of time: `54 s`, `1 min 54 s`, `2 h 5 min`.
#[must_use]
pub fn duration(seconds: f64) -> String {
    if seconds < 10.0 {
        return format!("{}{THIN}s", decimal(seconds, 1));
    }
    let whole = seconds.round() as u64;
    match whole {
        0..=59 => format!("{whole}{THIN}s"),
        60..=3599 => match whole % 60 {
            0 => format!("{}{THIN}min", whole / 60),
            rest => format!("{}{THIN}min {rest}{THIN}s", whole / 60),
        },
        _ => format!("{}{THIN}h {}{THIN}min", whole / 3600, whole % 3600 / 60),
    }
}

/// Size of a file in bytes: `8 131 690 bytes`, exact, so that it can be compared.
#[must_use]
pub fn bytes(n: u64) -> String {
    format!("{}{THIN}bytes", group(&n.to_string()))
}

/// A length in pixels.
#[must_use]
pub fn pixels(value: f64) -> String {
    format!("{}{THIN}px", plain(value))
}

/// A pixel density.
#[must_use]
pub fn pixels_per_metre(value: f64) -> String {
    format!("{}{THIN}px/m", plain(value))
}

/// A length in metres.
#[must_use]
pub fn metres(value: f64) -> String {
    format!("{}{THIN}m", plain(value))
}

/// A time threshold.
#[must_use]
pub fn seconds(value: f64) -> String {
    format!("{}{THIN}s", plain(value))
}

/// The three numbers of an estimate as text, with one precision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The value with its unit: `62 %`.
    pub value: String,
    /// The interval with its unit: `41–79 %`.
    pub interval: String,
    /// The value alone.
    pub bare: String,
}

/// `estimate` as text: the interval decides how finely all three numbers are written.
#[must_use]
pub fn figures(estimate: &Estimate) -> Figures {
    let scale = if estimate.unit == Unit::Ratio { 100.0 } else { 1.0 };
    let numbers = [estimate.value, estimate.interval.low, estimate.interval.high].map(|n| n * scale);
    let decimals = decimals(numbers, estimate.unit);
    // None at all is none at all: "0.00" would look like a rounded number.
    let [value, low, high] = numbers.map(|n| decimal(n, if n == 0.0 { 0 } else { decimals }));
    let unit = unit(estimate.unit);
    let interval = if low == high {
        format!("{low}{unit}")
    } else {
        format!("{low}{RANGE}{high}{unit}")
    };
    Figures {
        value: format!("{value}{unit}"),
        interval,
        bare: value,
    }
}

/// A span of whole or broken numbers, such as a bin: `8–10`.
#[must_use]
pub fn span(low: f64, high: f64) -> String {
    format!("{}{RANGE}{}", plain(low), plain(high))
}

fn unit(unit: Unit) -> String {
    match unit {
        Unit::Ratio => format!("{THIN}%"),
        Unit::Pixels => format!("{THIN}px"),
        Unit::PixelsPerMetre => format!("{THIN}px/m"),
        Unit::Seconds => format!("{THIN}s"),
        Unit::PerHour => " per hour".to_owned(),
        Unit::PerPicture => " per picture".to_owned(),
        // Named by the sentence or the table's unit column.
        Unit::Metres => format!("{THIN}m"),
        Unit::MetresPerSecond => format!("{THIN}m/s"),
        Unit::BodyHeightsPerSecond => " body heights/s".to_owned(),
        Unit::BodyHeights => " body heights".to_owned(),
        Unit::PeoplePerSquareMetre => " per m²".to_owned(),
        Unit::Degrees => "°".to_owned(),
        Unit::TimesClean => "×".to_owned(),
        Unit::PeoplePerFrame
        | Unit::FacesPerFrame
        | Unit::Frames
        | Unit::Fragments
        | Unit::People
        | Unit::CosineSimilarity => String::new(),
        Unit::Boxes | Unit::Events => String::new(),
    }
}

/// Half widths whose first digits are below this show two significant digits, all others one: the rule of the Particle
/// Data Group for uncertainties (Review of Particle Physics, introduction, "Rounding"), so that rounding changes an
/// interval by a seventh of its half width at most.
const TWO_DIGITS_BELOW: f64 = 3.55;

/// Enough decimals for one or two significant digits of half the interval's width ([`TWO_DIGITS_BELOW`]); three
/// significant digits of the value where the interval has no width. More where rounding would turn a share into all or
/// none, or hide the interval.
fn decimals([value, low, high]: [f64; 3], unit: Unit) -> usize {
    let half_width = (high - low) / 2.0;
    let mut decimals = if half_width > 0.0 {
        let first_digits = half_width / 10_f64.powf(half_width.log10().floor());
        decimals_for(half_width, i32::from(first_digits < TWO_DIGITS_BELOW))
    } else if value == value.trunc() {
        0
    } else {
        decimals_for(value.abs(), 2)
    };
    let overclaims = |decimals: usize| {
        [value, low, high].into_iter().any(|n| {
            let text = decimal(n, decimals);
            let zero = n > 0.0 && text.chars().all(|c| matches!(c, '0' | '.'));
            let all = unit == Unit::Ratio && n < 100.0 && text.starts_with("100");
            zero || all
        })
    };
    while decimals < MOST_DECIMALS && overclaims(decimals) {
        decimals += 1;
    }
    decimals
}

/// Decimals that show `1 + more` significant digits of `number`.
fn decimals_for(number: f64, more: i32) -> usize {
    if number <= 0.0 || !number.is_finite() {
        return 0;
    }
    let exponent = number.log10().floor() as i32;
    usize::try_from(more - exponent).unwrap_or(0).min(MOST_DECIMALS)
}

fn group(digits: &str) -> String {
    if digits.len() < 4 {
        return digits.to_owned();
    }
    let mut out = String::with_capacity(digits.len() + digits.len());
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(THIN);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::estimate::{Interval, IntervalMethod, SampleSize, SampledThing};

    fn estimate(value: f64, low: f64, high: f64, unit: Unit) -> Estimate {
        Estimate {
            value,
            unit,
            interval: Interval {
                low,
                high,
                level: 0.95,
                method: IntervalMethod::Wilson,
                block: None,
            },
            sample: SampleSize {
                n: 19,
                of: SampledThing::Tracks,
            },
        }
    }

    fn texts(e: &Estimate) -> (String, String) {
        let f = figures(e);
        (f.value.replace(THIN, " "), f.interval.replace(THIN, " "))
    }

    #[test]
    fn an_estimate_is_written_no_finer_than_its_interval_allows() {
        let cases = [
            (
                estimate(0.421_05, 0.231_4, 0.637_2, Unit::Ratio),
                "42 %",
                "23–64 %",
            ),
            (
                estimate(5.849_06, 5.213, 6.488, Unit::PeoplePerFrame),
                "5.8",
                "5.2–6.5",
            ),
            // Half width 1.24: one digit would leave 6 (5–7).
            (
                estimate(6.433_96, 4.860, 7.340, Unit::PeoplePerFrame),
                "6.4",
                "4.9–7.3",
            ),
            (
                estimate(0.961, 0.938, 0.979, Unit::Ratio),
                "96.1 %",
                "93.8–97.9 %",
            ),
            (estimate(0.0, 0.0, 0.113_5, Unit::PeoplePerFrame), "0", "0–0.11"),
            (estimate(9.2, 9.17, 9.26, Unit::Pixels), "9.20 px", "9.17–9.26 px"),
            (
                estimate(1234.6, 1100.0, 1400.0, Unit::Pixels),
                "1 235 px",
                "1 100–1 400 px",
            ),
            (estimate(12.3, 8.9, 21.4, Unit::Seconds), "12 s", "9–21 s"),
        ];
        for (e, value, interval) in cases {
            assert_eq!(texts(&e), (value.to_owned(), interval.to_owned()));
        }
    }

    #[test]
    fn a_share_is_never_rounded_to_all_or_none() {
        assert_eq!(texts(&estimate(0.996, 0.95, 0.999, Unit::Ratio)).0, "99.6 %");
        assert_eq!(texts(&estimate(0.002, 0.000_6, 0.09, Unit::Ratio)).0, "0.2 %");
        assert_eq!(
            texts(&estimate(1.0, 0.83, 1.0, Unit::Ratio)),
            ("100 %".into(), "83–100 %".into())
        );
        assert_eq!(
            texts(&estimate(0.0, 0.0, 0.17, Unit::Ratio)),
            ("0 %".into(), "0–17 %".into())
        );
    }

    #[test]
    fn a_value_counted_in_full_has_three_significant_digits() {
        assert_eq!(
            texts(&estimate(5.849, 5.849, 5.849, Unit::PeoplePerFrame)).0,
            "5.85"
        );
        assert_eq!(texts(&estimate(12.0, 12.0, 12.0, Unit::Frames)).0, "12");
    }

    #[test]
    fn digits_are_grouped_and_times_are_spoken() {
        assert_eq!(count(4650).replace(THIN, " "), "4 650");
        assert_eq!(count(999), "999");
        assert_eq!(bytes(8_131_690).replace(THIN, " "), "8 131 690 bytes");
        assert_eq!(duration(113.57).replace(THIN, " "), "1 min 54 s");
        assert_eq!(duration(60.0).replace(THIN, " "), "1 min");
        assert_eq!(duration(7532.0).replace(THIN, " "), "2 h 5 min");
        assert_eq!(plain(62.5), "62.5");
        assert_eq!(plain(-0.000_01), "0");
        assert_eq!(decimal(-1234.5, 1).replace(THIN, " "), "−1 234.5");
    }
}
