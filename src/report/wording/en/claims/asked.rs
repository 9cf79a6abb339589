//! What was claimed, and which words a sentence lacks, in words.

use crate::formats::english as formats;
use vsa_claims::claim::{Claim, ClaimedQuantity, Comparator, Scale};
use vsa_claims::testable::{MissingWord, Remark};

/// What a claim is about.
#[must_use]
pub const fn claimed_quantity(quantity: ClaimedQuantity) -> &'static str {
    match quantity {
        ClaimedQuantity::Recall => "share of events that raised an alert",
        ClaimedQuantity::MissShare => "share of events that raised no alert",
        ClaimedQuantity::Precision => "share of alerts that told of an event",
        ClaimedQuantity::FalseAlertShare => "share of alerts that told of nothing",
        ClaimedQuantity::FalseAlarmRate => "false alerts for each camera",
        ClaimedQuantity::DelayToAlert => "time from the start of an event to its alert",
        ClaimedQuantity::MeanDelay => "mean time from the start of an event to its alert",
        ClaimedQuantity::Accuracy => "accuracy",
        ClaimedQuantity::Figure => "a number of the record",
        ClaimedQuantity::NoBiometricData => "the promise that no biometric data is processed",
        ClaimedQuantity::NoPersonalData => "the promise that no personal data is processed",
        ClaimedQuantity::OnlySilhouettes => "the promise that only silhouettes are processed",
        ClaimedQuantity::StatisticsOnly => "the promise that only statistics leave the system",
        ClaimedQuantity::FacesAreBlurred => "the promise that blurred faces protect people",
        ClaimedQuantity::NoTracking => "the promise that nobody is tracked",
    }
}

/// A value as a claim counts it.
#[must_use]
pub fn claimed_value(value: f64, scale: Option<Scale>) -> String {
    match scale {
        Some(Scale::Share) => formats::percent(value),
        Some(Scale::PerCameraHour) => format!("{} per camera-hour", rate(value)),
        Some(Scale::Seconds) => formats::seconds(value),
        Some(Scale::AsRecorded) | None => formats::plain(value),
    }
}

/// Rates of false alarms are often far below one an hour.
fn rate(value: f64) -> String {
    if value > 0.0 && value < 0.001 {
        format!("{value:.1e}")
    } else {
        formats::plain(value)
    }
}

/// The claim as it was read: what has to be how large.
#[must_use]
pub fn claim_as_read(claim: &Claim) -> String {
    let Some(quantity) = claim.quantity else {
        return "no quantity".to_owned();
    };
    let about = match (&claim.figure, quantity) {
        (Some(figure), ClaimedQuantity::Figure) => figure.clone(),
        _ => claimed_quantity(quantity).to_owned(),
    };
    let Some(value) = claim.value else { return about };
    let value = claimed_value(value, claim.scale);
    let margin = claim
        .margin
        .map(|margin| claimed_value(margin, claim.scale))
        .unwrap_or_default();
    let held = match claim.comparator {
        None => format!("somehow {value}"),
        Some(Comparator::AtLeast) => format!("at least {value}"),
        Some(Comparator::AtMost) => format!("at most {value}"),
        Some(Comparator::About) => format!("{value}, give or take {margin}"),
        Some(Comparator::AsGoodAs) => format!("as good as {value}, give or take {margin}"),
    };
    match claim.share {
        Some(share) => format!("{about}: {held}, for {} of the alerts", formats::percent(share)),
        None => format!("{about}: {held}"),
    }
}

/// What has to be asked of the vendor.
#[must_use]
pub const fn missing_word(word: MissingWord) -> &'static str {
    match word {
        MissingWord::Quantity => {
            "what is counted: events that were found, alerts that were right, false alerts for each camera and day, delay"
        }
        MissingWord::AccuracyOfWhat => {
            "accuracy of what: where events are rare, a system that never speaks is nearly always right; say the share \
             of events found and the false alerts for each camera and day"
        }
        MissingWord::Value => "a figure",
        MissingWord::Comparator => "whether the figure is a least, a most, or about so much",
        MissingWord::Unit => "what the figure counts in; for a rate, per camera and per hour, day or week",
        MissingWord::Margin => "how far off still agrees, said before the test",
        MissingWord::Reference => "as good as what: whose figure, counted how",
        MissingWord::Event => {
            "what counts as an event: without it, nobody can say which event was missed and which alert was false"
        }
        MissingWord::Share => "for which share of the alerts the time holds",
        MissingWord::ShareNotMean => {
            "a share of the alerts that come within the time, in place of the mean: one alert that comes an hour late \
             can change a mean by any amount, so that no number of alerts settles it"
        }
        MissingWord::Population => "on which footage, cameras or people it is said to hold",
        MissingWord::Figure => "which number of the record is meant",
    }
}

/// What should be known besides.
#[must_use]
pub const fn claim_remark(remark: Remark) -> &'static str {
    match remark {
        Remark::NoConditions => {
            "No condition is named, so that the sentence covers night, rain and crowds as well; the vendor may answer a \
             bad result with the conditions."
        }
        Remark::NoOperatingPoint => {
            "No setting is named: a bad result can be answered with another setting. Test the setting as delivered, and \
             write it down."
        }
        Remark::RecallAlone => {
            "No limit for false alarms at the same setting goes with it: a system that always alerts finds every event."
        }
        Remark::PrecisionAlone => {
            "No share of events found at the same setting goes with it: a system that never alerts raises no false alarm."
        }
        Remark::OnlyRefutable => {
            "All and none: one case can refute it, and no number of cases can support it."
        }
        Remark::NoVersion => "No version of the product is named.",
        Remark::NoSource => "It is not said where the sentence is written.",
        Remark::NoDigest => "No digest of the document was kept: the document may change.",
        Remark::NobodyTested => "Nobody is named who tested it.",
        Remark::MeasurableInPart => {
            "What a system does inside cannot be seen from outside. Measurable are what this footage would allow, and \
             what the system puts out."
        }
    }
}
