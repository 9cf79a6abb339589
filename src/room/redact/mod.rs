//! Footage in, the same footage without faces or people out: the door through which pixels leave, and the only one besides
//! the picture of an empty place (`preview`).
//!
//! Two passes. The first looks at every frame and follows whom it finds, forwards and backwards; it keeps boxes and no
//! pixels. The second decodes again, masks and hands over [`RedactedFrame`]s, the only pixels with a type that leaves (its
//! reason stands in [`redacted`]). Frames that could not be decoded soundly, or on which a model failed, are black.
//! In: a [`RedactPlan`]. Out: frames to a [`RedactedSink`], or stills; and a [`RedactionReport`].
//! Deliberately not here: video files (see `custody::film`).

mod error;
mod film;
mod gaps;
mod mask;
mod mask_plan;
mod ordered;
mod paint;
mod redacted;
mod render;
mod scan;
mod silhouette;
#[cfg(test)]
mod tests;

pub use error::RedactError;
pub use film::{Film, FinishedFilm};
pub use redacted::RedactedFrame;

use super::detect;
use super::detect::detector::LoadedDetector;
use super::export::plural;
use super::run::workers;
use super::watcher::Watcher;
use mask_plan::Hold;
use render::{Again, Tally};
use scan::{Scan, Trust};
use std::path::PathBuf;
use std::sync::Arc;
use vsa_base::Reason;
use vsa_base::environment::Environment;
use vsa_plan::{EngineChoice, FootageItem, ModelChoice, Plan, Role, Subject, Tiling, VideoDecoder};
use vsa_record::ToolFacts;
use vsa_record::facts::{ItemFacts, ItemKind};
use vsa_record::redacted_still::{RedactedStill, StillFormat};
use vsa_record::redaction::{
    LookedAgain, RedactStyle, RedactWhat, RedactionReport, RedactionSettings, SCHEMA, SubjectCoverage,
};

/// Detections are masked from this share of the score on from which they count: in doubt, masked.
const CAUTION: f32 = 0.5;

/// A mask is held so long before the first and after the last sighting: a step, in which a head turns away or comes from
/// behind a post.
pub const DEFAULT_HOLD_SECONDS: f64 = 0.5;

/// A gap in the footage is filled with black frames for no longer than this: a camera that was off for a night would
/// otherwise make a black film of a night.
const LONGEST_FILL_SECONDS: f64 = 60.0;

/// A model in memory, and what it looks for.
type Find = (Subject, Arc<dyn LoadedDetector>);

/// What to redact, and how.
#[derive(Clone, Debug)]
pub struct RedactPlan {
    /// A video, or a folder of images.
    pub footage: PathBuf,
    /// For a folder: images per second.
    pub sequence_fps: Option<f64>,
    /// The program that decodes.
    pub ffmpeg: PathBuf,
    /// What finds people and faces; those that `what` needs are used.
    pub models: Vec<ModelChoice>,
    /// In which tiles frames are looked at.
    pub tiling: Tiling,
    /// Who or what is masked.
    pub what: RedactWhat,
    /// By what.
    pub style: RedactStyle,
    /// Each box is widened on every side by this share of its size; none: a quarter of a face or head, a tenth of a body.
    pub margin_share: Option<f64>,
    /// A mask is held so long before the first and after the last sighting.
    pub hold_seconds: f64,
    /// Every so many masked frames are looked at again; none: no frame.
    pub look_again_every: Option<u64>,
    /// What looks again, in place of the models that masked.
    pub look_again_with: Option<ModelChoice>,
}

impl RedactPlan {
    fn margin(&self) -> f64 {
        self.margin_share.unwrap_or(match self.what {
            // A box of a face ends at brow and chin; a head does not.
            RedactWhat::Faces | RedactWhat::Heads => 0.25,
            // A tenth of a body's height is its feet and hair; of its width, an arm.
            RedactWhat::People => 0.1,
        })
    }

    fn hold(&self) -> Hold {
        Hold {
            seconds: self.hold_seconds,
            margin_share: self.margin() as f32,
        }
    }

    /// For stills of one piece of footage of an audit: whole people where a model finds them, else faces, in black. None: it
    /// was not read by ffmpeg, or is no sequence.
    #[must_use]
    pub fn of(plan: &Plan, item: &FootageItem) -> Option<Self> {
        let ffmpeg = match &plan.decoder {
            VideoDecoder::Ffmpeg(program) => program.clone(),
            VideoDecoder::Opencv => return None,
        };
        let finds_people = plan.models.iter().any(|model| model.subject == Subject::Person);
        let (what, tiling) = if finds_people {
            (RedactWhat::People, plan.person_tiles)
        } else {
            (RedactWhat::Faces, plan.face_tiles)
        };
        Some(Self {
            footage: item.path.clone(),
            sequence_fps: item.sequence_fps,
            ffmpeg,
            models: plan
                .models
                .iter()
                .chain(&plan.second_detectors)
                .cloned()
                .collect(),
            tiling,
            what,
            style: RedactStyle::Solid,
            margin_share: None,
            hold_seconds: DEFAULT_HOLD_SECONDS,
            look_again_every: None,
            look_again_with: None,
        })
    }

    /// The subjects that `what` needs a model for; the second only if there is one.
    #[must_use]
    pub fn needs(&self) -> (Subject, Option<Subject>) {
        match self.what {
            RedactWhat::Faces => (Subject::Face, None),
            RedactWhat::Heads => (Subject::Person, Some(Subject::Face)),
            // A face that is found is masked, whether or not a body is found around it.
            RedactWhat::People => (Subject::Person, Some(Subject::Face)),
        }
    }
}

/// Takes redacted frames.
pub trait RedactedSink {
    /// Before the first frame: width, height, frames in a second.
    ///
    /// # Errors
    /// Where it cannot begin.
    fn begin(&mut self, width: u32, height: u32, frame_rate: f64) -> Result<(), Reason>;
    /// The next frame.
    ///
    /// # Errors
    /// Where it cannot be taken.
    fn frame(&mut self, frame: &RedactedFrame) -> Result<(), Reason>;
}

/// Which frames are asked for.
enum Wanted<'asked> {
    All,
    /// Times in seconds from the first frame.
    Moments(&'asked [f64]),
}

impl Wanted<'_> {
    fn is_near(&self, seconds: f64, around: f64) -> bool {
        match self {
            Self::All => true,
            Self::Moments(moments) => moments.iter().any(|moment| (seconds - moment).abs() <= around),
        }
    }
}

/// The models of a plan, in memory: those that mask, and those that look again.
struct Models {
    finders: Vec<Find>,
    again: Vec<Find>,
    independent: bool,
}

impl Models {
    fn load(plan: &RedactPlan) -> Result<Self, RedactError> {
        let load = |choice: &ModelChoice| detect::load(choice, &plan.tiling, &EngineChoice::EMBEDDED);
        let (first, second) = plan.needs();
        let mut finders: Vec<Find> = Vec::new();
        for subject in [Some(first), second].into_iter().flatten() {
            let before = finders.len();
            // All that find it: what one overlooks, another may see.
            for choice in &plan.models {
                if choice.subject == subject && choice.role == Role::Find {
                    finders.push((subject, load(choice)?));
                }
            }
            if finders.len() == before && subject == first {
                let wanted = plural(subject);
                return Err(RedactError::NoModel { wanted });
            }
        }
        let again = match (&plan.look_again_with, plan.look_again_every) {
            (_, None) => Vec::new(),
            (Some(choice), _) => vec![(choice.subject, load(choice)?)],
            (None, _) => {
                // With heads masked, the person is still to be seen: only faces are leaks.
                let is_leak = |find: &&Find| plan.what != RedactWhat::Heads || find.0 == Subject::Face;
                finders.iter().filter(is_leak).cloned().collect()
            }
        };
        Ok(Self {
            finders,
            again,
            independent: plan.look_again_with.is_some(),
        })
    }

    fn facts(&self) -> Vec<vsa_record::ModelFacts> {
        let again = self.again.iter().filter(|_| self.independent);
        self.finders
            .iter()
            .chain(again)
            .map(|(_, model)| model.facts())
            .collect()
    }
}

fn threads(environment: &Environment) -> Result<rayon::ThreadPool, RedactError> {
    workers(environment, |jobs, reason| RedactError::Threads { jobs, reason })
}

/// Redacts a whole piece of footage.
///
/// # Errors
/// [`RedactError`]; frames that were handed over before are then worth nothing.
pub fn redact(
    plan: &RedactPlan,
    environment: &Environment,
    watcher: &mut dyn Watcher,
    sink: &mut dyn RedactedSink,
) -> Result<RedactionReport, RedactError> {
    redact_with(plan, &Models::load(plan)?, environment, watcher, sink)
}

/// [`redact`] with models that are loaded already: the tests bring scripted ones.
fn redact_with(
    plan: &RedactPlan,
    models: &Models,
    environment: &Environment,
    watcher: &mut dyn Watcher,
    sink: &mut dyn RedactedSink,
) -> Result<RedactionReport, RedactError> {
    let threads = threads(environment)?;
    let scan = scan::scan(
        plan,
        &models.finders,
        &Wanted::All,
        environment,
        &threads,
        watcher,
    )?;
    let frame_rate = frame_rate(&scan.facts, &scan.times);
    let missing = missing_before(&scan.facts, &scan.times, frame_rate);
    let (width, height) = scan.size;
    sink.begin(width, height, frame_rate)?;
    let black = RedactedFrame::black(width, height);
    let again = Again {
        every: plan.look_again_every.unwrap_or(1),
        finders: &models.again,
    };
    let again = Some(&again).filter(|again| !again.finders.is_empty());
    let mut tally = render::render(
        plan,
        &scan,
        again,
        environment,
        &threads,
        watcher,
        |at, frame, _| {
            for _ in 0..missing.get(at).copied().unwrap_or(0) {
                sink.frame(&black)?;
            }
            Ok(sink.frame(&frame)?)
        },
    )?;
    tally.frames.black_missing = missing.iter().sum();
    Ok(report(plan, models, scan, &tally, frame_rate))
}

/// Redacted stills: the first frame at or after each of `moments` (seconds from the first frame; black where the footage is
/// over before), no wider than `widest` pixels. Only the surroundings of the moments are looked at.
///
/// # Errors
/// [`RedactError`].
pub fn redacted_stills(
    plan: &RedactPlan,
    moments: &[f64],
    format: StillFormat,
    widest: u32,
    environment: &Environment,
    watcher: &mut dyn Watcher,
) -> Result<Vec<RedactedStill>, RedactError> {
    stills_with(
        plan,
        &Models::load(plan)?,
        moments,
        (format, widest),
        environment,
        watcher,
    )
}

fn stills_with(
    plan: &RedactPlan,
    models: &Models,
    moments: &[f64],
    (format, widest): (StillFormat, u32),
    environment: &Environment,
    watcher: &mut dyn Watcher,
) -> Result<Vec<RedactedStill>, RedactError> {
    let threads = threads(environment)?;
    let wanted = Wanted::Moments(moments);
    let scan = scan::scan(plan, &models.finders, &wanted, environment, &threads, watcher)?;
    let last = scan.times.len().saturating_sub(1);
    let frame_at = |moment: &f64| scan.times.iter().position(|time| time >= moment).unwrap_or(last);
    let frames: Vec<usize> = moments.iter().map(frame_at).collect();
    let mut stills: Vec<Option<RedactedStill>> = vec![None; moments.len()];
    render::render(
        plan,
        &scan,
        None,
        environment,
        &threads,
        watcher,
        |at, frame, trust| {
            for (still, _) in stills
                .iter_mut()
                .zip(&frames)
                .filter(|(_, wanted)| **wanted == at)
            {
                let black = trust != Trust::Sound;
                *still = Some(redacted::still(&frame, format, widest, black)?);
            }
            Ok(())
        },
    )?;
    Ok(stills.into_iter().flatten().collect())
}

/// Frames in a second, the same throughout: as the file declares; where its time stamps vary, the mean.
fn frame_rate(facts: &ItemFacts, times: &[f64]) -> f64 {
    let mean = times.len() as f64 / facts.duration_seconds;
    let rate = if facts.variable_frame_rate {
        mean
    } else {
        facts.declared_frame_rate.unwrap_or(mean)
    };
    // A file can declare anything; players and encoders take no more.
    if rate.is_finite() && rate > 0.0 {
        rate.min(240.0)
    } else {
        25.0
    }
}

/// How many frames are missing before each frame.
fn missing_before(facts: &ItemFacts, times: &[f64], frame_rate: f64) -> Vec<u64> {
    let mut missing = vec![0; times.len()];
    if facts.variable_frame_rate {
        return missing;
    }
    for (at, pair) in times.windows(2).enumerate() {
        let gap = (pair[1] - pair[0]).min(LONGEST_FILL_SECONDS);
        missing[at + 1] = ((gap * frame_rate).round() as u64).saturating_sub(1);
    }
    // Images have a time each by their number: those that are broken before the first are missing too.
    if facts.kind == ItemKind::ImageSequence {
        let first = times.first().copied().unwrap_or(0.0).min(LONGEST_FILL_SECONDS);
        missing[0] = (first * frame_rate).round() as u64;
    }
    missing
}

fn report(plan: &RedactPlan, models: &Models, scan: Scan, tally: &Tally, frame_rate: f64) -> RedactionReport {
    let mut coverage: Vec<SubjectCoverage> = Vec::new();
    for (mask_plan, &[boxes, pixels, masked_pixels]) in scan.mask_plans.iter().zip(&tally.covered) {
        let gaps = gaps::gaps(mask_plan, &scan.times, &scan.hold);
        let subject = mask_plan.subject.name();
        // Of several models for one subject: what all of them found, and the worst of their gaps.
        let at = coverage.iter().position(|known| known.subject == subject);
        let at = at.unwrap_or_else(|| {
            coverage.push(SubjectCoverage {
                subject: subject.to_owned(),
                boxes: 0,
                pixels: 0,
                masked_pixels: 0,
                masked_share: None,
                longest_bridged_frames: 0,
                longest_unmasked_frames: 0,
            });
            coverage.len() - 1
        });
        let known = &mut coverage[at];
        known.boxes += boxes;
        known.pixels += pixels;
        known.masked_pixels += masked_pixels;
        known.masked_share = (known.pixels > 0).then(|| known.masked_pixels as f64 / known.pixels as f64);
        known.longest_bridged_frames = known.longest_bridged_frames.max(gaps.bridged);
        known.longest_unmasked_frames = known.longest_unmasked_frames.max(gaps.unmasked);
    }
    let every = plan.look_again_every.unwrap_or(1);
    RedactionReport {
        schema: SCHEMA.to_owned(),
        tool: ToolFacts::this(),
        source: scan.facts,
        output: None,
        models: models.facts(),
        engine: models.finders[0].1.engine(),
        settings: RedactionSettings {
            what: plan.what,
            style: plan.style,
            margin_share: plan.margin(),
            hold_seconds: plan.hold_seconds,
            caution_share: f64::from(CAUTION),
        },
        frames: tally.frames,
        coverage,
        looked_again: (!models.again.is_empty()).then(|| {
            let (frames, leaks) = (tally.looked_again, tally.leaks);
            LookedAgain::of(every, frames, frame_rate, models.independent, leaks)
        }),
    }
}
