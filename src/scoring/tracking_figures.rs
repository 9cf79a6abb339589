//! The figures of a tracker. In: paired pictures. Out: HOTA, CLEAR and identity with intervals, or what was missing.

use super::clusters::Clusters;
use super::figure::{self, Maker, SHARE};
use super::pair::Paired;
use super::track_counts::{self, PeopleCounts, SequenceCounts, TrackCounts};
use super::track_figures::{RATIOS, hota_by_alpha, ratios};
use rayon::prelude::*;
use vsa_record::curve::{Curve, CurveName};
use vsa_record::estimate::{SampleSize, SampledThing};
use vsa_record::scores::{Figure, FigureName, NoFigure};

/// Figures that are counts.
const COUNTS: [FigureName; 9] = [
    FigureName::ClearTruePositives,
    FigureName::ClearFalsePositives,
    FigureName::ClearFalseNegatives,
    FigureName::IdentitySwitches,
    FigureName::Fragmentations,
    FigureName::IdTruePositives,
    FigureName::MostlyTracked,
    FigureName::PartlyTracked,
    FigureName::MostlyLost,
];

/// What was counted of a tracker, unit by unit of what is resampled.
pub(super) struct Tracker {
    of_unit: Vec<TrackCounts>,
    people: PeopleCounts,
}

impl Tracker {
    /// Nothing, where the boxes cannot be followed.
    pub(super) fn of(paired: &Paired, clusters: &Clusters) -> Result<Self, NoFigure> {
        can_be_followed(paired)?;
        Ok(Self::counted(paired, clusters))
    }

    fn counted(paired: &Paired, clusters: &Clusters) -> Self {
        let sequences: Vec<SequenceCounts> = paired
            .pictures
            .par_chunk_by(|a, b| a.sequence == b.sequence)
            .map(track_counts::count)
            .collect();
        let mut people = PeopleCounts::default();
        for sequence in &sequences {
            people.mostly += sequence.people.mostly;
            people.partly += sequence.people.partly;
            people.hardly += sequence.people.hardly;
        }
        // Units first: thousands of replicates then add up a handful of sums each, not one per picture.
        let mut of_unit = vec![TrackCounts::default(); clusters.n];
        let pictures = sequences.iter().flat_map(|sequence| &sequence.pictures);
        for (counts, unit) in pictures.zip(&clusters.of_picture) {
            of_unit[*unit as usize].add(counts, 1.0);
        }
        Self { of_unit, people }
    }

    /// Sums over the units, each taken as often as `times` says.
    pub(super) fn sum(&self, times: Option<&[u32]>) -> TrackCounts {
        let mut total = TrackCounts::default();
        for (at, counts) in self.of_unit.iter().enumerate() {
            total.add(counts, f64::from(times.map_or(1, |times| times[at])));
        }
        total
    }
}

/// `tracker`: what was counted, or why nothing was.
pub(super) fn measure(
    tracker: &Result<Tracker, NoFigure>,
    maker: &Maker,
    figures: &mut Vec<Figure>,
    curves: &mut Vec<Curve>,
) {
    let tracker = match tracker {
        Ok(tracker) => tracker,
        Err(missing) => {
            let names = RATIOS.map(|(name, _)| name).into_iter().chain(COUNTS);
            let none = figure::labels(0.0);
            figures.extend(names.map(|name| maker.counted(name, Err(*missing), none)));
            return;
        }
    };
    let total = tracker.sum(None);
    let drawn = maker.clusters.bootstrap(maker.resamples, |times| {
        let sum = tracker.sum(times);
        let values = ratios(&sum).into_iter().chain(hota_by_alpha(&sum));
        values.map(Some).collect()
    });
    let sample = figure::labels(total.labels);
    for (column, ((name, _), value)) in RATIOS.into_iter().zip(ratios(&total)).enumerate() {
        figures.push(maker.ratio(name, Ok(value), sample, drawn.replicates(column)));
    }
    count_figures(maker, &total, tracker.people, sample, figures);
    let by_alpha = drawn.after(RATIOS.len());
    let alphas = track_counts::alphas();
    curves.push(maker.curve(CurveName::HotaByOverlap, alphas, &by_alpha, SHARE, sample.n));
}

fn count_figures(
    maker: &Maker,
    total: &TrackCounts,
    people: PeopleCounts,
    sample: SampleSize,
    figures: &mut Vec<Figure>,
) {
    let values = [
        total.matched,
        total.tracked - total.matched,
        total.labels - total.matched,
        total.switches,
        total.fragmentations,
        total.identified,
    ];
    for (name, value) in COUNTS.into_iter().zip(values) {
        figures.push(maker.counted(name, Ok(value), sample));
    }
    // These three are numbers of people and add up to all: if one may not be told, none is.
    let groups = [people.mostly, people.partly, people.hardly];
    let all = groups.iter().sum();
    let permitted = groups.iter().all(|group| maker.policy.permits(*group));
    let sample = SampleSize::new(all, SampledThing::Tracks);
    for (name, group) in COUNTS.into_iter().skip(values.len()).zip(groups) {
        let mut figure = maker.counted(name, Ok(group as f64), sample);
        if !permitted {
            figure.value = vsa_record::scores::Figured::Measured {
                estimate: maker.policy.withheld(),
            };
        }
        figures.push(figure);
    }
}

/// Tracking is judged where pictures follow each other and both sides number whom they follow.
fn can_be_followed(paired: &Paired) -> Result<(), NoFigure> {
    if !paired.sequences.iter().all(|sequence| sequence.in_time) || paired.sequences.is_empty() {
        return Err(NoFigure::NoSequence);
    }
    if paired.labels().next().is_none() {
        return Err(NoFigure::NoLabels);
    }
    if paired.labels().any(|label| label.subject.is_none()) {
        return Err(NoFigure::NoSubjects);
    }
    if paired.detections().any(|one| one.track.is_none()) {
        return Err(NoFigure::NoTracks);
    }
    // Several classes would have to be followed apart.
    if paired.classes.len() == 1 {
        Ok(())
    } else {
        Err(NoFigure::NoSubjects)
    }
}
