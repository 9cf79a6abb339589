//! A frame, or a region of it, and an input contract in; a network's input tensor and the way back to the frame out.
//! The memory is kept from frame to frame and wiped at the end: it holds pixels.
//! Deliberately not here: which regions are looked at (see `tiling.rs`).

use super::contract::{Filter, Fit, InputContract, Layout, Placement};
use super::engine::EngineError;
use super::tiling::Region;
use crate::observe::footage::frame::Frame;
use crate::observe::plan::ColourOrder;
use fast_image_resize::images::{CroppedImage, Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use ndarray::{Array4, ArrayView4};
use zeroize::Zeroize;

/// Prepares frames for one network.
pub(in crate::observe) struct Preprocessor {
    contract: InputContract,
    resizer: Resizer,
    /// The resized picture, RGB.
    resized: Vec<u8>,
    /// Normalised value of each of the 256 channel values, for each channel of the *tensor*.
    normalised: [[f32; 256]; 3],
    tensor: Array4<f32>,
    /// Columns and rows of the tensor that hold the picture; the rest already holds the filling.
    filled: (u32, u32),
}

impl Preprocessor {
    pub(in crate::observe) fn new(contract: &InputContract) -> Self {
        let normalised = std::array::from_fn(|channel| {
            std::array::from_fn(|value| {
                let value = u8::try_from(value).expect("an index below 256 is a byte");
                (f32::from(value) - contract.mean[channel]) / contract.std[channel]
            })
        });
        let (rows, columns) = (contract.height as usize, contract.width as usize);
        let shape = match contract.layout {
            Layout::Nchw => (1, 3, rows, columns),
            Layout::Nhwc => (1, rows, columns, 3),
        };
        Self {
            contract: contract.clone(),
            resizer: Resizer::new(),
            resized: Vec::new(),
            normalised,
            tensor: Array4::zeros(shape),
            filled: (0, 0),
        }
    }

    /// Resizes `region` of `frame`, normalises it and lays it out.
    pub(in crate::observe) fn prepare(
        &mut self,
        frame: &Frame<'_>,
        region: Region,
    ) -> Result<(ArrayView4<'_, f32>, Placement), EngineError> {
        let expected = 3 * frame.width as usize * frame.height as usize;
        if frame.rgb.len() != expected || !region.is_inside(frame.width, frame.height) {
            return Err(EngineError::Run {
                reason: format!(
                    "a frame of {}x{} pixels has {} bytes, and {}x{} pixels at {},{} of it were asked for",
                    frame.width,
                    frame.height,
                    frame.rgb.len(),
                    region.width,
                    region.height,
                    region.left,
                    region.top
                ),
            });
        }
        let (width, height) = self.fitted(region);
        self.resize(frame, region, width, height)?;
        if self.filled != (width, height) {
            self.fill();
            self.filled = (width, height);
        }
        self.lay_out(width as usize, height as usize);
        let placement = Placement {
            scale_x: ratio(region.width, width),
            scale_y: ratio(region.height, height),
            offset_x: approximate(region.left),
            offset_y: approximate(region.top),
        };
        Ok((self.tensor.view(), placement))
    }

    /// The size of the picture inside the tensor.
    fn fitted(&self, region: Region) -> (u32, u32) {
        let (wide, high) = (self.contract.width, self.contract.height);
        match self.contract.fit {
            Fit::Stretch => (wide, high),
            Fit::Letterbox { .. } => {
                // In integers, so that a picture that fits exactly is never a pixel short. Rounded down, as YOLOX does.
                let (region_wide, region_high) = (u64::from(region.width), u64::from(region.height));
                let (wide, high) = (u64::from(wide), u64::from(high));
                let (fitted_wide, fitted_high) = if wide * region_high <= high * region_wide {
                    (wide, region_high * wide / region_wide)
                } else {
                    (region_wide * high / region_high, high)
                };
                let side = |length: u64| u32::try_from(length.max(1)).expect("no larger than the input");
                (side(fitted_wide), side(fitted_high))
            }
        }
    }

    fn resize(&mut self, frame: &Frame<'_>, region: Region, wide: u32, high: u32) -> Result<(), EngineError> {
        let failure = |reason: String| EngineError::Run {
            reason: format!("cannot resize the frame: {reason}"),
        };
        self.resized.resize(3 * wide as usize * high as usize, 0);
        let source = ImageRef::new(frame.width, frame.height, frame.rgb, PixelType::U8x3)
            .map_err(|error| failure(error.to_string()))?;
        let mut target = Image::from_slice_u8(wide, high, &mut self.resized, PixelType::U8x3)
            .map_err(|error| failure(error.to_string()))?;
        let algorithm = match self.contract.filter {
            Filter::Antialiased => ResizeAlg::Convolution(FilterType::Bilinear),
            Filter::Plain => ResizeAlg::Interpolation(FilterType::Bilinear),
        };
        // The crop is a picture of its own: with the resizer's crop option, as with Pillow's `box`, pixels beyond the
        // region's border would bleed into it.
        let source = CroppedImage::new(&source, region.left, region.top, region.width, region.height)
            .map_err(|error| failure(error.to_string()))?;
        let options = ResizeOptions::new().resize_alg(algorithm);
        self.resizer
            .resize(&source, &mut target, &options)
            .map_err(|error| failure(error.to_string()))
    }

    /// Writes the filling of the letterbox everywhere.
    fn fill(&mut self) {
        let Fit::Letterbox { pad } = self.contract.fit else {
            return;
        };
        let grey: [f32; 3] = std::array::from_fn(|channel| self.normalised[channel][usize::from(pad)]);
        match self.contract.layout {
            Layout::Nchw => {
                for (channel, value) in grey.into_iter().enumerate() {
                    self.tensor.slice_mut(ndarray::s![0, channel, .., ..]).fill(value);
                }
            }
            Layout::Nhwc => {
                for (channel, value) in grey.into_iter().enumerate() {
                    self.tensor.slice_mut(ndarray::s![0, .., .., channel]).fill(value);
                }
            }
        }
    }

    /// Normalises the resized picture into the top left of the tensor.
    fn lay_out(&mut self, wide: usize, high: usize) {
        let tensor_wide = self.contract.width as usize;
        let plane = tensor_wide * self.contract.height as usize;
        let source_channel: [usize; 3] = match self.contract.colour {
            ColourOrder::Rgb => [0, 1, 2],
            ColourOrder::Bgr => [2, 1, 0],
        };
        let values = self
            .tensor
            .as_slice_mut()
            .expect("a tensor that was never transposed is contiguous");
        for (row, pixels) in self.resized.chunks_exact(3 * wide).take(high).enumerate() {
            match self.contract.layout {
                Layout::Nchw => {
                    for (channel, source) in source_channel.into_iter().enumerate() {
                        let start = channel * plane + row * tensor_wide;
                        let table = &self.normalised[channel];
                        let line = &mut values[start..start + wide];
                        for (value, pixel) in line.iter_mut().zip(pixels.chunks_exact(3)) {
                            *value = table[usize::from(pixel[source])];
                        }
                    }
                }
                Layout::Nhwc => {
                    let start = 3 * row * tensor_wide;
                    let line = &mut values[start..start + 3 * wide];
                    for (value, pixel) in line.chunks_exact_mut(3).zip(pixels.chunks_exact(3)) {
                        for (channel, source) in source_channel.into_iter().enumerate() {
                            value[channel] = self.normalised[channel][usize::from(pixel[source])];
                        }
                    }
                }
            }
        }
    }
}

impl Drop for Preprocessor {
    fn drop(&mut self) {
        self.resized.zeroize();
        if let Some(values) = self.tensor.as_slice_mut() {
            values.zeroize();
        }
    }
}

fn ratio(frame: u32, input: u32) -> f32 {
    approximate(frame) / approximate(input)
}

#[expect(clippy::cast_precision_loss, reason = "sides of pictures stay far below 2^24")]
fn approximate(side: u32) -> f32 {
    side as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contract(fit: Fit, layout: Layout, colour: ColourOrder) -> InputContract {
        InputContract {
            width: 4,
            height: 4,
            colour,
            mean: [10.0, 20.0, 30.0],
            std: [1.0, 2.0, 4.0],
            layout,
            fit,
            filter: Filter::Antialiased,
        }
    }

    /// A picture of one colour.
    fn plain(width: u32, height: u32, colour: [u8; 3]) -> Vec<u8> {
        colour
            .iter()
            .copied()
            .cycle()
            .take(3 * (width * height) as usize)
            .collect()
    }

    #[test]
    fn each_channel_of_the_tensor_has_its_own_mean_and_deviation() {
        let pixels = plain(8, 8, [110, 120, 130]);
        let frame = Frame {
            width: 8,
            height: 8,
            rgb: &pixels,
        };
        for (layout, colour, expected) in [
            (Layout::Nchw, ColourOrder::Rgb, [100.0, 50.0, 25.0]),
            (Layout::Nchw, ColourOrder::Bgr, [120.0, 50.0, 20.0]),
            (Layout::Nhwc, ColourOrder::Rgb, [100.0, 50.0, 25.0]),
            (Layout::Nhwc, ColourOrder::Bgr, [120.0, 50.0, 20.0]),
        ] {
            let mut preprocessor = Preprocessor::new(&contract(Fit::Stretch, layout, colour));
            let (tensor, _) = preprocessor.prepare(&frame, Region::whole(8, 8)).unwrap();
            for (channel, value) in expected.into_iter().enumerate() {
                let got = match layout {
                    Layout::Nchw => tensor[[0, channel, 3, 1]],
                    Layout::Nhwc => tensor[[0, 3, 1, channel]],
                };
                assert!(
                    (got - value).abs() < 1e-6,
                    "{layout:?} {colour:?} channel {channel}: {got}"
                );
            }
        }
    }

    #[test]
    fn the_letterbox_is_filled_right_and_below_and_again_when_the_shape_changes() {
        let wanted = contract(Fit::Letterbox { pad: 114 }, Layout::Nchw, ColourOrder::Rgb);
        let mut preprocessor = Preprocessor::new(&wanted);
        let pixels = plain(8, 4, [10, 20, 30]);
        let wide = Frame {
            width: 8,
            height: 4,
            rgb: &pixels,
        };
        let (tensor, placement) = preprocessor.prepare(&wide, Region::whole(8, 4)).unwrap();
        assert_eq!((placement.scale_x, placement.scale_y), (2.0, 2.0));
        assert_eq!((tensor[[0, 0, 1, 3]], tensor[[0, 0, 2, 3]]), (0.0, 104.0));
        let high = Frame {
            width: 4,
            height: 8,
            rgb: &pixels,
        };
        let (tensor, _) = preprocessor.prepare(&high, Region::whole(4, 8)).unwrap();
        assert_eq!(
            (tensor[[0, 0, 3, 1]], tensor[[0, 0, 3, 2]], tensor[[0, 0, 0, 2]]),
            (0.0, 104.0, 104.0)
        );
    }

    #[test]
    fn a_region_comes_back_to_its_own_place_in_the_frame() {
        let mut pixels = plain(16, 16, [0, 0, 0]);
        for row in 4..8 {
            for column in 8..12 {
                pixels[3 * (row * 16 + column)] = 200;
            }
        }
        let frame = Frame {
            width: 16,
            height: 16,
            rgb: &pixels,
        };
        let mut preprocessor = Preprocessor::new(&contract(Fit::Stretch, Layout::Nchw, ColourOrder::Rgb));
        let region = Region {
            left: 8,
            top: 4,
            width: 8,
            height: 8,
        };
        let (tensor, placement) = preprocessor.prepare(&frame, region).unwrap();
        assert!((tensor[[0, 0, 0, 0]] - 190.0).abs() < 1e-6);
        assert!((tensor[[0, 0, 3, 3]] + 10.0).abs() < 1e-6);
        let back = placement.to_frame(super::super::contract::InputBox {
            rect: super::super::overlap::Rect {
                left: 0.0,
                top: 1.0,
                right: 2.0,
                bottom: 4.0,
            },
            score: 0.5,
            landmarks: Some([(1.0, 1.0); 5]),
        });
        assert_eq!((back.rect.left, back.rect.top), (8.0, 6.0));
        assert_eq!((back.rect.right, back.rect.bottom), (12.0, 12.0));
        assert_eq!(back.landmarks.map(|points| points[4]), Some((10.0, 6.0)));
    }

    #[test]
    fn a_frame_with_missing_bytes_or_a_region_outside_it_is_an_error() {
        let pixels = plain(8, 8, [0, 0, 0]);
        let mut preprocessor = Preprocessor::new(&contract(Fit::Stretch, Layout::Nchw, ColourOrder::Rgb));
        let short = Frame {
            width: 8,
            height: 8,
            rgb: &pixels[1..],
        };
        assert!(preprocessor.prepare(&short, Region::whole(8, 8)).is_err());
        let whole = Frame {
            width: 8,
            height: 8,
            rgb: &pixels,
        };
        assert!(
            preprocessor
                .prepare(
                    &whole,
                    Region {
                        left: 4,
                        top: 0,
                        width: 5,
                        height: 8
                    }
                )
                .is_err()
        );
        assert!(
            preprocessor
                .prepare(
                    &whole,
                    Region {
                        left: 4,
                        top: 0,
                        width: 0,
                        height: 8
                    }
                )
                .is_err()
        );
    }

    #[test]
    fn a_very_long_and_thin_frame_keeps_at_least_one_row() {
        let pixels = plain(4000, 1, [9, 9, 9]);
        let frame = Frame {
            width: 4000,
            height: 1,
            rgb: &pixels,
        };
        let wanted = contract(Fit::Letterbox { pad: 0 }, Layout::Nchw, ColourOrder::Rgb);
        let mut preprocessor = Preprocessor::new(&wanted);
        let (tensor, placement) = preprocessor.prepare(&frame, Region::whole(4000, 1)).unwrap();
        assert!((tensor[[0, 0, 0, 0]] + 1.0).abs() < 1e-6);
        assert!((placement.scale_y - 1.0).abs() < 1e-6);
    }
}
