//! A model as it stands in a registry file. In: what was read of it, or an entry. Out: an entry that can be used, or why there is none;
//! or what is to be written. Deliberately not here: reading the file (`registry`).

use super::checked::{Digest, FileName, LongDigest, Name};
use super::checksum::Checksum;
use super::entry::{Entry, ModelEntry, Source};
use super::registry::Origin;
use serde::{Deserialize, Serialize};
use toml::Spanned;
use vsa_base::Reason;
use vsa_plan::{ColourOrder, Family, InputSize, Role, Subject};

/// One model as it stands in a registry file.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenModel<N = Spanned<Name>> {
    pub(super) name: N,
    title: String,
    file: FileName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<Digest>,
    /// In its place, where its publisher states that alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha384: Option<LongDigest>,
    bytes: u64,
    /// Where nobody of this project had its files: how many public sources state these digests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest_sources: Option<u32>,
    licence: String,
    family: Family,
    subject: Subject,
    /// Where the family does not tell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
    input_size: [u32; 2],
    /// Where it does not look at that size.
    #[serde(default, skip_serializing_if = "is_its_own")]
    input: InputSize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    colour: Option<ColourOrder>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mean: Option<[f32; 3]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    std: Option<[f32; 3]>,
    #[serde(default)]
    person_class: u32,
    score_threshold: f32,
    nms_iou: f32,
    training_data: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published_figure: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    card: Option<FileName>,
    /// Of a user's own: what it found when it was added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trial: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Source>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weights: Option<WrittenWeights>,
}

impl<N> WrittenModel<N> {
    /// Whether each of its files has a source.
    pub(super) fn can_be_had(&self) -> bool {
        let weights = self.weights.as_ref();
        !self.sources.is_empty() && weights.is_none_or(|weights| !weights.sources.is_empty())
    }

    /// Whether one of its files has a source.
    pub(super) fn names_sources(&self) -> bool {
        let weights = self.weights.as_ref();
        !self.sources.is_empty() || weights.is_some_and(|weights| !weights.sources.is_empty())
    }
}

/// The file with a model's weights, where they have one of their own.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct WrittenWeights {
    file: FileName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<Digest>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha384: Option<LongDigest>,
    bytes: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Source>,
}

impl WrittenWeights {
    /// Of a model: it has the model's name and licence.
    fn into_entry(self, model: &Entry) -> Result<Entry, Reason> {
        Ok(Entry {
            file: self.file,
            checksum: Checksum::of_fields(self.sha256, self.sha384)?,
            bytes: self.bytes,
            sources: self.sources,
            ..model.clone()
        })
    }

    fn from_entry(weights: &Entry) -> Self {
        Self {
            file: weights.file.clone(),
            sha256: weights.checksum.sha256().cloned(),
            sha384: weights.checksum.sha384().cloned(),
            bytes: weights.bytes,
            sources: weights.sources.clone(),
        }
    }
}

impl WrittenModel {
    pub(super) fn into_entry(self, origin: Origin) -> Result<ModelEntry, Reason> {
        let role = self
            .role
            .or(self.family.role())
            .ok_or("its family does many things: say which with `role`")?;
        let entry = Entry {
            name: self.name.into_inner(),
            title: self.title,
            file: self.file,
            checksum: Checksum::of_fields(self.sha256, self.sha384)?,
            bytes: self.bytes,
            licence: self.licence,
            sources: self.sources,
            executable: false,
        };
        let of_weights = self.weights.map(|weights| weights.into_entry(&entry));
        let weights = of_weights.transpose()?;
        let model = ModelEntry {
            weights,
            entry,
            family: self.family,
            subject: self.subject,
            role,
            input_size: (self.input_size[0], self.input_size[1]),
            input: self.input,
            colour: self.colour,
            mean: self.mean,
            std: self.std,
            person_class: self.person_class,
            score_threshold: self.score_threshold,
            nms_iou: self.nms_iou,
            training_data: self.training_data,
            // As version 0.1.0 wrote it of a user's own models.
            published_figure: self.published_figure.filter(|figure| figure != "none known"),
            card: self.card,
            digest_sources: self.digest_sources,
            trial: self.trial,
            own: origin == Origin::User,
        };
        check_contract(&model).map(|()| model)
    }
}

impl WrittenModel<Name> {
    pub(super) fn from_entry(model: &ModelEntry) -> Self {
        Self {
            name: model.entry.name.clone(),
            title: model.entry.title.clone(),
            file: model.entry.file.clone(),
            sha256: model.entry.checksum.sha256().cloned(),
            sha384: model.entry.checksum.sha384().cloned(),
            bytes: model.entry.bytes,
            digest_sources: model.digest_sources,
            licence: model.entry.licence.clone(),
            family: model.family,
            subject: model.subject,
            role: Some(model.role).filter(|role| model.family.role() != Some(*role)),
            input_size: [model.input_size.0, model.input_size.1],
            input: model.input,
            colour: model.colour,
            mean: model.mean,
            std: model.std,
            person_class: model.person_class,
            score_threshold: model.score_threshold,
            nms_iou: model.nms_iou,
            training_data: model.training_data.clone(),
            published_figure: model.published_figure.clone(),
            card: model.card.clone(),
            trial: model.trial.clone(),
            sources: model.entry.sources.clone(),
            weights: model.weights.as_ref().map(WrittenWeights::from_entry),
        }
    }
}

fn is_its_own(input: &InputSize) -> bool {
    *input == InputSize::Model
}

/// What no model can do with, whoever declares it.
pub(super) fn check_contract(model: &ModelEntry) -> Result<(), Reason> {
    let share = |value: f32| (0.0..=1.0).contains(&value);
    if model.family.role().is_some_and(|role| role != model.role) {
        return Err("its family cannot do what its role says".into());
    }
    if model.family.role().is_none() && matches!(model.role, Role::Find | Role::Pose) {
        return Err("a classifier finds nobody, and no joints: say what it tells with its role".into());
    }
    if model
        .role
        .subject()
        .is_some_and(|subject| subject != model.subject)
    {
        return Err("its role and what it looks at do not fit".into());
    }
    if model.input != InputSize::Model
        && !model
            .family
            .stride()
            .is_some_and(|stride| model.input.fits(stride))
    {
        return Err("its family cannot look at that input".into());
    }
    let side = |value: u32| (16..=8192).contains(&value);
    if !side(model.input_size.0) || !side(model.input_size.1) {
        return Err(format!(
            "an input of {}x{} is out of range: sides are 16 to 8192 pixels",
            model.input_size.0, model.input_size.1
        )
        .into());
    }
    if !share(model.score_threshold) || !share(model.nms_iou) {
        return Err("score_threshold and nms_iou lie between 0 and 1".into());
    }
    if model.mean.is_some_and(|mean| mean.iter().any(|v| !v.is_finite())) {
        return Err("a mean that is not a number".into());
    }
    if model
        .std
        .is_some_and(|std| std.iter().any(|v| !v.is_finite() || *v == 0.0))
    {
        return Err("a std of zero, or one that is not a number, cannot divide".into());
    }
    Ok(())
}
