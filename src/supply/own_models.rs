//! The models that a user added: `models.toml` in the user's data folder. In: a file, or two, and what was declared about them.
//! Out: an entry beside the built-in ones. Deliberately not here: how a family is recognised (`observe`).

use super::checked::{Digest, FileName, Name};
use super::checksum::Checksum;
use super::entry::{Entry, ModelEntry};
use super::error::SupplyError;
use super::registry::{ModelRegistry, Origin};
use super::store::Store;
use super::weights_file;
use super::workplace::Lock;
use super::written_model::{WrittenModel, check_contract};
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};
use vsa_base::{Reason, digest};
use vsa_plan::{ColourOrder, Family, InputSize, Role, Subject};

/// What a model file tells about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Identified {
    /// Its family.
    pub family: Family,
    /// What it looks for.
    pub subject: Subject,
    /// Width and height of its input.
    pub input_size: (u32, u32),
    /// Index of the class `person`.
    pub person_class: u32,
    /// What was recognised, in words.
    pub note: String,
}

/// What a user says about a model file; what is left out is recognised from the file, or a default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Declared {
    /// The file with the weights, where they are in one of their own; else looked for beside the model's file.
    pub weights: Option<PathBuf>,
    /// Name; else the file's, made fit.
    pub name: Option<String>,
    /// One line for people.
    pub title: Option<String>,
    /// Family.
    pub family: Option<Family>,
    /// What it looks for.
    pub subject: Option<Subject>,
    /// What it does with it, where the family does not tell it.
    pub role: Option<Role>,
    /// Width and height of its input.
    pub input_size: Option<(u32, u32)>,
    /// Colour order, where it is not the family's.
    pub colour: Option<ColourOrder>,
    /// Where it is not the family's.
    pub mean: Option<[f32; 3]>,
    /// Where it is not the family's.
    pub std: Option<[f32; 3]>,
    /// Index of the class `person`.
    pub person_class: Option<u32>,
    /// Score threshold.
    pub score_threshold: Option<f32>,
    /// Overlap threshold of suppression.
    pub nms_iou: Option<f32>,
    /// SPDX expression.
    pub licence: Option<String>,
    /// What it was trained on.
    pub training_data: Option<String>,
}

/// The user's registry.
#[derive(Clone, Debug)]
pub struct OwnModels {
    file: PathBuf,
}

#[derive(Serialize)]
struct Written {
    model: Vec<WrittenModel<Name>>,
}

impl OwnModels {
    /// The registry in that data folder, whether it exists or not.
    #[must_use]
    pub fn at(data: &Path) -> Self {
        Self {
            file: data.join("models.toml"),
        }
    }

    /// Reads it; a registry that does not exist is empty.
    ///
    /// # Errors
    /// When it cannot be read, with line and column.
    pub fn read(&self) -> Result<ModelRegistry, SupplyError> {
        let text = match std::fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(SupplyError::io("read", &self.file)(error)),
        };
        ModelRegistry::parse(&self.file.display().to_string(), &text, Origin::User)
    }

    /// Keeps a model that [`describe_own`] described: the bytes of its files go into the store, what is known of it into the
    /// registry. Keeping the same again changes nothing but what was declared.
    ///
    /// # Errors
    /// When the name is taken, or something cannot be written.
    pub fn keep(
        &self,
        model: &ModelEntry,
        (file, weights): (&Path, Option<&Path>),
        builtin: &ModelRegistry,
        store: &Store,
    ) -> Result<(), SupplyError> {
        let name = model.entry.name.as_str();
        not_builtin(name, builtin)?;
        let folder = self.file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(SupplyError::io("create", folder))?;
        let _lock = Lock::wait(&folder.join("models.lock"), || Ok(()))?;
        let mut models = self.read()?.all().to_vec();
        if let Some(known) = models.iter().find(|known| known.entry.name == model.entry.name)
            && !known
                .files()
                .map(|file| &file.checksum)
                .eq(model.files().map(|file| &file.checksum))
        {
            let sha256 = known.entry.checksum.digits().to_owned();
            return Err(SupplyError::NameTaken {
                name: name.to_owned(),
                sha256,
            });
        }
        store.adopt(&model.entry, file)?;
        if let (Some(entry), Some(weights)) = (&model.weights, weights) {
            store.adopt(entry, weights)?;
        }
        models.retain(|known| known.entry.name != model.entry.name);
        models.push(model.clone());
        self.write(folder, &models)
    }

    fn write(&self, folder: &Path, models: &[ModelEntry]) -> Result<(), SupplyError> {
        let written = Written {
            model: models.iter().map(WrittenModel::from_entry).collect(),
        };
        let text = toml::to_string(&written).map_err(|error| {
            SupplyError::io("write", &self.file)(std::io::Error::other(error.to_string()))
        })?;
        let failed = || SupplyError::io("write", &self.file);
        let mut temporary = tempfile::Builder::new()
            .prefix(".models-")
            .tempfile_in(folder)
            .map_err(failed())?;
        temporary.write_all(text.as_bytes()).map_err(failed())?;
        temporary.as_file().sync_all().map_err(failed())?;
        temporary
            .persist(&self.file)
            .map_err(|error| failed()(error.error))?;
        Ok(())
    }
}

/// The file with the weights of a model in `file`: the one that was declared, or the one beside it under its usual name.
///
/// # Errors
/// When the file names several.
pub fn weights_of(file: &Path, declared: &Declared) -> Result<Option<PathBuf>, SupplyError> {
    match &declared.weights {
        Some(named) => Ok(Some(named.clone())),
        None => weights_file::beside(file).map_err(|Reason(why)| SupplyError::NotAModel {
            file: file.to_owned(),
            why,
        }),
    }
}

fn not_builtin(name: &str, builtin: &ModelRegistry) -> Result<(), SupplyError> {
    if builtin.has(name) {
        return Err(SupplyError::ShadowsBuiltin {
            name: name.to_owned(),
        });
    }
    Ok(())
}

/// The entry of a file of the user's own, from what was declared and what is recognised, with what should be checked. The file
/// is only opened as a model when something is left to recognise; nothing is written.
///
/// # Errors
/// When the name is a built-in one, or the family cannot be told.
pub fn describe_own(
    (file, weights): (&Path, Option<&Path>),
    declared: &Declared,
    builtin: &ModelRegistry,
    identify: impl Fn(&Path, Option<&Path>) -> Result<Identified, Reason>,
) -> Result<(ModelEntry, Option<String>), SupplyError> {
    let (model, note) = describe(file, weights, declared, identify)?;
    not_builtin(model.entry.name.as_str(), builtin)?;
    Ok((model, note))
}

/// Digest and size of a file that has content.
fn digested(file: &Path) -> Result<(Digest, u64), SupplyError> {
    let refuse = |Reason(why)| SupplyError::NotAModel {
        file: file.to_owned(),
        why,
    };
    let meta = file.metadata().map_err(SupplyError::io("read", file))?;
    if !meta.is_file() || meta.len() == 0 {
        return Err(refuse(Reason::of("it is not a file with content")));
    }
    let (sha256, bytes) = digest::of_file(file).map_err(SupplyError::io("read", file))?;
    Ok((Digest::try_from(sha256).map_err(refuse)?, bytes))
}

/// The entry of a model's files, from what was declared and what is recognised. The file is only opened as a model when
/// something is left to recognise.
fn describe(
    file: &Path,
    weights: Option<&Path>,
    declared: &Declared,
    identify: impl Fn(&Path, Option<&Path>) -> Result<Identified, Reason>,
) -> Result<(ModelEntry, Option<String>), SupplyError> {
    let refuse = |Reason(why)| SupplyError::NotAModel {
        file: file.to_owned(),
        why,
    };
    let (sha256, bytes) = digested(file)?;
    let of_weights = weights.map(digested).transpose()?;
    let (family, subject, input_size, person_class, note) = match (
        declared.family,
        declared.subject.or(declared
            .role
            .or(declared.family.and_then(Family::role))
            .and_then(Role::subject)),
        declared.input_size,
    ) {
        (Some(family), Some(subject), Some(size)) => {
            (family, subject, size, declared.person_class.unwrap_or(0), None)
        }
        (family, subject, size) => {
            let found = identify(file, weights).map_err(|why| {
                refuse(Reason(format!(
                    "{why}; declare it with --family, --subject and --input-size"
                )))
            })?;
            (
                family.unwrap_or(found.family),
                subject.unwrap_or(found.subject),
                size.unwrap_or(found.input_size),
                declared.person_class.unwrap_or(found.person_class),
                Some(found.note),
            )
        }
    };
    let name = declared.name.clone().unwrap_or_else(|| fit_name(file));
    let role = declared.role.or(family.role()).ok_or_else(|| {
        refuse(Reason::of(
            "its family does many things: say which with --role (emotion or mask, for instance)",
        ))
    })?;
    let (score_threshold, nms_iou) = family.thresholds();
    let named = |ending: &str| FileName::try_from(format!("{name}.{ending}")).map_err(refuse);
    let entry = Entry {
        title: declared
            .title
            .clone()
            .unwrap_or_else(|| format!("{name} (added by hand)")),
        file: named(weights_file::ending(file))?,
        name: Name::try_from(name.clone()).map_err(refuse)?,
        checksum: Checksum::Sha256(sha256),
        bytes,
        licence: declared.licence.clone().unwrap_or_else(|| "unknown".to_owned()),
        sources: Vec::new(),
        executable: false,
    };
    let weights = match of_weights {
        Some((sha256, bytes)) => Some(Entry {
            file: named("bin")?,
            checksum: Checksum::Sha256(sha256),
            bytes,
            ..entry.clone()
        }),
        None => None,
    };
    let model = ModelEntry {
        entry,
        weights,
        family,
        subject,
        role,
        input_size,
        input: InputSize::Model,
        colour: declared.colour,
        mean: declared.mean,
        std: declared.std,
        person_class,
        score_threshold: declared.score_threshold.unwrap_or(score_threshold),
        nms_iou: declared.nms_iou.unwrap_or(nms_iou),
        training_data: declared
            .training_data
            .clone()
            .unwrap_or_else(|| "not declared".to_owned()),
        published_figure: None,
        card: None,
        digest_sources: None,
        trial: None,
        own: true,
    };
    check_contract(&model).map_err(refuse)?;
    Ok((model, note))
}

/// A file's name as the name of an entry: `YOLOX_s (2).onnx` becomes `yolox-s-2`.
fn fit_name(file: &Path) -> String {
    let stem = file
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let plain: String = stem
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    let mut name = parts.join("-");
    name.truncate(64);
    if name.is_empty() { "model".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_becomes_a_name() {
        for (file, name) in [
            ("YOLOX_s (2).onnx", "yolox-s-2"),
            ("é.onnx", "model"),
            ("a/b.c.onnx", "b-c"),
        ] {
            assert_eq!(fit_name(Path::new(file)), name);
        }
    }

    #[test]
    fn defaults_are_those_of_the_built_in_models() {
        for model in ModelRegistry::builtin().unwrap().all() {
            let defaults = (model.score_threshold, model.nms_iou);
            // Chosen for this file on three kinds of footage: its card has the figures.
            if model.entry.name.as_str() == "nanodet-g" {
                assert_eq!(defaults, (0.4, 0.5));
                continue;
            }
            assert_eq!(model.family.thresholds(), defaults, "{}", model.entry.name);
        }
    }
}
