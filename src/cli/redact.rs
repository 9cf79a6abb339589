//! `vsa-audit redact`: footage in, a video without faces or people out, and beside it how far that can be trusted.

use super::audit::tell_of_inputs;
use super::choices::{self, DecoderName, option_of};
use super::error::{CommandError, usage};
use super::exit_code::Outcome;
use super::frames::Frames;
use super::sandbox::{self, Reads};
use super::terminal::Terminal;
use clap::Args;
use same_file::is_same_file;
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};
use vsa_base::folder::OutputFolder;
use vsa_custody::chain::ChainError;
use vsa_plan::{InputSize, ModelChoice, Subject, VideoDecoder, WrittenSearch, set_inputs};
use vsa_record::json;
use vsa_record::redaction::{FilmFacts, RedactStyle, RedactWhat, RedactionReport};
use vsa_report::formats;
use vsa_room::Film;
use vsa_room::{DEFAULT_HOLD_SECONDS, RedactError, RedactPlan, redact};
use vsa_supply::Store;

const AFTER: &str = "\
Styles:
  solid       a black box: nothing is left that could be undone. The default
  silhouette  the shape of the body in one colour, on the empty place as other moments show it: one sees that somebody
              walks or falls, and no pixel of the person is left. Build and gait can still be recognised
  mosaic      a few large averaged cells, in 8 levels a channel. Mosaic and blur CAN BE UNDONE in part: of 15 ways to
              anonymise faces 11 are (arXiv 2210.10651), and trained attackers identify four of five blurred faces
              (arXiv 1905.05243). For what has to stay hidden, use solid

What it does not do:
  Whoever the models overlook stays in the picture. People are known by clothes, gait and company too: covering a face
  does not make anybody anonymous. Watch the result before you hand it on.

What is written:
  OUT.mp4             H.264, the rate of the source. No sound, no other stream, no metadata. Damaged frames are black
  OUT.redaction.json  what was masked, the longest gaps, what was still found afterwards, and the digests of both videos

Examples:
  vsa-audit redact hall.mp4 -o hall-redacted.mp4
  vsa-audit redact square.mkv -o square-shapes.mp4 --what people --style silhouette --tiles 3x2
  vsa-audit redact hall.mp4 -o hall-redacted.mp4 --what people --look-again-with nanodet-m-320 --look-again-every 1";

/// Mask faces, heads or whole people in footage.
///
/// Two passes: the first finds and follows everybody, forwards and backwards, so that a mask is held where a detection is
/// missing; the second masks and encodes. Then a part of the masked frames is looked at again.
#[derive(Debug, Args)]
#[command(after_long_help = AFTER)]
pub(super) struct RedactArguments {
    /// A video, or a folder of images (with --sequence-fps).
    #[arg(value_name = "FOOTAGE")]
    footage: PathBuf,
    /// The video to write; its name ends in .mp4.
    #[arg(long, short, value_name = "OUT.mp4")]
    out: PathBuf,
    #[command(flatten)]
    choice: MaskChoice,
    /// Every so many masked frames are looked at again; 0: none.
    #[arg(long, value_name = "N", default_value_t = 5)]
    look_again_every: u64,
    /// A model that looks again in place of those that masked: another model sees some of what the first overlooked.
    #[arg(long, value_name = "NAME")]
    look_again_with: Option<String>,
    /// The images of a folder follow each other at this rate.
    #[arg(long, value_name = "F")]
    sequence_fps: Option<f64>,
    /// Frames worked on side by side [default: the machine's threads]. The result does not depend on it.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Fetch nothing: use only what is on this machine.
    #[arg(long)]
    offline: bool,
    /// Replace the video and its report, if they are there.
    #[arg(long)]
    overwrite: bool,
}

/// Who is masked, and by what: the same for videos and for stills.
#[derive(Clone, Debug, Args)]
pub(super) struct MaskChoice {
    /// Who or what is masked.
    #[arg(long, value_name = "WHAT", default_value = "faces")]
    pub(super) what: What,
    /// By what [default: solid].
    #[arg(long, value_name = "STYLE")]
    pub(super) style: Option<Style>,
    /// Names of models or of a set; those that find what is masked are used.
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', default_value = "default")]
    pub(super) models: Vec<String>,
    /// Look in overlapping tiles, columns x rows, besides the whole frame: finds small, far people and faces.
    #[arg(long, value_name = "CxR")]
    pub(super) tiles: Option<String>,
    /// At which size a model of people looks, where it takes pictures of any: `native` (the footage's own, its long side up to 1280
    /// pixels and never below the model's own), `native:1920` for another limit, `640x480` (sides that are multiples of 32), or
    /// `model` for the one that it was made with. Larger inputs show smaller people, at the cost of more time. A model that looks
    /// again looks at its own [default: as `models list` says].
    #[arg(long, value_name = "SIZE")]
    pub(super) input_size: Option<InputSize>,
    /// The same for faces.
    #[arg(long, value_name = "SIZE")]
    pub(super) face_input_size: Option<InputSize>,
    /// Widen each box on every side by this share of its size [default: 0.25 for faces and heads, 0.1 for people].
    #[arg(long, value_name = "SHARE")]
    pub(super) margin: Option<f64>,
    /// Hold each mask so many seconds before the first and after the last sighting. Between sightings of the same person
    /// it is always held.
    #[arg(long, value_name = "S", default_value_t = DEFAULT_HOLD_SECONDS)]
    pub(super) hold: f64,
}

option_of! {
    /// [`RedactWhat`], as an option's value.
    pub(super) enum What for RedactWhat {
        /// Faces that are found. A face too small or turned away is not.
        Faces => Faces,
        /// Faces, and the upper part of every person: also those who turn away.
        Heads => Heads,
        /// Whole people, and the heads around faces where a body was overlooked.
        People => People,
    }
}

option_of! {
    /// [`RedactStyle`], as an option's value.
    pub(super) enum Style for RedactStyle {
        /// A black box.
        Solid => Solid,
        /// The shape of the body in one colour.
        Silhouette => Silhouette,
        /// A few averaged cells. Can be undone in part.
        Mosaic => Mosaic,
    }
}

impl MaskChoice {
    /// The plan for one piece of footage; models and decoder are fetched where they are not here. `otherwise`: the style
    /// where none is given.
    pub(super) fn plan(
        &self,
        footage: &Path,
        otherwise: Style,
        store: &Store,
        terminal: &mut Terminal,
    ) -> Result<RedactPlan, CommandError> {
        if let Some(margin) = self.margin
            && !(0.0..=2.0).contains(&margin)
        {
            return Err(usage!("--margin is {margin}, but must be 0 to 2"));
        }
        if !(0.0..=60.0).contains(&self.hold) {
            let hold = self.hold;
            return Err(usage!("--hold is {hold}, but must be 0 to 60 seconds"));
        }
        let search = WrittenSearch {
            tiles: self.tiles.clone(),
            ..WrittenSearch::default()
        };
        let tiling = search.tiling("redact")?;
        let decoder = choices::decoder(DecoderName::Ffmpeg, store, terminal)?;
        let VideoDecoder::Ffmpeg(ffmpeg) = decoder else {
            return Err(usage!("redaction needs ffmpeg"));
        };
        let mut models = choices::models(&self.models, store, terminal)?;
        set_inputs(&mut models, self.input_size, self.face_input_size)?;
        let wanted = [
            (Subject::Person, self.input_size),
            (Subject::Face, self.face_input_size),
        ];
        tell_of_inputs(&models, wanted, terminal);
        Ok(RedactPlan {
            footage: footage.to_owned(),
            sequence_fps: None,
            ffmpeg,
            models,
            tiling,
            what: self.what.into(),
            style: self.style.unwrap_or(otherwise).into(),
            margin_share: self.margin,
            hold_seconds: self.hold,
            look_again_every: None,
            look_again_with: None,
        })
    }
}

pub(super) fn run(arguments: &RedactArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let (name, report_name, folder) = target(arguments)?;
    let (environment, store) = choices::begin(arguments.jobs, arguments.offline)?;
    let mut plan = arguments
        .choice
        .plan(&arguments.footage, Style::Solid, &store, terminal)?;
    plan.sequence_fps = arguments.sequence_fps.filter(|_| arguments.footage.is_dir());
    plan.look_again_every = NonZeroU64::new(arguments.look_again_every).map(NonZeroU64::get);
    plan.look_again_with = match &arguments.look_again_with {
        Some(name) => Some(looker(name, &plan, &store, terminal)?),
        None => None,
    };
    if plan.style == RedactStyle::Mosaic {
        terminal.warn("a mosaic can be undone in part: for what has to stay hidden, use --style solid");
    }
    let reads = reads_of(&plan, &store);
    sandbox::enter(reads, Some(folder.path()), terminal)?;
    let mut film = Film::new(&folder, &name, &plan.ffmpeg);
    let mut report =
        redact(&plan, &environment, &mut Frames::on(terminal), &mut film).map_err(command_error)?;
    let finished = film.finish().map_err(CommandError::Encoder)?;
    report.output = Some(FilmFacts {
        sha256: finished.sha256.clone(),
        bytes: finished.bytes,
        frames: finished.frames,
        frame_rate: finished.frame_rate,
        encoder: finished.encoder.clone(),
    });
    let bytes = json::to_bytes(&report)?;
    finished.publish(&name, &[(report_name.as_str(), &bytes)])?;
    tell(&report, terminal);
    terminal.data(&format!("video: {}", arguments.out.display()));
    terminal.data(&format!(
        "report: {}",
        arguments.out.with_file_name(&report_name).display()
    ));
    Ok(Outcome::Done)
}

/// All that a redactor opens.
pub(super) fn reads_of(plan: &RedactPlan, store: &Store) -> Reads {
    let reads = Reads::of_store(store.options())
        .and_footage(&plan.footage)
        .and_beside(&plan.ffmpeg);
    let models = plan.models.iter().chain(&plan.look_again_with);
    models.fold(reads, Reads::and_model)
}

/// A failure of the redactor, as this command tells it.
pub(super) fn command_error(error: RedactError) -> CommandError {
    match error.into_observe_error() {
        Ok(error) => CommandError::Observe(error),
        Err(RedactError::Sink(reason)) => CommandError::Encoder(reason),
        Err(RedactError::Changed) => CommandError::Chain(ChainError::FootageChanged {
            label: "footage".to_owned(),
        }),
        Err(other) => CommandError::Usage(other.to_string()),
    }
}

/// The model that looks again.
fn looker(
    name: &str,
    plan: &RedactPlan,
    store: &Store,
    terminal: &mut Terminal,
) -> Result<ModelChoice, CommandError> {
    let wanted = match plan.what {
        RedactWhat::People => Subject::Person,
        RedactWhat::Faces | RedactWhat::Heads => Subject::Face,
    };
    let models = choices::models(&[name.to_owned()], store, terminal)?;
    models
        .into_iter()
        .find(|model| model.subject == wanted)
        .ok_or_else(|| {
            usage!("{name} does not find what is masked: name a model that does with --look-again-with")
        })
}

/// The names of the two files, and their folder, ready to be written to.
fn target(arguments: &RedactArguments) -> Result<(String, String, OutputFolder), CommandError> {
    let out = &arguments.out;
    if is_same_file(out, &arguments.footage).unwrap_or(false) {
        return Err(usage!(
            "the redacted video would replace the footage itself: choose another name with -o"
        ));
    }
    let (name, folder) = choices::target(out, (".mp4", "video"), arguments.overwrite)?;
    let report_name = format!("{}.redaction.json", &name[..name.len() - 4]);
    choices::absent(&out.with_file_name(&report_name), arguments.overwrite)?;
    Ok((name.to_owned(), report_name, OutputFolder::prepare(folder, true)?))
}

/// What was masked, and how far it can be trusted, in words.
fn tell(report: &RedactionReport, terminal: &mut Terminal) {
    let frames = &report.frames;
    terminal.data(&format!("{} frames, {} with a mask", frames.read, frames.masked));
    for (count, why) in [
        (frames.black_damaged, "black: the file is damaged there"),
        (frames.black_model_failed, "black: a model failed on them"),
        (frames.black_missing, "black, put in where the footage has a gap"),
    ] {
        if count > 0 {
            terminal.data(&format!("{count} frames {why}"));
        }
    }
    for subject in &report.coverage {
        let name = &subject.subject;
        let Some(share) = subject.masked_share else {
            terminal.data(&format!("{name}: none found"));
            continue;
        };
        terminal.data(&format!(
            "{name}: {} boxes found, {} % of their pixels masked; longest gap bridged {} frames, longest gap unmasked {} \
             frames",
            subject.boxes,
            formats::decimal(share * 100.0, 2),
            subject.longest_bridged_frames,
            subject.longest_unmasked_frames
        ));
    }
    match &report.looked_again {
        None => terminal.data("nobody looked at the result again: how much leaks is not known"),
        Some(again) => {
            let who = if again.independent {
                "another model"
            } else {
                "the same model"
            };
            terminal.data(&format!(
                "{who} looked at {} masked frames again and found {} leaks",
                again.frames, again.leaks
            ));
            if let Some(rate) = &again.leaks_per_hour {
                terminal.data(&format!(
                    "leaks in an hour of such footage: {} (95 % interval {} to {}); whoever no model sees is not counted",
                    formats::decimal(rate.value, 1),
                    formats::decimal(rate.interval.low, 1),
                    formats::decimal(rate.interval.high, 1)
                ));
            }
        }
    }
}
