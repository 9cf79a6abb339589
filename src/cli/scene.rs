//! `vsa-audit scene preview`: a scene drawn on the footage's own background, with nobody on it.

use super::choices::{self, DecoderName};
use super::error::{CommandError, usage};
use super::exit_code::Outcome;
use super::frames::Frames;
use super::sandbox::{self, Reads};
use super::terminal::Terminal;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use vsa_base::folder::OutputFolder;
use vsa_plan::scene::Scene;
use vsa_plan::{PlanError, Subject, Tiling, VideoDecoder};
use vsa_room::{PreviewPlan, preview};

/// The subcommands of `scene`.
#[derive(Debug, Subcommand)]
pub(super) enum SceneCommand {
    /// Draw zones, lines and calibration points on a picture of the place that shows nobody
    Preview(PreviewArguments),
}

/// Makes a picture of the place from many frames, leaves everybody out, and draws the scene on it.
///
/// For each pixel it takes the median over frames spread over the footage, of those alone in which the person model
/// finds nobody there. What was never free stays grey, and what still looks like a person is painted over.
#[derive(Debug, Args)]
pub(super) struct PreviewArguments {
    /// A video, or a folder of images, of the view that the scene speaks of.
    #[arg(value_name = "FOOTAGE")]
    footage: PathBuf,
    /// The scene file (TOML).
    #[arg(long, value_name = "FILE")]
    scene: PathBuf,
    /// The picture to write (PNG).
    #[arg(long, short, value_name = "PNG")]
    out: PathBuf,
    /// Names of models or of a set; its person model is used.
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', default_value = "default")]
    models: Vec<String>,
    /// Which decoder reads videos.
    #[arg(long, value_name = "DECODER", default_value = "ffmpeg")]
    decoder: DecoderName,
    /// Fetch nothing: use only what is on this machine.
    #[arg(long)]
    offline: bool,
    /// Replace the picture, if it is there.
    #[arg(long)]
    overwrite: bool,
}

pub(super) fn run(command: &SceneCommand, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let SceneCommand::Preview(arguments) = command;
    let scene = Scene::read(&arguments.scene).map_err(PlanError::Scene)?;
    let kind = (".png", "PNG picture");
    let (name, folder) = choices::target(&arguments.out, kind, arguments.overwrite)?;
    let folder = OutputFolder::prepare(folder, true)?;
    let (environment, store) = choices::begin(None, arguments.offline)?;
    let models = choices::models(&arguments.models, &store, terminal)?;
    let person_model = models
        .into_iter()
        .find(|model| model.subject == Subject::Person)
        .ok_or_else(|| usage!("none of these models finds people: name a person model with --models"))?;
    let plan = PreviewPlan {
        footage: arguments.footage.clone(),
        // The rate does not matter here, only that the images are read in their order.
        sequence_fps: arguments.footage.is_dir().then_some(1.0),
        decoder: choices::decoder(arguments.decoder, &store, terminal)?,
        person_model,
        tiling: Tiling {
            columns: 3,
            rows: 2,
            overlap: Tiling::DEFAULT_OVERLAP,
            whole_frame: true,
        },
        scene,
    };
    let mut reads = Reads::of_store(store.options())
        .and_footage(&plan.footage)
        .and_model(&plan.person_model);
    if let VideoDecoder::Ffmpeg(program) = &plan.decoder {
        reads = reads.and_beside(program);
    }
    sandbox::enter(reads, Some(folder.path()), terminal)?;
    let made = preview(&plan, &environment, &mut Frames::on(terminal)).map_err(|error| {
        error.into_observe_error().map_or_else(
            |other| CommandError::Usage(other.to_string()),
            CommandError::Observe,
        )
    })?;
    folder.publish(&[(name, &made.png)])?;
    for shape in &made.drawn {
        terminal.data(&format!("{}: {}", shape.colour, shape.what));
    }
    terminal.say(&format!("compared {} frames", made.frames));
    if made.grey_share > 0.0 {
        terminal.say(&format!(
            "{:.1} % of the picture are grey: somebody, or something like a person, was always there",
            made.grey_share * 100.0
        ));
    }
    terminal.data(&format!("picture: {}", arguments.out.display()));
    Ok(Outcome::Done)
}
