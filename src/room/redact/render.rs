//! The second pass: the footage again and what the first pass found in, redacted frames out, in their order, and counts of
//! what was masked. The footage has to be the same: its digest, its size and its frames are compared.

use super::mask::Mask;
use super::mask_plan::MaskPlan;
use super::ordered::ordered;
use super::paint::{self, Boxes};
use super::redacted::RedactedFrame;
use super::scan::{self, FRAMES_PER_WORKER, Scan, Trust};
use super::{Find, RedactError, RedactPlan};
use crate::detect::detection::Detection;
use crate::detect::detector::Detector;
use crate::footage::frame::FrameBuffer;
use crate::footage::pool::{self, PooledFrame};
use crate::footage::source::still_the_same;
use crate::watcher::Watcher;
use vsa_base::environment::Environment;
use vsa_engine::EngineError;
use vsa_record::redaction::RedactedFrames;

/// Somebody found again of whom so much is not masked is a leak. Less is the edge of a box that was drawn a little larger
/// the second time, or the mask itself, taken for somebody.
const LEAK_SHARE: f64 = 0.2;

/// How the masked frames are looked at again.
pub(super) struct Again<'run> {
    pub(super) every: u64,
    pub(super) finders: &'run [Find],
}

/// What was counted.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) frames: RedactedFrames,
    /// Of each mask_plan: boxes, pixels, masked pixels.
    pub(super) covered: Vec<[u64; 3]>,
    pub(super) looked_again: u64,
    pub(super) leaks: u64,
}

/// One frame, done.
struct Done {
    frame: RedactedFrame,
    trust: Trust,
    masked: bool,
    covered: Vec<[u64; 3]>,
    looked_again: bool,
    leaks: u64,
}

/// A worker of the second pass, with memory of its own.
struct Painter<'run> {
    plan: &'run RedactPlan,
    scan: &'run Scan,
    every: u64,
    again: Vec<(f32, Box<dyn Detector>)>,
    mask: Mask,
    boxes: Boxes,
    copy: FrameBuffer,
    found: Vec<Detection>,
}

impl<'run> Painter<'run> {
    fn new(
        plan: &'run RedactPlan,
        scan: &'run Scan,
        again: Option<&Again<'run>>,
    ) -> Result<Self, EngineError> {
        let mut detectors = Vec::new();
        for (_, model) in again.map_or(&[][..], |again| again.finders) {
            detectors.push((model.score_threshold(), model.worker()?));
        }
        Ok(Self {
            plan,
            scan,
            every: again.map_or(1, |again| again.every.max(1)),
            again: detectors,
            mask: Mask::default(),
            boxes: Boxes::default(),
            copy: FrameBuffer::default(),
            found: Vec::new(),
        })
    }

    /// The one place where a redacted frame is made of a frame.
    fn paint(&mut self, mut frame: PooledFrame) -> Done {
        let at = frame.sequence() as usize;
        let mut trust = self.scan.trust.get(at).copied().unwrap_or(Trust::Skipped);
        let mut covered = vec![[0; 3]; self.scan.mask_plans.len()];
        let (mut masked, mut looked_again, mut leaks) = (false, false, 0);
        if trust == Trust::Sound {
            self.lay_mask(at, &frame);
            looked_again = !self.again.is_empty() && (at as u64).is_multiple_of(self.every);
            if looked_again {
                match self.look_again(&frame) {
                    Ok(found) => leaks = found,
                    // A frame that could not be checked as was asked is not shown.
                    Err(_) => trust = Trust::ModelFailed,
                }
            }
            let plans = self.scan.mask_plans.iter();
            covered = plans.map(|mask_plan| self.covered(mask_plan, at)).collect();
            masked = self.mask.count() > 0;
        }
        if trust == Trust::Sound {
            let backdrop = self.scan.backdrop.as_ref();
            paint::paint(&mut frame, &self.mask, &self.boxes, self.plan.style, backdrop);
        } else {
            paint::blacken(&mut frame);
        }
        Done {
            frame: RedactedFrame::painted(frame),
            trust,
            masked,
            covered,
            looked_again,
            leaks,
        }
    }

    fn lay_mask(&mut self, at: usize, frame: &FrameBuffer) {
        let scan = self.scan;
        self.boxes.all.clear();
        self.boxes.seen.clear();
        for mask_plan in &scan.mask_plans {
            mask_plan.boxes(at, &scan.times, &scan.hold, &mut self.boxes.all);
            mask_plan.seen(at, &scan.hold, &mut self.boxes.seen);
        }
        self.mask.begin(frame.width, frame.height);
        self.boxes.all.iter().for_each(|rect| self.mask.add(rect));
    }

    /// Looks at the frame as it is under black boxes, whatever the style: a shape may look like somebody, and is nobody.
    /// Whoever is found is masked.
    fn look_again(&mut self, frame: &FrameBuffer) -> Result<u64, EngineError> {
        self.copy.copy_from(frame);
        paint::solid(&mut self.copy, &self.mask);
        let mut leaks = 0;
        for (threshold, detector) in &mut self.again {
            self.found.clear();
            detector.detect(&self.copy.frame(), &mut self.found)?;
            for found in self.found.iter().filter(|found| found.score >= *threshold) {
                let (all, masked) = self.mask.covered(&found.rect);
                if all > 0 && (all - masked) as f64 > LEAK_SHARE * all as f64 {
                    leaks += 1;
                    self.boxes.all.push(found.rect);
                    self.boxes.seen.push(found.rect);
                    self.mask.add(&found.rect);
                }
            }
        }
        Ok(leaks)
    }

    fn covered(&self, mask_plan: &MaskPlan, at: usize) -> [u64; 3] {
        let mut sums = [0; 3];
        for sighting in mask_plan.counted(at) {
            let (all, masked) = self.mask.covered(&mask_plan.part_of(&sighting.rect));
            for (sum, value) in sums.iter_mut().zip([1, all, masked]) {
                *sum += value;
            }
        }
        sums
    }
}

/// Reads the footage again. `each` is given every frame, with its number.
pub(super) fn render(
    plan: &RedactPlan,
    scan: &Scan,
    again: Option<&Again<'_>>,
    environment: &Environment,
    threads: &rayon::ThreadPool,
    watcher: &mut dyn Watcher,
    mut each: impl FnMut(usize, RedactedFrame, Trust) -> Result<(), RedactError>,
) -> Result<Tally, RedactError> {
    let source = scan::open(plan)?;
    let mut counter = watcher.item("the footage again, to mask", Some(scan.times.len() as u64));
    let jobs = environment.jobs().get();
    let queue = pool::spawn(source, None, jobs * FRAMES_PER_WORKER, environment.stop_flag());
    let mut workers = Vec::with_capacity(jobs);
    for _ in 0..jobs {
        let mut painter = Painter::new(plan, scan, again)?;
        workers.push(move |frame: PooledFrame| {
            let as_before = (frame.width, frame.height) == scan.size
                && scan.times.get(frame.sequence() as usize) == Some(&frame.seconds);
            as_before.then(|| painter.paint(frame))
        });
    }
    let mut tally = Tally {
        covered: vec![[0; 3]; scan.mask_plans.len()],
        ..Tally::default()
    };
    let mut at = 0;
    ordered(threads, &queue, workers, |done: Option<Done>| {
        let done = done.ok_or(RedactError::Changed)?;
        tally.add(&done);
        each(at, done.frame, done.trust)?;
        at += 1;
        counter.done(at as u64);
        Ok::<(), RedactError>(())
    })?;
    counter.finish();
    if environment.is_stopping() {
        return Err(RedactError::Interrupted);
    }
    let facts = queue.finish()?;
    let same = facts.sha256 == scan.facts.sha256 && at == scan.times.len();
    // The digest is of before the second reading; what was changed during it differs now.
    if !same || still_the_same(&plan.footage, &facts).is_err() {
        return Err(RedactError::Changed);
    }
    Ok(tally)
}

impl Tally {
    fn add(&mut self, done: &Done) {
        let frames = &mut self.frames;
        frames.read += 1;
        match done.trust {
            Trust::Sound => frames.masked += u64::from(done.masked),
            Trust::ModelFailed => frames.black_model_failed += 1,
            Trust::Damaged => frames.black_damaged += 1,
            Trust::Skipped => {}
        }
        for (sums, more) in self.covered.iter_mut().zip(&done.covered) {
            for (sum, more) in sums.iter_mut().zip(more) {
                *sum += more;
            }
        }
        self.looked_again += u64::from(done.looked_again);
        self.leaks += done.leaks;
    }
}
