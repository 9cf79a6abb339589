//! The words of the page of scores about groups. In: names of groups, and numbers. Out: sentences.

use super::formats;
use super::terms::capitalised;
use vsa_record::estimate::{Estimate, Unit};
use vsa_record::groups::GroupMeasure;

/// A group's values.
pub fn group(values: &[String]) -> String {
    values.join(", ")
}

each! {
    /// Leads in.
    pub fn groups_lead(GroupMeasure);
    Recall => en "The share of labels found, group by group. In the terms of ISO/IEC 19795-10 the share that is not found is the \
                  group’s failure-to-acquire rate, and a difference between groups is differential performance. What would be \
                  fair is not for a number to say.",
              fr "Proportion des annotations trouvées, groupe par groupe. Dans les termes de la norme ISO/IEC 19795-10, la \
                  proportion qui n’est pas trouvée est le taux d’échec à l’acquisition du groupe, et une différence entre \
                  groupes est une performance différentielle. Il n’appartient pas à un nombre de dire ce qui serait équitable.";
    Accuracy | HitRate =>
        en "Shares group by group. In the terms of ISO/IEC 19795-10 a difference between groups is differential performance. \
            What would be fair is not for a number to say.",
        fr "Proportions, groupe par groupe. Dans les termes de la norme ISO/IEC 19795-10, une différence entre groupes est une \
            performance différentielle. Il n’appartient pas à un nombre de dire ce qui serait équitable.";
}

each! {
    /// What the share is.
    pub fn measure(GroupMeasure);
    Recall => en "share found", fr "proportion trouvée";
    Accuracy => en "share classified correctly", fr "proportion correctement classée";
    HitRate => en "hit rate", fr "taux de succès";
}

sentences! {
    /// Title of a forest.
    pub fn forest_title(what: GroupMeasure, by: &[String]) =
        en "{} by {}", fr "{} selon {}" (capitalised(measure(what)), by.join(words! { en " and ", fr " et " }));
    /// Short name in the contents.
    pub fn groups_name(by: &[String]) = en "By {}", fr "Selon {}" (by.join(" × "));
    /// Heading.
    pub fn groups_title(by: &[String]) =
        en "How the system differs by {}",
        fr "Comment le système diffère selon {}" (by.join(words! { en " and ", fr " et " }));
    /// Below a forest.
    pub const FOREST_CAPTION =
        en "The line is the share of all together. Groups whose intervals overlap may still differ, and those whose do \
            not may differ for another reason than the group: see the strata below.",
        fr "La ligne est la proportion de l’ensemble. Des groupes dont les intervalles se recouvrent peuvent néanmoins \
            différer, et ceux dont les intervalles ne se recouvrent pas peuvent différer pour une autre raison que le \
            groupe : voir les strates ci-dessous.";
    /// Row of all groups.
    pub const ALL = en "all", fr "ensemble";
    /// Title of the forest of average precision.
    pub fn precision_title(by: &[String], overlap: f64) =
        en "Average precision by {} at overlap {}",
        fr "Précision moyenne selon {}, pour un recouvrement de {}"
        (by.join(words! { en " and ", fr " et " }), formats::plain(overlap));
    /// Below it.
    pub const PRECISION_CAPTION =
        en "False positives count for every group, since nobody can say whom they should have shown: a small group pays for all \
            of them, and its average precision is lower for that alone.",
        fr "Les faux positifs comptent pour chaque groupe, puisque nul ne peut dire qui ils auraient dû montrer : un petit \
            groupe paie pour tous, et sa précision moyenne en est plus basse pour cette seule raison.";
    /// Axis.
    pub const AVERAGE_PRECISION = en "average precision", fr "précision moyenne";
    /// Terms of the gaps, that of average precision last.
    pub const GAP_TERMS[4] =
        (en "Difference", fr "Différence") (en "Ratio", fr "Rapport des proportions")
        (en "Ratio of what is missed", fr "Rapport de ce qui est manqué")
        (en "Difference of average precision", fr "Différence de précision moyenne");
    /// How far two groups lie apart.
    pub fn spread(best: &[String], worst: &[String], value: &str) =
        en "{value}; highest: {}, lowest: {}", fr "{value} ; le plus élevé : {}, le plus bas : {}" (group(best), group(worst));
}

/// A difference in percentage points, or a ratio as a plain number, with its interval.
pub fn spread_value(is_ratio: bool, estimate: &Estimate) -> String {
    if is_ratio {
        odds(estimate.value, estimate.interval.low, estimate.interval.high)
    } else {
        points(estimate)
    }
}

/// A difference of shares in percentage points.
pub fn points(estimate: &Estimate) -> String {
    debug_assert_eq!(estimate.unit, Unit::Ratio);
    let one = |value: f64| formats::decimal(value * 100.0, 1);
    text! {
        en "{} points ({} to {})",
        fr "{} points de pourcentage (de {} à {})"; one(estimate.value), one(estimate.interval.low), one(estimate.interval.high) }
}

sentences! {
    /// Caption.
    pub const COUNTS_CAPTION = en "Labels of each group, and how many were found",
                               fr "Annotations de chaque groupe, et combien ont été trouvées";
    /// Columns.
    pub const COUNT_COLUMNS[5] =
        (en "Group", fr "Groupe") (en "Labels", fr "Annotations") (en "Found", fr "Trouvées")
        (en "Share found", fr "Proportion trouvée")
        (en "Failure to acquire (miss rate)", fr "Échec à l’acquisition (taux d’omission)");
}

/// A probability.
pub fn p_value(p: Option<f64>) -> String {
    match p {
        None => super::NONE.to_owned(),
        Some(p) if p < 0.0001 => words! { en "below 0.0001", fr "inférieur à 0,0001" }.to_owned(),
        Some(p) => formats::decimal(p, 4),
    }
}

/// Caption; not every pair may be told.
pub fn pairs_caption(pairs: usize, told: usize) -> String {
    let rest = if pairs > told { text! {
        en " (the first {told} of {pairs}; the record has all)",
        fr " (les {told} premières sur {pairs} ; le relevé les contient toutes)" } } else { String::new() };
    text! {
        en "Pairs of groups: difference, test of equality, and the labels that each group would need to find such a difference \
            with 80 % probability{rest}",
        fr "Paires de groupes : différence, test d’égalité, et nombre d’annotations dont chaque groupe aurait besoin pour qu’une \
            telle différence soit trouvée avec une puissance de 80 %{rest}" }
}

sentences! {
    /// Columns.
    pub const PAIR_COLUMNS[5] =
        (en "Groups", fr "Groupes") (en "Difference", fr "Différence") ("p")
        (en "p for all pairs together (Holm)", fr "p pour toutes les paires ensemble (Holm)")
        (en "Labels needed in each", fr "Annotations nécessaires dans chacun");
    /// Two groups.
    pub fn pair(one: &[String], other: &[String]) = "{} − {}" (group(one), group(other));
}

/// A confounder.
pub fn confounder(name: &str) -> String {
    if name == "height" {
        words! { en "height in pixels", fr "hauteur en pixels" }.to_owned()
    } else {
        name.to_owned()
    }
}

/// A stratum: numbers from one to another, or a value as somebody labelled it.
pub fn stratum(label: &str) -> String {
    words! {
        en { label.to_owned() },
        fr {
            let number = |text: &str| text.parse::<f64>().ok().map(formats::plain);
            let words: Vec<&str> = label.split(' ').collect();
            let said = match words[..] {
                [from, "to", below] => number(from)
                    .zip(number(below))
                    .map(|(from, below)| format!("de {from} à {below}")),
                ["below", below] => number(below).map(|below| format!("moins de {below}")),
                [from, "and", "more"] => number(from).map(|from| format!("{from} et plus")),
                _ => None,
            };
            said.unwrap_or_else(|| label.to_owned())
        },
    }
}

sentences! {
    /// Caption.
    pub fn stratified_caption(name: &str) =
        en "Shares of each group where the {} is much the same",
        fr "Proportions de chaque groupe, par strates où le facteur de confusion est à peu près le même ({})" (confounder(name));
    /// Caption.
    pub const EQUAL_CAPTION =
        en "The same gaps with a confounder held constant: both groups standardised to the same spread over its strata, and the \
            common odds ratio of Mantel and Haenszel",
        fr "Les mêmes différences, un facteur de confusion étant tenu constant : taux standardisés des deux groupes, selon une \
            même répartition entre ses strates, et rapport de cotes commun de Mantel et Haenszel";
    /// Columns.
    pub const EQUAL_COLUMNS[6] =
        (en "Groups", fr "Groupes") (en "Held constant", fr "Tenu constant")
        (en "Difference as it is", fr "Différence telle quelle")
        (en "Difference held constant", fr "Différence à facteur constant") (en "Odds ratio", fr "Rapport de cotes") ("p");
    /// Column.
    pub const THRESHOLD = en "Threshold", fr "Seuil";
    /// Caption.
    pub const SWEEP_CAPTION = en "Shares found at other thresholds: how far groups lie apart depends on the threshold",
                              fr "Proportions trouvées à d’autres seuils : l’écart entre les groupes dépend du seuil";
}

/// A ratio, such as one of odds, with its interval.
pub fn odds(value: f64, low: f64, high: f64) -> String {
    let two = |value: f64| formats::decimal(value, 2);
    text! { en "{} ({} to {})", fr "{} (de {} à {})"; two(value), two(low), two(high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strata_of_numbers_are_told_in_the_language_and_values_as_they_were_labelled() {
        for (label, said) in [
            ("16 to 32", words! { en "16 to 32", fr "de 16 à 32" }),
            ("below 2.5", words! { en "below 2.5", fr "moins de 2,5" }),
            ("40 and more", words! { en "40 and more", fr "40 et plus" }),
            ("extreme", "extreme"),
            ("from here to there", "from here to there"),
            ("dark to bright", "dark to bright"),
        ] {
            assert_eq!(stratum(label), said);
        }
    }
}
