//! RTMDet (Lyu et al. 2022, arXiv 2212.07784; MMDetection, Apache-2.0), raw. In: for each of three strides a map of class logits
//! and a map of distances to the four sides, in input pixels. Out: boxes of the class `person`.
//!
//! The contract is that of `configs/rtmdet/rtmdet_l_8xb32-300e_coco.py` (blue first, the statistics of ImageNet, filled up with
//! grey at the right and below), decoding that of `mmdet/models/dense_heads/rtmdet_head.py`: distances count from the corner of
//! a cell, and the head has multiplied them by the stride. Deliberately not here: what MMDeploy exports (suppression inside the
//! graph), and what MMYOLO's easydeploy does (classes and distances in one map, which other heads have as well).

use super::cells::{self, Cell, sigmoid, table};
use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::overlap::Rect;
use super::probe::{answer_to_grey, are_logits};
use ndarray::{ArrayD, s};
use vsa_engine::contract::{Filter, Fit, InputContract};
use vsa_engine::{Engine, OutputInfo};
use vsa_plan::{ColourOrder, ModelChoice};

const STRIDES: [u32; 3] = [8, 16, 32];

/// One stride.
struct Level {
    logits: usize,
    distances: usize,
    cells: Vec<Cell>,
}

/// One model.
pub(crate) struct RtmDet {
    levels: Vec<Level>,
    person_column: usize,
    /// Whether scores come without their sigmoid.
    logits: bool,
}

/// Columns of a map of so many rows and columns of cells.
fn map_columns(output: &OutputInfo, width: u32, height: u32, stride: u32) -> Option<usize> {
    let (wide, high) = (cells::along(width, stride), cells::along(height, stride));
    match output.shape[..] {
        [Some(1) | None, Some(columns), Some(rows), Some(of_row)] => {
            ((rows, of_row) == (high, wide)).then_some(columns)
        }
        _ => None,
    }
}

/// Levels, and how many classes there are. Where there are four classes, both maps of a stride have four columns: the one that
/// comes first holds the classes, as the head returns them.
fn levels(outputs: &[OutputInfo], width: u32, height: u32) -> Option<(Vec<Level>, usize)> {
    if outputs.len() != 2 * STRIDES.len() {
        return None;
    }
    let mut levels = Vec::new();
    let mut all_classes = Vec::new();
    for stride in STRIDES {
        let maps = outputs.iter().enumerate().filter_map(|(index, output)| {
            map_columns(output, width, height, stride).map(|columns| (index, columns))
        });
        let maps: Vec<(usize, usize)> = maps.collect();
        let (logits, distances, classes) = match maps[..] {
            [(first, classes), (second, 4)] => (first, second, classes),
            [(first, 4), (second, classes)] => (second, first, classes),
            _ => return None,
        };
        all_classes.push(classes);
        levels.push(Level {
            logits,
            distances,
            cells: cells::cells(width, height, &[stride]),
        });
    }
    let classes = *all_classes.first()?;
    let alike = all_classes.iter().all(|columns| *columns == classes);
    alike.then_some((levels, classes))
}

impl ModelFamily for RtmDet {
    const NAME: &'static str = "RTMDet";

    fn contract(plain: InputContract) -> InputContract {
        InputContract {
            colour: ColourOrder::Bgr,
            mean: [103.53, 116.28, 123.675],
            std: [57.375, 57.12, 58.395],
            fit: Fit::Letterbox { pad: 114 },
            filter: Filter::Plain,
            ..plain
        }
    }

    fn new(choice: &ModelChoice, contract: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        let (width, height) = (contract.width, contract.height);
        let person_column = choice.person_class as usize;
        let found = levels(engine.outputs(), width, height).filter(|(_, classes)| person_column < *classes);
        let Some((levels, classes)) = found else {
            let wanted = format!(
                "a map of more than {person_column} classes and a map of four distances for each of the strides 8, 16, 32 of a \
                 {width}x{height} input"
            );
            return Err(Misread::expected(&wanted, engine.outputs()));
        };
        let answer = answer_to_grey(engine, contract)?;
        let mut logits = false;
        for level in &levels {
            let scores = table(&answer, level.logits, level.cells.len(), classes)?;
            logits |= are_logits(scores.slice(s![.., ..classes]).iter().copied());
        }
        Ok(Self {
            levels,
            person_column,
            logits,
        })
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        for level in &self.levels {
            let scores = table(outputs, level.logits, level.cells.len(), self.person_column + 1)?;
            let distances = table(outputs, level.distances, level.cells.len(), 4)?;
            for ((cell, scores), distance) in level.cells.iter().zip(scores.rows()).zip(distances.rows()) {
                let raw = scores[self.person_column];
                let score = if self.logits { sigmoid(raw) } else { raw };
                found.person(score, || {
                    let (x, y) = (cell.column * cell.stride, cell.row * cell.stride);
                    Rect::of([x - distance[0], y - distance[1], x + distance[2], y + distance[3]])
                });
            }
        }
        Ok(())
    }

    /// Six maps, where `NanoDet` in parts has six tables.
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        let (_, classes) = levels(shapes.outputs, shapes.width, shapes.height)?;
        Some(Recognised::with_classes(classes))
    }
}
