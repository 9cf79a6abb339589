//! Gaussian blur: a frame in, the frame out of focus. Edges repeat; the kernel ends at four deviations, as scikit-image's
//! does, which ImageNet-C uses.

use super::FrameBuffer;

/// Standard deviation in pixels (ImageNet-C, `gaussian_blur`).
const SIGMA: [f32; 5] = [1.0, 2.0, 3.0, 4.0, 6.0];

pub(super) fn apply(frame: &mut FrameBuffer, level: usize, scratch: &mut Vec<f32>) {
    let kernel = kernel(SIGMA[level]);
    let (width, height) = (frame.width as usize, frame.height as usize);
    scratch.clear();
    scratch.resize(3 * width * height, 0.0);
    let radius = kernel.len() - 1;
    for (line, out) in frame
        .rgb
        .chunks_exact(3 * width)
        .zip(scratch.chunks_exact_mut(3 * width))
    {
        for x in 0..width {
            for channel in 0..3 {
                let at = |x: usize| f32::from(line[3 * x + channel]);
                let mut sum = kernel[0] * at(x);
                for (offset, weight) in (1..=radius).zip(&kernel[1..]) {
                    sum += weight * (at(x.saturating_sub(offset)) + at((x + offset).min(width - 1)));
                }
                out[3 * x + channel] = sum;
            }
        }
    }
    let mut sums = vec![0.0f32; 3 * width];
    for y in 0..height {
        let row = |y: usize| &scratch[3 * width * y..3 * width * (y + 1)];
        for (sum, value) in sums.iter_mut().zip(row(y)) {
            *sum = kernel[0] * value;
        }
        for (offset, weight) in (1..=radius).zip(&kernel[1..]) {
            let (above, below) = (row(y.saturating_sub(offset)), row((y + offset).min(height - 1)));
            for (sum, (a, b)) in sums.iter_mut().zip(above.iter().zip(below)) {
                *sum += weight * (a + b);
            }
        }
        let out = &mut frame.rgb[3 * width * y..3 * width * (y + 1)];
        out.iter_mut()
            .zip(&sums)
            .for_each(|(out, sum)| *out = super::level_of(*sum));
    }
}

/// Weights from the middle outwards; with both sides they sum to 1.
pub(super) fn kernel(sigma: f32) -> Vec<f32> {
    let radius = (4.0 * sigma).round() as i32;
    let weight = |offset: i32| (-0.5 * (offset as f32 / sigma).powi(2)).exp();
    let sum: f32 = weight(0) + 2.0 * (1..=radius).map(weight).sum::<f32>();
    (0..=radius).map(|offset| weight(offset) / sum).collect()
}
