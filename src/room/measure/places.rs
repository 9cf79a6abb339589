//! Where a person stands: the middle of the lower edge of the box, in pixels, and on the ground in metres where the
//! scene is calibrated. In: a track. Out: its steps, smoothed over half a second, and ways between them.
//!
//! Without calibration, ways are told in heights of the person's own body: each step's way in pixels is divided by the
//! height of the box there. That knows nothing of perspective along the line of sight, and moments at which the picture's edge may cut
//! the body are left out.

use super::{EndedTrack, ItemStart};
use crate::detect::detection::Detection;
use crate::detect::overlap::Rect;
use crate::detect::whole::is_whole;
use crate::track::track::{Track, TrackPoint};
use std::sync::Arc;
use vsa_plan::scene::Scene;
use vsa_plan::scene::polygon::{Place, contains, distance, minus};

/// Places are averaged over so many seconds before and after: a box jitters, a person does not.
const SMOOTHED_SECONDS: f64 = 0.25;

/// A box that comes this near to the lower edge of the picture may end there because the picture does.
const CUT_PIXELS: f32 = 2.0;

/// A person at one moment.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) seconds: f64,
    /// Where the feet are, in pixels.
    pub(super) foot: Place,
    /// Height of the box in pixels.
    pub(super) height: f64,
    /// Where the feet are, in metres on the ground; without calibration, in body heights from where the track began.
    pub(super) ground: Place,
}

impl Step {
    pub(super) fn in_pixels(point: &TrackPoint) -> Self {
        Self {
            seconds: point.seconds,
            foot: foot(&point.rect),
            height: f64::from(point.rect.height()).max(1.0),
            ground: foot(&point.rect),
        }
    }

    /// Between two steps in a straight line: at 0 the first, at 1 the second.
    pub(super) fn between(a: &Self, b: &Self, share: f64) -> Self {
        let mix = |a: f64, b: f64| a + share * (b - a);
        let place = |a: Place, b: Place| [mix(a[0], b[0]), mix(a[1], b[1])];
        Self {
            seconds: mix(a.seconds, b.seconds),
            foot: place(a.foot, b.foot),
            height: mix(a.height, b.height),
            ground: place(a.ground, b.ground),
        }
    }
}

/// Turns boxes into places.
pub(super) struct Places {
    scene: Arc<Scene>,
    size: (u32, u32),
}

impl Places {
    pub(super) fn new(scene: &Arc<Scene>) -> Self {
        Self {
            scene: Arc::clone(scene),
            size: (0, 0),
        }
    }

    /// Whether what was drawn can be used for this item.
    pub(super) fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        self.size = (item.width, item.height);
        self.scene.fits(item.width, item.height)
    }

    pub(super) fn calibrated(&self) -> bool {
        self.scene.plane().is_some()
    }

    /// What holds on the ground in metres, or else in body heights.
    pub(super) fn one_of<T>(&self, [metres, body_heights]: [T; 2]) -> T {
        if self.calibrated() { metres } else { body_heights }
    }

    /// A threshold in the unit of ways (or speeds): in body heights rounded to a tenth, which is more than it is worth.
    pub(super) fn threshold(&self, metres: f64) -> f64 {
        if self.calibrated() {
            metres
        } else {
            (metres / self.scene.body_height() * 10.0).round() / 10.0
        }
    }

    /// Whether the lower edge of a box is where the feet are, not where the picture ends.
    pub(super) fn shows_feet(&self, rect: &Rect) -> bool {
        rect.bottom < self.size.1 as f32 - CUT_PIXELS
    }

    /// The steps of a track, smoothed. Moments at which the feet are out of the picture, or not on the ground, are left
    /// out; without calibration all at which the body may be cut: its height is the measure then.
    pub(super) fn steps(&self, track: &Track) -> Vec<Step> {
        let shown = track.points.iter().filter(|point| match self.calibrated() {
            true => self.shows_feet(&point.rect),
            false => is_whole(&point.rect, self.size),
        });
        let on_ground = |step: Step| match self.scene.plane() {
            Some(plane) => Some(Step {
                ground: plane.to_ground(step.foot)?,
                ..step
            }),
            None => Some(step),
        };
        let raw: Vec<Step> = shown.map(Step::in_pixels).filter_map(on_ground).collect();
        let mut steps = smoothed(&raw);
        if !self.calibrated() {
            in_body_heights(&mut steps);
        }
        steps
    }

    /// The steps of a track in pixels alone, smoothed; a box that the picture cuts stands on the picture's edge.
    pub(super) fn pixel_steps(track: &Track) -> Vec<Step> {
        let raw: Vec<Step> = track.points.iter().map(Step::in_pixels).collect();
        smoothed(&raw)
    }

    /// The way between two people at one moment: in metres, or in body heights (of both, in the mean).
    pub(super) fn between(&self, a: &Step, b: &Step) -> f64 {
        if self.calibrated() {
            distance(a.ground, b.ground)
        } else {
            distance(a.foot, b.foot) / f64::midpoint(a.height, b.height)
        }
    }
}

/// The middle of the lower edge.
pub(super) fn foot(rect: &Rect) -> Place {
    [
        f64::from(f32::midpoint(rect.left, rect.right)),
        f64::from(rect.bottom),
    ]
}

/// How many have their feet inside.
pub(super) fn people_inside(people: &[Detection], polygon: &[Place]) -> u64 {
    let inside = |person: &&Detection| contains(polygon, foot(&person.rect));
    people.iter().filter(inside).count() as u64
}

/// Whether somebody's feet were inside at any time.
pub(super) fn ever_inside(ended: &EndedTrack<'_>, polygon: &[Place]) -> bool {
    let mut points = ended.track.points.iter();
    points.any(|point| contains(polygon, foot(&point.rect)))
}

/// Each step as the mean of those around it; the same number on both sides, so that nobody is drawn inwards at the ends.
fn smoothed(raw: &[Step]) -> Vec<Step> {
    (0..raw.len())
        .map(|at| {
            let here = raw[at].seconds;
            let near = |step: &&Step| (step.seconds - here).abs() <= SMOOTHED_SECONDS + 1e-6;
            let before = raw[..at].iter().rev().take_while(near).count();
            let after = raw[at + 1..].iter().take_while(near).count();
            let reach = before.min(after);
            let window = &raw[at - reach..=at + reach];
            let mean = |of: &dyn Fn(&Step) -> f64| window.iter().map(of).sum::<f64>() / window.len() as f64;
            Step {
                seconds: here,
                foot: [mean(&|step| step.foot[0]), mean(&|step| step.foot[1])],
                height: mean(&|step| step.height),
                ground: [mean(&|step| step.ground[0]), mean(&|step| step.ground[1])],
            }
        })
        .collect()
}

/// Sums up the ways from step to step, each divided by the height of the box there.
fn in_body_heights(steps: &mut [Step]) {
    let mut walked = [0.0, 0.0];
    let mut before: Option<Step> = None;
    for step in steps {
        let now = *step;
        if let Some(before) = before {
            let way = minus(now.foot, before.foot);
            let height = f64::midpoint(now.height, before.height);
            walked = [walked[0] + way[0] / height, walked[1] + way[1] / height];
        }
        step.ground = walked;
        before = Some(now);
    }
}

/// A way of about a second along a track.
#[derive(Clone, Copy)]
pub(super) struct Stride {
    /// When it began.
    pub(super) seconds: f64,
    /// Velocity: way divided by time.
    pub(super) velocity: Place,
}

impl Stride {
    pub(super) fn speed(&self) -> f64 {
        distance(self.velocity, [0.0, 0.0])
    }
}

/// A stride lasts at least so long, in seconds, and at most half as long again.
const STRIDE_SECONDS: f64 = 1.0;

/// Every stride of about a second, one from each step that has one.
pub(super) fn strides(steps: &[Step]) -> Vec<Stride> {
    let mut strides = Vec::new();
    let mut end = 0;
    for step in steps {
        while end < steps.len() && steps[end].seconds - step.seconds < STRIDE_SECONDS - 1e-6 {
            end += 1;
        }
        let Some(last) = steps.get(end) else { break };
        let time = last.seconds - step.seconds;
        if time <= 1.5 * STRIDE_SECONDS {
            let way = minus(last.ground, step.ground);
            strides.push(Stride {
                seconds: step.seconds,
                velocity: [way[0] / time, way[1] / time],
            });
        }
    }
    strides
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(seconds: f64, x: f64) -> Step {
        Step {
            seconds,
            foot: [x, 0.0],
            height: 100.0,
            ground: [x, 0.0],
        }
    }

    #[test]
    fn jitter_of_a_box_is_no_speed_and_a_gap_is_no_stride() {
        // 2 units a second at 10 frames a second, every other frame 0.3 off: frame by frame that reads 1 and 5.
        let jitter = |at: u32| if at.is_multiple_of(2) { 0.0 } else { 0.3 };
        let walk: Vec<Step> = (0..50)
            .map(|at| step(f64::from(at) / 10.0, f64::from(at) / 5.0 + jitter(at)))
            .collect();
        let strides = strides(&smoothed(&walk));
        assert_eq!(strides.len(), 40);
        for stride in &strides[3..37] {
            assert!((stride.speed() - 2.0).abs() < 0.07, "{}", stride.speed());
        }
        let gap = [step(0.0, 0.0), step(0.1, 0.1), step(5.0, 90.0), step(5.1, 90.1)];
        assert!(super::strides(&gap).is_empty());
    }

    #[test]
    fn without_calibration_a_way_is_told_in_the_heights_of_the_own_body() {
        // Twice as far away: half the pixels, half the height, the same speed.
        let mut near: Vec<Step> = (0..30)
            .map(|at| step(f64::from(at) / 10.0, f64::from(at) * 10.0))
            .collect();
        let mut far: Vec<Step> = near
            .iter()
            .map(|step| Step {
                foot: [step.foot[0] / 2.0, 0.0],
                height: 50.0,
                ..*step
            })
            .collect();
        in_body_heights(&mut near);
        in_body_heights(&mut far);
        let speed = |steps: &[Step]| strides(steps)[5].speed();
        assert!((speed(&near) - 1.0).abs() < 1e-9 && (speed(&far) - 1.0).abs() < 1e-9);
    }
}
