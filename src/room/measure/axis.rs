//! One quantity along one axis: who had which values how often. In: one cluster of values per track (or per still
//! image). Out: bins, shares at or above an edge, quantiles, each with its interval and under the rule for small cells.
//!
//! Memory grows with the number of people, not with the length of the footage: a cluster is a short list of grid
//! cells and counts.

use std::collections::BTreeMap;
use std::ops::Range;
use vsa_record::disclosure::{Cell, CellState, DisclosurePolicy};
use vsa_record::estimate::{Estimate, Interval, IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_record::measurements::{Bin, Quantile};
use vsa_record::partition::Cuts;
use vsa_record::reading::{Distribution, DistributionName};
use vsa_statistics::interval::{self, order_statistic_ranks, wilson};
use vsa_statistics::resample::over_clusters;
use vsa_statistics::streams::Stream;

/// Relative width of a grid cell: what a quantile is rounded to.
const STEP: f64 = 1.02;

/// More clusters than this are joined before resampling (every so many-th to one), which leaves the variance of a
/// ratio as it is and bounds the time.
const MOST_CLUSTERS: usize = 1000;

/// The quantiles that are published, in the order in which they are tried: an earlier one may forbid a later.
pub(super) const QUANTILES: [f64; 5] = [0.5, 0.25, 0.75, 0.1, 0.9];

/// Who stands behind a cluster.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Support {
    /// A track that was seen in two frames at least, for a second or more: it counts as a person.
    Confirmed,
    /// A scrap of a track: probably a fragment of somebody who is counted already, so it does not count as one more.
    Fragment,
    /// A still image: as many people as it has values.
    Still,
}

/// Grid cells and how often.
type Cells = BTreeMap<usize, u64>;

/// Values of one track or one image.
struct Cluster {
    support: Support,
    cells: Cells,
}

/// The values of everybody.
pub(super) struct Axis {
    /// Edges of the grid's cells, ascending: cell `i` is `grid[i] <= value < grid[i + 1]`, the last is open.
    grid: Vec<f64>,
    /// Edges of the histogram, ascending where one is asked for; in any order where only shares and quantiles are.
    edges: Vec<f64>,
    /// Those of them that are told, in the order in which they are tried: an earlier one may forbid a later.
    by_importance: Vec<f64>,
    clusters: Vec<Cluster>,
}

impl Axis {
    /// A grid from `low` to `high` in steps of 2 %, in which every one of `edges` is an edge. `by_importance`: those of them
    /// that are told, in the order in which they are tried. `edges` ascend if there is to be a histogram.
    pub(super) fn new(edges: &[f64], by_importance: &[f64], low: f64, high: f64) -> Self {
        let mut grid = vec![0.0];
        let mut edge = low;
        while edge <= high {
            grid.push(edge);
            edge *= STEP;
        }
        grid.extend(edges.iter().copied().filter(|&edge| edge > 0.0));
        grid.sort_by(f64::total_cmp);
        grid.dedup();
        Self {
            grid,
            edges: edges.to_vec(),
            by_importance: by_importance.to_vec(),
            clusters: Vec::new(),
        }
    }

    /// Adds what one track or image showed. Values that are no numbers, or below 0, are left out.
    pub(super) fn add(&mut self, support: Support, values: impl Iterator<Item = f64>) {
        let mut cells = BTreeMap::new();
        for value in values.filter(|value| *value >= 0.0) {
            *cells.entry(self.edge_above(value) - 1).or_insert(0) += 1;
        }
        if !cells.is_empty() {
            self.clusters.push(Cluster { support, cells });
        }
    }

    /// Index of the first edge above `value`: edge `i` lies below cell `i`.
    fn edge_above(&self, value: f64) -> usize {
        self.grid.partition_point(|&edge| edge <= value)
    }

    /// Index of `edge`, which was given to [`Axis::new`].
    pub(super) fn edge(&self, edge: f64) -> usize {
        self.grid.partition_point(|&other| other < edge)
    }

    /// Number of grid cells.
    pub(super) fn cells(&self) -> usize {
        self.grid.len()
    }

    /// Number of values in all.
    pub(super) fn values(&self) -> u64 {
        self.values_in(&(0..self.cells()))
    }

    fn values_in(&self, range: &Range<usize>) -> u64 {
        self.clusters.iter().map(|cluster| cluster.in_range(range)).sum()
    }

    /// People behind the values in `range`: the settled tracks with a value there, or the most in one still image,
    /// whichever is more; never more than there are values; at least one where there is a value.
    pub(super) fn people(&self, range: &Range<usize>) -> u64 {
        let here = self
            .clusters
            .iter()
            .map(|cluster| (cluster.support, cluster.in_range(range)));
        let (mut tracks, mut crowd, mut values) = (0, 0, 0);
        for (support, count) in here.filter(|&(_, count)| count > 0) {
            values += count;
            match support {
                Support::Confirmed => tracks += 1,
                Support::Fragment => {}
                Support::Still => crowd = count.max(crowd),
            }
        }
        tracks.max(crowd).max(1).min(values)
    }

    /// The edges that may be published.
    pub(super) fn cuts(&self, policy: &DisclosurePolicy) -> Cuts {
        self.cuts_where(&|range| policy.permits(self.people(&range)))
    }

    /// The edges that may be published where the people in these cells may be spoken of.
    pub(super) fn cuts_where(&self, permitted: &dyn Fn(Range<usize>) -> bool) -> Cuts {
        let mut cuts = Cuts::new(self.cells(), permitted);
        for &edge in &self.by_importance {
            cuts.admit(&[self.edge(edge)], permitted);
        }
        cuts
    }

    /// A histogram from 0; the last bin is open.
    pub(super) fn histogram(&self, policy: &DisclosurePolicy, cuts: &Cuts) -> Vec<Bin> {
        let highs = self.edges.iter().skip(1).copied().map(Some).chain([None]);
        let bounds = self.edges.iter().copied().zip(highs);
        bounds
            .map(|(low, high)| {
                let range = self.edge(low)..high.map_or(self.cells(), |edge| self.edge(edge));
                let count = if cuts.shows_between(&range) {
                    policy.cell(self.values_in(&range), self.people(&range))
                } else {
                    policy.withheld()
                };
                Bin { low, high, count }
            })
            .collect()
    }

    /// Share of values at or above each of these edges. None where there are no values.
    pub(super) fn shares_from(
        &self,
        policy: &DisclosurePolicy,
        edges: &[f64],
        of: SampledThing,
        stream: Stream,
    ) -> Vec<Option<Cell<Estimate>>> {
        let total = self.values();
        if total == 0 {
            return edges.iter().map(|_| None).collect();
        }
        let cuts = self.cuts(policy);
        let starts: Vec<usize> = edges.iter().map(|&edge| self.edge(edge)).collect();
        // With one value per cluster nothing is clustered: Wilson's interval is better than any bootstrap.
        let intervals = if self.is_single() {
            edges.iter().map(|_| None).collect()
        } else {
            self.share_intervals(&starts, stream)
        };
        let shares = starts.iter().zip(intervals).map(|(&start, interval)| {
            let range = start..self.cells();
            let hits = self.values_in(&range);
            // Where every cluster agrees, resampling cannot vary: a cluster then counts as one observation.
            let worth = self.clusters.len() as f64;
            let share = hits as f64 / total as f64;
            let interval = around(share, interval, worth, total)?;
            let estimate = held(share, Unit::Ratio, interval, SampleSize::new(total, of));
            Some(if cuts.shows(start) {
                policy.cell_about(estimate, &[self.people(&range), self.people(&(0..start))])
            } else {
                policy.withheld()
            })
        });
        shares.collect()
    }

    /// Share of values below each of these edges. Who may know the share from an edge on may know the rest.
    pub(super) fn shares_below(
        &self,
        policy: &DisclosurePolicy,
        edges: &[f64],
        of: SampledThing,
        stream: Stream,
    ) -> Vec<Option<Cell<Estimate>>> {
        let rest = |from: Cell<Estimate>| match from.state() {
            CellState::Withheld { .. } => policy.withheld(),
            CellState::Shown {
                value,
                people_at_least,
            } => policy.cell(value.complement(), *people_at_least),
        };
        let shares = self.shares_from(policy, edges, of, stream).into_iter();
        shares.map(|share| share.map(rest)).collect()
    }

    /// Whether every cluster has one value.
    fn is_single(&self) -> bool {
        self.clusters
            .iter()
            .all(|cluster| cluster.cells.values().sum::<u64>() == 1)
    }

    fn share_intervals(&self, starts: &[usize], stream: Stream) -> Vec<Option<interval::Interval>> {
        let rows = self.clusters.iter().map(|cluster| {
            let mut row: Vec<f64> = starts
                .iter()
                .map(|&start| cluster.in_range(&(start..self.cells())) as f64)
                .collect();
            row.push(cluster.cells.values().sum::<u64>() as f64);
            row
        });
        let joined = joined(rows, |sums, row| add(sums, &row));
        let add = |row: &Vec<f64>, sums: &mut [f64]| add(sums, row);
        let finish = |sums: &[f64]| {
            let (total, hits) = sums.split_last().expect("the total is the last of the sums");
            hits.iter().map(|hit| Some(hit / total)).collect()
        };
        over_clusters(&joined, starts.len() + 1, &add, &finish, stream)
    }

    /// Quantiles of the values, tried in the order of [`QUANTILES`], returned in ascending order. `cuts` learns what
    /// they give away. The interval is by order statistics where every cluster has one value, else by bootstrap.
    pub(super) fn quantiles(
        &self,
        policy: &DisclosurePolicy,
        cuts: &mut Cuts,
        unit: Unit,
        of: SampledThing,
        stream: Stream,
    ) -> Vec<Quantile> {
        let total = self.values();
        if total == 0 {
            return Vec::new();
        }
        let mut histogram = vec![0.0; self.cells()];
        self.clusters
            .iter()
            .for_each(|cluster| add_cells(&cluster.cells, &mut histogram));
        let single = self.is_single();
        let ends: Vec<Option<(usize, usize)>> = if single {
            let ranks = QUANTILES.iter().map(|&at| order_statistic_ranks(total, at));
            let cell = |rank: u64| cell_of_rank(&histogram, rank as f64);
            ranks
                .map(|ranks| ranks.map(|(low, high)| (cell(low), cell(high))))
                .collect()
        } else {
            self.quantile_cells(stream)
        };
        let method = if single {
            IntervalMethod::OrderStatistics
        } else {
            IntervalMethod::TrackBootstrap
        };
        let find = |nth: usize, at: f64| {
            let cell = cell_of_rank(&histogram, (at * total as f64).ceil().max(1.0));
            let (low, high) = ends[nth]?;
            let (low, high) = (low.min(cell), high.max(cell));
            let estimate = Estimate {
                value: self.top(cell),
                unit,
                interval: Interval::between(self.grid[low], self.top(high), method),
                sample: SampleSize::new(total, of),
            };
            // What is said of a quantile is the upper edge of its cell: everything up to it lies below.
            Some((estimate, [low + 1, cell + 1, high + 1]))
        };
        let permitted = |range: Range<usize>| policy.permits(self.people(&range));
        quantiles(policy, (cuts, &permitted), self.people(&(0..self.cells())), find)
    }

    /// Bins alone.
    pub(super) fn bins(&self, policy: &DisclosurePolicy, name: DistributionName, unit: Unit) -> Distribution {
        Distribution {
            name,
            of: None,
            unit,
            bins: self.histogram(policy, &self.cuts(policy)),
            quantiles: Vec::new(),
        }
    }

    /// Bins and quantiles.
    pub(super) fn distribution(
        &self,
        policy: &DisclosurePolicy,
        (name, unit): (DistributionName, Unit),
        of: SampledThing,
        stream: Stream,
    ) -> Distribution {
        Distribution {
            quantiles: self.quantiles(policy, &mut self.cuts(policy), unit, of, stream),
            ..self.bins(policy, name, unit)
        }
    }

    fn quantile_cells(&self, stream: Stream) -> Vec<Option<(usize, usize)>> {
        let finish = |sums: &[f64]| {
            let total: f64 = sums.iter().sum();
            QUANTILES
                .iter()
                .map(|at| Some(cell_of_rank(sums, (at * total).ceil().max(1.0)) as f64))
                .collect()
        };
        let cell = |index: f64| index as usize;
        let enough = self.clusters.len() >= 6;
        let cells = self.clusters.iter().map(|cluster| cluster.cells.clone());
        let joined = joined(cells, |sum, cells| {
            cells
                .into_iter()
                .for_each(|(cell, count)| *sum.entry(cell).or_insert(0) += count);
        });
        over_clusters(&joined, self.cells(), &add_cells, &finish, stream)
            .into_iter()
            .map(|interval| {
                interval
                    .filter(|_| enough)
                    .map(|interval| (cell(interval.low), cell(interval.high)))
            })
            .collect()
    }

    /// The upper edge of the cell in which `value` lies: its index and its place.
    pub(super) fn rounded_up(&self, value: f64) -> (usize, f64) {
        let edge = self.edge_above(value);
        (edge, self.top(edge.saturating_sub(1)))
    }

    /// The upper edge of a cell; for the open last cell its lower.
    fn top(&self, cell: usize) -> f64 {
        self.grid
            .get(cell + 1)
            .or(self.grid.last())
            .copied()
            .expect("a grid has an edge at 0")
    }
}

impl Cluster {
    fn in_range(&self, range: &Range<usize>) -> u64 {
        if range.start >= range.end {
            0
        } else {
            self.cells.range(range.clone()).map(|(_, count)| count).sum()
        }
    }
}

fn add_cells(cells: &Cells, sums: &mut [f64]) {
    for (&cell, &count) in cells {
        sums[cell] += count as f64;
    }
}

/// An estimate whose interval holds the value.
pub(super) fn held(value: f64, unit: Unit, interval: Interval, sample: SampleSize) -> Estimate {
    Estimate {
        value,
        unit,
        interval: interval.holding(value),
        sample,
    }
}

/// What resampling gave around a share; where it does not vary, Wilson's interval over so many independent observations of a
/// sample.
pub(super) fn around(
    value: f64,
    resampled: Option<interval::Interval>,
    observations: f64,
    sample: u64,
) -> Option<Interval> {
    let varied = resampled.filter(|interval| interval.low < interval.high);
    varied.map_or_else(
        || Interval::of_independent(value, observations, sample),
        |interval| Some(interval.into()),
    )
}

/// Quantiles, tried in the order of [`QUANTILES`], returned in ascending order. `find`: the estimate of each, by its number and
/// its share, and the edges that it gives away, which `cuts` learn.
pub(super) fn quantiles(
    policy: &DisclosurePolicy,
    (cuts, permitted): (&mut Cuts, &dyn Fn(Range<usize>) -> bool),
    people: u64,
    find: impl Fn(usize, f64) -> Option<(Estimate, [usize; 3])>,
) -> Vec<Quantile> {
    let tried = QUANTILES.iter().enumerate().map(|(nth, &at)| {
        let estimate = find(nth, at).map(|(estimate, edges)| {
            if cuts.admit(&edges, permitted) {
                policy.cell(estimate, people)
            } else {
                policy.withheld()
            }
        });
        // That there are too few for an interval is not told either, where it may not be.
        let estimate = if cuts.shows(0) {
            estimate
        } else {
            Some(policy.withheld())
        };
        Quantile { at, estimate }
    });
    let mut quantiles: Vec<Quantile> = tried.collect();
    quantiles.sort_by(|a, b| a.at.total_cmp(&b.at));
    quantiles
}

/// A ratio of two sums over tracks, with a bootstrap over tracks. Where nothing varies between tracks (all points seen,
/// no track joined) one more observation of the other kind is what cannot be excluded: Wilson's interval over tracks
/// for a share, and the same room above the value for a mean.
pub(super) fn ratio_over_clusters(
    rows: &[[f64; 3]],
    of: impl Fn(&[f64; 3]) -> [f64; 2],
    unit: Unit,
    stream: Stream,
) -> Estimate {
    let pairs = joined(rows.iter().map(of), |sums, row| add(sums, &row));
    let mut sums = [0.0; 2];
    pairs.iter().for_each(|row| add(&mut sums, row));
    let value = sums[0] / sums[1];
    let add = |row: &[f64; 2], sums: &mut [f64]| add(sums, row);
    let finish = |sums: &[f64]| vec![Some(sums[0] / sums[1])];
    let bootstrap = over_clusters(&pairs, 2, &add, &finish, stream)
        .into_iter()
        .next()
        .flatten();
    let tracks = rows.len() as f64;
    let interval = bootstrap
        .filter(|interval| interval.low < interval.high)
        .map(Interval::from)
        .unwrap_or_else(|| {
            let room = wilson(0.0, tracks).map_or(1.0, |interval| interval.high);
            let departures = IntervalMethod::WilsonDepartures;
            // At either end of a share this is Wilson's own interval; around anything else it bounds departures.
            let (low, high, method) = match unit {
                Unit::Ratio if value <= 0.0 => (0.0, room, IntervalMethod::Wilson),
                Unit::Ratio if value >= 1.0 => (1.0 - room, 1.0, IntervalMethod::Wilson),
                Unit::Ratio => (value - room, (value + room).min(1.0), departures),
                _ => (value, value + room, departures),
            };
            Interval::between(low.max(0.0), high, method)
        });
    let sample = SampleSize::new(rows.len() as u64, SampledThing::Tracks);
    held(value, unit, interval, sample)
}

/// The cell in which the value of this rank (from 1) lies.
fn cell_of_rank(histogram: &[f64], rank: f64) -> usize {
    let mut below = 0.0;
    let reached = histogram.iter().position(|count| {
        below += count;
        below >= rank
    });
    reached.unwrap_or(histogram.len().saturating_sub(1))
}

/// At most [`MOST_CLUSTERS`] rows, the others added to these.
fn joined<T>(rows: impl Iterator<Item = T>, add: impl Fn(&mut T, T)) -> Vec<T> {
    let mut joined: Vec<T> = Vec::new();
    for (index, row) in rows.enumerate() {
        match joined.get_mut(index % MOST_CLUSTERS) {
            Some(sum) => add(sum, row),
            None => joined.push(row),
        }
    }
    joined
}

fn add(sums: &mut [f64], row: &[f64]) {
    sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
}
