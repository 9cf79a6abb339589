//! Being the only one who looks so. In: tracks of people with the colours they wear. Out: the share whose description
//! nobody shares, the share who share it with fewer than k people, and how large the groups of those who look alike are.
//!
//! **Definition.** A description is two colour names (see [`colour`](crate::describe::colour)) and a size band:
//! smaller than, as tall as, or taller than usual at the same place in the picture. Usual is a straight line through
//! body heights over foot lines of the item: over flat ground, height in pixels grows in proportion to the distance of the feet from
//! the horizon (Hoiem, Efros and Hebert, *Putting Objects in Perspective*, 2008). Bands begin 10 % below and above,
//! which is ours: statures vary by about 5 %. A person's set is everybody in the footage with the same description; k
//! is the size of the set (Sweeney, *k-anonymity*, 2002). **Unit.** Shares, people. **Interval.** Wilson's, over people: what
//! share would be unique among as many others. **Sensitivity.** More attributes, smaller sets: real systems search by
//! more. The more people, the fewer are unique. A higher score threshold leaves fewer people. **What it cannot tell.**
//! Whether the colour names are right: light moves them, for a searching system as well. A person seen as two tracks is two. Who was
//! never whole in the picture has no description.

use super::axis::{Axis, Support};
use super::beside::Others;
use super::settled::Tally;
use super::{DisclosurePolicy, EndedTrack, Figure, FigureName, ItemStart, Measure, Measured, Missing};
use super::{Reading, Results, Subject, Watched};
use crate::describe::clothing::Clothing;
use crate::detect::whole::is_whole;
use std::collections::BTreeMap;
use vsa_record::estimate::{SampledThing, Unit};
use vsa_record::reading::DistributionName;
use vsa_statistics::streams::SINGLING_OUT;

/// Sets with fewer people than these: unique, and the steps that are usual for k.
const STEPS: [f64; 4] = [2.0, 3.0, 5.0, 11.0];
/// In the order in which they are tried; 1 lies below everybody.
const BY_IMPORTANCE: [f64; 5] = [2.0, 11.0, 5.0, 3.0, 1.0];
/// Edges of the histogram of set sizes.
const SET_EDGES: [f64; 5] = [1.0, 2.0, 3.0, 5.0, 11.0];

/// Below 0.9 and from 1.1 times the usual height on, people differ in size.
const BANDS: [f64; 2] = [0.9, 1.1];

/// With fewer tracks no line is drawn, and nobody differs in size.
const FEWEST_FOR_A_LINE: usize = 5;

/// Upper colour, lower colour, size band.
type Key = (usize, usize, usize);

/// A described track of the present item, whose size band is not known yet.
struct Waiting {
    support: Support,
    clothing: Clothing,
    /// Means over sightings: foot line, height.
    foot: f64,
    height: f64,
    /// Means of foot line squared and of foot line times height.
    foot_squared: f64,
    foot_height: f64,
}

/// Collects descriptions.
#[derive(Default)]
pub(super) struct SinglingOutMeasure {
    size: (u32, u32),
    waiting: Vec<Waiting>,
    people: Vec<(Key, Support)>,
    /// Who has no description.
    others: Tally,
}

impl SinglingOutMeasure {
    fn waiting(&self, ended: &EndedTrack<'_>, clothing: Clothing) -> Option<Waiting> {
        // The height of a box that the edge of the picture cuts says nothing.
        let seen = ended.track.seen();
        let whole = seen.filter(|point| is_whole(&point.rect, self.size));
        let sizes: Vec<[f64; 2]> = whole
            .map(|point| [f64::from(point.rect.bottom), f64::from(point.rect.height())])
            .collect();
        if sizes.is_empty() {
            return None;
        }
        let mean = |of: &dyn Fn(&[f64; 2]) -> f64| sizes.iter().map(of).sum::<f64>() / sizes.len() as f64;
        Some(Waiting {
            support: ended.support,
            clothing,
            foot: mean(&|size| size[0]),
            height: mean(&|size| size[1]),
            foot_squared: mean(&|size| size[0] * size[0]),
            foot_height: mean(&|size| size[0] * size[1]),
        })
    }
}

/// The usual height over a foot line: `height = base + slope * foot`; every track counts as one.
fn usual_height(tracks: &[Waiting]) -> Option<(f64, f64)> {
    if tracks.len() < FEWEST_FOR_A_LINE {
        return None;
    }
    let mean = |of: &dyn Fn(&Waiting) -> f64| tracks.iter().map(of).sum::<f64>() / tracks.len() as f64;
    let (foot, height) = (mean(&|track| track.foot), mean(&|track| track.height));
    let spread = mean(&|track| track.foot_squared) - foot * foot;
    let together = mean(&|track| track.foot_height) - foot * height;
    // Feet that all stand on one line of pixels fix no slope: the mean is then usual.
    let slope = if spread > 1.0 { together / spread } else { 0.0 };
    Some((height - slope * foot, slope))
}

/// 0: smaller than usual, 1: as usual, 2: taller.
fn band(track: &Waiting, usual: Option<(f64, f64)>) -> usize {
    let expected = usual.map(|(base, slope)| base + slope * track.foot);
    expected.filter(|expected| *expected > 0.0).map_or(1, |expected| {
        BANDS
            .iter()
            .filter(|edge| track.height / expected >= **edge)
            .count()
    })
}

impl Measure for SinglingOutMeasure {
    type Found = Reading;

    fn start_item(&mut self, item: &ItemStart<'_>) -> bool {
        self.size = (item.width, item.height);
        true
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        let clothing = ended.looks.as_ref().and_then(|looks| looks.clothing());
        let waiting = clothing.and_then(|clothing| self.waiting(ended, clothing));
        match waiting {
            Some(waiting) => self.waiting.push(waiting),
            None => self.others.add(ended.support),
        }
    }

    fn end_item(&mut self, _watched: &Watched) {
        let tracks = std::mem::take(&mut self.waiting);
        let usual = usual_height(&tracks);
        self.people.extend(tracks.iter().map(|track| {
            let Clothing { upper, lower } = track.clothing;
            (
                (upper as usize, lower as usize, band(track, usual)),
                track.support,
            )
        }));
    }

    fn finish(self, watched: &Watched, policy: &DisclosurePolicy, _: &mut Results) -> Measured<Reading> {
        watched.somebody(Subject::Person)?;
        if self.people.len() < 2 {
            return Err(Missing::TooFewTracks);
        }
        let others = Others::new(self.others.people(), policy);
        Ok(others.reading(reading(&self.people, policy)))
    }
}

fn reading(people: &[(Key, Support)], policy: &DisclosurePolicy) -> Reading {
    let mut sets: BTreeMap<Key, u32> = BTreeMap::new();
    for (key, _) in people {
        *sets.entry(*key).or_insert(0) += 1;
    }
    let mut axis = Axis::new(&SET_EDGES, &BY_IMPORTANCE, 1.0, 100_000.0);
    for (key, support) in people {
        axis.add(*support, std::iter::once(f64::from(sets[key])));
    }
    let fewer = axis.shares_below(policy, &STEPS, SampledThing::Tracks, SINGLING_OUT.at(0));
    let unique = fewer.first().cloned().flatten();
    let mut figures = vec![Figure::new(FigureName::UniqueShare, unique)];
    let fewer = STEPS.iter().zip(fewer);
    figures.extend(fewer.map(|(&at, share)| Figure::new(FigureName::FewerThanShare, share).at(at)));
    let name = (DistributionName::SetSize, Unit::People);
    let sizes = axis.distribution(policy, name, SampledThing::Tracks, SINGLING_OUT.at(1));
    Reading {
        figures,
        distributions: vec![sizes],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::colour::ColourName;
    use vsa_record::disclosure::DataBasis;
    use vsa_statistics::generator::draw_share;
    use vsa_statistics::interval::wilson;
    use vsa_statistics::streams::Stream;

    fn people(sizes: &[usize]) -> Vec<(Key, Support)> {
        let sets = sizes.iter().enumerate();
        sets.flat_map(|(set, &size)| std::iter::repeat_n(((set, 0, 1), Support::Confirmed), size))
            .collect()
    }

    fn open() -> DisclosurePolicy {
        DisclosurePolicy::new(DataBasis::Public, None, None).unwrap()
    }

    #[test]
    fn unique_people_and_small_sets_are_counted_as_by_hand() {
        // Sets of 1, 1, 2, 4 and 12: twenty people, two of them unique.
        let reading = reading(&people(&[1, 1, 2, 4, 12]), &open());
        let values: Vec<(FigureName, Option<f64>, f64)> = reading
            .figures
            .iter()
            .map(|figure| {
                let cell = figure.estimate.as_ref().unwrap();
                (figure.name, figure.at, cell.shown().unwrap().value)
            })
            .collect();
        let expected = [
            (FigureName::UniqueShare, None, 0.1),
            (FigureName::FewerThanShare, Some(2.0), 0.1),
            (FigureName::FewerThanShare, Some(3.0), 0.2),
            (FigureName::FewerThanShare, Some(5.0), 0.4),
            (FigureName::FewerThanShare, Some(11.0), 0.4),
        ];
        for (got, wanted) in values.iter().zip(expected) {
            assert_eq!((got.0, got.1), (wanted.0, wanted.1));
            assert!((got.2 - wanted.2).abs() < 1e-12, "{got:?}");
        }
        let bins = &reading.distributions[0].bins;
        let counts: Vec<u64> = bins.iter().map(|bin| *bin.count.shown().unwrap()).collect();
        assert_eq!(counts, [2, 2, 4, 0, 12]);
        assert!((bins[0].low - 1.0).abs() < 1e-12);
    }

    #[test]
    fn under_the_strict_rule_small_sets_are_told_of_only_where_many_people_are_in_such() {
        // Two unique people among twenty: neither they nor what would give them away is told.
        let hidden = reading(&people(&[1, 1, 2, 4, 12]), &DisclosurePolicy::strict());
        assert!(hidden.figures[0].estimate.as_ref().unwrap().shown().is_none());
        assert!(hidden.distributions[0].bins[0].count.shown().is_none());
        // Thirty unique people and thirty in one set: both may be spoken of.
        let mut sizes = vec![1; 30];
        sizes.push(30);
        let told = reading(&people(&sizes), &DisclosurePolicy::strict());
        let unique = told.figures[0].estimate.as_ref().unwrap().shown().unwrap();
        assert!((unique.value - 0.5).abs() < 1e-12);
        assert!(unique.interval.low < 0.5 && unique.interval.high > 0.5);
    }

    fn standing_at(foot: f64, height: f64) -> Waiting {
        Waiting {
            support: Support::Confirmed,
            clothing: Clothing {
                upper: ColourName::Red,
                lower: ColourName::Blue,
            },
            foot,
            height,
            foot_squared: foot * foot,
            foot_height: foot * height,
        }
    }

    #[test]
    fn size_is_judged_against_what_is_usual_at_the_same_place() {
        // A horizon at row 100, half a pixel of height for each row below it.
        let mut tracks: Vec<Waiting> = (0..40)
            .map(|at| standing_at(200.0 + 10.0 * f64::from(at), 50.0 + 5.0 * f64::from(at)))
            .collect();
        let (base, slope) = usual_height(&tracks).unwrap();
        assert!((slope - 0.5).abs() < 1e-9 && (base + 50.0).abs() < 1e-9);
        let usual = Some((base, slope));
        assert_eq!(band(&standing_at(300.0, 100.0), usual), 1);
        assert_eq!(band(&standing_at(300.0, 89.0), usual), 0, "small for this place");
        assert_eq!(band(&standing_at(300.0, 111.0), usual), 2);
        assert_eq!(
            band(&standing_at(600.0, 250.0), usual),
            1,
            "near, and no taller than others there"
        );
        assert_eq!(
            band(&standing_at(50.0, 10.0), usual),
            1,
            "above the horizon nothing is usual"
        );
        tracks.truncate(4);
        assert!(usual_height(&tracks).is_none(), "four tracks are no measure");
    }

    #[test]
    fn the_interval_of_the_unique_share_holds_what_is_expected_among_as_many_people() {
        // 50 people draw one of 60 descriptions, the common ones more often.
        let (crowd, kinds, repetitions) = (50u64, 60u64, 2000u64);
        let unique = |stream: u64| {
            let mut counts = BTreeMap::new();
            for at in 0..crowd {
                let share = draw_share(Stream::simulated(stream), at);
                let kind = (share * share * kinds as f64) as u64;
                *counts.entry(kind).or_insert(0u64) += 1;
            }
            counts.values().filter(|&&count| count == 1).count() as f64
        };
        let found: Vec<f64> = (0..repetitions).map(|stream| unique(7_000 + stream)).collect();
        let expected = found.iter().sum::<f64>() / repetitions as f64 / crowd as f64;
        let holds = |unique: &&f64| {
            wilson(**unique, crowd as f64).is_some_and(|i| i.low <= expected && expected <= i.high)
        };
        let coverage = found.iter().filter(holds).count() as f64 / repetitions as f64;
        assert!(coverage > 0.93, "{coverage}");
    }
}
