//! A COCO results file as detectors write it, read in parallel. In: its path. Out: [`Labels`], or nothing where anything is
//! out of the ordinary, so that the careful reader (`coco`) reads it again and says what, with its line.
//!
//! The file is cut where an entry seems to begin. Each piece is read entry by entry and has to end exactly where the next was
//! taken to begin: the first begins where an entry does, hence so does each, whatever the strings in between may hold.
//! Pieces are small and read one after another into the same memory, so that the text as a whole is never held.

use super::rows;
use crate::labels::{Class, LabelBox, Labels, Numbering, Picture};
use crate::region::Region;
use rayon::prelude::*;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::Path;
use vsa_record::scores::LabelFormat;

/// Bytes of a piece: they stay in the cache of one core.
const PIECE: usize = 512 * 1024;
/// Within so many bytes after a cut an entry is looked for.
const WINDOW: usize = 4096;

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

/// What is kept of an entry until all are read.
struct Kept {
    region: Region,
    score: f64,
    id: Option<i64>,
    image: i64,
    category: i64,
    /// Counted from where the first of the pieces begins.
    line: u64,
}

/// Entries of pieces that follow each other.
#[derive(Default)]
struct Entries {
    kept: Vec<Kept>,
    breaks: u64,
}

/// Runs of pieces for each thread: one that comes late finds some left.
const RUNS: usize = 4;

pub(super) fn read(path: &Path) -> Option<Labels> {
    in_pieces(path, PIECE)
}

fn in_pieces(path: &Path, size: usize) -> Option<Labels> {
    let (mut file, length) = rows::open(path).ok()?;
    let length = usize::try_from(length).ok()?;
    let mut head = Vec::new();
    fill(&mut file, 0..WINDOW.min(length), &mut head)?;
    let start = first_entry(&head)?;
    let starts = starts(&mut file, start..length, size)?;
    let ends = starts.iter().skip(1).copied().chain([length]);
    let pieces: Vec<Range<usize>> = starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(from, to)| from..to)
        .collect();
    let at_once = pieces.len().div_ceil(RUNS * rayon::current_num_threads());
    let runs: Option<Vec<Entries>> = pieces
        .par_chunks(at_once)
        .map(|pieces| entries(path, pieces, length))
        .collect();
    Some(labels(&runs?, line_breaks(&head[..start])))
}

/// `breaks`: lines before the first entry.
fn labels(runs: &[Entries], breaks: u64) -> Labels {
    let mut labels = Labels::of_stills(LabelFormat::CocoResults);
    let (mut pictures, mut classes) = (Known::default(), Known::default());
    let all: usize = runs.iter().map(|run| run.kept.len()).sum();
    let mut numbers = Vec::with_capacity(all);
    // Where each run begins: its first entry, and its first line.
    let mut begins = Vec::with_capacity(runs.len());
    let mut lines = breaks;
    for run in runs {
        begins.push((numbers.len(), lines));
        lines += run.breaks;
        for kept in &run.kept {
            let picture = pictures.number(kept.image, &mut labels.pictures, || {
                Picture::numbered(0, kept.image)
            });
            let class = classes.number(kept.category, &mut labels.classes, || {
                Class::numbered(kept.category)
            });
            numbers.push((picture, class));
        }
    }
    // Written once, side by side, each in its place.
    let label = |(at, (picture, class)): (usize, &(usize, usize))| {
        let run = begins.partition_point(|(first, _)| *first <= at) - 1;
        let (first, lines) = begins[run];
        let kept = &runs[run].kept[at - first];
        LabelBox {
            score: Some(kept.score),
            id: kept.id,
            ..LabelBox::plain(*picture, *class, kept.region, lines + kept.line)
        }
    };
    numbers
        .par_iter()
        .enumerate()
        .map(label)
        .collect_into_vec(&mut labels.boxes);
    labels
}

/// Puts a stretch of the file in place of what the buffer held.
fn fill(file: &mut File, stretch: Range<usize>, buffer: &mut Vec<u8>) -> Option<()> {
    buffer.resize(stretch.len(), 0);
    file.seek(SeekFrom::Start(stretch.start as u64)).ok()?;
    file.read_exact(buffer).ok()
}

/// Where pieces begin: at the first entry, then about every `size` bytes.
fn starts(file: &mut File, stretch: Range<usize>, size: usize) -> Option<Vec<usize>> {
    let mut starts = vec![stretch.start];
    let mut window = Vec::new();
    for about in stretch.clone().step_by(size).skip(1) {
        fill(file, about..stretch.end.min(about + WINDOW), &mut window)?;
        // Nothing found: the piece before becomes longer.
        let begins = entry_after(&window).map(|begins| about + begins);
        starts.extend(begins.filter(|begins| Some(begins) > starts.last()));
    }
    Some(starts)
}

/// Where the first entry of the array begins.
fn first_entry(head: &[u8]) -> Option<usize> {
    let inside = skip_blanks(head, 0);
    let first = skip_blanks(head, inside + 1);
    (head.get(inside) == Some(&b'[') && head.get(first) == Some(&b'{')).then_some(first)
}

/// Where an entry seems to begin.
fn entry_after(window: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += window.get(at..)?.windows(2).position(|pair| pair == b"},")? + 2;
        let begins = skip_blanks(window, at);
        if window.get(begins) == Some(&b'{') {
            return Some(begins);
        }
    }
}

/// Reads pieces that follow each other. `length`: of the file.
fn entries(path: &Path, pieces: &[Range<usize>], length: usize) -> Option<Entries> {
    let mut entries = Entries::default();
    // Of its own: others read elsewhere in it meanwhile.
    let (mut file, _) = rows::open(path).ok()?;
    let mut buffer = Vec::new();
    let all: usize = pieces.iter().map(Range::len).sum();
    for piece in pieces {
        fill(&mut file, piece.clone(), &mut buffer)?;
        read_piece(
            std::str::from_utf8(&buffer).ok()?,
            piece.end == length,
            all,
            &mut entries,
        )?;
    }
    Some(entries)
}

/// Reads from one entry to another, or to the end of the array. `all`: bytes of all pieces that go to the same list.
fn read_piece(text: &str, ends_array: bool, all: usize, out: &mut Entries) -> Option<()> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        let mut entries = serde_json::Deserializer::from_str(text.get(at..)?).into_iter::<Entry>();
        let entry = entries.next()?.ok()?;
        let after = at + entries.byte_offset();
        if out.kept.is_empty() {
            // Entries are of much the same length.
            out.kept.reserve(all / (after - at) + 1);
        }
        out.kept.push(kept(&entry, out.breaks + 1)?);
        let separator = skip_blanks(bytes, after);
        let begun = at;
        match bytes.get(separator)? {
            b',' => at = skip_blanks(bytes, separator + 1),
            b']' if ends_array && skip_blanks(bytes, separator + 1) == bytes.len() => return Some(()),
            _ => return None,
        }
        out.breaks += line_breaks(&bytes[begun..at]);
        if at == bytes.len() {
            return (!ends_array).then_some(());
        }
    }
}

fn kept(entry: &Entry, line: u64) -> Option<Kept> {
    let [left, top, width, height] = entry.bbox;
    let region = rows::region(left, top, width, height).ok()?;
    if entry.area.is_some_and(|area| area < 0.0) {
        return None;
    }
    Some(Kept {
        region,
        score: entry.score,
        id: entry.id,
        image: entry.image_id,
        category: entry.category_id,
        line,
    })
}

/// The first byte from `at` on that is no blank.
fn skip_blanks(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let blanks = rest
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
        .count();
    at + blanks
}

fn line_breaks(text: &[u8]) -> u64 {
    text.iter().filter(|byte| **byte == b'\n').count() as u64
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
    #![expect(clippy::disallowed_methods, reason = "tests make their own inputs")]

    use super::*;

    /// Picture, class and line of an entry.
    type Place = (Option<i64>, Option<i64>, u64);

    fn on_threads(threads: usize, text: &str) -> Option<Vec<Place>> {
        // A piece for each thread, as nearly as the entries allow.
        in_pieces_of(text.len() / threads + 1, threads, text)
    }

    fn in_pieces_of(size: usize, threads: usize, text: &str) -> Option<Vec<Place>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("results.json");
        std::fs::write(&path, text).unwrap();
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let labels = pool.install(|| in_pieces(&path, size))?;
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
            for size in [1, 90, 1000, PIECE] {
                assert_eq!(
                    in_pieces_of(size, threads, &text),
                    Some(wanted.clone()),
                    "{size} {threads}"
                );
            }
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
