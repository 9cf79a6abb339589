//! The PDF made for filing, held to other programs: qpdf reads its structure, poppler its fonts, text and attachments.
//! No validator of PDF/A or PDF/UA is to be had from the package registries; krilla refuses to write what breaks either
//! standard, and what is declared is checked here. Needs `qpdf` and `poppler-utils`; says loudly when they are absent.

#![expect(clippy::disallowed_methods, reason = "tests make their own inputs")]

use super::report_fixture::{self as fixture, CANARY};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use vsa_audits::run_all;
use vsa_custody::case::Case;
use vsa_record::{DisclosurePolicy, json};
use vsa_report::document::Block;
use vsa_report::{Document, pdf};

const RECORD: &[u8] = b"{\"the\": \"record\"}\n";

/// A file in a folder of its own.
struct File {
    folder: tempfile::TempDir,
    document: Document,
    bytes: Vec<u8>,
}

fn case() -> Case {
    Case {
        exhibit: Some("A-17 (œuvre n° 3)".to_owned()),
        requester: Some("Tribunal administratif".to_owned()),
        operator: None,
        question: Some("Could people be recognised?\nAnd followed?".to_owned()),
        language: None,
    }
}

fn document(policy: &DisclosurePolicy) -> Document {
    let record = fixture::record(policy);
    Document::new(&record, &run_all(&record)).for_case(&case())
}

impl File {
    fn of(document: Document) -> Self {
        let bytes = Self::render(&document);
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("report.pdf"), &bytes).expect("written");
        Self {
            folder,
            document,
            bytes,
        }
    }

    fn render(document: &Document) -> Vec<u8> {
        let report = json::to_bytes(document).expect("JSON");
        pdf::render(document, &[("record.json", RECORD), ("report.json", &report)]).expect("a PDF")
    }

    /// As qpdf sees it.
    fn is_sound(&self) {
        let check = output(Command::new("qpdf").arg("--check").arg(self.path()));
        assert!(
            check.contains("No syntax or stream encoding errors found"),
            "{check}"
        );
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("report.pdf")
    }

    /// The file with its streams unpacked, as far as it is text.
    fn structure(&self) -> String {
        let plain = self.folder.path().join("plain.pdf");
        let run = Command::new("qpdf")
            .args(["--qdf", "--object-streams=disable"])
            .args([&self.path(), &plain])
            .output()
            .expect("qpdf runs");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8_lossy(&fs::read(plain).expect("unpacked")).into_owned()
    }

    fn text(&self, more: &[&str]) -> String {
        output(Command::new("pdftotext").args(more).arg(self.path()).arg("-"))
    }
}

fn output(command: &mut Command) -> String {
    let run = command.output().expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

fn is_absent(test: &str) -> bool {
    let absent = ["qpdf", "pdftotext", "pdffonts", "pdfdetach"]
        .into_iter()
        .find(|program| Command::new(program).arg("--version").output().is_err());
    if let Some(program) = absent {
        // Not by `eprintln!`: the test harness would swallow it.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED {test}: no program `{program}`; on Debian: apt-get install qpdf poppler-utils"
        );
    }
    absent.is_some()
}

/// Words apart, since a line may end anywhere.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = document(&fixture::public());
    let first = File::render(&document);
    assert!(first == File::render(&document));
    let mut other = document;
    other.header.title.push('!');
    assert!(first != File::render(&other));
}

#[test]
fn the_file_declares_its_standards_and_holds_what_they_ask_for() {
    if is_absent("the_file_declares_its_standards_and_holds_what_they_ask_for") {
        return;
    }
    let file = File::of(document(&fixture::public()));
    file.is_sound();
    let structure = file.structure();
    for needed in [
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "/Marked true",
        "/StructTreeRoot",
        "/Lang (en)",
        "/Outlines",
        "/OutputIntents",
        "/DisplayDocTitle true",
        "/Tabs /S",
        "/S /H1",
        "/S /TOC",
        "/S /THead",
        "/Scope /Row",
        "/Scope /Column",
    ] {
        assert!(structure.contains(needed), "{needed} is missing");
    }
    for foreign in [
        "/URI",
        "/JavaScript",
        "/Launch",
        "/GoToR",
        "/RichMedia",
        "/AcroForm",
        "/Encrypt",
    ] {
        assert!(!structure.contains(foreign), "{foreign} leads out of the file");
    }
    let charts = |document: &Document| {
        let blocks = document.sections.iter().flat_map(|section| &section.blocks);
        blocks.filter(|block| matches!(block, Block::Chart(_))).count()
    };
    assert!(charts(&file.document) >= 5);
    for sign in ["/S /Figure\n", "/Alt "] {
        assert_eq!(
            structure.matches(sign).count(),
            charts(&file.document),
            "{sign:?}"
        );
    }
    // Every table is regular: as many cells in each row as there are columns.
    let tables = |document: &Document| -> (usize, usize) {
        let blocks = document.sections.iter().flat_map(|section| &section.blocks);
        let tables = blocks.filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Chart(chart) => Some(&chart.data),
            _ => None,
        });
        tables.fold((0, 0), |(rows, cells), table| {
            let height = table.rows.len() + 1;
            (rows + height, cells + height * table.columns.len())
        })
    };
    let (rows, cells) = tables(&file.document);
    assert_eq!(structure.matches("/S /TR\n").count(), rows);
    let found = structure.matches("/S /TD\n").count() + structure.matches("/S /TH\n").count();
    assert_eq!(found, cells);
    let fonts = output(Command::new("pdffonts").arg(file.path()));
    let lines: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(lines.len(), 5, "{fonts}");
    for line in lines {
        // embedded, subset, with Unicode
        assert!(line.contains(" yes yes yes "), "{line}");
    }
}

#[test]
fn a_report_of_scores_is_an_exhibit_too_with_every_part_and_its_digest_on_every_page() {
    if is_absent("a_report_of_scores_is_an_exhibit_too_with_every_part_and_its_digest_on_every_page") {
        return;
    }
    for document in super::score_pages::pages().into_iter().flatten() {
        let file = File::of(document);
        file.is_sound();
        let structure = file.structure();
        for needed in [
            "<pdfaid:part>3</pdfaid:part>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "/Marked true",
            "/S /TOC",
        ] {
            assert!(structure.contains(needed), "{needed} is missing");
        }
        let exhibit = file.document.exhibit.as_ref().expect("an exhibit");
        assert_eq!(exhibit.parts.len(), file.document.sections.len());
        let text = file.text(&["-layout"]);
        let pages: Vec<&str> = text
            .split('\u{c}')
            .filter(|page| !page.trim().is_empty())
            .collect();
        for page in &pages {
            assert!(squeezed(page).contains(&exhibit.digest.value), "{page}");
        }
        let all = squeezed(&text);
        for part in &exhibit.parts {
            assert!(all.contains(&squeezed(&part.title)), "{} is missing", part.title);
        }
    }
}

#[test]
fn what_is_attached_comes_out_byte_for_byte() {
    if is_absent("what_is_attached_comes_out_byte_for_byte") {
        return;
    }
    let file = File::of(document(&fixture::public()));
    let out = file.folder.path().join("out");
    fs::create_dir(&out).expect("a folder");
    output(
        Command::new("pdfdetach")
            .arg("-saveall")
            .arg("-o")
            .arg(&out)
            .arg(file.path()),
    );
    let read = |name: &str| fs::read(out.join(name)).expect("attached");
    assert!(read("record.json") == RECORD);
    assert!(read("report.json") == json::to_bytes(&file.document).expect("JSON"));
    assert_eq!(fs::read_dir(&out).expect("listed").count(), 2);
}

#[test]
fn the_parts_stand_in_the_order_that_a_court_expects() {
    if is_absent("the_parts_stand_in_the_order_that_a_court_expects") {
        return;
    }
    let file = File::of(document(&fixture::public()));
    let words = file.text(&["-layout"]);
    let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let exhibit = file.document.exhibit.as_ref().expect("an exhibit");
    let titles: Vec<&str> = exhibit.parts.iter().map(|part| part.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "Items examined",
            "Method",
            "Results",
            "Validation",
            "Sensitivity",
            "Limitations",
            "What was not done",
            "Reproducibility",
            "Seal",
            "Glossary"
        ]
    );
    // Once in the contents, once where the part begins.
    let all: Vec<usize> = titles
        .iter()
        .zip(1..)
        .map(|(title, number)| {
            let title = format!("{number} {title}");
            let places: Vec<usize> = text.match_indices(&title).map(|(at, _)| at).collect();
            assert_eq!(places.len(), 2, "{title}");
            places[1]
        })
        .collect();
    assert!(all.is_sorted(), "{all:?}");
    // The case and the answer come before.
    for early in [
        &file.document.answer.title,
        "Tribunal administratif",
        "And followed?",
    ] {
        assert!(text.find(early).is_some_and(|at| at < all[0]), "{early}");
    }
    // Each section belongs to one part, so that none is printed twice or left out.
    let mut sections: Vec<&String> = exhibit.parts.iter().flat_map(|part| &part.sections).collect();
    let mut there: Vec<&String> = file.document.sections.iter().map(|section| &section.id).collect();
    sections.sort();
    there.sort();
    assert_eq!(sections, there);
}

#[test]
fn every_page_bears_the_exhibits_number_its_own_and_the_digest_of_the_record() {
    if is_absent("every_page_bears_the_exhibits_number_its_own_and_the_digest_of_the_record") {
        return;
    }
    let file = File::of(document(&fixture::public()));
    let text = file.text(&["-layout"]);
    let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert!(pages.len() > 10, "{}", pages.len());
    let digest = &file.document.exhibit.as_ref().expect("an exhibit").digest.value;
    assert_eq!(digest.len(), 64);
    for (page, number) in pages.iter().zip(1..) {
        assert!(page.contains("Exhibit A-17 (œuvre n° 3)"), "{number}");
        assert!(
            page.contains(&format!("Page {number} of {}", pages.len())),
            "{number}"
        );
        assert!(page.contains(digest), "{number}");
    }
}

#[test]
fn nothing_of_the_document_is_left_out_of_the_paper() {
    if is_absent("nothing_of_the_document_is_left_out_of_the_paper") {
        return;
    }
    let file = File::of(document(&fixture::public()));
    // In the order in which it was painted, which is that of reading.
    let text = squeezed(&file.text(&["-raw"]));
    let mut wanted: Vec<String> = file.document.answer.sentences.clone();
    for section in &file.document.sections {
        wanted.extend([section.title.clone(), section.lead.clone()]);
        for block in &section.blocks {
            match block {
                Block::Heading { text } | Block::Paragraph { text } => wanted.push(text.clone()),
                Block::List { points } => {
                    wanted.extend(points.iter().flat_map(|p| [p.title.clone(), p.text.clone()]))
                }
                Block::Facts { facts } => wanted.extend(facts.iter().map(|fact| fact.value.clone())),
                Block::Chart(chart) => wanted.extend([chart.title.clone(), chart.caption.clone()]),
                Block::Finding(finding) => wanted.extend([finding.title.clone(), finding.evidence.clone()]),
                Block::Command { caption, .. } => wanted.push(caption.clone()),
                Block::Table(table) => wanted.push(table.caption.clone()),
            }
        }
    }
    assert!(wanted.len() > 200, "{}", wanted.len());
    // Page heads and feet stand between the halves of what goes over a page: a few pieces are cut by them.
    let missing: Vec<&String> = wanted
        .iter()
        .filter(|part| !text.contains(&squeezed(part)))
        .collect();
    assert!(missing.len() * 20 < wanted.len(), "{missing:#?}");
    // Every number of every table is there.
    for section in &file.document.sections {
        for block in &section.blocks {
            if let Block::Table(table) = block {
                for cell in table.rows.iter().flatten().filter(|cell| cell.len() < 12) {
                    assert!(text.contains(&squeezed(cell)), "{cell}");
                }
            }
        }
    }
}

#[test]
fn no_words_of_likelihood_speak_of_identity() {
    for policy in [fixture::public(), DisclosurePolicy::strict()] {
        let text = String::from_utf8(json::to_bytes(&document(&policy)).expect("JSON"))
            .expect("text")
            .to_lowercase();
        assert!(text.len() > 10_000);
        for words in [
            "likely",
            "probably",
            "in all likelihood",
            "moderate support",
            "strong support",
            "limited support",
            "same person as",
            "identified as",
            "positive identification",
            "matches the",
            "consistent with being",
            "reasonable scientific certainty",
            "beyond reasonable",
        ] {
            assert!(!text.contains(words), "“{words}” is in the report");
        }
    }
}

#[test]
fn what_is_withheld_is_in_no_byte_of_the_paper() {
    if is_absent("what_is_withheld_is_in_no_byte_of_the_paper") {
        return;
    }
    let file = File::of(document(&DisclosurePolicy::strict()));
    let text = file.text(&["-raw"]);
    assert!(text.contains("withheld"));
    let canary = CANARY.to_string();
    let digits: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{202f}' | ',' | ' '))
        .collect();
    assert!(!digits.contains(&canary));
    assert!(!file.structure().contains(&canary));
}

#[test]
fn french_letters_and_hostile_labels_can_be_printed() {
    let mut document = document(&fixture::public());
    document.language = vsa_base::language::Language::French;
    document.header.title = "« Œuvre » n° 3 : ≥ 95\u{202f}% ± 2 × √µ — l’été…".to_owned();
    let hostile = "hall\u{202e}gnp.exe \u{0} 北京 \u{e000} \u{feff}\u{fffe} \u{1f600} a\u{301}\tb";
    document.header.facts[0].value = hostile.to_owned();
    document.header.notices[0].text = hostile.repeat(40);
    document.sections[0].title = hostile.to_owned();
    let exhibit = document.exhibit.as_mut().expect("an exhibit");
    exhibit.facts[0].value = "x".repeat(3000);
    exhibit.number = format!("{hostile} {}", "long ".repeat(100));
    let file = File::of(document);
    if is_absent("french_letters_and_hostile_labels_can_be_printed") {
        return;
    }
    assert!(file.structure().contains("/Lang (fr)"));
    let text = file.text(&["-raw"]);
    assert!(
        squeezed(&text).contains("«Œuvre»n°3:≥95%±2×√µ—l’été…"),
        "{}",
        &text[..600.min(text.len())]
    );
    assert!(!text.contains('\u{202e}'));
}

#[test]
fn a_bundles_paper_is_drawn_again_from_its_record_alone() {
    // Through the library, as `render` does it; the program itself is tested with its seal.
    let record = fixture::record(&fixture::public());
    let bytes = json::to_bytes(&record).expect("JSON");
    let read = json::read_record(&bytes).expect("a record");
    let again = |record: &vsa_record::Record| File::render(&Document::new(record, &run_all(record)));
    assert!(again(&record) == again(&read));
    let sizes: BTreeMap<&str, usize> = [("pdf", again(&read).len())].into();
    assert!(sizes["pdf"] < 3_000_000, "{sizes:?}");
    assert!(
        File::of(document(&fixture::public()))
            .bytes
            .starts_with(b"%PDF-1.7")
    );
    assert!(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src/report/pdf/fonts/OFL.txt")
            .is_file()
    );
}
