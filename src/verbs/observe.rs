//! Observe. In: a checked plan, the environment, somebody who watches. Out: an observation, which knows what its footage
//! and its means were before the first frame was decoded.

use vsa_base::environment::{self, Environment, Stopwatch};
use vsa_custody::chain::{Chain, ChainError};
use vsa_plan::Plan;
use vsa_record::Record;
use vsa_room::{ExportedFile, Watcher};

/// What came out of the room, and the beginning of its chain of custody. [`publish`](super::publish()) makes a folder of it.
#[derive(Debug)]
pub struct Observation {
    /// All that was measured.
    pub record: Record,
    /// Boxes and tracks as text, only where the plan asks for them on a public or consented dataset.
    pub objects: Vec<ExportedFile>,
    pub(super) chain: Chain,
    /// When the room's door closed.
    pub(super) processed: String,
    pub(super) seconds: f64,
    pub(super) jobs: u64,
}

/// Why nothing was observed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ObserveError {
    /// Footage cannot be read, a model failed, or somebody asked the run to stop.
    #[error(transparent)]
    Room(#[from] vsa_room::ObserveError),
    /// The program's own file cannot be digested, or footage was changed while it was looked at.
    #[error(transparent)]
    Chain(#[from] ChainError),
}

/// Looks at all footage of a plan, and digests footage, models, decoder and program before it does.
///
/// A [`Plan`] comes from [`WrittenPlan::check`](vsa_plan::WrittenPlan::check) and from nowhere else that a user can reach:
/// what can be known to be wrong before a file is opened is known by then. The [`Environment`] says on how many threads;
/// the record does not depend on it. The [`Watcher`] learns how many frames are done, and nothing of what is in them
/// ([`vsa_room::Unwatched`] watches nothing).
///
/// # Errors
/// [`ObserveError`]. A fault inside a piece of footage is none: what was decoded before is kept, and it is counted.
///
/// # Examples
/// ```
/// use vsa_audit::base::environment::Environment;
/// use vsa_audit::plan::Plan;
/// use vsa_audit::room::Unwatched;
/// use vsa_audit::verbs::ObserveError;
///
/// fn frames(plan: &Plan) -> Result<u64, ObserveError> {
///     let observation = vsa_audit::observe(plan, &Environment::new(None), &mut Unwatched)?;
///     Ok(observation.record.items.iter().map(|item| item.frames.looked_at).sum())
/// }
/// ```
/// `examples/observe.rs` is the whole program, from the names of models to a folder of results.
pub fn observe(
    plan: &Plan,
    environment: &Environment,
    watcher: &mut dyn Watcher,
) -> Result<Observation, ObserveError> {
    let chain = Chain::begin(plan)?;
    let stopwatch = Stopwatch::start();
    let seen = vsa_room::observe(plan, environment, watcher)?;
    let seconds = stopwatch.elapsed().as_secs_f64();
    let processed = environment::now_rfc3339();
    chain.check(&seen.record)?;
    Ok(Observation {
        record: seen.record,
        objects: seen.objects,
        chain,
        processed,
        seconds,
        jobs: environment.jobs().get() as u64,
    })
}
