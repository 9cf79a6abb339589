//! The written scene: what a user put in a scene file (TOML), or under `scene` in a plan, unchecked.
//! Every value that can be wrong keeps its place in the file.

use super::error::{Origin, SceneError};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor, value::MapAccessDeserializer};
use std::fmt;
use std::path::{Path, PathBuf};
use toml::Spanned;
use vsa_record::scene::TsaiFacts;

/// A scene as written. Every part is optional.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenScene {
    /// Width and height in pixels of the picture that everything is drawn on.
    pub(super) frame_size: Option<Spanned<[u32; 2]>>,
    /// Frames per second, where the file's own rate is wrong.
    pub(super) frame_rate: Option<Spanned<f64>>,
    /// Height of a standing person, in metres.
    pub(super) body_height: Option<Spanned<f64>>,
    /// An arrow along which people commonly move.
    pub(super) common_direction: Option<Spanned<WrittenArrow>>,
    /// Areas.
    #[serde(default)]
    pub(super) zone: Vec<WrittenZone>,
    /// Lines.
    #[serde(default)]
    pub(super) line: Vec<WrittenLine>,
    /// From pixels to metres.
    pub(super) calibration: Option<Spanned<WrittenCalibration>>,
    #[serde(skip)]
    pub(super) origin: Origin,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenArrow {
    pub(super) from: Spanned<[f64; 2]>,
    pub(super) to: Spanned<[f64; 2]>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenZone {
    pub(super) name: Spanned<String>,
    pub(super) polygon: Spanned<Vec<Spanned<[f64; 2]>>>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenLine {
    pub(super) name: Spanned<String>,
    pub(super) from: Spanned<[f64; 2]>,
    pub(super) to: Spanned<[f64; 2]>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenCalibration {
    /// Known points: they make the homography, or check the camera.
    #[serde(default)]
    pub(super) points: Vec<Spanned<WrittenPoint>>,
    /// A camera file; its place is relative to the scene file.
    pub(super) camera: Option<Spanned<PathBuf>>,
    /// Units of the camera file's world in one metre.
    pub(super) units_per_metre: Option<Spanned<f64>>,
    /// The same as numbers.
    pub(super) tsai: Option<Spanned<TsaiFacts>>,
    /// The part of the picture that shows ground.
    pub(super) ground: Option<Spanned<Vec<Spanned<[f64; 2]>>>>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenPoint {
    pub(super) pixel: [f64; 2],
    pub(super) metres: [f64; 2],
}

impl WrittenScene {
    /// Reads a scene file.
    ///
    /// # Errors
    /// [`SceneError::Read`] and [`SceneError::Parse`].
    pub fn read(path: &Path) -> Result<Self, SceneError> {
        let text = std::fs::read_to_string(path).map_err(|error| SceneError::Read {
            what: "the scene",
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        let scene = Self::parse(&text).map_err(|error| SceneError::Parse {
            path: path.to_owned(),
            reason: error.to_string(),
        })?;
        Ok(scene.written_in(path, &text))
    }

    /// From the text of a scene file.
    ///
    /// # Errors
    /// [`toml::de::Error`], with the place in the text.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The same scene, with the file that it stands in: faults are then pointed at.
    #[must_use]
    pub fn written_in(mut self, path: &Path, text: &str) -> Self {
        self.origin = Origin {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        self
    }
}

/// What a plan says under `scene`: the place of a scene file, or the scene itself.
#[derive(Clone, Debug, PartialEq)]
pub enum SceneChoice {
    /// A file, relative to the plan.
    File(PathBuf),
    /// Written out.
    Inline(Box<WrittenScene>),
}

// By hand: an untagged enum would lose the places in the file.
impl<'de> Deserialize<'de> for SceneChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FileOrTable;
        impl<'de> Visitor<'de> for FileOrTable {
            type Value = SceneChoice;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("the name of a scene file, or a table [scene]")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<SceneChoice, E> {
                Ok(SceneChoice::File(PathBuf::from(text)))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SceneChoice, A::Error> {
                let scene = WrittenScene::deserialize(MapAccessDeserializer::new(map))?;
                Ok(SceneChoice::Inline(Box::new(scene)))
            }
        }
        deserializer.deserialize_any(FileOrTable)
    }
}
