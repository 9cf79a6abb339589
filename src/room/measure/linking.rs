//! Linking sightings by looks: bodies (re-identification) and faces. In: tracks of people, or of faces, with embeddings. Out:
//! how alike one and two look, equal error rate, rank one, mINP, who is found again after a while; of bodies the same after the head was filled black.
//!
//! **Definition, source.** See [`separability`](super::separability): a closed set within one camera's view, in memory.
//! Nobody is identified: there is no list of known people, and none can be given. **Unit.** Shares; similarity is the cosine
//! between embeddings. **Sensitivity.** A higher score threshold leaves clear pictures (large faces) and makes linking look
//! easier. **What it cannot tell.** Linking between cameras or days, which is harder; how a system with a list of photographs
//! would do; who anybody is. A track that wrongly joins two people counts as one person and makes linking look harder; a track
//! of a face lasts seconds, in the same light and pose, which makes matching look easier than it is. Looks have a say in what
//! becomes a track of a body (`track::appearance`): sightings of one person across such a join are not compared, and one in a
//! hundred of the least alike may have been cut off.

use super::separability::{Select, Separability};
use super::{DisclosurePolicy, EndedTrack, Figure, FigureName, Measure, Measured, Missing};
use super::{Reading, Results, Subject, Watched};
use std::collections::BTreeSet;
use vsa_plan::Role;
use vsa_record::caveat::Caveat;
use vsa_statistics::streams::{FACE_MATCHING, REIDENTIFICATION, Streams};

/// One kind of picture of them, and the names of its error rate and its rank one.
struct View {
    pairs: Separability,
    names: [FigureName; 2],
}

/// Collects how those followed can be linked.
pub(super) struct LinkingMeasure {
    of: Subject,
    given: bool,
    whole: View,
    redacted: Option<View>,
    streams: Streams,
}

impl LinkingMeasure {
    pub(super) fn of_bodies(roles: &BTreeSet<Role>) -> Self {
        let redacted = [FigureName::EqualErrorRateRedacted, FigureName::RankOneRedacted];
        Self {
            given: roles.contains(&Role::BodyEmbedding),
            redacted: Some(View {
                pairs: Separability::new(|moment| moment.redacted.as_ref()),
                names: redacted,
            }),
            ..Self::new(Subject::Person, |moment| moment.body.as_ref(), REIDENTIFICATION)
        }
    }

    pub(super) fn of_faces(roles: &BTreeSet<Role>) -> Self {
        Self {
            given: roles.contains(&Role::FaceEmbedding),
            ..Self::new(Subject::Face, |moment| moment.face.as_ref(), FACE_MATCHING)
        }
    }

    fn new(of: Subject, select: Select, streams: Streams) -> Self {
        Self {
            of,
            given: false,
            whole: View {
                pairs: Separability::new(select),
                names: [FigureName::EqualErrorRate, FigureName::RankOne],
            },
            redacted: None,
            streams,
        }
    }

    fn views(&mut self) -> impl Iterator<Item = &mut Separability> {
        let views = [&mut self.whole].into_iter().chain(&mut self.redacted);
        views.map(|view| &mut view.pairs)
    }
}

impl Measure for LinkingMeasure {
    type Found = Reading;

    fn follows(&self, subject: Subject) -> bool {
        subject == self.of
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        if let Some(looks) = &ended.looks {
            self.views().for_each(|view| view.track(ended.track, looks));
        }
    }

    fn end_item(&mut self, _watched: &Watched) {
        self.views().for_each(Separability::end_item);
    }

    fn finish(
        self,
        watched: &Watched,
        policy: &DisclosurePolicy,
        results: &mut Results,
    ) -> Measured<Reading> {
        if !self.given {
            return Err(Missing::NoModelGiven);
        }
        watched.somebody(self.of)?;
        if self.of == Subject::Person {
            results.caveats.push(Caveat::PeopleFollowedByLooks);
        }
        let [error, rank] = self.whole.names;
        let found = self.whole.pairs.finish(policy, self.streams)?;
        let mut figures = vec![Figure::new(error, found.equal_error)];
        figures.extend(found.rank_one.map(|cell| Figure::new(rank, cell)));
        figures.extend(
            found
                .gallery
                .map(|cell| Figure::new(FigureName::GallerySize, cell)),
        );
        let penalty = found.inverse_penalty;
        figures.extend(penalty.map(|cell| Figure::new(FigureName::MeanInversePenalty, cell)));
        for (after, share) in found.again {
            figures.extend(share.map(|cell| Figure::new(FigureName::FoundAgainShare, cell).at(after)));
        }
        let distributions = found.distributions.into();
        // Its distributions would be told beside those above without a name of their own; its gallery is the same.
        if let Some(View { pairs, names }) = self.redacted
            && let Ok(found) = pairs.finish(policy, self.streams.skip(4))
        {
            figures.push(Figure::new(names[0], found.equal_error));
            figures.extend(found.rank_one.map(|cell| Figure::new(names[1], cell)));
        }
        Ok(Reading {
            figures,
            distributions,
        })
    }
}
