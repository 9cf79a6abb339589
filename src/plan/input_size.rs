//! At which size a network is given what it looks at. In: what somebody asked for, what the model was made for, the picture.
//! Out: width and height of the input. Deliberately not here: how a picture is fitted into it (`vsa_room`).

use super::written::{PlanError, require};
use super::{ModelChoice, Role, Subject};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Where the size of a network's input comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum InputSize {
    /// The model's own: the one that it was trained or exported with.
    #[default]
    Model,
    /// That of the picture, up to a limit. A small picture is enlarged to the model's own size, and no further.
    Footage {
        /// The long side of the input is at most this, or the model's own where that is longer.
        longest: u32,
    },
    /// This one.
    Fixed {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
}

/// Shorter, no network of a supported family has cells; longer, no footage is.
const SIDES: std::ops::RangeInclusive<u32> = 32..=8192;

impl InputSize {
    /// The limit where none is given: beyond it, the street pictures that settings were chosen on give no more people and cost
    /// more than twice the time (`models/yolox-nano.md`).
    pub const LONGEST: u32 = 1280;

    /// The footage's own size, up to the usual limit.
    pub const NATIVE: Self = Self::Footage {
        longest: Self::LONGEST,
    };

    /// Width and height of the input for a picture of `picture`: `model` is the model's own size, and both sides are multiples of
    /// `stride`.
    #[must_use]
    pub fn of(self, model: (u32, u32), stride: u32, picture: (u32, u32)) -> (u32, u32) {
        let longest = match self {
            Self::Model => return model,
            Self::Fixed { width, height } => return (width, height),
            Self::Footage { longest } => longest,
        };
        let own = model.0.max(model.1);
        let long = picture.0.max(picture.1).max(1);
        let target = u64::from(long.clamp(own, longest.max(own)));
        let side = |side: u32| {
            let scaled = (u64::from(side) * target).div_ceil(u64::from(long));
            let whole = scaled.div_ceil(u64::from(stride)).max(1) * u64::from(stride);
            u32::try_from(whole).unwrap_or(u32::MAX)
        };
        (side(picture.0), side(picture.1))
    }

    /// Whether a network whose cells are `stride` pixels apart can have it.
    #[must_use]
    pub fn fits(self, stride: u32) -> bool {
        match self {
            Self::Fixed { width, height } => width.is_multiple_of(stride) && height.is_multiple_of(stride),
            Self::Model | Self::Footage { .. } => true,
        }
    }
}

/// What was written is no size.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{0}` is no input size: write `native` (the footage's own, its long side up to 1280 pixels), `native:1920` for another \
     limit, width and height such as `640x480`, or `model` (sides of 32 to 8192 pixels)"
)]
pub struct NoInputSize(String);

impl FromStr for InputSize {
    type Err = NoInputSize;

    fn from_str(text: &str) -> Result<Self, NoInputSize> {
        let side = |text: &str| text.trim().parse().ok().filter(|side| SIDES.contains(side));
        let read = || match text.trim() {
            "model" => Some(Self::Model),
            "native" => Some(Self::NATIVE),
            other => match other.strip_prefix("native:") {
                Some(longest) => Some(Self::Footage {
                    longest: side(longest)?,
                }),
                None => {
                    let (width, height) = other.split_once(['x', 'X'])?;
                    let (width, height) = (side(width)?, side(height)?);
                    Some(Self::Fixed { width, height })
                }
            },
        };
        read().ok_or_else(|| NoInputSize(text.to_owned()))
    }
}

impl TryFrom<String> for InputSize {
    type Error = NoInputSize;

    fn try_from(text: String) -> Result<Self, NoInputSize> {
        text.parse()
    }
}

/// As plans and options write it.
impl fmt::Display for InputSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Model => f.write_str("model"),
            Self::Footage { longest } => write!(f, "native:{longest}"),
            Self::Fixed { width, height } => write!(f, "{width}x{height}"),
        }
    }
}

impl From<InputSize> for String {
    fn from(size: InputSize) -> Self {
        size.to_string()
    }
}

/// The sizes at which the models that find people and faces look, where somebody asked for one.
///
/// # Errors
/// When a fixed size is asked of a model that cannot have it.
pub fn set_inputs(
    models: &mut [ModelChoice],
    person: Option<InputSize>,
    face: Option<InputSize>,
) -> Result<(), PlanError> {
    for model in models.iter_mut().filter(|model| model.role == Role::Find) {
        let (name, wanted) = match model.subject {
            Subject::Person => ("person", person),
            Subject::Face => ("face", face),
        };
        if let Some(wanted) = wanted {
            set_input(model, name, wanted)?;
        }
    }
    Ok(())
}

/// The size at which a model looks, where it can have it. A network of one size looks at that whatever the footage is.
fn set_input(model: &mut ModelChoice, name: &str, wanted: InputSize) -> Result<(), PlanError> {
    let what = format!("{name}.input_size");
    let (InputSize::Fixed { width, height }, stride) = (wanted, model.family.stride()) else {
        if model.family.stride().is_some() {
            model.input = wanted;
        }
        return Ok(());
    };
    let Some(stride) = stride else {
        let refused =
            "left out, or `native`: models of its family have the one size that they were made with";
        return require((width, height) == model.input_size, &what, wanted, refused);
    };
    require(
        wanted.fits(stride),
        &what,
        wanted,
        "of sides that are multiples of 32",
    )?;
    model.input = wanted;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Family, Role, Subject, WrittenPlan};

    #[test]
    fn the_input_follows_the_picture_between_the_model_s_own_size_and_the_limit() {
        let of = |longest, picture| InputSize::Footage { longest }.of((416, 416), 32, picture);
        // As it is, in whole cells; too large, and too small, with the shape of the picture.
        assert_eq!(of(1280, (768, 576)), (768, 576));
        assert_eq!(of(1280, (1280, 720)), (1280, 736));
        assert_eq!(of(1280, (1920, 1080)), (1280, 736));
        assert_eq!(of(1280, (1080, 1920)), (736, 1280));
        assert_eq!(of(1280, (320, 240)), (416, 320));
        assert_eq!(of(1280, (500, 375)), (512, 384));
        // Never smaller than the model's own, whatever the limit says.
        assert_eq!(of(64, (1920, 1080)), (416, 256));
        // Strips and single pixels have at least one cell.
        assert_eq!(of(1280, (4000, 1)), (1280, 32));
        assert_eq!(of(1280, (1, 1)), (416, 416));
        assert_eq!(of(1280, (0, 0)), (32, 32));
        assert_eq!(InputSize::Model.of((416, 416), 32, (768, 576)), (416, 416));
        let fixed = InputSize::Fixed {
            width: 640,
            height: 480,
        };
        assert_eq!(fixed.of((416, 416), 32, (768, 576)), (640, 480));
        assert!(fixed.fits(32) && !fixed.fits(64));
    }

    #[test]
    fn what_is_written_is_read_again_and_slips_are_told() {
        for text in ["model", "native:1280", "native:1920", "640x480"] {
            assert_eq!(text.parse::<InputSize>().unwrap().to_string(), text);
        }
        assert_eq!("native".parse::<InputSize>().unwrap(), InputSize::NATIVE);
        for slip in [
            "",
            "natively",
            "native:",
            "native:16",
            "640",
            "640x",
            "0x480",
            "640x480x3",
            "640x9000",
            "-1x2",
        ] {
            let error = slip.parse::<InputSize>().unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("`{slip}` is no input size")),
                "{error}"
            );
        }
    }

    #[test]
    fn an_input_size_is_for_networks_that_can_have_it() {
        let of = |text: &str| toml::from_str::<WrittenPlan>(text).unwrap().person.input_size;
        assert_eq!(of("[person]\ninput_size = \"native\""), Some(InputSize::NATIVE));
        assert_eq!(
            of("[person]\ninput_size = \"640x480\"").unwrap().to_string(),
            "640x480"
        );
        let slip = toml::from_str::<WrittenPlan>("[face]\ninput_size = \"big\"")
            .unwrap_err()
            .to_string();
        assert!(slip.contains("`big` is no input size: write `native`"), "{slip}");

        let set = |family: Family, wanted: &str| {
            let mut model = crate::second_detectors::tests::model("m", Subject::Person, Role::Find);
            model.family = family;
            let wanted = wanted.parse().unwrap();
            set_input(&mut model, "person", wanted)
                .map(|()| model.input)
                .map_err(|error| error.to_string())
        };
        assert_eq!(set(Family::Yolox, "native"), Ok(InputSize::NATIVE));
        assert_eq!(set(Family::Yolox, "model"), Ok(InputSize::Model));
        let slip = set(Family::Yolox, "650x480").unwrap_err();
        assert_eq!(
            slip,
            "person.input_size is 650x480, but must be of sides that are multiples of 32"
        );
        // A network of one size looks at that, and says so where another one was named.
        assert_eq!(set(Family::Ssdlite, "native"), Ok(InputSize::Model));
        let slip = set(Family::Ssdlite, "640x480").unwrap_err();
        assert!(slip.contains("the one size that they were made with"), "{slip}");
    }
}
