//! `vsa-audit bench`: how many cameras this machine keeps up with. In: models and an engine. Out: a few lines, and
//! `bench.json`, from which a report takes its figures of cost (`audit --bench`).
//!
//! The whole loop is timed, from decoding to measuring, on a public clip: nothing of what it finds is kept. Equal
//! stretches of the clip are timed one by one, so that the spread is seen along with the median.

use super::choices::{self, DecoderName};
use super::engine::EngineOptions;
use super::error::{CommandError, usage};
use super::exit_code::Outcome;
use super::progress::DownloadProgress;
use super::sandbox::{self, Reads};
use super::terminal::Terminal;
use crate::verbs::kept;
use clap::Args;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::time::Duration;
use vsa_base::Reason;
use vsa_base::environment;
use vsa_base::environment::Stopwatch;
use vsa_base::folder::OutputFolder;
use vsa_plan::{WrittenFootage, WrittenPlan};
use vsa_record::bench;
use vsa_record::bench::{BenchFacts, BenchFootage, Power, Spread};
use vsa_record::facts::ToolFacts;
use vsa_record::json;
use vsa_report::wording::en as words;
use vsa_room as observe;
use vsa_room::{FramesDone, Watcher};
use vsa_supply::SampleRegistry;

/// The clip that everybody has.
const SAMPLE: &str = "pets09-s2l1";
/// Stretches of a pass; the first warms up caches and branch predictors, and is not counted.
const STRETCHES: usize = 13;

/// Measure how many cameras this machine keeps up with, and what a day of one costs.
///
/// Runs the whole loop (decoding, networks, following, measuring) over a public clip and times 12 stretches of it. Close
/// everything else first: the figures are about this machine with whatever it does besides.
#[derive(Debug, Args)]
pub(super) struct BenchArguments {
    /// Names of models, or a set.
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', default_value = "default")]
    models: Vec<String>,
    #[command(flatten)]
    engine: EngineOptions,
    /// Another clip than the public sample: its frame size and its people are what is measured then.
    #[arg(long, value_name = "FILE")]
    footage: Option<PathBuf>,
    /// Look at the clip so many times.
    #[arg(long, value_name = "N", default_value_t = NonZeroU32::MIN)]
    passes: NonZeroU32,
    /// Frames looked at side by side [default: the machine's threads].
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// What the machine draws while it works, in watts: read it from a meter at the socket.
    #[arg(long, value_name = "W", value_parser = positive)]
    watts: Option<f64>,
    /// Price of a kilowatt-hour.
    #[arg(long, value_name = "P", value_parser = positive, requires = "watts")]
    price: Option<f64>,
    /// Currency of the price, as it is to be printed.
    #[arg(long, value_name = "NAME", default_value = "EUR", requires = "price")]
    currency: String,
    /// Write bench.json to this folder.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Fetch nothing: use only what is on this machine.
    #[arg(long)]
    offline: bool,
}

fn positive(text: &str) -> Result<f64, Reason> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() && value > 0.0 => Ok(value),
        _ => Err("a number above 0 is needed".into()),
    }
}

pub(super) fn run(arguments: &BenchArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let (environment, store) = choices::begin(arguments.jobs, arguments.offline)?;
    let output = arguments.out.as_ref();
    let output = output
        .map(|folder| OutputFolder::prepare(folder, true))
        .transpose()?;
    let (path, label) = match &arguments.footage {
        Some(path) => (path.clone(), "footage"),
        None => {
            let samples = SampleRegistry::builtin()?;
            let entry = &samples.get(SAMPLE)?.entry;
            (store.obtain(entry, &mut DownloadProgress::new(terminal))?, SAMPLE)
        }
    };
    let written = WrittenPlan {
        models: Some(arguments.models.clone()),
        footage: vec![WrittenFootage {
            path,
            label: Some(label.to_owned()),
            sequence_fps: None,
        }],
        ..WrittenPlan::default()
    };
    let plan = super::audit::resolve(written, DecoderName::Ffmpeg, arguments.engine, &store, terminal)?;
    let reads = Reads::of_store(store.options()).and_plan(&plan);
    sandbox::enter(reads, output.as_ref().map(OutputFolder::path), terminal)?;
    let mut rates = Vec::new();
    let (mut frames, mut per_stretch) = (0, 0);
    let mut last = None;
    for pass in 1..=arguments.passes.get() {
        terminal.say(&format!("pass {pass} of {}", arguments.passes));
        let mut timed = Timed::start();
        let record = observe::observe(&plan, &environment, &mut timed)?.record;
        frames += timed.frames.len() as u64;
        per_stretch = timed.frames.len() / STRETCHES;
        rates.extend(stretches(&timed.frames));
        last = Some(record);
    }
    let spread = Spread::of(rates);
    let (Some(record), Some(frames_per_second)) = (last, spread) else {
        return Err(usage!(
            "the clip is too short to be timed: it needs {STRETCHES} frames at least, and better a thousand"
        ));
    };
    let power = arguments.watts.map(|watts| Power {
        watts,
        price_per_kilowatt_hour: arguments.price,
        currency: arguments
            .price
            .map_or_else(String::new, |_| arguments.currency.clone()),
    });
    let item = &record.items[0];
    let facts = BenchFacts {
        schema: bench::SCHEMA.to_owned(),
        measured: environment::now_rfc3339(),
        tool: ToolFacts::this(),
        host: environment::host(),
        jobs: environment.jobs().get() as u64,
        engine: record.engine.clone(),
        models: record.models.iter().map(|model| model.name.clone()).collect(),
        footage: BenchFootage {
            label: item.label.clone(),
            sha256: item.sha256.clone(),
            width: item.width,
            height: item.height,
            frames,
        },
        frames_per_stretch: per_stretch as u64,
        frames_per_second,
        cameras: bench::cameras(frames_per_second, power.as_ref()),
        power,
    };
    terminal.lines(lines(&facts));
    if let Some(output) = output {
        let bytes = json::to_bytes(&facts)?;
        output.publish(&[(bench::FILE, &bytes)])?;
        terminal.data(&format!("written: {}", output.path().join(bench::FILE).display()));
    }
    Ok(Outcome::Done)
}

/// A benchmark that was written earlier.
pub(super) fn read(path: &Path) -> Result<BenchFacts, CommandError> {
    let bytes = std::fs::read(path).map_err(CommandError::reading("read the benchmark", path))?;
    Ok(kept::bench_of(&bytes)?)
}

/// Frames a second in each stretch but the first. `times`: when each frame was done.
fn stretches(times: &[Duration]) -> Vec<f64> {
    let length = times.len() / STRETCHES;
    if length == 0 {
        return Vec::new();
    }
    let ends = (1..=STRETCHES).map(|at| times[at * length - 1]);
    let seconds: Vec<f64> = ends.map(|end| end.as_secs_f64()).collect();
    #[expect(clippy::cast_precision_loss, reason = "no clip has 2^53 frames")]
    let frames = length as f64;
    seconds
        .windows(2)
        .map(|pair| frames / (pair[1] - pair[0]).max(1e-9))
        .collect()
}

/// Notes when each frame was done.
struct Timed {
    stopwatch: Stopwatch,
    frames: Vec<Duration>,
}

impl Timed {
    fn start() -> Self {
        Self {
            stopwatch: Stopwatch::start(),
            frames: Vec::new(),
        }
    }
}

impl Watcher for Timed {
    fn item(&mut self, _label: &str, _frames: Option<u64>) -> Box<dyn FramesDone + '_> {
        Box::new(TimedItem(self))
    }
}

struct TimedItem<'timed>(&'timed mut Timed);

impl FramesDone for TimedItem<'_> {
    fn done(&mut self, _frames: u64) {
        let elapsed = self.0.stopwatch.elapsed();
        self.0.frames.push(elapsed);
    }

    fn finish(self: Box<Self>) {}
}

/// What is printed.
fn lines(bench: &BenchFacts) -> Vec<String> {
    let mut lines = vec![words::cost_method(bench)];
    let currency = bench.power.as_ref().map_or("", |power| power.currency.as_str());
    for row in &bench.cameras {
        let [rate, cameras, energy, money] = words::cost_row(row, currency);
        let mut line = format!("cameras of {rate} frames a second: {cameras}");
        if row.kilowatt_hours_per_day.is_some() {
            line.push_str(&format!("; one of them for a day: {energy}"));
        }
        if row.money_per_day.is_some() {
            line.push_str(&format!(", {money}"));
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_stretch_and_what_is_left_over_are_not_counted() {
        // Ten frames a second, but two in the first stretch of three, and a frame left over.
        let times: Vec<Duration> = (1..=40)
            .map(|frame: u64| Duration::from_millis(frame * 100 + 1200))
            .collect();
        let rates = stretches(&times);
        assert_eq!(rates.len(), 12);
        assert!(rates.iter().all(|rate| (rate - 10.0).abs() < 1e-9), "{rates:?}");
        assert!(stretches(&times[..12]).is_empty());
    }

    #[test]
    fn power_and_price_are_above_zero() {
        assert_eq!(positive("90"), Ok(90.0));
        for text in ["0", "-1", "nan", "inf", "much"] {
            assert!(positive(text).is_err(), "{text}");
        }
    }
}
