//! Words for what changes when the picture gets worse.

use super::{measures, quantity};
use crate::wording::ChartText;
use vsa_record::quantity::Quantity;
use vsa_record::reading::Figure;
use vsa_record::robustness::{ComparedQuantity, Corruption, Perturbation};

/// Heading.
pub const ROBUSTNESS_HEADING: &str = "What changes when the picture gets worse";
/// What was done.
pub const ROBUSTNESS_LEAD: &str = "Every frame was degraded in each of these ways and looked at again by the same \
    models. The clean run is the reference: the shares below compare the program with itself, not with what was there.";
/// Nothing was done.
pub const NOT_DEGRADED: &str = "Not measured: the footage was not degraded and looked at again in this run (see \
    `--robustness`). How the numbers would change by night, in rain or with a worse camera is not known from this report.";
/// How to read it.
pub const ROBUSTNESS_NOTES: &[(&str, &str)] = &[
    (
        "Source.",
        "Method of Dooley et al. 2022 (arXiv 2211.15937), who take what is found in the clean picture for the truth; \
         degradations and severities after ImageNet-C (Hendrycks and Dietterich 2019).",
    ),
    (
        "What it cannot tell.",
        "Computed rain and fog are not rain and fog. Where the clean run is wrong, agreeing with it is wrong too.",
    ),
];
/// Head of the column of degradations.
pub const DEGRADATION: &str = "Degradation";
/// Head of the column of quantities.
pub const QUANTITY: &str = "Quantity";
/// Head of the column of the clean run.
pub const CLEAN: &str = "Clean";

/// Caption of a table; none: all degradations in one.
#[must_use]
pub fn robustness_caption(corruption: Option<Corruption>) -> String {
    let which = corruption.map_or_else(
        || "Every quantity, clean and degraded".to_owned(),
        |corruption| format!("Every quantity, clean and with {}", self::corruption(corruption)),
    );
    format!("{which}. In brackets the 95\u{202f}% interval.")
}

fn corruption(corruption: Corruption) -> &'static str {
    match corruption {
        Corruption::Blur => "blur",
        Corruption::Noise => "noise",
        Corruption::LowLight => "low light",
        Corruption::Compression => "compression",
        Corruption::Fog => "fog",
        Corruption::Rain => "rain",
        Corruption::Resolution => "fewer pixels",
        Corruption::FrameDrop => "lost frames",
    }
}

/// A degradation: `Low light, severity 3 of 5`.
#[must_use]
pub fn perturbation(way: Perturbation) -> String {
    let name = corruption(way.corruption);
    let (first, rest) = name.split_at(1);
    format!("{}{rest}, severity {} of 5", first.to_uppercase(), way.severity)
}

/// A compared quantity.
#[must_use]
pub fn compared(of: &ComparedQuantity, part: Option<&str>) -> String {
    match of {
        ComparedQuantity::PeopleFoundAgain => "People of the clean frames who are found again".into(),
        ComparedQuantity::PeopleAlsoFoundClean => {
            "People of the degraded frames who were found in the clean ones".into()
        }
        ComparedQuantity::FacesFoundAgain => "Faces of the clean frames that are found again".into(),
        ComparedQuantity::FacesAlsoFoundClean => {
            "Faces of the degraded frames that were found in the clean ones".into()
        }
        ComparedQuantity::PeoplePerFrame => quantity(&Quantity::PeoplePerFrame),
        ComparedQuantity::OccupiedShare => quantity(&Quantity::OccupiedShare),
        ComparedQuantity::FacesPerFrame => quantity(&Quantity::FacesPerFrame),
        ComparedQuantity::PeopleWithFace => quantity(&Quantity::PeopleWithFace),
        ComparedQuantity::MedianStay => quantity(&Quantity::Stay { at: 0.5 }),
        ComparedQuantity::FragmentsPerPerson => quantity(&Quantity::Fragments),
        ComparedQuantity::SeenShare => quantity(&Quantity::SeenShare),
        ComparedQuantity::Figure { capability, name, at } => {
            let figure = Figure {
                name: *name,
                of: part.map(str::to_owned),
                at: *at,
                estimate: None,
            };
            measures::figure(&figure)
                .map_or_else(|| super::capability(*capability).to_owned(), |text| text.title)
        }
    }
}

/// The chart of who is still found.
#[must_use]
pub fn found_again(summary: &str) -> ChartText {
    ChartText {
        title: "Of the people found in the clean picture, so many are found again".into(),
        description: format!("Share of the people found in the clean frames that the same model finds at the same place in degraded ones. {summary}"),
        caption: "The bar is the 95\u{202f}% interval. People whom the detector missed already in the clean frames are not counted.".into(),
        value_axis: "Share found again".into(),
        other_axis: String::new(),
    }
}
