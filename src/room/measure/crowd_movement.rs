//! Sudden collective movement. In: ended tracks of people. Out: how often a crowd began to move at once, per hour.
//!
//! **Definition.** Somebody is stirred at a moment if the second after it differs from the second before by 0.7 body
//! heights per second or more, whatever the direction, and the second after is faster than 1.0 (a walk is about 0.8)
//! and no slower than the one before.
//! A collective movement begins when, within about a second, at least half of all who are followed, four at least of
//! five or more, are stirred, and this share stands out from the item's own history (median and five deviations, by
//! the median absolute deviation). What follows within 5 s is the same movement. **Source.** The French decree's event
//! "mouvement de foule" names no rule; measuring a crowd by the change of its members' velocities follows the social
//! force model's use for it (Mehran, Oyama and Shah 2009, *Abnormal crowd behavior detection using social force
//! model*); median and MAD are Hampel's identifier (1974). The numbers are a convention of ours. **Unit.** Movements
//! per hour watched. **Sensitivity.** In a dense crowd detectors lose people and trackers mix them up: a higher score
//! threshold leaves fewer than five to follow. Sampling below 2 frames a second hides what happens within a second: nothing is said then.
//! **What it cannot tell.** Why people move; panic from a bus that arrives; movement towards the camera, which a
//! picture foreshortens; a crowd that stops at once.

use super::places::Step;
use super::settled::Tally;
use super::watched::{InView, per_hour};
use super::{DisclosurePolicy, EndedTrack, Figure, FigureName, ItemStart, Measure, Measured, Missing};
use super::{Reading, Results, Subject, Watched};
use crate::detect::whole::is_whole;
use crate::track::track::{Track, TrackPoint};
use vsa_plan::scene::polygon::{Place, minus};
use vsa_statistics::median;

/// Seconds between two moments that are judged.
const STEP: f64 = 0.5;

/// Seconds over which a velocity is taken.
const WINDOW: f64 = 1.0;

/// Change of velocity, and velocity after it, in body heights per second.
const CHANGE: f64 = 0.7;
const FAST: f64 = 1.0;

/// Whoever is slower than this share of the speed before is stopping, and not stirred.
const SLOWER: f64 = 0.9;

/// A crowd: at least so many followed, so many of them stirred, and such a share.
const FOLLOWED: u16 = 5;
const STIRRED: u16 = 4;
const SHARE: f64 = 0.5;

/// Deviations above the item's median; the factor makes the median absolute deviation one of a normal variable.
const DEVIATIONS: f64 = 5.0;
const MAD_TO_DEVIATION: f64 = 1.4826;

/// Movements that follow each other by less are one.
const APART_SECONDS: f64 = 5.0;

/// At one moment: how many could be judged, and how many were stirred. Four bytes for each half second of the present
/// item, until it ends.
#[derive(Clone, Copy, Default)]
struct Moment {
    followed: u16,
    stirred: u16,
}

/// Counts collective movements.
#[derive(Default)]
pub(super) struct CrowdMovementMeasure {
    size: (u32, u32),
    moments: Vec<Moment>,
    stays: Vec<InView>,
    any_crowd: bool,
    movements: u64,
    people: Tally,
    moved: Tally,
}

impl Measure for CrowdMovementMeasure {
    type Found = Reading;

    fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        self.size = (item.width, item.height);
        self.moments.clear();
        self.stays.clear();
        true
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        let Some(stay) = InView::of(ended) else { return };
        self.people.add(stay.support);
        self.stays.push(stay);
        let judged = stirred(ended.track, self.size);
        let Some(end) = judged.last().map(|(step, _)| step + 1) else {
            return;
        };
        if self.moments.len() < end {
            self.moments.resize(end, Moment::default());
        }
        for (at, &(step, _)) in judged.iter().enumerate() {
            // Not everybody reacts in the same half second: the neighbours count too.
            let around = &judged[at.saturating_sub(1)..(at + 2).min(judged.len())];
            let mut around = around.iter().filter(|(other, _)| other.abs_diff(step) <= 1);
            let moment = &mut self.moments[step];
            moment.followed = moment.followed.saturating_add(1);
            if around.any(|(_, stirred)| *stirred) {
                moment.stirred = moment.stirred.saturating_add(1);
            }
        }
    }

    fn end_item(&mut self, _watched: &Watched) {
        let beginnings = beginnings(&self.moments);
        self.any_crowd |= self.moments.iter().any(|moment| moment.followed >= FOLLOWED);
        self.movements += beginnings.len() as u64;
        for stay in &self.stays {
            let at = |step: &usize| (stay.first..=stay.last).contains(&(*step as f64 * STEP));
            if beginnings.iter().any(at) {
                self.moved.add(stay.support);
            }
        }
    }

    fn finish(self, watched: &Watched, policy: &DisclosurePolicy, _: &mut Results) -> Measured<Reading> {
        watched.followed(Subject::Person)?;
        watched.often_enough(STEP)?;
        if !self.any_crowd {
            return Err(Missing::TooFewTracks);
        }
        let rate = per_hour(self.movements, watched.exposed_seconds()).ok_or(Missing::NoFrames)?;
        let cell = policy.cell_about(rate, &[self.moved.people(), self.people.people()]);
        Ok(vec![Figure::new(FigureName::CrowdMovementRate, cell)].into())
    }
}

/// The moments at which a person can be judged, one after the other, and whether the person was stirred there: not where the picture's
/// edge may cut the body, whose height is the measure.
fn stirred(track: &Track, size: (u32, u32)) -> Vec<(usize, bool)> {
    let (Some(first), Some(last)) = (track.points.first(), track.points.last()) else {
        return Vec::new();
    };
    let from = ((first.seconds + WINDOW) / STEP).ceil().max(0.0) as usize;
    let to = ((last.seconds - WINDOW) / STEP).floor();
    if to < from as f64 {
        return Vec::new();
    }
    let judge = |step: usize| {
        let now = step as f64 * STEP;
        let at = |seconds: f64| place(&track.points, seconds, size);
        let (before, here, after) = (at(now - WINDOW)?, at(now)?, at(now + WINDOW)?);
        let way = |from: Place, to: Place| minus(to, from).map(|along| along / here.height);
        let (past, next) = (way(before.foot, here.foot), way(here.foot, after.foot));
        let change = (next[0] - past[0]).hypot(next[1] - past[1]) / WINDOW;
        let speed = next[0].hypot(next[1]) / WINDOW;
        let slower = speed < SLOWER * past[0].hypot(past[1]) / WINDOW;
        Some((step, change >= CHANGE && speed >= FAST && !slower))
    };
    (from..=to as usize).filter_map(judge).collect()
}

/// Where somebody stands at a time, between the two neighbouring points of the track. None: it has no point, or the body may be cut.
fn place(points: &[TrackPoint], seconds: f64, size: (u32, u32)) -> Option<Step> {
    let step = |point: &TrackPoint| is_whole(&point.rect, size).then(|| Step::in_pixels(point));
    let at = points.partition_point(|point| point.seconds < seconds);
    let Some(after) = points.get(at) else {
        return points.last().and_then(step);
    };
    let before = &points[at.saturating_sub(1)];
    let span = after.seconds - before.seconds;
    let share = if span > 0.0 {
        (seconds - before.seconds) / span
    } else {
        1.0
    };
    Some(Step::between(&step(before)?, &step(after)?, share))
}

/// The moments at which a collective movement begins.
fn beginnings(moments: &[Moment]) -> Vec<usize> {
    let share = |moment: &Moment| f64::from(moment.stirred) / f64::from(moment.followed);
    let crowds: Vec<f64> = moments
        .iter()
        .filter(|moment| moment.followed >= FOLLOWED)
        .map(share)
        .collect();
    let Some(usual) = median(crowds.clone()) else {
        return Vec::new();
    };
    let deviations = crowds.iter().map(|share| (share - usual).abs()).collect();
    let spread = MAD_TO_DEVIATION * median(deviations).unwrap_or(0.0);
    let threshold = SHARE.max(usual + DEVIATIONS * spread);
    let mut found: Vec<usize> = Vec::new();
    let mut last: Option<usize> = None;
    for (step, moment) in moments.iter().enumerate() {
        let stands_out =
            moment.followed >= FOLLOWED && moment.stirred >= STIRRED && share(moment) >= threshold;
        if stands_out {
            if last.is_none_or(|last| (step - last) as f64 * STEP > APART_SECONDS) {
                found.push(step);
            }
            last = Some(step);
        }
    }
    found
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    median::upper(&mut values, f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::overlap::Rect;

    /// A body 100 pixels high at 10 frames a second; `x` in body heights by time.
    fn walker(seconds: f64, x: &dyn Fn(f64) -> f64) -> Track {
        Track::through((0..=(seconds * 10.0) as u64).map(|frame| {
            let time = frame as f64 / 10.0;
            let left = (100.0 + 100.0 * x(time)) as f32;
            let rect = Rect {
                left,
                top: 50.0,
                right: left + 40.0,
                bottom: 150.0,
            };
            (frame, time, rect)
        }))
    }

    fn stirred_at(track: &Track) -> Vec<f64> {
        let judged = stirred(track, (3000, 300)).into_iter();
        judged
            .filter(|(_, stirred)| *stirred)
            .map(|(step, _)| step as f64 * STEP)
            .collect()
    }

    #[test]
    fn who_walks_turns_or_stops_is_not_stirred_and_who_starts_to_run_is() {
        assert!(stirred_at(&walker(10.0, &|t| 0.8 * t)).is_empty());
        assert!(
            stirred_at(&walker(10.0, &|t| 0.8 * (5.0 - t).abs())).is_empty(),
            "turns round, walking"
        );
        assert!(
            stirred_at(&walker(10.0, &|t| 2.0 * t.min(5.0))).is_empty(),
            "runs and stops"
        );
        // From 0.8 to 2.0 body heights a second at 5 s: the change over a second on each side is 1.2 at 5 s, 0.6 at
        // half a second before or after.
        assert_eq!(
            stirred_at(&walker(10.0, &|t| 0.8 * t + 1.2 * (t - 5.0).max(0.0))),
            [5.0]
        );
    }

    fn moment(followed: u16, stirred: u16) -> Moment {
        Moment { followed, stirred }
    }

    #[test]
    fn half_of_a_crowd_at_once_is_one_movement_however_long_it_lasts() {
        let mut moments = vec![moment(10, 0); 100];
        moments[40..44].fill(moment(10, 6));
        assert_eq!(beginnings(&moments), [40]);
        moments[60] = moment(10, 5);
        assert_eq!(beginnings(&moments), [40, 60], "8 s later is another");
        moments[60] = moment(10, 4);
        assert_eq!(beginnings(&moments), [40], "less than half");
    }

    #[test]
    fn four_people_are_no_crowd_and_where_everybody_always_runs_nothing_is_sudden() {
        assert!(beginnings(&[moment(4, 4); 20]).is_empty());
        let mut restless = vec![moment(10, 5); 100];
        (0..100).step_by(2).for_each(|at| restless[at] = moment(10, 3));
        restless[50] = moment(10, 7);
        assert!(
            beginnings(&restless).is_empty(),
            "0.7 lies within five deviations"
        );
        assert!(beginnings(&[]).is_empty());
    }
}
