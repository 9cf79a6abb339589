//! Models that benchmarks run: found here, or fetched; and the engines that are here.
#![allow(dead_code, reason = "each benchmark takes of it what it needs")]

use std::sync::Arc;
use vsa_plan::{EngineChoice, ModelChoice, Precision};
use vsa_supply::{ModelRegistry, Store, StoreOptions, ToolRegistry, Unwatched};

/// The words of the command line that are no options, cargo's own among these; `otherwise`, where there are none, as in the test run.
pub(super) fn asked(otherwise: &[&str]) -> Vec<String> {
    let words = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    let asked: Vec<String> = words.collect();
    if asked.is_empty() {
        otherwise.iter().map(|&word| word.to_owned()).collect()
    } else {
        asked
    }
}

pub(super) fn store() -> Store {
    Store::open(&StoreOptions::from_variables(false, Arc::default()).expect("a home or a cache folder"))
}

pub(super) fn obtained(store: &Store, name: &str) -> ModelChoice {
    let registry = ModelRegistry::builtin().expect("the built-in registry is tested");
    let model = registry.get(name).expect("registered");
    let mut obtained = store
        .obtain_models(&[model], &mut Unwatched)
        .unwrap_or_else(|error| {
            panic!("{name} is not here and cannot be fetched (vsa-audit models pull {name}): {error}")
        });
    obtained.remove(0)
}

/// Each under its name.
pub(super) fn engines(store: &Store) -> Vec<(&'static str, EngineChoice)> {
    let tools = ToolRegistry::builtin().expect("the built-in registry is tested");
    let library = |name: &str| tools.find(name).and_then(|tool| store.ready(tool));
    let mut engines = vec![("tract", EngineChoice::EMBEDDED)];
    if let Some(engine) = vsa_engine::embedded(Precision::Bf16) {
        engines.push(("tract bf16", engine));
    }
    if let Some(library) = library("onnxruntime") {
        engines.push(("onnxruntime", EngineChoice::OnnxRuntime { library }));
    }
    if let Some(library) = library("openvino") {
        for (name, precision) in [("openvino", Precision::F32), ("openvino bf16", Precision::Bf16)] {
            let library = library.clone();
            engines.push((name, EngineChoice::OpenVino { library, precision }));
        }
    }
    engines
}
