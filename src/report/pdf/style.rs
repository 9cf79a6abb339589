//! Sizes, distances and inks of the exhibit: A4, one column, in points. Nothing is coloured that is not also said.

use super::faces::Face;

/// Width and height of the page.
pub(super) const PAGE: (f32, f32) = (595.28, 841.89);
/// Left edge of everything.
pub(super) const LEFT: f32 = 64.0;
/// Width of tables and figures.
pub(super) const WIDTH: f32 = PAGE.0 - 2.0 * LEFT;
/// Width of running text: lines of about 80 letters.
pub(super) const MEASURE: f32 = 408.0;
/// Upper edge of the content.
pub(super) const TOP: f32 = 82.0;
/// Lower edge of the content.
pub(super) const BOTTOM: f32 = PAGE.1 - 74.0;
/// Height for content.
pub(super) const HEIGHT: f32 = BOTTOM - TOP;
/// Baseline of the line above the content.
pub(super) const HEAD: f32 = 48.0;
/// Baseline of the line below it.
pub(super) const FOOT: f32 = PAGE.1 - 40.0;

/// A colour.
pub(super) type Ink = (u8, u8, u8);
/// Text.
pub(super) const BLACK: Ink = (0x1c, 0x1e, 0x21);
/// Text of lesser rank.
pub(super) const GREY: Ink = (0x56, 0x5c, 0x62);
/// Names of parts.
pub(super) const ACCENT: Ink = (0x1f, 0x5f, 0x7a);
/// Rules.
pub(super) const RULE: Ink = (0x8b, 0x91, 0x97);
/// Rules between rows.
pub(super) const HAIR: Ink = (0xd9, 0xdc, 0xd9);
/// Ground of commands.
pub(super) const RAISED: Ink = (0xf3, 0xf4, 0xf1);

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    /// Typeface.
    pub(super) face: Face,
    /// Size.
    pub(super) size: f32,
    /// From one line to the next.
    pub(super) leading: f32,
    /// Colour.
    pub(super) ink: Ink,
    /// Whether a line may end within anything: digests and commands, which have no syllables.
    pub(super) literal: bool,
}

const fn style(face: Face, size: f32, leading: f32, ink: Ink) -> Style {
    Style {
        face,
        size,
        leading,
        ink,
        literal: false,
    }
}

impl Style {
    /// Height of so many lines.
    pub(super) fn height(self, lines: usize) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "lines of a page")]
        let lines = lines as f32;
        lines * self.leading
    }

    /// The same in another typeface.
    pub(super) const fn in_face(self, face: Face) -> Self {
        Self { face, ..self }
    }
}

/// The title of the document.
pub(super) const TITLE: Style = style(Face::SerifBold, 23.0, 28.0, BLACK);
/// Above the title, and above titles of parts.
pub(super) const KICKER: Style = style(Face::SansBold, 9.0, 13.0, ACCENT);
/// Below the title.
pub(super) const INTRODUCTION: Style = style(Face::Serif, 11.5, 16.5, GREY);
/// Headings, from the second level on.
pub(super) const HEADINGS: [Style; 3] = [
    style(Face::SerifBold, 17.0, 21.5, BLACK),
    style(Face::SerifBold, 13.0, 17.0, BLACK),
    style(Face::SerifBold, 10.8, 14.5, BLACK),
];
/// Running text.
pub(super) const BODY: Style = style(Face::Serif, 10.2, 14.4, BLACK);
/// The answer in plain words.
pub(super) const ANSWER: Style = style(Face::Serif, 11.4, 16.4, BLACK);
/// Below the answer.
pub(super) const NOTE: Style = style(Face::Serif, 9.4, 13.0, GREY);
/// Leads.
pub(super) const LEAD: Style = style(Face::Serif, 10.2, 14.4, GREY);
/// Captions.
pub(super) const CAPTION: Style = style(Face::Sans, 8.6, 11.6, GREY);
/// Cells of tables.
pub(super) const CELL: Style = style(Face::Sans, 8.4, 11.0, BLACK);
/// Cells of tables with many columns.
pub(super) const SMALL_CELL: Style = style(Face::Sans, 6.6, 8.6, BLACK);
/// Terms of facts.
pub(super) const TERM: Style = style(Face::Sans, 8.8, 13.4, GREY);
/// Their values.
pub(super) const VALUE: Style = style(Face::Serif, 9.6, TERM.leading, BLACK);
/// Digests.
pub(super) const LITERAL: Style = Style {
    literal: true,
    ..style(Face::Mono, 7.8, 13.4, BLACK)
};
/// Commands.
pub(super) const COMMAND: Style = Style {
    literal: true,
    ..style(Face::Mono, 7.6, 10.6, BLACK)
};
/// So many letters of a command fit on a line for certain; a longer line is broken where it happens to be full.
pub(crate) const COMMAND_COLUMNS: usize = 96;
/// The lines above and below the content of every page.
pub(super) const RUNNING: Style = style(Face::Sans, 7.8, 10.0, GREY);
/// The digest among them.
pub(super) const RUNNING_DIGEST: Style = style(Face::Mono, 6.6, 10.0, GREY);
