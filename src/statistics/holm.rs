//! Several tests together. In: p-values. Out: p-values adjusted, or which of them are small enough, such that the chance of
//! any false one stays below the error, however the tests hang together (Holm 1979, step-down).

/// The p-values' places, smallest first, each with the number of tests that were not yet decided: what it pays for.
fn steps(p_values: &[f64]) -> impl Iterator<Item = (usize, f64)> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]).then(a.cmp(b)));
    let all = order.len();
    order
        .into_iter()
        .enumerate()
        .map(move |(rank, at)| (at, (all - rank) as f64))
}

/// The adjusted p-values, in the order given.
#[must_use]
pub fn adjusted(p_values: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![0.0; p_values.len()];
    let mut so_far = 0.0f64;
    for (at, times) in steps(p_values) {
        so_far = so_far.max((times * p_values[at]).min(1.0));
        adjusted[at] = so_far;
    }
    adjusted
}

/// What the rule made of one test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// Its p-value is small enough, and so are all smaller ones.
    pub rejected: bool,
    /// The error to which it was held; of those after the first that is not small enough, that one's.
    pub to: f64,
}

/// Which of the p-values are small enough together, in the order given.
#[must_use]
pub fn rejected(p_values: &[f64], error: f64) -> Vec<Held> {
    let mut found = vec![
        Held {
            rejected: false,
            to: error
        };
        p_values.len()
    ];
    let mut rejected = true;
    let mut to = error;
    for (at, times) in steps(p_values) {
        if rejected {
            to = error / times;
            rejected = p_values[at] <= to;
        }
        found[at] = Held { rejected, to };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjusted_by_hand() {
        // Sorted 0.01, 0.02, 0.03, 0.04: times 4, 3, 2, 1 and never falling: 0.04, 0.06, 0.06, 0.06.
        let got = adjusted(&[0.03, 0.01, 0.04, 0.02]);
        for (got, wanted) in got.into_iter().zip([0.06, 0.04, 0.06, 0.06]) {
            assert!((got - wanted).abs() < 1e-15, "{got}");
        }
        assert_eq!(adjusted(&[0.9, 0.8]), [1.0, 1.0]);
    }

    #[test]
    fn the_rule_is_that_of_its_worked_example() {
        // Of 0.01, 0.04, 0.03, 0.005 at 5 %: 0.005 <= 0.0125, 0.01 <= 0.0167, 0.03 > 0.025, and there it stops.
        let found = rejected(&[0.01, 0.04, 0.03, 0.005], 0.05);
        let which: Vec<bool> = found.iter().map(|held| held.rejected).collect();
        assert_eq!(which, [true, false, false, true]);
        for (held, times) in found.iter().zip([3.0, 2.0, 2.0, 4.0]) {
            assert!((held.to - 0.05 / times).abs() < 1e-15, "{held:?}");
        }
        assert!(rejected(&[], 0.05).is_empty());
    }

    #[test]
    fn what_is_rejected_is_what_is_adjusted_to_less_than_the_error() {
        let p_values = [0.2, 0.009, 0.001, 0.024, 0.012, 0.02];
        let by_rule = rejected(&p_values, 0.05);
        let by_adjustment = adjusted(&p_values);
        for (held, adjusted) in by_rule.iter().zip(by_adjustment) {
            assert_eq!(held.rejected, adjusted <= 0.05);
        }
        assert_eq!(by_rule.iter().filter(|held| held.rejected).count(), 3);
    }
}
