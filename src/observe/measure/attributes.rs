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

use super::reidentification::Conditions;
use super::settled::{Tally, standing};
use super::{EndedDescribed, EndedTrack, ItemStart, Measure, Results, Seen};
use crate::observe::describe::description::ATTRIBUTES;
use crate::observe::plan::{Role, Subject};
use crate::record::disclosure::DisclosurePolicy;
use crate::record::measurements::{Missing, Outcome};
use crate::record::reading::{Capability, Figure, FigureName, Reading};
use std::collections::BTreeSet;

use super::followability::share;

/// Whom one attribute was assigned to.
#[derive(Clone, Copy, Default)]
struct Assigned {
    never: Tally,
    once: Tally,
    steady: Tally,
    flipped: Tally,
}

impl Assigned {
    fn add(&mut self, ended: &EndedDescribed<'_>, role: Role) {
        let run = ended.descriptions.labels(role);
        let tally = match (run.labelled, run.changed) {
            (0, _) => &mut self.never,
            (1, _) => &mut self.once,
            (_, false) => &mut self.steady,
            (_, true) => &mut self.flipped,
        };
        tally.add(standing(ended.track));
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
        let figure = |name, hits: u64, n: u64| Figure {
            name,
            of: of.map(str::to_owned),
            at: None,
            estimate: share(hits, n).map(|estimate| policy.cell_about(estimate, &groups)),
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
    conditions: Conditions,
    person_model: bool,
    people: [Assigned; ATTRIBUTES.len()],
    faces: [Assigned; ATTRIBUTES.len()],
}

impl AttributesMeasure {
    pub(super) fn new(roles: &BTreeSet<Role>) -> Self {
        Self {
            given: roles.clone(),
            conditions: Conditions::new(true),
            person_model: false,
            people: [Assigned::default(); ATTRIBUTES.len()],
            faces: [Assigned::default(); ATTRIBUTES.len()],
        }
    }

    fn outcome(&self, policy: &DisclosurePolicy, roles: &[(Role, Option<&str>)]) -> Outcome<Reading> {
        let missing = if roles.iter().any(|(role, _)| self.given.contains(role)) {
            self.conditions.missing(Missing::NoFaceModel)
        } else {
            Some(Missing::NoModelGiven)
        };
        if let Some(missing) = missing {
            return Outcome::NotMeasured { missing };
        }
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
        Outcome::Measured(Reading {
            figures,
            distributions: Vec::new(),
        })
    }
}

impl Measure for AttributesMeasure {
    fn start_item(&mut self, item: &ItemStart<'_>) {
        self.conditions.start_item(item);
    }

    fn frame(&mut self, seen: &Seen<'_>) {
        self.person_model |= seen.people.is_some();
        self.conditions.frame(seen.faces.is_some());
    }

    fn track(&mut self, _ended: &EndedTrack<'_>) {}

    fn described(&mut self, ended: &EndedDescribed<'_>) {
        let into = match ended.subject {
            Subject::Person => &mut self.people,
            Subject::Face => &mut self.faces,
        };
        if ended.descriptions.noted() > 0 {
            self.conditions.track();
            for (assigned, role) in into.iter_mut().zip(ATTRIBUTES) {
                assigned.add(ended, role);
            }
        }
    }

    fn end_item(&mut self) {}

    fn finish(self: Box<Self>, policy: &DisclosurePolicy, results: &mut Results) {
        for (capability, roles) in [
            (
                Capability::Attributes,
                &[(Role::Age, Some("age")), (Role::Gender, Some("gender"))][..],
            ),
            (Capability::Emotion, &[(Role::Emotion, None)]),
            (Capability::Mask, &[(Role::Mask, None)]),
        ] {
            results.readings.insert(capability, self.outcome(policy, roles));
        }
    }
}
