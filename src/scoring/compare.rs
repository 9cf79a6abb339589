//! Two systems on the same labels. In: one request and a second file of detections. Out: a [`Comparison`]. Both are drawn
//! together, picture by picture the same, so that what is hard for both does not widen the interval of the difference.

use super::at_threshold::AtThreshold;
use super::clusters::Clusters;
use super::coco::{FIGURES, HEIGHT_EDGES};
use super::detection_figures::{Detector, OF_THRESHOLD, Ranked, TWELVE};
use super::digests;
use super::error::EvaluateError;
use super::figure;
use super::ground_truth::{self, Side};
use super::labels::Labels;
use super::pair::Paired;
use super::people::{People, people_among};
use super::request::EvaluateRequest;
use super::score::{check_options, facts, prepared, read_options};
use super::track_figures::{RATIOS, ratios};
use super::tracking_figures::Tracker;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use vsa_record::comparison::{ComparedFigure, Comparison, FoundBy, SCHEMA};
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{Estimate, Interval, Unit};
use vsa_record::facts::ToolFacts;
use vsa_record::scores::{FigureName, Heights, ScoreSettings};
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
    let settings = &request.one;
    check_options(settings)?;
    let mut truth = ground_truth::read(&settings.truth, Side::Truth, &read_options(settings, Side::Truth))?;
    let options = read_options(settings, Side::Detections);
    let one = ground_truth::read(&settings.detections, Side::Detections, &options)?;
    let other = ground_truth::read(&request.other, Side::Detections, &options)?;
    same_frames(&mut truth, [&one, &other]);
    let of_one = prepared(&truth, &one, &settings.detections, settings)?;
    let of_other = prepared(&truth, &other, &request.other, settings)?;
    let clusters = Clusters::of(&of_one);
    if of_one.pictures.len() != of_other.pictures.len() {
        return Err(EvaluateError::Unrelated(
            "the two files speak about different frames: give the length of the sequence in a seqinfo.ini"
                .to_owned(),
        ));
    }
    let (at_one, at_other) = (
        AtThreshold::of(&of_one, settings.overlap, settings.score_threshold),
        AtThreshold::of(&of_other, settings.overlap, settings.score_threshold),
    );
    let (ranked_one, ranked_other) = rayon::join(
        || Ranked::of(&of_one, settings.overlap),
        || Ranked::of(&of_other, settings.overlap),
    );
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
    let policy = &settings.disclosure;
    let groups: Vec<u64> = systems
        .iter()
        .flat_map(|system| [system.people.all, system.people.found, system.people.missed])
        .chain(people_apart(&systems))
        .collect();
    let compared = compared(&systems, &clusters, settings);
    let found = found_by(&systems, &clusters, settings.resamples);
    let cell = |estimate: Estimate| -> Cell<Estimate> { policy.cell_about(estimate, &groups) };
    let figures = compared
        .into_iter()
        .map(|row| ComparedFigure {
            name: row.name,
            heights: row.heights,
            one: cell(row.one),
            other: cell(row.other),
            difference: cell(row.difference),
        })
        .collect();
    let found = policy.cell_about(found, &groups);
    let about = |labels: &Labels, path: &Path, people| {
        Ok::<_, EvaluateError>(facts(labels, digests::of(path)?, people, policy))
    };
    Ok(Comparison {
        schema: SCHEMA.to_owned(),
        tool: ToolFacts::this(),
        truth: about(&truth, &settings.truth, &systems[0].people)?,
        one: about(&one, &settings.detections, &systems[0].people)?,
        other: about(&other, &request.other, &systems[1].people)?,
        disclosure: policy.clone(),
        settings: ScoreSettings {
            overlap: settings.overlap,
            score_threshold: settings.score_threshold,
            classes: of_one.classes.clone(),
            resamples: settings.resamples,
            resampled: clusters.resampled,
        },
        checks_of_one: of_one.checks.clone(),
        checks_of_other: of_other.checks.clone(),
        figures,
        found,
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

/// One figure of both, before the rule for small cells.
struct Row {
    name: FigureName,
    heights: Option<Heights>,
    one: Estimate,
    other: Estimate,
    difference: Estimate,
}

fn names() -> Vec<(FigureName, Option<Heights>)> {
    let edges: Vec<f64> = std::iter::once(0.0).chain(HEIGHT_EDGES).collect();
    let band = |at: usize| Heights {
        from: edges[at],
        below: edges.get(at + 1).copied(),
    };
    let mut names: Vec<_> = TWELVE
        .iter()
        .take(FIGURES)
        .map(|(name, _)| (*name, None))
        .collect();
    names.extend((0..edges.len()).map(|at| (FigureName::Ap50OfHeights, Some(band(at)))));
    names.push((FigureName::VocAp, None));
    names.extend(OF_THRESHOLD.map(|name| (name, None)));
    names.extend(RATIOS.map(|name| (name, None)));
    names
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

fn compared(systems: &[System; 2], clusters: &Clusters, settings: &EvaluateRequest) -> Vec<Row> {
    let names = names();
    let (one, other) = (
        values(&systems[0], clusters, None),
        values(&systems[1], clusters, None),
    );
    let replicates = clusters.replicates(settings.resamples, |times| {
        let mut row = values(&systems[0], clusters, Some(times));
        row.extend(values(&systems[1], clusters, Some(times)));
        row
    });
    let column = |at: usize| replicates.get(at).map_or(&[][..], Vec::as_slice);
    let calibrated = systems.iter().all(|system| {
        system
            .at
            .score_range()
            .is_some_and(|(least, most)| least >= 0.0 && most <= 1.0)
    });
    let of_ranking = systems[0].detector.labels_of_ranking();
    let all_labels = systems[0].at.sums(None).labels;
    let mut rows = Vec::new();
    for (at, (name, heights)) in names.iter().enumerate() {
        let (Some(a), Some(b)) = (one[at], other[at]) else {
            continue;
        };
        let in_pixels = heights.is_some() || TWELVE.iter().any(|(known, range)| known == name && *range > 0);
        let is_calibration = *name == FigureName::ExpectedCalibrationError;
        if (systems[0].paired.normalised && in_pixels) || (is_calibration && !calibrated) {
            continue;
        }
        let whole = match name {
            FigureName::FalseAlarmsPerHour | FigureName::FalsePositivesPerPicture => figure::RATE,
            FigureName::Mota | FigureName::Moda | FigureName::Smota => figure::SCORE,
            _ => figure::SHARE,
        };
        let unit = match name {
            FigureName::FalseAlarmsPerHour => Unit::PerHour,
            FigureName::FalsePositivesPerPicture => Unit::PerPicture,
            _ => Unit::Ratio,
        };
        let sample = figure::labels(of_ranking.get(at).map_or(all_labels, |labels| *labels as f64));
        let differences: Vec<Option<f64>> = column(at)
            .iter()
            .zip(column(at + names.len()))
            .map(|(one, other)| Some((*other)? - (*one)?))
            .collect();
        let estimate = |value: f64, interval: Interval| Estimate {
            value,
            unit,
            interval,
            sample,
        };
        let apart = (whole.0 - whole.1, whole.1 - whole.0);
        rows.push(Row {
            name: *name,
            heights: *heights,
            one: estimate(a, clusters.interval(a, column(at), whole, sample.n)),
            other: estimate(b, clusters.interval(b, column(at + names.len()), whole, sample.n)),
            difference: estimate(b - a, clusters.interval(b - a, &differences, apart, sample.n)),
        });
    }
    rows
}

/// Whether each label was found, by its place in the labels' list.
fn fates(system: &System) -> BTreeMap<usize, bool> {
    system
        .at
        .fates()
        .map(|(fate, found)| (fate.source, found))
        .collect()
}

fn found_by(systems: &[System; 2], clusters: &Clusters, resamples: u64) -> FoundBy {
    let (one, other) = (fates(&systems[0]), fates(&systems[1]));
    let (mut both, mut only_one, mut only_other, mut neither) = (0, 0, 0, 0);
    for (source, found) in &one {
        match (found, other.get(source).copied().unwrap_or(false)) {
            (true, true) => both += 1,
            (true, false) => only_one += 1,
            (false, true) => only_other += 1,
            (false, false) => neither += 1,
        }
    }
    let difference = |weights: Option<&[u32]>| {
        let recall = |system: &System| system.at.sums(weights).recall();
        Some(recall(&systems[1])? - recall(&systems[0])?)
    };
    let replicates = clusters.replicates(resamples, |times| {
        vec![difference(Some(&clusters.by_picture(times)))]
    });
    let value = difference(None).unwrap_or(0.0);
    FoundBy {
        both,
        only_one,
        only_other,
        neither,
        p: mcnemar(only_one, only_other),
        recall_difference: value,
        recall_interval: clusters.interval(
            value,
            replicates.first().map_or(&[][..], Vec::as_slice),
            (-1.0, 1.0),
            both + only_one + only_other + neither,
        ),
    }
}

/// People found by the one system alone, and by the other alone: the comparison speaks about them.
fn people_apart(systems: &[System; 2]) -> [u64; 2] {
    let found: Vec<BTreeSet<usize>> = systems
        .iter()
        .map(|system| {
            system
                .at
                .fates()
                .filter(|(_, found)| *found)
                .map(|(fate, _)| fate.source)
                .collect()
        })
        .collect();
    let alone = |this: usize, that: usize| {
        let fates = systems[this].at.fates().map(|(fate, _)| fate);
        people_among(
            systems[this].paired,
            fates.filter(|fate| found[this].contains(&fate.source) && !found[that].contains(&fate.source)),
        )
    };
    [alone(0, 1), alone(1, 0)]
}
