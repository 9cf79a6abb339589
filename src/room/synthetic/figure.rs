//! Somebody who walks, falls, crouches or stands behind a wall: a script in, a body and its box at any time out.

use super::camera::{Camera, Place};
use crate::detect::overlap::Rect;

/// What somebody does besides walking.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Deed {
    /// Nothing.
    Walk,
    /// Goes down within `turning` seconds from `at` on, and lies for `lying` seconds, headed by `heading` radians from
    /// the right.
    GoDown {
        at: f64,
        turning: f64,
        lying: f64,
        heading: f64,
    },
    /// Is only half as high from `from` to `to`.
    Crouch { from: f64, to: f64 },
    /// Shows head and shoulders only, over a wall, from `from` to `to`.
    BehindWall { from: f64, to: f64 },
}

/// Somebody.
pub(super) struct Figure {
    /// Seconds, metres to the right, metres away: walked through in straight lines.
    pub(super) way: Vec<[f64; 3]>,
    pub(super) tall: f64,
    pub(super) deed: Deed,
    pub(super) colour: [u8; 3],
    /// Drawn, but found by no detector.
    pub(super) overlooked: bool,
}

/// Half of the width of a body with its arms, and half of its thickness when it lies, in metres.
const SIDE: f64 = 0.3;
const THICK: f64 = 0.13;

impl Figure {
    /// Whether somebody is in the scene.
    pub(super) fn is_there(&self, seconds: f64) -> bool {
        let (first, last) = (self.way[0][0], self.way[self.way.len() - 1][0]);
        (first..=last).contains(&seconds)
    }

    /// Where the feet are.
    pub(super) fn foot(&self, seconds: f64) -> Place {
        let next = self
            .way
            .iter()
            .position(|point| point[0] >= seconds)
            .unwrap_or(self.way.len() - 1);
        let (a, b) = (self.way[next.saturating_sub(1)], self.way[next]);
        let t = if b[0] > a[0] {
            ((seconds - a[0]) / (b[0] - a[0])).clamp(0.0, 1.0)
        } else {
            1.0
        };
        Place {
            right: a[1] + t * (b[1] - a[1]),
            up: 0.0,
            away: a[2] + t * (b[2] - a[2]),
        }
    }

    /// The two ends of the body: its lowest visible part, and its head.
    pub(super) fn ends(&self, seconds: f64) -> (Place, Place) {
        let foot = self.foot(seconds);
        let upright = |low: f64, high: f64| (Place { up: low, ..foot }, Place { up: high, ..foot });
        match self.deed {
            Deed::GoDown {
                at,
                turning,
                lying,
                heading,
            } if seconds > at => {
                let up_again = ((seconds - at - turning - lying) / turning).clamp(0.0, 1.0);
                let down = ((seconds - at) / turning).min(1.0) - up_again;
                let lean = down * std::f64::consts::FRAC_PI_2;
                let reach = self.tall * lean.sin();
                let head = Place {
                    right: foot.right + reach * heading.cos(),
                    up: (self.tall * lean.cos()).max(THICK),
                    away: foot.away + reach * heading.sin(),
                };
                (
                    Place {
                        up: THICK * down,
                        ..foot
                    },
                    head,
                )
            }
            Deed::Crouch { from, to } if (from..to).contains(&seconds) => upright(0.0, 0.55 * self.tall),
            Deed::BehindWall { from, to } if (from..to).contains(&seconds) => {
                upright(0.72 * self.tall, self.tall)
            }
            _ => upright(0.0, self.tall),
        }
    }

    /// The box around the body, in pixels.
    pub(super) fn rect(&self, camera: &Camera, seconds: f64) -> Rect {
        let (low, high) = self.ends(seconds);
        let mut rect = Rect {
            left: f32::MAX,
            top: f32::MAX,
            right: f32::MIN,
            bottom: f32::MIN,
        };
        for end in [low, high] {
            let (x, y) = camera.pixel(end);
            let scale = camera.pixels_per_metre(end);
            rect.left = rect.left.min((x - SIDE * scale) as f32);
            rect.right = rect.right.max((x + SIDE * scale) as f32);
            rect.top = rect.top.min((y - THICK * scale) as f32);
            rect.bottom = rect.bottom.max((y + THICK * scale) as f32);
        }
        rect
    }
}
