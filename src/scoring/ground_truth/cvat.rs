//! CVAT 1.1 XML. In: an `annotations` file "for images" or "for video". Out: [`Labels`]. Video frames count from 0; they are
//! given numbers from 1 here, as everywhere else. Source: docs.cvat.ai, "XML annotation format", version 1.1.
//!
//! A track lists each frame in which its box is drawn; a frame that is not listed, or whose box is `outside`, has none.
//! Deliberately not here: polygons, masks, points; they are no boxes and are counted as left out.

use super::rows::{self, BadRow, Rows};
use super::{ReadOptions, xml};
use crate::error::EvaluateError;
use crate::labels::{Class, LabelBox, Labels, Picture, Sequence};
use roxmltree::Node;
use std::path::Path;
use vsa_record::scores::{LabelFormat, RowFault};

struct Reader<'a> {
    path: &'a Path,
    labels: Labels,
}

pub(super) fn read(path: &Path, options: &ReadOptions, rows: &mut Rows) -> Result<Labels, EvaluateError> {
    let text = rows::text(path)?;
    let tree = xml::tree(path, &text)?;
    let root = tree.root_element();
    let mut reader = Reader {
        path,
        labels: Labels::new(LabelFormat::Cvat),
    };
    let is_video = xml::child(root, "track").is_some();
    reader.labels.sequences.push(if is_video {
        Sequence::in_time(&super::file_stem(path), options.frames_per_second)
    } else {
        Sequence::stills()
    });
    for image in xml::children(root, "image") {
        reader.image(image, rows)?;
    }
    for track in xml::children(root, "track") {
        reader.track(track, rows)?;
    }
    Ok(reader.labels)
}

impl Reader<'_> {
    fn image(&mut self, image: Node, rows: &mut Rows) -> Result<(), EvaluateError> {
        let length = |name| image.attribute(name).and_then(|text| text.parse::<f64>().ok());
        let picture = self.labels.add_picture(Picture {
            sequence: 0,
            number: image.attribute("id").and_then(|id| id.parse().ok()),
            name: image.attribute("name").map(super::stem),
            size: length("width").zip(length("height")),
        });
        for shape in image.children().filter(Node::is_element) {
            self.shape(shape, shape.attribute("label"), picture, None, rows)?;
        }
        Ok(())
    }

    fn track(&mut self, track: Node, rows: &mut Rows) -> Result<(), EvaluateError> {
        let line = xml::line(track);
        let Some(subject) = rows.keep(
            self.path,
            line,
            xml::number(track, "id").and_then(|id| rows::whole_of(id, "the id")),
        )?
        else {
            return Ok(());
        };
        for shape in track.children().filter(Node::is_element) {
            if shape.attribute("outside") == Some("1") {
                continue;
            }
            let frame = xml::number(shape, "frame").and_then(|frame| rows::whole_of(frame, "the frame"));
            let Some(frame) = rows.keep(self.path, xml::line(shape), frame)? else {
                continue;
            };
            let picture = self.labels.frame(0, frame.saturating_add(1));
            self.shape(shape, track.attribute("label"), picture, Some(subject), rows)?;
        }
        Ok(())
    }

    fn shape(
        &mut self,
        shape: Node,
        label: Option<&str>,
        picture: usize,
        subject: Option<i64>,
        rows: &mut Rows,
    ) -> Result<(), EvaluateError> {
        let line = xml::line(shape);
        let parsed = match (shape.tag_name().name(), label) {
            ("tag", _) => return Ok(()),
            ("box", Some(label)) => region(shape).map(|region| (region, label.to_owned())),
            ("box", None) => Err(BadRow::missing("the box has no `label`")),
            (other, _) => Err(BadRow::new(RowFault::NotABox, format!("`{other}` is no box"))),
        };
        let Some((region, label_name)) = rows.keep(self.path, line, parsed)? else {
            return Ok(());
        };
        let labels = &mut self.labels;
        let mut values = Vec::new();
        if let Some(occluded) = shape.attribute("occluded") {
            labels.note(&mut values, "occluded", occluded.to_owned());
        }
        for attribute in xml::children(shape, "attribute") {
            if let Some(name) = attribute.attribute("name") {
                let value = attribute.text().unwrap_or_default().trim();
                labels.note(&mut values, name, value.to_owned());
            }
        }
        let score = labels
            .attributes
            .iter()
            .position(|name| name == "score" || name == "confidence")
            .and_then(|at| values.get(at))
            .and_then(|text| text.parse().ok());
        let label = LabelBox {
            subject,
            score,
            attributes: values,
            ..LabelBox::of(region)
        };
        labels.add(picture, line, (Class::named(label_name), label));
        Ok(())
    }
}

fn region(shape: Node) -> Result<crate::region::Region, BadRow> {
    let turned = shape
        .attribute("rotation")
        .and_then(|text| text.parse::<f64>().ok())
        .unwrap_or(0.0);
    if turned != 0.0 {
        let reason = format!("the box is turned by {turned} degrees");
        return Err(BadRow::new(RowFault::NotABox, reason));
    }
    let edge = |name| xml::number(shape, name);
    rows::corners(edge("xtl")?, edge("ytl")?, edge("xbr")?, edge("ybr")?)
}
