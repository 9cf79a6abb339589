//! What the tracker may believe about people, faces and detectors. Lengths are in heights of the box in
//! question and times in seconds, so that neither the size of the picture nor the frame rate changes what is
//! meant.
//!
//! Every constant names its reason. Each lies on a plateau, except `still_score`, which has a cliff below it
//! (`tests/parity/track_evaluate.md` has the table).

use vsa_plan::Subject;

/// How boxes move and how exactly detectors draw them.
#[derive(Clone, Copy)]
pub(crate) struct MotionSettings {
    /// Error of a sure detection's centre, in heights.
    pub(crate) place_noise: f64,
    /// Error of a sure detection's width and height, in heights.
    pub(crate) size_noise: f64,
    /// A detection with score 0 errs `1 + doubt` times as much as one with score 1.
    pub(crate) doubt: f64,
    /// Usual speed across the picture, in heights a second.
    pub(crate) speed: f64,
    /// Usual growth of width and height, in heights a second.
    pub(crate) growth: f64,
    /// How much the speed changes in a second, in heights a second.
    pub(crate) acceleration: f64,
    /// How much the growth changes in a second, in heights a second.
    pub(crate) size_acceleration: f64,
}

/// When two fragments are taken for one person.
#[derive(Clone, Copy)]
pub(crate) struct LinkSettings {
    /// Longest absence, in seconds, over which fragments are joined.
    pub(crate) window: f64,
    /// How far from the extrapolated place the next fragment may begin, in heights, after no time at all.
    pub(crate) reach: f64,
    /// How much that grows with each second of absence, in heights a second.
    pub(crate) reach_growth: f64,
    /// Largest ratio of the two heights.
    pub(crate) height_ratio: f64,
    /// Part of a fragment, in seconds, from which its speed at either end is taken.
    pub(crate) end_piece: f64,
    /// A box this near to an edge of the picture is at the edge, in heights.
    pub(crate) edge: f64,
    /// Who is at the edge and moves outward faster than this, in heights a second, leaves the picture.
    pub(crate) edge_speed: f64,
    /// Longest absence, in seconds, that is bridged by interpolated points. Longer ones stay gaps in a joined
    /// track.
    pub(crate) bridge: f64,
}

/// All settings of one tracker.
#[derive(Clone, Copy)]
pub(crate) struct TrackerSettings {
    /// From here on a detection is looked at first.
    pub(crate) high_score: f32,
    /// From here on a detection may continue a track.
    pub(crate) low_score: f32,
    /// From here on a detection may begin a track, on trial.
    pub(crate) begin_score: f32,
    /// Largest misfit.
    pub(crate) gate: f64,
    /// How much the fit to the motion counts beside the overlap, between 0 and 1.
    pub(crate) motion_weight: f64,
    /// Least overlap of a sure detection with the predicted box.
    pub(crate) overlap: f64,
    /// Least overlap of a doubtful detection with the predicted box.
    pub(crate) doubtful_overlap: f64,
    /// Boxes are widened by this many standard deviations of the prediction before they are compared.
    pub(crate) widening: f64,
    /// But by no more than this many heights.
    pub(crate) widest: f64,
    /// A detection that overlaps a box of this frame's tracks more than this begins no track.
    pub(crate) duplicate_overlap: f64,
    /// How long a track is looked for where it should be, in seconds.
    pub(crate) patience: f64,
    /// But for no fewer than this many looked-at frames.
    pub(crate) patience_frames: u32,
    /// How long a track on trial is looked for, in seconds, and for no less than the next looked-at frame.
    pub(crate) trial_patience: f64,
    /// A track counts only if its scores add up to this ...
    pub(crate) evidence: f32,
    /// ... and it was sighted so often ...
    pub(crate) sightings: u32,
    /// ... over so many seconds ...
    pub(crate) least_seconds: f64,
    /// ... and a quarter of its scores reach this,
    pub(crate) convincing_score: f32,
    /// or this, if it stays in its place for
    pub(crate) still_score: f32,
    /// so many seconds,
    pub(crate) still_seconds: f64,
    /// which means that the middle half of its places is no wider than this, in heights.
    pub(crate) still_wander: f64,
    /// Motion.
    pub(crate) motion: MotionSettings,
    /// Joining of fragments.
    pub(crate) link: LinkSettings,
}

impl TrackerSettings {
    /// For whole people.
    pub(crate) const fn people() -> Self {
        Self {
            // Half sure: what single-stage detectors (YOLOX, NanoDet, SSD) give an unhidden person, and lamp
            // posts rarely.
            high_score: 0.5,
            // ByteTrack's lower limit: below it detectors give noise.
            low_score: 0.1,
            // Between the two: where people who come into view are first seen. The trial guards against the
            // rest.
            begin_score: 0.3,
            // A misfit of 10, four and a half standard deviations, is as bad as no overlap at all.
            gate: 10.0,
            // Overlap leads (it is robust where boxes are merged), motion decides between equals.
            motion_weight: 0.3,
            // ByteTrack's 0.2 for sure detections; more is asked of a doubtful one, since it may be anything.
            overlap: 0.2,
            doubtful_overlap: 0.4,
            // One standard deviation; at most 0.3 heights, which is most of a person's width: the next
            // person's place.
            widening: 1.0,
            widest: 0.3,
            // Two people side by side rarely overlap so much; two boxes of one person that suppression left
            // often do.
            duplicate_overlap: 0.6,
            // The time it takes to pass behind a post, a tree or two other people.
            patience: 1.5,
            patience_frames: 2,
            // A detector that sees somebody two times in three misses for longer than this once in a hundred
            // times at 12 frames a second.
            trial_patience: 0.3,
            // Three sightings that are half sure. Fewer are what reflections and noise give.
            evidence: 1.5,
            sightings: 3,
            // Quicker than anybody crosses a picture.
            least_seconds: 0.25,
            // As `high_score`.
            convincing_score: 0.5,
            // Between YOLOX's scores of people in full view (0.7 and more) and of posts (below 0.6). The
            // price: somebody who sits half hidden all the time is taken for a thing.
            still_score: 0.65,
            // Who stands for longer still moves by a quarter of a height.
            still_seconds: 3.0,
            still_wander: 0.25,
            motion: MotionSettings {
                // What detectors err at IoU 0.7 to 0.8: some 5 % of the height in place, 10 % in size.
                place_noise: 0.06,
                size_noise: 0.1,
                // Boxes of half-hidden people err three times as much.
                doubt: 2.0,
                // Walking, 1.4 m/s of a body of 1.7 m.
                speed: 0.8,
                // Somebody who walks towards a camera 15 m away.
                growth: 0.1,
                // People walk straight: a change by a quarter of the walking speed in a second is usual.
                acceleration: 0.2,
                size_acceleration: 0.05,
            },
            link: LinkSettings {
                // At walking pace three body heights: past that, whoever appears may be anyone.
                window: 4.0,
                // A body's width and the detector's error.
                reach: 0.3,
                // Half of the walking speed: who slowed down, or turned off a little, is still reached.
                reach_growth: 0.4,
                // The detector's error in both heights and a third of the way towards the camera.
                height_ratio: 1.35,
                // One step: less is swayed by a single box, more by the turn before.
                end_piece: 0.8,
                // The width of a box.
                edge: 0.1,
                // Slower than any walk, faster than a box trembles.
                edge_speed: 0.1,
                // Half of the window: where nobody was seen for longer, no place is claimed.
                bridge: 2.0,
            },
        }
    }

    /// For faces. A face is about an eighth of a body high, so that the same walk is many heights a second;
    /// and a head turns away more often than a body is hidden, so that absences are ordinary but joining over
    /// them is worth less.
    pub(crate) const fn faces() -> Self {
        let people = Self::people();
        Self {
            motion: MotionSettings {
                // Walking across the view, with the body's 0.8 heights in faces. Most come towards the
                // camera: half.
                speed: 3.2,
                acceleration: 1.6,
                // Somebody who walks towards a camera 7 m away.
                growth: 0.2,
                size_acceleration: 0.1,
                ..people.motion
            },
            // A face is as wide as it is high (nearly): the next face is a height away, not half of one.
            widest: 0.8,
            // A poster's face is looked at with full score: stillness says nothing of faces, and a seated
            // person is still.
            still_score: people.convincing_score,
            link: LinkSettings {
                reach: 1.0,
                reach_growth: 1.6,
                window: 2.0,
                bridge: 1.0,
                ..people.link
            },
            ..people
        }
    }

    /// For either.
    pub(crate) const fn of(subject: Subject) -> Self {
        match subject {
            Subject::Person => Self::people(),
            Subject::Face => Self::faces(),
        }
    }
}
