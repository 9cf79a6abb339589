//! RetinaFace (Deng et al. 2019) as biubug6's Pytorch_Retinaface trains and exports it, MobileNet0.25 or ResNet50: for
//! each prior a coded box, two class scores and five coded landmarks. Three tensors in, boxes with landmarks out.
//!
//! The three outputs are told apart by their last axis (4, 2, 10), in any order. Scores may be logits or
//! probabilities: the sums of the rows tell. Only the class table depends on that, so a wrong guess is not possible for
//! a table in which every row sums to one.

use super::anchors::{Level, Prior, prior_count, priors};
use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::table::{OutputFinder, of_the_second_class, view};
use ndarray::ArrayD;
use vsa_engine::Engine;
use vsa_engine::contract::{Fit, InputContract};
use vsa_plan::{ColourOrder, ModelChoice};

/// The publisher's table (data/config.py).
const LEVELS: [Level; 3] = [
    Level::of(8, &[16, 32]),
    Level::of(16, &[64, 128]),
    Level::of(32, &[256, 512]),
];

/// One RetinaFace model.
pub(crate) struct RetinaFace {
    boxes: usize,
    scores: usize,
    points: usize,
    priors: Vec<Prior>,
}

impl ModelFamily for RetinaFace {
    const NAME: &'static str = "RetinaFace";

    fn contract(plain: InputContract) -> InputContract {
        InputContract {
            colour: ColourOrder::Bgr,
            mean: [104.0, 117.0, 123.0],
            // It was trained on pictures filled up with the mean colour.
            fit: Fit::Letterbox { pad: 115 },
            ..plain
        }
    }

    fn new(_: &ModelChoice, contract: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        let priors = priors(contract.width, contract.height, &LEVELS, false);
        let mut finder = OutputFinder::new(engine.outputs());
        Ok(Self {
            boxes: finder.table(priors.len(), 4, "loc")?,
            scores: finder.table(priors.len(), 2, "conf")?,
            points: finder.table(priors.len(), 10, "land")?,
            priors,
        })
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        let table = |index, columns| view(outputs, index, self.priors.len(), columns);
        let (boxes, scores) = (table(self.boxes, 4)?, table(self.scores, 2)?);
        let points = table(self.points, 10)?;
        for (row, (prior, score)) in self.priors.iter().zip(of_the_second_class(&scores)).enumerate() {
            found.face(score, || {
                let point = |n| prior.decode_point(points[[row, 2 * n]], points[[row, 2 * n + 1]]);
                (prior.decode(boxes.row(row)), Some(std::array::from_fn(point)))
            })?;
        }
        Ok(())
    }

    /// Boxes, scores and landmarks, a row for each of its own priors.
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        let count = prior_count(shapes.width, shapes.height, &LEVELS);
        shapes
            .are_tables(&[(count, 4), (count, 2), (count, 10)])
            .then(Recognised::sure)
    }
}
