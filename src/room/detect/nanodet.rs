//! NanoDet and NanoDet-Plus (RangiLyu, Apache-2.0): a Generalized Focal Loss head (Li et al. 2020, arXiv 2006.04388).
//! In: class scores and, for each side of the box, a distribution over distances; either two outputs for each stride or
//! all in one. Out: boxes of the class `person`.
//!
//! Outputs are recognised by shape: names and order differ between exporters. Whether scores still need their sigmoid is
//! asked of the network itself (see `probe.rs`).

use super::cells::{self, Cell, sigmoid, table};
use super::family::InputBox;
use super::family::ModelFamily;
use super::identify::{Recognised, Shapes};
use super::load::{Prepared, misshapen, onnx};
use super::overlap::Rect;
use super::probe::{answer_to_grey, are_logits};
use ndarray::{ArrayD, ArrayView2, s};
use std::sync::Arc;
use vsa_engine::contract::{Filter, Fit, InputContract, Layout};
use vsa_engine::{Engine, EngineError, OutputInfo};
use vsa_plan::{ColourOrder, EngineChoice, ModelChoice};

const STRIDES: [&[u32]; 2] = [&[8, 16, 32], &[8, 16, 32, 64]];
const NAME: &str = "NanoDet";
/// Distances 0 to 7 in strides, for four sides: NanoDet's usual head. NanoDet-g has 0 to 10.
const USUAL_DISTANCES: usize = 4 * 8;
const OTHER_DISTANCES: usize = 4 * 11;

/// The input contract of NanoDet's published configurations: `ImageNet` statistics, blue first, black filling.
pub(crate) fn contract(choice: &ModelChoice) -> Result<InputContract, EngineError> {
    InputContract {
        width: choice.input_size.0,
        height: choice.input_size.1,
        colour: ColourOrder::Bgr,
        mean: [103.53, 116.28, 123.675],
        std: [57.375, 57.12, 58.395],
        layout: Layout::Nchw,
        fit: Fit::Letterbox { pad: 0 },
        filter: Filter::Plain,
    }
    .chosen(choice)
}

/// Where one level's class scores and distances are.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Level {
    stride: u32,
    cells: usize,
    /// Index of the output with the class scores, and of its first cell there.
    scores: (usize, usize),
    /// Index of the output with the distances, of its first cell there and of its first column.
    distances: (usize, usize, usize),
    /// Four times the number of bins.
    distance_columns: usize,
}

/// One NanoDet model.
pub(crate) struct Nanodet {
    contract: InputContract,
    levels: Vec<Level>,
    /// Number of cells in each output.
    cells_of_output: Vec<usize>,
    person_column: usize,
    /// What is added to a cell's column and row to get its centre.
    centre: f32,
    logits: bool,
}

impl Nanodet {
    /// Recognises the head by its shapes.
    pub(crate) fn new(
        choice: &ModelChoice,
        contract: InputContract,
        engine: &dyn Engine,
    ) -> Result<Self, EngineError> {
        let outputs = engine.outputs();
        let refuse = |wanted: &str| misshapen(&choice.name, NAME, wanted, outputs);
        let (width, height) = (contract.width, contract.height);
        let found = match outputs {
            [single] => in_one(single, width, height),
            several => in_pairs(several, width, height),
        };
        let Some((levels, cells_of_output, classes)) = found else {
            return Err(refuse(&format!(
                "class scores and distances for each cell of a {width}x{height} input at strides 8, 16, 32 (and 64)"
            )));
        };
        let person_column = choice.person_class as usize;
        if person_column >= classes {
            return Err(refuse(&format!("more than {person_column} classes")));
        }
        let answer = answer_to_grey(engine, &contract)?;
        let mut logits = false;
        for level in &levels {
            let rows = answer
                .get(level.scores.0)
                .and_then(|tensor| table(tensor, cells_of_output[level.scores.0]));
            let rows = rows.ok_or_else(|| refuse("the shapes that the file declares"))?;
            logits |= are_logits(rows.slice(s![.., ..classes]).iter().copied());
        }
        // NanoDet-Plus, which alone has a fourth level, puts centres on the cells' corners; its predecessors in the
        // middle of the cells.
        let centre = if levels.len() == 4 { 0.0 } else { 0.5 };
        Ok(Self {
            contract,
            levels,
            cells_of_output,
            person_column,
            centre,
            logits,
        })
    }
}

type Found = (Vec<Level>, Vec<usize>, usize);

/// One output: rows of class scores and distances, all levels one after the other.
fn in_one(output: &OutputInfo, width: u32, height: u32) -> Option<Found> {
    STRIDES.iter().find_map(|strides| {
        let total = strides
            .iter()
            .map(|stride| cells::count(width, height, *stride))
            .sum();
        let columns = cells::columns(&output.shape, total)?;
        let classes = columns
            .checked_sub(USUAL_DISTANCES)
            .filter(|classes| *classes > 0)?;
        let mut first = 0;
        let levels = strides
            .iter()
            .map(|&stride| {
                let cells = cells::count(width, height, stride);
                let level = Level {
                    stride,
                    cells,
                    scores: (0, first),
                    distances: (0, first, classes),
                    distance_columns: USUAL_DISTANCES,
                };
                first += cells;
                level
            })
            .collect();
        Some((levels, vec![total], classes))
    })
}

/// Two outputs for each level, in any order.
fn in_pairs(outputs: &[OutputInfo], width: u32, height: u32) -> Option<Found> {
    let strides = STRIDES
        .iter()
        .find(|strides| 2 * strides.len() == outputs.len())?;
    let mut cells_of_output = vec![0; outputs.len()];
    let mut pairs = Vec::new();
    for &stride in *strides {
        let cells = cells::count(width, height, stride);
        let mut of_level = outputs.iter().enumerate().filter_map(|(index, output)| {
            cells::columns(&output.shape, cells).map(|columns| (index, columns))
        });
        let pair = [of_level.next()?, of_level.next()?];
        if of_level.next().is_some() {
            return None;
        }
        for (index, _) in pair {
            cells_of_output[index] = cells;
        }
        pairs.push((stride, cells, pair));
    }
    let mut levels = Vec::new();
    let mut all_classes = Vec::new();
    for (stride, cells, pair) in pairs {
        let [distances, scores] = told_apart(pair, outputs)?;
        levels.push(Level {
            stride,
            cells,
            scores: (scores.0, 0),
            distances: (distances.0, 0, 0),
            distance_columns: distances.1,
        });
        all_classes.push(scores.1);
    }
    let classes = *all_classes.first()?;
    let alike = all_classes.iter().all(|columns| *columns == classes);
    alike.then_some((levels, cells_of_output, classes))
}

/// The distances of a pair first. By the number of columns, and where both could be distances, by name.
fn told_apart(pair: [(usize, usize); 2], outputs: &[OutputInfo]) -> Option<[(usize, usize); 2]> {
    let [first, second] = pair;
    for columns in [USUAL_DISTANCES, OTHER_DISTANCES] {
        match (first.1 == columns, second.1 == columns) {
            (true, false) => return Some([first, second]),
            (false, true) => return Some([second, first]),
            (true, true) => {
                let is_class = |index: usize| outputs[index].name.to_lowercase().contains("cls");
                return match (is_class(first.0), is_class(second.0)) {
                    (false, true) => Some([first, second]),
                    (true, false) => Some([second, first]),
                    _ => None,
                };
            }
            (false, false) => {}
        }
    }
    None
}

impl ModelFamily for Nanodet {
    fn contract(&self) -> &InputContract {
        &self.contract
    }

    fn decode(
        &self,
        outputs: &[ArrayD<f32>],
        threshold: f32,
        out: &mut Vec<InputBox>,
    ) -> Result<(), EngineError> {
        let tables: Option<Vec<ArrayView2<'_, f32>>> = (self.cells_of_output.iter().zip(outputs))
            .map(|(cells, tensor)| table(tensor, *cells))
            .collect();
        let tables = tables.filter(|tables| tables.len() == self.cells_of_output.len());
        let Some(tables) = tables.filter(|tables| self.levels.iter().all(|level| self.fits(level, tables)))
        else {
            return Err(EngineError::Run {
                reason: "NanoDet's outputs changed their shape".to_owned(),
            });
        };
        for level in &self.levels {
            let grid = cells::cells(self.contract.width, self.contract.height, &[level.stride]);
            for (index, cell) in grid.iter().enumerate() {
                let raw = tables[level.scores.0][[level.scores.1 + index, self.person_column]];
                let score = if self.logits { sigmoid(raw) } else { raw };
                if score < threshold || score.is_nan() {
                    continue;
                }
                let (output, first_row, first_column) = level.distances;
                let bins = tables[output].slice(s![
                    first_row + index,
                    first_column..first_column + level.distance_columns
                ]);
                out.push(InputBox {
                    rect: self.place(cell, bins),
                    score,
                    landmarks: None,
                });
            }
        }
        Ok(())
    }
}

impl Nanodet {
    fn fits(&self, level: &Level, tables: &[ArrayView2<'_, f32>]) -> bool {
        let (output, _, first_column) = level.distances;
        tables[level.scores.0].ncols() > self.person_column
            && tables[output].ncols() >= first_column + level.distance_columns
    }

    /// The box around a cell, whose sides lie at the expected distances.
    fn place(&self, cell: &Cell, bins: ndarray::ArrayView1<'_, f32>) -> Rect {
        let per_side = bins.len() / 4;
        let mut distances = [0.0; 4];
        for (side, distance) in distances.iter_mut().enumerate() {
            let side = bins.slice(s![side * per_side..(side + 1) * per_side]);
            *distance = expectation(side) * cell.stride;
        }
        let x = (cell.column + self.centre) * cell.stride;
        let y = (cell.row + self.centre) * cell.stride;
        let [left, top, right, bottom] = distances;
        Rect {
            left: x - left,
            top: y - top,
            right: x + right,
            bottom: y + bottom,
        }
    }
}

/// The mean of a distribution over 0, 1, 2, … that is given by its logits.
fn expectation(logits: ndarray::ArrayView1<'_, f32>) -> f32 {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let (mut total, mut weighted, mut place) = (0.0, 0.0, 0.0);
    for logit in logits {
        let weight = (logit - highest).exp();
        total += weight;
        weighted += weight * place;
        place += 1.0;
    }
    weighted / total
}

/// The engine at this family's contract, and the family, which checks the engine's outputs.
pub(crate) fn prepare(
    choice: &ModelChoice,
    bytes: &[u8],
    on: &EngineChoice,
) -> Result<Prepared, EngineError> {
    let contract = contract(choice)?;
    let engine = onnx(choice, bytes, on, &contract)?;
    let family = Nanodet::new(choice, contract, engine.as_ref())?;
    Ok((engine, Arc::new(family)))
}

/// Box distances: a distribution over 8 distances (`reg_max` 7) for each of four sides; `NanoDet-g` has 11.
pub(crate) fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
    match shapes.outputs {
        [only] => recognise_in_one(only, shapes),
        several => recognise_in_parts(several, shapes),
    }
}

/// Rows of classes and box distributions, for three strides; `NanoDet`-Plus has a fourth.
fn recognise_in_one(only: &OutputInfo, shapes: &Shapes<'_>) -> Option<Recognised> {
    let columns = only.shape.last().copied().flatten()?;
    let rows_are = |strides: &[u32]| super::table::fits(&only.shape, shapes.cells(strides), columns);
    let [three, four] = STRIDES.map(rows_are);
    let classes = columns
        .checked_sub(USUAL_DISTANCES)
        .filter(|classes| *classes > 0)?;
    // YOLOX of COCO or of one class with a fourth stride exists, NanoDet-Plus always has one.
    if four && columns != 5 + 80 {
        return Some(Recognised::with_classes(classes));
    }
    if !(three || four) {
        return None;
    }
    // 112 columns: 80 classes of COCO and a box of NanoDet, or a YOLOX of 107 classes, which nobody has seen. One
    // class: 33 columns, or a YOLOX of 28 classes; YOLOX calls its input `images`.
    match classes {
        80 => Some(Recognised::with_classes(classes)),
        1 if shapes.input != "images" => {
            Some(Recognised::with_classes(classes).noting("a YOLOX of 28 classes would look the same"))
        }
        _ => None,
    }
}

/// One class and one box output for each of three or four strides.
fn recognise_in_parts(outputs: &[OutputInfo], shapes: &Shapes<'_>) -> Option<Recognised> {
    let strides = STRIDES
        .into_iter()
        .find(|strides| outputs.len() == 2 * strides.len())?;
    let finest = shapes.cells(&strides[..1]);
    let mut at_finest = outputs.iter().filter_map(|output| {
        let columns = output.shape.last().copied().flatten();
        columns.filter(|columns| super::table::fits(&output.shape, finest, *columns))
    });
    let pair = [at_finest.next()?, at_finest.next()?];
    [USUAL_DISTANCES, OTHER_DISTANCES]
        .into_iter()
        .find_map(|distances| {
            let classes = match pair {
                [first, second] if first == distances => second,
                [first, second] if second == distances => first,
                _ => return None,
            };
            let wanted: Vec<(usize, usize)> = strides
                .iter()
                .map(|stride| shapes.cells(&[*stride]))
                .flat_map(|cells| [(cells, classes), (cells, distances)])
                .collect();
            shapes
                .are_tables(&wanted)
                .then(|| Recognised::with_classes(classes))
        })
}
