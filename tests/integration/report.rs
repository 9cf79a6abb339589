//! The document and its formats: what is said, what is withheld, what is escaped.

use super::report_fixture::{self as fixture, CANARY};
use std::collections::BTreeSet;
use vsa_audits::{Group, Limit, ThresholdSource, Verdict, ids, run_all};
use vsa_base::language::Language;
use vsa_plan::{InputSize, WrittenFootage, WrittenFusion, WrittenPlan, WrittenSearch};
use vsa_record::caveat::Caveat;
use vsa_record::disclosure::{Cell, DataBasis, DisclosurePolicy};
use vsa_record::estimate::{Estimate, SampleSize, SampledThing};
use vsa_record::facts::{FusionFacts, ItemFacts, ItemKind};
use vsa_record::frontal::FrontalFaces;
use vsa_record::measurements::{Bin, FaceExposure, Level, LevelShare, Measurements, Missing, Outcome};
use vsa_record::reading::{Capability, CapabilityRow, Figure, FigureName, Reading};
use vsa_record::sensitivity::Sensitivity;
use vsa_record::{DisclosurePolicy as Policy, Record};
use vsa_report::document::Block;
use vsa_report::wording::en as words;
use vsa_report::{Document, html, json};

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
    let page = without_own_script(page);
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
        capabilities: vec![CapabilityRow {
            capability: Capability::Pace,
            outcome: Outcome::NotMeasured { missing },
        }],
    };
    record.sensitivity = Sensitivity {
        people_by_threshold: Outcome::NotMeasured { missing },
        faces_by_threshold: Outcome::NotMeasured { missing },
        people_by_second: Outcome::NotMeasured { missing },
        faces_by_second: Outcome::NotMeasured { missing },
    };
    record.items.clear();
    record.models.clear();
    record.caveats.clear();
    record
}

#[test]
fn every_audit_has_words_for_every_verdict() {
    for id in ids() {
        let mut titles = BTreeSet::new();
        for verdict in verdicts() {
            assert!(words::verdict(id, &verdict).contains('?'), "question and answer");
            let evidence = Some(fixture::public().cell(fixture::share(0.579), 19));
            let finding = fixture::finding(id, Group::Seen, verdict, evidence);
            let title = words::finding_title(&finding);
            assert!(title.len() > 20 && !title.contains("  "), "{title}");
            titles.insert(title);
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
        (Caveat::PeopleFollowedByLooks, vec![]),
        (
            Caveat::LevelsFromSecondarySources,
            vec!["cctv-check.de", "jvsg.com"],
        ),
        (Caveat::IntervalsSpeakOfThisScene, vec![]),
        (Caveat::FrameRateGiven { rate: 7.5 }, vec!["7.5"]),
        (
            Caveat::NotCalibrated {
                body_height_metres: 1.65,
            },
            vec!["1.65"],
        ),
        (Caveat::CalibrationUnchecked, vec![]),
        (Caveat::SceneDoesNotFit { item: item() }, vec!["item-7"]),
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
        Limit::FrontalIsEstimated,
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
            "The tracker joined these sightings into 19 tracks (counted in full). That is not a number of different people: \
         somebody who is lost and found again is several tracks, two people taken for one are one, and some tracks may be \
         nobody. Only labels made by people could tell how many there were.",
            "Half of the tracks last 30 s (95 % interval 20–42 s) or longer; 58 % (95 % interval 36–77 %) of the tracks that \
         the footage does not cut off run from one edge of the picture to another.",
            "In 795 frames the face detector reported 328 faces (counted in full), at least one of them on 63 % (95 % interval \
         41–81 %) of the tracks of people. Half of the measured faces are 10.20 px (95 % interval 9.80–10.50 px) high or lower. \
         Some of them may not be faces: a face detector also reports faces where there are none, above all where faces are only \
         a few pixels high. How often it did so here cannot be told without labels.",
            "Going by the faces that were found: of 14 tracks of faces, in 0 % (95 % interval 0–17 %) the face reaches 125 px/m, \
         the pixel density that the DORI scale calls “recognise”, whichever way it looks, if every face is 0.16 m wide as \
         assumed.",
            "Going by the height of bodies that are whole in the picture, whether or not a face is seen: of 19 tracks, 0 % (95 % \
         interval 0–17 %) come close enough at some moment to reach 125 px/m, if every body is 1.7 m tall as assumed.",
            "Of the 8 events that the French experiment allowed software to report, none was measured here.",
            "Nobody was identified. No labels made by people were available, so that this report does not know how many \
         people and faces the detectors missed or invented.",
        ]
    );
}

#[test]
fn faces_speak_for_recognition_before_bodies_and_only_those_towards_the_camera_where_that_is_known() {
    let sentences = |change: &dyn Fn(&mut FaceExposure)| {
        let policy = fixture::public();
        let mut record = fixture::record(&policy);
        let Outcome::Measured(faces) = &mut record.measurements.face_exposure else {
            panic!("the fixture measures faces");
        };
        change(faces);
        let document = Document::in_language(Language::English, &record, &run_all(&record));
        let told = document.answer.sentences.into_iter();
        let told =
            told.filter(|sentence| sentence.starts_with("Going by") || sentence.starts_with("What share"));
        told.map(|sentence| sentence.replace(['\u{202f}', '\u{a0}'], " "))
            .collect::<Vec<String>>()
    };
    let frontal = |of_people: Cell<Estimate>| {
        move |faces: &mut FaceExposure| {
            let mut levels = faces.levels_from_faces.clone();
            levels.retain(|row| row.level == Level::Recognise);
            levels[0].share_of_people = Some(of_people.clone());
            faces.frontal = Some(Outcome::Measured(FrontalFaces {
                largest_yaw_degrees: 30.0,
                largest_pitch_degrees: 30.0,
                share_of_sightings: levels[0].share_of_sightings.clone(),
                share_of_people: None,
                levels,
            }));
        }
    };
    let share = Estimate::share(3, 12, SampledThing::Tracks).expect("a share of twelve");
    let told = sentences(&frontal(fixture::public().cell(share, 12)));
    let [faces, bodies] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert!(
        faces.contains("of 12 tracks of faces, in 25 %")
            && faces.contains("while it is turned to the camera"),
        "{faces}"
    );
    assert!(
        bodies.contains("height of bodies that are whole in the picture"),
        "{bodies}"
    );
    let withheld = sentences(&frontal(DisclosurePolicy::strict().withheld()));
    assert!(
        withheld[0].starts_with("What share") && withheld[0].contains("withheld"),
        "{withheld:?}"
    );
    // Where no face was found, and in a record of before cut bodies were left out.
    let before = sentences(&|faces| {
        let missing = Missing::NobodyFound;
        faces.frontal = Some(Outcome::NotMeasured { missing });
        faces.assumptions.whole_bodies = false;
    });
    assert!(
        matches!(before.as_slice(), [bodies] if bodies.contains("height of bodies, whether")),
        "{before:?}"
    );
}

#[test]
fn one_frame_and_one_event_are_spoken_of_in_the_singular() {
    let policy = fixture::public();
    let mut record = fixture::record(&policy);
    let measured = &mut record.measurements;
    let (Outcome::Measured(presence), Outcome::Measured(faces)) =
        (&mut measured.presence, &mut measured.face_exposure)
    else {
        panic!("the fixture measures both");
    };
    (presence.frames, faces.frames) = (1, 1);
    let mut capabilities = measured.capabilities.iter_mut();
    let fall = capabilities.find(|row| row.capability == Capability::Fall);
    fall.expect("every capability has a row").outcome = Outcome::Measured(Reading::default());
    if let Outcome::Measured(sweep) = &mut record.sensitivity.people_by_threshold {
        sweep.frames = 1;
    }
    for (language, expected) in [
        (
            Language::English,
            [
                "In 1 frame the person detector reported",
                "In 1 frame the face detector reported",
                "1 was measured here",
                "Mean over 1 frame with its",
            ],
        ),
        (
            Language::French,
            [
                "Sur 1 image, le détecteur de personnes a signalé",
                "Sur 1 image, le détecteur de visages a signalé",
                "1 a été mesuré ici",
                "Moyenne sur 1 image avec son",
            ],
        ),
    ] {
        let document = Document::in_language(language, &record, &run_all(&record));
        let text = json_text(&document).replace(['\u{202f}', '\u{a0}'], " ");
        for part in expected {
            assert!(text.contains(part), "{part}");
        }
        assert!(!text.contains(" 1 frames") && !text.contains(" 1 images"));
    }
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

/// The page without its verifier, the one script that it may hold: byte for byte that of the source tree.
fn without_own_script(page: &str) -> String {
    let own = concat!(
        "<script>",
        include_str!("../../src/report/html/verifier.js"),
        "</script>"
    );
    assert_eq!(page.matches(own).count(), 1, "the page holds its verifier once");
    page.replace(own, "")
}

#[test]
fn the_pages_policy_lets_its_own_script_run_and_no_other() {
    use base64::Engine as _;
    let page = html::render(&document(&fixture::public()));
    let script = include_str!("../../src/report/html/verifier.js");
    let digest = vsa_base::digest::raw(script.as_bytes());
    let source = format!(
        "script-src 'sha256-{}'",
        base64::engine::general_purpose::STANDARD.encode(digest)
    );
    assert!(page.contains(&source) && page.matches("script-src").count() == 1);
    // Nothing of it reaches out, and nothing builds markup from text.
    for trace in [
        "fetch(",
        "XMLHttp",
        "WebSocket",
        "import(",
        "innerHTML",
        "eval(",
        "Function(",
        "document.write",
    ] {
        assert!(!script.contains(trace), "{trace}");
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
    let page = without_own_script(&page);
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
        page.contains("Measuring walking speed, or running"),
        "a capability without words is shown by its name"
    );
    assert!(!page.contains("<svg"));
}

#[test]
fn speed_that_was_measured_in_body_heights_is_told_so_and_only_metres_are_missing() {
    let policy = fixture::public();
    let mut record = fixture::record(&policy);
    let share = policy.cell(fixture::share(0.3), 19);
    let figure = Figure::new(FigureName::FasterThanHeightsShare, share).at(1.2);
    let mut rows_of_record = record.measurements.capabilities.iter_mut();
    let pace = rows_of_record.find(|row| row.capability == Capability::Pace);
    pace.expect("every capability has a row").outcome = Outcome::Measured(Reading::from(vec![figure]));

    let findings = run_all(&record);
    let running = findings
        .iter()
        .find(|finding| finding.id.name() == "running-is-observable");
    let missing = Missing::NoCalibration;
    assert_eq!(
        running.expect("it is asked").verdict,
        Verdict::NotMeasured { missing }
    );
    let events = rows(&Document::new(&record, &findings), "events");
    let told = events.iter().find(|row| row[0].contains("running"));
    let told = told.expect("it lies outside the decree");
    assert!(told[1].contains("1.2 body heights a second"), "{told:?}");
    assert!(told[2].starts_with("30"), "{told:?}");
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
    let page = without_own_script(&html::render(&document(&fixture::public())));
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

/// The texts of the section that says how to repeat the examination: plan, then command.
fn commands(document: &Document) -> Vec<String> {
    let blocks = document.sections.iter().flat_map(|s| &s.blocks);
    blocks
        .filter_map(|b| match b {
            Block::Command { text, .. } => Some(text.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn the_plan_reads_as_written_here_and_holds_no_path() {
    let commands = commands(&document(&fixture::public()));
    let expected = r#"# Made by vsa-audit 0.1.0, engine tract 0.23.9, f32.
# Decoded by ffmpeg 5.1.8.
# Model ssdlite-pedestrian: SHA-256
# 0f0c4cf1ae3c0a8bd4a7d8a2d2d0cc4d5b2c6c8d7a4e1f90a1b2c3d4e5f60718
# Model centerface: SHA-256 77e394b51108381b4c4f7b4baf1c64ca9f4aba73e5e803b2636419578913b5fe
# Model yolox-nano: SHA-256 c3f5a1d2e4b60798c3f5a1d2e4b60798c3f5a1d2e4b60798c3f5a1d2e4b60798
models = ["ssdlite-pedestrian", "centerface"]
second_detectors = ["yolox-nano"]
# sample_fps is not set: every frame is looked at.
data_basis = "public"
min_cell = 1
export_objects = false
robustness = "none"

[person]
tiles = "3x2"
overlap = 0.25
whole_frame = true
input_size = "model"
score_threshold = 0.5
nms_iou = 0.45
every = 1

[face]
tiles = "1x1"
overlap = 0.25
whole_frame = true
input_size = "model"
score_threshold = 0.5
nms_iou = 0.45
every = 2

[[footage]]
# SHA-256 45cddc9490be69345cbdab64ca583be65987e864ca408038e648db99e10516cf, 8 131 690 bytes
path = "FOOTAGE"
label = "pets09-s2l1"
"#;
    assert_eq!(commands[0].replace('\u{202f}', " "), expected);
    assert_eq!(commands[1], "vsa-audit audit --plan plan.toml --out DIR");
}

#[test]
fn the_printed_plan_reads_back_and_says_what_the_record_says() {
    let stated = DisclosurePolicy::new(
        DataBasis::Undeclared,
        Some(5),
        Some("staff only, \"told\" by notice\nin the hall".into()),
    );
    let exported = fixture::public().with_objects_exported();
    let policies = [
        fixture::public(),
        DisclosurePolicy::strict(),
        DisclosurePolicy::new(DataBasis::Consented, Some(30), None).expect("it may be raised"),
        stated.expect("a reason was given"),
        exported.expect("a public dataset may be exported"),
    ];
    for (at, policy) in policies.iter().enumerate() {
        let mut record = fixture::record(policy);
        record.plan.sample_fps = (at % 2 == 1).then_some(2.0);
        record.plan.face_stride = at as u32 + 1;
        record.plan.person_tiles.whole_frame = at % 2 == 0;
        record.plan.decoder = if at == 0 { "opencv" } else { "ffmpeg" }.into();
        record.models[0].score_threshold = 0.35;
        record.models[1].score_threshold = 1.0;
        let fusion = (at % 2 == 1).then_some(WrittenFusion {
            weights: Some([2.0, 1.0]),
            overlap: Some(0.6),
            score_threshold: Some(0.4),
        });
        record.plan.fusions.extend(fusion.map(|_| FusionFacts {
            subject: "person".into(),
            models: vec!["ssdlite-pedestrian".into(), "yolox-nano".into()],
            weights: vec![2.0, 1.0],
            common_threshold: 0.5,
            overlap: 0.6,
            score_threshold: 0.4,
        }));
        if at == 4 {
            record.models.truncate(1);
            record.plan.models.truncate(1);
        }
        let mut folder = record.items[0].clone();
        folder.label = "a \"folder\"\n\u{202e}of images".into();
        folder.kind = ItemKind::ImageSequence;
        folder.declared_frame_rate = Some(12.5);
        record.items.push(folder);

        let commands = commands(&Document::new(&record, &run_all(&record)));
        let read: WrittenPlan = toml::from_str(&commands[0]).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(
            commands[1].contains("--decoder opencv"),
            record.plan.decoder == "opencv"
        );

        // The rule is the same one when it is made again from what is printed.
        let rule = DisclosurePolicy::new(
            read.data_basis.expect("it is printed"),
            read.min_cell,
            read.min_cell_reason.clone(),
        )
        .expect("a rule that held");
        let rule = if read.export_objects == Some(true) {
            rule.with_objects_exported().expect("it held before")
        } else {
            rule
        };
        assert_eq!(rule, record.disclosure);
        assert_eq!(read.models.as_ref(), Some(&record.plan.models));
        assert_eq!(read.sample_fps, record.plan.sample_fps);
        for (search, tiles, subject, every) in [
            (&read.person, &record.plan.person_tiles, "person", 1),
            (
                &read.face,
                &record.plan.face_tiles,
                "face",
                record.plan.face_stride,
            ),
        ] {
            let model = record.models.iter().find(|m| m.subject == subject);
            let expected = WrittenSearch {
                input_size: model.map(|_| InputSize::Model),
                tiles: Some(format!("{}x{}", tiles.columns, tiles.rows)),
                overlap: Some(tiles.overlap as f32),
                whole_frame: Some(tiles.whole_frame),
                score_threshold: model.map(|m| m.score_threshold as f32),
                nms_iou: model.map(|m| m.nms_iou as f32),
                every: Some(every),
                fusion: fusion.filter(|_| subject == "person"),
            };
            assert_eq!(*search, expected, "{subject}");
        }
        let footage = |path: &str, label: &str, sequence_fps| WrittenFootage {
            path: path.into(),
            label: Some(label.into()),
            sequence_fps,
        };
        assert_eq!(
            read.footage,
            [
                footage("FOOTAGE-1", &record.items[0].label, None),
                footage("FOOTAGE-2", &record.items[1].label, Some(12.5)),
            ]
        );
    }
}

#[test]
fn the_digest_that_a_repetition_must_have_is_that_of_the_record() {
    let record = fixture::record(&fixture::public());
    let bytes = vsa_record::json::to_bytes(&record).expect("the record can be written");
    let digest = vsa_base::digest::of_bytes(&bytes);
    let page = html::render(&Document::new(&record, &run_all(&record)));
    assert!(page.contains(&digest), "{digest}");
}

/// The tables of a section as rows of cells.
fn rows(document: &Document, section: &str) -> Vec<Vec<String>> {
    let section = document.sections.iter().find(|s| s.id == section);
    let blocks = section.into_iter().flat_map(|s| &s.blocks);
    let rows = blocks.filter_map(|b| match b {
        Block::Table(table) => Some(table.rows.clone()),
        Block::Chart(chart) => Some(chart.data.rows.clone()),
        _ => None,
    });
    rows.flatten().collect()
}

#[test]
fn every_count_of_the_record_is_in_a_table() {
    let mut record = fixture::record(&fixture::public());
    let policy = fixture::public();
    let (Outcome::Measured(presence), Outcome::Measured(faces)) = (
        &mut record.measurements.presence,
        &mut record.measurements.face_exposure,
    ) else {
        panic!("the fixture is measured");
    };
    presence.sightings = policy.cell(5115, 19);
    presence.distinct_people = Some(policy.cell(41, 19));
    presence.peak = policy.cell(12, 12);
    faces.sightings = policy.cell(239, 19);
    faces.sized_sightings = policy.cell(204, 14);
    faces.distinct_faces = Some(policy.cell(17, 14));
    let (Outcome::Measured(followed), Outcome::Measured(dwell)) = (
        &mut record.measurements.followability,
        &mut record.measurements.dwell,
    ) else {
        panic!("the fixture is measured");
    };
    followed.people = policy.cell(43, 19);
    dwell.people = policy.cell(37, 19);
    dwell.censored = policy.cell(11, 11);
    dwell.stays = [(0.0, Some(2.0), 8), (2.0, Some(5.0), 23), (5.0, None, 6)]
        .map(|(low, high, n)| Bin {
            low,
            high,
            count: policy.cell(n, 19),
        })
        .into();
    let document = Document::new(&record, &run_all(&record));
    for (section, numbers) in [
        ("seen", vec!["795", "5\u{202f}115", "41", "12"]),
        ("recognisable", vec!["795", "239", "204", "17"]),
        ("followed", vec!["43"]),
        ("judged", vec!["37", "11", "8", "23", "6"]),
    ] {
        let rows = rows(&document, section);
        for number in numbers {
            assert!(
                rows.iter().any(|row| row[1..].iter().any(|cell| cell == number)),
                "{number} in {section}: {rows:?}"
            );
        }
    }
}

#[test]
fn a_chart_of_which_nothing_may_be_shown_becomes_a_sentence() {
    let policy = DisclosurePolicy::strict();
    let mut record = fixture::record(&policy);
    if let Outcome::Measured(presence) = &mut record.measurements.presence {
        for bin in &mut presence.over_time {
            bin.people_per_frame = policy.cell(4.0, 3);
        }
        for bin in &mut presence.frames_by_people {
            bin.count = policy.cell(0, 0);
        }
        for visits in &mut presence.places[0].visits {
            *visits = policy.cell(4, 3);
        }
    }
    let document = Document::new(&record, &run_all(&record));
    let seen = document
        .sections
        .iter()
        .find(|s| s.id == "seen")
        .expect("a section");
    let said = |part: &str| {
        seen.blocks
            .iter()
            .any(|b| matches!(b, Block::Paragraph { text } if text.contains(part)))
    };
    assert!(said("over time: withheld throughout"));
    assert!(said("people can be seen: withheld throughout"));
    assert!(said("How many people a frame holds: nothing was counted"));
    assert!(!seen.blocks.iter().any(|b| matches!(b, Block::Chart(_))));
}

#[test]
fn footage_of_a_single_stretch_is_a_row_and_not_a_chart() {
    let mut record = fixture::record(&fixture::public());
    if let Outcome::Measured(presence) = &mut record.measurements.presence {
        presence.over_time.truncate(3);
        for (bin, item) in presence.over_time.iter_mut().zip(["hall", "yard", "yard"]) {
            bin.item = item.into();
        }
    }
    let document = Document::new(&record, &run_all(&record));
    let seen = document
        .sections
        .iter()
        .find(|s| s.id == "seen")
        .expect("a section");
    let charts: Vec<&str> = seen
        .blocks
        .iter()
        .filter_map(|b| match b {
            Block::Chart(chart) => Some(chart.title.as_str()),
            _ => None,
        })
        .collect();
    assert!(charts.iter().any(|t| t.contains("yard")) && !charts.iter().any(|t| t.contains("hall")));
    let rows = rows(&document, "seen");
    assert!(
        rows.iter().any(|r| *r == ["hall", "0–5.7", "4.1", "40"]),
        "{rows:?}"
    );
}

#[test]
fn faces_of_which_none_could_be_measured_are_said_to_be_so() {
    let mut record = fixture::record(&fixture::public());
    if let Outcome::Measured(faces) = &mut record.measurements.face_exposure {
        faces.sized_sightings = fixture::public().cell(0, 0);
        for quantile in &mut faces.face_height_quantiles {
            quantile.estimate = None;
        }
    }
    let answer = Document::new(&record, &run_all(&record))
        .answer
        .sentences
        .join(" ");
    assert!(answer.contains("None of these faces could be followed, so that none was measured."));
    assert!(!answer.contains("Half of the measured faces"), "{answer}");
}

#[test]
fn only_faces_turned_to_the_camera_reach_recognition_and_the_page_says_so() {
    let policy = fixture::public();
    let mut record = fixture::record(&policy);
    let cards = |record: &Record| {
        let document = Document::new(record, &run_all(record));
        let section = document
            .sections
            .iter()
            .find(|section| section.id == "recognisable")
            .unwrap();
        let blocks = section
            .blocks
            .iter()
            .map(|block| serde_json::to_string(block).unwrap());
        blocks.collect::<Vec<String>>().join("\n")
    };
    let before = cards(&record);
    assert!(!before.contains("turned to the camera") && before.contains("compression and pose"));
    let Outcome::Measured(faces) = &mut record.measurements.face_exposure else {
        panic!("the fixture has faces")
    };
    let row = faces
        .levels_from_faces
        .iter()
        .find(|row| row.level == Level::Recognise);
    let none = LevelShare {
        share_of_people: Some(policy.cell(fixture::share(0.0), 19)),
        ..row.unwrap().clone()
    };
    faces.frontal = Some(Outcome::Measured(FrontalFaces {
        largest_yaw_degrees: 30.0,
        largest_pitch_degrees: 30.0,
        share_of_sightings: policy.cell(fixture::share(0.579), 19),
        share_of_people: Some(policy.cell(fixture::share(0.421), 19)),
        levels: vec![none],
    }));
    let after = cards(&record);
    for part in [
        "Share of the measured sightings in which the face is turned to the camera: 58\u{202f}%",
        "Share of the tracks of faces with such a sighting: 42\u{202f}%",
        "turned by at most 30° to either side and by 30° upwards or downwards",
        "A face counts only while it is turned to the camera",
    ] {
        assert!(after.contains(part), "{part} in: {after}");
    }
    let missing = Missing::NoLandmarks;
    if let Outcome::Measured(faces) = &mut record.measurements.face_exposure {
        faces.frontal = Some(Outcome::NotMeasured { missing });
    }
    let unknown = cards(&record);
    assert!(
        unknown.contains("Which way faces look was not measured"),
        "{unknown}"
    );
    assert!(!unknown.contains("turned to the camera"), "{unknown}");
}

#[test]
fn nobody_reported_is_said_without_calling_it_nobody_there() {
    let policy = DisclosurePolicy::strict();
    let mut record = fixture::record(&policy);
    let missing = Missing::NobodyFound;
    record.measurements.followability = Outcome::NotMeasured { missing };
    record.measurements.dwell = Outcome::NotMeasured { missing };
    if let Outcome::Measured(presence) = &mut record.measurements.presence {
        presence.sightings = policy.cell(0, 0);
        presence.peak = policy.cell(0, 0);
        presence.distinct_people = Some(policy.cell(0, 0));
        presence.people_per_frame = policy.cell(fixture::share(0.0), 0);
    }
    if let Outcome::Measured(faces) = &mut record.measurements.face_exposure {
        faces.sightings = policy.cell(0, 0);
        faces.levels_from_bodies.clear();
        faces.levels_from_faces.clear();
    }
    let findings = run_all(&record);
    let document = Document::new(&record, &findings);
    let answer = document.answer.sentences.join(" ");
    for part in [
        "reported nobody",
        "That does not show that nobody was there.",
        "reported no face",
        "That does not show that there was none.",
    ] {
        assert!(answer.contains(part), "{part} in: {answer}");
    }
    assert!(!answer.contains("0 tracks"), "{answer}");
    let faces = rows(&document, "questions");
    assert!(
        faces.iter().any(|row| row[2].contains("no face was reported")),
        "{faces:?}"
    );
}

#[test]
fn ten_pieces_of_footage_are_counted_on_the_first_page_and_listed_below() {
    let mut record = fixture::record(&fixture::public());
    let item = record.items[0].clone();
    record.items = (1..=10)
        .map(|i| ItemFacts {
            label: format!("hall-{i}"),
            ..item.clone()
        })
        .collect();
    let document = Document::new(&record, &run_all(&record));
    assert!(document.header.title.contains("10 pieces of footage"));
    assert!(document.header.facts[0].value.starts_with("10 pieces"));
    let page = html::render(&document);
    assert!((1..=10).all(|i| page.contains(&format!("hall-{i}"))));
    assert!(commands(&document)[0].contains("FOOTAGE-10"));
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    let [a, b] = [0, 1].map(|_| document(&fixture::public()));
    assert_eq!(html::render(&a), html::render(&b));
    assert_eq!(json_text(&a), json_text(&b));
}

#[test]
fn report_json_reads_back() {
    for policy in [fixture::public(), DisclosurePolicy::strict()] {
        let document = document(&policy);
        let text = json_text(&document);
        let mut value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let back: Document = serde_json::from_str(&text).expect("it reads back");
        assert!(back == document);
        value["surprise"] = true.into();
        let more = serde_json::from_value::<Document>(value);
        assert!(more.is_err(), "an unknown field is refused");
    }
}
