//! Promises about data protection, taken apart into what can be measured. In: a promise, the findings of a record, an
//! alert log. Out: parts, each with what it can show.
//!
//! What a system does inside cannot be seen from outside. Three things can be: what the footage would allow it (if it
//! does not even allow it, the promise holds here, whatever the system does; if it does, the promise rests on the
//! vendor's word), whether a protection protects (after faces are blacked out, can people still be told apart?), and
//! what the system puts out (a number for each person singles people out).
//! Deliberately not here: law. The texts' notions are named with their sources; whether they apply is for a lawyer.

use super::claim::ClaimedQuantity;
use super::decide::Hypothesis;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_audits as audits;
use vsa_audits::AuditId;

/// What a text says a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Notion {
    /// The image of a person, and so a box around one, is personal data (Tribunal administratif de Grenoble, 24 January
    /// 2025, no. 2105328).
    ImageOfAPerson,
    /// Footage becomes biometric data by specific technical processing for unique identification, such as an embedding
    /// (EDPB Guidelines 3/2019, paragraphs 73 and 74).
    TechnicalProcessing,
    /// Statistics from anonymised data, without an immediate operational effect (CNIL, 19 July 2022).
    AnonymousStatistics,
    /// Following a person, and recognising one again: not among the eight events of the French decree 2023-828.
    FollowingAPerson,
}

/// What a part of a promise can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Bearing {
    /// What the footage would allow: supports where it does not, shows nothing where it does.
    Input,
    /// Whether a protection protects, or whether the footage itself is what the promise denies: supports and refutes.
    Whole,
    /// What the system puts out: refutes, never supports.
    Output,
}

/// A part that a finding of the record measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The notion behind it.
    pub notion: Notion,
    /// The question to the record.
    pub audit: AuditId,
    /// What it can show.
    pub bearing: Bearing,
}

/// The parts of a promise that a record can measure.
#[must_use]
pub fn parts(promise: ClaimedQuantity) -> Vec<Part> {
    use AuditId as A;
    use Bearing::{Input, Whole};
    use Notion::{FollowingAPerson, ImageOfAPerson, TechnicalProcessing};
    let part = |notion, audit, bearing| Part {
        notion,
        audit,
        bearing,
    };
    match promise {
        ClaimedQuantity::NoPersonalData => vec![part(ImageOfAPerson, A::SomebodyIsUsuallyInView, Whole)],
        ClaimedQuantity::NoBiometricData => vec![
            part(TechnicalProcessing, A::FacesCanBeToldApart, Input),
            part(TechnicalProcessing, A::PeopleCanBeFoundAgain, Input),
        ],
        ClaimedQuantity::OnlySilhouettes => vec![
            part(TechnicalProcessing, A::GaitIsUsable, Input),
            part(FollowingAPerson, A::PeopleCanBeFollowedThroughTheView, Input),
        ],
        ClaimedQuantity::FacesAreBlurred => vec![
            part(FollowingAPerson, A::PeopleCanBeFoundAgainWithoutFaces, Whole),
            part(ImageOfAPerson, A::ClothingSinglesPeopleOut, Whole),
            part(FollowingAPerson, A::PeopleCanBeFollowedThroughTheView, Whole),
        ],
        ClaimedQuantity::NoTracking => vec![
            part(FollowingAPerson, A::PeopleCanBeFollowedThroughTheView, Input),
            part(FollowingAPerson, A::PeopleCanBeFoundAgainWithoutFaces, Input),
        ],
        _ => Vec::new(),
    }
}

/// The notion behind what an alert log shows; none: it shows nothing about this promise.
#[must_use]
pub fn output_notion(promise: ClaimedQuantity) -> Option<Notion> {
    match promise {
        ClaimedQuantity::StatisticsOnly => Some(Notion::AnonymousStatistics),
        ClaimedQuantity::NoTracking => Some(Notion::FollowingAPerson),
        ClaimedQuantity::NoPersonalData => Some(Notion::ImageOfAPerson),
        _ => None,
    }
}

/// One frame in twenty with somebody: fewer, and a detector's own errors could be all that was seen.
const HARDLY_ANYBODY: f64 = 0.05;

/// What has to hold of the evidence of a finding for the promise to hold: the other side of the audit's threshold. That
/// images of persons are processed is the case long before somebody is usually in view, so that has a limit of its own.
#[must_use]
pub fn held_to(part: &Part, threshold: &audits::Threshold) -> Hypothesis {
    let (side, value) = if part.audit == AuditId::SomebodyIsUsuallyInView {
        (audits::Side::AtLeast, HARDLY_ANYBODY)
    } else {
        (threshold.side, threshold.value)
    };
    match side {
        audits::Side::AtLeast => Hypothesis::AtMost { value },
        audits::Side::AtMost => Hypothesis::AtLeast { value },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_promise_has_something_measurable_and_nothing_else_has() {
        for quantity in ClaimedQuantity::ALL {
            let measurable = !parts(quantity).is_empty() || output_notion(quantity).is_some();
            assert_eq!(measurable, quantity.is_promise(), "{quantity:?}");
        }
    }

    /// What each promise is held against: questions to the record with what an answer can show, and what a log shows.
    #[test]
    fn the_parts_of_the_promises_are_these() {
        use AuditId as A;
        use Bearing::{Input, Whole};
        use ClaimedQuantity as Q;
        for (promise, measured, of_a_log) in [
            (
                Q::NoPersonalData,
                vec![(A::SomebodyIsUsuallyInView, Whole)],
                Some(Notion::ImageOfAPerson),
            ),
            (
                Q::NoBiometricData,
                vec![(A::FacesCanBeToldApart, Input), (A::PeopleCanBeFoundAgain, Input)],
                None,
            ),
            (
                Q::OnlySilhouettes,
                vec![
                    (A::GaitIsUsable, Input),
                    (A::PeopleCanBeFollowedThroughTheView, Input),
                ],
                None,
            ),
            (
                Q::FacesAreBlurred,
                vec![
                    (A::PeopleCanBeFoundAgainWithoutFaces, Whole),
                    (A::ClothingSinglesPeopleOut, Whole),
                    (A::PeopleCanBeFollowedThroughTheView, Whole),
                ],
                None,
            ),
            (
                Q::NoTracking,
                vec![
                    (A::PeopleCanBeFollowedThroughTheView, Input),
                    (A::PeopleCanBeFoundAgainWithoutFaces, Input),
                ],
                Some(Notion::FollowingAPerson),
            ),
            (Q::StatisticsOnly, vec![], Some(Notion::AnonymousStatistics)),
        ] {
            let found: Vec<_> = parts(promise)
                .iter()
                .map(|part| (part.audit, part.bearing))
                .collect();
            assert_eq!(
                (found, output_notion(promise)),
                (measured, of_a_log),
                "{promise:?}"
            );
        }
    }

    #[test]
    fn a_promise_is_held_to_the_other_side_of_the_question() {
        let threshold = audits::Threshold {
            value: 0.5,
            unit: vsa_record::Unit::Ratio,
            side: audits::Side::AtLeast,
            source: audits::ThresholdSource::MajorityConvention,
        };
        let blurred = parts(ClaimedQuantity::FacesAreBlurred)[0];
        assert_eq!(held_to(&blurred, &threshold), Hypothesis::AtMost { value: 0.5 });
        let seen = parts(ClaimedQuantity::NoPersonalData)[0];
        assert_eq!(held_to(&seen, &threshold), Hypothesis::AtMost { value: 0.05 });
    }
}
