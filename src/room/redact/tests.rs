//! Redaction from end to end: scripted people, failing models, damaged and changed files; then real footage and models.

use super::*;
use crate::detect::detection::Detection;
use crate::detect::detector::Detector;
use crate::detect::overlap::Rect;
use crate::detect::scripted;
use crate::footage::frame::{Frame, FrameBuffer};
use crate::redact::film::Film;
use crate::test_data;
use crate::test_data::choice;
use crate::watcher::Unwatched;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::{Command, Stdio};
use vsa_base::Reason;
use vsa_base::folder::OutputFolder;
use vsa_engine::EngineError;
use vsa_plan::Family;
use vsa_record::facts::{EngineFacts, ModelFacts};
use vsa_test_data::{clip, measured, model, skipped};

mod damaged;
mod real;

/// What the person of the scripted footage wears, and nothing else in it.
const CLOTHES: [u8; 3] = [0xC5, 0x0A, 0xF7];
const FRAMES: u32 = 40;
/// In these frames the scripted detector sees nobody.
const MISSED: std::ops::Range<u32> = 15..22;

fn place(frame: u32) -> Rect {
    let left = 12.0 + 2.0 * frame as f32;
    Rect {
        left,
        top: 20.0,
        right: left + 14.0,
        bottom: 62.0,
    }
}

fn picture(number: u32) -> image::RgbImage {
    let body = place(number);
    let mut picture = image::RgbImage::from_fn(160, 90, |x, y| {
        let (column, row) = (x as f32 + 0.5, y as f32 + 0.5);
        if (body.left..body.right).contains(&column) && (body.top..body.bottom).contains(&row) {
            // Stripes, so that a mosaic would have something to show.
            if (x + y) % 4 < 3 {
                image::Rgb(CLOTHES)
            } else {
                image::Rgb([0x10, 0xE0, 0x10])
            }
        } else {
            image::Rgb([90, 100, 70 + (x / 4) as u8])
        }
    });
    picture.put_pixel(0, 0, image::Rgb([number as u8, 0, 0]));
    picture
}

fn footage(folder: &Path) -> PathBuf {
    let path = folder.join("img");
    std::fs::create_dir(&path).unwrap();
    for number in 0..FRAMES {
        picture(number).save(path.join(format!("{number}.png"))).unwrap();
    }
    path
}

/// Reads the number of the frame from its first pixel.
#[derive(Clone, Copy)]
enum Script {
    /// Sees the person but in some frames.
    Misses,
    /// Fails in one frame.
    FailsAt(u8),
    /// Fails always.
    Fails,
    /// Sees the person wherever their clothes are: for the second look.
    Clothes,
}

struct Scripted(Script);

impl Detector for Scripted {
    fn detect(&mut self, frame: &Frame<'_>, out: &mut Vec<Detection>) -> Result<(), EngineError> {
        let number = frame.rgb[0];
        let fails = || EngineError::Run {
            reason: "it was told to".to_owned(),
        };
        let seen = match self.0 {
            Script::Misses => !MISSED.contains(&u32::from(number)),
            Script::FailsAt(at) if at == number => return Err(fails()),
            Script::Fails => return Err(fails()),
            Script::FailsAt(_) => true,
            Script::Clothes => {
                frame
                    .rgb
                    .chunks_exact(3)
                    .filter(|pixel| **pixel == CLOTHES)
                    .count()
                    > 20
            }
        };
        if seen {
            out.push(Detection::plain(place(number.into()), 0.9));
        }
        Ok(())
    }
}

struct ScriptedModel(Script);

impl LoadedDetector for ScriptedModel {
    fn worker(&self) -> Result<Box<dyn Detector>, EngineError> {
        Ok(Box::new(Scripted(self.0)))
    }

    fn facts(&self) -> ModelFacts {
        ModelFacts {
            name: "scripted".to_owned(),
            family: "yolox".to_owned(),
            subject: "person".to_owned(),
            sha256: "0".repeat(64),
            weights_sha256: None,
            licence: "none".to_owned(),
            input_width: 10,
            input_height: 10,
            input: None,
            score_threshold: 0.5,
            candidate_score: 0.05,
            nms_iou: 0.5,
            training_data: "none".to_owned(),
            published_figure: None,
        }
    }

    fn score_threshold(&self) -> f32 {
        0.5
    }

    fn engine(&self) -> EngineFacts {
        scripted::facts()
    }
}

fn models(finds: Script, again: Option<Script>) -> Models {
    let find = |script| -> Find { (Subject::Person, Arc::new(ScriptedModel(script))) };
    Models {
        finders: vec![find(finds)],
        again: again.into_iter().map(find).collect(),
        independent: true,
    }
}

fn plan(footage: PathBuf, style: RedactStyle) -> RedactPlan {
    RedactPlan {
        sequence_fps: footage.is_dir().then_some(10.0),
        footage,
        ffmpeg: PathBuf::from("ffmpeg"),
        models: Vec::new(),
        tiling: Tiling::NONE,
        what: RedactWhat::People,
        style,
        margin_share: None,
        hold_seconds: 0.3,
        look_again_every: Some(1),
        look_again_with: None,
    }
}

/// Keeps what it is given.
#[derive(Default)]
struct Kept {
    frames: Vec<Vec<u8>>,
    size: (u32, u32),
    rate: f64,
}

impl RedactedSink for Kept {
    fn begin(&mut self, width: u32, height: u32, frame_rate: f64) -> Result<(), Reason> {
        (self.size, self.rate) = ((width, height), frame_rate);
        Ok(())
    }

    fn frame(&mut self, frame: &RedactedFrame) -> Result<(), Reason> {
        self.frames.push(frame.rgb().to_vec());
        Ok(())
    }
}

fn redacted(plan: &RedactPlan, models: &Models, jobs: usize) -> (Kept, RedactionReport) {
    let mut kept = Kept::default();
    let environment = Environment::new(NonZeroUsize::new(jobs));
    let report = redact_with(plan, models, &environment, &mut Unwatched, &mut kept).unwrap();
    (kept, report)
}

fn shows_clothes(rgb: &[u8]) -> usize {
    rgb.chunks_exact(3).filter(|pixel| **pixel == CLOTHES).count()
}

#[test]
fn somebody_is_masked_in_every_frame_also_in_those_in_which_nobody_was_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = footage(folder.path());
    for style in [RedactStyle::Solid, RedactStyle::Silhouette, RedactStyle::Mosaic] {
        let plan = plan(path.clone(), style);
        let (kept, report) = redacted(&plan, &models(Script::Misses, Some(Script::Clothes)), 3);
        assert_eq!((kept.frames.len(), kept.size), (FRAMES as usize, (160, 90)));
        assert!((kept.rate - 10.0).abs() < 1e-9);
        for (number, frame) in kept.frames.iter().enumerate() {
            assert_eq!(
                shows_clothes(frame),
                0,
                "{style:?}: frame {number} shows the person"
            );
            let before = picture(number as u32);
            let same = frame
                .chunks_exact(3)
                .zip(before.pixels())
                .filter(|(a, b)| **a == b.0);
            assert!(
                same.count() > 160 * 90 * 6 / 10,
                "{style:?}: frame {number} is spoilt"
            );
        }
        let person = &report.coverage[0];
        assert_eq!(person.boxes, u64::from(FRAMES - (MISSED.end - MISSED.start)));
        assert_eq!(person.masked_share, Some(1.0));
        let gap = u64::from(MISSED.end - MISSED.start);
        assert_eq!(
            (person.longest_bridged_frames, person.longest_unmasked_frames),
            (gap, 0)
        );
        let again = report.looked_again.unwrap();
        assert_eq!((again.frames, again.leaks), (u64::from(FRAMES), 0));
    }
}

#[test]
fn the_number_of_threads_changes_no_pixel_and_no_figure() {
    let folder = tempfile::tempdir().unwrap();
    let path = footage(folder.path());
    for style in [RedactStyle::Silhouette, RedactStyle::Mosaic] {
        let plan = plan(path.clone(), style);
        let run = |jobs| redacted(&plan, &models(Script::Misses, Some(Script::Clothes)), jobs);
        let ((one, report_of_one), (many, report_of_many)) = (run(1), run(6));
        assert!(one.frames == many.frames, "{style:?}");
        assert_eq!(report_of_one, report_of_many);
    }
}

#[test]
fn a_leak_that_the_second_look_finds_is_counted_and_masked() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(footage(folder.path()), RedactStyle::Solid);
    let (kept, report) = redacted(&plan, &never_finds(), 2);
    let again = report.looked_again.unwrap();
    assert_eq!(again.leaks, u64::from(FRAMES));
    assert!(kept.frames.iter().all(|frame| shows_clothes(frame) == 0));
    // 40 frames at 10 a second are 4 seconds: 40 leaks in them are 36,000 in an hour.
    assert!((again.leaks_per_hour.unwrap().value - 36_000.0).abs() < 1e-6);
    assert_eq!(
        report.coverage[0].masked_share, None,
        "nothing was found, so nothing has a share"
    );
}

/// Masks nobody; the second look sees.
fn never_finds() -> Models {
    struct Blind;
    struct BlindModel;
    impl Detector for Blind {
        fn detect(&mut self, _: &Frame<'_>, _: &mut Vec<Detection>) -> Result<(), EngineError> {
            Ok(())
        }
    }
    impl LoadedDetector for BlindModel {
        fn worker(&self) -> Result<Box<dyn Detector>, EngineError> {
            Ok(Box::new(Blind))
        }
        fn facts(&self) -> ModelFacts {
            ScriptedModel(Script::Misses).facts()
        }
        fn score_threshold(&self) -> f32 {
            0.5
        }
        fn engine(&self) -> EngineFacts {
            scripted::facts()
        }
    }
    Models {
        finders: vec![(Subject::Person, Arc::new(BlindModel))],
        ..models(Script::Misses, Some(Script::Clothes))
    }
}

#[test]
fn a_frame_on_which_the_model_fails_is_black_and_a_model_that_always_fails_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(footage(folder.path()), RedactStyle::Solid);
    let (kept, report) = redacted(&plan, &models(Script::FailsAt(17), None), 2);
    assert!(kept.frames[17].iter().all(|value| *value == 0));
    assert!(kept.frames[16].iter().any(|value| *value != 0));
    assert_eq!((report.frames.read, report.frames.black_model_failed), (40, 1));
    assert!(report.looked_again.is_none());
    let mut sink = Kept::default();
    let environment = Environment::new(NonZeroUsize::new(2));
    let failed = redact_with(
        &plan,
        &models(Script::Fails, None),
        &environment,
        &mut Unwatched,
        &mut sink,
    );
    assert!(matches!(failed, Err(RedactError::Engine(_))));
    assert!(sink.frames.is_empty());
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test makes its own inputs")]
fn a_missing_image_leaves_a_black_frame_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = footage(folder.path());
    for broken in [0, 9, 10] {
        std::fs::write(path.join(format!("{broken}.png")), b"\x89PNG\r\n\x1a\nbroken").unwrap();
    }
    let (kept, report) = redacted(&plan(path, RedactStyle::Solid), &models(Script::Misses, None), 2);
    assert_eq!((report.frames.read, report.frames.black_missing), (37, 3));
    assert_eq!(kept.frames.len(), 40);
    for (number, frame) in kept.frames.iter().enumerate() {
        let black = frame.iter().all(|value| *value == 0);
        assert_eq!(black, [0, 9, 10].contains(&number), "frame {number}");
        assert_eq!(shows_clothes(frame), 0);
    }
}

/// Changes the footage when the second pass is about to begin.
struct Meddler(PathBuf);

impl RedactedSink for Meddler {
    fn begin(&mut self, _: u32, _: u32, _: f64) -> Result<(), Reason> {
        picture(3).save(self.0.join("30.png")).map_err(Reason::of)
    }

    fn frame(&mut self, _: &RedactedFrame) -> Result<(), Reason> {
        Ok(())
    }
}

#[test]
fn footage_that_changes_between_the_passes_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = footage(folder.path());
    let environment = Environment::new(NonZeroUsize::new(2));
    let refused = redact_with(
        &plan(path.clone(), RedactStyle::Solid),
        &models(Script::Misses, None),
        &environment,
        &mut Unwatched,
        &mut Meddler(path),
    );
    assert!(matches!(refused, Err(RedactError::Changed)), "{refused:?}");
}

#[test]
fn stills_are_redacted_like_the_film_and_only_those_asked_for_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(footage(folder.path()), RedactStyle::Solid);
    let environment = Environment::new(NonZeroUsize::new(2));
    let (film, _) = redacted(&plan, &models(Script::Misses, None), 2);
    let moments = [1.65, 0.5, 99.0];
    let stills = stills_with(
        &plan,
        &models(Script::Misses, None),
        &moments,
        (StillFormat::Png, 4000),
        &environment,
        &mut Unwatched,
    )
    .unwrap();
    assert_eq!(stills.len(), 3);
    // The first frame at or after 1.65 s is number 17, in the middle of the gap. After the end nobody looked: black.
    assert!(stills[2].is_black());
    for (still, number) in stills.iter().zip([17, 5]) {
        let picture = image::load_from_memory(still.bytes()).unwrap().into_rgb8();
        assert!(picture.as_raw() == &film.frames[number], "frame {number}");
        assert!(!still.is_black() && shows_clothes(picture.as_raw()) == 0);
    }
    let small = stills_with(
        &plan,
        &models(Script::Misses, None),
        &[2.0],
        (StillFormat::Jpeg, 80),
        &environment,
        &mut Unwatched,
    )
    .unwrap();
    assert_eq!((small[0].size(), small[0].media_type()), ((80, 45), "image/jpeg"));
}

/// What ffmpeg and ffprobe say of a file.
fn probed(path: &Path) -> String {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-show_format", "-show_streams", "-of", "flat"])
        .arg(path)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn film(plan: &RedactPlan, models: &Models, folder: &Path, name: &str) -> RedactionReport {
    let out = OutputFolder::prepare(folder, true).unwrap();
    let mut film = Film::new(&out, name, &plan.ffmpeg);
    let environment = Environment::new(NonZeroUsize::new(2));
    let report = redact_with(plan, models, &environment, &mut Unwatched, &mut film).unwrap();
    film.finish().unwrap().publish(name, &[]).unwrap();
    report
}

#[test]
fn a_film_has_one_stream_no_metadata_the_rate_of_its_source_and_the_same_bytes_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(footage(folder.path()), RedactStyle::Silhouette);
    let out = folder.path().join("out");
    for name in ["a.mp4", "b.mp4"] {
        film(&plan, &models(Script::Misses, None), &out, name);
    }
    let (a, b) = (
        std::fs::read(out.join("a.mp4")).unwrap(),
        std::fs::read(out.join("b.mp4")).unwrap(),
    );
    assert!(a == b && a.len() > 2000);
    let names: Vec<_> = std::fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "no partial file is left: {names:?}");
    let said = probed(&out.join("a.mp4"));
    for wanted in [
        "format.nb_streams=1",
        "codec_name=\"h264\"",
        "pix_fmt=\"yuv420p\"",
        "r_frame_rate=\"10/1\"",
        "nb_frames=\"40\"",
        "width=160",
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    assert!(!said.contains("creation_time") && !said.contains("Lav"), "{said}");
    for word in [&b"x264"[..], b"Lavf", b"Lavc"] {
        assert!(!a.windows(word.len()).any(|window| window == word));
    }
}

/// The canary of the redactor: somebody of an unlikely colour, in a folder with an unlikely name.
#[test]
fn neither_the_film_nor_its_report_says_a_pixel_or_a_name_of_the_canary() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("CanaryFolderName");
    std::fs::rename(footage(folder.path()), &path).unwrap();
    // What H.264 leaves of the colour is near it; nothing else in the picture is.
    let near = |pixel: &&[u8]| {
        pixel
            .iter()
            .zip(CLOTHES)
            .all(|(value, canary)| value.abs_diff(canary) < 70)
    };
    let count = |frames: &[Vec<u8>]| -> usize {
        frames
            .iter()
            .map(|rgb| rgb.chunks_exact(3).filter(near).count())
            .sum()
    };
    for style in [RedactStyle::Solid, RedactStyle::Silhouette] {
        let plan = plan(path.clone(), style);
        let report = film(
            &plan,
            &models(Script::Misses, Some(Script::Clothes)),
            folder.path(),
            "out.mp4",
        );
        assert_eq!(
            count(&damaged::decoded(&folder.path().join("out.mp4"))),
            0,
            "{style:?}"
        );
        let mut said = vsa_record::json::to_bytes(&report).unwrap();
        said.extend(std::fs::read(folder.path().join("out.mp4")).unwrap());
        let said = said.to_ascii_lowercase();
        for word in [&b"canary"[..], b"14.0", b"62.0"] {
            assert!(
                !said.windows(word.len()).any(|window| window == word),
                "{style:?}"
            );
        }
    }
    // The search finds: a film in which nobody is masked sings.
    let unmasked = Models {
        again: Vec::new(),
        ..never_finds()
    };
    film(
        &plan(path, RedactStyle::Solid),
        &unmasked,
        folder.path(),
        "out.mp4",
    );
    let sung = count(&damaged::decoded(&folder.path().join("out.mp4")));
    assert!(sung > 40 * 100, "only {sung} pixels of the canary were found");
}

#[test]
fn an_encoder_that_is_missing_or_fails_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(footage(folder.path()), RedactStyle::Solid);
    let path = folder.path().join("out");
    for (program, words) in [("/nowhere/ffmpeg", "install ffmpeg"), ("false", "encoder")] {
        let out = OutputFolder::prepare(&path, true).unwrap();
        let mut film = Film::new(&out, "a.mp4", Path::new(program));
        let environment = Environment::new(NonZeroUsize::new(2));
        let failed = redact_with(
            &plan,
            &models(Script::Misses, None),
            &environment,
            &mut Unwatched,
            &mut film,
        )
        .map_err(Reason::of)
        .and_then(|_| film.finish().map(|_| ()));
        let error = failed.unwrap_err();
        assert!(error.0.contains(words), "{program}: {error}");
        drop(out);
        assert!(!path.exists(), "{program} left something");
    }
}
