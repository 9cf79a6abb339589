//! What stands still in the picture without having been there. In: small grey copies of the frames, and where people are.
//! Out: for each cell, for how many seconds it has been static foreground.
//!
//! Two backgrounds of one scene, after Porikli, Ivanov and Haga 2008 (*Robust abandoned object detection using dual
//! foregrounds*, EURASIP J. Adv. Signal Process.): one learns within seconds, one within minutes. What differs from the
//! slow one and not from the fast one has come to stay; evidence for it grows with time and fades where it is
//! contradicted. Theirs are Gaussian models of every pixel; these are running means of coarse cells, and cells under
//! people are not learnt at all. Brightness is levelled by the median over the picture, so that a cloud is no object.

use crate::detect::detection::Detection;
use crate::footage::grey::GreyGrid;
use vsa_engine::simd::{Loop, with_wide_registers};
use zeroize::Zeroize;

/// Cells that differ by more grey levels than this are foreground. A block's mean varies by about 2 with noise.
const DIFFERENT: f32 = 14.0;

/// Time constants of the two backgrounds in seconds, and of the slow one in its first [`LEARNING`] seconds.
const FAST: f64 = 2.0;
const SLOW: f64 = 300.0;
const FIRST: f64 = 3.0;
pub(super) const LEARNING: f32 = 10.0;

/// Evidence fades so many times faster than it grows.
const FADING: f32 = 2.0;

/// Static for so long is background from now on.
const ABSORBED: f32 = 600.0;

/// A person hides the cells of the box, of a quarter of its width beside it and a tenth of its height below it (shadow,
/// feet), and for some seconds after the last box there (detections flicker).
const BESIDE: f32 = 0.25;
const BELOW: f32 = 0.1;
const HIDDEN_SECONDS: f32 = 2.0;

/// Where so much of the picture is foreground at once, the camera has moved, or the light was switched.
const ANOTHER_SCENE: f64 = 0.4;

/// The backgrounds of one item: five numbers a cell. Wiped when dropped.
pub(super) struct Background {
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) block: u32,
    fast: Vec<f32>,
    slow: Vec<f32>,
    /// Seconds for which the cell was seen without a person; below zero: never.
    seen: Vec<f32>,
    /// Seconds until the cell counts as free of people.
    hidden: Vec<f32>,
    evidence: Vec<f32>,
    /// From the slow background, in this frame.
    differences: Vec<u16>,
    last_seconds: Option<f64>,
}

impl Background {
    pub(super) fn new(grid: &GreyGrid) -> Self {
        let cells = grid.columns * grid.rows;
        Self {
            columns: grid.columns,
            rows: grid.rows,
            block: grid.block,
            fast: vec![0.0; cells],
            slow: vec![0.0; cells],
            seen: vec![-1.0; cells],
            hidden: vec![0.0; cells],
            evidence: vec![0.0; cells],
            differences: vec![0; cells],
            last_seconds: None,
        }
    }

    pub(super) fn fits(&self, grid: &GreyGrid) -> bool {
        (self.columns, self.rows) == (grid.columns, grid.rows)
    }

    /// Seconds for which each cell has been static foreground.
    pub(super) fn evidence(&self) -> &[f32] {
        &self.evidence
    }

    /// The two backgrounds at a cell: as it is now, as it was before.
    pub(super) fn now_and_before(&self, cell: usize) -> (f32, f32) {
        (self.fast[cell], self.slow[cell])
    }

    /// Takes in the next frame. False: it shows another scene, and everything is learnt anew.
    pub(super) fn update(&mut self, grid: &GreyGrid, seconds: f64, people: &[Detection]) -> bool {
        let elapsed = self
            .last_seconds
            .map_or(0.0, |last| (seconds - last).clamp(0.0, 1.0));
        self.last_seconds = Some(seconds);
        self.hide(people, elapsed as f32);
        let light = self.light(grid);
        let share = |constant: f64| (1.0 - (-elapsed / constant).exp()) as f32;
        let (compared, different) = with_wide_registers(Learning {
            cells: self,
            levels: &grid.cells,
            light,
            elapsed: elapsed as f32,
            fast: share(FAST),
            slow: share(SLOW),
            first: share(FIRST),
        });
        let same = f64::from(different) <= ANOTHER_SCENE * f64::from(compared);
        if !same {
            self.forget();
        }
        same
    }

    fn forget(&mut self) {
        self.seen.fill(-1.0);
        self.evidence.fill(0.0);
    }

    /// Cells under people are hidden for a while.
    fn hide(&mut self, people: &[Detection], elapsed: f32) {
        self.hidden.iter_mut().for_each(|left| *left -= elapsed);
        let block = self.block as f32;
        for person in people {
            let rect = &person.rect;
            let (beside, below) = (BESIDE * rect.width(), BELOW * rect.height());
            let cell = |at: f32, cells: usize| ((at / block).max(0.0) as usize).min(cells - 1);
            let rows = cell(rect.top, self.rows)..=cell(rect.bottom + below, self.rows);
            for row in rows {
                let from = row * self.columns + cell(rect.left - beside, self.columns);
                let to = row * self.columns + cell(rect.right + beside, self.columns);
                self.hidden[from..=to].fill(HIDDEN_SECONDS);
            }
        }
    }

    /// How much brighter the picture is than the slow background: the median over cells without people.
    fn light(&mut self, grid: &GreyGrid) -> f32 {
        with_wide_registers(Differences {
            cells: self,
            levels: &grid.cells,
        });
        let mut counts = [0u32; UNCOUNTED as usize + 1];
        for &difference in &self.differences {
            counts[difference as usize] += 1;
        }
        let counts = &counts[..UNCOUNTED as usize];
        let all: u32 = counts.iter().sum();
        let mut below = 0;
        for (difference, count) in (-255i16..).zip(counts) {
            below += count;
            if 2 * below > all {
                return f32::from(difference);
            }
        }
        0.0
    }
}

/// Differences from -255 to 255 are counted from 0 to 510; here, cells under people and those never seen.
const UNCOUNTED: u16 = 511;

struct Differences<'a> {
    cells: &'a mut Background,
    levels: &'a [u8],
}

impl Loop for Differences<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        /// From here on a float of this size has no room for a fraction: the sum is rounded, and its last bits are the number.
        const NO_FRACTION: f32 = 8_388_608.0;
        let Background {
            slow,
            seen,
            hidden,
            differences,
            ..
        } = self.cells;
        let cells = slow.iter().zip(seen).zip(hidden).zip(self.levels);
        for ((((slow, seen), hidden), level), difference) in cells.zip(differences) {
            let counted = (f32::from(*level) - *slow + 255.0).clamp(0.0, 510.0);
            #[expect(clippy::cast_possible_truncation, reason = "510 at most")]
            let counted = (counted + NO_FRACTION).to_bits() as u16;
            let is_counted = (*hidden <= 0.0) & (*seen >= 0.0);
            *difference = if is_counted { counted } else { UNCOUNTED };
        }
    }
}

/// So many cells are learnt at once.
const BLOCK: usize = 16;

struct Learning<'a> {
    cells: &'a mut Background,
    levels: &'a [u8],
    light: f32,
    elapsed: f32,
    /// Shares of the difference that are learnt now.
    fast: f32,
    slow: f32,
    first: f32,
}

impl Loop for Learning<'_> {
    /// Cells that were compared with the slow background, and those that differed from it.
    type Output = (u32, u32);

    #[inline(always)]
    fn run(mut self) -> (u32, u32) {
        let mut counts = (0, 0);
        let cells = self.levels.len();
        let whole = cells / BLOCK * BLOCK;
        for start in (0..whole).step_by(BLOCK) {
            self.learn::<BLOCK>(start, &mut counts);
        }
        for start in whole..cells {
            self.learn::<1>(start, &mut counts);
        }
        counts
    }
}

/// A block of a plane, copied: what is computed from copies alone is computed for many cells at once.
#[inline(always)]
fn block<T: Copy, const N: usize>(plane: &[T], start: usize) -> [T; N] {
    *plane[start..].first_chunk().expect("the block lies in the plane")
}

impl Learning<'_> {
    /// Both sides of each choice are computed, and one is kept.
    #[inline(always)]
    fn learn<const N: usize>(&mut self, start: usize, (compared, different): &mut (u32, u32)) {
        let cells = &mut *self.cells;
        let (levels, hidden): ([u8; N], [f32; N]) = (block(self.levels, start), block(&cells.hidden, start));
        let (mut fast, mut slow): ([f32; N], [f32; N]) =
            (block(&cells.fast, start), block(&cells.slow, start));
        let (mut seen, mut evidence): ([f32; N], [f32; N]) =
            (block(&cells.seen, start), block(&cells.evidence, start));
        let (mut are_compared, mut are_different) = ([0; N], [0; N]);
        for cell in 0..N {
            let value = f32::from(levels[cell]) - self.light;
            let is_free = hidden[cell] <= 0.0;
            let is_first = seen[cell] < 0.0;
            let seconds = if is_first { 0.0 } else { seen[cell] + self.elapsed };
            let is_settled = !is_first & (seconds >= LEARNING);
            let near = fast[cell] + self.fast * (value - fast[cell]);
            let near = if is_first { value } else { near };
            let is_new = (value - slow[cell]).abs() > DIFFERENT;
            let has_come = is_new & ((value - near).abs() <= DIFFERENT);
            let grown = evidence[cell] + self.elapsed;
            let faded = (evidence[cell] - FADING * self.elapsed).max(0.0);
            let is_absorbed = has_come & (grown > ABSORBED);
            let told = if has_come { grown } else { faded };
            let told = if is_absorbed { 0.0 } else { told };
            // What is new is not learnt, unless it has been there for so long that it is old.
            let learnt = if is_settled { self.slow } else { self.first };
            let far = slow[cell] + learnt * (value - slow[cell]);
            let far = if is_settled & is_new { slow[cell] } else { far };
            let far = if is_settled & is_absorbed { near } else { far };
            let far = if is_first { value } else { far };
            are_compared[cell] = u32::from(is_free & is_settled);
            are_different[cell] = u32::from(is_free & is_settled & is_new);
            fast[cell] = if is_free { near } else { fast[cell] };
            slow[cell] = if is_free { far } else { slow[cell] };
            seen[cell] = if is_free { seconds } else { seen[cell] };
            evidence[cell] = if is_free & is_settled {
                told
            } else {
                evidence[cell]
            };
        }
        *compared += are_compared.iter().sum::<u32>();
        *different += are_different.iter().sum::<u32>();
        cells.fast[start..start + N].copy_from_slice(&fast);
        cells.slow[start..start + N].copy_from_slice(&slow);
        cells.seen[start..start + N].copy_from_slice(&seen);
        cells.evidence[start..start + N].copy_from_slice(&evidence);
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.fast.zeroize();
        self.slow.zeroize();
        self.differences.zeroize();
    }
}
