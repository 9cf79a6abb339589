//! One detector's count at other score thresholds. In: every box of each frame down to the candidates' score, and ended
//! tracks. Out: [`Rung`]s.
//!
//! **Definition.** Mean number of boxes per frame with a score of the threshold or more, over the frames that the detector
//! looked at. Suppression is greedy from the best box down, so that counting the kept boxes from a threshold on is the
//! same as running the detector with that threshold. **Unit.** People (faces) per frame. **Source.** The list of thresholds is ours:
//! tenths, and the candidates' score below them. **What it cannot tell.** Which threshold is right: that needs labels.
//! Nothing is known below the candidates' score, and nothing but counts changes here: tracks were made at one threshold.
//!
//! The thresholds divide the boxes into bands; what is told at two thresholds tells what lies between. So bands are
//! told by the rule for cells that add up (`record/partition.rs`), the people behind a band being the settled tracks with
//! a sighting in it. Where the count at the model's own threshold is withheld, all are.

use super::bands::Bands;
use super::series::Series;
use super::settled::support;
use crate::detect::detection::Detection;
use crate::detect::load::as_written;
use crate::track::track::Track;
use std::ops::Range;
use vsa_record::disclosure::{Cell, DisclosurePolicy};
use vsa_record::estimate::{Estimate, Interval, Unit};
use vsa_record::partition::Cuts;
use vsa_record::sensitivity::Rung;
use vsa_statistics::streams::Streams;

/// Thresholds that are tried, besides the model's own.
const THRESHOLDS: [f32; 10] = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
/// The same in the order in which they are published, where not all may be: thresholds in use first.
const BY_IMPORTANCE: [f32; 10] = [0.5, 0.3, 0.7, 0.1, 0.9, 0.4, 0.6, 0.2, 0.8, 0.05];

/// The thresholds of a model whose own is `own` and whose boxes below `cut_off` are dropped, from low to high.
pub(crate) fn thresholds(own: f32, cut_off: f32) -> Vec<f32> {
    let mut rungs: Vec<f32> = THRESHOLDS.into_iter().filter(|rung| *rung >= cut_off).collect();
    rungs.push(own);
    rungs.sort_by(f32::total_cmp);
    rungs.dedup();
    rungs
}

/// Counts at every threshold.
pub(super) struct ThresholdSweep {
    own: f32,
    rungs: Vec<f32>,
    /// Counts from each rung on.
    series: Vec<Series>,
    /// Boxes from each rung to the next, and how many of them are on tracks, or in stills.
    boxes: Bands,
    tracked: Vec<u64>,
}

impl ThresholdSweep {
    pub(super) fn new(own: f32, cut_off: f32) -> Self {
        let rungs = thresholds(own, cut_off);
        let bands = rungs.len();
        Self {
            own,
            rungs,
            series: vec![Series::default(); bands],
            boxes: Bands::default(),
            tracked: vec![0; bands],
        }
    }

    pub(super) fn frames(&self) -> u64 {
        self.series[0].frames()
    }

    /// The band of a score; none: below all.
    fn band(&self, score: f32) -> Option<usize> {
        self.rungs.partition_point(|rung| *rung <= score).checked_sub(1)
    }

    pub(super) fn frame(&mut self, found: &[Detection], in_sequence: bool) {
        let mut bands = vec![0u64; self.rungs.len()];
        for band in found.iter().filter_map(|detection| self.band(detection.score)) {
            bands[band] += 1;
        }
        let mut above = 0;
        for (band, count) in bands.into_iter().enumerate().rev() {
            above += count;
            self.series[band].push(above);
            self.boxes.count(band, count);
            if !in_sequence {
                self.boxes.still(band, count);
                self.tracked[band] += count;
            }
        }
    }

    pub(super) fn track(&mut self, track: &Track) {
        let bands: Vec<usize> = track.seen().filter_map(|point| self.band(point.score)).collect();
        bands.iter().for_each(|&band| self.tracked[band] += 1);
        self.boxes.track(support(track), bands.into_iter());
    }

    /// `own`: the count at the model's own threshold, as the measurement of it tells it. `drawn`: where frames were drawn,
    /// the interval at each rung.
    pub(super) fn finish(
        &self,
        policy: &DisclosurePolicy,
        own: &Cell<Estimate>,
        unit: Unit,
        streams: Streams,
        drawn: &[Option<Interval>],
    ) -> Vec<Rung> {
        let permitted = |range: Range<usize>| {
            // Cell 0 is what lies below the lowest threshold: nothing of it is ever told.
            let Some(start) = range.start.checked_sub(1) else {
                return true;
            };
            let range = start..range.end - 1;
            let tracked: u64 = self.tracked[range.clone()].iter().sum();
            let untracked = self.boxes.counted(range.clone()).saturating_sub(tracked);
            policy.permits(self.boxes.people(range)) && policy.permits(untracked)
        };
        let edge = |wanted: f32| self.rungs.iter().position(|rung| rung.total_cmp(&wanted).is_eq());
        let mut cuts = Cuts::new(self.rungs.len() + 1, &permitted);
        let own_edge = edge(self.own).expect("the model's own threshold is a rung");
        let told = own.shown().is_some() && cuts.admit(&[own_edge + 1], &permitted);
        for at in BY_IMPORTANCE.into_iter().filter_map(edge).filter(|_| told) {
            cuts.admit(&[at + 1], &permitted);
        }
        let rung = |at: usize| -> Option<Cell<Estimate>> {
            if at == own_edge {
                return Some(own.clone());
            }
            if !told || !cuts.shows(at + 1) {
                return Some(policy.withheld());
            }
            let mut mean = self.series[at].mean(unit, streams)?;
            mean.interval = drawn.get(at).copied().flatten().unwrap_or(mean.interval);
            Some(policy.cell(mean, self.boxes.people(at..self.rungs.len())))
        };
        (0..self.rungs.len())
            .filter_map(|at| {
                Some(Rung {
                    threshold: as_written(self.rungs[at]),
                    per_frame: rung(at)?,
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::overlap::Rect;
    use crate::track::track::TrackPoint;
    use vsa_record::disclosure::DataBasis;

    const RECT: Rect = Rect {
        left: 0.0,
        top: 0.0,
        right: 10.0,
        bottom: 30.0,
    };

    fn found(scores: &[f32]) -> Vec<Detection> {
        let detection = |score: &f32| Detection::plain(RECT, *score);
        scores.iter().map(detection).collect()
    }

    /// Seen once a second at these scores.
    fn track(scores: &[f32]) -> Track {
        let points = (0u64..).zip(scores).map(|(frame, score)| TrackPoint {
            frame,
            seconds: frame as f64,
            rect: RECT,
            score: *score,
            seen: true,
            frontal: false,
        });
        Track {
            points: points.collect(),
            fragments: 1,
        }
    }

    fn public() -> DisclosurePolicy {
        DisclosurePolicy::new(DataBasis::Public, None, None).unwrap()
    }

    fn finished(sweep: &ThresholdSweep, policy: &DisclosurePolicy, people: u64) -> Vec<Rung> {
        let at = sweep
            .rungs
            .iter()
            .position(|rung| rung.total_cmp(&sweep.own).is_eq())
            .unwrap();
        let (mean, _) = sweep.series[at]
            .estimates(Unit::PeoplePerFrame, Streams::simulated(1))
            .unwrap();
        sweep.finish(
            policy,
            &policy.cell(mean, people),
            Unit::PeoplePerFrame,
            Streams::simulated(1),
            &[],
        )
    }

    fn values(rungs: &[Rung]) -> Vec<(f64, Option<f64>)> {
        let value = |rung: &Rung| (rung.threshold, rung.per_frame.shown().map(|mean| mean.value));
        rungs.iter().map(value).collect()
    }

    #[test]
    fn each_threshold_counts_the_boxes_that_reach_it() {
        let mut sweep = ThresholdSweep::new(0.35, 0.05);
        sweep.frame(&found(&[0.95, 0.5, 0.35, 0.05]), true);
        sweep.frame(&found(&[0.499, 0.3]), true);
        let means = values(&finished(&sweep, &public(), 4));
        let expected = [
            (0.05, 3.0), // 4 + 2 boxes in 2 frames
            (0.1, 2.5),
            (0.2, 2.5),
            (0.3, 2.5),
            (0.35, 2.0), // the model's own: 3 + 1
            (0.4, 1.5),
            (0.5, 1.0),
            (0.6, 0.5),
            (0.7, 0.5),
            (0.8, 0.5),
            (0.9, 0.5),
        ];
        assert_eq!(means.len(), expected.len());
        for ((threshold, mean), (at, value)) in means.into_iter().zip(expected) {
            assert!(
                (threshold - at).abs() < 1e-12 && (mean.unwrap() - value).abs() < 1e-12,
                "{at}: {mean:?}"
            );
        }
    }

    #[test]
    fn below_what_the_program_drops_there_is_no_threshold() {
        assert_eq!(thresholds(0.3, 0.3), [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
        assert_eq!(thresholds(0.02, 0.02)[..2], [0.02, 0.05]);
    }

    #[test]
    fn a_threshold_is_withheld_where_few_people_lie_between_it_and_one_that_is_told() {
        let mut sweep = ThresholdSweep::new(0.5, 0.05);
        // 20 people are sure, 3 others are between 0.3 and 0.4, and 15 between 0.1 and 0.2.
        let scores: Vec<f32> = [vec![0.95; 20], vec![0.35; 3], vec![0.15; 15]].concat();
        for _ in 0..3 {
            sweep.frame(&found(&scores), true);
        }
        scores.iter().for_each(|score| sweep.track(&track(&[*score; 3])));
        let shown = values(&finished(&sweep, &DisclosurePolicy::strict(), 20));
        let told: Vec<f64> = shown
            .iter()
            .filter(|(_, mean)| mean.is_some())
            .map(|(at, _)| *at)
            .collect();
        // At 0.4 it is what it is at 0.5; 0.3 and 0.2 would give the three away; at 0.1 they stand with fifteen others.
        assert_eq!(told, [0.05, 0.1, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
        let open = values(&finished(&sweep, &public(), 20));
        assert!(open.iter().all(|(_, mean)| mean.is_some()));
    }

    #[test]
    fn where_the_count_itself_is_withheld_no_other_threshold_tells_it() {
        let mut sweep = ThresholdSweep::new(0.5, 0.05);
        sweep.frame(&found(&[0.9; 5]), true);
        sweep.frame(&found(&[0.9; 5]), true);
        (0..5).for_each(|_| sweep.track(&track(&[0.9; 2])));
        let shown = values(&finished(&sweep, &DisclosurePolicy::strict(), 5));
        assert!(shown.iter().all(|(_, mean)| mean.is_none()), "{shown:?}");
    }

    #[test]
    fn nobody_at_any_threshold_may_be_told() {
        let mut sweep = ThresholdSweep::new(0.5, 0.05);
        (0..20).for_each(|_| sweep.frame(&[], true));
        let shown = values(&finished(&sweep, &DisclosurePolicy::strict(), 0));
        assert!(shown.iter().all(|(_, mean)| mean.is_some_and(|mean| mean == 0.0)));
    }
}
