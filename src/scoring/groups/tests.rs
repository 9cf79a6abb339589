//! Groups held to published tables, to fairlearn, and to what the rule for small cells demands.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests write the files that are read"
)]

use super::confounders;
use super::outcomes::{OutcomeColumns, OutcomesRequest, evaluate_outcomes};
use super::{Case, Tables};
use std::collections::BTreeMap;
use std::path::PathBuf;
use vsa_record::disclosure::{DataBasis, DisclosurePolicy};
use vsa_record::groups::{GroupMeasure, GroupScores, GroupTable};
use vsa_test_data as test_data;

fn public() -> DisclosurePolicy {
    DisclosurePolicy::new(DataBasis::Public, None, None).unwrap()
}

fn known(test: &str, path: &str) -> Option<PathBuf> {
    let found = test_data::shared("known-answers").map(|folder| folder.join(path));
    if found.is_none() {
        test_data::skipped(test, "the shared data are absent");
    }
    found
}

fn counted(text: &str, policy: DisclosurePolicy) -> GroupScores {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("counts.csv");
    std::fs::write(&table, text).unwrap();
    let request = OutcomesRequest {
        table,
        by: vec!["group".to_owned()],
        outcome: OutcomeColumns::Counted {
            hits: "hits".to_owned(),
            cases: "cases".to_owned(),
        },
        skip_bad_rows: false,
        disclosure: policy,
    };
    evaluate_outcomes(&request).unwrap_or_else(|error| panic!("{error}"))
}

fn tables(
    attributes: &[String],
    confounders: &[confounders::Confounder],
    cases: &[Case],
    policy: &DisclosurePolicy,
) -> Vec<GroupTable> {
    Tables {
        attributes,
        confounders,
        measure: GroupMeasure::Recall,
        draws: None,
        policy,
    }
    .of(cases)
}

fn share(table: &GroupTable, group: &str) -> f64 {
    let cell = table
        .groups
        .iter()
        .find(|cell| cell.group.join("|") == group)
        .unwrap();
    cell.share.shown().unwrap().value
}

#[test]
fn every_published_recall_miss_rate_difference_and_p_value_of_pedestrian_detectors_is_reproduced() {
    let name =
        "every_published_recall_miss_rate_difference_and_p_value_of_pedestrian_detectors_is_reproduced";
    let Some(path) = known(name, "pedestrian-fairness/pedfair_RQ1_gender.csv") else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let mut rows = 0;
    for line in text.lines().skip(2) {
        let field: Vec<&str> = line.split(',').collect();
        let number = |at: usize| field.get(at).and_then(|text| text.parse::<f64>().ok());
        let (Some(men), Some(found_men), Some(women), Some(found_women), Some(p)) =
            (number(7), number(8), number(11), number(12), number(15))
        else {
            continue;
        };
        let scores = counted(
            &format!("group,hits,cases\nmale,{found_men},{men}\nfemale,{found_women},{women}\n"),
            public(),
        );
        let table = &scores.tables[0];
        assert!(
            (share(table, "male") - number(9).unwrap()).abs() < 1e-12,
            "{line}"
        );
        assert!(
            (share(table, "female") - number(13).unwrap()).abs() < 1e-12,
            "{line}"
        );
        let missed = table
            .groups
            .iter()
            .find(|cell| cell.group == ["male"])
            .unwrap()
            .complement
            .shown()
            .unwrap();
        assert!((missed.value - number(10).unwrap()).abs() < 1e-12, "{line}");
        let pair = &table.pairs[0];
        assert!((pair.p.unwrap() - p).abs() < 1e-12, "{line}: {:?}", pair.p);
        // The table gives women less men.
        assert!(
            (pair.difference.value - number(16).unwrap()).abs() < 1e-12,
            "{line}"
        );
        assert!(
            pair.difference.interval.low < pair.difference.value
                && pair.difference.value < pair.difference.interval.high
        );
        rows += 1;
    }
    assert!(rows >= 20, "only {rows} rows were held to the table");
}

#[test]
fn accuracy_by_group_on_fairface_is_that_of_fairlearn() {
    let Some(path) = known(
        "accuracy_by_group_on_fairface_is_that_of_fairlearn",
        "fairface/fairface_label_val_expanded.csv",
    ) else {
        return;
    };
    let scores = evaluate_outcomes(&OutcomesRequest {
        table: path,
        by: vec!["gender".to_owned(), "race".to_owned()],
        outcome: OutcomeColumns::Compared {
            truth: "gender".to_owned(),
            said: "predicted_gender".to_owned(),
        },
        skip_bad_rows: false,
        disclosure: public(),
    })
    .unwrap_or_else(|error| panic!("{error}"));
    let mut got = BTreeMap::new();
    for table in &scores.tables {
        let by = table.by.join("|");
        for cell in &table.groups {
            got.insert(
                format!("{by}|{}", cell.group.join("|")),
                cell.share.shown().unwrap().value,
            );
        }
        got.insert(
            format!("{by}|difference"),
            table.difference.as_ref().unwrap().estimate.value,
        );
        got.insert(
            format!("{by}|ratio"),
            table.ratio.as_ref().unwrap().estimate.value,
        );
        got.insert(format!("{by}|overall"), table.overall.shown().unwrap().value);
    }
    let reference = crate::parity::reference("fairface");
    assert_eq!(got.len(), reference.len());
    assert!(reference.len() >= 30);
    for (name, value) in reference {
        assert!(
            (got[&name] - value).abs() < 1e-12,
            "{name}: {} instead of {value}",
            got[&name]
        );
    }
}

#[test]
fn a_small_group_takes_the_next_smallest_with_it() {
    let strict = counted(
        "group,hits,cases\na,100,200\nb,30,60\nc,4,5\n",
        DisclosurePolicy::strict(),
    );
    let open: Vec<bool> = strict.tables[0]
        .groups
        .iter()
        .map(|cell| cell.share.shown().is_some())
        .collect();
    assert_eq!(
        open,
        [true, false, false],
        "with c alone withheld, c = all - a - b"
    );
    assert!(strict.tables[0].overall.shown().is_some());
    assert!(strict.tables[0].difference.is_none() && strict.tables[0].pairs.is_empty());
    // A group in which one person is missed speaks about that person.
    let one_missed = counted(
        "group,hits,cases\na,199,200\nb,100,200\n",
        DisclosurePolicy::strict(),
    );
    assert!(
        one_missed.tables[0]
            .groups
            .iter()
            .all(|cell| cell.share.shown().is_none())
    );
}

#[test]
fn crossed_groups_with_a_small_cell_are_not_given_beside_their_margins() {
    let case = |a: &str, b: &str, hits: u64, cases: u64| Case {
        values: vec![Some(a.to_owned()), Some(b.to_owned())],
        hits,
        cases,
        strata: Vec::new(),
        person: None,
        cluster: None,
    };
    let cases = [
        case("f", "old", 2, 4),
        case("f", "young", 50, 100),
        case("m", "old", 50, 100),
        case("m", "young", 50, 100),
    ];
    let by = ["gender".to_owned(), "age".to_owned()];
    let strict = tables(&by, &[], &cases, &DisclosurePolicy::strict());
    assert_eq!(
        strict.iter().map(|table| table.by.len()).collect::<Vec<_>>(),
        [1, 1]
    );
    let open = tables(&by, &[], &cases, &public());
    assert_eq!(
        open.iter().map(|table| table.by.len()).collect::<Vec<_>>(),
        [1, 1, 2]
    );
    assert_eq!(open[2].groups.len(), 4);
}

#[test]
fn a_gap_that_is_a_gap_in_size_is_said_to_be_one() {
    let case = |group: &str, stratum: u32, hits: u64, cases: u64| Case {
        values: vec![Some(group.to_owned())],
        hits,
        cases,
        strata: vec![Some(stratum)],
        person: None,
        cluster: None,
    };
    let cases = [
        case("a", 3, 40, 200),
        case("a", 6, 40, 50),
        case("b", 3, 10, 50),
        case("b", 6, 160, 200),
    ];
    let height = confounders::named(&["height".to_owned()], &[]).unwrap_or_else(|error| panic!("{error}"));
    let table = &tables(&["group".to_owned()], &height, &cases, &public())[0];
    let pair = &table.pairs[0];
    assert!((pair.difference.value - (80.0 - 170.0) / 250.0).abs() < 1e-12 && pair.p.unwrap() < 1e-10);
    let size = &pair.at_equal[0];
    assert!(size.difference.value.abs() < 1e-12 && (size.odds_ratio - 1.0).abs() < 1e-12 && size.p > 0.99);
    // Both spread as both together, half and half: 0.5 * 0.2 + 0.5 * 0.8.
    assert!((size.one - 0.5).abs() < 1e-12 && (size.other - 0.5).abs() < 1e-12 && size.strata == 2);
    let strata = &table.strata[0].strata;
    assert_eq!(
        strata.iter().map(|one| one.label.as_str()).collect::<Vec<_>>(),
        ["8 to 16", "64 to 128"]
    );
    let share = |stratum: usize, group: usize| strata[stratum].groups[group].share.shown().unwrap().value;
    assert!((share(0, 0) - 0.2).abs() < 1e-12 && (share(1, 1) - 0.8).abs() < 1e-12);
    // What is missed: 170 of 250 by 80 of 250.
    let missed = table.complement_ratio.as_ref().unwrap();
    assert!((missed.estimate.value - 170.0 / 80.0).abs() < 1e-12 && missed.worst == ["a"]);
    // Cells within strata add up to those of the groups: never beside cells that may be withheld.
    let strict = &tables(
        &["group".to_owned()],
        &height,
        &cases,
        &DisclosurePolicy::strict(),
    )[0];
    assert!(strict.strata.is_empty());
}

#[test]
fn wrong_counts_are_refused_with_their_line() {
    let folder = tempfile::tempdir().unwrap();
    for (row, part) in [
        ("b,7,5", "line 3: 7 hits among 5 cases"),
        ("b,x,5", "line 3: the number of hits is `x`"),
        ("b,,5", "line 3: the outcome is empty"),
        ("b,-1,5", "the number of hits is -1"),
        ("b,1", "2 fields, but the head has 3"),
    ] {
        let table = folder.path().join("counts.csv");
        std::fs::write(&table, format!("group,hits,cases\na,1,2\n{row}\n")).unwrap();
        let mut request = OutcomesRequest {
            table,
            by: vec!["group".to_owned()],
            outcome: OutcomeColumns::Counted {
                hits: "hits".to_owned(),
                cases: "cases".to_owned(),
            },
            skip_bad_rows: false,
            disclosure: public(),
        };
        let message = evaluate_outcomes(&request).err().unwrap().to_string();
        assert!(message.contains(part), "{message}");
        request.skip_bad_rows = true;
        assert_eq!(
            evaluate_outcomes(&request)
                .unwrap_or_else(|error| panic!("{error}"))
                .rows_skipped,
            1
        );
    }
}
