//! Ratios of tracking, last. In: summed [`TrackCounts`]. Out: figures as `TrackEval` 1.3 combines them over sequences.

use super::track_counts::{ALPHAS, HotaCounts, TrackCounts};
use vsa_record::scores::FigureName;

/// Figures that are ratios of sums, in the order in which they are reported.
pub(crate) const RATIOS: [FigureName; 21] = [
    FigureName::Hota,
    FigureName::DetA,
    FigureName::AssA,
    FigureName::DetRe,
    FigureName::DetPr,
    FigureName::AssRe,
    FigureName::AssPr,
    FigureName::LocA,
    FigureName::Owta,
    FigureName::Hota0,
    FigureName::LocA0,
    FigureName::HotaLocA0,
    FigureName::Mota,
    FigureName::Motp,
    FigureName::Moda,
    FigureName::Smota,
    FigureName::ClearRecall,
    FigureName::ClearPrecision,
    FigureName::Idf1,
    FigureName::IdPrecision,
    FigureName::IdRecall,
];

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

/// The values of [`RATIOS`].
pub(crate) fn ratios(counts: &TrackCounts) -> [f64; RATIOS.len()] {
    let alphas: Vec<AtAlpha> = counts.hota.iter().map(|at| AtAlpha::of(counts, at)).collect();
    let mean = |of: &dyn Fn(&AtAlpha) -> f64| alphas.iter().map(of).sum::<f64>() / ALPHAS as f64;
    let labels = counts.labels.max(1.0);
    let false_positives = counts.tracked - counts.matched;
    [
        mean(&AtAlpha::hota),
        mean(&|at| at.det_a),
        mean(&|at| at.ass_a),
        mean(&|at| at.det_re),
        mean(&|at| at.det_pr),
        mean(&|at| at.ass_re),
        mean(&|at| at.ass_pr),
        mean(&|at| at.loc_a),
        mean(&|at| (at.det_re * at.ass_a).sqrt()),
        alphas[0].hota(),
        alphas[0].loc_a,
        alphas[0].hota() * alphas[0].loc_a,
        (counts.matched - false_positives - counts.switches) / labels,
        counts.overlap_sum / counts.matched.max(1.0),
        (counts.matched - false_positives) / labels,
        (counts.overlap_sum - false_positives - counts.switches) / labels,
        counts.matched / labels,
        counts.matched / counts.tracked.max(1.0),
        2.0 * counts.identified / (counts.labels + counts.tracked).max(1.0),
        counts.identified / counts.tracked.max(1.0),
        counts.identified / labels,
    ]
}
