//! The report as an exhibit: its parts, the lines on every page, the files attached to it.

/// In place of the exhibit's number, on every page.
pub const NO_EXHIBIT_NUMBER: &str = "Exhibit number not stated";
/// In place of what a case file would say.
pub const NOT_STATED: &str = "not stated";
/// Term of the date.
pub const DATE: &str = "Date of the examination";
/// Where the date is.
pub const DATE_ELSEWHERE: &str = "in custody.jsonl and run.json, beside this report. This document holds none, so that the \
    same record always gives the same document; its file properties say 1 January 2000 for that reason";
/// Above the digest, on every page.
pub const PAGE_DIGEST: &str = "SHA-256 of record.json";
/// Number of a page.
pub const PAGE_NUMBER: &str = "Page {page} of {pages}";

/// `Exhibit A-17`.
#[must_use]
pub fn exhibit_number(number: &str) -> String {
    format!("Exhibit {number}")
}

/// Titles of the parts, in their order.
pub const PARTS: [&str; 10] = [
    "Items examined",
    "Method",
    "Results",
    "Validation",
    "Sensitivity",
    "Limitations",
    "What was not done",
    "Reproducibility",
    "Seal",
    "Glossary",
];

/// A file attached to the document, with what it is.
pub const RECORD_ATTACHED: (&str, &str) = (
    "record.json",
    "Everything that was measured, as data: the record that this report was drawn from",
);
/// The other.
pub const REPORT_ATTACHED: (&str, &str) = (
    "report.json",
    "The text, tables and charts of this report, as data",
);

/// Above the command that does all of it at once.
pub const REPRODUCE_CAPTION: &str = "Or all at once, with the folder that this report lies in as DIR: runs the plan of the record again and compares \
    the two records byte for byte.";
/// The command; as many places as there are pieces of footage.
#[must_use]
pub fn reproduce_command(program: &str, pieces: usize, placeholder: &str) -> String {
    let places: Vec<String> = if pieces == 1 {
        vec![placeholder.to_owned()]
    } else {
        (1..=pieces).map(|n| format!("{placeholder}-{n}")).collect()
    };
    format!("{program} reproduce DIR --footage {}", places.join(" "))
}
