//! The pictures on which a model of faces is tried: drawn people, of no one. In: nothing. Out: pictures with boxes, in memory.
//!
//! No footage at hand shows faces that are large enough and belong to nobody. These are ellipses, gradients and shadows; CenterFace, YuNet,
//! UltraFace and RetinaFace find every one of them; given shares of one, all but UltraFace find none. **What it cannot tell.** How well a
//! model finds faces of people: a drawing looks into the camera, in good light.

use super::pictures::Picture;
use crate::detect::overlap::Rect;
use crate::footage::frame::FrameBuffer;

const SIZE: (u32, u32) = (640, 360);

/// Middle of a face and half the width of its head, in pixels.
type Place = (f64, f64, f64);

/// Of each picture.
const FACES: [[Place; 3]; 2] = [
    [(120.0, 110.0, 42.0), (330.0, 150.0, 60.0), (520.0, 120.0, 36.0)],
    [(110.0, 150.0, 55.0), (300.0, 105.0, 34.0), (480.0, 150.0, 48.0)],
];

/// Skin and hair of each face of a picture.
const TONES: [[Colour; 2]; 3] = [
    [[205.0, 160.0, 135.0], [60.0, 42.0, 32.0]],
    [[120.0, 82.0, 62.0], [25.0, 20.0, 18.0]],
    [[224.0, 182.0, 158.0], [120.0, 90.0, 55.0]],
];

type Colour = [f64; 3];

pub(super) fn draw() -> Vec<Picture> {
    let picture = |faces: [Place; 3]| {
        let mut buffer = FrameBuffer::default();
        let (width, height) = SIZE;
        let (pixels, _) = buffer.reshape(width, height).as_chunks_mut::<3>();
        for (at, pixel) in (0..).zip(pixels) {
            let (x, y) = (f64::from(at % width), f64::from(at / width));
            let mut point = Point(background(x, y));
            for ((cx, cy, half), tones) in faces.into_iter().zip(TONES) {
                point.paint((x - cx) / half, (y - cy) / half, tones);
            }
            *pixel = point.0.map(|value| value.round().clamp(0.0, 255.0) as u8);
        }
        let people = faces.map(|(x, y, half)| {
            Rect::of([
                (x - 0.93 * half) as f32,
                (y - 0.85 * half) as f32,
                (x + 0.93 * half) as f32,
                (y + 1.3 * half) as f32,
            ])
        });
        Picture {
            buffer,
            people: people.to_vec(),
        }
    };
    FACES.map(picture).into()
}

fn background(x: f64, y: f64) -> Colour {
    let (along, down) = (x / f64::from(SIZE.0), y / f64::from(SIZE.1));
    [
        120.0 + 40.0 * along + 25.0 * (y / 60.0).sin(),
        125.0 + 20.0 * down + 20.0 * (x / 70.0).cos(),
        130.0 + 30.0 * (1.0 - along),
    ]
}

/// One pixel while it is painted, layer by layer. Places are told in half widths of the head, from the middle of the face.
struct Point(Colour);

/// A border that is as soft as `edge` says: 1 well inside, where `inside` is above 0.
fn soft(inside: f64, edge: f64) -> f64 {
    1.0 / (1.0 + (-(inside / edge).clamp(-50.0, 50.0)).exp())
}

/// How far inside of an ellipse: 1 in its middle, 0 on its border.
fn inside([u, v]: [f64; 2], [x, y]: [f64; 2], [a, b]: [f64; 2]) -> f64 {
    1.0 - ((u - x) / a).powi(2) - ((v - y) / b).powi(2)
}

/// A spot without a border.
fn spot([u, v]: [f64; 2], [x, y]: [f64; 2], [a, b]: [f64; 2]) -> f64 {
    (-((u - x) / a).powi(2) - ((v - y) / b).powi(2)).exp()
}

/// A curved line that is so thick.
fn line(v: f64, at: f64, thick: f64) -> f64 {
    (-((v - at) / thick).powi(2)).exp()
}

impl Point {
    fn blend(&mut self, share: f64, colour: Colour) {
        let share = share.clamp(0.0, 1.0);
        let mixed = self.0.iter_mut().zip(colour);
        mixed.for_each(|(value, other)| *value += share * (other - *value));
    }

    fn darken(&mut self, share: f64) {
        self.blend(share, [0.0; 3]);
    }

    fn brighten(&mut self, share: f64) {
        self.blend(share, [255.0; 3]);
    }

    fn ellipse(&mut self, at: [f64; 2], middle: [f64; 2], half: [f64; 2], edge: f64, colour: Colour) {
        let edge = edge / half[0].min(half[1]);
        self.blend(soft(inside(at, middle, half), edge), colour);
    }

    /// A head with neck and shoulders.
    fn paint(&mut self, u: f64, v: f64, [skin, hair]: [Colour; 2]) {
        let at = [u, v];
        let shaded = |by: f64| skin.map(|value| by * value);
        self.ellipse(at, [0.0, 3.0], [2.3, 1.35], 0.04, [70.0, 80.0, 110.0]);
        self.ellipse(at, [0.0, 1.35], [0.55, 0.75], 0.03, shaded(0.72));
        let cap = ([0.0, -0.32], [1.13, 1.22]);
        self.ellipse(at, cap.0, cap.1, 0.03, hair);
        for side in [-1.0, 1.0] {
            self.ellipse(at, [side, 0.08], [0.14, 0.3], 0.03, shaded(0.8));
        }
        // Narrower towards the chin; lit from the left above.
        let half = 0.97 - 0.28 * (v - 0.1).clamp(0.0, 1.3).powf(1.4);
        let head = 1.0 - (u.abs() / half.max(0.2)).powf(2.2) - ((v - 0.08).abs() / 1.27).powf(2.4);
        let head = soft(head, 0.05);
        let towards = inside(at, [0.0, 0.08], [1.05, 1.45]).clamp(0.0, 1.0).sqrt();
        let lit = (0.62 + 0.42 * towards - 0.0875 * (0.6 * u + 0.5 * v)).clamp(0.3, 1.15);
        self.blend(head, shaded(lit));
        let hairline =
            soft(-(v + 0.72 + 0.25 * u * u), 0.03) * soft(inside(at, cap.0, cap.1), 0.03 / cap.1[0]);
        self.blend(hairline * head, hair);
        for side in [-1.0, 1.0] {
            self.eye(at, 0.42 * side, head, hair);
        }
        self.nose(at, head);
        self.mouth(at, head);
    }

    fn eye(&mut self, at: [f64; 2], x: f64, head: f64, hair: Colour) {
        let [u, v] = at;
        self.darken(0.42 * head * spot(at, [x, -0.1], [0.30, 0.17]));
        let across = (u - x) / 0.27;
        let brow = 1.0 - across.powi(2) - ((v + 0.33 + 0.10 * across.powi(2)) / 0.055).powi(2);
        self.blend(0.85 * soft(brow, 0.3), hair.map(|value| 0.9 * value));
        self.ellipse(at, [x, -0.1], [0.17, 0.075], 0.02, [228.0, 222.0, 216.0]);
        self.ellipse(at, [x, -0.1], [0.075, 0.078], 0.015, [70.0, 48.0, 32.0]);
        self.ellipse(at, [x, -0.1], [0.035, 0.037], 0.01, [12.0, 10.0, 10.0]);
        self.ellipse(at, [x - 0.025, -0.125], [0.016, 0.016], 0.008, [250.0; 3]);
        if (u - x).abs() < 0.2 {
            let lid = line(v, -0.165 + 0.10 * ((u - x) / 0.18).powi(2), 0.022);
            self.blend(0.8 * lid, [40.0, 25.0, 20.0]);
        }
        self.darken(0.15 * head * spot(at, [x, 0.06], [0.22, 0.05]));
    }

    fn nose(&mut self, at: [f64; 2], head: f64) {
        self.brighten(0.18 * head * spot(at, [0.0, 0.15], [0.06, 0.3]));
        self.darken(0.13 * head * spot(at, [-0.12, 0.2], [0.06, 0.25]));
        self.darken(0.22 * head * spot(at, [0.13, 0.2], [0.06, 0.25]));
        self.brighten(0.22 * head * spot(at, [0.0, 0.36], [0.09, 0.07]));
        for side in [-1.0, 1.0] {
            self.darken(0.65 * head * spot(at, [0.105 * side, 0.455], [0.05, 0.03]));
            self.darken(0.22 * head * spot(at, [0.2 * side, 0.4], [0.04, 0.09]));
            self.brighten(0.10 * head * spot(at, [0.52 * side, 0.3], [0.18, 0.16]));
            self.darken(0.12 * head * spot(at, [0.38 * side, 0.55], [0.05, 0.22]));
        }
        self.darken(0.25 * head * spot(at, [0.0, 0.53], [0.17, 0.05]));
    }

    fn mouth(&mut self, at: [f64; 2], head: f64) {
        let [u, v] = at;
        self.blend(
            0.8 * soft(inside(at, [0.0, 0.70], [0.31, 0.055]), 0.25),
            [150.0, 78.0, 72.0],
        );
        self.blend(
            0.8 * soft(inside(at, [0.0, 0.78], [0.27, 0.075]), 0.25),
            [178.0, 98.0, 90.0],
        );
        if u.abs() < 0.3 {
            self.blend(
                0.85 * line(v, 0.735 + 0.02 * (9.0 * u).cos(), 0.018),
                [70.0, 25.0, 25.0],
            );
        }
        self.brighten(0.25 * head * spot(at, [0.0, 0.8], [0.1, 0.03]));
        self.darken(0.25 * head * spot(at, [0.0, 0.89], [0.2, 0.05]));
        self.brighten(0.12 * head * spot(at, [0.0, 1.04], [0.14, 0.1]));
        self.darken(0.3 * head * spot(at, [0.0, 1.4], [0.7, 0.16]));
    }
}
