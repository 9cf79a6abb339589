//! WIDER FACE text. In: `wider_face_*_bbx_gt.txt`, or detections as the benchmark asks for them (one file per picture in
//! one folder per event). Out: [`Labels`]. Rows: left, top, width, height and, for labels, blur, expression, illumination,
//! invalid, occlusion, pose; for detections the score. Source: the dataset's `readme.txt`.
//! Deliberately not here: the lists of the easy, medium and hard sets, which are MATLAB files.

use super::Side;
use super::rows::{self, BadRow, Rows};
use crate::error::EvaluateError;
use crate::labels::{LabelBox, Labels, Picture};
use std::path::{Path, PathBuf};
use vsa_record::scores::LabelFormat;

/// The attributes in the order of their columns, each with what its numbers mean (the dataset's `readme.txt`).
const ATTRIBUTES: [(&str, &[&str]); 6] = [
    ("blur", &["clear", "normal blur", "heavy blur"]),
    ("expression", &["typical", "exaggerated"]),
    ("illumination", &["normal", "extreme"]),
    ("invalid", &["no", "yes"]),
    ("occlusion", &["none", "partial", "heavy"]),
    ("pose", &["typical", "atypical"]),
];

/// What a number means in its column; other numbers stay as they are.
fn in_words(column: usize, number: f64) -> String {
    let words = ATTRIBUTES.get(column).map_or(&[][..], |(_, words)| *words);
    let meaning = words
        .iter()
        .zip(0u32..)
        .find(|(_, meant)| f64::from(*meant) == number);
    meaning.map_or_else(|| number.to_string(), |(word, _)| (*word).to_owned())
}

pub(super) fn read(path: &Path, side: Side, rows: &mut Rows) -> Result<Labels, EvaluateError> {
    let mut labels = Labels::of_faces(LabelFormat::WiderFace);
    if side == Side::Truth {
        labels.attributes = ATTRIBUTES.map(|(name, _)| name.to_owned()).to_vec();
    }
    let files = if path.is_file() {
        vec![path.to_owned()]
    } else {
        below(path)?
    };
    labels.files = files.len() as u64;
    for file in files {
        read_file(&file, side, rows, &mut labels)?;
    }
    Ok(labels)
}

/// Text files of a folder and of the folders in it.
fn below(folder: &Path) -> Result<Vec<PathBuf>, EvaluateError> {
    let mut files = super::files_ending(folder, "txt")?;
    for entry in super::entries(folder)? {
        if entry.is_dir() {
            files.extend(super::files_ending(&entry, "txt")?);
        }
    }
    Ok(files)
}

fn read_file(file: &Path, side: Side, rows: &mut Rows, labels: &mut Labels) -> Result<(), EvaluateError> {
    let text = rows::text(file)?;
    let mut lines = rows::lines(&text);
    while let Some((line, name)) = lines.next() {
        let Some((at, count)) = lines.next() else {
            let reason = "a picture's name is the last line: its number of faces is missing";
            return Err(rows::malformed(file, line, reason));
        };
        let Ok(count) = count.parse::<u64>() else {
            let shown: String = count.chars().take(40).collect();
            let reason = format!("`{shown}` where the number of faces should be");
            return Err(rows::malformed(file, at, reason));
        };
        let picture = labels.add_picture(Picture::still(Some(super::stem(name))));
        // A picture without faces still has one row, of zeros, in the published label files.
        let shown = if count == 0 && side == Side::Truth {
            1
        } else {
            count
        };
        for _ in 0..shown {
            let Some((line, content)) = lines.next() else {
                let reason = format!("{count} faces are announced, but the file ends before them");
                return Err(rows::malformed(file, at, reason));
            };
            let parsed = parse(content, side);
            if count == 0 {
                continue;
            }
            let Some((region, numbers)) = rows.keep(file, line, parsed)? else {
                continue;
            };
            let mut label = LabelBox::plain(picture, 0, region, line);
            match side {
                Side::Truth => {
                    label.ignored = numbers.get(3).is_some_and(|invalid| *invalid != 0.0);
                    label.attributes = numbers
                        .iter()
                        .enumerate()
                        .map(|(at, value)| in_words(at, *value))
                        .collect();
                }
                Side::Detections => label.score = numbers.first().copied(),
            }
            labels.boxes.push(label);
        }
    }
    Ok(())
}

fn parse(line: &str, side: Side) -> Result<(crate::region::Region, Vec<f64>), BadRow> {
    let columns = line.split_whitespace().count();
    let wanted = match side {
        Side::Truth => 4,
        Side::Detections => 5,
    };
    if columns < wanted {
        return Err(BadRow::missing(format!(
            "{columns} numbers, but at least {wanted} are needed: left, top, width, height{}",
            if wanted == 5 { ", score" } else { "" }
        )));
    }
    let numbers = rows::columns(line)?;
    let region = rows::region(numbers[0], numbers[1], numbers[2], numbers[3])?;
    Ok((region, numbers[4..].to_vec()))
}
