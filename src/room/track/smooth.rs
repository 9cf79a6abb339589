//! A track's points in, the same points with steadier boxes out: the Rauch-Tung-Striebel smoother over the
//! filter of [`super::motion`]. An auditor may use the future: the box at each moment is estimated from all
//! sightings, before and after, and bridged points lie on the most likely path instead of a straight line.

use super::motion::{Axis, Motion};
use super::settings::TrackerSettings;
use super::track::TrackPoint;

/// Replaces each box by the smoothed one.
pub(super) fn smooth(points: &mut [TrackPoint], settings: &TrackerSettings) {
    let Some(first) = points.first() else { return };
    let settings = &settings.motion;
    let mut filtered = vec![Motion::new(settings, &first.rect, first.score)];
    let mut predicted: Vec<Motion> = Vec::with_capacity(points.len());
    for pair in points.windows(2) {
        let mut motion = *filtered.last().expect("there is one for the first point");
        motion.predict(settings, pair[1].seconds - pair[0].seconds);
        predicted.push(motion);
        if pair[1].seen {
            motion.correct(settings, &pair[1].rect, pair[1].score);
        }
        filtered.push(motion);
    }
    for at in (0..predicted.len()).rev() {
        let elapsed = points[at + 1].seconds - points[at].seconds;
        for axis in 0..4 {
            let after = filtered[at + 1].axes[axis];
            let here = &mut filtered[at].axes[axis];
            look_back(here, &predicted[at].axes[axis], &after, elapsed);
        }
    }
    for (point, motion) in points.iter_mut().zip(&filtered) {
        point.rect = motion.rect();
    }
}

/// Corrects the estimate `here` by what is known of the next moment. Only place and velocity are needed
/// further back.
fn look_back(here: &mut Axis, predicted: &Axis, after: &Axis, elapsed: f64) {
    let determinant = predicted.place_variance * predicted.velocity_variance - predicted.covariance.powi(2);
    if determinant <= 0.0 {
        return;
    }
    // Covariance between this moment and the next: P Fᵀ, with F = [1, elapsed; 0, 1].
    let cross = [
        [here.place_variance + elapsed * here.covariance, here.covariance],
        [
            here.covariance + elapsed * here.velocity_variance,
            here.velocity_variance,
        ],
    ];
    let surprise = [after.place - predicted.place, after.velocity - predicted.velocity];
    let weighted = [
        (predicted.velocity_variance * surprise[0] - predicted.covariance * surprise[1]) / determinant,
        (predicted.place_variance * surprise[1] - predicted.covariance * surprise[0]) / determinant,
    ];
    here.place += cross[0][0] * weighted[0] + cross[0][1] * weighted[1];
    here.velocity += cross[1][0] * weighted[0] + cross[1][1] * weighted[1];
}
