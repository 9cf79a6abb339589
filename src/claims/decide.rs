//! Verdicts. In: what has to hold, the evidence, and the error that is accepted. Out: supported, refuted or inconclusive.
//!
//! A claim is supported when its opposite is excluded, refuted when the claim itself is excluded, each by a one-sided
//! test where the claim has one side. Of the two, only one can be an error: whatever the truth, either the claim or its
//! opposite is true. So one claim alone has the whole error on either side. With several claims each side has half of
//! it, shared out by Holm's rule (1979), which needs no assumption about how the claims hang together: the chance that
//! any verdict of the list is wrong stays below the error.
//! Deliberately not here: where evidence comes from, and words.

use super::claim::{Claim, ClaimedQuantity, Comparator};
use super::evidence::Evidence;
use super::power::{More, more};
use super::sequential;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_statistics::holm;

/// What has to hold, in the scale of the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "holds", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Hypothesis {
    /// At or above.
    AtLeast {
        /// The value.
        value: f64,
    },
    /// At or below.
    AtMost {
        /// The value.
        value: f64,
    },
    /// Between, ends included.
    Within {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
}

impl Hypothesis {
    /// What a claim that lacks no word says. None: it has no value, or a word is missing.
    #[must_use]
    pub fn of(claim: &Claim) -> Option<Self> {
        let value = claim.value?;
        if claim.quantity == Some(ClaimedQuantity::DelayToAlert) {
            // "90 % within 10 s" is a share of alerts, whatever the shape of the delays.
            let share = claim.share?;
            return match claim.comparator? {
                Comparator::AtMost => Some(Self::AtLeast { value: share }),
                Comparator::AtLeast => Some(Self::AtMost { value: 1.0 - share }),
                Comparator::About | Comparator::AsGoodAs => None,
            };
        }
        let more_is_better = !matches!(
            claim.quantity,
            Some(
                ClaimedQuantity::MissShare
                    | ClaimedQuantity::FalseAlertShare
                    | ClaimedQuantity::FalseAlarmRate
            )
        );
        Some(match claim.comparator? {
            Comparator::AtLeast => Self::AtLeast { value },
            Comparator::AtMost => Self::AtMost { value },
            Comparator::About => Self::Within {
                low: value - claim.margin?,
                high: value + claim.margin?,
            },
            // No worse than the reference by more than the margin; better is as good.
            Comparator::AsGoodAs if more_is_better => Self::AtLeast {
                value: value - claim.margin?,
            },
            Comparator::AsGoodAs => Self::AtMost {
                value: value + claim.margin?,
            },
        })
    }

    /// Whether it holds of a true value.
    #[must_use]
    pub fn holds(&self, truth: f64) -> bool {
        match *self {
            Self::AtLeast { value } => truth >= value,
            Self::AtMost { value } => truth <= value,
            Self::Within { low, high } => (low..=high).contains(&truth),
        }
    }

    /// The value, or the middle of the range.
    #[must_use]
    pub fn centre(&self) -> f64 {
        match *self {
            Self::AtLeast { value } | Self::AtMost { value } => value,
            Self::Within { low, high } => f64::midpoint(low, high),
        }
    }
}

/// How evidence is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Looks")]
pub enum Monitoring {
    /// Once, when all of it is there, as planned before.
    Once,
    /// Again and again while it grows; the test may stop at any look.
    Repeated,
}

/// The chance of evidence as strong as this, were the truth on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Strength {
    /// If the claim did not hold: small supports it.
    pub if_false: f64,
    /// If the claim held: small refutes it.
    pub if_true: f64,
}

/// How strongly `evidence` speaks.
#[must_use]
pub fn strength(evidence: &Evidence, hypothesis: &Hypothesis, looks: Monitoring) -> Strength {
    // Against "the truth is at most `value`", and against "the truth is at least `value`".
    let above = |value: f64| match looks {
        Monitoring::Once => evidence.against_at_most(value),
        Monitoring::Repeated => sequential::against_at_most(evidence, value),
    };
    let below = |value: f64| match looks {
        Monitoring::Once => evidence.against_at_least(value),
        Monitoring::Repeated => sequential::against_at_least(evidence, value),
    };
    match *hypothesis {
        Hypothesis::AtLeast { value } => Strength {
            if_false: above(value),
            if_true: below(value),
        },
        Hypothesis::AtMost { value } => Strength {
            if_false: below(value),
            if_true: above(value),
        },
        // Two one-sided tests (Schuirmann 1987) support it; outside on either side refutes it, and pays for two.
        Hypothesis::Within { low, high } => Strength {
            if_false: above(low).max(below(high)),
            if_true: (2.0 * below(low).min(above(high))).min(1.0),
        },
    }
}

/// The answer to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "answer", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Verdict {
    /// The opposite of the claim is excluded, on this footage.
    Supported,
    /// The claim is excluded, on this footage.
    Refuted,
    /// Neither is.
    Inconclusive {
        /// How much evidence in all would settle it, were the value to stay as it is.
        would_settle: More,
    },
}

/// What Holm's rule made of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The opposite is excluded.
    Supported,
    /// The claim is excluded.
    Refuted,
    /// Neither.
    Open,
}

impl Side {
    /// The verdict, and of an open claim how much evidence would settle it.
    pub(super) fn verdict(self, would_settle: impl FnOnce() -> More) -> Verdict {
        match self {
            Self::Supported => Verdict::Supported,
            Self::Refuted => Verdict::Refuted,
            Self::Open => Verdict::Inconclusive {
                would_settle: would_settle(),
            },
        }
    }
}

/// What Holm's rule made of a claim, and at which errors it was held to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The outcome.
    pub side: Side,
    /// The error at which its support was tested.
    pub support_error: f64,
    /// The error at which its refutation was tested.
    pub refute_error: f64,
}

/// Holm's rule on each side of several claims. `error` is the chance that any outcome is wrong.
#[must_use]
pub fn judge(strengths: &[Strength], error: f64) -> Vec<Judged> {
    let each_side = side_error(strengths.len(), error);
    let rejected = |of: fn(&Strength) -> f64| {
        let chances: Vec<f64> = strengths.iter().map(of).collect();
        holm::rejected(&chances, each_side)
    };
    let (supports, refutes) = (rejected(|s| s.if_false), rejected(|s| s.if_true));
    let side = |supported, refuted| match (supported, refuted) {
        (true, false) => Side::Supported,
        (false, true) => Side::Refuted,
        // Both at once would be a contradiction in the evidence, so nothing is said.
        (true, true) | (false, false) => Side::Open,
    };
    supports
        .iter()
        .zip(&refutes)
        .map(|(support, refute)| Judged {
            side: side(support.rejected, refute.rejected),
            support_error: support.to,
            refute_error: refute.to,
        })
        .collect()
}

/// The verdicts on several claims together. `error` is the chance that any of them is wrong.
#[must_use]
pub fn decide(tests: &[(Hypothesis, Evidence)], error: f64, looks: Monitoring) -> Vec<Verdict> {
    let strengths: Vec<Strength> = tests
        .iter()
        .map(|(hypothesis, evidence)| strength(evidence, hypothesis, looks))
        .collect();
    // At the strictest level that Holm's rule could ask for.
    let strictest = side_error(tests.len(), error) / tests.len().max(1) as f64;
    judge(&strengths, error)
        .iter()
        .zip(tests)
        .map(|(judged, (hypothesis, evidence))| {
            let would_settle = || more(evidence, hypothesis, strictest, looks);
            judged.side.verdict(would_settle)
        })
        .collect()
}

/// The limits that belong to a verdict: each end at the error at which it was tested, so that what is drawn agrees with
/// what was decided. None: there is too little evidence for any.
#[must_use]
pub fn limits(
    evidence: &Evidence,
    hypothesis: &Hypothesis,
    judged: &Judged,
    looks: Monitoring,
) -> Option<(f64, f64)> {
    let at = |error: f64| match looks {
        Monitoring::Once => evidence.limits(error.min(0.499)),
        Monitoring::Repeated => sequential::limits(evidence, error),
    };
    let (support, refute) = (judged.support_error, judged.refute_error);
    match hypothesis {
        Hypothesis::AtLeast { .. } => Some((at(support)?.0, at(refute)?.1)),
        Hypothesis::AtMost { .. } => Some((at(refute)?.0, at(support)?.1)),
        Hypothesis::Within { .. } if judged.side == Side::Supported => at(support),
        Hypothesis::Within { .. } => at(refute / 2.0),
    }
}

/// The error of each side: the whole for one claim, half for several.
#[must_use]
pub fn side_error(claims: usize, error: f64) -> f64 {
    if claims <= 1 { error } else { error / 2.0 }
}

#[cfg(test)]
pub(crate) mod tests;
