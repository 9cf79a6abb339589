//! Parts of videos, against the same videos decoded whole: the same numbers, times and pixels, or a reason why not.

use super::*;
use crate::footage::partial::Partial;
use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use tempfile::tempdir;
use vsa_record::drawn::WhyWhole;

const MOVING: &str = "-f lavfi -i testsrc2=size=96x64:rate=25:duration=6";

#[expect(clippy::disallowed_methods, reason = "a test makes its own inputs")]
fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::write(path, bytes).unwrap();
}

fn partial(path: &Path) -> Result<Arc<Partial>, WhyWhole> {
    let decoder = VideoDecoder::Ffmpeg(ffmpeg());
    super::super::source::partial(&item(path), &decoder, &Limits::default()).unwrap()
}

/// The frames `wanted` of `partial` and the facts.
fn read_part(partial: &Arc<Partial>, wanted: &BTreeSet<u64>, threads: usize) -> (Vec<u64>, Reading) {
    let mut source = partial.open(wanted.clone(), threads).unwrap();
    let mut buffer = FrameBuffer::default();
    let (mut numbers, mut times, mut sizes, mut pixels) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    while source.next(&mut buffer).unwrap() {
        numbers.push(buffer.index);
        times.push(buffer.seconds);
        sizes.push((buffer.width, buffer.height));
        pixels.push(buffer.rgb.clone());
    }
    let facts = source.finish();
    let reading = Reading {
        times,
        sizes,
        pixels,
        facts,
    };
    (numbers, reading)
}

/// Every frame by itself, a few together, and all, as decoding all of it gives them.
fn same_as_whole(name: &str, path: &Path) {
    let whole = read(path).unwrap();
    let frames = whole.times.len() as u64;
    let partial = partial(path).unwrap_or_else(|why| panic!("{name}: {why:?}"));
    assert_eq!(partial.frames(), frames, "{name}");
    let mut sets: Vec<BTreeSet<u64>> = (0..frames).step_by(7).map(|one| [one].into()).collect();
    sets.extend([
        (3..frames).step_by(11).collect(),
        [0, 1, frames - 2, frames - 1].into(),
        (0..frames).collect(),
        BTreeSet::new(),
    ]);
    for wanted in sets {
        for threads in [1, 3] {
            let (numbers, part) = read_part(&partial, &wanted, threads);
            assert!(wanted.iter().eq(&numbers), "{name}: {numbers:?} of {wanted:?}");
            for (at, number) in numbers.into_iter().enumerate() {
                let of = number as usize;
                assert_eq!(
                    part.times[at].to_bits(),
                    whole.times[of].to_bits(),
                    "{name}: {of}"
                );
                assert_eq!(part.sizes[at], whole.sizes[of], "{name}: {of}");
                assert!(part.pixels[at] == whole.pixels[of], "{name}: the pixels of {of}");
            }
            let mut facts = part.facts;
            assert_eq!(facts.frames.there(), frames, "{name}");
            assert!(facts.frames.decoded >= wanted.len() as u64, "{name}");
            // What only decoding all of it tells.
            facts.frames = whole.facts.frames;
            assert_eq!(facts, whole.facts, "{name}");
        }
    }
}

#[test]
fn a_part_of_a_video_is_what_it_is_in_all_of_it() {
    let folder = tempdir().unwrap();
    let groups = "-c:v libx264 -preset veryfast -g 20 -bf 3";
    let irregular =
        "-vf settb=1/1000,setpts=N*40+mod(N\\,3)*11+N*N/8 -enc_time_base 1:1000 -fps_mode passthrough";
    let mut made = 0;
    for (name, options) in [
        ("between.mp4", groups.to_owned()),
        ("between.mkv", groups.to_owned()),
        ("no-index.ts", groups.to_owned()),
        ("old.avi", "-c:v libx264 -preset veryfast -g 20 -bf 0".to_owned()),
        ("irregular.mkv", format!("{irregular} {groups}")),
        ("interlaced.mkv", format!("{groups} -flags +ildct+ilme")),
        (
            "sliced.mp4",
            format!("{groups} -x264-params slices=4:b-pyramid=strict"),
        ),
        (
            "full-range.mp4",
            format!("{groups} -pix_fmt yuvj420p -color_range pc"),
        ),
        (
            "plain.flv",
            "-c:v libx264 -preset veryfast -g 20 -bf 2".to_owned(),
        ),
        ("pictures.avi", "-c:v mjpeg -q:v 4".to_owned()),
        ("pictures.mkv", "-c:v mjpeg -q:v 4 -pix_fmt yuvj422p".to_owned()),
    ] {
        let path = folder.path().join(name);
        if make(&format!("{MOVING} {options}"), &path) {
            same_as_whole(name, &path);
            made += 1;
        } else {
            skipped(&format!("{name}: this ffmpeg cannot make it"));
        }
    }
    assert!(made >= 2, "only {made} files could be made");
}

#[test]
fn h265_is_decoded_in_part_where_ffmpeg_reads_it_from_a_pipe_and_whole_elsewhere() {
    let test = "h265_is_decoded_in_part_where_ffmpeg_reads_it_from_a_pipe_and_whole_elsewhere";
    let folder = tempdir().unwrap();
    let path = folder.path().join("newer.mkv");
    let options = "-c:v libx265 -preset ultrafast -x265-params keyint=20:open-gop=0:log-level=none";
    if !make(&format!("{MOVING} {options}"), &path) {
        skipped(&format!("{test}: needs libx265"));
        return;
    }
    match partial(&path) {
        Ok(_) => same_as_whole("newer.mkv", &path),
        // An ffmpeg of version 5 knows no H.265 in IVF: nothing comes out, which is not what the whole gives.
        Err(why) => assert_eq!(why, WhyWhole::NotTheSame),
    }
}

#[test]
fn what_is_cut_out_of_a_longer_file_without_coding_it_again_keeps_its_numbers() {
    let folder = tempdir().unwrap();
    let (long, cut) = (folder.path().join("long.mp4"), folder.path().join("cut.mp4"));
    if !make(&format!("{MOVING} -c:v libx264 -preset veryfast -g 20"), &long) {
        skipped("what_is_cut_out_of_a_longer_file…: needs libx264");
        return;
    }
    // The cut lies within a group: what comes before it is in the file, and never shown.
    assert!(make(
        &format!("-ss 1.3 -i {} -c copy", long.to_str().unwrap()),
        &cut
    ));
    match partial(&cut) {
        Ok(_) => same_as_whole("cut.mp4", &cut),
        Err(why) => assert_eq!(why, WhyWhole::NotTheSame),
    }
}

#[test]
fn what_cannot_be_decoded_in_part_is_told_and_why() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let why = |name: &str| partial(&at(name)).err();
    let x264 = "-c:v libx264 -preset veryfast -g 20 -bf 3";
    for (name, options, reason) in [
        // Later pictures look back beyond such key frames.
        (
            "open.mkv",
            format!("{x264} -x264-params open-gop=1:scenecut=0"),
            WhyWhole::FewKeyFrames,
        ),
        // No key frames: each picture refreshes a part.
        (
            "gradual.mp4",
            format!("{x264} -x264-params intra-refresh=1:scenecut=0"),
            WhyWhole::FewKeyFrames,
        ),
        (
            "one-group.mp4",
            "-c:v libx264 -preset veryfast -g 9999 -sc_threshold 0".to_owned(),
            WhyWhole::FewKeyFrames,
        ),
        ("other.avi", "-c:v mpeg4 -g 20".to_owned(), WhyWhole::Codec),
    ] {
        if make(&format!("{MOVING} {options}"), &at(name)) {
            assert_eq!(why(name), Some(reason), "{name}");
            assert_eq!(read(&at(name)).unwrap().times.len(), 150, "{name}");
        } else {
            skipped(&format!("{name}: this ffmpeg cannot make it"));
        }
    }
    if make(&format!("{MOVING} {x264}"), &at("plain.mp4")) {
        let plain = at("plain.mp4");
        let input = plain.to_str().unwrap();
        let turned = make(
            &format!("-display_rotation 90 -i {input} -c copy"),
            &at("turned.mp4"),
        ) || make(
            &format!("-i {input} -c copy -metadata:s:v:0 rotate=90"),
            &at("turned.mp4"),
        );
        assert!(turned);
        assert_eq!(
            why("turned.mp4"),
            Some(WhyWhole::NotTheSame),
            "only all of it comes upright"
        );
    }
    assert!(make(
        "-f lavfi -i testsrc2=size=64x48:rate=1:duration=1",
        &at("a.png")
    ));
    assert_eq!(why("a.png"), Some(WhyWhole::Pictures));
    assert_eq!(partial(folder.path()).err(), Some(WhyWhole::Pictures));
}

#[test]
fn a_video_that_is_cut_short_or_damaged_is_decoded_whole() {
    let folder = tempdir().unwrap();
    for (name, options) in [
        ("a.mp4", "-c:v libx264 -preset veryfast -g 20 -movflags faststart"),
        ("b.mkv", "-c:v libx264 -preset veryfast -g 20"),
        ("c.avi", "-c:v mjpeg"),
    ] {
        let path = folder.path().join(name);
        if !make(&format!("{MOVING} {options}"), &path) {
            skipped(&format!("{name}: this ffmpeg cannot make it"));
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        write(&path, &bytes[..bytes.len() * 3 / 5]);
        assert_eq!(partial(&path).err(), Some(WhyWhole::Damaged), "{name}");
        assert!(read(&path).unwrap().times.len() > 50, "{name}");
    }
    // Damage that no packet shows: a picture far behind the beginning is broken, and only who decodes it hears of it.
    let path = folder.path().join("d.mkv");
    if !make(
        &format!("{MOVING} -c:v libx264 -preset veryfast -g 20 -bf 0"),
        &path,
    ) {
        return;
    }
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 400].fill(0x5A);
    write(&path, &bytes);
    let Ok(partial) = partial(&path) else { return };
    let mut source = partial.open((0..150).collect(), 1).unwrap();
    let mut buffer = FrameBuffer::default();
    let error = loop {
        match source.next(&mut buffer) {
            Ok(true) => {}
            Ok(false) => break None,
            Err(error) => break Some(error),
        }
    };
    assert!(
        matches!(error, Some(FootageError::PartsDiffer { .. })),
        "{error:?}"
    );
}

#[test]
fn a_part_that_is_let_go_in_the_middle_leaves_no_child_behind() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a.avi");
    assert!(make(&format!("{MOVING} -c:v mjpeg"), &path));
    let partial = partial(&path).unwrap();
    let mut source = partial.open((0..150).collect(), 2).unwrap();
    assert!(source.next(&mut FrameBuffer::default()).unwrap());
    // Returns: nobody waits for a decoder that waits to be read.
    drop(source);
    let source = partial.open([3, 140].into(), 2).unwrap();
    assert_eq!(source.finish().frames.decoded, 2);
}
