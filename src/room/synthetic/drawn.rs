//! A scene and a ground in, pictures out: figures of two colours with a head, boxes for bags, noise, light that changes.
//! The number of the frame is in the first pixel, so that a scripted detector needs no memory.

use super::camera::{Camera, Place};
use super::dice::Dice;
use super::figure::Figure;
use super::ground::Ground;
use super::scene::{Scene, Thing};

/// Noise of the sensor, in grey levels to each side.
const NOISE: f32 = 4.0;

/// A picture of one frame.
pub(super) fn picture(scene: &Scene, camera: &Camera, ground: &Ground, frame: u64) -> image::RgbImage {
    let seconds = scene.time(frame);
    let mut canvas = image::RgbImage::from_raw(ground.width, ground.height, ground.rgb.clone())
        .expect("the ground has all its pixels");
    // From far to near, so that who is near covers who is far.
    let mut figures: Vec<&Figure> = scene
        .figures
        .iter()
        .filter(|figure| figure.is_there(seconds))
        .collect();
    figures.sort_by(|a, b| b.foot(seconds).away.total_cmp(&a.foot(seconds).away));
    let things = scene.things.iter();
    things
        .filter(|thing| (thing.from..thing.to).contains(&seconds))
        .for_each(|thing| draw_thing(&mut canvas, camera, thing));
    for figure in figures {
        draw_figure(&mut canvas, camera, figure, seconds);
    }
    let light = scene.brightening * seconds / scene.seconds;
    let mut dice = Dice::new(scene.seed ^ (frame << 32));
    for values in canvas.chunks_mut(8) {
        for (value, byte) in values.iter_mut().zip(dice.bytes()) {
            let noise = NOISE * (f32::from(byte) / 127.5 - 1.0);
            *value = (f32::from(*value) + light as f32 + noise).clamp(0.0, 255.0) as u8;
        }
    }
    let [low, high, ..] = frame.to_le_bytes();
    canvas.put_pixel(0, 0, image::Rgb([low, high, 0]));
    canvas
}

/// The frame's number in a picture made by [`picture`].
pub(super) fn number(rgb: &[u8]) -> usize {
    usize::from(rgb[0]) + 256 * usize::from(rgb[1])
}

fn fill(canvas: &mut image::RgbImage, [left, top, right, bottom]: [f64; 4], colour: [u8; 3]) {
    let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    let (left, right) = (left.clamp(0.0, width) as u32, right.clamp(0.0, width) as u32);
    let (top, bottom) = (top.clamp(0.0, height) as u32, bottom.clamp(0.0, height) as u32);
    for y in top..bottom {
        for x in left..right {
            canvas.put_pixel(x, y, image::Rgb(colour));
        }
    }
}

fn draw_thing(canvas: &mut image::RgbImage, camera: &Camera, thing: &Thing) {
    let (left, bottom) = camera.pixel(thing.place);
    let scale = camera.pixels_per_metre(thing.place);
    let (width, height) = (thing.size.0 * scale, thing.size.1 * scale);
    fill(
        canvas,
        [left, bottom - height, left + width, bottom],
        thing.colour,
    );
}

/// Legs, trunk and head along the line from the feet to the head.
fn draw_figure(canvas: &mut image::RgbImage, camera: &Camera, figure: &Figure, seconds: f64) {
    let (low, high) = figure.ends(seconds);
    let [r, g, b] = figure.colour;
    let parts = 24;
    for part in 0..=parts {
        let t = f64::from(part) / f64::from(parts);
        let place = Place {
            right: low.right + t * (high.right - low.right),
            up: low.up + t * (high.up - low.up),
            away: low.away + t * (high.away - low.away),
        };
        let (x, y) = camera.pixel(place);
        let scale = camera.pixels_per_metre(place);
        let (half, colour) = match t {
            t if t < 0.48 => (0.17, [r / 2, g / 2, b / 2]),
            t if t < 0.86 => (0.25, [r, g, b]),
            _ => (0.12, [205, 170, 145]),
        };
        let thick = 0.06 * scale;
        fill(
            canvas,
            [x - half * scale, y - thick, x + half * scale, y + thick],
            colour,
        );
    }
}
