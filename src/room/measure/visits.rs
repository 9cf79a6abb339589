//! Where in the picture people can be seen. In: ended tracks of people. Out: one [`PlaceMap`] per item.
//!
//! **Definition.** The picture is cut into square cells, 16 along its longer side. A visit is a track whose foot point
//! (the middle of the box's lower edge, kept inside the picture) lay in the cell in a frame in which the person was
//! detected; however long it stayed there, and however often it came back, it is one visit. **Unit.** Visits.
//! **Source.** The heat maps that video analytics products sell. **Sensitivity.** A higher score threshold loses
//! visits; where feet are hidden the point lies too high. **What it cannot tell.** Who went where: visits of one
//! person are not joined from cell to cell, and a cell with one to ten people behind it is withheld.

use super::settled::Tally;
use super::{EndedTrack, ItemStart};
use std::collections::BTreeSet;
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::measurements::PlaceMap;

/// Cells along the longer side: on 768 pixels 48 each, about as wide as a person who is near enough to be recognised.
const CELLS: u32 = 16;

/// Collects visits.
#[derive(Default)]
pub(super) struct Visits {
    open: Option<Item>,
    items: Vec<Item>,
}

struct Item {
    cell: f64,
    visits: Vec<Tally>,
    /// Without its visits.
    map: PlaceMap,
}

impl Visits {
    pub(super) fn start_item(&mut self, item: &ItemStart<'_>) {
        let (width, height) = (item.width, item.height);
        self.open = (item.in_sequence && width > 0 && height > 0).then(|| {
            let cell = f64::from(width.max(height)) / f64::from(CELLS);
            let along = |side: u32| (f64::from(side) / cell).ceil().max(1.0) as u32;
            let (columns, rows) = (along(width), along(height));
            Item {
                cell,
                visits: vec![Tally::default(); columns as usize * rows as usize],
                map: PlaceMap {
                    item: item.label.to_owned(),
                    width,
                    height,
                    columns,
                    rows,
                    visits: Vec::new(),
                },
            }
        });
    }

    pub(super) fn track(&mut self, ended: &EndedTrack<'_>) {
        let Some(item) = &mut self.open else { return };
        let touched = ended.track.seen().map(|point| {
            let foot = f64::midpoint(point.rect.left.into(), point.rect.right.into());
            let along = |at: f64, cells: u32| ((at / item.cell).max(0.0) as u32).min(cells - 1);
            let column = along(foot, item.map.columns);
            let row = along(f64::from(point.rect.bottom), item.map.rows);
            (row * item.map.columns + column) as usize
        });
        for cell in BTreeSet::from_iter(touched) {
            item.visits[cell].add(ended.support);
        }
    }

    pub(super) fn end_item(&mut self) {
        self.items.extend(self.open.take());
    }

    pub(super) fn finish(self, policy: &DisclosurePolicy) -> Vec<PlaceMap> {
        let visits = |tally: &Tally| policy.cell(tally.all, tally.people());
        let map = |item: Item| PlaceMap {
            visits: item.visits.iter().map(visits).collect(),
            ..item.map
        };
        self.items.into_iter().map(map).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::overlap::Rect;
    use crate::track::track::Track;
    use vsa_plan::Subject;
    use vsa_record::disclosure::DataBasis;

    /// Somebody who walks from `from` to `to` (feet) in two seconds, seen in every frame.
    fn walk(from: (f32, f32), to: (f32, f32)) -> Track {
        Track::through((0..21u8).map(|i| {
            let share = f32::from(i) / 20.0;
            let (x, y) = (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1));
            let rect = Rect {
                left: x - 10.0,
                right: x + 10.0,
                top: y - 60.0,
                bottom: y,
            };
            (i.into(), f64::from(i) / 10.0, rect)
        }))
    }

    fn map(tracks: &[Track], policy: &DisclosurePolicy) -> PlaceMap {
        let mut measure = Visits::default();
        measure.start_item(&ItemStart {
            label: "item-1",
            width: 160,
            height: 80,
            in_sequence: true,
        });
        for track in tracks {
            measure.track(&EndedTrack::new(track, Subject::Person));
        }
        measure.end_item();
        let mut maps = measure.finish(policy);
        assert_eq!(maps.len(), 1);
        maps.remove(0)
    }

    #[test]
    fn a_walk_is_one_visit_to_each_cell_that_its_feet_touch() {
        let public = DisclosurePolicy::new(DataBasis::Public, None, None).unwrap();
        // Cells of 10 pixels; from x 25 to x 45 at y 75: cells 2, 3 and 4 of row 7.
        let map = map(&[walk((25.0, 75.0), (45.0, 75.0))], &public);
        assert_eq!((map.columns, map.rows), (16, 8));
        let visited: Vec<usize> = (0..map.visits.len())
            .filter(|&cell| map.visits[cell].shown() != Some(&0))
            .collect();
        assert_eq!(visited, [7 * 16 + 2, 7 * 16 + 3, 7 * 16 + 4]);
        assert!(visited.iter().all(|&cell| map.visits[cell].shown() == Some(&1)));
    }

    #[test]
    fn feet_below_the_picture_count_at_its_edge() {
        let public = DisclosurePolicy::new(DataBasis::Public, None, None).unwrap();
        let map = map(&[walk((-5.0, 99.0), (-5.0, 99.0))], &public);
        assert_eq!(map.visits[7 * 16].shown(), Some(&1));
    }

    #[test]
    fn a_cell_that_ten_people_visited_is_withheld_and_one_of_eleven_is_shown() {
        let strict = DisclosurePolicy::strict();
        let mut tracks: Vec<Track> = (0..10).map(|_| walk((5.0, 5.0), (5.0, 5.0))).collect();
        assert_eq!(map(&tracks, &strict).visits[0].shown(), None);
        tracks.push(walk((5.0, 5.0), (5.0, 5.0)));
        let map = map(&tracks, &strict);
        assert_eq!(map.visits[0].shown(), Some(&11));
        assert_eq!(map.visits[1].shown(), Some(&0), "nobody may be told");
    }
}
