//! Ended fragments in, tracks out: fragments that were most likely one person are joined.
//!
//! The offline step of `StrongSORT`++ (Du et al., 2023) with plain kinematics instead of a trained network,
//! and in a window of time, so that memory does not grow with the footage: a fragment waits for a successor
//! only as long as one may still begin. It matters twice: a person followed in pieces is a person followed,
//! and the number of different people behind a published cell is counted by tracks, where counting one person
//! as several is the dangerous side.

use super::appearance::{Appearance, Verdict};
use super::credible::is_credible;
use super::fragment::{End, Fragment, Moment, bridge};
use super::settings::{LinkSettings, LooksSettings, TrackerSettings};
use super::smooth::smooth;
use super::track::{DescribedTrack, Track, TrackPoint};
use crate::describe::description::Embedding;
use crate::describe::descriptions::Descriptions;
use std::collections::{BTreeMap, VecDeque};
use vsa_statistics::assignment::assign;

/// One or more fragments, one after the other.
struct Chain {
    /// The first fragment.
    head_id: u64,
    /// The last one.
    tail_id: u64,
    points: Vec<TrackPoint>,
    fragments: u32,
    descriptions: Descriptions,
    /// Looks had a say in what is to follow.
    by_looks: bool,
}

/// Holds fragments until it is clear what follows them.
pub(super) struct Linker {
    /// Width and height of the picture.
    frame_size: (u32, u32),
    /// Chains that have ended and may be continued, in order of their ends.
    open: Vec<Chain>,
    /// Chains that are continued by a fragment still being followed, by that fragment.
    continued: BTreeMap<u64, Chain>,
    /// Chains that ended for good.
    closed: Vec<Chain>,
    /// Looked-at frames, as far back as an open chain reaches.
    timeline: VecDeque<Moment>,
}

impl Linker {
    pub(super) const fn new(frame_size: (u32, u32)) -> Self {
        Self {
            frame_size,
            open: Vec::new(),
            continued: BTreeMap::new(),
            closed: Vec::new(),
            timeline: VecDeque::new(),
        }
    }

    /// A frame is being looked at.
    pub(super) fn note_frame(&mut self, moment: Moment) {
        self.timeline.push_back(moment);
    }

    /// A fragment has ended. One that is not believed is dropped, unless somebody was already found to go on
    /// in it.
    pub(super) fn add(&mut self, mut fragment: Fragment, settings: &TrackerSettings) {
        fragment.settle_all();
        let believed = fragment.is_established(settings)
            && fragment.lasted() >= settings.least_seconds
            && is_credible(&fragment.points, settings);
        if !believed && !self.continued.contains_key(&fragment.id) {
            return;
        }
        let id = fragment.id;
        let chain = Chain {
            head_id: id,
            tail_id: id,
            points: fragment.points,
            fragments: 1,
            descriptions: fragment.descriptions,
            by_looks: false,
        };
        let chain = match self.continued.remove(&id) {
            Some(before) => before.followed_by(chain),
            None => chain,
        };
        self.open.push(chain);
        self.open
            .sort_by(|a, b| a.end().total_cmp(&b.end()).then(a.tail_id.cmp(&b.tail_id)));
    }

    /// Decides for the chains whose time has come which fragment continues them, if any. In: the fragments that are being
    /// followed, and what is known of looks.
    pub(super) fn decide(
        &mut self,
        now: f64,
        (alive, appearance): (&[Fragment], &Appearance),
        settings: &TrackerSettings,
    ) {
        let link = &settings.link;
        let has_looks = appearance.knows(&settings.looks);
        let is_due = |chain: &Chain| {
            let by_looks = has_looks && chain.descriptions.bodies().next().is_some();
            let window = if by_looks {
                settings.looks.window.max(link.window)
            } else {
                link.window
            };
            chain.end() + window + link.end_piece < now
        };
        if self.open.iter().any(is_due) {
            let successors = self.choose((alive, appearance), settings);
            let due: Vec<u64> = self
                .open
                .iter()
                .filter(|chain| is_due(chain))
                .map(|chain| chain.tail_id)
                .collect();
            for tail_id in due {
                self.settle(
                    tail_id,
                    successors.get(&tail_id).copied(),
                    (alive, has_looks),
                    link,
                );
            }
        }
        self.forget_old_frames(alive);
    }

    /// The best successor of each open chain, all considered together: last fragment of the chain to first
    /// fragment of the successor.
    fn choose(
        &self,
        (alive, appearance): (&[Fragment], &Appearance),
        settings: &TrackerSettings,
    ) -> BTreeMap<u64, u64> {
        let (piece, looks) = (settings.link.end_piece, &settings.looks);
        let open = self.open.iter();
        let tails: Vec<(Option<End>, Vec<&Embedding>)> = open
            .map(|chain| (End::tail(&chain.points, piece), chain.last_bodies(looks)))
            .collect();
        let is_new = |fragment: &&Fragment| {
            fragment.is_established(settings) && !self.continued.contains_key(&fragment.id)
        };
        let begun = alive.iter().filter(is_new);
        let begun = begun.map(|fragment| (fragment.id, &fragment.points, fragment.first_bodies(looks)));
        let open = self.open.iter();
        let open = open.map(|chain| (chain.head_id, &chain.points, chain.first_bodies(looks)));
        let heads = open.chain(begun);
        let heads: Vec<(u64, Option<End>, Vec<&Embedding>)> = heads
            .map(|(id, points, bodies)| (id, End::head(points, piece), bodies))
            .collect();
        let cost = |row: usize, column: usize| {
            let ((tail, before), (_, head, after)) = (&tails[row], &heads[column]);
            let Some((tail, head)) = tail.as_ref().zip(head.as_ref()) else {
                return f64::INFINITY;
            };
            let strain = strain(tail, head, self.frame_size, &settings.link);
            match appearance.judge(before, after, looks) {
                Verdict::Unlike => f64::INFINITY,
                Verdict::Open => strain,
                // Motion goes on deciding between several who look alike.
                Verdict::Alike if strain.is_finite() => strain / 2.0,
                Verdict::Alike => f64::midpoint(1.0, haste(tail, head, settings)),
            }
        };
        assign(tails.len(), heads.len(), 1.0, cost)
            .into_iter()
            .map(|(row, column)| (self.open[row].tail_id, heads[column].0))
            .collect()
    }

    /// Closes the chain that ends with this fragment, or joins it to its successor.
    fn settle(
        &mut self,
        tail_id: u64,
        successor: Option<u64>,
        (alive, has_looks): (&[Fragment], bool),
        link: &LinkSettings,
    ) {
        let at = self
            .open
            .iter()
            .position(|chain| chain.tail_id == tail_id)
            .expect("a due chain is open");
        let mut chain = self.open.remove(at);
        chain.by_looks = has_looks;
        let Some(head_id) = successor else {
            self.closed.push(chain);
            return;
        };
        if let Some(place) = self.open.iter().position(|open| open.head_id == head_id) {
            let next = self.open.remove(place);
            self.bridge_gap(&mut chain, next.points.first(), link);
            self.open.insert(place, chain.followed_by(next));
        } else if let Some(next) = alive.iter().find(|fragment| fragment.id == head_id) {
            self.bridge_gap(&mut chain, next.points.first(), link);
            self.continued.insert(head_id, chain);
        } else {
            self.closed.push(chain);
        }
    }

    fn bridge_gap(&self, chain: &mut Chain, next: Option<&TrackPoint>, link: &LinkSettings) {
        let last = chain.points.last().map(|point| (point.frame, point.seconds));
        let Some(((frame, seconds), next)) = last.zip(next) else {
            return;
        };
        if next.seconds - seconds <= link.bridge {
            let is_between = |moment: &Moment| moment.frame > frame && moment.frame < next.frame;
            let between = self.timeline.iter().copied().filter(is_between);
            bridge(&mut chain.points, between, next);
        }
    }

    fn forget_old_frames(&mut self, alive: &[Fragment]) {
        let open = self.open.iter().map(Chain::end);
        let needed = open.chain(alive.iter().map(Fragment::last_seen));
        let oldest = needed.fold(f64::INFINITY, f64::min);
        let is_old = |moment: &Moment| moment.seconds < oldest;
        while self.timeline.front().is_some_and(is_old) {
            self.timeline.pop_front();
        }
    }

    /// The tracks that ended for good, in order of their first sighting.
    pub(super) fn drain(&mut self, settings: &TrackerSettings) -> Vec<DescribedTrack> {
        let mut closed = std::mem::take(&mut self.closed);
        closed.sort_by_key(|chain| (chain.points.first().map(|point| point.frame), chain.head_id));
        closed
            .into_iter()
            .filter(|chain| is_credible(&chain.points, settings))
            .map(|mut chain| {
                smooth(&mut chain.points, settings);
                DescribedTrack {
                    track: Track {
                        points: chain.points,
                        fragments: chain.fragments,
                    },
                    descriptions: chain.descriptions,
                }
            })
            .collect()
    }
}

impl Chain {
    fn end(&self) -> f64 {
        self.points
            .last()
            .map_or(f64::NEG_INFINITY, |point| point.seconds)
    }

    fn first_bodies(&self, looks: &LooksSettings) -> Vec<&Embedding> {
        let bodies = self.descriptions.bodies().map(|(_, body)| body);
        bodies.take(looks.sightings).collect()
    }

    fn last_bodies(&self, looks: &LooksSettings) -> Vec<&Embedding> {
        let bodies = self.descriptions.bodies().rev().map(|(_, body)| body);
        bodies.take(looks.sightings).collect()
    }

    fn followed_by(mut self, next: Self) -> Self {
        self.points.extend(next.points);
        Self {
            head_id: self.head_id,
            tail_id: next.tail_id,
            points: self.points,
            fragments: self.fragments.saturating_add(next.fragments),
            descriptions: self.descriptions.join(next.descriptions, self.by_looks),
            by_looks: next.by_looks,
        }
    }
}

/// How much one has to bend the story to take two fragments for one person: 0 not at all, 1 too much.
fn strain(tail: &End, head: &End, frame_size: (u32, u32), link: &LinkSettings) -> f64 {
    let gap = head.seconds - tail.seconds;
    if gap <= 0.0 || gap > link.window {
        return f64::INFINITY;
    }
    // Who walked out of the picture is gone, and who walks into it is new: no motion can tell whether it is
    // the same.
    let broken_off = |sense: f64, end: &End, other: &End| {
        end.crosses_the_edge(frame_size, sense, link) && !other.crosses_the_edge(frame_size, sense, link)
    };
    if broken_off(1.0, tail, head) || broken_off(-1.0, head, tail) {
        return f64::INFINITY;
    }
    let height = f64::midpoint(tail.height, head.height);
    let miss = |speed_before: f64, speed_after: f64| {
        let off = |axis: usize| {
            tail.place[axis]
                + tail.velocity[axis] * gap * speed_before
                + head.velocity[axis] * gap * speed_after
                - head.place[axis]
        };
        off(0).hypot(off(1))
    };
    // Either they walked on (as before, as afterwards, or as in between) or they stood still behind what hid
    // them.
    let walked = miss(1.0, 0.0).min(miss(0.0, 1.0)).min(miss(0.5, 0.5));
    let stood = miss(0.0, 0.0);
    let distance = walked.min(stood) / (height * (link.reach + link.reach_growth * gap));
    let size = (tail.height / head.height).ln().abs() / link.height_ratio.ln();
    if distance < 1.0 && size < 1.0 {
        0.75 * distance + 0.25 * size
    } else {
        f64::INFINITY
    }
}

/// How much somebody has to hurry from one fragment to the other: 0 not at all, 1 more than anybody does. Leaving the picture and
/// coming back is no obstacle.
fn haste(tail: &End, head: &End, settings: &TrackerSettings) -> f64 {
    let (link, looks) = (&settings.link, &settings.looks);
    let gap = head.seconds - tail.seconds;
    let size = (tail.height / head.height).ln().abs() / looks.height_ratio.ln();
    let way = (tail.place[0] - head.place[0]).hypot(tail.place[1] - head.place[1]);
    let height = f64::midpoint(tail.height, head.height);
    let haste = way / (height * (link.reach + looks.quickest * gap));
    if gap > 0.0 && gap <= looks.window && haste < 1.0 && size < 1.0 {
        haste
    } else {
        f64::INFINITY
    }
}
