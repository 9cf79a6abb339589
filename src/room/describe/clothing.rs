//! A person's box in, the colour names of what is worn above and below the hips out. No network.
//!
//! Regions follow the proportions of a standing body (Drillis and Contini 1966, as in Winter, *Biomechanics and Motor
//! Control*): shoulders at 0.818 of the stature, hips at 0.530, knees at 0.285. Of each region the middle half of the
//! width counts, where there is least background. The name of a region is the name of most of its pixels.

use super::colour::{ColourName, Namer};
use crate::detect::overlap::Rect;
use crate::detect::whole::is_whole;
use crate::footage::frame::Frame;
use std::ops::Range;

/// From the top of the box, as shares of its height.
const UPPER: Range<f32> = 0.182..0.470;
const LOWER: Range<f32> = 0.470..0.715;
/// Of the width.
const MIDDLE: Range<f32> = 0.25..0.75;

/// A region with fewer pixels than this has no colour that could be named.
const FEWEST_PIXELS: usize = 16;

/// What is worn, as far as a colour tells.
#[derive(Clone, Copy)]
pub(crate) struct Clothing {
    pub(crate) upper: ColourName,
    pub(crate) lower: ColourName,
}

/// The colours of the person in `body`; none where the picture's edge may cut the body, whose proportions are then unknown, or where
/// a region is too small.
pub(crate) fn clothing(frame: &Frame<'_>, body: &Rect, namer: &Namer) -> Option<Clothing> {
    if !is_whole(body, (frame.width, frame.height)) {
        return None;
    }
    Some(Clothing {
        upper: region(frame, body, &UPPER, namer)?,
        lower: region(frame, body, &LOWER, namer)?,
    })
}

fn region(frame: &Frame<'_>, body: &Rect, rows: &Range<f32>, namer: &Namer) -> Option<ColourName> {
    let columns = pixels(body.left, body.width(), &MIDDLE, frame.width)?;
    let rows = pixels(body.top, body.height(), rows, frame.height)?;
    if columns.len() * rows.len() < FEWEST_PIXELS {
        return None;
    }
    let mut votes = [0u32; ColourName::COUNT];
    for row in rows {
        let start = 3 * (row * frame.width as usize + columns.start);
        let line = frame.rgb.get(start..start + 3 * columns.len())?;
        for pixel in line.chunks_exact(3) {
            votes[namer.name([pixel[0], pixel[1], pixel[2]]) as usize] += 1;
        }
    }
    ColourName::elected(&votes)
}

/// The pixels between two shares of a side; none where some of them lie outside the picture.
fn pixels(start: f32, length: f32, shares: &Range<f32>, side: u32) -> Option<Range<usize>> {
    let from = (start + shares.start * length).round();
    let to = (start + shares.end * length).round();
    let inside = from >= 0.0 && to > from && f64::from(to) <= f64::from(side);
    inside.then_some(from as usize..to as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of 40x104 in which a person stands from 10 to 30, two rows from above and from below: a head in pink, above the
    /// hips red, below blue, black shoes, before a green meadow.
    fn picture() -> Vec<u8> {
        let mut rgb = Vec::new();
        for row in -2..102 {
            for column in 0..40 {
                let body = match row {
                    ..18 => [255, 150, 200],
                    18..47 => [220, 0, 0],
                    47..80 => [0, 0, 230],
                    _ => [0, 0, 0],
                };
                let inside = (10..30).contains(&column);
                rgb.extend(if inside { body } else { [0, 130, 0] });
            }
        }
        rgb
    }

    fn frame(rgb: &[u8]) -> Frame<'_> {
        Frame {
            width: 40,
            height: 104,
            rgb,
        }
    }

    #[test]
    fn what_is_worn_above_and_below_the_hips_is_named() {
        let (rgb, namer) = (picture(), Namer::new());
        let body = |left, right| Rect {
            left,
            top: 2.0,
            right,
            bottom: 102.0,
        };
        let seen = clothing(&frame(&rgb), &body(10.0, 30.0), &namer).unwrap();
        assert!(seen.upper == ColourName::Red && seen.lower == ColourName::Blue);
        // A box twice as wide still sees the person in its middle half.
        let seen = clothing(&frame(&rgb), &body(1.0, 39.0), &namer).unwrap();
        assert!(seen.upper == ColourName::Red && seen.lower == ColourName::Blue);
    }

    #[test]
    fn who_is_cut_off_by_the_edge_or_too_small_is_not_described() {
        let (rgb, namer) = (picture(), Namer::new());
        for (left, top, width, height) in [
            (10.0, 60.0, 20.0, 100.0),
            (-9.0, 2.0, 20.0, 100.0),
            (36.0, 2.0, 20.0, 100.0),
            (10.0, 0.0, 20.0, 100.0),
            (10.0, 2.0, 20.0, 102.0),
            (10.0, 2.0, 4.0, 8.0),
            (f32::NAN, 2.0, 20.0, 100.0),
        ] {
            let body = Rect {
                left,
                top,
                right: left + width,
                bottom: top + height,
            };
            assert!(clothing(&frame(&rgb), &body, &namer).is_none(), "{left} {top}");
        }
    }
}
