//! The part of an image that one row of a convolution reads. In: an image, channels last or plane by plane, or the bytes of
//! a picture. Out: the kernel's rows side by side, with zeros wherever the kernel lies beyond the image. So much fits into
//! the first-level cache; a padded copy of the whole image would not.
//! Deliberately not here: the convolution (see `dense.rs`).

use crate::normalise::Normalise;
use std::sync::Arc;

/// What a layer reads.
#[derive(Clone, Copy, Debug)]
pub(super) enum Image<'a> {
    Floats(&'a [f32]),
    /// A picture, whose bytes stand for numbers.
    Bytes(&'a [u8]),
}

impl<'a> Image<'a> {
    /// Empty where they are bytes.
    pub(super) fn floats(self) -> &'a [f32] {
        match self {
            Self::Floats(floats) => floats,
            Self::Bytes(_) => &[],
        }
    }
}

/// Which rows a convolution reads, and how they are laid out.
#[derive(Debug)]
pub(super) struct Gather {
    /// Images of their own that follow each other: the channels, or 1 where channels are last.
    pub(super) planes: usize,
    /// Floats of one pixel of a plane: 1, or the channels where they are last.
    pub(super) pixel: usize,
    /// Rows and columns, in this order.
    pub(super) image: [usize; 2],
    /// Rows of the kernel, and rows of the image from one output row to the next.
    pub(super) kernel: usize,
    pub(super) stride: usize,
    /// Rows above and columns left of the image that count as zero.
    pub(super) pad: [usize; 2],
    /// Columns that the kernel reads in all, zeros included.
    pub(super) columns: usize,
    /// What the bytes stand for, where the image is a picture.
    pub(super) picture: Option<Arc<Normalise>>,
}

impl Gather {
    /// Whether the image is of the kind and size that is read.
    pub(super) fn takes(&self, image: Image<'_>) -> bool {
        let (length, bytes) = match image {
            Image::Floats(floats) => (floats.len(), false),
            Image::Bytes(bytes) => (bytes.len(), true),
        };
        length == self.planes * self.image[0] * self.image[1] * self.pixel && bytes == self.picture.is_some()
    }

    /// Floats of what one output row reads.
    pub(super) fn floats(&self) -> usize {
        self.planes * self.kernel * self.line()
    }

    /// Floats from one row of the window to the next.
    pub(super) fn line(&self) -> usize {
        self.columns * self.pixel
    }

    /// Fills `window` with what output row `row` reads. The window holds zeros before the first row: columns
    /// beyond the image are never written.
    #[inline(always)]
    pub(super) fn row(&self, row: usize, image: Image<'_>, window: &mut [f32]) {
        // A kernel with a stride may leave the last columns unread.
        let live = self.image[1].min(self.columns.saturating_sub(self.pad[1])) * self.pixel;
        let (before, width) = (self.pad[1] * self.pixel, self.image[1] * self.pixel);
        let lines = window.chunks_exact_mut(self.line());
        for (index, line) in lines.enumerate() {
            let (plane, kernel_row) = (index / self.kernel, index % self.kernel);
            let wanted = (row * self.stride + kernel_row).wrapping_sub(self.pad[0]);
            let to = &mut line[before..before + live];
            if wanted < self.image[0] {
                let from = (plane * self.image[0] + wanted) * width;
                match (image, &self.picture) {
                    (Image::Floats(floats), None) => to.copy_from_slice(&floats[from..from + live]),
                    (Image::Bytes(bytes), Some(normalise)) => normalise.row(&bytes[from..from + live], to),
                    _ => unreachable!("the kind of the image was checked"),
                }
            } else {
                to.fill(0.0);
            }
        }
    }
}
