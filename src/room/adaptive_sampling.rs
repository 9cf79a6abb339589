//! Less work for the same answer: frames are drawn, pass by pass, until every wanted quantity is known as precisely as
//! was asked for. In: a checked plan with a target. Out: items, measures fed with the drawn frames, and what was drawn.
//! The design is told in `record/drawn.rs`.
//!
//! Of a video that allows it, only what leads to the drawn frames is decoded (see [`super::footage::partial`]); any other footage is
//! decoded from its start to its end, in every pass. Either way the same frames are looked at, and the same comes out.
//! Deliberately not here: measures of people over time. Frames drawn one by one do not show who goes where; those measures say
//! that they were not measured.

use super::export::{ExportPermit, ExportedFile};
use super::follow::{FrameDetections, ItemPass};
use super::footage::partial::Partial;
use super::measure::measures::Measures;
use super::measure::systematic_sample::SystematicSample;
use super::pipeline::{Detectors, ItemRun};
use super::run::ObserveError;
use super::watcher::Watcher;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use vsa_base::environment::Environment;
use vsa_plan::{Plan, Subject};
use vsa_record::ItemFacts;
use vsa_record::drawn::{DecodedWhole, DrawnFacts, DrawnName, DrawnQuantity, PrecisionFacts, WhyWhole};
use vsa_record::estimate::Interval;
use vsa_statistics::generator::draw_below;
use vsa_statistics::streams::{DRAWN_FRAMES, STARTS};

/// Frames in one draw. Few, so that the first pass has many draws to learn the spread from; more than a handful, so that
/// each spreads over the footage.
const FRAMES_IN_DRAW: u64 = 16;
/// Draws of the first pass. Fewer tell too little of their own spread to end on: a run that ends where the spread happens to
/// look small holds the truth too seldom (with 12, in 185 of 200 seeds of the hour below).
const FIRST_DRAWS: u64 = 20;
/// Draws of a later pass are so many more than the spread so far asks for: the spread is itself an estimate.
const RESERVE: f64 = 1.25;

/// The draws of one run, over all items as one row of frames.
pub(crate) struct Design {
    /// Frames of all items together.
    frames: u64,
    spacing: u64,
    /// All starts, in the order in which they are taken.
    starts: Vec<u64>,
}

impl Design {
    pub(crate) fn new(frames: u64, seed: u64) -> Self {
        let spacing = (frames / FRAMES_IN_DRAW).max(1);
        // Fisher and Yates, by counter: the same order on every machine.
        let mut starts: Vec<u64> = (0..spacing).collect();
        for at in 0..starts.len() {
            let other = at + draw_below(STARTS.seeded(seed), at as u64, starts.len() - at);
            starts.swap(at, other);
        }
        Self {
            frames,
            spacing,
            starts,
        }
    }

    fn most(&self) -> u64 {
        self.starts.len() as u64
    }

    /// The frames of draws `from..to`.
    fn drawn(&self, from: u64, to: u64) -> impl Iterator<Item = u64> + '_ {
        let starts = &self.starts[from as usize..to as usize];
        starts
            .iter()
            .flat_map(|&start| (start..self.frames).step_by(self.spacing as usize))
    }

    /// The counts of draws `0..draws`, draw by draw, where `count` tells a frame's, or that it was not there.
    fn by_draw(&self, draws: u64, count: impl Fn(u64) -> Option<f64>) -> Vec<Vec<f64>> {
        (0..draws)
            .map(|draw| self.drawn(draw, draw + 1).filter_map(&count).collect())
            .collect()
    }
}

/// A mean below this is measured by this: of nobody at all, no share can be told.
const LEAST_MEAN: f64 = 0.1;

/// Half the interval, as the target counts it.
fn half_width(name: DrawnName, mean: f64, interval: &Interval) -> f64 {
    let half = (interval.high - mean).max(mean - interval.low);
    match name {
        DrawnName::OccupiedShare => half,
        DrawnName::PeoplePerFrame | DrawnName::FacesPerFrame => half / mean.max(LEAST_MEAN),
    }
}

/// Of all quantities: the interval, and half its width by the target's. `count` tells what a frame holds.
pub(crate) fn judged(
    design: &Design,
    draws: u64,
    names: &[DrawnName],
    count: &dyn Fn(DrawnName, u64) -> Option<f64>,
) -> Vec<(DrawnName, f64, Interval)> {
    names
        .iter()
        .zip(0..)
        .filter_map(|(&name, at)| {
            let drawn =
                SystematicSample::of(&design.by_draw(draws, |frame| count(name, frame)), design.most());
            let mut interval = drawn.interval(DRAWN_FRAMES.at(at))?;
            if name == DrawnName::OccupiedShare {
                interval.high = interval.high.min(1.0);
            }
            Some((name, drawn.mean()?, interval))
        })
        .collect()
}

/// How many draws there shall be after the next pass; none: it is enough.
pub(crate) fn next_draws(
    design: &Design,
    draws: u64,
    target: f64,
    judged: &[(DrawnName, f64, Interval)],
) -> Option<u64> {
    if draws >= design.most() {
        return None;
    }
    let widths = judged
        .iter()
        .map(|(name, mean, interval)| half_width(*name, *mean, interval));
    let widest = widths.fold(0.0, f64::max) / target;
    if widest <= 1.0 {
        return None;
    }
    // Widths fall with the root of the draws, and to nothing where all are drawn: 1/n - 1/N counts, not 1/n.
    let (n, most) = (draws as f64, design.most() as f64);
    let wanted = 1.0 / ((1.0 / n - 1.0 / most) / (widest * widest) + 1.0 / most);
    // At least two more, at most all there are.
    let wanted = (wanted * RESERVE).ceil();
    let wanted = if wanted.is_finite() {
        wanted as u64
    } else {
        design.most()
    };
    Some(wanted.max(draws + 2).min(design.most()))
}

/// What the drawn frames of one item showed.
type Looks = BTreeMap<u64, FrameDetections>;

/// How one item is gone through.
struct Passes {
    /// Decoded in part; or why not.
    partial: Result<Arc<Partial>, WhyWhole>,
    /// As far as it was decoded: whole, where it once was.
    facts: Option<ItemFacts>,
}

/// A run that draws its frames.
pub(crate) struct Run<'run> {
    pub(crate) plan: &'run Plan,
    pub(crate) environment: &'run Environment,
    pub(crate) pool: &'run rayon::ThreadPool,
    pub(crate) watcher: &'run mut dyn Watcher,
    pub(crate) detectors: &'run Detectors<'run>,
}

/// What it found, besides what the measures were fed with.
pub(crate) struct Found {
    pub(crate) items: Vec<ItemFacts>,
    pub(crate) drawn: DrawnFacts,
    pub(crate) files: Vec<ExportedFile>,
}

impl Run<'_> {
    /// Draws from all items of the plan, and looks, until it is enough.
    pub(crate) fn observe(
        mut self,
        target: &PrecisionFacts,
        measures: &mut Measures,
        permit: Option<&ExportPermit>,
    ) -> Result<Found, ObserveError> {
        let (mut lengths, mut ways) = (Vec::new(), Vec::new());
        for at in 0..self.plan.footage.len() {
            let (length, partial) = self.item(at).surveyed()?;
            lengths.push(length);
            ways.push(Passes { partial, facts: None });
        }
        let design = Design::new(lengths.iter().sum(), target.seed);
        let names = wanted(self.detectors);
        let mut looks: Vec<Looks> = lengths.iter().map(|_| Looks::new()).collect();
        let (mut draws, mut upto, mut passes) = (0, FIRST_DRAWS.min(design.most()), 0);
        let known = loop {
            let new: BTreeSet<u64> = design.drawn(draws, upto).collect();
            self.pass(&new, &lengths, &mut ways, &mut looks)?;
            (draws, passes) = (upto, passes + 1);
            let counts = Counts {
                lengths: &lengths,
                looks: &looks,
                detectors: self.detectors,
            };
            let judged = judged(&design, draws, &names, &|name, frame| counts.of(name, frame));
            match next_draws(&design, draws, target.target, &judged) {
                Some(more) => upto = more,
                None => break judged,
            }
        };
        let reached = |(name, mean, interval): &(DrawnName, f64, Interval)| DrawnQuantity {
            name: *name,
            reached: half_width(*name, *mean, interval) <= target.target,
        };
        let quantities = known.iter().map(reached).collect();
        let intervals = known.iter().map(|(name, _, interval)| (*name, *interval));
        measures.drawn(intervals.collect());
        if let Some(subject) = names.first().map(|name| drawn_subject(*name)) {
            let counts = Counts {
                lengths: &lengths,
                looks: &looks,
                detectors: self.detectors,
            };
            let intervals = counts.by_threshold(subject, &design, draws);
            measures.sensitivity().drawn(subject, intervals);
        }
        let decoded_whole = self.decoded_whole(&ways);
        let mut items = facts(ways, &looks);
        let mut files = Vec::new();
        for (at, (footage, kept)) in self.plan.footage.iter().zip(looks).enumerate() {
            items[at].frames.looked_at = kept.len() as u64;
            let trackers = self.detectors.trackers(permit);
            let mut follow = ItemPass::new(&footage.label, false, measures, trackers);
            kept.into_values().for_each(|look| follow.take(look));
            files.extend(follow.finish(at + 1));
        }
        let drawn = DrawnFacts {
            frames: design.frames,
            looked_at: items.iter().map(|item| item.frames.looked_at).sum(),
            spacing: design.spacing,
            draws,
            passes,
            quantities,
            decoded_whole,
        };
        Ok(Found { items, drawn, files })
    }

    /// Goes through all footage once and looks at the frames `new` of the whole row.
    fn pass(
        &mut self,
        new: &BTreeSet<u64>,
        lengths: &[u64],
        ways: &mut [Passes],
        looks: &mut [Looks],
    ) -> Result<(), ObserveError> {
        let mut before = 0;
        for (at, ((&length, way), kept)) in lengths.iter().zip(ways).zip(looks).enumerate() {
            let own = new.range(before..before + length);
            let own: BTreeSet<u64> = own.map(|frame| frame - before).collect();
            let detectors = self.detectors;
            let mut keep = |look: FrameDetections| {
                kept.insert(look.index, look);
            };
            let mut found = None;
            if let Ok(partial) = &way.partial {
                if !partial.is_worth(&own) {
                    way.partial = Err(WhyWhole::FewKeyFrames);
                } else {
                    let mut item = self.item(at);
                    found = item.look_at_part(partial, own.clone(), detectors, &mut keep)?;
                    if found.is_none() {
                        way.partial = Err(WhyWhole::NotTheSame);
                    }
                }
            }
            way.facts = Some(match found {
                Some(found) => found,
                None => self.item(at).look_at(own, detectors, &mut keep)?,
            });
            before += length;
        }
        Ok(())
    }

    fn decoded_whole(&self, ways: &[Passes]) -> Vec<DecodedWhole> {
        let whole = self.plan.footage.iter().zip(ways).filter_map(|(item, way)| {
            let reason = way.partial.as_ref().err().copied()?;
            let item = item.label.clone();
            Some(DecodedWhole { item, reason })
        });
        whole.collect()
    }

    fn item(&mut self, at: usize) -> ItemRun<'_> {
        ItemRun {
            plan: self.plan,
            footage: &self.plan.footage[at],
            environment: self.environment,
            pool: self.pool,
            watcher: &mut *self.watcher,
        }
    }
}

/// What each item was. Of one that was decoded in part: what all passes together decoded of it.
fn facts(ways: Vec<Passes>, looks: &[Looks]) -> Vec<ItemFacts> {
    let facts = ways.into_iter().zip(looks).filter_map(|(way, looks)| {
        let mut facts = way.facts?;
        if let Ok(partial) = way.partial {
            let drawn = looks.keys().copied().collect();
            facts.frames.decoded = partial.decoded_for(&drawn);
            facts.frames.passed_over = partial.frames() - facts.frames.decoded;
        }
        Some(facts)
    });
    facts.collect()
}

/// What can be known with these detectors.
fn wanted(detectors: &Detectors<'_>) -> Vec<DrawnName> {
    let looked_for = |subject| detectors.threshold(subject).is_some();
    let mut names = Vec::new();
    if looked_for(Subject::Person) {
        names.extend([DrawnName::PeoplePerFrame, DrawnName::OccupiedShare]);
    } else if looked_for(Subject::Face) {
        names.push(DrawnName::FacesPerFrame);
    }
    names
}

/// What a frame of the whole row holds.
struct Counts<'run> {
    lengths: &'run [u64],
    looks: &'run [Looks],
    detectors: &'run Detectors<'run>,
}

/// What a quantity counts.
fn drawn_subject(name: DrawnName) -> Subject {
    match name {
        DrawnName::PeoplePerFrame | DrawnName::OccupiedShare => Subject::Person,
        DrawnName::FacesPerFrame => Subject::Face,
    }
}

impl Counts<'_> {
    /// The interval of the mean count at each score threshold, from low to high.
    fn by_threshold(&self, subject: Subject, design: &Design, draws: u64) -> Vec<Option<Interval>> {
        let at = |threshold: f32| {
            let count = |frame| self.from(subject, threshold, frame);
            SystematicSample::of(&design.by_draw(draws, count), design.most()).interval(DRAWN_FRAMES.at(0))
        };
        self.detectors.thresholds(subject).into_iter().map(at).collect()
    }

    fn of(&self, name: DrawnName, frame: u64) -> Option<f64> {
        let subject = drawn_subject(name);
        let count = self.from(subject, self.detectors.threshold(subject)?, frame)?;
        let is_share = name == DrawnName::OccupiedShare;
        Some(if is_share { count.min(1.0) } else { count })
    }

    /// Boxes from a score threshold on.
    fn from(&self, subject: Subject, threshold: f32, mut frame: u64) -> Option<f64> {
        let item = self.lengths.iter().position(|&length| {
            let here = frame < length;
            frame -= if here { 0 } else { length };
            here
        })?;
        let look = self.looks[item].get(&frame)?;
        let found = match subject {
            Subject::Person => look.people.as_deref(),
            Subject::Face => look.faces.as_deref(),
        };
        let counted = found?.iter().filter(|detection| detection.score >= threshold);
        Some(counted.count() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unwatched;
    use crate::detect;
    use crate::detect::detection::Detection;
    use crate::detect::detector::Detector;
    use crate::detect::overlap::Rect;
    use crate::footage::frame::Frame;
    use crate::scripted_run;
    use crate::test_data::{choice, means, means_of, written};
    use std::path::Path;
    use std::process::Command;
    use vsa_base::environment::Environment;
    use vsa_engine::EngineError;
    use vsa_plan::{EngineChoice, Family, Tiling, WrittenPlan};
    use vsa_record::{Caveat, Record};
    use vsa_statistics::streams::Stream;
    use vsa_test_data::{clip, measured, model, skipped};

    /// A run on a series that is known in full: how many frames were looked at, and what is said of each quantity.
    fn drawn(series: &[f64], target: f64, seed: u64) -> (usize, Vec<(DrawnName, f64, Interval)>) {
        let design = Design::new(series.len() as u64, seed);
        let names = [DrawnName::PeoplePerFrame, DrawnName::OccupiedShare];
        let count = |name, frame: u64| {
            let people = series[usize::try_from(frame).unwrap()];
            Some(if name == DrawnName::OccupiedShare {
                people.min(1.0)
            } else {
                people
            })
        };
        let mut draws = FIRST_DRAWS.min(design.most());
        loop {
            let judged = judged(&design, draws, &names, &count);
            match next_draws(&design, draws, target, &judged) {
                Some(more) => draws = more,
                None => return (design.drawn(0, draws).count(), judged),
            }
        }
    }

    /// How often, of 200 seeds, each interval holds the value of the full run; and the share of frames looked at.
    fn coverage(series: &[f64], target: f64) -> ([usize; 2], f64) {
        let frames = series.len() as f64;
        let occupied = series.iter().filter(|count| **count > 0.0).count() as f64;
        let truth = [series.iter().sum::<f64>() / frames, occupied / frames];
        let (mut held, mut looked_at) = ([0; 2], 0);
        for seed in 0..200 {
            let (frames, judged) = drawn(series, target, seed);
            looked_at += frames;
            for (at, (_, _, interval)) in judged.iter().enumerate() {
                let holds = (interval.low - 1e-9..=interval.high + 1e-9).contains(&truth[at]);
                held[at] += usize::from(holds);
            }
        }
        (held, looked_at as f64 / 200.0 / frames)
    }

    #[test]
    fn every_frame_belongs_to_one_draw_and_a_seed_tells_the_order() {
        for frames in [1, 15, 16, 17, 795, 1000] {
            let design = Design::new(frames, 7);
            let mut all: Vec<u64> = design.drawn(0, design.most()).collect();
            all.sort_unstable();
            assert_eq!(all, (0..frames).collect::<Vec<_>>());
        }
        let starts = |seed| Design::new(795, seed).starts;
        assert_eq!(starts(1), starts(1));
        assert_ne!(starts(1), starts(2));
    }

    #[test]
    fn what_is_counted_in_full_has_no_interval_left_and_a_constant_is_not_taken_for_certain() {
        let all: Vec<Vec<f64>> = vec![vec![1.0, 2.0], vec![3.0]];
        let full = SystematicSample::of(&all, 2);
        let interval = full.interval(DRAWN_FRAMES.at(1)).unwrap();
        assert_eq!((full.mean(), interval.low, interval.high), (Some(2.0), 2.0, 2.0));
        let same = SystematicSample::of(&vec![vec![1.0; 16]; 12], 48);
        let interval = same.interval(DRAWN_FRAMES.at(1)).unwrap();
        // Wilson's lower end for 192 of 192 is 192 / (192 + z^2) = 0.9804; a quarter of all draws are made.
        let open = (1.0 - 192.0 / (192.0 + 1.959_964 * 1.959_964)) * 0.75_f64.sqrt();
        assert!((interval.low - (1.0 - open)).abs() < 1e-6, "{interval:?}");
    }

    #[test]
    fn an_hour_that_changes_slowly_is_known_from_a_small_part_of_it() {
        // Visits by a slow wave and by chance, one hour at 10 frames a second.
        let series: Vec<f64> = (0..36_000u64)
            .map(|frame| {
                let wave = 4.0 + 3.0 * (frame as f64 / 5000.0).sin();
                (wave + draw_below(Stream::simulated(77), frame / 40, 5) as f64).floor()
            })
            .collect();
        let (held, share) = coverage(&series, 0.05);
        assert!(held.iter().all(|held| *held >= 186), "{held:?} of 200");
        assert!(share < 0.05, "looked at {share} of the frames");
    }

    /// Finds as many as the picture's first corner is bright.
    struct Corner;

    impl Detector for Corner {
        fn detect(&mut self, frame: &Frame<'_>, out: &mut Vec<Detection>) -> Result<(), EngineError> {
            let sum: u32 = frame.rgb[..96].iter().map(|&value| u32::from(value)).sum();
            let one = |at: u32| Detection::plain(Rect::sized(at as f32, 1.0, 4.0, 9.0), 0.9);
            out.extend((0..sum % 5).map(one));
            Ok(())
        }
    }

    fn drawn_from(video: &Path, jobs: usize) -> Record {
        let plan = WrittenPlan {
            precision_target: Some(0.15),
            precision_seed: Some(7),
            ..written("item-1", video, None)
        };
        let plan = plan.check(means()).unwrap();
        let run = scripted_run::run(&plan, "corner", jobs, || Ok(Box::new(Corner)));
        run.unwrap().record
    }

    #[test]
    fn drawn_frames_show_the_same_whether_the_others_are_decoded_or_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let [in_part, whole] = ["in-part.mp4", "whole.mkv"].map(|name| folder.path().join(name));
        let make = |arguments: &str, out: &Path| {
            let mut ffmpeg = Command::new("ffmpeg");
            ffmpeg.args(["-nostdin", "-loglevel", "error", "-y"]);
            ffmpeg.args(arguments.split_whitespace()).arg(out);
            ffmpeg.status().unwrap().success()
        };
        let moving = "-f lavfi -i testsrc2=size=64x48:rate=25:duration=200";
        if !make(
            &format!("{moving} -c:v libx264 -preset ultrafast -g 25 -bf 2"),
            &in_part,
        ) {
            skipped("drawn_frames_show_the_same…", "needs an ffmpeg with libx264");
            return;
        }
        // The same pixels at the same times in a codec of which no parts are decoded.
        assert!(make(
            &format!("-i {} -c:v ffv1", in_part.to_str().unwrap()),
            &whole
        ));
        let (part, again, all) = (
            drawn_from(&in_part, 1),
            drawn_from(&in_part, 2),
            drawn_from(&whole, 2),
        );
        assert_eq!(part, again, "the same bytes from any number of workers");
        assert_eq!(part.measurements, all.measurements);
        let (drawn, of_all) = (part.drawn.unwrap(), all.drawn.unwrap());
        assert_eq!(drawn.decoded_whole, []);
        assert_eq!(of_all.decoded_whole[0].reason, WhyWhole::Codec);
        assert_eq!(
            (drawn.looked_at, drawn.passes, drawn.draws),
            (of_all.looked_at, of_all.passes, of_all.draws)
        );
        let frames = part.items[0].frames;
        assert_eq!((frames.there(), frames.looked_at), (5000, drawn.looked_at));
        assert!(
            frames.passed_over > 1000 && frames.decoded >= frames.looked_at,
            "{frames:?}"
        );
        assert_eq!(all.items[0].frames.decoded, 5000);
        let sampled = |caveat: &Caveat| matches!(caveat, Caveat::FramesSampled { decoded: 5000, .. });
        assert!(part.caveats.iter().any(sampled) && all.caveats.iter().any(sampled));
    }

    /// People in each frame of the PETS clip, as the core set's person model counts them.
    fn pets() -> Option<Vec<f64>> {
        let (clip, path) = (clip()?, model("ssdlite-pedestrian.pb")?);
        let environment = Environment::new(None);
        let model = choice(path, Family::Ssdlite, (300, 300));
        let loaded = [(
            Subject::Person,
            detect::load(&model, &Tiling::NONE, &EngineChoice::EMBEDDED).unwrap(),
        )];
        let plan = written("pets", &clip, None).check(means_of(vec![model])).unwrap();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        let mut run = ItemRun {
            plan: &plan,
            footage: &plan.footage[0],
            environment: &environment,
            pool: &pool,
            watcher: &mut Unwatched,
        };
        let detectors = Detectors::new(&loaded, &[], 1, &[]);
        let mut series = Vec::new();
        let all = (0..795).collect();
        let threshold = loaded[0].1.score_threshold();
        run.look_at(all, &detectors, &mut |look| {
            let people = look.people.unwrap();
            series.push(people.iter().filter(|found| found.score >= threshold).count() as f64);
        })
        .unwrap();
        Some(series)
    }

    #[test]
    fn over_200_seeds_on_pets_the_interval_holds_the_full_run() {
        let test = "over_200_seeds_on_pets_the_interval_holds_the_full_run";
        let Some(series) = pets() else {
            skipped(test, "needs VSA_AUDIT_TEST_FRAMES and ssdlite-pedestrian.pb");
            return;
        };
        assert_eq!(series.len(), 795);
        for target in [0.1, 0.05, 0.02] {
            let (held, share) = coverage(&series, target);
            measured(&format!(
                "PETS, target {target}: people per frame held in {} of 200, occupied share in {}; {:.0} % of frames looked at",
                held[0],
                held[1],
                100.0 * share
            ));
            assert!(
                held.iter().all(|held| *held >= 186),
                "target {target}: {held:?} of 200"
            );
        }
    }
}
