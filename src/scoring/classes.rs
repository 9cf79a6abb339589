//! Which class of the detections is which class of the labels. In: the classes of both, and what the user said. Out: one
//! list of classes, and for each side's own number the place in it. What is left over is said, never dropped silently.

use super::error::EvaluateError;
use super::labels::{Class, Labels};
use super::request::EvaluateRequest;
use vsa_base::outside;
use vsa_record::scores::{Check, LabelFormat};

/// The classes that are scored.
pub(super) struct Classes {
    pub(super) names: Vec<String>,
    /// By the labels' own number; none: not scored.
    pub(super) of_truth: Vec<Option<usize>>,
    /// By the detections' own number.
    pub(super) of_found: Vec<Option<usize>>,
}

impl Classes {
    pub(super) fn matched(
        truth: &Labels,
        found: &Labels,
        request: &EvaluateRequest,
        checks: &mut Vec<Check>,
    ) -> Result<Self, EvaluateError> {
        // The distractors of MOTChallenge are needed until its preprocessing is done, so that all its classes stay.
        let by_challenge = truth.format == LabelFormat::MotChallenge;
        // Numbers rise as in the reference tools, which matters for the order of sums alone.
        let mut order: Vec<usize> = (0..truth.classes.len()).collect();
        order.sort_by_key(|at| (truth.classes[*at].number, *at));
        let mut names: Vec<String> = Vec::new();
        let mut of_truth = vec![None; truth.classes.len()];
        for at in order {
            let name = shown(&truth.classes[at]);
            let wanted = request.classes.is_empty()
                || by_challenge
                || request
                    .classes
                    .iter()
                    .any(|wanted| wanted.eq_ignore_ascii_case(&name));
            if wanted {
                // MOTChallenge has one class `pedestrian` under two numbers (2015 and later); names make it one.
                let place = names
                    .iter()
                    .position(|known| *known == name)
                    .unwrap_or(names.len());
                if place == names.len() {
                    names.push(name);
                }
                of_truth[at] = Some(place);
            }
        }
        for wanted in &request.classes {
            if !names.iter().any(|name| name.eq_ignore_ascii_case(wanted)) {
                return Err(EvaluateError::Options(format!(
                    "there is no class {} among the labels, which have: {}",
                    outside::quoted(wanted),
                    listed(truth.classes.iter())
                )));
            }
        }
        let mut classes = Self {
            names,
            of_truth,
            of_found: Vec::new(),
        };
        let mut of_found: Vec<Option<usize>> = found
            .classes
            .iter()
            .map(|class| classes.place(class, truth, found, request))
            .collect();
        let alone = truth.classes.len() == 1 && found.classes.len() == 1 && classes.names.len() == 1;
        if alone && of_found == [None] {
            of_found = vec![Some(0)];
            checks.push(Check::OnlyClassesMatched {
                truth: shown(&truth.classes[0]),
                detections: shown(&found.classes[0]),
            });
        }
        // Classes that the labels know, but that were not asked for, are no surprise.
        let known = |class: &Class| {
            truth
                .classes
                .iter()
                .any(|other| other == class || same_name(other, class))
        };
        let unmapped: Vec<usize> = (0..found.classes.len())
            .filter(|at| of_found[*at].is_none() && !known(&found.classes[*at]))
            .collect();
        let lost = |at: &usize| found.boxes.iter().filter(|one| one.class == *at).count() as u64;
        let boxes: u64 = unmapped.iter().map(lost).sum();
        if boxes > 0 && boxes == found.boxes.len() as u64 {
            let list = |classes: &[Class]| listed(classes.iter().take(8));
            return Err(EvaluateError::Unrelated(format!(
                "no class of the detections ({}) is one of the labels ({}): say which is which with --class-map THEIRS=YOURS",
                list(&found.classes),
                list(&truth.classes)
            )));
        }
        if boxes > 0 {
            checks.push(Check::ClassesUnmapped {
                classes: unmapped.iter().map(|at| shown(&found.classes[*at])).collect(),
                boxes,
            });
        }
        classes.of_found = of_found;
        Ok(classes)
    }

    fn place(
        &self,
        class: &Class,
        truth: &Labels,
        found: &Labels,
        request: &EvaluateRequest,
    ) -> Option<usize> {
        let by_name = |name: &str| {
            self.names
                .iter()
                .position(|known| known.eq_ignore_ascii_case(name))
        };
        let own = shown(class);
        if let Some((_, mapped)) = request
            .class_map
            .iter()
            .find(|(theirs, _)| theirs.eq_ignore_ascii_case(&own))
        {
            return by_name(mapped);
        }
        if truth.format == LabelFormat::MotChallenge
            && (class.name.as_deref() == Some("person") || class.name.is_none())
        {
            return by_name("pedestrian");
        }
        if let Some(name) = &class.name
            && let Some(place) = by_name(name)
        {
            return Some(place);
        }
        // Numbers mean the same only where one side has no names of its own, or both are of one family.
        let coco =
            |labels: &Labels| matches!(labels.format, LabelFormat::CocoJson | LabelFormat::CocoResults);
        let numbers_speak = class.name.is_none() || (coco(truth) && coco(found));
        let number = class.number.filter(|_| numbers_speak)?;
        let at = truth
            .classes
            .iter()
            .position(|other| other.number == Some(number))?;
        self.of_truth[at]
    }
}

fn same_name(a: &Class, b: &Class) -> bool {
    match (&a.name, &b.name) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => a.number.is_some() && a.number == b.number,
    }
}

/// Classes in a message.
fn listed<'c>(classes: impl Iterator<Item = &'c Class>) -> String {
    let names: Vec<_> = classes.map(shown).collect();
    outside::list(names.iter().map(String::as_str))
}

fn shown(class: &Class) -> String {
    match (&class.name, class.number) {
        (Some(name), _) => name.clone(),
        (None, Some(number)) => number.to_string(),
        (None, None) => "object".to_owned(),
    }
}
