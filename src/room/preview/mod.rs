//! The picture of a place without its people, with the user's zones and lines drawn on it. In: a piece of footage, a
//! person detector, a scene. Out: a PNG that shows nobody, or why there is none.
//!
//! This is the one picture that leaves the room, and it leaves by its own door: for each pixel the median over frames
//! spread over the footage, of those frames alone in which no box of a person covers it. Where somebody always stood,
//! the picture stays grey; where the detector still sees a person in the result, that place is painted over.

pub(crate) mod background;
mod drawing;
mod frames;

use super::ObserveError;
use super::detect;
use super::footage::{FootageError, limits::Limits, source};
use super::watcher::Watcher;
use background::Background;
use std::path::PathBuf;
use vsa_base::environment::Environment;
use vsa_engine::EngineError;
use vsa_plan::scene::Scene;
use vsa_plan::{EngineChoice, FootageItem, ModelChoice, Tiling, VideoDecoder};

pub use drawing::Drawn;

/// At most so many frames are compared, and as many as fit into this many bytes.
const FRAMES: usize = 64;
const BYTES: usize = 128 << 20;

/// The detector is asked with this share of its threshold, so that doubtful people are left out as well.
const CAUTION: f32 = 0.5;

/// More than this share of grey is no picture to draw on.
const MOST_GREY: f64 = 0.5;

/// What to look at, and with what.
#[derive(Clone, Debug)]
pub struct PreviewPlan {
    /// The footage.
    pub footage: PathBuf,
    /// For a folder of images: how many there are in a second.
    pub sequence_fps: Option<f64>,
    /// What reads videos.
    pub decoder: VideoDecoder,
    /// What finds people.
    pub person_model: ModelChoice,
    /// In which tiles.
    pub tiling: Tiling,
    /// What to draw.
    pub scene: Scene,
}

/// A picture without people.
#[derive(Debug)]
pub struct Preview {
    /// The file's bytes.
    pub png: Vec<u8>,
    /// What was drawn, in which colour.
    pub drawn: Vec<Drawn>,
    /// Frames that were compared.
    pub frames: usize,
    /// Share of the picture that was painted grey, because somebody always stood there or seemed to.
    pub grey_share: f64,
}

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PreviewError {
    /// The footage cannot be read.
    #[error("cannot read the footage: {0}")]
    Footage(#[from] FootageError),
    /// The model failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// There are too few frames to tell the place from the people.
    #[error(
        "the footage has {frames} frames: a background without people needs {wanted} or more; give longer footage of \
         the same view"
    )]
    TooFewFrames {
        /// Frames met.
        frames: usize,
        /// Frames needed.
        wanted: usize,
    },
    /// The scene was drawn on pictures of another size.
    #[error(
        "the scene is drawn on pictures of {drawn}, but the footage has {met}: correct frame_size and what is drawn"
    )]
    OtherSize {
        /// The scene's.
        drawn: String,
        /// The footage's.
        met: String,
    },
    /// Somebody stands nearly everywhere nearly always.
    #[error(
        "{percent} % of the picture were never free of people in the {frames} frames compared, so that no background \
         can be shown; give longer footage, or footage of a quieter hour"
    )]
    NeverFree {
        /// Of the picture.
        percent: u32,
        /// Frames compared.
        frames: usize,
    },
    /// The detector sees people in every attempt.
    #[error(
        "the person detector still finds people in the background, however much of it is painted over; give longer \
         footage, or another person model"
    )]
    StillSomebody,
    /// The picture could not be written as PNG.
    #[error("the picture cannot be written as PNG: {0}")]
    Png(String),
    /// Somebody asked to stop.
    #[error("interrupted: nothing was written")]
    Interrupted,
}

impl PreviewError {
    /// The same failure as a run would report it.
    ///
    /// # Errors
    /// The failure itself, where a run has none like it.
    pub fn into_observe_error(self) -> Result<ObserveError, Self> {
        match self {
            Self::Footage(source) => Ok(ObserveError::Footage {
                label: "footage".to_owned(),
                source,
            }),
            Self::Engine(error) => Ok(ObserveError::Engine(error)),
            Self::Interrupted => Ok(ObserveError::Interrupted),
            other => Err(other),
        }
    }
}

/// Makes the preview.
///
/// # Errors
/// [`PreviewError`].
pub fn preview(
    plan: &PreviewPlan,
    environment: &Environment,
    watcher: &mut dyn Watcher,
) -> Result<Preview, PreviewError> {
    let background = background(plan, environment, watcher)?;
    let drawn = drawing::drawn(plan.scene.described());
    let (width, height) = (background.width, background.height);
    let mut picture = image::RgbImage::from_raw(width, height, background.rgb)
        .expect("the background has three bytes for each pixel");
    for shape in &drawn {
        drawing::draw(&mut picture, shape);
    }
    let mut png = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut png, image::ImageFormat::Png)
        .map_err(|error| PreviewError::Png(error.to_string()))?;
    Ok(Preview {
        png: png.into_inner(),
        drawn: drawn.into_iter().map(|shape| shape.told).collect(),
        frames: background.frames,
        grey_share: background.grey_share,
    })
}

/// A background in which the detector finds nobody.
fn background(
    plan: &PreviewPlan,
    environment: &Environment,
    watcher: &mut dyn Watcher,
) -> Result<Background, PreviewError> {
    let item = FootageItem {
        label: "footage".to_owned(),
        path: plan.footage.clone(),
        sequence_fps: plan.sequence_fps,
    };
    let source = source::open(&item, &plan.decoder, &Limits::default())?;
    let loaded = detect::load(&plan.person_model, &plan.tiling, &EngineChoice::EMBEDDED)?;
    let mut detectors = [(loaded.score_threshold() * CAUTION, loaded.worker()?)];
    let frames = frames::spread(source, FRAMES, BYTES, environment, watcher)?;
    let Some(first) = frames.first().filter(|_| frames.len() >= background::LEAST_FREE) else {
        return Err(PreviewError::TooFewFrames {
            frames: frames.len(),
            wanted: background::LEAST_FREE,
        });
    };
    if !plan.scene.fits(first.width, first.height) {
        let size = |[width, height]: [u32; 2]| format!("{width}x{height} pixels");
        return Err(PreviewError::OtherSize {
            drawn: plan.scene.described().frame_size.map(size).unwrap_or_default(),
            met: size([first.width, first.height]),
        });
    }
    let mut boxes = Vec::with_capacity(frames.len());
    for frame in &frames {
        if environment.is_stopping() {
            return Err(PreviewError::Interrupted);
        }
        boxes.push(background::people(&mut detectors, &frame.frame())?);
    }
    let background = background::median(&frames, &boxes);
    drop(frames);
    let background = background.without_people(&mut detectors)?;
    let background = background.ok_or(PreviewError::StillSomebody)?;
    if background.grey_share > MOST_GREY {
        return Err(PreviewError::NeverFree {
            percent: (background.grey_share * 100.0).round() as u32,
            frames: background.frames,
        });
    }
    Ok(background)
}

#[cfg(test)]
mod tests;
