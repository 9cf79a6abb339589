//! The interface that the pipeline uses: frames' detections in, finished tracks out.
//!
//! ByteTrack's two rounds (Zhang et al., ECCV 2022): sure detections choose first, doubtful ones may continue
//! what is left but prove nothing by themselves. Unlike ByteTrack this is an auditor's tracker, which need
//! not answer at once: a track may begin with a doubtful detection, on trial, and counts only once it has
//! enough evidence; ended fragments wait in [`super::link`] until nobody can continue them any more.
//!
//! One tracker follows one subject in one item of footage. A frame whose number is not greater than the last
//! one's is ignored (it was looked at already); a time that runs backwards, or is no number, is taken for the
//! time of the frame before: a broken clock must not cost the audit its tracks.

use super::appearance::Appearance;
use super::association::{Expected, associate, in_order};
use super::fragment::{Fragment, Moment};
use super::link::Linker;
use super::settings::TrackerSettings;
use super::track::DescribedTrack;
#[cfg(test)]
use super::track::Track;
use crate::describe::describer::Described;
use crate::describe::description::Description;
use crate::detect::detection::Detection;
use crate::detect::overlap::iou;

/// Follows the detections of one subject through one item of footage.
pub(crate) struct Tracker {
    settings: TrackerSettings,
    now: Option<Moment>,
    next_id: u64,
    /// In order of birth.
    alive: Vec<Fragment>,
    linker: Linker,
    appearance: Appearance,
}

impl Tracker {
    /// For footage that begins now.
    pub(crate) const fn new(settings: TrackerSettings, frame_size: (u32, u32)) -> Self {
        Self {
            settings,
            now: None,
            next_id: 0,
            alive: Vec::new(),
            linker: Linker::new(frame_size),
            appearance: Appearance::new(),
        }
    }

    /// Takes in one looked-at frame in which nobody was described.
    #[cfg(test)]
    pub(crate) fn update(&mut self, frame_index: u64, seconds: f64, detections: &[Detection]) {
        self.update_described(frame_index, seconds, detections, &mut Vec::new());
    }

    /// Takes in one looked-at frame. `described`: what the detections looked like, by their places; those that a track
    /// takes are moved out.
    pub(crate) fn update_described(
        &mut self,
        frame_index: u64,
        seconds: f64,
        detections: &[Detection],
        described: &mut Described,
    ) {
        let Some((moment, elapsed)) = self.step(frame_index, seconds) else {
            return;
        };
        self.linker.note_frame(moment);
        for fragment in &mut self.alive {
            fragment.advance(&self.settings, moment, elapsed);
        }
        self.give_up_on_the_lost(moment);
        let candidates = in_order(detections, self.settings.low_score);
        let mut sighted = Sighted {
            moment,
            detections,
            described,
        };
        let taken = self.continue_fragments(&candidates, &mut sighted);
        self.begin_fragments(&candidates, &taken, &mut sighted);
        self.look(moment);
        let sight = (&self.alive[..], &self.appearance);
        self.linker.decide(moment.seconds, sight, &self.settings);
    }

    /// Cuts the fragments that went over to somebody else, and learns from the looks of the others.
    fn look(&mut self, moment: Moment) {
        let looks = &self.settings.looks;
        let is_described = |fragment: &Fragment| fragment.missed() == 0 && fragment.newest().is_some();
        let described: Vec<usize> = (0..self.alive.len())
            .filter(|&at| is_described(&self.alive[at]) && self.alive[at].last_seen() >= moment.seconds)
            .collect();
        for &at in &described {
            let fragment = &mut self.alive[at];
            fragment.settle(&mut self.appearance, looks);
            if let Some(before) = fragment.turned(self.next_id, &self.appearance, &self.settings) {
                self.next_id += 1;
                self.linker.add(before, &self.settings);
            }
        }
        let here: Vec<&Fragment> = described.iter().map(|&at| &self.alive[at]).collect();
        self.appearance.note_together(&here, looks);
    }

    /// As [`Self::drain_described`], the tracks alone.
    #[cfg(test)]
    pub(crate) fn drain_ended(&mut self) -> Vec<Track> {
        tracks(self.drain_described())
    }

    /// As [`Self::finish_described`], the tracks alone.
    #[cfg(test)]
    pub(crate) fn finish(self) -> Vec<Track> {
        tracks(self.finish_described())
    }

    /// The tracks that have ended for good since the last call, in order of their first sighting.
    pub(crate) fn drain_described(&mut self) -> Vec<DescribedTrack> {
        self.linker.drain(&self.settings)
    }

    /// The footage is over: all that is left, in order of the first sighting.
    pub(crate) fn finish_described(mut self) -> Vec<DescribedTrack> {
        for fragment in std::mem::take(&mut self.alive) {
            self.linker.add(fragment, &self.settings);
        }
        self.linker
            .decide(f64::INFINITY, (&[], &self.appearance), &self.settings);
        self.linker.drain(&self.settings)
    }

    fn step(&mut self, frame: u64, seconds: f64) -> Option<(Moment, f64)> {
        let told = seconds.is_finite().then_some(seconds);
        let (seconds, elapsed) = match self.now {
            None => (told.unwrap_or(0.0), 0.0),
            Some(before) if frame <= before.frame => return None,
            Some(before) => {
                let seconds = told.map_or(before.seconds, |told| told.max(before.seconds));
                (seconds, seconds - before.seconds)
            }
        };
        let moment = Moment { frame, seconds };
        self.now = Some(moment);
        Some((moment, elapsed))
    }

    fn give_up_on_the_lost(&mut self, now: Moment) {
        let settings = &self.settings;
        let is_lost = |fragment: &mut Fragment| {
            let absent = now.seconds - fragment.last_seen();
            let missed = fragment.missed() - 1; // this frame has not been looked at yet
            // On trial a fragment must show itself soon: it has not earned much patience.
            if fragment.is_established(settings) {
                let forgotten = missed >= settings.patience_frames as usize && absent > settings.patience;
                forgotten || absent > settings.link.window
            } else {
                missed > 0 && absent > settings.trial_patience
            }
        };
        for fragment in self.alive.extract_if(.., is_lost) {
            self.linker.add(fragment, settings);
        }
    }

    /// Gives detections to fragments; true at each candidate that was given.
    fn continue_fragments(&mut self, candidates: &[&Detection], sighted: &mut Sighted<'_>) -> Vec<bool> {
        let mut taken = vec![false; candidates.len()];
        let settings = self.settings;
        let (established, on_trial): (Vec<usize>, Vec<usize>) =
            (0..self.alive.len()).partition(|&at| self.alive[at].is_established(&settings));
        let recent: Vec<usize> = established
            .iter()
            .copied()
            .filter(|&at| self.alive[at].missed() == 1)
            .collect();
        // Sure detections choose first; every candidate reaches the low score.
        let rounds = [
            (established, settings.overlap, settings.high_score),
            (recent, settings.doubtful_overlap, settings.low_score),
            (on_trial, settings.doubtful_overlap, settings.low_score),
        ];
        for (fragments, least_overlap, least_score) in rounds {
            self.round(
                &fragments,
                candidates,
                &mut taken,
                sighted,
                least_overlap,
                least_score,
            );
        }
        taken
    }

    /// Fragments that are not sighted yet take those of the candidates that are left and score high enough.
    fn round(
        &mut self,
        fragments: &[usize],
        candidates: &[&Detection],
        taken: &mut [bool],
        sighted: &mut Sighted<'_>,
        least_overlap: f64,
        least_score: f32,
    ) {
        let free: Vec<usize> = (0..candidates.len())
            .filter(|&at| !taken[at] && candidates[at].score >= least_score)
            .collect();
        let waiting: Vec<usize> = fragments
            .iter()
            .copied()
            .filter(|&at| self.alive[at].missed() > 0)
            .collect();
        let expected: Vec<Expected<'_>> = waiting.iter().map(|&at| self.expected(&self.alive[at])).collect();
        let offered: Vec<&Detection> = free.iter().map(|&at| candidates[at]).collect();
        let pairs = associate(&expected, &offered, least_overlap, &self.settings);
        for (row, column) in pairs {
            taken[free[column]] = true;
            let fragment = &mut self.alive[waiting[row]];
            fragment.sight(&self.settings, sighted.moment, offered[column]);
            fragment.describe(sighted.take(offered[column]));
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "boxes are kept in single precision"
    )]
    fn expected<'track>(&self, fragment: &'track Fragment) -> Expected<'track> {
        let motion = &fragment.motion;
        let margin = (self.settings.widening * motion.spread()).min(self.settings.widest * motion.height());
        Expected {
            motion,
            rect: motion.rect(),
            margin: margin as f32,
        }
    }

    fn begin_fragments(&mut self, candidates: &[&Detection], taken: &[bool], sighted: &mut Sighted<'_>) {
        let both = candidates.iter().zip(taken);
        let (here, left): (Vec<_>, Vec<_>) = both.partition(|(_, taken)| **taken);
        for (candidate, _) in left {
            let doubled = here.iter().any(|(other, _)| {
                f64::from(iou(&other.rect, &candidate.rect)) > self.settings.duplicate_overlap
            });
            if candidate.score >= self.settings.begin_score && !doubled {
                let mut fragment = Fragment::new(self.next_id, &self.settings, sighted.moment, candidate);
                fragment.describe(sighted.take(candidate));
                self.alive.push(fragment);
                self.next_id += 1;
            }
        }
    }
}

/// The detections of a frame, when it was, and what they looked like.
struct Sighted<'frame> {
    moment: Moment,
    detections: &'frame [Detection],
    described: &'frame mut Described,
}

impl Sighted<'_> {
    /// Moves out what a detection looked like. Candidates are references into the frame's detections, and that is how
    /// the place of one is found: two detections may be equal in every number.
    fn take(&mut self, candidate: &Detection) -> Option<Box<Description>> {
        if self.described.is_empty() {
            return None;
        }
        let at = self
            .detections
            .iter()
            .position(|detection| std::ptr::eq(detection, candidate))?;
        self.described.get_mut(at)?.take()
    }
}

#[cfg(test)]
fn tracks(described: Vec<DescribedTrack>) -> Vec<Track> {
    described.into_iter().map(|described| described.track).collect()
}
