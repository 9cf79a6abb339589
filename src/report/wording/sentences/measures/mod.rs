//! Words for what the measures read: one file for each room of measures. In: names. Out: titles and explanations.
//! Deliberately not here: numbers (see `formats`).

/// Words of figures, as a table: the title, in which `{at}` and the like are filled, then what it means. None for others.
macro_rules! figures {
    ($of:expr; $($name:ident => (en $en:literal, fr $fr:literal) ($($meaning:tt)+);)+) => {
        match $of {
            $(FigureName::$name => Some(FigureText {
                title: text! { en $en, fr $fr },
                meaning: words! { $($meaning)+ },
            }),)+
            _ => None,
        }
    };
}

/// Words of distributions, as a table: title, axis, what is counted, the limit. None for others.
macro_rules! distributions {
    ($of:expr; $($name:ident => ($($title:tt)+) ($($axis:tt)+) ($($counted:tt)+) ($($limit:tt)+);)+) => {
        match $of {
            $(DistributionName::$name => Some(DistributionText {
                title: words! { $($title)+ },
                axis: words! { $($axis)+ },
                counted: words! { $($counted)+ },
                limit: words! { $($limit)+ },
            }),)+
            _ => None,
        }
    };
}

/// Words of measures, as a table: what is measured and how, where that comes from, what thresholds do to it, what it cannot tell.
/// None for others.
macro_rules! measures {
    ($of:expr; $($name:ident => ($($definition:tt)+) ($($source:tt)+) ($($sensitivity:tt)+) ($($cannot_tell:tt)+);)+) => {
        match $of {
            $(Capability::$name => Some(MeasureText {
                definition: words! { $($definition)+ },
                source: words! { $($source)+ },
                sensitivity: words! { $($sensitivity)+ },
                cannot_tell: words! { $($cannot_tell)+ },
            }),)+
            _ => None,
        }
    };
}

mod appearance;
mod events;
mod ground;

use crate::wording::{DistributionText, FigureText, MeasureText};
use vsa_record::reading::{Capability, DistributionName, Figure};

/// Words for a figure; none: it has no words yet.
pub fn figure(figure: &Figure) -> Option<FigureText> {
    ground::figure(figure)
        .or_else(|| appearance::figure(figure))
        .or_else(|| events::figure(figure))
}

/// Words for a distribution; none: it has no words yet.
pub fn distribution(name: DistributionName) -> Option<DistributionText> {
    ground::distribution(name).or_else(|| appearance::distribution(name))
}

/// Words for a measure; none: it has no words yet.
pub fn measure(capability: Capability) -> Option<MeasureText> {
    ground::measure(capability)
        .or_else(|| appearance::measure(capability))
        .or_else(|| events::measure(capability))
}

/// What a label is about: the record names it in English.
pub(super) fn attribute(name: &str) -> &str {
    words! {
        en { name },
        fr {
            match name {
                "age" => "âge",
                "gender" => "genre",
                "emotion" => "émotion",
                "mask" => "masque",
                "label" => "étiquette",
                other => other,
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use schemars::schema_for;
    use serde_json::Value;
    use vsa_record::reading::FigureName;

    /// Every variant as it is written, from the schema, so that a new one cannot be forgotten here.
    fn variants<T: serde::de::DeserializeOwned>(schema: &schemars::Schema) -> Vec<T> {
        let schema = schema.clone().to_value();
        let of = schema["oneOf"].as_array().expect("an enumeration").clone();
        let name = |variant: &Value| serde_json::from_value(variant["const"].clone()).expect("a variant");
        of.iter().map(name).collect()
    }

    #[test]
    fn every_figure_and_every_distribution_has_words() {
        let figures: Vec<FigureName> = variants(&schema_for!(FigureName));
        assert!(figures.len() > 20, "{}", figures.len());
        for name in figures {
            let figure = Figure {
                name,
                of: Some("hall".to_owned()),
                at: Some(3.0),
                estimate: None,
            };
            let text = super::figure(&figure).unwrap_or_else(|| panic!("{name:?} has no words"));
            assert!(text.title.len() > 5 && text.meaning.ends_with('.'), "{text:?}");
        }
        let distributions: Vec<DistributionName> = variants(&schema_for!(DistributionName));
        assert!(distributions.len() > 5, "{}", distributions.len());
        for name in distributions {
            assert!(distribution(name).is_some(), "{name:?} has no words");
        }
    }

    #[test]
    fn every_measured_capability_says_how_and_what_it_cannot_tell() {
        // What no measure reads has its reason in place of words.
        let unread = [
            Capability::Cost,
            Capability::GroupParity,
            Capability::Weapons,
            Capability::FireStart,
            Capability::Begging,
            Capability::Tagging,
            Capability::Voice,
            Capability::Temperature,
        ];
        for capability in Capability::ALL {
            assert_eq!(
                measure(capability).is_none(),
                unread.contains(&capability),
                "{capability:?}"
            );
        }
    }
}
