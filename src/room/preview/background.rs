//! The place without its people. In: frames and the boxes of people in each. Out: for each pixel and channel the median
//! over the frames in which no box covers it, grey where there are too few of them.

use crate::detect::detector::Detector;
use crate::detect::overlap::Rect;
use crate::footage::frame::{Frame, FrameBuffer};
use vsa_engine::EngineError;
use vsa_statistics::median;

/// A pixel that was free in fewer frames is not shown: the median of so few may be somebody whom the detector missed.
pub(crate) const LEAST_FREE: usize = 9;

/// Boxes are widened by this share of their size on every side: arms, bags and shadows reach beyond them.
const WIDENED: f32 = 0.15;

/// How often a result is looked at again and painted over before it is given up.
const ROUNDS: usize = 5;

/// A detector of people, and the score from which on somebody is left out: doubtful people are as well.
pub(crate) type Cautious = (f32, Box<dyn Detector>);

/// What is not shown.
const GREY: u8 = 128;

/// A picture without people.
pub(crate) struct Background {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) rgb: Vec<u8>,
    pub(super) frames: usize,
    pub(super) grey_share: f64,
    /// True at each pixel that is not shown.
    pub(crate) grey: Vec<bool>,
}

/// The median over the free frames of each pixel. All frames have the size of the first; there is one.
pub(crate) fn median(frames: &[FrameBuffer], boxes: &[Vec<Rect>]) -> Background {
    let (width, height) = (frames[0].width, frames[0].height);
    let mut rgb = vec![GREY; frames[0].rgb.len()];
    let mut grey = vec![true; width as usize * height as usize];
    let mut values: [Vec<u8>; 3] = Default::default();
    for y in 0..height {
        // Of each frame, the stretches of this row that people cover.
        let covered: Vec<Vec<(u32, u32)>> = boxes
            .iter()
            .map(|boxes| covered(boxes, y, width, height))
            .collect();
        for x in 0..width {
            values.iter_mut().for_each(Vec::clear);
            let at = y as usize * width as usize + x as usize;
            for (frame, covered) in frames.iter().zip(&covered) {
                if !covered.iter().any(|&(from, to)| (from..to).contains(&x)) {
                    for (channel, values) in values.iter_mut().enumerate() {
                        values.push(frame.rgb[3 * at + channel]);
                    }
                }
            }
            if values[0].len() >= LEAST_FREE {
                grey[at] = false;
                for (channel, values) in values.iter_mut().enumerate() {
                    if let Some(median) = median::upper(values, Ord::cmp) {
                        rgb[3 * at + channel] = median;
                    }
                }
            }
        }
    }
    let mut background = Background {
        width,
        height,
        rgb,
        frames: frames.len(),
        grey_share: 0.0,
        grey,
    };
    background.count_grey();
    background
}

impl Background {
    pub(crate) fn frame(&self) -> Frame<'_> {
        Frame {
            width: self.width,
            height: self.height,
            rgb: &self.rgb,
        }
    }

    /// Paints grey whomever the detectors still see. None: they see people in every attempt.
    pub(crate) fn without_people(mut self, detectors: &mut [Cautious]) -> Result<Option<Self>, EngineError> {
        for _ in 0..ROUNDS {
            let left = people(detectors, &self.frame())?;
            if left.is_empty() {
                return Ok(Some(self));
            }
            self.paint_over(&left);
        }
        Ok(None)
    }

    /// Paints boxes grey.
    fn paint_over(&mut self, boxes: &[Rect]) {
        for y in 0..self.height {
            for (from, to) in covered(boxes, y, self.width, self.height) {
                let row = y as usize * self.width as usize;
                let (from, to) = (row + from as usize, row + to as usize);
                self.grey[from..to].fill(true);
                self.rgb[3 * from..3 * to].fill(GREY);
            }
        }
        self.count_grey();
    }

    fn count_grey(&mut self) {
        let grey = self.grey.iter().filter(|grey| **grey).count();
        self.grey_share = grey as f64 / self.grey.len().max(1) as f64;
    }
}

/// Boxes of people, doubtful ones included.
pub(crate) fn people(detectors: &mut [Cautious], frame: &Frame<'_>) -> Result<Vec<Rect>, EngineError> {
    let mut boxes = Vec::new();
    for (least, detector) in detectors {
        let mut found = Vec::new();
        detector.detect(frame, &mut found)?;
        let counted = found.iter().filter(|detection| detection.score >= *least);
        boxes.extend(counted.map(|detection| detection.rect));
    }
    Ok(boxes)
}

/// The stretches of row `y` that the widened boxes cover, each from a pixel to before another.
fn covered(boxes: &[Rect], y: u32, width: u32, height: u32) -> Vec<(u32, u32)> {
    let pixel = |value: f32, most: u32| value.clamp(0.0, most as f32) as u32;
    boxes
        .iter()
        .filter_map(|rect| {
            let (dx, dy) = (WIDENED * rect.width() + 2.0, WIDENED * rect.height() + 2.0);
            let rows = pixel((rect.top - dy).floor(), height)..pixel((rect.bottom + dy).ceil(), height);
            let columns = (
                pixel((rect.left - dx).floor(), width),
                pixel((rect.right + dx).ceil(), width),
            );
            (rows.contains(&y) && columns.0 < columns.1).then_some(columns)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frames of one colour with a "person" of another, and the boxes where the detector saw it.
    fn frames(people: &[Option<f32>], found: &[bool]) -> (Vec<FrameBuffer>, Vec<Vec<Rect>>) {
        let (width, height) = (60u32, 40u32);
        let body = |left: f32| Rect {
            left,
            top: 10.0,
            right: left + 8.0,
            bottom: 30.0,
        };
        let buffer = |person: &Option<f32>| {
            let mut buffer = FrameBuffer::default();
            let rgb = buffer.reshape(width, height);
            rgb.fill(40);
            if let Some(left) = person {
                for y in 10..30usize {
                    for x in *left as usize..*left as usize + 8 {
                        let at = 3 * (y * 60 + x);
                        rgb[at..at + 3].copy_from_slice(&[250, 10, 10]);
                    }
                }
            }
            buffer
        };
        let boxes = people
            .iter()
            .zip(found)
            .map(|(person, found)| person.filter(|_| *found).map(body).into_iter().collect());
        (people.iter().map(buffer).collect(), boxes.collect())
    }

    #[test]
    fn somebody_who_stands_there_most_of_the_time_is_left_out_by_the_boxes() {
        // In 30 of 40 frames the same place: a plain median would show the person.
        let people: Vec<Option<f32>> = (0..40).map(|at| (at < 30).then_some(20.0)).collect();
        let (buffers, boxes) = frames(&people, &[true; 40]);
        let background = median(&buffers, &boxes);
        assert!(background.rgb.iter().all(|value| *value == 40));
        assert!(background.grey_share.abs() < 1e-12);
        let (buffers, boxes) = frames(&people, &[false; 40]);
        assert!(
            median(&buffers, &boxes).rgb.contains(&250),
            "without boxes the person stays"
        );
    }

    #[test]
    fn a_passer_by_whom_the_detector_misses_now_and_then_is_left_out_by_the_median() {
        let people: Vec<Option<f32>> = (0..40).map(|at| Some(at as f32)).collect();
        let found: Vec<bool> = (0..40).map(|at| at % 3 != 0).collect();
        let (buffers, boxes) = frames(&people, &found);
        assert!(median(&buffers, &boxes).rgb.iter().all(|value| *value == 40));
    }

    #[test]
    fn a_place_that_was_never_free_long_enough_stays_grey() {
        let people: Vec<Option<f32>> = (0..40).map(|at| (at >= LEAST_FREE - 1).then_some(20.0)).collect();
        let (buffers, boxes) = frames(&people, &[true; 40]);
        let mut background = median(&buffers, &boxes);
        assert!(!background.rgb.contains(&250));
        // 8 wide and 20 high, widened by 15 % and two pixels, rounded outwards: 16 x 30 (5 to 35 down).
        let before = background.grey_share;
        assert!((0.1..0.25).contains(&before), "{before}");
        background.paint_over(&[Rect {
            left: -50.0,
            top: -5.0,
            right: 5.0,
            bottom: 100.0,
        }]);
        assert!(background.grey_share > before && background.rgb[0] == GREY);
    }
}
