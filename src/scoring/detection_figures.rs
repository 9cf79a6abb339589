//! The figures and curves of a detector. In: paired pictures and what was counted. Out: COCO's twelve, average precision by
//! height and as VOC defines it, precision and recall, false alarms, miss rate, calibration.

use super::at_threshold::{AtThreshold, calibration_error};
use super::clusters::Bootstrapped;
use super::coco::{self, Coco};
use super::detection_curves;
use super::figure::{self, Maker};
use super::pair::Paired;
use super::ranking::Weights;
use super::tally::{RECALLS, Tally};
use super::voc;
use vsa_record::curve::Curve;
use vsa_record::estimate::SampleSize;
use vsa_record::scores::{Check, Figure, FigureName, Heights, NoFigure};

/// COCO's figures, each with the range of areas that it is about.
const TWELVE: [(FigureName, usize); coco::FIGURES] = [
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

/// What one value is.
pub(super) struct Column {
    pub(super) name: FigureName,
    pub(super) heights: Option<Heights>,
    /// Whether it is about sizes, so that lengths have to be pixels: shares of a picture cannot be compared with them.
    pub(super) in_pixels: bool,
    /// Labels behind it.
    pub(super) sample: SampleSize,
}

impl Detector<'_> {
    /// What the values of [`of_ranking`](Self::of_ranking) are.
    pub(super) fn columns_of_ranking(&self) -> Vec<Column> {
        let Ranked { coco, voc } = self.ranked;
        let column = |name, heights, in_pixels, labels: u64| Column {
            name,
            heights,
            in_pixels,
            sample: figure::labels(labels as f64),
        };
        let of_areas =
            |(name, range): (FigureName, usize)| column(name, None, range > 0, coco.labels_of_areas(range));
        let of_heights = |(band, heights): (usize, Heights)| {
            let labels = coco.labels_of_heights(band);
            column(FigureName::Ap50OfHeights, Some(heights), true, labels)
        };
        let of_voc = voc.iter().map(|ranking| ranking.label_count(None)).sum();
        let twelve = TWELVE.into_iter().map(of_areas);
        let bands = coco::height_bands().enumerate().map(of_heights);
        twelve
            .chain(bands)
            .chain([column(FigureName::VocAp, None, false, of_voc)])
            .collect()
    }

    /// The twelve, then the bands of height, then VOC's.
    pub(super) fn of_ranking(&self, weights: Weights) -> Vec<Option<f64>> {
        let mut values = self.of_ranking_and_envelope(weights);
        values.truncate(values.len() - RECALLS);
        values
    }

    /// The same, then the envelope of precision, which is made on the way.
    fn of_ranking_and_envelope(&self, weights: Weights) -> Vec<Option<f64>> {
        let Ranked { coco, voc } = self.ranked;
        let twelve = coco.twelve(weights);
        let mut values = twelve.figures.to_vec();
        values.extend((0..coco::height_bands().count()).map(|band| coco.of_heights(band, weights)));
        values.push(coco::mean(
            voc.iter().filter_map(|tally| voc::area(tally, weights)),
        ));
        values.extend(twelve.envelope);
        values
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
    maker: &Maker,
    figures: &mut Vec<Figure>,
    curves: &mut Vec<Curve>,
) {
    let at = detector.at;
    let envelope = of_ranking(paired, detector, maker, figures);
    let limits = detection_curves::limits(at);
    let others = of_threshold(paired, detector, maker, &limits, figures);
    let labels = detector.ranked.coco.labels_of_areas(0);
    if labels > 0 && at.score_range().is_some() {
        detection_curves::measure(at, maker, labels, &envelope, (&limits, others), curves);
    }
}

/// Out: the envelope of precision.
fn of_ranking(
    paired: &Paired,
    detector: &Detector,
    maker: &Maker,
    figures: &mut Vec<Figure>,
) -> Bootstrapped {
    let drawn = maker.clusters.bootstrap_pictures(maker.resamples, |weights| {
        detector.of_ranking_and_envelope(weights)
    });
    let columns = detector.columns_of_ranking();
    let envelope_from = columns.len();
    debug_assert_eq!(
        drawn.values.len(),
        envelope_from + RECALLS,
        "a column for each value"
    );
    for (at, column) in columns.into_iter().enumerate() {
        let value = if paired.normalised && column.in_pixels {
            Err(NoFigure::NoPixels)
        } else {
            drawn.values[at].ok_or(NoFigure::NoLabels)
        };
        figures.push(Figure {
            heights: column.heights,
            ..maker.ratio(column.name, value, column.sample, drawn.replicates(at))
        });
    }
    drawn.after(envelope_from)
}

/// Out: the miss rate at each of `limits`, then the share of each range of the score that is right.
fn of_threshold(
    paired: &mut Paired,
    detector: &Detector,
    maker: &Maker,
    limits: &[f64],
    figures: &mut Vec<Figure>,
) -> Bootstrapped {
    let at = detector.at;
    let sums = at.sums(None);
    let drawn = maker.clusters.bootstrap_pictures(maker.resamples, |weights| {
        detector.of_threshold_and_curves(weights, limits)
    });
    let (of_labels, of_found) = (
        figure::labels(sums.labels),
        figure::detections(sums.right + sums.wrong),
    );
    for (name, value, sample) in [
        (FigureName::TruePositives, sums.right, of_labels),
        (FigureName::FalsePositives, sums.wrong, of_found),
        (FigureName::FalseNegatives, sums.labels - sums.right, of_labels),
    ] {
        figures.push(maker.counted(name, Ok(value), sample));
    }
    let rate = if at.is_timed() {
        NoFigure::NoDetections
    } else {
        no_rate(paired)
    };
    let probabilities = probabilities(at);
    for (column, (name, value)) in OF_THRESHOLD.into_iter().zip(&drawn.values).enumerate() {
        let (sample, missing) = match name {
            FigureName::Precision | FigureName::ExpectedCalibrationError => {
                (of_found, NoFigure::NoDetections)
            }
            FigureName::FalsePositivesPerPicture => (of_found, NoFigure::NoLabels),
            FigureName::FalseAlarmsPerHour => (of_found, rate),
            _ => (of_labels, NoFigure::NoLabels),
        };
        let value = match name {
            FigureName::ExpectedCalibrationError => probabilities.and(value.ok_or(missing)),
            _ => value.ok_or(missing),
        };
        figures.push(maker.ratio(name, value, sample, drawn.replicates(column)));
    }
    if let Some((least, most)) = at.score_range() {
        if least >= most && sums.right + sums.wrong > 1.0 {
            paired.checks.push(Check::ScoresAllEqual);
        }
        if probabilities.is_err() {
            paired.checks.push(Check::ScoresAreNoShares { least, most });
        }
    }
    drawn.after(OF_THRESHOLD.len())
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
