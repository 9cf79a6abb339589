//! A table of costs in, the cheapest one-to-one assignment out. Nothing is known here of boxes or tracks.
//!
//! Own code (about a hundred lines) rather than a crate: the matrix crates' float assignment needs wrapped
//! cost types and says nothing about ties, and ties decide whether two runs give the same bytes.

/// Pairs `(row, column)` in order of rows, such that the sum over pairs of `cost - limit` is least: a pair is
/// made only where it costs less than leaving both sides alone, which costs `limit`. `cost(row, column)` is
/// asked once for each pair; NaN counts as too dear.
///
/// Rows and columns that cannot reach each other through affordable pairs are solved apart: in a picture
/// almost everything is far from almost everything else, so that a thousand boxes are many small problems.
pub fn assign(
    rows: usize,
    columns: usize,
    limit: f64,
    mut cost: impl FnMut(usize, usize) -> f64,
) -> Vec<(usize, usize)> {
    let mut affordable: Vec<Vec<(usize, f64)>> = Vec::with_capacity(rows);
    let mut rows_of: Vec<Vec<usize>> = vec![Vec::new(); columns];
    for row in 0..rows {
        let mut edges = Vec::new();
        for (column, rows_here) in rows_of.iter_mut().enumerate() {
            let value = cost(row, column);
            if value < limit {
                edges.push((column, value));
                rows_here.push(row);
            }
        }
        affordable.push(edges);
    }
    let mut pairs = Vec::new();
    let mut row_done = vec![false; rows];
    let mut column_done = vec![false; columns];
    for start in 0..rows {
        if row_done[start] || affordable[start].is_empty() {
            continue;
        }
        let (component_rows, component_columns) =
            component(start, &affordable, &rows_of, &mut row_done, &mut column_done);
        solve_component(
            &component_rows,
            &component_columns,
            &affordable,
            limit,
            &mut pairs,
        );
    }
    pairs.sort_unstable();
    pairs
}

/// All rows and columns that `start` reaches through affordable pairs, each in ascending order.
fn component(
    start: usize,
    affordable: &[Vec<(usize, f64)>],
    rows_of: &[Vec<usize>],
    row_done: &mut [bool],
    column_done: &mut [bool],
) -> (Vec<usize>, Vec<usize>) {
    let (mut rows, mut columns) = (vec![start], Vec::new());
    row_done[start] = true;
    let mut next = 0;
    while next < rows.len() {
        for &(column, _) in &affordable[rows[next]] {
            if column_done[column] {
                continue;
            }
            column_done[column] = true;
            columns.push(column);
            for &row in &rows_of[column] {
                if !row_done[row] {
                    row_done[row] = true;
                    rows.push(row);
                }
            }
        }
        next += 1;
    }
    rows.sort_unstable();
    columns.sort_unstable();
    (rows, columns)
}

/// Solves one connected component, with the shorter side as the side that is assigned completely.
fn solve_component(
    rows: &[usize],
    columns: &[usize],
    affordable: &[Vec<(usize, f64)>],
    limit: f64,
    pairs: &mut Vec<(usize, usize)>,
) {
    let (height, width) = (rows.len(), columns.len());
    if let ([row], [column]) = (rows, columns) {
        pairs.push((*row, *column));
        return;
    }
    // Gains below zero for affordable pairs, zero for the others: an unaffordable pair is as good as none.
    let mut table = vec![0.0; height * width];
    for (at, &row) in rows.iter().enumerate() {
        for &(column, value) in &affordable[row] {
            let place = columns
                .binary_search(&column)
                .expect("a component holds all columns of its rows");
            table[at * width + place] = value - limit;
        }
    }
    if height <= width {
        let chosen = hungarian(height, width, |row, column| table[row * width + column]);
        for (row, column) in chosen.into_iter().enumerate() {
            if table[row * width + column] < 0.0 {
                pairs.push((rows[row], columns[column]));
            }
        }
    } else {
        let chosen = hungarian(width, height, |column, row| table[row * width + column]);
        for (column, row) in chosen.into_iter().enumerate() {
            if table[row * width + column] < 0.0 {
                pairs.push((rows[row], columns[column]));
            }
        }
    }
}

/// The Hungarian method with potentials and shortest augmenting paths, O(rows² × columns) (Jonker & Volgenant
/// 1987, in its plain form). Needs `rows <= columns` and finite costs; gives each row's column. Of equal
/// paths the one with the lowest column is taken.
fn hungarian(rows: usize, columns: usize, cost: impl Fn(usize, usize) -> f64) -> Vec<usize> {
    const FREE: usize = usize::MAX;
    let mut row_potential = vec![0.0; rows];
    let mut column_potential = vec![0.0; columns];
    let mut row_at: Vec<usize> = vec![FREE; columns];
    for new_row in 0..rows {
        let mut shortest = vec![f64::INFINITY; columns];
        let mut came_from = vec![FREE; columns];
        let mut visited = vec![false; columns];
        let mut row = new_row;
        let mut column_here = FREE;
        loop {
            let mut least = f64::INFINITY;
            let mut next = FREE;
            for column in 0..columns {
                if visited[column] {
                    continue;
                }
                let reduced = cost(row, column) - row_potential[row] - column_potential[column];
                if reduced < shortest[column] {
                    shortest[column] = reduced;
                    came_from[column] = column_here;
                }
                if next == FREE || shortest[column] < least {
                    least = shortest[column];
                    next = column;
                }
            }
            row_potential[new_row] += least;
            for column in 0..columns {
                if visited[column] {
                    row_potential[row_at[column]] += least;
                    column_potential[column] -= least;
                } else {
                    shortest[column] -= least;
                }
            }
            visited[next] = true;
            column_here = next;
            if row_at[next] == FREE {
                break;
            }
            row = row_at[next];
        }
        // Turn the path round: each column on it takes the row of the column before.
        while came_from[column_here] != FREE {
            let before = came_from[column_here];
            row_at[column_here] = row_at[before];
            column_here = before;
        }
        row_at[column_here] = new_row;
    }
    let mut column_of = vec![FREE; rows];
    for (column, &row) in row_at.iter().enumerate() {
        if row != FREE {
            column_of[row] = column;
        }
    }
    column_of
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn total(table: &[Vec<f64>], limit: f64, pairs: &[(usize, usize)]) -> f64 {
        pairs
            .iter()
            .map(|&(row, column)| table[row][column] - limit)
            .sum()
    }

    fn brute_force(table: &[Vec<f64>], limit: f64, row: usize, used: &mut Vec<bool>) -> f64 {
        let Some(costs) = table.get(row) else { return 0.0 };
        let mut best = brute_force(table, limit, row + 1, used);
        for column in 0..used.len() {
            if !used[column] && costs[column] < limit {
                used[column] = true;
                best = best.min(costs[column] - limit + brute_force(table, limit, row + 1, used));
                used[column] = false;
            }
        }
        best
    }

    fn solve(table: &[Vec<f64>], limit: f64) -> Vec<(usize, usize)> {
        let columns = table.first().map_or(0, Vec::len);
        assign(table.len(), columns, limit, |row, column| table[row][column])
    }

    #[test]
    fn the_greedy_choice_is_given_up_for_a_better_whole() {
        // Greedy takes (0, 0) for 1 and is left with 9; the best whole is 2 + 2.
        assert_eq!(solve(&[vec![1.0, 2.0], vec![2.0, 9.0]], 10.0), [(0, 1), (1, 0)]);
    }

    #[test]
    fn a_pair_as_dear_as_the_limit_is_not_made() {
        assert_eq!(solve(&[vec![0.5]], 0.5), []);
        assert_eq!(solve(&[vec![f64::NAN, 0.4]], 0.5), [(0, 1)]);
        // Nor where the best whole leaves nothing else to somebody, in a table that is wide or high.
        let wide = [vec![0.1, 0.4, 0.45], vec![0.4, 0.5, 0.5]];
        assert_eq!(solve(&wide, 0.5), [(0, 0)]);
        let high = [vec![0.1, 0.4], vec![0.4, 0.5], vec![0.45, 0.5]];
        assert_eq!(solve(&high, 0.5), [(0, 0)]);
    }

    #[test]
    fn one_cheap_pair_is_not_given_up_for_two_that_are_barely_affordable() {
        // (0,0) alone saves 0.9; (0,1) and (1,0) together save 0.2.
        assert_eq!(solve(&[vec![0.1, 0.9], vec![0.9, 5.0]], 1.0), [(0, 0)]);
    }

    #[test]
    fn nothing_is_assigned_to_nobody() {
        assert_eq!(assign(0, 3, 1.0, |_, _| 0.0), []);
        assert_eq!(assign(3, 0, 1.0, |_, _| 0.0), []);
    }

    #[test]
    fn of_equal_solutions_the_same_one_is_always_taken() {
        let pairs = solve(&vec![vec![0.25; 4]; 3], 1.0);
        assert_eq!(pairs, [(0, 0), (1, 1), (2, 2)]);
    }

    proptest! {
        #[test]
        fn the_assignment_is_as_good_as_the_best_of_all(
            rows in 0usize..6, columns in 0usize..6,
            values in prop::collection::vec(0u32..20, 36), limit in 1u32..20,
        ) {
            let table: Vec<Vec<f64>> =
                (0..rows).map(|row| (0..columns).map(|column| f64::from(values[row * 6 + column])).collect()).collect();
            let limit = f64::from(limit);
            let pairs = solve(&table, limit);
            let mut seen_rows = vec![false; rows];
            let mut seen_columns = vec![false; columns];
            for &(row, column) in &pairs {
                prop_assert!(table[row][column] < limit);
                prop_assert!(!std::mem::replace(&mut seen_rows[row], true));
                prop_assert!(!std::mem::replace(&mut seen_columns[column], true));
            }
            let best = brute_force(&table, limit, 0, &mut vec![false; columns]);
            prop_assert!((total(&table, limit, &pairs) - best).abs() < 1e-9);
        }
    }
}
