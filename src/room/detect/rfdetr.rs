//! RF-DETR (Roboflow 2025, Apache-2.0). In: as in `rtdetr.rs`, but pictures normalised by the statistics of ImageNet, and labels
//! numbered as COCO numbers its categories, from 1 to 90: `person` is 1. Out: boxes of `person`.
//!
//! The contract is that of `rfdetr/detr.py` (`predict`), the names of the outputs are those of `rfdetr/deploy/export.py`.

use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::rtdetr::{Fitted, Queries};
use ndarray::ArrayD;
use vsa_engine::Engine;
use vsa_engine::contract::InputContract;
use vsa_plan::ModelChoice;

/// Numbers of COCO's categories, and 0.
const COCO_LABELS: usize = 91;

/// One model.
pub(crate) struct RfDetr(Fitted);

/// By COCO's numbers; with labels of one's own, by the names that its exporter gives.
pub(crate) fn is_its_own(found: Queries, shapes: &Shapes<'_>) -> bool {
    let named = ["dets", "labels"]
        .iter()
        .all(|name| shapes.outputs.iter().any(|output| output.name == *name));
    found.labels == COCO_LABELS || named
}

impl ModelFamily for RfDetr {
    const NAME: &'static str = "RF-DETR";

    fn contract(plain: InputContract) -> InputContract {
        InputContract {
            mean: [123.675, 116.28, 103.53],
            std: [58.395, 57.12, 57.375],
            ..plain
        }
    }

    fn new(choice: &ModelChoice, _: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        Fitted::to(choice, engine).map(Self)
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        self.0.decode(outputs, found)
    }

    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        let found = Queries::recognise(shapes).filter(|found| is_its_own(*found, shapes))?;
        Some(match found.labels {
            COCO_LABELS => Recognised::with_classes(80).person_class(1),
            labels => Recognised::with_classes(labels),
        })
    }
}
