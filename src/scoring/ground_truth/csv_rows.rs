//! CSV with a declared mapping. In: a file with a head line, and which column holds what. Out: [`Labels`].
//!
//! Known: `image` (or `frame`), `sequence`, `class`, `score`, `id`, `left`, `top`, and `width` and `height` or `right` and
//! `bottom`, or `cx` and `cy` with a size; `ignore`. A column that is not mapped is found by its own name where it is one
//! of these; all others are kept as attributes of the box, by which groups can be formed.

use super::rows::{self, BadRow, Rows};
use super::{ReadOptions, Side};
use crate::error::EvaluateError;
use crate::labels::{Class, LabelBox, LabelRow, Labels, Numbering, Picture, Sequence};
use std::collections::BTreeMap;
use std::path::Path;
use vsa_base::outside;
use vsa_record::scores::LabelFormat;

/// What a column may hold.
pub(crate) const KNOWN: [&str; 16] = [
    "image",
    "frame",
    "sequence",
    "class",
    "score",
    "id",
    "left",
    "top",
    "right",
    "bottom",
    "width",
    "height",
    "cx",
    "cy",
    "ignore",
    "normalised",
];

pub(super) fn read(
    path: &Path,
    side: Side,
    options: &ReadOptions,
    rows: &mut Rows,
) -> Result<Labels, EvaluateError> {
    let text = rows::text(path)?;
    let (head, records) = rows::table(path, &text, true)?;
    let columns = columns(path, &head, options)?;
    let mut labels = Labels::new(LabelFormat::Csv);
    labels.normalised = options.columns.contains_key("normalised");
    let others: Vec<usize> = (0..head.len())
        .filter(|at| !columns.values().any(|known| known == at))
        .collect();
    labels.attributes = others.iter().map(|at| head[*at].to_owned()).collect();
    let in_time = columns.contains_key("frame");
    let (mut sequences, mut pictures) = (Numbering::default(), Numbering::default());
    for record in records {
        let (line, record) = record?;
        let row = Fields {
            record: &record,
            columns: &columns,
            columns_in_head: head.len(),
        };
        let Some((sequence, picture, (class, label))) = rows.keep(path, line, parse(&row, side, in_time))?
        else {
            continue;
        };
        let sequence = sequences.of(&sequence, &mut labels.sequences, || Sequence {
            in_time,
            ..Sequence::in_time(&sequence, options.frames_per_second)
        });
        let picture = pictures.of(&(sequence, picture.clone()), &mut labels.pictures, || Picture {
            sequence,
            number: picture.parse().ok().filter(|_| in_time),
            ..Picture::still((!in_time).then(|| super::stem(&picture)))
        });
        let attributes = others.iter().map(|at| record.get(*at).unwrap_or_default());
        let label = LabelBox {
            attributes: attributes.map(str::to_owned).collect(),
            ..label
        };
        labels.add(picture, line, (class, label));
    }
    Ok(labels)
}

/// Which column (from 0) holds what.
fn columns(
    path: &Path,
    head: &csv::StringRecord,
    options: &ReadOptions,
) -> Result<BTreeMap<&'static str, usize>, EvaluateError> {
    let mut columns = BTreeMap::new();
    for known in KNOWN {
        let named = options.columns.get(known);
        let wanted = named.map_or(known, String::as_str);
        match head.iter().position(|name| name.eq_ignore_ascii_case(wanted)) {
            Some(at) => {
                columns.insert(known, at);
            }
            None if named.is_some() && known != "normalised" => {
                let reason = format!("there is no column `{wanted}`; there are: {}", named_in(head));
                return Err(rows::malformed(path, 1, reason));
            }
            None => {}
        }
    }
    columns.remove("normalised");
    let has = |name| columns.contains_key(name);
    let across = (has("left") && (has("width") || has("right"))) || (has("cx") && has("width"));
    let down = (has("top") && (has("height") || has("bottom"))) || (has("cy") && has("height"));
    if !(has("image") || has("frame")) || !across || !down {
        let reason = format!(
            "the columns are {}: say which hold image (or frame), left, top, width and height (or right and bottom), such \
             as --columns image=file,left=x,top=y,width=w,height=h",
            named_in(head)
        );
        return Err(rows::malformed(path, 1, reason));
    }
    Ok(columns)
}

/// The names of all columns.
fn named_in(head: &csv::StringRecord) -> String {
    outside::list(head)
}

struct Fields<'a> {
    record: &'a csv::StringRecord,
    columns: &'a BTreeMap<&'static str, usize>,
    columns_in_head: usize,
}

impl Fields<'_> {
    fn text(&self, what: &str) -> Option<&str> {
        let at = self.columns.get(what)?;
        self.record.get(*at).filter(|text| !text.is_empty())
    }

    fn number(&self, what: &str) -> Result<Option<f64>, BadRow> {
        self.text(what).map(|text| rows::number(text, what)).transpose()
    }

    fn needed(&self, what: &str) -> Result<f64, BadRow> {
        self.number(what)?
            .ok_or_else(|| BadRow::missing(format!("`{what}` is empty")))
    }
}

/// Its sequence, its picture, and its box.
type Row = (String, String, LabelRow);

fn parse(fields: &Fields, side: Side, in_time: bool) -> Result<Row, BadRow> {
    if fields.record.len() != fields.columns_in_head {
        return Err(BadRow::missing(format!(
            "{} fields, but the head has {}",
            fields.record.len(),
            fields.columns_in_head
        )));
    }
    let key = if in_time { "frame" } else { "image" };
    let picture = fields
        .text(key)
        .ok_or_else(|| BadRow::missing(format!("`{key}` is empty")))?;
    if in_time {
        rows::whole(picture, "frame")?;
    }
    let (left, width) = extent(fields, "left", "right", "cx", "width")?;
    let (top, height) = extent(fields, "top", "bottom", "cy", "height")?;
    let score = fields.number("score")?;
    if side == Side::Detections && score.is_none() && fields.columns.contains_key("score") {
        return Err(BadRow::missing("`score` is empty"));
    }
    let sequence = fields.text("sequence").unwrap_or_default();
    let class = fields.text("class").unwrap_or("object");
    let class = Class {
        number: class.parse().ok(),
        ..Class::named(class)
    };
    let region = rows::region(left, top, width, height)?;
    let id = fields
        .text("id")
        .map(|text| rows::whole(text, "id"))
        .transpose()?;
    let label = LabelBox {
        score,
        subject: id.filter(|id| *id >= 0),
        ignored: fields
            .text("ignore")
            .is_some_and(|text| matches!(text, "1" | "true" | "True" | "yes")),
        ..LabelBox::of(region)
    };
    Ok((sequence.to_owned(), picture.to_owned(), (class, label)))
}

/// Begin and length along one axis, from whichever of the columns there are.
fn extent(fields: &Fields, low: &str, high: &str, centre: &str, size: &str) -> Result<(f64, f64), BadRow> {
    let has = |name: &str| fields.columns.contains_key(name);
    if has(low) {
        let begin = fields.needed(low)?;
        return if has(size) {
            Ok((begin, fields.needed(size)?))
        } else {
            Ok((begin, fields.needed(high)? - begin))
        };
    }
    let length = fields.needed(size)?;
    Ok((fields.needed(centre)? - length / 2.0, length))
}
