//! A table of gains in, the one-to-one assignment with the greatest sum out, with ties broken as scipy breaks them.
//!
//! Crouse 2016, "On implementing 2D rectangular assignment algorithms", as `scipy.optimize.linear_sum_assignment` (1.4 on)
//! implements it: `TrackEval`'s figures depend on which of equal assignments is taken. [`assign`](crate::assignment::assign) breaks
//! ties otherwise and gives pairs up that are too dear, so it cannot stand in.
//! Pairs without gain are not given: no metric counts them. But they are in the table that is solved, with the rows and the
//! columns that have nothing else: which of equal assignments is found depends on all of it.

/// Pairs `(row, column)` in order of rows. `gain` is a table of `rows` times `columns`, row by row, without negatives.
#[must_use]
pub fn assign_greatest(gain: &[f64], rows: usize, columns: usize) -> Vec<(usize, usize)> {
    if let Some(pairs) = undisputed(gain, rows, columns) {
        return pairs;
    }
    let mut pairs: Vec<(usize, usize)> = if columns < rows {
        let cost: Vec<f64> = (0..columns)
            .flat_map(|column| (0..rows).map(move |row| -gain[row * columns + column]))
            .collect();
        let of_column = solve(&cost, columns, rows).into_iter().enumerate();
        of_column.map(|(column, row)| (row, column)).collect()
    } else {
        let cost: Vec<f64> = gain.iter().map(|gain| -gain).collect();
        solve(&cost, rows, columns).into_iter().enumerate().collect()
    };
    pairs.retain(|(row, column)| gain[row * columns + column] > 0.0);
    pairs.sort_unstable();
    pairs
}

/// The pairs, where no row and no column has more than one gain: then there is nothing to choose.
fn undisputed(gain: &[f64], rows: usize, columns: usize) -> Option<Vec<(usize, usize)>> {
    let mut pairs = Vec::with_capacity(rows.min(columns));
    let mut column_taken = vec![false; columns];
    for (row, of_row) in gain.chunks(columns.max(1)).enumerate() {
        let mut gains = of_row.iter().enumerate().filter(|(_, gain)| **gain > 0.0);
        let Some((column, _)) = gains.next() else {
            continue;
        };
        if gains.next().is_some() || std::mem::replace(&mut column_taken[column], true) {
            return None;
        }
        pairs.push((row, column));
    }
    Some(pairs)
}

const FREE: usize = usize::MAX;

/// The column of each row, at the least sum of costs; no more rows than columns.
fn solve(cost: &[f64], rows: usize, columns: usize) -> Vec<usize> {
    let mut of_row = vec![FREE; rows];
    let mut of_column = vec![FREE; columns];
    let (mut row_price, mut column_price) = (vec![0.0; rows], vec![0.0; columns]);
    for start in 0..rows {
        let mut shortest = vec![f64::INFINITY; columns];
        let mut path = vec![FREE; columns];
        let (mut row_seen, mut column_seen) = (vec![false; rows], vec![false; columns]);
        // In reverse, so that a table of equal costs gives the diagonal.
        let mut remaining: Vec<usize> = (0..columns).rev().collect();
        let mut least = 0.0;
        let mut row = start;
        let sink = loop {
            row_seen[row] = true;
            let (mut lowest, mut index) = (f64::INFINITY, FREE);
            for (at, &column) in remaining.iter().enumerate() {
                let reduced = least + cost[row * columns + column] - row_price[row] - column_price[column];
                if reduced < shortest[column] {
                    path[column] = row;
                    shortest[column] = reduced;
                }
                // Of equal columns one that is free ends the search at once.
                if shortest[column] < lowest || (shortest[column] <= lowest && of_column[column] == FREE) {
                    lowest = shortest[column];
                    index = at;
                }
            }
            least = lowest;
            let column = remaining[index];
            column_seen[column] = true;
            remaining.swap_remove(index);
            if of_column[column] == FREE {
                break column;
            }
            row = of_column[column];
        };
        row_price[start] += least;
        for other in (0..rows).filter(|other| row_seen[*other] && *other != start) {
            row_price[other] += least - shortest[of_row[other]];
        }
        for column in (0..columns).filter(|column| column_seen[*column]) {
            column_price[column] -= least - shortest[column];
        }
        let mut column = sink;
        loop {
            let row = path[column];
            of_column[column] = row;
            std::mem::swap(&mut of_row[row], &mut column);
            if row == start {
                break;
            }
        }
    }
    of_row
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_greedy_choice_is_given_up_for_a_better_whole() {
        assert_eq!(assign_greatest(&[9.0, 8.0, 8.0, 1.0], 2, 2), [(0, 1), (1, 0)]);
    }

    #[test]
    fn more_rows_than_columns_leave_rows_alone() {
        assert_eq!(assign_greatest(&[0.2, 0.9, 0.5], 3, 1), [(1, 0)]);
    }

    #[test]
    fn equal_gains_give_the_diagonal_as_in_scipy() {
        // scipy.optimize.linear_sum_assignment(-numpy.full((3, 4), 0.25)) gives columns 0, 1, 2.
        assert_eq!(assign_greatest(&[0.25; 12], 3, 4), [(0, 0), (1, 1), (2, 2)]);
    }

    #[test]
    fn of_equal_assignments_the_one_of_scipy_is_taken() {
        // scipy.optimize.linear_sum_assignment(-gain) 1.17.1, pairs without gain left out.
        let of = |gain: &[f64], columns| assign_greatest(gain, gain.len() / columns, columns);
        // A row that gains nothing takes the first column.
        assert_eq!(of(&[0.0, 0.0, 1.0, 1.0], 2), [(1, 1)]);
        assert_eq!(of(&[0.0, 1.0, 0.0, 1.0], 2), [(0, 1)]);
        assert_eq!(of(&[1.0, 1.0, 2.0, 2.0], 2), [(0, 0), (1, 1)]);
        assert_eq!(of(&[2.0, 0.0, 3.0, 1.0], 2), [(0, 0), (1, 1)]);
        assert_eq!(of(&[0.0, 0.0, 0.0, 1.0, 0.0, 1.0], 3), [(1, 2)]);
        assert_eq!(of(&[1.0, 1.0, 0.0, 1.0, 0.0, 1.0], 3), [(0, 0), (1, 2)]);
        assert_eq!(of(&[1.0, 1.0, 1.0, 0.0, 0.0, 1.0], 2), [(0, 0), (2, 1)]);
    }

    #[test]
    fn prices_of_rows_that_were_given_up_decide_as_in_scipy() {
        let gain = [2.0, 2.0, 4.0, 1.0, 2.0, 4.0, 4.0, 2.0, 7.0];
        assert_eq!(assign_greatest(&gain, 3, 3), [(0, 0), (1, 1), (2, 2)]);
        let gain = [
            [0.0, 1.0, 7.0, 4.0, 4.0],
            [3.0, 7.0, 6.0, 4.0, 5.0],
            [0.0, 0.0, 6.0, 0.0, 2.0],
            [3.0, 2.0, 6.0, 5.0, 2.0],
        ];
        assert_eq!(
            assign_greatest(gain.as_flattened(), 4, 5),
            [(0, 4), (1, 1), (2, 2), (3, 3)]
        );
    }

    #[test]
    fn pairs_without_gain_are_not_made() {
        assert_eq!(assign_greatest(&[0.0], 1, 1), []);
        assert_eq!(assign_greatest(&[0.0; 4], 2, 2), []);
        assert_eq!(assign_greatest(&[], 0, 3), []);
        // The best whole leaves the second row the second column, of which it has nothing.
        assert_eq!(assign_greatest(&[9.0, 1.0, 1.0, 0.0], 2, 2), [(0, 0)]);
    }

    fn best(gain: &[f64], columns: usize, row: usize, rows: usize, used: &mut Vec<bool>) -> f64 {
        if row == rows {
            return 0.0;
        }
        let mut most = best(gain, columns, row + 1, rows, used);
        for column in 0..columns {
            if !used[column] {
                used[column] = true;
                most = most.max(gain[row * columns + column] + best(gain, columns, row + 1, rows, used));
                used[column] = false;
            }
        }
        most
    }

    proptest! {
        #[test]
        fn the_assignment_is_as_good_as_the_best_of_all(
            rows in 0usize..6, columns in 0usize..6, values in prop::collection::vec(0u32..8, 36),
        ) {
            let gain: Vec<f64> = values.iter().take(rows * columns).map(|value| f64::from(value.saturating_sub(2))).collect();
            let pairs = assign_greatest(&gain, rows, columns);
            let sum: f64 = pairs.iter().map(|(row, column)| gain[row * columns + column]).sum();
            let most = best(&gain, columns, 0, rows, &mut vec![false; columns]);
            prop_assert!((sum - most).abs() < 1e-9);
        }
    }
}
