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
use super::{DisclosurePolicy, EndedTrack, Estimate, Figure, FigureName, Measure, Measured, Missing};
use super::{Reading, Results, Seen, Subject, Watched};
use crate::describe::descriptions::Descriptions;
use std::collections::BTreeSet;
use vsa_plan::Role;
use vsa_record::estimate::SampledThing;

/// Whom one attribute was assigned to.
#[derive(Default)]
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
        // All four groups can be told from the two shares and their numbers.
        let groups = [self.never, self.once, self.steady, self.flipped];
        let [never, once, steady, flipped] = groups.map(|tally| tally.all);
        let groups = groups.map(Tally::people);
        let labelled = once + steady + flipped;
        let figure = |name, hits: u64, n: u64| {
            let share = Estimate::share(hits, n, SampledThing::Tracks);
            Figure::new(name, share.map(|estimate| policy.cell_about(estimate, &groups)))
                .of(of.map(str::to_owned))
        };
        let coverage = figure(FigureName::CoverageShare, labelled, labelled + never);
        let flips = figure(FigureName::FlipShare, flipped, steady + flipped);
        let coverage = Some(coverage).filter(|_| with_coverage);
        coverage.into_iter().chain([flips]).collect()
    }
}

/// One attribute: how its figures are called, where there are several, and to whom it was assigned.
struct Attribute {
    role: Role,
    of: Option<&'static str>,
    people: Assigned,
    faces: Assigned,
}

/// Collects what labels were assigned.
pub(super) struct AttributesMeasure {
    /// Those for which a model is given.
    attributes: Vec<Attribute>,
    anybody: bool,
    person_model: bool,
}

impl AttributesMeasure {
    /// Of those `wanted`, what models are `given` for.
    pub(super) fn new(given: &BTreeSet<Role>, wanted: &[(Role, Option<&'static str>)]) -> Self {
        let wanted = wanted.iter().filter(|(role, _)| given.contains(role));
        let attribute = |&(role, of): &_| Attribute {
            role,
            of,
            people: Assigned::default(),
            faces: Assigned::default(),
        };
        Self {
            attributes: wanted.map(attribute).collect(),
            anybody: false,
            person_model: false,
        }
    }
}

impl Measure for AttributesMeasure {
    type Found = Reading;

    fn follows(&self, _subject: Subject) -> bool {
        true
    }

    fn frame(&mut self, seen: &Seen<'_>) {
        self.person_model |= seen.people.is_some();
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        let Some(looks) = ended.looks.as_ref().filter(|looks| looks.noted() > 0) else {
            return;
        };
        self.anybody = true;
        for attribute in &mut self.attributes {
            let assigned = match ended.subject {
                Subject::Person => &mut attribute.people,
                Subject::Face => &mut attribute.faces,
            };
            assigned.add(looks, ended.support, attribute.role);
        }
    }

    fn finish(self, watched: &Watched, policy: &DisclosurePolicy, _: &mut Results) -> Measured<Reading> {
        if self.attributes.is_empty() {
            return Err(Missing::NoModelGiven);
        }
        watched.followed(Subject::Face)?;
        if !self.anybody {
            return Err(Missing::NobodyFound);
        }
        let with_people = self.person_model;
        let figures = self.attributes.iter().flat_map(|attribute| {
            let assigned = if with_people {
                &attribute.people
            } else {
                &attribute.faces
            };
            assigned.figures(policy, attribute.of, with_people)
        });
        Ok(Vec::from_iter(figures).into())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Capability;
    use super::super::measures::{begin_with_nobody, of_labels};
    use super::*;
    use crate::describe::description::Description;
    use crate::detect::overlap::Rect;
    use crate::track::track::Track;
    use std::collections::BTreeMap;
    use vsa_record::disclosure::DataBasis;
    use vsa_record::measurements::Outcome;

    fn track() -> Track {
        let rect = Rect {
            left: 0.0,
            top: 0.0,
            right: 10.0,
            bottom: 30.0,
        };
        Track::through((0..20).map(|frame| (frame, frame as f64 / 10.0, rect)))
    }

    /// People by the genders that they would have been given, one list a person; a none is a sighting without a face. There is
    /// a model of masks too, which never tells anything.
    fn measured(people: &[&[Option<u16>]], policy: &DisclosurePolicy) -> Results {
        let mut measures = of_labels(&BTreeSet::from([Role::Gender, Role::Mask]));
        for measure in &mut measures {
            begin_with_nobody(measure.as_mut());
        }
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
            let ended = EndedTrack::described(&track, Subject::Person, descriptions);
            measures.iter_mut().for_each(|measure| measure.track(&ended));
        }
        let mut results = Results::new(BTreeMap::new());
        for mut measure in measures {
            measure.end_item();
            measure.finish(policy, &mut results);
        }
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
        let of_masks = &outcome(Capability::Mask).measured().unwrap().figures;
        assert!(of_masks.len() == 2 && of_masks.iter().all(|figure| figure.of.is_none()));
        let missing = Missing::NoModelGiven;
        assert_eq!(*outcome(Capability::Emotion), Outcome::NotMeasured { missing });
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
