//! Figures worked out by hand, on a few boxes; and intervals held to what they promise, by simulation.

use super::at_threshold::{AtThreshold, calibration_error};
use super::checks;
use super::clusters::Clusters;
use super::coco::Coco;
use super::groups::precision;
use super::labels::Sequence;
use super::pair::{FoundBox, Paired, PairedPicture, TruthBox};
use super::region::Region;
use super::voc;
use vsa_record::scores::{Check, Resampled};
use vsa_statistics::generator::draw_below;
use vsa_statistics::proportion;
use vsa_statistics::proportion::Share;
use vsa_statistics::streams::Stream;

fn square(left: f64) -> Region {
    Region {
        left,
        top: 0.0,
        width: 10.0,
        height: 10.0,
    }
}

/// A picture with squares of ten pixels at these places, and detections at others with their scores.
fn picture(number: i64, truth: &[f64], found: &[(f64, f64)]) -> PairedPicture {
    PairedPicture {
        sequence: 0,
        number: Some(number),
        name: None,
        size: None,
        truth: truth
            .iter()
            .enumerate()
            .map(|(at, left)| TruthBox {
                region: square(*left),
                class: 0,
                area: 100.0,
                crowd: false,
                ignored: false,
                subject: None,
                source: usize::try_from(number).unwrap() * 1000 + at,
            })
            .collect(),
        found: found
            .iter()
            .map(|(left, score)| FoundBox {
                region: square(*left),
                class: 0,
                score: *score,
                track: None,
                source: 0,
            })
            .collect(),
    }
}

fn paired(pictures: Vec<PairedPicture>, sequence: Sequence) -> Paired {
    Paired {
        sequences: vec![sequence],
        classes: vec!["face".to_owned()],
        pictures,
        checks: Vec::new(),
        normalised: false,
        coco: false,
    }
}

fn near(got: f64, wanted: f64) {
    assert!((got - wanted).abs() < 1e-12, "{got} instead of {wanted}");
}

#[test]
fn a_false_box_between_two_true_ones_costs_a_sixth_at_every_point() {
    // Precision 1/1 at recall 1/2, then 2/3 at recall 1: 1/2 * 1 + 1/2 * 2/3.
    let pairs = paired(
        vec![picture(
            1,
            &[0.0, 100.0],
            &[(0.0, 0.9), (500.0, 0.8), (100.0, 0.7)],
        )],
        Sequence::stills(),
    );
    near(
        voc::area(&voc::tallies(&pairs.pictures, 1, 0.5)[0], None).unwrap(),
        5.0 / 6.0,
    );
    // COCO reads 51 points (recall 0 to 0.50) at 1 and 50 at 2/3.
    let coco = Coco::of(&pairs).twelve(None).figures;
    assert!((coco[1].unwrap() - (51.0 + 50.0 * 2.0 / 3.0) / 101.0).abs() < 1e-12);
    // Labels of 10 x 10 pixels are small; there are none of another size.
    assert!(coco[3].is_some() && coco[4].is_none() && coco[5].is_none());
}

#[test]
fn a_weight_of_two_is_the_same_as_the_picture_twice() {
    let one = || picture(1, &[0.0, 100.0], &[(0.0, 0.9), (500.0, 0.8)]);
    let other = || picture(2, &[0.0], &[(200.0, 0.85), (0.0, 0.3)]);
    let twice = paired(vec![one(), one(), other()], Sequence::stills());
    let weighted = paired(vec![one(), other()], Sequence::stills());
    let (a, b) = (
        Coco::of(&twice).twelve(None).figures,
        Coco::of(&weighted).twelve(Some(&[2, 1])).figures,
    );
    for (a, b) in a.into_iter().zip(b) {
        assert_eq!(a.is_some(), b.is_some());
        assert!((a.unwrap_or(0.0) - b.unwrap_or(0.0)).abs() < 1e-12);
    }
    let (a, b) = (
        AtThreshold::of(&twice, 0.5, None),
        AtThreshold::of(&weighted, 0.5, None),
    );
    assert_eq!(a.sums(None), b.sums(Some(&[2, 1])));
    near(
        a.missed(&[], None).unwrap().log_average,
        b.missed(&[], Some(&[2, 1])).unwrap().log_average,
    );
    near(
        calibration_error(&a.reliability(None)).unwrap(),
        calibration_error(&b.reliability(Some(&[2, 1]))).unwrap(),
    );
}

#[test]
fn what_is_ignored_takes_its_detection_out_of_the_count() {
    let mut one = picture(1, &[0.0, 100.0], &[(0.0, 0.9), (100.0, 0.8), (300.0, 0.7)]);
    one.truth[1].ignored = true;
    let at = AtThreshold::of(&paired(vec![one], Sequence::stills()), 0.5, None);
    let sums = at.sums(None);
    assert_eq!((sums.labels, sums.right, sums.wrong), (1.0, 1.0, 1.0));
}

#[test]
fn the_threshold_takes_detections_and_labels_found_by_them_away() {
    let pairs = paired(
        vec![picture(
            1,
            &[0.0, 100.0],
            &[(0.0, 0.9), (100.0, 0.2), (300.0, 0.1)],
        )],
        Sequence::stills(),
    );
    let at = AtThreshold::of(&pairs, 0.5, Some(0.5));
    assert_eq!((at.sums(None).right, at.sums(None).wrong), (1.0, 0.0));
    assert_eq!(at.fates().filter(|(_, found)| *found).count(), 1);
}

#[test]
fn the_miss_rate_averages_nine_rates_in_the_logarithm() {
    // 200 pictures, 4 labels. Best first: two right, one wrong (0.005 per picture), one right, then wrong for good.
    let mut pictures: Vec<_> = (1..=200).map(|number| picture(number, &[], &[])).collect();
    pictures[0] = picture(
        1,
        &[0.0, 50.0, 100.0, 150.0],
        &[(0.0, 0.9), (50.0, 0.8), (400.0, 0.7), (100.0, 0.6), (500.0, 0.5)],
    );
    let at = AtThreshold::of(&paired(pictures, Sequence::stills()), 0.5, None);
    // At 0.01 and all rates above, three of four are found before the rate is passed: a quarter is missed.
    near(at.missed(&[], None).unwrap().log_average, 0.25);
}

#[test]
fn calibration_by_hand() {
    // Scores 0.95 (right), 0.93 (wrong): mean 0.94, half right; 0.15 (right): all right.
    let pairs = paired(
        vec![picture(
            1,
            &[0.0, 100.0],
            &[(0.0, 0.95), (300.0, 0.93), (100.0, 0.15)],
        )],
        Sequence::stills(),
    );
    let at = AtThreshold::of(&pairs, 0.5, None);
    near(
        calibration_error(&at.reliability(None)).unwrap(),
        2.0 / 3.0 * (0.94 - 0.5) + 1.0 / 3.0 * (1.0 - 0.15),
    );
}

#[test]
fn false_alarms_are_counted_by_the_hour_only_where_time_is_known() {
    let pictures = || {
        (1..=50)
            .map(|number| picture(number, &[], &[(0.0, 0.9)]))
            .collect()
    };
    let hall = |rate: Option<f64>| paired(pictures(), Sequence::in_time("hall", rate));
    let without = AtThreshold::of(&hall(None), 0.5, None);
    assert_eq!(without.sums(None).wrong_per_hour(), None);
    // 50 frames at 25 a second are 2 s; 50 in 2 s are 90,000 in an hour.
    let with = AtThreshold::of(&hall(Some(25.0)), 0.5, None);
    assert!((with.sums(None).wrong_per_hour().unwrap() - 90_000.0).abs() < 1e-6);
}

#[test]
fn boxes_at_half_the_size_and_corners_for_sizes_are_noticed() {
    let at = |scale: f64, corners: bool| {
        let mut pictures: Vec<_> = (1..=20)
            .map(|number| picture(number, &[40.0, 90.0], &[(40.0, 0.9), (90.0, 0.8)]))
            .collect();
        for one in pictures.iter_mut().flat_map(|picture| &mut picture.found) {
            one.region = one.region.scaled(scale, scale);
            if corners {
                one.region = Region {
                    width: one.region.right(),
                    height: one.region.bottom(),
                    ..one.region
                };
            }
        }
        let mut pairs = paired(pictures, Sequence::stills());
        checks::look(&mut pairs);
        pairs.checks
    };
    let halved = at(0.5, false);
    assert!(
        halved
            .iter()
            .any(|check| matches!(check, Check::ScaleDiffers { factor, .. } if (factor - 2.0).abs() < 1e-9)),
        "{halved:?}"
    );
    let corners = at(1.0, true);
    assert!(
        corners
            .iter()
            .any(|check| matches!(check, Check::SizesAreCorners { .. })),
        "{corners:?}"
    );
    assert!(at(1.0, false).is_empty(), "nothing is wrong with boxes that fit");
}

#[test]
fn the_interval_over_clusters_holds_the_truth_in_about_95_of_100_simulations() {
    // Each of 25 pictures has its own difficulty and 2 to 9 boxes: boxes of a picture resemble each other.
    let (simulations, pictures) = (400u64, 25usize);
    let uniform =
        |stream: u64, counter: u64| draw_below(Stream::simulated(stream), counter, 1_000_000) as f64 / 1e6;
    let clusters = Clusters {
        of_picture: (0..pictures as u32).collect(),
        n: pictures,
        resampled: Resampled::Pictures { n: pictures as u64 },
    };
    // Difficulty 0.4 to 0.9, evenly, whatever the number of boxes: the truth is 0.65.
    let mut covered = 0u32;
    for simulation in 0..simulations {
        let stream = 77 + simulation;
        let outcomes: Vec<(f64, f64)> = (0..pictures as u64)
            .map(|at| {
                let chance = 0.4 + 0.5 * uniform(stream, at * 100);
                let boxes = 2 + draw_below(Stream::simulated(stream), at * 100 + 1, 8) as u64;
                let hits = (0..boxes)
                    .filter(|one| uniform(stream, at * 100 + 2 + one) < chance)
                    .count();
                (hits as f64, boxes as f64)
            })
            .collect();
        let recall = |times: &dyn Fn(usize) -> f64| {
            let (hits, boxes) = outcomes
                .iter()
                .enumerate()
                .fold((0.0, 0.0), |(hits, boxes), (at, one)| {
                    (hits + times(at) * one.0, boxes + times(at) * one.1)
                });
            hits / boxes
        };
        let replicates = clusters.replicates(400, |times| vec![Some(recall(&|at| f64::from(times[at])))]);
        let interval = clusters.interval(recall(&|_| 1.0), &replicates[0], (0.0, 1.0), 100);
        covered += u32::from(interval.low <= 0.65 && 0.65 <= interval.high);
    }
    let share = f64::from(covered) / simulations as f64;
    assert!((0.92..=0.98).contains(&share), "{share}");
}

#[test]
fn one_label_found_leaves_everything_open() {
    // 100 pictures, one label, found: nothing is known of what a second label would show.
    let mut pictures: Vec<_> = (1..=100).map(|number| picture(number, &[], &[])).collect();
    pictures[0] = picture(1, &[0.0], &[(0.0, 0.9)]);
    let pairs = paired(pictures, Sequence::stills());
    let clusters = Clusters::of(&pairs);
    let coco = Coco::of(&pairs);
    let replicates = clusters.replicates(100, |times| {
        vec![coco.twelve(Some(&clusters.by_picture(times))).figures[1]]
    });
    let interval = clusters.interval(
        coco.twelve(None).figures[1].unwrap(),
        &replicates[0],
        (0.0, 1.0),
        1,
    );
    assert!(interval.low.abs() < 1e-12 && interval.high <= 1.0, "{interval:?}");
}

/// Six labels in three pictures, of two groups by turns. Best first: right a, wrong, right b, right a, wrong, right b.
/// For a (3 labels): hits at precision 1/1 and 2/3 (one wrong before it, b's hit passed over): recall 1/3 and 2/3.
/// The 101 recalls: 0 to 0.33 at 1, 0.34 to 0.66 at 2/3, none beyond: (34 + 33 * 2/3) / 101.
/// For b (3 labels): 1/2 and 2/4, so 1/2 up to 0.66: 67 / 2 / 101.
#[test]
fn average_precision_by_group_passes_over_what_finds_another_group() {
    let paired = paired(
        vec![
            picture(1, &[0.0, 100.0], &[(0.0, 0.9), (500.0, 0.8), (100.0, 0.7)]),
            picture(2, &[0.0, 100.0], &[(0.0, 0.6), (500.0, 0.5)]),
            picture(3, &[0.0, 100.0], &[(100.0, 0.4)]),
        ],
        Sequence::stills(),
    );
    let at = AtThreshold::of(&paired, 0.5, None);
    let group = |source: usize| if source.is_multiple_of(2) { 0 } else { 1 };
    let values = precision::averages_of(at.rankings(), 2, group);
    assert!(
        (values[0].unwrap() - (34.0 + 33.0 * 2.0 / 3.0) / 101.0).abs() < 1e-12,
        "{values:?}"
    );
    assert!(
        (values[1].unwrap() - 67.0 / 2.0 / 101.0).abs() < 1e-12,
        "{values:?}"
    );
    // All together: 1, 2/3, 3/4, 4/6 at recalls 1/6, 2/6, 3/6, 4/6; the envelope is 1, 3/4, 3/4, 2/3.
    let all = (17.0 + 17.0 * 0.75 + 17.0 * 0.75 + 16.0 * 2.0 / 3.0) / 101.0;
    assert!((values[2].unwrap() - all).abs() < 1e-12, "{values:?} {all}");
}

/// Two groups in four strata with other shares and spreads: the interval of the standardised difference.
#[test]
fn the_interval_of_a_standardised_difference_holds_it_in_about_95_of_100_simulations() {
    let strata = [
        (0.9, 0.85, 40, 10),
        (0.7, 0.6, 30, 20),
        (0.5, 0.35, 20, 30),
        (0.2, 0.1, 10, 40),
    ];
    let all: f64 = strata.iter().map(|(_, _, n, m)| f64::from(n + m)).sum();
    let truth: f64 = strata
        .iter()
        .map(|(p, q, n, m)| f64::from(n + m) / all * (p - q))
        .sum();
    let (mut counter, mut held) = (0u64, 0u32);
    let mut hits = |share: f64, cases: u32| {
        let mut hits = 0;
        for _ in 0..cases {
            hits += u64::from(
                (draw_below(Stream::simulated(77), counter, 1 << 30) as f64) < share * f64::from(1 << 30),
            );
            counter += 1;
        }
        Share {
            hits,
            cases: u64::from(cases),
        }
    };
    for _ in 0..2000 {
        let drawn: Vec<(Share, Share)> = strata
            .iter()
            .map(|(p, q, n, m)| (hits(*p, *n), hits(*q, *m)))
            .collect();
        let found = proportion::standardised(&drawn).unwrap();
        held += u32::from(found.interval.low <= truth && truth <= found.interval.high);
    }
    // An independent simulation of 20,000 gives 94.0 %: the smallest strata hold ten cases.
    assert!((1850..=1930).contains(&held), "{held} of 2000");
}
