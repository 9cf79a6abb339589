//! The figures and curves of a detector. In: paired pictures and what was counted. Out: COCO's twelve, average precision by
//! height and as VOC defines it, precision and recall, false alarms, miss rate, calibration.

use super::at_threshold::{AtThreshold, calibration_error};
use super::clusters::Clusters;
use super::coco::{self, Coco, HEIGHT_EDGES};
use super::detection_curves;
use super::figure::{self, Maker, RATE, SHARE};
use super::pair::Paired;
use super::people::People;
use super::ranking::Weights;
use super::request::EvaluateRequest;
use super::tally::{RECALLS, Tally};
use super::voc;
use vsa_record::curve::Curve;
use vsa_record::estimate::Unit;
use vsa_record::scores::{Check, Figure, FigureName, Heights, NoFigure};

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

/// Matched as COCO and as VOC do it.
pub(super) struct Ranked {
    coco: Coco,
    voc: Vec<Tally>,
}

impl Ranked {
    pub(super) fn of(paired: &Paired, overlap: f64) -> Self {
        let (coco, voc) = rayon::join(
            || Coco::of(paired),
            || voc::tallies(&paired.pictures, paired.classes.len(), overlap),
        );
        Self { coco, voc }
    }
}

/// Everything that figures of a detector are read off, for any weighting of the pictures.
pub(super) struct Detector<'a> {
    pub(super) ranked: &'a Ranked,
    pub(super) at: &'a AtThreshold,
}

impl Detector<'_> {
    /// The twelve, then the bands of height, then VOC's.
    pub(super) fn of_ranking(&self, weights: Weights) -> Vec<Option<f64>> {
        self.of_ranking_and_envelope(weights).0
    }

    /// The same, and the envelope of precision, which is made on the way.
    fn of_ranking_and_envelope(&self, weights: Weights) -> (Vec<Option<f64>>, [Option<f64>; RECALLS]) {
        let twelve = self.ranked.coco.twelve(weights);
        let mut values = twelve.figures.to_vec();
        values.extend((0..=HEIGHT_EDGES.len()).map(|band| self.ranked.coco.of_heights(band, weights)));
        let areas: Vec<f64> = self
            .ranked
            .voc
            .iter()
            .filter_map(|tally| voc::area(tally, weights))
            .collect();
        values.push((!areas.is_empty()).then(|| areas.iter().sum::<f64>() / areas.len() as f64));
        (values, twelve.envelope)
    }

    /// Labels behind each value of [`of_ranking`](Self::of_ranking).
    pub(super) fn labels_of_ranking(&self) -> Vec<u64> {
        let mut labels: Vec<u64> = TWELVE
            .iter()
            .map(|(_, range)| self.ranked.coco.labels_of_areas(*range))
            .collect();
        labels.extend((0..=HEIGHT_EDGES.len()).map(|band| self.ranked.coco.labels_of_heights(band)));
        labels.push(
            self.ranked
                .voc
                .iter()
                .map(|ranking| ranking.label_count(None))
                .sum(),
        );
        labels
    }

    /// In the order of [`OF_THRESHOLD`].
    pub(super) fn of_threshold(&self, weights: Weights) -> Vec<Option<f64>> {
        let mut values = self.of_threshold_and_curves(weights, &[]);
        values.truncate(OF_THRESHOLD.len());
        values
    }

    /// The same, then the miss rate at each of `limits`, then the share that is right in each range of the score.
    fn of_threshold_and_curves(&self, weights: Weights, limits: &[f64]) -> Vec<Option<f64>> {
        let sums = self.at.sums(weights);
        let missed = self.at.missed(limits, weights);
        let reliability = self.at.reliability(weights);
        let mut values = vec![
            sums.precision(),
            sums.recall(),
            sums.f1(),
            sums.wrong_per_picture(),
            sums.wrong_per_hour(),
            missed.as_ref().map(|missed| missed.log_average),
            calibration_error(&reliability),
        ];
        match missed {
            Some(missed) => values.extend(missed.at_limits.into_iter().map(Some)),
            None => values.extend(limits.iter().map(|_| None)),
        }
        values.extend(reliability.map(|bin| bin.map(|(_, _, right)| right)));
        values
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
    detector: &Detector,
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
    let at = detector.at;
    let envelope = of_ranking(paired, detector, &maker, request, figures);
    let limits = detection_curves::limits(at);
    let others = of_threshold(paired, detector, &maker, &limits, request, figures);
    if detector.ranked.coco.labels_of_areas(0) > 0 && at.score_range().is_some() {
        detection_curves::measure(at, &maker, &envelope, (&limits, &others), curves);
    }
}

/// Values of a run of columns, and what they are when the pictures are drawn again.
pub(super) struct Columns {
    pub(super) values: Vec<Option<f64>>,
    /// Column by column; empty where nothing is drawn.
    pub(super) replicates: Vec<Vec<Option<f64>>>,
    /// Labels behind the values.
    pub(super) labels: u64,
}

impl Columns {
    fn replicates_of(&self, column: usize) -> &[Option<f64>] {
        self.replicates.get(column).map_or(&[][..], Vec::as_slice)
    }

    /// The columns from `at` on.
    fn after(mut self, at: usize) -> Self {
        Self {
            values: self.values.split_off(at),
            replicates: self.replicates.drain(at.min(self.replicates.len())..).collect(),
            labels: self.labels,
        }
    }
}

fn of_ranking(
    paired: &Paired,
    detector: &Detector,
    maker: &Maker,
    request: &EvaluateRequest,
    figures: &mut Vec<Figure>,
) -> Columns {
    let Ranked { coco, voc } = detector.ranked;
    let bands = HEIGHT_EDGES.len() + 1;
    let all = |weights: Weights| {
        let (mut values, envelope) = detector.of_ranking_and_envelope(weights);
        values.extend(envelope);
        values
    };
    let columns = Columns {
        values: all(None),
        replicates: maker.clusters.replicates(request.resamples, |times| {
            all(Some(&maker.clusters.by_picture(times)))
        }),
        labels: coco.labels_of_areas(0),
    };
    let values = &columns.values;
    let replicates_of = |column: usize| columns.replicates_of(column);
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
    let sample = figure::labels(voc.iter().map(|ranking| ranking.label_count(None)).sum::<u64>() as f64);
    let value = values[column].ok_or(NoFigure::NoLabels);
    figures.push(maker.drawn(
        FigureName::VocAp,
        value,
        Unit::Ratio,
        sample,
        replicates_of(column),
        SHARE,
    ));
    columns.after(column + 1)
}

fn of_threshold(
    paired: &mut Paired,
    detector: &Detector,
    maker: &Maker,
    limits: &[f64],
    request: &EvaluateRequest,
    figures: &mut Vec<Figure>,
) -> Columns {
    let at = detector.at;
    let sums = at.sums(None);
    let all = |weights: Weights| detector.of_threshold_and_curves(weights, limits);
    let columns = Columns {
        values: all(None),
        replicates: maker.clusters.replicates(request.resamples, |times| {
            all(Some(&maker.clusters.by_picture(times)))
        }),
        labels: detector.ranked.coco.labels_of_areas(0),
    };
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
    for (column, ((name, (unit, sample, whole, missing)), value)) in OF_THRESHOLD
        .into_iter()
        .zip(rows)
        .zip(&columns.values)
        .enumerate()
    {
        let value = match name {
            FigureName::ExpectedCalibrationError => probabilities.and(value.ok_or(missing)),
            _ => value.ok_or(missing),
        };
        let replicates = columns.replicates_of(column);
        figures.push(maker.drawn(name, value, unit, sample, replicates, whole));
    }
    if let Some((least, most)) = at.score_range() {
        if least >= most && sums.right + sums.wrong > 1.0 {
            paired.checks.push(Check::ScoresAllEqual);
        }
        if probabilities.is_err() {
            paired.checks.push(Check::ScoresAreNoShares { least, most });
        }
    }
    columns.after(OF_THRESHOLD.len())
}

fn no_rate(paired: &Paired) -> NoFigure {
    if paired.sequences.iter().all(|sequence| sequence.in_time) {
        NoFigure::NoRate
    } else {
        NoFigure::NoSequence
    }
}

/// Calibration needs scores that could be probabilities.
pub(super) fn probabilities(at: &AtThreshold) -> Result<(), NoFigure> {
    let (least, most) = at.score_range().ok_or(NoFigure::NoDetections)?;
    if least >= 0.0 && most <= 1.0 {
        Ok(())
    } else {
        Err(NoFigure::NoProbabilities)
    }
}
