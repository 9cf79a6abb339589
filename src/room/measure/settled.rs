//! Which tracks count as people, when it is asked how many people stand behind a cell.
//!
//! Tracks overcount people: a person who is lost and found again is two tracks, if the fragments were not joined. For
//! the rule on small cells that is the dangerous side. So only a track that was seen in two frames at least and for a
//! second or more counts as a person there (`people`); what is published as a count of tracks is all of them (`all`).

use super::axis::Support;
use crate::track::track::Track;
use vsa_record::disclosure::{Cell, DisclosurePolicy};
use vsa_record::estimate::{Estimate, SampledThing};

/// Shorter tracks are taken for scraps of others.
const SETTLED_SECONDS: f64 = 1.0;

/// How a track counts.
pub(super) fn support(track: &Track) -> Support {
    if track.seen().count() >= 2 && seconds(track) >= SETTLED_SECONDS {
        Support::Confirmed
    } else {
        Support::Fragment
    }
}

/// Time from the first to the last sighting.
pub(super) fn seconds(track: &Track) -> f64 {
    match (track.points.first(), track.points.last()) {
        (Some(first), Some(last)) => (last.seconds - first.seconds).max(0.0),
        _ => 0.0,
    }
}

/// A count of tracks that knows how many of them count as people.
#[derive(Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) all: u64,
    settled: u64,
}

impl Tally {
    pub(super) fn add(&mut self, support: Support) {
        self.all += 1;
        self.settled += u64::from(support == Support::Confirmed);
    }

    /// People behind this count: the settled tracks; one at least, where there is a track.
    pub(super) fn people(self) -> u64 {
        self.settled.max(u64::from(self.all > 0))
    }
}

/// How many people stand behind something, in footage and in stills.
#[derive(Clone, Copy, Default)]
pub(super) struct Behind {
    pub(super) tracks: Tally,
    /// Most in one still.
    pub(super) crowd: u64,
}

impl Behind {
    pub(super) fn people(self) -> u64 {
        self.tracks.people().max(self.crowd)
    }
}

/// Tracks of which something holds, and all others.
#[derive(Clone, Copy, Default)]
pub(super) struct Split {
    pub(super) with: Tally,
    pub(super) without: Tally,
}

impl Split {
    pub(super) fn add(&mut self, holds: bool, support: Support) {
        let tally = if holds { &mut self.with } else { &mut self.without };
        tally.add(support);
    }

    pub(super) fn all(&self) -> u64 {
        self.with.all + self.without.all
    }

    /// People of both kinds: who knows how many there are and of how many it holds knows of how many it does not.
    pub(super) fn people(&self) -> [u64; 2] {
        [self.with.people(), self.without.people()]
    }

    /// The share of tracks of which it holds. None: there is no track.
    pub(super) fn share(&self) -> Option<Estimate> {
        Estimate::share(self.with.all, self.all(), SampledThing::Tracks)
    }

    /// The same, told.
    pub(super) fn share_told(&self, policy: &DisclosurePolicy) -> Option<Cell<Estimate>> {
        self.share().map(|estimate| self.cell(policy, estimate))
    }

    /// The same beside `others`, of whom it is not known: who knows both knows of these too. Where there are others alone, and
    /// they may not be spoken of, it is not told either that there was nobody else.
    pub(super) fn share_beside(&self, others: Tally, policy: &DisclosurePolicy) -> Option<Cell<Estimate>> {
        let [with, without] = self.people();
        self.share().map_or_else(
            || (!policy.permits(others.people())).then(|| policy.withheld()),
            |estimate| Some(policy.cell_about(estimate, &[with, without, others.people()])),
        )
    }

    /// An estimate that tells of both kinds.
    pub(super) fn cell(&self, policy: &DisclosurePolicy, estimate: Estimate) -> Cell<Estimate> {
        policy.cell_about(estimate, &self.people())
    }
}
