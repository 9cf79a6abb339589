//! Videos: containers and codecs, times, rotation, damage, hostile files.

use super::*;
use std::fs;
use tempfile::tempdir;

const PATTERN: &str = "-f lavfi -i testsrc2=size=64x48:rate=10:duration=2";

#[expect(clippy::disallowed_methods, reason = "a test makes its own inputs")]
fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::write(path, bytes).unwrap();
}

#[test]
fn every_container_and_codec_gives_each_frame_at_its_time() {
    let folder = tempdir().unwrap();
    let mut read_containers = 0;
    for (name, options) in [
        ("a.avi", "-c:v mpeg4"),
        ("b.avi", "-c:v mjpeg -pix_fmt yuvj420p"),
        ("c.mp4", "-c:v libx264 -bf 2"),
        ("d.mov", "-c:v mpeg4"),
        ("e.mkv", "-c:v ffv1"),
        ("f.mkv", "-c:v libx265 -x265-params log-level=none"),
        ("g.webm", "-c:v libvpx-vp9 -cpu-used 8"),
        (
            "h.webm",
            "-c:v libvpx -cpu-used 8 -auto-alt-ref 1 -lag-in-frames 16",
        ),
        ("i.ts", "-r 25 -c:v mpeg2video"),
        ("j.ts", "-c:v libx264"),
        ("k.flv", "-c:v flv1"),
        ("l.gif", ""),
        ("m.mjpeg", "-r 25 -c:v mjpeg -pix_fmt yuvj420p -f mjpeg"),
        ("n.wmv", "-c:v wmv2"),
        ("o.mpg", "-r 25 -c:v mpeg1video"),
        ("p.nut", "-c:v ffv1"),
    ] {
        let path = folder.path().join(name);
        let pattern = if options.contains("-r 25") {
            PATTERN.replace("rate=10", "rate=25")
        } else {
            PATTERN.to_owned()
        };
        if !make(&format!("{pattern} {options}"), &path) {
            skipped(&format!(
                "every_container_and_codec_gives_each_frame_at_its_time, {name}: this ffmpeg cannot make it ({options})"
            ));
            continue;
        }
        read_containers += 1;
        let reading = read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (rate, frames) = if options.contains("-r 25") {
            (25.0, 50)
        } else {
            (10.0, 20)
        };
        let facts = reading.facts;
        assert_eq!(reading.times.len(), frames, "{name}: {facts:?}");
        for (index, time) in reading.times.iter().enumerate() {
            assert!(
                (time - index as f64 / rate).abs() < 0.002,
                "{name}: frame {index} at {time}"
            );
        }
        assert_eq!((facts.width, facts.height), (64, 48), "{name}");
        assert_eq!(
            (facts.frames.decoded, facts.frames.faulty, facts.frames.missing),
            (frames as u64, 0, 0),
            "{name}: {facts:?}"
        );
        assert!(
            !facts.variable_frame_rate && facts.faults.is_empty(),
            "{name}: {facts:?}"
        );
        assert!((facts.duration_seconds - 2.0).abs() < 0.01, "{name}: {facts:?}");
        assert!(
            !facts.codec.is_empty() && !facts.container.is_empty() && facts.decoder.starts_with("ffmpeg "),
            "{name}"
        );
        // VP8 keeps hidden reference frames in packets of their own.
        assert!(facts.frames.expected >= Some(frames as u64), "{name}: {facts:?}");
    }
    assert!(
        read_containers >= 12,
        "only {read_containers} files could be made"
    );
}

#[test]
fn the_same_file_gives_the_same_facts_and_pixels_again() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.mp4");
    assert!(make(&format!("{PATTERN} -c:v mpeg4"), &path));
    let (first, second) = (read(&path).unwrap(), read(&path).unwrap());
    assert_eq!(first.facts, second.facts);
    assert!(first.pixels == second.pixels);
}

#[test]
fn a_variable_rate_keeps_the_times_and_is_called_variable() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.mkv");
    // Frame n at n²/100 seconds.
    let options = "-vf settb=1/1000,setpts=N*N*10 -enc_time_base 1/1000 -c:v ffv1";
    let made = make(&format!("{PATTERN} {options} -fps_mode passthrough"), &path)
        || make(&format!("{PATTERN} {options} -vsync passthrough"), &path);
    assert!(made);
    let reading = read(&path).unwrap();
    assert!(reading.times.len() >= 15, "{:?}", reading.times);
    for (index, time) in reading.times.iter().enumerate() {
        assert!(
            (time - (index * index) as f64 / 100.0).abs() < 0.002,
            "frame {index} at {time}"
        );
    }
    assert!(reading.facts.variable_frame_rate);
}

#[test]
fn a_rotated_video_comes_upright() {
    let folder = tempdir().unwrap();
    let plain = folder.path().join("plain.mp4");
    let turned = folder.path().join("turned.mp4");
    assert!(make(&format!("{PATTERN} -c:v mpeg4"), &plain));
    let input = plain.to_str().unwrap();
    let made = make(&format!("-display_rotation 90 -i {input} -c copy"), &turned)
        || make(&format!("-i {input} -c copy -metadata:s:v:0 rotate=90"), &turned);
    assert!(made);
    let (straight, upright) = (read(&plain).unwrap(), read(&turned).unwrap());
    assert_eq!((upright.facts.width, upright.facts.height), (48, 64));
    assert_eq!(upright.sizes[0], (48, 64));
    // A quarter turn either way puts the first pixel of the plain frame at one of two corners.
    let first = &straight.pixels[0][..3];
    let frame = &upright.pixels[0];
    let near = |at: usize| {
        frame[at..at + 3]
            .iter()
            .zip(first)
            .all(|(a, b)| a.abs_diff(*b) < 24)
    };
    assert!(near(47 * 3) || near(63 * 48 * 3));
}

#[test]
fn repeated_frames_are_counted() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.avi");
    assert!(make(
        "-f lavfi -i color=red:size=64x48:rate=10:duration=1 -c:v ffv1",
        &path
    ));
    assert_eq!(read(&path).unwrap().facts.frames.repeated, 9);
}

#[test]
fn a_truncated_video_keeps_what_was_decoded_and_counts_what_is_missing() {
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
        let facts = read(&path)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            .facts;
        let frames = facts.frames;
        assert!((10..50).contains(&frames.decoded), "{name}: {facts:?}");
        assert!(frames.missing + frames.faulty > 0, "{name}: {facts:?}");
        assert!(frames.expected.unwrap().abs_diff(60) <= 2, "{name}: {facts:?}");
        assert!(!facts.faults.is_empty(), "{name}");
    }
}

#[test]
fn damage_within_a_video_is_counted_and_the_rest_is_read() {
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
        let facts = read(&path)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            .facts;
        assert!(facts.frames.decoded >= 60, "{name}: {facts:?}");
        assert!(facts.frames.faulty >= 1, "{name}: {facts:?}");
        assert!(!facts.faults.is_empty(), "{name}");
        assert!(
            facts
                .faults
                .iter()
                .all(|fault| !fault.contains(folder.path().to_str().unwrap())),
            "{facts:?}"
        );
    }
}

#[test]
fn truncation_anywhere_is_either_read_or_refused_and_never_hangs() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.avi");
    assert!(make(
        "-f lavfi -i testsrc2=size=32x32:rate=10:duration=1 -c:v mpeg4",
        &path
    ));
    let bytes = fs::read(&path).unwrap();
    for part in 1..8 {
        write(&path, &bytes[..bytes.len() * part / 8]);
        if let Ok(reading) = read(&path) {
            assert_eq!(reading.facts.frames.decoded, reading.times.len() as u64);
        }
    }
}

#[test]
fn a_wrong_extension_is_read_by_content_and_noted() {
    let folder = tempdir().unwrap();
    for name in ["a.mp4", "b.jpg"] {
        let path = folder.path().join(name);
        assert!(make(&format!("{PATTERN} -c:v ffv1 -f matroska"), &path));
        let facts = read(&path).unwrap().facts;
        assert_eq!(facts.frames.decoded, 20);
        assert!(
            facts
                .faults
                .iter()
                .any(|fault| fault.contains("read by its content")),
            "{facts:?}"
        );
    }
}

#[test]
fn files_that_are_no_video_are_refused_in_clear_words() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    write(&at("empty.mp4"), b"");
    assert!(refused(&at("empty.mp4")).contains("is empty (zero bytes)"));
    write(&at("text.mp4"), "Dear camera,\nthis is a letter.\n".repeat(50));
    assert!(
        refused(&at("text.mp4")).starts_with("cannot read "),
        "{}",
        refused(&at("text.mp4"))
    );
    assert!(refused(&at("absent.mp4")).starts_with("cannot open "));
    assert!(make("-f lavfi -i sine=duration=1", &at("sound.wav")));
    assert!(
        refused(&at("sound.wav")).contains("holds no video"),
        "{}",
        refused(&at("sound.wav"))
    );
    assert!(make("-f lavfi -i sine=duration=1 -c:a aac", &at("sound.mp4")));
    assert!(refused(&at("sound.mp4")).contains("holds no video"));
    assert!(refused(Path::new("/dev/null")).contains("neither a file nor a folder"));
}

#[test]
fn a_playlist_opens_neither_other_files_nor_the_network() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(make(
        &format!("{PATTERN} -c:v mpeg2video -r 25"),
        &at("secret.ts")
    ));
    for (name, text) in [
        (
            "a.m3u8",
            "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nsecret.ts\n#EXT-X-ENDLIST\n",
        ),
        (
            "b.mp4",
            "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n",
        ),
        ("c.mp4", "ffconcat version 1.0\nfile secret.ts\n"),
        (
            "d.sdp",
            "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
        ),
    ] {
        write(&at(name), text);
        // Newer versions do not even recognise a playlist by another name.
        assert!(
            refused(&at(name)).starts_with("cannot read "),
            "{}",
            refused(&at(name))
        );
    }
}

#[test]
fn a_file_with_a_name_that_looks_like_an_option_or_an_address_is_a_file() {
    let folder = tempdir().unwrap();
    for name in [
        "-y.avi",
        "http:foo.avi",
        "%03d.avi",
        "a b'c\".avi",
        "concat:x|y.avi",
    ] {
        let path = folder.path().join(name);
        assert!(
            make(
                "-f lavfi -i testsrc2=size=32x32:rate=10:duration=0.5 -c:v mpeg4",
                &path
            ),
            "{name}"
        );
        assert_eq!(
            read(&path)
                .unwrap_or_else(|error| panic!("{name}: {error}"))
                .facts
                .frames
                .decoded,
            5
        );
    }
}

#[test]
fn a_video_larger_than_the_limits_is_refused_before_it_is_decoded() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.avi");
    assert!(make(&format!("{PATTERN} -c:v mpeg4"), &path));
    let limits = Limits {
        max_width: 63,
        ..Limits::default()
    };
    let error = read_item(&item(&path), &limits).err().unwrap().to_string();
    assert!(
        error.contains("64x48 pixels, more than the limit (63x"),
        "{error}"
    );
}

#[cfg(unix)]
fn script(folder: &Path, text: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let program = folder.join("fake-ffmpeg");
    write(&program, format!("#!/bin/sh\n{text}\n"));
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program
}

#[cfg(unix)]
#[test]
fn a_decoder_that_gives_nothing_is_stopped_and_one_that_is_absent_is_named() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.bin");
    write(&path, b"something");
    let program = script(folder.path(), "exec sleep 600");
    let limits = Limits {
        silence: std::time::Duration::from_millis(300),
        ..Limits::default()
    };
    let error = super::super::source::open(&item(&path), &VideoDecoder::Ffmpeg(program), &limits)
        .err()
        .unwrap();
    assert!(matches!(error, FootageError::Silent { .. }), "{error}");
    let absent = VideoDecoder::Ffmpeg(PathBuf::from("/nonexistent/ffmpeg"));
    let error = super::super::source::open(&item(&path), &absent, &limits)
        .err()
        .unwrap();
    assert!(error.to_string().contains("install ffmpeg"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_decoder_that_lists_packets_and_does_not_say_which_it_is_is_refused() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.bin");
    write(&path, b"something");
    let listing = "echo '#tb 0: 1/25'; echo '#media_type 0: video'; echo '#dimensions 0: 64x48'; echo '0, 0, 0, 1, 9, 0x0'";
    let program = VideoDecoder::Ffmpeg(script(folder.path(), listing));
    let error = super::super::source::open(&item(&path), &program, &Limits::default())
        .err()
        .unwrap();
    assert!(matches!(error, FootageError::StrangeDecoder { .. }), "{error}");
}

#[test]
fn the_decoder_s_stream_cut_anywhere_ends_in_an_error_or_an_end() {
    use super::super::nut::NutReader;
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.nut");
    assert!(make(
        "-f lavfi -i testsrc2=size=8x4:rate=10:duration=0.5 -c:v rawvideo -pix_fmt rgb24",
        &path
    ));
    let bytes = fs::read(&path).unwrap();
    let frames = |bytes: &[u8]| {
        let Ok(mut reader) = NutReader::open(bytes) else {
            return 0;
        };
        let mut pixels = [0; 3 * 8 * 4];
        let mut count = 0;
        while let Ok(Some(header)) = reader.next_frame() {
            if reader.read_frame(header, &mut pixels).is_err() {
                break;
            }
            count += 1;
        }
        count
    };
    assert_eq!(frames(&bytes), 5);
    for length in 0..bytes.len() {
        assert!(frames(&bytes[..length]) <= 5);
    }
}

/// What ffmpeg makes of the same planes, rounding accurately. It smooths colours by a longer filter, so that edges between
/// strong colours may differ by some levels, and nothing else may.
#[test]
fn planes_become_the_rgb_that_ffmpeg_makes_of_them() {
    let folder = tempdir().unwrap();
    for (name, options) in [
        ("a.mkv", "-c:v ffv1 -pix_fmt yuv420p"),
        ("b.mkv", "-c:v ffv1 -pix_fmt yuv420p -vf scale=97:63"),
        ("c.mkv", "-c:v ffv1 -pix_fmt yuv422p"),
        ("d.mkv", "-c:v ffv1 -pix_fmt yuv444p"),
        ("e.avi", "-c:v mjpeg -pix_fmt yuvj420p -q:v 2"),
        ("f.avi", "-c:v mjpeg -pix_fmt yuvj422p -q:v 2"),
        (
            "g.mkv",
            "-c:v ffv1 -pix_fmt yuv420p -colorspace bt709 -color_primaries bt709 -color_trc bt709",
        ),
        (
            "h.mkv",
            "-c:v ffv1 -pix_fmt yuv420p -colorspace bt2020nc -color_range pc",
        ),
    ] {
        let path = folder.path().join(name);
        let smooth = "-f lavfi -i gradients=size=96x64:rate=5:duration=1:seed=7:speed=0.1";
        let rgb = folder.path().join("rgb.raw");
        if !make(&format!("{smooth} {options}"), &path) {
            skipped(&format!(
                "planes_become_the_rgb_that_ffmpeg_makes_of_them, {name}: this ffmpeg cannot make it"
            ));
            continue;
        }
        let convert = "-flags +bitexact -i {} -pix_fmt rgb24 -sws_flags bicubic+bitexact+accurate_rnd+full_chroma_int -f rawvideo";
        assert!(make(&convert.replace("{}", path.to_str().unwrap()), &rgb));
        let (ours, theirs) = (read(&path).unwrap().pixels.concat(), fs::read(&rgb).unwrap());
        assert_eq!(ours.len(), theirs.len(), "{name}");
        let off: Vec<u8> = ours.iter().zip(&theirs).map(|(a, b)| a.abs_diff(*b)).collect();
        let mean = off.iter().map(|&off| f64::from(off)).sum::<f64>() / off.len() as f64;
        assert!(mean < 0.6, "{name}: {mean} levels on average");
        let most = off.iter().max().unwrap();
        assert!(*most <= 8, "{name}: {most} levels at most, {mean} on average");
    }
}
