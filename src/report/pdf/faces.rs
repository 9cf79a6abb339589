//! The typefaces that the exhibit embeds: letters in, glyphs with their widths out. Origin and licence: `fonts/README.md`.

use super::kerning::Kerning;
use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider as _};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Face {
    /// Running text.
    Serif,
    /// Headings.
    SerifBold,
    /// Tables and captions.
    Sans,
    /// Heads of tables.
    SansBold,
    /// Digests and commands.
    Mono,
}

const FILES: [&[u8]; 5] = [
    include_bytes!("fonts/serif-regular.ttf"),
    include_bytes!("fonts/serif-bold.ttf"),
    include_bytes!("fonts/sans-regular.ttf"),
    include_bytes!("fonts/sans-bold.ttf"),
    include_bytes!("fonts/mono-regular.ttf"),
];

/// In place of a letter that no typeface has.
const NO_LETTER: char = '□';

/// One letter, set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    /// The typeface in which it was found.
    pub(super) face: Face,
    /// Its number there.
    pub(super) id: u32,
    /// Its width, as a share of the size.
    pub(super) advance: f32,
}

struct Typeface {
    font: Font,
    file: FontRef<'static>,
    metrics: GlyphMetrics<'static>,
    kerning: Kerning<'static>,
    units: f32,
}

/// All typefaces.
pub(super) struct Faces {
    all: Vec<Typeface>,
    /// What was looked up before: a report repeats its letters some hundred thousand times.
    glyphs: RefCell<BTreeMap<(Face, char), Glyph>>,
    pairs: RefCell<BTreeMap<(Face, u32, u32), f32>>,
}

impl Faces {
    /// As compiled into the program.
    pub(super) fn new() -> Self {
        let read = |bytes: &'static [u8]| {
            let file = FontRef::new(bytes).expect("the typefaces are sound");
            let font = Font::new(bytes.into(), 0).expect("the typefaces are sound");
            Typeface {
                units: font.units_per_em(),
                font,
                metrics: file.glyph_metrics(Size::unscaled(), LocationRef::default()),
                kerning: Kerning::of(&file),
                file,
            }
        };
        Self {
            all: FILES.into_iter().map(read).collect(),
            glyphs: RefCell::default(),
            pairs: RefCell::default(),
        }
    }

    fn get(&self, face: Face) -> &Typeface {
        &self.all[face as usize]
    }

    /// As the file wants it.
    pub(super) fn font(&self, face: Face) -> Font {
        self.get(face).font.clone()
    }

    fn find(&self, face: Face, letter: char) -> Option<Glyph> {
        let typeface = self.get(face);
        let id = typeface.file.charmap().map(letter)?;
        let advance = typeface.metrics.advance_width(id)? / typeface.units;
        Some(Glyph {
            face,
            id: id.to_u32(),
            advance,
        })
    }

    /// `letter` in `face`, or in the nearest typeface that has it; a square, where none has.
    pub(super) fn glyph(&self, face: Face, letter: char) -> Glyph {
        *self
            .glyphs
            .borrow_mut()
            .entry((face, letter))
            .or_insert_with(|| self.look_up(face, letter))
    }

    fn look_up(&self, face: Face, letter: char) -> Glyph {
        let bold = matches!(face, Face::SerifBold | Face::SansBold);
        let second = if bold { Face::SansBold } else { Face::Sans };
        // Shown alike; what is read out and copied stays the letter itself.
        let shown = match letter {
            '\u{2011}' | '\u{ad}' => '-',
            '\u{2009}' | '\u{200a}' | '\u{202f}' | '\u{a0}' if face == Face::Mono => ' ',
            other => other,
        };
        [face, second]
            .into_iter()
            .find_map(|face| self.find(face, shown))
            .or_else(|| self.find(second, NO_LETTER))
            .expect("every typeface family has a square")
    }

    /// What is added to the width of `left` before `right`, as a share of the size.
    pub(super) fn kern(&self, left: Glyph, right: Glyph) -> f32 {
        if left.face != right.face {
            return 0.0;
        }
        let look_up = || {
            let typeface = self.get(left.face);
            typeface.kerning.between(left.id, right.id) / typeface.units
        };
        *self
            .pairs
            .borrow_mut()
            .entry((left.face, left.id, right.id))
            .or_insert_with(look_up)
    }

    /// Width of `text` in one line.
    pub(super) fn width(&self, text: &str, face: Face, size: f32) -> f32 {
        let mut width = 0.0;
        let mut before: Option<Glyph> = None;
        for letter in text.chars() {
            let glyph = self.glyph(face, letter);
            width += glyph.advance + before.map_or(0.0, |before| self.kern(before, glyph));
            before = Some(glyph);
        }
        width * size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_french_and_of_the_reports_marks_is_in_every_typeface_or_its_second() {
        let faces = Faces::new();
        let square = faces.glyph(Face::Sans, NO_LETTER).id;
        let letters = "AZaz09 àâäæçéèêëîïôœùûüÿÀÂÄÆÇÉÈÊËÎÏÔŒÙÛÜŸ “”‘’«»„‚ ≥≤×±–—…µμ√°²³€%‰•·†→←↑↓−≈≠½⅓\u{a0}\u{202f}\u{2009}\u{2011}ŁłŠšŽžőşț";
        for face in [
            Face::Serif,
            Face::SerifBold,
            Face::Sans,
            Face::SansBold,
            Face::Mono,
        ] {
            for letter in letters.chars() {
                let glyph = faces.glyph(face, letter);
                assert_ne!(
                    (glyph.id, glyph.face),
                    (square, Face::Sans),
                    "{letter} in {face:?}"
                );
                assert!(glyph.advance > 0.0 && glyph.id > 0, "{letter} in {face:?}");
            }
        }
        assert_eq!(faces.glyph(Face::Serif, '北').id, square);
    }

    #[test]
    fn figures_are_of_one_width_so_that_columns_align() {
        let faces = Faces::new();
        for face in [
            Face::Serif,
            Face::SerifBold,
            Face::Sans,
            Face::SansBold,
            Face::Mono,
        ] {
            let widths: Vec<f32> = ('0'..='9').map(|d| faces.glyph(face, d).advance).collect();
            assert!(widths.iter().all(|w| *w == widths[0]), "{face:?}: {widths:?}");
        }
    }

    /// Known answers from HarfBuzz over the same files, ligatures off, in units of 1/1000.
    #[test]
    fn pairs_are_kerned_as_another_shaper_kerns_them() {
        let faces = Faces::new();
        for (face, text, units) in KERNED {
            let width = faces.width(text, face, 1000.0);
            assert!(
                (width - units).abs() < 0.01,
                "{text} in {face:?}: {width}, not {units}"
            );
        }
    }

    const KERNED: [(Face, &str, f32); 8] = [
        (Face::Serif, "AVATAR To Ve", 6750.0),
        (Face::Serif, "Was Tyrol, P. 7", 7087.0),
        (Face::Serif, "“Voilà” L’Été", 6026.0),
        (Face::SerifBold, "AVATAR To Ve", 6443.0),
        (Face::SerifBold, "Was Tyrol, P. 7", 6793.0),
        (Face::Sans, "AVATAR To Ve", 5534.0),
        (Face::Sans, "“Voilà” L’Été", 5076.0),
        (Face::SansBold, "Was Tyrol, P. 7", 6052.0),
    ];
}
