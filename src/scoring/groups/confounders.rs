//! What differs between groups besides the group: size, distance, light, occlusion. In: the labels' heights, and attributes
//! that the user names. Out: for each label the stratum of each confounder that it is in.
//!
//! Heights from one power of two to the next are one stratum, whatever the data. Numbers of another kind with more than eight
//! values are cut into fifths of the labels (Cochran 1968: five strata take away nine tenths of what confounds); fewer values,
//! and words, are a stratum each. A label without a value is in no stratum.

use super::attributes::Attributes;
use crate::error::EvaluateError;
use std::collections::BTreeSet;

/// Name of the confounder that needs no attribute: the height of the label's box in pixels.
pub(crate) const HEIGHT: &str = "height";

/// More different numbers than this are cut into ranges.
const MOST_VALUES: usize = 8;
const FIFTHS: usize = 5;

/// A confounder and its strata, from little to much.
pub(crate) struct Confounder {
    pub(crate) name: String,
    strata: Vec<String>,
    /// By label; none: unknown.
    of_label: Vec<Option<u32>>,
}

impl Confounder {
    pub(crate) fn label(&self, stratum: u32) -> String {
        match self.strata.get(stratum as usize) {
            Some(label) => label.clone(),
            // Heights: from a power of two to the next.
            None => {
                let from = 2u64.pow(stratum.min(62));
                format!("{from} to {}", from * 2)
            }
        }
    }

    pub(crate) fn of_label(&self, source: usize, height: f64, in_pixels: bool) -> Option<u32> {
        if self.name == HEIGHT {
            return octave(height).filter(|_| in_pixels);
        }
        self.of_label.get(source).copied().flatten()
    }
}

/// The confounders of these names. `known`: attributes by name, first come first served.
pub(crate) fn named(names: &[String], known: &[&Attributes]) -> Result<Vec<Confounder>, EvaluateError> {
    let one = |name: &String| {
        if name == HEIGHT {
            return Ok(Confounder {
                name: name.clone(),
                strata: Vec::new(),
                of_label: Vec::new(),
            });
        }
        let values = known.iter().find_map(|attributes| attributes.values(name)).ok_or_else(|| {
            EvaluateError::Options(format!(
                "there is no attribute `{name}` to hold constant: name {HEIGHT}, a column of --groups, or an attribute of the \
                 labels"
            ))
        })?;
        Ok(cut(name, &values))
    };
    names.iter().map(one).collect()
}

fn cut(name: &str, values: &[Option<String>]) -> Confounder {
    let known: Vec<&str> = values.iter().flatten().map(String::as_str).collect();
    let distinct: BTreeSet<&str> = known.iter().copied().collect();
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    let mut numbers: Vec<f64> = known.iter().filter_map(|text| number(text)).collect();
    let numeric = !known.is_empty() && numbers.len() == known.len();
    if numeric && distinct.len() > MOST_VALUES {
        numbers.sort_by(f64::total_cmp);
        let mut edges: Vec<f64> = (1..FIFTHS)
            .map(|fifth| numbers[fifth * numbers.len() / FIFTHS])
            .collect();
        edges.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let label = |at: usize| match (at.checked_sub(1).map(|at| edges[at]), edges.get(at)) {
            (None, Some(below)) => format!("below {below}"),
            (Some(from), Some(below)) => format!("{from} to {below}"),
            (Some(from), None) => format!("{from} and more"),
            (None, None) => "all".to_owned(),
        };
        let place = |value: f64| edges.partition_point(|edge| *edge <= value) as u32;
        return Confounder {
            name: name.to_owned(),
            strata: (0..=edges.len()).map(label).collect(),
            of_label: values
                .iter()
                .map(|text| text.as_deref().and_then(number).map(place))
                .collect(),
        };
    }
    let mut strata: Vec<&str> = distinct.into_iter().collect();
    if numeric {
        let value = |text: &str| number(text).unwrap_or(0.0);
        strata.sort_by(|a, b| value(a).total_cmp(&value(b)));
    }
    let place = |text: &str| strata.iter().position(|known| *known == text).map(|at| at as u32);
    Confounder {
        name: name.to_owned(),
        of_label: values
            .iter()
            .map(|text| text.as_deref().and_then(place))
            .collect(),
        strata: strata.iter().map(|label| (*label).to_owned()).collect(),
    }
}

/// Heights from one power of two to the next.
fn octave(height: f64) -> Option<u32> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a logarithm of a length of at least 1"
    )]
    (height > 0.0).then(|| height.max(1.0).log2().floor() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_numbers_are_cut_into_fifths_and_few_stay_as_they_are() {
        let values = |n: u32, modulo: u32| -> Vec<Option<String>> {
            (0..n).map(|at| Some((at % modulo).to_string())).collect()
        };
        let distances = cut("distance", &values(100, 100));
        assert_eq!(
            distances.strata,
            ["below 20", "20 to 40", "40 to 60", "60 to 80", "80 and more"]
        );
        for fifth in 0..5 {
            let within = distances
                .of_label
                .iter()
                .filter(|stratum| **stratum == Some(fifth))
                .count();
            assert_eq!(within, 20);
        }
        let occlusion = cut("occlusion", &values(90, 3));
        assert_eq!(occlusion.strata, ["0", "1", "2"]);
        // 10 comes after 9 where values are numbers.
        let mut some = values(8, 8);
        some[0] = Some("10".to_owned());
        assert_eq!(cut("n", &some).strata.last().unwrap(), "10");
        some[1] = None;
        assert_eq!(cut("n", &some).of_label[1], None);
    }
}
