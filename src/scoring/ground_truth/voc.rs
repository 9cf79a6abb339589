//! Pascal VOC XML. In: a folder of `annotation` files, or one. Out: [`Labels`]. Pixels count from 1 and both ends belong to
//! the box (VOC devkit), so that its continuous edges are `xmin - 1` and `xmax`. What is marked `difficult` is passed over.

use super::rows::{self, BadRow, Rows};
use super::xml;
use crate::error::EvaluateError;
use crate::labels::{Class, LabelBox, LabelRow, Labels, Picture};
use roxmltree::Node;
use std::path::Path;
use vsa_record::scores::LabelFormat;

pub(super) fn read(path: &Path, rows: &mut Rows) -> Result<Labels, EvaluateError> {
    let mut labels = Labels::of_stills(LabelFormat::PascalVoc);
    labels.attributes = vec!["pose".to_owned(), "truncated".to_owned(), "occluded".to_owned()];
    let files = super::files_ending(path, "xml")?;
    labels.files = files.len() as u64;
    for file in files {
        let text = rows::text(&file)?;
        let tree = xml::tree(&file, &text)?;
        let root = tree.root_element();
        let size = xml::child(root, "size").and_then(|size| {
            let length = |name| xml::text_of(size, name).and_then(|text| text.parse::<f64>().ok());
            length("width")
                .zip(length("height"))
                .filter(|(width, height)| *width > 0.0 && *height > 0.0)
        });
        let picture = labels.add_picture(Picture {
            size,
            ..Picture::still(Some(super::file_stem(&file)))
        });
        for object in xml::children(root, "object") {
            let line = xml::line(object);
            if let Some(row) = rows.keep(&file, line, parse(object))? {
                labels.add(picture, line, row);
            }
        }
    }
    Ok(labels)
}

fn parse(object: Node) -> Result<LabelRow, BadRow> {
    let missing = |what: &str| BadRow::missing(format!("the object has no `{what}`"));
    let class = xml::text_of(object, "name")
        .filter(|name| !name.is_empty())
        .ok_or_else(|| missing("name"))?;
    let bndbox = xml::child(object, "bndbox").ok_or_else(|| missing("bndbox"))?;
    let edge = |name: &str| {
        let text = xml::text_of(bndbox, name).ok_or_else(|| missing(name))?;
        rows::number(text, name)
    };
    let (left, top, right, bottom) = (
        edge("xmin")? - 1.0,
        edge("ymin")? - 1.0,
        edge("xmax")?,
        edge("ymax")?,
    );
    let score = ["score", "confidence"]
        .into_iter()
        .find_map(|name| xml::text_of(object, name))
        .map(|text| rows::number(text, "the score"))
        .transpose()?;
    let said = |name| xml::text_of(object, name).unwrap_or_default().to_owned();
    let label = LabelBox {
        ignored: xml::text_of(object, "difficult") == Some("1"),
        score,
        attributes: vec![said("pose"), said("truncated"), said("occluded")],
        ..LabelBox::of(rows::corners(left, top, right, bottom)?)
    };
    Ok((Class::named(class), label))
}
