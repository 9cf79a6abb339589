//! The files of a model in, the supported family it belongs to out, with its input size, for `models add`. Recognised by the
//! number and shapes of its outputs at a known input size, by names only where shapes leave a choice.
//! Deliberately not here: whether the model is any good, and what it was trained on; a file cannot tell that.

use super::{FAMILIES, cells, load, ssdlite, table, yunet};
use std::path::Path;
use vsa_base::Reason;
use vsa_engine::contract::{InputContract, Layout};
use vsa_engine::ir_file;
use vsa_engine::model_bytes::{ModelBytes, Written};
use vsa_engine::normalise::Normalise;
use vsa_engine::signature::{self, Format, Signature};
use vsa_engine::tract::TractEngine;
use vsa_engine::{Engine as _, EngineError, OutputInfo, tfjs};
use vsa_plan::{Family, Precision, Role, Subject};

/// Why a file is of no supported family, what was found in it, and what is recognised.
fn refused(signature: &Signature, why: &str) -> Reason {
    let found = signature.describe();
    let known: Vec<_> = FAMILIES.iter().map(|row| row.called).collect();
    Reason(format!(
        "{why}; {found}; supported families: {}; re-identification networks of 128x256, face recognition networks of \
         112x112; classifiers of faces have to be declared",
        known.join(", ")
    ))
}

/// What a model file was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelDescription {
    /// Its family.
    pub family: Family,
    /// What it looks for.
    pub subject: Subject,
    /// Width and height of its input: as the file declares, or its family's default where it takes any.
    pub input_size: (u32, u32),
    /// Index of the class `person`.
    pub person_class: u32,
    /// What was assumed and should be checked.
    pub note: Option<String>,
}

/// Recognises the family of an ONNX file, a TensorFlow frozen graph, or a graph in OpenVINO's own format. `weights`: the file with its weights, where they are in one of
/// their own.
///
/// # Errors
/// [`EngineError::Load`] for a file that cannot be read, is no model, cannot be run by the embedded engine, or belongs
/// to no supported family; the message lists what was found in it.
pub fn identify_model(path: &Path, weights: Option<&Path>) -> Result<ModelDescription, EngineError> {
    let failure = |path: &Path| {
        let path = path.to_owned();
        move |Reason(reason)| EngineError::Load { path, reason }
    };
    let model = ModelBytes {
        graph: read(path).map_err(failure(path))?,
        weights: match weights {
            Some(weights) => Some(read(weights).map_err(failure(weights))?),
            None => None,
        },
    };
    identify(&model, path).map_err(failure(path))
}

fn identify(model: &ModelBytes, path: &Path) -> Result<ModelDescription, Reason> {
    match model.written() {
        Written::Protobuf if model.weights.is_some() => {
            Err("it holds its weights itself: leave the file of weights out".into())
        }
        Written::Protobuf => {
            let signature = signature::read(&model.graph)?;
            match signature.format {
                Format::Onnx => identify_onnx(&model.graph, path, &signature),
                Format::TensorflowFrozen => identify_tensorflow(&model.graph, path, &signature),
                Format::OpenVinoIr => Err("it is no protocol buffer".into()),
            }
        }
        Written::Xml => identify_ir(&model.graph),
        Written::Json => identify_tfjs(model, path),
    }
}

/// A graph model of TensorFlow.js, which is an ONNX file once it is translated.
fn identify_tfjs(model: &ModelBytes, path: &Path) -> Result<ModelDescription, Reason> {
    let weights = model
        .weights
        .as_ref()
        .ok_or("it is the graph of a TensorFlow.js model: name the file of its weights with --weights")?;
    let size = tfjs::input_size(&model.graph)?;
    let onnx = tfjs::to_onnx(&model.graph, weights, size, None)?;
    identify_onnx(&onnx, path, &signature::read(&onnx)?)
}

fn read(path: &Path) -> Result<Vec<u8>, Reason> {
    // A pipe or a device would never end.
    if !std::fs::metadata(path).map_err(Reason::of)?.is_file() {
        return Err("it is not a regular file".into());
    }
    load::read(path)
}

const YUNET_2022: &str = "it looks like YuNet's export of 2022 with prior boxes, which is not supported: take one of 2023 or later";

/// Sizes at which a model of undeclared input size is tried, most usual first.
const USUAL_SIZES: [(u32, u32); 5] = [(640, 640), (416, 416), (320, 320), (640, 480), (320, 240)];

fn identify_onnx(bytes: &[u8], path: &Path, signature: &Signature) -> Result<ModelDescription, Reason> {
    let refusal = |why: &str| refused(signature, why);
    let [input] = &signature.inputs[..] else {
        return Err(refusal("a detector has one input"));
    };
    let (channels, height, width) = match input.shape[..] {
        [_, channels, height, width] => (channels, height, width),
        // A shape that is not declared at all may be anything.
        [] => (None, None, None),
        _ => {
            return Err(refusal(
                "the input is no picture (batch, 3 channels, rows, columns)",
            ));
        }
    };
    if channels.is_some_and(|channels| channels != 3) {
        return Err(refusal(
            "the input is no picture of 3 channels before its rows and columns",
        ));
    }
    if yunet::is_export_of_2022(&signature.outputs) {
        return Err(refusal(YUNET_2022));
    }
    // CenterFace's own file declares 32x32, a place holder: nobody detects anything on so small a picture.
    let side = |declared: Option<usize>| declared.filter(|side| (64..=8192).contains(side));
    let declared = side(width).zip(side(height));
    let sizes: Vec<(u32, u32)> = match declared {
        Some((width, height)) => {
            let pixels = |side| u32::try_from(side).expect("at most 8192, as filtered above");
            vec![(pixels(width), pixels(height))]
        }
        None => USUAL_SIZES.to_vec(),
    };
    let mut engine_refusal = None;
    for size in sizes {
        let normalise = Normalise::new(&InputContract::plain(size.0, size.1, Layout::Nchw));
        match TractEngine::from_onnx(bytes, path, normalise, Precision::F32) {
            Ok(engine) => {
                // Not every file declares its outputs' shapes; the engine knows them.
                if yunet::is_export_of_2022(engine.outputs()) {
                    return Err(refusal(YUNET_2022));
                }
                let shapes = Shapes {
                    outputs: engine.outputs(),
                    width: size.0,
                    height: size.1,
                    input: &input.name,
                };
                if let Some((family, found)) = family_of(&shapes) {
                    return Ok(found.describe(family, size, declared.is_none()));
                }
            }
            Err(error) => {
                engine_refusal.get_or_insert(match error {
                    EngineError::Load { reason, .. } => reason,
                    other => other.to_string(),
                });
            }
        }
    }
    match engine_refusal {
        Some(reason) => Err(refusal(&format!(
            "the embedded engine cannot prepare it ({reason})"
        ))),
        None => Err(refusal("its outputs are those of no supported family")),
    }
}

/// A graph in OpenVINO's own format declares all that is asked: it need not be run, and no library for it need be here.
fn identify_ir(graph: &[u8]) -> Result<ModelDescription, Reason> {
    let file = ir_file::read(graph)?;
    let refusal = |why: &str| refused(&file.signature, why);
    let [input] = &file.signature.inputs[..] else {
        return Err(refusal("a detector has one input"));
    };
    let side = |side: Option<usize>| side.and_then(|side| u32::try_from(side).ok());
    let [Some(1), Some(3), height, width] = input.shape[..] else {
        return Err(refusal("the input is no picture (1, 3 channels, rows, columns)"));
    };
    let size = side(width).zip(side(height));
    let size = size.ok_or_else(|| refusal("the size of its input is not declared"))?;
    let shapes = Shapes {
        outputs: &file.signature.outputs,
        width: size.0,
        height: size.1,
        input: &input.name,
    };
    let (family, found) =
        family_of(&shapes).ok_or_else(|| refusal("its outputs are those of no supported family"))?;
    let mut described = found.describe(family, size, false);
    if family == Family::DetectionOutput && file.background_label == Some(0) {
        // Labels are counted with the background.
        described.person_class = 1;
    }
    Ok(described)
}

/// What a network tells of itself: the shapes of its outputs when its input has this size.
pub(crate) struct Shapes<'n> {
    pub(crate) outputs: &'n [OutputInfo],
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Name of the input.
    pub(crate) input: &'n str,
}

impl Shapes<'_> {
    /// Cells of the input at all these strides together.
    pub(crate) fn cells(&self, strides: &[u32]) -> usize {
        cells::total(self.width, self.height, strides)
    }

    /// Whether the outputs are these tables (rows, columns) and no more, in whatever order.
    pub(crate) fn are_tables(&self, wanted: &[(usize, usize)]) -> bool {
        self.outputs.len() == wanted.len() && all_found(self.outputs, wanted)
    }
}

/// That a network is of a family, and how many classes it tells apart.
pub(crate) struct Recognised {
    classes: usize,
    person_class: u32,
    note: Option<&'static str>,
}

impl Recognised {
    /// Of one class, as faces are.
    pub(crate) fn sure() -> Self {
        Self::with_classes(1)
    }

    pub(crate) fn with_classes(classes: usize) -> Self {
        Self {
            classes,
            person_class: 0,
            note: None,
        }
    }

    /// Of which `person` is another than the first.
    pub(crate) fn person_class(self, person_class: u32) -> Self {
        Self { person_class, ..self }
    }

    /// Something that should be checked.
    pub(crate) fn noting(self, note: &'static str) -> Self {
        Self {
            note: Some(note),
            ..self
        }
    }

    fn describe(self, family: Family, input_size: (u32, u32), any_size: bool) -> ModelDescription {
        let subject = family.subject();
        let mut notes = Vec::new();
        if subject == Subject::Person && family.role() == Some(Role::Find) {
            match self.classes {
                1 => notes.push("it has one class, taken to be person: check that".to_owned()),
                80 => {}
                n => notes.push(format!(
                    "it has {n} classes, the first taken to be person: check that"
                )),
            }
        }
        notes.extend(self.note.map(str::to_owned));
        // CenterFace takes the size of a usual camera picture, the others what they were trained near.
        let input_size = match family {
            Family::Centerface if any_size => CENTERFACE_SIZE,
            _ => input_size,
        };
        if any_size {
            notes.push(format!(
                "it takes any input size; {}x{} is used",
                input_size.0, input_size.1
            ));
        }
        let note = (!notes.is_empty()).then(|| notes.join("; "));
        ModelDescription {
            family,
            subject,
            input_size,
            person_class: self.person_class,
            note,
        }
    }
}

/// See the model card: what it costs and finds at other sizes.
const CENTERFACE_SIZE: (u32, u32) = (640, 480);

/// The family whose outputs at this input size have exactly these shapes.
fn family_of(shapes: &Shapes<'_>) -> Option<(Family, Recognised)> {
    match shapes.outputs {
        [only] if only.shape.len() == 2 => embedding((shapes.width, shapes.height)),
        _ => FAMILIES
            .iter()
            .find_map(|row| Some((row.family, (row.recognise)(shapes)?))),
    }
}

/// One row of numbers for a whole picture: an embedding, where the picture has the shape that such networks take. A
/// classifier looks the same, so that other sizes have to be declared.
fn embedding(size: (u32, u32)) -> Option<(Family, Recognised)> {
    let family = match size {
        (128, 256) => Family::Osnet,
        (112, 112) => Family::Mobilefacenet,
        _ => return None,
    };
    let note = "a classifier with an input of this size would look the same";
    Some((family, Recognised::sure().noting(note)))
}

/// Whether each wanted table (rows, columns) is among the outputs, each output used once.
fn all_found(outputs: &[OutputInfo], wanted: &[(usize, usize)]) -> bool {
    let mut finder = table::OutputFinder::new(outputs);
    wanted
        .iter()
        .all(|(rows, columns)| finder.table(*rows, *columns, "").is_ok())
}

/// Six layers of anchors on a picture of 300x300, as that exporter's default has them.
const SSD_ANCHORS: usize = 1917;

fn identify_tensorflow(bytes: &[u8], path: &Path, signature: &Signature) -> Result<ModelDescription, Reason> {
    let refusal = |why: &str| refused(signature, why);
    let has = |name: &str| {
        signature
            .nodes
            .binary_search_by(|node| node.as_str().cmp(name))
            .is_ok()
    };
    if !has(ssdlite::INPUT) || !ssdlite::OUTPUTS.iter().all(|name| has(name)) {
        return Err(refusal(
            "it is a TensorFlow graph, but not an SSD of the Object Detection API",
        ));
    }
    let engine = TractEngine::from_tensorflow(
        bytes,
        path,
        Normalise::new(&InputContract::plain(300, 300, Layout::Nhwc)),
        ssdlite::INPUT,
        &ssdlite::OUTPUTS,
        Precision::F32,
    )
    .map_err(|error| refusal(&format!("the embedded engine cannot prepare it ({error})")))?;
    // Columns of scores: the background, then the classes.
    let classes = engine.outputs().iter().find_map(|output| {
        let columns = output.shape.last().copied().flatten()?;
        (columns != 4 && table::fits(&output.shape, SSD_ANCHORS, columns)).then(|| columns.saturating_sub(1))
    });
    match classes {
        Some(classes) if classes > 0 && all_found(engine.outputs(), &[(SSD_ANCHORS, 4)]) => {
            Ok(Recognised::with_classes(classes).describe(Family::Ssdlite, (300, 300), false))
        }
        _ => Err(refusal(&format!(
            "it is an SSD, but not of {SSD_ANCHORS} anchors at 300x300: {}",
            vsa_engine::describe(engine.outputs())
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_data;

    /// Family, width, height.
    type Kind = (Family, u32, u32);

    /// File and what it is; none for those that must be refused.
    const SHARED: [(&str, Option<Kind>); 13] = [
        ("fastestdet.onnx", None),
        ("nanodet_m_320.onnx", Some((Family::Nanodet, 320, 320))),
        (
            "osnet_x0_25_msmt17_smorodov.onnx",
            Some((Family::Osnet, 128, 256)),
        ),
        ("person_rpi_cpu.onnx", Some((Family::Yolox, 192, 192))),
        (
            "retinaface_mobilenet025.onnx",
            Some((Family::Retinaface, 640, 640)),
        ),
        (
            "ultraface_version-RFB-320_simplified.onnx",
            Some((Family::Ultraface, 320, 240)),
        ),
        ("yolox_nano.onnx", Some((Family::Yolox, 416, 416))),
        ("yunet_n_320_320.onnx", Some((Family::Yunet, 320, 320))),
        ("yunet_n_640_640.onnx", Some((Family::Yunet, 640, 640))),
        ("yunet_n_dynamic.onnx", Some((Family::Yunet, 640, 640))),
        ("zaru_face_detection_full_range.onnx", None),
        ("zaru_face_landmark.onnx", None),
        ("zaru_mobilefacenet.onnx", Some((Family::Mobilefacenet, 112, 112))),
    ];

    #[test]
    fn every_shared_model_is_recognised_or_refused_with_what_was_found() {
        let name = "every_shared_model_is_recognised_or_refused_with_what_was_found";
        let Some(folder) = test_data::shared("models") else {
            test_data::skipped(name, "the folder models/ of the development data is absent");
            return;
        };
        let there = std::fs::read_dir(&folder)
            .unwrap()
            .filter(|entry| {
                entry
                    .as_ref()
                    .unwrap()
                    .path()
                    .extension()
                    .is_some_and(|e| e == "onnx")
            })
            .count();
        assert_eq!(there, SHARED.len(), "the list above does not name every file");
        for (file, expected) in SHARED {
            let got = identify_model(&folder.join(file), None);
            match expected {
                Some((family, width, height)) => {
                    let got = got.unwrap_or_else(|error| panic!("{file}: {error}"));
                    assert_eq!((got.family, got.input_size), (family, (width, height)), "{file}");
                    let one_class = file == "person_rpi_cpu.onnx";
                    assert_eq!(
                        got.note.is_some_and(|note| note.contains("one class")),
                        one_class,
                        "{file}"
                    );
                }
                None => {
                    let message = got.expect_err(file).to_string();
                    assert!(message.contains("outputs: "), "{message}");
                    assert!(message.contains("CenterFace"), "{message}");
                }
            }
        }
    }

    #[test]
    fn graphs_in_openvino_s_own_format_are_recognised_without_its_library() {
        let name = "graphs_in_openvino_s_own_format_are_recognised_without_its_library";
        let Some(folder) = test_data::shared("models/omz") else {
            test_data::skipped(name, "the folder models/omz of the development data is absent");
            return;
        };
        for (file, family, size) in [
            ("person-detection-0303-int8", Family::Atss, (1280, 720)),
            ("person-detection-0200", Family::DetectionOutput, (256, 256)),
            (
                "person-reidentification-retail-0277-fp16",
                Family::Osnet,
                (128, 256),
            ),
        ] {
            let at = |ending: &str| folder.join(format!("{file}.{ending}"));
            let got = identify_model(&at("xml"), Some(&at("bin"))).unwrap();
            assert_eq!(
                (got.family, got.input_size, got.person_class),
                (family, size, 0),
                "{file}"
            );
        }
        // Where the background is label 0, a person is label 1.
        let text = std::fs::read_to_string(folder.join("person-detection-0200.xml")).unwrap();
        let text = text.replace("background_label_id=\"1\"", "background_label_id=\"0\"");
        let (made, bin) = (
            tempfile::tempdir().unwrap(),
            folder.join("person-detection-0200.bin"),
        );
        let path = made.path().join("other.xml");
        write(&path, text.as_bytes());
        assert_eq!(identify_model(&path, Some(&bin)).unwrap().person_class, 1);
    }

    #[test]
    fn what_lacks_its_weights_or_has_a_file_too_many_is_refused_with_the_way_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.json");
        write(&path, b"{\"format\": \"graph-model\"}");
        let error = identify_model(&path, None).unwrap_err().to_string();
        assert!(
            error.contains("TensorFlow.js") && error.contains("--weights"),
            "{error}"
        );
        let whole = tiny("yolox_640_four_classes.onnx");
        let error = identify_model(&whole, Some(&path)).unwrap_err().to_string();
        assert!(error.contains("leave the file of weights out"), "{error}");
    }

    fn tiny(name: &str) -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../tests/parity/faces_tiny")
            .join(name)
    }

    #[test]
    fn exports_of_other_sizes_orders_names_and_class_counts_are_recognised() {
        for (name, family, size, note) in [
            (
                "yunet_dynamic_reordered",
                Family::Yunet,
                (640, 640),
                Some("any input size"),
            ),
            (
                "ultraface_640x480_boxes_first",
                Family::Ultraface,
                (640, 480),
                None,
            ),
            (
                "retinaface_dynamic_reordered",
                Family::Retinaface,
                (640, 640),
                Some("any input size"),
            ),
            ("centerface_960x544", Family::Centerface, (960, 544), None),
            (
                "yolox_640_four_classes",
                Family::Yolox,
                (640, 640),
                Some("4 classes"),
            ),
            (
                "yolox_dynamic_one_class",
                Family::Yolox,
                (640, 640),
                Some("one class"),
            ),
            ("nanodet_plus_416", Family::Nanodet, (416, 416), None),
            ("yolov8_640", Family::Yolov8, (640, 640), None),
            ("yolov5_640", Family::Yolov5, (640, 640), None),
            (
                "nanodet_in_parts_three_classes",
                Family::Nanodet,
                (320, 320),
                Some("3 classes"),
            ),
        ] {
            let got = identify_model(&tiny(&format!("{name}.onnx")), None)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!((got.family, got.input_size), (family, size), "{name}");
            match note {
                Some(words) => assert!(
                    got.note.as_ref().is_some_and(|n| n.contains(words)),
                    "{name}: {got:?}"
                ),
                None => assert_eq!(got.note, None, "{name}"),
            }
        }
    }

    #[test]
    fn look_alikes_are_refused_with_what_was_found() {
        for (name, words) in [
            ("yunet_2022", "export of 2022"),
            ("refused_grey", "3 channels"),
            ("refused_two_inputs", "one input"),
        ] {
            let error = identify_model(&tiny(&format!("{name}.onnx")), None)
                .expect_err(name)
                .to_string();
            assert!(error.contains(words), "{name}: {error}");
            assert!(
                error.contains("picture"),
                "{name} does not name the input: {error}"
            );
        }
    }

    #[test]
    fn every_tiny_model_is_in_one_of_the_lists() {
        assert_eq!(std::fs::read_dir(tiny("")).unwrap().count(), 13);
    }

    #[test]
    fn a_model_that_is_cut_off_or_overwritten_anywhere_is_an_error_or_still_a_model_and_never_a_panic() {
        let whole = std::fs::read(tiny("centerface_960x544.onnx")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("broken.onnx");
        for cut in (0..whole.len()).step_by(61) {
            write(&path, &whole[..cut]);
            let error = identify_model(&path, None)
                .expect_err("a truncated file")
                .to_string();
            assert!(error.contains("broken.onnx"), "{error}");
        }
        for place in (0..whole.len()).step_by(41) {
            let mut spoilt = whole.clone();
            spoilt[place] ^= 0xff;
            write(&path, &spoilt);
            // Some bytes carry no meaning, such as a name's; what counts is that it ends, and without a panic.
            if let Err(error) = identify_model(&path, None) {
                assert!(error.to_string().contains("broken.onnx"), "{error}");
            }
        }
    }

    #[test]
    fn files_that_are_no_models_are_errors_that_name_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("thing.onnx");
        for bytes in [
            &b""[..],
            b"hello, this is no model",
            &[0xff; 5000],
            &[0x0a; 50_000],
            &[0; 1000],
        ] {
            write(&path, bytes);
            let error = identify_model(&path, None).expect_err("no model").to_string();
            assert!(error.contains("thing.onnx"), "{error}");
        }
        let error = identify_model(folder.path(), None)
            .expect_err("a folder")
            .to_string();
        assert!(error.contains("not a regular file"), "{error}");
        assert!(identify_model(&folder.path().join("absent.onnx"), None).is_err());
        // Sparse: it takes no room on the disk, and is never read.
        std::fs::OpenOptions::new()
            .write(true)
            .open(&path)
            .unwrap()
            .set_len(load::LARGEST_FILE + 1)
            .unwrap();
        let error = identify_model(&path, None).expect_err("a huge file").to_string();
        assert!(error.contains("1 GiB"), "{error}");
    }

    fn write(path: &Path, bytes: &[u8]) {
        use std::io::Write as _;
        let mut options = std::fs::OpenOptions::new();
        let mut file = options
            .write(true)
            .create(true)
            .truncate(true)
            .open(path)
            .unwrap();
        file.write_all(bytes).unwrap();
    }
}
