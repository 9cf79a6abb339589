//! Landmarks of a face in, the face turned and scaled to a template out.
//!
//! A similarity transform (turn, scale, shift; no mirror) by least squares: Umeyama 1991, in the closed form that two
//! dimensions allow. Pixels are bilinear, black outside the picture, as OpenCV's `warpAffine` has them. Where the face is
//! larger than the template, each pixel is the mean of several places, so that fine detail does not turn into noise.

use crate::detect::detection::Landmarks;
use crate::footage::frame::Frame;

/// Where eyes (left and right in the picture), nose and corners of the mouth lie in a face of 112x112 pixels: the
/// template of the ArcFace line (`arcface_src` in insightface's `face_align.py`).
pub(crate) const ARCFACE: [(f64, f64); 5] = [
    (38.2946, 51.6963),
    (73.5318, 51.5014),
    (56.0252, 71.7366),
    (41.5493, 92.3655),
    (70.7299, 92.2041),
];

/// Centres of the eyes in dlib's face chip, as shares of its side: the means of the corners of each eye in its mean
/// face of five points, with padding 0.2 (`get_face_chip_details`).
pub(crate) const DLIB_EYES: [(f64, f64); 2] = [
    ((0.2 + 0.227_330_061_7) / 1.4, (0.2 + 0.221_395_846_5) / 1.4),
    ((0.2 + 0.752_813_968_0) / 1.4, (0.2 + 0.221_232_796_3) / 1.4),
];

/// `frame = scale_turn * template + shift`, the matrix being `[a, -b; b, a]`.
#[derive(Clone, Copy)]
pub(crate) struct Similarity {
    a: f64,
    b: f64,
    shift: (f64, f64),
}

impl Similarity {
    /// The one that brings `template` nearest to `found`. None: the points do not fix one.
    pub(crate) fn fit(template: &[(f64, f64)], found: &[(f64, f64)]) -> Option<Self> {
        let count = template.len().min(found.len());
        if count < 2 {
            return None;
        }
        let mean = |points: &[(f64, f64)]| {
            let sum = points
                .iter()
                .take(count)
                .fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
            (sum.0 / count as f64, sum.1 / count as f64)
        };
        let (from, to) = (mean(template), mean(found));
        let (mut along, mut across, mut spread) = (0.0, 0.0, 0.0);
        for (source, target) in template.iter().zip(found) {
            let (sx, sy) = (source.0 - from.0, source.1 - from.1);
            let (tx, ty) = (target.0 - to.0, target.1 - to.1);
            along += sx * tx + sy * ty;
            across += sx * ty - sy * tx;
            spread += sx * sx + sy * sy;
        }
        let (a, b) = (along / spread, across / spread);
        let scale = a.hypot(b);
        (scale.is_finite() && scale > 0.0).then_some(Self {
            a,
            b,
            shift: (to.0 - (a * from.0 - b * from.1), to.1 - (b * from.0 + a * from.1)),
        })
    }

    /// The one that lays a picture of `width` columns over a part of the frame, which begins at `left` and `top` (edges,
    /// in pixels) and is `across` pixels wide.
    pub(crate) fn over(left: f64, top: f64, across: f64, width: u32) -> Option<Self> {
        let scale = across / f64::from(width);
        // Pixel centres are whole numbers here; edges lie half a pixel before them.
        let shift = |edge: f64| edge + 0.5 * scale - 0.5;
        (scale.is_finite() && scale > 0.0 && left.is_finite() && top.is_finite()).then(|| Self {
            a: scale,
            b: 0.0,
            shift: (shift(left), shift(top)),
        })
    }

    /// Pixels of the frame for one pixel of the template.
    fn scale(self) -> f64 {
        self.a.hypot(self.b)
    }

    fn place(self, x: f64, y: f64) -> (f64, f64) {
        (
            self.a * x - self.b * y + self.shift.0,
            self.b * x + self.a * y + self.shift.1,
        )
    }
}

/// Eyes, nose and mouth in the order of the template, whichever eye the model names first: left and right as one sees
/// them in the picture.
pub(crate) fn ordered(landmarks: &Landmarks) -> [(f64, f64); 5] {
    let mut points = landmarks.0.map(|(x, y)| (f64::from(x), f64::from(y)));
    if points[0].0 > points[1].0 {
        points.swap(0, 1);
    }
    if points[3].0 > points[4].0 {
        points.swap(3, 4);
    }
    points
}

/// More places per pixel and side than this do not change what a network sees.
const MOST_PLACES: u32 = 8;

/// Draws a picture of `width` and `height` pixels, RGB, into `out`. `smooth`: average where the face is larger than the template.
pub(crate) fn warp(
    frame: &Frame<'_>,
    similarity: Similarity,
    (width, height): (u32, u32),
    smooth: bool,
    out: &mut Vec<u8>,
) {
    let places = if smooth {
        (similarity.scale().ceil() as u32).clamp(1, MOST_PLACES)
    } else {
        1
    };
    let share = f64::from(places);
    out.clear();
    for row in 0..height {
        for column in 0..width {
            let mut sum = [0.0; 3];
            for down in 0..places {
                for along in 0..places {
                    // Pixel centres are whole numbers, as in OpenCV.
                    let within = |at: u32| (f64::from(at) + 0.5) / share - 0.5;
                    let (x, y) =
                        similarity.place(f64::from(column) + within(along), f64::from(row) + within(down));
                    let here = bilinear(frame, x, y);
                    sum.iter_mut().zip(here).for_each(|(sum, value)| *sum += value);
                }
            }
            out.extend(sum.map(|sum| (sum / (share * share)).round().clamp(0.0, 255.0) as u8));
        }
    }
}

fn bilinear(frame: &Frame<'_>, x: f64, y: f64) -> [f64; 3] {
    let (left, top) = (x.floor(), y.floor());
    let (right_part, lower_part) = (x - left, y - top);
    let pixel = |column: f64, row: f64| -> [f64; 3] {
        let inside =
            column >= 0.0 && row >= 0.0 && column < f64::from(frame.width) && row < f64::from(frame.height);
        if !inside {
            return [0.0; 3];
        }
        let start = 3 * (row as usize * frame.width as usize + column as usize);
        frame.rgb.get(start..start + 3).map_or([0.0; 3], |pixel| {
            std::array::from_fn(|channel| f64::from(pixel[channel]))
        })
    };
    let corners = [
        (pixel(left, top), (1.0 - right_part) * (1.0 - lower_part)),
        (pixel(left + 1.0, top), right_part * (1.0 - lower_part)),
        (pixel(left, top + 1.0), (1.0 - right_part) * lower_part),
        (pixel(left + 1.0, top + 1.0), right_part * lower_part),
    ];
    std::array::from_fn(|channel| {
        corners
            .iter()
            .map(|(pixel, weight)| pixel[channel] * weight)
            .sum()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Turned by 90 degrees, twice as large, moved.
    fn moved(point: &(f64, f64)) -> (f64, f64) {
        (-2.0 * point.1 + 300.0, 2.0 * point.0 + 40.0)
    }

    #[test]
    fn a_turned_scaled_and_moved_template_is_found_exactly() {
        let found: Vec<_> = ARCFACE.iter().map(moved).collect();
        let similarity = Similarity::fit(&ARCFACE, &found).unwrap();
        assert!((similarity.scale() - 2.0).abs() < 1e-12);
        for (point, target) in ARCFACE.iter().zip(&found) {
            let got = similarity.place(point.0, point.1);
            assert!((got.0 - target.0).abs() < 1e-9 && (got.1 - target.1).abs() < 1e-9);
        }
    }

    #[test]
    fn a_mirror_image_is_not_fitted_by_mirroring() {
        // The transform of a mirrored face keeps its sense: eyes stay above the mouth.
        let mirrored: Vec<_> = ARCFACE.iter().map(|(x, y)| (112.0 - x, *y)).collect();
        let similarity = Similarity::fit(&ARCFACE, &mirrored).unwrap();
        assert!(similarity.a * similarity.a + similarity.b * similarity.b < 1.0);
    }

    #[test]
    fn points_in_one_place_fix_nothing() {
        assert!(Similarity::fit(&ARCFACE, &[(5.0, 5.0); 5]).is_none());
        assert!(Similarity::fit(&ARCFACE, &[(f64::NAN, 5.0); 5]).is_none());
        assert!(Similarity::fit(&ARCFACE[..1], &[(1.0, 1.0)]).is_none());
    }

    #[test]
    fn eyes_are_ordered_as_they_are_seen() {
        let named_by_the_person = Landmarks([
            (60.0, 10.0),
            (20.0, 11.0),
            (40.0, 30.0),
            (55.0, 50.0),
            (25.0, 50.0),
        ]);
        let points = ordered(&named_by_the_person);
        assert_eq!(points[0], (20.0, 11.0));
        assert_eq!(points[1], (60.0, 10.0));
        assert_eq!(points[3], (25.0, 50.0));
    }

    #[test]
    fn a_picture_that_fits_is_copied_and_what_lies_outside_is_black() {
        let rgb: Vec<u8> = (0..48).collect();
        let frame = Frame {
            width: 4,
            height: 4,
            rgb: &rgb,
        };
        let still = Similarity {
            a: 1.0,
            b: 0.0,
            shift: (0.0, 0.0),
        };
        let mut out = Vec::new();
        warp(&frame, still, (4, 4), true, &mut out);
        assert_eq!(out, rgb);
        let beside = Similarity {
            shift: (4.0, 0.0),
            ..still
        };
        warp(&frame, beside, (4, 4), true, &mut out);
        assert!(out.iter().all(|value| *value == 0));
        let half = Similarity {
            shift: (0.5, 0.0),
            ..still
        };
        warp(&frame, half, (2, 2), true, &mut out);
        // Red of the first two pixels is 0 and 3: 1.5 between them, rounded up.
        assert_eq!(&out[..3], &[2, 3, 4]);
        // The lower half of the frame, pixel by pixel.
        let lower = Similarity::over(0.0, 2.0, 4.0, 4).unwrap();
        warp(&frame, lower, (4, 2), true, &mut out);
        assert_eq!(out, rgb[24..]);
        // The whole frame on one pixel: the mean of all.
        warp(
            &frame,
            Similarity::over(0.0, 0.0, 4.0, 1).unwrap(),
            (1, 1),
            true,
            &mut out,
        );
        assert_eq!(out[0], 23, "the mean of 0, 3, …, 45 is 22.5");
        assert!(Similarity::over(0.0, f64::NAN, 4.0, 4).is_none());
        assert!(Similarity::over(0.0, 0.0, 0.0, 4).is_none());
    }
}
