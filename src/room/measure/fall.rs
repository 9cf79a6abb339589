//! A person on the ground after a fall. In: ended tracks of people. Out: falls per hour.
//!
//! **Definition.** Somebody who was upright (box at least 1.3 times as high as wide, for a second) lies within 2 s
//! afterwards (box at least as wide as high, at most 0.7 of the height before, its foot not risen) and stays so, in
//! place, for 3 s; between 0.9 and 0.7 of the height there were at most 0.8 s: who takes longer lies down. Boxes cut by an edge of the picture are left out. A tracker may lose somebody who falls: a track that
//! begins not upright where another ended, within 2 s, continues it. **Source.** The ratio of the box's sides and its
//! persistence are the oldest features of video fall detection (Vishwakarma, Mandal and Sural 2007, *Automatic
//! detection of human fall in video*; Willems et al. 2009, *How to detect human fall in video? An overview*); the
//! numbers are a convention of ours. **Unit.** Falls per hour watched; below four frames looked at in a second nothing is said. **Sensitivity.** Detectors are trained on
//! people who stand: with a higher score threshold those who lie are lost, and falls with them. A person who falls
//! towards the camera keeps a high, narrow box. **What it cannot tell.** Falling from lying down; whether anybody is
//! hurt; falls behind something, and falls of people who were never detected upright.

use super::axis::Support;
use super::settled::Tally;
use super::watched::per_hour;
use super::{DisclosurePolicy, EndedTrack, Figure, FigureName, ItemStart, Measure, Measured, Missing};
use super::{Reading, Results, Subject, Watched};
use crate::detect::whole::is_whole;
use crate::track::track::{Track, TrackPoint};
use vsa_statistics::median;

/// Height over width from which on a box is of somebody upright.
const UPRIGHT: f32 = 1.3;

/// A box that lies is at most this share of the height before.
const LOW: f32 = 0.7;

/// From this share of the height before on, somebody is on the way down, and that for at most so many seconds.
const LEANING: f32 = 0.9;
const LEANING_SECONDS: f64 = 0.8;

/// How far the foot of the box may rise, in heights before: more is somebody who is hidden from below.
const RISE: f32 = 0.35;

/// How far somebody on the ground may move, in heights before.
const IN_PLACE: f32 = 0.75;

/// Seconds upright before, for turning over, on the ground, and of boxes in between that are forgiven.
const UPRIGHT_SECONDS: f64 = 1.0;
const TURN_SECONDS: f64 = 2.0;
const STAY_SECONDS: f64 = 3.0;
const FORGIVEN_SECONDS: f64 = 0.5;

/// Frames are at most so far apart: one missed box in between is then forgiven.
const LONGEST_STEP: f64 = FORGIVEN_SECONDS / 2.0;

/// Where nobody was detected for longer, a track is cut.
const GAP_SECONDS: f64 = 1.0;

/// Upright boxes of this long ago tell the height before.
const MEMORY_SECONDS: f64 = 3.0;

/// What a box looks like at one moment.
#[derive(Clone, Copy)]
struct Posture {
    seconds: f64,
    middle: f32,
    bottom: f32,
    width: f32,
    height: f32,
}

impl Posture {
    fn is_upright(&self) -> bool {
        self.height >= UPRIGHT * self.width
    }
}

/// Somebody upright: the last of these postures, and how high the box is.
#[derive(Clone, Copy)]
struct Before {
    last: Posture,
    height: f32,
}

impl Before {
    /// From the upright postures of the last seconds; none: not upright for long enough.
    fn of(upright: &[Posture]) -> Option<Self> {
        let (first, last) = (upright.first()?, upright.last()?);
        if last.seconds - first.seconds < UPRIGHT_SECONDS {
            return None;
        }
        let mut heights: Vec<f32> = upright.iter().map(|posture| posture.height).collect();
        Some(Self {
            last: *last,
            height: median::upper(&mut heights, f32::total_cmp)?,
        })
    }

    fn sees_lying(&self, posture: &Posture) -> bool {
        posture.width >= posture.height
            && posture.height <= LOW * self.height
            && posture.bottom >= self.last.bottom - RISE * self.height
    }
}

/// Somebody who seems to lie.
struct Lying {
    from: Posture,
    last: f64,
    before: Before,
}

/// Follows the posture of one person.
#[derive(Default)]
struct Faller {
    /// Of the last seconds: all postures, and those upright.
    recent: Vec<Posture>,
    upright: Vec<Posture>,
    lying: Option<Lying>,
    /// Counted, and not upright since.
    down: bool,
    falls: u64,
}

impl Faller {
    fn take(&mut self, posture: Posture) {
        self.recent
            .retain(|past| posture.seconds - past.seconds <= MEMORY_SECONDS);
        self.recent.push(posture);
        if posture.is_upright() {
            self.lying = None;
            self.down = false;
            self.upright
                .retain(|past| posture.seconds - past.seconds <= MEMORY_SECONDS);
            self.upright.push(posture);
            return;
        }
        match &mut self.lying {
            None => self.lying = self.begins_to_lie(posture),
            Some(lying) => {
                let reach = IN_PLACE * lying.before.height;
                let still = (posture.middle - lying.from.middle).abs() <= reach
                    && (posture.bottom - lying.from.bottom).abs() <= reach;
                if still && lying.before.sees_lying(&posture) {
                    lying.last = posture.seconds;
                } else if posture.seconds - lying.last > FORGIVEN_SECONDS {
                    self.lying = None;
                    return;
                }
                if !self.down && lying.last - lying.from.seconds >= STAY_SECONDS {
                    self.down = true;
                    self.falls += 1;
                }
            }
        }
    }

    fn begins_to_lie(&self, posture: Posture) -> Option<Lying> {
        let before = Before::of(&self.upright)?;
        let near = (posture.middle - before.last.middle).abs() <= 2.0 * IN_PLACE * before.height;
        let lies =
            before.sees_lying(&posture) && near && posture.seconds - before.last.seconds <= TURN_SECONDS;
        let leans = |past: &&Posture| past.height < LEANING * before.height;
        let leaning = self.recent.iter().rev().take_while(leans).last();
        let suddenly = leaning.is_none_or(|first| posture.seconds - first.seconds <= LEANING_SECONDS);
        (lies && suddenly).then_some(Lying {
            from: posture,
            last: posture.seconds,
            before,
        })
    }
}

/// A track of the present item that may belong to another: its last postures, or its first ones.
struct Loose {
    postures: Vec<Posture>,
    /// Number of the track in the item.
    track: usize,
}

/// Counts falls.
#[derive(Default)]
pub(super) struct FallMeasure {
    size: (u32, u32),
    people: Tally,
    fallen: Tally,
    falls: u64,
    ended_upright: Vec<Loose>,
    begun_lying: Vec<Loose>,
    /// Tracks of the present item, and which of them fell: one person may fall twice.
    tracks: Vec<(Support, bool)>,
}

impl FallMeasure {
    fn postures(&self, track: &Track) -> Vec<Posture> {
        let whole = track.seen().filter(|point| is_whole(&point.rect, self.size));
        let posture = |point: &TrackPoint| Posture {
            seconds: point.seconds,
            middle: f32::midpoint(point.rect.left, point.rect.right),
            bottom: point.rect.bottom,
            width: point.rect.width(),
            height: point.rect.height(),
        };
        whole.map(posture).collect()
    }

    /// Puts tracks that begin lying behind those that ended upright just there and then, first come first served.
    fn join_loose(&mut self) {
        let mut upright = std::mem::take(&mut self.ended_upright);
        let mut lying = std::mem::take(&mut self.begun_lying);
        let first = |loose: &Loose| loose.postures.first().map_or(0.0, |posture| posture.seconds);
        lying.sort_by(|a, b| first(a).total_cmp(&first(b)));
        for later in lying {
            let fits = |earlier: &Loose| {
                let mut faller = Faller::default();
                let postures = earlier.postures.iter().chain(&later.postures);
                let in_order = earlier
                    .postures
                    .last()
                    .is_some_and(|last| last.seconds < first(&later));
                postures.for_each(|posture| faller.take(*posture));
                in_order && faller.falls > 0
            };
            if let Some(at) = upright.iter().position(fits) {
                let earlier = upright.remove(at);
                self.falls += 1;
                self.tracks[earlier.track].1 = true;
            }
        }
    }

    /// Judges an unbroken piece of a track.
    fn piece(&mut self, postures: &[Posture], track: usize) {
        let (Some(first), Some(last)) = (postures.first(), postures.last()) else {
            return;
        };
        let mut faller = Faller::default();
        postures.iter().for_each(|posture| faller.take(*posture));
        self.falls += faller.falls;
        self.tracks[track].1 |= faller.falls > 0;
        let lost_soon =
            |before: Before| last.seconds - before.last.seconds <= TURN_SECONDS && faller.falls == 0;
        if !first.is_upright() {
            let until = first.seconds + STAY_SECONDS + 2.0 * FORGIVEN_SECONDS;
            let head = postures.iter().take_while(|posture| posture.seconds <= until);
            self.begun_lying.push(Loose {
                postures: head.copied().collect(),
                track,
            });
        }
        if Before::of(&faller.upright).is_some_and(lost_soon) {
            self.ended_upright.push(Loose {
                postures: faller.recent,
                track,
            });
        }
    }
}

impl Measure for FallMeasure {
    type Found = Reading;

    fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        self.size = (item.width, item.height);
        true
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        let settled = ended.support;
        self.people.add(settled);
        self.tracks.push((settled, false));
        let track = self.tracks.len() - 1;
        // A gap may be bridged to somebody else: what lies on its two sides is joined only where the two fit.
        let postures = self.postures(ended.track);
        for piece in postures.chunk_by(|a, b| b.seconds - a.seconds <= GAP_SECONDS) {
            self.piece(piece, track);
        }
    }

    fn end_item(&mut self, _watched: &Watched) {
        self.join_loose();
        for (support, _) in self.tracks.drain(..).filter(|(_, fell)| *fell) {
            self.fallen.add(support);
        }
    }

    fn finish(self, watched: &Watched, policy: &DisclosurePolicy, _: &mut Results) -> Measured<Reading> {
        watched.somebody(Subject::Person)?;
        watched.often_enough(LONGEST_STEP)?;
        let rate = per_hour(self.falls, watched.exposed_seconds()).ok_or(Missing::NoFrames)?;
        // Who knows how many there were and how many fell knows how many did not.
        let fallen = self.fallen.people();
        let others = self.people.people().saturating_sub(fallen);
        let cell = policy.cell_about(rate, &[fallen, others]);
        Ok(vec![Figure::new(FigureName::FallRate, cell)].into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Postures 10 times a second: seconds, width, height, foot.
    fn falls(stretches: &[(f64, f32, f32, f32)]) -> u64 {
        let mut faller = Faller::default();
        let mut frame = 0u32;
        for &(seconds, width, height, bottom) in stretches {
            for _ in 0..(seconds * 10.0).round() as u32 {
                faller.take(Posture {
                    seconds: f64::from(frame) / 10.0,
                    middle: 100.0,
                    bottom,
                    width,
                    height,
                });
                frame += 1;
            }
        }
        faller.falls
    }

    const STANDING: (f64, f32, f32, f32) = (3.0, 40.0, 100.0, 200.0);

    #[test]
    fn somebody_who_turns_over_and_stays_low_for_three_seconds_has_fallen_once() {
        assert_eq!(
            falls(&[STANDING, (0.5, 60.0, 60.0, 200.0), (4.0, 95.0, 35.0, 205.0)]),
            1
        );
        assert_eq!(
            falls(&[STANDING, (60.0, 95.0, 35.0, 205.0)]),
            1,
            "lying for long is one fall"
        );
        let twice = [
            STANDING,
            (4.0, 95.0, 35.0, 205.0),
            STANDING,
            (4.0, 95.0, 35.0, 205.0),
        ];
        assert_eq!(falls(&twice), 2);
    }

    #[test]
    fn who_gets_up_soon_crouches_or_lay_from_the_start_has_not_fallen() {
        let up_again = [STANDING, (2.8, 95.0, 35.0, 205.0), STANDING];
        assert_eq!(falls(&up_again), 0);
        assert_eq!(
            falls(&[STANDING, (10.0, 50.0, 58.0, 200.0)]),
            0,
            "crouching: higher than wide"
        );
        assert_eq!(falls(&[(30.0, 95.0, 35.0, 205.0)]), 0, "never seen upright");
        let slowly = [STANDING, (1.2, 55.0, 80.0, 200.0), (10.0, 95.0, 35.0, 205.0)];
        assert_eq!(falls(&slowly), 0, "on the way down for longer than 0.8 s");
        let later = [STANDING, (2.5, 90.0, 100.0, 200.0), (10.0, 95.0, 35.0, 205.0)];
        assert_eq!(falls(&later), 0, "not upright for longer than 2 s before");
    }

    #[test]
    fn a_box_hidden_from_below_or_merely_wider_is_no_fall() {
        assert_eq!(
            falls(&[STANDING, (10.0, 40.0, 30.0, 130.0)]),
            0,
            "head and shoulders over a wall"
        );
        assert_eq!(
            falls(&[STANDING, (10.0, 110.0, 100.0, 200.0)]),
            0,
            "two taken for one"
        );
    }

    #[test]
    fn short_disturbances_of_the_boxes_are_forgiven() {
        let disturbed = [
            STANDING,
            (1.5, 95.0, 35.0, 205.0),
            (0.3, 60.0, 60.0, 200.0),
            (2.0, 95.0, 35.0, 205.0),
        ];
        assert_eq!(falls(&disturbed), 1);
    }
}
