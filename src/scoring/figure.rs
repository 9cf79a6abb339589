//! A value, its interval and the people behind it in, a [`Figure`] out: the one place where figures are made.

use super::clusters::Clusters;
use super::people::People;
use vsa_record::curve::{Curve, CurveName, CurvePoint};
use vsa_record::disclosure::{Cell, DisclosurePolicy};
use vsa_record::estimate::{Estimate, Interval, IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_record::scores::{Figure, FigureName, Figured, NoFigure};
use vsa_statistics::interval::LEVEL;

/// Where the ends of a share are.
pub(super) const SHARE: (f64, f64) = (0.0, 1.0);
/// Where those of a score are that can fall below none (MOTA).
pub(super) const SCORE: (f64, f64) = (f64::NEG_INFINITY, 1.0);
/// Where those of a rate are.
pub(super) const RATE: (f64, f64) = (0.0, f64::INFINITY);

/// What all figures of a run have in common.
pub(super) struct Maker<'a> {
    pub(super) clusters: &'a Clusters,
    pub(super) people: &'a People,
    pub(super) policy: &'a DisclosurePolicy,
}

impl Maker<'_> {
    /// A figure with a bootstrap interval.
    pub(super) fn drawn(
        &self,
        name: FigureName,
        value: Result<f64, NoFigure>,
        unit: Unit,
        sample: SampleSize,
        replicates: &[Option<f64>],
        whole: (f64, f64),
    ) -> Figure {
        self.with_interval(name, value, unit, sample, |value| {
            self.clusters.interval(value, replicates, whole, sample.n)
        })
    }

    /// A figure that was counted in full.
    pub(super) fn counted(
        &self,
        name: FigureName,
        value: Result<f64, NoFigure>,
        unit: Unit,
        sample: SampleSize,
    ) -> Figure {
        self.with_interval(name, value, unit, sample, |value| Interval {
            low: value,
            high: value,
            level: LEVEL,
            method: IntervalMethod::CompleteCount,
            block: None,
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

    /// A curve with a pointwise interval at each point. `replicates`: of each point, in their order. Points without a value
    /// are left out.
    pub(super) fn curve(
        &self,
        name: CurveName,
        points: &[(f64, Option<f64>)],
        replicates: &[Vec<Option<f64>>],
        whole: (f64, f64),
        cases: u64,
    ) -> Curve {
        let of_point = |(at, (x, y)): (usize, &(f64, Option<f64>))| {
            let y = (*y)?;
            let values = replicates.get(at).map_or(&[][..], Vec::as_slice);
            let interval = (!values.is_empty()).then(|| self.clusters.interval(y, values, whole, cases));
            Some(CurvePoint {
                x: *x,
                y,
                low: interval.map(|interval| interval.low),
                high: interval.map(|interval| interval.high),
            })
        };
        let points: Vec<CurvePoint> = points.iter().enumerate().filter_map(of_point).collect();
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
    SampleSize {
        n,
        of: SampledThing::Labels,
    }
}

/// So many detections.
pub(super) fn detections(n: f64) -> SampleSize {
    SampleSize {
        of: SampledThing::Detections,
        ..labels(n)
    }
}
