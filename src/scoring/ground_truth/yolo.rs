//! YOLO text. In: a folder with one text file per picture (or one such file), rows `class cx cy width height` and, for
//! detections, the score last; all lengths are shares of the picture. Out: [`Labels`]. Names of classes are taken from
//! `classes.txt`, or from `names:` in `data.yaml`, beside the files or one folder above.
//! Source: docs.ultralytics.com, "Ultralytics YOLO format". Outlines (more than 6 numbers) are refused: they are no boxes.

use super::Side;
use super::rows::{self, BadRow, Rows};
use crate::error::EvaluateError;
use crate::labels::{Class, LabelBox, LabelRow, Labels, Picture};
use std::path::Path;
use vsa_record::scores::{LabelFormat, RowFault};

pub(super) fn read(path: &Path, side: Side, rows: &mut Rows) -> Result<Labels, EvaluateError> {
    let mut labels = Labels::of_stills(LabelFormat::YoloTxt);
    labels.normalised = true;
    let folder = if path.is_dir() {
        path
    } else {
        path.parent().unwrap_or(Path::new(""))
    };
    let names = names(folder)?;
    let files = super::files_ending(path, "txt")?;
    let mut read = 0;
    for file in files {
        let stem = super::file_stem(&file);
        if stem == "classes" {
            continue;
        }
        read += 1;
        let picture = labels.add_picture(Picture::still(Some(stem)));
        let text = rows::text(&file)?;
        for (line, content) in rows::lines(&text) {
            if let Some(row) = rows.keep(&file, line, parse(content, side, &names))? {
                labels.add(picture, line, row);
            }
        }
    }
    labels.files = read;
    Ok(labels)
}

fn parse(line: &str, side: Side, names: &[String]) -> Result<LabelRow, BadRow> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let wanted = match side {
        Side::Truth => 5,
        Side::Detections => 6,
    };
    if fields.len() < wanted || fields.len() > 6 {
        return Err(BadRow::missing(format!(
            "{} numbers, but {wanted} are needed: class, centre x, centre y, width, height{}",
            fields.len(),
            if wanted == 6 { ", score" } else { "" }
        )));
    }
    let number = rows::whole(fields[0], "the class")?;
    let [cx, cy, width, height] = rows::numbers(&fields[1..], ["centre x", "centre y", "width", "height"])?;
    if width > 1.5 || height > 1.5 || cx.abs() > 1.5 || cy.abs() > 1.5 {
        let reason = format!("{cx} {cy} {width} {height} are no shares of the picture: are these pixels?");
        return Err(BadRow::new(RowFault::OutsideThePicture, reason));
    }
    let score = match side {
        Side::Truth => None,
        Side::Detections => Some(rows::number(fields[5], "the score")?),
    };
    let region = rows::region(cx - width / 2.0, cy - height / 2.0, width, height)?;
    let name = usize::try_from(number).ok().and_then(|at| names.get(at));
    let class = Class {
        number: Some(number),
        name: name.cloned(),
    };
    let label = LabelBox {
        score,
        ..LabelBox::of(region)
    };
    Ok((class, label))
}

/// Names of classes in order, where a file beside or above gives them.
fn names(folder: &Path) -> Result<Vec<String>, EvaluateError> {
    let above = folder.parent().unwrap_or(folder);
    for place in [folder, above] {
        let list = place.join("classes.txt");
        if list.is_file() {
            return Ok(rows::text(&list)?
                .lines()
                .map(|line| line.trim().to_owned())
                .collect());
        }
        let yaml = place.join("data.yaml");
        if yaml.is_file() {
            return Ok(yaml_names(&rows::text(&yaml)?));
        }
    }
    Ok(Vec::new())
}

/// `names: [a, b]`, or below `names:` either `- a` or `0: a`. No more of YAML is understood, and none is needed.
fn yaml_names(text: &str) -> Vec<String> {
    let unquoted = |name: &str| name.trim().trim_matches(['"', '\'']).to_owned();
    let mut lines = text
        .lines()
        .skip_while(|line| !line.trim_start().starts_with("names:"));
    let Some(first) = lines.next() else {
        return Vec::new();
    };
    let rest = first.trim_start().trim_start_matches("names:").trim();
    if let Some(list) = rest.strip_prefix('[') {
        return list.trim_end_matches(']').split(',').map(unquoted).collect();
    }
    let mut names = Vec::new();
    for line in lines {
        let entry = line.trim();
        if let Some(name) = entry.strip_prefix("- ") {
            names.push(unquoted(name));
        } else if let Some((number, name)) = entry.split_once(':')
            && line.starts_with([' ', '\t'])
            && let Ok(at) = number.trim().parse::<usize>()
            && at < 10_000
        {
            if names.len() <= at {
                names.resize(at + 1, String::new());
            }
            names[at] = unquoted(name);
        } else if !entry.is_empty() {
            break;
        }
    }
    names
}
