//! What was counted in full, one small table for each part. In: a measurement. Out: a table; withheld counts say so.
//! Deliberately not here: estimates (see `catalogue`) and histograms (see `charts`).

use super::charts::rounded;
use super::tables::table;
use crate::record::disclosure::Cell;
use crate::record::measurements::{Dwell, FaceExposure, Followability, Presence, TimeBin};
use crate::report::document::Block;
use crate::report::formats;
use crate::report::wording::en as words;

/// Frames, sightings, tracks and the fullest frame.
pub(super) fn presence(presence: &Presence) -> Block {
    let numbers = [
        formats::count(presence.frames),
        words::counted(&presence.sightings),
        tracks(presence.distinct_people.as_ref()),
        words::counted(&presence.peak),
    ];
    counts(words::PRESENCE_COUNTS.into_iter().zip(numbers))
}

/// Frames, sightings, measured sightings and tracks of faces.
pub(super) fn faces(faces: &FaceExposure) -> Block {
    let numbers = [
        formats::count(faces.frames),
        words::counted(&faces.sightings),
        words::counted(&faces.sized_sightings),
        tracks(faces.distinct_faces.as_ref()),
    ];
    counts(words::FACE_COUNTS.into_iter().zip(numbers))
}

/// Tracks that were followed.
pub(super) fn followed(followed: &Followability) -> Block {
    counts([(words::FOLLOWED_COUNT, words::counted(&followed.people))])
}

/// Tracks that were timed, and how many of them the footage cuts off.
pub(super) fn stays(dwell: &Dwell) -> Block {
    let numbers = [&dwell.people, &dwell.censored].map(words::counted);
    counts(words::STAY_COUNTS.into_iter().zip(numbers))
}

/// Items with one stretch of time each: a chart with one column says no more than a row. None: there are none.
pub(super) fn single_stretches(bins: &[TimeBin]) -> Option<Block> {
    let alone = |bin: &&TimeBin| bins.iter().filter(|other| other.item == bin.item).count() == 1;
    let rows: Vec<Vec<String>> = bins
        .iter()
        .filter(alone)
        .map(|bin| {
            let mean = bin.people_per_frame.shown();
            vec![
                bin.item.clone(),
                formats::span(rounded(bin.from_seconds), rounded(bin.to_seconds)),
                mean.map_or_else(|| words::WITHHELD.to_owned(), |mean| formats::decimal(*mean, 1)),
                formats::count(bin.frames),
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Block::Table(table(
            words::SINGLE_STRETCHES_CAPTION.to_owned(),
            &words::SINGLE_STRETCH_COLUMNS,
            &[false, true, true, true],
            rows,
        ))
    })
}

fn tracks(cell: Option<&Cell<u64>>) -> String {
    cell.map_or_else(|| words::NOT_FOLLOWED.to_owned(), words::counted)
}

fn counts<'t>(rows: impl IntoIterator<Item = (&'t str, String)>) -> Block {
    let rows = rows
        .into_iter()
        .map(|(name, number)| vec![name.to_owned(), number])
        .collect();
    Block::Table(table(
        words::COUNTS_CAPTION.to_owned(),
        &words::COUNT_COLUMNS,
        &[false, true],
        rows,
    ))
}
