//! What changes when footage is degraded. In: the measurements of the clean run and of every degraded one, and how many
//! people stand behind each. Out: rows of a record.
//!
//! Two runs over the same people differ by those who were found in one and not in the other, and these may be few. So a
//! degraded cell is shown only if every number of people that it tells (those of its run, and those behind its own
//! counts) differs from the clean run's and from every other shown run's by nobody, or by enough. The rest is withheld,
//! and so is what is derived from it.

#[cfg(test)]
mod end_to_end;

use super::measure::agreement::{Agreed, Agreement};
use super::measure::measures::{Contributors, Measures};
use vsa_plan::scene::Scene;
use vsa_record::disclosure::{Cell, DisclosurePolicy};
use vsa_record::estimate::{Estimate, Interval, IntervalMethod, SampledThing, Unit};
use vsa_record::measurements::{Measurements, Quantile};
use vsa_record::reading::{Capability, CapabilityRow};
use vsa_record::robustness::{ComparedQuantity, Perturbation, RobustnessRow};
use vsa_statistics::streams::ROBUSTNESS;

/// Both intervals hold at 95 %, so that both together hold at 90 % at least.
const BOTH_LEVEL: f64 = 0.9;

/// One degraded run on its way.
pub(crate) struct DegradedRun {
    pub(crate) perturbation: Perturbation,
    pub(crate) measures: Measures,
    pub(crate) people: Agreement,
    pub(crate) faces: Agreement,
}

impl DegradedRun {
    pub(crate) fn new(perturbation: Perturbation, scene: &Scene) -> Self {
        Self {
            perturbation,
            measures: Measures::of(scene, None),
            people: Agreement::new(),
            faces: Agreement::new(),
        }
    }
}

/// A quantity of one run. None: not measured there.
struct Quantity {
    of: ComparedQuantity,
    part: Option<String>,
    cell: Option<Cell<Estimate>>,
}

/// What follows from where people are found. Looks are not described in degraded frames: that costs more than finding.
fn by_place(row: &CapabilityRow) -> bool {
    !matches!(
        row.capability,
        Capability::Reidentification
            | Capability::FaceMatching
            | Capability::FaceQuality
            | Capability::Attributes
            | Capability::Emotion
            | Capability::Mask
            | Capability::SinglingOut
    )
}

/// Compares all degraded runs with the clean one.
pub(crate) fn rows(
    policy: &DisclosurePolicy,
    clean: &Measurements,
    behind: Contributors,
    runs: Vec<DegradedRun>,
) -> Vec<RobustnessRow> {
    let reference = quantities(clean);
    // What each shown cell of a quantity tells about numbers of people, the clean one's first.
    let of_clean = |quantity: &Quantity| {
        let counts = shown(quantity).map(|estimate| counts(estimate, behind));
        Vec::from_iter(counts)
    };
    let mut told: Vec<Vec<Vec<u64>>> = reference.iter().map(of_clean).collect();
    let mut agreed_told: Vec<Vec<u64>> = vec![vec![behind.people, behind.faces]];
    let mut rows = Vec::new();
    for (at, run) in runs.into_iter().enumerate() {
        let here = run.measures.contributors();
        let comparable = !behind.stills || policy.min_cell() == 1;
        let streams = ROBUSTNESS.skip(10 * at as u64);
        let people = run.people.finish(behind.people, streams);
        let faces = run.faces.finish(behind.faces, streams.skip(2));
        let of_run = vec![here.people, here.faces];
        let may_agree = comparable && differs_enough(policy, &agreed_told, &of_run);
        if may_agree {
            agreed_told.push(of_run);
        }
        rows.extend(agreement_rows(
            policy,
            run.perturbation,
            (people, behind.people),
            (faces, behind.faces),
            may_agree,
        ));
        let degraded = quantities(&run.measures.finish(policy).0);
        for (clean, told) in reference.iter().zip(&mut told) {
            let found = degraded
                .iter()
                .find(|other| other.of == clean.of && other.part == clean.part);
            let may = comparable
                && shown(clean).is_some()
                && found.and_then(shown).is_none_or(|estimate| {
                    let counts = counts(estimate, here);
                    let may = differs_enough(policy, told, &counts);
                    if may {
                        told.push(counts);
                    }
                    may
                });
            let cell = found.and_then(|found| found.cell.clone());
            let found = cell.as_ref().and_then(Cell::shown);
            rows.push(RobustnessRow {
                perturbation: run.perturbation,
                of: clean.of,
                part: clean.part.clone(),
                clean: clean.cell.clone(),
                ratio: ratio(policy, shown(clean), found, may, behind.people),
                degraded: cell.map(|cell| if may { cell } else { policy.withheld() }),
            });
        }
    }
    rows
}

fn shown(quantity: &Quantity) -> Option<&Estimate> {
    quantity.cell.as_ref().and_then(Cell::shown)
}

/// Numbers of people that an estimate tells to whoever does the sums, its run's own first.
fn counts(estimate: &Estimate, behind: Contributors) -> Vec<u64> {
    let mut counts = vec![behind.people, behind.faces];
    let n = estimate.sample.n;
    if matches!(estimate.sample.of, SampledThing::Tracks | SampledThing::Events) {
        counts.push(n);
        if estimate.unit == Unit::Ratio {
            let hits = (estimate.value * n as f64).round() as u64;
            counts.extend([hits, n.saturating_sub(hits)]);
        }
    }
    counts
}

/// Whether no number differs from any told before by a group that is too small to be spoken of.
fn differs_enough(policy: &DisclosurePolicy, told: &[Vec<u64>], counts: &[u64]) -> bool {
    let may = |(before, now): (&u64, &u64)| policy.permits(before.abs_diff(*now));
    told.iter().all(|before| before.iter().zip(counts).all(may))
}

fn agreement_rows(
    policy: &DisclosurePolicy,
    perturbation: Perturbation,
    people: (Agreed, u64),
    faces: (Agreed, u64),
    may: bool,
) -> Vec<RobustnessRow> {
    use ComparedQuantity as Q;
    let row = |of: ComparedQuantity, estimate: Option<Estimate>, behind: u64| {
        let ratio = estimate.map(|estimate| {
            if may {
                policy.cell(estimate, behind)
            } else {
                policy.withheld()
            }
        })?;
        Some(RobustnessRow {
            perturbation,
            of,
            part: None,
            clean: None,
            degraded: None,
            ratio: Some(ratio),
        })
    };
    let rows = [
        row(Q::PeopleFoundAgain, people.0.found_again, people.1),
        row(Q::PeopleAlsoFoundClean, people.0.also_clean, people.1),
        row(Q::FacesFoundAgain, faces.0.found_again, faces.1),
        row(Q::FacesAlsoFoundClean, faces.0.also_clean, faces.1),
    ];
    rows.into_iter().flatten().collect()
}

/// Degraded over clean.
fn ratio(
    policy: &DisclosurePolicy,
    clean: Option<&Estimate>,
    degraded: Option<&Estimate>,
    may: bool,
    people: u64,
) -> Option<Cell<Estimate>> {
    let (clean, degraded) = (clean?, degraded?);
    if !may {
        return Some(policy.withheld());
    }
    if clean.interval.low <= 0.0 || clean.value <= 0.0 {
        return None;
    }
    let estimate = Estimate {
        value: degraded.value / clean.value,
        unit: Unit::TimesClean,
        interval: Interval {
            low: degraded.interval.low / clean.interval.high,
            high: degraded.interval.high / clean.interval.low,
            level: BOTH_LEVEL,
            method: IntervalMethod::RatioOfIntervals,
            block: None,
        },
        sample: degraded.sample,
    };
    Some(policy.cell(estimate, people))
}

/// What is compared, in the order of the record.
fn quantities(measurements: &Measurements) -> Vec<Quantity> {
    use ComparedQuantity as Q;
    let mut all = Vec::new();
    let mut add = |of: ComparedQuantity, part: Option<String>, cell: Option<Cell<Estimate>>| {
        all.push(Quantity { of, part, cell });
    };
    if let Some(presence) = measurements.presence.measured() {
        add(Q::PeoplePerFrame, None, Some(presence.people_per_frame.clone()));
        add(Q::OccupiedShare, None, Some(presence.occupied_share.clone()));
    }
    if let Some(faces) = measurements.face_exposure.measured() {
        add(Q::FacesPerFrame, None, Some(faces.faces_per_frame.clone()));
        add(Q::PeopleWithFace, None, faces.people_with_face.clone());
    }
    if let Some(dwell) = measurements.dwell.measured() {
        add(Q::MedianStay, None, median(&dwell.stay_quantiles));
    }
    if let Some(followed) = measurements.followability.measured() {
        let fragments = followed.fragments_per_person.clone();
        add(Q::FragmentsPerPerson, None, Some(fragments));
        add(Q::SeenShare, None, Some(followed.seen_share.clone()));
    }
    for row in measurements.capabilities.iter().filter(|row| by_place(row)) {
        let figures = row.outcome.measured().map_or(&[][..], |reading| &reading.figures);
        for figure in figures {
            let of = Q::Figure {
                capability: row.capability,
                name: figure.name,
                at: figure.at,
            };
            add(of, figure.of.clone(), figure.estimate.clone());
        }
    }
    all
}

fn median(quantiles: &[Quantile]) -> Option<Cell<Estimate>> {
    let median = quantiles
        .iter()
        .find(|quantile| (quantile.at - 0.5).abs() < 1e-9)?;
    median.estimate.clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use vsa_record::estimate::SampleSize;

    fn estimate(value: f64, n: u64, of: SampledThing) -> Estimate {
        Estimate {
            value,
            unit: Unit::Ratio,
            interval: Interval {
                low: value / 2.0,
                high: value * 2.0,
                level: 0.95,
                method: IntervalMethod::Wilson,
                block: None,
            },
            sample: SampleSize { n, of },
        }
    }

    const CONTRIBUTORS: Contributors = Contributors {
        people: 40,
        faces: 30,
        stills: false,
    };

    #[test]
    fn a_ratio_reaches_from_low_over_high_to_high_over_low() {
        let policy = DisclosurePolicy::strict();
        let (clean, degraded) = (
            estimate(0.4, 40, SampledThing::Tracks),
            estimate(0.1, 40, SampledThing::Tracks),
        );
        let cell = ratio(&policy, Some(&clean), Some(&degraded), true, 40).unwrap();
        let found = cell.shown().unwrap();
        assert!((found.value - 0.25).abs() < 1e-12);
        assert!((found.interval.low - 0.05 / 0.8).abs() < 1e-12);
        assert!((found.interval.high - 0.2 / 0.2).abs() < 1e-12);
        assert!(
            ratio(
                &policy,
                Some(&estimate(0.0, 9, SampledThing::Tracks)),
                Some(&degraded),
                true,
                40
            )
            .is_none()
        );
        let withheld = ratio(&policy, Some(&clean), Some(&degraded), false, 40).unwrap();
        assert!(withheld.shown().is_none());
    }

    #[test]
    fn runs_that_differ_by_few_people_are_not_both_told() {
        let policy = DisclosurePolicy::strict();
        let told = vec![vec![40, 30], vec![20, 30]];
        for (counts, may) in [
            ([40, 30], true),
            ([35, 30], false), // 5 fewer than in the clean run
            ([60, 30], true),
            ([25, 30], false), // 15 fewer than clean, 5 more than another run
            ([40, 22], false), // the faces
            ([60, 10], true),
        ] {
            assert_eq!(differs_enough(&policy, &told, &counts), may, "{counts:?}");
        }
    }

    #[test]
    fn a_share_of_tracks_tells_its_hits_and_its_misses_and_a_mean_over_frames_neither() {
        assert_eq!(
            counts(&estimate(0.25, 40, SampledThing::Tracks), CONTRIBUTORS),
            [40, 30, 40, 10, 30]
        );
        assert_eq!(
            counts(&estimate(0.25, 795, SampledThing::Frames), CONTRIBUTORS),
            [40, 30]
        );
        let rate = Estimate {
            unit: Unit::PerHour,
            ..estimate(3.0, 12, SampledThing::Events)
        };
        assert_eq!(counts(&rate, CONTRIBUTORS), [40, 30, 12]);
    }
}
