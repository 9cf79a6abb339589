//! A new still object without a person. In: small grey copies of the frames, and where people are. Out: objects that
//! were left, per hour.
//!
//! **Definition.** A connected patch of the picture that was not there before, has been still and outside every
//! person's box for 30 s, is no larger than 2 % of the picture, and stands out at its border more than what was there
//! before did (otherwise something was taken away). How the patch is found: [`background`](super::background).
//! **Source.** Porikli, Ivanov and Haga 2008 (dual foregrounds); 30 s as in the alarm of PETS 2006 (luggage
//! unattended for 30 s); left or removed by the strength of edges after Connell et al. 2004 (*Detection and tracking in the
//! IBM PeopleVision system*). **Unit.** Objects per hour in which one could have been noticed: without the first 10 s
//! of an item, in which its background is learnt, and the last 30 s. **Sensitivity.** Whoever stands still and is not
//! detected is taken for an object: a higher score threshold for people makes more of them. Things that differ from the
//! ground by fewer than 14 of 255 grey levels, or cover fewer than six cells (192 in a row), are not seen. **What it cannot
//! tell.** What the thing is, whose it is, and whether it was left on purpose: a parked bicycle, a bin that was moved
//! and a shadow with a hard edge count alike. No person is attached to an object, and none is looked for. For the rule
//! on small cells every object stands for one person, who left it.

use super::background::{Background, LEARNING};
use super::watched::per_hour;
use super::{DisclosurePolicy, Figure, FigureName, ItemStart, Measure, Measured, Missing};
use super::{Reading, Results, Seen, Subject, Watched};
use crate::footage::grey::GreyGrid;

/// Still for so long.
const STILL_SECONDS: f64 = 30.0;

/// A patch is made of cells that are still for nearly so long, and judged when some have been for longer: its parts do
/// not come to rest in the same frame.
const NEARLY: f32 = 26.0;
const SURELY: f32 = 31.0;

/// Smallest patch in cells, and largest as a share of the picture.
const SMALLEST: usize = 6;
const LARGEST: f64 = 0.02;

/// Patches are looked for so often.
const LOOK_SECONDS: f64 = 1.0;

/// Counts objects.
#[derive(Default)]
pub(super) struct LeftObjectMeasure {
    background: Option<Background>,
    /// Cells of patches that were judged already.
    judged: Vec<bool>,
    next_look: f64,
    objects: u64,
    watched_seconds: f64,
    any_item: bool,
}

impl LeftObjectMeasure {
    fn look(&mut self) {
        let Some(background) = &self.background else {
            return;
        };
        let evidence = background.evidence();
        for (judged, evidence) in self.judged.iter_mut().zip(evidence) {
            *judged &= *evidence > 0.0;
        }
        let mut visited = vec![false; evidence.len()];
        for start in 0..evidence.len() {
            if visited[start] || evidence[start] < SURELY {
                continue;
            }
            let patch = patch(background, start, &mut visited);
            // Whatever touches a patch that was judged belongs to it.
            let is_known = patch.iter().any(|&cell| self.judged[cell]);
            if !is_known && is_object(background, &patch) {
                self.objects += 1;
            }
            patch.iter().for_each(|&cell| self.judged[cell] = true);
        }
    }
}

/// The cells around `start` that have been still for long enough.
fn patch(background: &Background, start: usize, visited: &mut [bool]) -> Vec<usize> {
    let mut patch = vec![start];
    visited[start] = true;
    let mut next = 0;
    while let Some(&cell) = patch.get(next) {
        next += 1;
        for neighbour in neighbours(background, cell).into_iter().flatten() {
            if !visited[neighbour] && background.evidence()[neighbour] >= NEARLY {
                visited[neighbour] = true;
                patch.push(neighbour);
            }
        }
    }
    patch
}

/// The four neighbours of a cell, where there are.
fn neighbours(background: &Background, cell: usize) -> [Option<usize>; 4] {
    let (columns, row, column) = (
        background.columns,
        cell / background.columns,
        cell % background.columns,
    );
    [
        (row > 0).then(|| cell - columns),
        (column > 0).then(|| cell - 1),
        (column + 1 < columns).then(|| cell + 1),
        (row + 1 < background.rows).then(|| cell + columns),
    ]
}

/// Neither a speck nor a wall, and something that came rather than went: the border of the patch is sharper now than it
/// was before.
fn is_object(background: &Background, patch: &[usize]) -> bool {
    let cells = background.columns * background.rows;
    if patch.len() < SMALLEST || patch.len() as f64 > LARGEST * cells as f64 {
        return false;
    }
    let inside: std::collections::BTreeSet<usize> = patch.iter().copied().collect();
    let (mut now, mut before) = (0.0, 0.0);
    for &cell in patch {
        let here = background.now_and_before(cell);
        for outside in neighbours(background, cell).into_iter().flatten() {
            if !inside.contains(&outside) {
                let there = background.now_and_before(outside);
                now += (here.0 - there.0).abs();
                before += (here.1 - there.1).abs();
            }
        }
    }
    now > before
}

impl Measure for LeftObjectMeasure {
    type Found = Reading;

    fn start_item(&mut self, _item: &ItemStart<'_>) -> bool {
        self.background = None;
        self.next_look = 0.0;
        true
    }

    fn picture(&mut self, seen: &Seen<'_>, grid: &GreyGrid) {
        let (true, Some(people)) = (seen.seconds.is_finite(), seen.people) else {
            return;
        };
        self.any_item = true;
        if self
            .background
            .as_ref()
            .is_none_or(|background| !background.fits(grid))
        {
            self.background = Some(Background::new(grid));
            self.judged = vec![false; grid.cells.len()];
        }
        let background = self.background.as_mut().expect("it was made above");
        if !background.update(grid, seen.seconds, people) {
            self.judged.fill(false);
        }
        if seen.seconds >= self.next_look {
            self.next_look = seen.seconds + LOOK_SECONDS;
            self.look();
        }
    }

    fn end_item(&mut self, watched: &Watched) {
        let learnt = watched.exposed_of_item() - f64::from(LEARNING);
        self.watched_seconds += (learnt - STILL_SECONDS).max(0.0);
        self.background = None;
    }

    fn finish(self, watched: &Watched, policy: &DisclosurePolicy, _: &mut Results) -> Measured<Reading> {
        watched.followed(Subject::Person)?;
        if !self.any_item {
            return Err(Missing::NoFrames);
        }
        let rate = per_hour(self.objects, self.watched_seconds).ok_or(Missing::NotWatchedLongEnough)?;
        let cell = policy.cell(rate, self.objects);
        Ok(vec![Figure::new(FigureName::LeftObjectRate, cell)].into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::detection::Detection;
    use crate::detect::overlap::Rect;

    const COLUMNS: usize = 40;
    const ROWS: usize = 30;

    /// A patch of the picture: column, row, width, height, how much brighter, from second, to second.
    type Thing = (usize, usize, usize, usize, i16, f64, f64);

    /// Runs 2 frames a second over a ground with a pattern of its own.
    fn objects(seconds: f64, things: &[Thing], light: &dyn Fn(f64) -> i16, boxed: Option<Rect>) -> u64 {
        let mut measure = LeftObjectMeasure::default();
        measure.start_item(&ItemStart {
            label: "item-1",
            width: COLUMNS as u32,
            height: ROWS as u32,
            in_sequence: true,
        });
        for frame in 0..(2.0 * seconds) as u64 {
            let now = frame as f64 / 2.0;
            let mut cells: Vec<i16> = (0..COLUMNS * ROWS)
                .map(|cell| {
                    100 + (cell % 7) as i16 + light(now) + ((cell as u64 * 31 + frame * 17) % 5) as i16
                })
                .collect();
            for &(column, row, width, height, brighter, from, to) in things {
                if (from..to).contains(&now) {
                    for y in row..row + height {
                        cells[y * COLUMNS + column..y * COLUMNS + column + width]
                            .iter_mut()
                            .for_each(|cell| *cell += brighter);
                    }
                }
            }
            let people: Vec<Detection> = boxed
                .into_iter()
                .map(|rect| Detection::plain(rect, 0.9))
                .collect();
            let seen = Seen {
                frame,
                seconds: now,
                people: Some(&people),
                faces: None,
            };
            let grid = GreyGrid {
                columns: COLUMNS,
                rows: ROWS,
                block: 1,
                cells: cells
                    .iter()
                    .map(|cell| u8::try_from(*cell.clamp(&0, &255)).unwrap())
                    .collect(),
            };
            measure.picture(&seen, &grid);
        }
        measure.end_item(&Watched::default());
        measure.objects
    }

    const STEADY: &dyn Fn(f64) -> i16 = &|_| 0;

    #[test]
    fn a_thing_that_comes_and_stays_for_more_than_half_a_minute_is_one_object() {
        let bag = (20, 15, 4, 4, 60, 20.0, 200.0);
        assert_eq!(objects(90.0, &[bag], STEADY, None), 1);
        assert_eq!(
            objects(90.0, &[bag, (5, 5, 4, 3, -50, 25.0, 200.0)], STEADY, None),
            2
        );
        assert_eq!(objects(45.0, &[bag], STEADY, None), 0, "still for 25 s only");
        let again = [(20, 15, 4, 4, 60, 20.0, 70.0), (20, 15, 4, 4, 60, 100.0, 200.0)];
        assert_eq!(
            objects(160.0, &again, STEADY, None),
            2,
            "taken away and left again"
        );
    }

    #[test]
    fn what_passes_was_there_or_is_taken_away_is_none() {
        assert_eq!(objects(90.0, &[(20, 15, 4, 4, 60, 20.0, 45.0)], STEADY, None), 0);
        assert_eq!(objects(90.0, &[(20, 15, 4, 4, 60, 0.0, 200.0)], STEADY, None), 0);
        assert_eq!(
            objects(90.0, &[(20, 15, 4, 4, 60, 0.0, 30.0)], STEADY, None),
            0,
            "it was background, and went"
        );
    }

    #[test]
    fn light_specks_walls_and_whoever_stands_in_a_box_are_none() {
        let cloud = |now: f64| if now > 30.0 { 40 } else { 0 };
        assert_eq!(objects(90.0, &[], &cloud, None), 0);
        assert_eq!(objects(90.0, &[(20, 15, 1, 2, 60, 20.0, 200.0)], STEADY, None), 0);
        assert_eq!(
            objects(90.0, &[(10, 10, 10, 10, 60, 20.0, 200.0)], STEADY, None),
            0
        );
        let standing = Rect {
            left: 19.0,
            top: 10.0,
            right: 25.0,
            bottom: 20.0,
        };
        assert_eq!(
            objects(90.0, &[(20, 11, 4, 8, 60, 20.0, 200.0)], STEADY, Some(standing)),
            0
        );
    }
}
