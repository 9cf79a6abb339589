//! `vsa-audit audit`: footage in, an output folder with record and report out.

use super::choices::{self, DecoderName, LanguageName, option_of};
use super::claims::beside::GivenClaims;
use super::engine::EngineOptions;
use super::error::{CommandError, usage};
use super::exit_code::Outcome;
use super::help;
use super::outputs::{self, Given};
use super::sets::{self, Chosen};
use super::terminal::Terminal;
use crate::verbs::Clock;
use clap::Args;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use vsa_base::folder::OutputFolder;
use vsa_custody::case::Case;
use vsa_plan::scene::SceneChoice;
use vsa_plan::{
    InputSize, Means, ModelChoice, Plan, RobustnessExtent, Role, Subject, WrittenFootage, WrittenPlan,
};
use vsa_record::disclosure::DataBasis;
use vsa_supply::Store;

/// Audit footage: what could an algorithmic video-surveillance system extract from it?
#[derive(Debug, Args)]
#[command(after_long_help = help::AFTER_AUDIT)]
pub(super) struct AuditArguments {
    /// Videos, images or folders of images. A folder's images are stills, unless --sequence-fps says otherwise.
    #[arg(value_name = "FOOTAGE")]
    footage: Vec<PathBuf>,
    /// Folder for the results. It must not exist or be empty, unless --overwrite is given.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Names of models, separated by commas, or a set: `quick`, `default` or `thorough`. One person model and one face model
    /// at most, and one for each thing that is told of those found: body embedding, face embedding, age, gender,
    /// emotion, mask. The second families of `thorough` are compared with its first, as by --second-detector. Models that are not
    /// on this machine are fetched [default: default].
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    models: Option<Vec<String>>,
    /// A plan file (TOML). Options given here win over it. See samples/plans.
    #[arg(long, value_name = "FILE")]
    plan: Option<PathBuf>,
    /// A scene file (TOML): zones, lines, the common direction, the calibration of the ground, the frame rate. See
    /// samples/scenes, and `vsa-audit scene preview`.
    #[arg(long, value_name = "FILE")]
    scene: Option<PathBuf>,
    /// Frames looked at side by side [default: the machine's threads]. The result does not depend on it.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Look at so many frames in each second of footage [default: every frame].
    #[arg(long, value_name = "F", allow_negative_numbers = true)]
    sample_fps: Option<f64>,
    /// Look at no more frames than needed: draw them at random until the 95 % intervals of people per frame and of the
    /// share of frames with anybody (of faces per frame, with a face model alone) are within this: half the width, of a
    /// share as it is, of a mean as a share of the mean, such as 0.05. The record tells how much was looked at. People
    /// are not followed.
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    precision_target: Option<f64>,
    /// Seed of the draw [default: 0].
    #[arg(long, value_name = "N", requires = "precision_target")]
    precision_seed: Option<u64>,
    /// Look for people in overlapping tiles, columns x rows, besides the whole frame: finds small, far people, at the
    /// cost of one more network run per tile.
    #[arg(long, value_name = "CxR")]
    tiles: Option<String>,
    /// The same for faces.
    #[arg(long, value_name = "CxR")]
    face_tiles: Option<String>,
    /// At which size the person model looks, where it takes pictures of any: `native` (the footage's own, its long side up to
    /// 1280 pixels and never below the model's own), `native:1920` for another limit, `640x480` (sides that are multiples of 32),
    /// or `model` for the one that it was made with. Larger inputs show smaller people, at the cost of more time. A second
    /// detector looks at its own [default: as `models list` says].
    #[arg(long, value_name = "SIZE")]
    input_size: Option<InputSize>,
    /// The same for faces.
    #[arg(long, value_name = "SIZE")]
    face_input_size: Option<InputSize>,
    /// Look for faces in every n-th looked-at frame [default: 1].
    #[arg(long, value_name = "N")]
    face_every: Option<u32>,
    /// The images of a folder follow each other at this rate: people are followed from one to the next.
    #[arg(long, value_name = "F", allow_negative_numbers = true)]
    sequence_fps: Option<f64>,
    /// How the report names the footage, in the order given, separated by commas [default: item-1, item-2, …]. File
    /// names are never reported: they may name people.
    #[arg(long, value_name = "LABEL,…", value_delimiter = ',')]
    labels: Option<Vec<String>>,
    /// On what ground the footage is processed.
    #[arg(long, value_name = "BASIS")]
    data_basis: Option<Basis>,
    /// Withhold cells with 1 to N-1 people behind them [default: 11].
    #[arg(long, value_name = "N")]
    min_cell: Option<u32>,
    /// Why the limit is lower than 11; printed on the first page.
    #[arg(long, value_name = "TEXT")]
    min_cell_reason: Option<String>,
    /// Degrade the footage in declared ways (blur, noise, low light, compression, fog, rain, resolution, lost frames), look
    /// at it again each time, and report how every measure changes. `default`: each at the middle severity, about nine
    /// times the work; `full`: at all five, about 41 times.
    #[arg(long, value_name = "EXTENT", num_args = 0..=1, require_equals = true, default_missing_value = "default")]
    robustness: Option<Extent>,
    /// Let another model look at the same frames, and report how far the two agree: how many each finds, the difference, and
    /// the share of boxes that both draw. One for people and one for faces at most (give the option twice). Nothing else in
    /// the report depends on it. Costs as much as the model that it is compared with.
    #[arg(long, value_name = "NAME")]
    second_detector: Vec<String>,
    /// Also write boxes and tracks of single people (MOTChallenge format) to DIR. Only for public or consented datasets;
    /// the report says so on its first page.
    #[arg(long)]
    export_objects: bool,
    #[command(flatten)]
    engine: EngineOptions,
    /// Which decoder reads videos.
    #[arg(long, value_name = "DECODER", default_value = "ffmpeg")]
    decoder: DecoderName,
    /// A case file (TOML): exhibit, requester, operator, question, language; each may be absent. Printed in the report's
    /// header, kept as case.json.
    #[arg(long, value_name = "FILE")]
    case: Option<PathBuf>,
    /// Language of the reports [default: the case file's, else en]. The record is the same in every language.
    #[arg(long, value_name = "LANG")]
    lang: Option<LanguageName>,
    /// Show so many redacted frames in the report (3 at most), evenly spread over the footage: everybody found (without a
    /// person model: every face found) is covered by a black box. Whoever the model overlooks is seen: look before you
    /// hand the report on.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=3))]
    stills: u8,
    /// A vendor's claims (TOML), held against what this run measures: a section of the report, and claims.json
    #[arg(long, num_args = 1.., value_name = "FILE")]
    claims: Vec<PathBuf>,
    /// What `vsa-audit bench` wrote on the machine that the report shall speak of: the report then tells how many cameras
    /// it watches, and at what cost.
    #[arg(long, value_name = "FILE")]
    bench: Option<PathBuf>,
    /// Fetch nothing: use only what is on this machine.
    #[arg(long)]
    offline: bool,
    /// Replace the files of an earlier run in DIR.
    #[arg(long)]
    overwrite: bool,
}

option_of! {
    /// [`RobustnessExtent`], as an option's value.
    enum Extent for RobustnessExtent {
        /// Not at all: wins over the plan.
        None => None,
        /// Every corruption at the middle severity.
        Default => Default,
        /// Every corruption at every severity.
        Full => Full,
    }
}

option_of! {
    /// [`DataBasis`], as an option's value.
    enum Basis for DataBasis {
        /// Nothing is declared: the strictest rule.
        Undeclared => Undeclared,
        /// A dataset published for research or testing.
        Public => Public,
        /// Everyone in view has consented.
        Consented => Consented,
    }
}

pub(super) fn run(arguments: &AuditArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let clock = Clock::start();
    let (environment, store) = choices::begin(arguments.jobs, arguments.offline)?;
    let written = arguments.written_plan()?;
    written.checked_scene()?;
    let folder = OutputFolder::prepare(&arguments.out, arguments.overwrite)?;
    // What a user may have written wrong is read before anything is fetched or looked at.
    let bench = arguments.bench.as_deref().map(super::bench::read).transpose()?;
    let claims = match arguments.claims.as_slice() {
        [] => None,
        files => Some(GivenClaims::read(files)?),
    };
    let plan = resolve(written, arguments.decoder, arguments.engine, &store, terminal)?;
    if !plan.robustness.is_empty() {
        terminal.say(&format!(
            "robustness: every frame is degraded and looked at again {} times",
            plan.robustness.len()
        ));
    }
    let case = match &arguments.case {
        Some(path) => Case::read(path)?,
        None => Case::default(),
    };
    let case = case.in_language(arguments.lang.map(Into::into));
    let given = Given {
        case,
        bench,
        stills: arguments.stills,
        claims,
    };
    outputs::observe_and_publish(&plan, given, &environment, &folder, &clock, &store, terminal)?;
    Ok(Outcome::Done)
}

/// What would see more than the default. Figures: cards of nanodet-g and person-detection-0303, 18 pictures of MOT17.
const MORE: &str = "more is seen with --models thorough (two families, joined, and what describes those found), and more people with \
                    --models centerface,person-detection-0303 --engine openvino: average precision 0.79 on street pictures, where \
                    nanodet-g has 0.69";

/// A written plan with its models and its decoder found, or fetched, and everything checked.
pub(super) fn resolve(
    mut written: WrittenPlan,
    decoder: DecoderName,
    engine: EngineOptions,
    store: &Store,
    terminal: &mut Terminal,
) -> Result<Plan, CommandError> {
    let names = written
        .models
        .clone()
        .unwrap_or_else(|| vec!["default".to_owned()]);
    let openvino = engine.runs_openvino_s_own_format(store)?;
    // Who names second detectors has them compared with the one that leads.
    let families = if written.second_detectors.is_none() { 2 } else { 1 };
    let Chosen {
        models: choices,
        seconds,
        joined,
    } = sets::chosen(&names, (families, openvino), store, terminal)?;
    if written.models.is_none() {
        let taken: Vec<&str> = choices.iter().map(|model| model.name.as_str()).collect();
        terminal.say(&format!(
            "no models were named: {} are taken (the set `default`, what package registries alone bring)",
            taken.join(" and ")
        ));
        terminal.say(MORE);
    }
    let seconds = match &written.second_detectors {
        Some(names) => choices::models(names, store, terminal)?,
        None => {
            for subject in joined {
                let search = match subject {
                    Subject::Person => &mut written.person,
                    Subject::Face => &mut written.face,
                };
                search.fusion.get_or_insert_default();
            }
            seconds
        }
    };
    let decoder = choices::decoder(decoder, store, terminal)?;
    let all: Vec<ModelChoice> = choices.iter().chain(&seconds).cloned().collect();
    let engine = engine.choose(&all, store, terminal)?;
    let wanted = [
        (Subject::Person, written.person.input_size),
        (Subject::Face, written.face.input_size),
    ];
    let plan = written.check(Means {
        models: choices,
        second_detectors: seconds,
        decoder,
        engine,
    })?;
    tell_of_inputs(&plan.models, wanted, terminal);
    Ok(plan)
}

/// A wish that no model can follow is told, and the run goes on: sets mix models that can with models that cannot.
pub(super) fn tell_of_inputs(
    models: &[ModelChoice],
    wanted: [(Subject, Option<InputSize>); 2],
    terminal: &mut Terminal,
) {
    let both = wanted.iter().all(|(_, wanted)| wanted.is_some());
    for (subject, wanted) in wanted {
        let Some(InputSize::Footage { .. }) = wanted else {
            continue;
        };
        let finder = |model: &&ModelChoice| model.role == Role::Find && model.subject == subject;
        match models.iter().find(finder) {
            Some(model) if model.input == InputSize::Model => terminal.warn(&format!(
                "{} has one input size, {}x{}, and looks at that whatever the footage is",
                model.name, model.input_size.0, model.input_size.1
            )),
            Some(_) => {}
            // `evaluate` has one option for both.
            None if both => {}
            None => terminal.warn(&format!(
                "no model that is used finds a {subject}: its input size is without effect"
            )),
        }
    }
}

impl AuditArguments {
    /// The plan file, if any, with the options laid over it.
    fn written_plan(&self) -> Result<WrittenPlan, CommandError> {
        let mut written = match &self.plan {
            Some(path) => WrittenPlan::read(path)?,
            None => WrittenPlan::default(),
        };
        if !self.footage.is_empty() {
            written.footage = self.written_footage()?;
        } else if self.labels.is_some() || self.sequence_fps.is_some() {
            return Err(usage!(
                "--labels and --sequence-fps speak about footage named on the command line, and none is: write them \
                 into the plan's [[footage]] instead"
            ));
        }
        lay_over(&mut written.models, self.models.clone());
        lay_over(&mut written.scene, self.scene.clone().map(SceneChoice::File));
        lay_over(&mut written.sample_fps, self.sample_fps);
        lay_over(&mut written.precision_target, self.precision_target);
        lay_over(&mut written.precision_seed, self.precision_seed);
        lay_over(&mut written.person.tiles, self.tiles.clone());
        lay_over(&mut written.face.tiles, self.face_tiles.clone());
        lay_over(&mut written.person.input_size, self.input_size);
        lay_over(&mut written.face.input_size, self.face_input_size);
        lay_over(&mut written.face.every, self.face_every);
        lay_over(&mut written.data_basis, self.data_basis.map(DataBasis::from));
        lay_over(&mut written.min_cell, self.min_cell);
        lay_over(&mut written.min_cell_reason, self.min_cell_reason.clone());
        lay_over(
            &mut written.robustness,
            self.robustness.map(RobustnessExtent::from),
        );
        let seconds = Some(self.second_detector.clone()).filter(|names| !names.is_empty());
        lay_over(&mut written.second_detectors, seconds);
        lay_over(&mut written.export_objects, self.export_objects.then_some(true));
        Ok(written)
    }

    fn written_footage(&self) -> Result<Vec<WrittenFootage>, CommandError> {
        let labels = self.labels.clone().unwrap_or_default();
        if !labels.is_empty() && labels.len() != self.footage.len() {
            return Err(usage!(
                "{} labels for {} pieces of footage: give one for each, or none",
                labels.len(),
                self.footage.len()
            ));
        }
        Ok(self
            .footage
            .iter()
            .enumerate()
            .map(|(at, path)| WrittenFootage {
                path: path.clone(),
                label: labels.get(at).cloned(),
                sequence_fps: self.sequence_fps.filter(|_| path.is_dir()),
            })
            .collect())
    }
}

fn lay_over<T>(below: &mut Option<T>, above: Option<T>) {
    if above.is_some() {
        *below = above;
    }
}
