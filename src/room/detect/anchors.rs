//! The size of a network's input in, its prior boxes out (Liu et al. 2016, "SSD"; the face networks'
//! own tables are in their files). Everything is in pixels of the input.

use super::cells::{cells, count, pixels};
use super::overlap::Rect;
use ndarray::ArrayView1;

/// One prior box: centre and size.
#[derive(Clone, Copy)]
pub(crate) struct Prior {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// One level of square priors: its stride and the sides of the priors at each of its cells.
pub(crate) struct Level {
    stride: u32,
    sides: &'static [u16],
}

impl Level {
    pub(crate) const fn of(stride: u32, sides: &'static [u16]) -> Self {
        Self { stride, sides }
    }
}

/// How many priors there are, without building them.
pub(crate) fn prior_count(width: u32, height: u32, levels: &[Level]) -> usize {
    levels
        .iter()
        .map(|level| count(width, height, level.stride) * level.sides.len())
        .sum()
}

/// All priors, level by level, row by row, cell by cell, side by side: the order of the networks' rows.
/// `clipped`: no side longer than the input's, as UltraFace was trained.
pub(crate) fn priors(width: u32, height: u32, levels: &[Level], clipped: bool) -> Vec<Prior> {
    let mut all = Vec::with_capacity(prior_count(width, height, levels));
    let limit = |length: f32, of: u32| if clipped { length.min(pixels(of)) } else { length };
    for level in levels {
        for cell in cells(width, height, &[level.stride]) {
            all.extend(level.sides.iter().map(|side| Prior {
                x: limit((cell.column + 0.5) * cell.stride, width),
                y: limit((cell.row + 0.5) * cell.stride, height),
                width: limit(f32::from(*side), width),
                height: limit(f32::from(*side), height),
            }));
        }
    }
    all
}

/// Variances of the SSD coding: centres are in tenths of the prior's size, logarithms of sizes in fifths.
const CENTRE_VARIANCE: f32 = 0.1;
const SIZE_VARIANCE: f32 = 0.2;

impl Prior {
    /// The box that four coded values mean.
    pub(crate) fn decode(&self, coded: ArrayView1<'_, f32>) -> Rect {
        let (x, y) = self.decode_point(coded[0], coded[1]);
        let half_width = 0.5 * self.width * (coded[2] * SIZE_VARIANCE).exp();
        let half_height = 0.5 * self.height * (coded[3] * SIZE_VARIANCE).exp();
        Rect::around(x, y, half_width, half_height)
    }

    /// The point that two coded values mean.
    pub(crate) fn decode_point(&self, coded_x: f32, coded_y: f32) -> (f32, f32) {
        (
            self.x + coded_x * CENTRE_VARIANCE * self.width,
            self.y + coded_y * CENTRE_VARIANCE * self.height,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::aview1;

    const LEVELS: [Level; 2] = [
        Level {
            stride: 8,
            sides: &[10, 16],
        },
        Level {
            stride: 16,
            sides: &[40],
        },
    ];

    #[test]
    fn priors_come_level_by_level_row_by_row_and_cell_counts_round_up() {
        let all = priors(20, 9, &LEVELS, false);
        // Stride 8: 3 x 2 cells of two priors; stride 16: 2 x 1 cells of one.
        assert_eq!(all.len(), 14);
        assert_eq!(prior_count(20, 9, &LEVELS), 14);
        let at = |index: usize| (all[index].x, all[index].y, all[index].width, all[index].height);
        assert_eq!(at(0), (4.0, 4.0, 10.0, 10.0));
        assert_eq!(at(1), (4.0, 4.0, 16.0, 16.0));
        assert_eq!(at(2), (12.0, 4.0, 10.0, 10.0));
        assert_eq!(at(6), (4.0, 12.0, 10.0, 10.0));
        assert_eq!(at(13), (24.0, 8.0, 40.0, 40.0));
    }

    #[test]
    fn clipping_bounds_centre_and_size_by_the_side_they_lie_along() {
        let all = priors(20, 9, &LEVELS, true);
        let last = all[13];
        assert_eq!((last.x, last.y, last.width, last.height), (20.0, 8.0, 20.0, 9.0));
    }

    #[test]
    fn zero_offsets_give_the_prior_back_and_the_variances_are_a_tenth_and_a_fifth() {
        let prior = Prior {
            x: 50.0,
            y: 60.0,
            width: 20.0,
            height: 10.0,
        };
        let same = prior.decode(aview1(&[0.0; 4]));
        assert_eq!(
            (same.left, same.top, same.right, same.bottom),
            (40.0, 55.0, 60.0, 65.0)
        );
        let moved = prior.decode(aview1(&[1.0, -2.0, 5.0 * 2f32.ln(), 0.0]));
        // Centre 50 + 0.1*20, 60 - 0.2*10; width doubled.
        assert!((moved.left - 32.0).abs() < 1e-4 && (moved.right - 72.0).abs() < 1e-4);
        assert!((moved.top - 53.0).abs() < 1e-4 && (moved.bottom - 63.0).abs() < 1e-4);
    }
}
