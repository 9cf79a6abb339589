//! YOLOv10 (Wang et al. 2024, arXiv 2405.14458, AGPL-3.0) and other YOLOs that end in a list. In: one output of 300 rows of `left,
//! top, right, bottom, score, class`, in input pixels. Out: boxes of the class `person`.
//!
//! The contract is that of Ultralytics (see `yolov5.rs`); the list is made by `v10postprocess` in `ultralytics/utils/ops.py`, and
//! by Ultralytics' own exports with suppression inside (`nms=True`), which fill it up with rows of zeros.

use super::cells::{STRIDES, total};
use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::overlap::Rect;
use super::probe::{answer_to_grey, are_shares};
use super::table::{fits, view};
use super::yolov5::{self, ultralytics};
use ndarray::{ArrayD, s};
use vsa_engine::contract::InputContract;
use vsa_engine::{Engine, OutputInfo};
use vsa_plan::ModelChoice;

/// Corners, score, class.
const COLUMNS: usize = 6;

/// Lists are shorter than the cells of any picture that is looked at.
const LONGEST: usize = 1000;

/// One model.
pub(crate) struct Yolov10 {
    rows: usize,
    person_class: f32,
}

/// The length of the list.
fn length(output: &OutputInfo) -> Option<usize> {
    let rows = output.shape.iter().rev().nth(1).copied().flatten()?;
    ((1..=LONGEST).contains(&rows) && fits(&output.shape, rows, COLUMNS)).then_some(rows)
}

impl ModelFamily for Yolov10 {
    const NAME: &'static str = "YOLOv10";

    fn contract(plain: InputContract) -> InputContract {
        ultralytics(plain)
    }

    fn new(choice: &ModelChoice, contract: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        let found = match engine.outputs() {
            [only] => length(only),
            _ => None,
        };
        let Some(rows) = found else {
            let wanted = format!("one list of up to {LONGEST} rows of {COLUMNS}");
            return Err(Misread::expected(&wanted, engine.outputs()));
        };
        let answer = answer_to_grey(engine, contract)?;
        let list = view(&answer, 0, rows, COLUMNS)?;
        are_shares(list.slice(s![.., 4]).iter().copied())?;
        Ok(Self {
            rows,
            person_class: super::cells::pixels(choice.person_class),
        })
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        let list = view(outputs, 0, self.rows, COLUMNS)?;
        for row in list.rows() {
            // Classes are whole numbers, in half precision too.
            if (row[5] - self.person_class).abs() < 0.5 {
                found.person(row[4].min(1.0), || Rect::of([row[0], row[1], row[2], row[3]]));
            }
        }
        Ok(())
    }

    /// A short list of six columns: a YOLOX or a YOLOv5 of one class has a row or three for each cell.
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        let [only] = shapes.outputs else { return None };
        let rows = length(only)?;
        let (width, height) = (shapes.width, shapes.height);
        let of_cells = STRIDES
            .map(|strides| total(width, height, strides))
            .contains(&rows);
        let of_anchors = yolov5::rows(width, height).contains(&rows);
        // How many classes there are, no shape tells.
        (!of_cells && !of_anchors).then(|| {
            Recognised::with_classes(80).noting("its class 0 is taken to be person, as in COCO: check that")
        })
    }
}
