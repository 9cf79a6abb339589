//! YOLOv5 (Ultralytics, AGPL-3.0) and YOLOv7 (Wang et al. 2022, arXiv 2207.02696, GPL-3.0), decoded. In: one output with a row of
//! `x, y, width, height, objectness, classes…` for each of three anchors of each cell, in input pixels and shares. Out: boxes of
//! the class `person`.
//!
//! The contract is that of `utils/augmentations.py` (`letterbox`) and `detect.py` of YOLOv5, which YOLOv7 keeps. The publisher
//! puts a letterboxed picture in the middle, this program at the top left: the network does not care, and boxes come back the same
//! way. Deliberately not here: exports without the last layer's decoding (three maps), whose anchors no file declares.

use super::cells::{self, STRIDES};
use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::overlap::Rect;
use super::probe::{answer_to_grey, are_shares};
use super::table::{fits, view};
use ndarray::{ArrayD, s};
use vsa_engine::Engine;
use vsa_engine::contract::{Filter, Fit, InputContract};
use vsa_plan::ModelChoice;

/// Centre, size and objectness come before the classes.
const BEFORE_CLASSES: usize = 5;

/// Boxes of each cell.
const ANCHORS: usize = 3;

/// One model.
pub(crate) struct Yolov5 {
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

/// Rows of three boxes a cell, at three strides or four.
pub(crate) fn rows(width: u32, height: u32) -> [usize; 2] {
    STRIDES.map(|strides| ANCHORS * cells::total(width, height, strides))
}

impl ModelFamily for Yolov5 {
    const NAME: &'static str = "YOLOv5";

    fn contract(plain: InputContract) -> InputContract {
        ultralytics(plain)
    }

    fn new(choice: &ModelChoice, contract: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        let (width, height) = (contract.width, contract.height);
        let person_column = BEFORE_CLASSES + choice.person_class as usize;
        let found = match engine.outputs() {
            [only] => only.shape.last().copied().flatten().and_then(|columns| {
                let rows = rows(width, height).into_iter();
                let mut fitting = rows.filter(|rows| fits(&only.shape, *rows, columns));
                Some((fitting.next()?, columns))
            }),
            _ => None,
        };
        let found = found.filter(|(_, columns)| person_column < *columns);
        let Some((rows, columns)) = found else {
            let wanted = format!(
                "one output with three rows for each cell of a {width}x{height} input and {} columns or more",
                person_column + 1
            );
            return Err(Misread::expected(&wanted, engine.outputs()));
        };
        let answer = answer_to_grey(engine, contract)?;
        let table = view(&answer, 0, rows, columns)?;
        are_shares(table.slice(s![.., BEFORE_CLASSES - 1..]).iter().copied())?;
        Ok(Self {
            rows,
            columns,
            person_column,
        })
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        let table = view(outputs, 0, self.rows, self.columns)?;
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
        let [only] = shapes.outputs else { return None };
        let columns = only.shape.last().copied().flatten()?;
        let mut rows = rows(shapes.width, shapes.height).into_iter();
        let classes = columns
            .checked_sub(BEFORE_CLASSES)
            .filter(|classes| *classes > 0)?;
        rows.any(|rows| fits(&only.shape, rows, columns))
            .then(|| Recognised::with_classes(classes))
    }
}
