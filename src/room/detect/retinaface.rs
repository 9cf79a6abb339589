//! RetinaFace (Deng et al. 2019) as biubug6's Pytorch_Retinaface trains and exports it, MobileNet0.25 or ResNet50: for
//! each prior a coded box, two class scores and five coded landmarks. Three tensors in, boxes with landmarks out.
//!
//! The three outputs are told apart by their last axis (4, 2, 10), in any order. Scores may be logits or
//! probabilities: the sums of the rows tell. Only the class table depends on that, so a wrong guess is not possible for
//! a table in which every row sums to one.

use super::anchors::{Level, Prior, prior_count, priors};
use super::family::InputBox;
use super::family::ModelFamily;
use super::identify::{Recognised, Shapes};
use super::load::{Prepared, onnx};
use super::table::{OutputFinder, checked_score, push, rows_are_probabilities, second_of_two, view};
use ndarray::ArrayD;
use std::sync::Arc;
use vsa_engine::contract::{Filter, Fit, InputContract, Layout};
use vsa_engine::{EngineError, OutputInfo};
use vsa_plan::{ColourOrder, EngineChoice, ModelChoice};

const NAME: &str = "RetinaFace";
/// The publisher's table (data/config.py).
pub(crate) const LEVELS: [Level; 3] = [
    Level {
        stride: 8,
        sides: &[16, 32],
    },
    Level {
        stride: 16,
        sides: &[64, 128],
    },
    Level {
        stride: 32,
        sides: &[256, 512],
    },
];

/// One RetinaFace model.
pub(crate) struct RetinaFace {
    model: String,
    contract: InputContract,
    priors: Vec<Prior>,
    boxes: usize,
    scores: usize,
    points: usize,
}

impl RetinaFace {
    /// What goes in, as the publisher trained it, where `choice` does not say otherwise.
    pub(crate) fn contract(choice: &ModelChoice) -> Result<InputContract, EngineError> {
        let (width, height) = choice.input_size;
        InputContract {
            width,
            height,
            colour: ColourOrder::Bgr,
            mean: [104.0, 117.0, 123.0],
            std: [1.0; 3],
            layout: Layout::Nchw,
            // It was trained on pictures filled up with the mean colour.
            fit: Fit::Letterbox { pad: 115 },
            filter: Filter::Antialiased,
        }
        .chosen(choice)
    }

    /// Checks that `outputs` are those of a RetinaFace at the chosen input size.
    pub(crate) fn new(choice: &ModelChoice, outputs: &[OutputInfo]) -> Result<Self, EngineError> {
        let (width, height) = choice.input_size;
        let count = prior_count(width, height, &LEVELS);
        let mut finder = OutputFinder::new(&choice.name, NAME, outputs);
        let boxes = finder.table(count, 4, "loc")?;
        let scores = finder.table(count, 2, "conf")?;
        let points = finder.table(count, 10, "land")?;
        let priors = priors(width, height, &LEVELS, false);
        Ok(Self {
            model: choice.name.clone(),
            contract: Self::contract(choice)?,
            priors,
            boxes,
            scores,
            points,
        })
    }
}

impl ModelFamily for RetinaFace {
    fn contract(&self) -> &InputContract {
        &self.contract
    }

    fn decode(
        &self,
        outputs: &[ArrayD<f32>],
        threshold: f32,
        out: &mut Vec<InputBox>,
    ) -> Result<(), EngineError> {
        let table = |index, columns| view(outputs, index, self.priors.len(), columns, &self.model, NAME);
        let (boxes, scores, points) = (
            table(self.boxes, 4)?,
            table(self.scores, 2)?,
            table(self.points, 10)?,
        );
        let probabilities = rows_are_probabilities(&scores);
        for (row, prior) in self.priors.iter().enumerate() {
            let score = second_of_two(scores[[row, 0]], scores[[row, 1]], probabilities);
            let score = checked_score(score, &self.model)?;
            if score < threshold {
                continue;
            }
            let rect = prior.decode([boxes[[row, 0]], boxes[[row, 1]], boxes[[row, 2]], boxes[[row, 3]]]);
            let landmarks =
                std::array::from_fn(|n| prior.decode_point(points[[row, 2 * n]], points[[row, 2 * n + 1]]));
            push(&self.contract, rect, score, Some(landmarks), out);
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
    let engine = onnx(choice, bytes, on, &RetinaFace::contract(choice)?)?;
    let family = RetinaFace::new(choice, engine.outputs())?;
    Ok((engine, Arc::new(family)))
}

/// Boxes, scores and landmarks, a row for each of its own priors.
pub(crate) fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
    let count = prior_count(shapes.width, shapes.height, &LEVELS);
    shapes
        .are_tables(&[(count, 4), (count, 2), (count, 10)])
        .then(Recognised::sure)
}
