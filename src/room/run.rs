//! The one ordinary door. In: a checked plan, the environment, somebody who watches. Out: a [`Record`], and the files of
//! the second door where the plan's data basis opens it.

use super::FootageError;
use super::adaptive_sampling;
use super::describe;
use super::describe::network::Network;
use super::detect;
use super::detect::detector::LoadedDetector;
use super::detect::fused::FusedModel;
use super::export::{ExportPermit, ExportedFile};
use super::footage;
use super::measure::measures::Measures;
use super::opening::Opening;
use super::pipeline::{self, Detectors};
use super::robustness::{self, DegradedRun};
use super::watcher::Watcher;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use vsa_base::environment::Environment;
use vsa_engine::EngineError;
use vsa_plan::{Fusion, ModelChoice, Plan, Role, Subject, Tiling, VideoDecoder};
use vsa_record as record;
use vsa_record::facts::FusionFacts;
use vsa_record::{Caveat, ModelFacts, PlanFacts, Record, ToolFacts};

/// Why nothing came out of the room.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ObserveError {
    /// An item of the footage cannot be read.
    #[error("cannot read the footage `{label}`: {source}")]
    Footage {
        /// Its label.
        label: String,
        /// Why.
        source: FootageError,
    },
    /// Frames cannot be drawn from footage whose length is not known.
    #[error(
        "the file of `{label}` does not tell how many frames it has, so that none can be drawn: leave --precision-target \
         out, or write the footage into a file that tells"
    )]
    LengthUnknown {
        /// Its label.
        label: String,
    },
    /// A model failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Somebody asked the run to stop.
    #[error("interrupted: nothing was written")]
    Interrupted,
    /// The machine would not give threads.
    #[error("cannot start {jobs} worker threads: {reason}; try a smaller --jobs")]
    Threads {
        /// How many were asked for.
        jobs: usize,
        /// As the system says.
        reason: String,
    },
}

impl ObserveError {
    /// That an item cannot be read, of why it cannot.
    pub(crate) fn of_footage(label: &str) -> impl FnOnce(FootageError) -> Self {
        let label = label.to_owned();
        move |source| Self::Footage { label, source }
    }
}

/// What comes out.
#[derive(Debug)]
pub struct Observation {
    /// The record.
    pub record: Record,
    /// Boxes and tracks, only where the plan asks for them on a public or consented dataset.
    pub objects: Vec<ExportedFile>,
}

/// Looks at all footage of a plan.
///
/// # Errors
/// [`ObserveError`]. A fault inside a piece of footage is no error: what was decoded before is kept, and it is counted.
pub fn observe(
    plan: &Plan,
    environment: &Environment,
    watcher: &mut dyn Watcher,
) -> Result<Observation, ObserveError> {
    for item in &plan.footage {
        footage::source::is_there(item).map_err(ObserveError::of_footage(&item.label))?;
    }
    let permit = ExportPermit::from_plan(plan);
    observe_loading(plan, environment, watcher, permit)
}

/// [`observe`], with boxes and tracks as text for a reader within the room, whatever the data basis.
pub(crate) fn observe_in_the_room(
    plan: &Plan,
    environment: &Environment,
    watcher: &mut dyn Watcher,
) -> Result<Observation, ObserveError> {
    let permit = ExportPermit::within_the_room();
    observe_loading(plan, environment, watcher, Some(permit))
}

fn observe_loading(
    plan: &Plan,
    environment: &Environment,
    watcher: &mut dyn Watcher,
    permit: Option<ExportPermit>,
) -> Result<Observation, ObserveError> {
    let pool = workers(environment, no_threads)?;
    std::thread::scope(|scope| {
        let opening = Opening::new(scope, plan);
        let loaded = load(plan, &pool)?;
        observe_permitted(plan, &loaded, &pool, environment, watcher, permit, opening)
    })
}

/// What finds, and what describes those found.
type Loaded = (Vec<(Subject, Arc<dyn LoadedDetector>)>, Vec<Arc<Network>>);

/// One model.
enum Model {
    Finds(Subject, Arc<dyn LoadedDetector>),
    Describes(Arc<Network>),
}

/// Side by side: an engine prepares a model in a tenth of a second to two.
fn load(plan: &Plan, pool: &rayon::ThreadPool) -> Result<Loaded, ObserveError> {
    // Second detectors after those that count: the order tells them apart.
    let choices: Vec<&ModelChoice> = plan.models.iter().chain(&plan.second_detectors).collect();
    let prepare = |choice: &&ModelChoice| {
        if choice.role != Role::Find {
            return describe::network::load(choice, &plan.engine).map(Model::Describes);
        }
        let tiling = match choice.subject {
            Subject::Person => &plan.person_tiles,
            Subject::Face => &plan.face_tiles,
        };
        let detector = detect::load(choice, tiling, &plan.engine)?;
        Ok(Model::Finds(choice.subject, detector))
    };
    let models: Vec<Result<Model, EngineError>> = pool.install(|| choices.par_iter().map(prepare).collect());
    let (mut loaded, mut networks) = (Vec::new(), Vec::new());
    for model in models {
        match model? {
            Model::Finds(subject, detector) => loaded.push((subject, detector)),
            Model::Describes(network) => networks.push(network),
        }
    }
    for fusion in &plan.fusions {
        join(&mut loaded, *fusion);
    }
    Ok((loaded, networks))
}

/// Puts one detector that joins the boxes of both in the place of the first of a subject, and takes the second away.
fn join(loaded: &mut Vec<(Subject, Arc<dyn LoadedDetector>)>, fusion: Fusion) {
    let is_of = |(subject, _): &(Subject, Arc<dyn LoadedDetector>)| *subject == fusion.subject;
    let second = loaded.iter().rposition(is_of);
    if let (Some(first), Some(second)) = (loaded.iter().position(is_of), second)
        && first != second
    {
        let (_, other) = loaded.remove(second);
        let both = [Arc::clone(&loaded[first].1), other];
        loaded[first].1 = Arc::new(FusedModel::new(both, fusion));
    }
}

/// As many threads as were asked for. `failed`: the error of a machine that would not give so many, and why.
pub(crate) fn workers<E>(
    environment: &Environment,
    failed: impl FnOnce(usize, String) -> E,
) -> Result<rayon::ThreadPool, E> {
    let jobs = environment.jobs().get();
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        // As much as the main thread has: engines walk through the graphs of models.
        .stack_size(8 << 20)
        .build()
        .map_err(|error| failed(jobs, error.to_string()))
}

fn no_threads(jobs: usize, reason: String) -> ObserveError {
    ObserveError::Threads { jobs, reason }
}

/// [`observe`] with models that are loaded already: the tests bring scripted ones.
#[cfg(test)]
pub(crate) fn observe_with(
    plan: &Plan,
    loaded: Vec<(Subject, Arc<dyn LoadedDetector>)>,
    networks: &[Arc<Network>],
    environment: &Environment,
    watcher: &mut dyn Watcher,
) -> Result<Observation, ObserveError> {
    let permit = ExportPermit::from_plan(plan);
    let (loaded, pool) = ((loaded, networks.to_vec()), workers(environment, no_threads)?);
    std::thread::scope(|scope| {
        let opening = Opening::new(scope, plan);
        observe_permitted(plan, &loaded, &pool, environment, watcher, permit, opening)
    })
}

fn observe_permitted(
    plan: &Plan,
    (loaded, networks): &Loaded,
    pool: &rayon::ThreadPool,
    environment: &Environment,
    watcher: &mut dyn Watcher,
    permit: Option<ExportPermit>,
    opening: Opening<'_, '_>,
) -> Result<Observation, ObserveError> {
    let roles: BTreeSet<Role> = networks.iter().map(|network| network.role).collect();
    let mut measures = Measures::of(&plan.scene, Some(&roles));
    let detectors = Detectors::new(loaded, networks, plan.face_stride, &plan.robustness);
    detectors.tried(measures.sensitivity(), plan.precision.is_some());
    let mut degraded: Vec<DegradedRun> = plan
        .robustness
        .iter()
        .map(|&perturbation| DegradedRun::new(perturbation, &plan.scene))
        .collect();
    let mut items = Vec::with_capacity(plan.footage.len());
    let mut objects = Vec::new();
    let mut drawn = None;
    if let Some(target) = &plan.precision {
        let run = adaptive_sampling::Run {
            plan,
            environment,
            pool,
            watcher: &mut *watcher,
            detectors: &detectors,
        };
        let found = run.observe(target, &mut measures, permit.as_ref())?;
        (items, drawn, objects) = (found.items, Some(found.drawn), found.files);
    }
    for (at, (footage, source)) in plan.footage.iter().zip(opening).enumerate() {
        let source = source?;
        let mut run = pipeline::ItemRun {
            plan,
            footage,
            environment,
            pool,
            watcher: &mut *watcher,
        };
        let (at, permit) = (at + 1, permit.as_ref());
        let (facts, files) = run.observe(at, source, &detectors, &mut measures, &mut degraded, permit)?;
        items.push(facts);
        objects.extend(files);
    }
    let behind = measures.contributors();
    let tried = std::mem::take(measures.sensitivity());
    let (measurements, mut caveats) = measures.finish(&plan.disclosure);
    let sensitivity = tried.finish(&plan.disclosure, &measurements);
    let robustness = robustness::rows(&plan.disclosure, &measurements, behind, degraded);
    caveats.extend(record::caveat::of_footage(&items));
    if loaded.iter().any(|(_, detector)| detector.engine().scripted)
        || networks.iter().any(|network| network.engine().scripted)
    {
        caveats.push(Caveat::ScriptedEngine);
    }
    let engine = loaded
        .first()
        .map(|(_, detector)| detector.engine())
        .expect("a checked plan has a model");
    Ok(Observation {
        record: Record {
            schema: record::SCHEMA.to_owned(),
            tool: ToolFacts::this(),
            plan: plan_facts(plan),
            disclosure: plan.disclosure.clone(),
            items,
            models: {
                let mut models = finding(loaded);
                models.extend(networks.iter().map(|network| network.facts()));
                models
            },
            engine,
            measurements,
            robustness,
            sensitivity,
            drawn,
            caveats,
        },
        objects,
    })
}

/// The models that find, each after the one that it is joined or compared with last.
fn finding(loaded: &[(Subject, Arc<dyn LoadedDetector>)]) -> Vec<ModelFacts> {
    let mut firsts = Vec::new();
    let mut others = Vec::new();
    let beside = |what: &str, facts: ModelFacts| ModelFacts {
        subject: format!("{what}_{}", facts.subject),
        ..facts
    };
    for (at, (subject, detector)) in loaded.iter().enumerate() {
        if let Some([first, second]) = detector.joined() {
            firsts.push(first.facts());
            others.push(beside("fused", second.facts()));
        } else if loaded[..at].iter().any(|(earlier, _)| earlier == subject) {
            others.push(beside("second", detector.facts()));
        } else {
            firsts.push(detector.facts());
        }
    }
    firsts.append(&mut others);
    firsts
}

fn plan_facts(plan: &Plan) -> PlanFacts {
    let names = |models: &[ModelChoice]| models.iter().map(|model| model.name.clone()).collect();
    PlanFacts {
        data_basis: plan.disclosure.data_basis(),
        models: names(&plan.models),
        second_detectors: names(&plan.second_detectors),
        fusions: plan
            .fusions
            .iter()
            .map(|fusion| fusion_facts(plan, fusion))
            .collect(),
        sample_fps: plan.sample_fps,
        precision: plan.precision,
        person_tiles: tiling_facts(&plan.person_tiles),
        face_tiles: tiling_facts(&plan.face_tiles),
        face_stride: plan.face_stride,
        thresholds: plan.thresholds.clone(),
        decoder: decoder_name(&plan.decoder).to_owned(),
        scene: plan.scene.facts().cloned(),
    }
}

/// How two models of a plan were joined.
fn fusion_facts(plan: &Plan, fusion: &Fusion) -> FusionFacts {
    let finds = |model: &&ModelChoice| model.role == Role::Find && model.subject == fusion.subject;
    let both = plan.models.iter().find(finds).into_iter();
    let both = both.chain(plan.second_detectors.iter().find(finds));
    let as_written = detect::load::as_written;
    FusionFacts {
        subject: fusion.subject.name().to_owned(),
        models: both.map(|model| model.name.clone()).collect(),
        weights: fusion.weights.map(as_written).to_vec(),
        common_threshold: as_written(Fusion::COMMON_THRESHOLD),
        overlap: as_written(fusion.overlap),
        score_threshold: as_written(fusion.score_threshold),
    }
}

/// As the option `--decoder` calls it.
fn decoder_name(decoder: &VideoDecoder) -> &'static str {
    match decoder {
        VideoDecoder::Ffmpeg(_) => "ffmpeg",
        VideoDecoder::Opencv => "opencv",
    }
}

fn tiling_facts(tiling: &Tiling) -> record::facts::TilingFacts {
    record::facts::TilingFacts {
        columns: tiling.columns,
        rows: tiling.rows,
        overlap: detect::load::as_written(tiling.overlap),
        whole_frame: tiling.whole_frame,
    }
}
