//! A frame's size and a tiling in, the regions to look at out.
//! Small far people fill too few pixels of a network's input when the whole frame is squeezed into it: looking at
//! overlapping tiles shows them larger.
//! Deliberately not here: suppression within one region and among the boxes of all (see `suppress.rs`).

use vsa_plan::Tiling;

/// A part of a frame, in whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) left: u32,
    pub(crate) top: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Region {
    /// All of a frame.
    pub(crate) const fn whole(width: u32, height: u32) -> Self {
        Self {
            left: 0,
            top: 0,
            width,
            height,
        }
    }

    /// Whether it has an inside and lies within a frame of this size.
    pub(crate) fn is_inside(&self, width: u32, height: u32) -> bool {
        let fits = |start: u32, length: u32, side: u32| {
            length > 0 && start.checked_add(length).is_some_and(|end| end <= side)
        };
        fits(self.left, self.width, width) && fits(self.top, self.height, height)
    }
}

/// The regions to look at: the whole frame first where it is asked for, then the tiles row by row.
/// A frame too small to be cut is looked at whole.
pub(crate) fn regions(tiling: &Tiling, width: u32, height: u32) -> Vec<Region> {
    let whole = Region::whole(width, height);
    if tiling.columns <= 1 && tiling.rows <= 1 {
        return vec![whole];
    }
    let mut regions = Vec::from_iter(tiling.whole_frame.then_some(whole));
    let columns = spans(width, tiling.columns, tiling.overlap);
    for (top, tile_height) in spans(height, tiling.rows, tiling.overlap) {
        for &(left, tile_width) in &columns {
            regions.push(Region {
                left,
                top,
                width: tile_width,
                height: tile_height,
            });
        }
    }
    regions
}

/// Start and length of `count` spans that cover `side` and share `overlap` of their length with their neighbour.
fn spans(side: u32, count: u32, overlap: f32) -> Vec<(u32, u32)> {
    let count = count.clamp(1, side.max(1));
    let overlap = f64::from(overlap).clamp(0.0, 0.9);
    let length = f64::from(side) / (f64::from(count) - f64::from(count - 1) * overlap);
    (0..count)
        .map(|index| {
            let start = f64::from(index) * length * (1.0 - overlap);
            let (first, last) = (pixel(start, side), pixel(start + length, side));
            // The rounding of the last span must not leave a column of pixels unseen.
            let last = if index + 1 == count { side } else { last };
            (first, last.saturating_sub(first).max(1))
        })
        .collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the frame just before"
)]
fn pixel(place: f64, side: u32) -> u32 {
    place.round().clamp(0.0, f64::from(side)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_cover_the_frame_and_share_the_overlap() {
        let tiling = Tiling {
            columns: 3,
            rows: 2,
            overlap: 0.25,
            whole_frame: true,
        };
        let got = regions(&tiling, 768, 576);
        // Length of a column: 768 / (3 - 2 * 0.25) = 307.2, step 230.4; of a row: 576 / 1.75 = 329.1, step 246.9.
        assert_eq!(got.len(), 7);
        assert_eq!(got[0], Region::whole(768, 576));
        assert_eq!(
            got[1],
            Region {
                left: 0,
                top: 0,
                width: 307,
                height: 329
            }
        );
        assert_eq!(
            got[2],
            Region {
                left: 230,
                top: 0,
                width: 308,
                height: 329
            }
        );
        assert_eq!(
            got[6],
            Region {
                left: 461,
                top: 247,
                width: 307,
                height: 329
            }
        );
    }

    #[test]
    fn no_tiling_is_the_whole_frame_once() {
        assert_eq!(regions(&Tiling::NONE, 10, 20), [Region::whole(10, 20)]);
        let odd = Tiling {
            whole_frame: false,
            ..Tiling::NONE
        };
        assert_eq!(regions(&odd, 10, 20), [Region::whole(10, 20)]);
    }

    proptest::proptest! {
        #[test]
        fn every_pixel_is_in_a_tile_and_every_tile_in_the_frame(
            columns in 1u32..9, rows in 1u32..9, overlap in 0.0f32..1.0, width in 1u32..300, height in 1u32..300,
        ) {
            let tiling = Tiling { columns, rows, overlap, whole_frame: false };
            let got = regions(&tiling, width, height);
            for region in &got {
                proptest::prop_assert!(region.is_inside(width, height), "{region:?}");
            }
            for (x, y) in [(0, 0), (width - 1, height - 1), (width / 2, height / 3), (width / 3, height / 2)] {
                let seen = got.iter().any(|region| {
                    (region.left..region.left + region.width).contains(&x)
                        && (region.top..region.top + region.height).contains(&y)
                });
                proptest::prop_assert!(seen, "{x},{y} is in no tile");
            }
        }
    }
}
