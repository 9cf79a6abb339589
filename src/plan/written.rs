//! The written plan: what a user put in a plan file and on the command line, unchecked. Out: a checked [`Plan`].
//! Options of the command line win over the file. Errors in the file point at line and column.

use super::fusion::{WrittenFusion, check_fusions};
use super::input_size::set_inputs;
use super::second_detectors::check_second_detectors;
use super::{Checked, FootageItem, InputSize, Means, ModelChoice, Plan, Role, Subject, Tiling};
use crate::scene::{Scene, SceneChoice, SceneError};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vsa_audits::AuditId;
use vsa_record::disclosure::{DataBasis, DisclosureError, DisclosurePolicy};
use vsa_record::robustness::{Corruption, Perturbation};

/// A plan as written. Every part is optional; `None` means: not said.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenPlan {
    /// Footage to look at; the command line's footage comes instead, if any is given there.
    #[serde(default)]
    pub footage: Vec<WrittenFootage>,
    /// Names of models, or one name of a set (`core`, `standard`, `full`).
    pub models: Option<Vec<String>>,
    /// Names of second detectors, one for people and one for faces at most: compared with the first, frame by frame, or joined
    /// with it (`fusion`).
    pub second_detectors: Option<Vec<String>>,
    /// Frames looked at in each second of footage.
    pub sample_fps: Option<f64>,
    /// Frames are drawn at random until every interval is within this: half its width, of a share as it is, of a mean as
    /// a share of the mean. Not together with `sample_fps` or `robustness`.
    pub precision_target: Option<f64>,
    /// Seed of the draw; 0 if not given.
    pub precision_seed: Option<u64>,
    /// On what ground the footage is processed.
    pub data_basis: Option<DataBasis>,
    /// Cells with 1 to `min_cell - 1` people behind them are withheld.
    pub min_cell: Option<u32>,
    /// Why `min_cell` is lower than the rule.
    pub min_cell_reason: Option<String>,
    /// Whether boxes of single people are exported; only for a public or consented dataset.
    pub export_objects: Option<bool>,
    /// Thresholds of audits, by the audit's name, in the unit of its evidence.
    #[serde(default)]
    pub thresholds: BTreeMap<String, f64>,
    /// What is known about the place: a scene file, or the scene itself.
    pub scene: Option<SceneChoice>,
    /// Whether, and how thoroughly, the footage is degraded and looked at again.
    pub robustness: Option<RobustnessExtent>,
    /// How people are looked for.
    #[serde(default)]
    pub person: WrittenSearch,
    /// How faces are looked for.
    #[serde(default)]
    pub face: WrittenSearch,
}

/// How thoroughly robustness is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RobustnessExtent {
    /// Not at all.
    None,
    /// Every corruption at the middle severity: each frame is looked at up to nine times.
    Default,
    /// Every corruption at every severity: up to 41 times.
    Full,
}

/// The severity that stands for all five: the middle one.
const MIDDLE: u8 = 3;

impl RobustnessExtent {
    fn perturbations(self) -> Vec<Perturbation> {
        let severities = match self {
            Self::None => return Vec::new(),
            Self::Default => MIDDLE..=MIDDLE,
            Self::Full => 1..=5,
        };
        let at = |corruption| {
            severities
                .clone()
                .map(move |severity| Perturbation { corruption, severity })
        };
        Corruption::ALL.into_iter().flat_map(at).collect()
    }
}

/// One piece of footage as written.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenFootage {
    /// A video, an image or a folder of images; relative to the plan file.
    pub path: PathBuf,
    /// How the record names it.
    pub label: Option<String>,
    /// For a folder: images per second, if they follow each other in time.
    pub sequence_fps: Option<f64>,
}

/// How one subject is looked for, as written.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenSearch {
    /// Tiles, such as `3x2`; `1x1`: none.
    pub tiles: Option<String>,
    /// At which size the detector looks, where it takes pictures of any size: `native`, `native:1920`, `640x480`, `model`.
    pub input_size: Option<InputSize>,
    /// Share of a tile's side that it has in common with its neighbour.
    pub overlap: Option<f32>,
    /// Whether the whole frame is looked at besides the tiles.
    pub whole_frame: Option<bool>,
    /// Detections below this score are dropped, instead of the model's own limit.
    pub score_threshold: Option<f32>,
    /// Overlap above which the lesser of two boxes is dropped, instead of the model's own.
    pub nms_iou: Option<f32>,
    /// Looked for in every n-th looked-at frame (faces only).
    pub every: Option<u32>,
    /// How the boxes of the second detector are joined with those of the first; none: they are only compared.
    pub fusion: Option<WrittenFusion>,
}

impl WrittenSearch {
    /// These tiles, checked; `name` is how an error calls them.
    ///
    /// # Errors
    /// [`PlanError`], where they are none.
    pub fn tiling(&self, name: &str) -> Result<Tiling, PlanError> {
        check_tiles(name, self)
    }
}

/// Why a plan cannot be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The file cannot be read.
    #[error("cannot read the plan {path}: {source}")]
    Read {
        /// The plan file.
        path: PathBuf,
        /// As the system says.
        source: std::io::Error,
    },
    /// It is not a plan.
    #[error("the plan {path} is not understood:\n{reason}")]
    Parse {
        /// The plan file.
        path: PathBuf,
        /// With line, column and the line itself.
        reason: String,
    },
    /// A value makes no sense.
    #[error("{what} is {got}, but must be {wanted}")]
    Value {
        /// Which.
        what: String,
        /// What was written.
        got: String,
        /// What would do.
        wanted: &'static str,
    },
    /// There is nothing to look at.
    #[error("no footage: name a video, an image or a folder of images")]
    NoFootage,
    /// There is nothing to look with.
    #[error("no model: name one or more with --models (see `vsa-audit models list`)")]
    NoModel,
    /// Two models look for the same thing.
    #[error(
        "{first} and {second} both look for a {subject}: name one of them, and run the other as an audit of its own"
    )]
    SameSubject {
        /// The first.
        first: String,
        /// The second.
        second: String,
        /// What both look for.
        subject: Subject,
    },
    /// A threshold for an audit that there is not.
    #[error("the plan sets a threshold for `{name}`, which is no audit; the audits are: {known}")]
    UnknownAudit {
        /// As written.
        name: String,
        /// The audits.
        known: String,
    },
    /// Two models do the same.
    #[error(
        "{first} and {second} do the same ({role}): name one of them, and run the other as an audit of its own"
    )]
    SameRole {
        /// The first.
        first: String,
        /// The second.
        second: String,
        /// What both do.
        role: Role,
    },
    /// A model describes what no model finds.
    #[error("{name} describes what another model finds: add a model that looks for a {subject}")]
    NothingToDescribe {
        /// Its name.
        name: String,
        /// What has to be found.
        subject: Subject,
    },
    /// A second detector that cannot be compared.
    #[error("{name} cannot be the second detector: {because}")]
    SecondDetector {
        /// Its name.
        name: String,
        /// Why, and what to do.
        because: String,
    },
    /// Two items bear one label.
    #[error("two pieces of footage are labelled `{label}`: give each its own label")]
    SameLabel {
        /// The label.
        label: String,
    },
    /// The scene cannot be used.
    #[error(transparent)]
    Scene(#[from] SceneError),
    /// The rule for small cells cannot be as asked.
    #[error(transparent)]
    Disclosure(#[from] DisclosureError),
}

impl WrittenPlan {
    /// Reads a plan file. Paths in it become relative to the file's folder.
    ///
    /// # Errors
    /// [`PlanError::Read`] and [`PlanError::Parse`].
    pub fn read(path: &Path) -> Result<Self, PlanError> {
        let text = std::fs::read_to_string(path).map_err(|source| PlanError::Read {
            path: path.to_owned(),
            source,
        })?;
        let mut plan = Self::parse(&text).map_err(|error| PlanError::Parse {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for item in &mut plan.footage {
            item.path = folder.join(&item.path);
        }
        plan.scene = plan.scene.map(|scene| match scene {
            SceneChoice::File(file) => SceneChoice::File(folder.join(file)),
            SceneChoice::Inline(scene) => SceneChoice::Inline(Box::new(scene.written_in(path, &text))),
        });
        Ok(plan)
    }

    /// From the text of a plan file, with the paths as they are written.
    ///
    /// # Errors
    /// [`toml::de::Error`], with the place in the text.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// Checks the scene alone, so that its faults are told before anything is fetched.
    ///
    /// # Errors
    /// [`PlanError::Scene`].
    pub fn checked_scene(&self) -> Result<Scene, PlanError> {
        match self.scene.clone() {
            None => Ok(Scene::default()),
            Some(SceneChoice::File(path)) => Ok(Scene::read(&path)?),
            Some(SceneChoice::Inline(scene)) => Ok(scene.check()?),
        }
    }

    /// Checks everything that can be checked before a file is opened. `means` are what the names in this plan were resolved to:
    /// [`Self::models`], [`Self::second_detectors`], and what runs them.
    ///
    /// # Errors
    /// The first [`PlanError`] met.
    pub fn check(self, means: Means) -> Result<Plan, PlanError> {
        let disclosure = DisclosurePolicy::new(
            self.data_basis.unwrap_or(DataBasis::Undeclared),
            self.min_cell,
            self.min_cell_reason.clone(),
        )?;
        let disclosure = match self.export_objects {
            Some(true) => disclosure.with_objects_exported()?,
            Some(false) | None => disclosure,
        };
        let models = check_models(means.models, &self.person, &self.face)?;
        let face_stride = self.face.every.unwrap_or(1);
        require(face_stride >= 1, "face.every", face_stride, "1 or more")?;
        let person_stride = self.person.every.unwrap_or(1);
        require(
            person_stride == 1,
            "person.every",
            person_stride,
            "1: people are followed from frame to frame",
        )?;
        require_rate("sample_fps", self.sample_fps)?;
        check_thresholds(&self.thresholds)?;
        let precision = self.check_precision(&models)?;
        let scene = self.checked_scene()?;
        let fusions = check_fusions([&self.person, &self.face], &models, &means.second_detectors)?;
        check_second_detectors(&models, &means.second_detectors, precision.is_some(), &fusions)?;
        Ok(Plan(Checked {
            thresholds: self.thresholds,
            scene,
            footage: check_footage(self.footage)?,
            models,
            second_detectors: means.second_detectors,
            fusions,
            decoder: means.decoder,
            engine: means.engine,
            sample_fps: self.sample_fps,
            precision,
            person_tiles: check_tiles("person", &self.person)?,
            face_tiles: check_tiles("face", &self.face)?,
            face_stride,
            robustness: self
                .robustness
                .map_or_else(Vec::new, RobustnessExtent::perturbations),
            disclosure,
        }))
    }
}

pub(super) fn require(
    holds: bool,
    what: &str,
    got: impl ToString,
    wanted: &'static str,
) -> Result<(), PlanError> {
    if holds {
        Ok(())
    } else {
        Err(PlanError::Value {
            what: what.to_owned(),
            got: got.to_string(),
            wanted,
        })
    }
}

/// A rate, where one is given.
fn require_rate(what: &str, rate: Option<f64>) -> Result<(), PlanError> {
    let sound = rate.is_none_or(|rate| rate.is_finite() && rate > 0.0);
    require(sound, what, rate.unwrap_or_default(), "a number above 0")
}

/// By name and value. That only audits are named is checked here as well, so that a slip of the pen does not silently
/// leave the tool's own threshold in place.
fn check_thresholds(thresholds: &BTreeMap<String, f64>) -> Result<(), PlanError> {
    let names: Vec<&str> = vsa_audits::ids().into_iter().map(AuditId::name).collect();
    for (name, &value) in thresholds {
        if !names.contains(&name.as_str()) {
            return Err(PlanError::UnknownAudit {
                name: name.clone(),
                known: names.join(", "),
            });
        }
        require(
            value.is_finite() && value >= 0.0,
            &format!("thresholds.{name}"),
            value,
            "a number, 0 or more, in the unit of the audit's evidence (shares between 0 and 1, rates per hour)",
        )?;
    }
    Ok(())
}

fn check_models(
    mut models: Vec<ModelChoice>,
    person: &WrittenSearch,
    face: &WrittenSearch,
) -> Result<Vec<ModelChoice>, PlanError> {
    if models.is_empty() {
        return Err(PlanError::NoModel);
    }
    for (at, model) in models.iter().enumerate() {
        if let Some(earlier) = models[..at]
            .iter()
            .find(|earlier| (earlier.role, earlier.subject) == (model.role, model.subject))
        {
            let (first, second) = (earlier.name.clone(), model.name.clone());
            return Err(match model.role {
                Role::Find => PlanError::SameSubject {
                    first,
                    second,
                    subject: model.subject,
                },
                role => PlanError::SameRole { first, second, role },
            });
        }
        let found = |subject| {
            let mut finders = models.iter().filter(|model| model.role == Role::Find);
            finders.any(|finder| finder.subject == subject)
        };
        if model.role != Role::Find && !found(model.subject) {
            return Err(PlanError::NothingToDescribe {
                name: model.name.clone(),
                subject: model.subject,
            });
        }
    }
    set_inputs(&mut models, person.input_size, face.input_size)?;
    for model in models.iter_mut().filter(|model| model.role == Role::Find) {
        let (name, search) = match model.subject {
            Subject::Person => ("person", person),
            Subject::Face => ("face", face),
        };
        model.score_threshold = search.score_threshold.unwrap_or(model.score_threshold);
        model.nms_iou = search.nms_iou.unwrap_or(model.nms_iou);
        for (limit, value) in [
            ("score_threshold", model.score_threshold),
            ("nms_iou", model.nms_iou),
        ] {
            let what = format!("{name}.{limit}");
            require((0.0..=1.0).contains(&value), &what, value, "between 0 and 1")?;
        }
    }
    Ok(models)
}

fn check_footage(written: Vec<WrittenFootage>) -> Result<Vec<FootageItem>, PlanError> {
    if written.is_empty() {
        return Err(PlanError::NoFootage);
    }
    let mut labels = std::collections::BTreeSet::new();
    let mut items = Vec::with_capacity(written.len());
    for (at, footage) in written.into_iter().enumerate() {
        require_rate("sequence_fps", footage.sequence_fps)?;
        let label = footage.label.unwrap_or_else(|| format!("item-{}", at + 1));
        if !labels.insert(label.clone()) {
            return Err(PlanError::SameLabel { label });
        }
        items.push(FootageItem {
            label,
            path: footage.path,
            sequence_fps: footage.sequence_fps,
        });
    }
    Ok(items)
}

/// More tiles than this on a side are surely a slip of the pen: each costs one network run per frame.
const MOST_TILES: u32 = 32;

fn check_tiles(name: &str, search: &WrittenSearch) -> Result<Tiling, PlanError> {
    let Some(tiles) = &search.tiles else {
        require(
            search.overlap.is_none() && search.whole_frame.is_none(),
            &format!("{name}.tiles"),
            "missing",
            "given where overlap or whole_frame is given",
        )?;
        return Ok(Tiling::NONE);
    };
    let wanted = "columns x rows, such as 3x2, each between 1 and 32";
    let parsed = tiles
        .split_once(['x', 'X'])
        .and_then(|(columns, rows)| Some((columns.trim().parse().ok()?, rows.trim().parse().ok()?)))
        .filter(|&(columns, rows): &(u32, u32)| {
            (1..=MOST_TILES).contains(&columns) && (1..=MOST_TILES).contains(&rows)
        });
    let Some((columns, rows)) = parsed else {
        return Err(PlanError::Value {
            what: format!("{name}.tiles"),
            got: tiles.clone(),
            wanted,
        });
    };
    let overlap = search.overlap.unwrap_or(Tiling::DEFAULT_OVERLAP);
    require(
        (0.0..=0.9).contains(&overlap),
        &format!("{name}.overlap"),
        overlap,
        "between 0 and 0.9",
    )?;
    if (columns, rows) == (1, 1) {
        return Ok(Tiling::NONE);
    }
    Ok(Tiling {
        columns,
        rows,
        overlap,
        whole_frame: search.whole_frame.unwrap_or(true),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn robustness_is_off_the_middle_severity_of_everything_or_everything() {
        let extent = |text: &str| toml::from_str::<WrittenPlan>(text).unwrap().robustness;
        assert_eq!(extent(""), None);
        assert_eq!(extent("robustness = \"full\""), Some(RobustnessExtent::Full));
        assert!(toml::from_str::<WrittenPlan>("robustness = \"much\"").is_err());
        let severities = |extent: RobustnessExtent| -> Vec<u8> {
            extent.perturbations().iter().map(|it| it.severity).collect()
        };
        assert!(severities(RobustnessExtent::None).is_empty());
        assert_eq!(severities(RobustnessExtent::Default), [3; 8]);
        let full = severities(RobustnessExtent::Full);
        assert_eq!((full.len(), &full[..6]), (40, &[1, 2, 3, 4, 5, 1][..]));
    }
}
