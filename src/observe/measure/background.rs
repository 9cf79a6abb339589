//! What stands still in the picture without having been there. In: small grey copies of the frames, and where people are.
//! Out: for each cell, for how many seconds it has been static foreground.
//!
//! Two backgrounds of one scene, after Porikli, Ivanov and Haga 2008 (*Robust abandoned object detection using dual
//! foregrounds*, EURASIP J. Adv. Signal Process.): one learns within seconds, one within minutes. What differs from the
//! slow one and not from the fast one has come to stay; evidence for it grows with time and fades where it is
//! contradicted. Theirs are Gaussian models of every pixel; these are running means of coarse cells, and cells under
//! people are not learnt at all. Brightness is levelled by the median over the picture, so that a cloud is no object.

use crate::observe::detect::detection::Detection;
use crate::observe::footage::grey::GreyGrid;
use zeroize::Zeroize;

/// Cells that differ by more grey levels than this are foreground. A block's mean varies by about 2 with noise.
const DIFFERENT: f32 = 14.0;

/// Time constants of the two backgrounds in seconds, and of the slow one in its first [`LEARNING`] seconds.
const FAST: f64 = 2.0;
const SLOW: f64 = 300.0;
const FIRST: f64 = 3.0;
pub(super) const LEARNING: f64 = 10.0;

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
        let (fast, slow, first) = (share(FAST), share(SLOW), share(FIRST));
        let (mut compared, mut different) = (0u32, 0u32);
        for cell in 0..self.fast.len() {
            if self.hidden[cell] > 0.0 {
                continue;
            }
            let value = f32::from(grid.cells[cell]) - light;
            if self.seen[cell] < 0.0 {
                (self.seen[cell], self.fast[cell], self.slow[cell]) = (0.0, value, value);
                continue;
            }
            self.seen[cell] += elapsed as f32;
            self.fast[cell] += fast * (value - self.fast[cell]);
            if f64::from(self.seen[cell]) < LEARNING {
                self.slow[cell] += first * (value - self.slow[cell]);
                continue;
            }
            compared += 1;
            let is_new = (value - self.slow[cell]).abs() > DIFFERENT;
            let is_still = (value - self.fast[cell]).abs() <= DIFFERENT;
            different += u32::from(is_new);
            if is_new && is_still {
                self.evidence[cell] += elapsed as f32;
                if self.evidence[cell] > ABSORBED {
                    (self.slow[cell], self.evidence[cell]) = (self.fast[cell], 0.0);
                }
            } else {
                self.evidence[cell] = (self.evidence[cell] - FADING * elapsed as f32).max(0.0);
                if !is_new {
                    self.slow[cell] += slow * (value - self.slow[cell]);
                }
            }
        }
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
    fn light(&self, grid: &GreyGrid) -> f32 {
        let mut counts = [0u32; 511];
        let mut all = 0;
        for cell in 0..self.fast.len() {
            if self.hidden[cell] <= 0.0 && self.seen[cell] >= 0.0 {
                let difference = f32::from(grid.cells[cell]) - self.slow[cell];
                counts[(difference.round() + 255.0).clamp(0.0, 510.0) as usize] += 1;
                all += 1;
            }
        }
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

impl Drop for Background {
    fn drop(&mut self) {
        self.fast.zeroize();
        self.slow.zeroize();
    }
}
