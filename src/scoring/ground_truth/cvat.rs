//! CVAT 1.1 XML. In: an `annotations` file "for images" or "for video". Out: [`Labels`]. Video frames count from 0; they are
//! given numbers from 1 here, as everywhere else. Source: docs.cvat.ai, "XML annotation format", version 1.1.
//!
//! A track lists each frame in which its box is drawn; a frame that is not listed, or whose box is `outside`, has none.
//! Deliberately not here: polygons, masks, points; they are no boxes and are counted as left out.

use super::rows::{self, BadRow, Rows};
use super::{ReadOptions, xml};
use crate::error::EvaluateError;
use crate::labels::{Class, LabelBox, Labels, Numbering, Picture, Sequence};
use roxmltree::Node;
use std::path::Path;
use vsa_record::scores::{LabelFormat, RowFault};

struct Reader<'a> {
    path: &'a Path,
    labels: Labels,
    classes: Numbering<String>,
    attributes: Numbering<String>,
    pictures: Numbering<i64>,
}

pub(super) fn read(path: &Path, options: &ReadOptions, rows: &mut Rows) -> Result<Labels, EvaluateError> {
    let text = rows::text(path)?;
    let tree = xml::tree(path, &text)?;
    let root = tree.root_element();
    let mut reader = Reader {
        path,
        labels: Labels::new(LabelFormat::Cvat),
        classes: Numbering::default(),
        attributes: Numbering::default(),
        pictures: Numbering::default(),
    };
    let is_video = xml::child(root, "track").is_some();
    reader.labels.sequences.push(if is_video {
        Sequence {
            frames_per_second: options.frames_per_second,
            ..Sequence::in_time(&super::file_stem(path))
        }
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
            let number = frame.saturating_add(1);
            let pictures = &mut self.labels.pictures;
            let picture = self
                .pictures
                .of(&number, pictures, || Picture::numbered(0, number));
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
        let Some((region, label)) = rows.keep(self.path, line, parsed)? else {
            return Ok(());
        };
        let classes = &mut self.labels.classes;
        let class = self.classes.of(&label, classes, || Class::named(&label));
        let mut values = Vec::new();
        let mut note = |reader: &mut Self, name: &str, value: &str| {
            let name = name.to_owned();
            let at = reader
                .attributes
                .of(&name, &mut reader.labels.attributes, || name.clone());
            if values.len() <= at {
                values.resize(at + 1, String::new());
            }
            value.clone_into(&mut values[at]);
        };
        if let Some(occluded) = shape.attribute("occluded") {
            note(self, "occluded", occluded);
        }
        for attribute in xml::children(shape, "attribute") {
            if let Some(name) = attribute.attribute("name") {
                note(self, name, attribute.text().unwrap_or_default().trim());
            }
        }
        let score = self
            .labels
            .attributes
            .iter()
            .position(|name| name == "score" || name == "confidence")
            .and_then(|at| values.get(at))
            .and_then(|text| text.parse().ok());
        self.labels.boxes.push(LabelBox {
            subject,
            score,
            attributes: values,
            ..LabelBox::plain(picture, class, region, line)
        });
        Ok(())
    }
}

fn region(shape: Node) -> Result<crate::region::Region, BadRow> {
    let turned = shape
        .attribute("rotation")
        .and_then(|text| text.parse::<f64>().ok())
        .unwrap_or(0.0);
    if turned != 0.0 {
        return Err(BadRow::new(
            RowFault::NotABox,
            format!("the box is turned by {turned} degrees"),
        ));
    }
    let (left, top) = (xml::number(shape, "xtl")?, xml::number(shape, "ytl")?);
    rows::region(
        left,
        top,
        xml::number(shape, "xbr")? - left,
        xml::number(shape, "ybr")? - top,
    )
}
