//! Boxes in, the pixels that they cover out: the one thing that decides what is painted over and what is counted.

use crate::detect::overlap::Rect;

/// True at each pixel of a frame that is masked.
#[derive(Default)]
pub(super) struct Mask {
    width: usize,
    height: usize,
    masked: Vec<bool>,
}

impl Mask {
    /// Empty, for a frame of this size.
    pub(super) fn begin(&mut self, width: u32, height: u32) {
        (self.width, self.height) = (width as usize, height as usize);
        self.masked.clear();
        self.masked.resize(self.width * self.height, false);
    }

    /// Masks every pixel that the box touches.
    pub(super) fn add(&mut self, rect: &Rect) {
        let (columns, rows) = self.touched(rect);
        for row in rows {
            self.masked[row * self.width..][columns.clone()].fill(true);
        }
    }

    /// Columns and rows that the box touches, within the frame.
    fn touched(&self, rect: &Rect) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let pixel = |value: f32, most: usize| value.clamp(0.0, most as f32) as usize;
        (
            pixel(rect.left.floor(), self.width)..pixel(rect.right.ceil(), self.width),
            pixel(rect.top.floor(), self.height)..pixel(rect.bottom.ceil(), self.height),
        )
    }

    /// Pixels of the frame that the box touches, and how many of them are masked.
    pub(super) fn covered(&self, rect: &Rect) -> (u64, u64) {
        let (columns, rows) = self.touched(rect);
        let (mut all, mut masked) = (0, 0);
        for row in rows {
            let row = &self.masked[row * self.width..][columns.clone()];
            all += row.len() as u64;
            masked += row.iter().filter(|masked| **masked).count() as u64;
        }
        (all, masked)
    }

    /// One for each pixel, row by row.
    pub(super) fn pixels(&self) -> &[bool] {
        &self.masked
    }

    /// Masked pixels.
    pub(super) fn count(&self) -> usize {
        self.masked.iter().filter(|masked| **masked).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
        Rect {
            left,
            top,
            right,
            bottom,
        }
    }

    #[test]
    fn a_box_masks_every_pixel_that_it_touches_and_nothing_outside_the_frame() {
        let mut mask = Mask::default();
        mask.begin(10, 8);
        mask.add(&rect(1.5, 2.0, 3.1, 3.9));
        // Columns 1, 2, 3; rows 2, 3.
        assert_eq!(mask.count(), 6);
        mask.add(&rect(-50.0, 6.9, 50.0, 99.0));
        assert_eq!(mask.count(), 6 + 20);
        assert_eq!(mask.covered(&rect(0.0, 2.0, 4.0, 4.0)), (8, 6));
        mask.add(&rect(f32::NAN, f32::NAN, f32::NAN, f32::NAN));
        assert_eq!(mask.count(), 26);
        mask.begin(10, 8);
        assert_eq!(mask.count(), 0);
    }

    proptest! {
        #[test]
        fn a_frame_never_has_fewer_masked_pixels_than_the_union_of_its_boxes(
            boxes in proptest::collection::vec((-20.0f32..60.0, -20.0f32..60.0, 0.1f32..40.0, 0.1f32..40.0), 0..12),
        ) {
            let boxes: Vec<Rect> = boxes.iter().map(|&(x, y, w, h)| rect(x, y, x + w, y + h)).collect();
            let mut mask = Mask::default();
            mask.begin(50, 40);
            boxes.iter().for_each(|rect| mask.add(rect));
            // Counted another way: a pixel belongs to the union if its square meets the inside of a box.
            let union = (0..50 * 40).filter(|at| {
                let (x, y) = ((at % 50) as f32, (at / 50) as f32);
                boxes.iter().any(|b| b.left < x + 1.0 && b.right > x && b.top < y + 1.0 && b.bottom > y)
            });
            let union: Vec<usize> = union.map(|at| at as usize).collect();
            prop_assert!(union.iter().all(|at| mask.pixels()[*at]));
            prop_assert!(mask.count() >= union.len());
        }
    }
}
