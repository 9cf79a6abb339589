//! Scores in words for the terminal. In: a [`Scores`]. Out: lines. Numbers are rounded here and nowhere else; whoever needs
//! them in full takes the JSON.

use vsa_record::comparison::{ComparedFigure, Comparison};
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{Estimate, Unit};
use vsa_record::groups::{GroupAverage, GroupPrecision, GroupTable, Spread};
use vsa_record::scores::{Figure, FigureName, Figured, Heights, Scores};
use vsa_report::wording::en::score_checks;
pub(super) use vsa_report::wording::en::score_checks::check;

/// One line for each figure.
pub(super) fn table(scores: &Scores) -> Vec<String> {
    let names: Vec<String> = scores.figures.iter().map(name).collect();
    let width = names.iter().map(String::len).max().unwrap_or(0);
    let row = |(name, figure): (&String, &Figure)| format!("{name:<width$}  {}", value(figure));
    names.iter().zip(&scores.figures).map(row).collect()
}

/// Tables of groups, one line for each group, then the gap and the tests.
pub(super) fn groups(tables: &[GroupTable]) -> Vec<String> {
    let mut lines = Vec::new();
    for table in tables {
        let measure = table.measure.name().replace('_', " ");
        lines.push(String::new());
        lines.push(format!("{measure} by {}", table.by.join(" x ")));
        lines.push(format!("  all  {}", shown(&table.overall)));
        for one in &table.groups {
            let cases = one.cases.shown().map_or_else(|| "?".to_owned(), u64::to_string);
            lines.push(format!(
                "  {}  {}  of {cases}",
                group(&one.group),
                shown(&one.share)
            ));
        }
        lines.extend(table.difference.as_ref().map(difference));
        for (what, ratio) in [
            ("ratio", &table.ratio),
            ("ratio of what is missed", &table.complement_ratio),
        ] {
            lines.extend(ratio.as_ref().map(|ratio| {
                let (worst, best) = (group(&ratio.worst), group(&ratio.best));
                format!("  {what} {worst} / {best}: {}", number(&ratio.estimate))
            }));
        }
        for pair in &table.pairs {
            let p = |value: Option<f64>| value.map_or_else(|| "none".to_owned(), |p| format!("{p:.4}"));
            let mut line = format!(
                "  {} against {}: difference {}, p {} (Holm {})",
                group(&pair.one),
                group(&pair.other),
                number(&pair.difference),
                p(pair.p),
                p(pair.p_holm)
            );
            for equal in &pair.at_equal {
                line.push_str(&format!(
                    "; at equal {}: difference {}, odds ratio {:.3} [{:.3}, {:.3}], p {:.4}",
                    equal.confounder,
                    number(&equal.difference),
                    equal.odds_ratio,
                    equal.low,
                    equal.high,
                    equal.p
                ));
            }
            if let Some(needed) = pair.cases_needed {
                line.push_str(&format!(
                    "; {needed} cases of each would settle such a difference"
                ));
            }
            lines.push(line);
        }
    }
    lines
}

/// Average precision by group.
pub(super) fn precision_by_group(tables: &[GroupPrecision]) -> Vec<String> {
    let mut lines = Vec::new();
    for table in tables {
        let by = table.by.join(" x ");
        lines.push(String::new());
        lines.push(format!("average precision at overlap {} by {by}", table.overlap));
        lines.push(format!("  all  {}", shown(&table.overall)));
        let line = |it: &GroupAverage| format!("  {}  {}", group(&it.group), shown(&it.average_precision));
        lines.extend(table.groups.iter().map(line));
        lines.extend(table.difference.as_ref().map(difference));
    }
    lines
}

/// How many figures are withheld.
pub(super) fn withheld(scores: &Scores) -> usize {
    let is_withheld = |figure: &&Figure| match &figure.value {
        Figured::Measured { estimate } => estimate.shown().is_none(),
        Figured::NotMeasured { .. } => false,
    };
    scores.figures.iter().filter(is_withheld).count()
}

/// Two systems, one line for each figure.
pub(super) fn comparison(comparison: &Comparison) -> Vec<String> {
    let row = |row: &ComparedFigure| {
        let name = written_name(row.name, row.heights);
        let [one, other, difference] = [&row.one, &row.other, &row.difference].map(shown);
        format!("{name}  A {one}  B {other}  B - A {difference}")
    };
    let mut lines: Vec<String> = comparison.figures.iter().map(row).collect();
    if let Some(found) = comparison.found.shown() {
        lines.push(format!(
            "labels found by both {}, by A alone {}, by B alone {}, by neither {}; McNemar p {:.4}",
            found.both, found.only_one, found.only_other, found.neither, found.p
        ));
    }
    lines
}

fn name(figure: &Figure) -> String {
    written_name(figure.name, figure.heights)
}

fn written_name(name: FigureName, heights: Option<Heights>) -> String {
    // The written name: what stands in the JSON is what one finds here.
    match heights {
        None => name.to_string(),
        Some(heights) => match heights.below {
            Some(below) => format!("{name} {}-{below}px", heights.from),
            None => format!("{name} {}px+", heights.from),
        },
    }
}

fn value(figure: &Figure) -> String {
    match &figure.value {
        Figured::NotMeasured { missing } => format!("not measured: {}", score_checks::missing(*missing)),
        Figured::Measured { estimate } => shown(estimate),
    }
}

fn shown(cell: &Cell<Estimate>) -> String {
    cell.shown()
        .map_or_else(|| "withheld: few people".to_owned(), number)
}

fn group(group: &[String]) -> String {
    group.join(" / ")
}

/// How far the best group lies above the worst.
fn difference(gap: &Spread) -> String {
    let (best, worst) = (group(&gap.best), group(&gap.worst));
    format!("  difference {best} - {worst}: {}", number(&gap.estimate))
}

fn number(estimate: &Estimate) -> String {
    let (value, interval) = (estimate.value, &estimate.interval);
    let shown = |number: f64| match estimate.unit {
        Unit::Boxes | Unit::Events | Unit::People => format!("{number:.0}"),
        Unit::PerHour => format!("{number:.1}"),
        _ => format!("{number:.4}"),
    };
    if interval.low < interval.high {
        format!(
            "{}  [{}, {}]",
            shown(value),
            shown(interval.low),
            shown(interval.high)
        )
    } else {
        shown(value)
    }
}
