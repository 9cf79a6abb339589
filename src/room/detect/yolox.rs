//! YOLOX (Ge et al. 2021, arXiv 2107.08430; Apache-2.0). In: one output with a row of `x, y, width, height, objectness,
//! classes…` for each cell of strides 8, 16, 32 (and 64 in the P6 models). Out: boxes of the class `person`.
//!
//! Exports differ in what they leave to the reader: most give raw cells, some decoded pixels; a few leave out the
//! sigmoid of the scores. Nothing in the file says which, so the network is run once, at loading, on a grey picture
//! and its answer looked at. Deliberately not here: exports with suppression inside the graph.

use super::cells::{self, Cell, sigmoid, table};
use super::family::InputBox;
use super::family::ModelFamily;
use super::identify::{Recognised, Shapes};
use super::load::{Prepared, misshapen, onnx};
use super::nanodet;
use super::overlap::Rect;
use super::probe::{answer_to_grey, are_logits};
use ndarray::{ArrayD, ArrayView2};
use std::sync::Arc;
use vsa_engine::contract::{Filter, Fit, InputContract, Layout};
use vsa_engine::{Engine, EngineError};
use vsa_plan::{ColourOrder, EngineChoice, ModelChoice};
use vsa_statistics::median;

const STRIDES: [&[u32]; 2] = [&[8, 16, 32], &[8, 16, 32, 64]];
const NAME: &str = "YOLOX";
/// Centre, size and objectness come before the classes.
const BEFORE_CLASSES: usize = 5;

/// The input contract of YOLOX since its version 0.1.1: channel values as they are, blue first.
pub(crate) fn contract(choice: &ModelChoice) -> Result<InputContract, EngineError> {
    InputContract {
        width: choice.input_size.0,
        height: choice.input_size.1,
        colour: ColourOrder::Bgr,
        mean: [0.0; 3],
        std: [1.0; 3],
        layout: Layout::Nchw,
        fit: Fit::Letterbox { pad: 114 },
        filter: Filter::Plain,
    }
    .chosen(choice)
}

/// One YOLOX model.
pub(crate) struct Yolox {
    contract: InputContract,
    cells: Vec<Cell>,
    person_column: usize,
    /// Whether boxes come in input pixels rather than in cells.
    decoded: bool,
    /// Whether scores come without their sigmoid.
    logits: bool,
}

impl Yolox {
    /// Recognises the head by its shape and, from the answer to a grey picture, how far it is decoded.
    pub(crate) fn new(
        choice: &ModelChoice,
        contract: InputContract,
        engine: &dyn Engine,
    ) -> Result<Self, EngineError> {
        let (width, height) = (contract.width, contract.height);
        let refuse = |wanted: &str| misshapen(&choice.name, NAME, wanted, engine.outputs());
        let [output] = engine.outputs() else {
            return Err(refuse("one output"));
        };
        let found = STRIDES.iter().find_map(|strides| {
            let total = strides
                .iter()
                .map(|stride| cells::count(width, height, *stride))
                .sum();
            cells::columns(&output.shape, total).map(|columns| (*strides, total, columns))
        });
        let Some((strides, total, columns)) = found else {
            return Err(refuse(&format!(
                "one row for each cell of a {width}x{height} input"
            )));
        };
        let person_column = BEFORE_CLASSES + choice.person_class as usize;
        if person_column >= columns {
            return Err(refuse(&format!(
                "at least {} columns, for the class {}",
                person_column + 1,
                choice.person_class
            )));
        }
        let cells = cells::cells(width, height, strides);
        let answer = answer_to_grey(engine, &contract)?;
        let rows = answer.first().and_then(|tensor| table(tensor, total));
        let rows = rows.ok_or_else(|| refuse("the shape that the file declares"))?;
        let decoded = is_decoded(&rows, &cells);
        let logits = are_logits(rows.slice(ndarray::s![.., BEFORE_CLASSES - 1..]).iter().copied());
        Ok(Self {
            contract,
            cells,
            person_column,
            decoded,
            logits,
        })
    }
}

/// Decoded centres lie near their cells' centres; raw ones near the first cell's, wherever their cell is. The median
/// cell decides, so that a few wild values do not.
fn is_decoded(rows: &ArrayView2<'_, f32>, cells: &[Cell]) -> bool {
    let mut excess: Vec<f32> = cells
        .iter()
        .zip(rows.rows())
        .map(|(cell, row)| {
            let distance = |x: f32, y: f32| (row[0] - x).abs() + (row[1] - y).abs();
            let as_pixels =
                distance((cell.column + 0.5) * cell.stride, (cell.row + 0.5) * cell.stride) / cell.stride;
            as_pixels - distance(0.5, 0.5)
        })
        .collect();
    median::upper(&mut excess, f32::total_cmp).is_some_and(|median| median < 0.0)
}

impl ModelFamily for Yolox {
    fn contract(&self) -> &InputContract {
        &self.contract
    }

    fn decode(
        &self,
        outputs: &[ArrayD<f32>],
        threshold: f32,
        out: &mut Vec<InputBox>,
    ) -> Result<(), EngineError> {
        let rows = outputs.first().and_then(|tensor| table(tensor, self.cells.len()));
        let Some(rows) = rows.filter(|rows| rows.ncols() > self.person_column) else {
            return Err(EngineError::Run {
                reason: "YOLOX's output changed its shape".to_owned(),
            });
        };
        for (cell, row) in self.cells.iter().zip(rows.rows()) {
            let (objectness, person) = (row[BEFORE_CLASSES - 1], row[self.person_column]);
            let score = if self.logits {
                sigmoid(objectness) * sigmoid(person)
            } else {
                objectness * person
            };
            if score < threshold || score.is_nan() {
                continue;
            }
            let (x, y, width, height) = if self.decoded {
                (row[0], row[1], row[2], row[3])
            } else {
                (
                    (row[0] + cell.column) * cell.stride,
                    (row[1] + cell.row) * cell.stride,
                    row[2].exp() * cell.stride,
                    row[3].exp() * cell.stride,
                )
            };
            out.push(InputBox {
                rect: Rect {
                    left: x - width / 2.0,
                    top: y - height / 2.0,
                    right: x + width / 2.0,
                    bottom: y + height / 2.0,
                },
                score,
                landmarks: None,
            });
        }
        Ok(())
    }
}

/// The engine at this family's contract, and the family, which checks the engine's outputs.
pub(crate) fn prepare(
    choice: &ModelChoice,
    bytes: &[u8],
    on: &EngineChoice,
) -> Result<Prepared, EngineError> {
    let contract = contract(choice)?;
    let engine = onnx(choice, bytes, on, &contract)?;
    let family = Yolox::new(choice, contract, engine.as_ref())?;
    Ok((engine, Arc::new(family)))
}

/// One output with rows of box (4), objectness and classes, for three strides or four; what is `NanoDet`'s is not.
pub(crate) fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
    let [only] = shapes.outputs else { return None };
    let columns = only.shape.last().copied().flatten()?;
    let is_cells = [shapes.cells(&[8, 16, 32]), shapes.cells(&[8, 16, 32, 64])]
        .iter()
        .any(|rows| super::table::fits(&only.shape, *rows, columns));
    (is_cells && columns >= 6 && nanodet::recognise(shapes).is_none())
        .then(|| Recognised::with_classes(columns - 5))
}
