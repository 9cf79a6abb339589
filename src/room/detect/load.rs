//! A checked model choice in, a detector that every worker can have a copy of out. The digests of its files are checked on
//! the very bytes that the engine is given, and the format is told by these bytes.
//! Deliberately not here: where model files come from (see `supply`), and what family an unknown file is.

use super::FAMILIES;
use super::detector::{Detector, LoadedDetector};
use super::family::FamilyRow;
use super::model_detector::{ModelDetector, Selection};
use super::networks::Networks;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use vsa_base::{Reason, digest};
use vsa_engine::contract::{InputContract, Layout};
use vsa_engine::model_bytes::{ModelBytes, Written};
use vsa_engine::normalise::Normalise;
use vsa_engine::onnxruntime::OnnxRuntimeEngine;
use vsa_engine::openvino::OpenVinoEngine;
use vsa_engine::tract::TractEngine;
use vsa_engine::{Engine, EngineError, tfjs};
use vsa_plan::{EngineChoice, Family, ModelChoice, Precision, Role, Tiling};
use vsa_record::facts::{EngineFacts, ModelFacts};

/// The largest model file that is read. The largest detector of a supported family, YOLOX-x, has 400 MB.
pub(crate) const LARGEST_FILE: u64 = 1 << 30;

/// Boxes from this score on are candidates: a track may be continued with them, and the export lists them. Only boxes
/// that reach the model's own threshold are counted. Lower, the person models of the registry draw five false boxes
/// for each true one and gain less than a hundredth of average precision (`people_accuracy.rs`).
pub(crate) const CANDIDATE_SCORE: f32 = 0.05;

/// Reads, checks and prepares a model.
pub(crate) fn load(
    choice: &ModelChoice,
    tiling: &Tiling,
    engine: &EngineChoice,
) -> Result<Arc<dyn LoadedDetector>, EngineError> {
    let networks = Networks::prepare(choice, read_model(choice)?, engine, row_of(choice)?)?;
    Ok(Arc::new(LoadedModel {
        score_threshold: choice.score_threshold,
        networks: Arc::new(networks),
        choice: choice.clone(),
        selection: Selection {
            score_threshold: choice.score_threshold.min(CANDIDATE_SCORE),
            nms_iou: choice.nms_iou,
            tiling: *tiling,
        },
    }))
}

/// The row of a model's family in the table of those that find.
pub(crate) fn row_of(choice: &ModelChoice) -> Result<&'static FamilyRow, EngineError> {
    let row = FAMILIES.iter().find(|row| row.family == choice.family);
    row.ok_or_else(|| EngineError::Load {
        path: choice.path.clone(),
        reason: "its family describes what other models find, and finds nothing itself".to_owned(),
    })
}

/// A model in whatever format its bytes are, at the size that `contract` says, on the engine that was asked for.
pub(crate) fn engine(
    choice: &ModelChoice,
    model: &ModelBytes,
    on: &EngineChoice,
    contract: &InputContract,
) -> Result<Box<dyn Engine>, EngineError> {
    let refused = |format, instead| EngineError::Format {
        engine: on.name(),
        model: choice.name.clone(),
        format,
        instead,
    };
    match model.written() {
        Written::Protobuf => onnx(choice, one_file(choice, model)?, on, contract),
        Written::Xml => match on {
            EngineChoice::OpenVino { library, precision } => {
                let (model, normalise) = (model.clone(), Normalise::new(contract));
                let engine = OpenVinoEngine::from_ir(model, &choice.path, normalise, library, *precision)?;
                Ok(Box::new(engine))
            }
            _ => Err(refused(
                "in OpenVINO's own format (intermediate representation)",
                "run it with --engine openvino (an option of audit, bench and evaluate)",
            )),
        },
        Written::Json => {
            let (bytes, contract) = translated(choice, model, contract)?;
            onnx(choice, &bytes, on, &contract)
        }
    }
}

/// A graph model of TensorFlow.js as an ONNX file, which every engine runs, and the contract of that: channels first, however
/// the graph had them.
fn translated(
    choice: &ModelChoice,
    model: &ModelBytes,
    contract: &InputContract,
) -> Result<(Vec<u8>, InputContract), EngineError> {
    let load = EngineError::load(&choice.path);
    let Some(weights) = &model.weights else {
        return Err(load(
            "it is the graph of a TensorFlow.js model, and the file of its weights was not named".into(),
        ));
    };
    let only = match choice.family {
        Family::Faceres => Some(crate::describe::network::FACERES_FEATURES),
        _ => None,
    };
    let size = (contract.width, contract.height);
    // A network whose family takes one size may well compute something at another.
    if choice.family.stride().is_none() {
        let own = tfjs::input_size(&model.graph).map_err(load)?;
        if size != own {
            return Err(load(Reason(format!(
                "its input is {}x{} and not {}x{}: declare that",
                own.0, own.1, size.0, size.1
            ))));
        }
    }
    let bytes = tfjs::to_onnx(&model.graph, weights, size, only).map_err(load)?;
    let contract = InputContract {
        layout: Layout::Nchw,
        ..contract.clone()
    };
    Ok((bytes, contract))
}

/// The bytes of a model that has its weights in itself.
pub(crate) fn one_file<'m>(choice: &ModelChoice, model: &'m ModelBytes) -> Result<&'m [u8], EngineError> {
    match &choice.weights {
        None => Ok(&model.graph),
        Some(weights) => Err(EngineError::Load {
            path: choice.path.clone(),
            reason: format!(
                "it holds its weights itself, and {} was named for them: leave that file out",
                weights.path.display()
            ),
        }),
    }
}

/// An ONNX model.
fn onnx(
    choice: &ModelChoice,
    bytes: &[u8],
    on: &EngineChoice,
    contract: &InputContract,
) -> Result<Box<dyn Engine>, EngineError> {
    let path = &choice.path;
    let normalise = Normalise::new(contract);
    Ok(match on {
        EngineChoice::Tract { precision } => {
            let engine = TractEngine::from_onnx(bytes, path, normalise, *precision)?;
            // Whole numbers can carry channel values, not shares of them.
            if engine.takes_whole_numbers() && !contract.is_plain() {
                return Err(EngineError::Load {
                    path: path.clone(),
                    reason: "its input takes whole numbers, which leaves no room for a mean and a deviation: declare a \
                             mean of 0 and a std of 1, or export it with a float32 input"
                        .to_owned(),
                });
            }
            Box::new(engine)
        }
        EngineChoice::OnnxRuntime { library } => {
            Box::new(OnnxRuntimeEngine::from_onnx(bytes, path, normalise, library)?)
        }
        EngineChoice::OpenVino { library, precision } => Box::new(OpenVinoEngine::from_onnx(
            bytes, path, normalise, library, *precision,
        )?),
    })
}

/// Refuses an engine that cannot run this kind of model. Returns the precision of the one that can.
pub(crate) fn only_tract(
    choice: &ModelChoice,
    on: &EngineChoice,
    format: &'static str,
) -> Result<Precision, EngineError> {
    if let EngineChoice::Tract { precision } = on {
        return Ok(*precision);
    }
    Err(EngineError::Format {
        engine: on.name(),
        model: choice.name.clone(),
        format,
        instead: "run it with --engine tract",
    })
}

/// The bytes of all files of a model, if they have the digests that they should.
pub(crate) fn read_model(choice: &ModelChoice) -> Result<ModelBytes, EngineError> {
    let weights = choice.weights.as_ref();
    Ok(ModelBytes {
        graph: read_checked(&choice.path, &choice.sha256)?,
        weights: weights
            .map(|file| read_checked(&file.path, &file.sha256))
            .transpose()?,
    })
}

/// The bytes of a model file, if they have the digest that they should.
fn read_checked(path: &Path, expected: &str) -> Result<Vec<u8>, EngineError> {
    let bytes = read(path).map_err(|Reason(reason)| EngineError::Load {
        path: path.to_owned(),
        reason,
    })?;
    let found = digest::of_bytes(&bytes);
    if !found.eq_ignore_ascii_case(expected) {
        return Err(EngineError::Digest {
            path: path.to_owned(),
            expected: expected.to_owned(),
            found,
        });
    }
    Ok(bytes)
}

/// The bytes of a file that is no larger than a model can be.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Reason> {
    let file = std::fs::File::open(path).map_err(Reason::of)?;
    let declared = file.metadata().map_err(Reason::of)?.len();
    let mut bytes = Vec::new();
    if declared <= LARGEST_FILE {
        let within = &mut file.take(LARGEST_FILE + 1);
        within.read_to_end(&mut bytes).map_err(Reason::of)?;
    }
    if declared.max(bytes.len() as u64) > LARGEST_FILE {
        return Err("it is larger than 1 GiB, more than any supported model".into());
    }
    Ok(bytes)
}

pub(crate) fn facts(choice: &ModelChoice) -> ModelFacts {
    ModelFacts {
        name: choice.name.clone(),
        family: choice.family.name().to_owned(),
        subject: match choice.role {
            Role::Find => choice.subject.name(),
            role => role.name(),
        }
        .to_owned(),
        sha256: choice.sha256.to_lowercase(),
        weights_sha256: choice.weights.as_ref().map(|file| file.sha256.to_lowercase()),
        licence: choice.licence.clone(),
        input_width: choice.input_size.0,
        input_height: choice.input_size.1,
        input: None,
        score_threshold: as_written(choice.score_threshold),
        candidate_score: as_written(choice.score_threshold.min(CANDIDATE_SCORE)),
        nms_iou: as_written(choice.nms_iou),
        training_data: choice.training_data.clone(),
        published_figure: choice.published_figure.clone(),
    }
}

/// 0.3 in single precision is 0.30000001192…: the record shows the number that somebody wrote.
pub(crate) fn as_written(value: f32) -> f64 {
    value.to_string().parse().unwrap_or_else(|_| f64::from(value))
}

/// A model in memory.
struct LoadedModel {
    score_threshold: f32,
    networks: Arc<Networks>,
    choice: ModelChoice,
    selection: Selection,
}

impl LoadedDetector for LoadedModel {
    fn worker(&self) -> Result<Box<dyn Detector>, EngineError> {
        let networks = Arc::clone(&self.networks);
        Ok(Box::new(ModelDetector::new(networks, self.selection)))
    }

    fn facts(&self) -> ModelFacts {
        let mut facts = facts(&self.choice);
        self.networks.tell(&self.choice, &mut facts);
        facts
    }

    fn score_threshold(&self) -> f32 {
        self.score_threshold
    }

    fn engine(&self) -> EngineFacts {
        self.networks.engine()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test makes its own inputs")]

    use super::*;
    use crate::test_data::choice;
    use vsa_plan::{CheckedFile, Family};

    /// A model of these two files, chosen with their digests.
    fn in_two_files(folder: &Path, graph: &[u8], weights: &[u8]) -> ModelChoice {
        let (path, beside) = (folder.join("graph"), folder.join("weights"));
        std::fs::write(&path, graph).unwrap();
        std::fs::write(&beside, weights).unwrap();
        ModelChoice {
            weights: Some(CheckedFile {
                path: beside,
                sha256: digest::of_bytes(weights),
            }),
            ..choice(path, Family::Yolox, (64, 64))
        }
    }

    fn refusal(choice: &ModelChoice) -> String {
        let loaded = load(choice, &Tiling::NONE, &EngineChoice::EMBEDDED);
        loaded.err().expect("a refusal").to_string()
    }

    #[test]
    fn both_files_of_a_model_are_held_to_their_digests_and_both_are_in_its_facts() {
        let folder = tempfile::tempdir().unwrap();
        let choice = in_two_files(folder.path(), b"<net/>", b"weights");
        let read = read_model(&choice).unwrap();
        assert_eq!(
            (&*read.graph, read.weights.as_deref()),
            (&b"<net/>"[..], Some(&b"weights"[..]))
        );
        let told = facts(&choice);
        assert_eq!(told.sha256, digest::of_bytes(b"<net/>"));
        assert_eq!(told.weights_sha256, Some(digest::of_bytes(b"weights")));
        std::fs::write(folder.path().join("weights"), b"wEights").unwrap();
        let why = refusal(&choice);
        assert!(
            why.contains("weights has sha256") && why.contains("pull it again"),
            "{why}"
        );
    }

    #[test]
    fn a_format_that_the_engine_cannot_run_is_named_with_the_model_and_weights_of_a_whole_model_are_refused()
    {
        let folder = tempfile::tempdir().unwrap();
        for (graph, words) in [
            (
                &b"{\"format\": \"graph-model\"}"[..],
                "it is no TensorFlow.js graph model",
            ),
            (
                b"<?xml version=\"1.0\"?><net/>",
                "in OpenVINO's own format (intermediate representation): run it with --engine openvino",
            ),
            (b"\x08\x07", "leave that file out"),
        ] {
            let why = refusal(&in_two_files(folder.path(), graph, b"weights"));
            assert!(why.contains(words), "{why}");
        }
    }
}
