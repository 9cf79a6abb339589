//! RT-DETR (Zhao et al. 2023, arXiv 2304.08069, Apache-2.0) and D-FINE (Peng et al. 2024, arXiv 2410.13842, Apache-2.0), as Hugging
//! Face exports them. In: for each query a logit of each label, and a box as shares of the picture. Out: boxes of `person`.
//!
//! The contract is that of `image_processing_rt_detr.py` in Hugging Face's transformers: stretched, shares of one. Each query that
//! is sure enough is somebody (`post_process_object_detection`): the network was trained to draw nobody twice.
//! Deliberately not here: exports that take the picture's size as a second input, and the first DETR, whose labels end in one for
//! nothing and share one softmax.

use super::cells::sigmoid;
use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::overlap::Rect;
use super::table::{fits, view};
use super::ultraface::UltraFace;
use ndarray::ArrayD;
use vsa_engine::contract::InputContract;
use vsa_engine::{Engine, OutputInfo};
use vsa_plan::ModelChoice;

/// More queries than any published network has.
const MOST_QUERIES: usize = 1000;

/// Where the two tables are, and their sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Queries {
    logits: usize,
    boxes: usize,
    queries: usize,
    pub(crate) labels: usize,
}

impl Queries {
    /// By their shapes; where there are four labels, by the word that every exporter has in the name of its boxes.
    pub(crate) fn of(outputs: &[OutputInfo]) -> Option<Self> {
        let [first, second] = outputs else { return None };
        let queries = first.shape.iter().rev().nth(1).copied().flatten()?;
        let columns = |output: &OutputInfo| output.shape.last().copied().flatten();
        let (of_first, of_second) = (columns(first)?, columns(second)?);
        let fit = fits(&first.shape, queries, of_first) && fits(&second.shape, queries, of_second);
        if !fit || !(1..=MOST_QUERIES).contains(&queries) {
            return None;
        }
        let is_box = |output: &OutputInfo| {
            let name = output.name.to_ascii_lowercase();
            name.contains("box") || name.contains("det")
        };
        let boxes = match (of_first == 4, of_second == 4) {
            (true, false) => 0,
            (false, true) => 1,
            (true, true) => usize::from(!is_box(first)),
            (false, false) => return None,
        };
        Some(Self {
            logits: 1 - boxes,
            boxes,
            queries,
            labels: if boxes == 0 { of_second } else { of_first },
        })
    }

    /// The same of a network that is told by its shapes alone: neither a face detector with two tables of as many rows, nor the
    /// first DETR (100 queries, the labels of COCO and one for nothing).
    pub(crate) fn recognise(shapes: &Shapes<'_>) -> Option<Self> {
        let found = Self::of(shapes.outputs)?;
        let first_detr = found.queries == 100 && found.labels == 92;
        (!first_detr && UltraFace::recognise(shapes).is_none()).then_some(found)
    }
}

/// The queries of one model, and which label is `person`.
pub(crate) struct Fitted {
    queries: Queries,
    person: usize,
}

impl Fitted {
    /// Refuses other outputs, and labels that do not reach to that of `person`.
    pub(crate) fn to(choice: &ModelChoice, engine: &dyn Engine) -> Result<Self, Misread> {
        let person = choice.person_class as usize;
        let found = Queries::of(engine.outputs()).filter(|found| person < found.labels);
        let queries = found.ok_or_else(|| {
            let wanted =
                format!("two outputs with a row for each query: a box, and more than {person} labels");
            Misread::expected(&wanted, engine.outputs())
        })?;
        Ok(Self { queries, person })
    }

    pub(crate) fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        let logits = view(
            outputs,
            self.queries.logits,
            self.queries.queries,
            self.queries.labels,
        )?;
        let boxes = view(outputs, self.queries.boxes, self.queries.queries, 4)?;
        let (width, height) = found.input;
        for (logits, place) in logits.rows().into_iter().zip(boxes.rows()) {
            found.person(sigmoid(logits[self.person]), || {
                Rect::around(place[0], place[1], place[2] / 2.0, place[3] / 2.0).scaled(width, height)
            });
        }
        Ok(())
    }
}

/// One model.
pub(crate) struct RtDetr(Fitted);

impl ModelFamily for RtDetr {
    const NAME: &'static str = "RT-DETR";

    fn contract(plain: InputContract) -> InputContract {
        InputContract {
            std: [255.0; 3],
            ..plain
        }
    }

    fn new(choice: &ModelChoice, _: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        Fitted::to(choice, engine).map(Self)
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        self.0.decode(outputs, found)
    }

    /// Whatever is not RF-DETR's.
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        let found = Queries::recognise(shapes)?;
        (!super::rfdetr::is_its_own(found, shapes)).then(|| Recognised::with_classes(found.labels))
    }
}
