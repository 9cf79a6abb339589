//! CenterFace (Xu et al. 2019): a heat map of face centres at a quarter of the input's size in, boxes with five
//! landmarks out. The network takes any input whose sides are multiples of 32.
//!
//! One thing differs from the publisher's own Python code on purpose: that code moves a box that begins left of or
//! above the picture to the edge with its size unchanged, and the landmarks with it. Here it stays where it is.

use super::cells::{self, Cell};
use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::overlap::Rect;
use ndarray::{ArrayD, CowArray, Ix2};
use vsa_engine::contract::{Fit, InputContract};
use vsa_engine::{Engine, OutputInfo, describe};
use vsa_plan::ModelChoice;

/// One cell of the maps is so many pixels of the input.
const STRIDE: u32 = 4;
/// Three halvings after the stem and their undoing only meet again at multiples of this.
const SIDE_MULTIPLE: u32 = 32;

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
    maps: Maps,
    rows: usize,
    columns: usize,
    cells: Vec<Cell>,
}

impl CenterFace {
    /// A map as a table with one row for each channel.
    fn map<'a>(
        &self,
        outputs: &'a [ArrayD<f32>],
        index: usize,
        channels: usize,
    ) -> Result<CowArray<'a, f32, Ix2>, Misread> {
        let output = outputs.get(index);
        let wanted = [1, channels, self.rows, self.columns];
        let map = output.filter(|output| *output.shape() == wanted);
        map.and_then(|map| map.to_shape((channels, self.cells.len())).ok())
            .ok_or_else(|| {
                let shape = output.map(ArrayD::shape).unwrap_or_default();
                Misread::Shape(format!(
                    "output {index} has the shape {shape:?} where {wanted:?} is needed"
                ))
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

impl ModelFamily for CenterFace {
    const NAME: &'static str = "CenterFace";

    fn contract(plain: InputContract) -> InputContract {
        InputContract {
            fit: Fit::Letterbox { pad: 0 },
            ..plain
        }
    }

    fn new(_: &ModelChoice, contract: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        let (width, height) = (contract.width, contract.height);
        cells::must_meet_again(contract, SIDE_MULTIPLE)?;
        let (rows, columns) = (cells::along(height, STRIDE), cells::along(width, STRIDE));
        let maps = find_maps(engine.outputs(), rows, columns).ok_or_else(|| {
            Misread::Shape(format!(
                "it needs maps of 1, 2, 2 and 10 channels of {columns}x{rows} cells, and has {}",
                describe(engine.outputs())
            ))
        })?;
        Ok(Self {
            maps,
            rows,
            columns,
            cells: cells::cells(width, height, &[STRIDE]),
        })
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        let heat = self.map(outputs, self.maps.heat, 1)?;
        let scale = self.map(outputs, self.maps.scale, 2)?;
        let offset = self.map(outputs, self.maps.offset, 2)?;
        let landmarks = self.map(outputs, self.maps.landmarks, 10)?;
        for (at, cell) in self.cells.iter().enumerate() {
            found.face(heat[[0, at]], || {
                // Channel 0 is vertical, channel 1 horizontal: in scale, offset and landmarks alike.
                let height = scale[[0, at]].exp() * cell.stride;
                let width = scale[[1, at]].exp() * cell.stride;
                let x = (cell.column + offset[[1, at]] + 0.5) * cell.stride;
                let y = (cell.row + offset[[0, at]] + 0.5) * cell.stride;
                let (left, top) = (x - width / 2.0, y - height / 2.0);
                // In shares of the box.
                let point = |n| {
                    let (along_x, along_y) = (landmarks[[2 * n + 1, at]], landmarks[[2 * n, at]]);
                    (left + along_x * width, top + along_y * height)
                };
                let rect = Rect::sized(left, top, width, height);
                (rect, Some(std::array::from_fn(point)))
            })?;
        }
        Ok(())
    }

    /// Four maps of a picture's own size.
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        let (rows, columns) = (
            cells::along(shapes.height, STRIDE),
            cells::along(shapes.width, STRIDE),
        );
        let four = shapes.outputs.len() == 4 && find_maps(shapes.outputs, rows, columns).is_some();
        four.then(Recognised::sure)
    }
}
