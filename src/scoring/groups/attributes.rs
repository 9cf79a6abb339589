//! Which label is in which group. In: a CSV of attributes, or the attributes that the labels carry themselves, and what
//! became of each label. Out: cases.
//!
//! The CSV says whom a row is about by one of: `annotation_id` (COCO), `id` (and `sequence`): a person's number, `image` (or
//! `file`, as FairFace has it): everybody in that picture. All other columns are attributes; an empty field, and a label without a row, is "not known".

use super::Case;
use super::confounders::Confounder;
use super::utkface;
use crate::at_threshold::AtThreshold;
use crate::clusters::Clusters;
use crate::error::EvaluateError;
use crate::ground_truth;
use crate::ground_truth::rows;
use crate::labels::{LabelBox, Labels};
use crate::pair::Paired;
use std::collections::BTreeMap;
use std::path::Path;
use vsa_base::outside;

/// Values of the attributes asked for, label by label.
pub(crate) struct Attributes {
    pub(crate) names: Vec<String>,
    of_label: Vec<Vec<Option<String>>>,
}

impl Attributes {
    /// From the labels' own attributes.
    pub(crate) fn own(labels: &Labels, by: &[String]) -> Result<Self, EvaluateError> {
        let place = |name: &String| labels.attributes.iter().position(|known| known == name);
        let places = places(by, place, |name| {
            EvaluateError::Options(format!(
                "the labels carry no attribute `{name}`; they carry: {}; or give a table with --groups",
                listed(&labels.attributes)
            ))
        })?;
        let value =
            |label: &LabelBox, at: usize| label.attributes.get(at).filter(|text| !text.is_empty()).cloned();
        Ok(Self {
            names: by.to_vec(),
            of_label: labels
                .boxes
                .iter()
                .map(|label| places.iter().map(|at| value(label, *at)).collect())
                .collect(),
        })
    }

    /// From the names of the pictures, as UTKFace gives them. `by`: which of age, gender and race; empty: all.
    pub(crate) fn utkface(labels: &Labels, by: &[String]) -> Result<Self, EvaluateError> {
        let names: Vec<String> = if by.is_empty() {
            utkface::NAMES.map(str::to_owned).to_vec()
        } else {
            by.to_vec()
        };
        let place = |name: &String| utkface::NAMES.iter().position(|known| known == name);
        let places = places(&names, place, |name| {
            let told = utkface::NAMES.join(", ");
            EvaluateError::Options(format!("the names of UTKFace tell {told}, and no `{name}`"))
        })?;
        let of_picture: Vec<_> = labels
            .pictures
            .iter()
            .map(|picture| picture.name.as_deref().and_then(utkface::attributes))
            .collect();
        if of_picture.iter().all(Option::is_none) {
            return Err(EvaluateError::Unrelated(
                "no picture is named as UTKFace names them: [age]_[gender]_[race]_[date].jpg".to_owned(),
            ));
        }
        let values = |picture: usize| -> Vec<Option<String>> {
            let known = of_picture[picture].as_ref();
            places
                .iter()
                .map(|at| known.map(|known| known[*at].clone()))
                .collect()
        };
        Ok(Self {
            names,
            of_label: labels.boxes.iter().map(|label| values(label.picture)).collect(),
        })
    }

    /// Where an attribute is among the names.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// The values of a label.
    pub(crate) fn of_label(&self, source: usize) -> &[Option<String>] {
        &self.of_label[source]
    }

    /// The values of an attribute, label by label; none: there is no such attribute.
    pub(crate) fn values(&self, name: &str) -> Option<Vec<Option<String>>> {
        let at = self.place(name)?;
        Some(self.of_label.iter().map(|values| values[at].clone()).collect())
    }

    /// From a table. `by`: the columns to group by; empty: all that are no key and not `apart`.
    pub(crate) fn table(
        path: &Path,
        labels: &Labels,
        by: &[String],
        apart: &[String],
    ) -> Result<Self, EvaluateError> {
        let text = rows::text(path)?;
        let (head, records) = rows::table(path, &text, false)?;
        let head: Vec<String> = head.iter().map(str::to_owned).collect();
        let column = |name: &str| head.iter().position(|known| known.eq_ignore_ascii_case(name));
        let key = Key::of(&column).ok_or_else(|| {
            let reason = "no column says whom a row is about: annotation_id, id, or image (or file)";
            rows::malformed(path, 1, reason)
        })?;
        let keys = ["annotation_id", "id", "sequence", "image", "file", "filename"];
        let names: Vec<String> = if by.is_empty() {
            head.iter()
                .filter(|name| {
                    !keys.iter().any(|key| name.eq_ignore_ascii_case(key)) && !apart.contains(name)
                })
                .cloned()
                .collect()
        } else {
            by.to_vec()
        };
        let place = |name: &String| column(name);
        let places = places(&names, place, |name| {
            let reason = format!("there is no column `{name}`; there are: {}", listed(&head));
            rows::malformed(path, 1, reason)
        })?;
        let mut of_key: BTreeMap<(String, String), Vec<Option<String>>> = BTreeMap::new();
        for record in records {
            let (line, record) = record?;
            let values: Vec<Option<String>> = places
                .iter()
                .map(|at| record.get(*at).filter(|text| !text.is_empty()).map(str::to_owned))
                .collect();
            let key = key.of_row(&record);
            if of_key.get(&key).is_some_and(|known| *known != values) {
                let reason = format!("`{}` is given twice, with different values", key.1);
                return Err(rows::malformed(path, line, reason));
            }
            of_key.insert(key, values);
        }
        let unknown = vec![None; names.len()];
        let of_label: Vec<_> = labels
            .boxes
            .iter()
            .map(|label| {
                let found = key.of_label(label, labels).and_then(|key| {
                    of_key
                        .get(&key)
                        .or_else(|| of_key.get(&(String::new(), key.1.clone())))
                });
                found.unwrap_or(&unknown).clone()
            })
            .collect();
        if of_label.iter().all(|values| values.iter().all(Option::is_none)) {
            return Err(EvaluateError::Unrelated(format!(
                "no row of {} is about any label: compare its `{}` with those of the labels",
                path.display(),
                key.name()
            )));
        }
        Ok(Self { names, of_label })
    }
}

/// Where each of the names is; `missing`: about the first that is nowhere.
fn places(
    names: &[String],
    place: impl Fn(&String) -> Option<usize>,
    missing: impl Fn(&str) -> EvaluateError,
) -> Result<Vec<usize>, EvaluateError> {
    let one = |name: &String| place(name).ok_or_else(|| missing(name));
    names.iter().map(one).collect()
}

fn listed(names: &[String]) -> String {
    if names.is_empty() {
        "none".to_owned()
    } else {
        outside::list(names.iter().map(String::as_str))
    }
}

/// By what a row is brought to its labels, with the column.
enum Key {
    Annotation(usize),
    Person { id: usize, sequence: Option<usize> },
    Picture(usize),
}

impl Key {
    fn of(column: &dyn Fn(&str) -> Option<usize>) -> Option<Self> {
        if let Some(at) = column("annotation_id") {
            return Some(Self::Annotation(at));
        }
        if let Some(id) = column("id") {
            return Some(Self::Person {
                id,
                sequence: column("sequence"),
            });
        }
        // FairFace calls the column `file`.
        ["image", "file", "filename"]
            .iter()
            .find_map(|name| column(name))
            .map(Self::Picture)
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Annotation(_) => "annotation_id",
            Self::Person { .. } => "id",
            Self::Picture(_) => "image",
        }
    }

    fn of_row(&self, record: &csv::StringRecord) -> (String, String) {
        let field = |at: usize| record.get(at).unwrap_or_default().to_owned();
        match self {
            Self::Annotation(at) => (String::new(), field(*at)),
            Self::Person { id, sequence } => (sequence.map(field).unwrap_or_default(), field(*id)),
            Self::Picture(at) => {
                let image = field(*at);
                let stem = if image.parse::<i64>().is_ok() {
                    image
                } else {
                    ground_truth::stem(&image)
                };
                (String::new(), stem)
            }
        }
    }

    fn of_label(&self, label: &LabelBox, labels: &Labels) -> Option<(String, String)> {
        let picture = &labels.pictures[label.picture];
        match self {
            Self::Annotation(_) => Some((String::new(), label.id?.to_string())),
            Self::Person { .. } => Some((
                labels.sequences[picture.sequence].name.clone(),
                label.subject?.to_string(),
            )),
            Self::Picture(_) => {
                let number = picture.number.map(|number| number.to_string());
                Some((String::new(), picture.name.clone().or(number)?))
            }
        }
    }
}

/// One case for each label that counts: found or not, in which group, in which strata. `threshold`: another one than that of
/// `at`.
pub(crate) fn cases(
    paired: &Paired,
    at: &AtThreshold,
    clusters: &Clusters,
    attributes: &Attributes,
    confounders: &[Confounder],
    threshold: Option<f64>,
) -> Vec<Case> {
    let about = paired
        .labels()
        .map(|label| (label.source, (label.region.height, label.subject)));
    let about: BTreeMap<usize, (f64, Option<i64>)> = about.collect();
    // People are numbered within their sequences.
    let mut people: BTreeMap<(usize, i64), u64> = BTreeMap::new();
    at.fates()
        .map(|(fate, found)| {
            let found = match threshold {
                None => found,
                Some(threshold) => fate.score.is_some_and(|score| score >= threshold),
            };
            let (height, subject) = about.get(&fate.source).copied().unwrap_or((0.0, None));
            let sequence = paired.pictures[fate.picture as usize].sequence;
            let next = people.len() as u64;
            Case {
                values: attributes.of_label[fate.source].clone(),
                hits: u64::from(found),
                cases: 1,
                strata: confounders
                    .iter()
                    .map(|one| one.of_label(fate.source, height, !paired.normalised))
                    .collect(),
                person: subject.map(|subject| *people.entry((sequence, subject)).or_insert(next)),
                cluster: Some(clusters.of_picture[fate.picture as usize]),
            }
        })
        .collect()
}
