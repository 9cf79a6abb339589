//! Claims against published counts, and promises against a record.

use super::*;
use crate::parse::parse;
use crate::sampling::draw::{Draw, Moment, Stratum};
use crate::sampling::labels::Label;
use vsa_statistics::generator::SplitMix64;

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
    assert_eq!(found.tested.unwrap().basis, Basis::PublishedCounts);
}

/// A sample of moments: so many with an alert, of which so many show the event; none without an alert was drawn.
fn labelled(events: usize, nothing: usize, size: u64) -> Labelled {
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
        camera_hours: 10.0,
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
            labelled: Some(labelled(events, nothing, 4_000)),
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

/// Vendors whose true precision is exactly what they claim (to refute them is wrong) or just below it (to support them is):
/// on the line, either verdict comes in one sample of twenty at most.
#[test]
fn two_thousand_labelled_samples_of_a_vendor_on_the_line_are_rarely_judged() {
    let mut numbers = SplitMix64::new(7);
    let mut roll = || numbers.share();
    let (mut supported, mut refuted) = (0, 0);
    for _ in 0..2_000 {
        let events = (0..120).filter(|_| roll() < 0.9).count();
        let material = Material {
            labelled: Some(labelled(events, 120 - events, 40_000)),
            ..Material::default()
        };
        let answer = examined(&precision(""), &material, Monitoring::Once).claims[0].answer;
        supported += u32::from(answer == SUPPORTED);
        refuted += u32::from(answer == REFUTED);
    }
    assert!(
        supported <= 2_000 / 20 && refuted <= 2_000 / 20,
        "{supported} and {refuted} of 2,000"
    );
    assert!(supported + refuted > 0, "the test judges nobody");
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
