//! YuNet (Wu, Peng, Yu 2023), exports since March 2023: for each of three strides a class score, an objectness, a box
//! and five landmarks per cell. Twelve tensors in, boxes with landmarks out.
//!
//! Outputs are told apart by their shapes, so exports may name and order them as they like. Which of the two scores
//! is the class and which the objectness does not matter: only their product is used.

use super::cells;
use super::family::InputBox;
use super::family::ModelFamily;
use super::identify::{Recognised, Shapes};
use super::load::{Prepared, onnx};
use super::overlap::Rect;
use super::table::{OutputFinder, checked_score, push, view};
use ndarray::ArrayD;
use std::sync::Arc;
use vsa_engine::contract::{Filter, Fit, InputContract, Layout};
use vsa_engine::{EngineError, OutputInfo};
use vsa_plan::{ColourOrder, EngineChoice, ModelChoice};

const NAME: &str = "YuNet";
const STRIDES: [u32; 3] = [8, 16, 32];
/// The coarsest stride: a side that is no multiple of it would be cut unevenly.
pub(crate) const SIDE_MULTIPLE: u32 = 32;

/// Where the outputs of one stride are.
struct Head {
    stride: u32,
    class: usize,
    object: usize,
    boxes: usize,
    points: usize,
}

/// One YuNet model.
pub(crate) struct YuNet {
    model: String,
    contract: InputContract,
    heads: Vec<Head>,
}

impl YuNet {
    /// What goes in, as the publisher trained it, where `choice` does not say otherwise.
    pub(crate) fn contract(choice: &ModelChoice) -> Result<InputContract, EngineError> {
        let (width, height) = choice.input_size;
        InputContract {
            width,
            height,
            colour: ColourOrder::Bgr,
            mean: [0.0; 3],
            std: [1.0; 3],
            layout: Layout::Nchw,
            fit: Fit::Letterbox { pad: 0 },
            filter: Filter::Antialiased,
        }
        .chosen(choice)
    }

    /// Checks that `outputs` are those of a YuNet at the chosen input size.
    pub(crate) fn new(choice: &ModelChoice, outputs: &[OutputInfo]) -> Result<Self, EngineError> {
        let (width, height) = choice.input_size;
        let shape_error = |reason: String| EngineError::Shape {
            model: choice.name.clone(),
            family: NAME.to_owned(),
            reason,
        };
        if !cells::meet_again(width, height, SIDE_MULTIPLE) {
            return Err(shape_error(format!(
                "its input sides must be multiples of {SIDE_MULTIPLE}, not {width}x{height}"
            )));
        }
        if is_export_of_2022(outputs) {
            return Err(shape_error(
                "this is the export of 2022 with prior boxes (loc, conf, iou), which is not supported; take an \
                 export of 2023 or later with twelve outputs"
                    .to_owned(),
            ));
        }
        let mut finder = OutputFinder::new(&choice.name, NAME, outputs);
        let mut heads = Vec::with_capacity(STRIDES.len());
        for stride in STRIDES {
            let count = cells::count(width, height, stride);
            heads.push(Head {
                stride,
                class: finder.table(count, 1, "cls")?,
                object: finder.table(count, 1, "obj")?,
                boxes: finder.table(count, 4, "bbox")?,
                points: finder.table(count, 10, "kps")?,
            });
        }
        Ok(Self {
            model: choice.name.clone(),
            contract: Self::contract(choice)?,
            heads,
        })
    }
}

/// The older head: three outputs whose last axes are 14 (box and landmarks), 2 and 1.
pub(crate) fn is_export_of_2022(outputs: &[OutputInfo]) -> bool {
    let mut last: Vec<Option<usize>> = outputs
        .iter()
        .map(|output| output.shape.last().copied().flatten())
        .collect();
    last.sort_unstable();
    last == [Some(1), Some(2), Some(14)]
}

impl ModelFamily for YuNet {
    fn contract(&self) -> &InputContract {
        &self.contract
    }

    #[expect(clippy::cast_precision_loss, reason = "a cell's number is far below 2^24")]
    fn decode(
        &self,
        outputs: &[ArrayD<f32>],
        threshold: f32,
        out: &mut Vec<InputBox>,
    ) -> Result<(), EngineError> {
        for head in &self.heads {
            let count = cells::count(self.contract.width, self.contract.height, head.stride);
            let across = cells::along(self.contract.width, head.stride);
            let table = |index, columns| view(outputs, index, count, columns, &self.model, NAME);
            let (class, object) = (table(head.class, 1)?, table(head.object, 1)?);
            let (boxes, points) = (table(head.boxes, 4)?, table(head.points, 10)?);
            let stride = head.stride as f32;
            for cell in 0..count {
                let class = checked_score(class[[cell, 0]], &self.model)?;
                let object = checked_score(object[[cell, 0]], &self.model)?;
                let score = (class * object).sqrt();
                if score < threshold {
                    continue;
                }
                let (column, row) = ((cell % across) as f32, (cell / across) as f32);
                let x = (column + boxes[[cell, 0]]) * stride;
                let y = (row + boxes[[cell, 1]]) * stride;
                let half_width = 0.5 * boxes[[cell, 2]].exp() * stride;
                let half_height = 0.5 * boxes[[cell, 3]].exp() * stride;
                let rect = Rect {
                    left: x - half_width,
                    top: y - half_height,
                    right: x + half_width,
                    bottom: y + half_height,
                };
                let landmarks = std::array::from_fn(|n| {
                    (
                        (column + points[[cell, 2 * n]]) * stride,
                        (row + points[[cell, 2 * n + 1]]) * stride,
                    )
                });
                push(&self.contract, rect, score, Some(landmarks), out);
            }
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
    let engine = onnx(choice, bytes, on, &YuNet::contract(choice)?)?;
    let family = YuNet::new(choice, engine.outputs())?;
    Ok((engine, Arc::new(family)))
}

/// Four outputs for each of three strides.
pub(crate) fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
    let mut wanted = Vec::with_capacity(12);
    for stride in [8, 16, 32] {
        let count = cells::count(shapes.width, shapes.height, stride);
        wanted.extend([(count, 1), (count, 1), (count, 4), (count, 10)]);
    }
    shapes.are_tables(&wanted).then(Recognised::sure)
}
