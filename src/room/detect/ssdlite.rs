//! SSDLite on `MobileNet`, as the TensorFlow Object Detection API freezes it (Liu et al. 2016, arXiv 1512.02325; Sandler
//! et al. 2018, arXiv 1801.04381). In: box offsets and class logits for each anchor. Out: boxes of the class `person`.
//!
//! The graph's own pre- and post-processing is cut off: tract does not run its control flow, and ours is the same
//! arithmetic. Anchors: `ssd_anchor_generator` with 6 layers, scales 0.2 to 0.95, fewer boxes in the lowest layer.

use super::cells::sigmoid;
use super::family::InputBox;
use super::family::ModelFamily;
use super::load::{Prepared, misshapen, only_tract};
use super::overlap::Rect;
use ndarray::{ArrayD, ArrayView2};
use std::sync::Arc;
use vsa_engine::contract::{Filter, Fit, InputContract, Layout};
use vsa_engine::normalise::Normalise;
use vsa_engine::tract::TractEngine;
use vsa_engine::{Engine, EngineError, OutputInfo};
use vsa_plan::{ColourOrder, EngineChoice, ModelChoice, Precision};

const NAME: &str = "SSDLite";
/// The node after which the picture is resized and scaled, and the two from which boxes and scores are made.
const INPUT: &str = "Preprocessor/sub";
const OUTPUTS: [&str; 2] = ["concat", "concat_1"];

const LAYERS: u8 = 6;
const LOWEST_SCALE: f32 = 0.2;
const HIGHEST_SCALE: f32 = 0.95;
/// As the published configuration writes them: 0.3333, not a third.
const ASPECT_RATIOS: [f32; 5] = [1.0, 2.0, 0.5, 3.0, 0.3333];
/// Scale of the additional square box of the lowest layer.
const REDUCED_SCALE: f32 = 0.1;
/// Stride of the first layer with boxes.
const FIRST_STRIDE: u32 = 16;
/// The box coder's factors, for the centre and for the size.
const CENTRE_FACTOR: f32 = 10.0;
const SIZE_FACTOR: f32 = 5.0;

/// The input contract: red first, -1 to 1, the frame stretched.
pub(crate) fn contract(choice: &ModelChoice) -> Result<InputContract, EngineError> {
    InputContract {
        width: choice.input_size.0,
        height: choice.input_size.1,
        colour: ColourOrder::Rgb,
        mean: [127.5; 3],
        std: [127.5; 3],
        layout: Layout::Nhwc,
        fit: Fit::Stretch,
        filter: Filter::Plain,
    }
    .chosen(choice)
}

/// Loads the frozen graph.
pub(crate) fn engine(
    choice: &ModelChoice,
    bytes: &[u8],
    contract: &InputContract,
    precision: Precision,
) -> Result<TractEngine, EngineError> {
    let normalise = Normalise::new(contract);
    TractEngine::from_tensorflow(bytes, &choice.path, normalise, INPUT, &OUTPUTS, precision)
}

/// Centre and size, as shares of the input's sides.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Anchor {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
}

/// One SSDLite model.
pub(crate) struct Ssdlite {
    contract: InputContract,
    anchors: Vec<Anchor>,
    boxes: usize,
    scores: usize,
    person_column: usize,
}

impl Ssdlite {
    /// Recognises the two outputs by their shapes.
    pub(crate) fn new(
        choice: &ModelChoice,
        contract: InputContract,
        engine: &dyn Engine,
    ) -> Result<Self, EngineError> {
        let anchors = anchors(contract.width, contract.height);
        let outputs = engine.outputs();
        let wanted = |rest: &str| {
            let anchors = anchors.len();
            misshapen(
                &choice.name,
                NAME,
                &format!("[1, {anchors}, 1, 4] and [1, {anchors}, classes + 1]{rest}"),
                outputs,
            )
        };
        let columns = |output: &OutputInfo| match *output.shape.as_slice() {
            [Some(1), Some(rows), Some(1), Some(columns)] | [Some(1), Some(rows), Some(columns)]
                if rows == anchors.len() =>
            {
                Some(columns)
            }
            _ => None,
        };
        let [first, second] = outputs else {
            return Err(wanted(""));
        };
        let (boxes, scores, classes) = match (columns(first), columns(second)) {
            // Where both have four columns, the boxes come first, as in the graph.
            (Some(4), Some(classes)) => (0, 1, classes),
            (Some(classes), Some(4)) => (1, 0, classes),
            _ => return Err(wanted("")),
        };
        // Class 0 of the graph is the background.
        let person_column = choice.person_class as usize + 1;
        if person_column >= classes {
            return Err(wanted(&format!(" with a class {}", choice.person_class)));
        }
        Ok(Self {
            contract,
            anchors,
            boxes,
            scores,
            person_column,
        })
    }
}

/// All anchors: layer by layer, row by row, cell by cell, shape by shape.
fn anchors(width: u32, height: u32) -> Vec<Anchor> {
    let mut all = Vec::new();
    let (mut columns, mut rows) = (width.div_ceil(FIRST_STRIDE), height.div_ceil(FIRST_STRIDE));
    for layer in 0..LAYERS {
        let shapes = shapes(layer);
        for row in 0..rows {
            for column in 0..columns {
                let x = (whole(column) + 0.5) / whole(columns);
                let y = (whole(row) + 0.5) / whole(rows);
                all.extend(
                    shapes
                        .iter()
                        .map(|&(width, height)| Anchor { x, y, width, height }),
                );
            }
        }
        (columns, rows) = (columns.div_ceil(2), rows.div_ceil(2));
    }
    all
}

/// Width and height of the anchors in each cell of a layer.
fn shapes(layer: u8) -> Vec<(f32, f32)> {
    let scale = |layer: u8| {
        if layer >= LAYERS {
            return 1.0;
        }
        LOWEST_SCALE + (HIGHEST_SCALE - LOWEST_SCALE) * f32::from(layer) / f32::from(LAYERS - 1)
    };
    let own = scale(layer);
    let sized: Vec<(f32, f32)> = if layer == 0 {
        vec![(REDUCED_SCALE, 1.0), (own, 2.0), (own, 0.5)]
    } else {
        let between = (own * scale(layer + 1)).sqrt();
        ASPECT_RATIOS
            .iter()
            .map(|&ratio| (own, ratio))
            .chain([(between, 1.0)])
            .collect()
    };
    sized
        .into_iter()
        .map(|(scale, ratio)| (scale * ratio.sqrt(), scale / ratio.sqrt()))
        .collect()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "feature maps have at most some thousand cells a side"
)]
fn whole(number: u32) -> f32 {
    number as f32
}

impl ModelFamily for Ssdlite {
    fn contract(&self) -> &InputContract {
        &self.contract
    }

    fn decode(
        &self,
        outputs: &[ArrayD<f32>],
        threshold: f32,
        out: &mut Vec<InputBox>,
    ) -> Result<(), EngineError> {
        let boxes = outputs
            .get(self.boxes)
            .and_then(|tensor| rows(tensor, self.anchors.len()));
        let scores = outputs
            .get(self.scores)
            .and_then(|tensor| rows(tensor, self.anchors.len()));
        let (Some(boxes), Some(scores)) = (boxes, scores) else {
            return Err(EngineError::Run {
                reason: "SSDLite's outputs changed their shape".to_owned(),
            });
        };
        if boxes.ncols() != 4 || scores.ncols() <= self.person_column {
            return Err(EngineError::Run {
                reason: "SSDLite's outputs changed their shape".to_owned(),
            });
        }
        let (wide, high) = (whole(self.contract.width), whole(self.contract.height));
        for ((anchor, offsets), logits) in self.anchors.iter().zip(boxes.rows()).zip(scores.rows()) {
            let score = sigmoid(logits[self.person_column]);
            if score < threshold || score.is_nan() {
                continue;
            }
            // The order of the API's box coder: y, x, height, width.
            let x = anchor.x + offsets[1] / CENTRE_FACTOR * anchor.width;
            let y = anchor.y + offsets[0] / CENTRE_FACTOR * anchor.height;
            let width = anchor.width * (offsets[3] / SIZE_FACTOR).exp();
            let height = anchor.height * (offsets[2] / SIZE_FACTOR).exp();
            out.push(InputBox {
                rect: Rect {
                    left: (x - width / 2.0) * wide,
                    top: (y - height / 2.0) * high,
                    right: (x + width / 2.0) * wide,
                    bottom: (y + height / 2.0) * high,
                },
                score,
                landmarks: None,
            });
        }
        Ok(())
    }
}

/// An output as a table with one row for each anchor.
fn rows(tensor: &ArrayD<f32>, anchors: usize) -> Option<ArrayView2<'_, f32>> {
    if anchors == 0 || !tensor.len().is_multiple_of(anchors) {
        return None;
    }
    tensor
        .view()
        .into_shape_with_order((anchors, tensor.len() / anchors))
        .ok()
}

/// The engine at this family's contract, and the family, which checks the engine's outputs.
pub(crate) fn prepare(
    choice: &ModelChoice,
    bytes: &[u8],
    on: &EngineChoice,
) -> Result<Prepared, EngineError> {
    let contract = contract(choice)?;
    let precision = only_tract(choice, on, "a TensorFlow frozen graph")?;
    let engine: Box<dyn Engine> = Box::new(engine(choice, bytes, &contract, precision)?);
    let family = Ssdlite::new(choice, contract, engine.as_ref())?;
    Ok((engine, Arc::new(family)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(got: Anchor, wanted: [f32; 4]) {
        for (got, wanted) in [got.x, got.y, got.width, got.height].into_iter().zip(wanted) {
            assert!((got - wanted).abs() < 1e-6, "{got} is not {wanted}");
        }
    }

    #[test]
    fn a_300_pixel_input_has_1917_anchors() {
        // Layers of 19, 10, 5, 3, 2 and 1 cells a side: 361*3 + (100 + 25 + 9 + 4 + 1) * 6.
        assert_eq!(anchors(300, 300).len(), 1917);
    }

    #[test]
    fn the_lowest_layer_has_three_shapes_and_the_others_six() {
        let all = anchors(300, 300);
        near(all[0], [0.5 / 19.0, 0.5 / 19.0, 0.1, 0.1]);
        let (long, short) = (0.2 * 2f32.sqrt(), 0.2 / 2f32.sqrt());
        near(all[1], [0.5 / 19.0, 0.5 / 19.0, long, short]);
        near(all[2], [0.5 / 19.0, 0.5 / 19.0, short, long]);
        near(all[3], [1.5 / 19.0, 0.5 / 19.0, 0.1, 0.1]);
        // The second layer: scale 0.35, and between it and the next, 0.5, the square box.
        near(all[1083], [0.05, 0.05, 0.35, 0.35]);
        near(
            all[1083 + 5],
            [0.05, 0.05, (0.35f32 * 0.5).sqrt(), (0.35f32 * 0.5).sqrt()],
        );
        // The last: scale 0.95, and between it and 1.
        near(all[1916], [0.5, 0.5, 0.95f32.sqrt(), 0.95f32.sqrt()]);
    }
}
