//! What was counted in full, one small table for each part. In: a measurement. Out: a table; withheld counts say so.
//! Deliberately not here: estimates (see `catalogue`) and histograms (see `charts`).

use super::charts::stretch;
use super::tables::{all_but_the_first, table_block, table_of_any};
use crate::document::Block;
use crate::formats::Numerals as _;
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::disclosure::Cell;
use vsa_record::measurements::{Dwell, FaceExposure, Followability, Presence, TimeBin};

/// Frames, sightings, tracks and the fullest frame.
pub(super) fn presence(language: Language, presence: &Presence) -> Block {
    let numbers = [
        language.count(presence.frames),
        say!(language, counted(&presence.sightings)),
        tracks(language, presence.distinct_people.as_ref()),
        say!(language, counted(&presence.peak)),
    ];
    counts(language, say!(language, PRESENCE_COUNTS).into_iter().zip(numbers))
}

/// Frames, sightings, measured sightings and tracks of faces.
pub(super) fn faces(language: Language, faces: &FaceExposure) -> Block {
    let numbers = [
        language.count(faces.frames),
        say!(language, counted(&faces.sightings)),
        say!(language, counted(&faces.sized_sightings)),
        tracks(language, faces.distinct_faces.as_ref()),
    ];
    counts(language, say!(language, FACE_COUNTS).into_iter().zip(numbers))
}

/// Tracks that were followed.
pub(super) fn followed(language: Language, followed: &Followability) -> Block {
    let people = say!(language, counted(&followed.people));
    counts(language, [(say!(language, FOLLOWED_COUNT), people)])
}

/// Tracks that were timed, and how many of them the footage cuts off.
pub(super) fn stays(language: Language, dwell: &Dwell) -> Block {
    let numbers = [&dwell.people, &dwell.censored].map(|it| say!(language, counted(it)));
    counts(language, say!(language, STAY_COUNTS).into_iter().zip(numbers))
}

/// Items with one stretch of time each: a chart with one column says no more than a row. None: there are none.
pub(super) fn single_stretches(language: Language, bins: &[TimeBin]) -> Option<Block> {
    let alone = |bin: &&TimeBin| bins.iter().filter(|other| other.item == bin.item).count() == 1;
    let rows: Vec<Vec<String>> = bins
        .iter()
        .filter(alone)
        .map(|bin| {
            let (span, people) = stretch(language, bin);
            vec![bin.item.clone(), span, people, language.count(bin.frames)]
        })
        .collect();
    let columns = say!(language, SINGLE_STRETCH_COLUMNS);
    let caption = say!(language, SINGLE_STRETCHES_CAPTION);
    table_of_any(caption, &columns, &all_but_the_first(columns.len()), rows)
}

fn tracks(language: Language, cell: Option<&Cell<u64>>) -> String {
    cell.map_or_else(
        || say!(language, NOT_FOLLOWED).to_owned(),
        |it| say!(language, counted(it)),
    )
}

fn counts<'t>(language: Language, rows: impl IntoIterator<Item = (&'t str, String)>) -> Block {
    let rows = rows
        .into_iter()
        .map(|(name, number)| vec![name.to_owned(), number])
        .collect();
    let caption = say!(language, COUNTS_CAPTION);
    table_block(caption, &say!(language, COUNT_COLUMNS), &[false, true], rows)
}
