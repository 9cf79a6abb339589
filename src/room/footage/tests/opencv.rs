//! The two decoders held to each other, and OpenCV held to the refusals of the other.
//!
//! Both stand on the same libraries, and still differ where YUV becomes RGB: OpenCV does it without ffmpeg's exact
//! rounding and full chroma, so that pixels at the edges of colours differ. Measured with OpenCV 4.6 and ffmpeg 5.1: on
//! the small test pattern, which is all edges, 6.4 in the mean of a frame and 117 at most; on the PETS clip 1.3 and 47;
//! nothing where the file holds RGB. The tolerances are these with a margin. A frame out of step is caught apart: no
//! frame may be nearer to its neighbour. A picture turned the wrong way differs by 107 in the mean.

use super::*;
use std::fs;
use tempfile::tempdir;

const PATTERN: &str = "-f lavfi -i testsrc2=size=64x48:rate=10:duration=2";

#[expect(clippy::disallowed_methods, reason = "a test makes its own inputs")]
fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::write(path, bytes).unwrap();
}

fn read_opencv(path: &Path) -> Result<Reading, FootageError> {
    read_by(&item(path), &VideoDecoder::Opencv, &Limits::default())
}

fn refused_opencv(path: &Path) -> String {
    match read_opencv(path) {
        Err(error) => error.to_string(),
        Ok(reading) => panic!("it was read: {:?}", reading.facts),
    }
}

/// How far the pixels of two frames are apart: the mean and the most.
fn apart(a: &[u8], b: &[u8]) -> (f64, u8) {
    assert_eq!(a.len(), b.len());
    let differences = || a.iter().zip(b).map(|(a, b)| a.abs_diff(*b));
    let sum: u64 = differences().map(u64::from).sum();
    (sum as f64 / a.len() as f64, differences().max().unwrap_or(0))
}

/// Same number of frames, same size, time stamps within a millisecond, pixels within the tolerance.
fn hold(name: &str, path: &Path, mean: f64, most: u8) -> (Reading, Reading) {
    let ours = read(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let theirs = read_opencv(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(theirs.sizes, ours.sizes, "{name}: number and sizes of frames");
    for (index, (a, b)) in theirs.times.iter().zip(&ours.times).enumerate() {
        assert!((a - b).abs() <= 0.001, "{name}: frame {index} at {a} and at {b}");
    }
    let (mut worst_mean, mut worst) = (0.0f64, 0);
    for (index, (a, b)) in theirs.pixels.iter().zip(&ours.pixels).enumerate() {
        let (frame_mean, frame_most) = apart(a, b);
        // No other frame is as near: none is out of step.
        for other in [index.wrapping_sub(1), index + 1] {
            if let Some(other) = ours.pixels.get(other) {
                assert!(
                    frame_mean <= apart(a, other).0,
                    "{name}: frame {index} is nearer to another"
                );
            }
        }
        worst_mean = worst_mean.max(frame_mean);
        worst = worst.max(frame_most);
    }
    assert!(
        worst_mean <= mean && worst <= most,
        "{name}: pixels differ by {worst_mean} in the mean of a frame, by {worst} at most"
    );
    let (a, b) = (&theirs.facts, &ours.facts);
    assert_eq!((a.width, a.height), (b.width, b.height), "{name}");
    assert_eq!(a.variable_frame_rate, b.variable_frame_rate, "{name}");
    assert_eq!((&a.sha256, a.bytes), (&b.sha256, b.bytes), "{name}");
    assert!(
        (a.duration_seconds - b.duration_seconds).abs() <= 0.002,
        "{name}: {a:?} {b:?}"
    );
    assert_eq!(
        (
            a.frames.decoded,
            a.frames.repeated,
            a.frames.missing,
            a.frames.faulty
        ),
        (
            b.frames.decoded,
            b.frames.repeated,
            b.frames.missing,
            b.frames.faulty
        ),
        "{name}: {a:?} {b:?}"
    );
    assert!(
        a.decoder.starts_with("opencv ") && a.decoder.contains("FFMPEG"),
        "{name}: {a:?}"
    );
    (theirs, ours)
}

#[test]
fn both_decoders_give_the_same_frames_at_the_same_times() {
    let folder = tempdir().unwrap();
    let mut held = 0;
    for (name, options, container, mean, most) in [
        ("a.avi", "-c:v mjpeg -pix_fmt yuvj420p", "avi", 8.0, 140),
        ("b.avi", "-c:v mpeg4", "avi", 8.0, 140),
        ("c.avi", "-c:v rawvideo -pix_fmt bgr24", "avi", 0.0, 0),
        ("d.mp4", "-c:v libx264 -bf 2", "mov,mp4,m4a,3gp,3g2,mj2", 8.0, 140),
        ("e.mp4", "-c:v mpeg4", "mov,mp4,m4a,3gp,3g2,mj2", 8.0, 140),
        ("f.mkv", "-c:v ffv1 -pix_fmt yuv420p", "matroska,webm", 8.0, 140),
        ("g.mkv", "-c:v ffv1 -pix_fmt bgr0", "matroska,webm", 0.0, 0),
        ("h.webm", "-c:v libvpx-vp9 -cpu-used 8", "matroska,webm", 8.0, 140),
        ("i.ts", "-c:v libx264 -bf 0", "mpegts", 8.0, 140),
    ] {
        let path = folder.path().join(name);
        if !make(&format!("{PATTERN} {options}"), &path) {
            skipped(&format!(
                "both_decoders_give_the_same_frames_at_the_same_times, {name}: this ffmpeg cannot make it ({options})"
            ));
            continue;
        }
        held += 1;
        let (theirs, ours) = hold(name, &path, mean, most);
        assert_eq!(theirs.facts.container, container, "{name}");
        assert_eq!(theirs.facts.container, ours.facts.container, "{name}");
        assert_eq!(
            theirs.facts.declared_frame_rate, ours.facts.declared_frame_rate,
            "{name}"
        );
        assert_eq!(theirs.facts.frames.expected, ours.facts.frames.expected, "{name}");
    }
    assert!(held >= 7, "only {held} files could be made");
}

#[test]
fn both_decoders_tell_the_times_of_a_variable_rate() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.mkv");
    let options = "-vf settb=1/1000,setpts=N*N*10 -enc_time_base 1/1000 -c:v ffv1 -pix_fmt bgr0";
    let made = make(&format!("{PATTERN} {options} -fps_mode passthrough"), &path)
        || make(&format!("{PATTERN} {options} -vsync passthrough"), &path);
    assert!(made);
    let (theirs, _) = hold("variable", &path, 0.0, 0);
    assert!(theirs.facts.variable_frame_rate);
    assert_eq!(
        theirs.facts.frames.expected, None,
        "duration times rate says nothing here"
    );
}

#[test]
fn both_decoders_turn_a_rotated_video_the_same_way() {
    let folder = tempdir().unwrap();
    let plain = folder.path().join("plain.mp4");
    assert!(make(&format!("{PATTERN} -c:v mpeg4"), &plain));
    for degrees in [90, 180, 270] {
        let turned = folder.path().join(format!("turned-{degrees}.mp4"));
        let input = plain.to_str().unwrap();
        let made = make(
            &format!("-display_rotation {degrees} -i {input} -c copy"),
            &turned,
        ) || make(
            &format!("-i {input} -c copy -metadata:s:v:0 rotate={degrees}"),
            &turned,
        );
        assert!(made);
        let (theirs, _) = hold("turned", &turned, 8.0, 140);
        let expected = if degrees == 180 { (64, 48) } else { (48, 64) };
        assert_eq!(theirs.sizes[0], expected);
    }
}

#[test]
fn both_decoders_read_the_pets_clip_alike() {
    const NAME: &str = "both_decoders_read_the_pets_clip_alike";
    let Some(path) = std::env::var_os("VSA_AUDIT_TEST_FRAMES").map(PathBuf::from) else {
        return skipped(&format!(
            "{NAME}: set VSA_AUDIT_TEST_FRAMES to the clip vtest.avi or its folder"
        ));
    };
    let path = if path.is_dir() {
        path.join("vtest.avi")
    } else {
        path
    };
    let mut ours =
        super::super::source::open(&item(&path), &VideoDecoder::Ffmpeg(ffmpeg()), &Limits::default())
            .unwrap();
    let mut theirs =
        super::super::source::open(&item(&path), &VideoDecoder::Opencv, &Limits::default()).unwrap();
    // Frame by frame: all at once would take 2 GB.
    let (mut a, mut b) = (FrameBuffer::default(), FrameBuffer::default());
    let (mut count, mut worst_mean, mut worst) = (0, 0.0f64, 0);
    while ours.next(&mut a).unwrap() {
        assert!(theirs.next(&mut b).unwrap());
        assert_eq!((a.width, a.height, a.index), (b.width, b.height, b.index));
        assert!(
            (a.seconds - b.seconds).abs() <= 0.001,
            "{} and {}",
            a.seconds,
            b.seconds
        );
        let (mean, most) = apart(&a.rgb, &b.rgb);
        worst_mean = worst_mean.max(mean);
        worst = worst.max(most);
        count += 1;
    }
    assert!(!theirs.next(&mut b).unwrap());
    assert_eq!(count, 795);
    assert!(worst_mean <= 1.6 && worst <= 60, "{worst_mean} {worst}");
    let (ours, theirs) = (ours.finish(), theirs.finish());
    assert_eq!(
        (ours.frames.expected, theirs.frames.expected),
        (Some(795), Some(795))
    );
}

#[test]
fn opencv_refuses_what_is_no_video_in_the_same_kinds_of_words() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    write(&at("empty.mp4"), b"");
    assert!(refused_opencv(&at("empty.mp4")).contains("is empty (zero bytes)"));
    assert!(refused_opencv(&at("absent.mp4")).starts_with("cannot open "));
    write(&at("text.mp4"), "Dear camera,\nthis is a letter.\n".repeat(50));
    assert!(refused_opencv(&at("text.mp4")).starts_with("cannot read "));
    assert!(make("-f lavfi -i sine=duration=1", &at("sound.wav")));
    assert!(refused_opencv(&at("sound.wav")).contains("holds no video"));
    assert!(make("-f lavfi -i sine=duration=1 -c:a aac", &at("sound.mp4")));
    assert!(refused_opencv(&at("sound.mp4")).contains("holds no video"));
}

/// Each is one that OpenCV opens when it is not held to the list: the control shows that the list is what refuses it.
#[test]
fn opencv_opens_neither_playlists_nor_patterns_of_names() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(make(
        &format!("{PATTERN} -c:v mpeg2video -r 25"),
        &at("secret.ts")
    ));
    for (name, text) in [
        (
            "a.m3u8",
            "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nsecret.ts\n#EXT-X-ENDLIST\n".to_owned(),
        ),
        (
            "b.mp4",
            format!(
                "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{}\n#EXT-X-ENDLIST\n",
                at("secret.ts").display()
            ),
        ),
        (
            "c.mp4",
            format!("ffconcat version 1.0\nfile {}\n", at("secret.ts").display()),
        ),
        (
            "d.sdp",
            "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n"
                .to_owned(),
        ),
    ] {
        write(&at(name), text);
        let error = refused_opencv(&at(name));
        assert!(error.starts_with("cannot read "), "{name}: {error}");
    }
    // A pattern that matches pictures beside it: the file itself is read, and it is text.
    image::RgbImage::new(8, 8).save(at("001.png")).unwrap();
    write(&at("%03d.avi"), "no video");
    assert!(refused_opencv(&at("%03d.avi")).starts_with("cannot read "));
}

#[cfg(target_os = "linux")]
#[test]
fn opencv_reads_files_of_any_name() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempdir().unwrap();
    for name in [
        &b"-y.avi"[..],
        b"http:foo.avi",
        b"%03d.avi",
        b"0",
        b"caf\xE9 \xFF.avi",
    ] {
        let path = folder.path().join(std::ffi::OsStr::from_bytes(name));
        assert!(make(
            "-f lavfi -i testsrc2=size=32x32:rate=10:duration=0.5 -c:v mpeg4 -f avi",
            &path
        ));
        let facts = read_opencv(&path)
            .unwrap_or_else(|error| panic!("{name:?}: {error}"))
            .facts;
        assert_eq!(facts.frames.decoded, 5, "{name:?}");
    }
}

#[test]
fn opencv_keeps_what_was_decoded_of_a_truncated_video_and_counts_the_rest() {
    let folder = tempdir().unwrap();
    for (name, options) in [
        ("a.avi", "-c:v mpeg4"),
        ("b.mkv", "-c:v mpeg4"),
        ("c.mp4", "-c:v mpeg4 -movflags faststart"),
    ] {
        let path = folder.path().join(name);
        assert!(make(
            &format!("-f lavfi -i testsrc2=size=160x120:rate=10:duration=6 {options}"),
            &path
        ));
        let bytes = fs::read(&path).unwrap();
        write(&path, &bytes[..bytes.len() / 2]);
        let facts = read_opencv(&path)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            .facts;
        let frames = facts.frames;
        assert!((10..50).contains(&frames.decoded), "{name}: {facts:?}");
        assert!(frames.expected.unwrap().abs_diff(60) <= 2, "{name}: {facts:?}");
        assert!(
            (frames.decoded + frames.missing + frames.faulty).abs_diff(60) <= 2,
            "{name}: {facts:?}"
        );
        assert!(
            facts.faults.iter().any(|fault| fault.contains("ends before")),
            "{name}: {facts:?}"
        );
    }
}

#[test]
fn opencv_reads_on_after_damage_and_says_what_it_cannot_tell() {
    let folder = tempdir().unwrap();
    for (name, options) in [
        ("a.avi", "-c:v mpeg4 -g 5"),
        ("b.ts", "-c:v mpeg2video -r 25 -g 5"),
        ("c.mkv", "-c:v ffv1 -slicecrc 1 -level 3"),
    ] {
        let path = folder.path().join(name);
        assert!(make(
            &format!("-f lavfi -i testsrc2=size=160x120:rate=25:duration=4 {options}"),
            &path
        ));
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        for at in (middle..middle + 2000).step_by(3) {
            bytes[at] ^= 0x5A;
        }
        write(&path, &bytes);
        let facts = read_opencv(&path)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            .facts;
        assert!(facts.frames.decoded >= 60, "{name}: {facts:?}");
        assert!(
            facts
                .faults
                .iter()
                .any(|fault| fault.contains("does not tell damage within frames")),
            "{name}: {facts:?}"
        );
    }
}

#[test]
fn opencv_is_held_to_the_limits() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.avi");
    assert!(make(&format!("{PATTERN} -c:v mpeg4"), &path));
    let limits = Limits {
        max_width: 63,
        ..Limits::default()
    };
    let error = read_by(&item(&path), &VideoDecoder::Opencv, &limits)
        .err()
        .unwrap();
    assert!(
        matches!(
            error,
            FootageError::TooLarge {
                width: 64,
                height: 48,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn opencv_leaves_out_and_counts_pictures_of_another_size() {
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
    let reading = read_opencv(&path).unwrap();
    assert!(reading.sizes.iter().all(|size| *size == (32, 32)));
    let frames = reading.facts.frames;
    assert!(
        frames.decoded >= 10 && frames.decoded + frames.faulty <= 20,
        "{:?}",
        reading.facts
    );
}

#[test]
fn opencv_gives_the_same_facts_and_pixels_again() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.mp4");
    assert!(make(&format!("{PATTERN} -c:v mpeg4"), &path));
    let (first, second) = (read_opencv(&path).unwrap(), read_opencv(&path).unwrap());
    assert_eq!(first.facts, second.facts);
    assert!(first.pixels == second.pixels);
}
