//! A damaged video in; which of its frames cannot be trusted out: those in which the decoder met a fault, and those that
//! are built on them.
//!
//! A decoder paints over damage and goes on, so that a broken frame looks like any other. The file is decoded again with
//! every check on and without painting over; what is missing then was damaged. Frames after it are built on it until the
//! next key frame; frames shown shortly before may be too, since codecs reorder. Asked only where the first reading spoke
//! of damage. Fails closed: a frame that the strict reading does not confirm is not trusted.

use super::child::WatchedChild;
use super::command::{self, Listed, Version};
use crate::observe::footage::error::FootageError;
use crate::observe::footage::limits::Limits;
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

/// H.264 and H.265 show a frame at most so many frames before one that it is built on.
const REORDERED: usize = 16;

/// True at each frame, in the order of reading, that cannot be trusted.
pub(in crate::observe) fn untrusted(
    program: &Path,
    path: &Path,
    limits: &Limits,
) -> Result<Vec<bool>, FootageError> {
    let version = Version::of(program)?;
    let list = |listed| -> Result<Vec<i64>, FootageError> {
        let mut command = command::list_frames(program, &version, path, limits, listed);
        let child = WatchedChild::start(&mut command, &path.to_string_lossy(), limits.silence).map_err(
            |source| FootageError::NoDecoder {
                program: program.to_owned(),
                source,
            },
        )?;
        let mut reader = BufReader::new(child);
        let times = times(&mut reader);
        let _messages = reader.into_inner().finish(false);
        Ok(times)
    };
    let all = list(Listed::All)?;
    let sound = list(Listed::Sound)?.into_iter().collect();
    let key = list(Listed::Key)?.into_iter().collect();
    Ok(built_on_damage(&all, &sound, &key))
}

/// The time stamps of `stream, dts, pts, duration, size, checksum` lines.
fn times(reader: &mut impl std::io::BufRead) -> Vec<i64> {
    // A failed read is the end: the frames after it are not confirmed.
    let lines = reader.lines().map_while(Result::ok);
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(',').nth(2)?.trim().parse().ok())
        .collect()
}

fn built_on_damage(all: &[i64], sound: &BTreeSet<i64>, key: &BTreeSet<i64>) -> Vec<bool> {
    let mut steps: Vec<i64> = all.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_unstable();
    let usual = steps.get(steps.len() / 2).copied().unwrap_or(0);
    let mut untrusted = vec![false; all.len()];
    let (mut broken, mut before) = (false, None);
    for (at, time) in all.iter().enumerate() {
        // A frame that did not come at all leaves a gap, and what follows is built on it.
        let lost = before.is_some_and(|before| 2 * (time - before) > 3 * usual);
        let damaged = lost || !sound.contains(time);
        if damaged {
            untrusted[at.saturating_sub(REORDERED)..at].fill(true);
        }
        broken |= damaged;
        if sound.contains(time) && key.contains(time) {
            broken = false;
        }
        untrusted[at] = broken;
        before = Some(time);
    }
    untrusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_on_a_damaged_or_lost_frame_is_not_trusted_until_the_next_key_frame() {
        let all: Vec<i64> = (0..100).filter(|n| *n != 70).map(|n| n * 10).collect();
        let sound = all.iter().copied().filter(|time| *time != 400).collect();
        let key = (0..100).step_by(30).map(|n| n * 10).collect();
        let found = built_on_damage(&all, &sound, &key);
        // Frame 40 is damaged: 24 to 59, the key frame 60 not. Frame 70 is lost: 71 (now the 70th) to 89, and 16 before.
        let bad: Vec<usize> = (0..99).filter(|at| found[*at]).collect();
        let wanted: Vec<usize> = (24..60).chain(54..60).chain(54..89).collect::<BTreeSet<_>>().into_iter().collect();
        assert_eq!(bad, wanted);
    }

    #[test]
    fn a_damaged_key_frame_mends_nothing_and_a_strict_reading_that_breaks_off_confirms_nothing() {
        let all: Vec<i64> = (0..6).collect();
        let none = BTreeSet::new();
        assert_eq!(built_on_damage(&all, &none, &all.iter().copied().collect()), [true; 6]);
        assert_eq!(built_on_damage(&[], &none, &none), [false; 0]);
    }

    #[test]
    fn times_are_read_from_the_third_column() {
        let text = "#tb 0: 1/720000\n0,      0,      72000,   1, 256, 0x1\n0, 1, NOPTS, 1, 2, 0x\n";
        assert_eq!(times(&mut text.as_bytes()), [72_000]);
    }
}
