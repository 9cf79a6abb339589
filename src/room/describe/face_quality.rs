//! A frame and a face with five landmarks in, seven figures of the quality of its picture out: numbers alone, no pixels.
//!
//! **Source.** The components of ISO/IEC 29794-5:2025 that need no network and no trained forest, by the formulas of the standard's open
//! reference implementation (OFIQ 1.0.3, `modules/measures` and `data/ofiq_config.jaxn`): mean and variance of the luminance, under- and
//! over-exposure prevention, dynamic range, inter-eye distance. Each is mapped as there to whole numbers from 0 (worst) to 100.
//! **Sharpness.** OFIQ's is what a trained forest makes of 26 features. One of these is told by itself: the mean of the absolute Laplacian,
//! after smoothing by 3x3, in grey levels. It has no scale from 0 to 100, and grows with contrast as well.
//! **Left out**, because OFIQ asks a network: the unified quality score, compression artefacts, illumination uniformity, background
//! uniformity, natural colour, head coverings, occlusion of face, eyes and mouth, open eyes, closed mouth, neutral expression. And those of
//! how a portrait is cut (head size, crop, margins, a single face): a scene is no portrait, and five points know no chin.
//! **Where this differs.** OFIQ's region of a face is the hull of 98 points of a network, in the face turned and scaled to 616 pixels, less
//! what a second network takes for an occlusion (exposure alone). Here it is the hull of jaw and brows ([`OUTLINE`]) of the model face, as the
//! five landmarks show it ([`View`]), in the picture's own pixels, occlusions and all. A face of few pixels cannot fill the dynamic range: 100
//! pixels have at most 6.6 bits, that is 83.
//! **What it cannot tell.** Whether anybody would be recognised; whether there is a face at all.

use super::align::ordered;
use super::head_pose::View;
use crate::detect::detection::{Detection, Landmarks};
use crate::footage::frame::Frame;
use std::sync::LazyLock;
use vsa_record::reading::DistributionName;

/// What is told of each face, in this order.
pub(crate) const COMPONENTS: [DistributionName; 7] = [
    DistributionName::InterEyeDistanceQuality,
    DistributionName::LuminanceMeanQuality,
    DistributionName::LuminanceVarianceQuality,
    DistributionName::UnderExposureQuality,
    DistributionName::OverExposureQuality,
    DistributionName::DynamicRangeQuality,
    DistributionName::EdgeContrast,
];

/// Half of the outline of MediaPipe's canonical face model: along the jaw from the ear to the chin, and along the upper edge of the brow (its
/// vertices 127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 70, 63, 105, 66 and 107), in millimetres: to the right, down, away from
/// the camera, as in [`head_pose`](super::head_pose). The other half is its mirror image.
const OUTLINE: [[f64; 3]; 17] = [
    [-77.43, -23.65, 20.05],
    [-76.64, -6.73, 24.36],
    [-75.42, 10.49, 24.31],
    [-72.71, 28.91, 22.52],
    [-67.20, 47.89, 17.45],
    [-59.41, 62.24, 6.31],
    [-50.85, 71.79, -7.15],
    [-40.69, 79.93, -19.25],
    [-32.11, 85.33, -28.02],
    [-23.09, 89.74, -36.09],
    [-12.93, 92.96, -40.94],
    [0.0, 94.03, -42.64],
    [-57.21, -42.55, -28.31],
    [-49.86, -48.02, -37.52],
    [-39.87, -51.09, -44.66],
    [-27.60, -51.01, -50.16],
    [-13.96, -50.12, -53.16],
];

/// In a region with fewer pixels there is nothing to count.
const FEWEST_PIXELS: usize = 16;

/// Luminances up to the first count as dark, from the second on as light.
const DARK: usize = 25;
const LIGHT: usize = 247;

/// The quality of one sighting of a face.
#[derive(Clone, Copy)]
pub(crate) struct FaceQuality {
    /// In the order of [`COMPONENTS`].
    pub(crate) components: [f32; COMPONENTS.len()],
    /// Looks towards the camera.
    frontal: bool,
    /// Distance between the eyes in pixels, as if seen from the front.
    between_eyes: f32,
}

impl FaceQuality {
    /// None: there are no landmarks, they are no view of a face, or a part of the face is outside the picture or too small.
    pub(crate) fn of(frame: &Frame<'_>, face: &Detection) -> Option<Self> {
        let landmarks = face.landmarks.as_ref()?;
        let view = View::of(landmarks)?;
        let pose = view.pose();
        let region = Region::of(&view, frame)?;
        let light = Light::of(frame, &region);
        let between_eyes = between_eyes(landmarks) / pose.yaw.to_radians().cos();
        let components = [
            points(100.0 * sigmoid(between_eyes, 70.0, 20.0)),
            points(100.0 * sigmoid(light.mean, 0.2, 0.05) * (1.0 - sigmoid(light.mean, 0.8, 0.05))),
            points(
                100.0 * (60.0 * light.variance / (60.0 * light.variance + 1.0) * std::f64::consts::PI).sin(),
            ),
            points(120.0 * (0.832 - sigmoid(light.dark, 0.92, 0.05))),
            points(1.0 / (light.light + 0.01)),
            points(12.5 * light.entropy),
            edge_contrast(frame, &region),
        ];
        Some(Self {
            components: components.map(|value| value as f32),
            frontal: pose.is_frontal(),
            between_eyes: between_eyes as f32,
        })
    }

    /// The better look of two at one face: one towards the camera before any other, then the larger one.
    pub(crate) fn better(self, other: Self) -> Self {
        let is_better = match (self.frontal, other.frontal) {
            (mine, theirs) if mine != theirs => theirs,
            _ => other.between_eyes > self.between_eyes,
        };
        if is_better { other } else { self }
    }

    /// The better one of what there is.
    pub(crate) fn best(first: Option<Self>, second: Option<Self>) -> Option<Self> {
        match (first, second) {
            (Some(first), Some(second)) => Some(first.better(second)),
            (first, second) => first.or(second),
        }
    }

    /// Made up, for a test of what becomes of it.
    #[cfg(test)]
    pub(crate) fn scripted(components: [f32; COMPONENTS.len()], frontal: bool, between_eyes: f32) -> Self {
        Self {
            components,
            frontal,
            between_eyes,
        }
    }
}

fn sigmoid(x: f64, centre: f64, width: f64) -> f64 {
    1.0 / (1.0 + ((centre - x) / width).exp())
}

/// A whole number from 0 to 100.
fn points(quality: f64) -> f64 {
    quality.round().clamp(0.0, 100.0)
}

fn between_eyes(landmarks: &Landmarks) -> f64 {
    let [left, right, ..] = ordered(landmarks);
    (right.0 - left.0).hypot(right.1 - left.1)
}

/// The pixels of a face: of each row the first and the last column. Pixel centres are whole numbers, as in `align.rs`.
struct Region {
    top: usize,
    rows: Vec<(usize, usize)>,
}

impl Region {
    /// None: not all of it lies in the picture, or it is too small.
    fn of(view: &View, frame: &Frame<'_>) -> Option<Self> {
        let mirrored = OUTLINE.map(|[x, y, z]| [-x, y, z]);
        let outline = OUTLINE.into_iter().chain(mirrored);
        let hull = hull(outline.map(|point| view.place(point)).collect());
        let (width, height) = (f64::from(frame.width), f64::from(frame.height));
        let inside = |&(x, y): &(f64, f64)| x >= 0.0 && y >= 0.0 && x <= width - 1.0 && y <= height - 1.0;
        if !hull.iter().all(inside) {
            return None;
        }
        let top = hull
            .iter()
            .map(|point| point.1)
            .fold(f64::INFINITY, f64::min)
            .ceil();
        let bottom = hull.iter().map(|point| point.1).fold(0.0, f64::max).floor();
        let mut rows = Vec::new();
        let mut row = top;
        while row <= bottom {
            let (mut left, mut right) = (f64::INFINITY, f64::NEG_INFINITY);
            for (at, a) in hull.iter().enumerate() {
                let b = hull[(at + 1) % hull.len()];
                if (a.1.min(b.1)..=a.1.max(b.1)).contains(&row) {
                    let share = if a.1 == b.1 {
                        0.0
                    } else {
                        (row - a.1) / (b.1 - a.1)
                    };
                    let x = a.0 + share * (b.0 - a.0);
                    (left, right) = (left.min(x), right.max(x));
                }
            }
            let (first, last) = (left.ceil(), right.floor());
            // A row that passes between two pixels is empty.
            rows.push(if first <= last {
                (first as usize, last as usize)
            } else {
                (1, 0)
            });
            row += 1.0;
        }
        let region = Self {
            top: top as usize,
            rows,
        };
        (region.pixels().count() >= FEWEST_PIXELS).then_some(region)
    }

    /// Column and row of each.
    fn pixels(&self) -> impl Iterator<Item = (usize, usize)> {
        let rows = self.rows.iter().enumerate();
        rows.flat_map(move |(at, &(first, last))| (first..=last).map(move |column| (column, self.top + at)))
    }
}

/// The convex hull (Andrew's monotone chain, 1979).
fn hull(mut points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let turn =
        |o: (f64, f64), a: (f64, f64), b: (f64, f64)| (a.0 - o.0) * (b.1 - o.1) - (a.1 - o.1) * (b.0 - o.0);
    let half = |points: &mut dyn Iterator<Item = (f64, f64)>| {
        let mut chain: Vec<(f64, f64)> = Vec::new();
        for point in points {
            while chain.len() >= 2 && turn(chain[chain.len() - 2], chain[chain.len() - 1], point) <= 0.0 {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut whole = half(&mut points.iter().copied());
    whole.extend(half(&mut points.iter().rev().copied()));
    whole
}

/// What the luminances of a region tell.
struct Light {
    /// Mean and variance, as shares of the range.
    mean: f64,
    variance: f64,
    /// Shares of the pixels.
    dark: f64,
    light: f64,
    /// In bits.
    entropy: f64,
}

/// Linear light of a channel's value, as sRGB defines it.
static LINEAR: LazyLock<[f64; 256]> = LazyLock::new(|| {
    std::array::from_fn(|value| {
        let value = value as f64 / 255.0;
        if value > 0.04045 {
            ((value + 0.055) / 1.055).powf(2.4)
        } else {
            value / 12.92
        }
    })
});

impl Light {
    fn of(frame: &Frame<'_>, region: &Region) -> Self {
        let mut counts = [0u64; 256];
        for (column, row) in region.pixels() {
            let [r, g, b] = pixel(frame, column, row).map(|value| LINEAR[usize::from(value)]);
            let luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
            counts[((luminance * 255.0 + 0.5) as usize).min(255)] += 1;
        }
        let total = counts.iter().sum::<u64>() as f64;
        let shares = counts.map(|count| count as f64 / total);
        let level = |at: usize| at as f64 / 255.0;
        let over = |of: &dyn Fn(usize, f64) -> f64| -> f64 {
            shares.iter().enumerate().map(|(at, &share)| of(at, share)).sum()
        };
        let mean = over(&|at, share| share * level(at));
        Self {
            mean,
            variance: over(&|at, share| share * (level(at) - mean).powi(2)),
            dark: shares[..=DARK].iter().sum(),
            light: shares[LIGHT..].iter().sum(),
            entropy: -over(&|_, share| if share > 0.0 { share * share.log2() } else { 0.0 }),
        }
    }
}

fn pixel(frame: &Frame<'_>, column: usize, row: usize) -> [u8; 3] {
    let at = 3 * (row * frame.width as usize + column);
    [frame.rgb[at], frame.rgb[at + 1], frame.rgb[at + 2]]
}

/// Mean of the absolute Laplacian of the smoothed grey picture. Beyond its edges the picture is mirrored at the outermost pixel, as in OpenCV.
fn edge_contrast(frame: &Frame<'_>, region: &Region) -> f64 {
    let (width, height) = (frame.width as usize, frame.height as usize);
    let mirrored = |at: usize, by: isize, side: usize| {
        let at = at.checked_add_signed(by).unwrap_or(1);
        let at = if at >= side {
            (2 * side).saturating_sub(2 + at)
        } else {
            at
        };
        at.min(side - 1)
    };
    let grey = |column: usize, row: usize| {
        // OpenCV's shares of the channels, in 1/2^15.
        let [r, g, b] = pixel(frame, column, row).map(u32::from);
        (r * 9_798 + g * 19_235 + b * 3_735 + (1 << 14)) >> 15
    };
    // The region's rows and columns, and one more on each side, smoothed once.
    let used = || region.rows.iter().filter(|(first, last)| first <= last);
    let left = used().map(|row| row.0).min().unwrap_or(0).saturating_sub(1);
    let right = (used().map(|row| row.1).max().unwrap_or(0) + 1).min(width - 1);
    let top = region.top.saturating_sub(1);
    let bottom = (region.top + region.rows.len()).min(height - 1);
    let across = right + 1 - left;
    let mut smoothed = Vec::with_capacity(across * (bottom + 1 - top));
    for row in top..=bottom {
        for column in left..=right {
            let mut sum = 0;
            for (down, weight) in [(-1, 1), (0, 2), (1, 1)] {
                for (along, share) in [(-1, 1), (0, 2), (1, 1)] {
                    sum += weight * share * grey(mirrored(column, along, width), mirrored(row, down, height));
                }
            }
            smoothed.push(f64::from((sum + 8) >> 4));
        }
    }
    let at = |column: usize, row: usize| smoothed[(row - top) * across + column - left];
    let (mut sum, mut count) = (0.0, 0.0);
    for (column, row) in region.pixels() {
        let beside = [-1, 1].map(|by| at(mirrored(column, by, width), row));
        let above = [-1, 1].map(|by| at(column, mirrored(row, by, height)));
        let around: f64 = beside.iter().chain(&above).sum();
        sum += (around - 4.0 * at(column, row)).abs();
        count += 1.0;
    }
    sum / count
}

#[cfg(test)]
mod tests {
    use super::super::align::ARCFACE;
    use super::*;
    use crate::detect::overlap::Rect;
    use serde_json::Value;

    /// The script's picture: squares of so many pixels, each of one colour by a linear congruential generator, scaled to a range.
    fn drawn(of: &Value) -> (u32, u32, Vec<u8>) {
        let number = |name: &str| u32::try_from(of[name].as_u64().unwrap()).unwrap();
        let (width, height, square) = (number("width"), number("height"), number("square"));
        let (low, high) = (number("low"), number("high"));
        let mut state = number("seed");
        let columns = width.div_ceil(square);
        let colours: Vec<[u8; 3]> = (0..columns * height.div_ceil(square))
            .map(|_| {
                [0; 3].map(|_: u8| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    u8::try_from(low + (state >> 24) * (high - low) / 255).unwrap()
                })
            })
            .collect();
        let pixel = |at: u32| colours[(at / width / square * columns + at % width / square) as usize];
        let rgb = (0..width * height).flat_map(pixel).collect();
        (width, height, rgb)
    }

    fn face(points: [(f32, f32); 5]) -> Detection {
        Detection {
            landmarks: Some(Landmarks(points)),
            ..Detection::plain(Rect::sized(0.0, 0.0, 9.0, 9.0), 0.9)
        }
    }

    #[test]
    fn the_figures_are_those_of_opencv_and_numpy_by_the_standard_s_formulas() {
        let text = include_str!("../../../tests/parity/face_quality.json");
        let reference: Value = serde_json::from_str(text).unwrap();
        let cases = reference["cases"].as_array().unwrap();
        assert!(cases.len() >= 8, "{}", cases.len());
        for case in cases {
            let (width, height, rgb) = drawn(&case["picture"]);
            let frame = Frame {
                width,
                height,
                rgb: &rgb,
            };
            let point = |at: usize| {
                let of = |axis: usize| case["points"][at][axis].as_f64().unwrap() as f32;
                (of(0), of(1))
            };
            let name = &case["name"];
            let found = FaceQuality::of(&frame, &face(std::array::from_fn(point)));
            let Some(expected) = case["components"].as_array() else {
                assert!(found.is_none(), "{name}: cannot be assessed");
                continue;
            };
            let found = found.unwrap_or_else(|| panic!("{name}: can be assessed"));
            for (at, component) in COMPONENTS.iter().enumerate() {
                let (ours, theirs) = (f64::from(found.components[at]), expected[at].as_f64().unwrap());
                // Whole numbers are the same; a mean of whole numbers is rounded to single precision.
                assert!(
                    (ours - theirs).abs() < 1e-5 * theirs.max(1.0),
                    "{name}, {component:?}: {ours}, {theirs}"
                );
            }
            assert_eq!(found.frontal, case["frontal"].as_bool().unwrap(), "{name}");
        }
    }

    #[test]
    fn what_is_no_face_or_has_no_landmarks_cannot_be_assessed() {
        let rgb = vec![90; 3 * 200 * 200];
        let frame = Frame {
            width: 200,
            height: 200,
            rgb: &rgb,
        };
        let points = ARCFACE.map(|(x, y)| (x as f32 + 40.0, y as f32 + 30.0));
        assert!(FaceQuality::of(&frame, &face(points)).is_some());
        assert!(FaceQuality::of(&frame, &face([(50.0, 50.0); 5])).is_none());
        let plain = Detection::plain(Rect::sized(40.0, 30.0, 112.0, 112.0), 0.9);
        assert!(FaceQuality::of(&frame, &plain).is_none());
    }

    #[test]
    fn a_look_towards_the_camera_is_better_than_a_larger_one_that_is_turned_away() {
        let look = |frontal, between_eyes| FaceQuality::scripted([between_eyes; 7], frontal, between_eyes);
        let best = |a, b| FaceQuality::best(Some(a), Some(b)).unwrap().between_eyes;
        assert!((best(look(true, 10.0), look(false, 50.0)) - 10.0).abs() < 1e-6);
        assert!((best(look(false, 50.0), look(true, 10.0)) - 10.0).abs() < 1e-6);
        assert!((best(look(true, 10.0), look(true, 11.0)) - 11.0).abs() < 1e-6);
        let (alone, nothing) = (Some(look(false, 3.0)), None);
        assert!(FaceQuality::best(nothing, alone).is_some() && FaceQuality::best(nothing, nothing).is_none());
    }
}
