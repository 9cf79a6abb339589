//! Which format a file or a folder has. In: its first lines. Out: a [`LabelFormat`], or an error that says what was seen.

use super::rows;
use super::{ReadOptions, Side};
use crate::error::EvaluateError;
use std::path::Path;
use vsa_record::scores::LabelFormat;

/// Where a text tells what it is.
const HEAD: usize = 64 * 1024;

pub(super) fn format(path: &Path, side: Side, options: &ReadOptions) -> Result<LabelFormat, EvaluateError> {
    let unknown = |why: String| EvaluateError::UnknownFormat {
        path: path.to_owned(),
        why,
        option: match side {
            Side::Truth => "--truth-format",
            Side::Detections => "--detections-format",
        },
    };
    if path.is_dir() {
        return folder(path).and_then(|found| {
            found.ok_or_else(|| unknown("the folder holds no file of a known kind".to_owned()))
        });
    }
    // A MATLAB file says so in its first letters.
    if rows::first_bytes(path, 6)? == b"MATLAB" {
        return Ok(LabelFormat::WiderFaceMat);
    }
    let head = rows::head(path, HEAD)?;
    let start = head.trim_start();
    if start.is_empty() {
        return Err(unknown("the file is empty".to_owned()));
    }
    let found = if start.starts_with('{') {
        Some(LabelFormat::CocoJson)
    } else if start.starts_with('[') {
        Some(json_array(start))
    } else if start.starts_with('<') {
        xml(start)
    } else if !options.columns.is_empty() {
        Some(LabelFormat::Csv)
    } else {
        plain(start)
    };
    found.ok_or_else(|| {
        let first: String = start
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .take(60)
            .collect();
        unknown(format!("its first line is `{first}`"))
    })
}

fn folder(path: &Path) -> Result<Option<LabelFormat>, EvaluateError> {
    let entries = super::entries(path)?;
    let is_sequence = |entry: &Path| entry.join("gt/gt.txt").is_file();
    if is_sequence(path) || path.join("gt.txt").is_file() || entries.iter().any(|entry| is_sequence(entry)) {
        return Ok(Some(LabelFormat::MotChallenge));
    }
    let with = |ending: &str| entries.iter().find(|entry| super::is_file_ending(entry, ending));
    if let Some(file) = with("xml") {
        return Ok(xml(rows::text(file)?.trim_start()));
    }
    if with("mat").is_some() {
        return Ok(Some(LabelFormat::WiderFaceMat));
    }
    for entry in &entries {
        let is_text = entry.extension().is_some_and(|ending| ending == "txt");
        if entry.is_file()
            && is_text
            && entry
                .file_stem()
                .is_some_and(|stem| stem != "classes" && stem != "labels")
        {
            let text = rows::text(entry)?;
            if let Some(found) = plain(text.trim_start()) {
                return Ok(Some(found));
            }
        }
    }
    // Folders of folders: one folder for each event, one file for each picture.
    if entries.iter().any(|entry| entry.is_dir()) {
        return Ok(Some(LabelFormat::WiderFace));
    }
    Ok(None)
}

fn json_array(start: &str) -> LabelFormat {
    let first = &start[..start.find('}').unwrap_or(start.len())];
    if first.contains("\"camera\"") || first.contains("\"top_score\"") || first.contains("\"start_time\"") {
        LabelFormat::FrigateEvents
    } else {
        LabelFormat::CocoResults
    }
}

fn xml(start: &str) -> Option<LabelFormat> {
    if start.contains("MetadataStream") {
        Some(LabelFormat::OnvifMetadata)
    } else if start.contains("<annotations") {
        Some(LabelFormat::Cvat)
    } else if start.contains("<annotation") {
        Some(LabelFormat::PascalVoc)
    } else {
        None
    }
}

/// Text without brackets, by its first lines.
fn plain(start: &str) -> Option<LabelFormat> {
    let lines: Vec<&str> = start
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(3)
        .collect();
    let first = *lines.first()?;
    let commas = first.split(',').count();
    let all_numbers = |line: &str, separator: fn(char) -> bool| {
        let mut fields = line
            .split(separator)
            .map(str::trim)
            .filter(|field| !field.is_empty());
        fields.all(|field| field.parse::<f64>().is_ok())
    };
    if commas >= 6 && all_numbers(first, |c| c == ',') {
        return Some(LabelFormat::MotChallenge);
    }
    let fields: Vec<&str> = first.split_whitespace().collect();
    let is_count = |text: Option<&&str>| text.is_some_and(|text| text.parse::<u32>().is_ok());
    if fields.len() == 1 && commas == 1 && is_count(lines.get(1)) {
        // A picture's name, a count, then boxes (WIDER FACE) or ellipses (FDDB).
        let row: Vec<&str> = lines
            .get(2)
            .map_or_else(Vec::new, |line| line.split_whitespace().collect());
        let is_ellipse = row.len() == 6
            && row[3].contains('.')
            && row[2].parse::<f64>().is_ok_and(|angle| angle.abs() < 4.0);
        let in_a_year = first
            .split('/')
            .next()
            .is_some_and(|part| part.len() == 4 && part.starts_with('2'));
        return Some(if is_ellipse || in_a_year {
            LabelFormat::Fddb
        } else {
            LabelFormat::WiderFace
        });
    }
    if (5..=7).contains(&fields.len()) && commas == 1 {
        let numbers: Vec<f64> = fields[1..]
            .iter()
            .filter_map(|field| field.parse().ok())
            .collect();
        if numbers.len() + 1 == fields.len() {
            let in_unit = numbers.iter().take(4).all(|value| (-0.5..=1.5).contains(value));
            return Some(match (in_unit, fields[0].parse::<u32>().is_ok()) {
                (true, true) => LabelFormat::YoloTxt,
                _ => LabelFormat::PadillaTxt,
            });
        }
        if all_numbers(first, char::is_whitespace) {
            return Some(LabelFormat::MotChallenge);
        }
    }
    if fields.len() >= 9 && all_numbers(first, char::is_whitespace) {
        return Some(LabelFormat::MotChallenge);
    }
    (commas >= 4).then_some(LabelFormat::Csv)
}
