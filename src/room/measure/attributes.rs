//! Assigned labels. In: tracks with the labels that classifiers would have assigned. Out: to how many people a system
//! could have assigned one, and on how many it would have contradicted itself. Never which label.
//!
//! **Definitions.** *Coverage*: share of the people followed (tracks with a described sighting) of whom a face was found
//! and a label assigned at least once. *Flip share*: of those with two labelled sightings or more, the share whose label
//! was not always the same. A label of age is a band (3, 10, 20, … 70 years, as FairFace has them). People, or faces where
//! no model looks for people: then there is no coverage, since every face is covered. **Unit.** Shares. **Source.** The question
//! whether a label is stable is ours; nothing can be right about a label that changes while one person walks by.
//! **Sensitivity.** A higher score threshold of the face model lowers coverage and flips together. More sightings per
//! person, more flips. **What it cannot tell.** Whether a label is right: it never is a fact about people.

use super::axis::Support;
use super::settled::Tally;
use super::watched::Watched;
use super::{EndedTrack, Measure, Results, Seen};
use crate::describe::description::ATTRIBUTES;
use crate::describe::descriptions::Descriptions;
use std::collections::BTreeSet;
use vsa_plan::{Role, Subject};
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::estimate::{Estimate, SampledThing};
use vsa_record::measurements::Missing;
use vsa_record::reading::{Capability, Figure, FigureName, Reading};

/// Whom one attribute was assigned to.
#[derive(Clone, Copy, Default)]
struct Assigned {
    never: Tally,
    once: Tally,
    steady: Tally,
    flipped: Tally,
}

impl Assigned {
    fn add(&mut self, looks: &Descriptions, support: Support, role: Role) {
        let run = looks.labels(role);
        let tally = match (run.labelled, run.changed) {
            (0, _) => &mut self.never,
            (1, _) => &mut self.once,
            (_, false) => &mut self.steady,
            (_, true) => &mut self.flipped,
        };
        tally.add(support);
    }

    /// Coverage, unless every face is covered by definition, and flip share.
    fn figures(&self, policy: &DisclosurePolicy, of: Option<&str>, with_coverage: bool) -> Vec<Figure> {
        let Self {
            never,
            once,
            steady,
            flipped,
        } = self;
        let labelled = once.all + steady.all + flipped.all;
        // All four groups can be told from the two shares and their numbers.
        let groups = [never, once, steady, flipped].map(|tally| tally.people());
        let figure = |name, hits: u64, n: u64| {
            let share = Estimate::share(hits, n, SampledThing::Tracks);
            Figure::new(name, share.map(|estimate| policy.cell_about(estimate, &groups)))
                .of(of.map(str::to_owned))
        };
        let coverage = figure(FigureName::CoverageShare, labelled, labelled + never.all);
        let flips = figure(FigureName::FlipShare, flipped.all, steady.all + flipped.all);
        let coverage = Some(coverage).filter(|_| with_coverage);
        coverage.into_iter().chain([flips]).collect()
    }
}

/// Collects what labels were assigned.
pub(super) struct AttributesMeasure {
    given: BTreeSet<Role>,
    anybody: bool,
    person_model: bool,
    people: [Assigned; ATTRIBUTES.len()],
    faces: [Assigned; ATTRIBUTES.len()],
}

impl AttributesMeasure {
    pub(super) fn new(roles: &BTreeSet<Role>) -> Self {
        Self {
            given: roles.clone(),
            anybody: false,
            person_model: false,
            people: [Assigned::default(); ATTRIBUTES.len()],
            faces: [Assigned::default(); ATTRIBUTES.len()],
        }
    }

    fn reading(
        &self,
        watched: &Watched,
        policy: &DisclosurePolicy,
        roles: &[(Role, Option<&str>)],
    ) -> Result<Reading, Missing> {
        if !roles.iter().any(|(role, _)| self.given.contains(role)) {
            return Err(Missing::NoModelGiven);
        }
        watched.followed(Subject::Face, self.anybody)?;
        let assigned = if self.person_model {
            &self.people
        } else {
            &self.faces
        };
        let attributes = ATTRIBUTES.iter().zip(assigned);
        let figures: Vec<Figure> = attributes
            .filter_map(|(role, assigned)| {
                let (_, of) = roles.iter().find(|(wanted, _)| wanted == role)?;
                let given = self.given.contains(role);
                given.then(|| assigned.figures(policy, *of, self.person_model))
            })
            .flatten()
            .collect();
        Ok(figures.into())
    }
}

impl Measure for AttributesMeasure {
    fn follows(&self, _subject: Subject) -> bool {
        true
    }

    fn frame(&mut self, seen: &Seen<'_>) {
        self.person_model |= seen.people.is_some();
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        let into = match ended.subject {
            Subject::Person => &mut self.people,
            Subject::Face => &mut self.faces,
        };
        if let Some(looks) = ended.looks.as_ref().filter(|looks| looks.noted() > 0) {
            self.anybody = true;
            for (assigned, role) in into.iter_mut().zip(ATTRIBUTES) {
                assigned.add(looks, ended.support, role);
            }
        }
    }

    fn finish(self: Box<Self>, watched: &Watched, policy: &DisclosurePolicy, results: &mut Results) {
        for (capability, roles) in [
            (
                Capability::Attributes,
                &[(Role::Age, Some("age")), (Role::Gender, Some("gender"))][..],
            ),
            (Capability::Emotion, &[(Role::Emotion, None)]),
            (Capability::Mask, &[(Role::Mask, None)]),
        ] {
            results.read(capability, self.reading(watched, policy, roles));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ItemStart;
    use super::super::measures::Watching;
    use super::*;
    use crate::describe::description::Description;
    use crate::detect::overlap::Rect;
    use crate::track::track::{Track, TrackPoint};
    use std::collections::BTreeMap;
    use vsa_record::disclosure::DataBasis;
    use vsa_record::measurements::Outcome;

    fn track() -> Track {
        let point = |frame: u64| TrackPoint {
            frame,
            seconds: frame as f64 / 10.0,
            rect: Rect {
                left: 0.0,
                top: 0.0,
                right: 10.0,
                bottom: 30.0,
            },
            score: 0.9,
            seen: true,
        };
        Track {
            points: (0..20).map(point).collect(),
            fragments: 1,
        }
    }

    /// People by the labels that they would have been given, one list a person; a none is a sighting without a face.
    fn measured(people: &[&[Option<u16>]], policy: &DisclosurePolicy) -> Results {
        let mut measure = Watching::new(AttributesMeasure::new(&BTreeSet::from([Role::Gender])));
        measure.start_item(&ItemStart {
            label: "item-1",
            width: 100,
            height: 100,
            in_sequence: true,
        });
        measure.frame(&Seen {
            frame: 0,
            seconds: 0.0,
            people: Some(&[]),
            faces: Some(&[]),
        });
        let track = track();
        for labels in people {
            let mut descriptions = Descriptions::default();
            for label in *labels {
                let mut description = Description::default();
                if let Some(label) = label {
                    description.labels.set(Role::Gender, *label);
                }
                descriptions.note(0.0, description);
            }
            measure.track(&EndedTrack::described(&track, Subject::Person, descriptions));
        }
        measure.end_item();
        let mut results = Results::new(BTreeMap::new());
        measure.finish(policy, &mut results);
        results
    }

    #[test]
    fn coverage_and_flips_are_counted_by_person() {
        let open = DisclosurePolicy::new(DataBasis::Public, None, None).unwrap();
        // Never, once, always the same, flipped once, flipped often; who was never described is nobody's business.
        let people: [&[Option<u16>]; 6] = [
            &[None, None],
            &[None, Some(1)],
            &[Some(1), None, Some(1)],
            &[Some(0), Some(1)],
            &[Some(0), Some(1), Some(0), Some(1)],
            &[],
        ];
        let results = measured(&people, &open);
        let outcome = |capability| results.measurements.capability(capability).unwrap();
        let reading = outcome(Capability::Attributes).measured().unwrap();
        assert_eq!(reading.figures.len(), 2, "no model assigns ages");
        let figure = |name| {
            let figure = reading.figures.iter().find(|figure| figure.name == name).unwrap();
            assert_eq!(figure.of.as_deref(), Some("gender"));
            *figure.estimate.as_ref().unwrap().shown().unwrap()
        };
        let coverage = figure(FigureName::CoverageShare);
        assert!((coverage.value - 0.8).abs() < 1e-12 && coverage.sample.n == 5);
        let flips = figure(FigureName::FlipShare);
        assert!((flips.value - 2.0 / 3.0).abs() < 1e-12 && flips.sample.n == 3);
        for capability in [Capability::Emotion, Capability::Mask] {
            let missing = Missing::NoModelGiven;
            assert_eq!(*outcome(capability), Outcome::NotMeasured { missing });
        }
    }

    #[test]
    fn a_share_is_withheld_where_any_group_that_follows_from_it_is_small() {
        let steady: &[Option<u16>] = &[Some(1), Some(1)];
        let flipped: &[Option<u16>] = &[Some(1), Some(0)];
        let shown = |people: &[&[Option<u16>]]| -> Vec<bool> {
            let results = measured(people, &DisclosurePolicy::strict());
            let outcome = results.measurements.capability(Capability::Attributes).unwrap();
            let reading = outcome.measured().unwrap();
            let cells = reading
                .figures
                .iter()
                .map(|figure| figure.estimate.as_ref().unwrap());
            cells.map(|cell| cell.shown().is_some()).collect()
        };
        assert_eq!(shown(&[[steady; 20], [flipped; 20]].concat()), [true, true]);
        let mut few = vec![steady; 20];
        few.extend([flipped; 3]);
        assert_eq!(shown(&few), [false, false], "three people flipped");
    }
}
