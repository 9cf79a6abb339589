//! ONVIF analytics metadata. In: a recorded `tt:MetadataStream` (or several, one after another in one root element). Out:
//! [`Labels`] with boxes as shares of the picture. Source: ONVIF Analytics Service Specification, "Scene description".
//!
//! Coordinates run from -1 to 1, upwards, after the frame's own `Transformation`. A frame tells its time (`UtcTime`), not
//! its number: with the rate and the time of the first frame numbers follow from it; otherwise frames are counted in the
//! order of their times, which is right only where the camera reported every frame.

use super::rows::{self, BadRow, Rows};
use super::{ReadOptions, xml};
use crate::error::EvaluateError;
use crate::labels::{Class, LabelBox, LabelRow, Labels, Sequence};
use roxmltree::Node;
use std::path::Path;
use vsa_record::scores::{LabelFormat, RowFault};

pub(super) fn read(path: &Path, options: &ReadOptions, rows: &mut Rows) -> Result<Labels, EvaluateError> {
    let mut labels = Labels::new(LabelFormat::OnvifMetadata);
    labels.normalised = true;
    let name = super::file_stem(path);
    labels
        .sequences
        .push(Sequence::in_time(&name, options.frames_per_second));
    let text = rows::text(path)?;
    let tree = xml::tree(path, &text)?;
    let mut frames = Vec::new();
    for frame in tree.descendants().filter(|node| xml::is_named(node, "Frame")) {
        if let Some(time) = rows.keep(path, xml::line(frame), time(frame))? {
            frames.push((time, frame));
        }
    }
    frames.sort_by(|a, b| a.0.total_cmp(&b.0));
    let start = options
        .clock_start
        .or_else(|| frames.first().map(|(time, _)| *time))
        .unwrap_or(0.0);
    for (order, (time, frame)) in frames.into_iter().enumerate() {
        let number = match options.frames_per_second {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a frame number; what is too large saturates"
            )]
            Some(rate) => ((time - start) * rate).round() as i64 + 1,
            None => order as i64 + 1,
        };
        let picture = labels.frame(0, number);
        for object in xml::children(frame, "Object") {
            let line = xml::line(object);
            if let Some(row) = rows.keep(path, line, parse(frame, object))? {
                labels.add(picture, line, row);
            }
        }
    }
    Ok(labels)
}

fn time(frame: Node) -> Result<f64, BadRow> {
    let text = frame
        .attribute("UtcTime")
        .ok_or_else(|| BadRow::missing("the frame has no `UtcTime`"))?;
    let stamp: jiff::Timestamp = text.parse().map_err(|_not| {
        let reason = format!("`{text}` is no time such as 2026-01-31T10:00:00.040Z");
        BadRow::new(RowFault::NotANumber, reason)
    })?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 are far below 2^53"
    )]
    Ok(stamp.as_millisecond() as f64 / 1000.0)
}

fn parse(frame: Node, object: Node) -> Result<LabelRow, BadRow> {
    let missing = |what: &str| BadRow::missing(format!("the object has no `{what}`"));
    let appearance = xml::child(object, "Appearance").ok_or_else(|| missing("Appearance"))?;
    let shape = xml::child(appearance, "Shape").ok_or_else(|| missing("Shape"))?;
    let bounds = xml::child(shape, "BoundingBox").ok_or_else(|| missing("BoundingBox"))?;
    let (scale, shift) = transformation(frame)?;
    let across = |name: &str| Ok::<f64, BadRow>((xml::number(bounds, name)? * scale.0 + shift.0 + 1.0) / 2.0);
    let down = |name: &str| Ok::<f64, BadRow>((1.0 - (xml::number(bounds, name)? * scale.1 + shift.1)) / 2.0);
    let (left, top, right, bottom) = (across("left")?, down("top")?, across("right")?, down("bottom")?);
    if left < -0.5 || top < -0.5 || right > 1.5 || bottom > 1.5 {
        let reason = "the box lies outside the picture: pixels, and no `Transformation` that says so?";
        return Err(BadRow::new(RowFault::OutsideThePicture, reason));
    }
    let (class, score) = class(appearance)?;
    let label = LabelBox {
        subject: object.attribute("ObjectId").and_then(|id| id.parse().ok()),
        score: Some(score),
        ..LabelBox::of(rows::corners(left, top, right, bottom)?)
    };
    Ok((Class::named(class), label))
}

/// Across, and down.
type Pair = (f64, f64);

/// Factor and shift of each axis.
fn transformation(frame: Node) -> Result<(Pair, Pair), BadRow> {
    let Some(transformation) = xml::child(frame, "Transformation") else {
        return Ok(((1.0, 1.0), (0.0, 0.0)));
    };
    let pair = |name: &str, otherwise: f64| match xml::child(transformation, name) {
        Some(node) => Ok((xml::number(node, "x")?, xml::number(node, "y")?)),
        None => Ok((otherwise, otherwise)),
    };
    Ok((pair("Scale", 1.0)?, pair("Translate", 0.0)?))
}

/// The likeliest class: `Type` with its likelihood, or the older `ClassCandidate`; without any, an object is an object.
fn class(appearance: Node) -> Result<(String, f64), BadRow> {
    let mut best: Option<(String, f64)> = None;
    if let Some(class) = xml::child(appearance, "Class") {
        for named in class.children().filter(Node::is_element) {
            let (name, likelihood) = match named.tag_name().name() {
                "Type" => (
                    named.text(),
                    named
                        .attribute("Likelihood")
                        .map(|text| rows::number(text, "Likelihood")),
                ),
                "ClassCandidate" => (
                    xml::text_of(named, "Type"),
                    xml::text_of(named, "Likelihood").map(|text| rows::number(text, "Likelihood")),
                ),
                _ => continue,
            };
            let (Some(name), likelihood) = (name, likelihood.transpose()?.unwrap_or(1.0)) else {
                continue;
            };
            if best.as_ref().is_none_or(|(_, so_far)| likelihood > *so_far) {
                best = Some((name.trim().to_owned(), likelihood));
            }
        }
    }
    Ok(best.unwrap_or_else(|| ("object".to_owned(), 1.0)))
}
