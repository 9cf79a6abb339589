//! What `audit` and `demo` have in common after the plan is made: observe, publish, say a few words. What is written is the
//! matter of [`crate::verbs`].

use super::claims::beside::GivenClaims;
use super::error::CommandError;
use super::frames::Frames;
use super::sandbox::{self, Reads};
use super::terminal::Terminal;
use crate::verbs::{self, Beside, Clock};
use vsa_base::digest;
use vsa_base::environment::Environment;
use vsa_base::folder::OutputFolder;
use vsa_custody::case::Case;
use vsa_plan::Plan;
use vsa_record::bench::BenchFacts;
use vsa_record::json;
use vsa_record::run::RunFacts;
use vsa_report::Document;
use vsa_supply::Store;

/// What the user brings beside the footage.
#[derive(Default)]
pub(super) struct Given {
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
    given: Given,
    environment: &Environment,
    folder: &OutputFolder,
    clock: &Clock,
    store: &Store,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    let reads = Reads::of_store(store.options()).and_plan(plan);
    sandbox::enter(reads, Some(folder.path()), terminal)?;
    let observation = verbs::observe(plan, environment, &mut Frames::on(terminal))?;
    let record = &observation.record;
    let stills = verbs::stills(plan, record, given.stills, environment, &mut Frames::on(terminal))?;
    if given.stills > 0 && stills.as_ref().is_none_or(|made| made.stills.is_empty()) {
        terminal.warn("there are no stills: images that do not follow each other are not shown");
    }
    let claims = match &given.claims {
        Some(claims) => Some(claims.examine(record, digest::of_bytes(&json::to_bytes(record)?))),
        None => None,
    };
    let beside = Beside {
        case: given.case,
        bench: given.bench,
        stills,
        claims,
        // The kernel is asked when the folder is published.
        confinement: None,
    };
    let published = verbs::publish(observation, &beside, clock, folder)?;
    summarise(&published.document, &published.run, folder, terminal);
    Ok(())
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
