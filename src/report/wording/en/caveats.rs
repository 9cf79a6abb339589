//! A caveat in words: what is the case, and what it means for the numbers.

use super::terms::{WITHHELD, frames};
use crate::formats::english as formats;
use vsa_record::Caveat;

/// Title and text of a caveat.
#[must_use]
pub fn caveat(caveat: &Caveat) -> (String, String) {
    let (title, text): (&str, String) = match caveat {
        Caveat::NoGroundTruth => (
            "There were no labels to check the detectors against.",
            "How many people and faces were missed, or reported where there are none, is unknown for this footage. \
             Every number counts what the detectors reported."
                .into(),
        ),
        Caveat::AssumedSizes { face_width_metres, body_height_metres } => (
            "Pixel density rests on assumed sizes.",
            format!(
                "Every face is taken to be {} wide and every standing person {} tall. For a smaller person, such as a \
                 child, or a person who sits or is partly hidden, the estimate is too low. A calibrated camera would \
                 remove this assumption.",
                formats::metres(*face_width_metres),
                formats::metres(*body_height_metres)
            ),
        ),
        Caveat::FramesSampled { looked_at, decoded } => (
            "Not every frame was looked at.",
            format!(
                "The models looked at {} of {} decoded frames. Whatever happens between two of them is not seen.",
                formats::count(*looked_at),
                formats::count(*decoded)
            ),
        ),
        Caveat::FaultyFootage { item, faulty } => (
            "A file is damaged.",
            format!(
                "In {item}, {} could not be decoded, or only with errors. The numbers speak of the others.",
                frames(*faulty)
            ),
        ),
        Caveat::MissingFrames { item, missing } => (
            "Frames are missing.",
            format!(
                "By its time stamps, {item} lacks {}. People may have passed in the gaps, and tracks may be cut \
                 by them.",
                frames(*missing)
            ),
        ),
        Caveat::VariableFrameRate { item } => (
            "The frame rate varies.",
            format!(
                "In {item} the time between frames is not constant. Times were taken from the time stamps of the \
                 frames; means over frames weigh stretches with more frames more."
            ),
        ),
        Caveat::FewTracks { fewer_than } => (
            "Few people stand behind the shares.",
            format!(
                "There are fewer than {} tracks. The intervals are wide, and hold the true value only approximately as \
                 often as they say.",
                formats::count(*fewer_than)
            ),
        ),
        Caveat::SmallFaces { share, pixels } => (
            "Faces are smaller than those the face model was tested on.",
            format!(
                "{} of the reported faces are less than {} high. The model's published figures do not speak about such \
                 faces: more of them may be missed, and more of those reported may be none.",
                share.shown().map_or_else(
                    || format!("A share ({WITHHELD})"),
                    |share| format!("{} (counted in full)", formats::rounded_percent(*share))
                ),
                formats::pixels(*pixels)
            ),
        ),
        Caveat::StillsNotTracked { item } => (
            "Single images were given.",
            format!("Nobody was followed from one image of {item} to the next, so that one person may count several times."),
        ),
        Caveat::ShortFootage { seconds } => (
            "The footage is short.",
            format!(
                "It lasts {}. Another minute, hour or day may show something else.",
                formats::duration(*seconds)
            ),
        ),
        Caveat::CellsWithheld { cells } => (
            "Some numbers are withheld.",
            format!(
                "Cells withheld: {}. Too few people stand behind each of them, or behind a cell that it would give away.",
                formats::count(*cells)
            ),
        ),
        Caveat::PeopleCountedByTracks => (
            "People are counted by tracks.",
            "A person who leaves and comes back is counted again; two people who are taken for one are counted once. \
             Nobody is recognised from one file to another."
                .into(),
        ),
        Caveat::LevelsFromSecondarySources => (
            "The levels of pixel density come from secondary sources.",
            "The values of DORI are those given by cctv-check.de and infinitioptics.com for EN/IEC 62676-4:2014/15; the \
             values of OODPCVS are those given by jvsg.com for its new edition, with level names from mobotix.com. The \
             text of the standard itself was not consulted."
                .into(),
        ),
        Caveat::IntervalsSpeakOfThisScene => (
            "The intervals speak of this scene only.",
            "They say how much the numbers would vary over other footage of the same camera, place, hour and crowd. \
             They do not cover what the detectors miss, nor another place or another season."
                .into(),
        ),
        Caveat::FrameRateGiven { rate } => (
            "The frame rate was given, not read.",
            format!(
                "Whoever ran this said that the footage has {rate} frames a second. Times, stays and speeds are as right \
                 as this number."
            ),
        ),
        Caveat::NotCalibrated { body_height_metres } => (
            "Nothing is known about metres in this scene.",
            format!(
                "Speeds and distances are told in heights of the people's own bodies in the picture; thresholds in \
                 metres were divided by {}. Ways towards the camera or away from it look shorter than they are, so \
                 that speeds and distances along them come out too small. A calibration would remove this (see `--scene`).",
                formats::metres(*body_height_metres)
            ),
        ),
        Caveat::CalibrationUnchecked => (
            "The calibration could not be checked.",
            "No known point was left over that it was not made from. Metres and speeds are as right as the points or the \
             camera file that were given."
                .into(),
        ),
        Caveat::SceneDoesNotFit { item } => (
            "The scene was drawn on pictures of another size.",
            format!("{item} was left out of everything that needs zones, lines, directions or metres."),
        ),
        Caveat::ScriptedEngine => (
            "No model looked at this footage.",
            "The fake engine of the tests ran. Every number in this report is invented by a test script and says \
             nothing about any footage."
                .into(),
        ),
    };
    (title.to_owned(), text)
}
