//! What `evaluate` and `compare` have in common: options in, a request out.

use super::choices::option_of;
use super::error::{CommandError, usage};
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use vsa_base::Reason;
use vsa_base::folder::OutputFolder;
use vsa_record::disclosure::{DataBasis, DisclosurePolicy};
use vsa_record::scores::LabelFormat;
use vsa_scoring::{Benchmark, DEFAULT_RESAMPLES, EvaluateRequest};

/// How to read, how to score, how to print.
#[derive(Debug, Args)]
pub(super) struct ScoringOptions {
    /// How to print the scores
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: OutputFormat,
    /// Write the results to this folder: of `evaluate` report.html, report.pdf, report.json and scores.json, of `compare`
    /// comparison.json. It must not exist or be empty, unless --overwrite is given
    #[arg(long, short = 'o', value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Format of the labels [default: recognised from what is in the file]
    #[arg(long, value_name = "FORMAT", value_parser = label_format)]
    truth_format: Option<LabelFormat>,
    /// Format of the detections [default: recognised from what is in the file]
    #[arg(long, value_name = "FORMAT", value_parser = label_format)]
    detections_format: Option<LabelFormat>,
    /// Leave rows that are wrong out, and count them, instead of ending at the first
    #[arg(long)]
    pub(super) skip_bad_rows: bool,
    /// The classes to score [default: all that the labels have]
    #[arg(long, value_name = "CLASS,…", value_delimiter = ',')]
    classes: Vec<String>,
    /// Which class of the detections is which of the labels
    #[arg(long, value_name = "THEIRS=YOURS,…", value_delimiter = ',', value_parser = pair)]
    class_map: Vec<(String, String)>,
    /// Which column of a CSV file holds what, for both sides: image=file,left=x,top=y,width=w,height=h,…
    #[arg(long, value_name = "WHAT=COLUMN,…", value_delimiter = ',', value_parser = pair)]
    columns: Vec<(String, String)>,
    /// The same for the labels alone
    #[arg(long, value_name = "WHAT=COLUMN,…", value_delimiter = ',', value_parser = pair)]
    truth_columns: Vec<(String, String)>,
    /// The same for the detections alone
    #[arg(long, value_name = "WHAT=COLUMN,…", value_delimiter = ',', value_parser = pair)]
    detections_columns: Vec<(String, String)>,
    /// The seqinfo.ini of a single MOTChallenge sequence [default: the one beside the labels]
    #[arg(long, value_name = "FILE")]
    seqinfo: Option<PathBuf>,
    /// Frames per second, where the labels do not say
    #[arg(long, value_name = "F", allow_negative_numbers = true)]
    pub(super) fps: Option<f64>,
    /// Time of the first frame in seconds since 1970, for formats that tell times (ONVIF, Frigate)
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    clock_start: Option<f64>,
    /// Rules of preprocessing for MOTChallenge labels [default: recognised]
    #[arg(long, value_name = "EDITION")]
    benchmark: Option<BenchmarkName>,
    /// Overlap (IoU) from which a box is found, for figures that do not name their own
    #[arg(
        long,
        value_name = "IOU",
        default_value_t = 0.5,
        allow_negative_numbers = true
    )]
    overlap: f64,
    /// Detections below this score do not count, for precision, recall and false alarms [default: all count; of our own
    /// detectors, those from the model's threshold on]
    #[arg(long, value_name = "SCORE", allow_negative_numbers = true)]
    score_threshold: Option<f64>,
    /// Resamples behind each bootstrap interval
    #[arg(long, value_name = "N", default_value_t = DEFAULT_RESAMPLES)]
    resamples: u64,
    /// On what ground the labels are processed: public or consented shows all cells, otherwise those with 1 to 10 people
    /// behind them are withheld
    #[arg(long, value_name = "BASIS", default_value = "undeclared")]
    pub(super) data_basis: BasisName,
    /// Withhold cells with 1 to N-1 people behind them [default: 11, or 1 for public and consented data]
    #[arg(long, value_name = "N")]
    min_cell: Option<u32>,
    /// Why the limit is lower than 11
    #[arg(long, value_name = "TEXT")]
    min_cell_reason: Option<String>,
    /// Threads [default: the machine's]. The result does not depend on it.
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
    /// Replace the files of an earlier run in DIR
    #[arg(long)]
    pub(super) overwrite: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// A table for people
    Text,
    /// The whole result for programs
    Json,
    /// One row for each figure, point of a curve, group and pair
    Csv,
    /// The same rows as an Apache Parquet file; needs --out
    Parquet,
}

option_of! {
    pub(super) enum BasisName for DataBasis {
        /// Nothing is declared: the strictest rule
        Undeclared => Undeclared,
        /// A dataset published for research or testing
        Public => Public,
        /// Everyone labelled has consented
        Consented => Consented,
    }
}

option_of! {
    enum BenchmarkName for Benchmark {
        /// 2015: no classes
        Mot15 => Mot15,
        /// 2016: distractor classes
        Mot16 => Mot16,
        /// 2017: as 2016
        Mot17 => Mot16,
        /// 2020: vehicles are distractors too
        Mot20 => Mot20,
        /// No preprocessing
        None => None,
    }
}

fn label_format(text: &str) -> Result<LabelFormat, Reason> {
    let found = LabelFormat::ALL.iter().find(|(_, name)| *name == text);
    found.map(|(format, _)| *format).ok_or_else(|| {
        let names: Vec<_> = LabelFormat::ALL.iter().map(|(_, name)| *name).collect();
        Reason(format!("known formats: {}", names.join(", ")))
    })
}

fn pair(text: &str) -> Result<(String, String), Reason> {
    match text.split_once('=') {
        Some((left, right)) if !left.trim().is_empty() => {
            Ok((left.trim().to_owned(), right.trim().to_owned()))
        }
        _ => Err("write it as NAME=OTHER".into()),
    }
}

/// Runs `work` on so many threads. The result is the same for any number.
pub(super) fn on_threads<T: Send>(
    jobs: Option<NonZeroUsize>,
    work: impl FnOnce() -> T + Send,
) -> Result<T, CommandError> {
    let Some(jobs) = jobs else {
        return Ok(work());
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.get())
        .build()
        .map_err(|error| usage!("cannot start {jobs} threads: {error}"))?;
    Ok(pool.install(work))
}

impl ScoringOptions {
    /// Which column of a CSV file holds what, for both sides.
    pub(super) fn columns(&self) -> BTreeMap<String, String> {
        merged(&self.columns, &[])
    }

    /// The folder for the results, if one is asked for.
    pub(super) fn folder(&self) -> Result<Option<OutputFolder>, CommandError> {
        let folder = self.out.as_ref();
        Ok(folder
            .map(|path| OutputFolder::prepare(path, self.overwrite))
            .transpose()?)
    }

    /// The rule for small cells.
    pub(super) fn disclosure(&self) -> Result<DisclosurePolicy, CommandError> {
        let reason = self.min_cell_reason.clone();
        Ok(DisclosurePolicy::new(
            self.data_basis.into(),
            self.min_cell,
            reason,
        )?)
    }

    /// The request that these options make.
    pub(super) fn request(
        &self,
        truth: PathBuf,
        detections: PathBuf,
    ) -> Result<EvaluateRequest, CommandError> {
        Ok(EvaluateRequest {
            truth_format: self.truth_format,
            detections_format: self.detections_format,
            skip_bad_rows: self.skip_bad_rows,
            seqinfo: self.seqinfo.clone(),
            frames_per_second: self.fps,
            clock_start: self.clock_start,
            truth_columns: merged(&self.columns, &self.truth_columns),
            detections_columns: merged(&self.columns, &self.detections_columns),
            classes: self.classes.clone(),
            class_map: merged(&self.class_map, &[]),
            benchmark: self.benchmark.map(Benchmark::from),
            overlap: self.overlap,
            score_threshold: self.score_threshold,
            resamples: self.resamples,
            disclosure: self.disclosure()?,
            ..EvaluateRequest::new(truth, detections)
        })
    }
}

fn merged(both: &[(String, String)], own: &[(String, String)]) -> BTreeMap<String, String> {
    both.iter().chain(own).cloned().collect()
}
