//! Figures and things in, boxes of a frame out: what a detector that jitters and sometimes misses would say.

use super::camera::{Camera, Place};
use super::dice::Dice;
use super::figure::Figure;
use crate::detect::overlap::Rect;

/// A thing that stands on the ground from one second to another, by its lower left front corner.
pub(super) struct Thing {
    pub(super) place: Place,
    /// Width and height in metres.
    pub(super) size: (f64, f64),
    pub(super) colour: [u8; 3],
    pub(super) from: f64,
    pub(super) to: f64,
}

/// The events that a scene holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Truth {
    pub(super) falls: u64,
    pub(super) crowd_movements: u64,
    pub(super) left_objects: u64,
    /// People who walk against all others.
    pub(super) against: u64,
}

/// A scene.
pub(super) struct Scene {
    pub(super) seed: u64,
    pub(super) seconds: f64,
    pub(super) rate: f64,
    pub(super) figures: Vec<Figure>,
    pub(super) things: Vec<Thing>,
    /// How much brighter the picture becomes from the first frame to the last.
    pub(super) brightening: f64,
    pub(super) truth: Truth,
}

/// A detector misses so many, and its edges err by so much of the box's height.
const MISSED: f64 = 0.05;
const JITTER: f64 = 0.02;

/// A box of which less is in the picture is not found.
const VISIBLE: f32 = 0.5;

impl Scene {
    pub(super) fn frames(&self) -> u64 {
        (self.seconds * self.rate) as u64
    }

    pub(super) fn time(&self, frame: u64) -> f64 {
        frame as f64 / self.rate
    }

    /// Who is found in a frame: number of the figure, and box, cut at the edges of the picture.
    pub(super) fn found(&self, camera: &Camera, frame: u64) -> Vec<(usize, Rect)> {
        let seconds = self.time(frame);
        let mut found = Vec::new();
        for (number, figure) in self.figures.iter().enumerate() {
            let mut dice = Dice::new(self.seed ^ (frame << 20) ^ (number as u64).wrapping_mul(7919));
            if figure.overlooked || !figure.is_there(seconds) || dice.with_chance(MISSED) {
                continue;
            }
            let whole = figure.rect(camera, seconds);
            let mut moved = |at: f32| at + (whole.height() as f64 * dice.between(-JITTER, JITTER)) as f32;
            let (width, height) = (camera.width as f32, camera.height as f32);
            let rect = Rect {
                left: moved(whole.left).max(0.0),
                top: moved(whole.top).max(0.0),
                right: moved(whole.right).min(width),
                bottom: moved(whole.bottom).min(height),
            };
            if rect.area() >= VISIBLE * whole.area() {
                found.push((number, rect));
            }
        }
        found
    }
}
