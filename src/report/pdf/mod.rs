//! A [`Document`] in, the PDF made for filing out: PDF/A-3a and PDF/UA-1, tagged, with embedded typefaces, bookmarks, and
//! the record attached. The same document and attachments give the same bytes: dates and ids are fixed. Every word is the
//! document's; only form is added here.
//!
//! | file | what comes in → what goes out |
//! |---|---|
//! | `faces`, `kerning` | letters → glyphs with widths |
//! | `lines` | text → lines |
//! | `flow`, `blocks`, `table`, `figure`, `picture`, `contents`, `layout` | the document → marks on pages |
//! | `pages`, `tags` | what stands where, and what it is |
//! | `paint` | marks → krilla's pages |
//! | `style` | sizes, distances, inks |

mod blocks;
mod contents;
mod faces;
mod figure;
mod flow;
mod kerning;
mod layout;
mod lines;
mod pages;
mod paint;
mod picture;
mod style;
mod table;
mod tags;

pub(crate) use style::COMMAND_COLUMNS;

use super::document::Document;
use super::stills::Still;
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::metadata::{DateTime, Metadata, TextDirection};

/// Why a document could not be written. It is a fault of this program, not of its user.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// The standard forbids something in it.
    #[error("the PDF would break the standard that it declares ({reason}): please report this")]
    Refused {
        /// As the library says.
        reason: String,
    },
}

/// `document` as a PDF, with these files attached (name, bytes); their descriptions are the document's.
///
/// # Errors
/// [`PdfError`].
pub fn render(document: &Document, attachments: &[(&str, &[u8])]) -> Result<Vec<u8>, PdfError> {
    render_with(document, attachments, &[])
}

/// The same with the redacted stills that `document` speaks of; it shows no other picture.
///
/// # Errors
/// [`PdfError`].
pub fn render_with(
    document: &Document,
    attachments: &[(&str, &[u8])],
    stills: &[Still],
) -> Result<Vec<u8>, PdfError> {
    let faces = faces::Faces::new();
    let mut flow = layout::layout(document, stills, &faces)?;
    let mut file = krilla::Document::new_with(settings()?);
    paint::paint(&flow.pages.all, &faces, &mut flow.tags, &mut file);
    file.set_outline(contents::outline(&flow.bookmarks));
    file.set_tag_tree(flow.tags.finish(document.language.as_str()));
    file.set_metadata(metadata(document));
    for (name, bytes) in attachments {
        // Two files of one name: the first stays. Names are this program's own.
        let _same_name = file.embed_file(attachment(document, name, bytes));
    }
    file.finish().map_err(|error| refused(&error))
}

fn refused(error: &impl std::fmt::Debug) -> PdfError {
    let mut reason = format!("{error:?}");
    // Some errors carry a font with all its bytes.
    if let Some((at, _)) = reason.char_indices().nth(400) {
        reason.truncate(at);
    }
    PdfError::Refused { reason }
}

fn settings() -> Result<SerializeSettings, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| refused(&error))?;
    Ok(SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    })
}

/// The standard wants a date; a real one would make every run another file. The header says where the real one is.
fn fixed_date() -> DateTime {
    DateTime::new(2000)
        .month(1)
        .day(1)
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

fn metadata(document: &Document) -> Metadata {
    let header = &document.header;
    let program = vsa_base::program();
    let (title, id) = document.exhibit.as_ref().map_or_else(
        || (header.title.clone(), header.title.clone()),
        |exhibit| {
            (
                format!("{} – {}", exhibit.number, header.title),
                exhibit.digest.value.clone(),
            )
        },
    );
    Metadata::new()
        .title(lines::plain(&title))
        .description(lines::plain(&header.introduction))
        .language(document.language.as_str().to_owned())
        .creator(program.to_owned())
        .producer(format!("{program}, krilla"))
        .creation_date(fixed_date())
        .document_id(id)
        .text_direction(TextDirection::LeftToRight)
}

fn attachment(document: &Document, name: &str, bytes: &[u8]) -> EmbeddedFile {
    let said = document
        .exhibit
        .iter()
        .flat_map(|exhibit| &exhibit.attachments)
        .find(|fact| fact.term == name)
        .map_or(name, |fact| fact.value.as_str());
    EmbeddedFile {
        path: name.to_owned(),
        mime_type: MimeType::new("application/json"),
        description: Some(said.to_owned()),
        association_kind: AssociationKind::Source,
        data: bytes.to_vec().into(),
        modification_date: Some(fixed_date()),
        compress: Some(true),
        location: None,
    }
}
