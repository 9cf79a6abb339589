//! Publish. In: an observation and what stands beside it. Out: a folder with report, record, log and manifest, all of them
//! or none.

use super::beside::{Beside, CLAIMS_FILE};
use super::observe::Observation;
use super::render::{RenderError, held_to};
use vsa_base::digest;
use vsa_base::environment::{self, Stopwatch};
use vsa_base::folder::{FolderError, OutputFolder};
use vsa_custody::bundle;
use vsa_custody::case::{self, Case};
use vsa_custody::chain::ChainError;
use vsa_record::json::{self, JsonError};
use vsa_record::run::{self, CamerasKeptUp, ConfinementFacts, FilesHeldTo, RunFacts};
use vsa_record::{Record, bench, stills};
use vsa_report::Document;
use vsa_sandbox::FileRules;

/// When a run began; it goes into `run.json` and into nothing else.
#[derive(Clone, Debug)]
pub struct Clock {
    started: String,
    stopwatch: Stopwatch,
}

impl Clock {
    /// Begins now.
    #[must_use]
    pub fn start() -> Self {
        Self {
            started: environment::now_rfc3339(),
            stopwatch: Stopwatch::start(),
        }
    }
}

/// What was published.
#[derive(Debug)]
pub struct Published {
    /// The report.
    pub document: Document,
    /// What `run.json` says.
    pub run: RunFacts,
}

/// Why nothing was published: then the folder is as it was, but where what is left of an earlier seal cannot be taken away.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// There is no report.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// There is no log or no manifest.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// A file beside the report cannot be written as JSON.
    #[error("the result cannot be written as JSON: {0}; this is an error of vsa-audit, please report it")]
    Json(#[from] JsonError),
    /// The folder cannot be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// Audits and renders an observation, and writes everything into `folder`: the four files of the report, `run.json`, what
/// the plan lets out beside them, what stands [`Beside`] the record, `custody.jsonl`, and `manifest.json` over all of it.
///
/// The folder holds all files afterwards, or those that it held before. What is left of the seal of an earlier run is then
/// taken away, since it would belong to another manifest; a folder whose seal stands is refused. That the report is of this very
/// record cannot be otherwise: it is drawn here. What it says of the sandbox is what the kernel tells of this process now, as
/// `run.json` says it, whatever [`Beside::confinement`] holds.
///
/// # Errors
/// [`PublishError`].
///
/// # Examples
/// `examples/observe.rs`.
pub fn publish(
    observation: Observation,
    beside: &Beside,
    clock: &Clock,
    folder: &OutputFolder,
) -> Result<Published, PublishError> {
    let record = &observation.record;
    let confinement = confinement();
    let rendered = held_to(record, &super::audit(record), beside, Some(&confinement))?;
    let rendered_at = environment::now_rfc3339();
    let run = run_facts(&observation, clock, confinement)?;
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    files.extend(
        rendered
            .files
            .into_iter()
            .map(|file| (file.name.to_owned(), file.bytes)),
    );
    files.push((run::FILE.to_owned(), json::to_bytes(&run)?));
    let objects = observation.objects.into_iter();
    files.extend(objects.map(|file| (file.name, file.text.into_bytes())));
    if let Some(shown) = &beside.stills {
        files.extend(shown.files().map(|(name, bytes)| (name, bytes.to_vec())));
        files.push((stills::FILE.to_owned(), json::to_bytes(&shown.facts())?));
    }
    if beside.case != Case::default() {
        files.push((case::FILE.to_owned(), json::to_bytes(&beside.case)?));
    }
    if let Some(claims) = &beside.claims {
        files.push((CLAIMS_FILE.to_owned(), json::to_bytes(claims)?));
    }
    if let Some(facts) = &beside.bench {
        files.push((bench::FILE.to_owned(), json::to_bytes(facts)?));
    }
    let times = [observation.processed.as_str(), &rendered_at];
    let custody = observation.chain.end(
        &beside.case.actor(),
        &observation.record,
        times,
        &borrowed(&files),
    )?;
    files.extend(custody.map(|(name, bytes)| (name.to_owned(), bytes)));
    // The manifest is among both: it was just written.
    let mut stale = bundle::seal_files().to_vec();
    stale.retain(|name| files.iter().all(|(written, _)| written != name));
    folder.publish(&borrowed(&files))?;
    folder.remove(&stale)?;
    Ok(Published {
        document: rendered.document,
        run,
    })
}

/// As folders and manifests take them.
pub(crate) fn borrowed(files: &[(String, Vec<u8>)]) -> Vec<(&str, &[u8])> {
    files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect()
}

fn run_facts(
    observation: &Observation,
    clock: &Clock,
    confinement: ConfinementFacts,
) -> Result<RunFacts, JsonError> {
    let frames_per_second = rate(&observation.record, observation.seconds);
    Ok(RunFacts {
        schema: run::SCHEMA.to_owned(),
        started: clock.started.clone(),
        ended: environment::now_rfc3339(),
        seconds: clock.stopwatch.elapsed().as_secs_f64(),
        observing_seconds: observation.seconds,
        frames_per_second,
        cameras: frames_per_second.map_or_else(Vec::new, cameras),
        jobs: observation.jobs,
        host: environment::host(),
        record_sha256: digest::of_bytes(&json::to_bytes(&observation.record)?),
        confinement: Some(confinement),
    })
}

/// As the kernel says now: it gives nothing back.
fn confinement() -> ConfinementFacts {
    let enforced = vsa_sandbox::enforced();
    let files = |rules| match rules {
        FileRules::Enforced => FilesHeldTo::Enforced,
        FileRules::Partly => FilesHeldTo::Partly,
        FileRules::NotEnforced => FilesHeldTo::NotEnforced,
    };
    ConfinementFacts {
        no_core_file: enforced.no_core_file,
        not_inspectable: enforced.not_inspectable,
        no_new_privileges: enforced.no_new_privileges,
        files: files(enforced.files),
        threads_outside: enforced.threads_outside,
        calls_refused: enforced.calls,
        decoder_files: files(enforced.decoder_files),
        decoder_calls_refused: enforced.decoder_calls,
        decoder_limited: enforced.decoder_limits,
    }
}

fn rate(record: &Record, seconds: f64) -> Option<f64> {
    let frames: u64 = record.items.iter().map(|item| item.frames.looked_at).sum();
    #[expect(clippy::cast_precision_loss, reason = "no footage has 2^53 frames")]
    (frames > 0 && seconds > 0.0).then(|| frames as f64 / seconds)
}

fn cameras(looked_at_per_second: f64) -> Vec<CamerasKeptUp> {
    let at = |frames_per_second| CamerasKeptUp {
        frames_per_second,
        cameras: looked_at_per_second / frames_per_second,
    };
    run::CAMERA_RATES.map(at).into()
}
