//! Text in, lines out: glyphs with kerning, broken where the language allows it, ragged on the right. A word is parted
//! at its syllables only where it is wider than its room; digests and commands may be broken anywhere.

use super::faces::{Face, Faces, Glyph};
use super::style::Style;
use crate::html::is_mark;
use hypher::Lang;

/// Letters of one typeface, size and colour that stand beside each other.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// Typeface.
    pub(super) face: Face,
    /// How it looks otherwise.
    pub(super) style: Style,
    /// What it says.
    pub(super) text: String,
    /// Glyph and width, kerning included, of each letter of `text`.
    pub(super) glyphs: Vec<(u32, f32)>,
    /// Its width in points.
    pub(super) width: f32,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    /// From left to right.
    pub(super) pieces: Vec<Piece>,
    /// Without the space at its end.
    pub(super) width: f32,
}

#[derive(Clone, Copy)]
struct Letter {
    letter: char,
    glyph: Glyph,
    style: Style,
    width: f32,
}

/// Breaks text for one language.
pub(super) struct Setter<'f> {
    faces: &'f Faces,
    language: Option<Lang>,
}

/// A line of a digest or a command that would stay shorter than this share of its room is filled.
const SHORT: f32 = 0.84;
/// Letters before and after the hyphen, at least.
const LEAST: usize = 3;

impl<'f> Setter<'f> {
    /// `language` as in the HTML attribute `lang`; words of another than English and French are not parted.
    pub(super) fn new(faces: &'f Faces, language: &str) -> Self {
        let language = match language.split('-').next() {
            Some("en") => Some(Lang::English),
            Some("fr") => Some(Lang::French),
            _ => None,
        };
        Self { faces, language }
    }

    pub(super) fn faces(&self) -> &'f Faces {
        self.faces
    }

    /// One style throughout.
    pub(super) fn lines(&self, text: &str, style: Style, room: f32) -> Vec<Line> {
        self.mixed(&[(text, style)], room)
    }

    /// Everything in one line, however long.
    pub(super) fn line(&self, text: &str, style: Style) -> Line {
        let letters = self.letters(&[(text, style)]);
        self.finish(&letters, false)
    }

    /// The widest piece that cannot be broken without a hyphen, and the whole.
    pub(super) fn extent(&self, text: &str, style: Style) -> (f32, f32) {
        let letters = self.letters(&[(text, style)]);
        let (mut widest, mut longest) = (0.0_f32, 0.0_f32);
        let mut line = 0.0;
        let mut start = 0;
        while start < letters.len() {
            let end = word_end(&letters, start);
            let word = &letters[start..end];
            let visible = visible(word);
            widest = widest.max(sum(&word[..visible]));
            longest = longest.max(line + sum(&word[..visible]));
            line = if word.last().is_some_and(|l| l.letter == '\n') {
                0.0
            } else {
                line + sum(word)
            };
            start = end;
        }
        (widest, longest)
    }

    /// Several styles after each other.
    pub(super) fn mixed(&self, texts: &[(&str, Style)], room: f32) -> Vec<Line> {
        let letters = self.letters(texts);
        let mut lines = Vec::new();
        let (mut from, mut at, mut filled) = (0, 0, 0.0_f32);
        while at < letters.len() {
            let end = word_end(&letters, at);
            let word = &letters[at..end];
            let width = sum(&word[..visible(word)]);
            if filled + width <= room + 0.01 {
                filled += sum(word);
                at = end;
                if word.last().is_some_and(|l| l.letter == '\n') {
                    lines.push(self.finish(&letters[from..at], false));
                    (from, filled) = (at, 0.0);
                }
                continue;
            }
            // The word does not fit.
            let alone = from == at;
            if alone && let Some(part) = self.part(word, room - filled) {
                lines.push(self.finish(&letters[from..at + part], true));
                (from, at, filled) = (at + part, at + part, 0.0);
            } else if alone || (word[0].style.literal && filled < SHORT * room) {
                let part = fitting(word, room - filled).max(usize::from(alone));
                lines.push(self.finish(&letters[from..at + part], false));
                (from, at, filled) = (at + part, at + part, 0.0);
            } else {
                lines.push(self.finish(&letters[from..at], false));
                (from, filled) = (at, 0.0);
            }
        }
        if from < letters.len() {
            lines.push(self.finish(&letters[from..], false));
        }
        lines
    }

    fn letters(&self, texts: &[(&str, Style)]) -> Vec<Letter> {
        let mut letters: Vec<Letter> = Vec::new();
        for (text, style) in texts {
            for letter in text.chars() {
                // A line feed only says where a line ends.
                let letter = if letter == '\n' { letter } else { printable(letter) };
                let glyph = self
                    .faces
                    .glyph(style.face, if letter == '\n' { ' ' } else { letter });
                let width = if letter == '\n' { 0.0 } else { glyph.advance };
                if let Some(before) = letters.last_mut()
                    && before.style == *style
                    && !style.literal
                {
                    before.width += self.faces.kern(before.glyph, glyph) * style.size;
                }
                letters.push(Letter {
                    letter,
                    glyph,
                    style: *style,
                    width: width * style.size,
                });
            }
        }
        letters
    }

    /// How many letters of `word` go on the line when it is parted at a syllable.
    fn part(&self, word: &[Letter], room: f32) -> Option<usize> {
        let style = word[0].style;
        if style.literal {
            return None;
        }
        let hyphen = self.faces.glyph(style.face, '-').advance * style.size;
        let from = word.iter().position(|l| l.letter.is_alphabetic())?;
        let stem = word[from..]
            .iter()
            .take_while(|l| l.letter.is_alphabetic())
            .count();
        let text: String = word[from..from + stem].iter().map(|l| l.letter).collect();
        let mut best = None;
        let mut parted = 0;
        for syllable in hypher::hyphenate(&text, self.language?) {
            parted += syllable.chars().count();
            let fits = sum(&word[..from + parted]) + hyphen <= room;
            if fits && parted >= LEAST && parted + LEAST <= stem {
                best = Some(from + parted);
            }
        }
        best
    }

    fn finish(&self, letters: &[Letter], parted: bool) -> Line {
        let mut line = Line {
            pieces: Vec::new(),
            width: sum(&letters[..visible(letters)]),
        };
        for letter in letters.iter().filter(|l| l.letter != '\n') {
            push(&mut line, letter.letter, letter.glyph, letter.style, letter.width);
        }
        if parted && let Some(last) = letters.last() {
            let glyph = self.faces.glyph(last.style.face, '\u{ad}');
            let width = glyph.advance * last.style.size;
            push(&mut line, '\u{ad}', glyph, last.style, width);
            line.width += width;
        }
        line
    }
}

/// What may stand in the file: labels come from users, and marks that turn the reading direction, control characters
/// and letters of private meaning are shown as what they are.
fn printable(letter: char) -> char {
    match letter {
        '\t' | '\n' => ' ',
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
            '\u{fffd}'
        }
        mark if is_mark(mark) => '\u{fffd}',
        other => other,
    }
}

/// `text` with nothing in it that may not stand in the file: for bookmarks and descriptions.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(printable).collect()
}

fn push(line: &mut Line, letter: char, glyph: Glyph, style: Style, width: f32) {
    let joins = |piece: &Piece| piece.face == glyph.face && piece.style == style;
    if !line.pieces.last().is_some_and(joins) {
        line.pieces.push(Piece {
            face: glyph.face,
            style,
            text: String::new(),
            glyphs: Vec::new(),
            width: 0.0,
        });
    }
    if let Some(piece) = line.pieces.last_mut() {
        piece.text.push(letter);
        piece.glyphs.push((glyph.id, width / style.size));
        piece.width += width;
    }
}

fn sum(letters: &[Letter]) -> f32 {
    letters.iter().map(|l| l.width).sum()
}

/// How many letters there are before the spaces at the end.
fn visible(letters: &[Letter]) -> usize {
    letters
        .iter()
        .rposition(|l| !matches!(l.letter, ' ' | '\n'))
        .map_or(0, |last| last + 1)
}

/// How many letters fit.
fn fitting(letters: &[Letter], room: f32) -> usize {
    let mut width = 0.0;
    letters
        .iter()
        .take_while(|l| {
            width += l.width;
            width <= room + 0.01
        })
        .count()
}

/// Where the word that begins at `start` ends, with the spaces after it.
fn word_end(letters: &[Letter], start: usize) -> usize {
    let mut at = start;
    while at < letters.len() {
        let (letter, next) = (letters[at].letter, letters.get(at + 1).map(|l| l.letter));
        at += 1;
        let breaks = match letter {
            '\n' => true,
            // Not within a quotation's marks, nor before a mark that French sets off.
            ' ' => {
                let opens = at >= start + 2 && letters[at - 2].letter == '«';
                !opens && !next.is_some_and(|next| " »:;!?%".contains(next))
            }
            '—' => true,
            // Between words, not before a number.
            '-' | '/' | '–' => at > start + 1 && next.is_some_and(char::is_alphabetic),
            _ => false,
        };
        if breaks {
            return at;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::super::style::{BODY, COMMAND};
    use super::*;

    fn texts(lines: &[Line]) -> Vec<String> {
        lines
            .iter()
            .map(|line| line.pieces.iter().map(|piece| piece.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn no_line_is_wider_than_its_room_and_no_letter_is_lost() {
        let faces = Faces::new();
        let text = "Les personnes reconnaissables sont celles dont le visage atteint 125\u{202f}px/m ; une caméra ne voit \
                    qu’anticonstitutionnellement la vidéosurveillance algorithmique d’aujourd’hui.";
        for (language, room) in [("fr", 60.0), ("fr", 120.0), ("en", 200.0), ("de", 90.0)] {
            let setter = Setter::new(&faces, language);
            let lines = setter.lines(text, BODY, room);
            assert!(lines.len() > 2);
            for line in &lines {
                assert!(line.width <= room + 0.02, "{} in {room}", line.width);
            }
            let joined: String = texts(&lines).concat().replace('\u{ad}', "");
            assert_eq!(joined, text, "{language}");
            // A narrow space never ends a line: a number keeps its unit.
            assert!(texts(&lines).iter().all(|line| !line.ends_with('\u{202f}')));
        }
    }

    #[test]
    fn words_are_parted_at_their_syllables_and_digests_anywhere() {
        let faces = Faces::new();
        let setter = Setter::new(&faces, "fr");
        let parted = texts(&setter.lines("anticonstitutionnellement", BODY, 70.0));
        assert!(parted.len() > 1 && parted[0].ends_with('\u{ad}'), "{parted:?}");
        let digest = "0123456789abcdef".repeat(4);
        let lines = texts(&setter.lines(&digest, COMMAND, 100.0));
        assert!(lines.len() > 2 && lines.concat() == digest);
        assert!(lines.iter().all(|line| !line.contains('\u{ad}')));
    }

    #[test]
    fn no_line_begins_with_a_mark_that_french_sets_off() {
        let faces = Faces::new();
        let setter = Setter::new(&faces, "fr");
        let text = "Ce que dit « le hall » : rien ; ou 95 % ? Tout !".repeat(9);
        for room in [40.0, 77.0, 133.0, 210.0] {
            for line in texts(&setter.lines(&text, BODY, room)) {
                let odd = line.starts_with(['»', ':', ';', '%', '?', '!']) || line.trim_end().ends_with('«');
                assert!(!odd, "{line} in {room}");
            }
        }
    }

    #[test]
    fn a_line_feed_ends_a_line_and_leaves_no_letter() {
        let faces = Faces::new();
        let lines = Setter::new(&faces, "en").lines("a b\n\n  c", COMMAND, 100.0);
        assert_eq!(texts(&lines), ["a b", "", "  c"]);
    }
}
