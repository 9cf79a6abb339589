//! Real footage and real models: nobody whom a model found is found again in the film.

use super::damaged::decoded;
use super::*;
use crate::detect::overlap::iou;
use vsa_plan::{EngineChoice, ModelChoice};

/// The first frames of a clip, without loss, as a file of their own.
fn beginning(clip: &Path, frames: u32, folder: &Path) -> PathBuf {
    let path = folder.join("clip.mkv");
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(clip)
        .args([
            "-frames:v",
            &frames.to_string(),
            "-an",
            "-c:v",
            "ffv1",
            "-pix_fmt",
            "bgr0",
        ])
        .arg(&path)
        .stdin(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    path
}

fn finder(choice: &ModelChoice) -> Find {
    (
        choice.subject,
        detect::load(choice, &Tiling::NONE, &EngineChoice::EMBEDDED).unwrap(),
    )
}

fn boxes(find: &Find, frames: &[Vec<u8>], size: (u32, u32)) -> Vec<Vec<Rect>> {
    let mut worker = find.1.worker().unwrap();
    let in_frame = |rgb: &Vec<u8>| {
        let mut found = Vec::new();
        let frame = Frame {
            width: size.0,
            height: size.1,
            rgb,
        };
        worker.detect(&frame, &mut found).unwrap();
        found.retain(|detection| detection.score >= find.1.score_threshold());
        found.iter().map(|detection| detection.rect).collect()
    };
    frames.iter().map(in_frame).collect()
}

/// Redacts with `masking` and asks every model of `asked` before and after. Out: boxes before, boxes after, boxes after
/// that overlap one before.
fn before_and_after(
    clip: &Path,
    what: RedactWhat,
    style: RedactStyle,
    masking: &[ModelChoice],
    asked: &[ModelChoice],
) -> Vec<[usize; 3]> {
    let folder = tempfile::tempdir().unwrap();
    let plan = RedactPlan {
        what,
        hold_seconds: 0.5,
        look_again_every: Some(5),
        models: masking.to_vec(),
        ..plan(clip.to_owned(), style)
    };
    let models = Models::load(&plan).unwrap();
    let report = film(&plan, &models, folder.path(), "out.mp4");
    let size = (report.source.width, report.source.height);
    let (before, after) = (decoded(clip), decoded(&folder.path().join("out.mp4")));
    assert_eq!(before.len(), after.len());
    assert!(
        report.coverage[0]
            .masked_share
            .is_none_or(|share| share > 0.999_999)
    );
    let (subject, again) = (&report.coverage[0], report.looked_again.as_ref());
    measured(&format!(
        "redacted {what:?} {style:?}: {} frames, {} boxes, {:?} of their pixels masked, longest gap bridged {} and unmasked {} \
         frames; looked again at {:?} frames: {:?} leaks",
        report.frames.read,
        subject.boxes,
        subject.masked_share,
        subject.longest_bridged_frames,
        subject.longest_unmasked_frames,
        again.map(|again| again.frames),
        again.map(|again| again.leaks)
    ));
    let asked = asked.iter().map(|choice| {
        let find = finder(choice);
        let (before, after) = (boxes(&find, &before, size), boxes(&find, &after, size));
        let count = |boxes: &[Vec<Rect>]| boxes.iter().map(Vec::len).sum();
        let overlaps = |(before, after): (&Vec<Rect>, &Vec<Rect>)| {
            let meets = |rect: &&Rect| before.iter().any(|other| iou(rect, other) > 0.1);
            after.iter().filter(meets).count()
        };
        let again = before.iter().zip(&after).map(overlaps).sum();
        let row = [count(&before), count(&after), again];
        measured(&format!(
            "redacted {what:?} {style:?}, {}: {} boxes before, {} after, {} of them where one was before",
            choice.name, row[0], row[1], row[2]
        ));
        row
    });
    asked.collect()
}

fn people() -> Option<Vec<ModelChoice>> {
    let named = |name: &str, file, family, input| {
        model(file).map(|path| ModelChoice {
            name: name.to_owned(),
            ..choice(path, family, input)
        })
    };
    Some(vec![
        named("yolox-nano", "yolox_nano.onnx", Family::Yolox, (416, 416))?,
        named("nanodet-m-320", "nanodet_m_320.onnx", Family::Nanodet, (320, 320))?,
    ])
}

fn faces() -> Option<Vec<ModelChoice>> {
    let path = model("yunet_n_640_640.onnx").or_else(|| model("yunet_n_640.onnx"))?;
    Some(vec![ModelChoice {
        name: "yunet-n-640".to_owned(),
        subject: Subject::Face,
        score_threshold: 0.6,
        nms_iou: 0.3,
        ..choice(path, Family::Yunet, (640, 640))
    }])
}

#[test]
fn in_the_film_of_the_pets_clip_no_model_finds_anybody_where_it_found_somebody_before() {
    let test = "in_the_film_of_the_pets_clip_no_model_finds_anybody_where_it_found_somebody_before";
    let (Some(clip), Some(people)) = (clip(), people()) else {
        skipped(
            test,
            "needs the clip (VSA_AUDIT_TEST_FRAMES), yolox_nano.onnx and nanodet_m_320.onnx",
        );
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let clip = beginning(&clip, 60, folder.path());
    let rows = before_and_after(
        &clip,
        RedactWhat::People,
        RedactStyle::Solid,
        &people[..1],
        &people,
    );
    assert!(rows.iter().all(|row| row[0] > 100), "{rows:?}");
    // The model that masked finds nobody where it found somebody; another, that sees others, hardly anybody.
    assert_eq!(rows[0][2], 0, "{rows:?}");
    assert!(rows[1][2] * 50 <= rows[1][0], "{rows:?}");
    // A shape in one colour is still the shape of somebody, and may be found as that: how often is said, not asserted.
    before_and_after(
        &clip,
        RedactWhat::People,
        RedactStyle::Silhouette,
        &people[..1],
        &people[..1],
    );
}

#[test]
fn in_footage_with_large_faces_no_face_is_found_again() {
    let test = "in_footage_with_large_faces_no_face_is_found_again";
    let clip = test_data::shared("footage/intel/preview_face-demographics-walking.gif");
    let (Some(clip), Some(faces)) = (clip, faces()) else {
        skipped(test, "needs the preview with faces and yunet_n_640_640.onnx");
        return;
    };
    for style in [RedactStyle::Solid, RedactStyle::Mosaic] {
        let rows = before_and_after(&clip, RedactWhat::Faces, style, &faces, &faces);
        assert!(rows[0][0] >= 10, "{rows:?}");
        assert_eq!(rows[0][2], 0, "{style:?}: {rows:?}");
    }
}
