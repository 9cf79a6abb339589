//! How long and how completely one person can be followed in this camera's view. In: ended tracks of people.
//! Out: [`Followability`].
//!
//! **Definitions.** A person is followed from the first to the last point of a track. *Seen share*: points at which the
//! person was detected, of all points, bridged ones included. *Unbroken*: a track without a bridged point. *Edge to
//! edge*: the first and the last box lie within 5 % of the picture's smaller side of an edge of the picture; only of
//! tracks that neither the start nor the end of the item cut off. *Fragments*: tracks that the tracker joined to one.
//! **Units.** Seconds, shares. **Source.** Fragmentation as in CLEAR MOT (Bernardin and Stiefelhagen 2008), but without
//! labels. **Sensitivity.** A higher score threshold bridges more and breaks tracks; a wider margin finds more people
//! edge to edge. **What it cannot tell.** Whether a track is one person: two who meet may be taken for one another.
//! People who enter through a door in the middle of the picture are never edge to edge.

use super::axis::ratio_over_clusters;
use super::settled::{Split, Tally};
use super::watched::InView;
use super::{DisclosurePolicy, EndedTrack, ItemStart, Measure, Measured, Missing, Results, Watched};
use crate::detect::overlap::Rect;
use vsa_record::estimate::{SampledThing, Unit};
use vsa_record::measurements::Followability;
use vsa_statistics::streams::FOLLOWABILITY;

/// How near to an edge of the picture is at the edge, as a share of its smaller side.
const MARGIN: f32 = 0.05;

/// Collects how people were followed.
#[derive(Default)]
pub(super) struct FollowabilityMeasure {
    size: (f32, f32),
    /// Of the present item, and whether they came and went at the edges.
    waiting: Vec<(InView, bool)>,
    people: Tally,
    unbroken: Split,
    fragmented: Split,
    /// Of those who were not cut off.
    edge_to_edge: Split,
    cut_off: Tally,
    /// Per track: seen points, all points, fragments.
    rows: Vec<[f64; 3]>,
}

impl FollowabilityMeasure {
    fn at_edge(&self, rect: &Rect) -> bool {
        let (width, height) = self.size;
        let margin = MARGIN * width.min(height);
        rect.left <= margin
            || rect.top <= margin
            || rect.right >= width - margin
            || rect.bottom >= height - margin
    }
}

impl Measure for FollowabilityMeasure {
    type Found = Followability;

    fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        self.size = (item.width as f32, item.height as f32);
        true
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        let (track, support) = (ended.track, ended.support);
        let (Some(first), Some(last), Some(stay)) =
            (track.points.first(), track.points.last(), InView::of(ended))
        else {
            return;
        };
        let seen = track.seen().count();
        self.people.add(support);
        self.unbroken.add(seen == track.points.len(), support);
        self.fragmented.add(track.fragments > 1, support);
        self.rows
            .push([seen as f64, track.points.len() as f64, f64::from(track.fragments)]);
        let at_edges = self.at_edge(&first.rect) && self.at_edge(&last.rect);
        self.waiting.push((stay, at_edges));
    }

    fn end_item(&mut self, watched: &Watched) {
        for (stay, at_edges) in std::mem::take(&mut self.waiting) {
            if watched.holds_whole(&stay) {
                self.edge_to_edge.add(at_edges, stay.support);
            } else {
                self.cut_off.add(stay.support);
            }
        }
    }

    /// A quantile here must not refine a bin that `dwell` tells of the same tracks.
    fn finish(
        self,
        _watched: &Watched,
        policy: &DisclosurePolicy,
        results: &mut Results,
    ) -> Measured<Followability> {
        let people = self.people.people();
        results.measurements.dwell.found()?;
        let (mut cuts, times) = results.times_in_view.take().ok_or(Missing::NobodyFound)?;
        let ratio = |of: fn(&[f64; 3]) -> [f64; 2], unit, stream| {
            ratio_over_clusters(&self.rows, of, unit, FOLLOWABILITY.at(stream))
        };
        let seen_share = ratio(|row| [row[0], row[1]], Unit::Ratio, 0);
        let fragments = ratio(|row| [row[2], 1.0], Unit::Fragments, 1);
        Ok(Followability {
            people: policy.cell(self.people.all, people),
            fragments_per_person: self.fragmented.cell(policy, fragments),
            followed_seconds: times.quantiles(
                policy,
                &mut cuts,
                Unit::Seconds,
                SampledThing::Tracks,
                FOLLOWABILITY.at(2),
            ),
            seen_share: self.unbroken.cell(policy, seen_share),
            edge_to_edge_share: self.edge_to_edge.share_beside(self.cut_off, policy),
            unbroken_share: self
                .unbroken
                .share_told(policy)
                .unwrap_or_else(|| policy.withheld()),
        })
    }
}
