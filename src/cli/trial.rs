//! A model of one's own tried before it is added. In: what its file and its user say of it. Out: the model with the contract with
//! which it finds people or faces and what it found, in words; or why it is not added.

use super::choices::{self, DecoderName};
use super::error::CommandError;
use super::models::AddArgs;
use super::progress::DownloadProgress;
use super::terminal::Terminal;
use std::path::Path;
use vsa_base::environment::Environment;
use vsa_engine::EngineError;
use vsa_plan::{CheckedFile, Role, Subject};
use vsa_room::{
    ObserveError, Open, TRIAL_SAMPLE, Trial, TrialError, TrialPictures, TrialPlan, Tried, prepare_model,
    try_model,
};
use vsa_supply::{ModelEntry, SampleRegistry, Store, SupplyError};

/// Tries a model that finds people or faces; one that describes whom others found is returned as it came.
///
/// # Errors
/// When it finds nobody, cannot be run, or somebody asked to stop.
pub(super) fn tried(
    model: ModelEntry,
    (args, weights): (&AddArgs, Option<&Path>),
    store: &Store,
    environment: &Environment,
    terminal: &mut Terminal,
) -> Result<ModelEntry, CommandError> {
    if args.untested {
        return Ok(not_tried(model, "as asked for with --untested", terminal));
    }
    let paths = || std::iter::once(args.file.clone()).chain(weights.map(Path::to_owned));
    let digests = || model.files().map(|file| file.checksum.digits().to_owned());
    let files = || {
        paths()
            .zip(digests())
            .map(|(path, sha256)| CheckedFile { path, sha256 })
    };
    if model.role != Role::Find {
        match prepare_model(&model.choice(files())) {
            // Not run here, which is no fault of the model.
            Ok(()) | Err(EngineError::Format { .. }) => {}
            Err(error) => {
                return Err(CommandError::Supply(SupplyError::NotAModel {
                    file: args.file.clone(),
                    why: format!(
                        "it cannot be prepared: {error}; declare its own --family and --input-size, or add it with --untested"
                    ),
                }));
            }
        }
    }
    if model.role != Role::Find {
        return Ok(model);
    }
    let on = match pictures(model.subject, store, terminal) {
        Ok(pictures) => pictures,
        Err(CommandError::Supply(error @ SupplyError::Stopped { .. })) => return Err(error.into()),
        Err(error) => {
            let why = format!(
                "the sample {TRIAL_SAMPLE}, or what decodes it, cannot be had ({error}); once it can, add the model again"
            );
            return Ok(not_tried(model, &why, terminal));
        }
    };
    let words = Words::of(model.subject);
    terminal.say(&format!(
        "trying whether it finds {}, {}",
        words.whom, words.where_tried
    ));
    let normalised = args.mean.is_some() || args.std.is_some();
    let plan = TrialPlan {
        open: Open {
            family: args.family.is_none(),
            colour: args.colour.is_none(),
            normalisation: !normalised,
            threshold: args.score_threshold.is_none() && args.nms_iou.is_none(),
        },
        model: model.choice(files()),
        on,
    };
    let refuse = |why: String| {
        CommandError::Supply(SupplyError::NotAModel {
            file: args.file.clone(),
            why,
        })
    };
    match try_model(&plan, environment) {
        Ok(Trial::Finds {
            best,
            instead_of,
            people,
        }) => Ok(with_contract(
            model,
            (&best, instead_of.as_ref()),
            people,
            &words,
            terminal,
        )),
        Ok(Trial::Nobody {
            best,
            undeclared,
            people,
            contracts,
        }) => Err(refuse(nobody(
            (&best, undeclared.as_ref()),
            people,
            contracts,
            &words,
        ))),
        Err(TrialError::Engine(EngineError::Format { .. })) => Ok(not_tried(
            model,
            "the embedded engine, on which models are tried, does not run its format",
            terminal,
        )),
        Err(TrialError::Engine(error)) => Err(refuse(format!(
            "it cannot be run: {error}; leave --family out, so that it is recognised, or add it with --untested"
        ))),
        Err(TrialError::Interrupted) => Err(CommandError::Observe(ObserveError::Interrupted)),
        Err(error) => Ok(not_tried(model, &error.to_string(), terminal)),
    }
}

/// What a trial says of its pictures.
struct Words {
    whom: &'static str,
    where_tried: String,
    made_for: &'static str,
}

impl Words {
    fn of(subject: Subject) -> Self {
        match subject {
            Subject::Person => Self {
                whom: "people",
                where_tried: format!("on two pictures of the sample {TRIAL_SAMPLE}"),
                made_for: "a street seen from above",
            },
            Subject::Face => Self {
                whom: "faces",
                where_tried: "on two drawings of people who look into the camera".to_owned(),
                made_for: "faces in full view",
            },
        }
    }
}

/// Drawn faces; or people: the sample and what reads it, fetched where they are not here.
fn pictures(subject: Subject, store: &Store, terminal: &mut Terminal) -> Result<TrialPictures, CommandError> {
    if subject == Subject::Face {
        return Ok(TrialPictures::DrawnFaces);
    }
    let samples = SampleRegistry::builtin()?;
    let entry = &samples.get(TRIAL_SAMPLE)?.entry;
    let footage = store.obtain(entry, &mut DownloadProgress::new(terminal))?;
    let decoder = choices::decoder(DecoderName::Ffmpeg, store, terminal)?;
    Ok(TrialPictures::Sample { footage, decoder })
}

fn not_tried(model: ModelEntry, why: &str, terminal: &mut Terminal) -> ModelEntry {
    let words = format!("not tried: {why}");
    terminal.warn(&format!("{words}; nobody has seen yet whether it finds anybody"));
    ModelEntry {
        trial: Some(words),
        ..model
    }
}

/// What it found, in words.
fn counts(tried: &Tried, people: usize, words: &Words) -> String {
    let boxes = match tried.false_boxes {
        0 => "no false box".to_owned(),
        1 => "1 false box".to_owned(),
        many => format!("{many} false boxes"),
    };
    format!("{} of {people} {}, {boxes}", tried.found, words.whom)
}

fn with_contract(
    model: ModelEntry,
    (best, instead_of): (&Tried, Option<&Tried>),
    people: usize,
    words: &Words,
    terminal: &mut Terminal,
) -> ModelEntry {
    let found = format!("found {}, {}", counts(best, people, words), words.where_tried);
    terminal.say(&found);
    if let Some(before) = instead_of {
        terminal.warn(&format!(
            "its shapes speak for {}, with which it finds {}; it is added with {}, with which it finds clearly more",
            before.contract,
            counts(before, people, words),
            best.contract
        ));
    }
    ModelEntry {
        family: best.model.family,
        colour: best.model.colour,
        mean: best.model.mean,
        std: best.model.std,
        score_threshold: best.model.score_threshold,
        nms_iou: best.model.nms_iou,
        trial: Some(found),
        ..model
    }
}

/// Why a model that finds nobody is not added, and what to do next.
fn nobody(
    (best, undeclared): (&Tried, Option<&Tried>),
    people: usize,
    contracts: usize,
    words: &Words,
) -> String {
    let tried = match contracts {
        1 => format!("as {}", best.contract),
        many => format!("in the best of {many} contracts, {}", best.contract),
    };
    let found = counts(best, people, words);
    let way_out = match undeclared {
        Some(better) => format!(
            "with {} it finds {}: declare that, or leave out what you declared",
            better.contract,
            counts(better, people, words)
        ),
        None => format!(
            "declare what its publisher says of it (--family, --colour, --mean, --std, --person-class); or, if it is made for \
             other pictures than {}, add it with --untested",
            words.made_for
        ),
    };
    format!(
        "it does not find {}: {found}, {}, {tried}; {way_out}",
        words.whom, words.where_tried
    )
}
