//! A frame and its mask in, the frame painted over out. Nothing that is masked keeps a pixel of its own.
//!
//! - **solid**: black. Nothing is left to undo.
//! - **silhouette**: the empty place, and on it the shape in one colour (see [`super::silhouette`]).
//! - **mosaic**: the mean of a few large cells, in few levels. A blur or a mosaic hides less than it seems to: of 15 ways
//!   to anonymise faces 11 can be undone in part (Fantômas, arXiv 2210.10651), and an attacker who trains on blurred
//!   faces identifies four in five of them (Hao et al., arXiv 1905.05243). So cells are a third of the masked region's
//!   shorter side, not a few pixels; means are taken over masked pixels alone and rounded to 8 levels a channel. Over
//!   many frames more comes back than one frame shows: solid is the default.

use super::mask::Mask;
use super::silhouette::Backdrop;
use crate::detect::overlap::Rect;
use crate::footage::frame::FrameBuffer;
use vsa_record::redaction::RedactStyle;

/// A region's shorter side has so many cells.
const CELLS: f32 = 3.0;

/// A cell has at least so many pixels a side: smaller would show a small face as it is.
const LEAST_CELL: usize = 8;

/// Levels of a channel: 256 by this.
const STEP: u32 = 32;

/// The boxes to mask in one frame.
#[derive(Default)]
pub(super) struct Boxes {
    /// All of them.
    pub(super) all: Vec<Rect>,
    /// Those of people found in this very frame, where a shape is to be left: nobody shall vanish from an exhibit.
    pub(super) seen: Vec<Rect>,
}

/// Paints over what is masked.
pub(super) fn paint(
    frame: &mut FrameBuffer,
    mask: &Mask,
    boxes: &Boxes,
    style: RedactStyle,
    backdrop: Option<&Backdrop>,
) {
    match style {
        RedactStyle::Solid => solid(frame, mask),
        RedactStyle::Mosaic => mosaic(frame, mask, &boxes.all),
        RedactStyle::Silhouette => match backdrop {
            Some(backdrop) => backdrop.paint(frame, mask, &boxes.seen),
            // Where no shape is known, the whole box is the shape.
            None => fill(frame, mask, super::silhouette::SHAPE),
        },
    }
}

/// Paints everything black.
pub(super) fn blacken(frame: &mut FrameBuffer) {
    frame.rgb.fill(0);
}

/// Paints what is masked black.
pub(super) fn solid(frame: &mut FrameBuffer, mask: &Mask) {
    fill(frame, mask, [0; 3]);
}

fn fill(frame: &mut FrameBuffer, mask: &Mask, colour: [u8; 3]) {
    for (pixel, _) in masked(frame, mask) {
        pixel.copy_from_slice(&colour);
    }
}

fn masked<'frame>(
    frame: &'frame mut FrameBuffer,
    mask: &'frame Mask,
) -> impl Iterator<Item = (&'frame mut [u8], usize)> {
    let pixels = frame.rgb.chunks_exact_mut(3).zip(mask.pixels()).enumerate();
    pixels.filter_map(|(at, (pixel, masked))| masked.then_some((pixel, at)))
}

/// One grid over the whole frame, its cells as large as the largest region asks: grids of different sizes over one face
/// would together show more than either.
fn mosaic(frame: &mut FrameBuffer, mask: &Mask, boxes: &[Rect]) {
    for region in regions(boxes) {
        let inside = |rect: &Rect| rect.width().min(rect.height());
        let shorter = region.iter().map(inside).fold(0.0, f32::max);
        let cell = ((shorter / CELLS).ceil() as usize).max(LEAST_CELL);
        let mut own = Mask::default();
        own.begin(frame.width, frame.height);
        region.iter().for_each(|rect| own.add(rect));
        average(frame, &own, cell);
    }
    debug_assert_eq!(mask.pixels().len() * 3, frame.rgb.len());
}

fn average(frame: &mut FrameBuffer, region: &Mask, cell: usize) {
    let width = frame.width as usize;
    let across = width.div_ceil(cell);
    let cells = across * (frame.height as usize).div_ceil(cell);
    let mut sums = vec![[0u32; 4]; cells];
    let cell_of = |at: usize| (at / width / cell) * across + (at % width) / cell;
    for (pixel, at) in masked(frame, region) {
        let sum = &mut sums[cell_of(at)];
        for (sum, value) in sum.iter_mut().zip(pixel.iter()) {
            *sum += u32::from(*value);
        }
        sum[3] += 1;
    }
    for (pixel, at) in masked(frame, region) {
        let sum = &sums[cell_of(at)];
        for (value, sum_of) in pixel.iter_mut().zip(sum) {
            let mean = sum_of / sum[3].max(1);
            *value = (mean / STEP * STEP + STEP / 2).min(255) as u8;
        }
    }
}

/// Boxes that touch each other, together.
fn regions(boxes: &[Rect]) -> Vec<Vec<Rect>> {
    let mut regions: Vec<Vec<Rect>> = Vec::new();
    for rect in boxes {
        let touches = |region: &mut Vec<Rect>| region.iter().any(|other| rect.intersection_area(other) > 0.0);
        let mut joined: Vec<Rect> = regions.extract_if(.., touches).flatten().collect();
        joined.push(*rect);
        regions.push(joined);
    }
    regions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(width: u32, height: u32) -> FrameBuffer {
        let mut buffer = FrameBuffer::default();
        let mut state = 7u32;
        for value in buffer.reshape(width, height) {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *value = (state >> 24) as u8;
        }
        buffer
    }

    fn painted(style: RedactStyle) -> (FrameBuffer, FrameBuffer, Mask) {
        let boxes = [
            Rect {
                left: 10.0,
                top: 10.0,
                right: 40.0,
                bottom: 46.0,
            },
            Rect {
                left: 36.0,
                top: 20.0,
                right: 60.0,
                bottom: 44.0,
            },
        ];
        let (before, mut after) = (noise(90, 60), noise(90, 60));
        let mut mask = Mask::default();
        mask.begin(90, 60);
        boxes.iter().for_each(|rect| mask.add(rect));
        let boxes = Boxes {
            all: boxes.into(),
            seen: Vec::new(),
        };
        paint(&mut after, &mask, &boxes, style, None);
        (before, after, mask)
    }

    #[test]
    fn outside_of_the_mask_nothing_changes_and_inside_no_style_keeps_a_pattern() {
        for (style, most) in [
            (RedactStyle::Solid, 1),
            (RedactStyle::Silhouette, 1),
            // 50 x 36 pixels in cells of 12 (a third of 36): at most 6 x 5.
            (RedactStyle::Mosaic, 30),
        ] {
            let (before, after, mask) = painted(style);
            let mut colours = std::collections::BTreeSet::new();
            for (at, masked) in mask.pixels().iter().enumerate() {
                let (old, new) = (&before.rgb[3 * at..3 * at + 3], &after.rgb[3 * at..3 * at + 3]);
                if *masked {
                    colours.insert(new.to_vec());
                } else {
                    assert_eq!(old, new, "{style:?}: pixel {at} is not masked");
                }
            }
            assert!(colours.len() <= most, "{style:?}: {} colours", colours.len());
        }
    }

    #[test]
    fn a_mosaic_tells_only_the_mean_of_its_cells_in_eight_levels() {
        // Two halves of one cell trade places: the picture is another, the mosaic the same.
        let boxes = [Rect {
            left: 0.0,
            top: 0.0,
            right: 24.0,
            bottom: 24.0,
        }];
        let mut mask = Mask::default();
        mask.begin(24, 24);
        mask.add(&boxes[0]);
        let boxes = Boxes {
            all: boxes.into(),
            seen: Vec::new(),
        };
        let (mut one, mut two) = (noise(24, 24), noise(24, 24));
        for row in 0..24 {
            let line = &mut two.rgb[row * 72..][..24];
            line.rotate_left(12);
        }
        assert!(one.rgb != two.rgb);
        paint(&mut one, &mask, &boxes, RedactStyle::Mosaic, None);
        paint(&mut two, &mask, &boxes, RedactStyle::Mosaic, None);
        assert!(one.rgb == two.rgb);
        assert!(one.rgb.iter().all(|value| u32::from(*value) % STEP == STEP / 2));
    }

    #[test]
    fn boxes_that_touch_in_a_chain_are_one_region() {
        let rect = |left: f32| Rect {
            left,
            top: 0.0,
            right: left + 10.0,
            bottom: 10.0,
        };
        let boxes = [rect(0.0), rect(16.0), rect(50.0), rect(8.0)];
        let mut sizes: Vec<usize> = regions(&boxes).iter().map(Vec::len).collect();
        sizes.sort_unstable();
        assert_eq!(sizes, [1, 3]);
    }
}
