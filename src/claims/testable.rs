//! What has to be said before a claim can be tested. In: a claim. Out: the words that are missing, and what should be
//! known besides; before any footage is run.
//! Deliberately not here: sentences about it (see `report::wording`).

use super::claim::{Claim, ClaimedQuantity, Comparator};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A word without which nothing can be tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MissingWord {
    /// What is counted: events found, alerts that are right, false alerts, delay.
    Quantity,
    /// "Accuracy" of what: where events are rare, a system that never speaks is nearly always right.
    AccuracyOfWhat,
    /// A figure.
    Value,
    /// At least, at most, about, or as good as.
    Comparator,
    /// What the figure counts in; of a rate, for each camera and which time.
    Unit,
    /// How far off still agrees.
    Margin,
    /// As good as what.
    Reference,
    /// What counts as an event, and so as a miss and as a false alert.
    Event,
    /// Of a delay: for which share of the alerts.
    Share,
    /// Which share of delays, in place of their mean.
    ShareNotMean,
    /// On which footage, cameras or people.
    Population,
    /// Which number of the record.
    Figure,
}

/// What does not stand in the way of a test, but of what its result can be taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Remark {
    /// No condition is named: the claim is said of night, rain and crowds as well.
    NoConditions,
    /// No setting is named: the vendor can answer a bad result with another setting.
    NoOperatingPoint,
    /// A share of events found without the false alerts at the same setting: whoever always alerts finds all.
    RecallAlone,
    /// A share of right alerts without the events missed at the same setting: whoever hardly alerts is right.
    PrecisionAlone,
    /// "All" and "none" can be refuted by one case, and supported by no number of cases.
    OnlyRefutable,
    /// No version is named.
    NoVersion,
    /// The source is not named.
    NoSource,
    /// The document is named, but no digest of it: it may be changed later.
    NoDigest,
    /// Nobody is named who tested it.
    NobodyTested,
    /// A promise about what a system does inside: only what the footage would allow, and what it puts out, can be
    /// measured from outside.
    MeasurableInPart,
}

/// What the words of a claim allow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Nothing can be tested until these are said; none: testable.
    pub missing: Vec<MissingWord>,
    /// What should be known besides.
    pub remarks: Vec<Remark>,
}

impl Wording {
    /// Whether the claim can be tested as it is worded.
    #[must_use]
    pub fn is_testable(&self) -> bool {
        self.missing.is_empty()
    }
}

/// Looks at the words of `claim`; `others` are the claims of the same file.
#[must_use]
pub fn wording(claim: &Claim, others: &[Claim]) -> Wording {
    Wording {
        missing: missing(claim),
        remarks: remarks(claim, others),
    }
}

fn missing(claim: &Claim) -> Vec<MissingWord> {
    let mut missing = Vec::new();
    let mut need = |holds: bool, word: MissingWord| {
        if !holds {
            missing.push(word);
        }
    };
    let Some(quantity) = claim.quantity else {
        need(false, MissingWord::Quantity);
        need(claim.value.is_some(), MissingWord::Value);
        return missing;
    };
    if quantity.is_promise() {
        return missing;
    }
    need(quantity != ClaimedQuantity::Accuracy, MissingWord::AccuracyOfWhat);
    need(quantity != ClaimedQuantity::MeanDelay, MissingWord::ShareNotMean);
    need(claim.value.is_some(), MissingWord::Value);
    need(claim.comparator.is_some(), MissingWord::Comparator);
    need(claim.scale.is_some() || claim.value.is_none(), MissingWord::Unit);
    let two_sided = matches!(claim.comparator, Some(Comparator::About | Comparator::AsGoodAs));
    need(!two_sided || claim.margin.is_some(), MissingWord::Margin);
    let relative = claim.comparator == Some(Comparator::AsGoodAs);
    need(
        !relative || said(claim.reference.as_ref()),
        MissingWord::Reference,
    );
    if quantity == ClaimedQuantity::Figure {
        need(said(claim.figure.as_ref()), MissingWord::Figure);
    } else {
        need(said(claim.event.as_ref()), MissingWord::Event);
        need(said(claim.population.as_ref()), MissingWord::Population);
    }
    need(
        quantity != ClaimedQuantity::DelayToAlert || claim.share.is_some(),
        MissingWord::Share,
    );
    missing
}

fn said(word: Option<&String>) -> bool {
    word.is_some_and(|word| !word.trim().is_empty())
}

fn remarks(claim: &Claim, others: &[Claim]) -> Vec<Remark> {
    use ClaimedQuantity as Q;
    let mut remarks = Vec::new();
    let mut remark = |holds: bool, what: Remark| {
        if holds {
            remarks.push(what);
        }
    };
    let promise = claim.quantity.is_some_and(Q::is_promise);
    let beside = |wanted: &[Q]| {
        others.iter().any(|other| {
            other.id != claim.id
                && other.event == claim.event
                && other.operating_point == claim.operating_point
                && other.quantity.is_some_and(|q| wanted.contains(&q))
        })
    };
    remark(promise, Remark::MeasurableInPart);
    remark(is_all_or_none(claim), Remark::OnlyRefutable);
    remark(
        matches!(claim.quantity, Some(Q::Recall | Q::MissShare))
            && !beside(&[Q::Precision, Q::FalseAlertShare, Q::FalseAlarmRate]),
        Remark::RecallAlone,
    );
    remark(
        matches!(
            claim.quantity,
            Some(Q::Precision | Q::FalseAlertShare | Q::FalseAlarmRate)
        ) && !beside(&[Q::Recall, Q::MissShare]),
        Remark::PrecisionAlone,
    );
    remark(!promise && claim.conditions.is_empty(), Remark::NoConditions);
    remark(
        !promise && claim.operating_point.is_none(),
        Remark::NoOperatingPoint,
    );
    remark(claim.version.is_none(), Remark::NoVersion);
    match &claim.source {
        None => remark(true, Remark::NoSource),
        Some(source) => remark(source.sha256.is_none(), Remark::NoDigest),
    }
    remark(claim.tested.is_none(), Remark::NobodyTested);
    remarks
}

/// "All events", "no false alert": a share of 1 as the least, or of 0 as the most, or a rate of 0.
#[must_use]
pub fn is_all_or_none(claim: &Claim) -> bool {
    match (claim.comparator, claim.value) {
        (Some(Comparator::AtLeast), Some(value)) => {
            value >= 1.0 && claim.quantity.is_some_and(ClaimedQuantity::is_share_of_events)
        }
        (Some(Comparator::AtMost), Some(value)) => value <= 0.0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    fn words(lines: &str) -> Wording {
        let text = format!("[[claim]]\nid = \"a\"\nvendor = \"V\"\nsays = \"S\"\n{lines}\n");
        let claims = parse(&text).unwrap();
        wording(&claims[0], &claims)
    }

    #[test]
    fn ninety_five_percent_accuracy_says_nothing_that_can_be_tested() {
        let found = words("quantity = \"accuracy\"\nvalue = 95\nunit = \"percent\"");
        use MissingWord as W;
        assert_eq!(
            found.missing,
            [W::AccuracyOfWhat, W::Comparator, W::Event, W::Population]
        );
    }

    #[test]
    fn a_sentence_without_figure_or_quantity_lacks_both() {
        let found = words("");
        assert_eq!(found.missing, [MissingWord::Quantity, MissingWord::Value]);
        assert!(!found.is_testable());
    }

    #[test]
    fn a_full_sentence_lacks_nothing() {
        let found = words(
            "quantity = \"recall\"\ncomparator = \"at-least\"\nvalue = 0.95\nunit = \"share\"\nevent = \"a fall\"\n\
             population = \"the six cameras of hall 2\"",
        );
        assert!(found.is_testable(), "{found:?}");
        assert!(found.remarks.contains(&Remark::RecallAlone));
        assert!(!found.remarks.contains(&Remark::OnlyRefutable));
    }

    #[test]
    fn recall_beside_false_alarms_at_the_same_setting_is_not_alone() {
        let claim = |id: &str, rest: &str| {
            format!("[[claim]]\nid = \"{id}\"\nsays = \"S\"\nevent = \"fall\"\n{rest}\n")
        };
        let text = format!(
            "[defaults]\nvendor = \"V\"\n{}{}",
            claim("r", "quantity = \"recall\""),
            claim("f", "quantity = \"false-alarm-rate\"")
        );
        let claims = parse(&text).unwrap();
        assert!(
            !wording(&claims[0], &claims)
                .remarks
                .contains(&Remark::RecallAlone)
        );
        assert!(
            !wording(&claims[1], &claims)
                .remarks
                .contains(&Remark::PrecisionAlone)
        );
    }

    #[test]
    fn all_events_is_a_claim_that_can_only_be_refuted() {
        let all = words("quantity = \"recall\"\ncomparator = \"at-least\"\nvalue = 100\nunit = \"percent\"");
        assert!(all.remarks.contains(&Remark::OnlyRefutable));
        let seconds =
            words("quantity = \"delay-to-alert\"\ncomparator = \"at-least\"\nvalue = 5\nunit = \"seconds\"");
        assert!(!seconds.remarks.contains(&Remark::OnlyRefutable));
    }

    #[test]
    fn as_good_as_needs_a_margin_and_something_to_compare_with() {
        let found = words(
            "quantity = \"recall\"\ncomparator = \"as-good-as\"\nvalue = 0.9\nunit = \"share\"\nevent = \"e\"\n\
             population = \"p\"",
        );
        assert_eq!(found.missing, [MissingWord::Margin, MissingWord::Reference]);
    }

    #[test]
    fn delays_need_a_share_and_means_of_delays_are_asked_for_one() {
        let delay =
            "comparator = \"at-most\"\nvalue = 10\nunit = \"seconds\"\nevent = \"e\"\npopulation = \"p\"";
        assert_eq!(
            words(&format!("quantity = \"delay-to-alert\"\n{delay}")).missing,
            [MissingWord::Share]
        );
        assert_eq!(
            words(&format!("quantity = \"mean-delay\"\n{delay}")).missing,
            [MissingWord::ShareNotMean]
        );
    }

    #[test]
    fn a_promise_lacks_no_word_but_is_measurable_only_in_part() {
        let found = words("quantity = \"faces-are-blurred\"");
        assert!(found.is_testable());
        assert!(found.remarks.contains(&Remark::MeasurableInPart));
    }

    #[test]
    fn blank_words_are_missing_and_a_figure_needs_its_name_alone() {
        use MissingWord as W;
        let blank = "comparator = \"as-good-as\"\nvalue = 0.9\nmargin = 0.1\nreference = \" \"\nevent = \"\"\npopulation = \" \"";
        assert_eq!(
            words(&format!("quantity = \"recall\"\n{blank}")).missing,
            [W::Unit, W::Reference, W::Event, W::Population]
        );
        let figure =
            "quantity = \"figure\"\ncomparator = \"about\"\nvalue = 1\nunit = \"as-recorded\"\nmargin = 1";
        assert_eq!(words(figure).missing, [W::Figure]);
        assert!(words(&format!("{figure}\nfigure = \"recall\"")).is_testable());
        // Without a value nothing is counted in anything.
        assert_eq!(
            words("quantity = \"recall\"\nevent = \"e\"\npopulation = \"p\"").missing,
            [W::Value, W::Comparator]
        );
    }

    #[test]
    fn what_should_be_known_besides_is_all_that_is_not_said() {
        use Remark as R;
        let remarks = |lines: &str| words(lines).remarks;
        let bare = [
            R::NoConditions,
            R::NoOperatingPoint,
            R::NoVersion,
            R::NoSource,
            R::NobodyTested,
        ];
        assert_eq!(remarks(""), bare);
        assert_eq!(remarks("quantity = \"delay-to-alert\""), bare);
        for (quantity, first) in [
            ("recall", R::RecallAlone),
            ("miss-share", R::RecallAlone),
            ("precision", R::PrecisionAlone),
            ("false-alert-share", R::PrecisionAlone),
            ("false-alarm-rate", R::PrecisionAlone),
        ] {
            let expected = [&[first], &bare[..]].concat();
            assert_eq!(
                remarks(&format!("quantity = \"{quantity}\"")),
                expected,
                "{quantity}"
            );
        }
        // A promise has no conditions and no setting.
        assert_eq!(
            remarks("quantity = \"no-tracking\"\nsource = { document = \"d\" }"),
            [R::MeasurableInPart, R::NoVersion, R::NoDigest, R::NobodyTested]
        );
        let said = format!(
            "quantity = \"delay-to-alert\"\nversion = \"1\"\noperating_point = \"o\"\nconditions = {{ light = \"day\" }}\n\
             source = {{ document = \"d\", sha256 = \"{}\" }}\ntested = {{ by = \"us\" }}",
            "0".repeat(64)
        );
        assert_eq!(remarks(&said), []);
    }

    #[test]
    fn only_the_other_quantity_of_the_same_event_at_the_same_setting_stands_beside() {
        let claim = |id: &str, rest: &str| format!("[[claim]]\nid = \"{id}\"\nsays = \"S\"\n{rest}\n");
        let alone = |other: &str| {
            let first = claim(
                "r",
                "quantity = \"recall\"\nevent = \"fall\"\noperating_point = \"o\"",
            );
            let text = format!("[defaults]\nvendor = \"V\"\n{first}{}", claim("f", other));
            let claims = parse(&text).unwrap();
            wording(&claims[0], &claims)
                .remarks
                .contains(&Remark::RecallAlone)
        };
        for (other, is_alone) in [
            (
                "quantity = \"precision\"\nevent = \"fall\"\noperating_point = \"o\"",
                false,
            ),
            (
                "quantity = \"precision\"\nevent = \"fire\"\noperating_point = \"o\"",
                true,
            ),
            (
                "quantity = \"precision\"\nevent = \"fall\"\noperating_point = \"p\"",
                true,
            ),
            (
                "quantity = \"miss-share\"\nevent = \"fall\"\noperating_point = \"o\"",
                true,
            ),
            ("event = \"fall\"\noperating_point = \"o\"", true),
        ] {
            assert_eq!(alone(other), is_alone, "{other}");
        }
    }

    #[test]
    fn all_is_a_share_of_one_and_none_is_a_value_of_nothing() {
        for (quantity, comparator, value, unit, whether) in [
            ("recall", "at-least", 1.0, "share", true),
            ("recall", "at-least", 0.999, "share", false),
            ("recall", "at-most", 1.0, "share", false),
            ("recall", "about", 1.0, "share", false),
            ("false-alarm-rate", "at-least", 1.0, "per-camera-hour", false),
            ("false-alarm-rate", "at-most", 0.0, "per-camera-hour", true),
            ("false-alarm-rate", "at-most", 0.001, "per-camera-hour", false),
        ] {
            let found = words(&format!(
                "quantity = \"{quantity}\"\ncomparator = \"{comparator}\"\nvalue = {value:?}\nunit = \"{unit}\""
            ));
            let found = found.remarks.contains(&Remark::OnlyRefutable);
            assert_eq!(found, whether, "{quantity} {comparator} {value}");
        }
    }
}
