//! The first pass: all frames in, who is where in each of them out ([`Scan`]). No pixel is kept but those of the empty place.
//!
//! A frame in which a model fails is noted as failed and the run goes on: it will be black. Which frames were damaged is
//! asked once the decoder has spoken of damage.

use super::mask_plan::{Hold, MaskPlan, Part};
use super::ordered::ordered;
use super::silhouette::{Backdrop, Spread};
use super::{Find, RedactError, RedactPlan, Wanted};
use crate::detect::detection::Detection;
use crate::detect::detector::Detector;
use crate::footage::ffmpeg::health;
use crate::footage::limits::Limits;
use crate::footage::pool::{self, PooledFrame};
use crate::footage::source;
use crate::watcher::Watcher;
use vsa_base::environment::Environment;
use vsa_engine::EngineError;
use vsa_plan::{FootageItem, Subject, VideoDecoder};
use vsa_record::facts::{ItemFacts, ItemKind};
use vsa_record::redaction::{RedactStyle, RedactWhat};

/// Frames alive for each worker, as in the audit.
pub(super) const FRAMES_PER_WORKER: usize = 3;

/// Around a still, so many seconds more than masks are held are looked at: whoever is found there is tracked to it.
const AROUND: f64 = 1.5;

/// Whether a frame may be shown at all.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// Looked at, and sound.
    Sound,
    /// A model failed on it.
    ModelFailed,
    /// The decoder met damage in it, or in what it is built on.
    Damaged,
    /// Nobody looked at it: it is not wanted.
    Skipped,
}

/// What the first pass leaves behind.
pub(super) struct Scan {
    pub(super) facts: ItemFacts,
    pub(super) size: (u32, u32),
    pub(super) times: Vec<f64>,
    pub(super) trust: Vec<Trust>,
    pub(super) mask_plans: Vec<MaskPlan>,
    pub(super) backdrop: Option<Backdrop>,
    pub(super) hold: Hold,
}

/// What one worker found in one frame.
struct Note {
    frame: PooledFrame,
    looked: bool,
    found: Result<Vec<Vec<Detection>>, EngineError>,
}

/// A source for another reading of the plan's footage.
pub(super) fn open(plan: &RedactPlan) -> Result<Box<dyn source::Source>, RedactError> {
    Ok(source::open(
        &FootageItem {
            label: "item-1".to_owned(),
            path: plan.footage.clone(),
            sequence_fps: plan.sequence_fps,
        },
        &VideoDecoder::Ffmpeg(plan.ffmpeg.clone()),
        &Limits::default(),
    )?)
}

fn mask_plans(plan: &RedactPlan, finders: &[Find]) -> Vec<MaskPlan> {
    let mask_plan = |find: &Find| {
        let part = match (plan.what, find.0) {
            (RedactWhat::Heads, Subject::Person) => Part::Head,
            // Where the model for people overlooks somebody whose face is seen.
            (RedactWhat::People, Subject::Face) => Part::AroundFace,
            _ => Part::Whole,
        };
        MaskPlan::new(find.0, find.1.score_threshold(), super::CAUTION, part)
    };
    finders.iter().map(mask_plan).collect()
}

/// Reads the footage once.
pub(super) fn scan(
    plan: &RedactPlan,
    finders: &[Find],
    wanted: &Wanted<'_>,
    environment: &Environment,
    threads: &rayon::ThreadPool,
    watcher: &mut dyn Watcher,
) -> Result<Scan, RedactError> {
    let source = open(plan)?;
    if source.kind() == ItemKind::Stills {
        return Err(RedactError::Stills);
    }
    let hold = plan.hold();
    let mut counter = watcher.item("the footage, to find whom to mask", source.expected_frames());
    let jobs = environment.jobs().get();
    let queue = pool::spawn(source, None, jobs * FRAMES_PER_WORKER, environment.stop_flag());
    let around = hold.seconds + AROUND;
    let mut workers = Vec::with_capacity(jobs);
    for _ in 0..jobs {
        let mut detectors = finders
            .iter()
            .map(|(_, model)| model.worker())
            .collect::<Result<Vec<Box<dyn Detector>>, _>>()?;
        workers.push(move |frame: PooledFrame| {
            let looked = wanted.is_near(frame.seconds, around);
            let mut found = Ok(Vec::new());
            for detector in detectors.iter_mut().filter(|_| looked) {
                let mut boxes = Vec::new();
                let ended = detector.detect(&frame.frame(), &mut boxes);
                if let (Ok(all), Ok(())) = (&mut found, &ended) {
                    all.push(boxes);
                } else if let Err(error) = ended {
                    found = Err(error);
                    break;
                }
            }
            Note { frame, looked, found }
        });
    }
    let mut gathered = Gathered {
        size: (0, 0),
        times: Vec::new(),
        trust: Vec::new(),
        mask_plans: mask_plans(plan, finders),
    };
    let mut spread = (plan.style == RedactStyle::Silhouette).then(Spread::new);
    let mut failure = None;
    ordered(threads, &queue, workers, |note: Note| {
        let failed = gathered.take(note, spread.as_mut())?;
        failure = failed.or(failure.take());
        counter.done(gathered.times.len() as u64);
        Ok::<(), RedactError>(())
    })?;
    counter.finish();
    if environment.is_stopping() {
        return Err(RedactError::Interrupted);
    }
    let mut scan = Scan {
        facts: queue.finish()?,
        size: gathered.size,
        times: gathered.times,
        trust: gathered.trust,
        mask_plans: gathered.mask_plans,
        backdrop: None,
        hold,
    };
    if let (Some(error), false) = (failure, scan.trust.contains(&Trust::Sound)) {
        // Not one frame could be looked at: the model does not work at all.
        return Err(error.into());
    }
    scan.find_damage(plan)?;
    for mask_plan in &mut scan.mask_plans {
        mask_plan.finish(&scan.times, &scan.hold);
    }
    if let Some(spread) = spread {
        scan.backdrop = scan.empty_place(spread, finders)?;
    }
    Ok(scan)
}

/// What is known of the frames read so far.
struct Gathered {
    size: (u32, u32),
    times: Vec<f64>,
    trust: Vec<Trust>,
    mask_plans: Vec<MaskPlan>,
}

impl Gathered {
    /// Takes in the next frame. Out: why a model failed on it.
    fn take(&mut self, note: Note, spread: Option<&mut Spread>) -> Result<Option<EngineError>, RedactError> {
        let Note { frame, looked, found } = note;
        let size = (frame.width, frame.height);
        if self.times.is_empty() {
            self.size = size;
        } else if self.size != size {
            return Err(RedactError::Sizes);
        }
        let at = self.times.len();
        self.times.push(frame.seconds);
        let (trust, found, failure) = match found {
            _ if !looked => (Trust::Skipped, None, None),
            Ok(found) => (Trust::Sound, Some(found), None),
            Err(error) => (Trust::ModelFailed, None, Some(error)),
        };
        self.trust.push(trust);
        for (number, mask_plan) in self.mask_plans.iter_mut().enumerate() {
            let found = found.as_ref().map(|found| found[number].as_slice());
            mask_plan.note(frame.seconds, size, found);
        }
        if let (Some(spread), Trust::Sound) = (spread, trust) {
            spread.offer(at, &frame);
        }
        Ok(failure)
    }
}

impl Scan {
    /// Which frames the decoder painted over. A broken image of a folder does not come at all.
    fn find_damage(&mut self, plan: &RedactPlan) -> Result<(), RedactError> {
        if self.facts.kind != ItemKind::Video || self.facts.frames.faulty == 0 {
            return Ok(());
        }
        let path = std::path::absolute(&plan.footage).unwrap_or_else(|_| plan.footage.clone());
        let untrusted = health::untrusted(&plan.ffmpeg, &path, &Limits::default())?;
        for (at, trust) in self.trust.iter_mut().enumerate() {
            if *trust != Trust::Skipped && untrusted.get(at).copied().unwrap_or(true) {
                *trust = Trust::Damaged;
            }
        }
        Ok(())
    }

    /// The place without people, in which the models find nobody.
    fn empty_place(&self, spread: Spread, finders: &[Find]) -> Result<Option<Backdrop>, RedactError> {
        let found = |at: usize| {
            self.mask_plans
                .iter()
                .flat_map(|mask_plan| mask_plan.found(at))
                .collect()
        };
        let Some(place) = spread.background(found) else {
            return Ok(None);
        };
        let mut detectors = Vec::new();
        for (_, model) in finders {
            detectors.push((model.score_threshold() * super::CAUTION, model.worker()?));
        }
        Ok(place.without_people(&mut detectors)?.map(Backdrop::new))
    }
}
