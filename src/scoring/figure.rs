//! A value, its interval and the people behind it in, a [`Figure`] out: the one place where figures are made.

use super::clusters::{Bootstrapped, Clusters};
use super::people::People;
use vsa_record::curve::{Curve, CurveName, CurvePoint};
use vsa_record::disclosure::{Cell, DisclosurePolicy};
use vsa_record::estimate::{Estimate, Interval, IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_record::scores::{Figure, FigureName, Figured, NoFigure};

/// Where the ends of a share are.
pub(super) const SHARE: (f64, f64) = (0.0, 1.0);
/// Where those of a score are that can fall below none (MOTA).
const SCORE: (f64, f64) = (f64::NEG_INFINITY, 1.0);
/// Where those of a rate or a count are.
pub(super) const RATE: (f64, f64) = (0.0, f64::INFINITY);

/// The unit of a figure, and where the ends of its scale are.
pub(super) fn scale(name: FigureName) -> (Unit, (f64, f64)) {
    match name {
        FigureName::FalseAlarmsPerHour => (Unit::PerHour, RATE),
        FigureName::FalsePositivesPerPicture => (Unit::PerPicture, RATE),
        FigureName::TruePositives
        | FigureName::FalsePositives
        | FigureName::FalseNegatives
        | FigureName::ClearTruePositives
        | FigureName::ClearFalsePositives
        | FigureName::ClearFalseNegatives
        | FigureName::IdTruePositives => (Unit::Boxes, RATE),
        FigureName::IdentitySwitches | FigureName::Fragmentations => (Unit::Events, RATE),
        FigureName::MostlyTracked | FigureName::PartlyTracked | FigureName::MostlyLost => {
            (Unit::People, RATE)
        }
        FigureName::Mota | FigureName::Moda | FigureName::Smota => (Unit::Ratio, SCORE),
        FigureName::Ap
        | FigureName::Ap50
        | FigureName::Ap75
        | FigureName::ApSmall
        | FigureName::ApMedium
        | FigureName::ApLarge
        | FigureName::Ar1
        | FigureName::Ar10
        | FigureName::Ar100
        | FigureName::ArSmall
        | FigureName::ArMedium
        | FigureName::ArLarge
        | FigureName::Ap50OfHeights
        | FigureName::VocAp
        | FigureName::Precision
        | FigureName::Recall
        | FigureName::F1
        | FigureName::LogAverageMissRate
        | FigureName::ExpectedCalibrationError
        | FigureName::WiderEasy
        | FigureName::WiderMedium
        | FigureName::WiderHard
        | FigureName::Hota
        | FigureName::DetA
        | FigureName::AssA
        | FigureName::DetRe
        | FigureName::DetPr
        | FigureName::AssRe
        | FigureName::AssPr
        | FigureName::LocA
        | FigureName::Owta
        | FigureName::Hota0
        | FigureName::LocA0
        | FigureName::HotaLocA0
        | FigureName::Motp
        | FigureName::ClearRecall
        | FigureName::ClearPrecision
        | FigureName::Idf1
        | FigureName::IdPrecision
        | FigureName::IdRecall => (Unit::Ratio, SHARE),
    }
}

/// What all figures of a run have in common.
pub(super) struct Maker<'a> {
    pub(super) clusters: &'a Clusters,
    pub(super) people: &'a People,
    pub(super) policy: &'a DisclosurePolicy,
    pub(super) resamples: u64,
}

impl Maker<'_> {
    /// A ratio with a bootstrap interval.
    pub(super) fn ratio(
        &self,
        name: FigureName,
        value: Result<f64, NoFigure>,
        sample: SampleSize,
        replicates: &[Option<f64>],
    ) -> Figure {
        let (unit, whole) = scale(name);
        self.with_interval(name, value, unit, sample, |value| {
            self.clusters.interval(value, replicates, whole, sample.n)
        })
    }

    /// A figure that was counted in full.
    pub(super) fn counted(
        &self,
        name: FigureName,
        value: Result<f64, NoFigure>,
        sample: SampleSize,
    ) -> Figure {
        self.with_interval(name, value, scale(name).0, sample, |value| {
            Interval::between(value, value, IntervalMethod::CompleteCount)
        })
    }

    fn with_interval(
        &self,
        name: FigureName,
        value: Result<f64, NoFigure>,
        unit: Unit,
        sample: SampleSize,
        interval: impl Fn(f64) -> Interval,
    ) -> Figure {
        let value = match value {
            Ok(value) => Figured::Measured {
                estimate: self.cell(Estimate {
                    value,
                    unit,
                    interval: interval(value),
                    sample,
                }),
            },
            Err(missing) => Figured::NotMeasured { missing },
        };
        Figure {
            name,
            heights: None,
            value,
        }
    }

    /// A curve with a pointwise interval at each point, of the first values that were drawn: one for each place on the level
    /// axis. Points without a value are left out.
    pub(super) fn curve(
        &self,
        name: CurveName,
        places: impl IntoIterator<Item = f64>,
        drawn: &Bootstrapped,
        whole: (f64, f64),
        cases: u64,
    ) -> Curve {
        let of_point = |(at, (x, y)): (usize, (f64, &Option<f64>))| {
            let y = (*y)?;
            let values = drawn.replicates(at);
            let interval = (!values.is_empty()).then(|| self.clusters.interval(y, values, whole, cases));
            Some(CurvePoint {
                x,
                y,
                low: interval.map(|interval| interval.low),
                high: interval.map(|interval| interval.high),
            })
        };
        let points = places.into_iter().zip(&drawn.values);
        let points: Vec<CurvePoint> = points.enumerate().filter_map(of_point).collect();
        Curve {
            name,
            points: self.cell(points),
        }
    }

    pub(super) fn cell<T>(&self, value: T) -> Cell<T> {
        self.people.cell(self.policy, value)
    }
}

/// So many labels.
pub(super) fn labels(n: f64) -> SampleSize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count of boxes"
    )]
    let n = n as u64;
    SampleSize::new(n, SampledThing::Labels)
}

/// So many detections.
pub(super) fn detections(n: f64) -> SampleSize {
    SampleSize {
        of: SampledThing::Detections,
        ..labels(n)
    }
}
