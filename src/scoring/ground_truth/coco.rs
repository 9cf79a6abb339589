//! COCO JSON. In: `instances_*.json` (an object with images, categories and annotations) or a results file (an array of
//! boxes with scores). Out: [`Labels`]. Source: cocodataset.org, "Data format" and "Results format".
//! A results file with nothing but boxes and scores is read by `plain_results`, and comes here where anything is wrong.
//! Deliberately not here: masks and keypoints. Of an outline only its area is used, as the reference tools do.

use super::Side;
use super::plain_results;
use super::rows::{self, BadRow, Rows};
use crate::error::EvaluateError;
use crate::labels::{Class, LabelBox, Labels, Numbering, Picture};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::path::Path;
use vsa_record::scores::{LabelFormat, RowFault};

#[derive(Deserialize)]
struct Dataset<'a> {
    #[serde(borrow, default)]
    images: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    categories: Vec<&'a RawValue>,
    #[serde(borrow)]
    annotations: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Image {
    id: i64,
    file_name: Option<String>,
    width: Option<f64>,
    height: Option<f64>,
}

#[derive(Deserialize)]
struct Category {
    id: i64,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Annotation {
    id: Option<i64>,
    image_id: i64,
    category_id: Option<i64>,
    bbox: Option<Vec<f64>>,
    area: Option<f64>,
    #[serde(default)]
    iscrowd: Option<Flag>,
    #[serde(default)]
    ignore: Option<Flag>,
    score: Option<f64>,
    track_id: Option<i64>,
    #[serde(default)]
    attributes: Option<serde_json::Map<String, serde_json::Value>>,
}

/// Yes or no, as a truth value or as a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Flag {
    Truth(bool),
    Number(f64),
}

impl Flag {
    fn is_set(flag: Option<&Self>) -> bool {
        match flag {
            Some(Self::Truth(set)) => *set,
            Some(Self::Number(number)) => *number != 0.0,
            None => false,
        }
    }
}

pub(super) fn read(path: &Path, side: Side, rows: &mut Rows) -> Result<Labels, EvaluateError> {
    if side == Side::Detections
        && let Some(labels) = plain_results::read(path)
    {
        return Ok(labels);
    }
    let text = rows::text(path)?;
    let is_results = text.trim_start().starts_with('[');
    let mut reader = Reader {
        path,
        text: &text,
        side,
        labels: Labels::of_stills(if is_results {
            LabelFormat::CocoResults
        } else {
            LabelFormat::CocoJson
        }),
        pictures: Numbering::default(),
        classes: Numbering::default(),
        ids: BTreeSet::new(),
        lines: Lines::default(),
        closed: !is_results,
    };
    let annotations = if is_results {
        serde_json::from_str::<Vec<&RawValue>>(&text).map_err(|error| malformed(path, &error))?
    } else {
        let dataset: Dataset = serde_json::from_str(&text).map_err(|error| malformed(path, &error))?;
        reader.images(&dataset.images)?;
        reader.categories(&dataset.categories)?;
        dataset.annotations
    };
    for raw in annotations {
        let line = reader.line(raw);
        let parsed = serde_json::from_str::<Annotation>(raw.get()).map_err(|error| unreadable(&error));
        let parsed = parsed.and_then(|annotation| reader.label(annotation, line));
        if let Some(label) = rows.keep(path, line, parsed)? {
            reader.labels.boxes.push(label);
        }
    }
    Ok(reader.labels)
}

/// Lines of offsets that only grow, found by going on from the last.
#[derive(Default)]
struct Lines {
    offset: usize,
    breaks: u64,
}

struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
    side: Side,
    labels: Labels,
    pictures: Numbering<i64>,
    classes: Numbering<i64>,
    ids: BTreeSet<i64>,
    lines: Lines,
    /// Whether images and classes are listed, so that others are wrong.
    closed: bool,
}

impl Reader<'_> {
    fn line(&mut self, raw: &RawValue) -> u64 {
        let offset = raw.get().as_ptr() as usize - self.text.as_ptr() as usize;
        if offset < self.lines.offset {
            self.lines = Lines::default();
        }
        let between = &self.text.as_bytes()[self.lines.offset..offset];
        self.lines.breaks += between.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.lines.offset = offset;
        self.lines.breaks + 1
    }

    fn images(&mut self, images: &[&RawValue]) -> Result<(), EvaluateError> {
        for raw in images {
            let line = self.line(raw);
            let image: Image = self.listed(raw, line, "an image")?;
            if self.pictures.known(&image.id).is_some() {
                return Err(self.wrong(line, format!("the image id {} is given twice", image.id)));
            }
            let size = image
                .width
                .zip(image.height)
                .filter(|(width, height)| *width > 0.0 && *height > 0.0);
            self.pictures
                .of(&image.id, &mut self.labels.pictures, || Picture {
                    name: image.file_name.as_deref().map(super::stem),
                    size,
                    ..Picture::numbered(0, image.id)
                });
        }
        Ok(())
    }

    fn categories(&mut self, categories: &[&RawValue]) -> Result<(), EvaluateError> {
        for raw in categories {
            let line = self.line(raw);
            let category: Category = self.listed(raw, line, "a category")?;
            if self.classes.known(&category.id).is_some() {
                return Err(self.wrong(line, format!("the category id {} is given twice", category.id)));
            }
            self.classes.of(&category.id, &mut self.labels.classes, || Class {
                name: category.name,
                ..Class::numbered(category.id)
            });
        }
        Ok(())
    }

    fn listed<T: serde::de::DeserializeOwned>(
        &self,
        raw: &RawValue,
        line: u64,
        what: &str,
    ) -> Result<T, EvaluateError> {
        serde_json::from_str(raw.get())
            .map_err(|error| self.wrong(line, format!("{what} cannot be read: {}", plain(&error))))
    }

    fn wrong(&self, line: u64, reason: String) -> EvaluateError {
        rows::malformed(self.path, line, reason)
    }

    fn label(&mut self, annotation: Annotation, line: u64) -> Result<LabelBox, BadRow> {
        let Some(bbox) = annotation.bbox else {
            return Err(BadRow::missing("there is no `bbox`"));
        };
        let [left, top, width, height] = bbox[..] else {
            return Err(BadRow::missing(format!(
                "`bbox` has {} numbers, but needs 4: left, top, width, height",
                bbox.len()
            )));
        };
        let region = rows::region(left, top, width, height)?;
        let category = annotation
            .category_id
            .ok_or_else(|| BadRow::missing("there is no `category_id`"))?;
        if self.side == Side::Detections && annotation.score.is_none() {
            return Err(BadRow::missing("there is no `score`, which a detection needs"));
        }
        let image = annotation.image_id;
        if self.closed && self.pictures.known(&image).is_none() {
            let reason = format!("image {image} is not among the `images` of the file");
            return Err(BadRow::new(RowFault::UnknownPicture, reason));
        }
        if self.closed && self.classes.known(&category).is_none() {
            let reason = format!("category {category} is not among the `categories` of the file");
            return Err(BadRow::new(RowFault::UnknownClass, reason));
        }
        if annotation
            .id
            .is_some_and(|id| self.closed && !self.ids.insert(id))
        {
            let reason = format!("the annotation id {} is given twice", annotation.id.unwrap_or(0));
            return Err(BadRow::new(RowFault::TwiceInOnePicture, reason));
        }
        if annotation.area.is_some_and(|area| area < 0.0) {
            return Err(BadRow::new(RowFault::NegativeSize, "the `area` is negative"));
        }
        let pictures = &mut self.labels.pictures;
        let picture = self.pictures.of(&image, pictures, || Picture::numbered(0, image));
        let classes = &mut self.labels.classes;
        let class = self.classes.of(&category, classes, || Class::numbered(category));
        let values = self.values(annotation.attributes.unwrap_or_default());
        Ok(LabelBox {
            // The reference tools take the area of a results file from its box.
            area: annotation.area.filter(|_| self.side == Side::Truth),
            crowd: Flag::is_set(annotation.iscrowd.as_ref()),
            // As the reference tools do, which overwrite `ignore` by `iscrowd` for COCO; other sets use it alone.
            ignored: Flag::is_set(annotation.iscrowd.as_ref()) || Flag::is_set(annotation.ignore.as_ref()),
            score: annotation.score,
            subject: annotation.track_id,
            id: annotation.id,
            attributes: values,
            ..LabelBox::plain(picture, class, region, line)
        })
    }

    fn values(&mut self, attributes: serde_json::Map<String, serde_json::Value>) -> Vec<String> {
        let mut values = Vec::new();
        for (name, value) in attributes {
            let value = match value {
                serde_json::Value::String(text) => text,
                serde_json::Value::Null => String::new(),
                other => other.to_string(),
            };
            self.labels.note(&mut values, &name, value);
        }
        values
    }
}

/// The file as a whole is no JSON, or not this JSON.
fn malformed(path: &Path, error: &serde_json::Error) -> EvaluateError {
    let reason = format!(
        "not JSON of this format: {} (column {})",
        plain(error),
        error.column()
    );
    rows::malformed(path, error.line() as u64, reason)
}

fn unreadable(error: &serde_json::Error) -> BadRow {
    let reason = format!("the entry cannot be read: {}", plain(error));
    BadRow::new(RowFault::NotANumber, reason)
}

/// Without the line, which counts within the entry.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
