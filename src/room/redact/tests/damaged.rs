//! A deliberately damaged video: what the decoder painted over is black in the film.

use super::*;

fn ffmpeg(arguments: &[&str], out: &Path) {
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-y"])
        .args(arguments)
        .arg(out)
        .stdin(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
}

/// 60 frames with a key frame every 10; bytes in the middle of the file are overwritten.
#[expect(clippy::disallowed_methods, reason = "a test makes its own inputs")]
fn damaged(folder: &Path, codec: &[&str]) -> (PathBuf, PathBuf) {
    let (whole, broken) = (folder.join("whole.avi"), folder.join("broken.avi"));
    let source = [
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=160x96:rate=10:duration=6",
        "-g",
        "10",
        "-fflags",
        "+bitexact",
    ];
    ffmpeg(&[&source[..], codec].concat(), &whole);
    let mut bytes = std::fs::read(&whole).unwrap();
    let middle = bytes.len() / 2;
    for byte in &mut bytes[middle..middle + 60] {
        *byte ^= 0x5A;
    }
    std::fs::write(&broken, bytes).unwrap();
    (whole, broken)
}

#[test]
fn frames_with_damage_are_black_and_those_before_and_long_after_are_not() {
    for codec in [
        &["-c:v", "mpeg4", "-b:v", "400k"][..],
        &["-c:v", "libx264"],
        &["-c:v", "mjpeg"],
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (whole, broken) = damaged(folder.path(), codec);
        let (kept, report) = redacted(&plan(whole, RedactStyle::Solid), &never_finds_alone(), 2);
        assert_eq!(
            (kept.frames.len(), report.frames.black_damaged),
            (60, 0),
            "{codec:?}"
        );
        let (kept, report) = redacted(&plan(broken, RedactStyle::Solid), &never_finds_alone(), 2);
        let is_black = |frame: &Vec<u8>| frame.iter().all(|value| *value == 0);
        let black = kept.frames.iter().filter(|frame| is_black(frame)).count() as u64;
        measured(&format!(
            "damaged {codec:?}: {} of {} frames black, {} faulty by the decoder's count",
            black,
            kept.frames.len(),
            report.source.frames.faulty
        ));
        assert!(
            report.source.frames.faulty > 0,
            "{codec:?}: the damage has no effect"
        );
        assert_eq!(black, report.frames.black_damaged + report.frames.black_missing);
        assert!((1..45).contains(&black), "{codec:?}: {black}");
        assert!(!is_black(&kept.frames[0]) && !is_black(kept.frames.last().unwrap()));
        // Every frame that is shown is as the undamaged file has it: nothing half-broken passes.
        let whole = decoded(&folder.path().join("whole.avi"));
        // A packet that is lost in an AVI leaves no gap: what follows moves up by one.
        let lost = whole.len() - kept.frames.len();
        for (number, frame) in kept
            .frames
            .iter()
            .enumerate()
            .filter(|(_, frame)| !is_black(frame))
        {
            let same = |other: &Vec<u8>| other.iter().zip(frame).all(|(a, b)| a.abs_diff(*b) <= 2);
            assert!(
                whole[number..=number + lost].iter().any(same),
                "{codec:?}: frame {number} is damaged and shown"
            );
        }
    }
}

fn never_finds_alone() -> Models {
    Models {
        again: Vec::new(),
        ..never_finds()
    }
}

/// All frames of a video, as the audit decodes them.
pub(super) fn decoded(path: &Path) -> Vec<Vec<u8>> {
    let mut source = scan::open(&plan(path.to_owned(), RedactStyle::Solid)).unwrap();
    let (mut buffer, mut frames) = (FrameBuffer::default(), Vec::new());
    while source.next(&mut buffer).unwrap() {
        frames.push(buffer.rgb.clone());
    }
    frames
}
