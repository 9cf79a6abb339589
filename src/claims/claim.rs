//! A checked claim: who said what, where it is written, and what it says once put into a form that can be decided.
//! In: what [`parse`](super::parse) found sound. Out: data. Missing words are `None`, and
//! [`testable`](super::testable) names them.
//! Deliberately not here: whether the claim holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What somebody says a product does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Short name, unique in its file.
    pub id: String,
    /// Who says it.
    pub vendor: String,
    /// Of which product.
    pub product: Option<String>,
    /// Of which version of it.
    pub version: Option<String>,
    /// The sentence, quoted.
    pub says: String,
    /// Where it is written.
    pub source: Option<Source>,
    /// What the sentence is about, as the auditor reads it.
    pub quantity: Option<ClaimedQuantity>,
    /// Name of a number of the record, for [`ClaimedQuantity::Figure`], such as `presence.people_per_frame`.
    pub figure: Option<String>,
    /// On which side of the value the claim holds.
    pub comparator: Option<Comparator>,
    /// The value, in `scale`.
    pub value: Option<f64>,
    /// What the value counts in.
    pub scale: Option<Scale>,
    /// For "about" and "as good as": how far off still agrees, in `scale`.
    pub margin: Option<f64>,
    /// For "as good as": than what, in words; its value is `value`.
    pub reference: Option<String>,
    /// For delays: the share of alerts that come within the time.
    pub share: Option<f64>,
    /// What counts as an event.
    pub event: Option<String>,
    /// On which footage, cameras or people it is said to hold.
    pub population: Option<String>,
    /// Under which conditions it is said to hold.
    pub conditions: Conditions,
    /// At which setting of the product.
    pub operating_point: Option<String>,
    /// Who tested it, and how.
    pub tested: Option<TestedBy>,
    /// What others published about it.
    pub published: Option<Published>,
}

/// Where a sentence or a figure is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Title of the document or address of the page.
    pub document: String,
    /// Page, section or paragraph.
    pub place: Option<String>,
    /// Date of the document, as it gives it.
    pub date: Option<String>,
    /// SHA-256 of the document as it was kept.
    pub sha256: Option<String>,
}

/// The conditions under which a claim is said to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conditions {
    /// Distance to the camera.
    pub distance: Option<String>,
    /// Light and weather.
    pub light: Option<String>,
    /// How many people.
    pub density: Option<String>,
    /// Zone of the scene; alerts and events of other zones are left out.
    pub zone: Option<String>,
    /// Kind of event, as the mapping of the logs names it; alerts and events of other kinds are left out.
    pub kind: Option<String>,
}

impl Conditions {
    /// Whether none is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Who tested a claim before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TestedBy {
    /// Who.
    pub by: String,
    /// How.
    pub how: Option<String>,
}

/// A share that somebody else counted and published. It is held against the claim as published counts, never as a
/// measurement of this program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The share, between 0 and 1, of what the claim speaks of.
    pub share: f64,
    /// Of how many; none: the source does not say.
    pub of: Option<u64>,
    /// Where it is written.
    pub source: Source,
}

vsa_record::named! {
    /// What a claim is about.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
    pub enum ClaimedQuantity {
        /// Share of events that raised an alert.
        Recall = "recall",
        /// Share of events that raised none.
        MissShare = "miss-share",
        /// Share of alerts that told of an event.
        Precision = "precision",
        /// Share of alerts that told of nothing.
        FalseAlertShare = "false-alert-share",
        /// False alerts for each camera and time.
        FalseAlarmRate = "false-alarm-rate",
        /// Time from the start of an event to its alert.
        DelayToAlert = "delay-to-alert",
        /// Mean time from the start of an event to its alert. No interval holds for a mean without an assumption about its
        /// longest delays; it is never testable as worded.
        MeanDelay = "mean-delay",
        /// "Accuracy": of what, nobody can tell. Never testable as worded.
        Accuracy = "accuracy",
        /// A number of the record, named by `figure`.
        Figure = "figure",
        /// "No biometric data."
        NoBiometricData = "no-biometric-data",
        /// "No personal data."
        NoPersonalData = "no-personal-data",
        /// "Only silhouettes."
        OnlySilhouettes = "only-silhouettes",
        /// "Statistics only."
        StatisticsOnly = "statistics-only",
        /// "Faces are blurred."
        FacesAreBlurred = "faces-are-blurred",
        /// "Nobody is tracked."
        NoTracking = "no-tracking",
    }
}

impl ClaimedQuantity {
    /// Whether it is a promise about data protection, which has no value of its own.
    #[must_use]
    pub const fn is_promise(self) -> bool {
        matches!(
            self,
            Self::NoBiometricData
                | Self::NoPersonalData
                | Self::OnlySilhouettes
                | Self::StatisticsOnly
                | Self::FacesAreBlurred
                | Self::NoTracking
        )
    }

    /// Whether it is a share between 0 and 1 of events or of alerts.
    #[must_use]
    pub const fn is_share_of_events(self) -> bool {
        matches!(
            self,
            Self::Recall | Self::MissShare | Self::Precision | Self::FalseAlertShare
        )
    }
}

/// On which side of the value a claim holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Comparator {
    /// At or above it.
    AtLeast,
    /// At or below it.
    AtMost,
    /// Within `margin` of it.
    About,
    /// No worse than it by more than `margin`: for "as good as".
    AsGoodAs,
}

/// What a value counts in. Values are kept in the first unit of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// A share between 0 and 1.
    Share,
    /// Each hour of each camera.
    PerCameraHour,
    /// Seconds.
    Seconds,
    /// The unit of the record's number.
    AsRecorded,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_a_promise_or_a_share_of_events_or_neither() {
        let named = |fits: fn(ClaimedQuantity) -> bool| -> Vec<&str> {
            let fitting = ClaimedQuantity::ALL
                .into_iter()
                .filter(|quantity| fits(*quantity));
            fitting.map(ClaimedQuantity::name).collect()
        };
        assert_eq!(
            named(ClaimedQuantity::is_promise),
            [
                "no-biometric-data",
                "no-personal-data",
                "only-silhouettes",
                "statistics-only",
                "faces-are-blurred",
                "no-tracking"
            ]
        );
        assert_eq!(
            named(ClaimedQuantity::is_share_of_events),
            ["recall", "miss-share", "precision", "false-alert-share"]
        );
    }

    #[test]
    fn one_condition_is_enough_to_have_some() {
        assert!(Conditions::default().is_empty());
        let at_night = Conditions {
            light: Some("night".to_owned()),
            ..Conditions::default()
        };
        assert!(!at_night.is_empty());
    }
}
