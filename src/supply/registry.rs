//! In: the text of a registry (TOML). Out: its entries, checked; or what is wrong, with line and column.
//! Deliberately not here: any reading of files but the three that are embedded in the program.

use super::checked::{Digest, FileName, Name};
use super::entry::{DataBasis, Entry, ModelEntry, SampleEntry, Source, ToolEntry, UnpackedMember};
use super::error::SupplyError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use vsa_base::Reason;
use vsa_plan::{ColourOrder, Family, InputSize, Role, Subject};

const MODELS: &str = include_str!("../../models/registry.toml");
const SAMPLES: &str = include_str!("../../samples/registry.toml");
const TOOLS: &str = include_str!("tools.toml");

/// The file that a row of a registry speaks of: rows of models, samples and tools say the same about it, in fields of the
/// same names. The name alone comes by itself: some rows keep its place in the file with it.
macro_rules! entry {
    ($name:expr, $row:ident, executable: $executable:literal) => {
        Entry {
            name: $name,
            title: $row.title,
            file: $row.file,
            sha256: $row.sha256,
            bytes: $row.bytes,
            licence: $row.licence,
            sources: $row.sources,
            executable: $executable,
        }
    };
}

/// Models, built in and the user's own.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelRegistry {
    models: Vec<ModelEntry>,
    sets: BTreeMap<String, Vec<String>>,
}

/// Samples of public footage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleRegistry {
    samples: Vec<SampleEntry>,
}

/// Programs for this platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToolRegistry {
    tools: Vec<ToolEntry>,
}

impl ModelRegistry {
    /// The registry that the program carries.
    ///
    /// # Errors
    /// Never in a released program: a test reads it.
    pub fn builtin() -> Result<Self, SupplyError> {
        Self::parse("models/registry.toml", MODELS, Origin::Builtin)
    }

    pub(super) fn parse(file: &str, text: &str, origin: Origin) -> Result<Self, SupplyError> {
        let written: WrittenModels = read(file, text)?;
        check_names(file, text, written.model.iter().map(|m| &m.name))?;
        let mut models = Vec::new();
        for model in written.model {
            let at = model.name.span();
            if origin == Origin::Builtin && model.sources.is_empty() {
                return Err(fault(file, text, Some(at), "this model has no source"));
            }
            if origin == Origin::User && !model.sources.is_empty() {
                return Err(fault(file, text, Some(at), "a model of one's own has no sources"));
            }
            models.push(
                model
                    .into_entry(origin)
                    .map_err(|why| fault(file, text, Some(at), &why.0))?,
            );
        }
        for (set, members) in &written.sets {
            for member in members {
                if !models.iter().any(|m| m.entry.name.as_str() == member.get_ref()) {
                    let why = format!(
                        "the set \"{set}\" names \"{}\", which is not a model here",
                        member.get_ref()
                    );
                    return Err(fault(file, text, Some(member.span()), &why));
                }
            }
        }
        let plain = |members: Vec<Spanned<String>>| members.into_iter().map(Spanned::into_inner).collect();
        let sets = written
            .sets
            .into_iter()
            .map(|(name, members)| (name, plain(members)))
            .collect();
        Ok(Self { models, sets })
    }

    /// This registry and the user's own models after it.
    ///
    /// # Errors
    /// When one of the user's names is a built-in one.
    pub fn with_own(mut self, own: Self) -> Result<Self, SupplyError> {
        for model in own.models {
            if self.find(model.entry.name.as_str()).is_some() {
                return Err(SupplyError::ShadowsBuiltin {
                    name: model.entry.name.to_string(),
                });
            }
            self.models.push(model);
        }
        Ok(self)
    }

    /// All models, in the order written.
    #[must_use]
    pub fn all(&self) -> &[ModelEntry] {
        &self.models
    }

    /// The model of that name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&ModelEntry> {
        self.models.iter().find(|m| m.entry.name.as_str() == name)
    }

    /// The model of that name, or an error that lists the names there are.
    ///
    /// # Errors
    /// When there is none.
    pub fn get(&self, name: &str) -> Result<&ModelEntry, SupplyError> {
        self.find(name)
            .ok_or_else(|| unknown("model", name, self.models.iter().map(|m| m.entry.name.as_str())))
    }

    /// The models of a set, in the order written.
    ///
    /// # Errors
    /// When there is no such set.
    pub fn set(&self, name: &str) -> Result<Vec<&ModelEntry>, SupplyError> {
        let members = self
            .sets
            .get(name)
            .ok_or_else(|| unknown("model set", name, self.sets.keys().map(String::as_str)))?;
        members.iter().map(|member| self.get(member)).collect()
    }

    /// Names of the sets.
    pub fn set_names(&self) -> impl Iterator<Item = &str> {
        self.sets.keys().map(String::as_str)
    }

    /// Names of the sets that a model belongs to.
    #[must_use]
    pub fn sets_of(&self, model: &str) -> Vec<&str> {
        let has = |members: &Vec<String>| members.iter().any(|member| member == model);
        self.sets
            .iter()
            .filter(|(_, members)| has(members))
            .map(|(name, _)| name.as_str())
            .collect()
    }
}

impl SampleRegistry {
    /// The registry that the program carries.
    ///
    /// # Errors
    /// Never in a released program: a test reads it.
    pub fn builtin() -> Result<Self, SupplyError> {
        Self::parse("samples/registry.toml", SAMPLES)
    }

    fn parse(file: &str, text: &str) -> Result<Self, SupplyError> {
        let written: WrittenSamples = read(file, text)?;
        check_names(file, text, written.sample.iter().map(|s| &s.name))?;
        let samples = written
            .sample
            .into_iter()
            .map(|sample| SampleEntry {
                entry: entry!(sample.name.into_inner(), sample, executable: false),
                basis: sample.basis,
                basis_note: sample.basis_note,
                description: sample.description,
            })
            .collect();
        Ok(Self { samples })
    }

    /// All samples, in the order written.
    #[must_use]
    pub fn all(&self) -> &[SampleEntry] {
        &self.samples
    }

    /// The sample of that name, or an error that lists the names there are.
    ///
    /// # Errors
    /// When there is none.
    pub fn get(&self, name: &str) -> Result<&SampleEntry, SupplyError> {
        self.samples
            .iter()
            .find(|s| s.entry.name.as_str() == name)
            .ok_or_else(|| unknown("sample", name, self.samples.iter().map(|s| s.entry.name.as_str())))
    }
}

impl ToolRegistry {
    /// The programs for the platform that this program was built for.
    ///
    /// # Errors
    /// Never in a released program: a test reads it.
    pub fn builtin() -> Result<Self, SupplyError> {
        let platform = format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH);
        let mut all = Self::parse("src/supply/tools.toml", TOOLS)?;
        all.tools.retain(|tool| tool.platform == platform);
        Ok(all)
    }

    fn parse(file: &str, text: &str) -> Result<Self, SupplyError> {
        let written: WrittenTools = read(file, text)?;
        let tools = written
            .tool
            .into_iter()
            .map(|tool| ToolEntry {
                entry: entry!(tool.name, tool, executable: true),
                platform: tool.platform,
                unpacked: tool.unpacked,
            })
            .collect();
        Ok(Self { tools })
    }

    /// The program of that name, if there is one for this platform.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&ToolEntry> {
        self.tools.iter().find(|tool| tool.entry.name.as_str() == name)
    }
}

/// Who wrote a registry of models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Builtin,
    User,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenModels {
    #[serde(default)]
    sets: BTreeMap<String, Vec<Spanned<String>>>,
    #[serde(default)]
    model: Vec<WrittenModel>,
}

/// One model as it stands in a registry file.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenModel<N = Spanned<Name>> {
    name: N,
    title: String,
    file: FileName,
    sha256: Digest,
    bytes: u64,
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
}

impl WrittenModel {
    fn into_entry(self, origin: Origin) -> Result<ModelEntry, Reason> {
        let role = self
            .role
            .or(self.family.role())
            .ok_or("its family does many things: say which with `role`")?;
        let model = ModelEntry {
            entry: entry!(self.name.into_inner(), self, executable: false),
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
            sha256: model.entry.sha256.clone(),
            bytes: model.entry.bytes,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSamples {
    #[serde(default)]
    sample: Vec<WrittenSample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSample {
    name: Spanned<Name>,
    title: String,
    description: String,
    file: FileName,
    sha256: Digest,
    bytes: u64,
    licence: String,
    basis: DataBasis,
    basis_note: String,
    sources: Vec<Source>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTools {
    #[serde(default)]
    tool: Vec<WrittenTool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTool {
    name: Name,
    title: String,
    platform: String,
    file: FileName,
    sha256: Digest,
    bytes: u64,
    licence: String,
    sources: Vec<Source>,
    #[serde(default)]
    unpacked: Vec<UnpackedMember>,
}

fn read<T: for<'de> Deserialize<'de>>(file: &str, text: &str) -> Result<T, SupplyError> {
    toml::from_str(text).map_err(|error| fault(file, text, error.span(), error.message()))
}

fn check_names<'a>(
    file: &str,
    text: &str,
    names: impl Iterator<Item = &'a Spanned<Name>>,
) -> Result<(), SupplyError> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name.get_ref().as_str()) {
            let why = format!("\"{}\" is there already", name.get_ref());
            return Err(fault(file, text, Some(name.span()), &why));
        }
    }
    Ok(())
}

fn fault(file: &str, text: &str, span: Option<Range<usize>>, message: &str) -> SupplyError {
    let before = span.and_then(|span| text.get(..span.start)).unwrap_or("");
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    SupplyError::Registry {
        file: file.to_owned(),
        line,
        column,
        message: message.trim().to_owned(),
    }
}

fn unknown<'a>(what: &'static str, name: &str, known: impl Iterator<Item = &'a str>) -> SupplyError {
    SupplyError::Unknown {
        what,
        name: name.to_owned(),
        known: known.collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_of(text: &str) -> (usize, usize, String) {
        match ModelRegistry::parse("r.toml", text, Origin::Builtin) {
            Err(SupplyError::Registry {
                line,
                column,
                message,
                ..
            }) => (line, column, message),
            other => panic!("a registry error was expected, not {other:?}"),
        }
    }

    #[test]
    fn the_built_in_registries_are_well_formed_and_complete() {
        let models = ModelRegistry::builtin().unwrap();
        assert_eq!(models.all().len(), 13);
        let names = |set: &str| -> Vec<String> {
            models
                .set(set)
                .unwrap()
                .iter()
                .map(|model| model.entry.name.to_string())
                .collect()
        };
        assert_eq!(names("core"), ["centerface", "ssdlite-pedestrian"]);
        assert_eq!(names("standard"), ["yunet-n-640", "yolox-nano"]);
        for model in models.all() {
            let card = crate::card(model.entry.name.as_str()).expect("every built-in model has a card");
            assert!(
                card.contains("## On PETS 2009 S2.L1 (measured)"),
                "{}",
                model.entry.name
            );
            assert!(card.contains(&model.entry.licence), "{}", model.entry.name);
        }
        assert_eq!(SampleRegistry::builtin().unwrap().all().len(), 1);
        assert_eq!(ToolRegistry::parse("tools", TOOLS).unwrap().tools.len(), 6);
    }

    #[test]
    fn the_core_set_needs_package_registries_only() {
        for model in ModelRegistry::builtin().unwrap().set("core").unwrap() {
            assert!(
                model
                    .entry
                    .sources
                    .iter()
                    .any(|source| !matches!(source, Source::Page(_)))
            );
        }
    }

    #[test]
    fn an_unknown_field_is_refused_with_its_line() {
        let text = MODELS.replacen("title = \"CenterFace", "titel = 1\ntitle = \"CenterFace", 1);
        let wanted = text.lines().position(|line| line.starts_with("titel")).unwrap() + 1;
        let (line, column, message) = error_of(&text);
        assert_eq!((line, column), (wanted, 1), "{message}");
        assert!(message.contains("titel"), "{message}");
    }

    #[test]
    fn an_unknown_field_of_a_source_is_refused_with_its_line() {
        let text = MODELS.replacen("version = \"1.5.0\"", "version = \"1.5.0\", verison = \"1\"", 1);
        let wanted = text.lines().position(|line| line.contains("verison")).unwrap() + 1;
        let (line, _, message) = error_of(&text);
        assert_eq!(line, wanted, "{message}");
        assert!(message.contains("verison"), "{message}");
    }

    #[test]
    fn a_digest_that_is_none_is_refused_with_line_and_column() {
        let text = MODELS.replacen("sha256 = \"0918", "sha256 = \"XX18", 1);
        let wanted = text.lines().position(|line| line.contains("XX18")).unwrap() + 1;
        let (line, column, message) = error_of(&text);
        assert_eq!((line, column), (wanted, "sha256 = ".len() + 1), "{message}");
        assert!(message.contains("not a SHA-256"), "{message}");
    }

    #[test]
    fn two_models_of_one_name_are_refused() {
        let text = MODELS.replacen("name = \"yunet-n-320\"", "name = \"yunet-n-640\"", 1);
        let (line, _, message) = error_of(&text);
        let second = text
            .lines()
            .enumerate()
            .filter(|(_, l)| *l == "name = \"yunet-n-640\"")
            .nth(1)
            .unwrap()
            .0;
        assert_eq!(line, second + 1, "{message}");
    }

    #[test]
    fn a_set_may_only_name_models() {
        let (line, _, message) = error_of("[sets]\ncore = [\n  \"nobody\",\n]\n");
        assert_eq!(line, 3);
        assert!(message.contains("nobody"), "{message}");
    }

    #[test]
    fn a_registry_cut_anywhere_is_an_error_or_a_registry_and_never_a_panic() {
        for length in (0..MODELS.len()).step_by(37) {
            if let Some(text) = MODELS.get(..length) {
                drop(ModelRegistry::parse("r.toml", text, Origin::Builtin));
            }
        }
    }

    #[test]
    fn a_user_cannot_shadow_a_built_in_model() {
        let text = MODELS
            .split("[[model]]")
            .nth(1)
            .unwrap()
            .split("[[model.sources]]")
            .next()
            .unwrap();
        let own = ModelRegistry::parse("own", &format!("[[model]]{text}"), Origin::User).unwrap();
        let merged = ModelRegistry::builtin().unwrap().with_own(own);
        assert!(matches!(merged, Err(SupplyError::ShadowsBuiltin { .. })));
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let error = ModelRegistry::builtin()
            .unwrap()
            .get("nobody")
            .unwrap_err()
            .to_string();
        assert!(error.contains("yolox-nano"), "{error}");
    }
}
