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

use super::axis::{Axis, Standing};
use super::dwell::CUT_OFF_SECONDS;
use super::settled::{Tally, standing};
use crate::detect::overlap::Rect;
use crate::track::track::Track;
use vsa_record::disclosure::{Cell, DisclosurePolicy};
use vsa_record::estimate::{Estimate, SampleSize, SampledThing, Unit};
use vsa_record::measurements::{Followability, Outcome};
use vsa_record::partition::Cuts;
use vsa_statistics::interval::wilson;
use vsa_statistics::streams::{FOLLOWABILITY, Stream};

/// How near to an edge of the picture is at the edge, as a share of its smaller side.
const MARGIN: f32 = 0.05;

/// A track of the present item, whose end is not known yet.
struct Waiting {
    first: f64,
    last: f64,
    at_edges: bool,
    standing: Standing,
}

/// Collects how people were followed.
pub(super) struct FollowabilityMeasure {
    size: (f32, f32),
    in_sequence: bool,
    first_seconds: Option<f64>,
    last_seconds: f64,
    waiting: Vec<Waiting>,
    people: Tally,
    unbroken: Tally,
    broken: Tally,
    fragmented: Tally,
    whole: Tally,
    edge_to_edge: Tally,
    not_edge_to_edge: Tally,
    cut_off: Tally,
    /// Per track: seen points, all points, fragments.
    rows: Vec<[f64; 3]>,
}

impl FollowabilityMeasure {
    pub(super) fn new() -> Self {
        Self {
            size: (0.0, 0.0),
            in_sequence: false,
            first_seconds: None,
            last_seconds: 0.0,
            waiting: Vec::new(),
            people: Tally::default(),
            unbroken: Tally::default(),
            broken: Tally::default(),
            fragmented: Tally::default(),
            whole: Tally::default(),
            edge_to_edge: Tally::default(),
            not_edge_to_edge: Tally::default(),
            cut_off: Tally::default(),
            rows: Vec::new(),
        }
    }

    pub(super) fn start_item(&mut self, width: u32, height: u32, in_sequence: bool) {
        self.size = (width as f32, height as f32);
        self.in_sequence = in_sequence;
        self.first_seconds = None;
        self.last_seconds = 0.0;
    }

    pub(super) fn frame(&mut self, seconds: f64) {
        self.first_seconds.get_or_insert(seconds);
        self.last_seconds = self.last_seconds.max(seconds);
    }

    pub(super) fn person(&mut self, track: &Track) {
        let (true, Some(first), Some(last)) = (self.in_sequence, track.points.first(), track.points.last())
        else {
            return;
        };
        let standing = standing(track);
        let seen = track.points.iter().filter(|point| point.seen).count();
        self.people.add(standing);
        if seen == track.points.len() {
            &mut self.unbroken
        } else {
            &mut self.broken
        }
        .add(standing);
        if track.fragments > 1 {
            &mut self.fragmented
        } else {
            &mut self.whole
        }
        .add(standing);
        self.rows
            .push([seen as f64, track.points.len() as f64, f64::from(track.fragments)]);
        self.waiting.push(Waiting {
            first: first.seconds,
            last: last.seconds,
            at_edges: self.at_edge(&first.rect) && self.at_edge(&last.rect),
            standing,
        });
    }

    fn at_edge(&self, rect: &Rect) -> bool {
        let (width, height) = self.size;
        let margin = MARGIN * width.min(height);
        rect.left <= margin
            || rect.top <= margin
            || rect.right >= width - margin
            || rect.bottom >= height - margin
    }

    pub(super) fn end_item(&mut self) {
        let start = self.first_seconds.unwrap_or(0.0);
        for track in std::mem::take(&mut self.waiting) {
            let whole =
                track.first - start > CUT_OFF_SECONDS && self.last_seconds - track.last > CUT_OFF_SECONDS;
            let tally = match (whole, track.at_edges) {
                (false, _) => &mut self.cut_off,
                (true, true) => &mut self.edge_to_edge,
                (true, false) => &mut self.not_edge_to_edge,
            };
            tally.add(track.standing);
        }
    }

    /// `times` and `cuts`: the axis of time in view and what `dwell` publishes of it; the same tracks, so that a
    /// quantile here must not refine a bin there. `missing`: why there are no tracks, where there are none.
    pub(super) fn finish<T>(
        self,
        policy: &DisclosurePolicy,
        dwell: &Outcome<T>,
        mut cuts: Cuts,
        times: &Axis,
    ) -> Outcome<Followability> {
        if let Outcome::NotMeasured { missing } = dwell {
            return Outcome::NotMeasured { missing: *missing };
        }
        let people = self.people.people();
        let seen_share = self.ratio(&|row| (row[0], row[1]), Unit::Ratio, FOLLOWABILITY.at(0));
        let fragments = self.ratio(&|row| (row[2], 1.0), Unit::Fragments, FOLLOWABILITY.at(1));
        let (edge, inside) = (self.edge_to_edge, self.not_edge_to_edge);
        let groups = [edge.people(), inside.people(), self.cut_off.people()];
        Outcome::Measured(Followability {
            people: policy.cell(self.people.all, people),
            fragments_per_person: policy
                .cell_about(fragments, &[self.fragmented.people(), self.whole.people()]),
            followed_seconds: times.quantiles(
                policy,
                &mut cuts,
                Unit::Seconds,
                SampledThing::Tracks,
                FOLLOWABILITY.at(2),
            ),
            seen_share: policy.cell_about(seen_share, &[self.broken.people(), self.unbroken.people()]),
            // Where few were cut off, it is not told either that there was nobody else.
            edge_to_edge_share: share(edge.all, edge.all + inside.all).map_or_else(
                || (!policy.permits(people)).then(|| policy.withheld()),
                |estimate| Some(policy.cell_about(estimate, &groups)),
            ),
            unbroken_share: share(self.unbroken.all, self.people.all).map_or_else(
                || policy.withheld(),
                |estimate| -> Cell<Estimate> {
                    policy.cell_about(estimate, &[self.broken.people(), self.unbroken.people()])
                },
            ),
        })
    }

    /// A ratio of sums over tracks.
    fn ratio(&self, of: &dyn Fn(&[f64; 3]) -> (f64, f64), unit: Unit, stream: Stream) -> Estimate {
        super::axis::ratio_over_clusters(&self.rows, of, unit, stream)
    }
}

/// A share of tracks with Wilson's interval.
pub(super) fn share(hits: u64, n: u64) -> Option<Estimate> {
    let interval = wilson(hits as f64, n as f64)?.into();
    let sample = SampleSize {
        n,
        of: SampledThing::Tracks,
    };
    Some(Estimate {
        value: hits as f64 / n as f64,
        unit: Unit::Ratio,
        interval,
        sample,
    })
}
