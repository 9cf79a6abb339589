//! A [`Document`] in, one self-contained HTML page out: no network, no font, no computing.
//! Every word and every number of the page is the document's; only form is added here. Its one script checks the seal of
//! the folder that the page lies in, when a reader asks it to; the page is whole without it.

use super::charts::{self, Screen};
use super::document::{Block, Chart, Document, Fact, FindingText, Section, Table, VerdictMark};
use super::sheet::data_address;
use super::stills::{self, Still};
use base64::Engine as _;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use vsa_base::digest;
use vsa_record::redacted_still::RedactedStill;

const STYLE: &str = include_str!("html/style.css");
const VERIFIER: &str = include_str!("html/verifier.js");

/// Forbids the page everything but its own style and the one script with this digest: a reader's browser asks nobody for
/// anything, and nothing that slipped into the page could run.
fn policy(has_pictures: bool) -> String {
    let pictures = if has_pictures { " img-src data:;" } else { "" };
    let digest = base64::engine::general_purpose::STANDARD.encode(digest::raw(VERIFIER.as_bytes()));
    format!(
        "default-src 'none';{pictures} style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
}

/// `document` as a page.
#[must_use]
pub fn render(document: &Document) -> String {
    render_with(document, &[])
}

/// The same with the redacted stills that `document` speaks of. They are within the page; nothing else could be shown.
#[must_use]
pub fn render_with(document: &Document, stills: &[Still]) -> String {
    without_marks(&page(document, stills).into_string())
}

/// Labels come from users and files. Marks that turn the reading direction, and control characters, could make one look
/// like another; they are shown as what they are: not letters.
pub(super) fn without_marks(page: &str) -> String {
    page.replace(is_mark, "\u{fffd}")
}

/// Whether a letter is a mark of that kind.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || (c.is_control() && c != '\n')
}

fn page(document: &Document, stills: &[Still]) -> Markup {
    let header = &document.header;
    html! {
        (DOCTYPE)
        html lang=(document.language.as_str()) {
            (head(&policy(!stills.is_empty()), &header.title, ""))
            body {
                a .skip href="#answer" { (document.labels.skip) }
                header .page {
                    p .kicker { (header.kicker) }
                    h1 { (header.title) }
                    p .introduction { (header.introduction) }
                    (facts(&header.facts, "overview"))
                    @for notice in &header.notices {
                        div .notice { p { strong { (notice.title) } " " (notice.text) } }
                    }
                }
                main .page {
                    section #answer .answer aria-labelledby="answer-title" {
                        h2 #answer-title { (document.answer.title) }
                        ol { @for sentence in &document.answer.sentences { li { (sentence) } } }
                        p .note { (document.answer.note) }
                    }
                    nav .contents aria-labelledby="contents-title" {
                        h2 #contents-title { (document.labels.contents) }
                        ol {
                            @for section in &document.sections {
                                li { a href={ "#" (section.id) } { (section.name) } }
                            }
                        }
                    }
                    @for part in &document.sections { (section(part, document, stills)) }
                }
                footer .page { p { (document.labels.colophon) } }
                script { (PreEscaped(VERIFIER)) }
            }
        }
    }
}

/// The head of a page: its title, what it adds to the style of all pages, and by its `policy` what a browser may load.
pub(super) fn head(policy: &str, title: &str, more_style: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="referrer" content="no-referrer";
            meta name="color-scheme" content="light dark";
            title { (title) }
            style { (PreEscaped(STYLE)) (PreEscaped(more_style)) }
        }
    }
}

fn section(section: &Section, document: &Document, stills: &[Still]) -> Markup {
    html! {
        section .part id=(section.id) aria-labelledby={ (section.id) "-title" } {
            div .head {
                p .name aria-hidden="true" { (section.name) }
                h2 id={ (section.id) "-title" } { (section.title) }
            }
            div .body {
                p .lead { (section.lead) }
                @for (at, block) in section.blocks.iter().enumerate() {
                    @if let Some((still, description)) = stills::before(section, at, stills) {
                        (picture(still, &description))
                    }
                    (self::block(block, document))
                }
                @if section.id == SEAL { (verifier(document)) }
            }
        }
    }
}

/// What it shows, and its digest, stand in the block after it.
fn picture(still: &RedactedStill, description: &str) -> Markup {
    html! {
        figure .still {
            img src=(data_address(still)) style="max-width:100%;height:auto"
                width=(still.size().0) height=(still.size().1) alt=(description);
        }
    }
}

/// The section to which the verifier belongs.
const SEAL: &str = "seal";

/// Shown by its script, so that nobody without scripts meets what does nothing.
fn verifier(document: &Document) -> Markup {
    let words = &document.labels.verifier;
    let word = |name: &str| words.get(name).map_or("", String::as_str);
    let data = serde_json::to_string(words).expect("words are plain JSON");
    html! {
        div #verifier .verifier hidden data-words=(data) {
            h3 { (word("title")) }
            p { (word("introduction")) }
            p { label for="verifier-key" { (word("key_label")) } textarea #verifier-key rows="2" autocomplete="off" spellcheck="false" {} }
            p { label for="verifier-date" { (word("date_label")) } input #verifier-date type="date"; }
            p { label for="verifier-files" { (word("files_label")) } input #verifier-files type="file" webkitdirectory multiple; }
            div #verifier-result role="status" {}
        }
    }
}

fn block(block: &Block, document: &Document) -> Markup {
    match block {
        Block::Heading { text } => html! { h3 { (text) } },
        Block::Paragraph { text } => html! { p { (text) } },
        Block::List { points } => html! {
            ul .points {
                @for point in points { li { strong { (point.title) } " " (point.text) } }
            }
        },
        Block::Facts { facts: pairs } => facts(pairs, "facts"),
        Block::Table(table) => self::table(table),
        Block::Chart(chart) => self::chart(chart, document),
        Block::Finding(finding) => self::finding(finding, document),
        Block::Command { caption, text } => html! {
            figure .command { figcaption { (caption) } pre tabindex="0" { code { (text) } } }
        },
    }
}

fn facts(facts: &[Fact], class: &str) -> Markup {
    html! {
        dl class=(class) {
            @for fact in facts {
                div {
                    dt { (fact.term) }
                    dd { @if fact.literal { code { (fact.value) } } @else { (fact.value) } }
                }
            }
        }
    }
}

fn table(table: &Table) -> Markup {
    html! {
        table {
            caption { (table.caption) }
            thead {
                tr {
                    @for column in &table.columns {
                        th scope="col" .number[column.numeric] { (column.title) }
                    }
                }
            }
            tbody {
                @for row in &table.rows {
                    tr {
                        @for (cell, column) in row.iter().zip(&table.columns).take(1) {
                            th scope="row" data-label=(column.title) { (cell) }
                        }
                        @for (cell, column) in row.iter().zip(&table.columns).skip(1) {
                            td data-label=(column.title) .number[column.numeric] { (cell) }
                        }
                    }
                }
            }
        }
    }
}

fn chart(chart: &Chart, document: &Document) -> Markup {
    html! {
        div .chart id=(chart.id) {
            figure {
                h3 { (chart.title) }
                (PreEscaped(charts::svg(chart, Screen::Wide)))
                (PreEscaped(charts::svg(chart, Screen::Narrow)))
                figcaption { (chart.caption) }
            }
            details { summary { (document.labels.show_data) } (table(&chart.data)) }
        }
    }
}

fn finding(finding: &FindingText, document: &Document) -> Markup {
    let labels = &document.labels;
    let (class, sign) = match finding.mark {
        VerdictMark::Reached => ("reached", "●"),
        VerdictMark::NotReached => ("not-reached", "○"),
        VerdictMark::Open => ("open", "◐"),
        VerdictMark::Unmeasured => ("unmeasured", "–"),
    };
    html! {
        article class={ "finding " (class) } {
            h3 { (finding.title) }
            p .verdict { span .sign aria-hidden="true" { (sign) } span { (finding.verdict) } }
            dl {
                div { dt { (labels.evidence) } dd { (finding.evidence) } }
                div { dt { (labels.decision) } dd { (finding.decision) " " (finding.source) } }
                div { dt { (labels.limit) } dd { (finding.limit) } }
            }
            p .audit { (labels.audit) " " code { (finding.audit) } }
        }
    }
}
