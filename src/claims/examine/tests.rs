//! Claims against published counts, and promises against a record.

use super::*;
use crate::decide::tests::chances_of_hits;
use crate::parse::parse;
use crate::power::More;
use crate::sampling::draw::{Draw, Moment, Stratum};
use crate::sampling::labels::Label;
use vsa_record::estimate::{Estimate, SampledThing};
use vsa_record::json::read_record;
use vsa_record::scores::{FigureName, Heights, LabelFormat, NoFigure, Resampled, ScoreSettings, SideFacts};

fn tool() -> ToolFacts {
    ToolFacts {
        name: "t".into(),
        version: "1".into(),
    }
}

fn examined(claims: &str, material: &Material<'_>, looks: Monitoring) -> ClaimsReport {
    let claims = parse(&format!("[defaults]\nvendor = \"V\"\n{claims}")).unwrap();
    examine(&claims, material, 0.05, looks, tool(), Vec::new())
}

fn precision(rest: &str) -> String {
    format!(
        "[[claim]]\nid = \"a\"\nsays = \"S\"\nquantity = \"precision\"\ncomparator = \"at-least\"\nvalue = 90\n\
         unit = \"percent\"\nevent = \"e\"\npopulation = \"p\"\n{rest}\n"
    )
}

#[test]
fn a_published_share_without_its_number_decides_nothing_and_says_what_number_would() {
    let text = precision("published = { share = 0.38, source = { document = \"d\" } }");
    let report = examined(&text, &Material::default(), Monitoring::Once);
    let Answer::NoDenominator {
        would: Some(false),
        from: Some(from),
    } = report.claims[0].answer
    else {
        panic!("{:?}", report.claims[0].answer)
    };
    // Of 2, 0.76 rounds to 1: P(X <= 1 | 0.9) = 19 %. Of 3: 1, 2.8 %. Of 4: 2, 5.2 %. Of 5: 2, 0.9 %; and all above.
    assert_eq!(from, 5);
    assert!(report.claims[0].tested.is_none());
}

#[test]
fn published_counts_are_tested_as_what_they_are() {
    let text = precision("published = { hits = 38, of = 100, source = { document = \"d\" } }");
    let report = examined(&text, &Material::default(), Monitoring::Once);
    let found = &report.claims[0];
    assert_eq!(
        found.answer,
        Answer::Decided {
            verdict: Verdict::Refuted
        }
    );
    let tested = found.tested.unwrap();
    assert_eq!(tested.basis, Basis::PublishedCounts);
    assert_eq!((tested.count, tested.size), (38.0, 100.0));
    // A rate is not a share of anything: what was published of one is no evidence.
    let text = text
        .replace("\"precision\"", "\"false-alarm-rate\"")
        .replace("\"percent\"", "\"per-camera-hour\"");
    let found = examined(&text, &Material::default(), Monitoring::Once).claims[0].clone();
    assert_eq!(found.answer, Answer::NoEvidence { needs: Need::Alerts });
}

/// From scipy 1.17.1: the last number up to 100,000 at which neither `binom.sf(hits - 1, n, claimed)` nor
/// `binom.cdf(hits, n, claimed)` is 5 % at most, and one more. At 98 % against 99.9 %, one tooth of the saw is 50 long.
#[test]
fn a_published_share_decides_from_the_number_that_scipy_finds() {
    for (value, share, from) in [
        (0.9, 0.0, 2),
        (0.9, 0.7, 16),
        (0.9, 0.88, 713),
        (0.9, 0.93, 310),
        (0.9, 0.97, 61),
        (0.99, 0.985, 1_501),
        (0.99, 0.9985, 473),
        (0.999, 0.98, 76),
        (0.999, 0.9975, 2_201),
        (0.999, 0.9999, 2_995),
    ] {
        assert_eq!(
            without_denominator(share, &Hypothesis::AtLeast { value }, Monitoring::Once),
            Answer::NoDenominator {
                would: Some(share > value),
                from: Some(from),
            },
            "{share} against {value}"
        );
    }
    // On the claim itself no number decides.
    assert_eq!(
        without_denominator(0.9, &Hypothesis::AtLeast { value: 0.9 }, Monitoring::Once),
        Answer::NoDenominator {
            would: None,
            from: None
        }
    );
}

/// What would settle a claim is told at the level that Holm's rule could ask of two: 0.95^86 is 1.2 %, 0.95^85 1.3 %.
#[test]
fn claims_that_are_examined_together_share_the_error() {
    let claim = |id: &str| {
        precision("published = { hits = 10, of = 10, source = { document = \"d\" } }")
            .replace("\"a\"", &format!("\"{id}\""))
            .replace("value = 90", "value = 95")
    };
    let report = examined(
        &(claim("a") + &claim("b")),
        &Material::default(),
        Monitoring::Once,
    );
    let would_settle = More::Cases { n: 86 };
    let verdict = Verdict::Inconclusive { would_settle };
    for found in &report.claims {
        assert_eq!(found.answer, Answer::Decided { verdict });
    }
}

/// A sample of moments: so many with an alert, of which so many show the event; none without an alert was drawn.
pub(crate) fn labelled(events: usize, nothing: usize, size: u64, camera_hours: f64) -> Labelled {
    let moment = Moment {
        number: 0,
        camera: String::new(),
        recording: 1,
        from_seconds: 0.0,
        alert: true,
    };
    let drawn = events + nothing;
    let draw = Draw {
        schema: crate::sampling::draw::SCHEMA.to_owned(),
        seed: 1,
        moment_seconds: 30.0,
        camera_hours,
        with_alert: Stratum {
            size,
            drawn: drawn as u64,
        },
        without_alert: Stratum {
            size: 5_000,
            drawn: 0,
        },
        moments: vec![moment; drawn],
    };
    let labels: Vec<Label> = std::iter::repeat_n(Label::Event, events)
        .chain(std::iter::repeat_n(Label::Nothing, nothing))
        .collect();
    Labelled::of(&draw, &labels)
}

#[test]
fn a_labelled_sample_is_evidence_where_nobody_wrote_down_the_events() {
    let found = |events, nothing, rest: &str| {
        let material = Material {
            labelled: Some(labelled(events, nothing, 4_000, 10.0)),
            ..Material::default()
        };
        examined(&precision(rest), &material, Monitoring::Once).claims[0].clone()
    };
    let refuted = found(50, 50, "");
    assert_eq!(refuted.answer, REFUTED);
    let tested = refuted.tested.unwrap();
    assert_eq!(tested.basis, Basis::LabelledSample);
    assert!((tested.value - 0.5).abs() < 1e-12 && tested.size == 100.0);
    assert_eq!(found(100, 0, "").answer, SUPPORTED);
    let open = found(91, 9, "").answer;
    assert!(
        matches!(
            open,
            Answer::Decided {
                verdict: Verdict::Inconclusive { .. }
            }
        ),
        "{open:?}"
    );
    // The sheet asked for the event, not for one zone.
    let of_a_zone = found(50, 50, "conditions = { zone = \"gate\" }");
    assert_eq!(of_a_zone.answer, Answer::NoEvidence { needs: Need::Alerts });
    let none_labelled = found(0, 0, "").answer;
    assert_eq!(
        none_labelled,
        Answer::NoEvidence {
            needs: Need::MoreOfIt
        }
    );
}

/// A vendor whose true precision is exactly what it claims (to refute it is wrong) or just below it (to support it is): on the
/// line, either verdict has a chance of one in twenty at most. Summed over all samples of 120 moments that are to be expected.
#[test]
fn a_labelled_sample_of_a_vendor_on_the_line_is_rarely_judged() {
    let (mut supported, mut refuted) = (0.0, 0.0);
    for (events, chance) in chances_of_hits(120, 0.9).into_iter().enumerate() {
        if chance < 1e-6 {
            continue;
        }
        let material = Material {
            labelled: Some(labelled(events, 120 - events, 40_000, 10.0)),
            ..Material::default()
        };
        let answer = examined(&precision(""), &material, Monitoring::Once).claims[0].answer;
        supported += if answer == SUPPORTED { chance } else { 0.0 };
        refuted += if answer == REFUTED { chance } else { 0.0 };
    }
    assert!(supported <= 0.05 && refuted <= 0.05, "{supported} and {refuted}");
    assert!(
        supported > 0.01 && refuted > 0.01,
        "the test judges nobody: {supported}, {refuted}"
    );
}

#[test]
fn missing_words_come_before_missing_evidence() {
    let text =
        "[[claim]]\nid = \"a\"\nsays = \"S\"\nquantity = \"accuracy\"\nvalue = 0.95\nunit = \"share\"\n";
    let report = examined(text, &Material::default(), Monitoring::Once);
    assert_eq!(report.claims[0].answer, Answer::Untestable);
    let report = examined(&precision(""), &Material::default(), Monitoring::Once);
    assert_eq!(
        report.claims[0].answer,
        Answer::NoEvidence { needs: Need::Alerts }
    );
    let report = examined(
        "[[claim]]\nid = \"a\"\nsays = \"S\"\nquantity = \"faces-are-blurred\"\n",
        &Material::default(),
        Monitoring::Once,
    );
    assert_eq!(
        report.claims[0].answer,
        Answer::NoEvidence { needs: Need::Record }
    );
}

fn part(bearing: Bearing, hits: u64, person_numbers: Option<u64>) -> PreparedPart {
    PreparedPart {
        notion: Notion::FollowingAPerson,
        audit: None,
        bearing,
        // The promise needs at most half.
        test: (bearing != Bearing::Output).then_some((
            Hypothesis::AtMost { value: 0.5 },
            Evidence::Share { hits, n: 100 },
        )),
        person_numbers,
    }
}

fn answer(parts: &[PreparedPart]) -> Answer {
    let judged = judge(&[strength_of_parts(parts)], 0.05)[0];
    answer_of(parts, judged.side, 0.05)
}

const SUPPORTED: Answer = Answer::Decided {
    verdict: Verdict::Supported,
};
const REFUTED: Answer = Answer::Decided {
    verdict: Verdict::Refuted,
};

#[test]
fn what_the_footage_would_allow_never_refutes_and_can_support() {
    assert_eq!(answer(&[part(Bearing::Input, 90, None)]), Answer::RestsOnWord);
    assert_eq!(answer(&[part(Bearing::Input, 10, None)]), SUPPORTED);
    assert_eq!(
        answer(&[part(Bearing::Input, 10, None), part(Bearing::Input, 90, None)]),
        Answer::RestsOnWord,
        "every part has to be shown"
    );
}

#[test]
fn a_protection_that_does_not_protect_refutes() {
    assert_eq!(answer(&[part(Bearing::Whole, 90, None)]), REFUTED);
    assert_eq!(answer(&[part(Bearing::Whole, 10, None)]), SUPPORTED);
    assert_eq!(
        answer(&[part(Bearing::Whole, 10, None), part(Bearing::Whole, 90, None)]),
        REFUTED,
        "one leak is enough"
    );
    let open = answer(&[part(Bearing::Whole, 50, None)]);
    assert!(matches!(
        open,
        Answer::Decided {
            verdict: Verdict::Inconclusive { .. }
        }
    ));
}

#[test]
fn a_number_for_each_person_refutes_and_its_absence_proves_nothing() {
    assert_eq!(answer(&[part(Bearing::Output, 0, Some(3))]), REFUTED);
    assert_eq!(answer(&[part(Bearing::Output, 0, Some(0))]), Answer::RestsOnWord);
    assert_eq!(answer(&[part(Bearing::Output, 0, None)]), Answer::RestsOnWord);
}

#[test]
fn repeated_looks_need_evidence_for_which_such_a_test_is_known() {
    let rules = crate::alerts::Rules::parse(&format!(
        "alerts = {{ time = \"t\" }}\nevents = {{ time = \"t\" }}\n{}",
        (0..8)
            .map(|i| format!("[[watched]]\nfrom = \"{}\"\nto = \"{}\"\n", i * 100, i * 100 + 90))
            .collect::<String>()
    ))
    .unwrap();
    let times: String = (0..8).map(|i| format!("\n{}", i * 100)).collect();
    let log = crate::alerts::alerts_from_text(&format!("t{times}"), &rules);
    let tally = crate::alerts::tally(&log, &log, &rules, &Only::default()).unwrap();
    let material = Material {
        record: None,
        labelled: None,
        scores: None,
        tallies: vec![(Only::default(), tally)],
    };
    let found = |looks| examined(&precision(""), &material, looks).claims[0].answer;
    assert!(matches!(found(Monitoring::Once), Answer::Decided { .. }));
    assert_eq!(
        found(Monitoring::Repeated),
        Answer::NoEvidence {
            needs: Need::SingleLook
        }
    );
}

/// One recording of an hour: three of four events were told, after 1, 2 and 9 seconds, and six alerts told of nothing. Three
/// people have a number.
fn an_hour() -> Material<'static> {
    let rules = crate::alerts::Rules::parse(
        "late_seconds = 10\nalerts = { time = \"t\", person = \"p\" }\nevents = { time = \"t\" }\n\
         [[watched]]\nfrom = \"0\"\nto = \"3600\"",
    )
    .unwrap();
    let alerts = "t,p\n101,1\n202,2\n309,3\n1000,1\n1100,1\n1200,1\n1300,1\n1400,1\n1500,1";
    let alerts = crate::alerts::alerts_from_text(alerts, &rules);
    let events = crate::alerts::alerts_from_text("t,p\n100,\n200,\n300,\n400,", &rules);
    let tally = crate::alerts::tally(&alerts, &events, &rules, &Only::default()).unwrap();
    Material {
        tallies: vec![(Only::default(), tally)],
        ..Material::default()
    }
}

fn tested_of(quantity: &str, unit: &str, material: &Material<'_>) -> (Basis, f64, f64) {
    let text = precision("share = 0.5")
        .replace("\"precision\"", &format!("\"{quantity}\""))
        .replace("value = 90", "value = 1")
        .replace("\"percent\"", &format!("\"{unit}\""));
    let tested = examined(&text, material, Monitoring::Once).claims[0]
        .tested
        .unwrap();
    (tested.basis, tested.count, tested.size)
}

#[test]
fn every_quantity_is_counted_from_the_log_in_its_own_way() {
    let material = an_hour();
    for (quantity, unit, count, size) in [
        ("recall", "share", 3.0, 4.0),
        ("miss-share", "share", 1.0, 4.0),
        ("precision", "share", 3.0, 9.0),
        ("false-alert-share", "share", 6.0, 9.0),
        ("false-alarm-rate", "per-camera-hour", 6.0, 1.0),
        // Within one second of three.
        ("delay-to-alert", "seconds", 1.0, 3.0),
    ] {
        let found = tested_of(quantity, unit, &material);
        assert_eq!(found, (Basis::AlertLog, count, size), "{quantity}");
    }
}

fn promise_of(quantity: &str, material: &Material<'_>) -> Examined {
    let text = format!("[[claim]]\nid = \"a\"\nsays = \"S\"\nquantity = \"{quantity}\"\n");
    examined(&text, material, Monitoring::Once).claims.remove(0)
}

#[test]
fn a_promise_is_held_against_what_the_log_shows_and_what_the_record_measured() {
    // The log alone: a number for each of three people.
    let found = promise_of("no-tracking", &an_hour());
    assert_eq!(found.answer, REFUTED);
    let shown: Vec<_> = found
        .parts
        .iter()
        .map(|p| (p.audit, p.bearing, p.person_numbers))
        .collect();
    assert_eq!(shown.last(), Some(&(None, Bearing::Output, Some(3))));
    assert!(found.parts.iter().all(|part| part.tested.is_none()));
    // A promise that only a record bears on is not held against the log.
    let unmeasured = promise_of("faces-are-blurred", &an_hour()).answer;
    assert_eq!(unmeasured, Answer::NoEvidence { needs: Need::Record });
    // The record alone: somebody is in each of 57 frames.
    let record = read_record(include_bytes!("../../../samples/record.json")).unwrap();
    let material = Material {
        record: Some(&record),
        ..Material::default()
    };
    let found = promise_of("no-personal-data", &material);
    assert_eq!(found.answer, REFUTED);
    let [part] = found.parts.as_slice() else {
        panic!("{:?}", found.parts)
    };
    let tested = part.tested.unwrap();
    assert_eq!(part.audit, Some(AuditId::SomebodyIsUsuallyInView));
    assert_eq!(
        (tested.basis, tested.value, tested.size),
        (Basis::Record, 1.0, 57.0)
    );
    assert_eq!(tested.hypothesis, Hypothesis::AtMost { value: 0.05 });
    // Numbers are asked of a log.
    let answer = promise_of("statistics-only", &material).answer;
    assert_eq!(answer, Answer::NoEvidence { needs: Need::Alerts });
}

/// Precision 25 of 100, recall 75 of 100, one range of heights, and HOTA not measured.
fn scores() -> Scores {
    let policy = DisclosurePolicy::strict();
    let side = SideFacts {
        format: LabelFormat::CocoJson,
        sha256: String::new(),
        files: 1,
        sequences: 1,
        pictures: 100,
        skipped: Vec::new(),
        boxes: policy.cell(100, 100),
    };
    let figure = |name, heights, hits| Figure {
        name,
        heights,
        value: Figured::Measured {
            estimate: policy.cell(Estimate::share(hits, 100, SampledThing::Sightings).unwrap(), 100),
        },
    };
    let of_heights = Heights {
        from: 0.0,
        below: None,
    };
    Scores {
        schema: String::new(),
        tool: tool(),
        truth: side.clone(),
        detections: side,
        models: Vec::new(),
        disclosure: policy.clone(),
        settings: ScoreSettings {
            overlap: 0.5,
            score_threshold: None,
            classes: Vec::new(),
            resamples: 1,
            resampled: Resampled::Pictures { n: 100 },
        },
        checks: Vec::new(),
        figures: vec![
            figure(FigureName::Ap50OfHeights, Some(of_heights), 50),
            figure(FigureName::Precision, None, 25),
            figure(FigureName::Recall, None, 75),
            Figure {
                name: FigureName::Hota,
                heights: None,
                value: Figured::NotMeasured {
                    missing: NoFigure::NoLabels,
                },
            },
        ],
        curves: Vec::new(),
        groups: Vec::new(),
        precision_by_group: Vec::new(),
        groups_at_thresholds: Vec::new(),
    }
}

fn figure_of(name: &str, material: &Material<'_>) -> Examined {
    let text = format!(
        "[[claim]]\nid = \"a\"\nsays = \"S\"\nquantity = \"figure\"\nfigure = \"{name}\"\nvalue = 0.5\n\
         unit = \"as-recorded\"\ncomparator = \"at-least\"\n"
    );
    examined(&text, material, Monitoring::Once).claims.remove(0)
}

#[test]
fn a_figure_is_looked_up_by_its_name_in_the_record_and_else_in_the_scores() {
    let record = read_record(include_bytes!("../../../samples/record.json")).unwrap();
    let scores = scores();
    let none = Material::default();
    let (of_record, of_scores) = (
        Material {
            record: Some(&record),
            ..Material::default()
        },
        Material {
            scores: Some(&scores),
            ..Material::default()
        },
    );
    let both = Material {
        record: Some(&record),
        scores: Some(&scores),
        ..Material::default()
    };
    for (name, material, basis, value) in [
        (
            "presence.people_per_frame",
            &of_record,
            Basis::Record,
            6.350_877_192_982_456,
        ),
        ("presence.occupied_share", &both, Basis::Record, 1.0),
        ("recall", &of_scores, Basis::Scores, 0.75),
        ("precision", &both, Basis::Scores, 0.25),
    ] {
        let tested = figure_of(name, material).tested.unwrap();
        assert_eq!((tested.basis, tested.value), (basis, value), "{name}");
    }
    for (name, material, needs) in [
        ("recall", &none, Need::Record),
        ("recall", &of_record, Need::Measured),
        ("presence.people_per_frame", &of_scores, Need::Measured),
        ("hota", &both, Need::Measured),
        // Scored in ranges of heights, of which the name tells none.
        ("ap50_of_heights", &both, Need::Measured),
    ] {
        let answer = figure_of(name, material).answer;
        assert_eq!(answer, Answer::NoEvidence { needs }, "{name}");
    }
}

#[test]
fn each_part_that_could_refute_pays_for_all_and_the_weakest_supports() {
    // scipy.stats.binom.sf(59, 100, .5) and binom.cdf(40, 100, .5) = 2.84 %; binom.cdf(38, 100, .5) = 1.05 %.
    let (sixty, forty) = (0.028_443_966_820_490_4, 0.028_443_966_820_490_4);
    let alone = strength_of_parts(&[part(Bearing::Whole, 60, None)]);
    assert!((alone.if_true - sixty).abs() < 1e-12);
    let two = strength_of_parts(&[part(Bearing::Whole, 60, None), part(Bearing::Whole, 38, None)]);
    assert!((two.if_true - 2.0 * sixty).abs() < 1e-12);
    let two = strength_of_parts(&[part(Bearing::Input, 40, None), part(Bearing::Whole, 38, None)]);
    assert!((two.if_false - forty).abs() < 1e-12);
    // What was not measured supports nothing; and what the log shows refutes, whatever the footage would allow.
    let unmeasured = PreparedPart {
        test: None,
        ..part(Bearing::Input, 0, None)
    };
    let found = strength_of_parts(&[part(Bearing::Input, 10, None), unmeasured]);
    assert!(found.if_false >= 1.0);
    let found = strength_of_parts(&[part(Bearing::Input, 10, None), part(Bearing::Output, 0, Some(1))]);
    assert!(found.if_false >= 1.0 && found.if_true <= 0.0);
}
