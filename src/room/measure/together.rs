//! Who keeps company with whom. In: the paths of ended tracks of one item. Out: for each person, how near the nearest
//! other came, half second by half second, and the largest group that the person was in; how often people gathered.
//!
//! Two people are *together* while they stay within a distance for some seconds; a group is whoever is connected by
//! pairs that are together at one moment. Memory: half-second places of the people of the last hour, and one entry for
//! each pair that was together.

use super::axis::Support;
use super::places::{Places, Step};
use std::collections::{BTreeMap, BTreeSet};

/// Places are compared at multiples of this, in seconds.
const GRID: f64 = 0.5;
/// Paths that ended this long before are compared no more, in seconds.
const HORIZON: f64 = 3600.0;
/// Two people are still together after so many grid steps apart.
const GAP: i64 = 2;

/// A person's places on the grid.
pub(super) struct Path {
    id: usize,
    pub(super) support: Support,
    first: i64,
    steps: Vec<Step>,
    /// Distance to the nearest other; infinite where nobody else is in view.
    pub(super) nearest: Vec<f64>,
}

/// Two people together, from one grid step to another, both included.
struct Company {
    pair: (usize, usize),
    from: i64,
    to: i64,
}

/// Compares the paths of one item.
pub(super) struct Together {
    distance: f64,
    least_steps: i64,
    paths: Vec<Path>,
    company: Vec<Company>,
    supports: Vec<Support>,
}

/// What came out of one item.
pub(super) struct Groups {
    /// For each person the size of the largest group; 1: none.
    pub(super) largest: Vec<(Support, u64)>,
    /// How often a group of the size asked for came together.
    pub(super) gatherings: u64,
    /// The people in those gatherings.
    pub(super) gathered: BTreeSet<usize>,
}

impl Together {
    pub(super) fn new(distance: f64, least_seconds: f64) -> Self {
        Self {
            distance,
            least_steps: (least_seconds / GRID).round() as i64,
            paths: Vec::new(),
            company: Vec::new(),
            supports: Vec::new(),
        }
    }

    /// Takes in a path. Out: those of whom nothing more is to come.
    pub(super) fn add(&mut self, places: &Places, steps: &[Step], support: Support) -> Vec<Path> {
        let id = self.supports.len();
        self.supports.push(support);
        let (first, steps) = on_grid(steps);
        let mut path = Path {
            id,
            support,
            first,
            nearest: vec![f64::INFINITY; steps.len()],
            steps,
        };
        for other in &mut self.paths {
            if let Some(company) = compare(places, &mut path, other, self.distance, self.least_steps) {
                self.company.extend(company);
            }
        }
        let oldest = path.first + path.steps.len() as i64 - (HORIZON / GRID) as i64;
        self.paths.push(path);
        let (past, kept) = std::mem::take(&mut self.paths)
            .into_iter()
            .partition(|path| path.first + (path.steps.len() as i64) < oldest);
        self.paths = kept;
        past
    }

    /// The item is over. `size`: from how many people on a group is a gathering.
    pub(super) fn finish(self, size: usize) -> (Vec<Path>, Groups) {
        let groups = groups(&self.company, &self.supports, size);
        (self.paths, groups)
    }
}

/// Places at the multiples of [`GRID`] within a path, between its steps in a straight line; none across gaps of more
/// than two seconds: there the place is unknown, which is a distance of infinity to everybody.
fn on_grid(steps: &[Step]) -> (i64, Vec<Step>) {
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
        return (0, Vec::new());
    };
    let from = (first.seconds / GRID - 1e-6).ceil() as i64;
    let to = (last.seconds / GRID + 1e-6).floor() as i64;
    let mut next = 0;
    let place = |at: i64| {
        let seconds = at as f64 * GRID;
        while next + 1 < steps.len() && steps[next].seconds < seconds - 1e-6 {
            next += 1;
        }
        let (before, after) = (&steps[next.saturating_sub(1)], &steps[next]);
        let time = after.seconds - before.seconds;
        let share = if time > 0.0 {
            ((seconds - before.seconds) / time).clamp(0.0, 1.0)
        } else {
            1.0
        };
        let share = if time > 2.0 { f64::NAN } else { share };
        Step {
            seconds,
            ..Step::between(before, after, share)
        }
    };
    (from, (from..=to).map(place).collect())
}

/// Distances of two paths at the grid steps that they share. None: they share none.
fn compare(places: &Places, a: &mut Path, b: &mut Path, near: f64, least: i64) -> Option<Vec<Company>> {
    let from = a.first.max(b.first);
    let to = (a.first + a.steps.len() as i64).min(b.first + b.steps.len() as i64);
    if from >= to {
        return None;
    }
    let mut company: Vec<Company> = Vec::new();
    for at in from..to {
        let (i, j) = ((at - a.first) as usize, (at - b.first) as usize);
        let distance = places.between(&a.steps[i], &b.steps[j]);
        a.nearest[i] = a.nearest[i].min(distance);
        b.nearest[j] = b.nearest[j].min(distance);
        if distance < near {
            match company.last_mut().filter(|run| at - run.to <= GAP + 1) {
                Some(run) => run.to = at,
                None => company.push(Company {
                    pair: (a.id, b.id),
                    from: at,
                    to: at,
                }),
            }
        }
    }
    company.retain(|run| run.to - run.from >= least);
    Some(company)
}

/// Sweeps over the moments at which company begins or ends.
fn groups(company: &[Company], supports: &[Support], size: usize) -> Groups {
    // Of each moment: which company begins, and which has ended.
    let mut moments: BTreeMap<i64, [Vec<usize>; 2]> = BTreeMap::new();
    for (index, run) in company.iter().enumerate() {
        moments.entry(run.from).or_default()[0].push(index);
        moments.entry(run.to + 1).or_default()[1].push(index);
    }
    let mut largest = vec![1u64; supports.len()];
    let mut present: BTreeSet<usize> = BTreeSet::new();
    let mut gathered_now: BTreeSet<usize> = BTreeSet::new();
    let (mut gatherings, mut gathered) = (0, BTreeSet::new());
    for [begun, ended] in moments.into_values() {
        for index in &ended {
            present.remove(index);
        }
        present.extend(begun);
        let mut now = BTreeSet::new();
        for group in connected(present.iter().map(|&index| company[index].pair)) {
            let people = group.len() as u64;
            for &id in &group {
                largest[id] = largest[id].max(people);
            }
            if group.len() >= size {
                // A gathering that grows, shrinks or splits is no new one.
                gatherings += u64::from(group.is_disjoint(&gathered_now));
                now.extend(group);
            }
        }
        gathered.extend(&now);
        gathered_now = now;
    }
    Groups {
        largest: supports.iter().copied().zip(largest).collect(),
        gatherings,
        gathered,
    }
}

/// Sets of people who are connected by pairs.
fn connected(pairs: impl Iterator<Item = (usize, usize)>) -> Vec<BTreeSet<usize>> {
    let mut groups: Vec<BTreeSet<usize>> = Vec::new();
    for (a, b) in pairs {
        let (mut joined, apart): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|group| group.contains(&a) || group.contains(&b));
        let mut group: BTreeSet<usize> = [a, b].into();
        joined.iter_mut().for_each(|other| group.append(other));
        groups = apart;
        groups.push(group);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(a: usize, b: usize, from: i64, to: i64) -> Company {
        Company {
            pair: (a, b),
            from,
            to,
        }
    }

    #[test]
    fn three_who_are_never_all_together_at_once_are_no_group_of_three() {
        let people = [Support::Confirmed; 3];
        let one_by_one = [run(0, 1, 0, 10), run(1, 2, 11, 20)];
        let found = groups(&one_by_one, &people, 3);
        assert_eq!(
            found.largest.iter().map(|(_, size)| *size).collect::<Vec<_>>(),
            [2, 2, 2]
        );
        assert_eq!(found.gatherings, 0);
        let overlapping = [run(0, 1, 0, 10), run(1, 2, 10, 20)];
        let found = groups(&overlapping, &people, 3);
        assert_eq!(
            found.largest.iter().map(|(_, size)| *size).collect::<Vec<_>>(),
            [3, 3, 3]
        );
        assert_eq!((found.gatherings, found.gathered.len()), (1, 3));
    }

    #[test]
    fn a_gathering_that_grows_is_one_and_one_that_comes_together_again_is_two() {
        let people = [Support::Confirmed; 5];
        let grows = [
            run(0, 1, 0, 30),
            run(1, 2, 0, 30),
            run(2, 3, 10, 20),
            run(3, 4, 12, 18),
        ];
        assert_eq!(groups(&grows, &people, 3).gatherings, 1);
        let again = [
            run(0, 1, 0, 10),
            run(1, 2, 0, 10),
            run(0, 1, 20, 30),
            run(1, 2, 20, 30),
        ];
        assert_eq!(groups(&again, &people, 3).gatherings, 2);
        let two = [run(0, 1, 0, 10), run(2, 3, 0, 10)];
        assert_eq!(groups(&two, &people, 2).gatherings, 2);
        assert_eq!(groups(&[], &people, 2).gatherings, 0);
    }

    #[test]
    fn places_between_two_sightings_lie_between_them_and_not_across_a_long_gap() {
        let step = |seconds: f64, x: f64| Step {
            seconds,
            foot: [x, 0.0],
            height: 1.0,
            ground: [x, 0.0],
        };
        let (first, grid) = on_grid(&[step(0.2, 2.0), step(1.2, 12.0), step(6.0, 60.0)]);
        assert_eq!((first, grid.len()), (1, 12));
        assert!((grid[0].ground[0] - 5.0).abs() < 1e-9 && (grid[1].ground[0] - 10.0).abs() < 1e-9);
        assert!(grid[5].ground[0].is_nan(), "3.0 s lies in a gap of 4.8 s");
        assert!(
            (on_grid(&[step(1.0, 7.0)]).1[0].ground[0] - 7.0).abs() < 1e-12,
            "one sighting on the grid"
        );
        assert!(on_grid(&[]).1.is_empty());
    }
}
