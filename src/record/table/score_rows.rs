//! Scores as rows for notebooks: one for each figure, point of a curve, group and pair. In: [`Scores`]. Out: a [`Table`].
//! A withheld cell is a row without a value whose `state` says so. Deliberately not here: boxes and matches.

use super::{Table, Values};
use crate::disclosure::{Cell, CellState};
use crate::estimate::{Estimate, Interval};
use crate::groups::{GroupPrecision, GroupTable};
use crate::scores::{Figured, Scores};

/// One row.
#[derive(Default)]
struct Row {
    /// `figure`, `curve`, `group`, `pair`, `stratum`.
    kind: &'static str,
    name: String,
    /// Attributes of the groups, joined by ` x `.
    by: Option<String>,
    group: Option<String>,
    other_group: Option<String>,
    threshold: Option<f64>,
    /// Place along the level axis of a curve; lower end of a band of heights.
    x: Option<f64>,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    method: Option<String>,
    unit: Option<String>,
    sample: Option<i64>,
    sample_of: Option<String>,
    p: Option<f64>,
    p_holm: Option<f64>,
    /// `shown`, `withheld`, or what was missing.
    state: String,
}

impl Row {
    fn new(kind: &'static str, name: String) -> Self {
        Self {
            kind,
            name,
            ..Self::default()
        }
    }

    /// The same under another name.
    fn named(self, name: String) -> Self {
        Self { name, ..self }
    }

    /// The same about a group.
    fn of(self, group: &[String]) -> Self {
        Self {
            group: Some(joined(group)),
            ..self
        }
    }

    /// The same about two groups.
    fn between(self, one: &[String], other: &[String]) -> Self {
        Self {
            other_group: Some(joined(other)),
            ..self.of(one)
        }
    }

    fn estimate(mut self, estimate: &Estimate) -> Self {
        self.value = Some(estimate.value);
        self.unit = Some(estimate.unit.to_string());
        self.sample = i64::try_from(estimate.sample.n).ok();
        self.sample_of = Some(estimate.sample.of.to_string());
        self.state = "shown".to_owned();
        self.interval(&estimate.interval)
    }

    fn interval(mut self, interval: &Interval) -> Self {
        // MOTA's interval may have no lower end, which no file format agrees on how to write.
        self.low = Some(interval.low).filter(|end| end.is_finite());
        self.high = Some(interval.high).filter(|end| end.is_finite());
        self.method = Some(interval.method.to_string());
        self
    }

    fn cell(mut self, cell: &Cell<Estimate>) -> Self {
        match cell.state() {
            CellState::Shown { value, .. } => self.estimate(value),
            CellState::Withheld { .. } => {
                "withheld".clone_into(&mut self.state);
                self
            }
        }
    }
}

/// All rows of `scores`, in the order of the record.
#[must_use]
pub fn of(scores: &Scores) -> Table {
    let mut rows = Vec::new();
    for figure in &scores.figures {
        let mut row = Row::new("figure", figure.name.to_string());
        row.x = figure.heights.map(|heights| heights.from);
        rows.push(match &figure.value {
            Figured::Measured { estimate } => row.cell(estimate),
            Figured::NotMeasured { missing } => Row {
                state: missing.to_string(),
                ..row
            },
        });
    }
    for curve in &scores.curves {
        let name = curve.name.to_string();
        let Some(points) = curve.points.shown() else {
            rows.push(Row {
                state: "withheld".to_owned(),
                ..Row::new("curve", name)
            });
            continue;
        };
        rows.extend(points.iter().map(|point| Row {
            x: Some(point.x),
            value: Some(point.y),
            low: point.low,
            high: point.high,
            state: "shown".to_owned(),
            ..Row::new("curve", name.clone())
        }));
    }
    for table in &scores.groups {
        push_groups(&mut rows, table, None);
    }
    for again in &scores.groups_at_thresholds {
        for table in &again.tables {
            push_groups(&mut rows, table, Some(again.threshold));
        }
    }
    for table in &scores.precision_by_group {
        push_precision(&mut rows, table);
    }
    table(&rows)
}

fn joined(values: &[String]) -> String {
    values.join(" x ")
}

fn push_groups(rows: &mut Vec<Row>, table: &GroupTable, threshold: Option<f64>) {
    let name = table.measure.to_string();
    let row = |kind: &'static str| Row {
        by: Some(joined(&table.by)),
        threshold,
        ..Row::new(kind, name.clone())
    };
    rows.push(row("group").cell(&table.overall));
    let groups = table.groups.iter();
    rows.extend(groups.map(|cell| row("group").of(&cell.group).cell(&cell.share)));
    let spreads = [
        ("difference", &table.difference),
        ("ratio", &table.ratio),
        ("complement_ratio", &table.complement_ratio),
    ];
    for (kind, spread) in spreads {
        if let Some(spread) = spread {
            let row = row("spread").between(&spread.best, &spread.worst);
            rows.push(row.named(format!("{name}_{kind}")).estimate(&spread.estimate));
        }
    }
    for pair in &table.pairs {
        let row = |p| Row {
            p,
            ..row("pair").between(&pair.one, &pair.other)
        };
        rows.push(Row {
            p_holm: pair.p_holm,
            ..row(pair.p).estimate(&pair.difference)
        });
        for equal in &pair.at_equal {
            let name = format!("{name}_at_equal_{}", equal.confounder);
            rows.push(row(Some(equal.p)).named(name).estimate(&equal.difference));
        }
    }
    for confounder in &table.strata {
        let name = format!("{name}_by_{}", confounder.confounder);
        for stratum in &confounder.strata {
            rows.extend(stratum.groups.iter().map(|one| Row {
                other_group: Some(stratum.label.clone()),
                ..row("stratum").of(&one.group).named(name.clone()).cell(&one.share)
            }));
        }
    }
}

fn push_precision(rows: &mut Vec<Row>, table: &GroupPrecision) {
    let row = |kind, name: &str| Row {
        by: Some(joined(&table.by)),
        ..Row::new(kind, name.to_owned())
    };
    let of_group = || row("group", "average_precision");
    rows.push(of_group().cell(&table.overall));
    let groups = table.groups.iter();
    rows.extend(groups.map(|cell| of_group().of(&cell.group).cell(&cell.average_precision)));
    if let Some(spread) = &table.difference {
        let row = row("spread", "average_precision_difference");
        rows.push(
            row.between(&spread.best, &spread.worst)
                .estimate(&spread.estimate),
        );
    }
}

fn table(rows: &[Row]) -> Table {
    let text = |of: &dyn Fn(&Row) -> Option<String>| Values::Text(rows.iter().map(of).collect());
    let number = |of: &dyn Fn(&Row) -> Option<f64>| Values::Number(rows.iter().map(of).collect());
    Table::default()
        .with("kind", text(&|row| Some(row.kind.to_owned())))
        .with("name", text(&|row| Some(row.name.clone())))
        .with("by", text(&|row| row.by.clone()))
        .with("group", text(&|row| row.group.clone()))
        .with("other_group_or_stratum", text(&|row| row.other_group.clone()))
        .with("threshold", number(&|row| row.threshold))
        .with("x", number(&|row| row.x))
        .with("value", number(&|row| row.value))
        .with("low", number(&|row| row.low))
        .with("high", number(&|row| row.high))
        .with("method", text(&|row| row.method.clone()))
        .with("unit", text(&|row| row.unit.clone()))
        .with(
            "sample",
            Values::Whole(rows.iter().map(|row| row.sample).collect()),
        )
        .with("sample_of", text(&|row| row.sample_of.clone()))
        .with("p", number(&|row| row.p))
        .with("p_holm", number(&|row| row.p_holm))
        .with("state", text(&|row| Some(row.state.clone())))
}
