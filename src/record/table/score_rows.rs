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

#[cfg(test)]
mod tests {
    use super::super::TableFormat;
    use super::*;
    use crate::curve::{Curve, CurveName, CurvePoint};
    use crate::disclosure::{DataBasis, DisclosurePolicy};
    use crate::estimate::{IntervalMethod, SampleSize, SampledThing, Unit};
    use crate::facts::ToolFacts;
    use crate::groups::{
        AtEqual, ConfounderTable, GroupAverage, GroupCell, GroupInStratum, GroupMeasure, GroupPair,
        GroupsAtThreshold, Spread, Stratum,
    };
    use crate::scores::{
        Figure, FigureName, Heights, LabelFormat, NoFigure, Resampled, SCHEMA, ScoreSettings, SideFacts,
    };

    fn open() -> DisclosurePolicy {
        DisclosurePolicy::new(DataBasis::Public, None, None).unwrap()
    }

    fn shown<T>(value: T) -> Cell<T> {
        open().cell(value, 40)
    }

    fn withheld<T>() -> Cell<T> {
        DisclosurePolicy::strict().withheld()
    }

    fn estimate(value: f64, low: f64, high: f64) -> Estimate {
        Estimate {
            value,
            unit: Unit::Ratio,
            interval: Interval::between(low, high, IntervalMethod::Wilson),
            sample: SampleSize::new(40, SampledThing::Labels),
        }
    }

    fn group(values: &[&str]) -> Vec<String> {
        values.iter().map(|&value| value.to_owned()).collect()
    }

    fn spread(value: f64) -> Option<Spread> {
        Some(Spread {
            best: group(&["adult", "f"]),
            worst: group(&["child", "m"]),
            estimate: estimate(value, value / 2.0, value * 2.0),
        })
    }

    /// Of no figure, curve or group.
    fn none() -> Scores {
        let side = SideFacts {
            format: LabelFormat::Csv,
            sha256: String::new(),
            files: 1,
            sequences: 1,
            pictures: 1,
            skipped: Vec::new(),
            boxes: shown(40),
        };
        Scores {
            schema: SCHEMA.to_owned(),
            tool: ToolFacts::this(),
            truth: side.clone(),
            detections: side,
            models: Vec::new(),
            disclosure: open(),
            settings: ScoreSettings {
                overlap: 0.5,
                score_threshold: None,
                classes: Vec::new(),
                resamples: 0,
                resampled: Resampled::Pictures { n: 1 },
            },
            checks: Vec::new(),
            figures: Vec::new(),
            curves: Vec::new(),
            groups: Vec::new(),
            precision_by_group: Vec::new(),
            groups_at_thresholds: Vec::new(),
        }
    }

    fn no_groups(measure: GroupMeasure) -> GroupTable {
        GroupTable {
            measure,
            by: group(&["age", "sex"]),
            overall: shown(estimate(0.5, 0.25, 0.75)),
            groups: Vec::new(),
            unknown: shown(0),
            difference: None,
            ratio: None,
            complement_ratio: None,
            pairs: Vec::new(),
            strata: Vec::new(),
        }
    }

    fn csv(scores: &Scores) -> Vec<String> {
        let text = String::from_utf8(of(scores).to_bytes(TableFormat::Csv)).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    const NAMES: &str = "kind,name,by,group,other_group_or_stratum,threshold,x,value,low,high,method,unit,sample,\
                         sample_of,p,p_holm,state";

    #[test]
    fn figures_and_curves_are_rows_with_their_ends_or_with_the_reason_why_there_are_none() {
        let figure = |name, heights, value| Figure { name, heights, value };
        let measured = |estimate| Figured::Measured { estimate };
        let heights = Heights {
            from: 16.0,
            below: Some(32.0),
        };
        let missing = NoFigure::NoTracks;
        let point = |x, y, ends: Option<(f64, f64)>| CurvePoint {
            x,
            y,
            low: ends.map(|(low, _)| low),
            high: ends.map(|(_, high)| high),
        };
        let points = vec![point(0.0, 1.0, None), point(0.5, 0.75, Some((0.625, 0.875)))];
        let scores = Scores {
            figures: vec![
                figure(
                    FigureName::Recall,
                    None,
                    measured(shown(estimate(0.8, 0.7, 0.875))),
                ),
                figure(FigureName::Ap50OfHeights, Some(heights), measured(withheld())),
                figure(FigureName::Hota, None, Figured::NotMeasured { missing }),
                figure(
                    FigureName::Mota,
                    None,
                    measured(shown(estimate(-2.0, f64::NEG_INFINITY, 0.5))),
                ),
            ],
            curves: vec![
                Curve {
                    name: CurveName::PrecisionByRecall,
                    points: shown(points),
                },
                Curve {
                    name: CurveName::HotaByOverlap,
                    points: withheld(),
                },
            ],
            ..none()
        };
        let wanted = [
            NAMES,
            "figure,recall,,,,,,0.8,0.7,0.875,wilson,ratio,40,labels,,,shown",
            "figure,ap50_of_heights,,,,,16,,,,,,,,,,withheld",
            "figure,hota,,,,,,,,,,,,,,,no-tracks",
            "figure,mota,,,,,,-2,,0.5,wilson,ratio,40,labels,,,shown",
            "curve,precision_by_recall,,,,,0,1,,,,,,,,,shown",
            "curve,precision_by_recall,,,,,0.5,0.75,0.625,0.875,,,,,,,shown",
            "curve,hota_by_overlap,,,,,,,,,,,,,,,withheld",
        ];
        assert_eq!(csv(&scores), wanted);
    }

    #[test]
    fn groups_are_rows_with_their_spreads_pairs_and_strata() {
        let pair = GroupPair {
            one: group(&["adult", "f"]),
            other: group(&["child", "m"]),
            difference: estimate(0.25, 0.125, 0.375),
            p: Some(0.03),
            p_holm: Some(0.06),
            cases_needed: None,
            at_equal: vec![AtEqual {
                confounder: "height".to_owned(),
                strata: 2,
                one: 0.5,
                other: 0.375,
                difference: estimate(0.125, 0.0625, 0.1875),
                odds_ratio: 2.0,
                low: 1.0,
                high: 4.0,
                p: 0.04,
            }],
        };
        let cell = |names: &[&str], share: Cell<Estimate>| GroupCell {
            group: group(names),
            cases: shown(40),
            hits: shown(20),
            complement: share.clone(),
            share,
        };
        let strata = ConfounderTable {
            confounder: "height".to_owned(),
            strata: vec![Stratum {
                label: "16 to 32".to_owned(),
                groups: vec![GroupInStratum {
                    group: group(&["adult", "f"]),
                    share: shown(estimate(0.75, 0.5, 1.0)),
                }],
            }],
        };
        let table = GroupTable {
            groups: vec![
                cell(&["adult", "f"], shown(estimate(0.625, 0.5, 0.75))),
                cell(&["child", "m"], withheld()),
            ],
            difference: spread(0.25),
            ratio: spread(0.5),
            complement_ratio: spread(2.0),
            pairs: vec![pair],
            strata: vec![strata],
            ..no_groups(GroupMeasure::Recall)
        };
        let scores = Scores {
            groups: vec![table],
            groups_at_thresholds: vec![GroupsAtThreshold {
                threshold: 0.3,
                tables: vec![no_groups(GroupMeasure::Accuracy)],
            }],
            ..none()
        };
        let wanted = [
            NAMES,
            "group,recall,age x sex,,,,,0.5,0.25,0.75,wilson,ratio,40,labels,,,shown",
            "group,recall,age x sex,adult x f,,,,0.625,0.5,0.75,wilson,ratio,40,labels,,,shown",
            "group,recall,age x sex,child x m,,,,,,,,,,,,,withheld",
            "spread,recall_difference,age x sex,adult x f,child x m,,,0.25,0.125,0.5,wilson,ratio,40,labels,,,shown",
            "spread,recall_ratio,age x sex,adult x f,child x m,,,0.5,0.25,1,wilson,ratio,40,labels,,,shown",
            "spread,recall_complement_ratio,age x sex,adult x f,child x m,,,2,1,4,wilson,ratio,40,labels,,,shown",
            "pair,recall,age x sex,adult x f,child x m,,,0.25,0.125,0.375,wilson,ratio,40,labels,0.03,0.06,shown",
            "pair,recall_at_equal_height,age x sex,adult x f,child x m,,,0.125,0.0625,0.1875,wilson,ratio,40,labels,\
             0.04,,shown",
            "stratum,recall_by_height,age x sex,adult x f,16 to 32,,,0.75,0.5,1,wilson,ratio,40,labels,,,shown",
            "group,accuracy,age x sex,,,0.3,,0.5,0.25,0.75,wilson,ratio,40,labels,,,shown",
        ];
        assert_eq!(csv(&scores), wanted);
    }

    #[test]
    fn average_precision_of_groups_is_rows_too() {
        let scores = Scores {
            precision_by_group: vec![GroupPrecision {
                by: group(&["age", "sex"]),
                overlap: 0.5,
                overall: shown(estimate(0.5, 0.25, 0.75)),
                groups: vec![GroupAverage {
                    group: group(&["adult", "f"]),
                    average_precision: shown(estimate(0.625, 0.5, 0.75)),
                }],
                difference: spread(0.25),
                ratio: spread(0.5),
            }],
            ..none()
        };
        let wanted = [
            NAMES,
            "group,average_precision,age x sex,,,,,0.5,0.25,0.75,wilson,ratio,40,labels,,,shown",
            "group,average_precision,age x sex,adult x f,,,,0.625,0.5,0.75,wilson,ratio,40,labels,,,shown",
            "spread,average_precision_difference,age x sex,adult x f,child x m,,,0.25,0.125,0.5,wilson,ratio,40,labels,,,\
             shown",
        ];
        assert_eq!(csv(&scores), wanted);
    }
}
