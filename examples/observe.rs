//! The first verb, and the folder that comes of it: footage in, a folder with record, report, log and manifest out.
//!
//! `cargo run --release --example observe -- OUT [FOOTAGE]`. Without footage, the public sample is looked at. What is not on this
//! machine yet (models, the sample, ffmpeg) is fetched by the machine's own package clients, and held to its digest.

#![expect(
    clippy::disallowed_macros,
    reason = "a program of its own: what it prints is its answer"
)]

use std::error::Error;
use std::path::{Path, PathBuf};
use vsa_audit::base::environment::Environment;
use vsa_audit::base::folder::OutputFolder;
use vsa_audit::plan::{Means, VideoDecoder, WrittenFootage, WrittenPlan};
use vsa_audit::room::Unwatched;
use vsa_audit::supply::{
    ModelRegistry, SampleRegistry, Store, StoreOptions, Unwatched as Unseen, find_or_pull_ffmpeg,
};
use vsa_audit::verbs::Clock;
use vsa_audit::{Beside, sandbox};

fn main() -> Result<(), Box<dyn Error>> {
    // No core file, nobody who looks in, no new privileges, from the first line on.
    sandbox::harden();
    let clock = Clock::start();
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let out = arguments
        .next()
        .ok_or("name a folder for the results, such as target/example")?;
    // Refused now, and not after the long part, where something lies in it already.
    let folder = OutputFolder::prepare(&out, false)?;

    let environment = Environment::new(None);
    let store = Store::open(&StoreOptions::from_variables(false, environment.stop_flag())?);
    let footage = match arguments.next() {
        Some(path) => path,
        None => store.obtain(&SampleRegistry::builtin()?.get("pets09-s2l1")?.entry, &mut Unseen)?,
    };
    let models = store.obtain_models(&ModelRegistry::builtin()?.set("default")?, &mut Unseen)?;
    let ffmpeg = find_or_pull_ffmpeg(&store, &mut Unseen)?;

    // Everything is here: from now on the process opens these files, writes into that folder, and does nothing else. The report
    // says what of that the kernel enforced.
    let options = store.options();
    let mut read = vec![options.cache.clone(), options.data.clone(), footage.clone()];
    read.extend(options.local.iter().cloned());
    read.extend(std::env::current_exe());
    for program in [Some(ffmpeg.clone()), ffmpeg.canonicalize().ok()]
        .into_iter()
        .flatten()
    {
        read.extend(program.parent().map(Path::to_owned));
    }
    sandbox::confine(&sandbox::Rules {
        read,
        write: vec![folder.path().to_owned()],
    });
    let decoder = VideoDecoder::Ffmpeg(ffmpeg);

    // What a user writes, and what was found for it: checked together, before a frame is decoded.
    let written = WrittenPlan {
        footage: vec![WrittenFootage {
            path: footage,
            label: None,
            sequence_fps: None,
        }],
        sample_fps: Some(1.0),
        ..WrittenPlan::default()
    };
    let plan = written.check(Means::new(models, decoder))?;

    let observation = vsa_audit::observe(&plan, &environment, &mut Unwatched)?;
    let published = vsa_audit::publish(observation, &Beside::default(), &clock, &folder)?;
    for sentence in &published.document.answer.sentences {
        println!("{sentence}");
    }
    println!("report: {}", folder.path().join("report.html").display());
    Ok(())
}
