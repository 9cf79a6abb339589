//! Files and decoders that are made to do harm, or might: sizes, permissions, names, a decoder that stops half-way.

use super::*;
use std::fs;
use tempfile::tempdir;

#[expect(clippy::disallowed_methods, reason = "a test makes its own inputs")]
fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::write(path, bytes).unwrap();
}

/// A raw AVI that declares another size than it has.
fn avi_that_declares(folder: &Path, width: u32, height: u32) -> PathBuf {
    let path = folder.join("a.avi");
    assert!(make(
        "-f lavfi -i testsrc2=size=32x32:rate=10:duration=1 -c:v rawvideo -pix_fmt bgr24",
        &path
    ));
    let mut bytes = fs::read(&path).unwrap();
    let header = bytes.windows(4).position(|window| window == b"strf").unwrap() + 8;
    bytes[header + 4..header + 8].copy_from_slice(&width.to_le_bytes());
    bytes[header + 8..header + 12].copy_from_slice(&height.to_le_bytes());
    write(&path, &bytes);
    path
}

/// 16000x16000 is less than ffmpeg's own limit, and more than ours: with ours raised, the file is refused for another
/// reason (its frames hold too few bytes), so that it is our limit that refuses it.
#[test]
fn a_size_declared_beyond_the_limit_is_refused_by_the_limit_itself() {
    let folder = tempdir().unwrap();
    for (width, height) in [(16_000, 16_000), (20_000, 40), (40, 20_000)] {
        let path = avi_that_declares(folder.path(), width, height);
        let error = read(&path).err().unwrap();
        let FootageError::TooLarge {
            width: got_width,
            height: got_height,
            ..
        } = &error
        else {
            panic!("{width}x{height}: {error}");
        };
        assert_eq!(
            (*got_width, *got_height),
            (u64::from(width), u64::from(height)),
            "{error}"
        );
        let raised = Limits {
            max_width: 30_000,
            max_height: 30_000,
            max_pixels: 1 << 28,
            ..Limits::default()
        };
        match read_item(&item(&path), &raised) {
            Err(FootageError::TooLarge { .. }) => {
                panic!("{width}x{height}: refused by a limit that was raised")
            }
            // Newer versions call the short frames a fault and give none; older ones are as short of frames.
            Err(_) => {}
            Ok(reading) => assert!(reading.facts.frames.faulty > 0, "{:?}", reading.facts),
        }
    }
}

#[test]
fn a_size_beyond_what_ffmpeg_believes_is_refused_in_ffmpeg_s_words() {
    let folder = tempdir().unwrap();
    let path = avi_that_declares(folder.path(), 100_000, 100_000);
    let error = read(&path).err().unwrap();
    assert!(
        matches!(
            error,
            FootageError::NotFootage { .. }
                | FootageError::NothingDecoded { .. }
                | FootageError::TooLarge { .. }
        ),
        "{error}"
    );
}

/// The file begins small and goes on large: the decoder itself is held to the limit, not the first size alone.
#[test]
fn pictures_that_grow_beyond_the_limit_half_way_are_not_decoded_and_counted() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.mjpeg");
    let mut bytes = Vec::new();
    for size in ["32x32", "320x240"] {
        assert!(make(
            &format!(
                "-f lavfi -i testsrc2=size={size}:rate=25:duration=0.4 -c:v mjpeg -pix_fmt yuvj420p -f mjpeg"
            ),
            &path
        ));
        bytes.extend(fs::read(&path).unwrap());
    }
    write(&path, bytes);
    let all = read(&path).unwrap();
    assert_eq!(
        (all.times.len(), all.facts.frames.faulty),
        (20, 0),
        "{:?}",
        all.facts
    );
    assert!(
        all.sizes.iter().all(|size| *size == (32, 32)),
        "all frames come in the first size"
    );
    let limits = Limits {
        max_pixels: 64 * 64,
        ..Limits::default()
    };
    let facts = read_item(&item(&path), &limits).unwrap().facts;
    assert_eq!(
        (facts.frames.decoded, facts.frames.expected),
        (10, Some(20)),
        "{facts:?}"
    );
    assert_eq!(facts.frames.faulty, 10, "{facts:?}");
}

#[cfg(unix)]
#[test]
fn a_decoder_that_stops_half_way_is_stopped_and_what_it_gave_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempdir().unwrap();
    let video = folder.path().join("a.avi");
    let stream = folder.path().join("a.nut");
    let source = "-f lavfi -i testsrc2=size=64x48:rate=10:duration=1";
    assert!(make(&format!("{source} -c:v mpeg4"), &video));
    assert!(make(&format!("{source} -c:v rawvideo -pix_fmt rgb24"), &stream));
    // Four frames and a half, and then nothing, with the pipe open.
    let bytes = 64 * 48 * 3 * 9 / 2 + 600;
    let program = folder.path().join("fake-ffmpeg");
    write(
        &program,
        format!(
            "#!/bin/sh\ncase \"$*\" in\n*' nut '*) head -c {bytes} '{}'; exec sleep 600;;\n*) exec '{}' \"$@\";;\nesac\n",
            stream.display(),
            ffmpeg().display()
        ),
    );
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let limits = Limits {
        silence: std::time::Duration::from_millis(700),
        ..Limits::default()
    };
    let reading = read_by(&item(&video), &VideoDecoder::Ffmpeg(program), &limits).unwrap();
    let facts = reading.facts;
    assert_eq!((reading.times.len(), facts.frames.decoded), (4, 4), "{facts:?}");
    assert_eq!(facts.frames.expected, Some(10), "{facts:?}");
    assert!(facts.frames.faulty >= 1, "{facts:?}");
    assert!(
        facts
            .faults
            .iter()
            .any(|fault| fault.contains("the decoder gave nothing for")),
        "{facts:?}"
    );
}

/// Root may read everything: the test is then run again in a child that lacks this right (and keeps its user, so that it
/// can still start this program wherever it lies).
#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_refused_in_clear_words() {
    use std::os::unix::fs::PermissionsExt;
    const NAME: &str = "a_file_that_may_not_be_read_is_refused_in_clear_words";
    const CHILD: &str = "VSA_AUDIT_TEST_WITHOUT_OVERRIDE";
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.avi");
    write(&path, b"RIFF");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&path).is_err() {
        assert!(refused(&path).contains("check the path and that you may read it"));
        return;
    }
    assert!(
        std::env::var_os(CHILD).is_none(),
        "the child may still read everything"
    );
    let (_, module) = module_path!().split_once("::").unwrap();
    let output = Command::new("setpriv")
        .arg("--bounding-set=-dac_override,-dac_read_search")
        .arg("--inh-caps=-dac_override,-dac_read_search")
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", &format!("{module}::{NAME}"), "--test-threads=1"])
        .env(CHILD, "1")
        .output();
    let output = output.expect("setpriv (Debian's util-linux) is there where root runs the tests");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_read_like_any_other() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempdir().unwrap();
    let named = |bytes: &[u8]| folder.path().join(std::ffi::OsStr::from_bytes(bytes));
    let video = named(b"caf\xE9 \xFF\n.avi");
    assert!(make(
        "-f lavfi -i testsrc2=size=32x32:rate=10:duration=0.5 -c:v mpeg4",
        &video
    ));
    let facts = read(&video).unwrap().facts;
    assert_eq!((facts.frames.decoded, facts.faults.len()), (5, 0), "{facts:?}");
    fs::remove_file(&video).unwrap();
    for name in [&b"2 \xFF.png"[..], b"10 \xFE.png"] {
        image::RgbImage::new(4, 4)
            .save_with_format(named(name), image::ImageFormat::Png)
            .unwrap();
    }
    let facts = read(folder.path()).unwrap().facts;
    assert_eq!((facts.frames.decoded, facts.faults.len()), (2, 0), "{facts:?}");
    // A broken file of such a name: the error names it as well as it can.
    let broken = named(b"\xFF.avi");
    write(&broken, b"RIFF");
    assert!(
        refused(&broken).starts_with("cannot read "),
        "{}",
        refused(&broken)
    );
}
