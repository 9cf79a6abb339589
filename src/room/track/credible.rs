//! The sightings of a fragment or track in, whether they are believed to be somebody out.
//!
//! The one judgement that needs the whole of a track, and therefore the one a live tracker cannot make:
//! detectors take a lamp post, a sign or a coat on a hook for a person again and again at the same place, and
//! with middling scores. Somebody who walks is believed with middling scores; what never moves must convince
//! the detector.

use super::motion::coordinates;
use super::settings::TrackerSettings;
use super::track::TrackPoint;

/// Whether the detector was sure enough for what this did. Only sightings count.
pub(super) fn is_credible(points: &[TrackPoint], settings: &TrackerSettings) -> bool {
    let scores = sorted(points, |point| f64::from(point.score));
    let Some(upper_quartile) = quantile(&scores, 3) else {
        return false;
    };
    let needed = if is_still(points, settings) {
        settings.still_score
    } else {
        settings.convincing_score
    };
    upper_quartile >= f64::from(needed)
}

/// Whether this stayed in its place for longer than people pause. The middle half of all places is what
/// counts, so that a few stray boxes do not make a post walk.
fn is_still(points: &[TrackPoint], settings: &TrackerSettings) -> bool {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return false;
    };
    let heights = sorted(points, |point| f64::from(point.rect.height()));
    let Some(height) = quantile(&heights, 2) else {
        return false;
    };
    let wander = |axis: usize| {
        let places = sorted(points, |point| coordinates(&point.rect)[axis]);
        quantile(&places, 3)
            .zip(quantile(&places, 1))
            .map_or(0.0, |(upper, lower)| upper - lower)
    };
    last.seconds - first.seconds >= settings.still_seconds
        && wander(0).max(wander(1)) < settings.still_wander * height
}

fn sorted(points: &[TrackPoint], value: impl Fn(&TrackPoint) -> f64) -> Vec<f64> {
    let mut values: Vec<f64> = points.iter().filter(|point| point.seen).map(value).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The lower of the two values around the `quarters`-th quartile.
fn quantile(sorted: &[f64], quarters: usize) -> Option<f64> {
    sorted.get(sorted.len().saturating_sub(1) * quarters / 4).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::overlap::Rect;

    fn walk(speed: f32, score: f32) -> Vec<TrackPoint> {
        (0..60_u8)
            .map(|step| {
                let left = f32::from(step) / 10.0 * speed;
                let rect = Rect {
                    left,
                    top: 0.0,
                    right: left + 40.0,
                    bottom: 100.0,
                };
                TrackPoint {
                    frame: step.into(),
                    seconds: f64::from(step) / 10.0,
                    rect,
                    score,
                    seen: true,
                    frontal: false,
                }
            })
            .collect()
    }

    #[test]
    fn what_never_moves_must_convince_the_detector_and_what_walks_need_not() {
        let settings = TrackerSettings::people();
        let between = f32::midpoint(settings.still_score, settings.convincing_score);
        assert!(!is_credible(&walk(0.0, between), &settings));
        assert!(is_credible(&walk(60.0, between), &settings));
        assert!(is_credible(&walk(0.0, settings.still_score), &settings));
        assert!(!is_credible(
            &walk(60.0, settings.convincing_score - 0.01),
            &settings
        ));
        assert!(!is_credible(&[], &settings));
    }

    #[test]
    fn a_stray_box_does_not_make_a_post_walk() {
        let settings = TrackerSettings::people();
        let mut points = walk(
            0.0,
            f32::midpoint(settings.still_score, settings.convincing_score),
        );
        points[30].rect.left += 500.0;
        points[30].rect.right += 500.0;
        assert!(!is_credible(&points, &settings));
    }

    #[test]
    fn bridged_points_prove_nothing() {
        let settings = TrackerSettings::people();
        let mut points = walk(60.0, 0.9);
        for point in &mut points[1..] {
            point.seen = false;
            point.score = 0.9;
        }
        points[0].score = 0.2;
        assert!(!is_credible(&points, &settings));
    }

    #[test]
    fn somebody_who_waits_for_a_moment_is_no_thing() {
        let settings = TrackerSettings::people();
        let score = f32::midpoint(settings.still_score, settings.convincing_score);
        assert!(is_credible(&walk(0.0, score)[..10], &settings));
    }
}
