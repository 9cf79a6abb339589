//! `vsa-audit evaluate`: labels and detections in, scores out: a table or JSON on standard output, and a folder if asked for.

use super::audit;
use super::choices::{self, DecoderName, LanguageName, option_of};
use super::engine::{EngineName, EngineOptions};
use super::error::{CommandError, usage};
use super::evaluate_words as words;
use super::exit_code::Outcome;
use super::frames::Frames;
use super::help;
use super::sandbox::{self, Reads};
use super::scoring_options::{OutputFormat, ScoringOptions, on_threads};
use super::terminal::Terminal;
use crate::verbs::borrowed;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use vsa_base::folder::OutputFolder;
use vsa_plan::{InputSize, WrittenFootage, WrittenPlan};
use vsa_record::json;
use vsa_record::table::{TableFormat, score_rows};
use vsa_report as report;
use vsa_room::{Scored, evaluate_footage};
use vsa_scoring::{
    EvaluateRequest, Evaluation, GroupRequest, GroupSource, OutcomeColumns, OutcomesRequest, Part,
    evaluate_fully, evaluate_outcomes,
};

/// Score detections or tracks against labels
#[derive(Debug, Args)]
#[command(after_long_help = help::AFTER_EVALUATE)]
pub(super) struct EvaluateArguments {
    /// Labels: a file, a sequence's folder, or a folder of sequences or of label files
    #[arg(long, value_name = "PATH", required_unless_present = "outcomes")]
    truth: Option<PathBuf>,
    /// Detections or tracks, in any of the formats
    #[arg(long, value_name = "PATH", required_unless_present_any = ["outcomes", "footage"])]
    detections: Option<PathBuf>,
    /// In place of detections, footage: our own detectors are run over it first. Videos, or folders of images; a folder's
    /// images are stills, unless --fps is given
    #[arg(long, value_name = "FOOTAGE", num_args = 1.., conflicts_with = "detections")]
    footage: Vec<PathBuf>,
    /// The models to run over --footage: names or a set (see `vsa-audit models list`)
    #[arg(
        long,
        value_name = "NAME,…",
        value_delimiter = ',',
        default_value = "default",
        requires = "footage"
    )]
    models: Vec<String>,
    /// Look for people and faces in overlapping tiles of --footage, columns x rows, besides the whole frame
    #[arg(long, value_name = "CxR", requires = "footage")]
    tiles: Option<String>,
    /// At which size the models look at --footage, where they take pictures of any: `native`, `native:1920`, `640x480`, `model`
    /// (see `audit --help`)
    #[arg(long, value_name = "SIZE", requires = "footage")]
    input_size: Option<InputSize>,
    /// Which engine runs the models over --footage, in single precision: all find the same, and some models run on one alone
    #[arg(
        long,
        value_enum,
        value_name = "NAME",
        default_value_t,
        requires = "footage",
        hide_possible_values = true
    )]
    engine: EngineName,
    /// What of --footage is scored [default: tracks where the labels number people, otherwise detections]
    #[arg(long, value_name = "WHAT", requires = "footage")]
    scored: Option<ScoredName>,
    /// Score these parts alone [default: all that can be]
    #[arg(long, value_name = "PART,…", value_delimiter = ',')]
    only: Vec<PartName>,
    /// Fetch no model: use only what is on this machine
    #[arg(long)]
    offline: bool,
    /// Also write every label and detection with its box and what became of it to --out. Only for public or consented data;
    /// the report says so
    #[arg(long, requires = "out", conflicts_with = "outcomes")]
    export_matches: bool,
    /// Compare groups: a CSV with a column annotation_id, id (of a person) or image, and one column for each attribute
    #[arg(long, value_name = "CSV")]
    groups: Option<PathBuf>,
    /// Which attributes to group by: columns of --groups or --outcomes, or, without either, attributes of the labels
    #[arg(long, value_name = "ATTRIBUTE,…", value_delimiter = ',')]
    by: Vec<String>,
    /// Give the groups' shares at these score thresholds too (public or consented data alone)
    #[arg(
        long,
        value_name = "SCORE,…",
        value_delimiter = ',',
        allow_negative_numbers = true
    )]
    thresholds: Vec<f64>,
    /// Read the attributes from the names of the pictures, as a dataset gives them
    #[arg(long, value_name = "DATASET", conflicts_with = "groups")]
    names: Option<NamesOf>,
    /// What to hold constant when groups are compared: height (of the boxes in pixels), or columns of --groups or attributes
    /// of the labels, such as distance, illumination, occlusion
    #[arg(long, value_name = "WHAT,…", value_delimiter = ',', default_value = "height")]
    confounders: Vec<String>,
    /// Instead of boxes, a CSV of outcomes: one row per case (--columns truth=…,said=…) or per group (--columns
    /// hits=…,cases=…)
    #[arg(long, value_name = "CSV", conflicts_with_all = ["truth", "detections", "footage", "groups"])]
    outcomes: Option<PathBuf>,
    /// Language of report.html and report.json
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: LanguageName,
    #[command(flatten)]
    options: ScoringOptions,
}

/// A dataset whose pictures are named for what they show.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum NamesOf {
    /// `age_gender_race_date.jpg`
    Utkface,
}

pub(super) fn run(arguments: &EvaluateArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let folder = arguments.options.folder()?;
    if let Some(table) = &arguments.outcomes {
        return run_outcomes(arguments, table, folder.as_ref(), terminal);
    }
    let request = arguments.request()?;
    if arguments.options.format == OutputFormat::Parquet && folder.is_none() {
        return Err(usage!(
            "a Parquet file is not for a terminal: give a folder with --out"
        ));
    }
    let evaluation = if arguments.footage.is_empty() {
        on_threads(arguments.options.jobs, || evaluate_fully(&request))??
    } else {
        own_detectors(arguments, &request, folder.as_ref(), terminal)?
    };
    let scores = evaluation.scores;
    let bytes = json::to_bytes(&scores)?;
    let rows = match arguments.options.format {
        OutputFormat::Csv => Some(TableFormat::Csv),
        OutputFormat::Parquet => Some(TableFormat::Parquet),
        OutputFormat::Text | OutputFormat::Json => None,
    };
    let rows = rows.map(|format| (format, score_rows::of(&scores).to_bytes(format)));
    if let Some(folder) = folder {
        let document = report::scores_document(arguments.lang.into(), &scores);
        let page = report::html::render(&document);
        let report = json::to_bytes(&document)?;
        let attached = [("scores.json", &*bytes), ("report.json", &*report)];
        let pdf = report::pdf::render(&document, &attached)?;
        let mut files: Vec<(String, Vec<u8>)> = vec![
            ("scores.json".to_owned(), bytes.clone()),
            ("report.json".to_owned(), report),
            ("report.html".to_owned(), page.into_bytes()),
            ("report.pdf".to_owned(), pdf),
        ];
        if let Some((format, rows)) = &rows {
            files.push((format!("scores.{}", format.ending()), rows.clone()));
        }
        if let Some(matches) = &evaluation.matches {
            let format = rows.as_ref().map_or(TableFormat::Json, |(format, _)| *format);
            files.push((format!("matches.{}", format.ending()), matches.to_bytes(format)));
        }
        folder.publish(&borrowed(&files))?;
        let page = folder.path().join("report.html");
        terminal.say(&format!("report: {}", page.display()));
    }
    for check in &scores.checks {
        terminal.warn(&words::check(check));
    }
    match arguments.options.format {
        OutputFormat::Json => terminal.json(&bytes),
        OutputFormat::Csv => {
            let text = rows.map(|(_, rows)| rows).unwrap_or_default();
            terminal.text(&String::from_utf8_lossy(&text));
        }
        OutputFormat::Parquet => {}
        OutputFormat::Text => {
            terminal.lines(words::table(&scores));
            terminal.lines(words::groups(&scores.groups));
            terminal.lines(words::precision_by_group(&scores.precision_by_group));
            for again in &scores.groups_at_thresholds {
                terminal.data("");
                terminal.data(&format!("at a threshold of {}:", again.threshold));
                terminal.lines(words::groups(&again.tables));
            }
        }
    }
    if words::withheld(&scores) > 0 {
        terminal.warn(&format!(
            "{} figures are withheld, because 1 to {} people stand behind them: declare a published dataset with \
             --data-basis public",
            words::withheld(&scores),
            scores.disclosure.min_cell().saturating_sub(1)
        ));
    }
    Ok(Outcome::Done)
}

/// Runs our own detectors, and scores them.
fn own_detectors(
    arguments: &EvaluateArguments,
    request: &EvaluateRequest,
    folder: Option<&OutputFolder>,
    terminal: &mut Terminal,
) -> Result<Evaluation, CommandError> {
    let (environment, store) = choices::begin(arguments.options.jobs, arguments.offline)?;
    let mut written = WrittenPlan {
        models: Some(arguments.models.clone()),
        footage: arguments
            .footage
            .iter()
            .map(|path| WrittenFootage {
                path: path.clone(),
                label: Some(sequence_name(path)),
                sequence_fps: arguments.options.fps.filter(|_| path.is_dir()),
            })
            .collect(),
        ..WrittenPlan::default()
    };
    written.person.tiles.clone_from(&arguments.tiles);
    written.face.tiles.clone_from(&arguments.tiles);
    (written.person.input_size, written.face.input_size) = (arguments.input_size, arguments.input_size);
    let plan = audit::resolve(
        written,
        DecoderName::Ffmpeg,
        EngineOptions::single(arguments.engine),
        &store,
        terminal,
    )?;
    let mut reads = Reads::of_store(store.options()).and_plan(&plan);
    // Some formats keep sizes and names of sequences in files beside the labels, or beside their folder.
    for labels in arguments
        .truth
        .iter()
        .chain(&arguments.groups)
        .chain(&request.seqinfo)
    {
        let whole = std::path::absolute(labels).unwrap_or_else(|_| labels.clone());
        let beside = whole.ancestors().nth(2).unwrap_or(&whole);
        reads = reads.and(beside).and(&whole);
    }
    sandbox::enter(reads, folder.map(OutputFolder::path), terminal)?;
    let scored = arguments.scored.map_or(Scored::AsLabelled, Scored::from);
    let work = evaluate_footage(request, &plan, scored, &environment, &mut Frames::on(terminal));
    Ok(work?)
}

/// By this a piece of footage is brought to its labels; it is not written down. `img1` is what MOTChallenge calls the folder
/// of a sequence's pictures.
fn sequence_name(path: &Path) -> String {
    let name = |path: &Path| {
        path.file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default()
    };
    match name(path).as_str() {
        "img1" => path.parent().map(name).unwrap_or_default(),
        own => own.to_owned(),
    }
}

option_of! {
    /// [`Part`], as an option's value.
    enum PartName for Part {
        /// Figures and curves of a detector
        Detection => Detection,
        /// Figures of a tracker
        Tracking => Tracking,
        /// Groups
        Groups => Groups,
    }
}

option_of! {
    /// [`Scored`], as an option's value.
    enum ScoredName for Scored {
        /// Every detection with its score
        Detections => Detections,
        /// What the tracker follows
        Tracks => Tracks,
    }
}

const MATCHES_ARE_SINGLE: &str = "boxes of single people can be exported only where cells of single people are shown: declare \
     the dataset with --data-basis public (or consented), if that is the case, and leave --min-cell out";

/// A table of outcomes, without boxes.
fn run_outcomes(
    arguments: &EvaluateArguments,
    table: &Path,
    folder: Option<&OutputFolder>,
    terminal: &mut Terminal,
) -> Result<Outcome, CommandError> {
    let columns = arguments.options.columns();
    let named = |what: &str| columns.get(what).cloned();
    let outcome = match (named("truth"), named("said"), named("hits"), named("cases")) {
        (Some(truth), Some(said), None, None) => OutcomeColumns::Compared { truth, said },
        (None, None, Some(hits), Some(cases)) => OutcomeColumns::Counted { hits, cases },
        _ => {
            return Err(usage!(
                "say which columns hold the outcome: --columns truth=COLUMN,said=COLUMN, or hits=COLUMN,cases=COLUMN"
            ));
        }
    };
    let scores = evaluate_outcomes(&OutcomesRequest {
        table: table.to_owned(),
        by: arguments.by.clone(),
        outcome,
        skip_bad_rows: arguments.options.skip_bad_rows,
        disclosure: arguments.options.disclosure()?,
    })?;
    let bytes = json::to_bytes(&scores)?;
    if let Some(folder) = folder {
        folder.publish(&[("groups.json", &bytes)])?;
    }
    if scores.rows_skipped > 0 {
        terminal.warn(&format!(
            "{} rows were wrong and were left out, as asked",
            scores.rows_skipped
        ));
    }
    match arguments.options.format {
        OutputFormat::Csv | OutputFormat::Parquet => {
            return Err(usage!("a table of outcomes is printed as text or json"));
        }
        OutputFormat::Json => terminal.json(&bytes),
        OutputFormat::Text => terminal.lines(words::groups(&scores.tables)),
    }
    Ok(Outcome::Done)
}

impl EvaluateArguments {
    fn request(&self) -> Result<EvaluateRequest, CommandError> {
        let detections = self.detections.clone().or_else(|| self.footage.first().cloned());
        let (Some(truth), Some(detections)) = (self.truth.clone(), detections) else {
            return Err(usage!(
                "give --truth with --detections or --footage, or give --outcomes"
            ));
        };
        let source = match (&self.groups, self.names) {
            (Some(table), _) => GroupSource::Table(table.clone()),
            (None, Some(NamesOf::Utkface)) => GroupSource::UtkfaceNames,
            (None, None) => GroupSource::Labels,
        };
        let wanted = self.groups.is_some() || self.names.is_some() || !self.by.is_empty();
        let groups = wanted.then(|| GroupRequest {
            source,
            by: self.by.clone(),
            thresholds: self.thresholds.clone(),
            confounders: self.confounders.clone(),
        });
        let mut request = self.options.request(truth, detections)?;
        if self.export_matches {
            if request.disclosure.min_cell() > 1 {
                return Err(CommandError::Usage(MATCHES_ARE_SINGLE.to_owned()));
            }
            request.disclosure = request.disclosure.with_objects_exported()?;
        }
        request.only = self.only.iter().map(|part| Part::from(*part)).collect();
        Ok(EvaluateRequest { groups, ..request })
    }
}
