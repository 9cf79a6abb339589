//! A frame in, its small grey copy out: the mean brightness of square blocks of pixels, too coarse for a face, enough to
//! see that something new stands there. Wiped when it is dropped; it is alive only until the next frame is measured.
//! Deliberately not here: what is compared with it (`measure::background`).

use super::frame::Frame;
use vsa_engine::simd::{Loop, with_wide_registers};
use zeroize::{Zeroize, Zeroizing};

/// At most so many blocks in a row. A bag half a metre wide is then 5 blocks wide where the picture shows 20 m.
const MOST_COLUMNS: u32 = 192;

/// Mean brightness of the blocks of one frame, 0 to 255, row by row.
pub(crate) struct GreyGrid {
    pub(crate) columns: usize,
    pub(crate) rows: usize,
    /// Side of a block in pixels; those at the right and lower edge may be cut.
    pub(crate) block: u32,
    pub(crate) cells: Vec<u8>,
}

impl GreyGrid {
    pub(crate) fn of(frame: &Frame<'_>) -> Self {
        with_wide_registers(Means(frame))
    }

    #[inline(always)]
    fn means(frame: &Frame<'_>) -> Self {
        let block = frame.width.div_ceil(MOST_COLUMNS).max(1);
        let columns = frame.width.div_ceil(block) as usize;
        let rows = frame.height.div_ceil(block) as usize;
        let side = block as usize;
        let mut cells = Vec::with_capacity(columns * rows);
        // Sums down the lines of a block first, byte by byte: many bytes at a time. A block has far fewer than 257 lines.
        let mut column_sums = Zeroizing::new(vec![0u16; 3 * frame.width as usize]);
        let stride = 3 * frame.width as usize;
        for band in frame.rgb.chunks(stride.max(1) * side).take(rows) {
            column_sums.fill(0);
            let mut lines = 0;
            for line in band.chunks_exact(stride.max(1)) {
                lines += 1;
                for (sum, &level) in column_sums.iter_mut().zip(line) {
                    *sum += u16::from(level);
                }
            }
            for block in column_sums.chunks(3 * side) {
                let wide = u32::try_from(block.len() / 3).unwrap_or(u32::MAX);
                let sum = brightness(block);
                cells.push(u8::try_from(sum / (256 * lines * wide).max(1)).unwrap_or(u8::MAX));
            }
        }
        Self {
            columns,
            rows,
            block,
            cells,
        }
    }
}

struct Means<'a>(&'a Frame<'a>);

impl Loop for Means<'_> {
    type Output = GreyGrid;

    #[inline(always)]
    fn run(self) -> GreyGrid {
        GreyGrid::means(self.0)
    }
}

/// Luma of ITU-R BT.601 times 256 of some pixels, or of sums of pixels, added up: that of their sum.
#[inline(always)]
fn brightness(pixels: &[u16]) -> u32 {
    let mut sums = [0u32; 3];
    for pixel in pixels.as_chunks::<3>().0 {
        for (sum, &level) in sums.iter_mut().zip(pixel) {
            *sum += u32::from(level);
        }
    }
    77 * sums[0] + 150 * sums[1] + 29 * sums[2]
}

impl Drop for GreyGrid {
    fn drop(&mut self) {
        self.cells.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_picture_keeps_its_pixels_as_luma() {
        let rgb = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255];
        let grid = GreyGrid::of(&Frame {
            width: 2,
            height: 2,
            rgb: &rgb,
        });
        assert_eq!((grid.columns, grid.rows, grid.block), (2, 2, 1));
        // 77 * 255 / 256, 150 * 255 / 256, 29 * 255 / 256, rounded down.
        assert_eq!(grid.cells, [76, 149, 28, 255]);
        let narrow = GreyGrid::means(&Frame {
            width: 2,
            height: 2,
            rgb: &rgb,
        });
        assert_eq!(narrow.cells, grid.cells);
    }

    #[test]
    fn blocks_are_means_and_those_at_the_edges_are_not_darkened() {
        // 385 pixels wide: blocks of 3, the last with one column; 4 rows: the last block with one row.
        let rgb: Vec<u8> = (0..4 * 385)
            .flat_map(|pixel| [if pixel % 385 == 0 { 200 } else { 80 }; 3])
            .collect();
        let grid = GreyGrid::of(&Frame {
            width: 385,
            height: 4,
            rgb: &rgb,
        });
        assert_eq!((grid.columns, grid.rows, grid.block), (129, 2, 3));
        assert_eq!(
            (grid.cells[0], grid.cells[1]),
            (120, 80),
            "a third of the first block is bright"
        );
        assert_eq!((grid.cells[128], grid.cells[129 + 128]), (80, 80));
    }
}
