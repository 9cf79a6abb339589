//! The figures and curves of a detector. In: paired pictures and what was counted. Out: COCO's twelve, average precision by
//! height and as VOC defines it, precision and recall, false alarms, miss rate, calibration.

use super::at_threshold::AtThreshold;
use super::clusters::Clusters;
use super::coco::{self, Coco, HEIGHT_EDGES, Weights};
use super::figure::{self, Maker, RATE, SHARE};
use super::pair::Paired;
use super::people::People;
use super::ranking::Ranking;
use super::request::EvaluateRequest;
use super::voc;
use crate::record::curve::{Curve, CurveName, CurvePoint};
use crate::record::estimate::Unit;
use crate::record::scores::{Check, Figure, FigureName, Heights, NoFigure};

/// Points of a written curve.
const CURVE_POINTS: usize = 200;

pub(super) const TWELVE: [(FigureName, usize); coco::FIGURES] = [
    (FigureName::Ap, 0),
    (FigureName::Ap50, 0),
    (FigureName::Ap75, 0),
    (FigureName::ApSmall, 1),
    (FigureName::ApMedium, 2),
    (FigureName::ApLarge, 3),
    (FigureName::Ar1, 0),
    (FigureName::Ar10, 0),
    (FigureName::Ar100, 0),
    (FigureName::ArSmall, 1),
    (FigureName::ArMedium, 2),
    (FigureName::ArLarge, 3),
];

/// Everything that figures of a detector are read off, for any weighting of the pictures.
pub(super) struct Detector<'a> {
    coco: Coco,
    voc: Vec<Ranking>,
    at: &'a AtThreshold,
}

impl<'a> Detector<'a> {
    pub(super) fn of(paired: &Paired, at: &'a AtThreshold, overlap: f64) -> Self {
        Self {
            coco: Coco::of(paired),
            voc: (0..paired.classes.len())
                .map(|class| voc::rank(&paired.pictures, class, overlap))
                .collect(),
            at,
        }
    }

    /// The twelve, then the bands of height, then VOC's.
    pub(super) fn of_ranking(&self, weights: Weights) -> Vec<Option<f64>> {
        let mut values = self.coco.figures(weights).to_vec();
        values.extend((0..=HEIGHT_EDGES.len()).map(|band| self.coco.of_heights(band, weights)));
        let areas: Vec<f64> = self
            .voc
            .iter()
            .filter_map(|ranking| voc::area(ranking, weights))
            .collect();
        values.push((!areas.is_empty()).then(|| areas.iter().sum::<f64>() / areas.len() as f64));
        values
    }

    /// Labels behind each value of [`of_ranking`](Self::of_ranking).
    pub(super) fn labels_of_ranking(&self) -> Vec<u64> {
        let mut labels: Vec<u64> = TWELVE
            .iter()
            .map(|(_, range)| self.coco.labels_of_areas(*range))
            .collect();
        labels.extend((0..=HEIGHT_EDGES.len()).map(|band| self.coco.labels_of_heights(band)));
        labels.push(self.voc.iter().map(Ranking::label_count).sum());
        labels
    }

    /// In the order of [`OF_THRESHOLD`].
    pub(super) fn of_threshold(&self, weights: Weights) -> Vec<Option<f64>> {
        let sums = self.at.sums(weights);
        vec![
            sums.precision(),
            sums.recall(),
            sums.f1(),
            sums.wrong_per_picture(),
            sums.wrong_per_hour(),
            self.at.log_average_miss_rate(weights),
            self.at.calibration_error(weights),
        ]
    }
}

/// Ratios at a threshold.
pub(super) const OF_THRESHOLD: [FigureName; 7] = [
    FigureName::Precision,
    FigureName::Recall,
    FigureName::F1,
    FigureName::FalsePositivesPerPicture,
    FigureName::FalseAlarmsPerHour,
    FigureName::LogAverageMissRate,
    FigureName::ExpectedCalibrationError,
];

pub(super) fn measure(
    paired: &mut Paired,
    at: &AtThreshold,
    clusters: &Clusters,
    people: &People,
    request: &EvaluateRequest,
    figures: &mut Vec<Figure>,
    curves: &mut Vec<Curve>,
) {
    let maker = Maker {
        clusters,
        people,
        policy: &request.disclosure,
    };
    let detector = Detector::of(paired, at, request.overlap);
    let coco = &detector.coco;
    of_ranking(paired, &detector, &maker, request, figures);
    of_threshold(paired, &detector, &maker, request, figures);
    let point = |(x, y): (f64, f64)| CurvePoint {
        x,
        y,
        low: None,
        high: None,
    };
    let curve = |name, points: Vec<(f64, f64)>| Curve {
        name,
        points: maker.cell(points.into_iter().map(point).collect()),
    };
    if coco.labels_of_areas(0) > 0 && at.score_range().is_some() {
        curves.push(curve(CurveName::PrecisionByRecall, coco.envelope()));
        curves.push(curve(
            CurveName::MissRateByFalsePositives,
            at.miss_rate_curve(CURVE_POINTS),
        ));
    }
    if probabilities(at).is_ok() {
        let points = at
            .reliability(None)
            .into_iter()
            .map(|(_, score, right)| (score, right));
        curves.push(curve(CurveName::PrecisionByScore, points.collect()));
    }
}

fn of_ranking(
    paired: &Paired,
    detector: &Detector,
    maker: &Maker,
    request: &EvaluateRequest,
    figures: &mut Vec<Figure>,
) {
    let (coco, voc) = (&detector.coco, &detector.voc);
    let bands = HEIGHT_EDGES.len() + 1;
    let all = |weights: Weights| detector.of_ranking(weights);
    let values = all(None);
    let replicates = maker.clusters.replicates(request.resamples, |times| {
        all(Some(&maker.clusters.by_picture(times)))
    });
    let replicates_of = |column: usize| replicates.get(column).map_or(&[][..], Vec::as_slice);
    for (column, (name, range)) in TWELVE.into_iter().enumerate() {
        // Areas of shares of a picture cannot be compared with areas in pixels.
        let value = if paired.normalised && range > 0 {
            Err(NoFigure::NoPixels)
        } else {
            values[column].ok_or(NoFigure::NoLabels)
        };
        let sample = figure::labels(coco.labels_of_areas(range) as f64);
        figures.push(maker.drawn(name, value, Unit::Ratio, sample, replicates_of(column), SHARE));
    }
    let edges: Vec<f64> = std::iter::once(0.0).chain(HEIGHT_EDGES).collect();
    for band in 0..bands {
        let column = coco::FIGURES + band;
        let value = if paired.normalised {
            Err(NoFigure::NoPixels)
        } else {
            values[column].ok_or(NoFigure::NoLabels)
        };
        let sample = figure::labels(coco.labels_of_heights(band) as f64);
        let mut figure = maker.drawn(
            FigureName::Ap50OfHeights,
            value,
            Unit::Ratio,
            sample,
            replicates_of(column),
            SHARE,
        );
        figure.heights = Some(Heights {
            from: edges[band],
            below: edges.get(band + 1).copied(),
        });
        figures.push(figure);
    }
    let column = coco::FIGURES + bands;
    let sample = figure::labels(voc.iter().map(Ranking::label_count).sum::<u64>() as f64);
    let value = values[column].ok_or(NoFigure::NoLabels);
    figures.push(maker.drawn(
        FigureName::VocAp,
        value,
        Unit::Ratio,
        sample,
        replicates_of(column),
        SHARE,
    ));
}

fn of_threshold(
    paired: &mut Paired,
    detector: &Detector,
    maker: &Maker,
    request: &EvaluateRequest,
    figures: &mut Vec<Figure>,
) {
    let at = detector.at;
    let sums = at.sums(None);
    let all = |weights: Weights| detector.of_threshold(weights);
    let replicates = maker.clusters.replicates(request.resamples, |times| {
        all(Some(&maker.clusters.by_picture(times)))
    });
    let replicates_of = |column: usize| replicates.get(column).map_or(&[][..], Vec::as_slice);
    let (of_labels, of_found) = (
        figure::labels(sums.labels),
        figure::detections(sums.right + sums.wrong),
    );
    for (name, value, sample) in [
        (FigureName::TruePositives, sums.right, of_labels),
        (FigureName::FalsePositives, sums.wrong, of_found),
        (FigureName::FalseNegatives, sums.labels - sums.right, of_labels),
    ] {
        figures.push(maker.counted(name, Ok(value), Unit::Boxes, sample));
    }
    let rate = if at.is_timed() {
        NoFigure::NoDetections
    } else {
        no_rate(paired)
    };
    let probabilities = probabilities(at);
    let rows = [
        (Unit::Ratio, of_found, SHARE, NoFigure::NoDetections),
        (Unit::Ratio, of_labels, SHARE, NoFigure::NoLabels),
        (Unit::Ratio, of_labels, SHARE, NoFigure::NoLabels),
        (Unit::PerPicture, of_found, RATE, NoFigure::NoLabels),
        (Unit::PerHour, of_found, RATE, rate),
        (Unit::Ratio, of_labels, SHARE, NoFigure::NoLabels),
        (Unit::Ratio, of_found, SHARE, NoFigure::NoDetections),
    ];
    for (column, ((name, (unit, sample, whole, missing)), value)) in
        OF_THRESHOLD.into_iter().zip(rows).zip(all(None)).enumerate()
    {
        let value = match name {
            FigureName::ExpectedCalibrationError => probabilities.and(value.ok_or(missing)),
            _ => value.ok_or(missing),
        };
        figures.push(maker.drawn(name, value, unit, sample, replicates_of(column), whole));
    }
    if let Some((least, most)) = at.score_range() {
        if least >= most && sums.right + sums.wrong > 1.0 {
            paired.checks.push(Check::ScoresAllEqual);
        }
        if probabilities.is_err() {
            paired.checks.push(Check::ScoresAreNoShares { least, most });
        }
    }
}

fn no_rate(paired: &Paired) -> NoFigure {
    if paired.sequences.iter().all(|sequence| sequence.in_time) {
        NoFigure::NoRate
    } else {
        NoFigure::NoSequence
    }
}

/// Calibration needs scores that could be probabilities.
fn probabilities(at: &AtThreshold) -> Result<(), NoFigure> {
    let (least, most) = at.score_range().ok_or(NoFigure::NoDetections)?;
    if least >= 0.0 && most <= 1.0 {
        Ok(())
    } else {
        Err(NoFigure::NoProbabilities)
    }
}
