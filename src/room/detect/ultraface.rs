//! UltraFace (Linzaer, "Ultra-Light-Fast-Generic-Face-Detector-1MB", slim and RFB): scores and boxes of all priors in,
//! boxes out; no landmarks.
//!
//! Two kinds of export exist. In one the boxes are corners in shares of the input; in the other ("without
//! postprocessing") they are offsets from prior boxes. Nothing in the file says which, the numbers do: a decoded
//! box never ends before it begins, and of thousands of raw offsets about half would.

use super::anchors::{Level, Prior, prior_count, priors};
use super::family::InputBox;
use super::family::ModelFamily;
use super::identify::{Recognised, Shapes};
use super::load::{Prepared, onnx};
use super::overlap::Rect;
use super::table::{OutputFinder, checked_score, push, rows_are_probabilities, second_of_two, view};
use ndarray::{ArrayD, CowArray, Ix2};
use std::sync::Arc;
use vsa_engine::contract::{Filter, Fit, InputContract, Layout};
use vsa_engine::{EngineError, OutputInfo};
use vsa_plan::{ColourOrder, EngineChoice, ModelChoice};

const NAME: &str = "UltraFace";
/// The publisher's table (vision/ssd/config/fd_config.py).
pub(crate) const LEVELS: [Level; 4] = [
    Level {
        stride: 8,
        sides: &[10, 16, 24],
    },
    Level {
        stride: 16,
        sides: &[32, 48],
    },
    Level {
        stride: 32,
        sides: &[64, 96],
    },
    Level {
        stride: 64,
        sides: &[128, 192, 256],
    },
];

/// One UltraFace model.
pub(crate) struct UltraFace {
    model: String,
    contract: InputContract,
    priors: Vec<Prior>,
    scores: usize,
    boxes: usize,
}

impl UltraFace {
    /// What goes in, as the publisher trained it, where `choice` does not say otherwise.
    pub(crate) fn contract(choice: &ModelChoice) -> Result<InputContract, EngineError> {
        let (width, height) = choice.input_size;
        InputContract {
            width,
            height,
            colour: ColourOrder::Rgb,
            mean: [127.0; 3],
            std: [128.0; 3],
            layout: Layout::Nchw,
            fit: Fit::Stretch,
            filter: Filter::Antialiased,
        }
        .chosen(choice)
    }

    /// Checks that `outputs` are those of an UltraFace at the chosen input size.
    pub(crate) fn new(choice: &ModelChoice, outputs: &[OutputInfo]) -> Result<Self, EngineError> {
        let (width, height) = choice.input_size;
        let count = prior_count(width, height, &LEVELS);
        let mut finder = OutputFinder::new(&choice.name, NAME, outputs);
        let scores = finder.table(count, 2, "score")?;
        let boxes = finder.table(count, 4, "box")?;
        Ok(Self {
            model: choice.name.clone(),
            contract: Self::contract(choice)?,
            priors: priors(width, height, &LEVELS, true),
            scores,
            boxes,
        })
    }
}

/// Whether a table of boxes holds corners rather than offsets from priors. A hundredth of the rows may be degenerate.
fn are_corners(boxes: &CowArray<'_, f32, Ix2>) -> bool {
    let backwards = boxes
        .rows()
        .into_iter()
        .filter(|row| row[2] < row[0] || row[3] < row[1])
        .count();
    backwards * 100 <= boxes.nrows()
}

impl ModelFamily for UltraFace {
    fn contract(&self) -> &InputContract {
        &self.contract
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "an input side is far below 2^24 pixels"
    )]
    fn decode(
        &self,
        outputs: &[ArrayD<f32>],
        threshold: f32,
        out: &mut Vec<InputBox>,
    ) -> Result<(), EngineError> {
        let scores = view(outputs, self.scores, self.priors.len(), 2, &self.model, NAME)?;
        let boxes = view(outputs, self.boxes, self.priors.len(), 4, &self.model, NAME)?;
        let probabilities = rows_are_probabilities(&scores);
        let corners = are_corners(&boxes);
        let (width, height) = (self.contract.width as f32, self.contract.height as f32);
        for (row, prior) in self.priors.iter().enumerate() {
            let score = second_of_two(scores[[row, 0]], scores[[row, 1]], probabilities);
            let score = checked_score(score, &self.model)?;
            if score < threshold {
                continue;
            }
            let coded = [boxes[[row, 0]], boxes[[row, 1]], boxes[[row, 2]], boxes[[row, 3]]];
            let rect = if corners {
                Rect {
                    left: coded[0] * width,
                    top: coded[1] * height,
                    right: coded[2] * width,
                    bottom: coded[3] * height,
                }
            } else {
                prior.decode(coded)
            };
            push(&self.contract, rect, score, None, out);
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
    let engine = onnx(choice, bytes, on, &UltraFace::contract(choice)?)?;
    let family = UltraFace::new(choice, engine.outputs())?;
    Ok((engine, Arc::new(family)))
}

/// Scores and boxes, a row for each of its own priors.
pub(crate) fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
    let count = prior_count(shapes.width, shapes.height, &LEVELS);
    shapes
        .are_tables(&[(count, 2), (count, 4)])
        .then(Recognised::sure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn corners_in_shares_and_offsets_from_priors_are_told_apart_by_the_boxes_that_end_before_they_begin() {
        let mut corners = Array2::<f32>::zeros((1000, 4));
        for mut row in corners.rows_mut() {
            row[2] = 0.5;
            row[3] = 0.5;
        }
        assert!(are_corners(&CowArray::from(corners.view())));
        for row in 0..11 {
            corners[[row, 2]] = -0.1;
        }
        assert!(!are_corners(&CowArray::from(corners.view())));
    }
}
