//! A frame, or a region of it, and an input contract in; a picture of the network's size and the way back to the frame out.
//! The picture is kept from frame to frame and wiped at the end: it holds pixels. What the resizer keeps for itself, half-resized
//! rows, cannot be reached and is not.
//! Deliberately not here: which regions are looked at (see `tiling.rs`), and the numbers that pixels become (see `normalise.rs`).

use super::cells::pixels;
use super::family::Placement;
use super::tiling::Region;
use crate::footage::frame::Frame;
use fast_image_resize::images::{TypedCroppedImage, TypedCroppedImageMut, TypedImage, TypedImageRef};
use fast_image_resize::pixels::U8x3;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use vsa_engine::EngineError;
use vsa_engine::contract::{Filter, Fit, InputContract};
use zeroize::Zeroize;

/// Prepares frames for one network.
pub(crate) struct Preprocessor {
    contract: InputContract,
    resizer: Resizer,
    /// RGB, of the size of the input; empty as long as frames are of that size themselves.
    picture: Vec<u8>,
    /// Columns and rows of it that hold the frame; the rest already holds the filling.
    filled: (u32, u32),
}

impl Preprocessor {
    pub(crate) fn new(contract: &InputContract) -> Self {
        Self {
            contract: contract.clone(),
            resizer: Resizer::new(),
            picture: Vec::new(),
            filled: (0, 0),
        }
    }

    /// `region` of `frame` as RGB of the size of the input: the frame's own bytes where that is what they are.
    pub(crate) fn prepare<'a>(
        &'a mut self,
        frame: &Frame<'a>,
        region: Region,
    ) -> Result<(&'a [u8], Placement), EngineError> {
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
        let placement = Placement {
            scale_x: pixels(region.width) / pixels(width),
            scale_y: pixels(region.height) / pixels(height),
            offset_x: pixels(region.left),
            offset_y: pixels(region.top),
        };
        let input = (self.contract.width, self.contract.height);
        if region == Region::whole(frame.width, frame.height) && (frame.width, frame.height) == input {
            return Ok((frame.rgb, placement));
        }
        if self.filled != (width, height) {
            let grey = match self.contract.fit {
                Fit::Stretch => 0,
                Fit::Letterbox { pad } => pad,
            };
            self.picture.clear();
            self.picture.resize(3 * input.0 as usize * input.1 as usize, grey);
            self.filled = (width, height);
        }
        self.resize(frame, region, width, height)?;
        Ok((&self.picture, placement))
    }

    /// The size of the frame inside the picture.
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

    /// Into the top left of the picture.
    fn resize(&mut self, frame: &Frame<'_>, region: Region, wide: u32, high: u32) -> Result<(), EngineError> {
        let failure = |reason: String| EngineError::Run {
            reason: format!("cannot resize the frame: {reason}"),
        };
        let (width, height) = (self.contract.width, self.contract.height);
        let source = TypedImageRef::<U8x3>::from_buffer(frame.width, frame.height, frame.rgb)
            .map_err(|error| failure(error.to_string()))?;
        let mut picture = TypedImage::from_buffer(width, height, &mut self.picture)
            .map_err(|error| failure(error.to_string()))?;
        let mut target = TypedCroppedImageMut::from_ref(&mut picture, 0, 0, wide, high)
            .map_err(|error| failure(error.to_string()))?;
        let algorithm = match self.contract.filter {
            Filter::Antialiased => ResizeAlg::Convolution(FilterType::Bilinear),
            Filter::Plain => ResizeAlg::Interpolation(FilterType::Bilinear),
        };
        // The crop is a picture of its own: with the resizer's crop option, as with Pillow's `box`, pixels beyond the
        // region's border would bleed into it.
        let source =
            TypedCroppedImage::from_ref(&source, region.left, region.top, region.width, region.height)
                .map_err(|error| failure(error.to_string()))?;
        let options = ResizeOptions::new().resize_alg(algorithm);
        // By the type of its pixels: asked by their name, the resizer is compiled for thirteen types, half of this crate's time.
        self.resizer
            .resize_typed(&source, &mut target, &options)
            .map_err(|error| failure(error.to_string()))
    }
}

impl Drop for Preprocessor {
    fn drop(&mut self) {
        self.picture.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vsa_engine::contract::Layout;

    /// Of 4x4 pixels.
    fn contract(fit: Fit) -> InputContract {
        InputContract {
            fit,
            ..InputContract::plain(4, 4, Layout::Nchw)
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

    fn frame(width: u32, height: u32, rgb: &[u8]) -> Frame<'_> {
        Frame { width, height, rgb }
    }

    /// The pixel of a picture of 4x4 pixels.
    fn pixel(picture: &[u8], row: usize, column: usize) -> [u8; 3] {
        assert_eq!(picture.len(), 48);
        std::array::from_fn(|channel| picture[3 * (4 * row + column) + channel])
    }

    #[test]
    fn the_letterbox_is_filled_right_and_below_and_again_when_the_shape_changes() {
        let (colour, grey) = ([10, 20, 30], [114; 3]);
        let mut preprocessor = Preprocessor::new(&contract(Fit::Letterbox { pad: 114 }));
        let pixels = plain(8, 4, colour);
        for _ in 0..2 {
            let (picture, placement) = preprocessor
                .prepare(&frame(8, 4, &pixels), Region::whole(8, 4))
                .unwrap();
            assert_eq!((placement.scale_x, placement.scale_y), (2.0, 2.0));
            assert_eq!((pixel(picture, 1, 3), pixel(picture, 2, 3)), (colour, grey));
        }
        let (picture, _) = preprocessor
            .prepare(&frame(4, 8, &pixels), Region::whole(4, 8))
            .unwrap();
        let found = [(3, 1), (3, 2), (0, 2)].map(|(row, column)| pixel(picture, row, column));
        assert_eq!(found, [colour, grey, grey]);
        // A frame that needs no filling between two that do.
        let whole = plain(4, 4, colour);
        preprocessor
            .prepare(&frame(4, 4, &whole), Region::whole(4, 4))
            .unwrap();
        let (picture, _) = preprocessor
            .prepare(&frame(4, 8, &pixels), Region::whole(4, 8))
            .unwrap();
        assert_eq!((pixel(picture, 3, 1), pixel(picture, 3, 2)), (colour, grey));
    }

    #[test]
    fn a_frame_of_the_inputs_size_is_the_picture_itself_and_a_region_of_it_is_not() {
        let pixels: Vec<u8> = (0..48).map(|value| value * 5).collect();
        for fit in [Fit::Stretch, Fit::Letterbox { pad: 114 }] {
            let mut preprocessor = Preprocessor::new(&contract(fit));
            let (picture, _) = preprocessor
                .prepare(&frame(4, 4, &pixels), Region::whole(4, 4))
                .unwrap();
            assert_eq!(picture.as_ptr(), pixels.as_ptr());
            assert_eq!(picture.len(), 48);
            let part = Region {
                width: 2,
                height: 2,
                ..Region::whole(4, 4)
            };
            let (picture, placement) = preprocessor.prepare(&frame(4, 4, &pixels), part).unwrap();
            assert_eq!(placement.scale_x, 0.5);
            assert_eq!(pixel(picture, 0, 0), [0, 5, 10]);
            assert_eq!(pixel(picture, 3, 3), pixel(&pixels, 1, 1));
        }
    }

    #[test]
    fn a_region_comes_back_to_its_own_place_in_the_frame() {
        let mut pixels = plain(16, 16, [0, 0, 0]);
        for row in 4..8 {
            for column in 8..12 {
                pixels[3 * (row * 16 + column)] = 200;
            }
        }
        let mut preprocessor = Preprocessor::new(&contract(Fit::Stretch));
        let region = Region {
            left: 8,
            top: 4,
            width: 8,
            height: 8,
        };
        let (picture, placement) = preprocessor.prepare(&frame(16, 16, &pixels), region).unwrap();
        assert_eq!(pixel(picture, 0, 0), [200, 0, 0]);
        assert_eq!(pixel(picture, 3, 3), [0, 0, 0]);
        let back = placement.to_frame(super::super::family::InputBox {
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
        let mut preprocessor = Preprocessor::new(&contract(Fit::Stretch));
        let short = frame(8, 8, &pixels[1..]);
        assert!(preprocessor.prepare(&short, Region::whole(8, 8)).is_err());
        for (left, width) in [(4, 5), (4, 0)] {
            let region = Region {
                left,
                top: 0,
                width,
                height: 8,
            };
            assert!(preprocessor.prepare(&frame(8, 8, &pixels), region).is_err());
        }
    }

    #[test]
    fn a_very_long_and_thin_frame_keeps_at_least_one_row() {
        let pixels = plain(4000, 1, [9, 9, 9]);
        let mut preprocessor = Preprocessor::new(&contract(Fit::Letterbox { pad: 0 }));
        let (picture, placement) = preprocessor
            .prepare(&frame(4000, 1, &pixels), Region::whole(4000, 1))
            .unwrap();
        assert_eq!((pixel(picture, 0, 0), pixel(picture, 1, 0)), ([9; 3], [0; 3]));
        assert_eq!(placement.scale_y, 1.0);
    }
}
