//! Bytes of a picture in, the numbers that a network wants out: `(v - mean) / std` for a channel value `v`, in the order of
//! axes and channels of its input contract. Engines do this themselves, the embedded one in its first layer: a tensor of
//! floats is four times the picture, and would be written and read again for every frame.
//! Deliberately not here: bringing a frame to the size of the input (see `preprocess.rs`).

use super::contract::{InputContract, Layout};
use crate::EngineError;
use crate::simd::{Loop, with_wide_registers};
use vsa_plan::ColourOrder;

/// The numbers of one network.
#[derive(Debug)]
pub struct Normalise {
    pub(crate) columns: usize,
    pub(crate) rows: usize,
    pub(crate) layout: Layout,
    /// Which channel of the picture each channel of the tensor is.
    pub(crate) source: [usize; 3],
    /// What each of the 256 values of a byte becomes, for each channel of the *picture*.
    numbers: [[f32; 256]; 3],
    /// Bytes become the numbers that they are.
    plain: bool,
}

impl Normalise {
    /// The numbers of this contract.
    #[must_use]
    pub fn new(contract: &InputContract) -> Self {
        let source = match contract.colour {
            ColourOrder::Rgb => [0, 1, 2],
            ColourOrder::Bgr => [2, 1, 0],
        };
        let mut numbers = [[0.0; 256]; 3];
        for (channel, source) in source.into_iter().enumerate() {
            numbers[source] = std::array::from_fn(|value| {
                let value = u8::try_from(value).expect("an index below 256 is a byte");
                (f32::from(value) - contract.mean[channel]) / contract.std[channel]
            });
        }
        Self {
            columns: contract.width as usize,
            rows: contract.height as usize,
            layout: contract.layout,
            source,
            numbers,
            plain: contract.is_plain(),
        }
    }

    /// The shape of the tensor.
    pub fn shape(&self) -> [usize; 4] {
        match self.layout {
            Layout::Nchw => [1, 3, self.rows, self.columns],
            Layout::Nhwc => [1, self.rows, self.columns, 3],
        }
    }

    /// Refuses a picture of another size.
    pub(crate) fn check(&self, picture: &[u8]) -> Result<(), EngineError> {
        if picture.len() == 3 * self.columns * self.rows {
            return Ok(());
        }
        let (columns, rows, bytes) = (self.columns, self.rows, picture.len());
        let reason = format!("a picture of {columns}x{rows} pixels has {bytes} bytes");
        Err(EngineError::Run { reason })
    }

    /// Pixels as floats, in the picture's own order.
    #[inline(always)]
    pub(crate) fn row(&self, pixels: &[u8], floats: &mut [f32]) {
        if self.plain {
            for (float, byte) in floats.iter_mut().zip(pixels) {
                *float = f32::from(*byte);
            }
            return;
        }
        for (floats, pixel) in floats.chunks_exact_mut(3).zip(pixels.chunks_exact(3)) {
            for (channel, float) in floats.iter_mut().enumerate() {
                *float = self.numbers[channel][usize::from(pixel[channel])];
            }
        }
    }

    /// The whole tensor, for engines that read floats.
    pub fn lay_out(&self, picture: &[u8], tensor: &mut [f32]) {
        with_wide_registers(LayOut {
            normalise: self,
            picture,
            tensor,
        });
    }

    #[inline(always)]
    fn lay_out_all(&self, picture: &[u8], tensor: &mut [f32]) {
        let plane = self.columns * self.rows;
        for (row, pixels) in picture.chunks_exact(3 * self.columns).enumerate() {
            match self.layout {
                Layout::Nchw => {
                    for (channel, source) in self.source.into_iter().enumerate() {
                        let start = channel * plane + row * self.columns;
                        let numbers = &self.numbers[source];
                        let line = &mut tensor[start..start + self.columns];
                        let places = line.iter_mut().zip(pixels.chunks_exact(3));
                        if self.plain {
                            places.for_each(|(float, pixel)| *float = f32::from(pixel[source]));
                        } else {
                            places.for_each(|(float, pixel)| *float = numbers[usize::from(pixel[source])]);
                        }
                    }
                }
                Layout::Nhwc => {
                    let start = 3 * row * self.columns;
                    let line = &mut tensor[start..start + 3 * self.columns];
                    for (floats, pixel) in line.chunks_exact_mut(3).zip(pixels.chunks_exact(3)) {
                        for (float, source) in floats.iter_mut().zip(self.source) {
                            *float = self.numbers[source][usize::from(pixel[source])];
                        }
                    }
                }
            }
        }
    }

    /// The whole tensor, on its own.
    #[must_use]
    pub fn tensor(&self, picture: &[u8]) -> ndarray::Array4<f32> {
        let mut tensor = ndarray::Array4::zeros(self.shape());
        self.lay_out(
            picture,
            tensor.as_slice_mut().expect("a new tensor is contiguous"),
        );
        tensor
    }
}

struct LayOut<'a> {
    normalise: &'a Normalise,
    picture: &'a [u8],
    tensor: &'a mut [f32],
}

impl Loop for LayOut<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.normalise.lay_out_all(self.picture, self.tensor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Filter, Fit};

    fn contract(layout: Layout, colour: ColourOrder) -> InputContract {
        InputContract {
            width: 4,
            height: 2,
            colour,
            mean: [10.0, 20.0, 30.0],
            std: [1.0, 2.0, 4.0],
            layout,
            fit: Fit::Stretch,
            filter: Filter::Antialiased,
        }
    }

    #[test]
    fn each_channel_of_the_tensor_has_its_own_mean_and_deviation() {
        let mut picture = [0; 24];
        picture[3 * 5..3 * 6].copy_from_slice(&[110, 120, 130]);
        for (layout, colour, expected) in [
            (Layout::Nchw, ColourOrder::Rgb, [100.0, 50.0, 25.0]),
            (Layout::Nchw, ColourOrder::Bgr, [120.0, 50.0, 20.0]),
            (Layout::Nhwc, ColourOrder::Rgb, [100.0, 50.0, 25.0]),
            (Layout::Nhwc, ColourOrder::Bgr, [120.0, 50.0, 20.0]),
        ] {
            let normalise = Normalise::new(&contract(layout, colour));
            let tensor = normalise.tensor(&picture);
            let mut row = [0.0; 12];
            normalise.row(&picture[12..], &mut row);
            for (channel, value) in expected.into_iter().enumerate() {
                let got = match layout {
                    Layout::Nchw => tensor[[0, channel, 1, 1]],
                    Layout::Nhwc => tensor[[0, 1, 1, channel]],
                };
                assert_eq!(got, value, "{layout:?} {colour:?} channel {channel}");
                assert_eq!(row[3 + normalise.source[channel]], value);
            }
        }
    }

    #[test]
    fn bytes_that_are_numbers_already_stay_the_same() {
        let plain = InputContract {
            mean: [0.0; 3],
            std: [1.0; 3],
            ..contract(Layout::Nchw, ColourOrder::Bgr)
        };
        let normalise = Normalise::new(&plain);
        let picture: Vec<u8> = (0..24).map(|value| value * 10).collect();
        let mut row = [0.0; 12];
        normalise.row(&picture[..12], &mut row);
        let expected: Vec<f32> = picture[..12].iter().copied().map(f32::from).collect();
        assert_eq!(row[..], expected);
        let tensor = normalise.tensor(&picture);
        assert_eq!(tensor[[0, 0, 1, 0]], 140.0);
        let mut narrow = vec![0.0; 24];
        normalise.lay_out_all(&picture, &mut narrow);
        assert_eq!(tensor.as_slice(), Some(&narrow[..]));
    }

    #[test]
    fn a_picture_of_another_size_is_refused() {
        let normalise = Normalise::new(&contract(Layout::Nchw, ColourOrder::Rgb));
        assert!(normalise.check(&[0; 24]).is_ok());
        let refusal = normalise.check(&[0; 21]).unwrap_err().to_string();
        assert!(refusal.contains("4x2 pixels has 21 bytes"), "{refusal}");
    }
}
