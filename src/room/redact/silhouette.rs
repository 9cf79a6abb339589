//! The empty place, and the shapes of those who stand on it. In: frames spread over the footage with the boxes of people;
//! then a frame and its mask. Out: the masked region as the empty place shows it, with the shape in one flat colour.
//!
//! No pixel of the frame itself is kept within the mask, not even where the shape was not told apart from the ground: what
//! stands there comes from other moments, in which no box covered it ([`crate::preview::background`]). A place that
//! was never free is flat as well, and so is the whole box of somebody whose
//! shape does not stand out (clothes of the ground's colour, poor light).

use super::mask::Mask;
use crate::detect::overlap::Rect;
use crate::footage::frame::FrameBuffer;
use crate::preview::background::{self, Background};

/// The colour of shapes: dark, and of no one's clothes in particular.
pub(super) const SHAPE: [u8; 3] = [38, 42, 64];

/// Blocks of so many pixels a side decide together whether they belong to the shape: single pixels flicker.
const BLOCK: usize = 4;

/// A block whose mean differs by more levels in a channel belongs to the shape.
const DIFFERENT: i32 = 14;

/// Shapes are widened by so many blocks: hair, straps and shadows are pale at their edges.
const WIDENED: usize = 1;

/// A box in which less than this share stands out holds no known shape.
const LEAST_SHAPE: f64 = 0.12;

/// Memory for the frames that are compared, and their number.
const BYTES: usize = 128 << 20;
const FRAMES: usize = 64;

/// Frames spread evenly over footage of any length: every n-th is kept, and n doubles when there are too many.
pub(super) struct Spread {
    kept: Vec<(usize, FrameBuffer)>,
    stride: usize,
}

impl Spread {
    pub(super) fn new() -> Self {
        Self {
            kept: Vec::new(),
            stride: 1,
        }
    }

    /// Keeps a copy of the frame, if it is its turn.
    pub(super) fn offer(&mut self, at: usize, frame: &FrameBuffer) {
        if !at.is_multiple_of(self.stride) {
            return;
        }
        let mut copy = FrameBuffer::default();
        copy.copy_from(frame);
        self.kept.push((at, copy));
        let most = (BYTES / frame.rgb.len().max(1)).clamp(2 * background::LEAST_FREE, FRAMES);
        if self.kept.len() > most {
            self.stride *= 2;
            let stride = self.stride;
            self.kept.retain(|(at, _)| at.is_multiple_of(stride));
        }
    }

    /// The empty place; `boxes` of people in a frame. None: there are too few frames to tell.
    pub(super) fn background(self, boxes: impl Fn(usize) -> Vec<Rect>) -> Option<Background> {
        if self.kept.len() < background::LEAST_FREE {
            return None;
        }
        let covered: Vec<Vec<Rect>> = self.kept.iter().map(|(at, _)| boxes(*at)).collect();
        let frames: Vec<FrameBuffer> = self.kept.into_iter().map(|(_, frame)| frame).collect();
        Some(background::median(&frames, &covered))
    }
}

/// The empty place.
pub(super) struct Backdrop(Background);

impl Backdrop {
    pub(super) fn new(background: Background) -> Self {
        Self(background)
    }

    pub(super) fn fits(&self, frame: &FrameBuffer) -> bool {
        (self.0.width, self.0.height) == (frame.width, frame.height)
    }

    /// Paints the empty place and the shapes over what is masked. `seen`: boxes in which somebody was found in this frame.
    pub(super) fn paint(&self, frame: &mut FrameBuffer, mask: &Mask, seen: &[Rect]) {
        if !self.fits(frame) {
            return super::paint::solid(frame, mask);
        }
        let light = self.light(frame, mask);
        let mut shape = self.shape(frame, mask, light);
        for rect in seen {
            shape.fill_where_nothing_stands_out(rect);
        }
        let width = frame.width as usize;
        let place = self.0.rgb.chunks_exact(3).zip(&self.0.grey);
        let pixels = frame.rgb.chunks_exact_mut(3).zip(mask.pixels()).zip(place);
        for (at, ((pixel, masked), (ground, unknown))) in pixels.enumerate() {
            if !masked {
                continue;
            }
            if *unknown || shape.holds(at % width, at / width) {
                pixel.copy_from_slice(&SHAPE);
            } else {
                for ((value, ground), light) in pixel.iter_mut().zip(ground).zip(light) {
                    *value = (i32::from(*ground) + light).clamp(0, 255) as u8;
                }
            }
        }
    }

    /// How much brighter than the empty place the frame is now, in each channel: the median outside of the mask.
    fn light(&self, frame: &FrameBuffer, mask: &Mask) -> [i32; 3] {
        let mut counts = [[0u32; 511]; 3];
        let mut all = 0;
        let pixels = frame.rgb.chunks_exact(3).zip(self.0.rgb.chunks_exact(3));
        let known = mask.pixels().iter().zip(&self.0.grey);
        // Every seventh pixel is enough for a median.
        for ((now, ground), (masked, unknown)) in pixels.zip(known).step_by(7) {
            if !masked && !unknown {
                all += 1;
                for (counts, (now, ground)) in counts.iter_mut().zip(now.iter().zip(ground)) {
                    counts[(255 + i32::from(*now) - i32::from(*ground)) as usize] += 1;
                }
            }
        }
        counts.map(|counts| {
            let mut below = 0;
            let middle = counts.iter().position(|count| {
                below += count;
                2 * below > all
            });
            middle.map_or(0, |at| at as i32 - 255)
        })
    }

    fn shape(&self, frame: &FrameBuffer, mask: &Mask, light: [i32; 3]) -> Shape {
        let (width, height) = (frame.width as usize, frame.height as usize);
        let (columns, rows) = (width.div_ceil(BLOCK), height.div_ceil(BLOCK));
        let mut sums = vec![([0i32; 3], 0i32); columns * rows];
        for (at, masked) in mask.pixels().iter().enumerate() {
            if *masked && !self.0.grey[at] {
                let block = (at / width / BLOCK) * columns + at % width / BLOCK;
                let (differences, count) = &mut sums[block];
                for (channel, difference) in differences.iter_mut().enumerate() {
                    let at = 3 * at + channel;
                    *difference += i32::from(frame.rgb[at]) - i32::from(self.0.rgb[at]) - light[channel];
                }
                *count += 1;
            }
        }
        let differs = |(differences, count): &([i32; 3], i32)| {
            *count > 0 && differences.iter().any(|d| d.abs() > DIFFERENT * count)
        };
        let mut shape = Shape {
            columns,
            rows,
            blocks: sums.iter().map(differs).collect(),
        };
        shape.widen();
        shape
    }
}

/// Which blocks belong to a body.
struct Shape {
    columns: usize,
    rows: usize,
    blocks: Vec<bool>,
}

impl Shape {
    fn holds(&self, x: usize, y: usize) -> bool {
        self.blocks[(y / BLOCK) * self.columns + x / BLOCK]
    }

    fn widen(&mut self) {
        for _ in 0..WIDENED {
            let before = self.blocks.clone();
            for row in 0..self.rows {
                for column in 0..self.columns {
                    let near = |row: usize, column: usize| {
                        row < self.rows && column < self.columns && before[row * self.columns + column]
                    };
                    self.blocks[row * self.columns + column] |= near(row.wrapping_sub(1), column)
                        || near(row + 1, column)
                        || near(row, column.wrapping_sub(1))
                        || near(row, column + 1);
                }
            }
        }
    }

    fn fill_where_nothing_stands_out(&mut self, rect: &Rect) {
        let block = |value: f32, most: usize| ((value / BLOCK as f32).max(0.0) as usize).min(most);
        let columns = block(rect.left, self.columns)..block(rect.right.ceil() + BLOCK as f32, self.columns);
        let rows = block(rect.top, self.rows)..block(rect.bottom.ceil() + BLOCK as f32, self.rows);
        let places = || {
            rows.clone()
                .flat_map(|row| columns.clone().map(move |column| (row, column)))
        };
        let all = places().count();
        let held = places()
            .filter(|(row, column)| self.blocks[row * self.columns + column])
            .count();
        if (held as f64) < LEAST_SHAPE * all as f64 {
            for (row, column) in places() {
                self.blocks[row * self.columns + column] = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(body: Option<(usize, [u8; 3])>, light: u8) -> FrameBuffer {
        let mut buffer = FrameBuffer::default();
        buffer.reshape(120, 80);
        for at in 0..120 * 80 {
            let ground = 60 + ((at % 120) / 3) as u8 + light;
            let mut colour = [ground, ground, 90];
            if let Some((left, clothes)) = body
                && (left..left + 16).contains(&(at % 120))
                && (20..68).contains(&(at / 120))
            {
                colour = clothes;
            }
            buffer.rgb[3 * at..3 * at + 3].copy_from_slice(&colour);
        }
        buffer
    }

    fn backdrop() -> Backdrop {
        let mut spread = Spread::new();
        for at in 0..20 {
            spread.offer(at, &picture(Some((4 * at, [200, 30, 30])), 0));
        }
        let body = |at: usize| Rect {
            left: 4.0 * at as f32,
            top: 20.0,
            right: 4.0 * at as f32 + 16.0,
            bottom: 68.0,
        };
        Backdrop::new(spread.background(|at| vec![body(at)]).unwrap())
    }

    fn painted(body: Option<(usize, [u8; 3])>, light: u8) -> FrameBuffer {
        let mut frame = picture(body, light);
        let boxes = [Rect {
            left: 40.0,
            top: 10.0,
            right: 76.0,
            bottom: 76.0,
        }];
        let mut mask = Mask::default();
        mask.begin(120, 80);
        mask.add(&boxes[0]);
        backdrop().paint(&mut frame, &mask, &boxes);
        frame
    }

    #[test]
    fn a_body_becomes_its_shape_and_the_rest_of_its_box_the_empty_place() {
        let frame = painted(Some((48, [201, 33, 77])), 6);
        let at = |x: usize, y: usize| &frame.rgb[3 * (y * 120 + x)..][..3];
        assert_eq!(at(56, 40), SHAPE);
        assert_eq!(at(49, 21), SHAPE);
        // Beside the body: the empty place, as bright as it is now.
        assert_eq!(at(72, 14), [60 + 24 + 6, 60 + 24 + 6, 90]);
        assert!(!frame.rgb.chunks_exact(3).any(|pixel| pixel == [201, 33, 77]));
    }

    #[test]
    fn clothes_of_the_colour_of_the_ground_are_not_shown_either() {
        // Within 14 levels of the ground: no shape stands out, and not one of its pixels is kept.
        let clothes = [80, 79, 93];
        let frame = painted(Some((48, clothes)), 0);
        assert!(!frame.rgb.chunks_exact(3).any(|pixel| pixel == clothes));
        assert_eq!(
            &frame.rgb[3 * (40 * 120 + 56)..][..3],
            SHAPE,
            "the box is the shape"
        );
    }

    #[test]
    fn kept_frames_are_spread_and_few_however_many_are_offered() {
        let mut spread = Spread::new();
        for at in 0..1000 {
            spread.offer(at, &picture(None, 0));
        }
        let kept: Vec<usize> = spread.kept.iter().map(|(at, _)| *at).collect();
        assert!((30..=FRAMES).contains(&kept.len()), "{}", kept.len());
        assert!(kept.windows(2).all(|pair| pair[1] - pair[0] == kept[1] - kept[0]));
        assert!(kept[0] == 0 && *kept.last().unwrap() > 900);
    }
}
