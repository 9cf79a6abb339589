//! Round marks for an axis. In: the largest value. Out: ticks from zero to at least it.

use crate::document::Tick;
use crate::formats::Numerals as _;
use vsa_base::language::Language;

/// Four to six marks at 1, 2 or 5 times a power of ten.
pub(super) fn ticks(language: Language, most: f64) -> Vec<Tick> {
    if !(most.is_finite() && most > 0.0) {
        return vec![tick(language, 0.0), tick(language, 1.0)];
    }
    let rough = most / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|m| m * power)
        .into_iter()
        .find(|s| *s >= rough * 0.999)
        .unwrap_or(power * 10.0);
    let marks = (most / step - 1e-9).ceil().max(1.0) as u32;
    (0..=marks).map(|i| tick(language, f64::from(i) * step)).collect()
}

/// As [`ticks`], in whole numbers only.
pub(super) fn whole_ticks(language: Language, most: f64) -> Vec<Tick> {
    if most <= 4.0 {
        (0..=most.max(1.0).ceil() as u32)
            .map(|i| tick(language, f64::from(i)))
            .collect()
    } else {
        ticks(language, most)
    }
}

/// From none to all.
pub(super) fn shares(language: Language) -> Vec<Tick> {
    [0.0, 0.25, 0.5, 0.75, 1.0]
        .map(|at| Tick {
            at,
            label: language.percent(at),
        })
        .into()
}

fn tick(language: Language, at: f64) -> Tick {
    Tick {
        at,
        label: language.plain(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_reach_the_largest_value() {
        for (most, expected) in [
            (8.0, vec!["0", "2", "4", "6", "8"]),
            (7.3, vec!["0", "2", "4", "6", "8"]),
            (0.9, vec!["0", "0.5", "1"]),
            (251.0, vec!["0", "100", "200", "300"]),
            (0.0, vec!["0", "1"]),
            (f64::NAN, vec!["0", "1"]),
        ] {
            let labels: Vec<String> = ticks(Language::English, most)
                .into_iter()
                .map(|t| t.label)
                .collect();
            assert_eq!(labels, expected, "{most}");
        }
        assert_eq!(whole_ticks(Language::English, 3.0).len(), 4);
    }
}
