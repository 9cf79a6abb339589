//! The document and its formats: what is said, what is withheld, what is escaped.

use super::report_fixture::{self as fixture, CANARY};
use std::collections::BTreeSet;
use vsa_audit::audits::{AuditId, Group, Limit, ThresholdSource, Verdict, run_all};
use vsa_audit::record::caveat::Caveat;
use vsa_audit::record::disclosure::{DataBasis, DisclosurePolicy};
use vsa_audit::record::estimate::{SampleSize, SampledThing};
use vsa_audit::record::measurements::{Measurements, Missing, NotMeasuredCapability, Outcome};
use vsa_audit::record::{DisclosurePolicy as Policy, Record};
use vsa_audit::report::document::Block;
use vsa_audit::report::wording::en as words;
use vsa_audit::report::{Document, html, json};

const AUDITS: [AuditId; 8] = [
    AuditId::SomebodyIsUsuallyInView,
    AuditId::FacesReachRecognition,
    AuditId::FacesReachIdentification,
    AuditId::BodiesReachObservation,
    AuditId::EveryoneUnrecognisable,
    AuditId::PeopleCanBeFollowedThroughTheView,
    AuditId::LoiteringIsObservable,
    AuditId::FootageIsIntact,
];

fn verdicts() -> [Verdict; 6] {
    [
        Verdict::Meets,
        Verdict::FallsShort,
        Verdict::Inconclusive {
            would_settle: Some(SampleSize {
                n: 180,
                of: SampledThing::Tracks,
            }),
        },
        Verdict::Inconclusive { would_settle: None },
        Verdict::NotMeasured {
            missing: Missing::NoFaceModel,
        },
        Verdict::Withheld,
    ]
}

fn document(policy: &Policy) -> Document {
    Document::new(&fixture::record(policy), &fixture::findings(policy))
}

/// `report.json` as text.
fn json_text(document: &Document) -> String {
    String::from_utf8(json::write(document).expect("a document can be written")).expect("JSON is UTF-8")
}

/// What is left of a page without its style sheet and its tags.
fn visible_text(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").expect("a style sheet");
    let (_, body) = rest.split_once("</style>").expect("its end");
    let mut text = String::new();
    let mut inside = false;
    for letter in format!("{head}{body}").chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text.replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// The numbers in a text, as written.
fn numbers(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '\u{202f}')))
        .map(|n| n.trim_matches(|c: char| !c.is_ascii_digit()).to_owned())
        .filter(|n| !n.is_empty())
        .collect()
}

/// A record of which nothing could be measured.
fn empty_record() -> Record {
    let mut record = fixture::record(&DisclosurePolicy::strict());
    let missing = Missing::NoFrames;
    record.measurements = Measurements {
        presence: Outcome::NotMeasured { missing },
        face_exposure: Outcome::NotMeasured { missing },
        followability: Outcome::NotMeasured { missing },
        dwell: Outcome::NotMeasured { missing },
        not_measured: vec![NotMeasuredCapability {
            capability: "a_new_thing".into(),
            missing,
        }],
    };
    record.items.clear();
    record.models.clear();
    record.caveats.clear();
    record
}

#[test]
fn every_audit_has_words_for_every_verdict() {
    for id in AUDITS {
        let name = serde_json::to_value(id).expect("an id is JSON");
        assert_eq!(
            name,
            words::audit_id(id),
            "the name that is printed is the public one"
        );
        let mut titles = BTreeSet::new();
        for verdict in verdicts() {
            let title = words::finding_title(id, &verdict);
            assert!(title.len() > 20 && !title.contains("  "), "{title}");
            assert!(words::verdict(id, &verdict).contains('?'), "question and answer");
            titles.insert(title);
            let evidence = Some(fixture::public().cell(fixture::share(0.579), 19));
            let finding = fixture::finding(id, Group::Seen, verdict, evidence);
            assert!(
                words::decision(&finding).contains("50\u{202f}%"),
                "the threshold is named"
            );
        }
        // The two inconclusive verdicts share their title; all others state something else.
        assert_eq!(titles.len(), 5, "{titles:?}");
    }
}

#[test]
fn every_caveat_has_a_title_and_names_its_numbers() {
    let item = || "item-7".to_owned();
    let all = [
        (Caveat::NoGroundTruth, vec![]),
        (
            Caveat::AssumedSizes {
                face_width_metres: 0.17,
                body_height_metres: 1.72,
            },
            vec!["0.17", "1.72"],
        ),
        (
            Caveat::FramesSampled {
                looked_at: 71,
                decoded: 795,
            },
            vec!["71", "795"],
        ),
        (
            Caveat::FaultyFootage {
                item: item(),
                faulty: 13,
            },
            vec!["item-7", "13"],
        ),
        (
            Caveat::MissingFrames {
                item: item(),
                missing: 14,
            },
            vec!["item-7", "14"],
        ),
        (Caveat::VariableFrameRate { item: item() }, vec!["item-7"]),
        (Caveat::FewTracks { fewer_than: 30 }, vec!["30"]),
        (
            Caveat::SmallFaces {
                share: fixture::public().cell(0.485, 14),
                pixels: 10.0,
            },
            vec!["48", "10"],
        ),
        (Caveat::StillsNotTracked { item: item() }, vec!["item-7"]),
        (Caveat::ShortFootage { seconds: 42.0 }, vec!["42"]),
        (Caveat::CellsWithheld { cells: 17 }, vec!["17"]),
        (Caveat::PeopleCountedByTracks, vec![]),
        (
            Caveat::LevelsFromSecondarySources,
            vec!["cctv-check.de", "jvsg.com"],
        ),
        (Caveat::IntervalsSpeakOfThisScene, vec![]),
        (Caveat::ScriptedEngine, vec![]),
    ];
    let mut titles = BTreeSet::new();
    for (caveat, named) in &all {
        let (title, text) = words::caveat(caveat);
        assert!(title.ends_with('.') && text.ends_with('.'), "{title} {text}");
        for number in named {
            assert!(text.contains(number), "{number} in: {text}");
        }
        titles.insert(title);
    }
    assert_eq!(titles.len(), all.len());
}

#[test]
fn every_limit_and_source_has_words() {
    let limits = [
        Limit::MissedPeopleAreNotCounted,
        Limit::MissedFacesAreNotCounted,
        Limit::SizesAreAssumed,
        Limit::DensityIsNotQuality,
        Limit::NobodyWasRecognised,
        Limit::TracksAreNotChecked,
        Limit::OneViewOnly,
        Limit::ReasonsAreNotSeen,
        Limit::IntactIsNotAuthentic,
    ];
    let texts: BTreeSet<&str> = limits.into_iter().map(words::limit).collect();
    assert_eq!(texts.len(), limits.len());
    for source in [
        ThresholdSource::MajorityConvention,
        ThresholdSource::OneInTwentyConvention,
        ThresholdSource::OneInHundredConvention,
    ] {
        assert!(
            words::threshold_source(source).contains("convention of this tool"),
            "no threshold poses as a norm"
        );
    }
}

#[test]
fn the_answer_of_a_full_record_reads_as_written_here() {
    let sentences: Vec<String> = document(&fixture::public())
        .answer
        .sentences
        .iter()
        .map(|s| s.replace(['\u{202f}', '\u{a0}'], " "))
        .collect();
    assert_eq!(
        sentences,
        [
            "In 795 frames the person detector reported 5.8 (95 % interval 5.2–6.5) people per frame on average, and 10 in the \
         fullest frame (counted in full).",
            "The tracker joined these sightings into 19 tracks (counted in full): so many different people, as far as it \
         could tell.",
            "Half of the tracks last 30 s (95 % interval 20–42 s) or longer; 58 % (95 % interval 36–77 %) of the tracks that \
         the footage does not cut off run from one edge of the picture to another.",
            "The face detector reported a face at least once on 63 % (95 % interval 41–81 %) of the tracks; half of the \
         reported faces are 10.2 px (95 % interval 9.8–10.5 px) high or lower.",
            "Of 19 tracks, 0 % (95 % interval 0–17 %) come close enough at some moment to reach 125 px/m, the pixel density \
         that the DORI scale calls “recognise”, if every body is 1.7 m tall as assumed.",
            "Nobody was identified. No labels made by people were available, so that this report does not know how many \
         people and faces the detectors missed or invented.",
        ]
    );
}

#[test]
fn a_withheld_cell_is_nowhere_in_the_report() {
    let traces = [
        CANARY.to_string(),
        "918\u{202f}273".into(),
        "0.918".into(),
        "92\u{202f}%".into(),
    ];
    let found = |document: &Document| -> usize {
        let bytes = format!("{}{}", html::render(document), json_text(document));
        traces
            .iter()
            .filter(|trace| bytes.contains(trace.as_str()))
            .count()
    };
    let strict = document(&DisclosurePolicy::strict());
    assert_eq!(found(&strict), 0);
    assert!(html::render(&strict).contains("withheld"));
    // The same values where they may be shown: the search does find them.
    let public = fixture::public();
    let shown = Document::new(&fixture::record_with(&public, true), &fixture::findings(&public));
    assert_eq!(found(&shown), traces.len());
}

#[test]
fn the_first_page_says_why_small_numbers_are_shown_or_withheld() {
    let notice = |policy: &Policy| document(policy).header.notices[0].text.clone();
    assert!(notice(&fixture::public()).contains("declared a public dataset"));
    assert!(notice(&DisclosurePolicy::strict()).contains("1 to 10 people behind it is withheld"));
    let lowered = DisclosurePolicy::new(DataBasis::Undeclared, Some(5), Some("court order 12/3".into()));
    let text = notice(&lowered.expect("a reason was given"));
    assert!(
        text.contains("1 to 4 people") && text.contains("court order 12/3"),
        "{text}"
    );
}

#[test]
fn every_number_of_the_page_is_in_the_document() {
    for policy in [fixture::public(), DisclosurePolicy::strict()] {
        let document = document(&policy);
        let known = numbers(&json_text(&document));
        let shown = numbers(&visible_text(&html::render(&document)));
        assert!(shown.len() > 50, "the page has numbers at all");
        let unknown: Vec<&String> = shown.difference(&known).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}

#[test]
fn hostile_labels_are_shown_as_text() {
    let mut record = fixture::record(&fixture::public());
    let label = "<script>alert('x')</script>\"><img src=x onerror=y>\u{202e}gpj&amp;";
    record.items[0].label = label.into();
    record.models[0].name = label.into();
    record.items[0].faults = vec![label.into()];
    if let Outcome::Measured(presence) = &mut record.measurements.presence {
        for bin in &mut presence.over_time {
            bin.item = label.into();
        }
    }
    let page = html::render(&Document::new(&record, &run_all(&record)));
    assert!(!page.contains("<script") && !page.contains("<img"));
    assert!(page.contains("&lt;script&gt;"));
    assert!(
        !page.contains('\u{202e}'),
        "a mark that turns the reading direction could fake a file name"
    );
}

#[test]
fn nothing_measured_is_said_and_gives_no_number() {
    let record = empty_record();
    let document = Document::new(&record, &run_all(&record));
    assert!(document.estimates.is_empty());
    let page = html::render(&document);
    assert!(page.contains("The absence of a number is not a result."));
    assert!(
        page.contains("a new thing"),
        "a capability without words is shown by its name"
    );
    assert!(!page.contains("<svg"));
}

#[test]
fn no_page_speaks_of_what_it_cannot_know() {
    let empty = empty_record();
    let pages = [
        html::render(&document(&fixture::public())),
        html::render(&document(&DisclosurePolicy::strict())),
        html::render(&Document::new(&empty, &run_all(&empty))),
    ];
    for page in pages {
        let text = visible_text(&page).to_lowercase();
        for word in [
            "nan",
            "inf",
            "infinity",
            "undefined",
            "null",
            "likely",
            "probably",
            "certainly",
            "proves",
            "anonymous",
        ] {
            assert!(
                !text.split(|c: char| !c.is_alphabetic()).any(|w| w == word),
                "“{word}” is in the page"
            );
        }
    }
}

#[test]
fn the_page_asks_nobody_for_anything() {
    let page = html::render(&document(&fixture::public()));
    for trace in [
        "http:",
        "https:",
        "//www",
        "src=",
        "<script",
        "<link",
        "@import",
        "url(",
        "<iframe",
        "javascript:",
    ] {
        assert!(!page.contains(trace), "{trace}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn ids_are_unique_and_headings_leave_no_rank_out() {
    let page = html::render(&document(&fixture::public()));
    let ids: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let unique: BTreeSet<&&str> = ids.iter().collect();
    assert!(ids.len() > 30 && unique.len() == ids.len(), "{ids:?}");
    for part in page.split("href=\"#").skip(1) {
        let target = part.split('"').next().expect("an anchor ends");
        assert!(unique.contains(&target), "#{target} leads nowhere");
    }
    let ranks: Vec<u8> = page
        .match_indices("<h")
        .filter_map(|(at, _)| page.as_bytes().get(at + 2).copied())
        .filter(u8::is_ascii_digit)
        .collect();
    assert_eq!(ranks.first(), Some(&b'1'));
    assert!(ranks.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{ranks:?}");
}

#[test]
fn the_command_names_footage_by_digest_and_holds_no_path() {
    let document = document(&fixture::public());
    let command = document
        .sections
        .iter()
        .flat_map(|s| &s.blocks)
        .find_map(|b| match b {
            Block::Command { text, .. } => Some(text.as_str()),
            _ => None,
        });
    assert_eq!(
        command,
        Some(
            "# FOOTAGE is pets09-s2l1, SHA-256 45cddc9490be69345cbdab64ca583be65987e864ca408038e648db99e10516cf\n\
             vsa-audit audit FOOTAGE --out FOLDER \\\n  --labels pets09-s2l1 \\\n  --models ssdlite-pedestrian,centerface \\\n  --tiles 3x2 \\\n  \
             --face-every 2 \\\n  --data-basis public"
        )
    );
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    let [a, b] = [0, 1].map(|_| document(&fixture::public()));
    assert_eq!(html::render(&a), html::render(&b));
    assert_eq!(json_text(&a), json_text(&b));
}

#[test]
fn report_json_reads_back_and_fits_the_shipped_schema() {
    let shipped = include_str!("../../samples/report.schema.json");
    assert_eq!(shipped, json::schema(), "regenerate samples/report.schema.json");
    let schema = serde_json::from_str(shipped).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    for policy in [fixture::public(), DisclosurePolicy::strict()] {
        let document = document(&policy);
        let text = json_text(&document);
        let mut value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert!(validator.is_valid(&value));
        let back: Document = serde_json::from_str(&text).expect("it reads back");
        assert!(back == document);
        value["surprise"] = true.into();
        assert!(!validator.is_valid(&value), "an unknown field is refused");
    }
}
