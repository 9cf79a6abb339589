//! Render. In: a record, its findings, what stands beside them. Out: the four files of a report, in memory.

use super::beside::Beside;
use vsa_audits::Finding;
use vsa_record::Record;
use vsa_record::json::{self, JsonError};
use vsa_record::run::ConfinementFacts;
use vsa_report::pdf::PdfError;
use vsa_report::{Document, html, pdf};

/// A report in every form.
#[derive(Debug)]
pub struct Rendered {
    /// The one object that every form was drawn from.
    pub document: Document,
    /// `record.json`, `report.json`, `report.html`, `report.pdf`, in this order.
    pub files: Vec<RenderedFile>,
}

/// A file that lies in no folder yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedFile {
    /// Its name, without folders.
    pub name: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why there is no report. Both are faults of the program.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// Record or document cannot be written.
    #[error("the result cannot be written as JSON: {0}; this is an error of vsa-audit, please report it")]
    Json(#[from] JsonError),
    /// The PDF was refused by its own standard.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

/// Draws the report of a record: `record.json`, `report.json`, `report.html` and `report.pdf`, the PDF with the first two
/// attached.
///
/// A pure function: the same version of this program draws the same bytes from the same arguments, whatever the clock, the
/// machine and the folder. `findings` are those of [`audit`](super::audit()). Nothing is computed here that is not in the
/// record: what a report says was either measured, or derived by an audit.
///
/// # Errors
/// [`RenderError`]: a record that came from [`observe`](super::observe()) or from [`vsa_record::json::read_record`] has none.
///
/// # Examples
/// ```no_run
/// use vsa_audit::base::language::Language;
/// use vsa_audit::record::json;
/// use vsa_audit::Beside;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let record = json::read_record(&std::fs::read("report/record.json")?)?;
/// let findings = vsa_audit::audit(&record);
/// let report = vsa_audit::render(&record, &findings, &Beside::in_language(Language::French))?;
/// for file in &report.files {
///     println!("{}: {} bytes", file.name, file.bytes.len());
/// }
/// # Ok(())
/// # }
/// ```
/// `examples/render.rs` is the whole program.
pub fn render(record: &Record, findings: &[Finding], beside: &Beside) -> Result<Rendered, RenderError> {
    held_to(record, findings, beside, beside.confinement.as_ref())
}

/// [`render`] with another word on what the kernel held the run to.
pub(super) fn held_to(
    record: &Record,
    findings: &[Finding],
    beside: &Beside,
    confinement: Option<&ConfinementFacts>,
) -> Result<Rendered, RenderError> {
    let mut document = Document::in_language(beside.language(), record, findings).for_case(&beside.case);
    if let Some(stills) = &beside.stills {
        document = document.with_stills(stills);
    }
    if let Some(bench) = &beside.bench {
        document = document.for_bench(bench);
    }
    if let Some(claims) = &beside.claims {
        document = document.with_claims(claims);
    }
    if let Some(confinement) = confinement {
        document = document.held_to(confinement);
    }
    let record = json::to_bytes(record)?;
    let report = json::to_bytes(&document)?;
    let shown = beside.stills.as_ref().map_or(&[][..], |stills| &stills.stills);
    let page = html::render_with(&document, shown);
    let attached = [("record.json", record.as_slice()), ("report.json", &report)];
    let paper = pdf::render_with(&document, &attached, shown)?;
    let file = |name, bytes| RenderedFile { name, bytes };
    Ok(Rendered {
        document,
        files: vec![
            file("record.json", record),
            file("report.json", report),
            file("report.html", page.into_bytes()),
            file("report.pdf", paper),
        ],
    })
}
