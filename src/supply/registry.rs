//! In: the text of a registry (TOML). Out: its entries, checked; or what is wrong, with line and column.
//! Deliberately not here: any reading of files but the three that are embedded in the program.

use super::checked::{Digest, FileName, Name};
use super::checksum::Checksum;
use super::entry::{DataBasis, Entry, ModelEntry, SampleEntry, Source, ToolEntry, UnpackedMember};
use super::error::SupplyError;
use super::written_model::WrittenModel;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

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
            checksum: Checksum::Sha256($row.sha256),
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
            if origin == Origin::Builtin && !model.can_be_had() {
                return Err(fault(
                    file,
                    text,
                    Some(at),
                    "this model, or its weights, has no source",
                ));
            }
            if origin == Origin::User && model.names_sources() {
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
            if self.has(model.entry.name.as_str()) {
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

    /// Whether a model or a set has that name: a model of one's own under the name of a set would be run in its place.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some() || self.sets.contains_key(name)
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
        assert_eq!(models.all().len(), 37);
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
        assert_eq!(names("default"), ["centerface", "nanodet-g"]);
        assert_eq!(names("quick"), names("core"));
        for model in models.all() {
            let card = crate::card(model.entry.name.as_str()).expect("every built-in model has a card");
            let measured = card.contains("## On PETS 2009 S2.L1 (measured)");
            assert_eq!(measured, model.digest_sources.is_none(), "{}", model.entry.name);
            assert!(card.contains(&model.entry.licence), "{}", model.entry.name);
        }
        assert_eq!(SampleRegistry::builtin().unwrap().all().len(), 1);
        assert_eq!(ToolRegistry::parse("tools", TOOLS).unwrap().tools.len(), 6);
    }

    /// Whoever has no file cannot have run it: the card says so, and names what holds the head in its place.
    #[test]
    fn a_model_whose_file_nobody_had_says_so_on_its_card_and_names_what_holds_its_head() {
        let registry = ModelRegistry::builtin().unwrap();
        let parity = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut not_run = 0;
        for model in registry.all() {
            let (name, card) = (
                model.entry.name.as_str(),
                crate::card(model.entry.name.as_str()).unwrap(),
            );
            let section = card.split("\n## Not run by us\n").nth(1);
            assert_eq!(section.is_some(), model.digest_sources.is_some(), "{name}");
            for file in model.files() {
                assert!(card.contains(file.checksum.digits()), "{name}");
            }
            let (Some(section), Some(sources)) = (section, model.digest_sources) else {
                continue;
            };
            not_run += 1;
            let section = section.split("\n## ").next().unwrap();
            let stated = match sources {
                1 => "One public source states".to_owned(),
                several => format!("{several} public sources state"),
            };
            assert!(section.contains(&stated), "{name}: {section}");
            let held = section
                .split('`')
                .filter(|word| word.starts_with("tests/parity/") && word.ends_with(".json"));
            let held: Vec<_> = held
                .map(|file| std::fs::read_to_string(parity.join(file)).unwrap())
                .collect();
            let wanted = match model.role {
                vsa_plan::Role::Find => format!("\"{}\"", model.family.name()),
                _ => "\"bodies\"".to_owned(),
            };
            assert!(
                held.iter().any(|numbers| numbers.contains(&wanted)),
                "{name}: {wanted}"
            );
            // Nobody is given by a set what nobody here has run.
            assert!(registry.sets_of(name).is_empty(), "{name}");
        }
        assert_eq!(not_run, 16);
    }

    #[test]
    fn a_file_has_one_digest_sha_256_or_sha_384() {
        let (short, long) = ("0f".repeat(32), "0f".repeat(48));
        let with = |digests: &str| {
            let text = MODELS.split("[[model]]").nth(1).unwrap();
            let stated = text.lines().find(|line| line.starts_with("sha256")).unwrap();
            let text = format!("[[model]]{}", text.replace(stated, digests));
            ModelRegistry::parse("r.toml", &text, Origin::Builtin)
        };
        let read = with(&format!("sha384 = \"{long}\"")).unwrap();
        assert_eq!(
            read.all()[0].entry.checksum.to_string(),
            format!("SHA-384 {long}")
        );
        let written = toml::to_string(&WrittenModel::from_entry(&read.all()[0])).unwrap();
        assert!(
            written.contains(&format!("sha384 = \"{long}\"")) && !written.contains("\nsha256"),
            "{written}"
        );
        for (digests, words) in [
            (String::new(), "no digest"),
            (
                format!("sha256 = \"{short}\"\nsha384 = \"{long}\""),
                "two digests",
            ),
            (format!("sha384 = \"{short}\""), "not a SHA-384"),
        ] {
            let error = with(&digests).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }

    #[test]
    fn the_quick_and_the_default_set_need_package_registries_only() {
        let registry = ModelRegistry::builtin().unwrap();
        for set in ["quick", "default"] {
            for file in registry.set(set).unwrap().into_iter().flat_map(ModelEntry::files) {
                let package = |source: &Source| !matches!(source, Source::Page(_));
                assert!(file.sources.iter().any(package), "{set}: {}", file.name);
            }
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

    /// The first model of the registry, with these lines after its own.
    fn first_model_with(weights: &str) -> String {
        let text = MODELS.split("[[model]]").nth(1).unwrap();
        let own = text.split("[[model.sources]]").next().unwrap();
        format!("[[model]]{own}{weights}")
    }

    #[test]
    fn a_model_of_two_files_says_of_its_weights_what_it_says_of_its_graph() {
        let digest = "0123456789abcdef".repeat(4);
        let weights = format!("[model.weights]\nfile = \"graph.bin\"\nsha256 = \"{digest}\"\nbytes = 5\n");
        let page = "page = { url = \"https://example.org/x\" }\n";
        let sources = format!("[[model.sources]]\n{page}");
        let of_weights = format!("[[model.weights.sources]]\n{page}");
        let text = first_model_with(&format!("{sources}{weights}{of_weights}"));
        let read = ModelRegistry::parse("r.toml", &text, Origin::Builtin).unwrap();
        let [model] = read.all() else {
            panic!("one model");
        };
        let found: Vec<_> = model
            .files()
            .map(|file| (file.file.as_str(), file.sources.len()))
            .collect();
        assert_eq!(found, [("centerface.onnx", 1), ("graph.bin", 1)]);
        assert_eq!(model.bytes(), model.entry.bytes + 5);
        // Each half needs a source in the program's registry, and has none in a user's.
        for (text, origin, words) in [
            (format!("{sources}{weights}"), Origin::Builtin, "has no source"),
            (format!("{weights}{of_weights}"), Origin::Builtin, "has no source"),
            (format!("{weights}{of_weights}"), Origin::User, "no sources"),
        ] {
            let error = ModelRegistry::parse("r.toml", &first_model_with(&text), origin).unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
        let own = ModelRegistry::parse("r.toml", &first_model_with(&weights), Origin::User).unwrap();
        let written = WrittenModel::from_entry(&own.all()[0]);
        let text = format!(
            "[[model]]\n{}",
            toml::to_string(&written)
                .unwrap()
                .replace("[weights]", "[model.weights]")
        );
        assert_eq!(ModelRegistry::parse("r.toml", &text, Origin::User).unwrap(), own);
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
