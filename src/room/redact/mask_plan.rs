//! Who was found where and when in, the boxes to mask in each frame out, also in frames in which nobody was found.
//!
//! A detector misses somebody for a frame or two, and one frame is enough to recognise a face. So a mask is held:
//! - **between** two sightings of one track, however long apart they are, on the line between the two places: both
//!   neighbours are known, so that the mask follows forwards and backwards at once;
//! - **after the last and before the first** sighting of a track for [`Hold::seconds`], over the way that somebody who goes
//!   on (or came) at the same speed covers;
//! - **around every sighting that counts and that no track was made of**, for the same time at the same place.
//!
//! Doubtful detections are masked in their own frame. What is masked too much costs a patch of ground; what is masked too
//! little costs a face.

use crate::detect::detection::Detection;
use crate::detect::overlap::{Rect, iou};
use crate::track::settings::TrackerSettings;
use crate::track::track::Track;
use crate::track::tracker::Tracker;
use vsa_plan::Subject;

/// Between sightings the place is a guess: the box is widened by so much more of its size.
const GUESSED_SHARE: f32 = 0.15;

/// Speed at the end of a track is taken from so many seconds of it.
const SPEED_SECONDS: f64 = 0.6;

/// A margin is at least so many pixels: boxes are drawn to the nearest few.
const LEAST_MARGIN: f32 = 2.0;

/// Times are sums of frame intervals: a hold of half a second holds five frames at ten a second, in spite of rounding.
const ROUNDING: f64 = 1e-6;

/// How long and how wide masks are.
#[derive(Clone, Copy)]
pub(super) struct Hold {
    /// Before the first, after the last, and around every sighting.
    pub(super) seconds: f64,
    /// Of the box's own size, on every side.
    pub(super) margin_share: f32,
}

/// What of a person's box is masked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    /// The upper part, where the head is.
    Head,
    /// Around a face, what belongs to its head.
    AroundFace,
}

/// A head is about twice as wide and high as a face from brow to chin: half a face more on every side.
const HEAD_AROUND_FACE: f32 = 0.5;

/// A sighting that overlaps the place of a track by so much is one of that track: it is held along its way.
const ON_TRACK: f32 = 0.5;

/// The head is in the upper so much of a standing person's box: an eighth of a body, and as much again for those who
/// bend, sit or are drawn badly.
const HEAD_SHARE: f32 = 0.25;

/// One box that a detector drew. Never leaves the room.
pub(super) struct Sighting {
    pub(super) rect: Rect,
    pub(super) score: f32,
}

/// One subject through the footage.
pub(super) struct MaskPlan {
    pub(super) subject: Subject,
    /// From this score on a detection counts.
    threshold: f32,
    /// From this score on it is masked.
    caution: f32,
    part: Part,
    tracker: Option<Tracker>,
    tracks: Vec<Track>,
    /// Of each frame, best first.
    sightings: Vec<Vec<Sighting>>,
    /// Of each frame, the places of tracks.
    followed: Vec<Vec<Rect>>,
    /// Of each frame, sightings that count and lie on no track.
    untracked: Vec<Vec<Rect>>,
}

impl MaskPlan {
    pub(super) fn new(subject: Subject, threshold: f32, caution_share: f32, part: Part) -> Self {
        Self {
            subject,
            threshold,
            caution: threshold * caution_share,
            part,
            tracker: None,
            tracks: Vec::new(),
            sightings: Vec::new(),
            followed: Vec::new(),
            untracked: Vec::new(),
        }
    }

    /// The next frame; `found` is none where nobody looked.
    pub(super) fn note(&mut self, seconds: f64, size: (u32, u32), found: Option<&[Detection]>) {
        let frame = self.sightings.len() as u64;
        let Some(found) = found else {
            self.sightings.push(Vec::new());
            return;
        };
        let masked = found.iter().filter(|detection| detection.score >= self.caution);
        let sightings = masked.map(|detection| Sighting {
            rect: detection.rect,
            score: detection.score,
        });
        self.sightings.push(sightings.collect());
        // Whoever is masked is followed: between two doubtful sightings somebody is hidden too.
        let settings = TrackerSettings::of(self.subject, self.caution);
        let tracker = self.tracker.get_or_insert_with(|| Tracker::new(settings, size));
        tracker.update_described(frame, seconds, found, &mut Vec::new());
        self.tracks
            .extend(tracker.drain_described().into_iter().map(|ended| ended.track));
    }

    /// The footage is over: `times` of its frames.
    pub(super) fn finish(&mut self, times: &[f64], hold: &Hold) {
        self.followed.resize_with(times.len(), Vec::new);
        let left = self.tracker.take().map(Tracker::finish_described);
        let mut tracks = std::mem::take(&mut self.tracks);
        tracks.extend(left.into_iter().flatten().map(|ended| ended.track));
        for track in &tracks {
            self.follow(track, times, hold.seconds);
        }
        for frame in 0..times.len() {
            let on_no_track = |rect: &Rect| {
                self.followed[frame]
                    .iter()
                    .all(|place| iou(place, rect) < ON_TRACK)
            };
            let untracked = self.counted(frame).map(|sighting| sighting.rect);
            let untracked = untracked.filter(on_no_track).collect();
            self.untracked.push(untracked);
        }
    }

    fn follow(&mut self, track: &Track, times: &[f64], hold: f64) {
        let points = &track.points;
        for point in points {
            self.place(point.frame as usize, point.rect);
        }
        for pair in points.windows(2) {
            let (from, to) = (&pair[0], &pair[1]);
            let missed = times.iter().enumerate().take(to.frame as usize);
            for (frame, now) in missed.skip(from.frame as usize + 1) {
                let whole = to.seconds - from.seconds;
                let part = if whole > 0.0 {
                    ((now - from.seconds) / whole).clamp(0.0, 1.0)
                } else {
                    0.5
                };
                let guess = between(&from.rect, &to.rect, part as f32);
                self.place(frame, widened(&guess, GUESSED_SHARE));
            }
        }
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return;
        };
        let speed = |end: &crate::track::track::TrackPoint| {
            let mut near = points
                .iter()
                .filter(|point| (point.seconds - end.seconds).abs() <= SPEED_SECONDS);
            let is_last = std::ptr::eq(end, last);
            let other = if is_last { near.next() } else { near.next_back() };
            let other = other.unwrap_or(end);
            let seconds = (end.seconds - other.seconds) as f32;
            if seconds.abs() < 1e-3 {
                return (0.0, 0.0);
            }
            let ((x, y), (other_x, other_y)) = (end.rect.centre(), other.rect.centre());
            ((x - other_x) / seconds, (y - other_y) / seconds)
        };
        let held = |end: f64| move |frame: &usize| (times[*frame] - end).abs() <= hold + ROUNDING;
        let after: Vec<usize> = (last.frame as usize + 1..times.len())
            .take_while(held(last.seconds))
            .collect();
        let before: Vec<usize> = (0..first.frame as usize)
            .rev()
            .take_while(held(first.seconds))
            .collect();
        for (end, frames) in [(last, after), (first, before)] {
            let speed = speed(end);
            for frame in frames {
                let elapsed = (times[frame] - end.seconds) as f32;
                let moved = shifted(&end.rect, speed.0 * elapsed, speed.1 * elapsed);
                self.place(frame, hull(&end.rect, &moved));
            }
        }
    }

    fn place(&mut self, frame: usize, rect: Rect) {
        if let Some(places) = self.followed.get_mut(frame) {
            places.push(rect);
        }
    }

    /// What counts in a frame.
    pub(super) fn counted(&self, frame: usize) -> impl Iterator<Item = &Sighting> {
        let sightings = self.sightings.get(frame).map_or(&[][..], Vec::as_slice);
        sightings
            .iter()
            .filter(|sighting| sighting.score >= self.threshold)
    }

    /// The boxes of those found in a frame, with their margin.
    pub(super) fn seen(&self, frame: usize, hold: &Hold, out: &mut Vec<Rect>) {
        let found = self.counted(frame);
        out.extend(found.map(|sighting| with_margin(&self.part_of(&sighting.rect), hold.margin_share)));
    }

    /// All whole boxes of a frame, doubtful ones among them: for the empty place behind people.
    pub(super) fn found(&self, frame: usize) -> impl Iterator<Item = Rect> {
        let sightings = self.sightings.get(frame).map_or(&[][..], Vec::as_slice);
        sightings.iter().map(|sighting| sighting.rect)
    }

    /// The part of a box that has to be masked.
    pub(super) fn part_of(&self, rect: &Rect) -> Rect {
        match self.part {
            Part::Whole => *rect,
            Part::Head => Rect {
                bottom: rect.top + HEAD_SHARE * rect.height(),
                ..*rect
            },
            Part::AroundFace => with_margin(rect, HEAD_AROUND_FACE),
        }
    }

    /// Adds the boxes to mask in a frame.
    pub(super) fn boxes(&self, frame: usize, times: &[f64], hold: &Hold, out: &mut Vec<Rect>) {
        let mut add = |rect: &Rect| out.push(with_margin(&self.part_of(rect), hold.margin_share));
        let Some(&now) = times.get(frame) else { return };
        for sighting in self.sightings.get(frame).into_iter().flatten() {
            add(&sighting.rect);
        }
        for rect in self.followed.get(frame).into_iter().flatten() {
            add(rect);
        }
        let near = |at: &usize| (times[*at] - now).abs() <= hold.seconds + ROUNDING;
        let after = (frame + 1..times.len()).take_while(near);
        let before = (0..frame).rev().take_while(near);
        for other in after.chain(before) {
            self.untracked.get(other).into_iter().flatten().for_each(&mut add);
        }
    }
}

/// On the way from one box to another.
pub(super) fn between(from: &Rect, to: &Rect, part: f32) -> Rect {
    let (from, to) = (from.edges(), to.edges());
    Rect::of(std::array::from_fn(|edge| {
        from[edge] + part * (to[edge] - from[edge])
    }))
}

fn shifted(rect: &Rect, right: f32, down: f32) -> Rect {
    Rect {
        left: rect.left + right,
        top: rect.top + down,
        right: rect.right + right,
        bottom: rect.bottom + down,
    }
}

fn hull(a: &Rect, b: &Rect) -> Rect {
    Rect {
        left: a.left.min(b.left),
        top: a.top.min(b.top),
        right: a.right.max(b.right),
        bottom: a.bottom.max(b.bottom),
    }
}

fn widened(rect: &Rect, share: f32) -> Rect {
    rect.grown(share * rect.width(), share * rect.height())
}

fn with_margin(rect: &Rect, share: f32) -> Rect {
    let margin = |side: f32| (share * side).max(LEAST_MARGIN);
    rect.grown(margin(rect.width()), margin(rect.height()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::mask::Mask;

    const HOLD: Hold = Hold {
        seconds: 0.5,
        margin_share: 0.1,
    };

    fn body(left: f32) -> Rect {
        Rect {
            left,
            top: 40.0,
            right: left + 20.0,
            bottom: 90.0,
        }
    }

    /// Somebody who walks 4 pixels a frame at 10 frames a second, seen in the frames that `seen` says.
    fn walked(frames: usize, seen: impl Fn(usize) -> bool) -> (MaskPlan, Vec<f64>) {
        let mut mask_plan = MaskPlan::new(Subject::Person, 0.5, 0.5, Part::Whole);
        let times: Vec<f64> = (0..frames).map(|frame| frame as f64 / 10.0).collect();
        for (frame, &seconds) in times.iter().enumerate() {
            let found: Vec<Detection> = seen(frame)
                .then(|| Detection::plain(body(20.0 + 4.0 * frame as f32), 0.9))
                .into_iter()
                .collect();
            mask_plan.note(seconds, (400, 120), Some(&found));
        }
        mask_plan.finish(&times, &HOLD);
        (mask_plan, times)
    }

    fn masked_share(mask_plan: &MaskPlan, times: &[f64], frame: usize) -> f64 {
        let (mut mask, mut boxes) = (Mask::default(), Vec::new());
        mask.begin(400, 120);
        mask_plan.boxes(frame, times, &HOLD, &mut boxes);
        boxes.iter().for_each(|rect| mask.add(rect));
        let (all, masked) = mask.covered(&body(20.0 + 4.0 * frame as f32));
        masked as f64 / all as f64
    }

    #[test]
    fn a_gap_is_masked_from_both_sides() {
        // Missed for 12 frames in the middle: longer than the hold of either side.
        let (mask_plan, times) = walked(60, |frame| !(24..36).contains(&frame));
        for frame in 0..60 {
            let share = masked_share(&mask_plan, &times, frame);
            assert!(share > 0.999, "frame {frame}: {share}");
        }
    }

    #[test]
    fn before_the_first_and_after_the_last_sighting_the_mask_goes_on_for_the_declared_time() {
        let (mask_plan, times) = walked(60, |frame| (20..40).contains(&frame));
        for frame in [15, 16, 19, 40, 43, 44] {
            let share = masked_share(&mask_plan, &times, frame);
            assert!(share > 0.999, "frame {frame}: {share}");
        }
        for frame in [8, 52] {
            let share = masked_share(&mask_plan, &times, frame);
            assert!(share < 0.001, "frame {frame}: {share}");
        }
    }

    #[test]
    fn a_single_sighting_that_no_track_was_made_of_is_held_too() {
        let (mask_plan, times) = walked(30, |frame| frame == 15);
        let mut boxes = Vec::new();
        mask_plan.boxes(12, &times, &HOLD, &mut boxes);
        assert!(boxes.iter().any(|rect| rect.left < 80.0 && rect.right > 100.0));
        boxes.clear();
        mask_plan.boxes(5, &times, &HOLD, &mut boxes);
        assert!(boxes.is_empty());
    }

    #[test]
    fn somebody_who_is_followed_leaves_no_trail_of_masks() {
        let (mask_plan, times) = walked(60, |_| true);
        let mut boxes = Vec::new();
        mask_plan.boxes(30, &times, &HOLD, &mut boxes);
        // Where the person was half a second before, 20 pixels to the left, nothing is masked but the margin.
        let left = boxes.iter().map(|rect| rect.left).fold(f32::MAX, f32::min);
        assert!((136.0..140.0).contains(&left), "{left}");
    }

    #[test]
    fn a_doubtful_detection_is_masked_in_its_own_frame_and_a_hopeless_one_is_not() {
        let mut mask_plan = MaskPlan::new(Subject::Person, 0.5, 0.5, Part::Whole);
        let found = |score| [Detection::plain(body(50.0), score)];
        for (frame, score) in [0.3, 0.2].into_iter().enumerate() {
            mask_plan.note(frame as f64 / 10.0, (400, 120), Some(&found(score)));
        }
        mask_plan.finish(&[0.0, 0.1], &HOLD);
        let count = |frame| {
            let mut boxes = Vec::new();
            mask_plan.boxes(frame, &[0.0, 0.1], &HOLD, &mut boxes);
            boxes.len()
        };
        assert_eq!((count(0), count(1)), (1, 0));
        assert_eq!(mask_plan.counted(0).count(), 0);
    }

    #[test]
    fn around_a_face_a_head_is_masked() {
        let mask_plan = MaskPlan::new(Subject::Face, 0.5, 0.5, Part::AroundFace);
        let face = Rect {
            left: 100.0,
            top: 100.0,
            right: 120.0,
            bottom: 130.0,
        };
        let head = mask_plan.part_of(&face);
        assert!((head.left - 90.0).abs() < 1e-4 && (head.right - 130.0).abs() < 1e-4);
        assert!((head.top - 85.0).abs() < 1e-4 && (head.bottom - 145.0).abs() < 1e-4);
    }

    #[test]
    fn of_a_head_the_upper_quarter_is_masked_and_a_margin_around_it() {
        let mask_plan = MaskPlan::new(Subject::Person, 0.5, 0.5, Part::Head);
        let head = mask_plan.part_of(&body(50.0));
        assert!((head.bottom - 52.5).abs() < 1e-4 && (head.top - 40.0).abs() < 1e-4);
        let wide = with_margin(&head, 0.25);
        assert!((wide.left - 45.0).abs() < 1e-4 && (wide.bottom - 55.625).abs() < 1e-4);
    }
}
