//! CenterFace (Xu et al. 2019): a heat map of face centres at a quarter of the input's size in, boxes with five
//! landmarks out. The network takes any input whose sides are multiples of 32.
//!
//! One thing differs from the publisher's own Python code on purpose: that code moves a box that begins left of or
//! above the picture to the edge with its size unchanged, and the landmarks with it. Here it stays where it is.

use super::cells;
use super::family::InputBox;
use super::family::ModelFamily;
use super::identify::{Recognised, Shapes};
use super::load::{Prepared, onnx};
use super::overlap::Rect;
use super::table::{checked_score, push};
use ndarray::{ArrayD, ArrayView3, CowArray, Ix3};
use std::sync::Arc;
use vsa_engine::contract::{Filter, Fit, InputContract, Layout};
use vsa_engine::describe;
use vsa_engine::{EngineError, OutputInfo};
use vsa_plan::{ColourOrder, EngineChoice, ModelChoice};

const NAME: &str = "CenterFace";
/// One cell of the maps is so many pixels of the input.
const STRIDE: u32 = 4;
/// Three halvings after the stem and their undoing only meet again at multiples of this.
pub(crate) const SIDE_MULTIPLE: u32 = 32;

/// Which output is which.
#[derive(Debug, PartialEq, Eq)]
struct Maps {
    heat: usize,
    scale: usize,
    offset: usize,
    landmarks: usize,
}

/// One CenterFace model.
pub(crate) struct CenterFace {
    model: String,
    contract: InputContract,
    maps: Maps,
    rows: usize,
    columns: usize,
}

impl CenterFace {
    /// What goes in, as the publisher trained it, where `choice` does not say otherwise.
    pub(crate) fn contract(choice: &ModelChoice) -> Result<InputContract, EngineError> {
        let (width, height) = choice.input_size;
        InputContract {
            width,
            height,
            colour: ColourOrder::Rgb,
            mean: [0.0; 3],
            std: [1.0; 3],
            layout: Layout::Nchw,
            fit: Fit::Letterbox { pad: 0 },
            filter: Filter::Antialiased,
        }
        .chosen(choice)
    }

    /// Checks that `outputs` are those of a CenterFace at the chosen input size.
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
        let (rows, columns) = (cells::along(height, STRIDE), cells::along(width, STRIDE));
        let maps = find_maps(outputs, rows, columns).ok_or_else(|| {
            shape_error(format!(
                "it needs maps of 1, 2, 2 and 10 channels of {columns}x{rows} cells, and has {}",
                describe(outputs)
            ))
        })?;
        Ok(Self {
            model: choice.name.clone(),
            contract: Self::contract(choice)?,
            maps,
            rows,
            columns,
        })
    }

    fn map<'a>(
        &self,
        outputs: &'a [ArrayD<f32>],
        index: usize,
        channels: usize,
    ) -> Result<CowArray<'a, f32, Ix3>, EngineError> {
        let shape = outputs.get(index).map(ArrayD::shape).unwrap_or_default();
        match outputs.get(index) {
            Some(output) if *shape == [1, channels, self.rows, self.columns] => {
                output.to_shape((channels, self.rows, self.columns)).ok()
            }
            _ => None,
        }
        .ok_or_else(|| EngineError::Shape {
            model: self.model.clone(),
            family: NAME.to_owned(),
            reason: format!(
                "output {index} has the shape {shape:?} where [1, {channels}, {}, {}] is needed",
                self.rows, self.columns
            ),
        })
    }
}

/// Finds the four maps by their channels. The two maps of two channels are told apart by name, else by the order in
/// which the publisher's file has them: scale, then offset.
fn find_maps(outputs: &[OutputInfo], rows: usize, columns: usize) -> Option<Maps> {
    let of_channels = |channels: usize| -> Vec<usize> {
        let wanted = [1, channels, rows, columns];
        (0..outputs.len())
            .filter(|index| {
                let shape = &outputs[*index].shape;
                shape.len() == 4
                    && shape
                        .iter()
                        .zip(wanted)
                        .all(|(dim, want)| dim.is_none_or(|d| d == want))
            })
            .collect()
    };
    let (heats, pairs, landmarks) = (of_channels(1), of_channels(2), of_channels(10));
    let ([heat], [first, second], [landmarks]) = (&heats[..], &pairs[..], &landmarks[..]) else {
        return None;
    };
    let is_offset = |index: usize| {
        let name = outputs[index].name.to_ascii_lowercase();
        name.contains("off") || name.contains("reg")
    };
    let swapped = is_offset(*first) && !is_offset(*second);
    let (scale, offset) = if swapped {
        (*second, *first)
    } else {
        (*first, *second)
    };
    Some(Maps {
        heat: *heat,
        scale,
        offset,
        landmarks: *landmarks,
    })
}

/// Whether a model of these outputs at this input size is a CenterFace.
pub(crate) fn has_maps(outputs: &[OutputInfo], width: u32, height: u32) -> bool {
    find_maps(outputs, cells::along(height, STRIDE), cells::along(width, STRIDE)).is_some()
}

impl ModelFamily for CenterFace {
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
        let heat = self.map(outputs, self.maps.heat, 1)?;
        let scale = self.map(outputs, self.maps.scale, 2)?;
        let offset = self.map(outputs, self.maps.offset, 2)?;
        let landmarks = self.map(outputs, self.maps.landmarks, 10)?;
        let stride = STRIDE as f32;
        for row in 0..self.rows {
            for column in 0..self.columns {
                let score = checked_score(heat[[0, row, column]], &self.model)?;
                if score < threshold {
                    continue;
                }
                // Channel 0 is vertical, channel 1 horizontal: in scale, offset and landmarks alike.
                let height = scale[[0, row, column]].exp() * stride;
                let width = scale[[1, row, column]].exp() * stride;
                let x = (column as f32 + offset[[1, row, column]] + 0.5) * stride;
                let y = (row as f32 + offset[[0, row, column]] + 0.5) * stride;
                let (left, top) = (x - width / 2.0, y - height / 2.0);
                let rect = Rect {
                    left,
                    top,
                    right: left + width,
                    bottom: top + height,
                };
                let points = five_points(landmarks.view(), row, column)
                    .map(|(along_x, along_y)| (left + along_x * width, top + along_y * height));
                push(&self.contract, rect, score, Some(points), out);
            }
        }
        Ok(())
    }
}

/// The five landmarks of one cell in shares of the box, `(x, y)`; the map holds y before x.
fn five_points(map: ArrayView3<'_, f32>, row: usize, column: usize) -> [(f32, f32); 5] {
    std::array::from_fn(|n| (map[[2 * n + 1, row, column]], map[[2 * n, row, column]]))
}

/// The engine at this family's contract, and the family, which checks the engine's outputs.
pub(crate) fn prepare(
    choice: &ModelChoice,
    bytes: &[u8],
    on: &EngineChoice,
) -> Result<Prepared, EngineError> {
    let engine = onnx(choice, bytes, on, &CenterFace::contract(choice)?)?;
    let family = CenterFace::new(choice, engine.outputs())?;
    Ok((engine, Arc::new(family)))
}

/// Four maps of a picture's own size.
pub(crate) fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
    let [_, _, _, _] = shapes.outputs else { return None };
    has_maps(shapes.outputs, shapes.width, shapes.height).then(Recognised::sure)
}
