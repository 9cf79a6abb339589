//! UltraFace (Linzaer, "Ultra-Light-Fast-Generic-Face-Detector-1MB", slim and RFB): scores and boxes of all priors in,
//! boxes out; no landmarks.
//!
//! Two kinds of export exist. In one the boxes are corners in shares of the input; in the other ("without
//! postprocessing") they are offsets from prior boxes. Nothing in the file says which, the numbers do: a decoded
//! box never ends before it begins, and of thousands of raw offsets about half would.

use super::anchors::{Level, Prior, prior_count, priors};
use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::overlap::Rect;
use super::table::{OutputFinder, of_the_second_class, view};
use ndarray::{ArrayD, CowArray, Ix2};
use vsa_engine::Engine;
use vsa_engine::contract::InputContract;
use vsa_plan::ModelChoice;

/// The publisher's table (vision/ssd/config/fd_config.py).
const LEVELS: [Level; 4] = [
    Level::of(8, &[10, 16, 24]),
    Level::of(16, &[32, 48]),
    Level::of(32, &[64, 96]),
    Level::of(64, &[128, 192, 256]),
];

/// One UltraFace model.
pub(crate) struct UltraFace {
    scores: usize,
    boxes: usize,
    priors: Vec<Prior>,
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
    const NAME: &'static str = "UltraFace";

    fn contract(plain: InputContract) -> InputContract {
        InputContract {
            mean: [127.0; 3],
            std: [128.0; 3],
            ..plain
        }
    }

    fn new(_: &ModelChoice, contract: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        let priors = priors(contract.width, contract.height, &LEVELS, true);
        let mut finder = OutputFinder::new(engine.outputs());
        Ok(Self {
            scores: finder.table(priors.len(), 2, "score")?,
            boxes: finder.table(priors.len(), 4, "box")?,
            priors,
        })
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        let scores = view(outputs, self.scores, self.priors.len(), 2)?;
        let boxes = view(outputs, self.boxes, self.priors.len(), 4)?;
        let corners = are_corners(&boxes);
        let (width, height) = found.input;
        for (row, (prior, score)) in self.priors.iter().zip(of_the_second_class(&scores)).enumerate() {
            found.face(score, || {
                let coded = boxes.row(row);
                let rect = if corners {
                    Rect::of([coded[0], coded[1], coded[2], coded[3]]).scaled(width, height)
                } else {
                    prior.decode(coded)
                };
                (rect, None)
            })?;
        }
        Ok(())
    }

    /// Scores and boxes, a row for each of its own priors.
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        let count = prior_count(shapes.width, shapes.height, &LEVELS);
        shapes
            .are_tables(&[(count, 2), (count, 4)])
            .then(Recognised::sure)
    }
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
