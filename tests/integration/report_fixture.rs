//! Records written by hand, in the shape of PETS 2009 S2.L1: one public, one undeclared with cells withheld.
//! The values are plausible, not measured; canaries stand in cells that must be withheld.

use std::collections::BTreeMap;
use vsa_audits::{AuditId, Finding, Group, Limit, Side, Threshold, ThresholdSource, Verdict};
use vsa_record::caveat::Caveat;
use vsa_record::disclosure::{Cell, DataBasis, DisclosurePolicy};
use vsa_record::estimate::{Estimate, Interval, IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_record::facts::{
    EngineFacts, FrameCounts, ItemFacts, ItemKind, ModelFacts, PlanFacts, TilingFacts, ToolFacts,
};
use vsa_record::measurements::{
    Bin, DensityAssumptions, Dwell, FaceExposure, Followability, Level, LevelShare, LongerThan, Measurements,
    Missing, Outcome, PlaceMap, Presence, Quantile, TimeBin,
};
use vsa_record::reading::{Capability, CapabilityRow};
use vsa_record::sensitivity::{Rung, ScoreSweep, SecondDetector, Sensitivity};
use vsa_record::{Record, SCHEMA};

/// Stands in cells with 3 people behind them, which the strict rule withholds. Seen nowhere else.
pub(crate) const CANARY: u64 = 918_273;
/// The same as a fraction.
pub(crate) const CANARY_SHARE: f64 = 0.918_273;

/// The policy for a public dataset.
pub(crate) fn public() -> DisclosurePolicy {
    DisclosurePolicy::new(DataBasis::Public, None, None).expect("a public dataset needs no reason")
}

fn estimate(unit: Unit, values: [f64; 3], method: IntervalMethod, n: u64, of: SampledThing) -> Estimate {
    let [value, low, high] = values;
    let block = (method == IntervalMethod::BlockBootstrap).then_some(53);
    Estimate {
        value,
        unit,
        interval: Interval {
            low,
            high,
            level: 0.95,
            method,
            block,
        },
        sample: SampleSize { n, of },
    }
}

fn share_of_tracks(values: [f64; 3], n: u64) -> Estimate {
    estimate(
        Unit::Ratio,
        values,
        IntervalMethod::Wilson,
        n,
        SampledThing::Tracks,
    )
}

fn per_frame(unit: Unit, values: [f64; 3]) -> Estimate {
    estimate(
        unit,
        values,
        IntervalMethod::BlockBootstrap,
        795,
        SampledThing::Frames,
    )
}

fn quantiles(
    policy: &DisclosurePolicy,
    unit: Unit,
    of: SampledThing,
    n: u64,
    people: u64,
    values: &[(f64, Option<[f64; 3]>)],
) -> Vec<Quantile> {
    values
        .iter()
        .map(|(at, v)| Quantile {
            at: *at,
            estimate: v
                .map(|v| policy.cell(estimate(unit, v, IntervalMethod::OrderStatistics, n, of), people)),
        })
        .collect()
}

fn presence(policy: &DisclosurePolicy, canaries: bool) -> Presence {
    let frames = [0, 0, 31, 66, 121, 143, 162, 158, 84, 26, 4];
    let means = [
        4.1, 5.2, 6.0, 6.8, 7.1, 6.6, 5.9, 5.1, 4.4, 4.9, 5.6, 6.2, 6.9, 7.4, 7.9, 7.2, 6.1, 5.0, 4.2, 3.8,
    ];
    Presence {
        frames: 795,
        people_per_frame: policy.cell(per_frame(Unit::PeoplePerFrame, [5.849, 5.213, 6.488]), 19),
        occupied_share: policy.cell(per_frame(Unit::Ratio, [1.0, 0.987, 1.0]), 19),
        peak: policy.cell(if canaries { CANARY } else { 10 }, if canaries { 3 } else { 10 }),
        distinct_people: Some(policy.cell(19, 19)),
        frames_by_people: frames
            .iter()
            .enumerate()
            .map(|(i, n)| {
                let hidden = canaries && i > 7;
                Bin {
                    low: i as f64,
                    high: (i + 1 < frames.len()).then_some(i as f64 + 1.0),
                    count: policy.cell(if hidden { CANARY } else { *n }, if hidden { 3 } else { 19 }),
                }
            })
            .collect(),
        over_time: means
            .iter()
            .enumerate()
            .map(|(i, mean)| {
                let hidden = canaries && i % 5 == 4;
                TimeBin {
                    item: "pets09-s2l1".into(),
                    from_seconds: i as f64 * 5.7,
                    to_seconds: (i as f64 + 1.0) * 5.7,
                    frames: 40,
                    people_per_frame: policy.cell(
                        if hidden { CANARY_SHARE } else { *mean },
                        if hidden { 3 } else { 12 },
                    ),
                }
            })
            .collect(),
        sightings: policy.cell(4650, 19),
        places: vec![places(policy, canaries)],
    }
}

/// Everybody walks along the middle row; the cells at its ends are visited by few.
fn places(policy: &DisclosurePolicy, canaries: bool) -> PlaceMap {
    let visits = |cell: u64| match cell {
        96..=98 => 3,
        99..=108 => 11 + cell % 7,
        _ => 0,
    };
    PlaceMap {
        item: "pets09-s2l1".into(),
        width: 768,
        height: 576,
        columns: 16,
        rows: 12,
        visits: (0..192)
            .map(|cell| {
                let people = visits(cell);
                let hidden = canaries && people == 3;
                policy.cell(if hidden { CANARY } else { people }, people)
            })
            .collect(),
    }
}

fn levels(
    policy: &DisclosurePolicy,
    canaries: bool,
    at_best: [(f64, f64, f64); 12],
    n: u64,
) -> Vec<LevelShare> {
    Level::ALL
        .into_iter()
        .zip(at_best)
        .map(|(level, (value, low, high))| {
            let behind = (value * 19.0).round() as u64;
            let hidden = canaries && behind > 0 && behind < 11;
            let (value, people) = if hidden { (CANARY_SHARE, 3) } else { (value, 19) };
            let of_sightings = estimate(
                Unit::Ratio,
                [value * 0.8, low * 0.8, high * 0.9],
                IntervalMethod::TrackBootstrap,
                4650,
                SampledThing::Sightings,
            );
            LevelShare {
                standard: level.standard(),
                level,
                pixels_per_metre: level.pixels_per_metre(),
                share_of_sightings: policy.cell(of_sightings, people),
                share_of_people: Some(policy.cell(share_of_tracks([value, low, high], n), people)),
            }
        })
        .collect()
}

fn faces(policy: &DisclosurePolicy, canaries: bool) -> FaceExposure {
    let (all, none, most) = ((1.0, 0.832, 1.0), (0.0, 0.0, 0.168), (0.526, 0.317, 0.727));
    let edges = [4.0, 6.0, 8.0, 10.0, 12.0, 16.0, 20.0, 30.0, 40.0, 60.0, 80.0];
    let counts = [3, 27, 96, 141, 48, 11, 2, 0, 0, 0, 0];
    FaceExposure {
        frames: 795,
        faces_per_frame: policy.cell(per_frame(Unit::FacesPerFrame, [0.413, 0.322, 0.521]), 12),
        distinct_faces: Some(policy.cell(14, 14)),
        sightings: policy.cell(328, 14),
        sized_sightings: policy.cell(328, 14),
        people_with_face: Some(policy.cell(share_of_tracks([0.632, 0.410, 0.809], 19), 19)),
        face_heights: edges
            .iter()
            .enumerate()
            .map(|(i, low)| {
                let hidden = canaries && counts[i] > 0 && counts[i] < 40;
                Bin {
                    low: *low,
                    high: edges.get(i + 1).copied(),
                    count: policy.cell(
                        if hidden { CANARY } else { counts[i] },
                        if hidden {
                            3
                        } else if counts[i] == 0 {
                            0
                        } else {
                            14
                        },
                    ),
                }
            })
            .collect(),
        face_height_quantiles: quantiles(
            policy,
            Unit::Pixels,
            SampledThing::Sightings,
            328,
            14,
            &[
                (0.1, Some([7.4, 7.1, 7.7])),
                (0.5, Some([10.2, 9.8, 10.5])),
                (0.9, Some([13.4, 12.7, 14.6])),
            ],
        ),
        assumptions: DensityAssumptions {
            face_width_metres: 0.16,
            body_height_metres: 1.7,
            whole_bodies: true,
        },
        levels_from_faces: levels(
            policy,
            canaries,
            [
                all,
                all,
                most,
                none,
                none,
                all,
                all,
                (0.158, 0.055, 0.376),
                none,
                none,
                none,
                none,
            ],
            14,
        ),
        frontal: None,
        levels_from_bodies: levels(
            policy,
            canaries,
            [
                all,
                all,
                (0.211, 0.085, 0.433),
                none,
                none,
                all,
                (0.895, 0.686, 0.971),
                none,
                none,
                none,
                none,
                none,
            ],
            19,
        ),
        body_density_quantiles: quantiles(
            policy,
            Unit::PixelsPerMetre,
            SampledThing::Sightings,
            4650,
            19,
            &[
                (0.1, Some([32.4, 30.9, 34.0])),
                (0.5, Some([44.7, 42.8, 47.1])),
                (0.9, Some([60.2, 57.1, 64.8])),
            ],
        ),
    }
}

fn measurements(policy: &DisclosurePolicy, canaries: bool) -> Measurements {
    let tracks = SampledThing::Tracks;
    Measurements {
        presence: Outcome::Measured(presence(policy, canaries)),
        face_exposure: Outcome::Measured(faces(policy, canaries)),
        followability: Outcome::Measured(Followability {
            people: policy.cell(19, 19),
            fragments_per_person: policy.cell(
                estimate(
                    Unit::Fragments,
                    [1.42, 1.16, 1.79],
                    IntervalMethod::TrackBootstrap,
                    19,
                    tracks,
                ),
                19,
            ),
            followed_seconds: quantiles(
                policy,
                Unit::Seconds,
                tracks,
                19,
                19,
                &[
                    (0.1, None),
                    (0.25, Some([16.2, 7.9, 24.8])),
                    (0.5, Some([30.4, 19.6, 42.3])),
                    (0.75, Some([46.1, 31.0, 75.8])),
                    (0.9, None),
                ],
            ),
            seen_share: policy.cell(
                estimate(
                    Unit::Ratio,
                    [0.961, 0.938, 0.979],
                    IntervalMethod::TrackBootstrap,
                    19,
                    tracks,
                ),
                19,
            ),
            edge_to_edge_share: Some(policy.cell(share_of_tracks([0.579, 0.363, 0.769], 19), 19)),
            unbroken_share: policy.cell(share_of_tracks([0.737, 0.512, 0.882], 19), 19),
        }),
        dwell: Outcome::Measured(Dwell {
            people: policy.cell(19, 19),
            censored: policy.cell(if canaries { CANARY } else { 7 }, if canaries { 3 } else { 7 }),
            stay_quantiles: quantiles(
                policy,
                Unit::Seconds,
                tracks,
                19,
                19,
                &[(0.5, Some([33.7, 21.2, 52.5])), (0.9, None)],
            ),
            stays: Vec::new(),
            longer_than: [
                (10.0, Some([0.895, 0.641, 0.973])),
                (30.0, Some([0.541, 0.294, 0.736])),
                (60.0, Some([0.218, 0.062, 0.434])),
                (300.0, None),
            ]
            .map(|(seconds, share)| LongerThan {
                seconds,
                share: share.map(|v: [f64; 3]| {
                    policy.cell(
                        estimate(Unit::Ratio, v, IntervalMethod::GreenwoodLogLog, 19, tracks),
                        19,
                    )
                }),
            })
            .into(),
        }),
        capabilities: Capability::ALL
            .map(|capability| CapabilityRow {
                capability,
                outcome: Outcome::NotMeasured {
                    missing: if capability == Capability::Weapons {
                        Missing::NoOpenModel
                    } else {
                        Missing::NotImplementedYet
                    },
                },
            })
            .into(),
    }
}

fn model(name: &str, family: &str, subject: &str, size: (u32, u32), sha256: &str, data: &str) -> ModelFacts {
    ModelFacts {
        name: name.into(),
        family: family.into(),
        subject: subject.into(),
        sha256: sha256.into(),
        weights_sha256: None,
        licence: "MIT".into(),
        input_width: size.0,
        input_height: size.1,
        input: None,
        score_threshold: 0.5,
        candidate_score: 0.05,
        nms_iou: 0.45,
        training_data: data.into(),
        published_figure: Some(format!("{name}: AP 0.5 on some data")),
    }
}

/// A share of 19 tracks with some interval.
pub(crate) fn share(value: f64) -> Estimate {
    share_of_tracks([value, value - 0.2, value + 0.2], 19)
}

/// A record under `policy`; with canaries in small cells, if the policy withholds these.
pub(crate) fn record(policy: &DisclosurePolicy) -> Record {
    record_with(policy, policy.min_cell() > 1)
}

/// A record under `policy`, with or without canaries in its small cells.
pub(crate) fn record_with(policy: &DisclosurePolicy, canaries: bool) -> Record {
    let tiles = |columns, rows, whole_frame| TilingFacts {
        columns,
        rows,
        overlap: 0.25,
        whole_frame,
    };
    Record {
        schema: SCHEMA.into(),
        tool: ToolFacts {
            name: "vsa-audit".into(),
            version: "0.1.0".into(),
        },
        plan: PlanFacts {
            scene: None,
            data_basis: policy.data_basis(),
            models: vec!["ssdlite-pedestrian".into(), "centerface".into()],
            second_detectors: vec!["yolox-nano".into()],
            fusions: Vec::new(),
            sample_fps: None,
            precision: None,
            person_tiles: tiles(3, 2, true),
            face_tiles: tiles(1, 1, true),
            face_stride: 2,
            thresholds: BTreeMap::new(),
            decoder: "ffmpeg".into(),
        },
        disclosure: policy.clone(),
        items: vec![ItemFacts {
            label: "pets09-s2l1".into(),
            kind: ItemKind::Video,
            sha256: "45cddc9490be69345cbdab64ca583be65987e864ca408038e648db99e10516cf".into(),
            bytes: 8_131_690,
            container: "avi".into(),
            codec: "msmpeg4v2".into(),
            width: 768,
            height: 576,
            duration_seconds: 113.571,
            declared_frame_rate: Some(7.0),
            variable_frame_rate: false,
            decoder: "ffmpeg 5.1.8".into(),
            frames: FrameCounts {
                expected: Some(795),
                decoded: 795,
                passed_over: 0,
                looked_at: 795,
                repeated: 3,
                missing: 0,
                faulty: 1,
                damage_told: true,
            },
            faults: vec!["ac-tex damaged at 22 17".into()],
        }],
        models: vec![
            model(
                "ssdlite-pedestrian",
                "ssdlite",
                "person",
                (300, 300),
                "0f0c4cf1ae3c0a8bd4a7d8a2d2d0cc4d5b2c6c8d7a4e1f90a1b2c3d4e5f60718",
                "not declared by its authors",
            ),
            model(
                "centerface",
                "centerface",
                "face",
                (768, 576),
                "77e394b51108381b4c4f7b4baf1c64ca9f4aba73e5e803b2636419578913b5fe",
                "WIDER FACE",
            ),
            model(
                "yolox-nano",
                "yolox",
                "second_person",
                (416, 416),
                "c3f5a1d2e4b60798c3f5a1d2e4b60798c3f5a1d2e4b60798c3f5a1d2e4b60798",
                "COCO train2017",
            ),
        ],
        engine: EngineFacts {
            name: "tract".into(),
            version: "0.23.9".into(),
            libraries: Vec::new(),
            cpu: "x86_64 (avx2, fma)".to_owned(),
            precision: "f32".into(),
            scripted: false,
        },
        measurements: measurements(policy, canaries),
        robustness: Vec::new(),
        sensitivity: sensitivity(policy, canaries),
        drawn: None,
        caveats: caveats(policy, canaries),
    }
}

/// People at three thresholds, one of them with few people behind it; faces without a model of theirs; a second detector.
fn sensitivity(policy: &DisclosurePolicy, canaries: bool) -> Sensitivity {
    let people = |values, behind| policy.cell(per_frame(Unit::PeoplePerFrame, values), behind);
    let share = |values, n| {
        let method = IntervalMethod::BlockBootstrap;
        Some(policy.cell(
            estimate(Unit::Ratio, values, method, n, SampledThing::Sightings),
            19,
        ))
    };
    let rung = |threshold, per_frame| Rung { threshold, per_frame };
    let few = if canaries {
        people([CANARY_SHARE; 3], 3)
    } else {
        people([0.918, 0.7, 1.1], 19)
    };
    Sensitivity {
        people_by_threshold: Outcome::Measured(ScoreSweep {
            model: "ssdlite-pedestrian".into(),
            own: 0.5,
            cut_off: 0.05,
            frames: 795,
            rungs: vec![
                rung(0.05, people([9.61, 9.02, 10.2], 19)),
                rung(0.5, people([5.85, 5.33, 6.42], 19)),
                rung(0.9, few),
            ],
        }),
        faces_by_threshold: Outcome::NotMeasured {
            missing: Missing::NoFaceModel,
        },
        people_by_second: Outcome::Measured(SecondDetector {
            first: "ssdlite-pedestrian".into(),
            second: "yolox-nano".into(),
            first_threshold: 0.5,
            second_threshold: 0.3,
            overlap: 0.5,
            frames: 795,
            first_per_frame: people([5.85, 5.33, 6.42], 19),
            second_per_frame: people([5.41, 4.95, 5.93], 19),
            difference: people([-0.44, -0.66, -0.21], 19),
            first_boxes: policy.cell(4651, 19),
            second_boxes: policy.cell(4301, 19),
            both_boxes: policy.cell(3980, 19),
            first_matched: share([0.856, 0.831, 0.879], 4651),
            second_matched: share([0.925, 0.907, 0.94], 4301),
        }),
        faces_by_second: Outcome::NotMeasured {
            missing: Missing::NotAskedFor,
        },
    }
}

fn caveats(policy: &DisclosurePolicy, canaries: bool) -> Vec<Caveat> {
    let mut caveats = vec![
        Caveat::NoGroundTruth,
        Caveat::AssumedSizes {
            face_width_metres: 0.16,
            body_height_metres: 1.7,
        },
        Caveat::LevelsFromSecondarySources,
        Caveat::SmallFaces {
            share: policy.cell(0.485, 14),
            pixels: 10.0,
        },
        Caveat::FewTracks { fewer_than: 30 },
        Caveat::PeopleCountedByTracks,
        Caveat::IntervalsSpeakOfThisScene,
        Caveat::FaultyFootage {
            item: "pets09-s2l1".into(),
            faulty: 1,
        },
    ];
    if canaries {
        caveats.push(Caveat::CellsWithheld { cells: 17 });
    }
    caveats
}

/// One finding with this verdict and evidence.
pub(crate) fn finding(
    id: AuditId,
    group: Group,
    verdict: Verdict,
    evidence: Option<Cell<Estimate>>,
) -> Finding {
    Finding {
        id,
        group,
        verdict,
        threshold: Threshold {
            value: 0.5,
            unit: Unit::Ratio,
            side: Side::AtLeast,
            source: ThresholdSource::MajorityConvention,
        },
        evidence,
        limits: vec![Limit::MissedPeopleAreNotCounted, Limit::TracksAreNotChecked],
    }
}

/// Findings of every verdict, in every group.
pub(crate) fn findings(policy: &DisclosurePolicy) -> Vec<Finding> {
    let canaries = policy.min_cell() > 1;
    let tracks = |v| Some(policy.cell(share_of_tracks(v, 19), 19));
    let canary = Some(policy.cell(
        share_of_tracks([CANARY_SHARE; 3], 19),
        if canaries { 3 } else { 19 },
    ));
    let settle = Some(SampleSize {
        n: 180,
        of: SampledThing::Tracks,
    });
    vec![
        finding(
            AuditId::SomebodyIsUsuallyInView,
            Group::Seen,
            Verdict::Meets,
            Some(policy.cell(per_frame(Unit::Ratio, [1.0, 0.987, 1.0]), 19)),
        ),
        finding(
            AuditId::FacesReachRecognition,
            Group::Recognisable,
            Verdict::FallsShort,
            tracks([0.0, 0.0, 0.168]),
        ),
        finding(
            AuditId::BodiesReachObservation,
            Group::Recognisable,
            Verdict::Withheld,
            if canaries { canary } else { None },
        ),
        finding(
            AuditId::PeopleCanBeFollowedThroughTheView,
            Group::Followed,
            Verdict::Inconclusive { would_settle: settle },
            tracks([0.579, 0.363, 0.769]),
        ),
        finding(
            AuditId::LoiteringIsObservable,
            Group::Judged,
            Verdict::NotMeasured {
                missing: Missing::NotWatchedLongEnough,
            },
            None,
        ),
    ]
}
