//! YOLOX (Ge et al. 2021, arXiv 2107.08430; Apache-2.0). In: one output with a row of `x, y, width, height, objectness,
//! classes…` for each cell of strides 8, 16, 32 (and 64 in the P6 models). Out: boxes of the class `person`.
//!
//! Exports differ in what they leave to the reader: most give raw cells, some decoded pixels; a few leave out the
//! sigmoid of the scores. Nothing in the file says which, so the network is run once, at loading, on a grey picture
//! and its answer looked at. Deliberately not here: exports with suppression inside the graph.

use super::cells::{self, Cell, STRIDES, sigmoid, table};
use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::nanodet::Nanodet;
use super::overlap::Rect;
use super::probe::{answer_to_grey, are_logits};
use super::table::fits;
use super::yolov8::Yolov8;
use ndarray::{ArrayD, ArrayView2, s};
use vsa_engine::Engine;
use vsa_engine::contract::{Filter, Fit, InputContract};
use vsa_plan::{ColourOrder, ModelChoice};
use vsa_statistics::median;

/// Centre, size and objectness come before the classes.
const BEFORE_CLASSES: usize = 5;

/// One YOLOX model.
pub(crate) struct Yolox {
    cells: Vec<Cell>,
    person_column: usize,
    /// Whether boxes come in input pixels rather than in cells.
    decoded: bool,
    /// Whether scores come without their sigmoid.
    logits: bool,
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
    const NAME: &'static str = "YOLOX";

    /// Since version 0.1.1: channel values as they are, blue first.
    fn contract(plain: InputContract) -> InputContract {
        InputContract {
            colour: ColourOrder::Bgr,
            fit: Fit::Letterbox { pad: 114 },
            filter: Filter::Plain,
            ..plain
        }
    }

    /// From the answer to a grey picture, how far the head is decoded.
    fn new(choice: &ModelChoice, contract: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        let (width, height) = (contract.width, contract.height);
        let refuse = |wanted: &str| Misread::expected(wanted, engine.outputs());
        let [output] = engine.outputs() else {
            return Err(refuse("one output"));
        };
        let Some((strides, columns)) = cells::strided(&output.shape, width, height) else {
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
        let answer = answer_to_grey(engine, contract)?;
        let rows = table(&answer, 0, cells.len(), columns)?;
        Ok(Self {
            decoded: is_decoded(&rows, &cells),
            logits: are_logits(rows.slice(s![.., BEFORE_CLASSES - 1..]).iter().copied()),
            cells,
            person_column,
        })
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        let rows = table(outputs, 0, self.cells.len(), self.person_column + 1)?;
        for (cell, row) in self.cells.iter().zip(rows.rows()) {
            let (objectness, person) = (row[BEFORE_CLASSES - 1], row[self.person_column]);
            let score = if self.logits {
                sigmoid(objectness) * sigmoid(person)
            } else {
                objectness * person
            };
            found.person(score, || {
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
                Rect::around(x, y, width / 2.0, height / 2.0)
            });
        }
        Ok(())
    }

    /// One output with rows of box (4), objectness and classes, for three strides or four; what is `NanoDet`'s or YOLOv8's is not.
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        let [only] = shapes.outputs else { return None };
        let columns = only.shape.last().copied().flatten()?;
        let is_cells = STRIDES
            .iter()
            .any(|strides| fits(&only.shape, shapes.cells(strides), columns));
        let others = Nanodet::recognise(shapes).is_some() || Yolov8::recognise(shapes).is_some();
        (is_cells && columns > BEFORE_CLASSES && !others)
            .then(|| Recognised::with_classes(columns - BEFORE_CLASSES))
    }
}
