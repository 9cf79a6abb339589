//! What was found in overlapping regions of a frame in, each found once out.
//! A region shows a part of whoever stands across its border, and networks find parts: a head with shoulders here, legs there. A part is
//! no second person. Deliberately not here: suppression within one region (`suppress.rs`), and where regions lie (`tiling.rs`).

use super::family::InputBox;
use super::overlap::{Rect, iou};
use super::suppress::best_first;
use super::tiling::Region;
use std::cmp::Ordering;

/// From this share of it on, a box lies in a better one, and is a part of who that is. Chosen with the two below on labelled footage of
/// three kinds and with three families (`models/README.md`).
const INSIDE: f32 = 0.9;

/// From this share of the smaller box on, a box that a border cut lies in another one.
const HELD: f32 = 0.3;

/// Two looks at one person differ more than the boxes of one look: more overlap than this (IoU) is not asked for between regions,
/// whatever a family's own suppression asks for.
const ACROSS: f32 = 0.45;

/// This near to a border, as a share of the region's side, a box is cut by it: networks draw the edge of a part a few pixels
/// inside or outside.
const AT_BORDER: f32 = 0.005;

/// A box, in pixels of the frame.
pub(crate) struct Seen {
    found: InputBox,
    /// In which region.
    region: usize,
    /// Whether it ends at a border of the region that is none of the frame.
    cut: bool,
}

impl Seen {
    pub(crate) fn new(found: InputBox, at: usize, region: Region, frame: (u32, u32)) -> Self {
        let cut = is_cut(&found.rect, region, frame);
        Self {
            found,
            region: at,
            cut,
        }
    }

    /// Whether `other`, which comes after it, is the same person, or a part of that person.
    fn holds(&self, other: &Self, limit: f32) -> bool {
        let (a, b) = (&self.found.rect, &other.found.rect);
        let shared = a.intersection_area(b);
        // Suppression has told those of one region apart by their overlap; a part that it left is a part all the same.
        let elsewhere = self.region != other.region;
        shared > INSIDE * b.area()
            || (elsewhere && iou(a, b) > limit)
            || (elsewhere && other.cut && shared > HELD * a.area().min(b.area()))
    }

    /// Whole ones first, since they are what parts are parts of; then the parts, the largest first.
    fn order(&self, other: &Self) -> Ordering {
        let larger = || other.found.rect.area().total_cmp(&self.found.rect.area());
        let parts = self.cut && other.cut;
        (self.cut.cmp(&other.cut))
            .then_with(|| if parts { larger() } else { Ordering::Equal })
            .then_with(|| best_first(&self.found, &other.found))
            .then(self.region.cmp(&other.region))
    }
}

fn is_cut(rect: &Rect, region: Region, (width, height): (u32, u32)) -> bool {
    let [across, down] = [region.width, region.height].map(|side| AT_BORDER * side as f32);
    let (right, bottom) = (region.left + region.width, region.top + region.height);
    (region.left > 0 && rect.left <= region.left as f32 + across)
        || (region.top > 0 && rect.top <= region.top as f32 + down)
        || (right < width && rect.right >= right as f32 - across)
        || (bottom < height && rect.bottom >= bottom as f32 - down)
}

/// Those who are nobody's part and overlap no better box by more than `limit` (IoU), best first. The result does not depend on the
/// order of `seen`, which is emptied.
pub(crate) fn merge(seen: &mut Vec<Seen>, limit: f32, out: &mut Vec<InputBox>) {
    let limit = limit.min(ACROSS);
    seen.sort_unstable_by(Seen::order);
    let mut kept = 0;
    for index in 0..seen.len() {
        let (better, rest) = seen.split_at(index);
        if !better[..kept].iter().any(|by| by.holds(&rest[0], limit)) {
            seen.swap(kept, index);
            kept += 1;
        }
    }
    out.extend(seen.drain(..).take(kept).map(|one| one.found));
    out.sort_unstable_by(best_first);
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: (u32, u32) = (200, 100);
    /// Two tiles that share 40 columns, after the whole frame.
    const REGIONS: [Region; 3] = [
        Region::whole(200, 100),
        Region {
            left: 0,
            top: 0,
            width: 120,
            height: 100,
        },
        Region {
            left: 80,
            top: 0,
            width: 120,
            height: 100,
        },
    ];

    fn merged(boxes: &[(usize, [f32; 4], f32)]) -> Vec<f32> {
        let make = |&(at, edges, score): &(usize, [f32; 4], f32)| {
            Seen::new(InputBox::plain(Rect::of(edges), score), at, REGIONS[at], FRAME)
        };
        let results = [false, true].map(|backwards| {
            let mut seen: Vec<Seen> = boxes.iter().map(make).collect();
            if backwards {
                seen.reverse();
            }
            let mut out = Vec::new();
            merge(&mut seen, 0.45, &mut out);
            assert!(seen.is_empty());
            out.iter().map(|found| found.score).collect::<Vec<f32>>()
        });
        assert_eq!(results[0], results[1], "the order matters");
        results[0].clone()
    }

    #[test]
    fn a_part_of_somebody_across_a_border_is_no_second_person_however_sure_the_network_is() {
        let whole = [70.0, 10.0, 130.0, 90.0];
        let (left, right) = ([70.0, 10.0, 120.0, 90.0], [80.0, 10.0, 130.0, 90.0]);
        assert_eq!(merged(&[(0, whole, 0.4), (1, left, 0.9), (2, right, 0.8)]), [0.4]);
        // Nobody saw the whole: the larger part stands for the person, and the other one is a part of the same.
        assert_eq!(
            merged(&[(1, left, 0.6), (2, [80.0, 10.0, 110.0, 90.0], 0.8)]),
            [0.6]
        );
        // Legs alone, in a box that overlaps the person's by a fifth.
        assert_eq!(
            merged(&[(0, whole, 0.4), (1, [100.0, 70.0, 119.5, 90.0], 0.9)]),
            [0.4]
        );
        // A head with shoulders that ends well before the border, and legs that one region itself found beside the person.
        assert_eq!(
            merged(&[
                (0, whole, 0.8),
                (1, [75.0, 12.0, 110.0, 50.0], 0.4),
                (0, [80.0, 50.0, 120.0, 90.0], 0.6)
            ]),
            [0.8]
        );
    }

    #[test]
    fn people_beside_and_before_each_other_stay_two() {
        // A child before a grown-up and a little beside, both whole, seen in two regions.
        let (adult, child) = ([20.0, 10.0, 60.0, 90.0], [44.0, 50.0, 64.0, 90.0]);
        assert_eq!(merged(&[(0, adult, 0.9), (1, child, 0.5)]), [0.9, 0.5]);
        assert_eq!(
            merged(&[(0, adult, 0.9), (1, adult, 0.8), (1, child, 0.5)]),
            [0.9, 0.5]
        );
        // Two in one region were told apart there: one of them cut, the other not.
        assert_eq!(
            merged(&[
                (1, [60.0, 10.0, 110.0, 90.0], 0.9),
                (1, [80.0, 10.0, 120.0, 90.0], 0.8)
            ]),
            [0.9, 0.8]
        );
        // Somebody at the edge of the frame is not cut by a tile.
        assert_eq!(
            merged(&[
                (0, [20.0, 10.0, 80.0, 90.0], 0.9),
                (1, [0.0, 50.0, 25.0, 90.0], 0.8)
            ]),
            [0.9, 0.8]
        );
        assert!(merged(&[]).is_empty());
    }
}
