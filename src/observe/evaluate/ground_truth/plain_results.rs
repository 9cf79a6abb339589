//! A COCO results file as detectors write it, read in parallel. In: its text. Out: [`Labels`], or nothing where anything is
//! out of the ordinary, so that the careful reader (`coco`) reads it again and says what, with its line.
//!
//! The text is cut where an entry seems to begin. Each piece is read entry by entry and has to end exactly where the next was
//! taken to begin: the first begins where an entry does, hence so does each, whatever the strings in between may hold.

use super::rows;
use crate::observe::evaluate::labels::{Class, LabelBox, Labels, Numbering, Picture, Sequence};
use crate::record::scores::LabelFormat;
use rayon::prelude::*;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// What may be in an entry; anything else is for the careful reader.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    image_id: i64,
    category_id: i64,
    bbox: [f64; 4],
    score: f64,
    id: Option<i64>,
    area: Option<f64>,
    #[serde(rename = "segmentation")]
    _outline: Option<IgnoredAny>,
}

/// Entries of a stretch of the text. Lines count from its beginning; picture and class are not numbered yet.
struct Piece {
    boxes: Vec<LabelBox>,
    /// The file's own numbers of the picture and the class of each box.
    ids: Vec<(i64, i64)>,
    breaks: u64,
}

pub(super) fn read(text: &str) -> Option<Labels> {
    let start = first_entry(text)?;
    let mut starts = vec![start];
    let pieces = rayon::current_num_threads();
    for piece in 1..pieces {
        let about = start + (text.len() - start) / pieces * piece;
        let Some(begins) = entry_after(text, about) else {
            break;
        };
        if begins > *starts.last()? {
            starts.push(begins);
        }
    }
    let ends = starts.iter().skip(1).copied().map(Some).chain([None]);
    let ranges: Vec<(usize, Option<usize>)> = starts.iter().copied().zip(ends).collect();
    let pieces: Option<Vec<Piece>> = ranges
        .into_par_iter()
        .map(|(start, end)| piece(text, start, end))
        .collect();
    let mut breaks = line_breaks(&text[..start]);
    let mut labels = Labels::new(LabelFormat::CocoResults);
    labels.sequences.push(Sequence::stills());
    let (mut pictures, mut classes) = (Known::default(), Known::default());
    for mut piece in pieces? {
        for (label, (image, category)) in piece.boxes.iter_mut().zip(piece.ids) {
            label.picture = pictures.number(image, &mut labels.pictures, || Picture {
                sequence: 0,
                number: Some(image),
                name: None,
                size: None,
            });
            label.class = classes.number(category, &mut labels.classes, || Class {
                number: Some(category),
                name: None,
            });
            label.line += breaks;
        }
        breaks += piece.breaks;
        // The first piece becomes the list: only the others are moved.
        if labels.boxes.is_empty() {
            labels.boxes = piece.boxes;
        } else {
            labels.boxes.append(&mut piece.boxes);
        }
    }
    Some(labels)
}

/// Where the first entry of the array begins.
fn first_entry(text: &str) -> Option<usize> {
    let inside = skip_blanks(text, 0);
    let first = skip_blanks(text, inside + 1);
    (byte(text, inside) == Some(b'[') && byte(text, first) == Some(b'{')).then_some(first)
}

/// Where an entry seems to begin, at or after `about`.
fn entry_after(text: &str, about: usize) -> Option<usize> {
    let mut at = about;
    loop {
        let rest = &text.as_bytes()[at..];
        at += rest.windows(2).position(|pair| pair == b"},")? + 2;
        let begins = skip_blanks(text, at);
        if byte(text, begins) == Some(b'{') {
            return Some(begins);
        }
    }
}

/// Reads from one entry to another, or to the end of the text.
fn piece(text: &str, start: usize, end: Option<usize>) -> Option<Piece> {
    let mut piece = Piece {
        boxes: Vec::new(),
        ids: Vec::new(),
        breaks: 0,
    };
    let mut at = start;
    loop {
        let mut entries = serde_json::Deserializer::from_str(text.get(at..)?).into_iter::<Entry>();
        let entry = entries.next()?.ok()?;
        let after = at + entries.byte_offset();
        if piece.boxes.is_empty() {
            // Entries are of much the same length.
            let about = (end.unwrap_or(text.len()) - start) / (after - at) + 1;
            piece.boxes.reserve(about);
            piece.ids.reserve(about);
        }
        piece.boxes.push(label(&entry, piece.breaks + 1)?);
        piece.ids.push((entry.image_id, entry.category_id));
        let separator = skip_blanks(text, after);
        let begun = at;
        match byte(text, separator)? {
            b',' => at = skip_blanks(text, separator + 1),
            b']' if end.is_none() && skip_blanks(text, separator + 1) == text.len() => return Some(piece),
            _ => return None,
        }
        piece.breaks += line_breaks(&text[begun..at]);
        match end {
            Some(end) if at == end => return Some(piece),
            Some(end) if at > end => return None,
            _ => {}
        }
    }
}

fn label(entry: &Entry, line: u64) -> Option<LabelBox> {
    let [left, top, width, height] = entry.bbox;
    let region = rows::region(left, top, width, height).ok()?;
    if entry.area.is_some_and(|area| area < 0.0) {
        return None;
    }
    Some(LabelBox {
        score: Some(entry.score),
        id: entry.id,
        ..LabelBox::plain(0, 0, region, line)
    })
}

fn byte(text: &str, at: usize) -> Option<u8> {
    text.as_bytes().get(at).copied()
}

/// The first byte from `at` on that is no blank.
fn skip_blanks(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let blanks = rest
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
        .count();
    at + blanks
}

fn line_breaks(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u64
}

/// Numbers in the order in which they are met. Entries of one picture mostly stand together, and classes have small numbers.
#[derive(Default)]
struct Known {
    all: Numbering<i64>,
    last: Option<(i64, usize)>,
    small: Vec<Option<usize>>,
}

/// Numbers below are looked up in a list.
const SMALL: usize = 1 << 12;

impl Known {
    fn number<T>(&mut self, id: i64, list: &mut Vec<T>, make: impl FnOnce() -> T) -> usize {
        if let Some((_, number)) = self.last.filter(|(last, _)| *last == id) {
            return number;
        }
        let small = usize::try_from(id).ok().filter(|id| *id < SMALL);
        let known = small.and_then(|id| self.small.get(id).copied().flatten());
        let number = known.unwrap_or_else(|| self.all.of(&id, list, make));
        self.last = Some((id, number));
        if let Some(id) = small.filter(|_| known.is_none()) {
            self.small.resize(self.small.len().max(id + 1), None);
            self.small[id] = Some(number);
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Picture, class and line of an entry.
    type Place = (Option<i64>, Option<i64>, u64);

    fn on_threads(threads: usize, text: &str) -> Option<Vec<Place>> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let labels = pool.install(|| read(text))?;
        let of = |one: &LabelBox| {
            (
                labels.pictures[one.picture].number,
                labels.classes[one.class].number,
                one.line,
            )
        };
        Some(labels.boxes.iter().map(of).collect())
    }

    fn entry(image: i64, class: i64, more: &str) -> String {
        format!(
            r#"{{"image_id": {image}, "category_id": {class}, "bbox": [1, 2, 3.5, 4], "score": 0.5{more}}}"#
        )
    }

    #[test]
    fn every_entry_has_its_line_picture_and_class_whatever_the_number_of_pieces() {
        let entries: Vec<String> = (0..97).map(|at| entry(at / 3, 7000 - at % 5, "")).collect();
        let text = format!("\n[{}\n]\n", entries.join(",\n\n"));
        let wanted: Vec<_> = (0..97i64)
            .map(|at| (Some(at / 3), Some(7000 - at % 5), 2 + 2 * at as u64))
            .collect();
        for threads in [1, 2, 3, 8] {
            assert_eq!(on_threads(threads, &text), Some(wanted.clone()), "{threads}");
        }
    }

    #[test]
    fn a_text_within_an_entry_that_looks_like_an_entry_is_never_read_as_one() {
        let within = r#", "segmentation": {"counts": "x},{\"image_id\": 9}"}"#;
        let inside = r#", "segmentation": [{"a": 1},{"b": 2},{"c": 3}]"#;
        for more in [within, inside] {
            let entries: Vec<String> = (0..40).map(|at| entry(at, 1, more)).collect();
            let text = format!("[{}]", entries.join(","));
            for threads in [1, 2, 7] {
                // Read whole, or left to the careful reader.
                let read = on_threads(threads, &text);
                assert!(read.is_none_or(|read| read.len() == 40));
            }
            assert_eq!(on_threads(1, &text).map(|read| read.len()), Some(40));
        }
    }

    #[test]
    fn anything_out_of_the_ordinary_is_left_to_the_careful_reader() {
        let sound = entry(1, 1, "");
        for text in [
            "[]".to_owned(),
            format!("[{sound}"),
            format!("[{sound},]"),
            format!("[{sound}] x"),
            format!("[{sound} {sound}]"),
            format!("[{},{sound}]", entry(1, 1, r#", "track_id": 4"#)),
            format!("[{},{sound}]", entry(1, 1, r#", "iscrowd": 1"#)),
            format!("[{sound},{}]", entry(1, 1, r#", "area": -1"#)),
            format!("[{},{sound}]", sound.replace("3.5", "-3.5")),
            format!("[{},{sound}]", sound.replace("0.5", "null")),
            format!("[{},{sound}]", sound.replace("3.5, 4", "3.5")),
            format!("[{},{sound}]", sound.replace(": 1,", ": 1.5,")),
        ] {
            for threads in [1, 2] {
                assert!(on_threads(threads, &text).is_none(), "{text}");
            }
        }
        assert!(on_threads(1, &format!("[{sound}]")).is_some());
    }
}
