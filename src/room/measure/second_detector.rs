//! A detector beside a second one, over the same frames. In: the boxes of both that count, frame by frame, and the first
//! one's ended tracks. Out: [`SecondDetector`]. Where what counts are joined boxes of both, the two are compared by what each drew
//! before, and the first's boxes are followed here as well.
//!
//! **Definitions.** A box of each is the same where they overlap by half or more (intersection over union), one to one;
//! the second's boxes choose, best first. Difference: second less first, frame by frame. **Units.** People (faces) per
//! frame, shares of boxes. **Intervals.** Blocks of frames, see [`resample`](vsa_statistics::resample); shares are sums over sums
//! within the blocks. **What it cannot tell.** Who is right. Both may overlook the same person, and draw the same box
//! around nobody.
//!
//! **Who stands behind it.** Boxes are of three kinds: both, only the first, only the second. All that is told follows
//! from their numbers, so nothing is told unless nobody, or enough people, stand behind each kind: settled tracks with
//! such a sighting. The second's boxes are followed for that purpose alone, by a tracker of its own.

use super::agreement::{Agreement, SAME};
use super::axis::held;
use super::bands::Bands;
use super::series::Series;
use super::settled::support;
use crate::detect::detection::Detection;
use crate::detect::load::as_written;
use crate::track::settings::TrackerSettings;
use crate::track::track::Track;
use crate::track::tracker::Tracker;
use std::collections::BTreeMap;
use vsa_plan::Subject;
use vsa_record::disclosure::{Cell, CellState, DisclosurePolicy};
use vsa_record::estimate::{Estimate, Interval, IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_record::sensitivity::SecondDetector;
use vsa_statistics::streams::Streams;

/// Frames whose boxes are remembered until the tracks that hold them end. What a longer track held earlier is not counted,
/// which makes the rule stricter, never laxer.
const REMEMBERED_FRAMES: usize = 36_000;

/// When and where a frame was.
#[derive(Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) index: u64,
    pub(crate) seconds: f64,
    pub(crate) size: (u32, u32),
}

/// A second detector, and what it is compared with.
pub(crate) struct Second {
    pub(crate) name: String,
    /// Its own.
    pub(crate) threshold: f32,
    /// The first's name and threshold, where what counts are joined boxes; none: the first counts.
    pub(crate) beside: Option<(String, f32)>,
}

/// A first detector that does not count by itself.
struct Alone {
    name: String,
    threshold: f32,
    series: Series,
    tracker: Option<Tracker>,
}

/// The first and the second over one run.
pub(super) struct SecondMeasure {
    subject: Subject,
    name: String,
    /// The second's own.
    threshold: f32,
    alone: Option<Alone>,
    agreement: Agreement,
    second: Series,
    tracker: Option<Tracker>,
    in_sequence: bool,
    /// Scores of boxes by frame, as bits, with their kind: of the first, and of the second.
    boxes: [BTreeMap<u64, Vec<(u32, usize)>>; 2],
    /// Boxes that both drew, only the first, only the second, and the people behind them.
    kinds: Bands,
}

impl SecondMeasure {
    pub(super) fn new(subject: Subject, second: Second) -> Self {
        let alone = second.beside.map(|(name, threshold)| Alone {
            name,
            threshold,
            series: Series::default(),
            tracker: None,
        });
        Self {
            subject,
            name: second.name,
            threshold: second.threshold,
            alone,
            agreement: Agreement::new(),
            second: Series::default(),
            tracker: None,
            in_sequence: false,
            boxes: [BTreeMap::new(), BTreeMap::new()],
            kinds: Bands::default(),
        }
    }

    pub(super) fn start_item(&mut self, in_sequence: bool) {
        self.in_sequence = in_sequence;
        self.boxes.iter_mut().for_each(BTreeMap::clear);
    }

    /// `first`: what counts of the first's boxes, or all of them where it does not count by itself; `second`: all of the second's;
    /// best first.
    pub(super) fn frame(&mut self, at: Moment, all: &[Detection], second: &[Detection]) {
        let counted = from(second, self.threshold);
        let first = self
            .alone
            .as_ref()
            .map_or(all, |alone| from(all, alone.threshold));
        if let Some(alone) = &mut self.alone {
            alone.series.push(first.len() as u64);
        }
        let same = self.agreement.frame(first, counted);
        self.second.push(counted.len() as u64);
        let mut kinds = [vec![1; first.len()], vec![2; counted.len()]];
        for (here, there) in &same {
            (kinds[0][*here], kinds[1][*there]) = (0, 0);
        }
        let counts = [same.len(), first.len() - same.len(), counted.len() - same.len()];
        for (kind, count) in counts.into_iter().enumerate() {
            self.kinds.count(kind, count as u64);
            if !self.in_sequence {
                self.kinds.still(kind, count as u64);
            }
        }
        if self.in_sequence {
            for ((kept, kinds), found) in self.boxes.iter_mut().zip(kinds).zip([first, counted]) {
                let scores = found.iter().map(|detection| detection.score.to_bits());
                kept.insert(at.index, scores.zip(kinds).collect());
                if kept.len() > REMEMBERED_FRAMES {
                    kept.pop_first();
                }
            }
            let subject = self.subject;
            let follow = |tracker: &mut Option<Tracker>, threshold, found| {
                let settings = TrackerSettings::of(subject, threshold);
                let tracker = tracker.get_or_insert_with(|| Tracker::new(settings, at.size));
                tracker.update_described(at.index, at.seconds, found, &mut Vec::new());
                tracker.drain_described()
            };
            for ended in follow(&mut self.tracker, self.threshold, second) {
                self.second_track(&ended.track);
            }
            let firsts = self
                .alone
                .as_mut()
                .map(|alone| follow(&mut alone.tracker, alone.threshold, all));
            for ended in firsts.unwrap_or_default() {
                self.count(&ended.track, 0, &[0, 1]);
            }
        }
    }

    /// A track of what counts ended.
    pub(super) fn first_track(&mut self, track: &Track) {
        if self.alone.is_none() {
            self.count(track, 0, &[0, 1]);
        }
    }

    fn second_track(&mut self, track: &Track) {
        self.count(track, 1, &[2]);
    }

    /// Counts a track of list `list` for every kind of `kinds` that it was seen as.
    fn count(&mut self, track: &Track, list: usize, kinds: &[usize]) {
        let seen_as = track.seen().filter_map(|point| {
            let mut boxes = self.boxes[list].get(&point.frame)?.iter();
            let found = boxes.find(|(score, _)| *score == point.score.to_bits());
            found.map(|(_, kind)| *kind).filter(|kind| kinds.contains(kind))
        });
        self.kinds.track(support(track), seen_as);
    }

    pub(super) fn end_item(&mut self) {
        let left = self.tracker.take().map(Tracker::finish_described);
        for ended in left.unwrap_or_default() {
            self.second_track(&ended.track);
        }
        let left = self.alone.as_mut().and_then(|alone| alone.tracker.take());
        for ended in left.map(Tracker::finish_described).unwrap_or_default() {
            self.count(&ended.track, 0, &[0, 1]);
        }
        self.boxes.iter_mut().for_each(BTreeMap::clear);
    }

    /// `own`: what counts, as the measurement of it tells it: the first's, or joined boxes. None: there was no frame.
    pub(super) fn finish(
        self,
        policy: &DisclosurePolicy,
        (first, first_threshold): (&str, f64),
        own: &Cell<Estimate>,
        unit: Unit,
        streams: Streams,
    ) -> Option<SecondDetector> {
        let [firsts, seconds, both] = self.agreement.boxes();
        let people = [0, 1, 2].map(|kind| self.kinds.people(kind..kind + 1));
        let behind = match own.state() {
            CellState::Shown { people_at_least, .. } => Some(*people_at_least),
            CellState::Withheld { .. } => None,
        };
        let may = behind.is_some() && people.iter().all(|&people| policy.permits(people));
        let behind = behind.into_iter().chain(people).max().unwrap_or(0);
        let second = self.second.mean(unit, streams)?;
        let (value, interval) = self.agreement.difference(streams.at(2))?;
        let alone = match &self.alone {
            None => None,
            Some(alone) => Some((alone, alone.series.mean(unit, streams.skip(8))?)),
        };
        let frames = self.second.frames();
        let sample = SampleSize::new(frames, SampledThing::Frames);
        let of_first = match &alone {
            None => own.shown(),
            Some((_, mean)) => Some(mean),
        };
        let difference = of_first.map(|own| {
            let interval = interval.unwrap_or_else(|| apart(own, &second));
            held(value, unit, interval, sample)
        });
        let shares = self.agreement.finish(behind, streams.skip(4));
        let cell = |estimate: Estimate| told(policy, may, estimate, behind);
        let (first, first_threshold, first_per_frame) = match alone {
            None => (first, first_threshold, own.clone()),
            Some((alone, mean)) => (&*alone.name, as_written(alone.threshold), cell(mean)),
        };
        Some(SecondDetector {
            first: first.to_owned(),
            second: self.name,
            first_threshold,
            second_threshold: as_written(self.threshold),
            overlap: f64::from(SAME),
            frames,
            first_per_frame,
            second_per_frame: cell(second),
            difference: difference.map_or_else(|| policy.withheld(), cell),
            first_boxes: told(policy, may, firsts, behind),
            second_boxes: told(policy, may, seconds, behind),
            both_boxes: told(policy, may, both, behind),
            first_matched: shares.found_again.map(cell),
            second_matched: shares.also_clean.map(cell),
        })
    }
}

/// Those from this score on, of boxes that come best first.
fn from(found: &[Detection], threshold: f32) -> &[Detection] {
    &found[..found.partition_point(|detection| detection.score >= threshold)]
}

fn told<T>(policy: &DisclosurePolicy, may: bool, value: T, people: u64) -> Cell<T> {
    if may {
        policy.cell(value, people)
    } else {
        policy.withheld()
    }
}

/// The interval of a difference that cannot be resampled, from those of both.
fn apart(first: &Estimate, second: &Estimate) -> Interval {
    Interval::between(
        second.interval.low - first.interval.high,
        second.interval.high - first.interval.low,
        IntervalMethod::DifferenceOfIntervals,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::overlap::Rect;
    use vsa_record::disclosure::DataBasis;
    use vsa_statistics::generator::draw_below;
    use vsa_statistics::streams::Stream;

    /// People of width 12 and height 30 at these places.
    fn boxes(lefts: &[f32]) -> Vec<Detection> {
        let detection = |left: &f32| Detection {
            rect: Rect {
                left: *left,
                top: 0.0,
                right: left + 12.0,
                bottom: 30.0,
            },
            // Scores tell boxes apart when tracks end.
            score: 0.9 - left / 10_000.0,
            landmarks: None,
            quality: None,
        };
        lefts.iter().map(detection).collect()
    }

    fn public() -> DisclosurePolicy {
        DisclosurePolicy::new(DataBasis::Public, None, None).unwrap()
    }

    fn at(index: u64) -> Moment {
        Moment {
            index,
            seconds: index as f64 / 10.0,
            size: (2000, 100),
        }
    }

    /// Both over these frames, the first one's boxes followed as a run follows them.
    fn compared(
        frames: &[(Vec<f32>, Vec<f32>)],
        in_sequence: bool,
        policy: &DisclosurePolicy,
        people: u64,
    ) -> SecondDetector {
        let other = Second {
            name: "other".to_owned(),
            threshold: 0.5,
            beside: None,
        };
        let mut second = SecondMeasure::new(Subject::Person, other);
        let mut tracker = Tracker::new(TrackerSettings::of(Subject::Person, 0.5), (2000, 100));
        let mut own = Series::default();
        second.start_item(in_sequence);
        for (index, (first, other)) in (0u64..).zip(frames) {
            let first = boxes(first);
            second.frame(at(index), &first, &boxes(other));
            own.push(first.len() as u64);
            if in_sequence {
                tracker.update_described(index, at(index).seconds, &first, &mut Vec::new());
            }
        }
        for ended in tracker.finish_described() {
            second.first_track(&ended.track);
        }
        second.end_item();
        let (mean, _) = own
            .estimates(Unit::PeoplePerFrame, Streams::simulated(0))
            .unwrap();
        second
            .finish(
                policy,
                ("one", 0.3),
                &policy.cell(mean, people),
                Unit::PeoplePerFrame,
                Streams::simulated(0),
            )
            .unwrap()
    }

    #[test]
    fn the_arithmetic_of_agreement_by_hand() {
        // Frame 1: 3 and 2 boxes, of which 2 are the same (shifted by 2 of 12: overlap 10/14). Frame 2: 1 and 2, none the
        // same (shifted by 5: 7/17). Frame 3: none and 1.
        let frames = [
            (vec![0.0, 100.0, 200.0], vec![2.0, 100.0]),
            (vec![0.0], vec![5.0, 300.0]),
            (vec![], vec![400.0]),
        ];
        let found = compared(&frames, false, &public(), 3);
        let count = |cell: &Cell<u64>| *cell.shown().unwrap();
        assert_eq!(count(&found.first_boxes), 4);
        assert_eq!(count(&found.second_boxes), 5);
        assert_eq!(count(&found.both_boxes), 2);
        let value = |cell: &Cell<Estimate>| cell.shown().unwrap().value;
        assert!((value(&found.first_per_frame) - 4.0 / 3.0).abs() < 1e-12);
        assert!((value(&found.second_per_frame) - 5.0 / 3.0).abs() < 1e-12);
        // (-1 + 1 + 1) / 3
        assert!((value(&found.difference) - 1.0 / 3.0).abs() < 1e-12);
        let (first, second) = (found.first_matched.unwrap(), found.second_matched.unwrap());
        assert!((value(&first) - 2.0 / 4.0).abs() < 1e-12);
        assert!((value(&second) - 2.0 / 5.0).abs() < 1e-12);
        assert_eq!(first.shown().unwrap().sample.n, 4);
        assert_eq!(found.frames, 3);
        // Three frames are too few to resample: the ends come from both intervals.
        let difference = found.difference.shown().unwrap();
        assert_eq!(difference.interval.method, IntervalMethod::DifferenceOfIntervals);
    }

    #[test]
    fn a_paired_difference_is_known_better_than_both_means() {
        // Waves of people whom both see; the second overlooks the last of them in a third of the frames, by chance.
        let frames: Vec<_> = (0..600u32)
            .map(|frame| {
                let people = 4 + (f64::from(frame) / 40.0).sin().mul_add(3.0, 0.5).floor() as i32;
                let first: Vec<f32> = (0..people).map(|person| 50.0 * person as f32).collect();
                let kept =
                    first.len() - usize::from(draw_below(Stream::simulated(7), u64::from(frame), 3) == 0);
                let second = first[..kept].to_vec();
                (first, second)
            })
            .collect();
        let found = compared(&frames, true, &public(), 20);
        let width = |cell: &Cell<Estimate>| {
            let interval = cell.shown().unwrap().interval;
            interval.high - interval.low
        };
        let difference = found.difference.shown().unwrap();
        assert!((difference.value + 1.0 / 3.0).abs() < 0.07, "{difference:?}");
        assert!(difference.interval.low < -1.0 / 3.0 && difference.interval.high > -1.0 / 3.0);
        assert_eq!(difference.interval.method, IntervalMethod::BlockBootstrap);
        assert!(
            width(&found.difference) < width(&found.first_per_frame) / 3.0,
            "{} {}",
            width(&found.difference),
            width(&found.first_per_frame)
        );
        assert!((found.second_matched.unwrap().shown().unwrap().value - 1.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_is_told_where_few_people_are_seen_by_one_of_the_two_only() {
        let people: Vec<f32> = (0..20u8).map(|person| 60.0 * f32::from(person)).collect();
        let frames = |first: &[f32], second: &[f32]| vec![(first.to_vec(), second.to_vec()); 40];
        let strict = DisclosurePolicy::strict();
        let told = |first: &[f32], second: &[f32]| {
            let found = compared(&frames(first, second), true, &strict, first.len() as u64);
            assert!(found.first_per_frame.shown().is_some(), "told elsewhere as well");
            let cells = [&found.second_per_frame, &found.difference];
            let shown = found.both_boxes.shown().is_some();
            assert!(cells.iter().all(|cell| cell.shown().is_some() == shown));
            shown
        };
        assert!(told(&people, &people), "both see the same twenty");
        assert!(
            !told(&people, &people[..17]),
            "three are seen by the first alone, 120 times"
        );
        assert!(
            !told(&people[..17], &people),
            "three are seen by the second alone"
        );
        assert!(told(&people[..12], &[]), "the second sees nobody");
        let found = compared(&frames(&people[..5], &people[..5]), true, &strict, 5);
        assert!(found.first_per_frame.shown().is_none() && found.second_per_frame.shown().is_none());
        assert!(found.first_matched.unwrap().shown().is_none() && found.both_boxes.shown().is_none());
    }
}
