//! A damaged video in; which of its frames cannot be trusted out: those around which the decoder complained, and those that
//! are built on them.
//!
//! A decoder paints over damage and goes on, so that a broken frame looks like any other, and its exit says only that
//! there was damage. So the file is decoded once more and listened to frame by frame. A complaint stands before the frame
//! that it is about, or a few frames before, since codecs reorder; what comes later is built on it until the next key
//! frame. Asked only where the first reading spoke of damage. Fails closed: a frame of which nothing was said is not
//! trusted.

use super::command;
use crate::footage::error::{FootageError, no_decoder};
use crate::footage::limits::Limits;
use crate::footage::source::cannot_open;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// H.264 and H.265 hold a frame back for at most so many others.
const REORDERED: usize = 16;

/// What was heard about one frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Heard {
    /// Since the frame before, the decoder complained.
    complaint: bool,
    /// It is built on no other.
    key: bool,
}

/// True at each frame, in the order of reading, that cannot be trusted.
pub(crate) fn untrusted(program: &Path, path: &Path, limits: &Limits) -> Result<Vec<bool>, FootageError> {
    let rules = command::rules(path).map_err(|source| cannot_open(path, source))?;
    let trace = command::trace(program, path, limits);
    let mut child = vsa_sandbox::spawn(trace, rules).map_err(no_decoder(program))?;
    let heard = child
        .stderr
        .take()
        .map(|said| listen(BufReader::new(said)))
        .unwrap_or_default();
    // How it ended does not matter: frames that it did not speak of are not trusted.
    drop(child.wait());
    Ok(built_on_damage(&heard))
}

/// Frames as they come out of the decoder. Words of ffmpeg from 4.4 to 8.
fn listen(said: impl BufRead) -> Vec<Heard> {
    let mut heard = Vec::new();
    let mut complaint = false;
    // A failed read is the end: of later frames nothing is known.
    for line in said.split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        if line.contains("decoder -> ") {
            heard.push(Heard {
                complaint,
                key: line.contains(" keyframe:1 "),
            });
            complaint = false;
        } else {
            complaint |= line.contains("[error] ")
                || line.contains("[fatal] ")
                || line.contains("corrupt decoded frame")
                || line.contains("concealing ");
        }
    }
    heard
}

fn built_on_damage(heard: &[Heard]) -> Vec<bool> {
    let mut untrusted = vec![false; heard.len()];
    // Frames since the last complaint, while what comes is built on it.
    let mut since: Option<usize> = None;
    for (at, frame) in heard.iter().enumerate() {
        if frame.complaint {
            untrusted[at.saturating_sub(REORDERED)..at].fill(true);
            since = Some(0);
        } else {
            since = since.map(|since| since + 1);
            if frame.key && since.is_some_and(|since| since > REORDERED) {
                since = None;
            }
        }
        untrusted[at] = since.is_some();
    }
    untrusted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(count: usize, complaints: &[usize], group: usize) -> Vec<Heard> {
        let frame = |at| Heard {
            complaint: complaints.contains(&at),
            key: at % group == 0,
        };
        (0..count).map(frame).collect()
    }

    #[test]
    fn what_is_built_on_a_damaged_frame_is_not_trusted_until_a_key_frame_well_after_it() {
        let found = built_on_damage(&frames(200, &[45], 30));
        // Held back by 16: the damage may be in 29 to 61, so that key frame 60 may itself be meant; 90 is not.
        let bad: Vec<usize> = (0..200).filter(|at| found[*at]).collect();
        assert_eq!(bad, (29..90).collect::<Vec<_>>());
        let found = built_on_damage(&frames(100, &[50], 1));
        assert_eq!(found.iter().filter(|bad| **bad).count(), 16 + 1 + 16);
        assert!(built_on_damage(&frames(50, &[], 10)).iter().all(|bad| !bad));
    }

    #[test]
    fn complaints_are_heard_in_the_words_of_old_and_new_versions() {
        let old = "[info] demuxer -> x keyframe:1 \n\
            [info] decoder -> ist_index:0 type:video frame_pts:0 keyframe:1 frame_type:1\n\
            [mpeg4 @ 0x5] [info] concealing 20 DC errors in P frame\n\
            [info] decoder -> ist_index:0 type:video frame_pts:1 keyframe:0 frame_type:2\n";
        let new = "[vist#0:0/h264 @ 0x5] [dec:h264 @ 0x6] [info] decoder -> pts:0 keyframe:1 frame_type:1\n\
            [vist#0:0/h264 @ 0x5] [dec:h264 @ 0x6] [warning] corrupt decoded frame\n\
            [vist#0:0/h264 @ 0x5] [dec:h264 @ 0x6] [info] decoder -> pts:1 keyframe:0 frame_type:2\n";
        for text in [old, new] {
            let heard = listen(text.as_bytes());
            let wanted = [(false, true), (true, false)].map(|(complaint, key)| Heard { complaint, key });
            assert_eq!(heard, wanted);
        }
    }
}
