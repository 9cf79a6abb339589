//! Numbers in, text out, as a language writes them: the one place where a number is rounded, grouped and given its unit.
//! A value is written no finer than its interval allows, and a share is never rounded up to all or down to none.
//! Composition asks the [`Language`] itself (`language.count(n)`); each folder of `wording` uses the functions of its own
//! language, [`english`] or [`french`], which are the same under the same names. The terminal speaks English.
//! Deliberately not here: words around the number (see `wording`).

use vsa_base::language::Language;
use vsa_record::bench::Spread;
use vsa_record::estimate::{Estimate, Unit};

/// Thin space that does not break: between a number and its unit, and between groups of three digits.
const THIN: char = '\u{202f}';
/// Between the ends of an interval.
const RANGE: &str = "–";
/// Most decimals ever written.
const MOST_DECIMALS: usize = 4;

/// Every way of writing a number, once: of it come a method of [`Language`] and a function of each language.
macro_rules! numerals {
    ($($(#[$doc:meta])* fn $name:ident($self:ident $(, $argument:ident: $type:ty)+) -> $out:ty $body:block)+) => {
        /// Numbers as a language writes them. [`Language`] itself stands on the ground floor and knows no units.
        pub trait Numerals: Copy {
            $(
                $(#[$doc])*
                #[must_use]
                fn $name(self $(, $argument: $type)+) -> $out;
            )+
        }

        impl Numerals for Language {
            $(fn $name($self $(, $argument: $type)+) -> $out $body)+
        }

        /// Numbers as English writes them.
        pub mod english {
            functions_of!(Language::English; $($(#[$doc])* $name($($argument: $type),+) -> $out;)+);
        }

        /// Numbers as French writes them: decimal comma, groups of three digits, a thin space before the unit.
        pub mod french {
            functions_of!(Language::French; $($(#[$doc])* $name($($argument: $type),+) -> $out;)+);
        }
    };
}

/// The methods of one language as functions.
macro_rules! functions_of {
    ($language:expr; $($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),+) -> $out:ty;)+) => {
        use super::{Estimate, Figures, Language, Numerals as _};

        $(
            $(#[$doc])*
            #[must_use]
            pub fn $name($($argument: $type),+) -> $out {
                $language.$name($($argument),+)
            }
        )+
    };
}

numerals! {
    /// `4 650`: a count, in groups of three digits.
    fn count(self, n: u64) -> String {
        group(&n.to_string())
    }

    /// A number with exactly so many decimals, digits grouped.
    fn decimal(self, value: f64, decimals: usize) -> String {
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
            Some(fraction) => format!("{sign}{}{}{fraction}", group(digits), mark(self)),
            None => format!("{sign}{}", group(digits)),
        }
    }

    /// A number without superfluous decimals, for settings and thresholds: `0.5`, `62.5`, `1500`.
    fn plain(self, value: f64) -> String {
        let text = self.decimal(value, MOST_DECIMALS);
        if text.contains(mark(self)) {
            text.trim_end_matches('0').trim_end_matches(mark(self)).to_owned()
        } else {
            text
        }
    }

    /// A setting as a share: `0.25` as `25 %`.
    fn percent(self, share: f64) -> String {
        format!("{}{THIN}%", self.plain(share * 100.0))
    }

    /// A counted share as a percentage: whole, or finer where rounding would turn it into all or none.
    fn rounded_percent(self, share: f64) -> String {
        let value = share * 100.0;
        let turned = |decimals: usize| {
            (value > 0.0 && shows_none(value, decimals)) || (value < 100.0 && shows_all(value, decimals))
        };
        let decimals = (0..MOST_DECIMALS).find(|d| !turned(*d)).unwrap_or(MOST_DECIMALS);
        format!("{}{THIN}%", self.decimal(value, decimals))
    }

    /// Length of time: `54 s`, `1 min 54 s`, `2 h 5 min`.
    fn duration(self, seconds: f64) -> String {
        if seconds < 10.0 {
            return format!("{}{THIN}s", self.decimal(seconds, 1));
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
    fn bytes(self, n: u64) -> String {
        let unit = match self {
            Self::English => "bytes",
            Self::French => "octets",
        };
        format!("{}{THIN}{unit}", self.count(n))
    }

    /// A length in pixels.
    fn pixels(self, value: f64) -> String {
        format!("{}{THIN}px", self.plain(value))
    }

    /// A pixel density.
    fn pixels_per_metre(self, value: f64) -> String {
        format!("{}{THIN}px/m", self.plain(value))
    }

    /// A length in metres.
    fn metres(self, value: f64) -> String {
        format!("{}{THIN}m", self.plain(value))
    }

    /// A time threshold.
    fn seconds(self, value: f64) -> String {
        format!("{}{THIN}s", self.plain(value))
    }

    /// A span of whole or broken numbers, such as a bin: `8–10`.
    fn span(self, low: f64, high: f64) -> String {
        format!("{}{RANGE}{}", self.plain(low), self.plain(high))
    }

    /// `estimate` as text: the interval decides how finely all three numbers are written.
    fn figures(self, estimate: &Estimate) -> Figures {
        let scale = if estimate.unit == Unit::Ratio { 100.0 } else { 1.0 };
        let numbers = [estimate.value, estimate.interval.low, estimate.interval.high].map(|n| n * scale);
        let decimals = decimals(numbers, estimate.unit);
        // None at all is none at all: "0.00" would look like a rounded number.
        let [value, low, high] = numbers.map(|n| self.decimal(n, if n == 0.0 { 0 } else { decimals }));
        let unit = unit_after(self, estimate.unit);
        let interval = if low == high {
            format!("{low}{unit}")
        } else if numbers[1] < 0.0 {
            // A dash after a minus sign, or before one, would be read as another.
            let to = match self {
                Self::English => "to",
                Self::French => "à",
            };
            format!("{low} {to} {high}{unit}")
        } else {
            format!("{low}{RANGE}{high}{unit}")
        };
        Figures {
            value: format!("{value}{unit}"),
            interval,
            bare: value,
        }
    }
}

/// Between whole and fraction.
const fn mark(language: Language) -> char {
    match language {
        Language::English => '.',
        Language::French => ',',
    }
}

/// A unit as it follows its number.
fn unit_after(language: Language, unit: Unit) -> String {
    let (english, french) = match unit {
        Unit::Ratio => return format!("{THIN}%"),
        Unit::Pixels => return format!("{THIN}px"),
        Unit::PixelsPerMetre => return format!("{THIN}px/m"),
        Unit::Seconds => return format!("{THIN}s"),
        Unit::Metres => return format!("{THIN}m"),
        Unit::MetresPerSecond => return format!("{THIN}m/s"),
        Unit::Degrees => return "°".to_owned(),
        Unit::TimesClean => return "×".to_owned(),
        Unit::PerHour => (" per hour", " par heure"),
        Unit::PerPicture => (" per picture", " par image"),
        Unit::BodyHeightsPerSecond => (" body heights/s", " hauteurs de corps/s"),
        Unit::BodyHeights => (" body heights", " hauteurs de corps"),
        Unit::PeoplePerSquareMetre => (" per m²", " par m²"),
        // Named by the sentence or the table's unit column.
        Unit::PeoplePerFrame
        | Unit::FacesPerFrame
        | Unit::Frames
        | Unit::Fragments
        | Unit::People
        | Unit::CosineSimilarity
        | Unit::QualityPoints
        | Unit::GreyLevels
        | Unit::Boxes
        | Unit::Events => return String::new(),
    };
    match language {
        Language::English => english.to_owned(),
        Language::French => french.to_owned(),
    }
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

pub use english::*;

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
            let zero = n > 0.0 && shows_none(n, decimals);
            let all = unit == Unit::Ratio && n < 100.0 && shows_all(n, decimals);
            zero || all
        })
    };
    while decimals < MOST_DECIMALS && overclaims(decimals) {
        decimals += 1;
    }
    decimals
}

/// Decimals of what was timed: one significant digit of half the interval, and never fewer than two of the value.
#[must_use]
pub fn cost_decimals(spread: &Spread) -> usize {
    let digits = |number: f64, wanted: i32| {
        if number > 0.0 {
            (wanted - 1 - number.log10().floor() as i32).clamp(0, 6) as usize
        } else {
            0
        }
    };
    digits((spread.high - spread.low) / 2.0, 1).max(digits(spread.value, 2))
}

/// Decimals that show `1 + more` significant digits of `number`.
fn decimals_for(number: f64, more: i32) -> usize {
    if number <= 0.0 || !number.is_finite() {
        return 0;
    }
    let exponent = number.log10().floor() as i32;
    usize::try_from(more - exponent).unwrap_or(0).min(MOST_DECIMALS)
}

/// Whether `number`, written so, looks like none at all.
fn shows_none(number: f64, decimals: usize) -> bool {
    format!("{number:.decimals$}")
        .chars()
        .all(|c| matches!(c, '0' | '.'))
}

/// Whether `percentage`, written so, looks like all.
fn shows_all(percentage: f64, decimals: usize) -> bool {
    format!("{percentage:.decimals$}").starts_with("100")
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
    use vsa_record::estimate::{Interval, IntervalMethod, SampleSize, SampledThing};

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
    fn french_writes_a_decimal_comma_and_its_own_units_and_rounds_alike() {
        let e = estimate(0.961, 0.938, 0.979, Unit::Ratio);
        let f = french::figures(&e);
        assert_eq!(
            (f.value.as_str(), f.interval.as_str()),
            ("96,1\u{202f}%", "93,8–97,9\u{202f}%")
        );
        assert_eq!(
            french::figures(&estimate(1.5, 1.1, 1.9, Unit::PerHour)).value,
            "1,5 par heure"
        );
        assert_eq!(french::plain(62.5), "62,5");
        assert_eq!(french::plain(1500.0), "1\u{202f}500");
        assert_eq!(french::decimal(-1234.5, 1).replace(THIN, " "), "−1 234,5");
        assert_eq!(french::rounded_percent(0.999_6), "99,96\u{202f}%");
        assert_eq!(french::bytes(8_131_690).replace(THIN, " "), "8 131 690 octets");
        for (text, again) in [
            (french::count(4650), count(4650)),
            (french::duration(60.0), duration(60.0)),
        ] {
            assert_eq!(text, again);
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
