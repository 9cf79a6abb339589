//! The tracker as a whole: scripted walks, and input that no detector should give but some will.

use super::harness::write_tracks;
use super::settings::TrackerSettings;
use super::track::Track;
use super::tracker::Tracker;
use crate::detect::detection::Detection;
use crate::detect::overlap::{Rect, iou};
use proptest::prelude::*;
use vsa_plan::Subject;

const SIZE: (u32, u32) = (1000, 600);

fn person(left: f32, top: f32, score: f32) -> Detection {
    detection(left, top, 40.0, 100.0, score)
}

fn detection(left: f32, top: f32, width: f32, height: f32, score: f32) -> Detection {
    let rect = Rect {
        left,
        top,
        right: left + width,
        bottom: top + height,
    };
    Detection::plain(rect, score)
}

/// Follows `frames` (at ten a second) with the tracker for people.
fn follow(frames: impl IntoIterator<Item = Vec<Detection>>) -> Vec<Track> {
    let mut tracker = Tracker::new(TrackerSettings::people(), SIZE);
    let mut tracks = Vec::new();
    for (at, detections) in (0_u32..).zip(frames) {
        tracker.update(at.into(), f64::from(at) / 10.0, &detections);
        tracks.extend(tracker.drain_ended());
    }
    tracks.extend(tracker.finish());
    tracks
}

/// Where somebody is who walks to the right, eight pixels (0.08 heights) a frame.
fn walked(step: u16) -> f32 {
    100.0 + 8.0 * f32::from(step)
}

#[test]
fn two_people_who_walk_through_each_other_keep_their_tracks() {
    let mut tracks = follow((0..60_u16).map(|step| {
        let (one, other) = (
            person(walked(step), 200.0, 0.9),
            person(walked(60) - 8.0 * f32::from(step), 210.0, 0.9),
        );
        vec![one, other]
    }));
    assert_eq!(tracks.len(), 2);
    tracks.sort_by(|a, b| a.points[0].rect.left.total_cmp(&b.points[0].rect.left));
    for (track, rises) in tracks.iter().zip([true, false]) {
        assert_eq!(track.points.len(), 60);
        assert!(
            track
                .points
                .windows(2)
                .all(|pair| (pair[1].rect.left > pair[0].rect.left) == rises)
        );
    }
}

#[test]
fn a_doubtful_detection_continues_a_track_and_never_proves_one() {
    let fading =
        follow((0..30_u16).map(|step| vec![person(walked(step), 200.0, if step < 20 { 0.9 } else { 0.2 })]));
    assert_eq!(fading.len(), 1);
    assert_eq!(fading[0].points.len(), 30);
    let doubtful = follow((0..30_u16).map(|step| vec![person(walked(step), 200.0, 0.45)]));
    assert!(doubtful.is_empty());
}

#[test]
fn the_doubtful_beginning_of_a_track_is_kept() {
    let tracks =
        follow((0..30_u16).map(|step| vec![person(walked(step), 200.0, if step < 8 { 0.35 } else { 0.9 })]));
    assert_eq!(tracks.len(), 1);
    assert_eq!(tracks[0].points[0].frame, 0);
}

#[test]
fn a_short_absence_is_bridged_by_points_that_say_so() {
    let tracks = follow((0..40_u16).map(|step| {
        if (15..22).contains(&step) {
            vec![]
        } else {
            vec![person(walked(step), 200.0, 0.9)]
        }
    }));
    assert_eq!(tracks.len(), 1);
    let points = &tracks[0].points;
    assert_eq!(
        points.iter().map(|point| point.frame).collect::<Vec<_>>(),
        (0..40).collect::<Vec<_>>()
    );
    for point in points {
        assert_eq!(
            point.seen,
            !(15..22).contains(&point.frame),
            "frame {}",
            point.frame
        );
        let step = u16::try_from(point.frame).unwrap();
        let want = Rect {
            left: walked(step),
            top: 200.0,
            right: walked(step) + 40.0,
            bottom: 300.0,
        };
        assert!(iou(&point.rect, &want) > 0.9, "frame {}", point.frame);
    }
}

#[test]
fn a_longer_absence_is_joined_without_points_where_nobody_was_seen() {
    // Three seconds: longer than the tracker's patience and than what is bridged, shorter than the window of
    // joining.
    let tracks = follow((0..90_u16).map(|step| {
        if (30..60).contains(&step) {
            vec![]
        } else {
            vec![person(walked(step), 200.0, 0.9)]
        }
    }));
    assert_eq!(tracks.len(), 1);
    assert_eq!(tracks[0].fragments, 2);
    assert_eq!(tracks[0].points.len(), 60);
    assert!(tracks[0].points.iter().all(|point| point.seen));
}

#[test]
fn people_of_other_size_or_place_or_time_are_not_joined() {
    let case = |later: fn(u16) -> Detection, absence: u16| {
        follow((0..60 + absence).map(|step| match step {
            0..30 => vec![person(walked(step), 200.0, 0.9)],
            step if step < 30 + absence => vec![],
            step => vec![later(step)],
        }))
        .len()
    };
    assert_eq!(case(|step| person(walked(step), 200.0, 0.9), 25), 1);
    assert_eq!(
        case(|step| detection(walked(step), 200.0, 60.0, 150.0, 0.9), 25),
        2
    );
    assert_eq!(case(|step| person(walked(step), 450.0, 0.9), 25), 2);
    assert_eq!(case(|step| person(walked(step), 200.0, 0.9), 45), 2);
}

#[test]
fn who_walks_in_where_another_walked_out_is_somebody_new() {
    let edge = 960.0; // of a picture 1000 wide, for a box 40 wide
    let tracks = follow((0..90_u16).map(|step| match step {
        0..30 => vec![person(edge - 8.0 * f32::from(30 - step), 200.0, 0.9)],
        30..55 => vec![],
        _ => vec![person(edge - 8.0 * f32::from(step - 55), 200.0, 0.9)],
    }));
    assert_eq!(tracks.len(), 2);
}

#[test]
fn a_post_that_the_detector_half_believes_in_is_nobody() {
    let post = || person(500.0, 100.0, 0.55);
    let tracks = follow((0..60_u16).map(|step| vec![post(), person(walked(step), 400.0, 0.55)]));
    assert_eq!(tracks.len(), 1);
    assert!(tracks[0].points[0].rect.top > 300.0);
}

#[test]
fn an_ended_track_is_handed_out_once_nobody_can_continue_it() {
    let settings = TrackerSettings::people();
    let mut tracker = Tracker::new(settings, SIZE);
    let wait = settings.link.window + settings.link.end_piece;
    let mut handed_out = None;
    for step in 0..200_u16 {
        let here = if step < 20 {
            vec![person(walked(step), 200.0, 0.9)]
        } else {
            vec![]
        };
        tracker.update(step.into(), f64::from(step) / 10.0, &here);
        if !tracker.drain_ended().is_empty() {
            assert!(
                handed_out.replace(f64::from(step) / 10.0).is_none(),
                "handed out twice"
            );
        }
    }
    let late = handed_out.expect("it is handed out") - 1.9;
    assert!(late > wait && late < wait + 0.3, "{late}");
    assert!(tracker.finish().is_empty());
}

#[test]
fn the_same_walk_is_one_track_at_any_frame_rate() {
    for fps in [2.0_f32, 5.0, 12.5, 30.0, 60.0] {
        let mut tracker = Tracker::new(TrackerSettings::people(), SIZE);
        for frame in 0..=8 * 60_u64 {
            let seconds = f32::from(u16::try_from(frame).unwrap()) / fps;
            if seconds > 8.0 {
                break;
            }
            tracker.update(
                frame,
                f64::from(seconds),
                &[person(100.0 + 80.0 * seconds, 200.0, 0.9)],
            );
        }
        assert_eq!(tracker.finish().len(), 1, "at {fps} frames a second");
    }
}

#[test]
fn faces_that_come_nearer_or_cross_the_view_are_one_track_each_at_five_frames_a_second() {
    let mut tracker = Tracker::new(TrackerSettings::of(Subject::Face, 0.5), SIZE);
    for step in 0..15_u16 {
        let seconds = f32::from(step) / 5.0;
        let nearer = 30.0 + 6.0 * seconds;
        let frame = [
            detection(300.0, 100.0 + 5.0 * seconds, nearer * 0.8, nearer, 0.8),
            detection(100.0 + 60.0 * seconds, 400.0, 20.0, 24.0, 0.8), // 2.5 heights a second: half a height a frame
        ];
        tracker.update(step.into(), f64::from(seconds), &frame);
    }
    let tracks = tracker.finish();
    assert_eq!(tracks.len(), 2);
    assert!(tracks.iter().all(|track| track.points.len() == 15));
}

#[test]
fn boxes_that_are_no_boxes_are_left_out() {
    let good = || follow((0..20_u16).map(|step| vec![person(walked(step), 200.0, 0.9)]));
    let bad = follow((0..20_u16).map(|step| {
        vec![
            person(f32::NAN, 0.0, 0.9),
            person(0.0, f32::INFINITY, 0.9),
            detection(0.0, 0.0, 0.0, 50.0, 0.9),
            detection(0.0, 0.0, -5.0, 50.0, 0.9),
            detection(-3e38, -3e38, 3.3e38, 3.3e38, 0.9),
            person(300.0, 300.0, f32::NAN),
            person(walked(step), 200.0, 0.9),
        ]
    }));
    assert_eq!(write_tracks(&bad), write_tracks(&good()));
}

#[test]
fn a_clock_that_stops_or_runs_backwards_costs_no_track() {
    let mut tracker = Tracker::new(TrackerSettings::people(), SIZE);
    for step in 0..40_u16 {
        let seconds = match step {
            10 => f64::NAN,
            11 => -5.0,
            12 => f64::NEG_INFINITY,
            _ => f64::from(step) / 10.0,
        };
        tracker.update(step.into(), seconds, &[person(walked(step), 200.0, 0.9)]);
        tracker.update(u64::from(step) / 2, f64::from(step), &[person(900.0, 0.0, 0.9)]); // seen already: ignored
    }
    let tracks = tracker.finish();
    assert_eq!(tracks.len(), 1);
    assert_eq!(tracks[0].points.len(), 40);
    assert!(
        tracks[0]
            .points
            .windows(2)
            .all(|pair| pair[1].seconds >= pair[0].seconds)
    );
}

#[test]
fn a_thousand_boxes_and_an_hour_of_nobody_are_survived() {
    let crowd = || -> Vec<Detection> {
        (0..1000_u16)
            .map(|at| person(f32::from(at % 40) * 25.0, f32::from(at / 40) * 24.0, 0.9))
            .collect()
    };
    let mut tracker = Tracker::new(TrackerSettings::people(), SIZE);
    for frame in 0..6_u32 {
        tracker.update(frame.into(), f64::from(frame) / 10.0, &crowd());
    }
    tracker.update(100_000, 3600.0, &[]);
    tracker.update(100_001, 3600.1, &[]);
    tracker.update(100_002, 3600.2, &[]);
    assert_eq!(tracker.drain_ended().len(), 1000);
    assert!(tracker.finish().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn the_order_of_a_frames_detections_changes_nothing(
        frames in prop::collection::vec(
            prop::collection::vec((0u16..60, 0u16..30, 1u16..8, 1u16..12, 0u16..11), 0..12), 1..25),
        turn in 0usize..12,
    ) {
        // Coarse places and scores, so that ties and doubles are common.
        let boxes = |frame: &Vec<(u16, u16, u16, u16, u16)>| -> Vec<Detection> {
            frame.iter().map(|&(left, top, width, height, score)| {
                let [left, top, width, height] = [left, top, width, height].map(|side| f32::from(side) * 10.0);
                detection(left, top, width, height, f32::from(score) / 10.0)
            }).collect()
        };
        let straight = follow(frames.iter().map(boxes));
        let shuffled = follow(frames.iter().map(|frame| {
            let mut list = boxes(frame);
            let by = turn.min(list.len());
            list.rotate_left(by);
            if turn % 2 == 0 { list.reverse(); }
            list
        }));
        prop_assert_eq!(write_tracks(&straight), write_tracks(&shuffled));
    }

    #[test]
    fn every_track_is_in_order_begins_and_ends_with_a_sighting_and_names_a_frame_once(
        frames in prop::collection::vec(
            prop::collection::vec((0u16..30, 0u16..10, 3u16..11), 0..8), 1..60),
    ) {
        let tracks = follow(frames.iter().map(|frame| {
            frame.iter().map(|&(left, top, score)| {
                person(f32::from(left) * 10.0, f32::from(top) * 20.0, f32::from(score) / 10.0)
            }).collect()
        }));
        for track in &tracks {
            let points = &track.points;
            prop_assert!(points.windows(2).all(|pair| pair[0].frame < pair[1].frame));
            prop_assert!(points.first().is_some_and(|point| point.seen));
            prop_assert!(points.last().is_some_and(|point| point.seen));
            prop_assert!(points.iter().all(|point| point.rect.width().is_finite() && point.rect.height().is_finite()));
        }
    }
}
