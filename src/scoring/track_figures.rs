//! Ratios of tracking, last. In: summed [`TrackCounts`]. Out: figures as `TrackEval` 1.3 combines them over sequences.

use super::track_counts::{ALPHAS, HotaCounts, TrackCounts};
use vsa_record::scores::FigureName;

/// The measures of HOTA at one overlap.
struct AtAlpha {
    det_a: f64,
    ass_a: f64,
    det_re: f64,
    det_pr: f64,
    ass_re: f64,
    ass_pr: f64,
    loc_a: f64,
}

impl AtAlpha {
    fn of(counts: &TrackCounts, at: &HotaCounts) -> Self {
        let matched = at.matched.max(1.0);
        Self {
            det_a: at.matched / (counts.labels + counts.tracked - at.matched).max(1.0),
            ass_a: at.association / matched,
            det_re: at.matched / counts.labels.max(1.0),
            det_pr: at.matched / counts.tracked.max(1.0),
            ass_re: at.association_recall / matched,
            ass_pr: at.association_precision / matched,
            loc_a: at.overlap_sum.max(1e-10) / at.matched.max(1e-10),
        }
    }

    fn hota(&self) -> f64 {
        (self.det_a * self.ass_a).sqrt()
    }
}

/// HOTA at each overlap.
pub(crate) fn hota_by_alpha(counts: &TrackCounts) -> [f64; ALPHAS] {
    std::array::from_fn(|at| AtAlpha::of(counts, &counts.hota[at]).hota())
}

/// Summed counts, with what is read off them more than once.
pub(crate) struct Summed<'a> {
    counts: &'a TrackCounts,
    alphas: [AtAlpha; ALPHAS],
    labels: f64,
    tracked: f64,
    false_positives: f64,
}

impl Summed<'_> {
    fn mean(&self, of: impl Fn(&AtAlpha) -> f64) -> f64 {
        self.alphas.iter().map(of).sum::<f64>() / ALPHAS as f64
    }
}

/// A figure, and how it follows from the sums.
type Ratio = (FigureName, fn(&Summed) -> f64);

/// Figures that are ratios of sums, in the order in which they are reported.
pub(crate) const RATIOS: [Ratio; 21] = [
    (FigureName::Hota, |of| of.mean(AtAlpha::hota)),
    (FigureName::DetA, |of| of.mean(|at| at.det_a)),
    (FigureName::AssA, |of| of.mean(|at| at.ass_a)),
    (FigureName::DetRe, |of| of.mean(|at| at.det_re)),
    (FigureName::DetPr, |of| of.mean(|at| at.det_pr)),
    (FigureName::AssRe, |of| of.mean(|at| at.ass_re)),
    (FigureName::AssPr, |of| of.mean(|at| at.ass_pr)),
    (FigureName::LocA, |of| of.mean(|at| at.loc_a)),
    (FigureName::Owta, |of| of.mean(|at| (at.det_re * at.ass_a).sqrt())),
    (FigureName::Hota0, |of| of.alphas[0].hota()),
    (FigureName::LocA0, |of| of.alphas[0].loc_a),
    (FigureName::HotaLocA0, |of| {
        of.alphas[0].hota() * of.alphas[0].loc_a
    }),
    (FigureName::Mota, |of| {
        (of.counts.matched - of.false_positives - of.counts.switches) / of.labels
    }),
    (FigureName::Motp, |of| {
        of.counts.overlap_sum / of.counts.matched.max(1.0)
    }),
    (FigureName::Moda, |of| {
        (of.counts.matched - of.false_positives) / of.labels
    }),
    (FigureName::Smota, |of| {
        (of.counts.overlap_sum - of.false_positives - of.counts.switches) / of.labels
    }),
    (FigureName::ClearRecall, |of| of.counts.matched / of.labels),
    (FigureName::ClearPrecision, |of| of.counts.matched / of.tracked),
    (FigureName::Idf1, |of| {
        2.0 * of.counts.identified / (of.counts.labels + of.counts.tracked).max(1.0)
    }),
    (FigureName::IdPrecision, |of| of.counts.identified / of.tracked),
    (FigureName::IdRecall, |of| of.counts.identified / of.labels),
];

/// The values of [`RATIOS`].
pub(crate) fn ratios(counts: &TrackCounts) -> [f64; RATIOS.len()] {
    let summed = Summed {
        counts,
        alphas: counts.hota.map(|at| AtAlpha::of(counts, &at)),
        labels: counts.labels.max(1.0),
        tracked: counts.tracked.max(1.0),
        false_positives: counts.tracked - counts.matched,
    };
    RATIOS.map(|(_, of)| of(&summed))
}
