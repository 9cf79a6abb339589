//! The preview of the PETS clip shows nobody: neither to the detector that it was made with nor to another one.

use super::{PreviewError, PreviewPlan, Tiling, VideoDecoder, preview};
use crate::footage::frame::FrameBuffer;
use crate::test_data::choice;
use crate::watcher::Unwatched;
use std::path::PathBuf;
use vsa_base::environment::Environment;
use vsa_plan::scene::WrittenScene;
use vsa_plan::{EngineChoice, Family, ModelChoice};
use vsa_test_data::{clip, model, skipped};

const SCENE: &str = r#"
frame_size = [768, 576]
[[zone]]
name = "crossing"
polygon = [[230, 170], [480, 160], [560, 330], [210, 340]]
"#;

fn plan(clip: PathBuf, person_model: ModelChoice) -> PreviewPlan {
    let written: WrittenScene = toml::from_str(SCENE).unwrap();
    PreviewPlan {
        footage: clip,
        sequence_fps: None,
        decoder: VideoDecoder::Ffmpeg(PathBuf::from("ffmpeg")),
        person_model,
        tiling: Tiling::NONE,
        scene: written.check().unwrap(),
    }
}

fn found(person_model: &ModelChoice, buffer: &FrameBuffer) -> Vec<f32> {
    let loaded = crate::detect::load(person_model, &Tiling::NONE, &EngineChoice::EMBEDDED).unwrap();
    let mut worker = loaded.worker().unwrap();
    let mut found = Vec::new();
    worker.detect(&buffer.frame(), &mut found).unwrap();
    let counted = found
        .iter()
        .filter(|detection| detection.score >= loaded.score_threshold());
    counted.map(|detection| detection.score).collect()
}

#[test]
fn no_detection_survives_in_the_preview_of_the_pets_clip() {
    let test = "no_detection_survives_in_the_preview_of_the_pets_clip";
    let (Some(clip), Some(path)) = (clip(), model("yolox_nano.onnx")) else {
        skipped(test, "needs the clip (VSA_AUDIT_TEST_FRAMES) and yolox_nano.onnx");
        return;
    };
    let yolox = choice(path, Family::Yolox, (416, 416));
    let plan = plan(clip, yolox);
    let made = preview(&plan, &Environment::new(None), &mut Unwatched).unwrap();
    assert!(
        made.frames >= 32 && made.grey_share < 0.1,
        "{} {}",
        made.frames,
        made.grey_share
    );
    let picture = image::load_from_memory(&made.png).unwrap().into_rgb8();
    assert_eq!(picture.dimensions(), (768, 576));
    let mut buffer = FrameBuffer::default();
    buffer.reshape(768, 576).copy_from_slice(picture.as_raw());
    assert_eq!(
        found(&plan.person_model, &buffer),
        [0.0f32; 0],
        "seen by the model that made it"
    );
    match model("nanodet_m_320.onnx") {
        Some(path) => {
            let other = choice(path, Family::Nanodet, (320, 320));
            assert_eq!(found(&other, &buffer), [0.0f32; 0], "seen by another model");
        }
        None => skipped(test, "the second model, nanodet_m_320.onnx, is not here"),
    }
    // The first frame shows people to both, so that the test could fail.
    let frames = crate::test_data::frames(794).unwrap();
    assert!(found(&plan.person_model, &frames[0]).len() >= 2);
}

#[test]
fn a_scene_for_pictures_of_another_size_is_refused() {
    let test = "a_scene_for_pictures_of_another_size_is_refused";
    let (Some(clip), Some(path)) = (clip(), model("yolox_nano.onnx")) else {
        skipped(test, "needs the clip (VSA_AUDIT_TEST_FRAMES) and yolox_nano.onnx");
        return;
    };
    let written: WrittenScene = toml::from_str("frame_size = [640, 480]").unwrap();
    let plan = PreviewPlan {
        scene: written.check().unwrap(),
        ..plan(clip, choice(path, Family::Yolox, (416, 416)))
    };
    let refused = preview(&plan, &Environment::new(None), &mut Unwatched).unwrap_err();
    assert!(matches!(refused, PreviewError::OtherSize { .. }), "{refused}");
}
