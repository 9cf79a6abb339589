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
