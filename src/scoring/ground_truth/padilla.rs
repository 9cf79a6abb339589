//! The box files of the object-detection-metrics project (Padilla et al.). In: a folder with one text file per picture,
//! rows `class left top width height` for labels and `class score left top width height` for detections, in pixels.
//! Out: [`Labels`]. That project counts the last pixel in (`x2 - x1 + 1`), so that its boxes are one pixel wider and higher
//! here, where edges are continuous: its worked example comes out only so. Source: rafaelpadilla/Object-Detection-Metrics, README, "Create the ground truth files".

use super::Side;
use super::rows::{self, BadRow, Rows};
use crate::error::EvaluateError;
use crate::labels::{Class, LabelBox, LabelRow, Labels, Picture};
use crate::region::Region;
use std::path::Path;
use vsa_record::scores::LabelFormat;

pub(super) fn read(path: &Path, side: Side, rows: &mut Rows) -> Result<Labels, EvaluateError> {
    let mut labels = Labels::of_stills(LabelFormat::PadillaTxt);
    let files = super::files_ending(path, "txt")?;
    labels.files = files.len() as u64;
    for file in files {
        let picture = labels.add_picture(Picture::still(Some(super::file_stem(&file))));
        let text = rows::text(&file)?;
        for (line, content) in rows::lines(&text) {
            if let Some(row) = rows.keep(&file, line, parse(content, side))? {
                labels.add(picture, line, row);
            }
        }
    }
    Ok(labels)
}

fn parse(line: &str, side: Side) -> Result<LabelRow, BadRow> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let before = match side {
        Side::Truth => 1,
        Side::Detections => 2,
    };
    if fields.len() != before + 4 {
        return Err(BadRow::missing(format!(
            "{} columns, but {} are needed: class,{} left, top, width, height",
            fields.len(),
            before + 4,
            if before == 2 { " score," } else { "" }
        )));
    }
    let score = match side {
        Side::Truth => None,
        Side::Detections => Some(rows::number(fields[1], "the score")?),
    };
    let region = rows::sides(&fields[before..])?;
    let region = Region {
        width: region.width + 1.0,
        height: region.height + 1.0,
        ..region
    };
    let label = LabelBox {
        score,
        ..LabelBox::of(region)
    };
    Ok((Class::named(fields[0]), label))
}
