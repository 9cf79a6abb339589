//! What the user drew, laid over the background. In: a scene. Out: outlines in colours, and which colour is whose.

use image::{Rgb, RgbImage};
use vsa_record::scene::{PixelPlace, SceneFacts};

/// Something that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Such as `zone "door"`.
    pub what: String,
    /// The name of its colour.
    pub colour: &'static str,
}

/// An outline.
pub(super) struct Shape {
    pub(super) told: Drawn,
    colour: Rgb<u8>,
    points: Vec<PixelPlace>,
    form: Form,
}

/// What comes after the last point.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Nothing.
    Open,
    /// A stroke back to the first.
    Closed,
    /// The head of an arrow.
    Arrow,
}

/// Colours that are told apart on grey and green, also by most people with a colour vision deficiency (after Okabe and
/// Ito 2008).
const COLOURS: [(&str, [u8; 3]); 7] = [
    ("orange", [230, 159, 0]),
    ("sky blue", [86, 180, 233]),
    ("yellow", [240, 228, 66]),
    ("vermilion", [213, 94, 0]),
    ("pink", [204, 121, 167]),
    ("blue", [0, 114, 178]),
    ("green", [0, 158, 115]),
];

/// Half the width of a stroke.
const REACH: i64 = 1;

/// Everything that was drawn in the scene.
pub(super) fn drawn(scene: &SceneFacts) -> Vec<Shape> {
    let mut shapes: Vec<(String, Vec<PixelPlace>, Form)> = Vec::new();
    for zone in &scene.zones {
        let what = format!("zone \"{}\"", zone.name);
        shapes.push((what, zone.polygon.clone(), Form::Closed));
    }
    for line in &scene.lines {
        let what = format!("line \"{}\"", line.name);
        shapes.push((what, vec![line.from, line.to], Form::Arrow));
    }
    if let Some(arrow) = scene.common_direction {
        let what = "the common direction".to_owned();
        shapes.push((what, vec![arrow.from, arrow.to], Form::Arrow));
    }
    if let Some(calibration) = &scene.calibration {
        if !calibration.ground.is_empty() {
            shapes.push(("the ground".to_owned(), calibration.ground.clone(), Form::Closed));
        }
        for (at, pair) in calibration.points.iter().enumerate() {
            let [x, y] = pair.pixel;
            let cross = vec![[x - 6.0, y], [x + 6.0, y], [x, y], [x, y - 6.0], [x, y + 6.0]];
            shapes.push((format!("calibration point {}", at + 1), cross, Form::Open));
        }
    }
    shapes
        .into_iter()
        .enumerate()
        .map(|(at, (what, points, form))| {
            let (colour, rgb) = COLOURS[at % COLOURS.len()];
            Shape {
                told: Drawn { what, colour },
                colour: Rgb(rgb),
                points,
                form,
            }
        })
        .collect()
}

/// Draws one outline.
pub(super) fn draw(picture: &mut RgbImage, shape: &Shape) {
    for pair in shape.points.windows(2) {
        stroke(picture, pair[0], pair[1], shape.colour);
    }
    let (Some(&first), Some(&last)) = (shape.points.first(), shape.points.last()) else {
        return;
    };
    if shape.form == Form::Closed {
        stroke(picture, last, first, shape.colour);
    }
    if shape.form == Form::Arrow {
        let back = [first[0] - last[0], first[1] - last[1]];
        let length = (back[0] * back[0] + back[1] * back[1]).sqrt().max(1.0);
        for (sine, cosine) in [(0.5, 0.866), (-0.5, 0.866)] {
            let turned = [
                back[0] * cosine - back[1] * sine,
                back[0] * sine + back[1] * cosine,
            ];
            let tip = [
                last[0] + turned[0] / length * 14.0,
                last[1] + turned[1] / length * 14.0,
            ];
            stroke(picture, last, tip, shape.colour);
        }
    }
}

fn stroke(picture: &mut RgbImage, from: PixelPlace, to: PixelPlace, colour: Rgb<u8>) {
    let steps = (to[0] - from[0])
        .abs()
        .max((to[1] - from[1]).abs())
        .ceil()
        .max(1.0) as u32;
    for step in 0..=steps {
        let at = f64::from(step) / f64::from(steps);
        let centre = [0, 1].map(|axis| (from[axis] + at * (to[axis] - from[axis])).round() as i64);
        for dy in -REACH..=REACH {
            for dx in -REACH..=REACH {
                let place = (u32::try_from(centre[0] + dx), u32::try_from(centre[1] + dy));
                if let (Ok(x), Ok(y)) = place
                    && let Some(pixel) = picture.get_pixel_mut_checked(x, y)
                {
                    *pixel = colour;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vsa_record::scene::ZoneFacts;

    #[test]
    fn a_zone_is_outlined_where_it_lies_and_its_colour_is_told() {
        let scene = SceneFacts {
            zones: vec![ZoneFacts {
                name: "door".to_owned(),
                polygon: vec![[10.0, 10.0], [40.0, 10.0], [40.0, 30.0]],
                square_metres: None,
            }],
            ..SceneFacts::default()
        };
        let shapes = drawn(&scene);
        assert_eq!(
            shapes[0].told,
            Drawn {
                what: "zone \"door\"".to_owned(),
                colour: "orange"
            }
        );
        let mut picture = RgbImage::new(45, 35);
        draw(&mut picture, &shapes[0]);
        let orange = Rgb([230, 159, 0]);
        for on in [(25, 10), (40, 20), (25, 20), (41, 31)] {
            assert_eq!(*picture.get_pixel(on.0, on.1), orange, "{on:?}");
        }
        assert_eq!(
            *picture.get_pixel(33, 16),
            Rgb([0, 0, 0]),
            "the inside stays clear"
        );
    }
}
