//! In: the file of a model that a user adds. Out: the file with its weights, where its format keeps them in one of their own: beside
//! it, under the name that the format gives. Deliberately not here: what is in the two (the room reads them).

use std::path::{Path, PathBuf};
use vsa_base::Reason;

/// Endings of the formats whose weights are in a file of their own.
const IN_TWO_FILES: [&str; 2] = ["xml", "json"];

/// The ending of a model's file in the store.
pub(super) fn ending(file: &Path) -> &'static str {
    let is = |ending: &str| {
        file.extension()
            .is_some_and(|found| found.eq_ignore_ascii_case(ending))
    };
    let known = IN_TWO_FILES.into_iter().chain(["pb"]);
    known.into_iter().find(|ending| is(ending)).unwrap_or("onnx")
}

/// The weights of a model, where they are not in its file. A graph is no use without them: what is not there is an error.
pub(super) fn beside(file: &Path) -> Result<Option<PathBuf>, Reason> {
    let found = match ending(file) {
        "xml" => file.with_extension("bin"),
        "json" => file.with_file_name(only_shard(file)?),
        _ => return Ok(None),
    };
    if found.is_file() {
        Ok(Some(found))
    } else {
        Err(Reason(format!(
            "its weights are in a file of their own, and there is no {}: name it with --weights",
            found.display()
        )))
    }
}

/// The name of the one file that the manifest of a TensorFlow.js model lists.
fn only_shard(file: &Path) -> Result<String, Reason> {
    // A pipe would never end.
    if !std::fs::metadata(file).map_err(Reason::of)?.is_file() {
        return Err("it is not a file with content".into());
    }
    let text = std::fs::read(file).map_err(Reason::of)?;
    let model: serde_json::Value =
        serde_json::from_slice(&text).map_err(|error| format!("it is no JSON ({error})"))?;
    let groups = model["weightsManifest"]
        .as_array()
        .ok_or("it has no weightsManifest, as a model of TensorFlow.js has")?;
    let mut shards = groups
        .iter()
        .filter_map(|group| group["paths"].as_array())
        .flatten();
    let several = "its weights are in several files: join them in the order of its weightsManifest (cat A B … > ALL.bin) and name \
                   the result with --weights";
    match (shards.next().and_then(serde_json::Value::as_str), shards.next()) {
        // A name alone: what a stranger's file says leads nowhere else.
        (Some(name), None) if Path::new(name).file_name().is_some_and(|last| last == name) => {
            Ok(name.to_owned())
        }
        (Some(_), None) | (None, None) => {
            Err("its weightsManifest names no file beside it: name it with --weights".into())
        }
        _ => Err(several.into()),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test makes its own inputs")]

    use super::*;

    fn beside_of(name: &str, text: &str, others: &[&str]) -> Result<Option<String>, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), text).unwrap();
        for other in others {
            std::fs::write(folder.path().join(other), "weights").unwrap();
        }
        let name_of = |path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        let found = beside(&folder.path().join(name));
        found.map(|path| path.map(name_of)).map_err(|Reason(why)| why)
    }

    #[test]
    fn weights_are_found_under_the_name_that_the_format_gives_and_a_model_in_one_file_has_none() {
        let found = |name, text, others: &[&str]| beside_of(name, text, others).unwrap();
        assert_eq!(
            found("net.xml", "<net/>", &["net.bin"]),
            Some("net.bin".to_owned())
        );
        assert_eq!(
            found("NET.XML", "<net/>", &["NET.bin"]),
            Some("NET.bin".to_owned())
        );
        let one = "{\"weightsManifest\": [{\"paths\": [\"group1-shard1of1.bin\"], \"weights\": []}]}";
        assert_eq!(
            found("model.json", one, &["group1-shard1of1.bin"]),
            Some("group1-shard1of1.bin".to_owned())
        );
        assert_eq!(found("net.onnx", "", &["net.bin"]), None);
        assert_eq!(found("net.pb", "", &["net.bin"]), None);
    }

    #[test]
    fn weights_that_are_not_there_in_several_files_or_elsewhere_are_asked_for() {
        for (name, text) in [
            ("net.xml", "<net/>"),
            (
                "model.json",
                "{\"weightsManifest\": [{\"paths\": [\"absent.bin\"]}]}",
            ),
            (
                "model.json",
                "{\"weightsManifest\": [{\"paths\": [\"../there.bin\"]}]}",
            ),
            (
                "model.json",
                "{\"weightsManifest\": [{\"paths\": [\"/there.bin\"]}]}",
            ),
            (
                "model.json",
                "{\"weightsManifest\": [{\"paths\": [\"there.bin\", \"b.bin\"]}]}",
            ),
            (
                "model.json",
                "{\"weightsManifest\": [{\"paths\": [\"there.bin\"]}, {\"paths\": [\"b.bin\"]}]}",
            ),
            ("model.json", "{\"weightsManifest\": []}"),
        ] {
            let why = beside_of(name, text, &["there.bin", "b.bin"]).expect_err(text);
            assert!(why.contains("--weights"), "{why}");
        }
        let why = beside_of("model.json", "{}", &[]).unwrap_err();
        assert!(why.contains("weightsManifest"), "{why}");
        let why = beside_of("model.json", "<net/>", &[]).unwrap_err();
        assert!(why.contains("no JSON"), "{why}");
    }
}
