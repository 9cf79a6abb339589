//! SSD whose graph ends in the layer `DetectionOutput`, as Intel's Open Model Zoo exports it (person-detection-0200, -0201,
//! person-detection-retail-0013, pedestrian-detection-adas-0002 and others; Apache-2.0; Liu et al. 2016, arXiv 1512.02325): boxes that
//! the network itself has decoded and suppressed in, boxes of the label `person` out.
//!
//! Contract and meaning of the output: the zoo's own pages (`models/intel/person-detection-0200/README.md`): channel values 0 to
//! 255, blue first, stretched; rows of [picture, label, score, left, top, right, bottom], edges in shares of the input's sides. Labels
//! are counted with the background, so that a person is 0 or 1: `person_class` says which.

use super::atss::{is_label, label, of_the_zoo};
use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::overlap::Rect;
use super::table::view;
use ndarray::ArrayD;
use vsa_engine::contract::InputContract;
use vsa_engine::{Engine, OutputInfo};
use vsa_plan::ModelChoice;

/// Picture, label, score, left, top, right, bottom.
const COLUMNS: usize = 7;

/// One model that ends so.
pub(crate) struct DetectionOutput {
    rows: usize,
    person: f32,
}

/// How many rows its one output has.
fn rows(outputs: &[OutputInfo]) -> Option<usize> {
    match outputs {
        [only] => match only.shape[..] {
            [Some(1), Some(1), Some(rows), Some(COLUMNS)] => Some(rows),
            _ => None,
        },
        _ => None,
    }
}

impl ModelFamily for DetectionOutput {
    const NAME: &'static str = "SSD with DetectionOutput";

    fn contract(plain: InputContract) -> InputContract {
        of_the_zoo(plain)
    }

    fn new(choice: &ModelChoice, _: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        let rows = rows(engine.outputs());
        Ok(Self {
            rows: rows.ok_or_else(|| Misread::expected("[1, 1, n, 7]", engine.outputs()))?,
            person: label(choice.person_class),
        })
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        let table = view(outputs, 0, self.rows, COLUMNS)?;
        let (wide, high) = found.input;
        // A picture of a number below 0 ends the list: what is after it was not written.
        for row in table.rows().into_iter().take_while(|row| row[0] >= 0.0) {
            if is_label(row[1], self.person) {
                found.person(row[2], || {
                    Rect::of([row[3], row[4], row[5], row[6]]).scaled(wide, high)
                });
            }
        }
        Ok(())
    }

    /// One output of rows of seven.
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        rows(shapes.outputs).map(|_| Recognised::sure())
    }
}
