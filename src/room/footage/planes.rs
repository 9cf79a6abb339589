//! A picture as video codecs hold it in, RGB out: brightness and two colour differences in planes of their own, eight bits
//! each, the colours at full, half or quarter resolution.
//!
//! Done here in whole numbers, so that every machine gets the same bytes. ffmpeg's own conversion does that too when told
//! to round accurately, and then costs six times as much; and it converts the frames that are not looked at.
//!
//! Colours between two samples are weighted 3 to 1, as if each sample lay in the middle of the pixels that share it (as
//! JPEG has it, and as ffmpeg assumes where a file does not say). Formulas: Recommendation ITU-R BT.601-7, 2.5;
//! BT.709-6, 3; BT.2020-2, table 4; shares of red and blue: ITU-T H.273, table 4.

use vsa_engine::simd::{Loop, with_wide_registers};
use zeroize::Zeroize as _;

/// Which planes a decoder gives, and what they mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Planes {
    /// ffmpeg's name of the format.
    pub(super) name: &'static str,
    /// How often the number of columns is halved for colours: 0 or 1.
    halved_columns: u32,
    /// The same for rows.
    halved_rows: u32,
    /// Brightness goes from 0 to 255 instead of from 16 to 235.
    full_range: bool,
    /// Shares of red and blue in brightness.
    shares: (f64, f64),
}

/// ffmpeg's name, halved columns, halved rows, whether the name itself says that the range is full.
const FORMATS: [(&str, u32, u32, bool); 6] = [
    ("yuv420p", 1, 1, false),
    ("yuvj420p", 1, 1, true),
    ("yuv422p", 1, 0, false),
    ("yuvj422p", 1, 0, true),
    ("yuv444p", 0, 0, false),
    ("yuvj444p", 0, 0, true),
];

/// Where nothing is said: standard television, which ffmpeg assumes as well.
const BT601: (f64, f64) = (0.299, 0.114);

impl Planes {
    /// From ffmpeg's words, such as `yuv420p(tv, bt709, progressive)`; none for a format that is not converted here.
    pub(super) fn described(words: &str) -> Option<Self> {
        let (name, said) = words.split_once('(').unwrap_or((words, ""));
        let (name, halved_columns, halved_rows, full) =
            FORMATS.into_iter().find(|(known, ..)| *known == name.trim())?;
        let said: Vec<&str> = said.trim_end_matches(')').split(',').map(str::trim).collect();
        let mut planes = Self {
            name,
            halved_columns,
            halved_rows,
            full_range: full || said.contains(&"pc"),
            shares: BT601,
        };
        for one in said {
            // `matrix/primaries/transfer`, or one name where all three are the same.
            match one.split('/').next().unwrap_or_default() {
                "bt709" => planes.shares = (0.2126, 0.0722),
                "bt2020nc" => planes.shares = (0.2627, 0.0593),
                "smpte240m" => planes.shares = (0.212, 0.087),
                "fcc" => planes.shares = (0.30, 0.11),
                // Brightness that is made of light instead of signals, and planes that are no differences of colours.
                "bt2020c" | "ycgco" | "gbr" | "ictcp" | "smpte2085" | "chroma-derived-c"
                | "chroma-derived-nc" => {
                    return None;
                }
                _ => {}
            }
        }
        Some(planes)
    }

    fn colour_size(&self, width: usize, height: usize) -> (usize, usize) {
        (
            width.div_ceil(1 << self.halved_columns),
            height.div_ceil(1 << self.halved_rows),
        )
    }

    /// Bytes of a picture of this size.
    pub(super) fn bytes(&self, width: usize, height: usize) -> usize {
        let (columns, rows) = self.colour_size(width, height);
        width * height + 2 * columns * rows
    }

    /// `coded` as RGB: brightness, then the difference to blue, then to red, each without padding.
    pub(super) fn to_rgb(self, coded: &[u8], width: usize, height: usize, rgb: &mut [u8]) {
        debug_assert!(coded.len() == self.bytes(width, height) && rgb.len() == 3 * width * height);
        with_wide_registers(ToRgb {
            planes: self,
            coded,
            width,
            height,
            rgb,
        });
    }

    #[inline(always)]
    fn convert(self, coded: &[u8], width: usize, height: usize, rgb: &mut [u8]) {
        let (columns, rows) = self.colour_size(width, height);
        let (brightness, colours) = coded.split_at(width * height);
        let (blue, red) = colours.split_at(columns * rows);
        let weights = Weights::of(self);
        let mut upsampled = [Upsampled::new(columns, width), Upsampled::new(columns, width)];
        let lines = brightness
            .chunks_exact(width)
            .zip(rgb.chunks_exact_mut(3 * width));
        for (y, (brightness, rgb)) in lines.enumerate() {
            let (near, far) = self.colour_rows(y, rows);
            for (one, plane) in upsampled.iter_mut().zip([blue, red]) {
                let row = |at: usize| &plane[at * columns..(at + 1) * columns];
                one.fill(row(near), row(far), self.halved_columns == 1);
            }
            let colours = upsampled.each_ref().map(|one| &one.line[..width]);
            weights.line(brightness, colours[0], colours[1], rgb);
        }
    }

    /// The row of colours in which the line `y` lies, and the one that it lies next to.
    fn colour_rows(self, y: usize, rows: usize) -> (usize, usize) {
        if self.halved_rows == 0 {
            return (y, y);
        }
        let near = y / 2;
        let far = if y.is_multiple_of(2) {
            near.saturating_sub(1)
        } else {
            (near + 1).min(rows - 1)
        };
        (near, far)
    }
}

struct ToRgb<'a> {
    planes: Planes,
    coded: &'a [u8],
    width: usize,
    height: usize,
    rgb: &'a mut [u8],
}

impl Loop for ToRgb<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.planes.convert(self.coded, self.width, self.height, self.rgb);
    }
}

/// One line of a plane of colours, at the resolution of the picture.
struct Upsampled {
    /// Samples times 4, blended with those of the next row.
    blended: Vec<i16>,
    /// The difference from grey, times 256.
    line: Vec<i16>,
}

impl Drop for Upsampled {
    fn drop(&mut self) {
        self.blended.zeroize();
        self.line.zeroize();
    }
}

impl Upsampled {
    fn new(columns: usize, width: usize) -> Self {
        Self {
            blended: vec![0; columns],
            line: vec![0; width + 1],
        }
    }

    #[inline(always)]
    fn fill(&mut self, near: &[u8], far: &[u8], halved: bool) {
        for ((sum, &near), &far) in self.blended.iter_mut().zip(near).zip(far) {
            *sum = 3 * i16::from(near) + i16::from(far);
        }
        // 16 times a sample, from which grey, 128, is taken: below 2^11, so that 16 times that is below 2^15.
        let difference = |own: i16, other: i16| (3 * own + other - 16 * 128) << 4;
        let blended = &self.blended;
        if !halved {
            for (out, &own) in self.line.iter_mut().zip(blended) {
                *out = difference(own, own);
            }
            return;
        }
        let last = blended.len() - 1;
        let (first_own, last_own) = (blended[0], blended[last]);
        self.line[0] = difference(first_own, first_own);
        // Between two samples lie two pixels.
        for (out, pair) in self.line[1..].chunks_exact_mut(2).zip(blended.windows(2)) {
            out[0] = difference(pair[0], pair[1]);
            out[1] = difference(pair[1], pair[0]);
        }
        self.line[2 * last + 1] = difference(last_own, last_own);
    }
}

/// What a unit of each plane adds to each colour, in parts of 2^14 for brightness and of 2^13 for colours.
struct Weights {
    black: i16,
    brightness: i16,
    red: i16,
    green: (i16, i16),
    blue: i16,
}

impl Weights {
    fn of(planes: Planes) -> Self {
        let (red, blue) = planes.shares;
        let green = 1.0 - red - blue;
        let (black, stretch, colour) = if planes.full_range {
            (0, 1.0, 1.0)
        } else {
            (16, 255.0 / 219.0, 255.0 / 224.0)
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the largest weight, 2.2 for blue, is 18,000 parts"
        )]
        let parts = |weight: f64, of: f64| (weight * of).round() as i16;
        Self {
            black,
            brightness: parts(stretch, 16384.0),
            red: parts(2.0 * (1.0 - red) * colour, 8192.0),
            green: (
                parts(2.0 * blue * (1.0 - blue) / green * colour, 8192.0),
                parts(2.0 * red * (1.0 - red) / green * colour, 8192.0),
            ),
            blue: parts(2.0 * (1.0 - blue) * colour, 8192.0),
        }
    }

    #[inline(always)]
    fn line(&self, brightness: &[u8], blue: &[i16], red: &[i16], rgb: &mut [u8]) {
        let (whole, rest) = brightness.as_chunks::<BLOCK>();
        let (out, out_rest) = rgb.as_chunks_mut::<{ 3 * BLOCK }>();
        let (whole_blue, rest_blue) = blue.as_chunks::<BLOCK>();
        let (whole_red, rest_red) = red.as_chunks::<BLOCK>();
        let planes = whole.iter().zip(whole_blue).zip(whole_red);
        for (((brightness, blue), red), out) in planes.zip(out) {
            self.block(brightness, blue, red, out);
        }
        if !rest.is_empty() {
            let mut pixels = [0; 3 * BLOCK];
            self.block(&filled(rest), &filled(rest_blue), &filled(rest_red), &mut pixels);
            out_rest.copy_from_slice(&pixels[..out_rest.len()]);
        }
    }

    /// Sums are in units of 1/32: 9,500 for white, 8,800 for the strongest colour, far below 2^15. Sixteen bits all the
    /// way, so that eight pixels fit a register of the oldest machine.
    #[inline(always)]
    fn block(
        &self,
        brightness: &[u8; BLOCK],
        blue: &[i16; BLOCK],
        red: &[i16; BLOCK],
        rgb: &mut [u8; 3 * BLOCK],
    ) {
        let mut planes = [[0u8; BLOCK]; 3];
        for at in 0..BLOCK {
            let y = high((i16::from(brightness[at]) - self.black) << 7, self.brightness) + HALF;
            planes[0][at] = level(y + high(red[at], self.red));
            planes[1][at] = level(y - high(blue[at], self.green.0) - high(red[at], self.green.1));
            planes[2][at] = level(y + high(blue[at], self.blue));
        }
        for at in 0..BLOCK {
            rgb[3 * at] = planes[0][at];
            rgb[3 * at + 1] = planes[1][at];
            rgb[3 * at + 2] = planes[2][at];
        }
    }
}

/// Pixels that are converted at once.
const BLOCK: usize = 32;

/// The last pixels of a line, made up to a block.
fn filled<T: Copy + Default>(rest: &[T]) -> [T; BLOCK] {
    let mut block = [T::default(); BLOCK];
    block[..rest.len()].copy_from_slice(rest);
    block
}

/// Half of a level.
const HALF: i16 = 16;

/// The upper half of a product.
fn high(a: i16, b: i16) -> i16 {
    ((i32::from(a) * i32::from(b)) >> 16) as i16
}

#[expect(clippy::cast_sign_loss, reason = "clamped to a byte")]
fn level(sum: i16) -> u8 {
    (sum >> 5).clamp(0, 255) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planes(words: &str) -> Planes {
        Planes::described(words).unwrap()
    }

    #[test]
    fn formats_ranges_and_matrices_are_read_from_ffmpeg_s_words() {
        assert_eq!(planes("yuv420p"), planes("yuv420p(tv, progressive)"));
        assert_eq!(planes("yuv420p(tv, bt709, top first)").shares, (0.2126, 0.0722));
        assert_eq!(planes("yuvj420p(pc, bt470bg/unknown/unknown)").shares, BT601);
        assert_eq!(
            planes("yuv422p(bt2020nc/bt2020/smpte2084)").shares,
            (0.2627, 0.0593)
        );
        assert!(planes("yuvj422p").full_range && planes("yuv444p(pc)").full_range);
        for other in [
            "yuv420p10le",
            "nv12",
            "gray",
            "rgb24",
            "yuva420p",
            "yuv444p(pc, gbr/bt709/bt709)",
            "",
        ] {
            assert_eq!(Planes::described(other), None, "{other}");
        }
    }

    /// The formula of the recommendations, in real numbers, for a picture of one colour.
    fn by_formula(planes: Planes, [y, b, r]: [u8; 3]) -> [f64; 3] {
        let (red, blue) = planes.shares;
        let scale = |value: u8, zero: f64, range: f64| (f64::from(value) - zero) / range;
        let (y, b, r) = if planes.full_range {
            (
                scale(y, 0.0, 255.0),
                scale(b, 128.0, 255.0),
                scale(r, 128.0, 255.0),
            )
        } else {
            (
                scale(y, 16.0, 219.0),
                scale(b, 128.0, 224.0),
                scale(r, 128.0, 224.0),
            )
        };
        let (r, b) = (y + 2.0 * (1.0 - red) * r, y + 2.0 * (1.0 - blue) * b);
        let g = (y - red * r - blue * b) / (1.0 - red - blue);
        [r, g, b].map(|value| (255.0 * value).clamp(0.0, 255.0))
    }

    #[test]
    fn every_colour_is_that_of_the_formula_within_three_quarters_of_a_level() {
        for words in [
            "yuv420p",
            "yuvj420p",
            "yuv444p(tv, bt709)",
            "yuv422p(bt2020nc)",
            "yuv420p(pc, smpte240m)",
        ] {
            let planes = planes(words);
            let levels = (0..=255).step_by(5).map(|level| level as u8);
            for y in levels.clone() {
                for (b, r) in levels
                    .clone()
                    .flat_map(|b| levels.clone().step_by(3).map(move |r| (b, r)))
                {
                    let (width, height) = (3, 3);
                    let colours = (planes.bytes(width, height) - 9) / 2;
                    let coded = [vec![y; 9], vec![b; colours], vec![r; colours]].concat();
                    let mut rgb = [0; 27];
                    planes.to_rgb(&coded, width, height, &mut rgb);
                    let wanted = by_formula(planes, [y, b, r]);
                    for (at, &level) in rgb.iter().enumerate() {
                        let off = f64::from(level) - wanted[at % 3];
                        assert!(off.abs() < 0.75, "{words} {y} {b} {r}: {rgb:?}, {wanted:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn wide_registers_give_the_same_bytes() {
        for (words, width, height) in [("yuv420p", 131, 7), ("yuvj422p", 64, 3), ("yuv444p", 33, 2)] {
            let planes = planes(words);
            let coded: Vec<u8> = (0..planes.bytes(width, height))
                .map(|at| (at * 97 % 256) as u8)
                .collect();
            let (mut wide, mut narrow) = (vec![0; 3 * width * height], vec![1; 3 * width * height]);
            planes.to_rgb(&coded, width, height, &mut wide);
            planes.convert(&coded, width, height, &mut narrow);
            assert_eq!(wide, narrow, "{words}");
        }
    }

    #[test]
    fn colours_between_samples_are_weighted_three_to_one() {
        // Two columns of samples, grey and strongly red; five pixels wide, so that the last sample is cut.
        let mut line = Upsampled::new(3, 5);
        line.fill(&[128, 128, 192], &[128, 128, 192], true);
        let quarter = 64 * 256 / 4;
        assert_eq!(line.line[..5], [0, 0, 0, quarter, 3 * quarter]);
        line.fill(&[128, 192, 192], &[128, 128, 192], true);
        // Three quarters of the near row, of that three quarters here and the rest from the next sample.
        assert_eq!(line.line[2..4], [9216, 9216 + quarter]);
        assert_eq!(planes("yuv420p").colour_rows(0, 2), (0, 0));
        assert_eq!(planes("yuv420p").colour_rows(1, 2), (0, 1));
        assert_eq!(planes("yuv420p").colour_rows(2, 2), (1, 0));
        assert_eq!(planes("yuv420p").colour_rows(3, 2), (1, 1));
        assert_eq!(planes("yuv422p").colour_rows(3, 4), (3, 3));
    }
}
