//! Linking by the body's appearance. In: tracks of people with embeddings of their bodies. Out: how alike one person and
//! two people look, equal error rate, rank one, and the same after the head was filled black.
//!
//! **Definition, source.** See [`separability`](super::separability); pairs within one camera's view. **Unit.** Shares;
//! similarity is the cosine between embeddings. **Sensitivity.** A higher score threshold leaves clear pictures and makes
//! linking look easier. **What it cannot tell.** Linking between cameras or days, which is harder; a track that wrongly
//! joins two people counts as one person and makes linking look harder. Nobody is identified: there is no list of people.

use super::separability::{Separability, Separated};
use super::{EndedDescribed, EndedTrack, ItemStart, Measure, Results, Seen};
use std::collections::BTreeSet;
use vsa_plan::{Role, Subject};
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::measurements::{Missing, Outcome};
use vsa_record::reading::{Capability, Distribution, Figure, FigureName, Reading};
use vsa_statistics::streams::REIDENTIFICATION;

/// What had to be there for a measure of looks, and was.
#[derive(Default)]
pub(super) struct Conditions {
    given: bool,
    frames: u64,
    looked_for: bool,
    sequence: bool,
    tracks: u64,
}

impl Conditions {
    /// `given`: the model that describes is there, or none is needed.
    pub(super) fn new(given: bool) -> Self {
        Self {
            given,
            ..Self::default()
        }
    }

    pub(super) fn start_item(&mut self, item: &ItemStart<'_>) {
        self.sequence |= item.in_sequence;
    }

    pub(super) fn frame(&mut self, looked_for: bool) {
        self.frames += 1;
        self.looked_for |= looked_for;
    }

    pub(super) fn track(&mut self) {
        self.tracks += 1;
    }

    /// What was missing, the first thing first; `finder`: what to say where nobody was looked for.
    pub(super) fn missing(&self, finder: Missing) -> Option<Missing> {
        [
            (!self.given, Missing::NoModelGiven),
            (self.frames == 0, Missing::NoFrames),
            (!self.looked_for, finder),
            (!self.sequence, Missing::NoSequence),
            (self.tracks == 0, Missing::NobodyFound),
        ]
        .into_iter()
        .find_map(|(applies, missing)| applies.then_some(missing))
    }
}

/// Collects how bodies can be linked.
pub(super) struct ReidentificationMeasure {
    conditions: Conditions,
    whole: Separability,
    redacted: Separability,
}

impl ReidentificationMeasure {
    pub(super) fn new(roles: &BTreeSet<Role>) -> Self {
        Self {
            conditions: Conditions::new(roles.contains(&Role::BodyEmbedding)),
            whole: Separability::new(|moment| moment.body.as_ref()),
            redacted: Separability::new(|moment| moment.redacted.as_ref()),
        }
    }
}

impl Measure for ReidentificationMeasure {
    fn start_item(&mut self, item: &ItemStart<'_>) {
        self.conditions.start_item(item);
    }

    fn frame(&mut self, seen: &Seen<'_>) {
        self.conditions.frame(seen.people.is_some());
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        if ended.subject == Subject::Person {
            self.conditions.track();
        }
    }

    fn described(&mut self, ended: &EndedDescribed<'_>) {
        if ended.subject == Subject::Person {
            self.whole.track(ended.track, &ended.descriptions);
            self.redacted.track(ended.track, &ended.descriptions);
        }
    }

    fn end_item(&mut self) {
        self.whole.end_item();
        self.redacted.end_item();
    }

    fn finish(self: Box<Self>, policy: &DisclosurePolicy, results: &mut Results) {
        let missing = self.conditions.missing(Missing::NoPersonModel);
        let outcome = if let Some(missing) = missing {
            Outcome::NotMeasured { missing }
        } else if !self.whole.suffices() {
            Outcome::NotMeasured {
                missing: Missing::TooFewTracks,
            }
        } else {
            let mut reading = Reading::default();
            let names = [FigureName::EqualErrorRate, FigureName::RankOne];
            push(
                &mut reading,
                names,
                self.whole.finish(policy, REIDENTIFICATION),
                true,
            );
            let names = [FigureName::EqualErrorRateRedacted, FigureName::RankOneRedacted];
            if self.redacted.suffices() {
                // Its distributions would be told beside those above without a name of their own.
                push(
                    &mut reading,
                    names,
                    self.redacted.finish(policy, REIDENTIFICATION.skip(4)),
                    false,
                );
            }
            Outcome::Measured(reading)
        };
        results.readings.insert(Capability::Reidentification, outcome);
    }
}

/// Adds what came out, under the names of its error rate and its rank one; `whole`: with gallery and distributions.
pub(super) fn push(reading: &mut Reading, names: [FigureName; 2], found: Option<Separated>, whole: bool) {
    let Some(found) = found else { return };
    let [error, rank] = names;
    reading.figures.push(Figure::new(error, found.equal_error));
    reading
        .figures
        .extend(found.rank_one.map(|cell| Figure::new(rank, cell)));
    if whole {
        let gallery = found
            .gallery
            .map(|cell| Figure::new(FigureName::GallerySize, cell));
        reading.figures.extend(gallery);
        let distributions: [Distribution; 2] = found.distributions;
        reading.distributions.extend(distributions);
    }
}
