//! The third door, for data declared public or consented alone: what became of every label and every detection. In: paired
//! pictures and rankings at the overlap of the settings. Out: a [`Table`], one row for each box.
//! It opens only where the rule for small cells says that single objects may be exported, and the record says so.

use super::at_threshold::AtThreshold;
use super::labels::Labels;
use super::pair::Paired;
use super::ranking::NOTHING;
use std::collections::BTreeMap;
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::table::{Table, Values};

/// One box on its way out.
struct Row<'a> {
    side: &'static str,
    picture: u32,
    class: usize,
    region: super::region::Region,
    score: Option<f64>,
    subject: Option<i64>,
    outcome: &'static str,
    /// Of a label, or of the label that a detection found: its id, or its place in the file.
    label: Option<i64>,
    attributes: &'a [String],
}

/// None where single objects may not be exported.
pub(super) fn table(
    paired: &Paired,
    truth: &Labels,
    at: &AtThreshold,
    policy: &DisclosurePolicy,
) -> Option<Table> {
    if !policy.objects_exported() || policy.min_cell() > 1 {
        return None;
    }
    let id = |source: usize| {
        let label = &truth.boxes[source];
        label.id.or_else(|| i64::try_from(label.line).ok())
    };
    let mut rows = Vec::new();
    let fates: BTreeMap<usize, (Option<f64>, bool)> = at
        .fates()
        .map(|(fate, found)| (fate.source, (fate.score, found)))
        .collect();
    let mut judged: BTreeMap<(u32, usize, u32), (bool, u32, bool)> = BTreeMap::new();
    for (class, ranking) in at.rankings().iter().enumerate() {
        for one in ranking.ranked.iter().filter(|one| one.passed_over == 0) {
            let counts = one.score >= at.threshold();
            judged.insert(
                (one.picture, class, one.rank),
                (one.right & 1 == 1, one.source, counts),
            );
        }
    }
    for (number, picture) in (0u32..).zip(&paired.pictures) {
        for label in &picture.truth {
            let (score, outcome) = match fates.get(&label.source) {
                Some((score, true)) => (*score, "found"),
                Some((_, false)) => (None, "missed"),
                None => (None, "passed over"),
            };
            rows.push(Row {
                side: "label",
                picture: number,
                class: label.class,
                region: label.region,
                score,
                subject: label.subject,
                outcome,
                label: id(label.source),
                attributes: &truth.boxes[label.source].attributes,
            });
        }
        // The rank of a detection is its place among those of its class and picture, best first, as in the ranking.
        let mut order: Vec<usize> = (0..picture.found.len()).collect();
        order.sort_by(|a, b| picture.found[*b].score.total_cmp(&picture.found[*a].score));
        let mut ranks: BTreeMap<usize, u32> = BTreeMap::new();
        for index in order {
            let found = &picture.found[index];
            let rank = ranks.entry(found.class).or_default();
            let (outcome, label) = match judged.get(&(number, found.class, *rank)) {
                Some((_, _, false)) => ("below the threshold", None),
                Some((true, source, true)) => (
                    "right",
                    (*source != NOTHING).then(|| id(*source as usize)).flatten(),
                ),
                Some((false, _, true)) => ("wrong", None),
                None => ("passed over", None),
            };
            *rank += 1;
            rows.push(Row {
                side: "detection",
                picture: number,
                class: found.class,
                region: found.region,
                score: Some(found.score),
                subject: found.track,
                outcome,
                label,
                attributes: &[],
            });
        }
    }
    Some(of_rows(&rows, paired, truth))
}

fn of_rows(rows: &[Row], paired: &Paired, truth: &Labels) -> Table {
    let text = |of: &dyn Fn(&Row) -> Option<String>| Values::Text(rows.iter().map(of).collect());
    let number = |of: &dyn Fn(&Row) -> Option<f64>| Values::Number(rows.iter().map(of).collect());
    let whole = |of: &dyn Fn(&Row) -> Option<i64>| Values::Whole(rows.iter().map(of).collect());
    let picture = |row: &Row| &paired.pictures[row.picture as usize];
    let sequence = |row: &Row| {
        Some(paired.sequences[picture(row).sequence].name.clone()).filter(|name| !name.is_empty())
    };
    let attributes = |row: &Row| {
        let named = truth
            .attributes
            .iter()
            .zip(row.attributes)
            .filter(|(_, value)| !value.is_empty());
        let list: Vec<String> = named.map(|(name, value)| format!("{name}={value}")).collect();
        (!list.is_empty()).then(|| list.join(";"))
    };
    Table::default()
        .with("side", text(&|row| Some(row.side.to_owned())))
        .with("sequence", text(&sequence))
        .with(
            "picture",
            whole(&|row| picture(row).number.or(Some(i64::from(row.picture)))),
        )
        .with("picture_name", text(&|row| picture(row).name.clone()))
        .with("class", text(&|row| paired.classes.get(row.class).cloned()))
        .with("left", number(&|row| Some(row.region.left)))
        .with("top", number(&|row| Some(row.region.top)))
        .with("width", number(&|row| Some(row.region.width)))
        .with("height", number(&|row| Some(row.region.height)))
        .with("score", number(&|row| row.score))
        .with("subject", whole(&|row| row.subject))
        .with("outcome", text(&|row| Some(row.outcome.to_owned())))
        .with("label", whole(&|row| row.label))
        .with("attributes", text(&attributes))
}
