//! A labelled sample as evidence for a claim. In: what was drawn, the labels, and which number is claimed. Out: that number
//! with limits at any error, weighted as the sample was drawn (see [`estimate`](super::estimate)).
//! It counts moments, not alerts: an event that spans two moments, or two alerts in one, are counted otherwise than an
//! alert log counts them, and whoever reads the verdict is told so.

use super::draw::Draw;
use super::estimate::{Counts, Limited, counts, recall, share};
use super::labels::Label;
use crate::claim::ClaimedQuantity;

/// What the labels came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Labelled {
    with: Counts,
    without: Counts,
    camera_hours: f64,
}

/// One number of a labelled sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sampled {
    labelled: Labelled,
    /// One of those that [`Labelled::number`] gives.
    number: ClaimedQuantity,
}

impl Labelled {
    /// What the labels of a draw came to.
    #[must_use]
    pub fn of(draw: &Draw, labels: &[Label]) -> Self {
        let (with, without) = counts(draw, labels);
        Self {
            with,
            without,
            camera_hours: draw.camera_hours,
        }
    }

    /// The number that a claim speaks of; none: moments do not tell it (a delay, for instance).
    #[must_use]
    pub fn number(self, claimed: ClaimedQuantity) -> Option<Sampled> {
        let told = claimed.is_share_of_events() || claimed == ClaimedQuantity::FalseAlarmRate;
        told.then_some(Sampled {
            labelled: self,
            number: claimed,
        })
    }
}

impl Sampled {
    /// Its value and limits; each is wrong in at most `error` of repetitions. None: nothing could be told.
    fn limited(&self, error: f64) -> Option<Limited> {
        let Labelled {
            with,
            without,
            camera_hours,
        } = &self.labelled;
        let turned = |found: Limited, factor: f64| Limited {
            value: (1.0 - found.value) * factor,
            low: (1.0 - found.high) * factor,
            high: (1.0 - found.low) * factor,
        };
        match self.number {
            ClaimedQuantity::Recall => recall(with, without, 2.0 * error),
            ClaimedQuantity::MissShare => Some(turned(recall(with, without, 2.0 * error)?, 1.0)),
            ClaimedQuantity::Precision => share(with, error),
            ClaimedQuantity::FalseAlertShare => Some(turned(share(with, error)?, 1.0)),
            ClaimedQuantity::FalseAlarmRate if *camera_hours > 0.0 => {
                Some(turned(share(with, error)?, with.size as f64 / camera_hours))
            }
            _ => None,
        }
    }

    pub(crate) fn value(&self) -> Option<f64> {
        self.limited(0.05).map(|found| found.value)
    }

    pub(crate) fn limits(&self, error: f64) -> Option<(f64, f64)> {
        self.limited(error).map(|found| (found.low, found.high))
    }

    /// How many labelled moments the number rests on.
    pub(crate) fn size(&self) -> f64 {
        let told = |counts: &Counts| (counts.event + counts.nothing + counts.unclear) as f64;
        match self.number {
            ClaimedQuantity::Recall | ClaimedQuantity::MissShare => {
                told(&self.labelled.with) + told(&self.labelled.without)
            }
            _ => told(&self.labelled.with),
        }
    }

    /// Whether it is a rate per camera-hour, and no share.
    pub(crate) fn is_rate(&self) -> bool {
        self.number == ClaimedQuantity::FalseAlarmRate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled() -> Labelled {
        let counts = |size, event, nothing| Counts {
            size,
            event,
            nothing,
            unclear: 0,
        };
        Labelled {
            with: counts(100, 60, 40),
            without: counts(20_000, 2, 198),
            camera_hours: 100.0,
        }
    }

    #[test]
    fn numbers_are_weighted_as_the_sample_was_drawn_and_mirror_each_other() {
        let value = |claimed| labelled().number(claimed).unwrap().value().unwrap();
        assert!((value(ClaimedQuantity::Recall) - 60.0 / 260.0).abs() < 1e-12);
        assert!((value(ClaimedQuantity::MissShare) - 200.0 / 260.0).abs() < 1e-12);
        assert!((value(ClaimedQuantity::Precision) - 0.6).abs() < 1e-12);
        assert!((value(ClaimedQuantity::FalseAlertShare) - 0.4).abs() < 1e-12);
        assert!((value(ClaimedQuantity::FalseAlarmRate) - 0.4).abs() < 1e-12);
        assert!(labelled().number(ClaimedQuantity::Figure).is_none());
        let limits = |claimed| labelled().number(claimed).unwrap().limits(0.05).unwrap();
        let (low, high) = limits(ClaimedQuantity::Recall);
        let (missed_low, missed_high) = limits(ClaimedQuantity::MissShare);
        assert!((low + missed_high - 1.0).abs() < 1e-12 && (high + missed_low - 1.0).abs() < 1e-12);
    }

    #[test]
    fn limits_draw_together_as_the_error_grows() {
        let recall = labelled().number(ClaimedQuantity::Recall).unwrap();
        let (strict, loose) = (recall.limits(0.001).unwrap(), recall.limits(0.1).unwrap());
        assert!(strict.0 < loose.0 && loose.1 < strict.1);
    }

    /// Drawn in part, with moments that cannot be told, over 40 camera-hours.
    fn in_part() -> Labelled {
        let labelled = labelled();
        Labelled {
            with: Counts {
                size: 500,
                event: 30,
                nothing: 20,
                unclear: 0,
            },
            without: Counts {
                size: 5000,
                ..labelled.without
            },
            camera_hours: 40.0,
        }
    }

    #[test]
    fn each_end_of_a_number_is_wrong_in_at_most_the_error() {
        // Of recall at 0.025 in each end, 0.0125 in each stratum: the numbers of scipy beside `estimate`. Of precision
        // scipy.stats.beta.ppf(.025, 30, 21) and beta.isf(.025, 31, 20).
        let recall = (0.519_385_605_626_154_4, 0.988_994_676_287_010_5);
        let precision = (0.451_794_028_479_180_43, 0.735_921_604_905_463_2);
        let turned = |(low, high): (f64, f64), factor: f64| ((1.0 - high) * factor, (1.0 - low) * factor);
        for (claimed, value, expected) in [
            (ClaimedQuantity::Recall, 300.0 / 350.0, recall),
            (ClaimedQuantity::MissShare, 50.0 / 350.0, turned(recall, 1.0)),
            (ClaimedQuantity::Precision, 0.6, precision),
            (ClaimedQuantity::FalseAlertShare, 0.4, turned(precision, 1.0)),
            // 500 moments with an alert in 40 hours.
            (ClaimedQuantity::FalseAlarmRate, 5.0, turned(precision, 12.5)),
        ] {
            let number = in_part().number(claimed).unwrap();
            let (found, (low, high)) = (number.value().unwrap(), number.limits(0.025).unwrap());
            assert!((found - value).abs() < 1e-12, "{claimed:?}: {found}");
            assert!(
                (low - expected.0).abs() < 1e-8 && (high - expected.1).abs() < 1e-8,
                "{claimed:?}: {low} to {high} instead of {expected:?}"
            );
        }
    }

    #[test]
    fn a_number_rests_on_the_moments_of_its_strata_and_a_rate_needs_time() {
        let unclear = |counts: Counts, unclear| Counts { unclear, ..counts };
        let labelled = Labelled {
            with: unclear(in_part().with, 7),
            without: unclear(in_part().without, 3),
            camera_hours: 0.0,
        };
        for (claimed, size, is_rate) in [
            (ClaimedQuantity::Recall, 57.0 + 203.0, false),
            (ClaimedQuantity::MissShare, 57.0 + 203.0, false),
            (ClaimedQuantity::Precision, 57.0, false),
            (ClaimedQuantity::FalseAlertShare, 57.0, false),
            (ClaimedQuantity::FalseAlarmRate, 57.0, true),
        ] {
            let number = labelled.number(claimed).unwrap();
            assert_eq!((number.size(), number.is_rate()), (size, is_rate), "{claimed:?}");
            assert_eq!(number.value().is_none(), is_rate, "{claimed:?}");
            assert_eq!(number.limits(0.025).is_none(), is_rate, "{claimed:?}");
        }
    }
}
