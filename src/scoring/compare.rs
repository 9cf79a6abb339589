//! Two systems on the same labels. In: one request and a second file of detections. Out: a [`Comparison`]. Both are drawn
//! together, picture by picture the same, so that what is hard for both does not widen the interval of the difference.

use super::at_threshold::AtThreshold;
use super::clusters::Clusters;
use super::detection_figures::{Column, Detector, OF_THRESHOLD, Ranked, probabilities};
use super::digests;
use super::error::EvaluateError;
use super::figure;
use super::ground_truth::{self, Side};
use super::labels::Labels;
use super::pair::Paired;
use super::people::{People, people_among};
use super::ranking::{Fate, Weights};
use super::request::EvaluateRequest;
use super::score::{check_options, facts, prepared, read_options, settings};
use super::track_figures::{RATIOS, ratios};
use super::tracking_figures::Tracker;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vsa_record::comparison::{ComparedFigure, Comparison, FoundBy, SCHEMA};
use vsa_record::estimate::Estimate;
use vsa_record::facts::ToolFacts;
use vsa_record::scores::FigureName;
use vsa_statistics::proportion::mcnemar;

/// What to compare.
#[derive(Clone, Debug)]
pub struct CompareRequest {
    /// The labels, the one system's detections, and how to score.
    pub one: EvaluateRequest,
    /// The other system's detections.
    pub other: PathBuf,
}

/// One system, counted.
struct System<'a> {
    paired: &'a Paired,
    at: &'a AtThreshold,
    detector: Detector<'a>,
    tracker: Option<Tracker>,
    people: People,
}

/// Compares two systems on the same labels.
///
/// # Errors
/// [`EvaluateError`], as `evaluate`.
pub fn compare(request: &CompareRequest) -> Result<Comparison, EvaluateError> {
    let CompareRequest {
        one: asked,
        other: other_path,
    } = request;
    check_options(asked)?;
    let mut truth = ground_truth::read(&asked.truth, Side::Truth, &read_options(asked, Side::Truth))?;
    let options = read_options(asked, Side::Detections);
    let one = ground_truth::read(&asked.detections, Side::Detections, &options)?;
    let other = ground_truth::read(other_path, Side::Detections, &options)?;
    same_frames(&mut truth, [&one, &other]);
    let of_one = prepared(&truth, &one, &asked.detections, asked)?;
    let of_other = prepared(&truth, &other, other_path, asked)?;
    let clusters = Clusters::of(&of_one);
    if of_one.pictures.len() != of_other.pictures.len() {
        return Err(EvaluateError::Unrelated(
            "the two files speak about different frames: give the length of the sequence in a seqinfo.ini"
                .to_owned(),
        ));
    }
    let at = |paired| AtThreshold::of(paired, asked.overlap, asked.score_threshold);
    let (at_one, at_other) = (at(&of_one), at(&of_other));
    let ranked = |paired| Ranked::of(paired, asked.overlap);
    let (ranked_one, ranked_other) = rayon::join(|| ranked(&of_one), || ranked(&of_other));
    // Both or neither: one alone cannot be compared.
    let trackers =
        Tracker::of(&of_one, &clusters).and_then(|one| Ok((one, Tracker::of(&of_other, &clusters)?)));
    let (tracker_one, tracker_other) = trackers.ok().unzip();
    let system = |paired, at, ranked, tracker| System {
        paired,
        at,
        detector: Detector { ranked, at },
        tracker,
        people: People::behind(paired, at),
    };
    let systems = [
        system(&of_one, &at_one, &ranked_one, tracker_one),
        system(&of_other, &at_other, &ranked_other, tracker_other),
    ];
    let policy = &asked.disclosure;
    let fates = systems.each_ref().map(fates);
    let groups: Vec<u64> = systems
        .iter()
        .flat_map(|system| [system.people.all, system.people.found, system.people.missed])
        .chain(people_apart(&systems, &fates))
        .collect();
    let figures = compared(&systems, &clusters, asked, &groups);
    let found = found_by(&systems, &fates, &clusters, asked.resamples);
    let about = |labels: &Labels, path: &Path, people| {
        Ok::<_, EvaluateError>(facts(labels, digests::of(path)?, people, policy))
    };
    Ok(Comparison {
        schema: SCHEMA.to_owned(),
        tool: ToolFacts::this(),
        truth: about(&truth, &asked.truth, &systems[0].people)?,
        one: about(&one, &asked.detections, &systems[0].people)?,
        other: about(&other, other_path, &systems[1].people)?,
        disclosure: policy.clone(),
        settings: settings(asked, of_one.classes.clone(), &clusters),
        checks_of_one: of_one.checks.clone(),
        checks_of_other: of_other.checks.clone(),
        figures,
        found: policy.cell_about(found, &groups),
    })
}

/// Without a stated length, a sequence goes as far as anybody speaks of it: so both are judged on the same frames.
fn same_frames(truth: &mut Labels, systems: [&Labels; 2]) {
    let alone = truth.sequences.len() == 1;
    for at in 0..truth.sequences.len() {
        if truth.sequences[at].length.is_some() || !truth.sequences[at].in_time {
            continue;
        }
        let name = truth.sequences[at].name.clone();
        let of_truth = truth.pictures.iter().filter(|picture| picture.sequence == at);
        let of_systems = systems.iter().flat_map(|labels| {
            let name = &name;
            labels
                .pictures
                .iter()
                .filter(move |picture| alone || labels.sequences[picture.sequence].name == *name)
        });
        let last = of_truth
            .chain(of_systems)
            .filter_map(|picture| picture.number)
            .max();
        truth.sequences[at].length = last.and_then(|last| u64::try_from(last).ok());
    }
}

/// All ratios of one system, under one drawing.
fn values(system: &System, clusters: &Clusters, times: Option<&[u32]>) -> Vec<Option<f64>> {
    let weights = times.map(|times| clusters.by_picture(times));
    let weights = weights.as_deref();
    let mut values = system.detector.of_ranking(weights);
    values.extend(system.detector.of_threshold(weights));
    match &system.tracker {
        Some(tracker) => values.extend(ratios(&tracker.sum(times)).map(Some)),
        None => values.extend([None; RATIOS.len()]),
    }
    values
}

/// Every figure that both have.
fn compared(
    systems: &[System; 2],
    clusters: &Clusters,
    asked: &EvaluateRequest,
    groups: &[u64],
) -> Vec<ComparedFigure> {
    let [one, other] = systems;
    let all_labels = figure::labels(one.at.sums(None).labels);
    let of_all = |name: FigureName| Column {
        name,
        heights: None,
        in_pixels: false,
        sample: all_labels,
    };
    let mut columns = one.detector.columns_of_ranking();
    columns.extend(OF_THRESHOLD.map(of_all));
    columns.extend(RATIOS.map(|(name, _)| of_all(name)));
    let drawn = clusters.bootstrap(asked.resamples, |times| {
        let mut row = values(one, clusters, times);
        row.extend(values(other, clusters, times));
        row
    });
    let of_other_from = columns.len();
    debug_assert_eq!(drawn.values.len(), 2 * of_other_from, "a column for each value");
    let calibrated = systems.iter().all(|system| probabilities(system.at).is_ok());
    let mut figures = Vec::new();
    for (at, column) in columns.into_iter().enumerate() {
        let (Some(a), Some(b)) = (drawn.values[at], drawn.values[of_other_from + at]) else {
            continue;
        };
        let is_calibration = column.name == FigureName::ExpectedCalibrationError;
        if (one.paired.normalised && column.in_pixels) || (is_calibration && !calibrated) {
            continue;
        }
        let (unit, whole) = figure::scale(column.name);
        let sample = column.sample;
        let cell = |value: f64, replicates: &[Option<f64>], whole| {
            let estimate = Estimate {
                value,
                unit,
                interval: clusters.interval(value, replicates, whole, sample.n),
                sample,
            };
            asked.disclosure.cell_about(estimate, groups)
        };
        let (of_one, of_other) = (drawn.replicates(at), drawn.replicates(of_other_from + at));
        let pairs = of_one.iter().zip(of_other);
        let differences: Vec<Option<f64>> = pairs.map(|(one, other)| Some((*other)? - (*one)?)).collect();
        let apart = (whole.0 - whole.1, whole.1 - whole.0);
        figures.push(ComparedFigure {
            name: column.name,
            heights: column.heights,
            one: cell(a, of_one, whole),
            other: cell(b, of_other, whole),
            difference: cell(b - a, &differences, apart),
        });
    }
    figures
}

/// Whether each label was found, by its place in the labels' list.
type Found = BTreeMap<usize, bool>;

fn fates(system: &System) -> Found {
    system
        .at
        .fates()
        .map(|(fate, found)| (fate.source, found))
        .collect()
}

fn found_by(systems: &[System; 2], fates: &[Found; 2], clusters: &Clusters, resamples: u64) -> FoundBy {
    let (mut both, mut only_one, mut only_other, mut neither) = (0, 0, 0, 0);
    for (source, found) in &fates[0] {
        match (found, fates[1].get(source).copied().unwrap_or(false)) {
            (true, true) => both += 1,
            (true, false) => only_one += 1,
            (false, true) => only_other += 1,
            (false, false) => neither += 1,
        }
    }
    let difference = |weights: Weights| {
        let recall = |system: &System| system.at.sums(weights).recall();
        Some(recall(&systems[1])? - recall(&systems[0])?)
    };
    let drawn = clusters.bootstrap_pictures(resamples, |weights| vec![difference(weights)]);
    let value = drawn.values[0].unwrap_or(0.0);
    let all = both + only_one + only_other + neither;
    FoundBy {
        both,
        only_one,
        only_other,
        neither,
        p: mcnemar(only_one, only_other),
        recall_difference: value,
        recall_interval: clusters.interval(value, drawn.replicates(0), (-1.0, 1.0), all),
    }
}

/// People found by the one system alone, and by the other alone: the comparison speaks about them.
fn people_apart(systems: &[System; 2], fates: &[Found; 2]) -> [u64; 2] {
    let alone = |this: usize, that: usize| {
        let found = |by: usize, fate: &Fate| fates[by].get(&fate.source) == Some(&true);
        let of_this = systems[this].at.fates().map(|(fate, _)| fate);
        let alone = of_this.filter(|fate| found(this, fate) && !found(that, fate));
        people_among(systems[this].paired, alone)
    };
    [alone(0, 1), alone(1, 0)]
}
