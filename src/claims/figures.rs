//! The figures that a claim can name. In: a name as somebody wrote it. Out: nothing, if a record or scores can have such a
//! figure; else the nearest names that there are. Deliberately not here: whether one record, or one file of scores, has it.

use vsa_record::quantity;
use vsa_record::scores::FigureName;

/// So many names are near enough to be told.
const TOLD: usize = 3;

/// The nearest names to one that neither a record nor scores can have, the nearest first; none: they can.
pub(crate) fn instead_of(name: &str) -> Option<Vec<String>> {
    if quantity::is_name(name) || FigureName::ALL.iter().any(|one| one.name() == name) {
        return None;
    }
    let scored = FigureName::ALL.into_iter().map(|one| one.name().to_owned());
    let mut names: Vec<(usize, String)> = quantity::beginnings()
        .chain(scored)
        .map(|one| (strsim::levenshtein(&one, name), one))
        .collect();
    names.sort();
    names.truncate(TOLD);
    Some(names.into_iter().map(|(_, one)| one).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_that_there_is_needs_no_other() {
        for name in [
            "presence.people_per_frame",
            "pace.faster_than_share.2.5",
            "recall",
            "hota",
        ] {
            assert_eq!(instead_of(name), None, "{name}");
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_told_what_was_meant_first() {
        for (slip, meant) in [
            ("presence.people_per_frames", "presence.people_per_frame"),
            ("pace.faster_then_share", "pace.faster_than_share"),
            ("recal", "recall"),
        ] {
            let told = instead_of(slip).unwrap();
            assert_eq!((told.len(), told[0].as_str()), (TOLD, meant));
        }
        assert!(instead_of("nonsense").is_some());
    }
}
