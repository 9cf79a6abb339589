//! Labels and detections in, [`Scores`] out. Everything is counted first; ratios and intervals come last, and every cell
//! goes by the rule for small cells.

use super::at_threshold::AtThreshold;
use super::clusters::Clusters;
use super::detection_figures::{self, Detector, Ranked};
use super::distance_curves::{self, DISTANCE};
use super::distractors;
use super::error::EvaluateError;
use super::fddb_curves;
use super::figure::Maker;
use super::ground_truth::motchallenge::class_name;
use super::ground_truth::{self, ReadOptions, Side};
use super::groups::attributes::Attributes;
use super::groups::confounders::Confounder;
use super::groups::{self, Draws, Tables};
use super::labels::Labels;
use super::made::Found;
use super::pair::{self, Paired};
use super::people::People;
use super::request::{Benchmark, EvaluateRequest, GroupRequest, GroupSource, Part};
use super::tracking_figures::{self, Tracker};
use super::{checks, digests, matches, wider_face};
use std::path::Path;
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::facts::ToolFacts;
use vsa_record::groups::{GroupMeasure, GroupPrecision, GroupTable, GroupsAtThreshold};
use vsa_record::scores;
use vsa_record::scores::{Check, LabelFormat, ScoreSettings, Scores, SideFacts, SkippedRows};
use vsa_record::table::Table;

/// Bounds of what may be asked for.
const RESAMPLES: std::ops::RangeInclusive<u64> = 100..=1_000_000;

/// Scores detections or tracks against labels.
///
/// # Errors
/// [`EvaluateError`], where a file cannot be read, a row is wrong, or the two sides do not belong together.
pub fn evaluate(request: &EvaluateRequest) -> Result<Scores, EvaluateError> {
    evaluate_fully(request).map(|evaluation| evaluation.scores)
}

/// Scores, and what became of every box where that may be told.
#[derive(Debug)]
pub struct Evaluation {
    /// The scores.
    pub scores: Scores,
    /// One row for each label and each detection; only where the rule for small cells lets single objects out.
    pub matches: Option<Table>,
}

/// [`evaluate`], with the rows of single boxes where `request.disclosure` permits them.
///
/// # Errors
/// As [`evaluate`].
pub fn evaluate_fully(request: &EvaluateRequest) -> Result<Evaluation, EvaluateError> {
    check_options(request)?;
    let read = |path: &Path, side| ground_truth::read(path, side, &read_options(request, side));
    // The detections are most of it: the thread that is done with the rest helps with them.
    let (found, ((truth, truth_digest), digest)) = rayon::join(
        || read(&request.detections, Side::Detections),
        || {
            let truth = read(&request.truth, Side::Truth);
            let truth_digest = digests::of(&request.truth);
            ((truth, truth_digest), digests::of(&request.detections))
        },
    );
    // What is wrong with the labels is said first, whichever was read first.
    let (truth, found) = (truth?, found?);
    let found = Found {
        labels: found,
        path: request.detections.clone(),
        sha256: digest?,
        models: Vec::new(),
        counted_from: None,
    };
    let evaluation = evaluate_found(&truth, truth_digest?, &found, request);
    // Millions of boxes: freed beside what follows.
    rayon::spawn(move || drop((truth, found)));
    evaluation
}

pub(super) fn evaluate_found(
    truth: &Labels,
    truth_sha256: String,
    found: &Found,
    request: &EvaluateRequest,
) -> Result<Evaluation, EvaluateError> {
    let mut paired = prepared(truth, &found.labels, &found.path, request)?;
    let clusters = Clusters::of(&paired);
    let ((at, people), (ranked, tracker)) = rayon::join(
        || {
            let at = AtThreshold::of(&paired, request.overlap, request.score_threshold);
            let people = People::behind(&paired, &at);
            (at, people)
        },
        || {
            let ranked = || Ranked::of(&paired, request.overlap);
            let tracker = || Tracker::of(&paired, &clusters);
            rayon::join(
                || request.wants(Part::Detection).then(ranked),
                || request.wants(Part::Tracking).then(tracker),
            )
        },
    );
    let mut figures = Vec::new();
    let mut curves = Vec::new();
    let maker = Maker {
        clusters: &clusters,
        people: &people,
        policy: &request.disclosure,
        resamples: request.resamples,
    };
    if let Some(ranked) = &ranked {
        let detector = Detector { ranked, at: &at };
        detection_figures::measure(&mut paired, &detector, &maker, &mut figures, &mut curves);
        fddb_curves::measure(&paired, truth, &found.labels, &maker, &mut curves);
        wider_face::measure(&paired, truth, &maker, &mut figures);
        let distances = distances(truth, request)?;
        distance_curves::measure(&paired, &at, distances.as_deref(), &maker, &mut curves);
    }
    if let Some(tracker) = &tracker {
        tracking_figures::measure(tracker, &maker, &mut figures, &mut curves);
    }
    let by_group = by_group(&paired, truth, &at, &clusters, request)?;
    let matches = matches::table(&paired, truth, &at, &request.disclosure);
    let scores = Scores {
        schema: scores::SCHEMA.to_owned(),
        tool: ToolFacts::this(),
        truth: facts(truth, truth_sha256, &people, &request.disclosure),
        detections: facts(&found.labels, found.sha256.clone(), &people, &request.disclosure),
        models: found.models.clone(),
        disclosure: request.disclosure.clone(),
        settings: settings(request, paired.classes, &clusters),
        checks: paired.checks,
        figures,
        curves,
        groups: by_group.tables,
        precision_by_group: by_group.precision,
        groups_at_thresholds: by_group.at_thresholds,
    };
    Ok(Evaluation { scores, matches })
}

/// What is said about groups.
#[derive(Default)]
struct ByGroup {
    tables: Vec<GroupTable>,
    precision: Vec<GroupPrecision>,
    at_thresholds: Vec<GroupsAtThreshold>,
}

/// How often labels of each group are found.
fn by_group(
    paired: &Paired,
    truth: &Labels,
    at: &AtThreshold,
    clusters: &Clusters,
    request: &EvaluateRequest,
) -> Result<ByGroup, EvaluateError> {
    let Some(groups) = request.groups.as_ref().filter(|_| request.wants(Part::Groups)) else {
        return Ok(ByGroup::default());
    };
    if !groups.thresholds.is_empty() && request.disclosure.min_cell() > 1 {
        return Err(EvaluateError::Options(
            "from one threshold to the next a single person may be found: thresholds side by side are given for data declared \
             public or consented alone (--data-basis)"
                .to_owned(),
        ));
    }
    let attributes = match &groups.source {
        GroupSource::Table(table) => Attributes::table(table, truth, &groups.by, &groups.confounders)?,
        GroupSource::UtkfaceNames => Attributes::utkface(truth, &groups.by)?,
        GroupSource::Labels => Attributes::own(truth, &groups.by)?,
    };
    let confounders = confounders(truth, groups)?;
    let draws = (clusters.n > 1).then_some(Draws {
        clusters,
        resamples: request.resamples,
    });
    let tables = |threshold: Option<f64>| {
        let cases = groups::attributes::cases(paired, at, clusters, &attributes, &confounders, threshold);
        Tables {
            attributes: &attributes.names,
            confounders: &confounders,
            measure: GroupMeasure::Recall,
            draws,
            policy: &request.disclosure,
        }
        .of(&cases)
    };
    let again = groups.thresholds.iter().map(|threshold| GroupsAtThreshold {
        threshold: *threshold,
        tables: tables(Some(*threshold)),
    });
    let at_thresholds = again.collect();
    let tables = tables(None);
    let precision = groups::precision::by_group(
        at.rankings(),
        &attributes,
        &tables,
        clusters,
        (request.overlap, request.resamples),
        &request.disclosure,
    );
    Ok(ByGroup {
        tables,
        precision,
        at_thresholds,
    })
}

/// Distance of each label: an attribute of its own, or a column of the groups' table.
fn distances(truth: &Labels, request: &EvaluateRequest) -> Result<Option<Vec<Option<f64>>>, EvaluateError> {
    let name = [DISTANCE.to_owned()];
    let table = request.groups.as_ref().map(|groups| &groups.source);
    let attributes = if truth.attributes.contains(&name[0]) {
        Attributes::own(truth, &name)?
    } else if let Some(GroupSource::Table(table)) = table.filter(|_| asks_for_distance(request)) {
        Attributes::table(table, truth, &name, &[])?
    } else {
        return Ok(None);
    };
    let number = |text: Option<String>| {
        text?
            .trim()
            .parse::<f64>()
            .ok()
            .filter(|at| at.is_finite() && *at >= 0.0)
    };
    Ok(attributes
        .values(DISTANCE)
        .map(|values| values.into_iter().map(number).collect()))
}

fn asks_for_distance(request: &EvaluateRequest) -> bool {
    let groups = request.groups.iter();
    groups
        .flat_map(|groups| groups.confounders.iter().chain(&groups.by))
        .any(|name| name == DISTANCE)
}

/// What is held constant: attributes of the table, or of the labels.
fn confounders(truth: &Labels, groups: &GroupRequest) -> Result<Vec<Confounder>, EvaluateError> {
    let wanted = |name: &&String| *name != groups::confounders::HEIGHT;
    let names = groups.confounders.iter().filter(wanted).cloned();
    let (own, others): (Vec<String>, Vec<String>) = names.partition(|name| truth.attributes.contains(name));
    let own = Attributes::own(truth, &own)?;
    let table = match &groups.source {
        GroupSource::Table(table) if !others.is_empty() => {
            Some(Attributes::table(table, truth, &others, &[])?)
        }
        _ => None,
    };
    let known: Vec<&Attributes> = std::iter::once(&own).chain(&table).collect();
    groups::confounders::named(&groups.confounders, &known)
}

/// Both sides brought together, preprocessed and looked over.
pub(super) fn prepared(
    truth: &Labels,
    found: &Labels,
    path: &Path,
    request: &EvaluateRequest,
) -> Result<Paired, EvaluateError> {
    let mut paired = pair::pair(truth, found, path, request)?;
    prepare(&mut paired, truth, request)?;
    note_formats(&mut paired, truth, found, request);
    checks::look(&mut paired);
    Ok(paired)
}

/// Every threshold that is named.
fn thresholds(request: &EvaluateRequest) -> impl Iterator<Item = f64> + '_ {
    let of_groups = request
        .groups
        .iter()
        .flat_map(|groups| groups.thresholds.iter().copied());
    request.score_threshold.into_iter().chain(of_groups)
}

pub(super) fn check_options(request: &EvaluateRequest) -> Result<(), EvaluateError> {
    let options = |text: String| Err(EvaluateError::Options(text));
    if !(request.overlap > 0.0 && request.overlap <= 1.0) {
        return options(format!(
            "an overlap of {} is none: give a number above 0, up to 1",
            request.overlap
        ));
    }
    if request
        .frames_per_second
        .is_some_and(|rate| !(rate > 0.0 && rate.is_finite()))
    {
        return options("frames per second have to be a number above 0".to_owned());
    }
    if !thresholds(request).all(f64::is_finite) || request.clock_start.is_some_and(|at| !at.is_finite()) {
        return options("a threshold and a time have to be finite numbers".to_owned());
    }
    if !RESAMPLES.contains(&request.resamples) {
        return options(format!(
            "{} resamples: give {} to {}",
            request.resamples,
            RESAMPLES.start(),
            RESAMPLES.end()
        ));
    }
    Ok(())
}

pub(super) fn read_options(request: &EvaluateRequest, side: Side) -> ReadOptions {
    let (format, columns) = match side {
        Side::Truth => (request.truth_format, &request.truth_columns),
        Side::Detections => (request.detections_format, &request.detections_columns),
    };
    ReadOptions {
        format,
        skip_bad_rows: request.skip_bad_rows,
        seqinfo: request.seqinfo.clone().filter(|_| side == Side::Truth),
        frames_per_second: request.frames_per_second,
        clock_start: request.clock_start,
        columns: columns.clone(),
    }
}

/// The preprocessing that the labels' benchmark asks for.
fn prepare(paired: &mut Paired, truth: &Labels, request: &EvaluateRequest) -> Result<(), EvaluateError> {
    if truth.format != LabelFormat::MotChallenge {
        let passed_over: u64 = count(paired, |label| label.ignored || label.crowd);
        let marked: u64 = count(paired, |label| label.ignored && !label.crowd);
        if passed_over > 0 {
            paired.checks.push(Check::LabelsNotCounted { boxes: passed_over });
        }
        if marked > 0 && paired.coco {
            paired.checks.push(Check::IgnoreMarksInCoco { boxes: marked });
        }
        return Ok(());
    }
    let has_classes = truth
        .classes
        .iter()
        .any(|class| class.number.is_some_and(|number| number > 0));
    let is_2020 = truth
        .sequences
        .iter()
        .any(|sequence| sequence.name.starts_with("MOT20"));
    let benchmark = request.benchmark.unwrap_or(match (has_classes, is_2020) {
        (false, _) => Benchmark::Mot15,
        (true, false) => Benchmark::Mot16,
        (true, true) => Benchmark::Mot20,
    });
    if benchmark == Benchmark::None {
        let marked = count(paired, |label| label.ignored);
        for picture in &mut paired.pictures {
            picture.truth.retain(|label| !label.ignored);
        }
        if marked > 0 {
            paired.checks.push(Check::LabelsNotCounted { boxes: marked });
        }
        return Ok(());
    }
    let unknown = truth
        .classes
        .iter()
        .filter_map(|class| class.number)
        .find(|number| class_name(*number).is_none());
    if let Some(number) = unknown.filter(|_| benchmark != Benchmark::Mot15) {
        return Err(EvaluateError::Unrelated(format!(
            "the labels have the class {number}, which MOTChallenge does not: its preprocessing cannot be carried out; go \
             without with --benchmark none"
        )));
    }
    distractors::preprocess(paired, benchmark);
    Ok(())
}

fn count(paired: &Paired, which: impl Fn(&pair::TruthBox) -> bool) -> u64 {
    paired.labels().filter(|label| which(label)).count() as u64
}

fn note_formats(paired: &mut Paired, truth: &Labels, found: &Labels, request: &EvaluateRequest) {
    if truth.format == LabelFormat::Fddb || found.format == LabelFormat::Fddb {
        paired.checks.push(Check::EllipsesAsBoxes);
    }
    if found.format == LabelFormat::OnvifMetadata && request.frames_per_second.is_none() {
        paired.checks.push(Check::FramesByOrder);
    }
}

pub(super) fn settings(
    request: &EvaluateRequest,
    classes: Vec<String>,
    clusters: &Clusters,
) -> ScoreSettings {
    ScoreSettings {
        overlap: request.overlap,
        score_threshold: request.score_threshold,
        classes,
        resamples: request.resamples,
        resampled: clusters.resampled,
    }
}

pub(super) fn facts(
    labels: &Labels,
    sha256: String,
    people: &People,
    policy: &DisclosurePolicy,
) -> SideFacts {
    let skipped = labels.skipped.iter().map(|(fault, rows)| SkippedRows {
        fault: *fault,
        rows: *rows,
    });
    SideFacts {
        format: labels.format,
        sha256,
        files: labels.files,
        sequences: labels.sequences.len() as u64,
        pictures: labels.pictures.len() as u64,
        skipped: skipped.collect(),
        boxes: policy.cell(labels.boxes.len() as u64, people.all),
    }
}
