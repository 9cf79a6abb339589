//! SSDLite on `MobileNet`, as the TensorFlow Object Detection API freezes it (Liu et al. 2016, arXiv 1512.02325; Sandler
//! et al. 2018, arXiv 1801.04381). In: box offsets and class logits for each anchor. Out: boxes of the class `person`.
//!
//! The graph's own pre- and post-processing is cut off: tract does not run its control flow, and ours is the same
//! arithmetic. Anchors: `ssd_anchor_generator` with 6 layers, scales 0.2 to 0.95, fewer boxes in the lowest layer.

use super::anchors::Prior;
use super::cells::{pixels, sigmoid};
use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::load::{one_file, only_tract};
use super::overlap::Rect;
use super::table::view;
use ndarray::ArrayD;
use vsa_engine::contract::{Filter, InputContract, Layout};
use vsa_engine::model_bytes::ModelBytes;
use vsa_engine::normalise::Normalise;
use vsa_engine::tract::TractEngine;
use vsa_engine::{Engine, EngineError, OutputInfo};
use vsa_plan::{EngineChoice, ModelChoice};

/// The node after which the picture is resized and scaled, and the two from which boxes and scores are made.
pub(crate) const INPUT: &str = "Preprocessor/sub";
pub(crate) const OUTPUTS: [&str; 2] = ["concat", "concat_1"];

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

/// One SSDLite model.
pub(crate) struct Ssdlite {
    /// In shares of the input's sides.
    anchors: Vec<Prior>,
    boxes: usize,
    scores: usize,
    /// Columns of the scores: the background, then the classes.
    columns: usize,
    person_column: usize,
}

/// All anchors: layer by layer, row by row, cell by cell, shape by shape.
fn anchors(width: u32, height: u32) -> Vec<Prior> {
    let mut all = Vec::new();
    let (mut columns, mut rows) = (width.div_ceil(FIRST_STRIDE), height.div_ceil(FIRST_STRIDE));
    for layer in 0..LAYERS {
        let shapes = shapes(layer);
        for row in 0..rows {
            for column in 0..columns {
                let x = (pixels(column) + 0.5) / pixels(columns);
                let y = (pixels(row) + 0.5) / pixels(rows);
                all.extend(
                    shapes
                        .iter()
                        .map(|&(width, height)| Prior { x, y, width, height }),
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

impl ModelFamily for Ssdlite {
    const NAME: &'static str = "SSDLite";

    fn contract(plain: InputContract) -> InputContract {
        InputContract {
            // -1 to 1.
            mean: [127.5; 3],
            std: [127.5; 3],
            layout: Layout::Nhwc,
            filter: Filter::Plain,
            ..plain
        }
    }

    fn engine(
        choice: &ModelChoice,
        model: &ModelBytes,
        on: &EngineChoice,
        contract: &InputContract,
    ) -> Result<Box<dyn Engine>, EngineError> {
        let precision = only_tract(choice, on, "a TensorFlow frozen graph")?;
        let bytes = one_file(choice, model)?;
        let normalise = Normalise::new(contract);
        let engine =
            TractEngine::from_tensorflow(bytes, &choice.path, normalise, INPUT, &OUTPUTS, precision)?;
        Ok(Box::new(engine))
    }

    fn new(choice: &ModelChoice, contract: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        let anchors = anchors(contract.width, contract.height);
        let outputs = engine.outputs();
        let refuse = |rest: &str| {
            let rows = anchors.len();
            let wanted = format!("[1, {rows}, 1, 4] and [1, {rows}, classes + 1]{rest}");
            Misread::expected(&wanted, outputs)
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
            return Err(refuse(""));
        };
        let (boxes, scores, columns) = match (columns(first), columns(second)) {
            // Where both have four columns, the boxes come first, as in the graph.
            (Some(4), Some(columns)) => (0, 1, columns),
            (Some(columns), Some(4)) => (1, 0, columns),
            _ => return Err(refuse("")),
        };
        // Class 0 of the graph is the background.
        let person_column = choice.person_class as usize + 1;
        if person_column >= columns {
            return Err(refuse(&format!(" with a class {}", choice.person_class)));
        }
        Ok(Self {
            anchors,
            boxes,
            scores,
            columns,
            person_column,
        })
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        let boxes = view(outputs, self.boxes, self.anchors.len(), 4)?;
        let scores = view(outputs, self.scores, self.anchors.len(), self.columns)?;
        let (wide, high) = found.input;
        for ((anchor, offsets), logits) in self.anchors.iter().zip(boxes.rows()).zip(scores.rows()) {
            found.person(sigmoid(logits[self.person_column]), || {
                // The order of the API's box coder: y, x, height, width.
                let x = anchor.x + offsets[1] / CENTRE_FACTOR * anchor.width;
                let y = anchor.y + offsets[0] / CENTRE_FACTOR * anchor.height;
                let width = anchor.width * (offsets[3] / SIZE_FACTOR).exp();
                let height = anchor.height * (offsets[2] / SIZE_FACTOR).exp();
                Rect::around(x, y, width / 2.0, height / 2.0).scaled(wide, high)
            });
        }
        Ok(())
    }

    /// A TensorFlow graph is recognised by its nodes (`identify.rs`), before its outputs are known.
    fn recognise(_: &Shapes<'_>) -> Option<Recognised> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(got: Prior, wanted: [f32; 4]) {
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
