//! What `audit` and `demo` have in common after the plan is made: observe, audit, render, publish, say a few words.

use super::claims::beside::{self as claims_file, GivenClaims};
use super::error::CommandError;
use super::frames::Frames;
use super::terminal::Terminal;
use vsa_audits as audits;
use vsa_base::digest;
use vsa_base::environment;
use vsa_base::environment::{Environment, Stopwatch};
use vsa_base::folder::OutputFolder;
use vsa_custody::bundle;
use vsa_custody::case;
use vsa_custody::case::Case;
use vsa_custody::chain::Chain;
use vsa_plan::Plan;
use vsa_record as record;
use vsa_record::bench;
use vsa_record::bench::BenchFacts;
use vsa_record::run;
use vsa_record::run::{CamerasKeptUp, RunFacts};
use vsa_record::{Record, json};
use vsa_report as report;
use vsa_report::Document;
use vsa_room as observe;

/// Started when the command starts.
pub(super) struct Clock {
    started: String,
    stopwatch: Stopwatch,
}

impl Clock {
    pub(super) fn start() -> Self {
        Self {
            started: environment::now_rfc3339(),
            stopwatch: Stopwatch::start(),
        }
    }
}

/// What the user brings beside the footage.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) case: Case,
    pub(super) bench: Option<BenchFacts>,
    /// So many redacted stills go into the report.
    pub(super) stills: u8,
    /// A vendor's claims, to be held against the record.
    pub(super) claims: Option<GivenClaims>,
}

/// Runs a checked plan and publishes its results in `folder`.
pub(super) fn observe_and_publish(
    plan: &Plan,
    beside: &Beside,
    environment: &Environment,
    folder: &OutputFolder,
    clock: Clock,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    let case = &beside.case;
    let chain = Chain::begin(plan, case)?;
    let observing = Stopwatch::start();
    let observation = observe::observe(plan, environment, &mut Frames::on(terminal))?;
    let observing_seconds = observing.elapsed().as_secs_f64();

    let processed = environment::now_rfc3339();

    let record = &observation.record;
    let findings = audits::run_all(record);
    let language = case.language.unwrap_or_default();
    let mut document = Document::in_language(language, record, &findings).for_case(case);
    let stills = super::stills::of(plan, record, beside.stills, environment, terminal)?;
    if let Some(stills) = &stills {
        document = document.with_stills(stills);
    }
    if let Some(bench) = &beside.bench {
        document = document.for_bench(bench);
    }
    let record_bytes = json::to_bytes(record)?;
    let record_sha256 = digest::of_bytes(&record_bytes);
    let given = beside.claims.as_ref();
    let claims = given.map(|given| given.examine(record, record_sha256.clone()));
    if let Some(claims) = &claims {
        document = document.with_claims(claims);
    }
    let frames_per_second = rate(record, observing_seconds);
    let run_facts = RunFacts {
        schema: run::SCHEMA.to_owned(),
        started: clock.started,
        ended: environment::now_rfc3339(),
        seconds: clock.stopwatch.elapsed().as_secs_f64(),
        observing_seconds,
        frames_per_second,
        cameras: frames_per_second.map_or_else(Vec::new, cameras),
        jobs: environment.jobs().get() as u64,
        host: environment::host(),
        record_sha256,
    };
    let report_bytes = json::to_bytes(&document)?;
    let shown = stills.as_ref().map_or(&[][..], |stills| &stills.stills);
    let html = report::html::render_with(&document, shown);
    let pictures: Vec<(String, &[u8])> = stills.iter().flat_map(report::stills::Stills::files).collect();
    let attached = [("record.json", &*record_bytes), ("report.json", &*report_bytes)];
    let pdf = report::pdf::render_with(&document, &attached, shown)?;
    let rendered = environment::now_rfc3339();
    let run_bytes = json::to_bytes(&run_facts)?;
    let mut files: Vec<(&str, &[u8])> = vec![
        ("record.json", &record_bytes),
        ("report.json", &report_bytes),
        ("report.html", html.as_bytes()),
        ("report.pdf", &pdf),
        ("run.json", &run_bytes),
    ];
    files.extend(
        observation
            .objects
            .iter()
            .map(|file| (file.name.as_str(), file.text.as_bytes())),
    );
    files.extend(pictures.iter().map(|(name, bytes)| (name.as_str(), *bytes)));
    let stills_bytes = stills
        .as_ref()
        .map(|stills| json::to_bytes(&stills.facts()))
        .transpose()?;
    files.extend(
        stills_bytes
            .iter()
            .map(|bytes| (record::stills::FILE, bytes.as_slice())),
    );
    let case_bytes = case.to_bytes()?;
    if *case != Case::default() {
        files.push((case::FILE, &case_bytes));
    }
    let claims_bytes = claims.as_ref().map(json::to_bytes).transpose()?;
    files.extend(
        claims_bytes
            .iter()
            .map(|bytes| (claims_file::FILE, bytes.as_slice())),
    );
    let bench_bytes = beside.bench.as_ref().map(json::to_bytes).transpose()?;
    files.extend(bench_bytes.iter().map(|bytes| (bench::FILE, bytes.as_slice())));
    let custody = chain.end(record, [&processed, &rendered], &files)?;
    files.extend(custody.iter().map(|(name, bytes)| (*name, bytes.as_slice())));
    // The seal of an earlier run would belong to another manifest.
    folder.remove(&bundle::seal_files())?;
    folder.publish(&files)?;

    summarise(&document, &run_facts, folder, terminal);
    Ok(())
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

/// The answer in plain words, and where the rest is.
fn summarise(document: &Document, run: &RunFacts, folder: &OutputFolder, terminal: &mut Terminal) {
    for sentence in &document.answer.sentences {
        terminal.data(sentence);
    }
    if let Some(rate) = run.frames_per_second {
        terminal.say(&format!(
            "looked at footage for {:.0} s, {rate:.1} frames a second with {} jobs",
            run.observing_seconds, run.jobs
        ));
        for kept_up in run.cameras.iter().take(1) {
            terminal.say(&format!(
                "at this speed the machine keeps up with {:.1} cameras of {} frames a second (one run, no benchmark)",
                kept_up.cameras, kept_up.frames_per_second
            ));
        }
    }
    let page = folder.path().join("report.html");
    terminal.data(&format!("report: {}", page.display()));
}
