//! Fewer pixels: a frame in, the frame as a smaller sensor would have seen it, at its old size, out. Each small pixel is
//! the mean of those it covers; it is shown as a block (Pillow's BOX filter both ways, in whole pixels).

use super::FrameBuffer;

/// Side of the small picture as a share of the frame's (ImageNet-C, `pixelate`).
const SHARE: [f64; 5] = [0.6, 0.5, 0.4, 0.3, 0.25];

pub(super) fn apply(frame: &mut FrameBuffer, level: usize) {
    let (width, height) = (frame.width as usize, frame.height as usize);
    let small = |side: usize| ((side as f64 * SHARE[level]) as usize).max(1);
    let (columns, rows) = (small(width), small(height));
    // Where small pixel `i` begins.
    let edge = |i: usize, side: usize, count: usize| i * side / count;
    for row in 0..rows {
        let ys = edge(row, height, rows)..edge(row + 1, height, rows);
        for column in 0..columns {
            let xs = edge(column, width, columns)..edge(column + 1, width, columns);
            let pixels = u32::try_from(ys.len() * xs.len()).unwrap_or(u32::MAX).max(1);
            for channel in 0..3 {
                let at = |x: usize, y: usize| 3 * (y * width + x) + channel;
                let cells = ys.clone().flat_map(|y| xs.clone().map(move |x| (x, y)));
                let sum: u32 = cells.clone().map(|(x, y)| u32::from(frame.rgb[at(x, y)])).sum();
                let mean = u8::try_from((sum + pixels / 2) / pixels).unwrap_or(u8::MAX);
                cells.for_each(|(x, y)| frame.rgb[at(x, y)] = mean);
            }
        }
    }
}
