//! YOLOv8 and YOLO11 (Ultralytics, AGPL-3.0) and YOLOv9 (Wang et al. 2024, arXiv 2402.13616, GPL-3.0), decoded. In: one output with
//! `x, y, width, height, classes…` for each cell, in input pixels and shares, columns first (`[1, 84, 8400]`) or last. Out: boxes
//! of the class `person`.
//!
//! The contract is that of `ultralytics/data/augment.py` (`LetterBox`) and `ultralytics/engine/predictor.py`; decoding is
//! that of `Detect._inference` in `ultralytics/nn/modules/head.py`, which is inside the file. What follows the classes (joints,
//! coefficients of masks) and what stands beside the boxes (prototypes of masks) is not read.

use super::cells::{self, table};
use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::overlap::Rect;
use super::probe::{answer_to_grey, are_shares};
use super::yolov5::{boxes_among, ultralytics};
use ndarray::{ArrayD, s};
use vsa_engine::Engine;
use vsa_engine::contract::InputContract;
use vsa_plan::ModelChoice;

/// Centre and size come before the classes.
const BEFORE_CLASSES: usize = 4;

/// One model.
pub(crate) struct Yolov8 {
    /// Index of the output with the boxes.
    boxes: usize,
    cells: usize,
    person_column: usize,
}

impl ModelFamily for Yolov8 {
    const NAME: &'static str = "YOLOv8";

    fn contract(plain: InputContract) -> InputContract {
        ultralytics(plain)
    }

    fn new(choice: &ModelChoice, contract: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        let (width, height) = (contract.width, contract.height);
        let person_column = BEFORE_CLASSES + choice.person_class as usize;
        let outputs = engine.outputs();
        let found = boxes_among(outputs, width, height).and_then(|(boxes, masks)| {
            let (strides, columns) = cells::strided(&outputs[boxes].shape, width, height)?;
            (person_column + masks < columns).then_some((boxes, strides, columns))
        });
        let Some((boxes, strides, columns)) = found else {
            let wanted = format!(
                "one output with {} values or more for each cell of a {width}x{height} input",
                person_column + 1
            );
            return Err(Misread::expected(&wanted, engine.outputs()));
        };
        let cells = cells::total(width, height, strides);
        let answer = answer_to_grey(engine, contract)?;
        let rows = table(&answer, boxes, cells, columns)?;
        // Of the one class alone: what comes after the classes need not be shares.
        are_shares(rows.slice(s![.., person_column]).iter().copied())?;
        Ok(Self {
            boxes,
            cells,
            person_column,
        })
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        let rows = table(outputs, self.boxes, self.cells, self.person_column + 1)?;
        for row in rows.rows() {
            found.person(row[self.person_column].min(1.0), || {
                Rect::around(row[0], row[1], row[2] / 2.0, row[3] / 2.0)
            });
        }
        Ok(())
    }

    /// Columns first, whatever they are: no other family is exported so. Columns last, where YOLOX has no such number: 84 (the
    /// classes of COCO; a YOLOX of 79 has never been seen) and 5 (one class; a YOLOX of none cannot be).
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        let (boxes, masks) = boxes_among(shapes.outputs, shapes.width, shapes.height)?;
        let only = &shapes.outputs[boxes];
        let (strides, columns) = cells::strided(&only.shape, shapes.width, shapes.height)?;
        let classes = columns
            .checked_sub(BEFORE_CLASSES + masks)
            .filter(|classes| *classes > 0)?;
        let columns_last = only.shape.last().copied().flatten() == Some(columns);
        let found = Recognised::with_classes(classes);
        if !columns_last {
            return Some(match columns {
                85 => found.noting("a transposed YOLOX of 80 classes would look the same"),
                _ => found,
            });
        }
        (strides.len() == 3 && [5, 84].contains(&columns))
            .then(|| found.noting("a head of other boxes could look the same"))
    }
}
