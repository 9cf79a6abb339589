//! Boxes and times in, where the box will be and how sure that is out: a Kalman filter with real time steps.
//!
//! Noise on one coordinate of a box says nothing about the others, so the eight-dimensional filter of SORT
//! falls apart into four of two dimensions, exact and without a matrix library. The noise is a white
//! acceleration in continuous time: one step of a second and ten steps of a tenth give the same prediction,
//! so the frame rate may vary.

use super::settings::MotionSettings;
use crate::detect::overlap::Rect;

/// One coordinate: its place, its velocity, and their covariance.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    pub(super) place: f64,
    pub(super) velocity: f64,
    pub(super) place_variance: f64,
    pub(super) covariance: f64,
    pub(super) velocity_variance: f64,
}

impl Axis {
    /// At rest, as far as one measurement can tell.
    pub(super) const fn new(place: f64, place_variance: f64, velocity_variance: f64) -> Self {
        Self {
            place,
            velocity: 0.0,
            place_variance,
            covariance: 0.0,
            velocity_variance,
        }
    }

    /// `seconds` later. `density` is the spectral density of the acceleration.
    pub(super) fn predict(&mut self, seconds: f64, density: f64) {
        let squared = seconds * seconds;
        self.place += self.velocity * seconds;
        self.place_variance += 2.0 * seconds * self.covariance + squared * self.velocity_variance;
        self.place_variance += density * squared * seconds / 3.0;
        self.covariance += seconds * self.velocity_variance + density * squared / 2.0;
        self.velocity_variance += density * seconds;
    }

    /// Takes in a measurement of the place.
    pub(super) fn correct(&mut self, measured: f64, variance: f64) {
        let total = self.place_variance + variance;
        let (gain, velocity_gain) = (self.place_variance / total, self.covariance / total);
        let surprise = measured - self.place;
        self.place += gain * surprise;
        self.velocity += velocity_gain * surprise;
        self.velocity_variance -= velocity_gain * self.covariance;
        self.covariance *= 1.0 - gain;
        self.place_variance *= 1.0 - gain;
    }
}

/// The four coordinates that are followed, in this order: centre from the left, centre from the top, width,
/// height.
pub(super) fn coordinates(rect: &Rect) -> [f64; 4] {
    let [left, top, right, bottom] = rect.edges().map(f64::from);
    [
        f64::midpoint(left, right),
        f64::midpoint(top, bottom),
        right - left,
        bottom - top,
    ]
}

/// The box with these coordinates.
#[expect(
    clippy::cast_possible_truncation,
    reason = "boxes are kept in single precision"
)]
pub(super) fn rect_of([x, y, width, height]: [f64; 4]) -> Rect {
    let (across, down) = (width.max(0.0) / 2.0, height.max(0.0) / 2.0);
    Rect::of([x - across, y - down, x + across, y + down].map(|edge| edge as f32))
}

/// The four coordinates of a sighting with this score, each with the variance of its error.
fn measured(settings: &MotionSettings, rect: &Rect, score: f32) -> [(f64, f64); 4] {
    let [x, y, width, height] = coordinates(rect);
    // A box drawn with half a heart is drawn with an unsteady hand (the idea of NSA-Kalman, "GIAOTracker",
    // 2021).
    let doubt = 1.0 + settings.doubt * (1.0 - f64::from(score).clamp(0.0, 1.0));
    let of_place = (settings.place_noise * doubt * height).powi(2);
    let of_size = (settings.size_noise * doubt * height).powi(2);
    [(x, of_place), (y, of_place), (width, of_size), (height, of_size)]
}

/// Densities of the four coordinates' accelerations for a box of this height.
fn densities(settings: &MotionSettings, height: f64) -> [f64; 4] {
    let of_place = (settings.acceleration * height).powi(2);
    let of_size = (settings.size_acceleration * height).powi(2);
    [of_place, of_place, of_size, of_size]
}

/// Where one box is believed to be.
#[derive(Clone, Copy)]
pub(super) struct Motion {
    pub(super) axes: [Axis; 4],
}

impl Motion {
    /// At the first sighting.
    pub(super) fn new(settings: &MotionSettings, rect: &Rect, score: f32) -> Self {
        let sighting = measured(settings, rect, score);
        let height = sighting[3].0;
        let speed = (settings.speed * height).powi(2);
        let growth = (settings.growth * height).powi(2);
        let speeds = [speed, speed, growth, growth];
        let axis = |at: usize| Axis::new(sighting[at].0, sighting[at].1, speeds[at]);
        Self {
            axes: std::array::from_fn(axis),
        }
    }

    /// `seconds` later.
    pub(super) fn predict(&mut self, settings: &MotionSettings, seconds: f64) {
        let densities = densities(settings, self.height());
        for (axis, density) in self.axes.iter_mut().zip(densities) {
            axis.predict(seconds, density);
        }
    }

    /// Takes in a sighting.
    pub(super) fn correct(&mut self, settings: &MotionSettings, rect: &Rect, score: f32) {
        for (axis, (place, variance)) in self.axes.iter_mut().zip(measured(settings, rect, score)) {
            axis.correct(place, variance);
        }
    }

    /// The box.
    pub(super) fn rect(&self) -> Rect {
        rect_of(self.axes.map(|axis| axis.place))
    }

    /// Its height in pixels; at least one, so that it can be divided by.
    pub(super) fn height(&self) -> f64 {
        self.axes[3].place.max(1.0)
    }

    /// How badly a sighting fits: half the squared distance in standard deviations (Mahalanobis), plus half
    /// the logarithm of how much wider the prediction is than the sighting's own error, so that a sure
    /// prediction is preferred to one that would fit anything. This is the sighting's negative
    /// log-likelihood, up to a constant.
    pub(super) fn misfit(&self, settings: &MotionSettings, rect: &Rect, score: f32) -> f64 {
        let mut misfit = 0.0;
        for (axis, (place, variance)) in self.axes.iter().zip(measured(settings, rect, score)) {
            let total = axis.place_variance + variance;
            misfit += ((place - axis.place).powi(2) / total + (total / variance).ln()) / 2.0;
        }
        misfit
    }

    /// Standard deviation of the centre, in pixels.
    pub(super) fn spread(&self) -> f64 {
        self.axes[0]
            .place_variance
            .max(self.axes[1].place_variance)
            .max(0.0)
            .sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_short_steps_predict_what_one_long_step_predicts() {
        let start = Axis {
            place: 3.0,
            velocity: -2.0,
            place_variance: 4.0,
            covariance: 0.5,
            velocity_variance: 9.0,
        };
        let (mut once, mut often) = (start, start);
        once.predict(1.0, 7.0);
        for _ in 0..10 {
            often.predict(0.1, 7.0);
        }
        assert!((once.place - often.place).abs() < 1e-9);
        assert!((once.place_variance - often.place_variance).abs() < 1e-9);
        assert!((once.covariance - often.covariance).abs() < 1e-9);
        assert!((once.velocity_variance - often.velocity_variance).abs() < 1e-9);
    }

    #[test]
    fn a_correction_by_hand() {
        // Variance 3 of place, covariance 2, measurement variance 1: gain 3/4, velocity gain 2/4, surprise 4.
        let mut axis = Axis {
            place: 0.0,
            velocity: 0.0,
            place_variance: 3.0,
            covariance: 2.0,
            velocity_variance: 5.0,
        };
        axis.correct(4.0, 1.0);
        assert!((axis.place - 3.0).abs() < 1e-12);
        assert!((axis.velocity - 2.0).abs() < 1e-12);
        assert!((axis.place_variance - 0.75).abs() < 1e-12);
        assert!((axis.covariance - 0.5).abs() < 1e-12);
        assert!((axis.velocity_variance - 4.0).abs() < 1e-12);
    }

    #[test]
    fn a_steady_walk_is_learned() {
        let settings = crate::track::settings::TrackerSettings::people().motion;
        let at = |step: f32| Rect {
            left: step * 5.0,
            top: 0.0,
            right: 40.0 + step * 5.0,
            bottom: 100.0,
        };
        let mut motion = Motion::new(&settings, &at(0.0), 0.9);
        for step in 1..30_u8 {
            motion.predict(&settings, 0.1);
            motion.correct(&settings, &at(f32::from(step)), 0.9);
        }
        motion.predict(&settings, 0.5);
        let got = motion.rect();
        let want = at(29.0 + 5.0);
        assert!(
            (got.left - want.left).abs() < 1.0,
            "{} for {}",
            got.left,
            want.left
        );
        assert!((got.height() - 100.0).abs() < 0.5);
    }
}
