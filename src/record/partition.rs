//! Cells that add up: the bins of a histogram, the levels of a standard, quantiles, all along one axis.
//! In: a question "may the people between these two edges be spoken of?". Out: which edges may be published.
//!
//! Whatever is published along one axis (a bin, a cumulative share, a quantile, the end of its interval) says how much
//! lies below some edge. Whoever knows two such edges knows what lies between them. So an edge is published only if
//! every band between neighbouring published edges holds nobody, or enough people. All that can be derived is then a
//! sum of such bands, and a bin is shown only if both its edges are published. That is complementary suppression by
//! construction: no second pass, nothing to forget. Source of the aim: CMS (see [`disclosure`](super::disclosure)).
//!
//! Deliberately not here: who the people are. How they are counted is the caller's business.

use std::collections::BTreeSet;
use std::ops::Range;

/// The published edges of one axis of `cells` cells. Edge `i` lies below cell `i`.
#[derive(Clone, Debug)]
pub struct Cuts {
    cells: usize,
    /// None: not even the whole axis may be spoken of.
    edges: Option<BTreeSet<usize>>,
}

impl Cuts {
    /// No edge but the two ends, if everything together may be spoken of.
    #[must_use]
    pub fn new(cells: usize, permitted: &dyn Fn(Range<usize>) -> bool) -> Self {
        let edges = permitted(0..cells).then(|| BTreeSet::from([0, cells]));
        Self { cells, edges }
    }

    /// Publishes all edges of `bundle`, if every band that results may be spoken of; otherwise none of them.
    /// Call it for the most telling edges first: an edge that is published may keep another from being so.
    pub fn admit(&mut self, bundle: &[usize], permitted: &dyn Fn(Range<usize>) -> bool) -> bool {
        let Some(edges) = &self.edges else { return false };
        let mut wider = edges.clone();
        wider.extend(bundle.iter().copied().filter(|&edge| edge <= self.cells));
        let bands = wider.iter().zip(wider.iter().skip(1));
        let sound = bands
            .filter(|&(low, high)| !self.is_band(*low, *high))
            .all(|(&low, &high)| permitted(low..high));
        if sound {
            self.edges = Some(wider);
        }
        sound
    }

    /// Whether what lies below edge `edge` may be told.
    #[must_use]
    pub fn shows(&self, edge: usize) -> bool {
        self.edges.as_ref().is_some_and(|edges| edges.contains(&edge))
    }

    /// Whether what lies between two edges may be told.
    #[must_use]
    pub fn shows_between(&self, range: &Range<usize>) -> bool {
        self.shows(range.start) && self.shows(range.end)
    }

    /// Whether this band was there, and permitted, before.
    fn is_band(&self, low: usize, high: usize) -> bool {
        self.shows(low)
            && self.shows(high)
            && self
                .edges
                .as_ref()
                .is_some_and(|edges| edges.range(low + 1..high).next().is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn published(table: &[u64], min_cell: u64, order: &[usize]) -> Cuts {
        let permitted = |range: Range<usize>| {
            let people: u64 = table[range].iter().sum();
            people == 0 || people >= min_cell
        };
        let mut cuts = Cuts::new(table.len(), &permitted);
        for &edge in order {
            cuts.admit(&[edge], &permitted);
        }
        cuts
    }

    /// Everything an attacker sees: the edges, and how much lies between neighbouring ones.
    fn view(table: &[u64], cuts: &Cuts) -> Option<(Vec<usize>, Vec<u64>)> {
        let edges: Vec<usize> = cuts.edges.as_ref()?.iter().copied().collect();
        let bands = edges
            .windows(2)
            .map(|pair| table[pair[0]..pair[1]].iter().sum())
            .collect();
        Some((edges, bands))
    }

    /// Calls `visit` with every table of `cells` cells of up to `most` people.
    fn every_table(cells: usize, most: u64, visit: &mut dyn FnMut(&[u64])) {
        let mut table = vec![0; cells];
        loop {
            visit(&table);
            let Some(cell) = table.iter().position(|&people| people < most) else {
                return;
            };
            table[..cell].fill(0);
            table[cell] += 1;
        }
    }

    #[test]
    fn an_attacker_who_knows_the_rule_and_all_that_is_shown_cannot_pin_a_small_band_down() {
        // Brute force: all tables that give the same view are grouped; within a group, every run of neighbouring cells
        // that really holds 1 to min_cell - 1 people must have at least two possible numbers.
        let mut small_bands = 0u64;
        for (min_cell, cells, most) in [(3, 4, 6), (4, 3, 11), (5, 3, 12)] {
            for order in [vec![1, 2, 3], vec![2, 1, 3], vec![3, 2, 1]] {
                let order: Vec<usize> = order.into_iter().filter(|&edge| edge < cells).collect();
                let mut by_view: BTreeMap<_, Vec<Vec<u64>>> = BTreeMap::new();
                every_table(cells, most, &mut |table| {
                    let seen = view(table, &published(table, min_cell, &order));
                    by_view.entry(seen).or_default().push(table.to_vec());
                });
                for (seen, tables) in &by_view {
                    // Tables at the rim of the enumeration lack their neighbours.
                    if tables.iter().flatten().any(|&people| people + min_cell > most) {
                        continue;
                    }
                    for low in 0..cells {
                        for high in low + 1..=cells {
                            let mut numbers: Vec<u64> =
                                tables.iter().map(|table| table[low..high].iter().sum()).collect();
                            let small = numbers.iter().filter(|&&n| n > 0 && n < min_cell).count();
                            numbers.sort_unstable();
                            numbers.dedup();
                            small_bands += small as u64;
                            assert!(
                                small == 0 || numbers.len() > 1,
                                "{low}..{high} is pinned to {numbers:?} by {seen:?} (min_cell {min_cell})"
                            );
                        }
                    }
                }
            }
        }
        assert!(
            small_bands > 1000,
            "the attack was tried on {small_bands} small bands only"
        );
    }

    #[test]
    fn every_band_between_published_edges_holds_nobody_or_enough() {
        every_table(4, 4, &mut |table| {
            let cuts = published(table, 3, &[2, 1, 3]);
            if let Some((_, bands)) = view(table, &cuts) {
                assert!(
                    bands.iter().all(|&people| people == 0 || people >= 3),
                    "{table:?}: {bands:?}"
                );
            }
        });
    }

    #[test]
    fn a_lone_small_cell_takes_a_neighbour_with_it() {
        let cuts = published(&[20, 3, 15, 0], 11, &[1, 2, 3]);
        assert!(cuts.shows_between(&(0..1)), "20 people may be told");
        assert!(
            !cuts.shows_between(&(1..2)) && !cuts.shows_between(&(2..3)),
            "3 and their neighbours may not"
        );
        assert!(cuts.shows_between(&(3..4)), "nobody may be told");
        assert!(cuts.shows_between(&(1..3)), "together they may");
    }

    #[test]
    fn too_few_in_all_show_nothing_not_even_who_is_not_there() {
        let cuts = published(&[3, 0], 11, &[1]);
        assert!((0..=2).all(|edge| !cuts.shows(edge)));
    }

    #[test]
    fn a_band_that_was_permitted_before_is_not_asked_for_again() {
        let asked = std::cell::RefCell::new(Vec::new());
        let permitted = |range: Range<usize>| {
            asked.borrow_mut().push((range.start, range.end));
            true
        };
        let mut cuts = Cuts::new(4, &permitted);
        assert!(cuts.admit(&[2], &permitted));
        assert!(cuts.admit(&[3], &permitted));
        assert!(cuts.admit(&[5], &permitted), "an edge beyond the axis is none");
        assert_eq!(*asked.borrow(), [(0, 4), (0, 2), (2, 4), (2, 3), (3, 4)]);
        assert!(!cuts.admit(&[1], &|_| false));
        assert!(!cuts.shows(1) && cuts.shows(2));
    }
}
