//! Labels, model files and frames for the tests of the room. None of them is in the repository: they are looked for where
//! `VSA_AUDIT_TEST_MODELS` (a folder), `VSA_AUDIT_TEST_FRAMES` (the clip `vtest.avi`) and `VSA_AUDIT_SHARED` (the
//! development data) say. A test that does not find its own says so, loudly.

use crate::footage::frame::FrameBuffer;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use vsa_base::digest;
use vsa_plan::{
    CheckedFile, ColourOrder, Family, InputSize, Means, ModelChoice, Role, Subject, VideoDecoder,
    WrittenFootage, WrittenPlan,
};
use vsa_record::disclosure::DataBasis;
use vsa_record::facts::ModelFacts;

pub(crate) use vsa_test_data::{clip, measured, model, shared, skipped};

/// A person model, chosen with common settings. The weights of a graph model of TensorFlow.js are found by their usual name.
pub(crate) fn choice(path: PathBuf, family: Family, input: (u32, u32)) -> ModelChoice {
    let (sha256, _) = digest::of_file(&path).unwrap();
    let graph = path.extension().is_some_and(|ending| ending == "json");
    let weights = graph.then(|| {
        let name = path.with_extension("bin");
        let path = model(name.file_name().unwrap().to_str().unwrap()).unwrap();
        let (sha256, _) = digest::of_file(&path).unwrap();
        CheckedFile { path, sha256 }
    });
    ModelChoice {
        path,
        sha256,
        weights,
        ..choice_without_file(family, input)
    }
}

/// A network of bodies, as torchreid's take pictures.
pub(crate) fn bodies(path: PathBuf) -> ModelChoice {
    ModelChoice {
        role: Role::BodyEmbedding,
        ..choice(path, Family::Osnet, (128, 256))
    }
}

/// The same, as those of Intel's zoo do: channel values as they are, blue first.
pub(crate) fn bodies_of_the_zoo(path: PathBuf) -> ModelChoice {
    ModelChoice {
        colour: Some(ColourOrder::Bgr),
        mean: Some([0.0; 3]),
        std: Some([1.0; 3]),
        ..bodies(path)
    }
}

/// A person model for a scripted engine, with common settings.
pub(crate) fn choice_without_file(family: Family, input: (u32, u32)) -> ModelChoice {
    ModelChoice {
        name: "tested".to_owned(),
        path: PathBuf::from("tested.onnx"),
        sha256: String::new(),
        weights: None,
        family,
        subject: Subject::Person,
        role: Role::Find,
        input_size: input,
        input: InputSize::Model,
        colour: None,
        mean: None,
        std: None,
        person_class: 0,
        score_threshold: 0.3,
        nms_iou: 0.5,
        licence: "unknown".to_owned(),
        training_data: "unknown".to_owned(),
        published_figure: None,
    }
}

/// A plan that looks at all of one piece of footage in full, and withholds nothing.
pub(crate) fn written(label: &str, path: &Path, sequence_fps: Option<f64>) -> WrittenPlan {
    WrittenPlan {
        footage: vec![WrittenFootage {
            label: Some(label.to_owned()),
            path: path.to_owned(),
            sequence_fps,
        }],
        data_basis: Some(DataBasis::Public),
        ..WrittenPlan::default()
    }
}

/// A model of people that is none.
pub(crate) fn means() -> Means {
    means_of(vec![choice_without_file(Family::Yolox, (1, 1))])
}

/// These models, and the ffmpeg of the system.
pub(crate) fn means_of(models: Vec<ModelChoice>) -> Means {
    Means::new(models, VideoDecoder::Ffmpeg("ffmpeg".into()))
}

/// The facts of a model that is none: what the scripted detectors of the tests say of themselves.
pub(crate) fn scripted_model(name: &str, subject: Subject, side: u32) -> ModelFacts {
    ModelFacts {
        name: name.to_owned(),
        family: "yolox".to_owned(),
        subject: subject.name().to_owned(),
        sha256: "0".repeat(64),
        weights_sha256: None,
        licence: "none".to_owned(),
        input_width: side,
        input_height: side,
        input: None,
        score_threshold: 0.5,
        candidate_score: 0.05,
        nms_iou: 0.5,
        training_data: "none".to_owned(),
        published_figure: None,
    }
}

/// Frames 1, 1 + `step`, … of the PETS clip, decoded by the ffmpeg of the system, if the clip is there.
pub(crate) fn frames(step: u32) -> Option<Vec<FrameBuffer>> {
    const SIZE: (u32, u32) = (768, 576);
    let clip = clip()?;
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(clip)
        .args([
            "-vf",
            &format!("select=not(mod(n\\,{step}))"),
            "-fps_mode",
            "passthrough",
        ])
        .args(["-f", "rawvideo", "-pix_fmt", "rgb24", "-"])
        .stdin(Stdio::null())
        .output()
        .expect("the clip is there, so ffmpeg must be too");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let frame_bytes = 3 * (SIZE.0 * SIZE.1) as usize;
    assert_eq!(output.stdout.len() % frame_bytes, 0);
    let buffers = output.stdout.chunks_exact(frame_bytes).enumerate();
    Some(
        buffers
            .map(|(index, rgb)| {
                let mut buffer = FrameBuffer::default();
                buffer.reshape(SIZE.0, SIZE.1).copy_from_slice(rgb);
                buffer.index = index as u64 * u64::from(step);
                buffer
            })
            .collect(),
    )
}
