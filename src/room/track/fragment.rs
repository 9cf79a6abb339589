//! One uninterrupted stretch of following, from the first sighting until the tracker gives up. Fragments are
//! joined to tracks in [`super::link`].

use super::appearance::{Appearance, Verdict};
use super::motion::{Motion, coordinates, rect_of};
use super::settings::{LinkSettings, LooksSettings, TrackerSettings};
use super::track::TrackPoint;
use crate::describe::description::{Description, Embedding};
use crate::describe::descriptions::Descriptions;
use crate::describe::head_pose::is_frontal;
use crate::detect::detection::Detection;
use crate::detect::overlap::Rect;
use std::collections::VecDeque;
use vsa_statistics::median;

/// A fragment that is being followed.
pub(super) struct Fragment {
    /// Order of birth; the last resort of every tie.
    pub(super) id: u64,
    pub(super) motion: Motion,
    /// The sightings, and bridged points between them.
    pub(super) points: Vec<TrackPoint>,
    /// What some of the sightings looked like.
    pub(super) descriptions: Descriptions,
    /// The latest descriptions with a body, and when they were: whether they are of the same person is still to be seen.
    latest: VecDeque<(f64, Box<Description>)>,
    /// When the last description was that is its own person's.
    settled: f64,
    /// Looked-at frames since the last sighting, this one included until it is sighted.
    missed: Vec<Moment>,
    sightings: u32,
    evidence: f32,
    best_score: f32,
}

impl Fragment {
    /// Begins with a sighting.
    pub(super) fn new(id: u64, settings: &TrackerSettings, moment: Moment, detection: &Detection) -> Self {
        let mut fragment = Self {
            id,
            motion: Motion::new(&settings.motion, &detection.rect, detection.score),
            points: Vec::new(),
            descriptions: Descriptions::default(),
            latest: VecDeque::new(),
            settled: f64::NEG_INFINITY,
            missed: Vec::new(),
            sightings: 0,
            evidence: 0.0,
            best_score: 0.0,
        };
        fragment.note(moment, detection);
        fragment
    }

    /// Goes on with a sighting.
    pub(super) fn sight(&mut self, settings: &TrackerSettings, moment: Moment, detection: &Detection) {
        self.motion
            .correct(&settings.motion, &detection.rect, detection.score);
        self.note(moment, detection);
    }

    /// What the last sighting looked like.
    pub(super) fn describe(&mut self, description: Option<Box<Description>>) {
        let seconds = self.last_seen();
        match description {
            Some(description) if description.body.is_some() => self.latest.push_back((seconds, description)),
            Some(description) => self.descriptions.note(seconds, *description),
            None => {}
        }
    }

    /// Its box and its body in the frame in which it was sighted last, if it was described there.
    pub(super) fn newest(&self) -> Option<(&Rect, &Embedding)> {
        let (seconds, description) = self.latest.back()?;
        let last = self.points.last().filter(|last| last.seconds <= *seconds)?;
        Some((&last.rect, description.body.as_ref()?))
    }

    /// Takes descriptions that are no longer the latest for its own person's.
    pub(super) fn settle(&mut self, appearance: &mut Appearance, looks: &LooksSettings) {
        while self.latest.len() > looks.turned
            && let Some((seconds, description)) = self.latest.pop_front()
        {
            if let Some(body) = &description.body {
                for (earlier, other) in self.descriptions.bodies() {
                    appearance.note_same(self.id, seconds - earlier, body.similarity(other), looks);
                }
            }
            self.descriptions.note(seconds, *description);
            self.settled = seconds;
        }
    }

    /// It has ended: its latest descriptions are its own.
    pub(super) fn settle_all(&mut self) {
        for (seconds, description) in self.latest.drain(..) {
            self.descriptions.note(seconds, *description);
        }
    }

    /// The bodies of its first sightings that were described.
    pub(super) fn first_bodies(&self, looks: &LooksSettings) -> Vec<&Embedding> {
        let settled = self.descriptions.bodies().map(|(_, body)| body);
        let latest = self
            .latest
            .iter()
            .filter_map(|(_, description)| description.body.as_ref());
        settled.chain(latest).take(looks.sightings).collect()
    }

    /// If its latest sightings look like somebody else than those before, and like one person among themselves, it went over
    /// from one person to another: it is cut, and what it was until then is handed out. What goes on is `id`.
    pub(super) fn turned(
        &mut self,
        id: u64,
        appearance: &Appearance,
        settings: &TrackerSettings,
    ) -> Option<Self> {
        let looks = &settings.looks;
        let latest: Vec<&Embedding> = self
            .latest
            .iter()
            .filter_map(|(_, description)| description.body.as_ref())
            .collect();
        let before: Vec<(f64, &Embedding)> = self.descriptions.bodies().collect();
        if latest.len() < looks.turned.max(2) || before.len() < looks.turned {
            return None;
        }
        let nearest = &before[before.len().saturating_sub(looks.sightings)..];
        let bodies: Vec<&Embedding> = nearest.iter().map(|(_, body)| *body).collect();
        let steady = latest
            .windows(2)
            .all(|pair| appearance.are_steady(pair[0], pair[1]));
        let is_other = |one: &&Embedding| appearance.judge(&[one], &bodies, looks) == Verdict::Unlike;
        if !steady || !latest.iter().all(is_other) {
            return None;
        }
        let (until, from) = (self.settled, self.latest.front()?.0);
        self.cut(id, until, from)
    }

    /// Cuts it at its most doubtful sighting after `until` and not after `from`: people are taken for one another where one
    /// hides the other.
    fn cut(&mut self, id: u64, until: f64, from: f64) -> Option<Self> {
        let between = self
            .points
            .iter()
            .enumerate()
            .filter(|(_, point)| point.seen && point.seconds > until && point.seconds <= from);
        let (at, _) = between.min_by(|(_, a), (_, b)| a.score.total_cmp(&b.score))?;
        let after = self.points.split_off(at);
        let mut before = Self {
            id: self.id,
            motion: self.motion,
            points: std::mem::replace(&mut self.points, after),
            descriptions: std::mem::take(&mut self.descriptions),
            latest: VecDeque::new(),
            settled: self.settled,
            missed: Vec::new(),
            sightings: 0,
            evidence: 0.0,
            best_score: 0.0,
        };
        let last = before.points.iter().rposition(|point| point.seen)?;
        before.points.truncate(last + 1);
        self.id = id;
        self.recount();
        before.recount();
        Some(before)
    }

    fn recount(&mut self) {
        (self.sightings, self.evidence, self.best_score) = (0, 0.0, 0.0);
        for point in self.points.iter().filter(|point| point.seen) {
            self.sightings = self.sightings.saturating_add(1);
            self.evidence += point.score;
            self.best_score = self.best_score.max(point.score);
        }
    }

    fn note(&mut self, moment: Moment, detection: &Detection) {
        self.sightings = self.sightings.saturating_add(1);
        self.evidence += detection.score;
        self.descriptions.look(detection.quality);
        self.best_score = self.best_score.max(detection.score);
        let sighting = TrackPoint {
            frame: moment.frame,
            seconds: moment.seconds,
            rect: detection.rect,
            score: detection.score,
            seen: true,
            frontal: is_frontal(detection),
        };
        // The last of the frames without a sighting is this one, which now has one.
        self.missed.pop();
        bridge(&mut self.points, self.missed.drain(..), &sighting);
        self.points.push(sighting);
    }

    /// Whether there is enough to say that somebody was there.
    pub(super) fn is_established(&self, settings: &TrackerSettings) -> bool {
        self.evidence >= settings.evidence
            && self.sightings >= settings.sightings
            && self.best_score >= settings.convincing_score
    }

    /// Goes on to a frame in which it has not been sighted yet.
    pub(super) fn advance(&mut self, settings: &TrackerSettings, moment: Moment, elapsed: f64) {
        self.motion.predict(&settings.motion, elapsed);
        self.missed.push(moment);
    }

    /// Looked-at frames since the last sighting.
    pub(super) const fn missed(&self) -> usize {
        self.missed.len()
    }

    /// Seconds from the first to the last sighting.
    pub(super) fn lasted(&self) -> f64 {
        self.points
            .first()
            .map_or(0.0, |first| self.last_seen() - first.seconds)
    }

    /// Time of the last sighting.
    pub(super) fn last_seen(&self) -> f64 {
        self.points
            .last()
            .map_or(f64::NEG_INFINITY, |point| point.seconds)
    }
}

/// A looked-at frame.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) frame: u64,
    pub(super) seconds: f64,
}

/// Adds a point for each of `moments`, on the straight line from the last point to `next`.
pub(super) fn bridge(points: &mut Vec<TrackPoint>, moments: impl Iterator<Item = Moment>, next: &TrackPoint) {
    let Some(last) = points.last() else { return };
    let (from, to) = (coordinates(&last.rect), coordinates(&next.rect));
    let (start, score) = (last.seconds, last.score.min(next.score));
    let whole = next.seconds - start;
    for moment in moments {
        let part = if whole > 0.0 {
            (moment.seconds - start) / whole
        } else {
            0.5
        };
        let rect = rect_of(std::array::from_fn(|axis| {
            from[axis] + (to[axis] - from[axis]) * part
        }));
        points.push(TrackPoint {
            frame: moment.frame,
            seconds: moment.seconds,
            rect,
            score,
            seen: false,
            frontal: false,
        });
    }
}

/// What one end of a fragment tells about its person, for joining.
#[derive(Clone, Copy)]
pub(super) struct End {
    pub(super) seconds: f64,
    /// Centre.
    pub(super) place: [f64; 2],
    /// Pixels a second.
    pub(super) velocity: [f64; 2],
    /// Median height.
    pub(super) height: f64,
    /// The box itself.
    pub(super) rect: Rect,
}

impl End {
    /// Of the first `piece` seconds.
    pub(super) fn head(points: &[TrackPoint], piece: f64) -> Option<Self> {
        let first = points.first()?;
        let is_near = |point: &&TrackPoint| point.seconds <= first.seconds + piece;
        Self::fit(points.iter().take_while(is_near), first)
    }

    /// Of the last `piece` seconds.
    pub(super) fn tail(points: &[TrackPoint], piece: f64) -> Option<Self> {
        let last = points.last()?;
        let is_near = |point: &&TrackPoint| point.seconds >= last.seconds - piece;
        Self::fit(points.iter().rev().take_while(is_near), last)
    }

    /// Whether the box is at an edge of the picture and its person goes out there (`sense` 1) or comes in
    /// (-1).
    pub(super) fn crosses_the_edge(&self, frame_size: (u32, u32), sense: f64, link: &LinkSettings) -> bool {
        let near = link.edge * self.height;
        let [left, top, right, bottom] = self.rect.edges().map(f64::from);
        let outward = self.velocity.map(|speed| speed * sense / self.height);
        let moving = link.edge_speed;
        (left < near && outward[0] < -moving)
            || (right > f64::from(frame_size.0) - near && outward[0] > moving)
            || (top < near && outward[1] < -moving)
            || (bottom > f64::from(frame_size.1) - near && outward[1] > moving)
    }

    /// A straight line through the centres (least squares), read at the moment `at`.
    fn fit<'a>(points: impl Iterator<Item = &'a TrackPoint>, at: &TrackPoint) -> Option<Self> {
        let seconds = at.seconds;
        let samples: Vec<(f64, [f64; 4])> = points
            .filter(|point| point.seen)
            .map(|point| (point.seconds - seconds, coordinates(&point.rect)))
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "a second holds few frames")]
        let count = samples.len() as f64;
        if samples.is_empty() {
            return None;
        }
        let mean_time = samples.iter().map(|(time, _)| time).sum::<f64>() / count;
        let spread: f64 = samples.iter().map(|(time, _)| (time - mean_time).powi(2)).sum();
        let (mut place, mut velocity) = ([0.0; 2], [0.0; 2]);
        for axis in 0..2 {
            let mean = samples.iter().map(|(_, at)| at[axis]).sum::<f64>() / count;
            let slope = if spread > 0.0 {
                samples
                    .iter()
                    .map(|(time, at)| (time - mean_time) * (at[axis] - mean))
                    .sum::<f64>()
                    / spread
            } else {
                0.0
            };
            velocity[axis] = slope;
            place[axis] = mean - slope * mean_time;
        }
        let mut heights: Vec<f64> = samples.iter().map(|(_, at)| at[3]).collect();
        let height = median::upper(&mut heights, f64::total_cmp)?.max(1.0);
        Some(Self {
            seconds,
            place,
            velocity,
            height,
            rect: at.rect,
        })
    }
}
