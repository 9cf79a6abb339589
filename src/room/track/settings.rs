//! What the tracker may believe about people, faces and detectors. Lengths are in heights of the box in
//! question and times in seconds, so that neither the size of the picture nor the frame rate changes what is
//! meant.
//!
//! Every constant names its reason. Each lies on a plateau, except `still_score`, which has a cliff below it
//! (`tests/parity/track_evaluate.md` has the table).
//!
//! Scores are written for a detector that works at [`TrackerSettings::written_for`]. What one detector gives somebody in full view
//! another gives a doubtful shadow: Intel's person-detection-0303 works at 0.2 and rarely says more than 0.7. So the scores are
//! moved with the threshold of a detector that works lower, in log-odds: scores are (badly calibrated) probabilities, and two
//! detectors that differ in how often they were shown a person while they learned differ by a constant in log-odds. A
//! detector that works higher leaves them as they are: with NanoDet-g, at 0.4, moving them up loses a third of those followed in
//! pictures of MOT17 and gains nothing on PETS.

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

/// When looks decide, where bodies were described.
#[derive(Clone, Copy)]
pub(crate) struct LooksSettings {
    /// What hardly ever happens: the share of different pairs that are as similar, or of same pairs that are as dissimilar.
    pub(crate) rare: f64,
    /// Looks say nothing before so many same pairs and so many different pairs were seen ...
    pub(crate) pairs: u64,
    /// ... of so many fragments ...
    pub(crate) people: usize,
    /// ... and so many couples of fragments.
    pub(crate) couples: usize,
    /// Sightings from either end of a fragment that are compared.
    pub(crate) sightings: usize,
    /// A fragment is cut when so many sightings in a row look like somebody else than those before.
    pub(crate) turned: usize,
    /// Longest absence, in seconds, over which fragments that look alike are joined.
    pub(crate) window: f64,
    /// Quickest way between two fragments that look alike, in heights a second.
    pub(crate) quickest: f64,
    /// Largest ratio of the two heights.
    pub(crate) height_ratio: f64,
}

/// All settings of one tracker.
#[derive(Clone, Copy)]
pub(crate) struct TrackerSettings {
    /// The threshold of the detector for which the scores are written.
    pub(crate) written_for: f32,
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
    /// Looks.
    pub(crate) looks: LooksSettings,
}

impl TrackerSettings {
    /// For whole people.
    pub(crate) const fn people() -> Self {
        Self {
            // That of YOLOX, with which the scores were chosen.
            written_for: 0.3,
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
            looks: LooksSettings {
                // One in a hundred: a fragment is compared with a handful of others at once, so that few joins are wrong.
                rare: 0.01,
                // As many as the one in a hundred needs to be more than a single pair.
                pairs: 200,
                // Fewer people are no measure of how unlike people look here.
                people: 5,
                couples: 10,
                // Two seconds: before that somebody may have turned.
                sightings: 4,
                // One may be half hidden by somebody else.
                turned: 2,
                // Looks alone join nobody. On PETS, where most wear grey, tracks with several people were twice as many when
                // they did, even within four seconds at walking speed.
                window: 0.0,
                // Walking, in any direction.
                quickest: 0.8,
                // Half of the way towards the camera.
                height_ratio: 1.5,
            },
        }
    }

    /// For faces. A face is about an eighth of a body high, so that the same walk is many heights a second;
    /// and a head turns away more often than a body is hidden, so that absences are ordinary but joining over
    /// them is worth less.
    pub(crate) const fn faces() -> Self {
        let people = Self::people();
        Self {
            // The scores then say: what its model accepts as a face is one.
            written_for: 0.5,
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

    /// For either, found by a detector that works at `threshold`.
    pub(crate) fn of(subject: Subject, threshold: f32) -> Self {
        match subject {
            Subject::Person => Self::people(),
            Subject::Face => Self::faces(),
        }
        .working_at(threshold)
    }

    /// The same, with all scores moved to a detector that works at `threshold`, if that is lower.
    pub(crate) fn working_at(self, threshold: f32) -> Self {
        if threshold >= self.written_for {
            return self;
        }
        // At 0 or 1 there are no odds: nothing is moved beyond what a detector can be set to in earnest.
        let odds =
            |score: f32| f64::from(score.clamp(0.01, 0.99)) / (1.0 - f64::from(score.clamp(0.01, 0.99)));
        let shift = odds(threshold) / odds(self.written_for);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "scores are kept in single precision"
        )]
        let moved = |score: f32| {
            let moved = odds(score) * shift;
            (moved / (1.0 + moved)) as f32
        };
        Self {
            written_for: threshold,
            high_score: moved(self.high_score),
            low_score: moved(self.low_score),
            begin_score: moved(self.begin_score),
            evidence: self.evidence / self.high_score * moved(self.high_score),
            convincing_score: moved(self.convincing_score),
            still_score: moved(self.still_score),
            ..self
        }
    }
}
