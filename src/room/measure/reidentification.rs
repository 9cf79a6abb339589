//! Linking by the body's appearance. In: tracks of people with embeddings of their bodies. Out: how alike one person and
//! two people look, equal error rate, rank one, and the same after the head was filled black.
//!
//! **Definition, source.** See [`separability`](super::separability); pairs within one camera's view. **Unit.** Shares;
//! similarity is the cosine between embeddings. **Sensitivity.** A higher score threshold leaves clear pictures and makes
//! linking look easier. **What it cannot tell.** Linking between cameras or days, which is harder; a track that wrongly
//! joins two people counts as one person and makes linking look harder. Nobody is identified: there is no list of people.

use super::separability::{Separability, Separated};
use super::watched::Watched;
use super::{EndedTrack, Measure, Results};
use std::collections::BTreeSet;
use vsa_plan::{Role, Subject};
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::measurements::Missing;
use vsa_record::reading::{Capability, Distribution, Figure, FigureName, Reading};
use vsa_statistics::streams::REIDENTIFICATION;

/// Collects how bodies can be linked.
pub(super) struct ReidentificationMeasure {
    given: bool,
    anybody: bool,
    whole: Separability,
    redacted: Separability,
}

impl ReidentificationMeasure {
    pub(super) fn new(roles: &BTreeSet<Role>) -> Self {
        Self {
            given: roles.contains(&Role::BodyEmbedding),
            anybody: false,
            whole: Separability::new(|moment| moment.body.as_ref()),
            redacted: Separability::new(|moment| moment.redacted.as_ref()),
        }
    }
}

impl Measure for ReidentificationMeasure {
    fn track(&mut self, ended: &EndedTrack<'_>) {
        self.anybody = true;
        if let Some(looks) = &ended.looks {
            self.whole.track(ended.track, looks);
            self.redacted.track(ended.track, looks);
        }
    }

    fn end_item(&mut self, _watched: &Watched) {
        self.whole.end_item();
        self.redacted.end_item();
    }

    fn finish(self: Box<Self>, watched: &Watched, policy: &DisclosurePolicy, results: &mut Results) {
        results.read(Capability::Reidentification, self.reading(watched, policy));
    }
}

impl ReidentificationMeasure {
    fn reading(self, watched: &Watched, policy: &DisclosurePolicy) -> Result<Reading, Missing> {
        if !self.given {
            return Err(Missing::NoModelGiven);
        }
        watched.followed(Subject::Person, self.anybody)?;
        let mut reading = Reading::default();
        let names = [FigureName::EqualErrorRate, FigureName::RankOne];
        push(
            &mut reading,
            names,
            self.whole.finish(policy, REIDENTIFICATION)?,
            true,
        );
        let names = [FigureName::EqualErrorRateRedacted, FigureName::RankOneRedacted];
        // Its distributions would be told beside those above without a name of their own.
        if let Ok(found) = self.redacted.finish(policy, REIDENTIFICATION.skip(4)) {
            push(&mut reading, names, found, false);
        }
        Ok(reading)
    }
}

/// Adds what came out, under the names of its error rate and its rank one; `whole`: with gallery and distributions.
pub(super) fn push(reading: &mut Reading, names: [FigureName; 2], found: Separated, whole: bool) {
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
