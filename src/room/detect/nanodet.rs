//! NanoDet and NanoDet-Plus (RangiLyu, Apache-2.0): a Generalized Focal Loss head (Li et al. 2020, arXiv 2006.04388).
//! In: class scores and, for each side of the box, a distribution over distances; either two outputs for each stride or
//! all in one. Out: boxes of the class `person`.
//!
//! Outputs are recognised by shape: names and order differ between exporters. Whether scores still need their sigmoid is
//! asked of the network itself (see `probe.rs`).

use super::cells::{self, Cell, STRIDES, sigmoid, table};
use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::overlap::Rect;
use super::picodet;
use super::probe::{answer_to_grey, are_logits};
use super::table::fits;
use ndarray::{ArrayD, ArrayView1, s};
use std::ops::Range;
use vsa_engine::contract::{Filter, Fit, InputContract};
use vsa_engine::{Engine, OutputInfo};
use vsa_plan::{ColourOrder, ModelChoice};

/// Distances 0 to 7 in strides, for four sides: NanoDet's usual head. NanoDet-g has 0 to 10.
const USUAL_DISTANCES: usize = 4 * 8;
const OTHER_DISTANCES: usize = 4 * 11;

/// Where one level's class scores and distances are.
struct Level {
    /// Index of the output with the class scores, and of the one with the distances.
    scores: usize,
    distances: usize,
    /// Rows of both, and the one of the first cell.
    rows: usize,
    first: usize,
    /// Columns of the distances: a few bins for each of four sides.
    bins: Range<usize>,
    cells: Vec<Cell>,
}

/// One NanoDet model.
pub(crate) struct Nanodet {
    levels: Vec<Level>,
    person_column: usize,
    /// What is added to a cell's column and row to get its centre.
    centre: f32,
    logits: bool,
}

/// Levels, and how many classes there are.
type Found = (Vec<Level>, usize);

/// One output: rows of class scores and distances, all levels one after the other.
fn in_one(output: &OutputInfo, width: u32, height: u32) -> Option<Found> {
    let (strides, columns) = cells::strided(&output.shape, width, height)?;
    let classes = columns
        .checked_sub(USUAL_DISTANCES)
        .filter(|classes| *classes > 0)?;
    let rows = cells::total(width, height, strides);
    let levels = (0..strides.len()).map(|at| Level {
        scores: 0,
        distances: 0,
        rows,
        first: cells::total(width, height, &strides[..at]),
        bins: classes..columns,
        cells: cells::cells(width, height, &strides[at..=at]),
    });
    Some((levels.collect(), classes))
}

/// Two outputs for each level, in any order.
fn in_pairs(outputs: &[OutputInfo], width: u32, height: u32) -> Option<Found> {
    let strides = STRIDES
        .iter()
        .find(|strides| 2 * strides.len() == outputs.len())?;
    let (mut levels, mut all_classes) = (Vec::new(), Vec::new());
    for &stride in *strides {
        let cells = cells::cells(width, height, &[stride]);
        let mut of_level = outputs.iter().enumerate().filter_map(|(index, output)| {
            cells::columns(&output.shape, cells.len()).map(|columns| (index, columns))
        });
        let pair = [of_level.next()?, of_level.next()?];
        if of_level.next().is_some() {
            return None;
        }
        let [distances, scores] = told_apart(pair, outputs)?;
        all_classes.push(scores.1);
        levels.push(Level {
            scores: scores.0,
            distances: distances.0,
            rows: cells.len(),
            first: 0,
            bins: 0..distances.1,
            cells,
        });
    }
    let classes = *all_classes.first()?;
    let alike = all_classes.iter().all(|columns| *columns == classes);
    alike.then_some((levels, classes))
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
    const NAME: &'static str = "NanoDet";

    /// Of the published configurations: `ImageNet` statistics, blue first, black filling.
    fn contract(plain: InputContract) -> InputContract {
        InputContract {
            colour: ColourOrder::Bgr,
            mean: [103.53, 116.28, 123.675],
            std: [57.375, 57.12, 58.395],
            fit: Fit::Letterbox { pad: 0 },
            filter: Filter::Plain,
            ..plain
        }
    }

    fn new(choice: &ModelChoice, contract: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        let outputs = engine.outputs();
        let (width, height) = (contract.width, contract.height);
        let found = match outputs {
            [single] => in_one(single, width, height),
            several => in_pairs(several, width, height),
        };
        let Some((levels, classes)) = found else {
            let wanted = format!(
                "class scores and distances for each cell of a {width}x{height} input at strides 8, 16, 32 (and 64)"
            );
            return Err(Misread::expected(&wanted, outputs));
        };
        let person_column = choice.person_class as usize;
        if person_column >= classes {
            let wanted = format!("more than {person_column} classes");
            return Err(Misread::expected(&wanted, outputs));
        }
        let answer = answer_to_grey(engine, contract)?;
        let mut logits = false;
        for level in &levels {
            let scores = table(&answer, level.scores, level.rows, classes)?;
            logits |= are_logits(scores.slice(s![.., ..classes]).iter().copied());
        }
        // NanoDet-Plus, which alone has a fourth level, puts centres on the cells' corners; its predecessors in the
        // middle of the cells.
        let centre = if levels.len() == 4 { 0.0 } else { 0.5 };
        Ok(Self {
            levels,
            person_column,
            centre,
            logits,
        })
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        for level in &self.levels {
            let scores = table(outputs, level.scores, level.rows, self.person_column + 1)?;
            let distances = table(outputs, level.distances, level.rows, level.bins.end)?;
            for (row, cell) in (level.first..).zip(&level.cells) {
                let raw = scores[[row, self.person_column]];
                let score = if self.logits { sigmoid(raw) } else { raw };
                found.person(score, || {
                    self.place(cell, distances.slice(s![row, level.bins.clone()]))
                });
            }
        }
        Ok(())
    }

    /// Box distances: a distribution over 8 distances (`reg_max` 7) for each of four sides; `NanoDet-g` has 11.
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        match shapes.outputs {
            [only] => recognise_in_one(only, shapes),
            several if several.len() == picodet::OUTPUTS => None,
            _ => recognise_in_parts(shapes),
        }
    }
}

impl Nanodet {
    /// The same head, whose boxes lie around the middle of each cell at every number of strides.
    pub(crate) fn around_the_middle(
        choice: &ModelChoice,
        contract: &InputContract,
        engine: &dyn Engine,
    ) -> Result<Self, Misread> {
        Ok(Self {
            centre: 0.5,
            ..Self::new(choice, contract, engine)?
        })
    }

    /// The box around a cell, whose sides lie at the expected distances.
    fn place(&self, cell: &Cell, bins: ArrayView1<'_, f32>) -> Rect {
        let per_side = bins.len() / 4;
        let mut distances = [0.0; 4];
        for (side, distance) in distances.iter_mut().enumerate() {
            let side = bins.slice(s![side * per_side..(side + 1) * per_side]);
            *distance = expectation(side) * cell.stride;
        }
        let x = (cell.column + self.centre) * cell.stride;
        let y = (cell.row + self.centre) * cell.stride;
        let [left, top, right, bottom] = distances;
        Rect::of([x - left, y - top, x + right, y + bottom])
    }
}

/// The mean of a distribution over 0, 1, 2, … that is given by its logits.
fn expectation(logits: ArrayView1<'_, f32>) -> f32 {
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

/// Rows of classes and box distributions, for three strides; `NanoDet`-Plus has a fourth.
fn recognise_in_one(only: &OutputInfo, shapes: &Shapes<'_>) -> Option<Recognised> {
    let columns = only.shape.last().copied().flatten()?;
    let rows_are = |strides: &[u32]| fits(&only.shape, shapes.cells(strides), columns);
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
pub(crate) fn recognise_in_parts(shapes: &Shapes<'_>) -> Option<Recognised> {
    let outputs = shapes.outputs;
    let strides = STRIDES
        .into_iter()
        .find(|strides| outputs.len() == 2 * strides.len())?;
    let finest = shapes.cells(&strides[..1]);
    let mut at_finest = outputs.iter().filter_map(|output| {
        let columns = output.shape.last().copied().flatten();
        columns.filter(|columns| fits(&output.shape, finest, *columns))
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
