//! The page as a browser shows it: on a wide and a narrow screen, with and without scripts, light, dark and printed.
//! Needs `chromium` (and `pdftotext` for the print); says loudly when it is absent.

use super::report_fixture as fixture;
use serde::Deserialize;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output};
use vsa_audits::run_all;
use vsa_record::DisclosurePolicy;
use vsa_report::document::Block;
use vsa_report::{Document, html};

/// Widths looked at: a desk screen and a telephone.
const WIDTHS: [u32; 2] = [1280, 390];
/// What a browser does on its own is switched off; it gets an empty profile each time.
const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=20000",
    "--no-pdf-header-footer",
];
/// Text smaller than this, in CSS pixels, is not legible.
const LEAST_TEXT: f64 = 10.0;
/// WCAG 2.1, success criterion 1.4.3, level AA.
const LEAST_CONTRAST: f64 = 4.5;

/// What the probe saw in one frame.
#[derive(Debug, Deserialize)]
struct Seen {
    width: u32,
    scripts: bool,
    overflow: i64,
    too_wide: Vec<String>,
    sections: Vec<String>,
    charts: u32,
    smallest_chart_text: f64,
    least_contrast: f64,
    least_contrast_of: String,
    overlapping_labels: Vec<String>,
    background: String,
    resources: u32,
}

fn is_absent(program: &str, test: &str) -> bool {
    let absent = Command::new(program).arg("--version").output().is_err();
    if absent {
        // Not by `eprintln!`: the test harness would swallow it.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED {test}: no program `{program}`; on Debian: apt-get install chromium poppler-utils"
        );
    }
    absent
}

fn chromium(flags: &[&str], page: &Path) -> Output {
    let profile = tempfile::tempdir().expect("a temporary folder");
    Command::new("chromium")
        .args(FLAGS)
        .args(flags)
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("chromium runs")
}

fn saved(content: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new()
        .suffix(".html")
        .tempfile()
        .expect("a temporary file");
    file.write_all(content.as_bytes()).expect("it can be written");
    file
}

fn document(policy: &DisclosurePolicy) -> Document {
    let record = fixture::record(policy);
    Document::new(&record, &run_all(&record))
}

/// Puts the page into frames of each width, with scripts and without, and measures what is drawn.
fn look(page: &str, flags: &[&str]) -> Vec<Seen> {
    let source = serde_json::to_string(page)
        .expect("text is JSON")
        .replace("</", "<\\/");
    let widths = serde_json::to_string(&WIDTHS).expect("numbers are JSON");
    let probe = include_str!("../browser/probe.html")
        .replace("/*PAGE*/", &source)
        .replace("/*WIDTHS*/", &widths);
    let file = saved(&probe);
    let output = chromium(&[flags, &["--dump-dom"]].concat(), file.path());
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let json = dom
        .split_once("<pre id=\"seen\">")
        .and_then(|(_, rest)| rest.split_once("</pre>"))
        .map(|(json, _)| {
            json.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
        });
    let json = json.unwrap_or_else(|| {
        panic!(
            "the probe saw nothing: {}",
            String::from_utf8_lossy(&output.stderr)
        )
    });
    let seen: Vec<Seen> = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{e} in {json}"));
    assert_eq!(seen.len(), 2 * WIDTHS.len());
    seen
}

fn check(seen: &Seen, document: &Document) {
    let at = format!("{} px wide, scripts {}", seen.width, seen.scripts);
    assert_eq!(
        seen.overflow, 0,
        "{at}: the page is wider than the screen: {:?}",
        seen.too_wide
    );
    assert!(
        seen.too_wide.is_empty(),
        "{at}: beyond the edge: {:?}",
        seen.too_wide
    );
    let expected: Vec<&str> = document.sections.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(seen.sections, expected, "{at}: every section is drawn");
    assert!(seen.charts >= 6, "{at}: {} charts are drawn", seen.charts);
    assert!(
        seen.smallest_chart_text >= LEAST_TEXT,
        "{at}: text of {} px",
        seen.smallest_chart_text
    );
    assert!(
        seen.least_contrast >= LEAST_CONTRAST,
        "{at}: contrast {} of {}",
        seen.least_contrast,
        seen.least_contrast_of
    );
    assert!(
        seen.overlapping_labels.is_empty(),
        "{at}: labels overlap: {:?}",
        seen.overlapping_labels
    );
    assert_eq!(seen.resources, 0, "{at}: something was fetched");
}

#[test]
fn the_page_fits_wide_and_narrow_screens_in_both_themes_with_and_without_scripts() {
    let test = "the_page_fits_wide_and_narrow_screens_in_both_themes_with_and_without_scripts";
    if is_absent("chromium", test) {
        return;
    }
    for policy in [fixture::public(), DisclosurePolicy::strict()] {
        let document = document(&policy);
        let page = html::render(&document);
        let mut backgrounds = Vec::new();
        for theme in [
            "--blink-settings=preferredColorScheme=1",
            "--blink-settings=preferredColorScheme=0",
        ] {
            let seen = look(&page, &[theme]);
            assert!(seen.iter().any(|s| s.scripts) && seen.iter().any(|s| !s.scripts));
            for frame in &seen {
                check(frame, &document);
            }
            backgrounds.push(seen[0].background.clone());
        }
        assert_ne!(backgrounds[0], backgrounds[1], "dark is another theme");
    }
}

#[test]
fn the_probe_notices_a_page_that_does_not_fit() {
    if is_absent("chromium", "the_probe_notices_a_page_that_does_not_fit") {
        return;
    }
    let page = "<!DOCTYPE html><html lang=\"en\"><body style=\"background:#fff\"><p style=\"width:900px;color:#ccc\">pale and wide</p></body></html>";
    let seen = look(page, &[]);
    let narrow = seen.iter().find(|s| s.width == 390).expect("a narrow frame");
    assert!(narrow.overflow > 500 && !narrow.too_wide.is_empty());
    assert!(narrow.least_contrast < 2.0 && narrow.least_contrast_of.contains("pale"));
}

#[test]
fn the_printed_page_holds_the_whole_report() {
    let test = "the_printed_page_holds_the_whole_report";
    if is_absent("chromium", test) || is_absent("pdftotext", test) {
        return;
    }
    let document = document(&fixture::public());
    let page = saved(&html::render(&document));
    let pdf = tempfile::Builder::new()
        .suffix(".pdf")
        .tempfile()
        .expect("a temporary file");
    let output = chromium(
        &[&format!("--print-to-pdf={}", pdf.path().display())],
        page.path(),
    );
    let text = |order: &[&str]| {
        let text = Command::new("pdftotext")
            .args(order)
            .arg(pdf.path())
            .arg("-")
            .output()
            .expect("pdftotext runs");
        assert!(
            text.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&text.stdout).into_owned()
    };
    // Line by line as well: a narrow table of numbers is taken for columns of text otherwise.
    let (text, lines) = (text(&[]), text(&["-layout"]));
    let pages = text.matches('\u{c}').count();
    assert!((3..=45).contains(&pages), "{pages} pages");
    let words = |s: &str| s.split_whitespace().collect::<String>();
    let (printed, in_lines) = (words(&text), words(&lines));
    assert!(printed.contains(&words(&document.header.title)));
    for section in &document.sections {
        assert!(
            printed.contains(&words(&section.title)),
            "{} is not printed",
            section.title
        );
    }
    assert!(printed.contains("45cddc9490be69345cbdab64ca583be65987e864ca408038e648db99e10516cf"));
    // Tables that a screen shows on demand: on paper nobody can ask for them.
    let mut tables = 0;
    for block in document.sections.iter().flat_map(|s| &s.blocks) {
        if let Block::Chart(chart) = block {
            assert!(
                printed.contains(&words(&chart.data.caption)),
                "{} has no table",
                chart.title
            );
            for row in &chart.data.rows {
                let row_of_it = words(&row.concat());
                assert!(
                    printed.contains(&row_of_it) || in_lines.contains(&row_of_it),
                    "{row:?} of {}",
                    chart.title
                );
            }
            tables += 1;
        }
    }
    assert!(tables >= 6, "{tables} charts have tables");
}
