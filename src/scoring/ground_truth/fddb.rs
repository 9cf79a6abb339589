//! FDDB. In: `FDDB-fold-*-ellipseList.txt`, or detections as boxes or ellipses with scores. Out: [`Labels`].
//! Rows of ellipses: major radius, minor radius, angle, centre x, centre y, then 1 or the score; of boxes: left, top,
//! width, height, score. Source: Jain and Learned-Miller, "FDDB", UM-CS-2010-009, and its readme.
//!
//! For all figures but FDDB's own two curves an ellipse is represented by the smallest upright box around it, which the
//! figures say.

use super::Side;
use super::rows::{self, BadRow, Rows};
use crate::ellipse::Ellipse;
use crate::error::EvaluateError;
use crate::labels::{LabelBox, Labels, Picture};
use crate::region::Region;
use std::path::Path;
use vsa_record::scores::{LabelFormat, RowFault};

pub(super) fn read(path: &Path, side: Side, rows: &mut Rows) -> Result<Labels, EvaluateError> {
    let mut labels = Labels::of_faces(LabelFormat::Fddb);
    let files = super::files_ending(path, "txt")?;
    labels.files = files.len() as u64;
    for file in files {
        let text = rows::text(&file)?;
        let mut lines = rows::lines(&text);
        while let Some((line, name)) = lines.next() {
            let wrong = |reason: &str| rows::malformed(&file, line, reason);
            let count = lines
                .next()
                .and_then(|(_, count)| count.parse::<u64>().ok())
                .ok_or_else(|| wrong("after a picture's name its number of faces is needed"))?;
            // Pictures of different days have the same file name, so that the folders belong to the name.
            let name = name.strip_suffix(".jpg").unwrap_or(name).to_owned();
            let picture = labels.add_picture(Picture::still(Some(name)));
            for _ in 0..count {
                let (at, content) = lines
                    .next()
                    .ok_or_else(|| wrong("the file ends before the faces announced here"))?;
                let Some((region, ellipse, score)) = rows.keep(&file, at, parse(content))? else {
                    continue;
                };
                labels.boxes.push(LabelBox {
                    score: (side == Side::Detections).then_some(score),
                    ellipse: ellipse.map(Box::new),
                    ..LabelBox::plain(picture, 0, region, at)
                });
            }
        }
    }
    Ok(labels)
}

/// The box (around), the ellipse where it is one, and the score.
fn parse(line: &str) -> Result<(Region, Option<Ellipse>, f64), BadRow> {
    let numbers = rows::columns(line)?;
    match numbers[..] {
        [left, top, width, height, score] => Ok((rows::region(left, top, width, height)?, None, score)),
        [major, minor, angle, x, y, score] => {
            let ellipse = Ellipse {
                major,
                minor,
                angle,
                x,
                y,
            };
            Ok((around(&ellipse)?, Some(ellipse), score))
        }
        _ => Err(BadRow::missing(format!(
            "{} numbers, but a box has 5 and an ellipse 6",
            numbers.len()
        ))),
    }
}

/// The smallest upright box around an ellipse.
fn around(ellipse: &Ellipse) -> Result<Region, BadRow> {
    if ellipse.major < 0.0 || ellipse.minor < 0.0 {
        let reason = "an axis of the ellipse is negative";
        return Err(BadRow::new(RowFault::NegativeSize, reason));
    }
    let (across, down) = ellipse.extent();
    rows::region(ellipse.x - across, ellipse.y - down, 2.0 * across, 2.0 * down)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_around_an_upright_ellipse_is_as_wide_as_its_minor_axis_is_long() {
        // Turned by a right angle, the major axis stands upright.
        let ellipse = |angle: f64, x: f64, y: f64| Ellipse {
            major: 100.0,
            minor: 60.0,
            angle,
            x,
            y,
        };
        let Ok(region) = around(&ellipse(std::f64::consts::FRAC_PI_2, 200.0, 300.0)) else {
            panic!("a sound ellipse")
        };
        assert!((region.left - 140.0).abs() < 1e-9 && (region.width - 120.0).abs() < 1e-9);
        assert!((region.top - 200.0).abs() < 1e-9 && (region.height - 200.0).abs() < 1e-9);
        // Turned by 45 degrees both extents are sqrt((100^2 + 60^2) / 2) = 82.4621.
        let Ok(region) = around(&ellipse(std::f64::consts::FRAC_PI_4, 0.0, 0.0)) else {
            panic!("a sound ellipse")
        };
        assert!(
            (region.width - 2.0 * 82.462_112_512).abs() < 1e-6 && (region.height - region.width).abs() < 1e-9
        );
    }
}
