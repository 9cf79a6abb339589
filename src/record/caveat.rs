//! Everything that limits the numbers. A caveat that is not in the record did not happen.
//! Codes are public names: a test holds their list still.

use super::disclosure::Cell;
use super::facts::{ItemFacts, ItemKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A limit of the numbers in a record. Data, not sentences: `report::wording` turns it into words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Caveat {
    /// There were no labels: how many people the detector missed is unknown here.
    NoGroundTruth,
    /// Pixel density is estimated from assumed body and face sizes.
    AssumedSizes {
        /// Assumed face width in metres.
        face_width_metres: f64,
        /// Assumed body height in metres.
        body_height_metres: f64,
    },
    /// Frames were sampled.
    FramesSampled {
        /// Looked at.
        looked_at: u64,
        /// Of so many decoded.
        decoded: u64,
    },
    /// The file was damaged.
    FaultyFootage {
        /// Label of the item.
        item: String,
        /// Frames that could not be decoded cleanly.
        faulty: u64,
    },
    /// Frames are missing by their time stamps.
    MissingFrames {
        /// Label of the item.
        item: String,
        /// How many.
        missing: u64,
    },
    /// The frame rate varies.
    VariableFrameRate {
        /// Label of the item.
        item: String,
    },
    /// Few tracks: intervals are wide and their coverage approximate. The number is not given: it may be withheld.
    FewTracks {
        /// There were fewer than this.
        fewer_than: u64,
    },
    /// Faces were smaller than the smallest that the model's published figures speak about.
    SmallFaces {
        /// Share of face sightings under `pixels` high.
        share: Cell<f64>,
        /// The limit in pixels.
        pixels: f64,
    },
    /// Stills were given: nobody was followed from one to the next.
    StillsNotTracked {
        /// Label of the item.
        item: String,
    },
    /// Footage of less than a minute speaks for little.
    ShortFootage {
        /// Seconds.
        seconds: f64,
    },
    /// Cells were withheld.
    CellsWithheld {
        /// How many.
        cells: u64,
    },
    /// People are counted by tracks: one person who leaves and comes back is counted again, two who are taken for one
    /// are counted once. Between cameras and items nobody is recognised.
    PeopleCountedByTracks,
    /// People were followed by their looks as well as by place and movement: embeddings of their bodies, compared in memory,
    /// kept pieces apart and cut tracks where enough people had been seen to know from this footage what different is.
    PeopleFollowedByLooks,
    /// The levels of pixel density were taken from secondary sources, not from the standards' own texts.
    LevelsFromSecondarySources,
    /// Intervals say how much these numbers would vary over other footage of the same camera, place, hour and crowd.
    /// They do not cover what the detector misses, nor another place.
    IntervalsSpeakOfThisScene,
    /// The frame rate was given by the user, not read from the file: all times and speeds follow it.
    FrameRateGiven {
        /// Frames per second.
        rate: f64,
    },
    /// The scene is not calibrated: speeds and distances are told in heights of a body.
    NotCalibrated {
        /// Height that thresholds in metres are divided by.
        body_height_metres: f64,
    },
    /// The calibration was given without a point that it could be checked by.
    CalibrationUnchecked,
    /// The scene was drawn on pictures of another size: this item was left out of everything that needs it.
    SceneDoesNotFit {
        /// Label of the item.
        item: String,
    },
    /// The fake engine ran: nothing was looked at.
    ScriptedEngine,
}

/// Footage of less than this speaks for little.
const SHORT_SECONDS: f64 = 60.0;

/// The caveats that follow from the footage as it was read.
#[must_use]
pub fn of_footage(items: &[ItemFacts]) -> Vec<Caveat> {
    let mut caveats = Vec::new();
    let decoded: u64 = items.iter().map(|item| item.frames.decoded).sum();
    let looked_at: u64 = items.iter().map(|item| item.frames.looked_at).sum();
    if looked_at < decoded {
        caveats.push(Caveat::FramesSampled { looked_at, decoded });
    }
    for item in items {
        let (label, frames) = (&item.label, item.frames);
        if frames.faulty > 0 {
            caveats.push(Caveat::FaultyFootage {
                item: label.clone(),
                faulty: frames.faulty,
            });
        }
        if frames.missing > 0 {
            caveats.push(Caveat::MissingFrames {
                item: label.clone(),
                missing: frames.missing,
            });
        }
        if item.variable_frame_rate {
            caveats.push(Caveat::VariableFrameRate { item: label.clone() });
        }
        if item.kind == ItemKind::Stills {
            caveats.push(Caveat::StillsNotTracked { item: label.clone() });
        }
    }
    // Stills have no duration: their own caveat speaks of them.
    let moving = || {
        items
            .iter()
            .filter(|item| item.kind != ItemKind::Stills)
            .map(|item| item.duration_seconds)
    };
    let seconds: f64 = moving().sum();
    if moving().next().is_some() && seconds < SHORT_SECONDS {
        caveats.push(Caveat::ShortFootage { seconds });
    }
    caveats
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::DisclosurePolicy;
    use crate::facts::FrameCounts;
    use std::collections::BTreeSet;

    fn item(kind: ItemKind, seconds: f64, frames: FrameCounts) -> ItemFacts {
        ItemFacts {
            label: "item-1".to_owned(),
            kind,
            sha256: String::new(),
            bytes: 0,
            container: String::new(),
            codec: String::new(),
            width: 1,
            height: 1,
            duration_seconds: seconds,
            declared_frame_rate: None,
            variable_frame_rate: false,
            decoder: String::new(),
            frames,
            faults: Vec::new(),
        }
    }

    #[test]
    fn sampled_damaged_and_short_footage_is_said_to_be_so() {
        let frames = FrameCounts {
            decoded: 100,
            looked_at: 50,
            missing: 3,
            faulty: 2,
            ..FrameCounts::default()
        };
        let label = || "item-1".to_owned();
        let expected = [
            Caveat::FramesSampled {
                looked_at: 50,
                decoded: 100,
            },
            Caveat::FaultyFootage {
                item: label(),
                faulty: 2,
            },
            Caveat::MissingFrames {
                item: label(),
                missing: 3,
            },
            Caveat::ShortFootage { seconds: 10.0 },
        ];
        assert_eq!(of_footage(&[item(ItemKind::Video, 10.0, frames)]), expected);
    }

    #[test]
    fn sound_footage_has_no_caveat_and_stills_are_not_short() {
        let frames = FrameCounts {
            decoded: 100,
            looked_at: 100,
            ..FrameCounts::default()
        };
        assert_eq!(of_footage(&[item(ItemKind::Video, 60.0, frames)]), []);
        let stills = [Caveat::StillsNotTracked {
            item: "item-1".to_owned(),
        }];
        assert_eq!(of_footage(&[item(ItemKind::Stills, 0.0, frames)]), stills);
        assert_eq!(of_footage(&[]), []);
    }

    #[test]
    fn the_codes_of_caveats_are_these() {
        // From the schema, so that a new variant cannot be forgotten here.
        let schema = serde_json::to_value(schemars::schema_for!(Caveat)).unwrap();
        let code = |variant: &serde_json::Value| {
            variant["properties"]["code"]["const"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        let codes: BTreeSet<String> = schema["oneOf"].as_array().unwrap().iter().map(code).collect();
        let expected = [
            "assumed-sizes",
            "calibration-unchecked",
            "cells-withheld",
            "faulty-footage",
            "few-tracks",
            "frame-rate-given",
            "frames-sampled",
            "intervals-speak-of-this-scene",
            "levels-from-secondary-sources",
            "missing-frames",
            "no-ground-truth",
            "not-calibrated",
            "people-counted-by-tracks",
            "people-followed-by-looks",
            "scene-does-not-fit",
            "scripted-engine",
            "short-footage",
            "small-faces",
            "stills-not-tracked",
            "variable-frame-rate",
        ];
        assert_eq!(codes, expected.map(str::to_owned).into());
        assert_eq!(
            DisclosurePolicy::strict().min_cell(),
            11,
            "the smallest cell is a public promise, too"
        );
    }
}
