//! YOLOv5 (Ultralytics, AGPL-3.0) and YOLOv7 (Wang et al. 2022, arXiv 2207.02696, GPL-3.0), decoded. In: one output with a row of
//! `x, y, width, height, objectness, classes…` for each of three anchors of each cell, in input pixels and shares. Out: boxes of
//! the class `person`.
//!
//! The contract is that of `utils/augmentations.py` (`letterbox`) and `detect.py` of YOLOv5, which YOLOv7 keeps. The publisher
//! puts a letterboxed picture in the middle, this program at the top left: the network does not care, and boxes come back the same
//! way. What stands beside the boxes is not read: the raw maps of older exports (five axes), and the prototypes of masks, whose
//! coefficients follow the classes. Deliberately not here: exports of the raw maps alone, whose anchors no file declares.

use super::cells::{self, STRIDES};
use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::overlap::Rect;
use super::probe::{answer_to_grey, are_shares};
use super::table::{fits, view};
use ndarray::{ArrayD, s};
use vsa_engine::contract::{Filter, Fit, InputContract};
use vsa_engine::{Engine, OutputInfo};
use vsa_plan::ModelChoice;

/// Centre, size and objectness come before the classes.
const BEFORE_CLASSES: usize = 5;

/// Boxes of each cell.
const ANCHORS: usize = 3;

/// One model.
pub(crate) struct Yolov5 {
    /// Index of the output with the boxes.
    boxes: usize,
    rows: usize,
    columns: usize,
    person_column: usize,
}

/// What goes into every network of Ultralytics: shares of one, red first, filled up with grey.
pub(crate) fn ultralytics(plain: InputContract) -> InputContract {
    InputContract {
        std: [255.0; 3],
        fit: Fit::Letterbox { pad: 114 },
        filter: Filter::Plain,
        ..plain
    }
}

/// Coefficients of masks, one for each prototype.
const MASKS: usize = 32;

/// Which output holds the boxes, and how many columns at its end are no classes: it is alone, but for raw maps and prototypes of
/// masks (a quarter of the input's size).
pub(crate) fn boxes_among(outputs: &[OutputInfo], width: u32, height: u32) -> Option<(usize, usize)> {
    let quarter = (
        cells::along(height, MASK_STRIDE),
        cells::along(width, MASK_STRIDE),
    );
    let is_prototypes = |output: &OutputInfo| match output.shape[..] {
        [_, Some(MASKS), Some(rows), Some(columns)] => (rows, columns) == quarter,
        _ => false,
    };
    let mut boxes = (outputs.iter().enumerate())
        .filter(|(_, output)| output.shape.len() != 5 && !is_prototypes(output))
        .map(|(index, _)| index);
    let only = boxes.next().filter(|_| boxes.next().is_none())?;
    let masked = outputs.iter().any(is_prototypes);
    Some((only, if masked { MASKS } else { 0 }))
}

const MASK_STRIDE: u32 = 4;

/// Rows of three boxes a cell, at three strides or four.
pub(crate) fn rows(width: u32, height: u32) -> [usize; 2] {
    STRIDES.map(|strides| ANCHORS * cells::total(width, height, strides))
}

/// The table of boxes.
struct Table {
    boxes: usize,
    rows: usize,
    columns: usize,
    /// Columns at the end that are no classes.
    masks: usize,
}

fn table_of(outputs: &[OutputInfo], width: u32, height: u32) -> Option<Table> {
    let (boxes, masks) = boxes_among(outputs, width, height)?;
    let shape = &outputs[boxes].shape;
    let columns = shape.last().copied().flatten()?;
    let rows = rows(width, height)
        .into_iter()
        .find(|rows| fits(shape, *rows, columns))?;
    (columns > masks).then_some(Table {
        boxes,
        rows,
        columns,
        masks,
    })
}

impl ModelFamily for Yolov5 {
    const NAME: &'static str = "YOLOv5";

    fn contract(plain: InputContract) -> InputContract {
        ultralytics(plain)
    }

    fn new(choice: &ModelChoice, contract: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        let (width, height) = (contract.width, contract.height);
        let person_column = BEFORE_CLASSES + choice.person_class as usize;
        let found = table_of(engine.outputs(), width, height)
            .filter(|found| person_column < found.columns - found.masks);
        let Some(Table {
            boxes, rows, columns, ..
        }) = found
        else {
            let wanted = format!(
                "one output with three rows for each cell of a {width}x{height} input and {} columns or more",
                person_column + 1
            );
            return Err(Misread::expected(&wanted, engine.outputs()));
        };
        let answer = answer_to_grey(engine, contract)?;
        let table = view(&answer, boxes, rows, columns)?;
        // Of objectness and the one class alone: coefficients of masks are no shares.
        for column in [BEFORE_CLASSES - 1, person_column] {
            are_shares(table.slice(s![.., column]).iter().copied())?;
        }
        Ok(Self {
            boxes,
            rows,
            columns,
            person_column,
        })
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        let table = view(outputs, self.boxes, self.rows, self.columns)?;
        for row in table.rows() {
            let score = row[BEFORE_CLASSES - 1] * row[self.person_column];
            found.person(score.min(1.0), || {
                Rect::around(row[0], row[1], row[2] / 2.0, row[3] / 2.0)
            });
        }
        Ok(())
    }

    /// One output of three rows for each cell: nobody else has that many.
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        let found = table_of(shapes.outputs, shapes.width, shapes.height)?;
        let classes = found.columns.checked_sub(BEFORE_CLASSES + found.masks);
        let classes = classes.filter(|classes| *classes > 0)?;
        Some(Recognised::with_classes(classes))
    }
}
