//! The middle value. In: values in any order, and how they are ordered. Out: one of them, never a mean of two: a median of
//! whole numbers, or of values on a grid, stays what somebody measured. None: there is no value.
//! Deliberately not here: medians with intervals (`interval::order_statistic_ranks`, `survival`).

use std::cmp::Ordering;

/// The upper one of the middle two, where the number of values is even. The values change places.
#[inline]
pub fn upper<T: Copy>(values: &mut [T], order: impl FnMut(&T, &T) -> Ordering) -> Option<T> {
    ranked(values, values.len() / 2, order)
}

/// The lower one of the middle two, where the number of values is even. The values change places.
#[inline]
pub fn lower<T: Copy>(values: &mut [T], order: impl FnMut(&T, &T) -> Ordering) -> Option<T> {
    ranked(values, values.len().saturating_sub(1) / 2, order)
}

/// The lower middle of values that are told in ascending order with how often each occurs.
pub fn lower_of_counts<T>(counts: impl Iterator<Item = (T, u64)> + Clone) -> Option<T> {
    let total: u64 = counts.clone().map(|(_, times)| times).sum();
    let mut before = 0;
    counts.into_iter().find_map(|(value, times)| {
        before += times;
        (before * 2 >= total).then_some(value)
    })
}

#[inline]
fn ranked<T: Copy>(values: &mut [T], rank: usize, order: impl FnMut(&T, &T) -> Ordering) -> Option<T> {
    (rank < values.len()).then(|| *values.select_nth_unstable_by(rank, order).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_odd_number_both_are_the_middle_and_of_an_even_number_its_two_neighbours() {
        assert_eq!(upper(&mut [3.0, 1.0, 2.0], f64::total_cmp), Some(2.0));
        assert_eq!(lower(&mut [3.0, 1.0, 2.0], f64::total_cmp), Some(2.0));
        assert_eq!(upper(&mut [4, 1, 3, 2], Ord::cmp), Some(3));
        assert_eq!(lower(&mut [4, 1, 3, 2], Ord::cmp), Some(2));
        assert_eq!(upper(&mut [7u8], Ord::cmp), Some(7));
        assert_eq!(lower(&mut [7u8], Ord::cmp), Some(7));
    }

    #[test]
    fn nothing_has_no_middle() {
        assert_eq!(upper::<u8>(&mut [], Ord::cmp), None);
        assert_eq!(lower::<u8>(&mut [], Ord::cmp), None);
        assert_eq!(lower_of_counts(std::iter::empty::<(u8, u64)>()), None);
    }

    #[test]
    fn counted_values_have_the_lower_middle_of_the_values_written_out() {
        for counts in [
            [(1, 1), (2, 1), (5, 1)],
            [(1, 2), (2, 1), (5, 1)],
            [(1, 1), (2, 0), (5, 3)],
        ] {
            let mut all: Vec<u64> = counts
                .iter()
                .flat_map(|&(value, times)| std::iter::repeat_n(value, times as usize))
                .collect();
            assert_eq!(
                lower_of_counts(counts.into_iter()),
                lower(&mut all, Ord::cmp),
                "{counts:?}"
            );
        }
    }
}
